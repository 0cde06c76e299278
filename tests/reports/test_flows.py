"""What happened in a term's days, on histories short enough to count by hand."""

from datetime import date

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.flows import Activity, PipelineFlows, activity
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme

OFFERED = "2025-03-01 applied 2025-03-11 selected 2025-04-10 placement 2025-09-01 trainee 2026-01-19 offer"


def happened(programme: Programme, terms: str, as_of: str = "", **more: str) -> Activity:
    day = date.fromisoformat(as_of) if as_of else TODAY
    question = Question(day, parse_range(terms), **more)  # type: ignore[arg-type]
    return activity(programme.store, question, TODAY)


def only(programme: Programme, terms: str, as_of: str = "", **more: str) -> PipelineFlows:
    (found,) = happened(programme, terms, as_of, **more).pipelines
    return found


def moved(of: PipelineFlows) -> dict[str, tuple[int, int, int, int]]:
    """Return at start, came, left whichever way, and at end, of each stage where anything was."""
    return {
        each.stage.name: (
            each.at_start,
            each.came,
            each.onward + each.aside + each.back + each.ended,
            each.at_end,
        )
        for each in of.flows
        if any(each[1:])
    }


def test_what_happened_belongs_to_the_term_of_its_day_and_not_of_the_cohort(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), f"{OFFERED} 2026-10-01")
    assert moved(only(programme, "VT2025")) == {
        "lead": (0, 1, 1, 0),
        "applied": (0, 1, 1, 0),
        "selected": (0, 1, 0, 1),
    }
    assert moved(only(programme, "HT2025")) == {"selected": (1, 0, 1, 0), "placement": (0, 1, 0, 1)}
    assert moved(only(programme, "VT2026")) == {"placement": (1, 0, 1, 0), "trainee": (0, 1, 0, 1)}


def test_the_summer_belongs_to_the_autumn_and_nothing_falls_between(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    for on in ("2025-06-08", "2025-06-09", "2025-08-15", "2026-01-18", "2026-01-19"):
        programme.candidate(cohort, on)
    assert [only(programme, term).new for term in ("VT2025", "HT2025", "VT2026")] == [1, 3, 1]
    found = happened(programme, "HT2025")
    assert (found.since, found.until) == (date(2025, 6, 9), date(2026, 1, 18))


def test_who_came_is_told_apart_by_how(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    label = programme.candidate(
        cohort, "2025-02-01 applied 2025-03-01 withdrawn 2025-07-01 reopen 2025-08-01"
    )
    programme.candidate(cohort, "2025-07-02")
    programme.tell(label, "reserve 2025-09-02")
    found = {each.stage.name: each for each in only(programme, "HT2025").flows}
    applied = found["applied"]
    assert (applied.at_start, applied.came, applied.first, applied.reopened) == (1, 1, 0, 1)
    assert (applied.ended, applied.aside, applied.at_end) == (1, 1, 0)
    assert (found["lead"].new, found["reserve"].first) == (1, 1)


def test_a_second_offer_is_no_second_offer(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"), f"{OFFERED} 2026-02-01 declined 2026-03-01")
    programme.tell(label, "reopen 2026-09-10 hired 2026-09-20")
    told = [only(programme, term) for term in ("VT2026", "HT2026")]
    assert [(each.offers, each.hires, each.ended) for each in told] == [(1, 0, 1), (0, 1, 0)]


def test_an_ending_counts_also_where_it_was_taken_up_again(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-07-01 declined 2025-07-10 reopen 2025-07-20")
    (ending,) = only(programme, "HT2025").endings
    assert (ending.stage.name, ending.outcome, ending.number) == ("lead", "declined", 1)


def test_as_of_a_day_it_stops_there(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-07-01 applied 2025-10-01")
    assert moved(only(programme, "HT2025", "2025-09-30")) == {"lead": (0, 1, 0, 1)}


def test_a_range_is_one_long_term(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), f"{OFFERED} 2026-10-01")
    assert moved(only(programme, "VT2025..VT2026"))["trainee"] == (0, 1, 0, 1)
    assert moved(only(programme, "VT2025..VT2026"))["selected"] == (0, 1, 1, 0)


def test_a_step_back_is_a_way_out_of_its_own(programme: Programme) -> None:
    back = a_pipeline(back=[("selected", "applied")])
    programme.install(back)
    cohort = programme.cohort("HT2025", pipeline=back.name)
    programme.candidate(cohort, "2025-07-01 applied 2025-07-02 selected 2025-07-03 applied 2025-07-04")
    found = {each.stage.name: each for each in only(programme, "HT2025").flows}
    assert (found["selected"].back, found["applied"].came, found["applied"].first) == (1, 2, 1)


def test_what_was_undone_never_happened(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"), "2025-07-01 applied 2025-07-02")
    programme.tell(label, "undo")
    assert moved(only(programme, "HT2025")) == {"lead": (0, 1, 0, 1)}
    programme.tell(label, "undo")
    assert happened(programme, "HT2025").pipelines == ()


def test_only_a_unit_or_a_pipeline_is_counted_where_one_is_named(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025", unit="Vuxen"), "2025-07-01", 2)
    programme.candidate(programme.cohort("HT2025", unit="Barn"), "2025-07-01")
    programme.candidate(programme.cohort("HT2025", pipeline="direct"), "2025-07-01")
    assert only(programme, "HT2025", unit="Vuxen").new == 2
    assert only(programme, "HT2025", pipeline="direct").new == 1
    assert [each.new for each in happened(programme, "HT2025").pipelines] == [1, 3]


def test_of_a_term_that_has_not_begun_there_is_nothing_to_say(programme: Programme) -> None:
    with pytest.raises(InvalidInput, match="term-not-begun"):
        happened(programme, "HT2025", "2025-06-08")
