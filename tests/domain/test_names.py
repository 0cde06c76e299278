"""Keys for names: found however they are typed, sorted as a Swedish reader expects."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.names import email_key, search_key, shown_name, sort_key

NAMES = ["Zetterlund", "Åberg", "Ängström", "Öberg"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  Åsa  ÖBERG ", "asa oberg"),
        ("Zoë Émile", "zoe emile"),
        ("bo\tO'Neill\n", "bo o'neill"),
        ("\u00a0Ann\u00a0Ek", "ann ek"),
        ("STRAßE", "strasse"),
        ("\U0001d5d4nna Ek", "anna ek"),
        ("", ""),
    ],
)
def test_a_name_is_searched_without_case_accents_and_doubled_spaces(typed: str, key: str) -> None:
    assert search_key(typed) == key


@pytest.mark.parametrize("name", NAMES)
def test_a_name_as_macos_hands_it_over_has_the_same_keys(name: str) -> None:
    taken_apart = unicodedata.normalize("NFD", name)
    assert search_key(taken_apart) == search_key(name)
    assert sort_key(taken_apart) == sort_key(name)


def test_names_sort_with_a_ring_and_dots_after_z() -> None:
    assert sorted(["Öberg", "Ängström", "Åberg", "Zetterlund", "andersson"], key=sort_key) == [
        "andersson",
        *NAMES,
    ]


@pytest.mark.parametrize(("name", "neighbour"), [("Ærø", "Äro"), ("Øst", "Öst"), ("Éva", "Eva")])
def test_a_neighbours_letter_sorts_as_the_swedish_one(name: str, neighbour: str) -> None:
    assert sort_key(name)[0] == sort_key(neighbour)[0]


@given(st.text(max_size=40))
def test_a_key_has_nothing_left_to_simplify(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)
    assert not any(unicodedata.combining(each) for each in search_key(text) + sort_key(text))


def test_two_addresses_are_one_whatever_their_case() -> None:
    assert email_key("  Asa.Lind@Example.SE ") == email_key("asa.lind@example.se")


def test_a_protected_person_is_called_by_a_number() -> None:
    assert shown_name(None, 3) == "Skyddade personuppgifter, kandidat 3"
    assert shown_name("Åsa Lind", None) == "Åsa Lind"
