"""One candidacy or many: each by itself or all or none, rehearsed or done, never over somebody's head."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

import pytest

from socrekry.domain import intents
from socrekry.domain.errors import Conflict, NotFound, Refused
from socrekry.domain.events import FactRecorded
from socrekry.render.messages import describe
from socrekry.services import finding, moves, notes, noting
from socrekry.services.acting import Outcome, Step, act, act_on
from socrekry.services.candidacies import Subject
from socrekry.services.moves import Along
from socrekry.services.noting import NewFact
from socrekry.services.writing import Writing
from socrekry.store.connect import Store, open_store
from socrekry.store.failures import ConnectionLost
from tests.builders import TODAY, Office

ASSESSED = Along((NewFact("assessment", None, TODAY),))


@contextmanager
def somebody_else(office: Office) -> Iterator[Office]:
    """Give the same store to somebody else, through a connection of her own."""
    with open_store(office.store.location, writing=True) as store:
        yield Office(store, office.cohort)


def everything(store: Store) -> list[tuple[object, ...]]:
    """Return all that the store holds."""
    tables = store.engine_rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return list(chain.from_iterable(store.engine_rows(f'SELECT * FROM "{name}"') for (name,) in tables))


def codes(outcomes: tuple[Outcome, ...]) -> list[str]:
    """Return what became of each id: done, the guards that refuse it, or its error."""
    return [
        "done" if each.done else each.error.code if each.error else " ".join(v.guard for v in each.refused)
        for each in outcomes
    ]


def test_many_ids_are_answered_in_the_order_in_which_they_were_given(office: Office) -> None:
    first, second, third = (office.add(name) for name in ("Anna", "Bo", "Cia"))
    done = moves.advance(office.by(), [third, "C-99", first, "nobody", second], TODAY)
    assert [each.ref for each in done] == [third, "C-99", first, "nobody", second]
    assert codes(done) == ["done", "candidacy-not-found", "done", "candidate-not-found", "done"]
    assert [office.stands(ref) for ref in (first, second, third)] == ["applied"] * 3


def test_a_refusal_does_not_stop_the_others(office: Office) -> None:
    ready, unready, also_ready = (office.add(name, "applied") for name in ("Anna", "Bo", "Cia"))
    for ref in (ready, also_ready):
        noting.record(office.by(), [ref], ASSESSED.facts)
    done = moves.advance(office.by(), [ready, unready, also_ready], TODAY)
    assert codes(done) == ["done", "assessment", "done"]
    assert [office.stands(ref) for ref in (ready, unready, also_ready)] == ["selected", "applied", "selected"]


def test_an_outcome_says_who_it_is_about_and_what_changed(office: Office) -> None:
    ref = office.add("Åsa Lind")
    (done,) = moves.advance(office.by(), ["asa"], TODAY)
    assert (done.ref, done.person, done.candidacy, done.name) == ("asa", "C-1", "C-1.1", "Åsa Lind")
    assert done.change is not None
    assert (done.change.from_stage, done.change.to_stage, done.change.seq) == ("lead", "applied", 2)
    assert office.subject(ref).head[0] == 2


def test_a_refusal_keeps_nothing_of_what_came_before_it_in_the_command(office: Office) -> None:
    ref = office.add("Anna", "selected")
    before = everything(office.store)
    along = Along((NewFact("university-confirmed", None, TODAY),), reason="ett skäl")
    (done,) = moves.advance(office.by(), [ref], TODAY, along=along)
    assert codes((done,)) == ["supervisor mentor"]
    assert everything(office.store) == before


def test_all_or_nothing_keeps_everything_where_all_succeed(office: Office) -> None:
    refs = [office.add(name) for name in ("Anna", "Bo")]
    done = moves.advance(office.by(), refs, TODAY, all_or_nothing=True)
    assert codes(done) == ["done", "done"]
    assert [office.stands(ref) for ref in refs] == ["applied", "applied"]


@pytest.mark.parametrize("spoiler", ["C-99", "C-2.1"])
def test_all_or_nothing_takes_back_everything_where_one_fails(office: Office, spoiler: str) -> None:
    ready, _unready = office.add("Anna", "applied"), office.add("Bo", "applied")
    noting.record(office.by(), [ready], ASSESSED.facts)
    before = everything(office.store)
    done = moves.advance(office.by(), [ready, spoiler], TODAY, all_or_nothing=True)
    assert codes(done) == ["rolled-back", {"C-99": "candidacy-not-found", "C-2.1": "assessment"}[spoiler]]
    assert isinstance(done[0].error, Refused)
    assert everything(office.store) == before


def test_all_or_nothing_judges_each_by_what_the_others_were_allowed_to_keep(office: Office) -> None:
    supervisor, mentor = office.staff("Una Ek", capacity=1), office.staff("Mia Ek", "mentor", capacity=9)
    lacking, ready = office.add("Anna", "selected"), office.add("Bo", "selected")
    noting.record(office.by(), [ready], [NewFact("university-confirmed", None, TODAY)])
    along = Along((), supervisor, mentor)
    done = moves.advance(office.by(), [lacking, ready], TODAY, along=along, all_or_nothing=True)
    assert codes(done) == ["university-confirmed", "rolled-back"]


@pytest.mark.parametrize("all_or_nothing", [False, True])
def test_a_dry_run_answers_as_if_it_were_done_and_keeps_nothing(office: Office, all_or_nothing: bool) -> None:
    small = office.another_cohort(office.cohort.term.next, seats=1)
    refs = [office.add(name, "applied", cohort=small) for name in ("Anna", "Bo")]
    before = everything(office.store)
    how: dict[str, Any] = {"along": ASSESSED, "all_or_nothing": all_or_nothing}
    rehearsed = moves.advance(office.by(dry_run=True), refs, TODAY, **how)
    assert everything(office.store) == before
    done = moves.advance(office.by(), refs, TODAY, **how)
    assert codes(rehearsed) == codes(done) == ["rolled-back" if all_or_nothing else "done", "free-seat"]
    assert [each.change for each in rehearsed] == [each.change for each in done]


@pytest.mark.parametrize("all_or_nothing", [False, True])
def test_an_id_that_is_named_twice_is_moved_twice(office: Office, all_or_nothing: bool) -> None:
    ref = office.add("Anna")
    done = moves.advance(office.by(), [ref, ref], TODAY, along=ASSESSED, all_or_nothing=all_or_nothing)
    assert codes(done) == ["done", "done"]
    assert office.stands(ref) == "selected"


def test_whoever_stands_elsewhere_than_was_believed_is_not_moved(office: Office) -> None:
    ref = office.add("Anna", "applied")
    (done,) = moves.advance(office.by(), [ref], TODAY, to="reserve", from_stage="lead")
    assert isinstance(done.error, Conflict)
    assert done.error.code == "stage-differs"
    assert done.error.details.items() >= {"ref": "C-1.1", "expected": "lead", "stage": "applied"}.items()
    assert [(each["actor"], each["target"]) for each in done.error.details["changes"]] == [("Eva", "applied")]
    (done,) = moves.advance(office.by(), [ref], TODAY, to="reserve", from_stage="applied")
    assert done.done


def test_whoever_writes_first_wins_and_the_other_is_told(office: Office) -> None:
    ref = office.add("Anna")
    found = finding.find_candidacy(office.store, ref)
    with somebody_else(office) as other:
        moves.close(other.by("Bea"), [ref], TODAY, outcome="withdrawn")
    (done,) = act_on(office.by(), [found], lambda *_: [Step(intents.Advance(), TODAY)])
    assert isinstance(done.error, Conflict)
    known = {"ref": ref, "expected": 1, "found": 2, "stage": "lead"}
    assert done.error.details.items() >= known.items()
    assert office.stands(ref) == "lost withdrawn"


def test_whoever_comes_second_sees_who_did_what_and_when(office: Office) -> None:
    ref = office.add("Anna")
    found = finding.find_candidacy(office.store, ref)
    with somebody_else(office) as other:
        moves.close(other.by("Bea", "close"), [ref], TODAY, outcome="withdrawn", reason="Flyttar till Åre")
    (done,) = act_on(office.by(), [found], lambda *_: [Step(intents.Advance(), TODAY)])
    assert done.error is not None
    (change,) = done.error.details["changes"]
    who = {"actor": "Bea", "command": "close", "recorded_at": office.by().occasion.recorded_at}
    what = {"event": "closed", "outcome": "withdrawn", "stage": "lead", "by": "candidate"}
    assert change == who | what | {"seq": 2, "occurred_on": "2026-11-20"}
    _, line = describe(done.error).message.splitlines()
    assert line.startswith("  Bea: closed at Lead: withdrew the application, by the candidate, 2026-11-20 (")
    assert line.endswith("(close, 2026-11-20 09:15)")


def test_between_looking_up_and_writing_nobody_slips_in_where_it_is_all_or_nothing(office: Office) -> None:
    first, second = office.add("Anna"), office.add("Bo")

    def plan(writing: Writing, subject: Subject) -> list[Step]:
        return [Step(intents.Advance(), TODAY)]

    class Interrupted(Writing):
        def transaction(self, *, alone=True):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            if not self.store.within_transaction:
                with somebody_else(office) as other:
                    moves.advance(other.by("Bea"), [second], TODAY)
            return super().transaction(alone=alone)

    done = act(Interrupted(office.store, office.by().occasion), [first, second], plan, all_or_nothing=True)
    assert codes(done) == ["rolled-back", "head-changed"]


def test_once_nobody_answers_the_others_are_not_tried_one_by_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0")
    refs = [office.add("Anna"), office.add("Bo")]

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        if subject.label == refs[0]:
            raise ConnectionLost(while_committing=True, store="somewhere", reason="gone")
        yield Step(intents.Advance(), TODAY)

    assert codes(act(office.by(), refs, plan)) == ["commit-unknown", "connection-lost"]
    assert office.stands(refs[1]) == "lead"


def test_everything_that_one_command_writes_carries_its_number(office: Office) -> None:
    refs = [office.add("Anna", "applied"), office.add("Bo", "applied")]
    moves.advance(office.by(), refs, TODAY, along=ASSESSED._replace(reason="uttagning"))
    new = [entry for ref in refs for entry in office.subject(ref).candidacy.entries if entry.seq > 2]
    (number,) = {entry.command for entry in new}
    assert [entry.event.fact for entry in new if isinstance(entry.event, FactRecorded)] == ["assessment"] * 2
    assert office.store.value("undoing.command", command=number) == "advance"


def test_a_command_whose_first_id_was_refused_still_has_one_number(office: Office) -> None:
    unready, first, second = (office.add(name, "applied") for name in ("Anna", "Bo", "Cia"))
    noting.record(office.by(), [first, second], ASSESSED.facts)
    moves.advance(office.by(), [unready, first, second], TODAY)
    last = {office.subject(ref).candidacy.entries[-1].command for ref in (first, second)}
    assert len(last) == 1


def test_words_that_are_too_many_to_keep_are_refused_before_the_store_does(office: Office) -> None:
    ref, full = office.add("Anna"), "x" * 10_000
    assert moves.close(office.by(), [office.add("Bo")], TODAY, outcome="withdrawn", reason=full)[0].done
    (done,) = moves.close(office.by(), [ref], TODAY, outcome="withdrawn", reason=full + "x")
    assert done.error is not None
    assert (done.error.code, done.error.details["longest"]) == ("text-too-long", 10_000)
    assert office.stands(ref) == "lead"


def test_a_note_on_nobody_leaves_no_trace(office: Office) -> None:
    before = everything(office.store)
    with pytest.raises(NotFound):
        notes.note(office.by(), "C-99", "hej", TODAY)
    assert everything(office.store) == before
