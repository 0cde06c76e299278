"""From stage to stage: what a pipeline's own history says of each, with a stated prior beside it.

The history is stays, counted: so many left this stage after so many days for that one, or ended; so many are
there still. Each stage has `WEIGHT` imaginary stays set beside its real ones, so that three stays do not make
a certainty. The imaginary ones go on along the main path as often as `GOES_ON` says; they last two thirds of
what the pipeline calls the stage's longest stay, on average. The result says how many real stays there were.

Time is counted in weeks from here on: a day belongs to the nearest week. Without that, every chance would
have to be computed for every day of five years.
"""

from collections.abc import Iterable
from typing import NamedTuple

from socrekry.domain.incidence import ENDED, Imagined, Incidence, Stays, counted, incidence
from socrekry.domain.pipeline import Pipeline, Stage

WEIGHT = 4.0  # of 2 to 9, tried in benchmarks/calibration.py, the fewest that steady a first year
# Before the stage that means *qualified* every second goes on; from it on, four of five. In a trainee
# programme that is 0.8 × 0.8 × 0.8 × 0.8 = 41 % from placement to job, as in Huddinge's 170 placements and
# 69 permanent posts (vision.se, 25 October 2019).
GOES_ON_UNQUALIFIED, GOES_ON_QUALIFIED = 0.5, 0.8
USUAL_LONGEST_STAY = 60  # days, where the pipeline states none
SHARE_OF_LONGEST = 2 / 3
FEW = 20  # stays that ended; with fewer than these an answer says that there are few data


class Left(NamedTuple):
    """Stays that were left: so many ``days`` (pauses left out) in a stage, and then where; None: it ended."""

    stage: str
    days: int
    to: str | None
    number: int = 1


class Open(NamedTuple):
    """Stays that are still open, after so many ``days`` (pauses left out)."""

    stage: str
    days: int
    number: int = 1


class Evidence(NamedTuple):
    """What a stage's figures rest on: stays that were left, stays still open, and imaginary ones."""

    stage: str
    left: int
    open: int
    imagined: float = WEIGHT

    @property
    def few(self) -> bool:
        return self.left < FEW

    @property
    def share_of_prior(self) -> float:
        """How much of the figures is the prior, 0–1."""
        return self.imagined / (self.left + self.imagined)


class Passages(NamedTuple):
    """How stays end in each open stage of a pipeline; ``evidence`` in the order of its stages."""

    pipeline: Pipeline
    stays: dict[str, Stays]
    priors: dict[str, Imagined]
    evidence: tuple[Evidence, ...]

    def after(self, stage: str, weeks: int = -1) -> Incidence:
        """Estimate how stays in ``stage`` end that have lasted longer than ``weeks``."""
        return incidence(self.stays[stage], weeks, self.priors[stage])

    def known_after(self, stage: str, weeks: int = -1) -> float:
        """Return the number of stays, imaginary ones included, that show how such stays end."""
        return sum(self.stays[stage].gone[weeks + 1 :]) + self.priors[stage].weight


def week_of(days: int) -> int:
    """Return the week that a number of days is nearest to."""
    return (days + 3) // 7


def open_stages(pipeline: Pipeline) -> tuple[Stage, ...]:
    """Return the stages where a candidacy can stand without being won or lost."""
    return tuple(stage for stage in pipeline.stages if stage.kind == "open")


def passages(
    pipeline: Pipeline, left: Iterable[Left], still_open: Iterable[Open], weight: float = WEIGHT
) -> Passages:
    """Estimate the passages of ``pipeline`` from its history.

    ``weight`` is the number of imaginary stays of each stage. Where a stay led to a stage that the pipeline
    no longer has, it is known only how long it lasted at least. Stays in such a stage are left out.
    """
    stages = open_stages(pipeline)
    kinds = {stage.name: stage.kind for stage in pipeline.stages}
    counts: dict[str, dict[tuple[int, str | None], float]] = {stage.name: {} for stage in stages}
    ended, waiting = dict.fromkeys(counts, 0), dict.fromkeys(counts, 0)
    for name, days, to, number in left:
        if name in counts:
            cause = ENDED if to is None or kinds.get(to) == "lost" else to if to in kinds else None
            key = (week_of(days), cause)
            counts[name][key] = counts[name].get(key, 0.0) + number
            ended[name] += number
    for name, days, number in still_open:
        if name in counts:
            _censor(counts[name], days, number)
            waiting[name] += number
    return Passages(
        pipeline,
        {name: counted(each) for name, each in counts.items()},
        {stage.name: prior(pipeline, stage, weight) for stage in stages},
        tuple(Evidence(name, ended[name], waiting[name], weight) for name in counts),
    )


def prior(pipeline: Pipeline, stage: Stage, weight: float = WEIGHT) -> Imagined:
    """Return the imaginary stays that are set beside the real ones of ``stage``."""
    weeks = (stage.longest_stay or USUAL_LONGEST_STAY) * SHARE_OF_LONGEST / 7
    onward = pipeline.next_on_main_path(stage.name)
    qualified = pipeline.qualified_stage
    share = GOES_ON_QUALIFIED if qualified and stage.order >= qualified.order else GOES_ON_UNQUALIFIED
    shares = {onward.name: share, ENDED: 1 - share} if onward else {ENDED: 1.0}
    return Imagined(weight, 1 / (1 + weeks), shares)


def _censor(counts: dict[tuple[int, str | None], float], days: int, number: int) -> None:
    """Count stays that are open: for the part of the nearest week that has passed, they could have ended."""
    week = week_of(days)
    passed = (days + 1) / 4 if week == 0 else (days - 7 * week + 4) / 7
    for time, part in ((week, passed), (week - 1, 1 - passed)):
        if time >= 0 and part:
            counts[time, None] = counts.get((time, None), 0.0) + number * part
