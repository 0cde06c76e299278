"""Candidates as persons: add them, begin candidacies, mend what is known, protect, and make notes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from socrekry.domain import intents
from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.names import email_key, search_key, shown_name, sort_key
from socrekry.domain.term import Term
from socrekry.services.acting import Change, Step, changed
from socrekry.services.candidacies import Subject, load
from socrekry.services.cohorts import Cohort, fitting_cohorts
from socrekry.services.finding import find_candidacy, find_person
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.log import GENESIS

CHANNELS = ("visit", "fair", "ad", "referral", "study-visit", "placement", "summer-job", "unsolicited", "other")


class Details(NamedTuple):
    """What is known of a person, as it was typed. A protected identity has none of it."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    university: str | None = None
    graduates: Term | None = None


class Added(NamedTuple):
    """A candidacy that was begun: ids as shown, and where it stands."""

    id: str
    candidacy: str
    name: str
    stage: str
    pipeline: str
    term: Term
    unit: str | None
    cohort: str
    protected: bool
    titles: dict[str, str]


def add_candidate(
    writing: Writing,
    details: Details,
    cohort: Cohort,
    on: date,
    *,
    unit: int | None = None,
    channel: str | None = None,
    tags: Sequence[str] = (),
    note: str | None = None,
    protected: bool = False,
) -> Added:
    """Add a person and her first candidacy, at the first stage of the cohort's pipeline.

    Refused("email-known") names who has that address already.
    """
    with writing.transaction():
        return add_to_cohort(
            writing,
            add_person(writing, details, protected=protected),
            cohort,
            on,
            unit=unit,
            channel=channel,
            tags=tags,
            note=note,
        )


def add_candidacy(
    writing: Writing, ref: str, cohort: Cohort, on: date, *, unit: int | None = None, channel: str | None = None
) -> Added:
    """Begin another candidacy of a person who is known. Refused("already-in-cohort")."""
    with writing.transaction():
        person = find_person(writing.store, ref).person
        number = writing.store.value("person.open_candidacy", person=person, cohort=cohort.id)
        if number is not None:
            raise Refused("already-in-cohort", id=f"C-{person}.{number}", cohort=cohort.title)
        return add_to_cohort(writing, person, cohort, on, unit=unit, channel=channel)


def add_person(writing: Writing, details: Details, *, protected: bool = False) -> int:
    """Add a person, inside a transaction; return her number."""
    store = writing.store
    if protected:
        if details != Details(graduates=details.graduates):
            raise InvalidInput("protected-has-no-details")
    elif not details.name or not details.name.strip():
        raise InvalidInput("name-missing")
    row = _row(store, details) | {"protected_number": None}
    if protected:
        row["protected_number"] = store.value("person.next_protected")
    _require_new_email(store, row["email_key"], None)
    return int(store.value("person.add", **row, void=True))


def add_to_cohort(
    writing: Writing,
    person: int,
    cohort: Cohort,
    on: date,
    *,
    unit: int | None = None,
    channel: str | None = None,
    tags: Sequence[str] = (),
    note: str | None = None,
    imported: bool = False,
) -> Added:
    """Begin a candidacy of a person in a cohort, inside a transaction."""
    store = writing.store
    if channel is not None and channel not in CHANNELS:
        raise InvalidInput("channel-invalid", channel=channel, channels=list(CHANNELS))
    installed = store.row("person.latest_pipeline", name=cohort.pipeline)
    if installed is None:
        raise NotFound("pipeline-not-found", pipeline=cohort.pipeline)
    candidacy = store.value(
        "candidacy.add",
        person=person,
        number=store.value("candidacy.next_number", person=person),
        pipeline=installed[0],
        cohort=cohort.id,
        unit=unit if unit is not None else cohort.unit_id,
        channel=channel,
        no=False,
        genesis=GENESIS,
        changed_at=writing.occasion.recorded_at,
    )
    subject = load(store, candidacy)
    open_ = intents.Open(cohort.id, unit if unit is not None else cohort.unit_id, imported)
    change = changed(writing, subject, lambda w, s: [Step(open_, on, cohort=cohort.id)])
    _tag(writing, person, tags, ())
    _note(writing, candidacy, note, on)
    return _added(subject, change, cohort)


def _added(subject: Subject, change: Change, cohort: Cohort) -> Added:
    return Added(
        f"C-{subject.person}",
        subject.label,
        subject.name,
        change.to_stage,
        subject.pipeline.name,
        subject.term,
        subject.unit,
        cohort.title,
        subject.protected,
        subject.pipeline.stage(change.to_stage).titles,
    )


def edit_candidate(
    writing: Writing,
    ref: str,
    changes: dict[str, Any],
    *,
    add_tags: Sequence[str] = (),
    drop_tags: Sequence[str] = (),
) -> int:
    """Mend what is known of a person; ``changes`` holds the fields of `Details` to set (None empties).

    Return her number. Refused("protected") where her identity is protected.
    """
    with writing.transaction():
        person = find_person(writing.store, ref).person
        known, protected = read_details(writing.store, person)
        if protected and set(changes) - {"graduates"}:
            raise Refused("protected-has-no-details", id=f"C-{person}")
        details = known._replace(**changes)
        if not protected and not details.name:
            raise InvalidInput("name-missing")
        keep_details(writing.store, person, details)
        stored, _ = read_details(writing.store, person)
        for field in changes:
            before, after = _text(getattr(known, field)), _text(getattr(stored, field))
            if before != after:
                writing.edited("person", person, field, before, after)
        _tag(writing, person, add_tags, drop_tags)
        return person


def read_details(store: Store, person: int) -> tuple[Details, bool]:
    """Return what is known of a person, and whether her identity is protected."""
    row = store.row("person.read", person=person)
    if row is None:
        raise NotFound("candidate-not-found", ref=f"C-{person}")
    _, name, email, phone, university, graduates, protected, _ = row
    term = Term.from_code(graduates) if graduates else None
    return Details(name, email, phone, university, term), protected is not None


def keep_details(store: Store, person: int, details: Details) -> None:
    """Store what is known of a person, with the keys that are made of it."""
    row = _row(store, details)
    _require_new_email(store, row["email_key"], person)
    old = store.row("person.read", person=person)
    store.write("person.keep", **row, person=person, protected_number=old[6] if old else None)


def protect(writing: Writing, ref: str) -> str:
    """Scrub everything that could tell who a person is; she is still counted everywhere.

    Return what she is called from now on. This cannot be undone: nothing is left to put back.
    """
    store = writing.store
    with writing.transaction():
        person = find_person(store, ref).person
        known, protected = read_details(store, person)
        number = store.value("person.next_protected")
        if protected:
            raise Refused("already-protected", id=f"C-{person}")
        row = _row(store, Details(graduates=known.graduates))
        store.write("person.keep", **row, person=person, protected_number=number)
        store.write("person.drop_tags", person=person)
        store.write("person.scrub_remarks", person=person)
        store.write("person.scrub_edits", person=person)
        writing.created("protection", person)
        return shown_name(None, number)


def note(writing: Writing, ref: str, text: str, on: date) -> str:
    """Make a note about a candidacy; return the candidacy's id."""
    if not text.strip():
        raise InvalidInput("note-empty")
    with writing.transaction():
        found = find_candidacy(writing.store, ref)
        _note(writing, found.id, text, on)
        return found.label


def _note(writing: Writing, candidacy: int, text: str | None, on: date) -> None:
    number = writing.remark(candidacy, "note", text, on)
    if number is not None:
        writing.created("remark", number)


def _tag(writing: Writing, person: int, add: Iterable[str], drop: Iterable[str]) -> None:
    store = writing.store
    known = {tag for (tag,) in store.rows("person.tags", person=person)}
    for tag in dict.fromkeys(add):
        if not 1 <= len(tag) <= 60:
            raise InvalidInput("tag-invalid", tag=tag)
        if tag not in known:
            store.write("person.add_tag", person=person, tag=tag)
            writing.created("tag", f"{person}:{tag}")
    for tag in dict.fromkeys(drop):
        if tag not in known:
            raise NotFound("tag-not-found", tag=tag, tags=sorted(known))
        store.write("person.drop_tag", person=person, tag=tag)
        writing.edited("tag", f"{person}:{tag}", "tag", tag, None)


def _row(store: Store, details: Details) -> dict[str, Any]:
    """Return the columns of a person's row that her details decide. InvalidInput for an address that is none."""
    email = valid_email(details.email) if details.email else None
    name = " ".join(details.name.split()) if details.name else None
    for field, value, longest in (("name", name, 200), ("phone", details.phone, 40)):
        if value and len(value) > longest:
            raise InvalidInput("text-too-long", field=field, longest=longest)
    return {
        "name": name,
        "email": email,
        "phone": details.phone or None,
        "university": find_university(store, details.university).code if details.university else None,
        "graduates": details.graduates.code if details.graduates else None,
        "search_key": search_key(name or ""),
        "sort_key": sort_key(name or ""),
        "email_key": email_key(email) if email else None,
    }


def valid_email(text: str) -> str:
    """Return an e-mail address as it should be written. InvalidInput("email-invalid") says why it is none."""
    from email_validator import EmailNotValidError, validate_email  # 20 ms, and only where there is one

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InvalidInput("email-invalid", email=text, reason=str(error)) from error


def _require_new_email(store: Store, key: str | None, person: int | None) -> None:
    row = store.row("person.by_email", email=key) if key else None
    if row is not None and row[0] != person:
        raise Refused("email-known", email=key, id=f"C-{row[0]}", name=shown_name(row[1], row[2]))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def only_cohort(
    store: Store, today: date, *, term: Term | None = None, pipeline: str | None = None, unit: str | None = None
) -> Cohort:
    """Return the only cohort that fits what is given and whose term has not ended; a term given may have.

    InvalidInput("cohort-none-fits") or ("cohort-unclear"), which names those that fit.
    """
    found = fitting_cohorts(store, today, term, pipeline, unit)
    if not found:
        raise InvalidInput("cohort-none-fits", pipeline=pipeline, term=str(term) if term else None, unit=unit)
    if len(found) > 1:
        raise InvalidInput("cohort-unclear", cohorts=[each.title for each in found])
    return found[0]
