"""Bring somebody who is known up to what a row says of her: her details, and the later stages.

What the row leaves empty stays as it is, and what it says again changes nothing, so that a file may be
imported again when it has grown. A note belongs to the row's first import and is not written twice.
"""

from collections.abc import Sequence

from socrekry.domain.candidacy import OPEN
from socrekry.domain.facts import fact_kind
from socrekry.domain.ids import candidate_id
from socrekry.services.candidacies import Subject
from socrekry.services.imported import Row
from socrekry.services.imported_history import Visit, written
from socrekry.services.persons import Details, edit_candidate, read_details
from socrekry.services.writing import Writing


def mended(writing: Writing, person: int, row: Row) -> bool:
    """Keep what the row knows of a person and is new; return whether anything was."""
    said = {field: value for field, value in row.details._asdict().items() if value is not None}
    before = _known(writing, person)
    edit_candidate(writing, candidate_id(person), said, add_tags=row.tags)
    return _known(writing, person) != before


def _known(writing: Writing, person: int) -> tuple[Details, list[tuple[str, ...]]]:
    details, _ = read_details(writing.store, person)
    return details, writing.store.rows("person.tags", person=person)


def caught_up(
    writing: Writing, subject: Subject, row: Row, visits: Sequence[Visit], staff: dict[str, int]
) -> Subject:
    """Write to a candidacy what the row tells and it does not know yet; return it as it is then.

    Raises RefusedBy where the row's later stages do not follow from where the candidacy stands.
    """
    now = subject.candidacy
    been = {stay.stage for stay in now.stays}
    later = [visit for visit in visits if visit.stage.name not in been]
    facts = tuple(
        fact
        for fact in row.facts
        if (held := now.fact(fact.name)) is None
        or held.on != fact.on
        or not (fact_kind(fact.name).is_text or fact.value in (None, held.value))
    )
    new = {role: number for role, number in staff.items() if now.assigned(role) != number}
    closed_so = row.outcome is not None and now.state != OPEN and now.outcome == row.outcome
    rest = row._replace(facts=facts, outcome=None if closed_so else row.outcome)
    return written(writing, subject, rest, later, new)
