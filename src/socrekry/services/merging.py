"""Merge two candidates who are one person: both histories are kept, under the first one's id.

Her candidacies get new numbers and keep their logs as they are, chained under the ids that they were begun
under. Of the details the first one's win, and what she lacks is filled from the other's. The other stays
where she was, without candidacies: whoever asks for her is shown whom she became, and taking back the merge
finds her as she was. Everything is noted in the account, so `undo` takes it back.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.candidacy import OPEN
from socrekry.domain.errors import InvalidInput, Refused
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.names import shown_name
from socrekry.services.acting import Step, changed
from socrekry.services.candidacies import Subject, load
from socrekry.services.cohorts import find_cohort
from socrekry.services.duplicates import living
from socrekry.services.persons import Details, keep_details, read_details, set_tags
from socrekry.services.writing import Writing, as_text
from socrekry.store.connect import Store


class Chosen(NamedTuple):
    """What was kept of a detail, whose it is, and what the other had instead (None: nothing, or the same)."""

    field: str
    kept: str | None
    of: str
    dropped: str | None


class Renumbered(NamedTuple):
    """A candidacy's id before the merge and after it."""

    before: str
    after: str


class Merged(NamedTuple):
    """What a merge did: who is left and who became her, what was chosen, and what came along."""

    id: str
    name: str
    merged: str
    details: tuple[Chosen, ...]
    candidacies: tuple[Renumbered, ...]
    set_aside: tuple[str, ...]
    activities: int
    tags: tuple[str, ...]


class _Two(NamedTuple):
    """Whom to keep and who becomes her."""

    kept: int
    gone: int

    @property
    def key(self) -> str:
        """What the account calls the merge."""
        return f"{self.kept}:{self.gone}"


def merge(writing: Writing, ref: str, other: str, choices: Mapping[str, str] | None = None) -> Merged:
    """Merge a candidate into another, who is named first.

    ``choices`` names for a field of `Details` whose to keep. InvalidInput ``merge-with-itself``,
    ``merge-field-unknown``, ``merge-neither``; Refused ``merge-protected``, or ``merge-same-cohort`` where
    both are open in the same cohort and neither can be set aside.
    """
    with writing.transaction():
        store = writing.store
        two = _Two(living(store, ref), living(store, other))
        if two.kept == two.gone:
            raise InvalidInput("merge-with-itself", id=candidate_id(two.kept))
        details = _chosen(store, two, choices or {})
        writing.crediting(*two)
        set_aside = _set_aside(writing, two)
        writing.created("merge", two.key)
        renumbered = _move_candidacies(writing, two)
        activities = _move_touches(writing, two)
        kept = _keep_details(writing, two, details)
        tags = _tags_to_add(store, two)
        set_tags(writing, two.kept, tags, ())
        name = shown_name(kept.name, None)
        ids = candidate_id(two.kept), name, candidate_id(two.gone)
        return Merged(*ids, details, renumbered, set_aside, activities, tags)


def _chosen(store: Store, two: _Two, choices: Mapping[str, str]) -> tuple[Chosen, ...]:
    """Return whose each detail is to be, for those that one of them has."""
    (ours, protected), (theirs, also) = (read_details(store, each) for each in two)
    for person, hidden in zip(two, (protected, also), strict=True):
        if hidden:
            raise Refused("merge-protected", id=candidate_id(person))
    for field in choices:
        if field not in Details._fields:
            raise InvalidInput("merge-field-unknown", field=field, fields=list(Details._fields))
    found = []
    for field in Details._fields:
        our, their = as_text(getattr(ours, field)), as_text(getattr(theirs, field))
        takes_theirs = _whose(store, two, choices[field]) == two.gone if field in choices else our is None
        kept, left = (their, our) if takes_theirs else (our, their)
        if kept is not None or left is not None:
            of = candidate_id(two.gone if takes_theirs else two.kept)
            found.append(Chosen(field, kept, of, None if left == kept else left))
    return tuple(found)


def _whose(store: Store, two: _Two, ref: str) -> int:
    person = living(store, ref)
    if person not in two:
        one, other = map(candidate_id, two)
        raise InvalidInput("merge-neither", ref=ref, one=one, other=other)
    return person


def _set_aside(writing: Writing, two: _Two) -> tuple[str, ...]:
    """Take back one of two candidacies that are open in the same cohort; return the ids of those."""
    store, open_in = writing.store, dict[int, int]()
    for candidacy, _, cohort, state in store.rows("duplicates.candidacies", person=two.kept):
        if state == OPEN:
            open_in[cohort] = candidacy
    done = []
    for candidacy, _, cohort, state in store.rows("duplicates.candidacies", person=two.gone):
        if state == OPEN and cohort in open_in:
            both = load(store, open_in[cohort]), load(store, candidacy)
            subject = next((each for each in reversed(both) if _just_begun(each)), None)
            if subject is None:
                one, other = (each.label for each in both)
                title = find_cohort(store, f"K-{cohort}").title
                raise Refused("merge-same-cohort", id=one, other=other, cohort=title)
            changed(writing, subject, lambda w, _: [Step(intents.SetAside(), w.occasion.today)])
            done.append(subject.label)
    return tuple(done)


def _just_begun(subject: Subject) -> bool:
    """Whether nothing is in a candidacy but that it was begun."""
    here = subject.candidacy
    never_left = all(stay.stage == subject.pipeline.initial.name for stay in here.stays)
    return never_left and not here.facts and not here.assignments


def _move_candidacies(writing: Writing, two: _Two) -> tuple[Renumbered, ...]:
    """Give the candidacies of the one who goes, and those merged into her, to the one who is kept."""
    store = writing.store
    number = int(store.value("candidacy.next_number", person=two.kept))
    # First of all: it is by this that those who may see the one may see the other as well.
    store.write("duplicates.add_merged", person=two.gone, into=two.kept)
    moved = []
    for (earlier,) in store.rows("duplicates.merged_into", person=two.gone):
        store.write("duplicates.redirect_merged", person=earlier, into=two.kept)
        writing.edited("merge", two.key, "merged", earlier, None)
    rows = store.rows("duplicates.candidacies", person=two.gone)
    for after, (candidacy, before, _, _) in enumerate(rows, number):
        store.write("duplicates.add_former", candidacy=candidacy, person=two.gone, number=before)
        move_candidacy(store, candidacy, two.kept, after)
        writing.edited("merge", two.key, "candidacy", before, after)
        moved.append(Renumbered(candidacy_id(two.gone, before), candidacy_id(two.kept, after)))
    for person in two:
        store.write("candidacy.keep_person", person=person)
    return tuple(moved)


def move_candidacy(store: Store, candidacy: int, person: int, number: int) -> None:
    """Give a candidacy and the facts that it holds to a person, inside a transaction."""
    store.write("duplicates.move_facts", candidacy=candidacy, person=person)
    store.write("duplicates.move_candidacy", candidacy=candidacy, person=person, number=number)


def _move_touches(writing: Writing, two: _Two) -> int:
    """Take along the activities that the one who is kept did not take part in; return how many."""
    store = writing.store
    touches = store.rows("duplicates.only_hers", person=two.gone, other=two.kept)
    for (touch,) in touches:
        store.write("duplicates.move_touch", id=touch, person=two.kept)
        writing.edited("merge", two.key, "touch", touch, None)
    return len(touches)


def _keep_details(writing: Writing, two: _Two, chosen: Sequence[Chosen]) -> Details:
    """Store what was chosen, and note what that changes."""
    store = writing.store
    ours, _ = read_details(store, two.kept)
    theirs, _ = read_details(store, two.gone)
    taken = {each.field: getattr(theirs, each.field) for each in chosen if each.of == candidate_id(two.gone)}
    details = ours._replace(**taken)
    if details != ours:
        keep_details(store, two.kept, details)
    for field in taken:
        before, after = as_text(getattr(ours, field)), as_text(getattr(details, field))
        if before != after:
            writing.edited("person", two.kept, field, before, after)
    return details


def _tags_to_add(store: Store, two: _Two) -> tuple[str, ...]:
    ours, theirs = ({tag for (tag,) in store.rows("person.tags", person=each)} for each in two)
    return tuple(sorted(theirs - ours))
