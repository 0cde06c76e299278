"""Whatever happens, however it is recorded: all three views count what a plain account of the log counts.

As of any day, and as it was known at any moment: with steps back, undos, corrections, pauses, transfers and
candidacies that were closed and taken up again.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from socrekry.domain import intents
from socrekry.domain.term import TermRange, parse_range, term_of
from socrekry.reports.asking import Question
from socrekry.reports.figures import TermReport
from socrekry.reports.flows import Activity, activity
from socrekry.reports.snapshot import Snapshot, snapshot
from socrekry.reports.term_report import term_report
from socrekry.services.acting import Step, act
from socrekry.services.candidacies import load
from socrekry.services.candidates import add_candidate
from socrekry.services.cohorts import add_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.persons import Details
from socrekry.services.recorded import known_at
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store
from tests.builders import a_pipeline
from tests.reports.events_counted import Counted, courses
from tests.reports.programme import a_programme

BEGAN = datetime(2025, 3, 1, 12, tzinfo=UTC)
STORED = "%Y-%m-%dT%H:%M:%S.%fZ"
TERMS = parse_range("HT2025..HT2026")
PIPELINE = a_pipeline(
    "lead applied selected offer hired",
    beside={"reserve": ("applied", "selected")},
    lost={"refused": ("applied", "rejected")},
    back=[("selected", "applied"), ("offer", "selected")],
    stages={
        "lead": {"longest_stay": 20},
        "applied": {"longest_stay": 10, "base": True},
        "selected": {"longest_stay": 30, "takes_seat": True},
    },
)
ONWARD = intents.Advance(imported=True)
actions = st.sampled_from(
    (
        *(ONWARD, ONWARD, ONWARD, ONWARD),
        intents.Advance("applied", imported=True),
        intents.Advance("selected", imported=True),
        intents.Advance("refused", imported=True),
        intents.Reserve(),
        intents.Close("withdrawn", "candidate"),
        *(intents.Reopen(), intents.Reopen()),
        intents.Transfer(2),
        *(intents.Pause(date(2025, 9, 1), "leave"), intents.Pause(date(2026, 3, 1), "studies")),
        *(intents.Resume(), intents.Resume()),
        *(intents.Undo(), intents.Undo()),
        *(intents.Correct("applied"), intents.Correct("applied"), intents.Correct("selected")),
    )
)


class Told(NamedTuple):
    """Something that somebody records: of whom, what, after how many days, and how many days late."""

    who: int
    what: intents.Intent
    after: int
    late: int


histories = st.lists(
    st.builds(Told, st.integers(0, 2), actions, st.integers(0, 45), st.integers(0, 30)),
    min_size=12,
    max_size=30,
)


def record(store: Store, history: list[Told]) -> datetime:
    """Let people record a history, each thing by a command at a time of its own; what is refused is not."""
    now, labels = BEGAN, dict[int, str]()
    begun = Writing(store, Occasion("tester", "add-cohort", now.date(), now))
    cohorts = [
        add_cohort(begun, PIPELINE.name, term, seats)
        for term, seats in zip((TERMS.first, TERMS.last), (2, 1), strict=True)
    ]
    for n, (who, what, after, late) in enumerate(history):
        now += timedelta(days=after, seconds=1)
        writing = Writing(store, Occasion("tester", "test", now.date(), now))
        if who not in labels:
            details = Details(f"Nr {who}")
            labels[who] = add_candidate(writing, details, cohorts[n % 2], now.date()).candidacy
            continue
        last = load(store, find_candidacy(store, labels[who]).id).candidacy.last_move_on or now.date()
        said = now.date() - timedelta(days=late)
        on = said if isinstance(what, intents.Correct) else max(last, said)
        to = what.cohort if isinstance(what, intents.Transfer) else None
        act(writing, [labels[who]], lambda *_: [Step(what, on, cohort=to)])  # noqa: B023 – at once
    return now


def funnel(report: TermReport) -> tuple[Counter[Any], ...]:
    reached, completed, here, exits, seats = (Counter[Any]() for _ in range(5))
    for number, cohort in enumerate(report.cohorts, 1):
        for step in (*cohort.account.funnel, *cohort.account.beside):
            reached[number, step.stage.name] = step.reached or 0
            completed[number, step.stage.name] = step.completed or 0
            here[number, step.stage.name] = step.in_stage or 0
        for each in cohort.account.exits:
            assert each.stage is not None
            exits[number, each.stage.name, each.outcome] = each.number or 0
        seats[number] = cohort.account.seats_taken or 0
    return tuple(+each for each in (reached, completed, here, exits, seats))


def flows(found: Activity) -> Counter[Any]:
    counts = Counter[Any]()
    for each in found.pipelines:
        for flow in each.flows:
            counts.update(
                {(word, flow.stage.name): n for word, n in flow._asdict().items() if word != "stage"}
            )
        counts.update({("outcome", end.stage.name, end.outcome): end.number for end in each.endings})
    return +counts


def standing(found: Snapshot) -> dict[str, tuple[Any, ...]]:
    return {each.stage.name: each[1:] for of in found.pipelines for each in of.standing if each.here}


def require_equal(store: Store, counted: Counted, as_of: date, today: date) -> None:
    """Hold every view of a store against the account, as of a day."""
    reached, *rest = funnel(term_report(store, Question(as_of, TERMS), today))
    account = counted.funnel(as_of)
    hidden = Counter({key: n for key, n in account[0].items() if key[1] == "refused"})  # no step of a funnel
    assert (reached, *rest) == (account[0] - hidden, *account[1:])
    now = snapshot(store, Question(as_of), today)
    assert standing(now) == counted.standing(as_of)
    seats = snapshot(store, Question(as_of, TERMS), today).cohorts
    assert {n: each.taken for n, each in enumerate(seats, 1) if each.taken} == dict(account[4])
    term = term_of(as_of)
    found = activity(store, Question(as_of, TermRange(term, term)), today)
    assert flows(found) == counted.flows(found.since, found.until)
    for flow in (flow for each in found.pipelines for flow in each.flows):
        gone = flow.onward + flow.aside + flow.back + flow.ended
        assert flow.at_start + flow.came - gone == flow.at_end


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(histories, st.floats(0, 1), st.floats(0, 1))
def test_every_view_tells_what_the_log_tells(history: list[Told], known: float, of: float) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        programme.install(PIPELINE)
        end = record(programme.store, history)
        moment = BEGAN + (end - BEGAN) * known
        for at in (moment, end):
            as_of = (BEGAN + (at - BEGAN) * of).date()
            said = at.strftime(STORED)
            counted = Counted(PIPELINE, courses(programme.store, said))
            with known_at(programme.store, said) as then:
                require_equal(then.store, counted, as_of, at.date())
                require_equal(then.store, counted, at.date(), at.date())
        counted = Counted(PIPELINE, courses(programme.store, end.strftime(STORED)))
        as_of = (BEGAN + (end - BEGAN) * of).date()
        for day in (as_of, end.date()):
            require_equal(programme.store, counted, day, end.date())
