"""The forecast of a store: its own stays, whose they are, and what is set against the need."""

from datetime import date

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.domain.forecasting import Forecast, Standing
from socrekry.domain.passages import Left, Open, passages
from socrekry.domain.term import Term
from socrekry.reports.asking import Question, scope_of
from socrekry.reports.forecast import Forecasts, forecast
from socrekry.reports.needs import from_then_on, needs
from socrekry.reports.prospects import MOST_TERMS
from socrekry.reports.stays import stays
from socrekry.services.needs import add_need
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme

HT2026, VT2027, HT2027 = map(Term.parse, ("HT2026", "VT2027", "HT2027"))
LEAD = "2026-09-01"
APPLIED = f"{LEAD} applied 2026-09-11"
TRAINEE = "2025-02-01 applied 2025-03-01 selected 2025-04-01 placement 2025-09-01 trainee 2026-01-19"
HIRED = f"{TRAINEE} offer 2026-09-01 hired 2026-10-01"
PIPELINE = a_pipeline("lead applied hired started")


def asked(
    programme: Programme,
    *,
    on: date = TODAY,
    unit: str | None = None,
    pipeline: str | None = None,
    last: Term | None = None,
    by_name: bool = False,
) -> Forecasts:
    scope = scope_of(programme.store, Question(on, None, pipeline, unit), TODAY)
    return forecast(programme.store, scope, last, by_name=by_name)


def need(programme: Programme, unit: str, positions: int, term: Term = VT2027) -> None:
    add_need(programme.writing(), unit, term, positions)


def expected(found: Forecasts) -> list[float]:
    return [each.expected for each in found.terms]


def numbers(found: Forecasts) -> dict[str, int]:
    """Return how many stand in each stage."""
    return {each.stage.name: each.number for part in found.pipelines for each in part.stages}


def test_one_pipeline_is_what_the_domain_makes_of_its_stays(programme: Programme) -> None:
    programme.install(PIPELINE)
    cohort = programme.cohort("VT2027", pipeline=PIPELINE.name)
    programme.candidate(cohort, f"{APPLIED} no-reply 2026-10-11", 3)
    programme.candidate(cohort, f"{APPLIED} hired 2026-10-01", 2)
    left = [Left("lead", 10, "applied", 5), Left("applied", 30, None, 3), Left("applied", 20, "hired", 2)]
    known = passages(PIPELINE, left, [Open("hired", 50, 2)])
    outlook = Forecast(known, TODAY).outlook([Standing("hired", 50, VT2027, 2)])
    found = asked(programme)
    assert expected(found) == [each.estimate.expected for each in outlook.terms]
    assert [(e.low, e.high) for e in found.terms] == [
        (e.estimate.low, e.estimate.high) for e in outlook.terms
    ]
    assert (found.later, found.pipelines[0].history) == (outlook.later, outlook.evidence)


def test_two_pipelines_bring_what_each_brings(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), HIRED, 3)
    direct = f"{APPLIED} interview 2026-09-20"
    programme.candidate(programme.cohort("VT2027", pipeline="direct"), direct, 2)
    parts = [asked(programme, pipeline=name) for name in ("trainee", "direct")]
    both = asked(programme)
    assert expected(both) == pytest.approx([a + b for a, b in zip(*map(expected, parts), strict=True)])
    assert [each.pipeline.name for each in both.pipelines] == ["trainee", "direct"]
    assert both.on_the_way == sum(each.on_the_way for each in parts) == 5


def test_units_add_up_for_the_history_is_everybodys(programme: Programme) -> None:
    for unit, times in (("Barn", 3), ("Vuxen", 1)):
        cohort = programme.cohort("HT2025", unit=unit)
        programme.candidate(cohort, f"{TRAINEE} discontinued 2026-02-01", times)
        programme.candidate(cohort, HIRED, times)
    programme.candidate(programme.cohort("HT2025", name="shared"), TRAINEE)
    barn, vuxen = asked(programme, unit="Barn"), asked(programme, unit="Vuxen")
    everybody = asked(programme)
    assert [each.on_the_way for each in (barn, vuxen, everybody)] == [3, 1, 5]
    assert barn.without_unit == vuxen.without_unit == 1
    assert sum(expected(barn)) == pytest.approx(3 * sum(expected(vuxen)))
    assert barn.pipelines[0].history == everybody.pipelines[0].history


def test_who_has_no_unit_is_the_only_one_s_that_needs_anybody(programme: Programme) -> None:
    programme.cohort("HT2025", unit="Barn")
    programme.cohort("HT2025", unit="Vuxen")
    programme.candidate(programme.cohort("HT2025", name="shared"), HIRED)
    need(programme, "Barn", 2)
    assert [asked(programme, unit=unit).on_the_way for unit in ("Barn", "Vuxen")] == [1, 0]
    need(programme, "Vuxen", 1)
    assert [asked(programme, unit=unit).on_the_way for unit in ("Barn", "Vuxen")] == [0, 0]


def test_a_need_is_compared_with_what_is_expected(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025", unit="Barn"), HIRED, 3)
    need(programme, "Barn", 5)
    need(programme, "Barn", 0, HT2027)
    _, spring, autumn, nobody_asked, *_ = asked(programme).terms
    assert (spring.need, spring.signed, spring.chance) == (5, 3, 0)
    assert spring.gap == 5 - round(spring.expected)
    assert (autumn.gap, autumn.chance) == (0, 1)
    assert (nobody_asked.need, nobody_asked.gap, nobody_asked.chance) == (None, None, None)


def test_who_has_begun_this_term_is_part_of_it(programme: Programme) -> None:
    cohort = programme.cohort("VT2025", unit="Barn")
    early = "2024-10-01 applied 2024-11-01 selected 2024-12-01 placement 2025-01-20 trainee 2025-09-01"
    signed = f"{early} offer 2026-02-01 hired 2026-03-01"
    programme.candidate(cohort, f"{signed} started 2026-06-20", 2)  # the summer belongs to the autumn
    programme.candidate(cohort, f"{signed} started 2026-06-01")  # VT2026 is over
    need(programme, "Barn", 2, HT2026)
    now = asked(programme).terms[0]
    assert (now.expected, now.low, now.high) == (2, 2, 2)
    assert (now.started, now.signed, now.gap, now.chance) == (2, 2, 0, 1)


@pytest.mark.parametrize("unit", [None, "Barn", "Vuxen"])
def test_contracts_are_those_of_the_needs(programme: Programme, unit: str | None) -> None:
    for name, times in (("Barn", 2), ("Vuxen", 1)):
        cohort = programme.cohort("HT2025", unit=name)
        programme.candidate(cohort, HIRED, times)
        programme.candidate(cohort, f"{TRAINEE} offer 2026-02-01 hired 2026-03-01 started 2026-09-01")
        need(programme, name, 4)
        need(programme, name, 4, HT2026)
    programme.candidate(programme.cohort("HT2024", name="late"), HIRED)
    number = {None: None, "Barn": 1, "Vuxen": 2}[unit]
    listed = needs(programme.store, from_then_on(TODAY), TODAY, number).terms
    of_unit = [sum(row.signed for row in term.units if unit in (None, row.unit)) for term in listed]
    assert [each.signed for each in asked(programme, unit=unit).terms[:2]] == of_unit


def test_a_past_day_knows_only_what_had_occurred(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, f"{HIRED} declined 2026-11-01")
    programme.candidate(cohort, "2026-10-01")
    before = asked(programme, on=date(2026, 9, 15))
    assert numbers(before) == {"offer": 1}
    assert [each.left for each in before.pipelines[0].history] == [1, 1, 0, 1, 1, 1, 0, 0]
    assert numbers(asked(programme)) == {"lead": 1}
    assert before.terms[0].term == HT2026


def test_a_rest_counts_no_further_than_the_day(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    label = programme.candidate(cohort, "2026-01-01")
    programme.tell(label, "pause:2026-03-01 2026-01-11 applied 2026-03-11")
    programme.candidate(cohort, "2026-01-01")
    for on, days in (
        (date(2026, 2, 1), [10, 31]),
        (date(2026, 3, 5), [14, 63]),
        (date(2026, 3, 20), [9, 78]),
    ):
        here = stays(programme.store, on, by_name=True)["trainee"].here
        assert [each.standing.days for each in here] == days


def test_what_was_undone_never_was(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.tell(programme.candidate(cohort, LEAD), "undo")
    found = asked(programme)
    assert (found.on_the_way, found.pipelines, len(found.terms)) == (0, (), 6)
    assert set(expected(found)) == {0}


def test_the_stays_of_an_earlier_version_are_history_too(programme: Programme) -> None:
    programme.install(PIPELINE)
    old = programme.cohort("VT2027", pipeline=PIPELINE.name)
    programme.candidate(old, f"{APPLIED} no-reply 2026-10-11")
    programme.candidate(old, APPLIED)
    programme.install(a_pipeline("lead hired started"), version=2)
    programme.candidate(old, LEAD)
    (part,) = asked(programme).pipelines
    assert [(each.stage, each.left, each.open) for each in part.history] == [("lead", 2, 1), ("hired", 0, 0)]
    assert ([each.number for each in part.stages], part.elsewhere) == ([1], 1)


def test_a_contract_comes_before_the_start_and_is_likelier(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, TRAINEE)
    programme.candidate(cohort, HIRED)
    trainee, hired = asked(programme).pipelines[0].stages
    assert trainee.contract is not None
    assert trainee.contract > trainee.chance
    assert hired.contract is None


def test_where_no_stage_means_a_contract_none_is_told_of(programme: Programme) -> None:
    programme.install(a_pipeline("lead offer work"))
    programme.candidate(programme.cohort("VT2027", pipeline="some-pipeline"), LEAD)
    found = asked(programme, by_name=True)
    assert found.pipelines[0].stages[0].contract is None
    assert [(each.contract, each.signed) for each in found.candidacies or ()] == [(None, False)]


def test_candidates_stand_in_order_of_name_and_add_up(programme: Programme) -> None:
    programme.candidate(programme.cohort("VT2027", pipeline="direct"), LEAD)
    cohort = programme.cohort("HT2025")
    for history in (HIRED, TRAINEE):
        programme.candidate(cohort, history)
    found = asked(programme, by_name=True)
    told = found.candidacies or ()
    assert [(each.name, each.stage, each.signed) for each in told] == [
        ("Person 1", "lead", False),
        ("Person 2", "hired", True),
        ("Person 3", "trainee", False),
    ]
    assert sum(each.by_term[-1] for each in told) == pytest.approx(sum(expected(found)))
    assert asked(programme).candidacies is None


def test_of_a_stage_that_is_no_more_no_chance_is_told(programme: Programme) -> None:
    programme.install(PIPELINE)
    cohort = programme.cohort("VT2027", pipeline=PIPELINE.name)
    programme.candidate(cohort, APPLIED)
    programme.install(a_pipeline("lead hired started"), version=2)
    programme.candidate(cohort, LEAD)
    gone, here = asked(programme, by_name=True).candidacies or ()
    assert (gone.stage, gone.chance, gone.signed, gone.by_term) == ("applied", None, False, ())
    assert here.chance


def test_fewer_terms_leave_the_rest_for_later(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), HIRED, 4)
    whole, short = asked(programme), asked(programme, last=HT2026)
    assert [str(each.term) for each in short.terms] == ["HT2026"]
    assert short.later == pytest.approx(sum(expected(whole)[1:]) + whole.later, abs=0.01)


@pytest.mark.parametrize(
    ("last", "code"),
    [("VT2026", "forecast-term-past"), (str(HT2026.plus(MOST_TERMS)), "forecast-term-far")],
)
def test_what_is_over_or_too_far_is_refused(programme: Programme, last: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        asked(programme, last=Term.parse(last))
    assert refused.value.code == code
    assert len(asked(programme, last=HT2026.plus(MOST_TERMS - 1)).terms) == MOST_TERMS
