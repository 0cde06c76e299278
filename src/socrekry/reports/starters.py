"""Those who started: when, where they came from, and what was said of each by a day.

The store keeps the last fact of each name. As of an earlier day, a later one has not been said yet, and
the one before it counts, which stands in the log: to ask again after a year would otherwise unsay what was
known after six months.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.staying import LEFT, STILL, Statement, statements
from socrekry.domain.term import Term
from socrekry.reports.asking import Scope
from socrekry.reports.tallied import courses_answer
from socrekry.store.connect import Store


class Course(NamedTuple):
    """When somebody started, what was said of her since, and why she left; ``number`` are alike in that."""

    on: date
    said: tuple[Statement, ...]
    reason: str | None
    number: int = 1


class Starter(NamedTuple):
    """Somebody who started: where, and how it went since."""

    candidacy: int
    person: int
    term: Term
    cohort: str
    unit: str | None
    university: tuple[str | None, str | None]
    course: Course


def starters(store: Store, scope: Scope) -> list[Starter]:
    """Return everybody who had started, with what had been said of each by the day of the scope."""
    found = []
    for row in store.rows("retention.started", **scope.values):
        number, person, term, cohort, unit, code, university, started, *told, reason = row
        said = statements(*told)
        if any(each.on > scope.as_of for each in said):
            said, reason = _as_it_was(store, number, scope.as_of)
        where = (Term.from_code(term), cohort, unit, (code, university))
        found.append(Starter(number, person, *where, Course(date.fromisoformat(started), said, reason)))
    return found


def courses(store: Store, scope: Scope) -> list[Course]:
    """Return the courses of everybody who had started, as `starters` would; many that are alike are one."""
    found = []
    tallied = courses_answer(store, scope.as_of)
    for row in store.rows("tallied.courses" if tallied else "retention.courses", **scope.values):
        started, left_on, still_on, left_last, reason, candidacy, number = row
        if candidacy is None:
            said = statements(left_on, 2 if left_last else 0, still_on, 1)
        else:
            said, reason = _as_it_was(store, candidacy, scope.as_of)
        found.append(Course(date.fromisoformat(started), said, reason, number))
    return found


def _as_it_was(store: Store, candidacy: int, as_of: date) -> tuple[tuple[Statement, ...], str | None]:
    """Return what had been said by a day, where something was said of a later one since, and the reason."""
    from socrekry.domain.events import FactRecorded, FactWithdrawn  # few reports need the log
    from socrekry.domain.folding import standing_entries
    from socrekry.store import log

    said: dict[str, Statement] = {}
    words: dict[str, int | None] = {}
    for entry in standing_entries(log.read(store, candidacy)):
        match entry.event:
            case FactWithdrawn(fact):
                said.pop(fact, None)
            case FactRecorded(fact, text=text) if fact in (LEFT, STILL):
                assert entry.occurred_on is not None, "a fact has its day"
                if entry.occurred_on <= as_of:
                    said[fact] = Statement(entry.occurred_on, entry.seq, fact)
                    words[fact] = text
    reason = store.value("retention.words", remark=words[LEFT]) if LEFT in said else None
    return tuple(said.values()), reason
