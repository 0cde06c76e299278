"""The config file: a few texts in TOML, read when a setting needs it and written by ``config``.

Rule: what cannot be understood is refused with its line, never skipped; what is written is written whole,
for its owner alone, and leaves the owner's own comments standing. A key misspelt and silently passed over
would send a day's work to the wrong store.
"""

import os
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from socrekry.domain.errors import InvalidInput
from socrekry.files import whole_file


def read(file: str, known: Sequence[str]) -> dict[str, str]:
    """Return the settings in ``file``; raise InvalidInput naming a line that is broken or not ``known``."""
    return _parsed(_text_of(file), file, known)


def write(file: str, key: str, value: str | None, known: Sequence[str]) -> None:
    """Set ``key`` in ``file``, or remove it when ``value`` is None."""
    text = _text_of(file) if os.path.exists(file) else ""
    wanted = {**_parsed(text, file, known), key: value}
    settings = {name: said for name, said in wanted.items() if said is not None}
    try:
        os.makedirs(os.path.dirname(os.path.realpath(file)), mode=0o700, exist_ok=True)
        with whole_file(file) as opened:
            opened.write(_edited(text, key, value, settings).encode())
    except OSError as error:
        raise InvalidInput("config-unwritable", path=file, reason=error.strerror or "") from None


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


def _parsed(text: str, file: str, known: Sequence[str]) -> dict[str, str]:
    try:
        said: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, reason = _line_and_reason(str(error), text)
        raise InvalidInput("config-broken", path=file, line=line, reason=reason) from None
    for key, value in said.items():
        line = _line_of(key, text)
        if key not in known:
            raise InvalidInput(
                "config-broken", path=file, line=line, reason=f"unknown key {key}", keys=list(known)
            )
        if not isinstance(value, str):
            raise InvalidInput("config-broken", path=file, line=line, reason=f"{key} must be text in quotes")
    return said


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


def _edited(text: str, key: str, value: str | None, wanted: Mapping[str, str]) -> str:
    """Return ``text`` with that one line changed; anew, without comments, where that is not enough."""
    kept = [line for line in text.splitlines() if line.partition("=")[0].strip() != key]
    edited = "".join(f"{line}\n" for line in kept) + ("" if value is None else _line(key, value))
    try:
        if tomllib.loads(edited) == wanted:
            return edited
    except tomllib.TOMLDecodeError:
        pass
    return "".join(_line(name, said) for name, said in wanted.items())


def _line(key: str, value: str) -> str:
    import json

    return (
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n"  # printable text quotes alike in JSON and TOML
    )
