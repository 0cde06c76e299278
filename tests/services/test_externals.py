"""Those who are in no pipeline take a place in a supervisor's room as a candidate does, whichever way."""

from datetime import date

import pytest

from socrekry.domain import intents
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused, SocrekryError
from socrekry.domain.term import Term
from socrekry.services import moves, noting
from socrekry.services.acting import Outcome, Step, act
from socrekry.services.externals import assign_external, unassign_external
from socrekry.services.loads import read_staff
from socrekry.services.staffing import StaffChanges, edit_staff, staff
from socrekry.services.undoing import undo, undo_last
from tests.builders import HT2026, TODAY, Office

VFU = "VFU-student Örebro"
ROOMY = "S-2"


@pytest.fixture
def office(office: Office) -> Office:
    """An office with a supervisor (S-2) who has room for two, and one of them is an ordinary student."""
    office.staff("Per Hand", "supervisor", "mentor", capacity=2)
    assign_external(office.by(), VFU, TODAY, supervisor=ROOMY)
    return office


def supervised(office: Office, name: str, stage: str = "selected", **more: object) -> str:
    """Add a candidate whom the supervisor with room for two has."""
    ref = office.add(name, stage, **more)  # type: ignore[arg-type]
    (outcome,) = noting.assign(office.by(), [ref], TODAY, supervisor=ROOMY)
    assert outcome.done, outcome
    return ref


def refusal(outcomes: tuple[Outcome, ...]) -> tuple[str, int, int]:
    """Return why the one was refused: the reason, how many are there, and the room."""
    (verdict,) = outcomes[0].refused
    return verdict.reason, verdict.facts["taken"], verdict.facts["capacity"]


def labels(office: Office, term: Term = HT2026) -> list[str]:
    """Return whom the supervisor has besides candidates."""
    return [each.label for load in read_staff(office.store, 2).loads if load.term == term
            for each in load.externals]  # fmt: skip


def test_one_in_no_pipeline_takes_a_place(office: Office) -> None:
    supervised(office, "Anna Ek")
    (load,) = read_staff(office.store, 2).loads
    assert (load.taken, load.free, [each.label for each in load.externals]) == (2, 0, [VFU])
    assert [each.label for each in staff(office.store, HT2026, free=True)] == ["S-1"]


class TestASecondCandidateFindsNoRoom:
    """With one candidate and one in no pipeline, room for two is taken, however the next one comes."""

    def test_when_she_is_assigned(self, office: Office) -> None:
        supervised(office, "Anna Ek")
        ref = office.add("Bo Öst", "selected")
        outcomes = noting.assign(office.by(), [ref], TODAY, supervisor=ROOMY)
        assert refusal(outcomes) == ("no-room", 2, 2)

    def test_when_she_advances_with_her(self, office: Office) -> None:
        supervised(office, "Anna Ek")
        ref = office.add("Bo Öst", "applied")
        along = moves.Along((noting.NewFact("assessment", None, TODAY),), ROOMY)
        assert refusal(moves.advance(office.by(), [ref], TODAY, along=along)) == ("no-room", 2, 2)

    def test_when_she_comes_to_a_supervised_stage(self, office: Office) -> None:
        ref = office.add("Bo Öst", "applied")
        noting.assign(office.by(), [ref], TODAY, supervisor=ROOMY)
        supervised(office, "Anna Ek")
        along = moves.Along((noting.NewFact("assessment", None, TODAY),))
        assert refusal(moves.advance(office.by(), [ref], TODAY, along=along)) == ("no-room", 2, 2)

    @pytest.mark.parametrize("way", ["reopen", "undo"])
    def test_when_her_closing_is_taken_back(self, office: Office, way: str) -> None:
        ref = supervised(office, "Bo Öst")
        moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
        supervised(office, "Anna Ek")
        if way == "reopen":
            outcomes = moves.reopen(office.by(), [ref], TODAY)
        else:
            outcomes = act(office.by(), [ref], lambda _, __: [Step(intents.Undo(), TODAY)])
        assert refusal(outcomes) == ("no-room", 2, 2)

    def test_when_she_is_transferred_to_the_term(self, office: Office) -> None:
        supervised(office, "Anna Ek")
        ref = supervised(office, "Bo Öst", cohort=office.another_cohort(Term(2027, 1)))
        outcomes = moves.transfer(office.by(), [ref], TODAY, to=moves.Destination(HT2026))
        assert refusal(outcomes) == ("no-room", 2, 2)

    def test_when_she_is_imported(self, office: Office) -> None:
        supervised(office, "Anna Ek")
        ref = office.add("Bo Öst", "applied")
        noting.assign(office.by(), [ref], TODAY, supervisor=ROOMY)
        move = Step(intents.Advance("selected", imported=True), TODAY)
        assert refusal(act(office.by(), [ref], lambda _, __: [move])) == ("no-room", 2, 2)


@pytest.mark.parametrize("taken_by", ["candidate", "external"])
def test_beyond_the_room_nobody_else_is_taken(office: Office, taken_by: str) -> None:
    if taken_by == "candidate":
        supervised(office, "Anna Ek")
    else:
        assign_external(office.by(), "VFU-student Umeå", TODAY, supervisor=ROOMY)
    with pytest.raises(Refused) as raised:
        assign_external(office.by(), "En till", TODAY, supervisor=ROOMY)
    assert raised.value.code == "capacity-taken"
    assert (raised.value.details["taken"], raised.value.details["capacity"]) == (3, 2)
    assert {"label": VFU} in raised.value.details["externals"]
    assert "En till" not in labels(office)


def test_both_roles_for_one_take_one_place(office: Office) -> None:
    supervised(office, "Anna Ek")
    assign_external(office.by(), VFU.upper(), TODAY, mentor=ROOMY)
    (load,) = read_staff(office.store, 2).loads
    assert [(each.label, each.roles) for each in load.externals] == [(VFU, ("supervisor", "mentor"))]
    ref = office.add("Bo Öst", "applied")
    around = office.store.row(
        "candidacy.room", staff=2, term=HT2026.code, candidacy=office.subject(ref).id,
        today=TODAY.isoformat(), current=HT2026.code,
    )  # fmt: skip
    assert around == (2, 2)


@pytest.mark.parametrize(
    ("label", "more", "code"),
    [
        (f" {VFU.lower()} ", {"supervisor": "S-1"}, "external-known"),
        ("Ny", {"mentor": "S-1"}, "wrong-role"),
        ("Ny", {"supervisor": "S-9"}, "staff-not-found"),
        ("Ny", {}, "assign-whom"),
        (" ", {"supervisor": "S-1"}, "text-missing"),
        ("x" * 121, {"supervisor": "S-1"}, "text-too-long"),
    ],
)
def test_what_cannot_be_assigned_is_refused(
    office: Office, label: str, more: dict[str, str], code: str
) -> None:
    with pytest.raises(SocrekryError) as raised:
        assign_external(office.by(), label, TODAY, **more)  # type: ignore[arg-type]
    assert raised.value.code == code


def test_a_day_that_no_term_is_near_needs_a_term(office: Office) -> None:
    with pytest.raises(InvalidInput, match="date-out-of-range"):
        assign_external(office.by(), "Ny", date(1800, 1, 1), supervisor="S-1")


def test_nothing_is_assigned_where_one_of_two_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match="wrong-role"):
        assign_external(office.by(), "Ny", TODAY, supervisor=ROOMY, mentor="S-1")
    assert labels(office) == [VFU]


def test_who_has_left_has_room_for_nobody(office: Office) -> None:
    edit_staff(office.by(), "S-1", StaffChanges(left_on=TODAY))
    with pytest.raises(Refused) as raised:
        assign_external(office.by(), "Ny", TODAY, supervisor="S-1")
    assert raised.value.details["capacity"] == 0


def test_the_same_label_serves_in_another_term(office: Office) -> None:
    later = assign_external(office.by(), VFU, TODAY, supervisor=ROOMY, term=Term(2027, 1))
    assert [str(each.term) for each in later] == ["VT2027"]
    with pytest.raises(Ambiguous) as raised:
        unassign_external(office.by(), VFU, TODAY)
    assert raised.value.details["candidates"] == [
        {"label": VFU, "term": "HT2026"}, {"label": VFU, "term": "VT2027"}
    ]  # fmt: skip
    unassign_external(office.by(), VFU, TODAY, term=HT2026)
    assert labels(office) == []
    assert labels(office, Term(2027, 1)) == [VFU]


def test_what_is_ended_leaves_its_place(office: Office) -> None:
    supervised(office, "Anna Ek")
    (ended,) = unassign_external(office.by(), "örebro", TODAY)
    assert (ended.label, ended.to_on) == (VFU, TODAY)
    supervised(office, "Bo Öst")


def test_only_the_role_that_is_named_is_ended(office: Office) -> None:
    assign_external(office.by(), VFU, TODAY, mentor=ROOMY)
    assert [each.role for each in unassign_external(office.by(), VFU, TODAY, roles=["mentor"])] == ["mentor"]
    with pytest.raises(NotFound, match="nobody-assigned"):
        unassign_external(office.by(), VFU, TODAY, roles=["mentor"])
    assert labels(office) == [VFU]


def test_a_label_that_nobody_has_lists_those_there_are(office: Office) -> None:
    with pytest.raises(NotFound) as raised:
        unassign_external(office.by(), "Umeå", TODAY)
    assert raised.value.details["externals"] == [{"label": VFU, "term": "HT2026"}]


@pytest.mark.parametrize(
    ("on", "code"), [(date(2026, 11, 19), "ends-before-it-begins"), (date(2026, 11, 21), "date-in-future")]
)
def test_it_ends_on_a_day_that_has_come_since(office: Office, on: date, code: str) -> None:
    with pytest.raises(InvalidInput, match=code):
        unassign_external(office.by(), VFU, on)


def test_a_term_that_is_over_binds_nobody(office: Office) -> None:
    long_ago = date(2025, 9, 15)
    for label in ("Ett", "Två", "Tre"):
        assign_external(office.by(), label, long_ago, supervisor=ROOMY)
    edit_staff(office.by(), ROOMY, StaffChanges(capacity=1))
    shown = {str(load.term): load.taken for each in staff(office.store, on=TODAY) for load in each.loads}
    assert shown == {"HT2026": 1}
    asked = staff(office.store, Term(2025, 2), on=TODAY)
    assert [load.taken for each in asked for load in each.loads if each.id == 2] == [3]


def test_a_term_that_is_over_leaves_room_for_a_candidate_of_its_cohort(office: Office) -> None:
    for label in ("Ett", "Två"):
        assign_external(office.by(), label, date(2025, 9, 15), supervisor=ROOMY)
    ref = supervised(office, "Anna Ek", cohort=office.another_cohort(Term(2025, 2)))
    assert [each.staff for each in office.subject(ref).candidacy.assignments] == [2]


def test_there_cannot_be_less_room_than_they_take(office: Office) -> None:
    with pytest.raises(Refused) as raised:
        edit_staff(office.by(), ROOMY, StaffChanges(capacity=0))
    assert (raised.value.code, raised.value.details["externals"]) == ("capacity-taken", [{"label": VFU}])
    with pytest.raises(Refused, match="role-in-use"):
        edit_staff(office.by(), ROOMY, StaffChanges(drop_roles=("supervisor",)))


class TestUndo:
    """What was assigned and ended is put back, within the same limits."""

    def test_an_assignment_is_taken_back(self, office: Office) -> None:
        undo_last(office.by())
        assert labels(office) == []

    def test_an_ending_is_taken_back(self, office: Office) -> None:
        unassign_external(office.by(), VFU, TODAY)
        undo_last(office.by())
        assert labels(office) == [VFU]

    def test_an_ending_is_not_taken_back_beyond_the_room(self, office: Office) -> None:
        unassign_external(office.by("Bo"), VFU, TODAY)
        for name in ("Anna Ek", "Bo Öst"):
            supervised(office, name)
        with pytest.raises(Refused, match="capacity-taken"):
            undo_last(office.by("Bo"))

    def test_nor_where_another_has_the_label(self, office: Office) -> None:
        unassign_external(office.by("Bo"), VFU, TODAY)
        assign_external(office.by(), VFU, TODAY, supervisor="S-1")
        with pytest.raises(Refused, match="external-known"):
            undo_last(office.by("Bo"))

    def test_a_candidates_closing_is_not_taken_back_into_a_place_that_is_gone(self, office: Office) -> None:
        ref = supervised(office, "Anna Ek")
        moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
        assign_external(office.by(), "En till", TODAY, supervisor=ROOMY)
        (outcome,) = undo(office.by(), ref).outcomes
        assert not outcome.done
        assert office.stands(ref) == "lost withdrawn"
