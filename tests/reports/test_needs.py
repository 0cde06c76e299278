"""Needs beside contracts and candidates: in the term in which they lead to work, and never counted twice."""

from datetime import date

import pytest

from socrekry.domain.term import Term, TermRange, parse_range
from socrekry.reports.needs import Needs, TermNeed, from_then_on, needs, terms_of_work
from socrekry.services.needs import add_need
from socrekry.services.units import find_unit
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme

HT2026, VT2027, HT2027 = map(Term.parse, ("HT2026", "VT2027", "HT2027"))
# A trainee of HT2025 begins in VT2027, when the degree is issued.
TRAINEE = "2025-02-01 applied 2025-03-01 selected 2025-04-01 placement 2025-09-01 trainee 2026-01-19"
OFFERED = f"{TRAINEE} offer 2026-09-01"
HIRED = f"{OFFERED} hired 2026-11-01"


def need(programme: Programme, unit: str, positions: int, term: Term = VT2027) -> None:
    add_need(programme.writing(), unit, term, positions)


def asked(programme: Programme, terms: str = "", *, on: date = TODAY, unit: str | None = None) -> Needs:
    number = find_unit(programme.store, unit).id if unit else None
    return needs(programme.store, parse_range(terms) if terms else from_then_on(on), on, number)


def figures(term: TermNeed) -> list[tuple[str | None, int | None, int, int, int | None]]:
    """Return a term's rows: unit, positions, signed, open, gap."""
    return [(each.unit, each.positions, each.signed, each.open, each.gap) for each in term.units]


def test_contracts_and_candidates_stand_in_the_term_in_which_work_begins(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", unit="Barn")
    need(programme, "Barn", 6)
    need(programme, "Barn", 2, HT2026)
    programme.candidate(cohort, HIRED, 2)
    programme.candidate(cohort, OFFERED)
    programme.candidate(cohort, "2026-03-01")
    now, next_term = asked(programme).terms
    assert (now.term, figures(now)) == (HT2026, [("Barn", 2, 0, 0, 2)])
    assert (next_term.term, figures(next_term)) == (VT2027, [("Barn", 6, 2, 2, 4)])


def test_who_has_started_stands_in_the_term_of_that_day(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", unit="Barn")
    for term in (HT2026, VT2027):
        need(programme, "Barn", 1, term)
    signed = f"{TRAINEE} offer 2026-02-01 hired 2026-03-01"
    programme.candidate(cohort, f"{signed} started 2026-06-20")  # the summer belongs to the term to come
    programme.candidate(cohort, f"{signed} started 2026-06-01")  # VT2026 is over
    assert [term.all.signed for term in asked(programme).terms] == [1, 0]
    assert [term.all.signed for term in asked(programme, on=date(2026, 5, 1)).terms] == [0, 2]


def test_who_is_late_can_begin_now_at_the_earliest(programme: Programme) -> None:
    late = programme.cohort("HT2023", unit="Barn")
    need(programme, "Barn", 3, HT2026)
    programme.candidate(late, HIRED)
    programme.candidate(late, OFFERED)
    (now,) = asked(programme).terms
    assert figures(now) == [("Barn", 3, 1, 1, 2)]


def test_a_pipeline_that_says_nothing_means_the_cohorts_own_term(programme: Programme) -> None:
    programme.install(a_pipeline("lead hired started"))
    cohort = programme.cohort("VT2027", pipeline="some-pipeline", unit="Barn")
    need(programme, "Barn", 2)
    programme.candidate(cohort, "2026-03-01 hired 2026-04-01")
    programme.candidate(cohort, "2026-03-01")
    assert figures(asked(programme).terms[0]) == [("Barn", 2, 1, 1, 1)]


def test_where_no_stage_means_hired_only_a_start_is_a_contract(programme: Programme) -> None:
    programme.install(a_pipeline("lead offer work"))
    cohort = programme.cohort("HT2026", pipeline="some-pipeline", unit="Barn")
    need(programme, "Barn", 2, HT2026)
    programme.candidate(cohort, "2026-09-01 offer 2026-09-02")
    programme.candidate(cohort, "2026-09-01 offer 2026-09-02 work 2026-10-01")
    assert figures(asked(programme).terms[0]) == [("Barn", 2, 1, 1, 1)]


def test_who_is_closed_or_undone_counts_nowhere(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", unit="Barn")
    need(programme, "Barn", 1)
    programme.candidate(cohort, f"{HIRED} declined:candidate 2026-11-10")
    programme.tell(programme.candidate(cohort, "2026-03-01"), "undo")
    assert figures(asked(programme).terms[0]) == [("Barn", 1, 0, 0, 1)]


def test_who_was_lost_and_came_back_was_not_there_meanwhile(programme: Programme) -> None:
    programme.install(a_pipeline("lead hired started", lost={"gone": ("lead", "declined")}))
    cohort = programme.cohort("VT2027", pipeline="some-pipeline", unit="Barn")
    need(programme, "Barn", 1)
    programme.candidate(cohort, "2026-03-01 gone 2026-04-01 reopen 2026-05-01")
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1))
    assert [asked(programme, on=day).terms[0].all.open for day in days] == [1, 0, 1]


def test_as_of_a_day_what_came_later_had_not_come(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", unit="Barn")
    need(programme, "Barn", 1)
    programme.candidate(cohort, HIRED)
    programme.candidate(cohort, f"{OFFERED} declined:candidate 2026-10-10")
    programme.candidate(cohort, "2026-10-20")
    assert figures(asked(programme, on=date(2026, 10, 1)).terms[0]) == [("Barn", 1, 0, 2, 1)]
    assert figures(asked(programme, on=date(2026, 10, 31)).terms[0]) == [("Barn", 1, 0, 2, 1)]
    assert figures(asked(programme, on=date(2026, 11, 1)).terms[0]) == [("Barn", 1, 1, 1, 0)]


def test_those_of_no_unit_are_the_only_ones_that_needs_them(programme: Programme) -> None:
    programme.cohort("HT2026", unit="Vuxen")
    programme.cohort("HT2026", unit="Barn")
    programme.candidate(programme.cohort("HT2025"), HIRED)
    need(programme, "Barn", 2)
    need(programme, "Vuxen", 0)
    assert figures(asked(programme).terms[0]) == [("Barn", 2, 1, 0, 1), ("Vuxen", 0, 0, 0, 0)]


def test_where_several_need_them_they_stand_by_themselves(programme: Programme) -> None:
    programme.cohort("HT2026", unit="Vuxen")
    programme.cohort("HT2026", unit="Barn")
    programme.candidate(programme.cohort("HT2025"), HIRED, 2)
    need(programme, "Vuxen", 3)
    need(programme, "Barn", 2)
    (term,) = asked(programme).terms
    assert figures(term) == [("Barn", 2, 0, 0, 2), ("Vuxen", 3, 0, 0, 3), (None, None, 2, 0, None)]
    assert (term.all.positions, term.all.signed, term.all.gap) == (5, 2, 3)


def test_a_unit_that_recorded_no_need_has_none_that_is_known(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025", unit="Vuxen"), HIRED)
    programme.cohort("HT2025", unit="Barn")
    need(programme, "Barn", 1)
    (term,) = asked(programme).terms
    assert figures(term) == [("Barn", 1, 0, 0, 1), ("Vuxen", None, 1, 0, None)]
    assert (term.all.positions, term.all.gap) == (1, 0)


def test_more_contracts_than_positions_are_a_gap_below_0(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025", unit="Barn"), HIRED, 3)
    need(programme, "Barn", 1)
    assert asked(programme).terms[0].units[0].gap == -2


def test_one_unit_has_its_own_rows_and_those_of_none(programme: Programme) -> None:
    for unit in ("Barn", "Vuxen"):
        programme.candidate(programme.cohort("HT2025", unit=unit), HIRED)
        need(programme, unit, 2)
    need(programme, "Vuxen", 1, HT2027)
    programme.candidate(programme.cohort("HT2025"), OFFERED)
    (term,) = asked(programme, unit="Barn").terms
    assert figures(term) == [("Barn", 2, 1, 0, 1), (None, None, 0, 1, None)]
    assert (term.all.positions, term.all.open) == (2, 0)
    assert asked(programme).terms[0].all.open == 1


@pytest.mark.parametrize(
    ("terms", "found"),
    [("", "HT2026 VT2027"), ("VT2026..HT2026", "VT2026 HT2026"), ("VT2027", "VT2027"), ("HT2027", "")],
)
def test_the_terms_are_this_one_and_all_to_come_or_those_asked_for(
    programme: Programme, terms: str, found: str
) -> None:
    programme.cohort("HT2025", unit="Barn")
    for term in ("VT2026", "HT2026", "VT2027"):
        need(programme, "Barn", 1, Term.parse(term))
    assert [str(each.term) for each in asked(programme, terms).terms] == found.split()


def test_cohorts_lead_to_work_when_their_pipelines_say() -> None:
    soon, late = (a_pipeline("lead work", stages={"work": {"begins": n}}) for n in (0, 3))
    cohorts = parse_range("HT2025..VT2026")
    assert str(terms_of_work(cohorts, [late])) == "VT2027..HT2027"
    assert str(terms_of_work(cohorts, [late, soon])) == "HT2025..HT2027"
    assert terms_of_work(cohorts, []) == cohorts


def test_a_range_may_be_all_of_time(programme: Programme) -> None:
    assert needs(programme.store, TermRange(Term(1900, 1), Term(2999, 2)), TODAY) == Needs(TODAY, ())
