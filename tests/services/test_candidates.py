"""Candidates: added, known again, mended, protected – and everything that could tell who she was is gone."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.term import Term
from socrekry.services import candidates, moves, noting
from socrekry.services.candidates import add_candidacy, add_candidate, only_cohort
from socrekry.services.looking import show
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details, edit_candidate, protect, valid_email
from socrekry.services.undoing import undo, undo_last
from tests.builders import HT2026, TODAY, Office

ANNA = Details("Anna Ek", "anna@example.se", "070-123 45 67", "Södertörn", HT2026)


def test_a_candidate_begins_at_the_first_stage_and_is_told_what_she_is_called(office: Office) -> None:
    added = add_candidate(
        office.by(), ANNA, office.cohort, TODAY, channel="visit", tags=["mässa"], note="glad"
    )
    assert (added.id, added.candidacy, added.name, added.stage) == ("C-1", "C-1.1", "Anna Ek", "lead")
    assert (added.pipeline, added.term, added.unit, added.protected) == ("trainee", HT2026, None, False)
    known = show(office.store, "C-1", TODAY)
    assert (known.email, known.phone, known.university, known.graduates) == (*ANNA[1:3], "sh", HT2026)
    assert (known.tags, [each.text for each in known.notes]) == (("mässa",), ["glad"])


def test_ids_are_never_given_again(office: Office) -> None:
    office.add("Anna")
    undo_last(office.by(command="undo"))
    assert office.add("Bo") == "C-2.1"


def test_a_dry_run_tells_the_id_that_would_be_given(office: Office) -> None:
    rehearsed = add_candidate(office.by(dry_run=True), ANNA, office.cohort, TODAY)
    with pytest.raises(NotFound):
        show(office.store, "C-1", TODAY)
    assert add_candidate(office.by(), ANNA, office.cohort, TODAY) == rehearsed


@pytest.mark.parametrize("name", [None, "", "  \t"])
def test_a_candidate_has_a_name(office: Office, name: str | None) -> None:
    with pytest.raises(InvalidInput) as missing:
        add_candidate(office.by(), Details(name), office.cohort, TODAY)
    assert missing.value.code == "name-missing"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"email": "anna"}, "email-invalid"),
        ({"email": "anna@"}, "email-invalid"),
        ({"email": " "}, "email-invalid"),
        ({"name": "x" * 201}, "text-too-long"),
        ({"phone": "0" * 41}, "text-too-long"),
        ({"channel": "tv"}, "channel-invalid"),
        ({"tags": ["  "]}, "tag-invalid"),
        ({"tags": ["x" * 61]}, "tag-invalid"),
        ({"on": TODAY + timedelta(days=1)}, "date-in-future"),
        ({"university": "Oxford"}, "university-not-found"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name_and_nothing_is_kept(
    office: Office, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as wrong:
        office.add(fields.pop("name", "Anna"), **fields)
    assert wrong.value.code == code
    assert office.store.value("person.read", person=1) is None


@pytest.mark.parametrize("tag", ["x" * 60, "två ord", " \t två  ord\n"])
def test_a_tag_may_be_as_long_as_is_kept(office: Office, tag: str) -> None:
    office.add("Anna", tags=[tag, tag])
    assert show(office.store, "C-1", TODAY).tags == (" ".join(tag.split()),)


def test_spaces_around_what_is_known_are_not_kept(office: Office) -> None:
    office.add("  Anna \t Ek\n", email=" Anna@Example.SE ", phone="  070  1 ")
    known = show(office.store, "C-1", TODAY)
    assert (known.name, known.email, known.phone) == ("Anna Ek", "Anna@example.se", "070 1")


def test_what_is_just_short_enough_is_kept(office: Office) -> None:
    office.add("x" * 200, phone="0" * 40)
    known = show(office.store, "C-1", TODAY)
    assert (len(known.name), len(known.phone or ""), known.protected) == (200, 40, False)


def test_a_known_address_says_whose_it_is(office: Office) -> None:
    office.add("Anna Ek", email="anna@example.se")
    with pytest.raises(Refused) as known:
        office.add("Anna E.", email="ANNA@example.se")
    assert (known.value.code, known.value.details["id"]) == ("email-known", "C-1")
    assert known.value.details["name"] == "Anna Ek"


def test_an_address_is_free_again_when_its_candidate_was_taken_back(office: Office) -> None:
    office.add("Anna Ek", email="anna@example.se")
    undo(office.by(command="undo"), "C-1")
    assert office.add("Anna E.", email="anna@example.se") == "C-2.1"


def test_whoever_was_taken_back_begins_anew_unless_her_address_is_anothers(office: Office) -> None:
    ref = office.add("Anna Ek", email="anna@example.se")
    undo_last(office.by(command="undo"))
    assert add_candidacy(office.by(), ref, office.cohort, TODAY).candidacy == "C-1.2"
    undo_last(office.by(command="undo"))
    office.add("Bo", email="anna@example.se")
    with pytest.raises(Refused) as taken:
        add_candidacy(office.by(), ref, office.cohort, TODAY)
    assert (taken.value.code, taken.value.details["id"]) == ("email-known", "C-2")


def test_a_person_tries_again_in_another_cohort_but_not_twice_in_one(office: Office) -> None:
    ref = office.add("Anna Ek")
    with pytest.raises(Refused) as twice:
        add_candidacy(office.by(), "anna", office.cohort, TODAY)
    assert twice.value.details == {"id": "C-1.1", "cohort": "trainee HT2026"}
    moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
    assert add_candidacy(office.by(), "anna", office.cohort, TODAY, channel="ad").candidacy == "C-1.2"


@pytest.mark.parametrize("email", ["asa@example.se", "Åsa.Öberg@exämple.se", " asa@example.se\n"])
def test_an_address_is_kept_as_it_should_be_written(email: str) -> None:
    assert valid_email(email) == valid_email(email).strip()
    assert "@" in valid_email(email)


def test_what_is_known_is_mended_and_emptied(office: Office) -> None:
    add_candidate(office.by(), ANNA, office.cohort, TODAY, tags=["a", "b"])
    changes = {"name": " Anna  Berg ", "phone": None, "university": "oru", "graduates": Term.parse("VT27")}
    edit_candidate(office.by(), "C-1", changes, add_tags=["c", "b"], drop_tags=["a"])
    known = show(office.store, "C-1", TODAY)
    assert (known.name, known.phone, known.university) == ("Anna Berg", None, "oru")
    assert (str(known.graduates), known.tags, known.email) == ("VT2027", ("b", "c"), "anna@example.se")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, "name-missing"),
        ({"name": "  "}, "name-missing"),
        ({"email": "bo@example.se"}, "email-known"),
        ({"email": "bo"}, "email-invalid"),
        ({"university": "x"}, "university-not-found"),
    ],
)
def test_a_mistake_in_mending_changes_nothing(office: Office, changes: dict[str, Any], code: str) -> None:
    office.add("Bo", email="bo@example.se")
    add_candidate(office.by(), ANNA, office.cohort, TODAY)
    with pytest.raises((InvalidInput, NotFound, Refused)) as wrong:
        edit_candidate(office.by(), "Anna", changes, add_tags=["x"])
    assert wrong.value.code == code
    known = show(office.store, "C-2", TODAY)
    assert (known.name, known.email, known.tags) == ("Anna Ek", "anna@example.se", ())


def test_a_tag_that_is_not_there_cannot_be_taken_away(office: Office) -> None:
    office.add("Anna", tags=["a"])
    with pytest.raises(NotFound) as missing:
        edit_candidate(office.by(), "C-1", {}, drop_tags=["b"])
    assert missing.value.details == {"tag": "b", "tags": ["a"]}


# Protected identity

SECRETS = ("Hemlig", "hemlig", "070-555", "Telefonsamtal", "flyttade", "uppsatsen", "märkt", "Gamla", "sh")


def a_life(office: Office) -> str:
    """Add somebody of whom much is known, in many places; return her id."""
    ref = office.add(
        "Gamla Namnet", email="gamla@example.se", tags=["märkt"], note="Telefonsamtal med Hemlig"
    )
    changes = {"name": "Åsa Hemlig", "email": "asa.hemlig@example.se", "phone": "070-555", "university": "sh"}
    edit_candidate(office.by(), ref, {**changes, "graduates": HT2026})
    noting.record(office.by(), [ref], [NewFact("thesis", "uppsatsen om Hemlig", TODAY, "Siv Hand")])
    moves.close(office.by(), [ref], TODAY, outcome="withdrawn", reason="flyttade till Hemlig ort")
    return ref


def test_nothing_in_the_file_tells_who_a_protected_person_was(office: Office, tmp_path: Path) -> None:
    a_life(office)
    assert b"Hemlig" in (tmp_path / "store.db").read_bytes()
    assert protect(office.by(command="protect"), "C-1") == "Skyddade personuppgifter, kandidat 1"
    for path in tmp_path.iterdir():
        bytes_ = path.read_bytes()
        assert [each for each in SECRETS[:-1] if each.encode() in bytes_] == []


def test_a_protected_person_is_counted_like_any_other(office: Office) -> None:
    ref = office.add("Åsa Hemlig", "selected", graduates=HT2026)
    protect(office.by(command="protect"), ref)
    known = show(office.store, "C-1", TODAY)
    assert (known.name, known.protected, known.university) == (
        "Skyddade personuppgifter, kandidat 1",
        True,
        None,
    )
    assert (known.graduates, office.stands(ref), office.taken()) == (HT2026, "selected", 1)


def test_whoever_saw_a_document_is_not_what_is_protected(office: Office) -> None:
    a_life(office)
    protect(office.by(command="protect"), "C-1")
    (fact,) = show(office.store, "C-1", TODAY).facts
    assert (fact.name, fact.text or "", fact.seen_by) == ("thesis", "", "Siv Hand")


def test_protected_from_the_beginning_she_is_numbered_and_nothing_else(office: Office) -> None:
    office.add(protected=True)
    added = add_candidate(office.by(), Details(graduates=HT2026), office.cohort, TODAY, protected=True)
    assert (added.name, added.protected) == ("Skyddade personuppgifter, kandidat 2", True)
    with pytest.raises(InvalidInput) as told:
        add_candidate(office.by(), ANNA, office.cohort, TODAY, protected=True)
    assert told.value.code == "protected-has-no-details"


def test_nothing_can_be_told_of_a_protected_person_but_when_she_graduates(office: Office) -> None:
    office.add(protected=True)
    edit_candidate(office.by(), "C-1", {"graduates": HT2026})
    assert show(office.store, "C-1", TODAY).graduates == HT2026
    with pytest.raises(Refused) as told:
        edit_candidate(office.by(), "C-1", {"name": "Åsa"})
    assert told.value.code == "protected-has-no-details"


def test_protection_is_for_good_and_happens_once(office: Office) -> None:
    ref = office.add("Åsa Hemlig")
    protect(office.by(command="protect"), ref)
    with pytest.raises(Refused) as again:
        protect(office.by(command="protect"), ref)
    with pytest.raises(Refused) as undone:
        undo_last(office.by(command="undo"))
    assert (again.value.code, undone.value.code) == ("already-protected", "protection-final")
    assert show(office.store, "C-1", TODAY).protected


# Which cohort is meant


def test_the_only_cohort_that_fits_is_taken(office: Office) -> None:
    direct = office.another_cohort(HT2026.next, "direct")
    assert only_cohort(office.store, TODAY, pipeline="trainee") == office.cohort
    assert only_cohort(office.store, TODAY, term=HT2026.next) == direct


@pytest.mark.parametrize("today", [date(2027, 1, 17), date(2027, 1, 18)])
def test_a_cohort_whose_term_has_ended_is_taken_only_when_the_term_is_given(
    office: Office, today: date
) -> None:
    if today <= HT2026.ends:
        assert only_cohort(office.store, today) == office.cohort
    else:
        with pytest.raises(InvalidInput) as none:
            only_cohort(office.store, today)
        assert none.value.code == "cohort-none-fits"
    assert only_cohort(office.store, today, term=HT2026) == office.cohort


def test_a_cohort_is_named_by_its_id_or_its_name(office: Office) -> None:
    evening = office.another_cohort(name="kväll")
    for typed in ("K-2", "k-2", "KVÄLL"):
        assert only_cohort(office.store, TODAY, cohort=typed) == evening


def test_a_cohort_that_was_taken_back_meanwhile_is_not_there_any_more(office: Office) -> None:
    chosen = office.another_cohort(HT2026.next)
    undo_last(office.by(command="undo"))
    with pytest.raises(NotFound) as raised:
        add_candidate(office.by(), Details("Anna"), chosen, TODAY)
    assert (raised.value.code, raised.value.details) == ("cohort-unknown", {"ref": "K-2"})
    assert office.store.rows("looking.person", person=1) == []


def test_several_cohorts_that_fit_are_named(office: Office) -> None:
    office.another_cohort(pipeline="direct")
    with pytest.raises(InvalidInput) as several:
        only_cohort(office.store, TODAY)
    assert several.value.details == {"cohorts": ["direct HT2026", "trainee HT2026"]}


def test_a_unit_of_its_own_is_given_to_whoever_begins_there(office: Office) -> None:
    unit = office.unit("Norr")
    elsewhere = office.unit("Söder")
    cohort = office.another_cohort(unit="Norr")
    assert office.subject(office.add("Anna", cohort=cohort)).candidacy.unit == unit.id
    assert office.subject(office.add("Bo", cohort=cohort, unit=elsewhere.id)).candidacy.unit == elsewhere.id
    assert candidates.only_cohort(office.store, TODAY, unit="norr") == cohort
