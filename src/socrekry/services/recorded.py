"""A store as it was known at a moment: what had been recorded by then, and nothing since.

It is built in memory, from a store that only grows. Of a candidacy whose log has grown since, the entries
that were recorded by then are folded anew; every other is taken as it stands. Beside the log, the account of
changes says what a row was. So every report runs on it as it runs on the store itself. It costs memory for
what reports count by, and time for what has been recorded since.

Who has been protected since stays protected, and words that have been erased stay erased.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from json import loads
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.events import Entry
from socrekry.domain.folding import fold
from socrekry.domain.names import search_key
from socrekry.services.cached_rows import assignment_rows, fact_rows, stay_rows
from socrekry.services.candidacies import cached, load
from socrekry.services.recorded_changes import Changes, Values
from socrekry.services.tallies import rebuild
from socrekry.store import loading
from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.log import GENESIS
from socrekry.store.tables import tables

_BATCH = 5_000
_AS_THEY_ARE = (
    *("unit", "university", "pipeline", "theme", "staff"),
    *("need", "cost", "assumption"),  # figures, which are put back when all of them are there
)
"""What reports call things by is taken as it is called now."""
_REASONS = ("reason", "fact")  # the remarks whose words a report may tell
_DERIVED = ("stay", "fact", "assignment")
_Recall: TypeAlias = Callable[[Values], Values | None]
"""Makes of a row what it was; None where it was not there."""
_Plain: TypeAlias = Callable[[Row], bool]


class Known(NamedTuple):
    """A store as it was known, and how many rows were known then of which nobody has kept what they were."""

    store: Store
    lost: int


@contextmanager
def known_at(source: Store, moment: str) -> Iterator[Known]:
    """Give a store in memory with what had been recorded in ``source`` by a moment, which is known as well.

    ``moment`` is as a store keeps times: ISO, UTC, microseconds.
    """
    from socrekry.store.scratch import scratch

    lost = 0

    def fill(target: Store) -> None:
        nonlocal lost
        with source.snapshot():
            lost = _Recalling(source, target, moment).everything()

    with scratch(fill) as target:
        with target.transaction():
            rebuild(target)
        yield Known(target, lost)


class _Recalling:
    """The account while a store is recalled: which candidacies were known, and whose they are."""

    def __init__(self, source: Store, target: Store, moment: str) -> None:
        self.source, self.target, self.moment = source, target, moment
        self.changes = Changes(source.rows("recorded.edits", moment=moment), moment)
        self.known: dict[int, int] = {}  # candidacies, and whose they were
        self.persons: set[int] = set()
        self.changed: dict[int, Values] = {}

    def everything(self) -> int:
        """Recall all that reports count; return how many rows nobody has kept."""
        for name in _AS_THEY_ARE:
            self._copy(name)
        self._copy("remark", lambda row: row if row["kind"] in _REASONS else None)
        lost = self._numbered("cohort") + self._numbered("activity")
        self._candidacies()
        self._copy("person", self._person)
        for person in sorted({self.known[each] for each in self.changed if each in self.known}):
            self.target.write("candidacy.keep_person", person=person)
        self._touches()
        lost += self._voices()
        self.changes.put_figures_back(self.target)
        return lost

    def _copy(self, name: str, recall: _Recall | None = None, plain: _Plain | None = None) -> list[int]:
        """Copy a table, each row as it was; return the numbers of those that were there.

        A ``plain`` row was as it is.
        """
        table = next(each for each in tables() if each.name == name)
        key, found = None, list[int]()
        while rows := loading.rows_after(self.source, table, key, _BATCH):
            key = table.key_of(rows[-1])
            if recall is not None:
                kept = [row for row in rows if plain is not None and plain(row)]
                if len(kept) < len(rows):
                    rest = (row for row in rows if plain is None or not plain(row))
                    were = (recall(dict(zip(table.columns, row, strict=True))) for row in rest)
                    kept += (tuple(each.values()) for each in were if each is not None)
                rows = kept
            loading.load(self.target, table, rows)
            found += [table.key_of(row)[0] for row in rows]
        return found

    def _numbered(self, name: str) -> int:
        """Copy a table whose rows the account calls by their number; return how many it cannot tell."""

        def recall(row: Values) -> Values | None:
            if not self.changes.was_there(name, row["id"]):
                return None
            was = self.changes.as_it_was(name, row["id"], row)
            return was | {"search_key": search_key(was["name"])} if name == "cohort" else was

        return sum(1 for _ in self.changes.gone(name, self._copy(name, recall)))

    def _candidacies(self) -> None:
        grown = {number for (number,) in self.source.rows("recorded.grown", moment=self.moment)}

        def recall(row: Values) -> Values | None:
            if row["id"] in grown:
                self.changed[row["id"]] = row
                return None
            return self._known(row)

        self._copy("candidacy", recall)
        for name in _DERIVED:  # a row of which begins with the candidacy's number
            hers = name == "fact" and self.changes.merged
            self._copy(name, self._derived, None if hers else lambda row: row[0] in self.known)
        for row in self.changed.values():
            self._fold(row)
        for candidacy, last in self.target.rows("recorded.rested"):
            rows = self.source.rows("recorded.log", candidacy=candidacy, last=last)
            loading.load(self.target, _table("event"), rows)

    def _known(self, row: Values) -> Values:
        """Note that a candidacy was known; return its row as hers whose it was."""
        person, number = self.changes.owner(row["person_id"], row["number"])
        self.known[row["id"]] = person
        self.persons.add(person)
        return row | {"person_id": person, "number": number}

    def _derived(self, row: Values) -> Values | None:
        person = self.known.get(row["candidacy_id"])
        return row | {"person_id": person} if person is not None and "person_id" in row else None

    def _fold(self, row: Values) -> None:
        """Keep a candidacy as its log said, if there was any of it."""
        number, subject = row["id"], load(self.source, row["id"])
        entries = _recorded_by(self.moment, subject.candidacy.entries)
        if not entries:
            return
        state = fold(subject.pipeline, entries)
        columns = cached(subject, state, (entries[-1].seq, GENESIS))
        was = row | {
            _COLUMNS.get(name, name): value for name, value in columns.items() if name != "candidacy"
        }
        was = self._known(was)
        loading.load(self.target, _table("candidacy"), [tuple(was.values())])
        self.target.write_many("candidacy.add_stay", stay_rows(number, state))
        self.target.write_many("candidacy.add_fact", fact_rows(number, was["person_id"], state))
        self.target.write_many("candidacy.add_assignment", assignment_rows(number, state))

    def _person(self, row: Values) -> Values | None:
        """Return what reports count of a person, which is not what she is called.

        Of one who is protected, nothing is brought back.
        """
        if row["id"] not in self.persons:
            return None
        was = row if row["protected_number"] is not None else self.changes.as_it_was("person", row["id"], row)
        return row | _NAMELESS | {name: was[name] for name in ("university", "graduates")}

    def _touches(self) -> None:
        """Copy who took part in what; one that was taken back has its activity's day, which most have."""

        def recall(row: Values) -> Values | None:
            person = self.changes.met(row["id"], row["person_id"])
            if person not in self.persons or not self.changes.was_there("touch", row["id"]):
                return None
            return self.changes.as_it_was("touch-day", row["id"], row | {"person_id": person})

        there = self._copy("touch", recall)
        for key, on in self.changes.gone("touch", there):
            person, activity, number = map(int, key.split(":"))
            day = on or self.target.value("recorded.day", activity=activity)
            if person in self.persons and day is not None:
                row = {"occurred_on": day}
                row = self.changes.as_it_was("touch-day", number, row)
                self.target.write(
                    "outreach.restore_touch", id=number, person=person, activity=activity, **row
                )

    def _voices(self) -> int:
        """Copy what was said; return how many voices nobody has kept."""

        def recall(row: Values) -> Values | None:
            candidacy = row["candidacy_id"]
            there = candidacy is None or candidacy in self.known
            return row if there and self.changes.was_there("voice", row["id"]) else None

        lost = 0
        for _, kept in self.changes.gone("voice", self._copy("voice", recall)):
            if kept is None:
                lost += 1
                continue
            voice = loads(kept)
            if voice["candidacy"] is None or voice["candidacy"] in self.known:
                self.target.write("voices.put_back", **voice)
        return lost


_NAMELESS = dict.fromkeys(("name", "email", "phone", "email_key", "phone_key")) | {
    "search_key": "",
    "sort_key": "",
}
_COLUMNS = {"cohort": "cohort_id", "unit": "unit_id"}


def _table(name: str) -> Any:
    return next(each for each in tables() if each.name == name)


def _recorded_by(moment: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that were recorded by a moment, and those before them, which were there already.

    Machines do not agree on the time: an entry may say a later one than the entry that follows it.
    """
    last = max((n for n, each in enumerate(entries, 1) if each.recorded_at <= moment), default=0)
    return tuple(entries[:last])
