"""What was known beside the log at a moment: the account of changes, read back to it.

Each change is kept with the value before and after it, and with who took it back. The value at a moment is
what the first change since then found: before a change that was made since, after one that was made earlier
and has been taken back since. Where nothing has changed since, it is the value of now.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.term import Term
from socrekry.services.activity_recording import FIGURES
from socrekry.services.assumptions import ASSUMPTION
from socrekry.services.costs import COST
from socrekry.services.kept_figures import Kind, put_back
from socrekry.services.needs import NEED
from socrekry.services.writing import as_text
from socrekry.store.connect import Store
from socrekry.store.engine import Row

Values: TypeAlias = dict[str, Any]
_FIGURES: tuple[Kind, ...] = (NEED, COST, ASSUMPTION)
MERGE = "merge"
COUNTED = (
    *("cohort", "activity", "person", "touch", "touch-day", "voice", MERGE),
    *(kind.entity for kind in _FIGURES),
)
"""The kinds of rows that a report counts, or counts by; of the others it shows what they are called now."""
_TAKEN_AWAY = {"touch": "occurred_on", "voice": "voice"}
"""The field by which the account says that a row was taken away, and what it was before."""
_READ: dict[tuple[str, str], Callable[[str], Any]] = {
    ("cohort", "seats"): int,
    ("person", "graduates"): lambda text: Term.parse(text).code,
    **{("activity", field): int for field in ("term", "unit_id", *FIGURES)},
}
"""How a value is read that the account has as text, where the store has it as a number."""


class _Change(NamedTuple):
    """One change since the moment: when, of what, and what it found; an empty field is the row itself.

    ``new`` says that it was made since; else it was made before, and has been taken back since.
    """

    at: str
    command: int
    number: int
    entity: str
    key: str
    field: str
    found: str | None
    new: bool
    before: str | None
    after: str | None


class Changes:
    """What was otherwise beside the log at a moment than it is now."""

    def __init__(self, rows: Iterable[Row], moment: str) -> None:
        self._fields: dict[tuple[str, str], dict[str, str | None]] = {}
        self._new: dict[tuple[str, str], bool] = {}
        self._keys: dict[tuple[str, str], str] = {}
        self._owners: dict[tuple[int, int], tuple[int, int]] = {}
        self._met: dict[int, int] = {}
        # No two are of one command and number, so that what they found is never compared.
        for each in sorted(_change(row, moment) for row in rows):
            if each.entity not in COUNTED:
                continue
            which = each.entity, _number(each.entity, each.key)
            self._keys[which] = each.key
            if each.entity == MERGE:
                self._merged(each)
            if each.field:
                self._fields.setdefault(which, {}).setdefault(each.field, each.found)
            else:
                self._new.setdefault(which, each.new)

    def was_there(self, entity: str, number: object) -> bool:
        """Tell whether a row that is there now was there then."""
        which = entity, str(number)
        field = _TAKEN_AWAY.get(entity, "")
        return not self._new.get(which, False) and self._fields.get(which, {}).get(field, "") is not None

    def as_it_was(self, entity: str, number: object, row: Values) -> Values:
        """Return a row that was there with the values that it had."""
        found = self._fields.get((entity, str(number)), {})
        return row | {field: _value(entity, field, text) for field, text in found.items() if field in row}

    def gone(self, entity: str, there: Iterable[object]) -> Iterator[tuple[str, str | None]]:
        """Give the rows that were there and are gone: the account's key, and what it has kept of them.

        That is None where the row was taken back as if it had never been: then nobody has kept what it was.
        """
        known, field = {str(each) for each in there}, _TAKEN_AWAY.get(entity, "")
        for (kind, number), key in self._keys.items():
            which = kind, number
            if kind == entity and number not in known and not self._new.get(which, False):
                fields = self._fields.get(which, {})
                if fields.get(field) is not None or (field not in fields and which in self._new):
                    yield key, fields.get(field)

    @property
    def merged(self) -> bool:
        """Whether any candidacy was another person's."""
        return bool(self._owners)

    def owner(self, person: int, number: int) -> tuple[int, int]:
        """Return whose a candidacy was, and its number there; persons may have been merged since."""
        now, seen = (person, number), set[tuple[int, int]]()
        while now in self._owners and now not in seen:  # two may have been parted and merged again
            seen.add(now)
            now = self._owners[now]
        return now

    def met(self, touch: int, person: int) -> int:
        """Return who it was that took part, by the number of her touch."""
        return self._met.get(touch, person)

    def _merged(self, change: _Change) -> None:
        """Note what a merge moved; the last one since the moment moved what those before had moved."""
        kept, gone = map(int, change.key.split(":"))
        if change.field == "touch":
            self._met.setdefault(int(change.before or 0), gone if change.new else kept)
        elif change.field == "candidacy":
            apart, together = (gone, int(change.before or 0)), (kept, int(change.after or 0))
            now, then = (together, apart) if change.new else (apart, together)
            self._owners[now] = then

    def put_figures_back(self, store: Store) -> None:
        """Make the figures what they were that are kept alone under a key."""
        for kind in _FIGURES:
            for (entity, key), fields in self._fields.items():
                if entity == kind.entity:
                    now = as_text(store.value(kind.read, **kind.which(key)))
                    put_back(store, kind._replace(rule=_any), key, fields[kind.field], now)


def _change(row: Row, moment: str) -> _Change:
    entity, key, field, before, after, command, number, undone_by, made_at, undone_at = row
    if made_at > moment:
        place, found, new = (made_at, command, number), before, True
    else:
        place, found, new = (undone_at, undone_by, -number), after, False
    return _Change(*place, entity, key, field, found, new, before, after)


def _number(entity: str, key: str) -> str:
    """Return what finds a row: a touch and a voice have a number of their own at the end of the key."""
    return key.rpartition(":")[2] if entity in _TAKEN_AWAY else key


def _value(entity: str, field: str, text: str | None) -> Any:
    read = _READ.get((entity, field))
    return read(text) if read is not None and text is not None else text


def _any(_: Store, __: str) -> None:
    """Ask for no rule: what was recorded was allowed then."""
