"""How an answer looks: on a terminal, in a pipe, as JSON and CSV. Knows no database."""
