"""What a report is asked for, and what that means in this store: which terms, whose cohorts, as of when.

Rule: a name that is not there is an error that lists those there are; a term that nobody named is the
latest that has a cohort and has begun. A report over nothing, headed as if it were over something, would
be believed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound
from socrekry.domain.matching import matching
from socrekry.domain.term import Term, TermRange, term_of
from socrekry.store.connect import Store


class KnownAt(NamedTuple):
    """The moment up to which something had been recorded: as it is shown, as a store keeps times, its day."""

    shown: str
    recorded_at: str
    day: date


class Question(NamedTuple):
    """What was asked, as it was typed; what is None was left open.

    ``picked`` says that the sections were named, not those that a report usually has.
    ``known_at`` is told in the answer; it is for whoever opens the store to give one as it was known then.
    """

    as_of: date
    terms: TermRange | None = None
    pipeline: str | None = None
    unit: str | None = None
    public: bool = False
    sections: tuple[str, ...] = ()
    known_at: KnownAt | None = None
    picked: bool = False


class Scope(NamedTuple):
    """What is counted: the terms, the day, and one pipeline or unit where one was named."""

    terms: TermRange
    as_of: date
    pipeline: str | None
    unit_id: int | None
    unit: str | None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters that every statement of the report takes."""
        return {
            "first": self.terms.first.code,
            "last": self.terms.last.code,
            "as_of": self.as_of.isoformat(),
            "pipeline": self.pipeline,
            "unit": self.unit_id,
        }


Usual: TypeAlias = Callable[[Store, date, str | None, int | None], TermRange]
"""Which terms are meant where none was named: of a pipeline (by name) and a unit (by number), as of a day."""


def scope_of(store: Store, question: Question, today: date, usual: Usual | None = None) -> Scope:
    """Return what is to be counted; ``usual`` says which terms where none was named.

    InvalidInput("as-of-in-future"); NotFound("pipeline-not-found", "unit-not-found");
    Ambiguous("unit-ambiguous").
    """
    if question.as_of > today:
        raise InvalidInput("as-of-in-future", on=question.as_of.isoformat(), today=today.isoformat())
    pipeline = _pipeline(store, question.pipeline) if question.pipeline is not None else None
    number, unit = _unit(store, question.unit) if question.unit is not None else (None, None)
    terms = question.terms or (usual or _usual_terms)(store, question.as_of, pipeline, number)
    return Scope(terms, question.as_of, pipeline, number, unit)


def every_term(store: Store, as_of: date, pipeline: str | None, unit: int | None) -> TermRange:
    """Return the terms from the first to the last that has a cohort; that of the day, if there is none."""
    known = _terms_with_cohorts(store, pipeline, unit) or [term_of(as_of)]
    return TermRange(known[0], known[-1])


def _usual_terms(store: Store, as_of: date, pipeline: str | None, unit: int | None) -> TermRange:
    """The latest term with a cohort that has begun; the next, if none has; today's, if there is none."""
    known = _terms_with_cohorts(store, pipeline, unit)
    begun = [term for term in known if term.starts <= as_of]
    term = max(begun) if begun else min(known, default=term_of(as_of))
    return TermRange(term, term)


def _terms_with_cohorts(store: Store, pipeline: str | None, unit: int | None) -> list[Term]:
    return [Term.from_code(code) for (code,) in store.rows("report.terms", pipeline=pipeline, unit=unit)]


def _pipeline(store: Store, name: str) -> str:
    known = [row[0] for row in store.rows("programme.pipeline_names")]
    found = name.strip().casefold()
    if found not in known:
        raise NotFound("pipeline-not-found", pipeline=name, pipelines=known)
    return found


def _unit(store: Store, text: str) -> tuple[int, str]:
    """Return the number and name of the unit that is called so, or the only one whose name contains it."""
    rows = store.rows("programme.unit_names")
    found = matching(rows, text, lambda row: str(row[4]))
    if not found:
        raise NotFound("unit-not-found", unit=text, units=[row[1] for row in rows])
    if len(found) > 1:
        raise Ambiguous("unit-ambiguous", unit=text, candidates=[{"name": row[1]} for row in found])
    return found[0][0], found[0][1]
