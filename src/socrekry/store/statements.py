"""Every statement by name: ``log.append`` is the one called ``append`` in ``queries/log.sql``.

A file is read when its first statement is asked for. The text is SQL that SQLite and PostgreSQL
both run; a test prepares and runs each of them on both.
"""

import os

_FOLDER = os.path.join(os.path.dirname(__file__), "queries")
_known: dict[str, str] = {}


def statement(name: str) -> str:
    """Return the text of a named statement. KeyError if there is none of that name."""
    if name not in _known:
        room = name.partition(".")[0]
        _known.update(read_statements(room))
    return _known[name]


def read_statements(room: str) -> dict[str, str]:
    """Return every statement of one file by its full name.

    A statement begins with a line ``-- name: append``; comment lines after it say what it answers.
    """
    with open(os.path.join(_FOLDER, f"{room}.sql"), encoding="utf-8") as file:
        parts = file.read().split("-- name: ")[1:]
    found = {}
    for part in parts:
        name, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if not line.lstrip().startswith("--")]
        found[f"{room}.{name.strip()}"] = "\n".join(lines).strip().rstrip(";")
    return found


def rooms() -> tuple[str, ...]:
    """Return the names of all files of statements, sorted."""
    return tuple(sorted(name[:-4] for name in os.listdir(_FOLDER) if name.endswith(".sql")))
