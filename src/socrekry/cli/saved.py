"""What a user saved by name in the config file: views of the list, and the columns of somebody's spreadsheet.

Rule: what is kept is the words that would have been typed, so that they are read, checked and refused like
any others on the day they are used, and a person can mend them by hand.
"""

import unicodedata
from collections.abc import Sequence

from socrekry.cli.config_file import MAPS, VIEWS, read_table, write_saved
from socrekry.cli.settings import KEYS, current
from socrekry.domain.errors import InvalidInput, NotFound

__all__ = ["MAPS", "SIGN", "VIEWS", "forget", "names", "save", "saved"]

SIGN = "@"  # stands before a name where it is used, as in `list @spring`
LONGEST_NAME = 60


def save(kind: str, name: str, values: Sequence[str]) -> list[str] | None:
    """Save ``values`` by ``name`` among the ``VIEWS`` or ``MAPS``; return what had that name before.

    A name is letters, digits, dot, hyphen and underscore, with or without the ``@`` it is used with. Raises
    InvalidInput for another, and for values that cannot be kept in a line.
    """
    name = _readable(name)
    for value in values:
        if not value.isprintable():
            raise InvalidInput("saved-value-invalid", name=name, value=value)
    before = _all(kind).get(name)
    write_saved(current().config_file, kind, name, values, KEYS)
    return before


def saved(kind: str, name: str) -> list[str]:
    """Return what was saved by ``name``; raise NotFound("saved-not-found") naming those there are."""
    name, there = _plain(name), _all(kind)
    if name not in there:
        named = {"names": sorted(there)} if there else {}
        raise NotFound("saved-not-found", kind=kind, name=name, **named)
    return there[name]


def forget(kind: str, name: str) -> list[str]:
    """Forget what was saved by ``name``, and return it; raise NotFound where there is none."""
    values = saved(kind, name)
    write_saved(current().config_file, kind, _plain(name), None, KEYS)
    return values


def names(kind: str) -> list[str]:
    """Return the names that were saved, in order."""
    return sorted(_all(kind))


def typed(values: Sequence[str]) -> str:
    """Return what was saved as it is typed on one line."""
    from shlex import quote

    return " ".join(each if each.replace("-", "").isalnum() else quote(each) for each in values)


def _all(kind: str) -> dict[str, list[str]]:
    return read_table(current().config_file, kind, KEYS)


def _readable(name: str) -> str:
    plain = _plain(name)
    bare = plain.replace(".", "").replace("-", "").replace("_", "")
    if not bare.isalnum() or plain.startswith("-") or len(plain) > LONGEST_NAME:
        raise InvalidInput("saved-name-invalid", name=name, longest=LONGEST_NAME)
    return plain


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name.removeprefix(SIGN).strip())
