"""The config file: a few texts in TOML and what was saved by name, read when needed and written by commands.

Rule: what cannot be understood is refused with its line, never skipped; what is written is written whole,
for its owner alone, and leaves the owner's own comments standing. A key misspelt and silently passed over
would send a day's work to the wrong store.
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.errors import InvalidInput
from socrekry.files import whole_file

VIEWS, MAPS = "views", "maps"
TABLES = (VIEWS, MAPS)
Saved: TypeAlias = dict[str, list[str]]


class Content(NamedTuple):
    """What the file says: settings by key, and in each table what was saved, by name."""

    settings: dict[str, str]
    tables: dict[str, Saved]


def read(file: str, known: Sequence[str]) -> dict[str, str]:
    """Return the settings in ``file``; raise InvalidInput naming a line that is broken or not ``known``."""
    return _parsed(_text_of(file), file, known).settings


def read_table(file: str, table: str, known: Sequence[str]) -> Saved:
    """Return what was saved in ``table``, by name; nothing where there is no file."""
    return _parsed(_text_so_far(file), file, known).tables.get(table, {})


def write(file: str, key: str, value: str | None, known: Sequence[str]) -> None:
    """Set ``key`` in ``file``, or remove it when ``value`` is None."""
    text = _text_so_far(file)
    wanted = _with(_parsed(text, file, known), "", key, value)
    _write(file, _edited(text, "", key, value, wanted, known))


def write_saved(file: str, table: str, name: str, values: Sequence[str] | None, known: Sequence[str]) -> None:
    """Save ``values`` by ``name`` in ``table`` of ``file``, or forget them when they are None."""
    text = _text_so_far(file)
    kept = None if values is None else list(values)
    wanted = _with(_parsed(text, file, known), table, name, kept)
    _write(file, _edited(text, table, name, kept, wanted, known))


def _write(file: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(os.path.realpath(file)), mode=0o700, exist_ok=True)
        with whole_file(file) as opened:
            opened.write(text.encode())
    except OSError as error:
        raise InvalidInput("config-unwritable", path=file, reason=error.strerror or "") from None


def _text_so_far(file: str) -> str:
    return _text_of(file) if os.path.lexists(file) else ""


def _text_of(file: str) -> str:
    try:
        with open(file, "rb") as opened:
            content = opened.read()
    except OSError as error:
        raise InvalidInput("file-unreadable", path=file, reason=error.strerror or "") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InvalidInput("config-broken", path=file, line=line, reason="not UTF-8") from None


def _parsed(text: str, file: str, known: Sequence[str]) -> Content:
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, reason = _line_and_reason(str(error), text)
        raise InvalidInput("config-broken", path=file, line=line, reason=reason) from None
    tables = {key: said.pop(key) for key in TABLES if key in said}
    for key, value in said.items():
        if key not in known:
            raise _broken(text, file, key, f"unknown key {key}", keys=list(known))
        if not isinstance(value, str):
            raise _broken(text, file, key, f"{key} must be text in quotes")
    for key, table in tables.items():
        if not isinstance(table, dict):
            raise _broken(text, file, key, f"{key} must be a table")
        for name, values in table.items():
            if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
                raise _broken(text, file, name, f"{key}.{name} must be a list of texts in quotes")
    return Content(said, tables)


def _broken(text: str, file: str, key: str, reason: str, **details: Any) -> InvalidInput:
    return InvalidInput("config-broken", path=file, line=_line_of(key, text), reason=reason, **details)


def _line_and_reason(message: str, text: str) -> tuple[int, str]:
    """Take apart what tomllib says: ``Expected '=' after a key (at line 3, column 7)``."""
    reason, _, place = message.rpartition(" (at ")
    number = place.removeprefix("line ").partition(",")[0]
    return (int(number) if number.isdecimal() else text.count("\n") + 1), reason or message


def _line_of(key: str, text: str) -> int:
    """Return the line where ``key`` is set, as far as one can tell without the parser."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip(" \t[\"'").startswith(key):
            return number
    return 1


def _with(said: Content, table: str, key: str, value: Any) -> Content:
    """Return what the file says with one thing changed; a table that is empty then is gone."""
    settings, tables = dict(said.settings), {name: dict(held) for name, held in said.tables.items()}
    place: dict[str, Any] = tables.setdefault(table, {}) if table else settings
    place[key] = value
    if value is None:
        del place[key]
    return Content(settings, {name: held for name, held in tables.items() if held})


def _edited(text: str, table: str, key: str, value: Any, wanted: Content, known: Sequence[str]) -> str:
    """Return ``text`` with that one line changed; anew, without comments, where that is not enough."""
    parts = _parts(text)
    if table not in parts:
        parts[table] = [f"[{table}]"]
    kept = [line for line in parts[table] if line.partition("=")[0].strip() not in (key, _key(key))]
    parts[table] = kept if value is None else [*kept, _line(key, value)]
    if table and table not in wanted.tables:
        parts[table] = [line for line in parts[table] if line.strip() != f"[{table}]"]
    edited = "".join(f"{line}\n" for lines in parts.values() for line in lines)
    try:
        if _parsed(edited, "", known) == wanted:
            return edited
    except InvalidInput:
        pass
    return _anew(wanted)


def _parts(text: str) -> dict[str, list[str]]:
    """Return the lines that stand before the first table, under ``""``, and those of each table."""
    parts: dict[str, list[str]] = {"": []}
    name = ""
    for line in text.splitlines():
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]") and bare.strip("[ ]") in TABLES:
            name = bare.strip("[ ]")
        parts.setdefault(name, []).append(line)
    return parts


def _anew(wanted: Content) -> str:
    lines = [_line(key, value) for key, value in wanted.settings.items()]
    for table, saved in wanted.tables.items():
        lines += [f"[{table}]", *(_line(name, values) for name, values in saved.items())]
    return "".join(f"{line}\n" for line in lines)


def _line(key: str, value: str | Mapping[str, str] | list[str]) -> str:
    return f"{_key(key)} = {_quoted(value)}"


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("-", "").replace("_", "").isalnum()
    return key if bare else _quoted(key)


def _quoted(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)  # printable text quotes alike in JSON and TOML
