"""Needs, costs and assumptions: recorded, replaced, refused where money would count twice, and put back."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from socrekry.domain.costs import Period
from socrekry.domain.errors import Conflict, InvalidInput, NotFound, Refused
from socrekry.domain.term import Term
from socrekry.services.assumptions import assume, assumptions, one_of
from socrekry.services.costs import add_cost
from socrekry.services.needs import add_need
from socrekry.services.units import add_unit
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from tests.services.programme import VT2027, a_store, by, held, take_back

YEAR, SPRING, AUTUMN = map(Period.parse, ("2018", "VT2018", "HT2018"))
COMMANDS: dict[str, Callable[[Writing], object]] = {
    "a new need": lambda w: add_need(w, "Vuxen", VT2027, 0),
    "a need again": lambda w: add_need(w, "Barn", VT2027, 4),
    "a new cost": lambda w: add_cost(w, "own-staff", YEAR, 0),
    "a cost again": lambda w: add_cost(w, "agency", YEAR, 7),
    "a unit's cost": lambda w: add_cost(w, "agency", SPRING, 7, "Barn"),
    "a new assumption": lambda w: assume(w, "trainee-percent", "25"),
    "an assumption again": lambda w: assume(w, "own-staff-year", "710 000"),
    "an assumption's default": lambda w: assume(w, "own-staff-year", None),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a store with a need, a cost and an assumption of the municipality's own."""
    with a_store(tmp_path) as opened:
        add_unit(by(opened), "Barn")
        add_unit(by(opened), "Vuxen")
        add_need(by(opened), "Barn", VT2027, 6)
        add_cost(by(opened), "agency", YEAR, 6_900_000)
        assume(by(opened), "own-staff-year", "0,7 Mkr")
        yield opened


@pytest.mark.parametrize("command", COMMANDS)
def test_undo_puts_everything_back_exactly(store: Store, command: str) -> None:
    before = held(store)
    COMMANDS[command](by(store))
    assert held(store) != before
    take_back(store)
    assert held(store) == before


@pytest.mark.parametrize("command", COMMANDS)
def test_a_dry_run_keeps_nothing_and_answers_the_same(store: Store, command: str) -> None:
    before = held(store)
    rehearsed = COMMANDS[command](by(store, dry_run=True))
    assert held(store) == before
    assert COMMANDS[command](by(store)) == rehearsed


def test_every_replacement_is_taken_back_in_turn(store: Store) -> None:
    before = held(store)
    for positions in (5, 4):
        add_need(by(store), "Barn", VT2027, positions)
    take_back(store)
    assert add_need(by(store, dry_run=True), "Barn", VT2027, 0).before == 5
    take_back(store)
    assert held(store) == before


def test_what_was_before_is_said(store: Store) -> None:
    assert add_need(by(store), "barn", VT2027, 0) == ("Barn", VT2027, 0, 6)
    assert add_need(by(store), "barn", VT2027, 3).before == 0
    assert add_need(by(store), "barn", VT2027.next, 3).before is None
    assert add_cost(by(store), "agency", YEAR, 0) == ("agency", YEAR, None, 0, 6_900_000)
    recorded = assume(by(store), "own-staff-year", "710000")
    assert [recorded.now.value, recorded.before.value] == [710_000, 700_000]


def test_the_same_again_is_nothing_to_undo(store: Store) -> None:
    add_need(by(store), "Vuxen", VT2027, 1)
    assert add_need(by(store), "Barn", VT2027, 6).before == 6
    take_back(store)
    assert add_need(by(store, dry_run=True), "Vuxen", VT2027, 1).before is None


def test_costs_are_apart_by_kind_period_and_unit(store: Store) -> None:
    others = [("own-staff", YEAR, None), ("agency", Period(2019), None), ("agency", YEAR, "Barn")]
    assert [add_cost(by(store), kind, at, 1, unit).before for kind, at, unit in others] == [None] * 3
    assert add_cost(by(store), "agency", YEAR, 6_900_000).before == 6_900_000


def test_a_term_of_a_recorded_year_is_refused_and_the_year_named(store: Store) -> None:
    before = held(store)
    with pytest.raises(Refused) as raised:
        add_cost(by(store), "agency", AUTUMN, 1)
    assert raised.value.code == "cost-period-overlaps"
    assert raised.value.details == {"kind": "agency", "period": "HT2018", "others": ["2018"]}
    assert held(store) == before


def test_a_year_of_recorded_terms_is_refused_and_both_named(store: Store) -> None:
    for term in (SPRING, AUTUMN):
        add_cost(by(store), "own-staff", term, 1, "Vuxen")
    with pytest.raises(Refused) as raised:
        add_cost(by(store), "own-staff", YEAR, 1, "Vuxen")
    assert raised.value.details["others"] == ["VT2018", "HT2018"]
    assert add_cost(by(store), "own-staff", YEAR, 1, "Barn").before is None


def test_nothing_is_counted_twice_where_one_is_0(store: Store) -> None:
    add_cost(by(store), "agency", SPRING, 0)
    add_cost(by(store), "agency", YEAR, 0)
    add_cost(by(store), "agency", AUTUMN, 1)
    with pytest.raises(Refused, match="cost-period-overlaps"):
        add_cost(by(store), "agency", YEAR, 1)


def test_an_undo_counts_nothing_twice_either(store: Store) -> None:
    add_cost(by(store, actor="Bo"), "agency", YEAR, 0)
    add_cost(by(store), "agency", SPRING, 1)
    with pytest.raises(Refused, match="cost-period-overlaps"):
        take_back(store, "Bo")


def test_nothing_is_put_back_over_what_somebody_else_has_recorded(store: Store) -> None:
    add_need(by(store, actor="Bo"), "Barn", VT2027, 5)
    add_need(by(store), "Barn", VT2027, 4)
    with pytest.raises(Conflict, match="changed-since"):
        take_back(store, "Bo")


def test_a_unit_with_a_need_stays(store: Store) -> None:
    add_unit(by(store, actor="Bo"), "Skola")
    add_need(by(store), "Skola", VT2027, 1)
    with pytest.raises(Refused, match="in-use"):
        take_back(store, "Bo")


@pytest.mark.parametrize("positions", [-1, 10_001])
def test_a_need_that_cannot_be_is_refused(store: Store, positions: int) -> None:
    with pytest.raises(InvalidInput, match="positions-out-of-range"):
        add_need(by(store), "Barn", VT2027, positions)


def test_a_cost_that_cannot_be_is_refused(store: Store) -> None:
    with pytest.raises(InvalidInput, match="amount-out-of-range"):
        add_cost(by(store), "agency", YEAR, -1)
    with pytest.raises(NotFound, match="unit-not-found"):
        add_cost(by(store), "agency", YEAR, 1, "Skola")


def test_a_value_of_ones_own_holds_until_it_is_put_back(store: Store) -> None:
    own = {each.assumption.name: each.own for each in assumptions(store)}
    assert own == dict.fromkeys(own) | {"own-staff-year": Decimal(700_000)}
    put_back = assume(by(store), "own-staff-year", None)
    assert put_back.now.value == 650_000
    assert {each.own for each in assumptions(store)} == {None}


def test_the_factors_keep_their_order_also_when_one_is_put_back(store: Store) -> None:
    with pytest.raises(Refused, match="assumptions-reversed"):
        assume(by(store), "agency-factor-low", "3,5")
    assume(by(store), "agency-factor-high", "4")
    assume(by(store), "agency-factor-low", "3,5")
    with pytest.raises(Refused, match="assumptions-reversed"):
        assume(by(store), "agency-factor-high", None)


def test_the_factors_keep_their_order_in_an_undo(store: Store) -> None:
    assume(by(store, actor="Bo"), "agency-factor-high", "4")
    assume(by(store), "agency-factor-low", "3,5")
    with pytest.raises(Refused, match="assumptions-reversed"):
        take_back(store, "Bo")


@pytest.mark.parametrize(("value", "default"), [("", False), (" ", False), ("2,5", True)])
def test_it_is_either_a_value_or_the_default(value: str, default: bool) -> None:
    with pytest.raises(InvalidInput, match="assumption-value-unclear"):
        one_of(value, default=default)
    assert (one_of("2,5", default=False), one_of("", default=True)) == ("2,5", None)


def test_terms_are_keys_of_their_own(store: Store) -> None:
    add_need(by(store), "Barn", Term.parse("HT2027"), 2)
    take_back(store)
    assert add_need(by(store, dry_run=True), "Barn", VT2027, 1).before == 6
