"""The form of every JSON answer as a JSON Schema (draft 2020-12), by the command that gives it.

A test validates what each command answers, and finds every key that no schema names: a script may rely on
them. Only `socrekry schema` imports this; a schema is written by hand, because it is a promise and not a
description of whatever the code happens to do.
"""

from typing import Any

from socrekry.domain.errors import NotFound
from socrekry.render.schemas import alike, data, exported, moves, needs, outreach, people, programme, report
from socrekry.render.schemas.shapes import Shape

_ROOMS = (people, alike, moves, programme, outreach, report, needs, exported, data)
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCHEMAS: dict[str, Shape] = {name: shape for room in _ROOMS for name, shape in room.SCHEMAS.items()}


def schema(name: str) -> dict[str, Any]:
    """Return the schema of what a command answers with ``--format json``; ``error`` is that of an error.

    NotFound("answer-not-found") naming those there are.
    """
    words = " ".join(name.split())
    if words not in SCHEMAS:
        raise NotFound("answer-not-found", name=name, names=sorted(SCHEMAS))
    title = "socrekry: an error" if words == "error" else f"socrekry {words} --format json"
    return {"$schema": DIALECT, "title": title, **SCHEMAS[words]}
