"""From what a user types to whom she means, and never to anybody else."""

import unicodedata

import pytest

from socrekry.domain.errors import Ambiguous, NotFound, SocrekryError
from socrekry.services import moves
from socrekry.services.candidates import add_candidacy
from socrekry.services.finding import find_candidacy, find_person
from socrekry.services.undoing import undo, undo_last
from tests.builders import HT2026, TODAY, Office


def labels(error: SocrekryError) -> list[str]:
    return [each["id"] for each in error.details["candidates"]]


@pytest.mark.parametrize(
    "typed",
    [
        "C-1",
        "C-1.1",
        "c-1.1",
        "Åsa Öberg",
        "asa oberg",
        "ÖBERG",
        "oberg",
        unicodedata.normalize("NFD", "Öberg"),
        "asa.oberg@example.se",
        "ASA.Oberg@Example.SE ",
    ],
)
def test_a_candidate_is_found_however_she_is_called(office: Office, typed: str) -> None:
    office.add("Åsa Öberg", email="Asa.Oberg@example.se")
    office.add("Bo Ek", email="bo@example.se")
    assert find_candidacy(office.store, typed).label == "C-1.1"
    assert find_person(office.store, typed).name == "Åsa Öberg"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("C-9", "candidacy-not-found"),
        ("C-1.9", "candidacy-not-found"),
        ("nobody", "candidate-not-found"),
        ("nobody@example.se", "candidate-not-found"),
        ("", "candidate-not-found"),
        ("%", "candidate-not-found"),
        ("_", "candidate-not-found"),
        ("\\", "candidate-not-found"),
    ],
)
def test_whoever_is_not_there_is_not_found(office: Office, typed: str, code: str) -> None:
    office.add("Åsa Öberg")
    with pytest.raises(NotFound) as missing:
        find_candidacy(office.store, typed)
    assert (missing.value.code, missing.value.details) == (code, {"ref": typed})


def test_part_of_a_name_that_several_share_names_all_of_them(office: Office) -> None:
    office.add("Åsa Ek")
    office.add("Åsa Berg")
    with pytest.raises(Ambiguous) as several:
        find_candidacy(office.store, "åsa")
    assert several.value.details["candidates"] == [
        {"id": "C-2.1", "name": "Åsa Berg", "stage": "lead"},
        {"id": "C-1.1", "name": "Åsa Ek", "stage": "lead"},
    ]
    assert find_candidacy(office.store, "åsa b").label == "C-2.1"


def test_a_name_that_somebody_closed_shares_is_not_guessed(office: Office) -> None:
    office.add("Åsa Ek")
    moves.close(office.by(), [office.add("Åsa Berg")], TODAY, outcome="withdrawn")
    with pytest.raises(Ambiguous) as several:
        find_candidacy(office.store, "åsa")
    assert labels(several.value) == ["C-2.1", "C-1.1"]


def test_a_person_stands_for_her_candidacy_while_exactly_one_is_open(office: Office) -> None:
    first = office.add("Åsa Ek")
    assert find_candidacy(office.store, "C-1").label == first
    second = add_candidacy(office.by(), "C-1", office.another_cohort(HT2026.next), TODAY).candidacy
    with pytest.raises(Ambiguous) as both:
        find_candidacy(office.store, "C-1")
    assert labels(both.value) == [first, second]
    moves.close(office.by(), [first], TODAY, outcome="withdrawn")
    assert find_candidacy(office.store, "åsa").label == second


def test_where_none_of_several_is_open_she_is_asked_which(office: Office) -> None:
    first = office.add("Åsa Ek")
    second = add_candidacy(office.by(), "C-1", office.another_cohort(HT2026.next), TODAY).candidacy
    moves.close(office.by(), [first, second], TODAY, outcome="withdrawn")
    with pytest.raises(Ambiguous) as both:
        find_candidacy(office.store, "C-1")
    assert labels(both.value) == [first, second]
    assert find_candidacy(office.store, second).label == second


def test_the_only_candidacy_is_meant_even_when_it_is_closed(office: Office) -> None:
    ref = office.add("Åsa Ek")
    moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
    assert find_candidacy(office.store, "C-1").state == "lost"


def test_whoever_was_taken_back_is_found_by_her_own_id_alone(office: Office) -> None:
    ref = office.add("Åsa Ek", email="asa@example.se")
    undo_last(office.by(command="undo"))
    assert find_candidacy(office.store, ref).state == "void"
    for typed in ("C-1", "Åsa", "asa@example.se"):
        with pytest.raises(NotFound):
            find_candidacy(office.store, typed)


@pytest.mark.parametrize("typed", ["C-1", "åsa", "asa@example.se"])
def test_a_candidacy_that_was_taken_back_is_not_meant(office: Office, typed: str) -> None:
    first = office.add("Åsa Ek", email="asa@example.se")
    moves.close(office.by(), [first], TODAY, outcome="withdrawn")
    add_candidacy(office.by(), "C-1", office.another_cohort(HT2026.next), TODAY)
    undo(office.by(command="undo"), "C-1.2")
    assert find_candidacy(office.store, typed).label == first


def test_a_person_with_several_candidacies_is_one_person(office: Office) -> None:
    office.add("Åsa Ek")
    second = add_candidacy(office.by(), "C-1", office.another_cohort(HT2026.next), TODAY).candidacy
    assert find_person(office.store, "åsa").label == second
    office.add("Åsa Berg")
    with pytest.raises(Ambiguous) as several:
        find_person(office.store, "åsa")
    assert labels(several.value) == ["C-2.1", "C-1.1", "C-1.2"]
    with pytest.raises(NotFound):
        find_person(office.store, "Bo")


def test_a_protected_person_is_found_by_id_and_called_by_number(office: Office) -> None:
    office.add(protected=True)
    assert find_candidacy(office.store, "C-1").name == "Skyddade personuppgifter, kandidat 1"
    with pytest.raises(NotFound):
        find_candidacy(office.store, "skyddade")
