"""Back-planning of a store: what is there is taken off, and each pipeline shown as if it brought the rest."""

from datetime import date

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.reports.asking import Question, scope_of
from socrekry.reports.backplan import Plans, plans
from socrekry.reports.forecast import forecast
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme

HT2026, VT2027, HT2027 = map(Term.parse, ("HT2026", "VT2027", "HT2027"))
TRAINEE = "2025-02-01 applied 2025-03-01 selected 2025-04-01 placement 2025-09-01 trainee 2026-01-19"
HIRED = f"{TRAINEE} offer 2026-09-01 hired 2026-10-01"


def planned(
    programme: Programme, need: int, term: Term = VT2027, pipeline: str | None = None, on: date = TODAY
) -> Plans:
    scope = scope_of(programme.store, Question(on, None, pipeline), TODAY)
    return plans(programme.store, scope, need, term)


def more(found: Plans, number: int = 0) -> list[int | None]:
    return [step.more for step in found.plans[number].plan.steps]


def test_what_is_there_is_what_the_forecast_says(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), HIRED, 4)
    term = forecast(programme.store, scope_of(programme.store, Question(TODAY), TODAY)).terms[1]
    found = planned(programme, 3)
    assert found.expected == (term.expected, term.low, term.high)
    assert found.enough > planned(programme, 4).enough > planned(programme, 5).enough == 0
    assert found.sure <= found.expected.expected


def test_the_pipeline_with_most_cohorts_comes_first(programme: Programme) -> None:
    programme.cohort("VT2027", pipeline="direct")
    assert [each.pipeline.name for each in planned(programme, 2).plans] == ["direct"]
    for term in ("HT2025", "HT2026"):
        programme.cohort(term)
    found = planned(programme, 2)
    assert [each.pipeline.name for each in found.plans] == ["trainee", "direct"]
    assert [each.plan.cohort for each in found.plans] == [Term.parse("HT2025"), VT2027]
    assert [each.pipeline.name for each in planned(programme, 2, pipeline="direct").plans] == ["direct"]


def test_without_any_cohort_every_pipeline_is_planned(programme: Programme) -> None:
    found = planned(programme, 2, HT2027)
    assert [each.pipeline.name for each in found.plans] == ["direct", "trainee"]
    assert all(each.few for plan in found.plans for each in plan.history)
    assert more(found)[0]


def test_what_another_pipeline_brings_is_taken_off(programme: Programme) -> None:
    programme.cohort("VT2027", pipeline="direct")
    alone = more(planned(programme, 4))
    programme.candidate(programme.cohort("HT2025"), HIRED, 2)
    found = planned(programme, 4)
    direct = [each.pipeline.name for each in found.plans].index("direct")
    assert all(fewer < before for fewer, before in zip(more(found, direct), alone, strict=True) if before)  # type: ignore[operator]
    assert more(planned(programme, 4, pipeline="direct")) == alone


def test_who_has_begun_already_is_taken_off(programme: Programme) -> None:
    cohort = programme.cohort("VT2025")
    programme.cohort("HT2026", pipeline="direct")
    early = "2024-10-01 applied 2024-11-01 selected 2024-12-01 placement 2025-01-20 trainee 2025-09-01"
    programme.candidate(cohort, f"{early} offer 2026-02-01 hired 2026-03-01 started 2026-09-01", 2)
    found = planned(programme, 2, HT2026)
    assert (found.started, found.expected, found.sure, found.enough) == (2, (2, 2, 2), 2, 1)
    assert set(more(found, 0)) | set(more(found, 1)) <= {0, None}
    assert planned(programme, 2, VT2027).started == 0


def test_those_on_the_way_in_every_unit_s_history_are_known(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), TRAINEE, 3)
    steps = {step.stage.name: step for step in planned(programme, 5).plans[0].plan.steps}
    assert (steps["trainee"].standing, steps["offer"].standing) == (3, 0)
    assert steps["lead"].past


@pytest.mark.parametrize(("term", "code"), [("VT2026", "past"), ("HT2032", "far")])
def test_a_term_that_is_over_or_too_far_is_refused(programme: Programme, term: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        planned(programme, 2, Term.parse(term))
    assert refused.value.code == f"forecast-term-{code}"


def test_who_stands_where_there_is_no_stage_any_more_is_told_and_not_expected(programme: Programme) -> None:
    programme.install(a_pipeline("lead applied hired started"))
    cohort = programme.cohort("VT2027", pipeline="some-pipeline")
    programme.candidate(cohort, "2026-10-01 applied 2026-10-11", 2)
    assert planned(programme, 2).elsewhere == 0
    programme.install(a_pipeline("lead hired started"), version=2)
    programme.candidate(cohort, "2026-10-01")
    assert planned(programme, 2).elsewhere == 2
