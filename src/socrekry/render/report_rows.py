"""The report as records for a spreadsheet: one rectangular table, a cohort and stage (or exit) a row.

A count that is withheld is an empty cell, with ``suppressed`` true in the last column of a public report.
"""

from collections.abc import Callable, Iterator
from typing import Any

from socrekry.render.parts import Rows
from socrekry.render.report_beside import beside_rows
from socrekry.reports.figures import Account, TermReport

Record = tuple[Any, ...]

COHORT = ("pipeline", "term", "unit", "cohort")
_Table = tuple[tuple[str, ...], Callable[[Account], Iterator[Record]]]


def rows(report: TermReport, section: str) -> Rows:
    """Return the table of one section, over every cohort of the report."""
    if section not in _TABLES:
        return beside_rows(report.beside, section)
    names, records = _TABLES[section]
    found = [
        (each.pipeline.name, str(each.term), each.unit, each.name or None, *record)
        for each in report.cohorts
        for record in records(each.account)
    ]
    return Rows((*COHORT, *names), found)


def _funnel(account: Account) -> Iterator[Record]:
    for step in account.funnel:
        counts = (step.reached, step.completed, step.in_stage)
        shares = (step.of_previous, step.of_base, step.earliest)
        yield (step.stage.name, *counts, *shares, None in counts)


def _exits(account: Account) -> Iterator[Record]:
    for each in account.exits:
        stage = each.stage.name if each.stage else None
        yield (stage, each.outcome, each.reason, each.by, each.number, each.outcome is None)


def _time(account: Account) -> Iterator[Record]:
    for each in account.durations:
        yield (each.stage.name, *each[1:])


def _terms(account: Account) -> Iterator[Record]:
    counts = (account.seats_taken, account.from_waiting_list, account.ended)
    yield (account.seats, *counts, None in counts)


_TABLES: dict[str, _Table] = {
    "funnel": (
        ("stage", "reached", "completed", "in_stage", "of_previous", "of_base", "earliest", "suppressed"),
        _funnel,
    ),
    "exits": (("stage", "outcome", "reason", "by", "count", "suppressed"), _exits),
    "time": (
        ("stage", "median_days", "p80_days", "completed", "ended", "open", "overdue", "suppressed"),
        _time,
    ),
    "terms": (("seats", "seats_taken", "from_waiting_list", "ended", "suppressed"), _terms),
}
