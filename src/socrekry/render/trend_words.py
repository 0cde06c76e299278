"""What the figures of a trend are called, and how a value of each is written."""

from collections.abc import Callable, Sequence

from socrekry.domain.pipeline import Pipeline
from socrekry.locale import N_, _, pick
from socrekry.render.report_words import all_at, within
from socrekry.render.text import NOTHING, count, kronor, percent
from socrekry.render.words import capital
from socrekry.reports.trend_figures import COUNT, DAYS, MONEY, SHARE, Figure, Number

TITLES = {
    "seats": N_("Seats"),
    "seats-taken": N_("Seats taken"),
    "reached": "{stage}",
    "ended": N_("Those closed"),
    "of-previous": N_("{stage} of previous"),
    "of-base": N_("{stage} of {all}"),
    "median-days": N_("{stage}, median days"),
    "p80-days": N_("{stage}, days for 80 %"),
    "lead-time": N_("First contact to contract, median days"),
    "need": N_("Positions needed"),
    "cost": N_("Cost of outreach"),
    "cost-per-qualified": N_("Cost per qualified"),
    "cost-per-hire": N_("Cost per hire"),
    "agency-cost": N_("Agency staff"),
    "retention-12": N_("Still employed, 12 months"),
    "voice": N_("Voices: {theme}"),
}
_WRITTEN: dict[str, Callable[[Number], str]] = {
    COUNT: lambda value: count(int(value)),
    SHARE: percent,
    MONEY: lambda value: kronor(int(value)),
    DAYS: lambda value: count(int(value + 0.5)),
}


def title(figure: Figure, pipeline: Pipeline | None) -> str:
    """Return what a reader calls a figure: ``Started of applications``."""
    named = pick(figure.titles) if figure.titles else ""
    base = pipeline.base_stage if pipeline else None
    every = all_at(base) if base else ""
    return capital(_(TITLES[figure.kind]).format(stage=named, theme=within(named), all=every))


def briefly(figure: Figure, known: Sequence[Number]) -> tuple[str, Callable[[Number], str]]:
    """Return how the values of a figure are written where there is little room: the unit once, and each.

    Money is in thousands where the greatest is a million or more and no amount would become 0 by it.
    """
    if figure.unit != MONEY:
        return "", _WRITTEN[figure.unit]
    large = max(known, default=0) >= 1_000_000 and all(not value or value >= 1_000 for value in known)
    return ("tkr", lambda value: count(int(value / 1000 + 0.5))) if large else ("kr", lambda v: count(int(v)))


def written(figure: Figure, value: Number | None) -> str:
    """Return a value as it stands in a table; a dash for a gap."""
    return NOTHING if value is None else _WRITTEN[figure.unit](value)
