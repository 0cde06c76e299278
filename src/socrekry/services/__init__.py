"""What a user intends: one function for each intention, each write in one transaction."""
