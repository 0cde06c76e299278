"""The figures of a report: what was counted, for one cohort or over several, as frozen values.

A count that is None is withheld: the report is public, and the count would let a small group be told
apart. Shares are computed here and nowhere else, so that a screen and a spreadsheet cannot differ.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.term import Term, TermRange
from socrekry.reports.asking import KnownAt
from socrekry.reports.sections import Beside


class Step(NamedTuple):
    """A stage of the funnel.

    ``reached`` ever stood there, ``completed`` left it forwards, ``in_stage`` are there. The shares are of
    those who reached the main stage before it and the base stage. ``earliest`` is the first day on which
    anybody can come there, while that lies ahead.
    """

    stage: Stage
    reached: int | None
    completed: int | None
    in_stage: int | None
    of_previous: float | None = None
    of_base: float | None = None
    earliest: date | None = None


class Exit(NamedTuple):
    """Candidacies that ended alike, and their number.

    In a public report ``outcome`` is None for those of a stage that may not be told apart, and ``stage`` for
    those of several stages.
    """

    stage: Stage | None
    outcome: str | None
    reason: str | None
    by: str | None
    number: int | None


class Duration(NamedTuple):
    """How long a stage takes: the days by which half had left it, and four of five, whichever way they left.

    Those still there count for as long as they have been; None where too many are there to say it. Of the
    stays, ``completed`` led forwards, ``ended`` did not, ``open`` are still there, and ``overdue`` of these
    are so longer than the stage expects (None where it expects nothing). ``withheld`` says that a public
    report hides some of it.
    """

    stage: Stage
    median_days: int | None
    p80_days: int | None
    completed: int | None
    ended: int | None
    open: int | None
    overdue: int | None
    withheld: bool = False


class LeadTime(NamedTuple):
    """How long it takes from the first contact to a contract, of those who have one or still may.

    ``hired`` have it, ``ended`` were closed without one, ``open`` are on the way. The days are None where
    too many are on the way to say it.
    """

    median_days: int | None
    p80_days: int | None
    hired: int
    ended: int
    open: int


class Account(NamedTuple):
    """What was counted; ``beside`` are the stages beside the main path, ``ended`` the sum of the exits.

    ``seats`` is None where they cannot be said: other units share them, and one unit was asked for.
    ``lead_time`` is None where it was not asked for, or may not be published.
    """

    funnel: tuple[Step, ...]
    beside: tuple[Step, ...]
    exits: tuple[Exit, ...]
    ended: int | None
    durations: tuple[Duration, ...]
    seats: int | None
    seats_taken: int | None
    from_waiting_list: int | None
    lead_time: LeadTime | None = None


class CohortReport(NamedTuple):
    """One cohort, and what was counted in it."""

    pipeline: Pipeline
    term: Term
    unit: str | None
    name: str
    account: Account


class PipelineReport(NamedTuple):
    """All cohorts of one pipeline together, and term by term."""

    pipeline: Pipeline
    account: Account
    terms: tuple[tuple[Term, Account], ...]


class TermReport(NamedTuple):
    """A term, or a range of terms, as of a day."""

    terms: TermRange
    as_of: date
    pipeline: str | None
    unit: str | None
    public: bool
    cohorts: tuple[CohortReport, ...]
    pipelines: tuple[PipelineReport, ...]
    beside: Beside = Beside()
    known_at: KnownAt | None = None
