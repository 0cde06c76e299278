"""Still there or not at a mark: what was said, of which day, decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.staying import (
    LEFT,
    MARKS,
    STILL,
    UNKNOWN,
    Statement,
    at_mark,
    has_left,
    mark_day,
)

STARTED = date(2025, 1, 15)
MARK = date(2026, 1, 15)


def said(words: str) -> list[Statement]:
    """Read ``"still 2026-01-15 left 2026-02-01"``, in the order in which it was recorded."""
    parts = words.split()
    pairs = zip(parts[::2], parts[1::2], strict=True)
    whats = {"still": STILL, "left": LEFT}
    return [Statement(date.fromisoformat(on), n, whats[word]) for n, (word, on) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("", UNKNOWN),
        ("still 2026-01-15", STILL),
        ("still 2026-01-14", UNKNOWN),
        ("still 2026-07-15", STILL),
        ("left 2026-01-15", LEFT),
        ("left 2025-03-01", LEFT),
        ("left 2026-01-16", STILL),
        ("still 2025-07-15 left 2025-12-31", LEFT),
        ("still 2025-07-15 left 2026-12-31", STILL),
        ("still 2026-01-15 left 2026-01-20", STILL),
        ("left 2025-12-31 still 2026-07-15", LEFT),
        ("left 2025-10-01 still 2026-01-15", STILL),
        ("left 2025-10-01 still 2025-12-01", UNKNOWN),
        ("left 2025-10-01 still 2025-12-01 left 2026-03-01", STILL),
        ("still 2026-01-15 left 2026-01-15", LEFT),
        ("left 2026-01-15 still 2026-01-15", STILL),
        ("left 2025-01-14", UNKNOWN),
        ("left 2025-01-15", LEFT),
    ],
)
def test_what_was_said_decides_how_it_stood_at_a_mark(words: str, stands: str) -> None:
    assert at_mark(STARTED, MARK, said(words)) == stands


@given(st.lists(st.tuples(st.sampled_from((STILL, LEFT)), st.integers(-30, 900)), max_size=4))
def test_whoever_is_gone_at_a_mark_was_said_to_have_left_by_then(told: list[tuple[str, int]]) -> None:
    statements = [Statement(STARTED + timedelta(days), n, what) for n, (what, days) in enumerate(told)]
    for months in MARKS:
        mark = mark_day(STARTED, months)
        stands = at_mark(STARTED, mark, statements)
        left = [each for each in statements if each.what == LEFT and STARTED <= each.on <= mark]
        later = [each for each in statements if each.on >= mark]
        assert stands != LEFT or left
        assert stands != STILL or later
        assert stands != UNKNOWN or not [each for each in later if each.on > mark]


@pytest.mark.parametrize(
    ("started", "months", "mark"),
    [
        ("2025-01-15", 6, "2025-07-15"),
        ("2025-08-31", 6, "2026-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2025-12-01", 12, "2026-12-01"),
    ],
)
def test_a_mark_is_the_same_day_of_a_later_month_or_its_last(started: str, months: int, mark: str) -> None:
    assert str(mark_day(date.fromisoformat(started), months)) == mark


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("", False),
        ("left 2025-03-01", True),
        ("still 2025-02-01 left 2025-03-01", True),
        ("left 2025-03-01 still 2025-04-01", False),
        ("left 2025-01-14", False),
    ],
)
def test_whoever_came_back_has_not_left(words: str, gone: bool) -> None:
    assert bool(has_left(STARTED, said(words))) is gone
