"""An id is written in one way, and read back as the numbers it was made of."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.ids import (
    activity_id,
    candidacy_id,
    candidate_id,
    cohort_id,
    parsed_activity,
    parsed_id,
    parsed_number,
    staff_id,
    voice_id,
)


@given(st.integers(1, 10**17 - 1), st.integers(1, 10**8 - 1))
def test_what_was_written_is_read_back(person: int, number: int) -> None:
    assert parsed_id(candidate_id(person)) == (person, None)
    assert parsed_id(candidacy_id(person, number)) == (person, number)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("C-1", (1, None)),
        ("c-12.3", (12, 3)),
        ("C-", None),
        ("C-x", None),
        ("C-1.", None),
        ("C-1.x", None),
        ("C-1.2.3", None),
        ("C-²", None),
        ("C--1", None),
        ("C-" + "9" * 18, None),
        ("C-1." + "9" * 9, None),
        ("Carin", None),
        ("S-1", None),
    ],
)
def test_an_id_is_read_and_nothing_else_is_taken_for_one(
    typed: str, meant: tuple[int, int | None] | None
) -> None:
    assert parsed_id(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A-3", 3),
        (" a-12 ", 12),
        ("A-", None),
        ("A-x", None),
        ("A-²", None),
        ("A-1.1", None),
        ("C-1", None),
        ("annons", None),
        ("A-" + "9" * 18, None),
    ],
)
def test_an_activity_s_id_is_read_and_nothing_else_is_taken_for_one(typed: str, meant: int | None) -> None:
    assert parsed_activity(typed) == meant
    assert meant is None or activity_id(meant) == typed.strip().upper()


@pytest.mark.parametrize(
    ("letter", "written"), [("A", activity_id), ("K", cohort_id), ("S", staff_id), ("V", voice_id)]
)
def test_a_numbered_id_is_read_back_and_no_others_are(letter: str, written: Callable[[int], str]) -> None:
    typed = f" {written(12).lower()} "
    assert [other for other in "ACKSV" if parsed_number(other, typed) == 12] == [letter]
