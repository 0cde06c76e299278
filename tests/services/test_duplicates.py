"""Who may be one person is told when she is added and when one asks, unless somebody has said otherwise."""

import pytest

from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.term import Term
from socrekry.services import candidates
from socrekry.services.candidates import Added
from socrekry.services.duplicates import duplicates, fill_keys, tell_apart
from socrekry.services.merging import merge
from socrekry.services.persons import Details, edit_candidate, protect
from socrekry.services.undoing import undo, undo_last
from tests.builders import TODAY, Office


def found(office: Office, *refs: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.one.id, each.other.id, each.reasons) for each in duplicates(office.store, refs).rows]


def added(office: Office, name: str, **more: str) -> Added:
    details = Details(name, more.get("email"), more.get("phone"), more.get("university"))
    return candidates.add_candidate(office.by(), details, office.cohort, TODAY)


def test_pairs_are_found_with_their_reasons_and_the_likest_come_first(office: Office) -> None:
    office.add("Anna Ek", phone="070-123 45 67", email="anna.ek@gmail.com")
    office.add("Bo Berg", phone="+46 (0)70 1234567")
    office.add("Ek, Anna", email="annaek+x@googlemail.com")
    office.add("Cia Lind")
    assert found(office) == [("C-1", "C-3", ("like-email", "like-name")), ("C-1", "C-2", ("same-phone",))]


def test_a_list_that_was_cut_says_how_many_there_are(office: Office) -> None:
    for _ in range(3):
        office.add("Anna Ek")
    pairs = duplicates(office.store, limit=1)
    assert (len(pairs.rows), pairs.total) == (1, 3)
    assert len(duplicates(office.store, limit=None).rows) == 3


def test_only_pairs_of_those_who_are_named_are_given(office: Office) -> None:
    for name in ("Anna Ek", "Anna Ek", "Bo Berg", "Bo Berg"):
        office.add(name)
    assert found(office, "C-4") == [("C-3", "C-4", ("like-name",))]


def test_who_is_added_resembles_those_who_are_known(office: Office) -> None:
    office.add("Anna Ek", phone="070-123 45 67")
    office.add("Bo Berg", email="bo.berg@x.se")
    assert added(office, "Cia Lind").resembles == ()
    (anna,) = added(office, "Anna Eck", phone="0701234567").resembles
    (bo,) = added(office, "B B", email="bo.berg+1@x.se").resembles
    assert (anna.id, anna.name, anna.reasons) == ("C-1", "Anna Ek", ("same-phone", "like-name"))
    assert (bo.id, bo.reasons) == ("C-2", ("like-email",))


def test_an_address_that_a_merge_has_not_kept_is_still_known(office: Office) -> None:
    office.add("Anna Ek", email="anna@x.se")
    office.add("Bo Berg", email="b@y.se")
    merge(office.by(command="merge"), "C-1", "C-2")
    (anna,) = added(office, "B", email="b@y.se").resembles
    assert (anna.id, anna.reasons) == ("C-1", ("like-email",))


def test_who_is_added_does_not_resemble_one_at_another_university(office: Office) -> None:
    office.add("Anna Ek", university="sh")
    assert added(office, "Anna Ek", university="oru").resembles == ()
    assert [each.id for each in added(office, "Anna Ek", university="sh").resembles] == ["C-1", "C-2"][:1]


@pytest.mark.parametrize("name", ["X", "\u0301", "\ud7ff\U0010ffff a", "a b c d e f g h", "% _ \\", "'"])
def test_the_oddest_name_is_looked_for_as_well(office: Office, name: str) -> None:
    office.add(name)
    assert [each.id for each in added(office, name).resembles] in ([], ["C-1"])


def test_a_protected_person_is_like_nobody(office: Office) -> None:
    office.add("Anna Ek", phone="070-123 45 67")
    office.add("Anna Ek", phone="070-123 45 67")
    protect(office.by(), "C-1")
    assert found(office) == []
    assert added(office, "Anna Ek", phone="0701234567").resembles[0].id == "C-2"


def test_one_who_was_taken_back_is_like_nobody(office: Office) -> None:
    office.add("Anna Ek")
    office.add("Anna Ek")
    undo(office.by(command="undo"), "C-2.1")
    assert found(office) == []
    assert added(office, "Anna Ek").resembles[0].id == "C-1"


def test_those_who_were_told_apart_are_not_shown_until_that_is_taken_back(office: Office) -> None:
    office.add("Anna Ek")
    office.add("Anna Ek")
    assert tell_apart(office.by(command="duplicates"), ["C-2", "C-1"]) == (("C-1", "C-2"),)
    assert found(office) == []
    undo_last(office.by(command="undo"))
    assert len(found(office)) == 1


def test_telling_apart_holds_for_whom_one_of_them_becomes(office: Office) -> None:
    for _ in range(3):
        office.add("Anna Ek")
    tell_apart(office.by(command="duplicates"), ["C-2", "C-3"])
    merge(office.by(command="merge"), "C-1", "C-2")
    assert found(office) == []


@pytest.mark.parametrize("refs", [[], ["C-1"], ["C-1", "C-1.1"]])
def test_it_takes_two_to_be_told_apart(office: Office, refs: list[str]) -> None:
    office.add("Anna Ek")
    with pytest.raises(InvalidInput, match="ids-too-few"):
        tell_apart(office.by(), refs)


def test_what_is_known_is_not_noted_again(office: Office) -> None:
    for _ in range(3):
        office.add("Anna Ek")
    tell_apart(office.by(), ["C-1", "C-2"])
    with pytest.raises(Refused, match="apart-already"):
        tell_apart(office.by(), ["C-2", "C-1"])
    assert tell_apart(office.by(), ["C-1", "C-2", "C-3"]) == (("C-1", "C-3"), ("C-2", "C-3"))


def test_one_who_was_taken_back_cannot_be_told_apart(office: Office) -> None:
    office.add("Anna Ek")
    office.add("Anna Ek")
    undo(office.by(command="undo"), "C-2.1")
    with pytest.raises(NotFound, match="candidate-not-found"):
        tell_apart(office.by(), ["C-1", "C-2"])


def test_a_telephone_s_key_follows_every_change_of_it(office: Office) -> None:
    office.add("Anna Ek", phone="070-123 45 67")
    key = "SELECT phone_key FROM person"
    assert office.store.engine_rows(key) == [("+46701234567",)]
    edit_candidate(office.by(), "C-1", {"phone": "08-123 456", "graduates": Term(2027, 1)})
    assert office.store.engine_rows(key) == [("+468123456",)]
    undo_last(office.by(command="undo"))
    assert office.store.engine_rows(key) == [("+46701234567",)]
    protect(office.by(), "C-1")
    assert office.store.engine_rows(key) == [(None,)]


def test_keys_are_made_for_a_store_that_has_none(office: Office) -> None:
    for phone in ("070-123 45 67", "saknas", "08-123 456"):
        office.add(phone=phone)
    office.store.engine_rows("UPDATE person SET phone_key = NULL")
    with office.store.transaction():
        assert fill_keys(office.store) == 2
    keys = office.store.engine_rows("SELECT phone_key FROM person ORDER BY id")
    assert keys == [("+46701234567",), (None,), ("+468123456",)]
