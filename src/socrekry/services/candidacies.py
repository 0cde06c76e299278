"""Load a candidacy with its surroundings, and keep what was decided about it.

The log is the truth; the candidacy's row and its stays, facts and assignments are caches, and only
`keep` writes them: it compares where the candidacy stood with where it stands, and changes the rows
that differ, and what it adds to the tallies. So an undo, a correction and a plain move share one way into
the store.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain.candidacy import LOST, VOID, Candidacy, due_on
from socrekry.domain.errors import Conflict, NotFound, Refused
from socrekry.domain.events import Transferred
from socrekry.domain.facts import Fact
from socrekry.domain.folding import fold
from socrekry.domain.guards import Circumstances, Room, Seats
from socrekry.domain.ids import candidacy_id
from socrekry.domain.machine import Decision
from socrekry.domain.names import shown_name
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.term import Term, term_of
from socrekry.services.cached_rows import assignment_rows, fact_rows, iso, stay_rows
from socrekry.services.crediting import credited_alike
from socrekry.services.tallies import cells, difference, words_in
from socrekry.services.writing import Writing
from socrekry.store import log
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate


class Subject(NamedTuple):
    """A candidacy as it is now, with its pipeline and the person's part of its circumstances.

    ``version`` is the number of that version of the pipeline in the store.
    """

    id: int
    person: int
    number: int
    name: str
    head: tuple[int, str]
    version: int
    pipeline: Pipeline
    candidacy: Candidacy
    term: Term
    graduates: Term | None
    unit: str | None
    child_and_youth: bool
    channel: str | None
    protected: bool
    begun_as: tuple[int, int] | None = None

    @property
    def label(self) -> str:
        """The candidacy's id: ``C-1.1``."""
        return candidacy_id(self.person, self.number)

    @property
    def chained_as(self) -> str:
        """The id under which its log is chained: the one that it was begun under, before any merge."""
        return candidacy_id(*self.begun_as) if self.begun_as else self.label


_pipelines: dict[str, Pipeline] = {}


def load(store: Store, candidacy: int, ref: str = "") -> Subject:
    """Return a candidacy folded from its log.

    NotFound("candidacy-not-found") where it is gone: a server that took over may not have heard of it.
    """
    row = store.row("candidacy.read", candidacy=candidacy)
    if row is None:
        raise NotFound("candidacy-not-found", ref=ref or str(candidacy))
    (person, number, seq, hash_, channel, name, protected, graduates, version, definition, _, term, unit,
     children, *begun_as) = row  # fmt: skip
    pipeline = pipeline_of(definition)
    return Subject(
        candidacy,
        person,
        number,
        shown_name(name, protected),
        (seq, hash_),
        version,
        pipeline,
        fold(pipeline, log.read(store, candidacy)),
        Term.from_code(term),
        Term.from_code(graduates) if graduates else None,
        unit,
        bool(children),
        channel,
        protected is not None,
        None if begun_as[0] is None else (begun_as[0], begun_as[1]),
    )


def pipeline_of(definition: str) -> Pipeline:
    """Return the pipeline from the form it is stored in; the same text is read once."""
    if definition not in _pipelines:
        _pipelines[definition] = from_definition(definition)
    return _pipelines[definition]


def circumstances(
    store: Store, subject: Subject, today: date, *, cohort: int | None = None, staff: Iterable[int] = ()
) -> Circumstances:
    """Return what surrounds a candidacy, with the cohort and the staff that an intent would add.

    Nobody else takes a seat or a place of theirs until the transaction ends.
    """
    named = (subject.candidacy.cohort, cohort, *_left_cohorts(subject.candidacy))
    known = {each for each in named if each}
    members = {*(each.staff for each in subject.candidacy.assignments), *staff}
    store.hold("cohort", tuple(known))
    store.hold("staff", tuple(members))
    cohorts = {each: _seats(store, each, subject.id) for each in known}
    rooms = {
        (member, seats.term): _room(store, member, seats.term, subject.id, today)
        for member in members
        for seats in cohorts.values()
    }
    person_facts = tuple(
        Fact(name, value, date.fromisoformat(on), seq, text, seen_by)
        for name, value, on, seq, text, seen_by in store.rows(
            "candidacy.person_facts", person=subject.person, candidacy=subject.id
        )
    )
    return Circumstances(
        today,
        cohorts,
        rooms,
        person_facts,
        subject.graduates,
        subject.child_and_youth,
    )


def _left_cohorts(candidacy: Candidacy) -> Iterator[int]:
    """Give the cohorts that it was transferred from, to which an undo would take it back."""
    return (entry.event.from_cohort for entry in candidacy.standing if isinstance(entry.event, Transferred))


def _seats(store: Store, cohort: int, candidacy: int) -> Seats:
    total, term, taken = store.row("candidacy.seats", cohort=cohort, candidacy=candidacy) or (0, 0, 0)
    return Seats(total, taken, Term.from_code(term))


def _room(store: Store, staff: int, term: Term, candidacy: int, today: date) -> Room:
    capacity, taken = store.row(
        "candidacy.room",
        staff=staff,
        term=term.code,
        candidacy=candidacy,
        today=today.isoformat(),
        current=term_of(today).code,
    ) or (0, 0)
    return Room(tuple(role for (role,) in store.rows("candidacy.roles", staff=staff)), capacity, taken)


def keep(writing: Writing, subject: Subject, decision: Decision) -> Subject:
    """Append what was decided and bring the caches up to it; return the candidacy as it is then.

    Conflict("head-changed") if somebody else has written to it since it was loaded; Refused
    ("email-known-elsewhere") where she begins to count and has the address of one who is hidden.
    """
    store, recorded_at = writing.store, writing.occasion.recorded_at
    command, actor = writing.command, writing.actor
    overtaken = Conflict("head-changed", ref=subject.label, expected=subject.head[0])
    try:
        head, entries = log.append(
            store,
            subject.id,
            subject.chained_as,
            subject.head,
            decision.events,
            command=command,
            actor=actor,
            recorded_at=recorded_at,
        )
    except Duplicate as error:
        raise overtaken from error
    after = fold(subject.pipeline, subject.candidacy.entries + entries)
    if not credited_alike(subject.candidacy, after):
        writing.crediting(subject.person)
    kept = store.write(
        "candidacy.keep", **cached(subject, after, head), changed_at=recorded_at, seen_seq=subject.head[0]
    )
    if not kept:
        raise overtaken
    writing.appended(subject.id, head)
    _keep_rows(store, subject, after)
    words = words_in(store, subject.candidacy, after)
    before, now = (cells(subject.version, state, words) for state in (subject.candidacy, after))
    writing.tallied(difference(before, now))
    if VOID in (subject.candidacy.state, after.state):
        try:
            store.write("candidacy.keep_person", person=subject.person)
        except Duplicate as error:  # somebody hidden has her address
            raise Refused("email-known-elsewhere") from error
    return subject._replace(head=head, candidacy=after)


def forget_words(writing: Writing, person: int) -> None:
    """Have the tallies tell nothing of what was said about a person, before it is taken out of the store."""
    for (number,) in writing.store.rows("candidacy.of_person", person=person):
        subject = load(writing.store, number)
        words = words_in(writing.store, subject.candidacy)
        told, untold = (cells(subject.version, subject.candidacy, each) for each in (words, {}))
        writing.tallied(difference(told, untold))


def cached(subject: Subject, state: Candidacy, head: tuple[int, str]) -> dict[str, Any]:
    """Return the columns of the candidacy's row that its log decides."""
    longest = subject.pipeline.stage(state.stage).longest_stay if state.stays else None
    due = due_on(state, longest)
    closed = state.stays[-1].left_on if state.state == LOST else None
    return {
        "candidacy": subject.id,
        "cohort": state.cohort or subject.candidacy.cohort,
        "unit": state.unit if state.cohort else subject.candidacy.unit,
        "state": state.state,
        "stage": state.stage,
        "entered_on": iso(state.entered_on),
        "due_on": iso(due),
        "outcome": state.outcome if state.state == LOST else None,
        "closed_on": iso(closed),
        "holds_seat": state.holds_seat,
        "supervised": state.supervised,
        "paused_from": iso(state.pause.from_on) if state.pause else None,
        "paused_until": iso(state.pause.until) if state.pause else None,
        "rank": state.rank,
        "head_seq": head[0],
        "head_hash": head[1],
    }


def _keep_rows(store: Store, subject: Subject, after: Candidacy) -> None:
    before = subject.candidacy
    same = 0
    for old, new in zip(before.stays, after.stays, strict=False):
        if old != new:
            break
        same += 1
    if len(before.stays) > same:
        store.write("candidacy.drop_stays", candidacy=subject.id, number=same + 1)
    store.write_many("candidacy.add_stay", stay_rows(subject.id, after)[same:])
    for fact in before.facts:
        if fact not in after.facts:
            store.write("candidacy.drop_fact", candidacy=subject.id, seq=fact.seq)
    known = set(before.facts)
    rows = fact_rows(subject.id, subject.person, after)
    store.write_many(
        "candidacy.add_fact", [r for r, fact in zip(rows, after.facts, strict=True) if fact not in known]
    )
    for each in before.assignments:
        if each not in after.assignments:
            store.write("candidacy.drop_assignment", candidacy=subject.id, seq=each.seq)
    held = set(before.assignments)
    rows = assignment_rows(subject.id, after)
    store.write_many(
        "candidacy.add_assignment",
        [r for r, each in zip(rows, after.assignments, strict=True) if each not in held],
    )
