"""From counts to an account: the funnel with its shares, exits, durations and seats.

A stage that nobody can have reached yet shows the first day on which somebody can, and no share: 0 %
would say that everybody failed. The day follows from the pipeline, whose stages say in which term, counted
from the cohort's own, they begin.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from socrekry.domain.pipeline import Pipeline, Stage
from socrekry.domain.term import Term
from socrekry.reports.counting import Cohort, Counts, Ending, total
from socrekry.reports.durations import duration
from socrekry.reports.figures import Account, Exit, Step
from socrekry.reports.leadtime import lead_time
from socrekry.reports.shares import share


def account(pipeline: Pipeline, cohorts: Sequence[Cohort], counts: dict[int, Counts], as_of: date) -> Account:
    """Return the account of these cohorts together, all of one pipeline."""
    parts = [(cohort.term, counts[cohort.id]) for cohort in cohorts]
    counted = total(part for _, part in parts)
    seats = [cohort.seats for cohort in cohorts if cohort.seats is not None]
    return Account(
        with_shares([_step(pipeline, stage, counted, parts, as_of) for stage in pipeline.main_path]),
        tuple(Step(stage, *counted.at(stage.name)) for stage in _beside(pipeline)),
        _exits(pipeline, counted),
        sum(counted.endings.values()),
        tuple(
            duration(stage, counted.stays.get(stage.name, {}))
            for stage in pipeline.stages
            if stage.kind == "open"
        ),
        sum(seats) if len(seats) == len(cohorts) else None,
        counted.taken,
        counted.from_waiting_list,
        lead_time(counted.leads) if counted.leads else None,
    )


def with_shares(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps with their shares of the step before and of the base stage."""
    base = next((step for step in steps if step.stage.base), None)
    shared: list[Step] = []
    for step in steps:
        counts = step.earliest is None
        before = shared[-1].reached if shared and counts else None
        of_base = base.reached if base and counts and step.stage.order >= base.stage.order else None
        shared.append(
            step._replace(of_previous=share(step.reached, before), of_base=share(step.reached, of_base))
        )
    return tuple(shared)


def median(stays: Mapping[int, int]) -> float | None:
    """Return the median of days, given how many stays took so many; None of none."""
    ordered = sorted(stays.items())
    half, last = divmod(sum(n for _, n in ordered) - 1, 2)
    if half < 0:
        return None
    middle, passed = [], 0
    for days, n in ordered:
        passed += n
        middle += [days for at in (half, half + last) if passed - n <= at < passed]
    mean = sum(middle) / 2
    return int(mean) if mean.is_integer() else mean


def _beside(pipeline: Pipeline) -> Iterable[Stage]:
    return (stage for stage in pipeline.stages if not stage.main and stage.kind != "lost")


def _step(
    pipeline: Pipeline, stage: Stage, counted: Counts, parts: Sequence[tuple[Term, Counts]], as_of: date
) -> Step:
    visits = counted.at(stage.name)
    earliest = None if visits.reached else _earliest(pipeline, stage, parts, as_of)
    return Step(stage, *visits, earliest=earliest)


def _earliest(
    pipeline: Pipeline, stage: Stage, parts: Sequence[tuple[Term, Counts]], as_of: date
) -> date | None:
    """Return the first day on which anybody can come to the stage, None if somebody could have."""
    later = pipeline.terms_until(stage)
    if later is None:
        return None
    days = [term.plus(later).starts for term, counts in parts if _may_still_come(pipeline, stage, counts)]
    return min(days) if days and min(days) > as_of else None


def _may_still_come(pipeline: Pipeline, stage: Stage, counts: Counts) -> bool:
    """Say whether somebody stands before the stage, or nobody has come to the cohort at all yet."""
    before = [each for each in pipeline.stages if each.kind == "open" and each.order < stage.order]
    return not counts.visits or any(counts.at(each.name).here for each in before)


def _exits(pipeline: Pipeline, counted: Counts) -> tuple[Exit, ...]:
    """Return the exits in the order of stages, the most frequent first; spelling alone parts no reasons."""
    sums: dict[Ending, int] = {}
    spelt: dict[Ending, str] = {}
    for ending, n in sorted(counted.endings.items(), key=lambda each: -each[1]):
        key = ending._replace(reason=ending.reason.casefold())
        spelt.setdefault(key, ending.reason)
        sums[key] = sums.get(key, 0) + n
    stages = {stage.name: stage for stage in pipeline.stages}
    ordered = sorted(sums.items(), key=lambda each: (stages[each[0].stage].order, -each[1], each[0][1:3]))
    return tuple(
        Exit(stages[ending.stage], ending.outcome, spelt[ending] or None, ending.by, n)
        for ending, n in ordered
    )
