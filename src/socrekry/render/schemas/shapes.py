"""The words that a schema is written in: what a key holds, said once and put together.

Each gives a piece of JSON Schema (draft 2020-12, json-schema.org). A record is open to more keys, as keys
may be added to an answer; those that it names are always there, unless they are said to be now and then.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

Shape: TypeAlias = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
WHOLE: Shape = {"type": "integer"}
COUNT: Shape = {"type": "integer", "minimum": 0}
NUMBER: Shape = {"type": "number"}
SHARE: Shape = {"type": "number", "minimum": 0, "maximum": 1}
SEK: Shape = {"type": "integer", "description": "Whole kronor."}
DAY: Shape = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d\d-\d\d$"}
MOMENT: Shape = {"type": "string", "format": "date-time", "description": "In UTC."}
TERM: Shape = {"type": "string", "pattern": r"^[HV]T\d{4}$"}
TERMS: Shape = {
    "type": "string",
    "pattern": r"^[HV]T\d{4}(\.\.[HV]T\d{4})?$",
    "description": "A term, or the first and the last of several.",
}
CANDIDATE: Shape = {"type": "string", "pattern": r"^C-\d+$"}
CANDIDACY: Shape = {"type": "string", "pattern": r"^C-\d+\.\d+$"}
STAFF: Shape = {"type": "string", "pattern": r"^S-\d+$"}
COHORT: Shape = {"type": "string", "pattern": r"^K-\d+$"}
ACTIVITY: Shape = {"type": "string", "pattern": r"^A-\d+$"}
VOICE: Shape = {"type": "string", "pattern": r"^V-\d+$"}
ANYTHING: Shape = {"type": "object", "description": "What the code is about; its keys follow the code."}


def about(shape: Shape, words: str) -> Shape:
    """Return the shape with words that say what the value means."""
    return {**shape, "description": words}


def maybe(shape: Shape) -> Shape:
    """Return the shape of a value that may be null: not known, or not meant."""
    if "enum" in shape:
        return {**shape, "enum": [*shape["enum"], None]}
    if isinstance(shape.get("type"), str):
        return {**shape, "type": [shape["type"], "null"]}
    return {"anyOf": [shape, {"type": "null"}]}


def one_of(words: Iterable[str]) -> Shape:
    """Return the shape of a word out of a closed set."""
    return {"enum": list(words)}


def rows(shape: Shape, words: str = "") -> Shape:
    """Return the shape of a list."""
    listed = {"type": "array", "items": shape}
    return about(listed, words) if words else listed


def by(shape: Shape, words: str) -> Shape:
    """Return the shape of values by a key that the data give, as the words say."""
    return {"type": "object", "additionalProperties": shape, "description": words}


def record(keys: Mapping[str, Shape], now_and_then: Mapping[str, Shape] | None = None) -> Shape:
    """Return the shape of a record with these keys, and others that are there now and then."""
    return {
        "type": "object",
        "properties": {**keys, **(now_and_then or {})},
        "required": list(keys),
    }


def more(shape: Shape, keys: Mapping[str, Shape], now_and_then: Mapping[str, Shape] | None = None) -> Shape:
    """Return a record with keys of its own beside those of another."""
    added = record(keys, now_and_then)
    return {
        "type": "object",
        "properties": {**shape["properties"], **added["properties"]},
        "required": [*shape["required"], *added["required"]],
    }


def either(*shapes: Shape) -> Shape:
    """Return the shape of a value that has one of these."""
    return {"anyOf": list(shapes)}
