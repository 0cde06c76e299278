"""Facts and assignments: noted with their words apart, in force at once, and limited by people's room."""

from datetime import date

import pytest

from socrekry.domain.errors import Conflict, InvalidInput, NotFound
from socrekry.services import moves, notes, noting
from socrekry.services.candidates import add_candidacy
from socrekry.services.noting import NewFact, parse_fact
from socrekry.services.staffing import StaffChanges, edit_staff
from tests.builders import HT2026, TODAY, Office

SEEN_ON = date(2026, 10, 1)


def facts(office: Office, ref: str) -> list[tuple[str, str | None]]:
    return [(fact.name, fact.value) for fact in office.subject(ref).candidacy.facts]


@pytest.mark.parametrize(
    ("typed", "name", "value"),
    [
        ("assessment", "assessment", None),
        (" degree = socionomexamen ", "degree", "socionomexamen"),
        ("thesis=Barns röst = viktig", "thesis", "Barns röst = viktig"),
        ("thesis=", "thesis", ""),
    ],
)
def test_a_fact_is_typed_with_its_value_behind_an_equals_sign(
    typed: str, name: str, value: str | None
) -> None:
    assert parse_fact(typed, SEEN_ON, "Siv") == NewFact(name, value, SEEN_ON, "Siv")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("health", "fact-not-found"),
        ("degree", "fact-value-invalid"),
        ("assessment=", "fact-value-invalid"),
        ("left", "fact-text-missing"),
    ],
)
def test_a_fact_that_is_none_is_refused_before_anything_is_written(typed: str, code: str) -> None:
    with pytest.raises((NotFound, InvalidInput)) as wrong:
        parse_fact(typed, SEEN_ON)
    assert wrong.value.code == code


def test_a_facts_words_and_witness_are_kept_apart_from_the_log(office: Office) -> None:
    ref = office.add()
    noting.record(office.by(), [ref], [NewFact("thesis", "Barns röst", SEEN_ON, "Siv Hand")])
    remarks = {kind: text for _, kind, text, *_ in office.store.rows("looking.remarks", candidacy=1)}
    assert remarks == {"fact": "Barns röst", "seen-by": "Siv Hand"}
    log = " ".join(row[-1] for row in office.store.rows("log.read", candidacy=1))
    assert "Barns" not in log
    assert "Siv" not in log


def test_a_fact_about_the_person_holds_in_another_candidacy_of_hers(office: Office) -> None:
    office.unit("Barn och unga", child_and_youth=True)
    old = office.add("Anna")
    noting.record(office.by(), [old], [NewFact("register-check-seen", "criminal", SEEN_ON)])
    cohort = office.another_cohort(pipeline="direct", unit="Barn och unga")
    new = add_candidacy(office.by(), "Anna", cohort, TODAY).candidacy
    moves.advance(office.by(), [new], TODAY)
    for facts_, to in (("degree=socionomexamen", "interview"), ("references-checked", "references")):
        noting.record(office.by(), [new], [parse_fact(facts_, TODAY)])
        moves.advance(office.by(), [new], TODAY, to=to)
    moves.advance(office.by(), [new], TODAY)
    noting.record(office.by(), [new], [parse_fact("offer-accepted", TODAY)])
    assert moves.advance(office.by(), [new], TODAY)[0].done
    assert office.stands(new) == "hired"


def test_a_fact_is_withdrawn_where_it_was_recorded(office: Office) -> None:
    old = office.add("Anna")
    noting.record(office.by(), [old], [NewFact("degree", "other-degree", SEEN_ON)])
    new = add_candidacy(office.by(), "Anna", office.another_cohort(HT2026.next), TODAY).candidacy
    (refused,) = noting.withdraw_fact(office.by(), new, "degree", TODAY)
    assert isinstance(refused.error, Conflict)
    assert refused.error.details == {"fact": "degree", "ref": old}
    assert noting.withdraw_fact(office.by(), old, "degree", TODAY)[0].done
    assert facts(office, old) == []


@pytest.mark.parametrize("fact", ["degree", "assessment"])
def test_a_fact_that_nobody_recorded_is_not_withdrawn(office: Office, fact: str) -> None:
    (missing,) = noting.withdraw_fact(office.by(), office.add(), fact, TODAY)
    assert isinstance(missing.error, NotFound)
    assert missing.error.code == "fact-not-recorded"


def test_recording_nothing_is_a_mistake(office: Office) -> None:
    with pytest.raises(InvalidInput) as nothing:
        noting.record(office.by(), [office.add()], [])
    with pytest.raises(InvalidInput) as nobody:
        noting.assign(office.by(), ["C-1"], TODAY)
    assert (nothing.value.code, nobody.value.code) == ("fact-missing", "assign-whom")


def test_a_fact_recorded_anew_takes_the_place_of_the_old_one(office: Office) -> None:
    ref = office.add()
    for value in ("other-degree", "socionomexamen"):
        noting.record(office.by(), [ref], [NewFact("degree", value, SEEN_ON)])
    assert facts(office, ref) == [("degree", "socionomexamen")]
    kept = office.store.rows("looking.person_facts", person=1)
    assert [(name, value) for name, value, *_ in kept] == [("degree", "socionomexamen")]


def test_somebody_new_in_a_role_ends_the_earlier_assignment_that_day(office: Office) -> None:
    una, ref = office.staff("Una Ek"), office.add("Anna", "selected", on=SEEN_ON)
    noting.assign(office.by(), [ref], SEEN_ON, supervisor="Siv")
    noting.assign(office.by(), [ref], TODAY, supervisor=una)
    held = office.subject(ref).candidacy.assignments
    assert [(each.staff, each.from_on, each.to_on) for each in held] == [
        (1, SEEN_ON, TODAY),
        (2, TODAY, None),
    ]


def test_nobody_has_more_candidates_than_room(office: Office) -> None:
    una = office.staff("Una Ek", capacity=1)
    first, second = office.add("Anna", "selected"), office.add("Bo", "selected")
    done, refused = noting.assign(office.by(), [first, second], TODAY, supervisor=una)
    assert (done.done, [each.reason for each in refused.refused]) == (True, ["no-room"])
    assert refused.refused[0].facts["staff"] == una
    moves.close(office.by(), [first], TODAY, outcome="withdrawn")
    assert noting.assign(office.by(), [second], TODAY, supervisor=una)[0].done


def test_room_is_taken_only_while_a_candidacy_is_supervised(office: Office) -> None:
    una = office.staff("Una Ek", capacity=1)
    lead, selected = office.add("Anna"), office.add("Bo", "selected")
    assert all(each.done for each in noting.assign(office.by(), [lead, selected], TODAY, supervisor=una))
    moves.advance(office.by(), [lead], TODAY)
    along = moves.Along((NewFact("assessment", None, TODAY),))
    (refused,) = moves.advance(office.by(), [lead], TODAY, along=along)
    assert [(each.guard, each.reason) for each in refused.refused] == [("supervisor", "no-room")]


def test_nobody_new_is_given_to_one_who_has_left(office: Office) -> None:
    edit_staff(office.by(), "S-1", StaffChanges(left_on=TODAY))
    (refused,) = noting.assign(office.by(), [office.add("Anna", "selected")], TODAY, supervisor="S-1")
    assert [each.reason for each in refused.refused] == ["no-room"]


def test_an_assignment_is_of_somebody_there_is_in_a_role_she_has(office: Office) -> None:
    ref = office.add()
    office.staff("Una Ek")
    (unknown,) = noting.assign(office.by(), [ref], TODAY, mentor="S-9")
    (wrong,) = noting.assign(office.by(), [ref], TODAY, mentor="una")
    assert unknown.error is not None
    assert (unknown.error.code, wrong.refused[0].reason) == ("staff-not-found", "wrong-role")


def test_without_a_role_everybody_is_unassigned(office: Office) -> None:
    mentor, ref = office.staff("Mia Ek", "mentor"), office.add("Anna", "selected")
    noting.assign(office.by(), [ref], TODAY, supervisor="Siv", mentor=mentor)
    assert noting.unassign(office.by(), [ref], TODAY, roles=[])[0].done
    assert all(each.to_on == TODAY for each in office.subject(ref).candidacy.assignments)


@pytest.mark.parametrize("roles", [[], ["mentor"]])
def test_where_nobody_is_assigned_nobody_is_unassigned(office: Office, roles: list[str]) -> None:
    (missing,) = noting.unassign(office.by(), [office.add()], TODAY, roles=roles)
    assert missing.error is not None
    assert missing.error.code == "nobody-assigned"


def test_one_without_anybody_does_not_stop_the_others(office: Office) -> None:
    refs = [office.add("Anna"), office.add("Bo")]
    noting.assign(office.by(), refs[1:], TODAY, supervisor="Siv")
    done = noting.unassign(office.by(), refs, TODAY, roles=["supervisor"])
    assert [each.done for each in done] == [False, True]


def test_one_role_is_left_and_the_other_stays(office: Office) -> None:
    mentor, ref = office.staff("Mia Ek", "mentor"), office.add("Anna", "selected")
    noting.assign(office.by(), [ref], TODAY, supervisor="Siv", mentor=mentor)
    noting.unassign(office.by(), [ref], TODAY, roles=["supervisor"])
    now = office.subject(ref).candidacy
    assert (now.assigned("supervisor"), now.assigned("mentor")) == (None, 2)


def test_a_note_is_kept_with_its_day_and_writer(office: Office) -> None:
    office.add()
    assert notes.note(office.by("Bea"), "anna", "Ringde, återkommer", SEEN_ON) == "C-1.1"
    ((_, kind, text, on, _, actor),) = office.store.rows("looking.remarks", candidacy=1)
    assert (kind, text, on, actor) == ("note", "Ringde, återkommer", "2026-10-01", "Bea")


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_note_is_none(office: Office, text: str) -> None:
    office.add()
    with pytest.raises(InvalidInput) as empty:
        notes.note(office.by(), "C-1", text, TODAY)
    assert empty.value.code == "note-empty"
