"""Looking at one candidate: all there is, what each step on would need, and what happened."""

from datetime import date

import pytest

from socrekry.domain.errors import NotFound
from socrekry.domain.events import Corrected, Moved, Opened, Undone
from socrekry.services import moves, notes, noting
from socrekry.services.candidates import add_candidacy
from socrekry.services.looking import history, next_moves, show
from socrekry.services.moves import Along, Destination
from socrekry.services.noting import NewFact
from socrekry.services.undoing import undo
from tests.builders import HT2026, TODAY, Office


def test_every_way_on_is_told_with_each_guard_met_or_not(office: Office) -> None:
    ref = office.add("Anna", "applied")
    ways = next_moves(office.store, ref, TODAY).ways
    assert [(way.transition.target, way.allowed) for way in ways] == [("reserve", True), ("selected", False)]
    assert [(each.guard, each.met) for each in ways[1].verdicts] == [
        ("assessment", False),
        ("free-seat", True),
    ]


def test_from_where_it_is_over_no_way_leads(office: Office) -> None:
    ref = office.add()
    moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
    assert next_moves(office.store, ref, TODAY).ways == ()
    assert show(office.store, ref, TODAY).next is None


def test_all_there_is_about_a_person_is_on_one_page(office: Office) -> None:
    mentor = office.staff("Mia Ek", "mentor")
    ref = office.add("Åsa Lind", "selected", university="sh", graduates=HT2026, tags=["x"])
    noting.assign(office.by(), [ref], TODAY, supervisor="Siv", mentor=mentor)
    notes.note(office.by("Bea"), ref, "ringde", TODAY)
    known = show(office.store, "åsa", TODAY)
    assert (known.id, known.name, known.tags) == ("C-1", "Åsa Lind", ("x",))
    assert (known.university_name, known.graduates) == ("Södertörns högskola", HT2026)
    assert [(each.text, each.actor) for each in known.notes] == [("ringde", "Bea")]
    (candidacy,) = known.candidacies
    assert candidacy.assigned == (("supervisor", "S-1", "Siv Hand"), ("mentor", "S-2", "Mia Ek"))
    assert (candidacy.stage, candidacy.since, candidacy.due_on) == ("selected", TODAY, date(2027, 3, 20))


def test_a_persons_facts_are_shown_with_where_they_were_recorded(office: Office) -> None:
    ref = office.add("Anna")
    noting.record(office.by(), [ref], [NewFact("degree", "other-degree", TODAY, "Siv Hand")])
    noting.record(office.by(), [ref], [NewFact("thesis", "Barns röst", TODAY)])
    degree, thesis = show(office.store, ref, TODAY).facts
    assert (degree.value, degree.seen_by, degree.about_person) == ("other-degree", "Siv Hand", True)
    assert (thesis.value, thesis.text, thesis.about_person, thesis.candidacy) == (
        None,
        "Barns röst",
        False,
        ref,
    )


def test_every_candidacy_of_a_person_is_shown_and_the_open_one_has_a_next(office: Office) -> None:
    first = office.add("Anna")
    moves.close(office.by(), [first], TODAY, outcome="withdrawn")
    second = add_candidacy(office.by(), "Anna", office.another_cohort(HT2026.next), TODAY).candidacy
    known = show(office.store, first, TODAY)
    assert [(each.candidacy, each.state, each.outcome) for each in known.candidacies] == [
        (first, "lost", "withdrawn"),
        (second, "open", None),
    ]
    assert known.next is not None
    assert known.next.subject.label == second


def test_a_rest_and_a_place_in_line_are_shown(office: Office) -> None:
    ref = office.add("Anna", "applied")
    moves.reserve(office.by(), [ref], TODAY, rank=2)
    moves.pause(office.by(), [ref], TODAY, until=date(2027, 1, 1), reason="leave")
    (candidacy,) = show(office.store, ref, TODAY).candidacies
    assert (candidacy.stage, candidacy.rank, candidacy.paused_until) == ("reserve", 2, date(2027, 1, 1))


def test_a_history_tells_what_was_undone_and_by_which_event(office: Office) -> None:
    ref = office.add("Anna")
    moves.advance(office.by("Bea"), [ref], TODAY, along=Along(reason="på mässan"))
    undo(office.by("Eva", "undo"), ref)
    told = history(office.store, ref).happenings
    assert [(each.seq, each.actor, each.command, each.undone_by) for each in told] == [
        (1, "Eva", "add-candidate", None),
        (2, "Bea", "advance", 3),
        (3, "Eva", "undo", None),
    ]
    assert [type(each.event) for each in told] == [Opened, Moved, Undone]


def test_a_history_gives_reasons_in_words_and_staff_and_cohorts_by_name(office: Office) -> None:
    office.another_cohort(HT2026.next, name="kväll")
    ref = office.add("Anna")
    noting.assign(office.by(), [ref], TODAY, supervisor="Siv")
    moves.transfer(office.by(), [ref], TODAY, to=Destination(HT2026.next))
    moves.close(office.by(), [ref], TODAY, outcome="withdrawn", reason="flyttar")
    notes.note(office.by(), ref, "ringde", TODAY)
    told = history(office.store, ref)
    assert list(told.happenings[-1].texts.values()) == ["flyttar", "ringde"]
    assert (told.staff, [note.text for note in told.notes]) == ({1: "Siv Hand"}, ["ringde"])
    assert told.cohorts == {1: "trainee HT2026", 2: "trainee VT2027 kväll"}


def test_a_history_keeps_the_day_that_was_said_first_and_the_correction(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 10, 1))
    moves.correct(office.by(), [ref], date(2026, 9, 1), stage="lead")
    opened, corrected = history(office.store, ref).happenings
    assert (opened.occurred_on, corrected.event) == (date(2026, 10, 1), Corrected(1, date(2026, 9, 1)))


def test_whoever_was_taken_back_has_a_history_still(office: Office) -> None:
    ref = office.add("Anna")
    undo(office.by("Eva", "undo"), ref)
    assert [each.undone_by for each in history(office.store, ref).happenings] == [2, None]


@pytest.mark.parametrize("look", [next_moves, show])
def test_nobody_is_found_where_there_is_nobody(office: Office, look: object) -> None:
    assert callable(look)
    with pytest.raises(NotFound):
        look(office.store, "C-1", TODAY)
