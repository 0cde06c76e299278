"""Back-planning: how many must come to each stage, and by when, to have enough in a term."""

from datetime import date

import pytest

from socrekry.domain.backplanning import Backplan, Step, backplan, median_weeks, newcomers
from socrekry.domain.forecasting import Forecast, Standing
from socrekry.domain.passages import Left, passages
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.predictive import Total
from socrekry.domain.term import HT, VT, Term
from tests.builders import a_pipeline

AS_OF = date(2026, 3, 2)
VT2027 = Term(2027, VT)
FREE = a_pipeline("lead applied hired started")
CALENDAR = a_pipeline(
    "lead applied trainee hired started",
    stages={"trainee": {"begins": 0}, "hired": {"begins": 1}, "started": {"begins": 2}},
)
HISTORY = [
    *(Left("lead", 14, to, 500) for to in ("applied", None)),
    *(Left("applied", 28, to, 500) for to in ("hired", None)),
    Left("hired", 70, "started", 1000),
]


def a_plan(
    need: int,
    *standings: Standing,
    pipeline: Pipeline = FREE,
    history: list[Left] = HISTORY,
    term: Term = VT2027,
) -> Backplan:
    return backplan(Forecast(passages(pipeline, history, []), AS_OF), standings, need, term)


def by_name(plan: Backplan) -> dict[str, Step]:
    return {step.stage.name: step for step in plan.steps}


def test_what_a_stage_must_see_follows_from_its_chance() -> None:
    steps = by_name(a_plan(6))
    assert [step.stage.name for step in steps.values()] == ["lead", "applied", "hired"]
    assert [step.in_all for step in steps.values()] == [24, 12, 6]
    assert steps["lead"].chance == pytest.approx(0.25, abs=0.01)


def test_to_be_sure_takes_more() -> None:
    lead = by_name(a_plan(6))["lead"]
    assert (lead.more, lead.more_to_be_sure) == (24, 31)


def test_those_on_the_way_are_counted_first() -> None:
    plan = a_plan(
        6,
        Standing("hired", 0, Term(2026, HT), 4),
        pipeline=CALENDAR,
        history=[
            Left("applied", 28, "trainee", 500),
            Left("trainee", 140, "hired", 500),
            Left("hired", 70, "started", 500),
        ],
    )
    assert plan.cohort == Term(2026, VT)
    assert (plan.expected.expected, plan.sure, plan.enough) == (0, 0, 0)


def test_days_are_counted_backwards_from_the_term() -> None:
    days = {name: step.latest for name, step in by_name(a_plan(6)).items()}
    assert VT2027.starts == date(2027, 1, 18)
    assert days == {"hired": date(2026, 11, 9), "applied": date(2026, 10, 12), "lead": date(2026, 9, 28)}


def test_who_is_on_the_way_is_taken_off_the_need() -> None:
    standing = Standing("hired", 0, Term(2026, VT), 4)
    history = [*HISTORY[:-1], Left("hired", 330, "started", 1000)]
    plan = a_plan(6, standing, history=history)
    assert (round(plan.expected.expected, 1), plan.sure, round(plan.enough, 2)) == (4, 4, 0)
    lead = by_name(plan)["lead"]
    assert lead.more is not None
    assert lead.in_all is not None
    assert lead.more <= lead.in_all / 2.9
    assert by_name(plan)["hired"].standing == 4


def test_enough_on_the_way_asks_for_no_more() -> None:
    history = [*HISTORY[:-1], Left("hired", 330, "started", 1000)]
    plan = a_plan(6, Standing("hired", 0, Term(2026, VT), 9), history=history)
    assert {(step.more, step.more_to_be_sure) for step in plan.steps} == {(0, 0)}
    assert plan.enough > 0.95


def test_a_stage_begins_in_the_term_that_the_pipeline_says() -> None:
    history = [
        Left("lead", 14, "applied", 50),
        Left("applied", 28, "trainee", 50),
        Left("trainee", 140, "hired", 50),
        Left("hired", 300, "started", 50),
    ]
    days = {
        name: step.latest
        for name, step in by_name(a_plan(6, pipeline=CALENDAR, history=history, term=Term(2027, HT))).items()
    }
    assert days["hired"] == Term(2027, VT).starts
    assert days["trainee"] == Term(2026, HT).starts
    assert days["applied"] == date(2026, 8, 3)


@pytest.mark.parametrize(("days", "latest"), [(126, date(2027, 4, 26)), (70, Term(2027, VT).ends)])
def test_history_says_when_in_that_term(days: int, latest: date) -> None:
    steps = a_plan(6, pipeline=CALENDAR, history=[Left("hired", days, "started", 50)], term=Term(2027, HT))
    assert by_name(steps)["hired"].latest == latest


def test_who_enters_late_adds_doubt_about_when() -> None:
    course = Forecast(passages(FREE, HISTORY, []), AS_OF).course
    new = newcomers(course, "p", "lead", 0.15, 100)
    assert (new.expected, new.most) == (15, 100)
    assert new.shared["p", "lead", "when"] == pytest.approx(100 * (0.15 * 0.1 / 21) ** 0.5, rel=0.03)
    assert new.shared["p", "lead"] == pytest.approx(new.shared["p", "applied"], rel=0.03)


def test_with_a_short_history_a_stage_begins_on_the_terms_first_day() -> None:
    steps = by_name(a_plan(6, pipeline=CALENDAR, history=[], term=Term(2027, HT)))
    assert steps["trainee"].latest == Term(2026, HT).starts
    assert steps["hired"].latest == Term(2027, VT).starts


def test_a_day_that_is_past_is_told_and_the_chance_is_that_of_today() -> None:
    late = by_name(a_plan(2, term=Term(2026, VT)))["lead"]
    assert late.past
    assert late.latest < AS_OF
    assert 0 < late.chance < 0.3


def test_where_nobody_can_be_in_time_no_number_helps() -> None:
    slow = [*HISTORY[:-1], Left("hired", 400, "started", 1000)]
    lead = by_name(a_plan(600, history=slow, term=Term(2026, VT)))["lead"]
    assert (lead.in_all, lead.more, lead.more_to_be_sure, lead.no_plan) == (None, None, None, "too-late")


def test_half_of_those_who_go_on_have_gone_on() -> None:
    known = passages(FREE, [Left("lead", 7, None, 90), Left("lead", 35, "applied", 90)], [])
    assert median_weeks(known, "lead") == 5
    assert median_weeks(known, "hired") == 4  # the prior's 40 days, on average


def test_what_other_pipelines_bring_is_taken_off_as_well() -> None:
    forecast = Forecast(passages(FREE, HISTORY, []), AS_OF)
    alone, together = (backplan(forecast, [], 6, VT2027, beside) for beside in ((), (Total(2.0, most=2),)))
    assert (alone.expected.expected, together.expected) == (0, (2.0, 2, 2))
    assert (by_name(alone)["hired"].more, by_name(together)["hired"].more) == (6, 4)


def test_what_is_missing_is_counted_in_whole_persons() -> None:
    forecast = Forecast(passages(FREE, HISTORY, []), AS_OF)
    enough, short = (backplan(forecast, [], 6, VT2027, [Total(n, most=9)]) for n in (5.5, 5.49))
    assert (enough.is_met, {step.more for step in enough.steps}) == (True, {0})
    assert (short.is_met, by_name(short)["lead"].more) == (False, 2)


def test_where_hardly_anybody_comes_so_far_there_is_a_reason_and_no_number() -> None:
    rare = [Left("lead", 14, "applied", 20), Left("lead", 14, None, 4000), *HISTORY[2:]]
    lead = by_name(a_plan(6, history=rare))["lead"]
    assert (lead.past, lead.no_plan) == (False, "chance-too-small")
    assert (lead.in_all, lead.more, lead.more_to_be_sure) == (None, None, None)
    assert 0 < lead.chance < 0.01
    assert by_name(a_plan(6, history=rare))["applied"].no_plan is None


def test_a_day_long_past_is_too_late() -> None:
    steps = by_name(
        a_plan(2, term=Term(2026, VT), history=[*HISTORY[:-1], Left("hired", 91, "started", 1000)])
    )
    assert {name: step.no_plan for name, step in steps.items()} == {
        "lead": "too-late",
        "applied": "too-late",
        "hired": None,
    }


def test_more_than_anybody_could_meet_is_no_number() -> None:
    steps = by_name(a_plan(6000))
    assert (steps["lead"].no_plan, steps["lead"].more) == ("too-many", None)
    assert (steps["hired"].no_plan, steps["hired"].more) == (None, 6012)


def test_to_be_sure_may_take_more_than_anybody_could_meet() -> None:
    lead = by_name(a_plan(2450))["lead"]
    assert (lead.more, lead.more_to_be_sure, lead.no_plan) == (9822, None, None)
