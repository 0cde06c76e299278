"""From the first contact to a contract: since when somebody was known, and who is waited for."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import events, intents
from socrekry.domain.folding import standing_entries
from socrekry.domain.term import parse_range
from socrekry.reports import leadtime
from socrekry.reports.asking import Question, scope_of
from socrekry.reports.counting import count
from socrekry.reports.figures import LeadTime
from socrekry.reports.leadtime import count_leads
from socrekry.reports.term_report import term_report
from socrekry.services import cohorts
from socrekry.services.acting import Step, act
from socrekry.store import log
from tests.builders import a_pipeline
from tests.reports.meetings import Meetings
from tests.reports.programme import TODAY, Programme, a_programme

BEGAN = date(2025, 3, 1)
SIGNED = "2025-03-01 applied 2025-03-11 interview 2025-03-21 references 2025-04-01 offer 2025-04-11"
HIRED = f"{SIGNED} hired 2025-04-20"  # 50 days


def lead_time(programme: Programme, as_of: date = TODAY, *sections: str) -> LeadTime | None:
    question = Question(as_of, parse_range("HT2025"), sections=sections or ("time",))
    return term_report(programme.store, question, TODAY).cohorts[0].account.lead_time


def a_cohort(programme: Programme) -> cohorts.Cohort:
    return programme.cohort("HT2025", pipeline="direct")


def test_it_is_the_days_from_the_first_day_of_a_candidacy_to_the_contract(programme: Programme) -> None:
    programme.candidate(a_cohort(programme), HIRED)
    assert lead_time(programme) == LeadTime(50, 50, 1, 0, 0)


def test_an_activity_that_somebody_came_to_before_is_the_first_contact(programme: Programme) -> None:
    meetings, cohort = Meetings(programme), a_cohort(programme)
    visit, fair = meetings.activity("visit", "2025-01-10"), meetings.activity("fair", "2025-05-01")
    before, after = programme.candidate(cohort, HIRED), programme.candidate(cohort, HIRED)
    meetings.touch(visit, "2025-01-10", before)
    meetings.touch(fair, "2025-05-01", before, after)
    assert lead_time(programme) == LeadTime(50, 100, 2, 0, 0)


def test_an_earlier_candidacy_is_the_first_contact(programme: Programme) -> None:
    earlier = programme.cohort("HT2024", pipeline="direct")
    label = programme.candidate(earlier, "2024-03-01 no-reply 2024-04-01")
    programme.candidate(a_cohort(programme), HIRED)
    programme.store.engine_rows("UPDATE candidacy SET person_id = 1, number = 2 WHERE person_id = 2")
    assert label == "C-1.1"
    assert lead_time(programme) == LeadTime(50 + 365, 50 + 365, 1, 0, 0)


def test_who_is_on_the_way_is_waited_for_and_who_has_ended_is_not(programme: Programme) -> None:
    cohort = a_cohort(programme)
    programme.candidate(cohort, HIRED, 2)
    programme.candidate(cohort, f"{SIGNED} declined 2025-04-15", 6)
    assert lead_time(programme) == LeadTime(50, 50, 2, 6, 0)
    programme.candidate(cohort, SIGNED, 2)
    assert lead_time(programme) == LeadTime(50, None, 2, 6, 2)
    programme.candidate(cohort, SIGNED)
    assert lead_time(programme) == LeadTime(None, None, 2, 6, 3)


def test_as_of_an_earlier_day_it_counts_what_had_occurred(programme: Programme) -> None:
    cohort = a_cohort(programme)
    label = programme.candidate(cohort, f"{SIGNED} declined 2025-04-15 reopen 2025-04-18 hired 2025-04-20")
    programme.candidate(cohort, "2025-03-01 no-reply 2025-04-01")
    assert lead_time(programme, date(2025, 3, 31)) == LeadTime(None, None, 0, 0, 2)
    assert lead_time(programme, date(2025, 4, 17)) == LeadTime(None, None, 0, 2, 0)
    assert lead_time(programme, date(2025, 4, 19)) == LeadTime(None, None, 0, 1, 1)
    assert lead_time(programme) == LeadTime(50, 50, 1, 1, 0)
    programme.do(label, intents.Undo(), TODAY)
    assert lead_time(programme) == LeadTime(None, None, 0, 1, 1)


def test_each_version_of_a_pipeline_says_which_stage_is_a_contract(programme: Programme) -> None:
    programme.install(a_pipeline("lead signed started", stages={"signed": {"hired": True}}))
    cohort = programme.cohort("HT2025", pipeline="some-pipeline")
    programme.candidate(cohort, "2025-03-01 signed 2025-03-11 started 2025-03-31")
    programme.install(a_pipeline("lead signed started", stages={"started": {"hired": True}}), 2)
    programme.candidate(cohort, "2025-03-01 signed 2025-03-11 started 2025-03-31")
    assert lead_time(programme) == LeadTime(10, 30, 2, 0, 0)


def test_it_is_counted_only_where_time_is_asked_for(programme: Programme) -> None:
    programme.candidate(a_cohort(programme), HIRED)
    assert lead_time(programme, TODAY, "funnel") is None


@pytest.mark.parametrize(("picked", "found"), [(False, None), (True, LeadTime(50, 50, 2, 0, 0))])
def test_of_very_many_it_is_counted_only_where_it_was_asked_for_by_name(
    programme: Programme, monkeypatch: pytest.MonkeyPatch, *, picked: bool, found: LeadTime | None
) -> None:
    monkeypatch.setattr(leadtime, "MOST", 1)
    programme.candidate(a_cohort(programme), HIRED, 2)
    question = Question(TODAY, parse_range("HT2025"), sections=("time",), picked=picked)
    (cohort,) = term_report(programme.store, question, TODAY).cohorts
    assert cohort.account.lead_time == found


lives = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *[intents.Advance(imported=True)] * 5,
                intents.Close("withdrawn", "candidate"),
                intents.Reopen(),
                intents.Undo(),
            )
        ),
        st.integers(0, 40),
    ),
    max_size=10,
)


def walked(programme: Programme, people: int, as_of: date) -> Counter[tuple[int, str]]:
    """Return how many days since the beginning each took, or has taken, as the logs say."""
    found = Counter[tuple[int, str]]()
    for candidacy in range(1, people + 1):
        began = hired = ended = None
        for entry in standing_entries(log.read(programme.store, candidacy)):
            on, event = entry.occurred_on, entry.event
            if on is None or on > as_of:
                continue
            began = on if isinstance(event, events.Opened) else began
            ended = on if isinstance(event, events.Closed) else None
            if isinstance(event, events.Moved) and event.target == "hired":
                hired = hired or on
        if began is None:  # undone
            continue
        way = "hired" if hired else "ended" if ended else "open"
        found[((hired or ended or as_of) - began).days, way] += 1
    return found


@settings(max_examples=25, deadline=None)
@given(st.lists(lives, min_size=1, max_size=4), st.lists(st.integers(0, 250), min_size=1, max_size=4))
def test_it_takes_as_long_as_the_log_says(
    lived: list[list[tuple[intents.Intent, int]]], days: list[int]
) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = a_cohort(programme)
        for life in lived:
            label, day = programme.candidate(cohort, BEGAN.isoformat()), BEGAN
            for intent, later in life:
                day += timedelta(days=later)
                act(programme.writing(), [label], lambda *_: [Step(intent, day)])  # noqa: B023 – at once
        for as_of in (TODAY, *(BEGAN + timedelta(days=n) for n in days)):
            scope = scope_of(programme.store, Question(as_of, parse_range("HT2025")), TODAY)
            counted = count(programme.store, scope)
            count_leads(programme.store, scope, counted)
            assert counted.counts[cohort.id].leads == walked(programme, len(lived), as_of)
