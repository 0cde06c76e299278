"""The figures that a trend can show, by name: what each counts in, and where in a term's account it stands.

A figure is one entry here and a title in `render.trend_words`. It reads what `trend_sources` has counted
for a term; None is a gap: the term has no such figure, or cannot have it yet. A gap is never 0, for a line
that falls to nothing would tell of a failure where there was only no cohort.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.themes import Theme
from socrekry.reports.figures import Account, Duration, Step
from socrekry.reports.retention import Mark

Number: TypeAlias = int | float
COUNT, SHARE, MONEY, DAYS = "count", "share", "SEK", "days"
ACCOUNT, LEADS, CHANNELS, NEEDS, AGENCY, RETENTION, VOICES = (
    "account",
    "leads",
    "channels",
    "needs",
    "agency",
    "retention",
    "voices",
)


class Figure(NamedTuple):
    """A figure: its ``name`` as it is typed, and ``value``, which reads it from its ``source`` for a term.

    ``kind`` is the part of the name that has a title; ``titles``, by language, belong to the stage or theme
    that it is about, ``stage`` is that stage. ``main`` ones are shown where none was asked for.
    """

    name: str
    kind: str
    unit: str
    source: str
    value: Callable[[Any], Number | None]
    main: bool = False
    titles: dict[str, str] | None = None
    stage: Stage | None = None

    @property
    def names(self) -> Iterator[str]:
        """What it may be called: its name, or that with a title in any language in place of the code."""
        yield self.name
        family, colon, _ = self.name.rpartition(":")
        yield from (f"{family}{colon}{title.casefold()}" for title in (self.titles or {}).values())


_SEATS = (
    Figure("seats", "seats", COUNT, ACCOUNT, lambda account: account.seats, main=True),
    Figure("seats-taken", "seats-taken", COUNT, ACCOUNT, lambda account: account.seats_taken, main=True),
)
_ENDED = Figure("ended", "ended", COUNT, ACCOUNT, lambda account: account.ended, main=True)
_BESIDE_THE_FUNNEL = (
    Figure("lead-time", "lead-time", DAYS, LEADS, lambda lead: lead.median_days),
    Figure("need", "need", COUNT, NEEDS, lambda need: need, main=True),
    Figure("cost", "cost", MONEY, CHANNELS, lambda figures: figures.cost, main=True),
    Figure("cost-per-qualified", "cost-per-qualified", MONEY, CHANNELS, lambda f: f.cost_per_qualified),
    Figure("cost-per-hire", "cost-per-hire", MONEY, CHANNELS, lambda f: f.cost_per_hire, main=True),
    Figure("agency-cost", "agency-cost", MONEY, AGENCY, lambda amount: amount, main=True),
    Figure(
        "retention-12", "retention-12", SHARE, RETENTION, lambda marks: _known_share(marks[12]), main=True
    ),
)
FIXED = {figure.name: figure for figure in (*_SEATS, _ENDED, *_BESIDE_THE_FUNNEL)}

_DAYS_IN_STAGE: dict[str, Callable[[Duration], int | None]] = {
    "median-days": lambda duration: duration.median_days,
    "p80-days": lambda duration: duration.p80_days,
}


def figures_of(pipeline: Pipeline | None, themes: Iterable[Theme] = ()) -> dict[str, Figure]:
    """Return every figure by name, those about a pipeline's stages among them, in the order of a funnel."""
    stages = pipeline.stages if pipeline else ()
    found = [
        *_SEATS,
        *(_reached(stage) for stage in stages if stage.kind != "lost"),
        _ENDED,
        *(_shares(pipeline) if pipeline else ()),
        *(_days(kind, stage) for kind in _DAYS_IN_STAGE for stage in stages if stage.kind == "open"),
        *_BESIDE_THE_FUNNEL,
        *(_voice(theme) for theme in themes),
    ]
    return {
        figure.name: FIXED.get(figure.name, figure) for figure in found
    }  # a stage of such a name gives way


def _known_share(mark: Mark) -> float | None:
    """Return the share still there; a gap where nothing is known, for it would look like a loss."""
    return None if mark.unknown == mark.due else mark.share


def _shares(pipeline: Pipeline) -> Iterator[Figure]:
    first, *others = pipeline.main_path
    base = pipeline.base_stage or first
    for stage in others:
        yield _share("of-previous", stage, lambda step: step.of_previous)
    for stage in others:
        if stage.order > base.order:
            yield _share("of-base", stage, lambda step: step.of_base, main=stage.kind == "won")


def _reached(stage: Stage) -> Figure:
    def value(account: Account) -> int | None:
        step = _step(account, stage)
        return None if step is None or step.earliest is not None else step.reached

    return Figure(stage.name, "reached", COUNT, ACCOUNT, value, stage.main, stage.titles, stage)


def _share(kind: str, stage: Stage, of: Callable[[Step], float | None], *, main: bool = False) -> Figure:
    def value(account: Account) -> float | None:
        step = _step(account, stage)
        return of(step) if step else None

    return Figure(f"{kind}:{stage.name}", kind, SHARE, ACCOUNT, value, main, stage.titles, stage)


def _days(kind: str, stage: Stage) -> Figure:
    def value(account: Account) -> int | None:
        found: Iterable[Duration] = (each for each in account.durations if each.stage.name == stage.name)
        return next((_DAYS_IN_STAGE[kind](each) for each in found), None)

    return Figure(f"{kind}:{stage.name}", kind, DAYS, ACCOUNT, value, titles=stage.titles, stage=stage)


def _voice(theme: Theme) -> Figure:
    def value(heard: dict[str, int]) -> int:
        return heard.get(theme.code, 0)

    return Figure(f"voice:{theme.code}", "voice", COUNT, VOICES, value, titles=theme.titles)


def _step(account: Account, stage: Stage) -> Step | None:
    steps = (*account.funnel, *account.beside)
    return next((step for step in steps if step.stage.name == stage.name), None)
