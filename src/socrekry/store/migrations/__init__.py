"""The migrations: each a step between two schemas, in plain SQLAlchemy types, importing nothing of ours."""
