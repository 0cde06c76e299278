"""The guards: the closed set of questions a transition may ask, each answered from facts.

A guard answers *met*, or says why not with a code and the facts it saw; the sentence and the
command that would remedy it are made where text is shown. Nothing in a pipeline file is evaluated
as code: it can only name one of these, with parameters of the stated types. A guard reads, and
changes nothing.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Verdict
from socrekry.domain.facts import CRIMINAL_AND_SUSPICION, Fact
from socrekry.domain.ids import staff_id
from socrekry.domain.months import months_before
from socrekry.domain.pipeline import GuardUse
from socrekry.domain.term import Term, term_of

SUPERVISOR, MENTOR = "supervisor", "mentor"
ROLES = (SUPERVISOR, MENTOR)
COHORT_FULL = "cohort-full"


class Seats(NamedTuple):
    """A cohort's places: how many there are, and how many *other* candidacies hold one."""

    total: int
    taken: int
    term: Term


class Room(NamedTuple):
    """A member of staff in one term: the roles, the capacity, and how many *others* are assigned."""

    roles: tuple[str, ...]
    capacity: int
    taken: int


class Circumstances(NamedTuple):
    """What surrounds a candidacy when its guards are asked, read in the transaction that will append.

    ``cohorts`` holds the cohort it is in and the one it would go to; ``rooms`` is keyed by staff
    number and term. ``person_facts`` are the facts about the person that its other candidacies hold.
    """

    today: date
    cohorts: Mapping[int, Seats] = {}
    rooms: Mapping[tuple[int, Term], Room] = {}
    person_facts: tuple[Fact, ...] = ()
    graduates: Term | None = None
    child_and_youth: bool = False

    def fact(self, candidacy: Candidacy, name: str, on: date) -> Fact | None:
        """Return the latest fact of that name by a day, or the latest of all where there was none by then.

        Of one day, it is the one that the candidacy itself holds.
        """
        known = [fact for fact in (candidacy.fact(name), *self.person_facts) if fact and fact.name == name]
        by_then = [fact for fact in known if fact.on <= on]
        return max(by_then or known, key=lambda fact: fact.on) if known else None


Answer = tuple[bool, str, dict[str, Any]]
Check = Callable[[Candidacy, Circumstances, date, dict[str, Any]], Answer]


class GuardKind(NamedTuple):
    """A guard: its question, and the parameters that a pipeline file may give it."""

    check: Check
    parameters: dict[str, type]


def verdict(use: GuardUse, candidacy: Candidacy, around: Circumstances, on: date) -> Verdict:
    """Return what the guard answers for a move on that day."""
    met, reason, facts = GUARDS[use.name].check(candidacy, around, on, use.parameters)
    return Verdict(use.name, met, use.overridable, reason, facts)


def guard_parameters() -> dict[str, Mapping[str, type]]:
    """Return every guard's name with its parameters' names and types, to check a pipeline file by."""
    return {name: kind.parameters for name, kind in GUARDS.items()}


def _recorded(name: str) -> Check:
    def check(candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]) -> Answer:
        fact = around.fact(candidacy, name, on)
        if fact is None:
            return False, "fact-missing", {"fact": name}
        return True, "fact-recorded", {"fact": name, "value": fact.value, "on": fact.on.isoformat()}

    return check


def _free_seat(candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]) -> Answer:
    return seat_answer(candidacy, around)


def seat_answer(candidacy: Candidacy, around: Circumstances) -> Answer:
    """Say whether the candidacy's cohort has a seat for it beside those that others hold."""
    seats = around.cohorts[candidacy.cohort]
    free = seats.total - seats.taken
    return free > 0, "seat-free" if free > 0 else COHORT_FULL, {"seats": seats.total, "taken": seats.taken}


def _assigned(role: str) -> Check:
    def check(candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]) -> Answer:
        staff = candidacy.assigned(role)
        if staff is None:
            return False, "nobody-assigned", {"role": role}
        met, reason, facts = room_answer(candidacy, around, staff)
        return met, reason, {"role": role, **facts}

    return check


def room_answer(candidacy: Candidacy, around: Circumstances, staff: int) -> Answer:
    """Say whether a member of staff has room for the candidacy in its cohort's term."""
    term = around.cohorts[candidacy.cohort].term
    room = around.rooms[staff, term]
    facts = {"staff": staff_id(staff), "capacity": room.capacity, "taken": room.taken, "term": str(term)}
    return room.taken < room.capacity, "room" if room.taken < room.capacity else "no-room", facts


def _last_year(candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]) -> Answer:
    return _graduates_within(around, on, int(parameters.get("terms", 2)))


def _graduates_within(around: Circumstances, on: date, terms: int) -> Answer:
    latest = term_of(on).plus(terms)
    if around.graduates is None:
        return False, "graduation-unknown", {"latest": str(latest)}
    met = around.graduates <= latest
    return (
        met,
        "graduation-near" if met else "graduation-far",
        {
            "graduates": str(around.graduates),
            "latest": str(latest),
        },
    )


def _degree_or_graduation(
    candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]
) -> Answer:
    degree = around.fact(candidacy, "degree", on)
    if degree is not None:
        return True, "fact-recorded", {"fact": "degree", "value": degree.value, "on": degree.on.isoformat()}
    return _graduates_within(around, on, int(parameters.get("terms", 1)))


def _not_asked_for(around: Circumstances, parameters: dict[str, Any]) -> bool:
    return not around.child_and_youth and not parameters.get("everywhere", False)


def _degree(candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]) -> Answer:
    """Socialtjänstlag (2025:400) 25 kap. 1 §: a basis is required for work with children and youth."""
    if _not_asked_for(around, parameters):
        return True, "not-child-and-youth", {"child_and_youth": around.child_and_youth}
    met, reason, facts = _recorded("degree")(candidacy, around, on, parameters)
    if met and facts["on"] > on.isoformat():  # what was shown afterwards was not there to rely on
        met, reason = False, "degree-later"
    return met, reason, {**facts, "child_and_youth": around.child_and_youth}


def _register_check(
    candidacy: Candidacy, around: Circumstances, on: date, parameters: dict[str, Any]
) -> Answer:
    """Lag (2007:171): an extract at most so many months old, before the first employment."""
    if _not_asked_for(around, parameters):
        return True, "not-child-and-youth", {"child_and_youth": around.child_and_youth}
    fact = around.fact(candidacy, "register-check-seen", on)
    oldest = months_before(on, int(parameters.get("max_age_months", 6)))
    facts: dict[str, Any] = {"fact": "register-check-seen", "oldest": oldest.isoformat()}
    facts |= {"child_and_youth": around.child_and_youth}
    if fact is None:
        return False, "fact-missing", facts
    facts |= {"value": fact.value, "on": fact.on.isoformat()}
    if fact.on < oldest or fact.on > on:
        return False, "register-check-old" if fact.on < oldest else "register-check-later", facts
    suspicion_from = parameters.get("suspicion_from")
    if (
        suspicion_from
        and on >= date.fromisoformat(str(suspicion_from))
        and fact.value != CRIMINAL_AND_SUSPICION
    ):
        return False, "register-check-without-suspicion", facts
    return True, "fact-recorded", facts


GUARDS: dict[str, GuardKind] = {
    **{
        name: GuardKind(_recorded(name), {})
        for name in (
            "assessment",
            "university-confirmed",
            "placement-completed",
            "traineeship-completed",
            "references-checked",
            "offer-accepted",
            "thesis",
        )
    },
    "free-seat": GuardKind(_free_seat, {}),
    SUPERVISOR: GuardKind(_assigned(SUPERVISOR), {}),
    MENTOR: GuardKind(_assigned(MENTOR), {}),
    "last-year": GuardKind(_last_year, {"terms": int}),
    "degree-or-graduation": GuardKind(_degree_or_graduation, {"terms": int}),
    "register-check": GuardKind(
        _register_check, {"max_age_months": int, "suspicion_from": date, "everywhere": bool}
    ),
    "degree": GuardKind(_degree, {"everywhere": bool}),
}
