"""Moves as a user makes them: with what goes along, with seats that run out and fall free, and with words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused, SocrekryError
from socrekry.domain.events import Closed, Moved, Verdict
from socrekry.domain.term import Term
from socrekry.services import moves, noting
from socrekry.services.acting import Change, Outcome
from socrekry.services.cohorts import edit_cohort
from socrekry.services.founding import shipped
from socrekry.services.moves import Along, Destination
from socrekry.services.noting import NewFact
from socrekry.services.pipelines import install_pipeline
from tests.builders import HT2026, TODAY, Office, next_in_line

Command = Callable[..., tuple[Outcome, ...]]
CONFIRMED = NewFact("university-confirmed", None, TODAY)
TRAINEE = next(text for text in shipped() if 'name = "trainee"' in text)
ASSESSED = Along((NewFact("assessment", None, TODAY),))


def the_change(outcomes: tuple[Outcome, ...]) -> Change:
    (outcome,) = outcomes
    assert outcome.change is not None, outcome
    return outcome.change


def the_refusal(outcomes: tuple[Outcome, ...]) -> Verdict:
    (outcome,) = outcomes
    (verdict,) = outcome.refused
    return verdict


def the_error(outcomes: tuple[Outcome, ...]) -> SocrekryError:
    (outcome,) = outcomes
    assert outcome.error is not None, outcome
    return outcome.error


def due_on(office: Office) -> str:
    """Return the day until which the first candidate is expected to stay in her stage, as it is kept."""
    ((_, *row),) = office.store.rows("looking.candidacies", person=1)
    return str(row[9])


def a_full_cohort(office: Office, seats: int = 2) -> list[str]:
    """Take every seat of the office's cohort; return who holds them."""
    edit_cohort(office.by(), office.cohort.label, seats=seats)
    return [office.add(f"Antagen {n}", "selected") for n in range(seats)]


def test_what_an_advance_records_and_assigns_belongs_to_it(office: Office) -> None:
    mentor, ref = office.staff("Mia Ek", "mentor"), office.add("Anna", "selected")
    along = Along((CONFIRMED,), "siv", mentor, reason="plats i Visättra")
    change = the_change(moves.advance(office.by(), [ref], TODAY, along=along))
    assert (change.from_stage, change.to_stage, change.overridden) == ("selected", "placement", ())
    now = office.subject(ref).candidacy
    assert (now.assigned("supervisor"), now.assigned("mentor")) == (1, 2)
    assert len({entry.command for entry in now.entries[-4:]}) == 1


def test_an_override_is_kept_with_its_words_where_it_was_needed(office: Office) -> None:
    ref = office.add("Anna", "applied")
    change = the_change(
        moves.advance(office.by(), [ref], TODAY, along=Along(override="chefens beslut", reason="sen"))
    )
    assert change.overridden == ("assessment",)
    moved = change.events[-1]
    assert isinstance(moved, Moved)
    words = {number: text for number, _, text, *_ in office.store.rows("looking.remarks", candidacy=1)}
    assert (words[moved.override or 0], words[moved.reason or 0]) == ("chefens beslut", "sen")


def test_an_override_that_was_not_needed_is_not_kept(office: Office) -> None:
    ref = office.add("Anna")
    moves.advance(office.by(), [ref], TODAY, along=Along(override="för säkerhets skull"))
    assert office.stands(ref) == "applied"
    assert office.store.rows("looking.remarks", candidacy=1) == []


def test_an_eleventh_candidate_finds_no_seat(office: Office) -> None:
    refs = [office.add(f"Sökande {n}", "applied") for n in range(11)]
    done = moves.advance(office.by(), refs, TODAY, along=ASSESSED)
    assert [each.done for each in done] == [True] * 10 + [False]
    verdict = the_refusal(done[10:])
    assert (verdict.guard, verdict.reason, verdict.facts) == (
        "free-seat",
        "cohort-full",
        {"seats": 10, "taken": 10},
    )
    assert moves.reserve(office.by(), refs[10:], TODAY)[0].done
    assert (office.stands(refs[10]), office.taken()) == ("reserve", 10)


def test_whoever_waits_first_is_named_when_a_closing_frees_a_seat(office: Office) -> None:
    selected, _ = a_full_cohort(office)
    later, first = (office.add(name, "applied") for name in ("Bo", "Cia"))
    moves.reserve(office.by(), [later], TODAY - timedelta(days=9))
    moves.reserve(office.by(), [later, first], TODAY, rank=None)
    moves.reserve(office.by(), [first], TODAY, rank=1)
    change = the_change(moves.close(office.by(), [selected], TODAY, outcome="declined"))
    assert next_in_line(change) == first
    assert (office.taken(), change.outcome, change.state) == (1, "declined", "lost")


def test_without_ranks_whoever_came_first_waits_first(office: Office) -> None:
    selected, _ = a_full_cohort(office)
    refs = [office.add(name, "applied", on=date(2026, 9, 1)) for name in ("Bo", "Cia")]
    moves.reserve(office.by(), refs[:1], date(2026, 10, 2))
    moves.reserve(office.by(), refs[1:], date(2026, 10, 1))
    change = the_change(moves.close(office.by(), [selected], TODAY, outcome="declined"))
    assert next_in_line(change) == refs[1]


def test_a_transfer_frees_a_seat_here_and_takes_one_there(office: Office) -> None:
    there = office.another_cohort(HT2026.next, seats=1)
    selected, other = a_full_cohort(office)
    waiting = office.add("Bo", "applied")
    moves.reserve(office.by(), [waiting], TODAY)
    change = the_change(moves.transfer(office.by(), [selected], TODAY, to=Destination(HT2026.next)))
    assert next_in_line(change) == waiting
    assert (office.taken(), office.taken(there)) == (1, 1)
    refused = moves.transfer(office.by(), [other], TODAY, to=Destination(HT2026.next))
    assert the_refusal(refused).reason == "cohort-full"


def test_nobody_is_named_where_no_seat_fell_free(office: Office) -> None:
    waiting, applied = office.add("Bo", "applied"), office.add("Cia", "applied")
    moves.reserve(office.by(), [waiting], TODAY)
    assert the_change(moves.close(office.by(), [applied], TODAY, outcome="withdrawn")).next_in_line is None
    selected = office.add("Dag", "selected")
    assert office.move(selected, "placement").change.next_in_line is None  # type: ignore[union-attr]


def test_a_reopened_candidacy_needs_a_seat_again(office: Office) -> None:
    selected, _ = a_full_cohort(office)
    moves.close(office.by(), [selected], TODAY, outcome="declined")
    assert moves.reopen(office.by(), [selected], TODAY)[0].done
    moves.close(office.by(), [selected], TODAY, outcome="declined")
    office.add("Bo", "selected")
    assert the_refusal(moves.reopen(office.by(), [selected], TODAY)).reason == "cohort-full"
    assert office.stands(selected) == "lost declined"


@pytest.mark.parametrize(
    ("outcome", "by", "kept"),
    [
        ("rejected", None, "employer"),
        ("declined", None, "candidate"),
        ("discontinued", None, None),
        ("discontinued", "employer", "employer"),
        ("withdrawn", "employer", "employer"),
    ],
)
def test_a_closing_says_who_ended_it_where_the_outcome_does(
    office: Office, outcome: str, by: str | None, kept: str | None
) -> None:
    closed = the_change(
        moves.close(office.by(), [office.add()], TODAY, outcome=outcome, by=by, reason="annan kommun")
    ).events[0]
    assert isinstance(closed, Closed)
    assert (closed.outcome, closed.by, closed.reason is not None) == (outcome, kept, True)


def test_a_rank_is_a_number_from_one(office: Office) -> None:
    with pytest.raises(InvalidInput) as invalid:
        moves.reserve(office.by(), [office.add()], TODAY, rank=0)
    assert (invalid.value.code, invalid.value.details) == ("rank-invalid", {"rank": 0})


def test_a_word_that_is_none_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(InvalidInput) as outcome:
        moves.close(office.by(), [], TODAY, outcome="fired")
    with pytest.raises(InvalidInput) as party:
        moves.close(office.by(), [], TODAY, outcome="declined", by="the king")
    with pytest.raises(InvalidInput) as reason:
        moves.pause(office.by(), [], TODAY, until=TODAY, reason="illness")
    codes = [(error.value.code, len(error.value.details)) for error in (outcome, party, reason)]
    assert codes == [("outcome-invalid", 2), ("party-invalid", 2), ("pause-reason-invalid", 2)]


def test_a_rest_is_left_out_of_what_a_stage_expects(office: Office) -> None:
    ref = office.add(on=date(2026, 11, 1))
    assert due_on(office) == "2026-12-01"
    moves.pause(office.by(), [ref], date(2026, 11, 10), until=date(2026, 11, 30), reason="studies")
    assert due_on(office) == "2026-12-21"
    moves.resume(office.by(), [ref], date(2026, 11, 15))
    assert due_on(office) == "2026-12-06"


def test_a_mended_day_is_mended_wherever_it_is_kept(office: Office) -> None:
    ref = office.add("Anna", "applied", on=date(2026, 10, 1))
    assert moves.correct(office.by(), [ref], date(2026, 10, 20), stage="applied")[0].done
    (lead, applied) = office.subject(ref).candidacy.stays
    assert (lead.left_on, applied.entered_on) == (date(2026, 10, 20), date(2026, 10, 20))
    assert due_on(office) == "2026-11-19"


@pytest.mark.parametrize(
    "command",
    [
        lambda w, ids: moves.advance(w, ids, TODAY),
        lambda w, ids: moves.reserve(w, ids, TODAY),
        lambda w, ids: moves.close(w, ids, TODAY, outcome="withdrawn"),
        lambda w, ids: moves.pause(w, ids, TODAY, until=date(2027, 1, 1), reason="leave"),
        lambda w, ids: moves.transfer(w, ids, TODAY, to=Destination(HT2026.next)),
        lambda w, ids: noting.record(w, ids, ASSESSED.facts),
        lambda w, ids: noting.assign(w, ids, TODAY, supervisor="Siv"),
    ],
    ids=["advance", "reserve", "close", "pause", "transfer", "record", "assign"],
)
def test_one_that_is_not_there_does_not_stop_the_others(office: Office, command: Command) -> None:
    office.another_cohort(HT2026.next)
    refs = [office.add("Anna", "applied"), "C-99", office.add("Bo", "applied")]
    noting.record(office.by(), [refs[0], refs[2]], ASSESSED.facts)
    assert [each.done for each in command(office.by(), refs)] == [True, False, True]


@pytest.mark.parametrize(
    ("before", "command"),
    [
        (("pause", {"until": date(2027, 1, 1), "reason": "leave"}), moves.resume),
        (("close", {"outcome": "withdrawn"}), moves.reopen),
    ],
    ids=["resume", "reopen"],
)
def test_one_that_cannot_go_on_does_not_stop_the_others(
    office: Office, before: tuple[str, dict[str, object]], command: Command
) -> None:
    ready, other = office.add("Anna"), office.add("Bo")
    how, given = before
    getattr(moves, how)(office.by(), [ready], TODAY, **given)
    assert [each.done for each in command(office.by(), [ready, other], TODAY)] == [True, False]


def test_a_day_that_cannot_be_mended_does_not_stop_the_others(office: Office) -> None:
    first, second = (
        office.add("Anna", "applied", on=date(2026, 10, 1)),
        office.add("Bo", on=date(2026, 10, 1)),
    )
    done = moves.correct(office.by(), [first, second], date(2026, 10, 9), stage="lead")
    assert [each.done for each in done] == [False, True]
    assert done[0].refused[0].facts == {"on": "2026-10-09", "next": "2026-10-01"}


def test_a_move_before_the_last_one_or_in_the_future_is_refused(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 10, 1))
    early = the_refusal(moves.advance(office.by(), [ref], date(2026, 9, 30)))
    late = the_refusal(moves.advance(office.by(), [ref], TODAY + timedelta(days=1)))
    assert (early.reason, early.facts["last"]) == ("before-the-last-move", "2026-10-01")
    assert (late.reason, late.facts["today"]) == ("in-the-future", "2026-11-20")


def test_in_a_unit_with_children_a_trainee_needs_a_register_check(office: Office) -> None:
    office.unit("Barn och unga", child_and_youth=True)
    cohort = office.another_cohort(unit="Barn och unga")
    ref = office.add("Anna", "placement", cohort=cohort)
    along = Along((NewFact("placement-completed", None, TODAY),), override="studerar sista året")
    refusal = the_refusal(moves.advance(office.by(), [ref], TODAY, along=along))
    assert (refusal.guard, refusal.facts["child_and_youth"]) == ("register-check", True)
    shown = NewFact("register-check-seen", "criminal", TODAY, "Siv Hand")
    assert moves.advance(office.by(), [ref], TODAY, along=along._replace(facts=(*along.facts, shown)))[0].done


def test_a_transfer_to_a_unit_changes_what_guards_ask(office: Office) -> None:
    office.unit("Barn och unga", child_and_youth=True)
    ref = office.add("Anna")
    moves.transfer(office.by(), [ref], TODAY, to=Destination(unit="barn"))
    subject = office.subject(ref)
    assert (subject.unit, subject.child_and_youth, subject.candidacy.cohort) == ("Barn och unga", True, 1)


def test_a_transfer_says_where_to_and_finds_a_cohort_there(office: Office) -> None:
    ref = office.add()
    with pytest.raises(InvalidInput) as nowhere:
        moves.transfer(office.by(), [ref], TODAY, to=Destination())
    missing = moves.transfer(office.by(), [ref], TODAY, to=Destination(Term.parse("VT2030")))
    assert nowhere.value.code == "transfer-where"
    assert isinstance(the_error(missing), NotFound)
    assert the_error(missing).details == {"pipeline": "trainee", "term": "VT2030"}


def test_a_transfer_to_a_unit_stays_in_the_cohort_if_it_can(office: Office) -> None:
    north = office.unit("Norr")
    evening = office.another_cohort(name="kväll")
    ref = office.add("Anna", cohort=evening)
    assert moves.transfer(office.by(), [ref], TODAY, to=Destination(unit="Norr"))[0].done
    now = office.subject(ref).candidacy
    assert (now.cohort, now.unit) == (evening.id, north.id)


def test_a_unit_goes_along_unless_the_cohort_there_has_its_own(office: Office) -> None:
    north, south = office.unit("Norr"), office.unit("Söder")
    office.another_cohort(HT2026.next)
    office.another_cohort(HT2026.plus(2), unit="Söder")
    ref = office.add("Anna", unit=north.id)
    units = []
    for term in (HT2026.next, HT2026.plus(2)):
        moves.transfer(office.by(), [ref], TODAY, to=Destination(term))
        units.append(office.subject(ref).candidacy.unit)
    assert units == [north.id, south.id]


def test_cohorts_of_other_units_are_not_chosen_between(office: Office) -> None:
    for name in ("Norr", "Söder"):
        office.unit(name)
        office.another_cohort(HT2026.next, unit=name)
    error = the_error(moves.transfer(office.by(), [office.add()], TODAY, to=Destination(HT2026.next)))
    assert error.details["cohorts"] == ["trainee VT2027 · Norr", "trainee VT2027 · Söder"]


def test_of_several_cohorts_a_transfer_prefers_the_unit_it_is_in(office: Office) -> None:
    office.unit("Norr")
    office.unit("Söder")
    north = office.another_cohort(unit="Norr")
    there = office.another_cohort(HT2026.next, unit="Norr")
    office.another_cohort(HT2026.next, unit="Söder")
    ref = office.add("Anna", cohort=north)
    assert moves.transfer(office.by(), [ref], TODAY, to=Destination(HT2026.next))[0].done
    assert office.subject(ref).candidacy.cohort == there.id


def test_a_cohort_may_be_named_by_its_id_whatever_its_term(office: Office) -> None:
    evening, elsewhere = office.another_cohort(HT2026.next), office.another_cohort(pipeline="direct")
    ref = office.add()
    refused = moves.transfer(office.by(), [ref], TODAY, to=Destination(cohort=elsewhere.label))
    assert the_error(refused).code == "cohort-not-opened"
    assert moves.transfer(office.by(), [ref], TODAY, to=Destination(cohort=evening.label))[0].done
    assert office.subject(ref).candidacy.cohort == evening.id


def test_several_cohorts_that_nothing_tells_apart_are_named(office: Office) -> None:
    for name in ("dag", "kväll"):
        office.another_cohort(HT2026.next, name=name)
    ref = office.add()
    error = the_error(moves.transfer(office.by(), [ref], TODAY, to=Destination(HT2026.next)))
    assert isinstance(error, Ambiguous)
    assert error.details["cohorts"] == ["trainee VT2027 · dag", "trainee VT2027 · kväll"]
    assert moves.transfer(office.by(), [ref], TODAY, to=Destination(HT2026.next, cohort="KVÄLL"))[0].done


def test_a_supervisor_has_no_room_in_the_term_that_a_transfer_leads_to(office: Office) -> None:
    there, una = office.another_cohort(HT2026.next), office.staff("Una Ek", capacity=1)
    here, elsewhere = office.add("Anna", "selected"), office.add("Bo", "selected", cohort=there)
    assert all(each.done for each in noting.assign(office.by(), [here, elsewhere], TODAY, supervisor=una))
    refusal = the_refusal(moves.transfer(office.by(), [here], TODAY, to=Destination(HT2026.next)))
    assert (refusal.guard, refusal.reason, refusal.facts["term"]) == ("supervisor", "no-room", "VT2027")


def test_in_a_pipeline_without_a_waiting_list_nobody_waits(office: Office) -> None:
    ref = office.add("Anna", cohort=office.another_cohort(pipeline="direct"))
    assert the_error(moves.reserve(office.by(), [ref], TODAY)).code == "no-waiting-list"
    moves.advance(office.by(), [ref], TODAY)
    assert the_change(moves.close(office.by(), [ref], TODAY, outcome="no-reply")).next_in_line is None


def test_where_the_first_stage_takes_a_seat_a_full_cohort_takes_nobody_in(office: Office) -> None:
    later = TRAINEE.replace("takes_seat = true\n", "").replace(
        'name = "lead"\n', 'name = "lead"\ntakes_seat = true\n'
    )
    install_pipeline(office.by(), later)
    full = office.another_cohort(HT2026.next, seats=0)
    with pytest.raises(Refused) as refused:
        office.add("Anna", cohort=full)
    assert refused.value.code == "cohort-full"
    assert refused.value.details == {"cohort": "trainee VT2027", "seats": 0, "taken": 0}
