"""The course of a candidacy: what the tables say is what adding up every way says."""

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.course import Course
from socrekry.domain.incidence import ENDED, Incidence, counted, incidence
from socrekry.domain.passages import Left, Open, Passages, open_stages, passages
from socrekry.domain.pipeline import Pipeline
from tests.builders import a_pipeline
from tests.strategies import pipelines

WEEKS = 30
SMALL = a_pipeline(
    "lead applied selected started",
    beside={"reserve": ("applied", "selected")},
    back=[("selected", "applied"), ("reserve", "applied"), ("applied", "lead")],
)
WON = frozenset({"started"})


def histories(pipeline: Pipeline) -> st.SearchStrategy[Passages]:
    """Some stays of any of the pipeline's open stages, to any of its stages."""
    stages = st.sampled_from([stage.name for stage in open_stages(pipeline)])
    ends = st.sampled_from([None, *(stage.name for stage in pipeline.stages)])
    left = st.lists(st.builds(Left, stages, st.integers(0, 90), ends, st.integers(1, 9)), max_size=20)
    still_open = st.lists(st.builds(Open, stages, st.integers(0, 120), st.integers(1, 3)), max_size=5)
    return st.builds(passages, st.just(pipeline), left, still_open)


def spelt_out(known: Passages, stage: str, after: int, weeks: int) -> dict[str, list[float]]:
    """Return the increments after an age, with every imaginary stay written down as a stay."""
    real, prior = known.stays[stage], known.priors[stage]
    counts: dict[tuple[int, str | None], float] = {}
    there = prior.weight
    for week in range(weeks + 1):
        past = week + after + 1 < len(real.gone)
        for cause, left in real.left.items():
            counts[week, cause] = left[week + after + 1] if past else 0.0
        for cause, share in prior.shares.items():
            counts[week, cause] = counts.get((week, cause), 0.0) + there * prior.hazard * share
        there *= 1 - prior.hazard
        following = real.at_risk[week + after + 2] if week + after + 2 < len(real.gone) else 0.0
        ending = real.gone[week + after + 1] if past else 0.0
        counts[week, None] = (real.at_risk[week + after + 1] if past else 0.0) - ending - following
    counts[weeks, None] = counts.get((weeks, None), 0.0) + there
    return incidence(counted(counts)).increments


def added_up(known: Passages, targets: frozenset[str]) -> Callable[[str, int], float]:
    """Stand in for the tables: every way and every number of weeks, added up one by one."""
    order = {stage.name: stage.order for stage in known.pipeline.stages}

    @cache
    def fresh(stage: str) -> dict[str, list[float]]:
        return spelt_out(known, stage, -1, WEEKS)

    @cache
    def within(stage: str, weeks: int) -> float:
        if stage in targets:
            return float(weeks >= 0)
        if stage not in known.stays or weeks < 0:
            return 0.0
        return sum(
            chance * within(cause, weeks - (lasting or int(order.get(cause, 99) <= order[stage])))
            for cause, chances in fresh(stage).items()
            for lasting, chance in enumerate(chances[: weeks + 1])
        )

    return within


@given(histories(SMALL), st.sampled_from(["lead", "applied", "reserve", "selected"]), st.integers(0, WEEKS))
def test_the_chance_from_entering_a_stage_is_the_sum_of_all_ways(
    known: Passages, stage: str, weeks: int
) -> None:
    course, within = Course(known, WON, WEEKS), added_up(known, WON)
    assert course.within(stage, weeks) == pytest.approx(within(stage, weeks), abs=1e-9)


@given(
    histories(SMALL),
    st.sampled_from(["lead", "applied", "reserve", "selected"]),
    st.integers(0, 20),
    st.integers(0, WEEKS),
)
def test_the_chance_at_an_age_is_the_sum_over_those_who_stayed_as_long(
    known: Passages, stage: str, age: int, weeks: int
) -> None:
    curve, within = Course(known, WON, WEEKS).curve(stage, age, [weeks]), added_up(known, WON)
    expected = sum(
        chance * within(cause, weeks - lasting)
        for cause, chances in spelt_out(known, stage, age, WEEKS).items()
        for lasting, chance in enumerate(chances[:weeks], 1)
    )
    assert curve.by_week[0] == pytest.approx(expected, abs=1e-9)


@given(st.data())
def test_in_any_pipeline_chances_grow_with_time_to_what_they_are_in_the_end(data: st.DataObject) -> None:
    known = data.draw(pipelines().flatmap(histories))
    won = frozenset(stage.name for stage in known.pipeline.stages if stage.kind == "won")
    course = Course(known, won, 60)
    for stage in known.stays:
        chances = [course.within(stage, week) for week in range(-1, 61)]
        curve = course.curve(stage, 5, range(61))
        for grown, ever in ((chances, course.ever[stage]), (list(curve.by_week), curve.ever)):
            assert all(0 <= a <= b + 1e-12 for a, b in pairwise(grown))
            assert grown[-1] <= ever + 1e-9
            assert 0 <= ever <= 1 + 1e-9


@given(histories(SMALL))
def test_in_the_end_is_what_a_very_long_time_comes_to(known: Passages) -> None:
    course = Course(known, WON, 400)
    for stage in known.stays:
        assert course.within(stage, 400) == pytest.approx(course.ever[stage], abs=1e-3)


def test_every_way_to_the_target_passes_what_it_must() -> None:
    plain = Course(passages(a_pipeline("lead applied selected started"), [], []), WON, 5)
    assert plain.passing("lead") == pytest.approx({"applied": 1, "selected": 1})
    assert plain.passing("selected") == {}


def test_who_steps_back_passes_again() -> None:
    left = [Left("selected", 7, "applied", 500), Left("selected", 7, "started", 500)]
    passed = Course(passages(SMALL, left, []), WON, 5).passing("selected")
    assert passed == pytest.approx({"applied": 0.333, "selected": 0.333}, abs=0.01)


def test_half_of_the_chance_is_reached_when_half_of_those_who_come_have_come() -> None:
    left = [Left("selected", 70, "started", 300), Left("selected", 140, "started", 280)]
    course = Course(passages(SMALL, left, []), WON, 60)
    assert course.curve("selected", 0, []).half == 10
    assert course.curve("selected", 4, []).half == 6
    assert Course(passages(SMALL, left, []), WON, 5).curve("selected", 0, []).half is None


def test_the_more_stays_the_less_doubt() -> None:
    few = Course(passages(SMALL, [Left("lead", 7, "applied", 5), Left("lead", 7, None, 5)], []), WON, 5)
    many = Course(passages(SMALL, [Left("lead", 7, "applied", 500), Left("lead", 7, None, 500)], []), WON, 5)
    assert many.doubt["lead"] == pytest.approx((1 / 1005) ** 0.5, rel=1e-3)
    assert few.doubt["lead"] > 8 * many.doubt["lead"]


def test_from_where_no_way_leads_there_is_no_chance() -> None:
    known = passages(SMALL, [], [])
    stuck = known._replace(
        priors=known.priors | {"reserve": known.priors["reserve"]._replace(shares={ENDED: 1.0})}
    )
    course = Course(stuck, WON, 9)
    assert course.ever["reserve"] == 0
    assert course.passing("reserve") == {}
    assert course.curve("reserve", 3, [9]) == (0.0, (0.0,), None, 0.0, 4.0)


def test_a_stage_may_be_a_target_before_the_end() -> None:
    course = Course(passages(SMALL, [], []), frozenset({"selected", "started"}), 60)
    assert course.ever["applied"] == pytest.approx(0.5)
    assert "selected" not in course.ever
    assert isinstance(course.passages.after("selected"), Incidence)
