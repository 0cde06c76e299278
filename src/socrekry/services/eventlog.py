"""The event log as a table, a row for each entry, such as tools for process mining read.

Rule: it is read from the log itself and from nothing that was derived, so that whoever counts over it counts
independently of us. Unless every entry is asked for, it tells the course that stands: the stages as they were
entered and how it was closed, each on the day that counts in the end. With every entry, what was undone
comes along, marked as not standing; taken for the course, it would be counted twice.

A day has no time of day. Entries of one case and one day are a second apart, from midnight, so that whoever
sorts by time has them in their order.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from socrekry.domain.events import Entry, from_body
from socrekry.domain.folding import standing_entries, undone_by
from socrekry.domain.ids import candidacy_id, candidate_id, cohort_id, staff_id
from socrekry.domain.term import Term
from socrekry.services.exported_columns import YES, Cells, Column
from socrekry.services.exporting import Wanted, spans
from socrekry.store.connect import Store
from socrekry.store.engine import Row

SPAN = 1_000
COURSE = frozenset(("opened", "moved", "closed", "reopened"))
_TURNING = frozenset(("undone", "corrected"))
_LEADING = frozenset(("opened", "transferred"))
COMPLETE = "complete"

COLUMNS = (
    Column("case", "code"),
    Column("activity", "code"),
    Column("timestamp", "time"),
    Column("resource", "text"),
    Column("lifecycle", "code"),
    Column("candidate", "code"),
    Column("pipeline", "code"),
    Column("term", "code"),
    Column("cohort", "code"),
    Column("unit", "text"),
    Column("seq", "number"),
    Column("kind", "code"),
    Column("standing", "flag"),
    Column("occurred_on", "day"),
    Column("recorded_at", "time"),
    Column("command", "number"),
    Column("from_stage", "code"),
    Column("stage", "code"),
    Column("outcome", "code"),
    Column("by", "code"),
    Column("fact", "code"),
    Column("value", "code"),
    Column("role", "code"),
    Column("staff", "code"),
    Column("until", "day"),
    Column("pause", "code"),
    Column("to_cohort", "code"),
    Column("to_unit", "text"),
    Column("rank", "number"),
    Column("target", "number"),
    Column("new_day", "day"),
    Column("undone", "code"),
    Column("imported", "flag"),
)


class EventLog:
    """The logs of candidacies while they are told, in the order in which those were begun."""

    columns = COLUMNS

    def __init__(self, store: Store, wanted: Wanted, *, every: bool = False) -> None:
        self._store, self._wanted, self._every = store, wanted, every
        self._units = {number: name for number, name, *_ in store.rows("programme.unit_names")}
        self._cohorts = {
            number: (pipeline, str(Term.from_code(term)), cohort_id(number))
            for number, pipeline, term, *_ in store.rows("exporting.cohorts")
        }
        self.rows = 0

    def count(self) -> int:
        """Return how many rows there will be, at most."""
        return int(self._store.value("exporting.entries", void=self._every, **self._wanted.values))

    def pages(self) -> Iterator[list[Cells]]:
        """Yield all rows, some at a time; a case is never parted."""
        for span in spans(self._store, SPAN):
            found = self._store.rows("exporting.logs", **span, **self._wanted.values, void=self._every)
            page = [row for _, case in groupby(found, itemgetter(0)) for row in self._case(list(case))]
            if page:
                self.rows += len(page)
                yield page

    def _case(self, entries: Sequence[Row]) -> Iterator[Cells]:
        """Yield the rows of one candidacy."""
        _, person, number, cohort, unit, *_ = entries[0]
        pipeline, term, label = self._cohorts[cohort]
        case, who = candidacy_id(person, number), candidate_id(person)
        of: Cells = [COMPLETE, who, pipeline, term, label, self._units.get(unit, "")]
        stands, second = _standing(entries), dict[str, int]()
        for _, _, _, _, _, seq, kind, on, recorded_at, command, body, actor in entries:
            if not self._every and (seq not in stands or kind not in COURSE):
                continue
            said = json.loads(body)
            day = stands.get(seq) or on
            if day is None:
                at = recorded_at
            else:
                at = f"{day}T{_clock(second.get(day, 0))}"
                second[day] = second.get(day, 0) + 1
            yield [
                case, _activity(kind, said), at, actor, *of, str(seq), kind, YES if seq in stands else "",
                on or "", recorded_at, str(command), *self._said(kind, said),
            ]  # fmt: skip

    def _said(self, kind: str, said: dict[str, Any]) -> Cells:
        """Return what an entry says beyond its kind and its day: the columns from ``from_stage`` on."""
        say, moved, to = said.get, kind == "moved", kind in _LEADING
        return [
            say("source", ""),
            said["target"] if moved else say("stage", ""),
            say("outcome", ""),
            say("by", ""),
            say("fact", ""),
            say("value", ""),
            say("role", ""),
            staff_id(said["staff"]) if "staff" in said else "",
            say("until", ""),
            said["reason"] if kind == "paused" else "",
            cohort_id(said["cohort"]) if to else "",
            self._units.get(say("unit"), "") if to else "",
            str(say("rank", "")),
            "" if moved else str(say("target", "")),
            say("on", ""),
            " ".join(map(str, say("seqs", ()))),
            YES if "imported" in said else "",
        ]


def _activity(kind: str, said: dict[str, Any]) -> str:
    """Return what happened in a word: the stage that was entered, the outcome, the fact, or else the kind."""
    if kind in COURSE:
        return str(said.get("outcome") or said.get("target") or said["stage"])
    return str(said["fact"]) if kind == "fact-recorded" else kind


def _clock(seconds: int) -> str:
    """Return the time of day so many seconds after midnight."""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _standing(entries: Sequence[Row]) -> dict[int, str | None]:
    """Return the numbers of the entries that count, each with the day on which it counts."""
    if not any(row[6] in _TURNING for row in entries):
        return {row[5]: row[7] for row in entries}
    told = [
        Entry(seq, command, date.fromisoformat(on) if on else None, at, from_body(kind, json.loads(body)))
        for _, _, _, _, _, seq, kind, on, at, command, body, _ in entries
    ]
    undone = undone_by(told)
    days = {each.seq: each.occurred_on for each in standing_entries(told)}
    return {
        each.seq: day.isoformat() if (day := days.get(each.seq)) else None
        for each in told
        if each.seq not in undone
    }
