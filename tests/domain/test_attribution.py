"""Which contacts have the credit for a candidacy, and how a cost is divided among what it brought."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.attribution import (
    Contact,
    Origin,
    contacts_of,
    counting_for,
    divided,
    graduating_terms,
)
from socrekry.domain.term import Term

MARCH, MAY, JULY = (date(2025, month, 1) for month in (3, 5, 7))


def touch(day: date, kind: str = "visit", number: int = 1) -> Contact:
    return Contact(day, False, number, kind, 7)


def word(day: date, kind: str = "ad", number: int = 1) -> Contact:
    return Contact(day, True, number, kind)


def test_the_earliest_contact_is_the_first() -> None:
    contacts = contacts_of([touch(JULY), touch(MARCH, "fair", 2)], [Origin(1, "ad", MAY, None)])
    assert contacts == [touch(MARCH, "fair", 2), word(MAY), touch(JULY)]


def test_of_the_same_day_a_touch_comes_before_a_word_and_the_first_noted_before_the_next() -> None:
    touches = [touch(MARCH, "visit", 9), touch(MARCH, "fair", 2)]
    assert contacts_of(touches, [Origin(1, "ad", MARCH, None)]) == [touches[1], touches[0], word(MARCH)]


def test_a_word_adds_nothing_to_a_touch_of_its_kind() -> None:
    assert contacts_of([touch(JULY)], [Origin(1, "visit", MARCH, None)]) == [touch(JULY)]


def test_the_words_of_two_candidacies_are_two_contacts() -> None:
    origins = [Origin(1, "ad", MARCH, MAY), Origin(2, "ad", JULY, None)]
    assert contacts_of([], origins) == [word(MARCH), word(JULY, number=2)]


def test_without_touch_and_word_there_is_no_contact() -> None:
    assert contacts_of([], [Origin(1, None, MARCH, None)]) == []
    assert counting_for([], MAY) == []


@pytest.mark.parametrize(
    ("ended", "counting"),
    [(None, [MARCH, MAY, JULY]), (JULY, [MARCH, MAY, JULY]), (MAY, [MARCH, MAY]), (MARCH, [MARCH])],
)
def test_what_came_after_the_end_has_no_credit(ended: date | None, counting: list[date]) -> None:
    contacts = [touch(MARCH), touch(MAY), touch(JULY)]
    assert [contact.day for contact in counting_for(contacts, ended)] == counting


def test_where_every_contact_came_after_the_end_the_first_has_the_credit() -> None:
    assert counting_for([touch(MAY), touch(JULY)], MARCH) == [touch(MAY)]


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        ("2025-03-12", (Term(2025, 1), Term(2025, 2))),
        ("2025-07-01", (Term(2025, 2), Term(2026, 1))),  # in the summer, the term next to begin
        ("2026-01-18", (Term(2025, 2), Term(2026, 1))),
    ],
)
def test_who_graduates_in_the_days_term_or_the_next_is_graduating(day: str, terms: tuple[Term, Term]) -> None:
    assert graduating_terms(date.fromisoformat(day)) == terms


@pytest.mark.parametrize(
    ("amount", "weights", "shares"),
    [
        (100, (1, 1), (50, 50)),
        (100, (1, 1, 1), (34, 33, 33)),
        (100, (1, 5), (17, 83)),
        (1, (1, 2), (0, 1)),
        (0, (1, 2), (0, 0)),
        (7, (0, 3), (0, 7)),
    ],
)
def test_an_amount_is_divided_in_whole_kronor(
    amount: int, weights: tuple[int, ...], shares: tuple[int, ...]
) -> None:
    assert tuple(divided(amount, dict(enumerate(weights))).values()) == shares


@given(st.integers(0, 10**9), st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any))
def test_no_krona_is_lost_and_no_share_is_off_by_one(amount: int, weights: list[int]) -> None:
    shares = divided(amount, dict(enumerate(weights)))
    assert sum(shares.values()) == amount
    for part, weight in enumerate(weights):
        assert abs(shares[part] - Fraction(amount * weight, sum(weights))) < 1
