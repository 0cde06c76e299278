"""The arithmetic of an account: medians and shares."""

from statistics import median as the_textbooks

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.reports.accounts import median
from socrekry.reports.shares import share


@given(st.dictionaries(st.integers(0, 400), st.integers(1, 4), min_size=1))
def test_a_median_of_grouped_days_is_the_median_of_the_days(stays: dict[int, int]) -> None:
    assert median(stays) == the_textbooks([days for days, n in stays.items() for _ in range(n)])


@pytest.mark.parametrize(
    ("stays", "days"), [({}, "None"), ({3: 1}, "3"), ({3: 1, 4: 1}, "3.5"), ({5: 1, 3: 1}, "4")]
)
def test_a_median_is_whole_where_it_can_be(stays: dict[int, int], days: str) -> None:
    assert str(median(stays)) == days


@pytest.mark.parametrize(
    ("part", "whole", "found"), [(2, 3, 0.6667), (0, 3, 0.0), (0, 0, None), (None, 3, None), (2, None, None)]
)
def test_a_share_of_nothing_is_none(part: int | None, whole: int | None, found: float | None) -> None:
    assert share(part, whole) == found
