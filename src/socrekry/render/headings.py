"""How a page is headed: what it is about, which terms, as of when, and who may read it.

Every report says so in the same words. One that said only now and then that it is internal would sooner or
later be pasted where everybody reads it.
"""

from datetime import date
from typing import TYPE_CHECKING

from socrekry.domain.term import TermRange
from socrekry.locale import _

if TYPE_CHECKING:
    from socrekry.reports.views import Viewed


def about(*words: str | None) -> str:
    """Return what a page is about, from what there is of it."""
    return " · ".join(filter(None, words))


def spelt(terms: TermRange) -> str:
    """Return a term, or a range of them as a reader writes it: ``HT2010–HT2018``."""
    return str(terms).replace("..", "–")


def of_cohorts(terms: TermRange) -> str:
    """Return which cohorts a page is about: ``cohort HT2025``, ``cohorts HT2010–HT2018``."""
    if terms.first == terms.last:
        return _("cohort {term}").format(term=terms.first)
    return _("cohorts {terms}").format(terms=spelt(terms))


def aside(as_of: date, *, public: bool = False, known_at: str | None = None) -> str:
    """Return as of which day a page counts, as it was known when, and for whom it is."""
    readers = _("Public") if public else _("Internal")
    if known_at is not None:
        told = _("As of {day}, as known {moment} · {readers}")
        return told.format(day=as_of, moment=known_at, readers=readers)
    return _("As of {day} · {readers}").format(day=as_of, readers=readers)


def told_aside(report: "Viewed") -> str:
    """Return the same of a report, whichever view it is."""
    known_at = report.known_at.shown if report.known_at else None
    return aside(report.as_of, public=getattr(report, "public", False), known_at=known_at)
