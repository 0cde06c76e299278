"""Figures over terms: which there are, what each is in a term, and where there is a gap."""

from datetime import date

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term, terms_between
from socrekry.reports.trend import Trend, Wanted, trend
from socrekry.reports.trend_figures import FIXED, Number, figures_of
from tests.reports.meetings import Meetings
from tests.reports.programme import TODAY, Programme, tell_of_huddinge
from tests.reports.starting import SHORT, a_cohort, a_short_programme, a_starter

APPLIED = "2025-03-01 applied 2025-03-11"


def asked(
    programme: Programme,
    *figures: str,
    first: str = "",
    last: str = "",
    as_of: date = TODAY,
    pipeline: str | None = None,
    unit: str | None = None,
) -> Trend:
    begins, ends = (Term.parse(text) if text else None for text in (first, last))
    return trend(programme.store, Wanted(as_of, begins, ends, figures, pipeline, unit), TODAY)


def values(found: Trend, figure: str = "") -> dict[str, Number | None]:
    (series,) = [each for each in found.series if figure in ("", each.figure.name)]
    return {str(term): value for term, value in series.values}


@pytest.fixture(name="three_terms")
def _three_terms(programme: Programme) -> Programme:
    """Give three cohorts with a term in between that has none."""
    for term, times in (("HT2024", 4), ("VT2026", 2), ("HT2026", 1)):
        cohort = programme.cohort(term, 5)
        programme.candidate(cohort, APPLIED, times)
        programme.candidate(cohort, f"{APPLIED} selected 2025-04-10", 1)
    return programme


def test_the_published_figures_make_a_trend(programme: Programme) -> None:
    tell_of_huddinge(programme)
    found = asked(programme, "placement", "trainee", "of-base:started", last="HT2018")
    placed, trainees, started = (list(values(found, each.figure.name).values()) for each in found.series)
    assert (sum(filter(None, placed)), sum(filter(None, trainees))) == (170, 97)
    assert started[:3] == [0.4, 0.4, 0.4]


def test_a_term_without_a_cohort_is_a_gap_and_not_nought(three_terms: Programme) -> None:
    assert values(asked(three_terms, "applied")) == {
        "HT2024": 5,
        "VT2025": None,
        "HT2025": None,
        "VT2026": 3,
        "HT2026": 2,
    }


def test_what_cannot_have_come_yet_is_a_gap_and_what_could_is_nought(three_terms: Programme) -> None:
    found = values(asked(three_terms, "trainee", first="VT2026"))
    assert found == {"VT2026": 0, "HT2026": None}
    assert values(asked(three_terms, "of-previous:trainee", first="HT2026")) == {"HT2026": None}


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("seats", 5),
        ("seats-taken", 1),
        ("lead", 5),
        ("reserve", 0),
        ("selected", 1),
        ("ended", 0),
        ("of-previous:selected", 0.2),
        ("of-base:selected", 0.2),
        ("median-days:lead", 10),
        ("median-days:selected", None),
        ("p80-days:lead", 10),
        ("lead-time", None),
    ],
)
def test_a_figure_is_what_the_report_says_of_the_term(
    three_terms: Programme, figure: str, value: Number | None
) -> None:
    assert values(asked(three_terms, figure, last="HT2024")) == {"HT2024": value}


def test_the_way_to_a_contract_makes_a_trend(programme: Programme) -> None:
    tell_of_huddinge(programme)
    found = values(asked(programme, "lead-time", first="HT2010", last="HT2011"))
    assert found == {"HT2010": 588, "VT2011": 504, "HT2011": 595}


def test_terms_go_from_the_first_cohort_to_the_term_that_runs(three_terms: Programme) -> None:
    three_terms.cohort("HT2027")
    assert [str(term) for term in asked(three_terms).terms] == ["HT2024", "HT2026"]
    assert [str(term) for term in asked(three_terms, last="HT2027").terms] == ["HT2024", "HT2027"]
    assert [str(term) for term in asked(three_terms, first="VT2020").terms] == ["VT2020", "HT2026"]
    assert [str(term) for term in asked(three_terms, first="VT2027").terms] == ["VT2027", "VT2027"]
    assert [str(term) for term in asked(three_terms, last="HT2023").terms] == ["HT2023", "HT2023"]


def test_terms_the_wrong_way_round_are_refused(three_terms: Programme) -> None:
    with pytest.raises(InvalidInput) as reversed_:
        asked(three_terms, first="HT2025", last="HT2024")
    assert reversed_.value.code == "term-range-reversed"


@pytest.mark.parametrize("name", ["Ansökan", "APPLIED", " applied ", "of-base:antagen"])
def test_a_figure_may_be_called_by_a_stages_title(three_terms: Programme, name: str) -> None:
    (series,) = asked(three_terms, name).series
    assert series.figure.name in ("applied", "of-base:selected")


def test_an_unknown_figure_is_refused_with_those_there_are(three_terms: Programme) -> None:
    with pytest.raises(InvalidInput) as unknown:
        asked(three_terms, "seats", "applause")
    assert unknown.value.code == "figure-unknown"
    assert unknown.value.details["figure"] == "applause"
    assert {*FIXED, "reserve", "median-days:offer", "voice:pay"} <= set(unknown.value.details["figures"])


def test_a_figure_that_is_named_twice_is_shown_once(three_terms: Programme) -> None:
    found = asked(three_terms, "hired", "Avtal klart", "seats")
    assert [each.figure.name for each in found.series] == ["hired", "seats"]


def test_a_stage_that_is_called_as_a_figure_gives_way_to_it() -> None:
    named = SHORT._replace(stages=tuple(s._replace(name="seats") if s.base else s for s in SHORT.stages))
    assert figures_of(named)["seats"] is FIXED["seats"]


def test_without_a_figure_it_shows_the_main_ones_in_the_order_of_a_funnel(three_terms: Programme) -> None:
    names = [each.figure.name for each in asked(three_terms).series]
    assert names[:5] == ["seats", "seats-taken", "lead", "applied", "selected"]
    assert {"ended", "of-base:started", "retention-12"} <= set(names)
    assert not {"reserve", "of-previous:applied"} & set(names)


def test_of_several_pipelines_the_one_with_most_cohorts_is_shown(three_terms: Programme) -> None:
    three_terms.candidate(three_terms.cohort("HT2024", pipeline="direct"), "2025-03-01", 7)
    found = asked(three_terms, "lead")
    assert found.pipeline is not None
    assert (found.pipeline.name, found.others, values(found)["HT2024"]) == ("trainee", ("direct",), 5)
    assert values(asked(three_terms, "lead", pipeline="direct")) == {"HT2024": 7}


def test_several_cohorts_of_a_term_are_counted_together(three_terms: Programme) -> None:
    three_terms.candidate(three_terms.cohort("HT2024", 3, name="kväll"), APPLIED, 2)
    found = asked(three_terms, "seats", "applied", last="HT2024")
    assert (values(found, "seats"), values(found, "applied")) == ({"HT2024": 8}, {"HT2024": 7})


def test_a_unit_has_a_trend_of_its_own(three_terms: Programme) -> None:
    three_terms.candidate(three_terms.cohort("HT2025", 3, unit="Norr"), APPLIED, 2)
    assert values(asked(three_terms, "applied", unit="norr")) == {"HT2025": 2}


def test_as_of_a_day_nothing_later_is_counted(three_terms: Programme) -> None:
    found = asked(three_terms, "selected", last="HT2024", as_of=date(2025, 4, 9))
    assert values(found) == {"HT2024": 0}


def test_terms_that_are_not_over_are_named(three_terms: Programme) -> None:
    programme = a_short_programme(three_terms)
    a_starter(programme, a_cohort(programme, "VT2025"))
    assert [str(term) for term in asked(three_terms).open] == ["HT2024", "VT2026", "HT2026"]
    assert asked(three_terms, pipeline=SHORT.name).open == ()


def test_retention_is_a_gap_where_nothing_is_known(programme: Programme) -> None:
    a_short_programme(programme)
    for term, said in (("HT2023", ""), ("VT2024", "still 2026-01-15"), ("HT2024", "left 2025-06-01")):
        a_starter(programme, a_cohort(programme, term), said=said)
    a_starter(programme, a_cohort(programme, "VT2025"), "2026-10-01")
    assert values(asked(programme, "retention-12")) == {
        "HT2023": None,
        "VT2024": 1.0,
        "HT2024": 0.0,
        "VT2025": None,
    }


def test_costs_are_those_of_the_report_of_channels(three_terms: Programme) -> None:
    meetings = Meetings(three_terms)
    meetings.activity("ad", "2024-09-10", cost=9_000)
    visit = meetings.activity("visit", "2026-02-01", cost=4_000)
    meetings.touch(visit, "2025-03-01", *(f"C-{n}.1" for n in (6, 7, 8)))
    found = asked(three_terms, "cost", "cost-per-qualified", "cost-per-hire")
    assert values(found, "cost")["HT2024"] == 9_000
    assert values(found, "cost")["VT2026"] == 4_000
    assert values(found, "cost-per-qualified")["VT2026"] == 4_000
    assert values(found, "cost-per-hire")["VT2026"] is None


def test_without_an_activity_nobody_has_spent_anything_that_is_known(three_terms: Programme) -> None:
    assert set(values(asked(three_terms, "cost")).values()) == {None}


def test_needs_and_agency_costs_stand_in_their_terms(three_terms: Programme) -> None:
    three_terms.cohort("HT2025", unit="Norr")
    meetings = Meetings(three_terms)
    for term, positions in ((20252, 3), (20261, 0)):
        meetings._add("need", unit_id=1, term=term, positions=positions)
    meetings._add("cost", kind="agency", year=2025, amount=1_000_001)
    meetings._add("cost", kind="agency", term=20261, amount=7)
    found = asked(three_terms, "need", "agency-cost")
    assert list(values(found, "need").values()) == [None, None, 3, 0, None]
    assert list(values(found, "agency-cost").values()) == [None, 500_000, 500_001, 7, None]


def test_a_theme_is_nought_where_others_were_heard_and_a_gap_where_none_was(three_terms: Programme) -> None:
    meetings = Meetings(three_terms)
    for on, theme, number in (("2024-09-10", "pay", 3), ("2024-10-10", "pay", 2), ("2026-02-01", "hours", 1)):
        activity = meetings.activity("visit", on)
        meetings._add("voice", kind="wish", theme=theme, number=number, occurred_on=on, activity_id=activity)
    assert list(values(asked(three_terms, "voice:pay")).values()) == [5, None, None, 0, None]


def test_a_store_without_a_cohort_has_nothing_to_show(programme: Programme) -> None:
    found = asked(programme)
    assert [str(term) for term in found.terms] == ["HT2026", "HT2026"]
    assert all(value is None for each in found.series for _, value in each.values)
    assert values(asked(programme, "applied", pipeline="trainee", first="VT2026")) == dict.fromkeys(
        map(str, terms_between(Term.parse("VT2026"), Term.parse("HT2026")))
    )
