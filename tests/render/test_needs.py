"""Needs as they look: a line a term in a report, and the forecast where the term is added up."""

from datetime import date

import pytest

from socrekry.domain.term import Term
from socrekry.render.needs import Expected, needs_page, needs_parts
from socrekry.render.parts import Page, Part
from socrekry.render.plain import plain
from socrekry.reports.needs import Needs, TermNeed, UnitNeed

VT2027, HT2027 = Term(2027, 1), Term(2027, 2)
TWO_UNITS = TermNeed(VT2027, (UnitNeed("Barn", 6, 2, 8), UnitNeed(None, None, 1, 0)))
NEEDS = Needs(date(2026, 11, 20), (TWO_UNITS, TermNeed(HT2027, (UnitNeed("Barn", 1, 0, 0),))))
FORECAST = {VT2027: Expected(5.5, 4, 8)}


def lines(parts: list[Part]) -> list[str]:
    return plain(Page(parts, None)).splitlines()


def test_a_report_says_a_term_in_a_line() -> None:
    assert lines(needs_parts(NEEDS, FORECAST)) == [
        "Need VT2027  6 positions  Forecast 6 (80 %: 4–8)  Contracts 3",
        "Need HT2027  1 position   Forecast –              Contracts 0",
    ]


def test_without_a_forecast_nothing_is_said_of_one() -> None:
    assert lines(needs_parts(NEEDS))[0] == "Need VT2027  6 positions  Contracts 3"
    assert "Forecast" not in plain(needs_page(NEEDS))


def test_nothing_needed_is_nothing_to_say() -> None:
    assert needs_parts(Needs(date(2026, 11, 20), ()), FORECAST) == []


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (0, "VT2027 Barn 6 2 8 4"),
        (1, "no unit – 1 0 –"),
        (2, "in all 6 3 8 3 6 (4–8)"),
        (3, "HT2027 Barn 1 0 0 1 –"),
    ],
)
def test_the_forecast_stands_where_the_term_is_added_up(row: int, shown: str) -> None:
    line = plain(needs_page(NEEDS, FORECAST)).splitlines()[3 + row]
    assert " ".join(line.split()) == shown


def test_a_unit_asked_about_alone_has_the_forecast_and_nobody_else_s_contracts() -> None:
    needs = NEEDS._replace(terms=(TWO_UNITS._replace(alone=True),))
    found = [" ".join(line.split()) for line in plain(needs_page(needs, FORECAST)).splitlines()[3:5]]
    assert found == ["VT2027 Barn 6 2 8 4 6 (4–8)", "no unit – 1 0 –"]
    assert "in all" not in plain(needs_page(needs, FORECAST))
    assert lines(needs_parts(needs))[0].endswith("Contracts 2")


def test_more_contracts_than_positions_are_a_gap_below_nothing() -> None:
    needs = NEEDS._replace(terms=(TermNeed(HT2027, (UnitNeed("Barn", 1, 3, 0),)),))
    assert "1 3 0 −2" in " ".join(plain(needs_page(needs)).split())
