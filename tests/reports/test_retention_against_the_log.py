"""Whatever is recorded, withdrawn and undone, retention counts what a plain walk through the log counts."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import intents
from socrekry.domain.events import Corrected, Event, FactRecorded, FactWithdrawn, Moved, Undone
from socrekry.reports.asking import Question, every_term, scope_of
from socrekry.reports.retention import retention
from socrekry.services.acting import Step, act
from socrekry.store import log
from tests.reports.programme import TODAY, Programme, a_programme
from tests.reports.starting import a_cohort, a_short_programme, a_starter

STARTED = date(2024, 1, 31)
MONTHS = {6: date(2024, 7, 31), 12: date(2025, 1, 31), 24: date(2026, 1, 31)}
Life = list[tuple[intents.Intent, int]]
Tally = Counter[tuple[int, str]]

actions = st.sampled_from(
    (
        intents.Record("still-employed", "yes"),
        intents.Record("still-employed", "yes"),
        intents.Record("left"),
        intents.Record("left"),
        intents.WithdrawFact("still-employed"),
        intents.WithdrawFact("left"),
        intents.Undo(),
    )
)
lives = st.lists(st.tuples(actions, st.integers(-10, 1000)), max_size=7)


def walked(programme: Programme, people: int, as_of: date) -> Tally:
    """Count by the log alone, in plain loops."""
    tally: Tally = Counter()
    for candidacy in range(1, people + 1):
        entries = log.read(programme.store, candidacy)
        gone = {seq for entry in entries if isinstance(entry.event, Undone) for seq in entry.event.seqs}
        assert not any(isinstance(entry.event, Corrected) for entry in entries)
        kept = [entry for entry in entries if entry.seq not in gone]
        starts = [e.occurred_on for e in kept if isinstance(e.event, Moved) and e.event.target == "started"]
        if starts and starts[0] and starts[0] <= as_of:
            facts = [(e.seq, e.event, e.occurred_on) for e in kept]
            for months, day in MONTHS.items():
                tally[months, "not yet" if day > as_of else _stood(facts, day, as_of)] += 1
    return tally


def _stood(facts: Sequence[tuple[int, Event, date | None]], mark: date, as_of: date) -> str:
    last: dict[str, tuple[date, int]] = {}
    for seq, event, on in facts:
        if isinstance(event, FactWithdrawn):
            last.pop(event.fact, None)
        elif isinstance(event, FactRecorded) and on and on <= as_of:
            last[event.fact] = (on, seq)
    left, still = last.get("left"), last.get("still-employed")
    left = left if left and left[0] >= STARTED else None
    still = still if still and still[0] >= STARTED else None
    if left and left[0] <= mark and not (still and left < still and still[0] <= mark):
        return "left"
    if (still and still[0] >= mark) or (left and left[0] > mark):
        return "still"
    return "unknown"


def counted(programme: Programme, as_of: date) -> Tally:
    """Return what retention counts, in the same form."""
    scope = scope_of(programme.store, Question(as_of), TODAY, every_term)
    tally: Tally = Counter()
    for mark in retention(programme.store, scope).marks:
        for name, number in (
            ("still", mark.still_employed),
            ("left", mark.left),
            ("unknown", mark.unknown),
            ("not yet", mark.not_yet),
        ):
            tally[mark.months, name] = number
    return tally


@settings(max_examples=40, deadline=None)
@given(st.lists(lives, min_size=1, max_size=4), st.integers(0, 1000))
def test_retention_counts_what_the_log_says(lived: list[Life], days: int) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = a_cohort(a_short_programme(programme), "HT2023")
        for life in lived:
            label = a_starter(programme, cohort, STARTED.isoformat())
            for intent, after in life:
                step = Step(intent, STARTED + timedelta(days=after))
                act(programme.writing(), [label], lambda *_, step=step: [step])
        for as_of in (STARTED + timedelta(days=days), TODAY):
            assert +counted(programme, as_of) == +walked(programme, len(lived), as_of)
