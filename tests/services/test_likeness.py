"""Who is like whom, and why: a slip of the pen is, another person of the same family is not."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio, token_sort_ratio

from socrekry.domain.names import search_key
from socrekry.services.likeness import (
    ALIKE,
    EMAIL,
    NAME,
    PHONE,
    Known,
    likeness,
    likenesses,
    mailbox,
    near,
)


def known(
    person: int, name: str, email: str | None = None, phone: str | None = None, at: str | None = None
) -> Known:
    return Known(person, search_key(name), email, phone, at)


def reasons(one: Known, other: Known) -> tuple[str, ...]:
    found = likeness(one, other)
    return found.reasons if found else ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anna Ek Lind", "Lind Anna Ek"),
        ("Åsa Öberg", "Asa Oberg"),
        ("Karin Svensson", "Carin Svensson"),
        ("Anna Andersson", "Ana Anderson"),
        ("Anna-Karin Berg", "Anna Karin Berg"),
    ],
)
def test_names_are_alike_where_a_slip_of_the_pen_explains_it(one: str, other: str) -> None:
    pair = [known(1, one), known(2, other)]
    assert [(each.person, each.other, each.reasons) for each in likenesses(pair)] == [(1, 2, (NAME,))]


@pytest.mark.parametrize(
    ("one", "other"), [("Anna Ek", "Anna Berg"), ("Maria Lind", "Mario Lund"), ("Bo Ek", "Bo Ed"), ("", "")]
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert reasons(known(1, one), known(2, other)) == ()


def test_one_name_at_two_universities_is_two_persons() -> None:
    assert reasons(known(1, "Anna Ek", at="sh"), known(2, "Anna Ek", at="oru")) == ()
    assert reasons(known(1, "Anna Ek", at="sh"), known(2, "Anna Ek")) == (NAME,)


def test_a_telephone_and_a_mailbox_speak_whatever_the_names() -> None:
    one = known(1, "Anna Ek", "anna.ek@gmail.com", "+46701234567", "sh")
    other = known(2, "Bo Berg", "annaek+jobb@googlemail.com", "+46701234567", "oru")
    assert reasons(one, other) == (PHONE, EMAIL)


@pytest.mark.parametrize("address", [None, "", "@", "@x.se", "+@x.se"])
def test_what_is_no_address_is_no_mailbox(address: str | None) -> None:
    assert mailbox(address) is None


def test_the_more_speaks_for_it_the_more_it_weighs() -> None:
    one = known(1, "Anna Ek", "a@x.se", "+461", "sh")
    weights = [
        found.weight
        for other in (
            known(2, "Anna Ek", "a@x.se", "+461"),
            known(3, "Bo Berg", phone="+461"),
            known(4, "Anna Ek"),
        )
        if (found := likeness(one, other))
    ]
    assert weights == sorted(weights, reverse=True)
    assert len(weights) == 3


def test_nobody_is_like_herself_also_where_she_was_known_as_two() -> None:
    assert list(likenesses([known(1, "Anna Ek"), known(1, "Anna Ek")])) == []


def test_a_switchboard_is_nobody_s_own() -> None:
    everybody = [known(number, chr(96 + number) * 9, phone="+46812345678") for number in range(1, 23)]
    assert len(list(likenesses(everybody[:20]))) == 190
    assert list(likenesses(everybody)) == []


FIRST, LAST = ("anna", "ana", "karin", "carin", "bo", "per"), ("ek", "eck", "berg", "bergh", "lind", "lindh")
persons = st.tuples(st.sampled_from(FIRST), st.sampled_from(FIRST), st.sampled_from(LAST)).map(" ".join)


@settings(max_examples=50)
@given(st.lists(persons, max_size=12), st.integers(2, 200))
def test_no_pair_that_shares_the_sound_of_a_word_is_missed(names: list[str], crowd: int) -> None:
    everybody = [known(number, name) for number, name in enumerate(names * (crowd // 50 + 1), 1)]
    expected = {
        (one.person, other.person)
        for one, other in combinations(everybody, 2)
        if max(ratio(one.name, other.name), token_sort_ratio(one.name, other.name)) >= ALIKE
    }
    assert {(each.person, each.other) for each in likenesses(everybody)} == expected


@given(persons, persons)
def test_names_that_are_alike_are_near(one: str, other: str) -> None:
    assert near(one, other) or max(ratio(one, other), token_sort_ratio(one, other)) < ALIKE
