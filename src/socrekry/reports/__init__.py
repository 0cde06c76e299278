"""What a user asks: SQL that counts and lists, answered as frozen values."""
