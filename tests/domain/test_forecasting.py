"""The forecast: expectations by term, no start before its day, and who is counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.forecasting import Chance, Forecast, Standing, combined
from socrekry.domain.passages import Left, Open, passages
from socrekry.domain.term import HT, VT, Term
from tests.builders import a_pipeline

AS_OF = date(2026, 3, 2)  # a Monday in VT2026
VT2026, HT2026, VT2027 = Term(2026, VT), Term(2026, HT), Term(2027, VT)
PIPELINE = a_pipeline("lead applied offer hired started", stages={"started": {"begins": 1}})
FREE = a_pipeline("lead applied offer hired started")
HISTORY = [
    *(Left("lead", 14, to, 500) for to in ("applied", None)),
    *(Left("applied", 28, to, 500) for to in ("offer", None)),
    Left("offer", 14, "hired", 1000),
    Left("hired", 21, "started", 1000),
]


def a_forecast(
    pipeline: object = PIPELINE, history: list[Left] | None = None, target: str | None = None
) -> Forecast:
    known = passages(pipeline, HISTORY if history is None else history, [])  # type: ignore[arg-type]
    return Forecast(known, AS_OF, target=target)


def chance_of(forecast: Forecast, stage: str, days: int, term: Term) -> Chance:
    chance = forecast.chance(stage, days, term)
    assert chance is not None
    return chance


def by_term(forecast: Forecast, *standings: Standing) -> list[float]:
    return [round(each.estimate.expected, 1) for each in forecast.outlook(standings).terms]


def test_the_terms_are_this_one_and_those_that_follow() -> None:
    terms = a_forecast().terms
    assert (terms[0], terms[-1], len(terms)) == (VT2026, Term(2028, HT), 6)


def test_chances_of_those_who_are_there_are_summed() -> None:
    assert by_term(a_forecast(FREE), Standing("hired", 3, VT2026, 10)) == [10, 0, 0, 0, 0, 0]
    assert by_term(a_forecast(FREE), Standing("lead", 3, VT2026, 40)) == [9.9, 0, 0, 0, 0, 0]


def test_nobody_starts_before_the_day_the_pipeline_says() -> None:
    forecast = a_forecast()
    assert by_term(forecast, Standing("hired", 3, VT2026, 10))[:3] == [0, 10, 0]
    assert chance_of(forecast, "hired", 3, VT2026).half_by == HT2026.starts
    assert chance_of(forecast, "hired", 3, HT2026).half_by == VT2027.starts


def test_a_day_that_is_past_stands_in_nobodys_way() -> None:
    assert by_term(a_forecast(), Standing("hired", 3, Term(2025, VT), 10))[0] == 10
    assert chance_of(a_forecast(), "hired", 3, Term(2025, VT)).half_by == date(2026, 3, 23)


def test_who_cannot_start_within_the_terms_comes_later() -> None:
    outlook = a_forecast().outlook([Standing("hired", 3, Term(2030, HT), 10)])
    assert outlook.later == outlook.ever.expected == pytest.approx(10, abs=0.1)
    assert chance_of(a_forecast(), "hired", 3, Term(2030, HT)).half_by is None
    assert outlook.stages[0].half_by is None


def test_half_of_a_chance_may_lie_beyond_the_last_term() -> None:
    slow = [*HISTORY[:-1], Left("hired", 1500, "started", 1000)]
    chance = chance_of(a_forecast(history=slow), "hired", 0, VT2026)
    assert chance.half_by is None
    assert (chance.by_term[-1] < 0.1, chance.ever > 0.9) == (True, True)


def test_a_stage_says_how_many_how_likely_and_when() -> None:
    standings = [
        Standing("hired", 7, VT2026, 4),
        Standing("hired", 14, VT2026, 4),
        Standing("lead", 0, VT2026),
    ]
    lead, hired = a_forecast(FREE).outlook(standings).stages
    assert (lead.stage.name, lead.number, round(lead.chance, 2)) == ("lead", 1, 0.25)
    assert (hired.number, round(hired.chance, 2)) == (8, 1)
    assert hired.half_by == date(2026, 3, 9)


def test_nobody_there_brings_nobody() -> None:
    outlook = a_forecast().outlook([])
    assert (outlook.open, outlook.stages, outlook.later) == (0, (), 0)
    assert {each.estimate for each in outlook.terms} == {(0.0, 0, 0)}


def test_of_signed_contracts_those_signed_already_are_counted_apart() -> None:
    forecast = a_forecast(FREE, target="hired")
    outlook = forecast.outlook([Standing("hired", 9, VT2026, 3), Standing("offer", 0, VT2026, 10)])
    assert (outlook.target.name, outlook.already, outlook.open) == ("hired", 3, 10)
    assert outlook.ever.expected == pytest.approx(10, abs=0.1)
    assert forecast.reached("started")
    assert not a_forecast(FREE).reached("hired")


def test_of_a_stage_that_is_no_more_nothing_is_said() -> None:
    forecast = a_forecast(FREE, target="hired")
    outlook = forecast.outlook([Standing("screened", 9, VT2026, 3)])
    assert (outlook.elsewhere, outlook.open, outlook.already) == (3, 0, 0)
    assert [forecast.chance(stage, 9, VT2026) for stage in ("screened", "hired", "started")] == [None] * 3


def test_a_contract_may_be_signed_before_the_start() -> None:
    assert by_term(a_forecast(target="hired"), Standing("offer", 0, VT2026, 10))[:2] == [10, 0]


def test_history_narrows_the_interval() -> None:
    few = [each._replace(number=each.number // 100) for each in HISTORY]
    standings = [Standing("lead", 0, VT2026, 100)]
    wide, narrow = a_forecast(history=few).outlook(standings).ever, a_forecast().outlook(standings).ever
    assert wide.high - wide.low > narrow.high - narrow.low + 4


def test_doubt_in_a_stage_that_is_still_to_come_is_doubt_in_the_forecast() -> None:
    shared = a_forecast(FREE).outlook([Standing("lead", 0, VT2026, 100)]).terms[0].total.shared
    assert shared["some-pipeline", "applied"] == pytest.approx(25 / 1005**0.5, rel=0.02)
    assert shared["some-pipeline", "lead"] == pytest.approx(25 / 1005**0.5, rel=0.02)


def test_when_people_come_is_not_known_better_than_from_a_few_stays() -> None:
    at_the_edge = [*HISTORY[:-1], *(Left("hired", days, "started", 500) for days in (70, 140))]
    total = a_forecast(FREE, history=at_the_edge).outlook([Standing("hired", 0, VT2026, 100)]).terms[0].total
    assert total.shared["some-pipeline", "hired", "when"] == pytest.approx(50 / 21**0.5, rel=0.02)


def test_without_any_history_the_prior_answers_and_says_so() -> None:
    outlook = a_forecast(history=[]).outlook([Standing("offer", 0, VT2026, 8)])
    assert outlook.ever.expected == pytest.approx(8 * 0.5 * 0.5)
    assert all(each.few and each.share_of_prior == 1 for each in outlook.evidence)


def test_of_those_beyond_the_data_only_the_prior_speaks() -> None:
    forecast = a_forecast(FREE)
    assert chance_of(forecast, "lead", 2000, VT2026) == chance_of(forecast, "lead", 9000, VT2026)
    assert chance_of(forecast, "lead", 2000, VT2026).ever == pytest.approx(
        0.5 * forecast.course.ever["applied"]
    )


def test_those_who_are_open_are_part_of_the_history() -> None:
    left = [Left("hired", 7, "started", 5)]
    waiting = passages(FREE, left, [Open("hired", 70, 50)])
    patient = chance_of(Forecast(waiting, AS_OF), "hired", 0, VT2026)
    assert patient.by_term[0] < chance_of(a_forecast(FREE, history=left), "hired", 0, VT2026).by_term[0]


def test_two_pipelines_bring_what_both_bring() -> None:
    one = a_forecast(FREE).outlook([Standing("hired", 3, VT2026, 10)])
    other = a_forecast().outlook([Standing("hired", 3, VT2026, 5)])
    first, second, *_ = combined([one, other])
    assert (first.term, round(first.estimate.expected), round(second.estimate.expected)) == (VT2026, 10, 5)
    assert first.total.most == 15
    assert combined([]) == ()


@given(
    st.lists(
        st.builds(
            Standing,
            st.sampled_from(["lead", "applied", "offer", "hired"]),
            st.integers(0, 400),
            st.sampled_from([VT2026, HT2026, VT2027]),
            st.integers(1, 30),
        ),
        max_size=8,
    ),
    st.integers(0, 100),
)
def test_no_more_are_hired_than_there_are(standings: list[Standing], share: int) -> None:
    history = [each._replace(number=each.number * share // 100) for each in HISTORY]
    outlook = a_forecast(history=history).outlook(standings)
    expected = sum(each.estimate.expected for each in outlook.terms) + outlook.later
    assert expected == pytest.approx(outlook.ever.expected)
    for each in (*(each.estimate for each in outlook.terms), outlook.ever):
        assert 0 <= each.low <= each.high <= outlook.open
        assert 0 <= each.expected <= outlook.open + 1e-9
