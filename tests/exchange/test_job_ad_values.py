"""A value of a job ad is read for what it says, and never for what it might have meant."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.exchange.job_ad_values import (
    Strange,
    day_of,
    identifier_of,
    is_concept_id,
    municipality_code_of,
    number_of,
    organization_number_of,
    says_nothing,
    text_of,
    truth_of,
    web_address_of,
)


@pytest.mark.parametrize(
    "written",
    [
        "2025-09-25T23:59:59",
        "2025-09-25T23:59:59Z",
        "2025-09-25T22:00:00.000Z",
        "2025-09-25T23:59:59+02:00",
        "2025-09-25 23:59",
        " 2025-09-25 ",
    ],
)
def test_a_day_is_the_one_that_is_written(written: str) -> None:
    assert day_of(written) == date(2025, 9, 25)


@pytest.mark.parametrize(
    "value",
    ["25/9 2025", "2025-02-30", "2025-9-25", "20250925", "0001-01-01", "2025-09-255", 1758837599, True],
)
def test_what_is_no_day_is_strange(value: Any) -> None:
    with pytest.raises(Strange):
        day_of(value)


@pytest.mark.parametrize(("value", "number"), [(0, 0), (2, 2), (2.0, 2), (" 2 ", 2), ("100", 100)])
def test_a_number_may_be_given_as_text(value: Any, number: int) -> None:
    assert number_of(value, 100) == number


@pytest.mark.parametrize("value", [-1, 101, 1.5, float("inf"), "two", "٣", "9" * 30, True, "1 000"])
def test_what_is_no_such_number_is_strange(value: Any) -> None:
    with pytest.raises(Strange):
        number_of(value, 100)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Socialsekreterare\r\n\ttill  IFO ", "Socialsekreterare till IFO"),
        ("A\u030asele", "Åsele"),
        ("\x1b[31mröd\x1b[0m\u202e\x00", "[31mröd[0m"),
        ("half \ud83d a pair", "half a pair"),
        ("Frågor: kim@kommun.example tack", "Frågor: tack"),
        ("kim\u200b@kommun.example", None),
        ("IFO @ Fjällköping", "IFO @ Fjällköping"),
        (2361, "2361"),
    ],
)
def test_a_text_stands_on_one_line_without_what_harms(given_text: Any, kept: str | None) -> None:
    assert text_of(given_text, 200) == kept


def test_a_text_that_is_too_long_is_cut_and_says_so() -> None:
    assert text_of("åäö " * 100_000, 10) == "åäö åäö å…"
    assert text_of("exactly 10", 10) == "exactly 10"


@given(st.text(), st.integers(2, 30))
def test_no_text_is_longer_than_it_may_be(text: str, longest: int) -> None:
    kept = text_of(text, longest) or ""
    assert len(kept) <= longest
    assert kept.isprintable()
    kept.encode()


def test_an_id_is_never_cut() -> None:
    assert identifier_of(99000001, 8) == "99000001"
    with pytest.raises(Strange):
        identifier_of("990000012", 8)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2120009901", "2120009901"),
        ("212000-9901", "2120009901"),
        (2120009901, "2120009901"),
        ("162120009901", "2120009901"),
        ("8507099805", None),
        ("850709-9805", None),
        ("19850709-9805", None),
        ("8507699805", None),
    ],
)
def test_a_persons_number_is_not_kept_as_an_organisations(value: Any, kept: str | None) -> None:
    assert organization_number_of(value) == kept


@pytest.mark.parametrize(
    "address", ["https://arbetsformedlingen.se/platsbanken/annonser/1", "HTTP://a.se", "http://a.se?q=å"]
)
def test_an_address_on_the_web_is_kept_as_it_is(address: str) -> None:
    assert web_address_of(f" {address}\n", 100) == address


@pytest.mark.parametrize(
    "value",
    [
        "mailto:kim@kommun.example",
        "javascript:alert(1)",
        "https://",
        "https://kim:secret@kommun.example/",
        "https://kommun.example/?to=kim@kommun.example",
        "https://kommun.example/a b",
        "https://kommun.example/\u202egpj",
        "https://kommun.example/" + "x" * 100,
        7,
    ],
)
def test_what_is_no_address_on_the_web_is_strange(value: Any) -> None:
    with pytest.raises(Strange):
        web_address_of(value, 100)


@pytest.mark.parametrize(("value", "code"), [("0180", "0180"), (180, "0180"), ("2361", "2361")])
def test_a_municipality_has_four_digits(value: Any, code: str) -> None:
    assert municipality_code_of(value) == code


@pytest.mark.parametrize(("value", "truth"), [(True, True), (False, False), ("True", True), ("false", False)])
def test_yes_and_no_may_be_given_as_text(value: Any, truth: bool) -> None:
    assert truth_of(value) is truth


@pytest.mark.parametrize(
    ("read", "value"),
    [(truth_of, 1), (truth_of, "ja"), (organization_number_of, "212000"), (municipality_code_of, "Sveg")],
)
def test_what_cannot_be_read_is_strange(read: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(Strange):
        read(value)


@pytest.mark.parametrize(
    ("value", "nothing"), [(None, True), (" \n", True), ([], True), ({}, True), (0, False)]
)
def test_nothing_is_null_empty_or_blank(value: Any, nothing: bool) -> None:
    assert says_nothing(value) is nothing


def test_an_id_of_the_taxonomy_is_told_from_words() -> None:
    assert [is_concept_id(text) for text in ("FwM7_WYB_qgc", "Socialsekreterare")] == [True, False]
