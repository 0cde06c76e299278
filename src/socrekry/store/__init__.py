"""How it is kept: one schema, named SQL that SQLite and PostgreSQL share, and an append-only log."""
