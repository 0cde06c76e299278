"""From what a user typed to a candidacy or a person: an id, an e-mail, or part of a name.

``C-1`` serves for a candidacy while exactly one of hers is open; so does an e-mail or a part of a
name, case and accents ignored, while it is unambiguous. Anything else names the candidates.
"""

from typing import NamedTuple

from socrekry.domain.candidacy import OPEN, VOID
from socrekry.domain.errors import Ambiguous, NotFound
from socrekry.domain.ids import candidacy_id, parsed_id
from socrekry.domain.names import email_key, search_key, shown_name
from socrekry.store.connect import Store
from socrekry.store.engine import Row


class Found(NamedTuple):
    """A candidacy as it was when it was looked up; ``head`` is its last event then."""

    id: int
    person: int
    number: int
    state: str
    head: int
    stage: str
    name: str

    @property
    def label(self) -> str:
        """The candidacy's id: ``C-1.1``."""
        return candidacy_id(self.person, self.number)


def find_candidacy(store: Store, ref: str) -> Found:
    """Return the one candidacy that ``ref`` means.

    NotFound("candidate-not-found"); Ambiguous("candidate-ambiguous") with the candidates, each
    ``{"id", "name", "stage"}``, where several open ones (or several, none open) answer to it.
    """
    rows, exact = _rows(store, ref)
    found = [_found(row) for row in rows]
    if not exact:
        found = [each for each in found if each.state != VOID]
    if not found:
        raise _not_found(ref)
    if len({each.person for each in found}) == 1:  # what is closed is not meant while something is open
        found = [each for each in found if each.state == OPEN] or found
    if len(found) == 1:
        return found[0]
    candidates = [{"id": each.label, "name": each.name, "stage": each.stage} for each in found]
    raise Ambiguous("candidate-ambiguous", ref=ref, candidates=candidates)


def find_person(store: Store, ref: str) -> Found:
    """Return the latest candidacy of the one person that ``ref`` means; errors as `find_candidacy`."""
    rows, _ = _rows(store, ref)
    found = [_found(row) for row in rows]
    if not found:
        raise _not_found(ref)
    if len({each.person for each in found}) > 1:
        candidates = [{"id": each.label, "name": each.name, "stage": each.stage} for each in found]
        raise Ambiguous("candidate-ambiguous", ref=ref, candidates=candidates)
    return found[-1]


def _not_found(ref: str) -> NotFound:
    return NotFound("candidate-not-found" if parsed_id(ref) is None else "candidacy-not-found", ref=ref)


def _rows(store: Store, ref: str) -> tuple[list[Row], bool]:
    """Return the rows that answer, and whether ``ref`` is one candidacy's own id."""
    ref = ref.strip()  # as it comes out of a spreadsheet's cell
    numbers = parsed_id(ref)
    if numbers is not None:
        rows = store.rows("finding.by_number", person=numbers[0], number=numbers[1])
        return rows or _since_merged(store, *numbers), numbers[1] is not None
    if "@" in ref:
        return store.rows("finding.by_email", email=email_key(ref)), False
    sought = search_key(ref)
    if not sought:
        return [], False
    escaped = sought.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return store.rows("finding.by_name", pattern=f"%{escaped}%"), False


def _since_merged(store: Store, person: int, number: int | None) -> list[Row]:
    """Return what an id means whose person was merged into another, if she was."""
    into = store.value("duplicates.into", person=person)
    if into is None:
        return []
    if number is None:
        return store.rows("finding.by_number", person=into, number=None)
    begun = store.rows("finding.by_former_number", person=person, number=number)
    if begun:
        return begun
    became = store.row("finding.became", person=person, number=number)
    if became is None:
        return []
    key, after = became
    return _rows(store, candidacy_id(int(key.partition(":")[0]), int(after)))[0]


def _found(row: Row) -> Found:
    id_, person, number, state, head, stage, name, protected = row
    return Found(id_, person, number, state, head, stage, shown_name(name, protected))
