r"""A page as one JSON document: the same bytes on a terminal and in a pipe.

Characters that a screen would obey are written as ``\u`` escapes: nothing is lost to a program that
reads the document, and nothing happens to a person who looks at it.
"""

import json
from datetime import date, datetime
from typing import Any

from socrekry.render.parts import Page


def json_document(page: Page) -> str:
    """Return the page's value as JSON, indented by two, ended by a newline."""
    return as_json(page.json() if callable(page.json) else page.json)


def as_json(value: Any) -> str:
    """Return a JSON-able value, which may hold dates, as a document."""
    document = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=_dated)
    lines = document.split("\n")
    return "\n".join(line if line.isprintable() else _harmless(line) for line in lines) + "\n"


def _dated(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not a JSON value")


def _harmless(line: str) -> str:
    # All that is not printable stands inside a string, where an escape means the same character.
    return "".join(
        character if character.isprintable() or character == "\u00a0" else json.dumps(character)[1:-1]
        for character in line
    )
