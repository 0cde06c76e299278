"""Terms of the Swedish academic year: how they are written, which comes first, when they begin and end.

A term is a year and one of its halves: VT (spring) is 1, HT (autumn) is 2, as in Ladok's codes, so that
terms sort as time does: VT2025 < HT2025 < VT2026. Every form met in the wild is read; one form is printed,
``HT2025``. HT begins on the Monday that falls on 28 August–3 September and lasts 20 weeks; VT follows
directly, lasts 20 weeks and ends on a Sunday (checked against published dates 2015–2025). A university that
deviates gives its own dates, see `dates_of`.

Without this, ``H25`` and ``20252`` would be two cohorts, and nobody could say who is in the last year.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput

VT, HT = 1, 2
FIRST_YEAR, LAST_YEAR = 1901, 2099
"""Days of these years have a term that can be written and read again."""
_WEEKS = timedelta(weeks=20)
_DAY = timedelta(days=1)
_DIGITS = "0123456789"
_HALVES = {
    word: half
    for half, words in (
        (VT, "1 v vt vår våren vårtermin vårterminen spring springterm"),
        (HT, "2 h ht höst hösten hösttermin höstterminen autumn autumnterm fall fallterm"),
    )
    for word in words.split()
}


class TermDates(NamedTuple):
    """The first and the last day of a term, both included."""

    starts: date
    ends: date


class Term(NamedTuple):
    """One term; compares and sorts as time does."""

    year: int
    half: int

    @classmethod
    def parse(cls, text: str) -> "Term":
        """Read a term as people write it: ``HT2025``, ``H25``, ``2025 HT``, ``20252``, ``hösten 2025``.

        A two-digit year is in the 2000s; a four-digit one is 1900–2099. Case does not matter, nor do spaces,
        ``-`` and ``/`` between the word and the year. Raises InvalidInput ``term-invalid``.
        """
        word, year = _word_and_year(text)
        half = _HALVES.get(word)
        if half is None or not "1900" <= year <= "2099":
            raise InvalidInput("term-invalid", value=text)
        return cls(int(year), half)

    @classmethod
    def from_code(cls, code: int) -> "Term":
        """Read Ladok's code, as a store keeps it: 20252 is HT2025. Raises InvalidInput ``term-invalid``."""
        year, half = divmod(code, 10)
        if half not in (VT, HT):
            raise InvalidInput("term-invalid", value=str(code))
        return cls(year, half)

    @property
    def code(self) -> int:
        """Ladok's code: 20251 for VT2025, 20252 for HT2025; sorts as the terms do."""
        return self.year * 10 + self.half

    def __str__(self) -> str:
        return f"{'HT' if self.half == HT else 'VT'}{self.year}"

    @property
    def starts(self) -> date:
        """The Monday it begins, by the general rule; `dates_of` minds a university that deviates."""
        if self.half == VT:
            return self.previous.starts + _WEEKS
        earliest = date(self.year, 8, 28)
        return earliest + timedelta(days=-earliest.weekday() % 7)

    @property
    def ends(self) -> date:
        """The Sunday it ends, by the general rule."""
        return self.starts + _WEEKS - _DAY

    @property
    def next(self) -> "Term":
        """The term after it."""
        return self.plus(1)

    @property
    def previous(self) -> "Term":
        """The term before it."""
        return self.plus(-1)

    def plus(self, terms: int) -> "Term":
        """Return the term that many terms later, or earlier where ``terms`` is negative."""
        year, half = divmod(self.year * 2 + self.half - VT + terms, 2)
        return Term(year, half + VT)

    def minus(self, other: "Term") -> int:
        """Return how many terms this one is after ``other``; negative when it is before."""
        return (self.year - other.year) * 2 + self.half - other.half


class TermRange(NamedTuple):
    """The terms from the first to the last, both included."""

    first: Term
    last: Term

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term of the range, in order."""
        return terms_between(self.first, self.last)

    def covers(self, term: Term) -> bool:
        """Say whether ``term`` is in the range."""
        return self.first <= term <= self.last


def parse_range(text: str) -> TermRange:
    """Read ``HT2010..HT2018``, or a single term as the range of that term alone.

    Raises InvalidInput ``term-invalid`` with the part that is none, or ``term-range-reversed``.
    """
    first, dots, last = text.partition("..")
    begins = Term.parse(first if first.strip() else text)
    ends = Term.parse(last if last.strip() else text) if dots else begins
    if ends < begins:
        raise InvalidInput("term-range-reversed", value=text, first=str(begins), last=str(ends))
    return TermRange(begins, ends)


def terms_between(first: Term, last: Term) -> tuple[Term, ...]:
    """Return the terms from ``first`` to ``last``, both included; none where ``last`` comes first."""
    return tuple(first.plus(n) for n in range(last.minus(first) + 1))


def term_of(day: date) -> Term:
    """Return the term that runs on ``day``; in the summer, the one next to begin."""
    spring = Term(day.year, VT)
    if day < spring.starts:
        return spring.previous
    return spring if day <= spring.ends else spring.next


def written_term_of(day: date) -> Term:
    """Return the term of a day, as `term_of`, that can be written and read again.

    Raises InvalidInput ``date-out-of-range`` for a day before 1901 or after 2099.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput("date-out-of-range", value=day.isoformat())
    return term_of(day)


def dates_of(term: Term, overrides: Mapping[Term, TermDates]) -> TermDates:
    """Return a term's dates at a university that deviates as ``overrides`` say, by the rule otherwise."""
    return overrides.get(term) or TermDates(term.starts, term.ends)


def _word_and_year(text: str) -> tuple[str, str]:
    """Part ``HT-25`` into ``ht`` and ``2025``, and ``20252`` into ``2`` and ``2025``; a year may be empty."""
    # macOS hands over å and ö as a letter and a combining mark
    spelt = text.casefold().replace("a\u030a", "å").replace("o\u0308", "ö")
    parts = spelt.replace("-", " ").replace("/", " ").split()
    compact = "".join(parts)
    word = compact.strip(_DIGITS)
    if not word:
        return (compact[4:], compact[:4]) if len(parts) == 1 else ("", "")
    before, _, after = compact.partition(word)
    year = before or after
    unbroken = not (before and after) and any(part.strip(word) == year for part in parts)
    if not unbroken or len(year) not in (2, 4):
        return word, ""
    return word, year if len(year) == 4 else f"20{year}"
