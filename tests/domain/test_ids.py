"""An id is written in one way, and read back as the numbers it was made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.ids import candidacy_id, candidate_id, parsed_id


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
