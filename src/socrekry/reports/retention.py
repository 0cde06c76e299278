"""Who stays: of those who started, how many were still there after 6, 12 and 24 months.

Counted is each candidacy that came to its won stage and was not undone out of it, by what had occurred by
the day of the report. `domain.staying` says how it stood at a mark. Whoever has not come to a mark by that
day is left out of its figures and counted beside them; of whom nothing is known, she is in the denominator
and not among those who stayed. Anything else would make a figure better by not asking.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from socrekry.domain.names import sort_key
from socrekry.domain.staying import LEFT, MARKS, STILL, UNKNOWN, at_mark, has_left, mark_day
from socrekry.domain.term import Term, TermRange
from socrekry.reports.asking import Scope, every_term
from socrekry.reports.shares import share
from socrekry.reports.starters import Course, Starter, courses, starters
from socrekry.store.connect import Store

_NOT_YET = "not-yet"


class Mark(NamedTuple):
    """How it stood so many months after the day of starting; ``due`` is the sum of the three after it."""

    months: int
    due: int
    still_employed: int
    left: int
    unknown: int
    not_yet: int

    @property
    def share(self) -> float | None:
        """Those still there, of all who have come to the mark."""
        return share(self.still_employed, self.due)

    @property
    def share_of_known(self) -> float | None:
        """Those still there, of those of whom something is known."""
        return share(self.still_employed, self.still_employed + self.left)


class Group(NamedTuple):
    """Those who are alike, None where nothing is known of it; ``title`` is what a reader calls them."""

    group: str | None
    title: str | None
    marks: tuple[Mark, ...]


class Reason(NamedTuple):
    """Why they left, in a user's own words (None: her words were not kept), and how many did."""

    reason: str | None
    number: int


class Retention(NamedTuple):
    """Who stayed, of the cohorts of these terms; ``started`` is how many there are."""

    terms: TermRange
    as_of: date
    pipeline: str | None
    unit: str | None
    started: int
    marks: tuple[Mark, ...]
    by: str | None
    groups: tuple[Group, ...]
    reasons: tuple[Reason, ...]


def retention(store: Store, scope: Scope, by: str | None = None, *, earlier: bool = True) -> Retention:
    """Return who stayed, of the cohorts up to the scope's last term; of its own alone if not ``earlier``.

    ``by`` is one of `starter_groups.GROUPINGS`.
    """
    with store.snapshot():
        within = _with_earlier(store, scope) if earlier else scope
        those = starters(store, within) if by else ()
        everybody = [each.course for each in those] if by else courses(store, within)
        parts = _parted(store, within, those, by) if by else {}
    return Retention(
        within.terms,
        scope.as_of,
        scope.pipeline,
        scope.unit,
        sum(each.number for each in everybody),
        tally(everybody, scope.as_of),
        by,
        tuple(Group(*label, tally(those, scope.as_of)) for label, those in parts.items()),
        _reasons(everybody),
    )


def _parted(
    store: Store, scope: Scope, everybody: Iterable[Starter], by: str
) -> dict[tuple[str | None, str | None], list[Course]]:
    from socrekry.reports.starter_groups import grouped  # no report has groups

    parts = grouped(store, scope, everybody, by)
    return {label: [each.course for each in those] for label, those in parts.items()}


def by_term(store: Store, scope: Scope) -> dict[Term, tuple[Mark, ...]]:
    """Return who stayed, for each term of the scope in whose cohorts somebody has started."""
    terms: dict[Term, list[Course]] = {}
    for each in starters(store, scope):
        terms.setdefault(each.term, []).append(each.course)
    return {term: tally(those, scope.as_of) for term, those in terms.items()}


def tally(everybody: Iterable[Course], as_of: date) -> tuple[Mark, ...]:
    """Count how it stood at each mark."""
    counts = {months: Counter[str]() for months in MARKS}
    for each in everybody:
        for months, count in counts.items():
            mark = mark_day(each.on, months)
            count[at_mark(each.on, mark, each.said) if mark <= as_of else _NOT_YET] += each.number
    return tuple(
        Mark(
            months,
            count.total() - count[_NOT_YET],
            *(count[each] for each in (STILL, LEFT, UNKNOWN, _NOT_YET)),
        )
        for months, count in counts.items()
    )


def _with_earlier(store: Store, scope: Scope) -> Scope:
    first = every_term(store, scope.as_of, scope.pipeline, scope.unit_id).first
    return scope._replace(terms=TermRange(min(first, scope.terms.first), scope.terms.last))


def _reasons(everybody: Iterable[Course]) -> tuple[Reason, ...]:
    """Return why those left who are gone, the most frequent first; spelling alone parts no reasons."""
    sums: dict[str, int] = {}
    spelt: dict[str, str] = {}
    for each in everybody:
        if has_left(each.on, each.said):
            words = " ".join((each.reason or "").split())
            spelt.setdefault(words.casefold(), words)
            sums[words.casefold()] = sums.get(words.casefold(), 0) + each.number
    ordered = sorted(sums.items(), key=lambda each: (not each[0], -each[1], sort_key(each[0])))
    return tuple(Reason(spelt[words] or None, n) for words, n in ordered)
