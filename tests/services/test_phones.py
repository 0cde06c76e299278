"""Telephone numbers are the same however they are written, and what is none is like no other."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.services.phones import phone_key

ANNAS = "+46701234567"


@pytest.mark.parametrize(
    "written",
    [
        "070-123 45 67", "0701234567", "070 1234567", "070/123 45 67", "070.123.45.67",
        "070\u2011123\u00a045 67", "070-1234567/08-123456",
        "+46701234567", "+46 70 123 45 67", "+46 (0)70-123 45 67", "0046 70 1234567", "701234567",
        " 070-1234567 (mobil)", "070-123 45 67 ankn 12", "070-123 45 67, 08-12 34 56",
    ],
)  # fmt: skip
def test_one_number_has_one_form_however_it_is_written(written: str) -> None:
    assert phone_key(written) == ANNAS


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("08-12 34 56", "+468123456"),
        ("0687-123 45", "+4668712345"),
        ("+47 22 12 34 56", "+4722123456"),
        ("0047 22 12 34 56", "+4722123456"),
        ("+358 40 1234567", "+358401234567"),
    ],
)
def test_a_number_without_a_country_is_swedish_and_others_keep_theirs(written: str, key: str) -> None:
    assert phone_key(written) == key


@pytest.mark.parametrize(
    "written", [None, "", " ", "saknas", "112", "070", "–", "0" * 40, "+", "070-12345678901234"]
)
def test_what_cannot_be_dialled_is_no_number(written: str | None) -> None:
    assert phone_key(written) is None


@given(st.from_regex(r"(0|\+46 ?|0046|\+46 \(0\))[1-9][0-9]{1,2}[- ]?[0-9]{5,6}", fullmatch=True))
def test_a_swedish_number_is_read_as_the_library_of_the_world_s_numbers_reads_it(written: str) -> None:
    number = phonenumbers.parse(written, "SE")
    expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    possible = phonenumbers.is_possible_number(number)
    assert phone_key(written) == (expected if possible else None)
