"""What comes in and goes out: tables of candidates as other programs write and read them."""
