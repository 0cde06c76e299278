"""What is true of a candidacy: frozen values and pure functions, with no I/O, no clock and no database."""
