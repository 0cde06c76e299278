"""Amounts and numbers are read as people type them, and never as something else than was meant."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.amounts import MOST_AMOUNT, parse_amount, parse_number
from socrekry.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("0", 0),
        ("1500000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1\u00a0500\u202f000 kr", 1_500_000),
        ("1500 SEK", 1_500),
        ("1,5 Mkr", 1_500_000),
        ("1.5 MSEK", 1_500_000),
        ("5,67mnkr", 5_670_000),
        ("0,1 miljoner", 100_000),
        ("850 tkr.", 850_000),
        ("1000000 Mkr", MOST_AMOUNT),
    ],
)
def test_an_amount_is_read_however_it_is_written(text: str, amount: int) -> None:
    assert parse_amount(text) == amount


TWO_MEANINGS = ("1,5", "1.500", "1.500.000", "1,000", "1 50 000", "1500 000", "1,5,0 Mkr", "0,0005 tkr")
NO_AMOUNT = ("kr", "-1", "1,5 MEUR", "1,23456789 Mkr", "NaN", "1e6", "٣", ",5 Mkr", "5, Mkr", "9" * 16)


@pytest.mark.parametrize("text", ["", *TWO_MEANINGS, *NO_AMOUNT])
def test_what_may_be_meant_in_two_ways_is_no_amount(text: str) -> None:
    with pytest.raises(InvalidInput, match="amount-invalid"):
        parse_amount(text)


def test_more_than_is_kept_is_no_amount() -> None:
    with pytest.raises(InvalidInput, match="amount-out-of-range"):
        parse_amount(f"{MOST_AMOUNT + 1}")


@given(st.integers(0, MOST_AMOUNT))
def test_thousands_may_be_parted_by_spaces(amount: int) -> None:
    assert parse_amount(f"{amount:,} kr".replace(",", " ")) == parse_amount(str(amount)) == amount


@pytest.mark.parametrize(
    ("text", "number"), [("2,5", "2.5"), (" 20 ", "20"), ("0.1", "0.1"), ("1 000,5", "1000.5")]
)
def test_a_number_has_a_comma_or_a_point_and_is_exact(text: str, number: str) -> None:
    assert parse_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["", " ", "-1", "Infinity", "2,5,1", "2.", "½"])
def test_what_is_no_number_is_said(text: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parse_number(text)
    assert (raised.value.code, raised.value.details) == ("number-invalid", {"value": text})
