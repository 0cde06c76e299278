"""Where row security hides the candidates of other units, what one does is still right, or is refused."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from typing import Any

import pytest

from socrekry.domain import intents
from socrekry.domain.errors import Conflict, NotFound, Refused, SocrekryError, StoreUnavailable
from socrekry.domain.names import shown_name
from socrekry.domain.term import Term
from socrekry.reports.waiting import FREE_SEATS, RESERVE, waiting
from socrekry.services import moves
from socrekry.services.acting import Outcome, Step, act_on
from socrekry.services.activity_recording import edit_activity
from socrekry.services.candidates import add_candidacy
from socrekry.services.checking import check
from socrekry.services.cohorts import cohorts, edit_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.looking import show
from socrekry.services.merging import merge
from socrekry.services.moves import Destination
from socrekry.services.noting import NewFact
from socrekry.services.persons import edit_candidate, protect
from socrekry.services.staffing import StaffChanges, add_staff, edit_staff, staff
from socrekry.services.themes import add_theme
from socrekry.services.undoing import undo, undo_last
from socrekry.services.voices import add_voice
from socrekry.services.waiting_lines import Waiting
from tests.builders import HT2026, TODAY, Office
from tests.services.imports import imported
from tests.units_apart import ADULTS, ANNA, BO, CHILDREN, EDA, Apart, an_office_of, units_apart

Enter = Callable[..., Office]
CHILDREN_ID, ADULTS_ID = 1, 2
ASSESSED = NewFact("assessment", None, TODAY)


@pytest.fixture
def apart() -> Apart:
    return units_apart()


@pytest.fixture
def enter(apart: Apart) -> Iterator[Enter]:
    """Give a way in for each who may log in."""
    with ExitStack() as stack:

        def office(role: str = "") -> Office:
            login = getattr(apart.logins, role) if role else ""
            return an_office_of(stack.enter_context(closing(apart.opened(login))))

        yield office


def the_error(outcomes: tuple[Outcome, ...]) -> SocrekryError | None:
    (outcome,) = outcomes
    return outcome.error


@pytest.mark.parametrize("ref", [BO, "C-2.1", "bo@exempel.se", "Bo Ed", EDA])
def test_whom_one_may_not_see_is_not_found(enter: Enter, ref: str) -> None:
    with pytest.raises(NotFound):
        find_candidacy(enter("children").store, ref)
    assert find_candidacy(enter("adults").store, ref)


def test_all_of_one_s_own_is_done_as_ever(enter: Enter) -> None:
    office = enter("children")
    ref = office.add("Eva Ny", "applied", unit=CHILDREN_ID, email="eva@exempel.se", tags=["ny"], note="Ring")
    assert (ref, office.stands(ref)) == ("C-6.1", "applied")
    edit_candidate(office.by(), ref, {"phone": "070-9"})
    assert show(office.store, ref, TODAY).phone == "070-9"
    assert undo(office.by(), ref).reversed[0].field == "phone"
    with pytest.raises(NotFound):
        find_candidacy(enter("adults").store, ref)


def test_a_candidate_of_no_unit_is_everybody_s(enter: Enter) -> None:
    ref = enter("nothing").add("Eva Ny", "applied")
    assert [enter(role).stands(ref) for role in ("children", "adults", "everything")] == ["applied"] * 3


def test_nobody_adds_a_candidate_whom_she_could_not_see(enter: Enter) -> None:
    office = enter("children")
    with pytest.raises(Refused, match="out-of-sight"):
        office.add("Eva Ny", unit=ADULTS_ID)
    assert office.add("Eva Ny", unit=CHILDREN_ID) == "C-7.1"  # a number is not given twice
    assert len(enter().store.rows("log.read", candidacy=8)) == 1


def test_an_address_of_somebody_hidden_is_refused_without_a_word_about_her(enter: Enter) -> None:
    office = enter("children")
    with pytest.raises(Refused) as raised:
        office.add("Eva Ny", unit=CHILDREN_ID, email="Bo@exempel.se")
    assert (raised.value.code, raised.value.details) == ("email-known-elsewhere", {})
    with pytest.raises(Refused, match="email-known-elsewhere"):
        edit_candidate(office.by(), ANNA, {"email": "bo@exempel.se"})
    with pytest.raises(Refused, match=r"email-known\(.*C-4"):
        office.add("Eva Ny", unit=CHILDREN_ID, email="dag@exempel.se")


def test_an_address_that_was_given_away_meanwhile_does_not_come_back(enter: Enter) -> None:
    office = enter("children")
    edit_candidate(office.by(), ANNA, {"email": "ny@exempel.se"})
    enter("adults").add("Eva Ny", unit=ADULTS_ID, email="anna@exempel.se")
    with pytest.raises(Refused, match="email-known-elsewhere"):
        undo(office.by(), ANNA)
    assert show(office.store, ANNA, TODAY).email == "ny@exempel.se"


def test_another_unit_is_let_in_by_a_candidacy_of_its_own(enter: Enter) -> None:
    office = enter("children")
    another = office.another_cohort(Term.parse("HT2027"))
    added = add_candidacy(office.by(), ANNA, another, TODAY, unit=ADULTS_ID)
    assert added.candidacy == "C-1.2"
    assert enter("adults").stands("C-1.1") == office.stands("C-1.1") == "placement"


def test_nobody_is_transferred_out_of_sight_by_who_would_lose_her(enter: Enter) -> None:
    office = enter("children")
    outcomes = moves.transfer(office.by(), [ANNA], TODAY, to=Destination(unit=ADULTS))
    assert getattr(the_error(outcomes), "code", None) == "out-of-sight"
    assert office.subject("C-1.1").candidacy.unit == CHILDREN_ID
    (done,) = moves.transfer(office.by(), ["C-4.2"], TODAY, to=Destination(unit=CHILDREN))
    assert done.done
    (kept,) = moves.transfer(office.by(), ["C-4.1"], TODAY, to=Destination(unit=ADULTS))
    assert kept.done


def test_whoever_sees_both_units_transfers_and_only_she_takes_it_back(enter: Enter) -> None:
    (moved,) = moves.transfer(enter("everything").by(), [ANNA], TODAY, to=Destination(unit=ADULTS))
    assert moved.done
    with pytest.raises(NotFound):
        find_candidacy(enter("children").store, ANNA)
    with pytest.raises(Refused, match="out-of-sight"):
        undo(enter("adults").by(), ANNA)
    assert undo(enter("everything").by(), ANNA).outcomes[0].done
    assert enter("children").stands("C-1.1") == "placement"


def test_seats_are_counted_whoever_has_them(enter: Enter) -> None:
    office = enter("children")
    first, second = (office.add(name, "applied", unit=CHILDREN_ID) for name in ("Eva", "Fia"))
    office.move(first, "selected")
    (refused,) = moves.advance(office.by(), [second], TODAY, along=moves.Along((ASSESSED,)))
    assert refused.refused[0].facts == {"seats": 3, "taken": 3}
    (intake,) = cohorts(office.store, HT2026, "trainee")
    assert (intake.taken, intake.free) == (3, 0)
    with pytest.raises(Refused, match="seats-taken"):
        edit_cohort(office.by(), office.cohort.label, seats=2)


def test_room_is_counted_whoever_takes_it(enter: Enter) -> None:
    office = enter("children")
    (siv,) = staff(office.store, HT2026)
    (load,) = siv.loads
    assert ([each.id for each in load.candidates], load.out_of_sight) == (["C-1.1"], (("supervisor",),))
    assert (load.taken, load.free) == (2, 998)
    with pytest.raises(Refused) as raised:
        edit_staff(office.by(), "S-1", StaffChanges(capacity=1))
    assert (raised.value.code, raised.value.details["taken"], raised.value.details["out_of_sight"]) == (
        "capacity-taken", 2, 1)  # fmt: skip


def test_a_role_is_in_use_whoever_it_is_used_for(enter: Enter) -> None:
    office = enter("nothing")
    with pytest.raises(Refused, match="role-in-use"):
        edit_staff(office.by(), "S-1", StaffChanges(drop_roles=("supervisor",)))


def test_a_full_supervisor_is_full_for_everybody(enter: Enter) -> None:
    office = enter("children")
    edit_staff(office.by(), "S-1", StaffChanges(capacity=2))
    ref = office.add("Eva", "selected", unit=CHILDREN_ID)
    confirmed = NewFact("university-confirmed", None, TODAY)
    (refused,) = moves.advance(
        office.by(), [ref], TODAY, along=moves.Along((confirmed,), "S-1", override="ingen mentor")
    )
    assert [(each.guard, each.facts["taken"]) for each in refused.refused] == [("supervisor", 2)]


def test_nobody_is_called_first_in_line_who_is_not(enter: Enter) -> None:
    office = enter("children")
    (closed,) = moves.close(office.by(), [ANNA], TODAY, outcome="declined")
    assert closed.change is not None
    assert closed.change.next_in_line == Waiting(None, None)
    assert edit_cohort(office.by(), office.cohort.label, seats=9).first_in_line == Waiting(None, None)
    kinds = {each.kind for each in waiting(office.store, TODAY)}
    assert not kinds & {RESERVE, FREE_SEATS}
    (item,) = (each for each in waiting(enter("adults").store, TODAY) if each.kind == RESERVE)
    assert item.id == "C-5.1"
    moves.close(enter("adults").by(), [EDA], TODAY, outcome="withdrawn")
    assert edit_cohort(office.by(), office.cohort.label, seats=10).first_in_line == Waiting(
        "C-3.1", "Cia Öst"
    )


def test_what_one_does_not_see_is_not_half_undone(apart: Apart, enter: Enter) -> None:
    office = enter("everything")
    moves.pause(office.by("Gun"), ["C-4.1", EDA], TODAY, until=TODAY.replace(month=12), reason="leave")
    with pytest.raises(Refused) as raised:
        undo_last(enter("children").by("Gun"))
    assert (raised.value.code, raised.value.details) == ("undo-out-of-sight", {"command": "advance"})
    assert undo(enter("children").by("Gun"), "C-4.1").outcomes[0].done


def test_a_change_that_is_hidden_by_now_is_not_passed_over(enter: Enter) -> None:
    office = enter("everything")
    office.unit("Äldre")
    edit_candidate(office.by(), BO, {"phone": "070-3"})
    with pytest.raises(Refused, match="undo-out-of-sight"):
        undo_last(enter("children").by())
    assert undo_last(enter("adults").by()).reversed[0].entity == "person"


def test_an_activity_is_not_redated_away_from_those_who_are_hidden(enter: Enter) -> None:
    with pytest.raises(Refused, match="out-of-sight"):
        edit_activity(enter("children").by(), "A-1", {"on": TODAY - timedelta(days=1)})
    assert edit_activity(enter("children").by(), "A-1", {"title": "Mässa"}).title == "Mässa"
    assert edit_activity(enter("adults").by(), "A-1", {"on": TODAY - timedelta(days=1)}).touched == 2


def test_a_theme_that_somebody_hidden_spoke_of_stays(enter: Enter) -> None:
    add_theme(enter("children").by("Gun"), "fika", "Fikaraster")
    add_voice(enter("adults").by(), BO, "wish", "fika")
    with pytest.raises(Refused, match="in-use"):
        undo_last(enter("children").by("Gun"))


def test_a_row_of_a_file_that_is_about_somebody_hidden_is_bad_and_tells_nothing(enter: Enter) -> None:
    office = enter("children")
    text = "name,email\nEva Ny,eva@exempel.se\nBo E,bo@exempel.se\nDag,dag@exempel.se\n"
    where: dict[str, Any] = {"unit": None, "term": HT2026, "pipeline": "trainee", "keep_good": True}
    for choice, last in (("fail", "email-known"), ("skip", None)):
        answer = imported(office.store, text, dry_run=choice == "fail", on_duplicate=choice, **where)
        assert [(each.line, each.code) for each in answer.bad if each.code != last] == [
            (3, "email-known-elsewhere")
        ]
        assert "Bo Ed" not in str(answer.bad)
        assert [each.name for each in answer.imported] == ["Eva Ny"]


def test_an_identity_is_protected_under_a_number_that_nobody_has(enter: Enter) -> None:
    assert protect(enter("adults").by(), BO) == shown_name(None, 1)
    assert protect(enter("children").by(), ANNA) == shown_name(None, 2)


def test_a_check_by_one_who_does_not_see_all_of_it_is_refused(enter: Enter) -> None:
    with pytest.raises(StoreUnavailable, match="store-seen-in-part"):
        check(enter("children").store)
    assert check(enter().store).defects == ()


def test_everybody_s_writes_leave_a_whole_store(enter: Enter) -> None:
    for role, unit in (("children", CHILDREN_ID), ("adults", ADULTS_ID), ("everything", ADULTS_ID)):
        office = enter(role)
        ref = office.add(f"Ny {role}", "applied", unit=unit)
        moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
        undo_last(office.by())
        add_staff(office.by(), f"Siv {role}", ["mentor"])
    assert check(enter().store).defects == ()


def test_two_units_write_to_the_one_they_share_and_one_of_them_is_told(enter: Enter) -> None:
    children, adults = enter("children"), enter("adults")
    found = find_candidacy(adults.store, "C-4.1")
    children.move("C-4.1", "applied")
    pause = Step(intents.Pause(TODAY.replace(month=12), "leave"), TODAY)
    (outcome,) = act_on(adults.by(), [found], lambda *_: [pause])
    assert isinstance(outcome.error, Conflict)


def test_whoever_sees_two_persons_merges_all_that_they_have_and_takes_it_back(enter: Enter) -> None:
    office, whole = enter("children"), enter()
    merge(office.by(command="merge"), ANNA, "C-4")
    assert [each.candidacy for each in show(whole.store, "C-4", TODAY).candidacies] == ["C-1.1", "C-1.3"]
    assert check(whole.store).found == 0
    undo_last(office.by(command="undo"))
    assert [each.candidacy for each in show(whole.store, "C-4", TODAY).candidacies] == ["C-4.1", "C-4.2"]
    assert check(whole.store).found == 0


def test_one_who_is_hidden_is_merged_with_nobody(enter: Enter) -> None:
    office = enter("children")
    for kept, gone in ((ANNA, BO), (BO, ANNA)):
        with pytest.raises(NotFound):
            merge(office.by(command="merge"), kept, gone)


def test_whoever_was_merged_is_seen_where_she_whom_she_became_is(enter: Enter, apart: Apart) -> None:
    office = enter("adults")
    moves.close(office.by(), [BO], TODAY, outcome="declined")
    merge(office.by(command="merge"), EDA, BO)
    seen = "SELECT id FROM person WHERE id = 2 UNION ALL SELECT person_id FROM merged"
    for role, ids in (("children", []), ("adults", [(2,), (2,)])):
        with closing(apart.past_the_program(getattr(apart.logins, role))) as somebody:
            assert somebody.run(seen) == ids
    with pytest.raises(NotFound):
        show(enter("children").store, BO, TODAY)


def test_a_file_comes_in_where_units_are_apart(enter: Enter) -> None:
    office, rows = enter("children"), "".join(f"Nr {n},nr{n}@exempel.se,a,Ring\n" for n in range(3))
    answer = imported(office.store, f"name,email,tags,note\n{rows}", unit=CHILDREN, pipeline="trainee")
    assert (answer.kept, len(answer.imported), answer.bad) == (True, 3, ())
    assert not check(enter().store).defects
