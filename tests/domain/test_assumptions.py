"""Assumptions: each has a value that makes sense, and the municipality's own wins."""

from decimal import Decimal

import pytest

from socrekry.domain.assumptions import (
    ASSUMPTIONS,
    Assumption,
    assumed,
    find_assumption,
    parse_value,
    plain,
    premises,
    require_order,
)
from socrekry.domain.errors import InvalidInput, NotFound, Refused


@pytest.mark.parametrize("assumption", ASSUMPTIONS, ids=lambda each: each.name)
def test_what_comes_along_is_within_its_own_limits(assumption: Assumption) -> None:
    assert parse_value(assumption, plain(assumption.default)) == assumption.default


def test_what_has_no_source_is_known_to_be_an_estimate() -> None:
    sourced = {each.name for each in ASSUMPTIONS if each.source}
    assert sourced == {"agency-factor-low", "agency-factor-high", "trainee-percent"}


def test_a_value_of_the_municipalitys_own_wins() -> None:
    values = assumed({"own-staff-year": "700000", "of-a-later-version": "?"})
    assert premises(values).own_staff_year == 700_000
    assert premises(values).trainee_year == 450_000
    assert [each.assumption.name for each in values if each.own is not None] == ["own-staff-year"]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("agency-factor-low", "2,75", "2.75"),
        ("trainee-percent", "25 %", "25"),
        ("own-staff-year", "0,7 Mkr", "700000"),
        ("supervision-hours", "0", "0"),
    ],
)
def test_a_value_is_read_in_its_own_unit(name: str, text: str, value: str) -> None:
    assert parse_value(find_assumption(name), text) == Decimal(value)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("agency-factor-low", "0,9", "assumption-out-of-range"),
        ("own-staff-year", "650", "assumption-out-of-range"),
        ("trainee-percent", "101", "assumption-out-of-range"),
        ("trainee-percent", "a fifth", "number-invalid"),
        ("agency-factor-low", "20 %", "number-invalid"),
        ("own-staff-year", "0,7", "amount-invalid"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(name: str, text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parse_value(find_assumption(name), text)
    assert raised.value.code == code


def test_an_unknown_name_is_told_those_there_are() -> None:
    assert find_assumption(" Own_Staff_Year").name == "own-staff-year"
    with pytest.raises(NotFound) as raised:
        find_assumption("own-staff")
    assert raised.value.details["assumptions"] == [each.name for each in ASSUMPTIONS]


def test_the_low_factor_is_not_above_the_high_one() -> None:
    require_order(assumed({"agency-factor-low": "3"}))
    with pytest.raises(Refused) as raised:
        require_order(assumed({"agency-factor-low": "3.1"}))
    assert raised.value.details == {"low": "3.1", "high": "3"}


@pytest.mark.parametrize("text", ["650000", "2.5", "0", "100"])
def test_a_number_is_kept_as_it_is_written(text: str) -> None:
    assert plain(Decimal(text)) == plain(Decimal(f"{text}.0" if "." not in text else f"{text}0")) == text
