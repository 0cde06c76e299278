"""What a cost is of: a kind of staff, and a calendar year, as budgets have it, or a term.

VT2015 and HT2015 belong to 2015. That is a simplification, for HT2015 goes on into January; but a budget
does not care for the weeks of a term, and without it a year and its terms could not be told to be the same
money.
"""

from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import HT, VT, Term, TermRange

AGENCY, OWN_STAFF = "agency", "own-staff"
COST_KINDS = (AGENCY, OWN_STAFF)
_KINDS = {AGENCY: AGENCY, "inhyrd": AGENCY, "inhyrda": AGENCY, OWN_STAFF: OWN_STAFF, "egen": OWN_STAFF}


def parse_kind(text: str) -> str:
    """Read a kind of staff, in English or Swedish: ``agency``, ``inhyrd personal``.

    Raises InvalidInput ``cost-kind-invalid`` with those there are.
    """
    words = text.casefold().split() or [""]
    if words[0] not in _KINDS:
        raise InvalidInput("cost-kind-invalid", value=text, kinds=list(COST_KINDS))
    return _KINDS[words[0]]


class Period(NamedTuple):
    """A year, or one of its terms; sorts by time, a whole year before its terms."""

    year: int
    half: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``2018`` as that year, and a term as a term. Raises InvalidInput ``period-invalid``."""
        word = text.strip()
        if word.isascii() and word.isdecimal() and len(word) == 4 and "1900" <= word <= "2099":
            return cls(int(word))
        try:
            return cls(*Term.parse(text))
        except InvalidInput:
            raise InvalidInput("period-invalid", value=text) from None

    @property
    def term(self) -> Term | None:
        """The term, None where it is a year."""
        return Term(self.year, self.half) if self.half else None

    @property
    def terms(self) -> TermRange:
        """The terms that belong to it."""
        return TermRange(Term(self.year, self.half or VT), Term(self.year, self.half or HT))

    def overlaps(self, other: "Period") -> bool:
        """Say whether they are a year and one of its terms, for which the same money could be recorded."""
        return self != other and self.year == other.year and 0 in (self.half, other.half)

    def __str__(self) -> str:
        return str(self.term or self.year)
