"""Whatever happens, the report counts what a plain walk through the log counts."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import events, intents
from socrekry.domain.folding import standing_entries
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.term_report import term_report
from socrekry.services.acting import Step, act
from socrekry.services.cohorts import Cohort
from socrekry.store import log
from tests.reports.programme import TODAY, Programme, a_programme

BEGAN = date(2025, 3, 1)
TERMS = parse_range("HT2025..HT2026")
MAIN_PATH = ("lead", "applied", "selected", "placement", "trainee", "offer", "hired", "started")

actions = st.sampled_from(
    (
        intents.Advance(imported=True),
        intents.Advance(imported=True),
        intents.Advance(imported=True),
        intents.Reserve(),
        intents.Close("withdrawn", "candidate"),
        intents.Close("rejected"),
        intents.Reopen(),
        intents.Transfer(2),
        intents.Undo(),
        intents.Undo(),
    )
)
lives = st.lists(st.tuples(actions, st.integers(0, 40)), max_size=7)


class Walk(NamedTuple):
    """What a walk through the logs counted, by cohort."""

    reached: Counter[tuple[int, str]]
    completed: Counter[tuple[int, str]]
    here: Counter[tuple[int, str]]
    exits: Counter[tuple[int, str, str]]
    seats: Counter[int]


def live(programme: Programme, cohort: Cohort, life: list[tuple[intents.Intent, int]]) -> None:
    """Add a candidate and let happen what may; what is refused has not happened."""
    label, day = programme.candidate(cohort, BEGAN.isoformat()), BEGAN
    for intent, days in life:
        day += timedelta(days=days)
        to = intent.cohort if isinstance(intent, intents.Transfer) else None
        act(programme.writing(), [label], lambda *_: [Step(intent, day, cohort=to)])  # noqa: B023 – at once


def walked(programme: Programme, people: int, as_of: date) -> Walk:
    walk = Walk(Counter(), Counter(), Counter(), Counter(), Counter())
    for candidacy in range(1, people + 1):
        entries = standing_entries(log.read(programme.store, candidacy))
        moves = [entry.event for entry in entries if entry.occurred_on and entry.occurred_on <= as_of]
        cohort = [
            entry.event.cohort
            for entry in entries
            if isinstance(entry.event, events.Opened | events.Transferred)
        ]
        if cohort:
            _walk_one(walk, cohort[-1], moves)
    return walk


def _walk_one(walk: Walk, cohort: int, moves: list[events.Event]) -> None:
    been, went_on, at, ended = set[str](), set[str](), "", ""
    for event in moves:
        match event:
            case events.Opened(stage) | events.Reopened(stage):
                at, ended = stage, ""
            case events.Moved(source=source, target=target):
                at = target
                if target in MAIN_PATH:
                    went_on.add(source)
            case events.Closed(outcome):
                ended = outcome
        been.add(at)
    walk.reached.update((cohort, stage) for stage in been)
    walk.completed.update((cohort, stage) for stage in went_on)
    if ended:
        walk.exits[cohort, at, ended] += 1
    elif at:
        walk.here[cohort, at] += 1
        walk.seats[cohort] += "selected" in been


def counted(programme: Programme, as_of: date) -> Walk:
    """Return what the report counts, in the same form."""
    walk = Walk(Counter(), Counter(), Counter(), Counter(), Counter())
    found = term_report(programme.store, Question(as_of, TERMS), TODAY)
    for number, cohort in enumerate(found.cohorts, 1):
        for step in (*cohort.account.funnel, *cohort.account.beside):
            walk.reached[number, step.stage.name] += step.reached or 0
            walk.completed[number, step.stage.name] += step.completed or 0
            walk.here[number, step.stage.name] += step.in_stage or 0
        for each in cohort.account.exits:
            assert each.stage is not None
            walk.exits[number, each.stage.name, each.outcome or ""] += each.number or 0
        walk.seats[number] += cohort.account.seats_taken or 0
    return walk


@settings(max_examples=20, deadline=None)
@given(st.lists(lives, min_size=1, max_size=4), st.integers(0, 200))
def test_the_report_counts_what_the_log_says(
    lived: list[list[tuple[intents.Intent, int]]], days: int
) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = programme.cohort("HT2025", 2)
        programme.cohort("HT2026", 1)
        for life in lived:
            live(programme, cohort, life)
        for as_of in (BEGAN + timedelta(days=days), TODAY):
            expected = walked(programme, len(lived), as_of)
            assert tuple(+each for each in counted(programme, as_of)) == tuple(+each for each in expected)
