"""Read a file of job ads as Arbetsförmedlingen's JobSearch answers: each ad as it stands there.

An answer to a search is ``{"total": …, "hits": […]}``; an ad fetched by its id stands alone; some programs
save the hits alone. Anything else is an error that says what is wrong and, where it can, at which line.
"""

import json
import os
import re
from typing import Any, BinaryIO

from socrekry.domain.errors import InvalidInput

MOST_BYTES = 20_000_000
"""A search answers with a hundred ads at most, of some ten thousand bytes each."""
STDIN = "-"
Hit = dict[str, Any]

# Of these an ad has at least one beside its id; with a headline it needs neither.
_MARKS = frozenset(
    {"application_deadline", "employer", "number_of_vacancies", "occupation", "occupation_group"}
    | {"publication_date", "removed", "webpage_url", "workplace_address"}
)
_NO_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(-?(?:NaN|Infinity))', re.DOTALL)
_LONGEST_NUMBER = 18


class _NoNumberError(ValueError):
    """NaN or Infinity, which Python reads and JSON has not got."""


def hits_in(path: str, stdin: BinaryIO | None = None) -> list[Hit]:
    """Return every ad in a file, or in stdin for ``-``, as JSON objects.

    InvalidInput ``file-not-found``, ``file-is-a-folder``, ``file-unreadable``, ``file-too-large``,
    ``file-empty``, ``ads-not-text``, ``ads-not-json``, ``ads-nested-too-deep``, ``ads-other-document`` or
    ``ad-unrecognised``.
    """
    piped = stdin if path == STDIN else None
    content = _content(path, piped)
    name = path if piped is None else "stdin"
    if len(content) > MOST_BYTES:
        raise InvalidInput("file-too-large", path=name, most=MOST_BYTES)
    return _hits_of(_document(_text(content, name), name), name)


def _content(path: str, piped: BinaryIO | None) -> bytes:
    """Return the bytes of the file, and at least one more than may be if there are too many."""
    if piped is None and os.path.isdir(path):
        raise InvalidInput("file-is-a-folder", path=path)
    try:
        if piped is not None:
            return piped.read(MOST_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InvalidInput("file-not-found", path=path) from None
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InvalidInput("file-unreadable", path=path, reason=reason) from None


def _text(content: bytes, path: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput("ads-not-text", path=path, line=line) from None
    if not text.strip():
        raise InvalidInput("file-empty", path=path)
    if "\0" in text:
        raise InvalidInput("ads-not-text", path=path, line=text.count("\n", 0, text.index("\0")) + 1)
    return text


def _document(text: str, path: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refused, parse_int=_number)
    except json.JSONDecodeError as error:
        raise InvalidInput("ads-not-json", path=path, line=error.lineno, column=error.colno) from None
    except _NoNumberError:
        at = next(found.start() for found in _NO_NUMBER.finditer(text) if found[1])
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise InvalidInput("ads-not-json", path=path, line=line, column=column) from None
    except RecursionError:
        raise InvalidInput("ads-nested-too-deep", path=path) from None


def _refused(constant: str) -> None:
    raise _NoNumberError(constant)


def _number(digits: str) -> int | str:
    """Return a number; one that no field of ours can hold stays text, for Python refuses the longest."""
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _hits_of(document: Any, path: str) -> list[Hit]:
    if _is_ad(document):
        return [document]
    listed, place = document, ""
    if isinstance(document, dict) and "hits" in document:
        listed, place = document["hits"], "hits"
        if listed is None:
            return []
    if not isinstance(listed, list):
        raise InvalidInput("ads-other-document", path=path)
    for number, each in enumerate(listed):
        if not _is_ad(each):
            raise InvalidInput("ad-unrecognised", path=path, place=f"{place}[{number}]")
    return listed


def _is_ad(value: Any) -> bool:
    """Whether it is a job ad, however little of it is filled in."""
    if not isinstance(value, dict):
        return False
    return "headline" in value or (
        not value.keys().isdisjoint(("id", "external_id")) and not value.keys().isdisjoint(_MARKS)
    )
