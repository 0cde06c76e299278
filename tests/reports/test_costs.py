"""Costs by period and unit: added up, shared out only where both kinds are known, and compared."""

from decimal import Decimal

import pytest

from socrekry.domain.costs import Period
from socrekry.domain.errors import InvalidInput
from socrekry.reports.asking import Scope
from socrekry.reports.costs import Costs, costs, terms_of
from socrekry.services.assumptions import assume
from socrekry.services.costs import add_cost
from socrekry.services.units import find_unit
from tests.reports.programme import TODAY, Programme

HARJEDALEN = {"2015": 1_500_000, "2016": 5_670_000, "2017": 8_700_000, "2018": 6_900_000}


def spend(programme: Programme, kind: str, period: str, amount: int, unit: str | None = None) -> None:
    add_cost(programme.writing(), kind, Period.parse(period), amount, unit)


def asked(programme: Programme, first: str = "", last: str = "", unit: str | None = None) -> Costs:
    terms = terms_of(*(Period.parse(each) if each else None for each in (first, last)))
    number = find_unit(programme.store, unit).id if unit else None
    return costs(programme.store, Scope(terms, TODAY, None, number, unit))


def periods(found: Costs) -> list[str]:
    return [str(each.period) for each in found.periods]


def test_harjedalens_years_are_listed_summed_and_compared(programme: Programme) -> None:
    for year, amount in reversed(HARJEDALEN.items()):
        spend(programme, "agency", year, amount)
    found = asked(programme)
    assert [(str(each.period), each.cost.agency) for each in found.periods] == list(HARJEDALEN.items())
    assert found.comparison is not None
    assert found.comparison.amount == found.all.agency == 22_770_000
    assert found.comparison.extra == (13_662_000, 15_180_000)
    assert found.comparison.posts_for_extra == (119, 132)


def test_the_comparison_rests_on_the_municipalitys_own_values(programme: Programme) -> None:
    spend(programme, "agency", "2018", 7_000_000)
    assume(programme.writing(), "own-staff-year", "700 000")
    found = asked(programme)
    assert found.comparison is not None
    assert found.comparison.years_of_own_staff == 10
    assert [each.own for each in found.assumptions if each.own] == [Decimal(700_000)]


def test_an_unknown_cost_is_not_0(programme: Programme) -> None:
    spend(programme, "own-staff", "2018", 0)
    found = asked(programme)
    assert found.periods[0].cost == (None, 0)
    assert (found.all.agency, found.comparison) == (None, None)


def test_agency_staff_for_nothing_is_compared_as_such(programme: Programme) -> None:
    spend(programme, "agency", "2018", 0)
    found = asked(programme)
    assert found.comparison is not None
    assert found.comparison.posts_for_extra == (0, 0)


def test_a_share_needs_both_kinds_of_every_period(programme: Programme) -> None:
    spend(programme, "agency", "2017", 1)
    spend(programme, "own-staff", "2017", 3)
    assert (asked(programme).periods[0].cost.share_agency, asked(programme).share_agency) == (0.25, 0.25)
    spend(programme, "agency", "2018", 9)
    found = asked(programme)
    assert [each.cost.share_agency for each in found.periods] == [0.25, None]
    assert (found.all, found.share_agency) == ((10, 3), None)


def test_a_share_of_nothing_is_none(programme: Programme) -> None:
    for kind in ("agency", "own-staff"):
        spend(programme, kind, "2018", 0)
    assert (asked(programme).periods[0].cost.share_agency, asked(programme).share_agency) == (None, None)


def test_periods_are_in_order_and_units_within_them(programme: Programme) -> None:
    for unit in ("Vuxen", "Barn"):
        programme.cohort("HT2025", unit=unit)
        spend(programme, "agency", "VT2018", 1, unit)
    for period in ("HT2018", "2018", "2017"):
        spend(programme, "own-staff", period, 1, "Barn" if period == "HT2018" else None)
    listed = [(str(each.period), each.unit) for each in asked(programme).periods]
    assert listed == [
        ("2017", None),
        ("2018", None),
        ("VT2018", "Barn"),
        ("VT2018", "Vuxen"),
        ("HT2018", "Barn"),
    ]


def test_one_unit_has_its_own_costs_alone(programme: Programme) -> None:
    programme.cohort("HT2025", unit="Barn")
    spend(programme, "agency", "2018", 5)
    spend(programme, "agency", "2018", 7, "Barn")
    assert (asked(programme, unit="Barn").all.agency, asked(programme).all.agency) == (7, 12)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("", "", "2016 VT2017 HT2017 2018"),
        ("2017", "2017", "VT2017 HT2017"),
        ("HT2016", "VT2017", "2016 VT2017"),
        ("HT2017", "", "HT2017 2018"),
        ("", "VT2018", "2016 VT2017 HT2017 2018"),
        ("2019", "", ""),
    ],
)
def test_a_period_counts_that_shares_a_term_with_those_asked_for(
    programme: Programme, first: str, last: str, found: str
) -> None:
    for period in ("2018", "HT2017", "VT2017", "2016"):
        spend(programme, "agency", period, 1)
    assert periods(asked(programme, first, last)) == found.split()


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(InvalidInput) as raised:
        terms_of(Period.parse("2018"), Period.parse("HT2017"))
    assert (raised.value.code, raised.value.details) == (
        "period-range-reversed",
        {"first": "HT2017", "last": "2018"},
    )
