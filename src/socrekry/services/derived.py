"""What is derived from a candidacy's log: is it what the log says, and if not, build it anew.

The row's stage and dates, the stays that reports count, the facts that guards ask for and the
assignments that limits count all follow from the log. Where one differs, a rule would be kept by
what never happened.
"""

import json
from datetime import date
from typing import Any

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.errors import SocrekryError
from socrekry.domain.events import VERSION, Entry, from_body
from socrekry.domain.folding import fold
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.services.cached_rows import assignment_rows, fact_rows, stay_rows
from socrekry.services.candidacies import Subject, cached
from socrekry.services.chains import Defect, Entered
from socrekry.services.dossiers import Dossier
from socrekry.store.connect import Store

_UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)


def derived_defects(dossier: Dossier, pipeline: Pipeline) -> tuple[Candidacy | None, list[Defect]]:
    """Return where a log whose chain is whole says that its candidacy stands, and what differs from it.

    The state is None where the log cannot be read or does not make sense.
    """
    entries = []
    for stored in dossier.entries:
        entry = _entry(stored)
        if entry is None:
            details = {"seq": stored.seq, "kind": stored.kind, "version": stored.version}
            return None, [Defect("log-unreadable", dossier.label, details)]
        entries.append(entry)
    try:
        state = fold(pipeline, entries)
        columns = _columns(dossier, pipeline, state)
    except (SocrekryError, AssertionError, *_UNREADABLE):
        return None, [Defect("log-senseless", dossier.label, {"pipeline": pipeline.name})]
    return state, [*_column_defects(dossier, columns), *_row_defects(dossier, state)]


def mend(store: Store, dossier: Dossier, pipeline: Pipeline, state: Candidacy, changed_at: str) -> None:
    """Build anew what is derived from a log, inside a transaction."""
    number, person = dossier.row["candidacy"], dossier.row["person"]
    columns = _columns(dossier, pipeline, state)
    store.write("candidacy.keep", **columns, changed_at=changed_at, seen_seq=dossier.row["head_seq"])
    store.write("candidacy.drop_stays", candidacy=number, number=0)
    store.write_many("candidacy.add_stay", stay_rows(number, state))
    store.write("checking.drop_facts", candidacy=number)
    store.write_many("candidacy.add_fact", fact_rows(number, person, state))
    store.write("checking.drop_assignments", candidacy=number)
    store.write_many("candidacy.add_assignment", assignment_rows(number, state))


def _entry(stored: Entered) -> Entry | None:
    if stored.version > VERSION:
        return None
    try:
        day = date.fromisoformat(stored.occurred_on) if stored.occurred_on is not None else None
        event = from_body(stored.kind, json.loads(stored.body))
    except _UNREADABLE:
        return None
    return Entry(stored.seq, stored.command, day, stored.recorded_at, event)


def _columns(dossier: Dossier, pipeline: Pipeline, state: Candidacy) -> dict[str, Any]:
    """Return the columns that the log decides; of a candidacy that was undone, the cohort is as kept."""
    row = dossier.row
    kept = Candidacy(cohort=row["cohort"], unit=row["unit"])
    subject = Subject(
        row["candidacy"], row["person"], row["number"], "", dossier.head, row["pipeline"], pipeline, kept,
        Term(2000, 1), None, None, False, None, False,
    )  # fmt: skip
    end = dossier.entries[-1] if dossier.entries else None
    return cached(subject, state, (end.seq, end.hash) if end else dossier.head)


def _column_defects(dossier: Dossier, columns: dict[str, Any]) -> list[Defect]:
    differing = [
        name for name, value in columns.items() if not name.startswith("head_") and dossier.row[name] != value
    ]
    return [_differs(dossier, "candidacy", differing)] if differing else []


def _row_defects(dossier: Dossier, state: Candidacy) -> list[Defect]:
    number, person = dossier.row["candidacy"], dossier.row["person"]
    by_seq = fact_rows(number, person, state), assignment_rows(number, state)
    facts, assignments = (sorted(rows, key=lambda row: int(row["seq"])) for rows in by_seq)
    pipeline = {"pipeline": dossier.row["pipeline"]}  # the store puts it beside each stay
    compared = (
        ("stay", dossier.stays, [row | pipeline for row in stay_rows(number, state)]),
        ("fact", dossier.facts, facts),
        ("assignment", dossier.assignments, assignments),
    )
    return [
        _differs(dossier, table, _differing(kept, logged))
        for table, kept, logged in compared
        if kept != logged
    ]


def _differing(kept: list[dict[str, Any]], logged: list[dict[str, Any]]) -> list[str]:
    """Return the columns that differ, or that rows are missing or too many."""
    if len(kept) != len(logged):
        return ["row"]
    pairs = zip(kept, logged, strict=True)
    return list(dict.fromkeys(name for old, new in pairs for name in new if old[name] != new[name]))


def _differs(dossier: Dossier, table: str, columns: list[str]) -> Defect:
    return Defect("cache-differs", dossier.label, {"table": table, "columns": columns}, mendable=True)
