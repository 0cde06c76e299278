"""Count voices: how many wish, fear and praise what, and how that has changed since the terms before.

A voice belongs to the term of its activity, or to that of its candidate's cohort, and counts from its day.
It is compared with as many terms before as were asked for, under the same filters; where nothing at all was
heard then, or now, nobody can say what has changed, and nothing is said. A count that is None is withheld:
the report is public, and fewer than five could be told apart.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from socrekry.domain.errors import Ambiguous, NotFound
from socrekry.domain.ids import activity_id, candidacy_id, voice_id
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key
from socrekry.domain.term import Term, TermRange, term_of
from socrekry.domain.themes import KINDS, Theme, every_theme, theme_called, theme_meant
from socrekry.reports.asking import Question, Scope, scope_of
from socrekry.reports.shares import SMALLEST
from socrekry.store.connect import Store
from socrekry.store.engine import Row

T = TypeVar("T")


class Filters(NamedTuple):
    """Which voices are asked for, by code; None lets all through."""

    theme: str | None = None
    university: str | None = None
    kind: str | None = None


EVERYTHING = Filters()


class Cell(NamedTuple):
    """How many said it in one term at one university (None: at none)."""

    term: Term
    university: str | None
    number: int | None


class Voiced(NamedTuple):
    """A theme of one kind: how often it was heard, and before; None is withheld, or nothing to compare with.

    The parts by university and by term are None where one of them would be withheld.
    """

    kind: str
    theme: Theme
    number: int | None
    before: int | None
    by_university: tuple[tuple[str | None, int], ...] | None
    by_term: tuple[tuple[Term, int], ...] | None
    cells: tuple[Cell, ...]

    @property
    def change(self) -> int | None:
        """How many more than before; None where that cannot be said."""
        return None if self.number is None or self.before is None else self.number - self.before

    @property
    def is_new(self) -> bool:
        """Whether nobody said it before, though something was heard."""
        return self.before == 0 and bool(self.number)


class Voices(NamedTuple):
    """What was heard in some terms as of a day, the most frequent first, compared with the terms before."""

    terms: TermRange
    previous: TermRange
    as_of: date
    compared: bool
    public: bool
    voices: tuple[Voiced, ...]

    def of(self, kind: str) -> tuple[Voiced, ...]:
        """Return what was said of that kind."""
        return tuple(each for each in self.voices if each.kind == kind)


class Words(NamedTuple):
    """A voice as it was heard; ``source`` is ``A-1`` or ``C-1.1``, ``activity`` what the former is called."""

    id: str
    kind: str
    theme: Theme
    number: int
    text: str | None
    on: date
    source: str
    activity: str | None
    term: Term
    university: str | None


def filters_of(
    store: Store, *, theme: str | None = None, university: str | None = None, kind: str | None = None
) -> Filters:
    """Return what was typed as filters: a theme and a university by code or name, a kind of `KINDS`.

    NotFound and Ambiguous ``theme-…`` and ``university-…``.
    """
    return Filters(
        theme_meant(_themes(store), theme).code if theme is not None else None,
        _university(store, university) if university is not None else None,
        kind,
    )


def heard_scope(store: Store, question: Question, filters: Filters, today: date) -> Scope:
    """Return what is to be counted; a term that nobody named is the latest in which anything was heard.

    Errors as `scope_of`.
    """
    scope = scope_of(store, question, today)
    if question.terms is not None:
        return scope
    term = _latest(store, scope, filters) or term_of(scope.as_of)
    return scope._replace(terms=TermRange(term, term))


def voices(store: Store, scope: Scope, filters: Filters = EVERYTHING, *, public: bool = False) -> Voices:
    """Return what was heard in the scope's terms, and how that differs from what was heard before.

    A term is compared with the latest before it in which anything was heard: many meet students in one half
    of the year only. A range is compared with as many terms before it.
    """
    terms = scope.terms
    previous = _before(store, scope, filters)
    both = scope._replace(terms=TermRange(previous.first, terms.last))
    now: dict[tuple[str, str], list[Row]] = {}
    before: dict[tuple[str, str], int] = {}
    for kind, theme, code, university, number in store.rows("voices.counts", **_values(both, filters)):
        if code < terms.first.code:
            before[kind, theme] = before.get((kind, theme), 0) + number
        else:
            now.setdefault((kind, theme), []).append((Term.from_code(code), university, number))
    if not now:  # where nothing at all was heard, nobody has fallen silent about a theme
        return Voices(terms, previous, scope.as_of, False, public, ())
    known, compared = _themes(store), bool(before)
    found = [
        _voiced(
            key[0],
            theme_called(known, key[1]),
            now.get(key, ()),
            before.get(key, 0) if compared else None,
        )
        for key in dict.fromkeys((*now, *before))
    ]
    shown = [_withheld(each) for each in found] if public else found
    return Voices(terms, previous, scope.as_of, compared, public, tuple(sorted(shown, key=_frequent_first)))


def _before(store: Store, scope: Scope, filters: Filters) -> TermRange:
    first, last = scope.terms
    if first != last:
        return TermRange(first.plus(first.minus(last) - 1), first.previous)
    term = _latest(store, scope, filters, before=first) or first.previous
    return TermRange(term, term)


def _latest(store: Store, scope: Scope, filters: Filters, before: Term | None = None) -> Term | None:
    """Return the latest term in which anything was heard, before another where one is given."""
    code = store.value(
        "voices.latest", **_values(scope, filters, term=False), before=before.code if before else None
    )
    return Term.from_code(code) if code is not None else None


def texts(store: Store, scope: Scope, filters: Filters = EVERYTHING) -> tuple[Words, ...]:
    """Return each voice of the scope with the words that were kept, the earliest first. For internal use."""
    known = _themes(store)
    return tuple(_words(row, known) for row in store.rows("voices.texts", **_values(scope, filters)))


def _voiced(kind: str, theme: Theme, rows: Iterable[Row], before: int | None) -> Voiced:
    cells = tuple(Cell(*row) for row in rows)
    universities: dict[str | None, int] = {}
    terms: dict[Term, int] = {}
    for term, university, number in cells:
        universities[university] = universities.get(university, 0) + (number or 0)
        terms[term] = terms.get(term, 0) + (number or 0)
    by_university = sorted(universities.items(), key=lambda part: (-part[1], part[0] or "~"))
    return Voiced(
        kind, theme, sum(terms.values()), before, tuple(by_university), tuple(sorted(terms.items())), cells
    )


def _withheld(each: Voiced) -> Voiced:
    """Return what may be published; of parts that have a small one, none: their sum would tell it."""
    whole = all(_may_be_shown(cell.number) for cell in each.cells)
    return each._replace(
        number=each.number if _may_be_shown(each.number) else None,
        before=each.before if _may_be_shown(each.before) else None,
        by_university=_parts(each.by_university),
        by_term=_parts(each.by_term),
        cells=each.cells if whole else tuple(cell._replace(number=None) for cell in each.cells),
    )


def _parts(parts: tuple[tuple[T, int], ...] | None) -> tuple[tuple[T, int], ...] | None:
    return parts if parts and all(_may_be_shown(number) for _, number in parts) else None


def _may_be_shown(number: int | None) -> bool:
    return not number or number >= SMALLEST


def _frequent_first(each: Voiced) -> tuple[int, int, str]:
    """Sort by kind and count; what is withheld stands last, in no order that tells how many."""
    return KINDS.index(each.kind), -(each.number or 0), each.theme.code


def _words(row: Row, known: Iterable[Theme]) -> Words:
    number, kind, theme, text, count, on, activity, title, person, candidacy, term, university = row
    source = candidacy_id(person, candidacy) if activity is None else activity_id(activity)
    of = theme_called(known, theme)
    day = date.fromisoformat(on)
    return Words(
        voice_id(number), kind, of, count, text, day, source, title, Term.from_code(term), university
    )


def _values(scope: Scope, filters: Filters, *, term: bool = True) -> dict[str, Any]:
    values = scope.values | filters._asdict()
    return values if term else {name: values[name] for name in values if name not in ("first", "last")}


def _themes(store: Store) -> tuple[Theme, ...]:
    return every_theme(store.rows("voices.themes"))


def _university(store: Store, text: str) -> str:
    """Return the code of the university that has that code, or is the only one whose name is like it."""
    rows = store.rows("programme.university_names")
    coded = [row for row in rows if row[0] == text.strip().casefold()]
    found = coded or matching(rows, text, lambda row: search_key(row[1]))
    if not found:
        raise NotFound("university-not-found", university=text, universities=[row[0] for row in rows])
    if len(found) > 1:
        candidates = [{"code": row[0], "name": row[1]} for row in found]
        raise Ambiguous("university-ambiguous", university=text, candidates=candidates)
    return str(found[0][0])
