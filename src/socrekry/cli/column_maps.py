"""What the user says of the columns of a table: on the command line, or saved by name for the next time.

Rule: what is saved is what was typed; it may speak of columns that a table of another day has not got, and
what is typed wins over it. A mapping typed anew each term would be typed wrong in one of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from socrekry.cli.exits import Misused, mention
from socrekry.cli.saved import MAPS, SIGN, save, saved
from socrekry.locale import _


class ColumnMap(NamedTuple):
    """What is said of columns by their names or letters: typed here, and saved before."""

    typed: dict[str, str]
    saved: dict[str, str]


def read_map(words: Sequence[str]) -> ColumnMap:
    """Return what ``COLUMN=FIELD`` and ``@NAME`` say; NotFound ``saved-not-found``."""
    names = [each for each in words if each.startswith(SIGN) and "=" not in each]
    before = dict(_mapping(each) for name in names for each in saved(MAPS, name))
    return ColumnMap(dict(_mapping(each) for each in words if each not in names), before)


def save_map(name: str, said: ColumnMap) -> None:
    """Save all that was said by ``name``, and tell how to use it."""
    save(MAPS, name, [f"{column}={field}" for column, field in {**said.saved, **said.typed}.items()])
    plain = name.removeprefix(SIGN).strip()
    mention(_("The columns are saved; next time: --map {name}").format(name=f"{SIGN}{plain}"))


def _mapping(text: str) -> tuple[str, str]:
    """Part ``COLUMN=FIELD``; the column's name may have an equals sign in it, and the field be empty."""
    column, equals, field = text.rpartition("=")
    if not equals or not column.strip():
        raise Misused(
            "mapping-unreadable", _("--map takes COLUMN=FIELD, not “{text}”.").format(text=text), ""
        )
    return column.strip(), field.strip()
