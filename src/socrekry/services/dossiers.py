"""All that the store holds of each candidacy, a few hundred at a time, so that memory stays flat.

Each few are read as of one moment, and others may write in between: a check of a large store must
not keep anybody from working. Within a candidacy nothing is ever seen half-written.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from socrekry.domain.ids import candidacy_id
from socrekry.services.chains import Entered
from socrekry.store.connect import Store
from socrekry.store.engine import Row

AT_A_TIME = 200

# As `services.candidacies` names what it writes.
_CANDIDACY = [
    "candidacy",
    "person",
    "number",
    "pipeline",
    "cohort",
    "unit",
    "state",
    "stage",
    "entered_on",
    "due_on",
    "outcome",
    "closed_on",
    "holds_seat",
    "supervised",
    "paused_from",
    "paused_until",
    "rank",
    "head_seq",
    "head_hash",
    "begun_person",
    "begun_number",
]
_STAY = [
    "candidacy",
    "number",
    "stage",
    "entered_on",
    "entered_seq",
    "first",
    "left_on",
    "left_seq",
    "left_how",
    "outcome",
    "closed_by",
    "reason",
    "paused_days",
    "days",
    "left_to",
    "pipeline",
]
_FACT = ["candidacy", "seq", "person", "about_person", "name", "value", "occurred_on", "text", "seen_by"]
_ASSIGNMENT = ["candidacy", "seq", "role", "staff", "from_on", "to_on"]


class Dossier(NamedTuple):
    """A candidacy's row, its log, and the rows derived from it, as they are stored."""

    row: dict[str, Any]
    entries: tuple[Entered, ...]
    stays: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    assignments: list[dict[str, Any]]

    @property
    def label(self) -> str:
        """The candidacy's id: ``C-1.1``."""
        return candidacy_id(self.row["person"], self.row["number"])

    @property
    def chained_as(self) -> str:
        """The id under which its log is chained: the one that it was begun under."""
        row = self.row
        return (
            self.label
            if row["begun_person"] is None
            else candidacy_id(row["begun_person"], row["begun_number"])
        )

    @property
    def head(self) -> tuple[int, str]:
        """Where the candidacy's row says that its log ends: the number and the hash."""
        return self.row["head_seq"], self.row["head_hash"]


def dossiers(store: Store, at_a_time: int = AT_A_TIME) -> Iterator[Dossier]:
    """Give every candidacy's dossier, in the order in which they were begun."""
    after = 0
    while True:
        with store.snapshot():
            rows = store.rows("checking.candidacies", after=after, most=at_a_time)
            found = _read(store, [dict(zip(_CANDIDACY, row, strict=True)) for row in rows]) if rows else []
        yield from found
        if not found:
            return
        after = found[-1].row["candidacy"]


def _read(store: Store, rows: list[dict[str, Any]]) -> list[Dossier]:
    between = {"first": rows[0]["candidacy"], "last": rows[-1]["candidacy"]}
    logs = _by_candidacy(store.rows("checking.log", **between))
    stays = _by_candidacy(store.rows("checking.stays", **between))
    facts = _by_candidacy(store.rows("checking.facts", **between))
    assignments = _by_candidacy(store.rows("checking.assignments", **between))
    return [
        Dossier(
            row,
            tuple(Entered(*entry[1:]) for entry in logs.get(row["candidacy"], ())),
            _named(_STAY, stays.get(row["candidacy"], ())),
            _named(_FACT, facts.get(row["candidacy"], ())),
            _named(_ASSIGNMENT, assignments.get(row["candidacy"], ())),
        )
        for row in rows
    ]


def _by_candidacy(rows: list[Row]) -> dict[int, list[Row]]:
    return {number: list(group) for number, group in groupby(rows, key=itemgetter(0))}


def _named(names: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]
