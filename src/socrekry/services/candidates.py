"""Candidates: begin their candidacies in a cohort."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.term import Term
from socrekry.services.acting import Change, RefusedBy, Step, changed
from socrekry.services.candidacies import Subject, load
from socrekry.services.cohorts import Cohort, find_cohort, fitting_cohorts, is_cohort_id
from socrekry.services.duplicates import Resemblance, resembled
from socrekry.services.finding import find_person
from socrekry.services.notes import add_note
from socrekry.services.persons import Details, add_person, require_own_email, set_tags
from socrekry.services.touches import Source, find_source, touch_by
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate
from socrekry.store.log import GENESIS


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
    resembles: tuple[Resemblance, ...] = ()


def add_candidate(  # noqa: PLR0913 – who, where, when, and what is known from the start
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

    ``channel`` says how she was first met: a channel's word, or the id of an activity, which touches her
    then; errors as `find_source`. Refused("email-known") names who has that address already. The answer says
    whom she resembles.
    """
    with writing.transaction():
        source = _source(writing, channel)
        person = add_person(writing, details, protected=protected)
        added = add_to_cohort(
            writing,
            person,
            cohort,
            on,
            unit=unit,
            source=source,
            tags=tags,
            note=note,
        )
        return added._replace(resembles=resembled(writing.store, person))


def add_candidacy(
    writing: Writing,
    ref: str,
    cohort: Cohort,
    on: date,
    *,
    unit: int | None = None,
    channel: str | None = None,
) -> Added:
    """Begin another candidacy of a person who is known; ``channel`` as in `add_candidate`.

    Refused("already-in-cohort") or ("email-known").
    """
    with writing.transaction():
        source = _source(writing, channel)
        person = find_person(writing.store, ref).person
        number = writing.store.value("person.open_candidacy", person=person, cohort=cohort.id)
        if number is not None:
            raise Refused("already-in-cohort", id=candidacy_id(person, number), cohort=cohort.title)
        require_own_email(writing.store, person)
        return add_to_cohort(writing, person, cohort, on, unit=unit, source=source)


def add_to_cohort(  # noqa: PLR0913 – as above
    writing: Writing,
    person: int,
    cohort: Cohort,
    on: date,
    *,
    unit: int | None = None,
    source: Source | None = None,
    tags: Sequence[str] = (),
    note: str | None = None,
    imported: bool = False,
) -> Added:
    """Begin a candidacy of a person in a cohort, inside a transaction.

    InvalidInput("date-in-future"); NotFound("cohort-unknown") where it has been taken back meanwhile;
    Refused("cohort-full") where the first stage takes a seat and none is free.
    """
    store = writing.store
    if on > writing.occasion.today:
        raise InvalidInput("date-in-future", on=on.isoformat())
    installed = store.row("programme.latest_pipeline", name=cohort.pipeline)
    if installed is None:
        raise NotFound("pipeline-not-found", pipeline=cohort.pipeline)
    number = store.value("candidacy.next_number", person=person)
    try:
        candidacy = store.value(
            "candidacy.add",
            person=person,
            number=number,
            pipeline=installed[0],
            cohort=cohort.id,
            unit=unit if unit is not None else cohort.unit_id,
            channel=source.channel if source else None,
            no=False,
            genesis=GENESIS,
            changed_at=writing.occasion.recorded_at,
        )
    except Duplicate as error:  # somebody has taken the cohort back since it was chosen
        raise NotFound("cohort-unknown", ref=cohort.label) from error
    subject = load(store, candidacy)
    open_ = intents.Open(cohort.id, unit if unit is not None else cohort.unit_id, imported)
    try:
        change = changed(writing, subject, lambda w, s: [Step(open_, on, cohort=cohort.id)])
    except RefusedBy as refused:  # the first stage of its pipeline takes a seat
        seen = refused.verdicts[0].facts
        raise Refused(
            "cohort-full", cohort=cohort.title, seats=seen["seats"], taken=seen["taken"]
        ) from refused
    if source is not None:
        touch_by(writing, person, source, new=number == 1)
    set_tags(writing, person, tags, ())
    add_note(writing, candidacy, note, on)
    return _added(subject, change, cohort)


def _source(writing: Writing, channel: str | None) -> Source | None:
    return None if channel is None else find_source(writing.store, channel, writing.occasion.today)


def _added(subject: Subject, change: Change, cohort: Cohort) -> Added:
    return Added(
        candidate_id(subject.person),
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


def only_cohort(
    store: Store,
    today: date,
    *,
    term: Term | None = None,
    pipeline: str | None = None,
    unit: str | None = None,
    cohort: str | None = None,
) -> Cohort:
    """Return the only cohort that fits what is given and whose term has not ended; a term given may have.

    ``cohort`` is its id (``K-1``) or its name. InvalidInput("cohort-none-fits") or ("cohort-unclear"),
    which names those that fit.
    """
    if is_cohort_id(cohort):
        return find_cohort(store, cohort)
    found = fitting_cohorts(store, today, term, pipeline, unit, cohort)
    if not found:
        raise InvalidInput("cohort-none-fits", pipeline=pipeline, term=str(term) if term else None, unit=unit)
    if len(found) > 1:
        raise InvalidInput("cohort-unclear", cohorts=[each.title for each in found])
    return found[0]
