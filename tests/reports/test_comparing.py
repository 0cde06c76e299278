"""Two terms side by side: which figures, whose pipelines, and how far they differ."""

from datetime import date
from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.comparing import COMPARED, Comparison, Difference, comparison, sections_compared
from tests.reports.programme import TODAY, Programme

APPLIED = "2025-03-01 applied 2025-03-11"


def compared(programme: Programme, terms: str, other: str, *sections: str, **more: Any) -> Comparison:
    question = Question(TODAY, parse_range(terms), sections=sections or COMPARED)._replace(**more)
    return comparison(programme.store, question, parse_range(other), TODAY)


def told(found: Comparison, figure: str, stage: str | None = None, pipeline: int = 0) -> Difference:
    every = found.pipelines[pipeline].differences
    (one,) = [
        each for each in every if (each.figure, each.stage.name if each.stage else None) == (figure, stage)
    ]
    return one


@pytest.fixture(name="two_terms")
def _two_terms(programme: Programme) -> Programme:
    newer, older = programme.cohort("HT2025", 5), programme.cohort("HT2024", 7)
    programme.candidate(newer, f"{APPLIED} selected 2025-04-10", 2)
    programme.candidate(newer, APPLIED)
    programme.candidate(older, "2024-03-01 applied 2024-03-21 rejected 2024-04-20", 4)
    programme.candidate(older, "2024-03-01 applied 2024-03-21 selected 2024-05-20")
    return programme


@pytest.mark.parametrize(
    ("figure", "stage", "value", "other", "difference"),
    [
        ("seats", None, 5, 7, -2),
        ("seats_taken", None, 2, 1, 1),
        ("ended", None, 0, 4, -4),
        ("reached", "applied", 3, 5, -2),
        ("completed", "applied", 2, 1, 1),
        ("in_stage", "applied", 1, 0, 1),
        ("of_base", "selected", 0.6667, 0.2, 0.4667),
        ("of_previous", "lead", None, None, None),
        ("median_days", "lead", 10, 20, -10),
        ("p80_days", "applied", None, 30, None),
        ("overdue", "applied", 1, 0, 1),
    ],
)
def test_each_figure_stands_beside_the_others(
    two_terms: Programme,
    figure: str,
    stage: str | None,
    value: float | None,
    other: float | None,
    difference: float | None,
) -> None:
    found = told(compared(two_terms, "HT2025", "HT2024"), figure, stage)
    assert (found.value, found.other, found.difference) == (value, other, difference)


def test_how_long_ago_each_began_is_said(two_terms: Programme) -> None:
    one, other = compared(two_terms, "HT2025", "HT2024", as_of=date(2025, 9, 11)).sides
    assert (one.began, one.days, other.began, other.days) == (date(2025, 9, 1), 10, date(2024, 9, 2), 374)


def test_what_nobody_can_have_reached_has_no_difference(two_terms: Programme) -> None:
    found = told(compared(two_terms, "HT2025", "HT2024"), "reached", "started")
    assert (found.value, found.other, found.difference) == (None, 0, None)


def test_only_the_sections_that_are_asked_for_are_compared(two_terms: Programme) -> None:
    (pipeline,) = compared(two_terms, "HT2025", "HT2024", "exits").pipelines
    assert [each.figure for each in pipeline.differences] == ["seats", "seats_taken", "ended"]


def test_a_pipeline_of_one_side_stands_beside_nothing(two_terms: Programme) -> None:
    two_terms.candidate(two_terms.cohort("HT2024", 3, pipeline="direct"), APPLIED)
    found = compared(two_terms, "HT2025", "HT2024")
    assert [each.pipeline.name for each in found.pipelines] == ["trainee", "direct"]
    assert told(found, "seats", pipeline=1)[2:] == (None, 3)
    assert told(found, "reached", "applied", pipeline=1)[2:] == (None, 1)
    back = compared(two_terms, "HT2024", "HT2025")
    assert {each.pipeline.name for each in back.pipelines} == {"trainee", "direct"}


def test_a_report_for_publication_is_compared_with_one(two_terms: Programme) -> None:
    found = compared(two_terms, "HT2025", "HT2024", public=True)
    assert (told(found, "reached", "applied").value, told(found, "reached", "applied").other) == (None, 5)
    assert told(found, "overdue", "applied").value is None
    assert found.other.public


@pytest.mark.parametrize(
    ("terms", "other"), [("HT2025", "HT2025"), ("HT2025", "HT2020..HT2025"), ("HT2025..HT2027", "VT2026")]
)
def test_terms_in_common_are_refused(two_terms: Programme, terms: str, other: str) -> None:
    with pytest.raises(InvalidInput) as error:
        compared(two_terms, terms, other)
    assert error.value.code == "compare-overlaps"


@pytest.mark.parametrize(
    ("named", "view", "code"),
    [
        (("channels",), "cohort", "compare-section"),
        (("terms",), "cohort", "compare-section"),
        (("gossip",), "cohort", "section-unknown"),
        ((), "activity", "compare-view"),
    ],
)
def test_what_cannot_be_compared_is_said(named: tuple[str, ...], view: str, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        sections_compared(named, view, public=False)  # type: ignore[arg-type]
    assert error.value.code == code


def test_without_a_section_all_that_can_be_are_compared() -> None:
    assert sections_compared((), "cohort", public=True) == COMPARED
    assert sections_compared(("time", "funnel"), "cohort", public=False) == ("funnel", "time")
