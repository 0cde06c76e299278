"""Taking back: a move with all that went along, thirty ids at once, a name – but nothing of another's."""

from datetime import date

import pytest

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.errors import Conflict, Refused
from socrekry.services import moves, notes, noting
from socrekry.services.candidates import add_candidacy
from socrekry.services.cohorts import cohorts, edit_cohort
from socrekry.services.looking import show
from socrekry.services.moves import Along, Destination
from socrekry.services.noting import NewFact
from socrekry.services.persons import edit_candidate
from socrekry.services.undoing import Undo, undo, undo_last
from tests.builders import HT2026, TODAY, Office, next_in_line

ASSESSED = Along((NewFact("assessment", None, TODAY),))


def state(office: Office, ref: str) -> Candidacy:
    return office.subject(ref).candidacy._replace(entries=(), standing=())


def undone(office: Office, ref: str | None = None, actor: str = "Eva") -> Undo:
    writing = office.by(actor, "undo")
    return undo(writing, ref) if ref else undo_last(writing)


def refusals(answer: Undo) -> list[str]:
    return [verdict.reason for each in answer.outcomes for verdict in each.refused]


def test_a_move_is_taken_back_with_all_that_went_along(office: Office) -> None:
    mentor, ref = office.staff("Mia Ek", "mentor"), office.add("Anna", "selected")
    before = state(office, ref)
    along = Along((NewFact("university-confirmed", None, TODAY),), "siv", mentor, "plats")
    moves.advance(office.by(), [ref], TODAY, along=along)
    answer = undone(office, ref)
    assert (answer.command, [each.done for each in answer.outcomes]) == ("advance", [True])
    assert state(office, ref) == before


def test_again_goes_one_command_further_back(office: Office) -> None:
    ref = office.add("Anna", "applied")
    moves.advance(office.by(), [ref], TODAY, along=ASSESSED)
    seen = []
    for _ in range(3):
        undone(office, ref)
        seen.append(office.stands(ref))
    assert seen == ["applied", "lead", "void"]
    with pytest.raises(Refused) as nothing:
        undone(office, ref)
    assert nothing.value.code == "nothing-to-undo"


@pytest.mark.parametrize(
    "command",
    [
        lambda w, ref: moves.close(w, [ref], TODAY, outcome="declined", reason="annat"),
        lambda w, ref: moves.pause(w, [ref], TODAY, until=date(2027, 1, 1), reason="leave"),
        lambda w, ref: moves.transfer(w, [ref], TODAY, to=Destination(HT2026.next)),
        lambda w, ref: moves.correct(w, [ref], date(2026, 11, 10), stage="selected"),
        lambda w, ref: noting.record(w, [ref], [NewFact("thesis", "Barns röst", TODAY)]),
        lambda w, ref: noting.assign(w, [ref], TODAY, supervisor="Siv"),
        lambda w, ref: moves.advance(w, [ref], TODAY, along=Along(override="nu", supervisor="Siv")),
    ],
    ids=["close", "pause", "transfer", "correct", "record", "assign", "advance"],
)
def test_whatever_was_done_last_is_taken_back(office: Office, command: object) -> None:
    office.another_cohort(HT2026.next)
    ref = office.add("Anna", "selected", on=date(2026, 11, 1))
    before = state(office, ref)
    assert callable(command)
    assert command(office.by(), ref)[0].done
    assert state(office, ref) != before
    assert undone(office, ref).outcomes[0].done
    assert state(office, ref) == before


def test_an_undo_without_an_id_takes_back_a_command_of_thirty(office: Office) -> None:
    refs = [office.add(f"Sökande {n}") for n in range(30)]
    moves.advance(office.by(), refs, TODAY)
    answer = undone(office)
    assert [each.ref for each in answer.outcomes] == refs
    assert {office.stands(ref) for ref in refs} == {"lead"}
    undone(office)
    assert office.stands(refs[-1]) == "void"


def test_an_undo_without_an_id_is_of_ones_own_command(office: Office) -> None:
    mine, hers = office.add("Anna"), office.add("Bo")
    moves.advance(office.by("Eva"), [mine], TODAY)
    moves.advance(office.by("Bea"), [hers], TODAY)
    undone(office, actor="Eva")
    assert (office.stands(mine), office.stands(hers)) == ("lead", "applied")
    with pytest.raises(Refused):
        undone(office, actor="Cia")


def test_what_somebody_has_written_to_since_is_left_and_the_rest_taken_back(office: Office) -> None:
    refs = [office.add(name, note=f"om {name}") for name in ("Anna", "Bo", "Cia")]
    moves.advance(office.by("Eva"), refs, TODAY)
    moves.close(office.by("Bea"), refs[1:2], TODAY, outcome="no-reply")
    answer = undone(office, actor="Eva")
    assert [each.done for each in answer.outcomes] == [True, False, True]
    assert refusals(answer) == ["written-since"]
    assert [office.stands(ref) for ref in refs] == ["lead", "lost no-reply", "lead"]


def test_an_undo_of_an_id_takes_back_the_last_command_whoever_gave_it(office: Office) -> None:
    ref = office.add()
    moves.advance(office.by("Bea"), [ref], TODAY)
    assert undone(office, ref, "Eva").command == "advance"
    assert office.stands(ref) == "lead"


def test_a_seat_that_an_undo_frees_goes_to_whoever_waits_first(office: Office) -> None:
    edit_cohort(office.by(), office.cohort.label, seats=1)
    selected, waiting = office.add("Anna", "selected"), office.add("Bo", "applied")
    moves.reserve(office.by("Bea"), [waiting], TODAY)
    change = undone(office, selected).outcomes[0].change
    assert change is not None
    assert (next_in_line(change), change.from_stage, change.to_stage) == (waiting, "selected", "applied")
    assert office.taken() == 0


def test_an_undo_of_a_closing_finds_its_seat_taken(office: Office) -> None:
    edit_cohort(office.by(), office.cohort.label, seats=1)
    first, second = office.add("Anna", "selected"), office.add("Bo", "applied")
    moves.close(office.by(), [first], TODAY, outcome="declined")
    office.move(second, "selected")
    assert refusals(undone(office, first)) == ["cohort-full"]
    assert (office.stands(first), office.taken()) == ("lost declined", 1)


def test_an_undo_of_a_transfer_finds_the_seat_it_left_taken(office: Office) -> None:
    office.another_cohort(HT2026.next)
    edit_cohort(office.by(), office.cohort.label, seats=1)
    ref = office.add("Anna", "selected")
    moves.transfer(office.by(), [ref], TODAY, to=Destination(HT2026.next))
    office.add("Bo", "selected")
    assert refusals(undone(office, ref)) == ["cohort-full"]
    undone(office, "C-2")
    assert undone(office, ref).outcomes[0].done
    assert office.subject(ref).candidacy.cohort == office.cohort.id


def test_an_undo_of_an_assignment_finds_the_earlier_one_without_room(office: Office) -> None:
    una, mia = office.staff("Una Ek", capacity=1), office.staff("Mia Ek", capacity=1)
    first, second = office.add("Anna", "selected"), office.add("Bo", "selected")
    noting.assign(office.by(), [first], TODAY, supervisor=una)
    noting.assign(office.by(), [first], TODAY, supervisor=mia)
    noting.assign(office.by(), [second], TODAY, supervisor=una)
    assert refusals(undone(office, first)) == ["no-room"]


def test_an_added_candidate_is_taken_back_with_her_tags_and_notes(office: Office) -> None:
    ref = office.add("Anna Ek", email="anna@example.se", tags=["a", "b"], note="glad")
    answer = undone(office)
    assert office.stands(ref) == "void"
    assert sorted(each.entity for each in answer.reversed) == ["remark", "tag", "tag"]
    known = show(office.store, ref, TODAY)
    assert (known.candidacies, known.tags, known.notes) == ((), (), ())


def test_an_undo_that_cannot_put_back_everything_puts_back_nothing(office: Office) -> None:
    ref = office.add("Anna", tags=["a"])
    edit_candidate(office.by("Bea"), ref, {}, drop_tags=["a"])
    answer = undone(office)
    assert isinstance(answer.outcomes[0].error, Conflict)
    assert (office.stands(ref), answer.reversed) == ("lead", ())


def test_a_note_about_one_candidacy_is_not_taken_back_with_another(office: Office) -> None:
    first = office.add("Anna")
    moves.close(office.by(), [first], TODAY, outcome="withdrawn")
    second = add_candidacy(office.by(), first, office.cohort, TODAY).candidacy
    notes.note(office.by(), second, "ringde", TODAY)
    undo(office.by(command="undo"), first)
    assert office.stands(first) == "lead"
    assert [each.text for each in show(office.store, second, TODAY).notes] == ["ringde"]


def test_a_note_is_taken_back_before_the_move_that_came_before_it(office: Office) -> None:
    ref = office.add("Anna", "applied")
    notes.note(office.by(), ref, "ringde", TODAY)
    answer = undone(office, ref)
    assert ([each.entity for each in answer.reversed], answer.outcomes) == (["remark"], ())
    assert (office.stands(ref), show(office.store, ref, TODAY).notes) == ("applied", ())
    undone(office, ref)
    assert office.stands(ref) == "lead"


def test_what_was_mended_is_as_it_was(office: Office) -> None:
    ref = office.add("Anna Ek", phone="070", graduates=HT2026, university="sh", tags=["a"])
    before = show(office.store, ref, TODAY)
    changes = {"name": "Bo", "phone": None, "graduates": None, "university": "oru", "email": "bo@example.se"}
    edit_candidate(office.by(), ref, changes, add_tags=["b"], drop_tags=["a"])
    assert len(undone(office, ref).reversed) == 7
    assert show(office.store, ref, TODAY) == before


def test_what_somebody_has_mended_since_is_not_put_back(office: Office) -> None:
    ref = office.add("Anna Ek")
    edit_candidate(office.by("Eva"), ref, {"name": "Anna Berg"})
    edit_candidate(office.by("Bea"), ref, {"name": "Anna Cederlund"})
    with pytest.raises(Conflict) as since:
        undone(office, actor="Eva")
    assert since.value.code == "changed-since"
    assert show(office.store, ref, TODAY).name == "Anna Cederlund"


def test_an_undo_of_an_id_leaves_what_the_same_command_changed_of_others(office: Office) -> None:
    for name in ("Anna", "Bo"):
        office.add(name)
    both = office.by(command="import")
    for number in (1, 2):
        edit_candidate(both, f"C-{number}", {"phone": "070"}, add_tags=["ny"])
    assert {each.key.partition(":")[0] for each in undone(office, "C-1").reversed} == {"1"}
    assert [show(office.store, f"C-{number}", TODAY).phone for number in (1, 2)] == [None, "070"]


def test_a_cohort_is_taken_back_while_nobody_is_in_it(office: Office) -> None:
    another = office.another_cohort(HT2026.next)
    office.add("Anna", cohort=another)
    with pytest.raises(Refused) as used:
        undo_last(office.by(command="undo", dry_run=True)) and undone(office) and undone(office)
    assert used.value.code == "in-use"


def test_an_unused_cohort_is_gone(office: Office) -> None:
    office.another_cohort(HT2026.next)
    assert len(cohorts(office.store)) == 2
    assert undone(office).command == "add-cohort"
    assert [each.cohort.id for each in cohorts(office.store)] == [office.cohort.id]


def test_a_rehearsed_undo_tells_all_and_takes_back_nothing(office: Office) -> None:
    ref = office.add("Anna", tags=["a"], note="glad")
    rehearsed = undo_last(office.by(command="undo", dry_run=True))
    assert office.stands(ref) == "lead"
    done = undo_last(office.by(command="undo"))
    assert (rehearsed.outcomes, rehearsed.reversed) == (done.outcomes, done.reversed)


def test_a_slow_command_that_another_overtook_is_still_the_last_to_be_taken_back(office: Office) -> None:
    first, second = office.add("Anna"), office.add("Bo")
    slow = office.by("Eva")
    moves.advance(slow, [first], TODAY)
    noting.record(office.by("Bea"), [second], [NewFact("thesis", None, TODAY)])
    moves.advance(slow, [second], TODAY)
    assert undone(office, second).command == "advance"
    assert (office.stands(second), len(office.subject(second).candidacy.facts)) == ("lead", 1)


def test_an_undo_is_not_itself_taken_back(office: Office) -> None:
    ref = office.add("Anna", "applied")
    undone(office)
    assert undone(office).command == "add-candidate"
    assert office.stands(ref) == "void"
