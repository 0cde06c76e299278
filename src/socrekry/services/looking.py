"""Look at one candidate: where she stands, what each step on would need, and what has happened."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from socrekry.domain.candidacy import OPEN, VOID
from socrekry.domain.events import Event
from socrekry.domain.folding import undone_by
from socrekry.domain.ids import candidacy_id, candidate_id, staff_id, voice_id
from socrekry.domain.machine import Way, ways_on
from socrekry.domain.names import shown_name
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.services.candidacies import Subject, circumstances, load
from socrekry.services.contacts import KnownContact, contacts
from socrekry.services.finding import find_candidacy, find_person
from socrekry.store.connect import Store
from socrekry.store.engine import Row

if TYPE_CHECKING:
    from socrekry.domain.themes import Theme


class Next(NamedTuple):
    """Where a candidacy may go from here."""

    subject: Subject
    ways: tuple[Way, ...]


class KnownFact(NamedTuple):
    """A fact as it is shown: its words and who saw it, and the candidacy that holds it."""

    name: str
    value: str | None
    on: date
    text: str | None
    seen_by: str | None
    about_person: bool
    candidacy: str


class KnownCandidacy(NamedTuple):
    """One of a person's candidacies, in short."""

    candidacy: str
    state: str
    stage: str
    titles: dict[str, str]
    outcome: str | None
    pipeline: str
    term: Term
    cohort: str
    unit: str | None
    since: date | None
    due_on: date | None
    closed_on: date | None
    paused_until: date | None
    rank: int | None
    assigned: tuple[tuple[str, str, str], ...]


class KnownVoice(NamedTuple):
    """What a person has said: wish, concern or praise, its theme, how many, her words, when and in what."""

    id: str
    kind: str
    theme: "Theme"
    number: int
    text: str | None
    on: date
    candidacy: str


class Remark(NamedTuple):
    """A user's words about a candidacy."""

    number: int
    kind: str
    text: str
    on: str | None
    recorded_at: str
    actor: str


class Dossier(NamedTuple):
    """All there is about a person."""

    id: str
    name: str
    protected: bool
    email: str | None
    phone: str | None
    university: str | None
    university_name: str | None
    graduates: Term | None
    tags: tuple[str, ...]
    candidacies: tuple[KnownCandidacy, ...]
    facts: tuple[KnownFact, ...]
    notes: tuple[Remark, ...]
    contacts: tuple[KnownContact, ...]
    voices: tuple[KnownVoice, ...]
    next: Next | None


class Happening(NamedTuple):
    """One event of a candidacy's log, with who wrote it and the words it points to."""

    seq: int
    occurred_on: date | None
    recorded_at: str
    actor: str
    command: str
    event: Event
    undone_by: int | None
    texts: dict[int, str]


class History(NamedTuple):
    """Everything that happened to a candidacy; ``names`` are those of staff and cohorts, by number."""

    subject: Subject
    pipeline: Pipeline
    happenings: tuple[Happening, ...]
    notes: tuple[Remark, ...]
    staff: dict[int, str]
    cohorts: dict[int, str]


def next_moves(store: Store, ref: str, today: date) -> Next:
    """Return every transition from where the candidacy stands, each guard met or not."""
    return _next(store, load(store, find_candidacy(store, ref).id), today)


def _next(store: Store, subject: Subject, today: date) -> Next:
    around = circumstances(store, subject, today)
    return Next(subject, ways_on(subject.pipeline, subject.candidacy, today, around))


def show(store: Store, ref: str, today: date) -> Dossier:
    """Return all there is about the person that ``ref`` means, and what her open candidacy lacks."""
    person = find_person(store, ref).person
    row = store.row("looking.person", person=person)
    assert row is not None, "the number came from the store"
    name, protected, email, phone, university, university_name, graduates = row
    rows = store.rows("looking.candidacies", person=person)
    subjects = [load(store, row[0]) for row in rows]
    known = tuple(
        _known(store, subject, row)
        for subject, row in zip(subjects, rows, strict=True)
        if subject.candidacy.state != VOID
    )
    live = [subject for subject in subjects if subject.candidacy.state == OPEN]
    return Dossier(
        candidate_id(person),
        shown_name(name, protected),
        protected is not None,
        email,
        phone,
        university,
        university_name,
        Term.from_code(graduates) if graduates else None,
        tuple(tag for (tag,) in store.rows("person.tags", person=person)),
        known,
        tuple(_fact(person, each) for each in store.rows("looking.person_facts", person=person)),
        tuple(
            remark for subject in subjects for remark in _remarks(store, subject.id) if remark.kind == "note"
        ),
        contacts(store, person),
        _voices(store, person),
        _next(store, live[-1], today) if live else None,
    )


def _known(store: Store, subject: Subject, row: Row) -> KnownCandidacy:
    _, _, state, stage, outcome, pipeline, _, cohort, unit, since, due, closed, paused, rank = row
    names: dict[int, str] = dict(store.rows("looking.staff_names", candidacy=subject.id))
    assigned = tuple(
        (each.role, staff_id(each.staff), names[each.staff])
        for each in subject.candidacy.assignments
        if each.to_on is None
    )
    return KnownCandidacy(
        subject.label,
        state,
        stage,
        subject.pipeline.stage(stage).titles,
        outcome,
        pipeline,
        subject.term,
        cohort,
        unit,
        _day(since),
        _day(due),
        _day(closed),
        _day(paused),
        rank,
        assigned,
    )


def _voices(store: Store, person: int) -> tuple[KnownVoice, ...]:
    rows = store.rows("voices.of_person", person=person)
    if not rows:
        return ()
    from socrekry.domain.themes import every_theme, theme_called  # few have said anything

    known = every_theme(store.rows("voices.themes"))
    return tuple(
        KnownVoice(
            voice_id(id_),
            kind,
            theme_called(known, theme),
            number,
            text,
            date.fromisoformat(on),
            candidacy_id(person, candidacy),
        )
        for id_, kind, theme, number, text, on, candidacy in rows
    )


def _fact(person: int, row: Row) -> KnownFact:
    name, value, on, text, seen_by, about, number = row
    label = candidacy_id(person, number)
    return KnownFact(name, value, date.fromisoformat(on), text or None, seen_by or None, bool(about), label)


def history(store: Store, ref: str) -> History:
    """Return everything that happened to a candidacy, what was undone included."""
    subject = load(store, find_candidacy(store, ref).id)
    remarks = _remarks(store, subject.id)
    texts = {remark.number: remark.text for remark in remarks}
    written = {row[0]: (row[3], row[2]) for row in store.rows("log.actors", candidacy=subject.id)}
    entries = subject.candidacy.entries
    undone = undone_by(entries)
    happenings = tuple(
        Happening(
            entry.seq,
            entry.occurred_on,
            entry.recorded_at,
            *written[entry.seq],
            entry.event,
            undone.get(entry.seq),
            texts,
        )
        for entry in entries
    )
    cohorts = {number: _cohort(store, number) for number in _named(subject, "cohort", "from_cohort")}
    staff = {
        number: str(store.value("looking.staff_name", staff=number)) for number in _named(subject, "staff")
    }
    return History(
        subject,
        subject.pipeline,
        happenings,
        tuple(remark for remark in remarks if remark.kind == "note"),
        staff,
        cohorts,
    )


def _named(subject: Subject, *fields: str) -> set[int]:
    """Return the numbers that these fields of a candidacy's events hold, what was undone included."""
    found = (getattr(entry.event, field, None) for entry in subject.candidacy.entries for field in fields)
    return {number for number in found if number}


def _cohort(store: Store, number: int) -> str:
    pipeline, term, name, unit = store.row("looking.cohort", cohort=number) or ("", 0, "", None)
    return " ".join(each for each in (pipeline, str(Term.from_code(term)), unit, name) if each)


def _remarks(store: Store, candidacy: int) -> tuple[Remark, ...]:
    return tuple(Remark(*row) for row in store.rows("looking.remarks", candidacy=candidacy))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
