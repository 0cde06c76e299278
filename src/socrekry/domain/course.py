"""The course of a candidacy: its chance of coming to a target, week by week, from any stage and any age.

A candidacy is taken as a semi-Markov process: how a stay ends depends on the stage and on how long it has
lasted, not on what came before. The chance of having come from a stage to the target within so many weeks
is then the sum, over the ways a stay ends and the weeks it lasts, of the chance of that times the chance from
where it leads in the weeks that remain. Any order of stages is allowed, waiting lists and steps back
included: a step back takes a week at least, so that no circle can be run through in no time.

Beyond the longest stay that was observed, the prior goes on alone. It does not age, so its tail is summed in
one step a week, by recursion, and no chance is lost at the end of the table.
"""

from collections.abc import Callable, Sequence
from math import sqrt
from operator import mul
from typing import NamedTuple

from socrekry.domain.incidence import Incidence
from socrekry.domain.passages import Passages


class Curve(NamedTuple):
    """The chance of a candidacy that has stood in a stage for some weeks: in the end, and by each week asked.

    ``half`` is the week by which half of ``ever`` is reached, None where that lies beyond the horizon;
    ``doubt`` is the standard deviation of ``ever`` as a share of it, so far as it comes from the stage's own
    figures, and ``known`` the number of stays that those rest on.
    """

    ever: float
    by_week: tuple[float, ...]
    half: int | None
    doubt: float
    known: float


class Course:
    """The chances of coming from each open stage to one of ``targets``, for a number of weeks ahead.

    ``ever`` has the chance in the end from entering each stage; ``doubt`` its standard deviation as a share
    of it, so far as it comes from that stage's own figures.
    """

    def __init__(self, passages: Passages, targets: frozenset[str], weeks: int) -> None:
        self.passages, self.targets, self.weeks = passages, targets, weeks
        self._order = {stage.name: stage.order for stage in passages.pipeline.stages}
        fresh = {name: passages.after(name) for name in passages.stays if name not in targets}
        self._pad = max((len(each.survival) for each in fresh.values()), default=0)
        # By stage, `_pad` zeros, and then the chance by week 0, 1 …: within, of entering it; aged, of an age
        # beyond the data.
        self._within = {target: [0.0] * self._pad + [1.0] * (weeks + 1) for target in targets}
        self._within |= {name: [0.0] * self._pad for name in fresh}
        self._aged = {name: [0.0] * (self._pad + 1) for name in fresh}
        self._compose(fresh)
        self._ways = {name: self._ways_of(name, each) for name, each in fresh.items()}
        self._visits = _visits(self._ways)
        self.ever = {
            name: sum(
                times * sum(chance for cause, chance in self._ways[stage].items() if cause in targets)
                for stage, times in visits.items()
            )
            for name, visits in self._visits.items()
        }
        self.doubt = {
            name: self._doubt(self._ways[name], self.ever[name], passages.known_after(name)) for name in fresh
        }

    def within(self, stage: str, weeks: int) -> float:
        """Return the chance of coming to the target within ``weeks`` of entering ``stage``."""
        return 0.0 if weeks < 0 else self._within[stage][self._pad + min(weeks, self.weeks)]

    def passing(self, stage: str) -> dict[str, float]:
        """Return how often one who comes from ``stage`` to the target enters each stage on the way."""
        chance = self.ever[stage]
        again = {name: times - (name == stage) for name, times in self._visits[stage].items()}
        return {name: times * self.ever[name] / chance for name, times in again.items() if chance and times}

    def curve(self, stage: str, weeks: int, at: Sequence[int]) -> Curve:
        """Return the chances of one who has stood in ``stage`` for ``weeks``, by each of the weeks ``at``."""
        ending = self.passages.after(stage, weeks)
        ways = self._ways_of(stage, ending)
        ever = sum(chance * self._from(cause) for cause, chance in ways.items())
        known = self.passages.known_after(stage, weeks)
        length, pad = len(ending.survival), self._pad
        parts = [
            (chances[::-1], self._within[cause])
            for cause, chances in ending.increments.items()
            if cause in self._within
        ]
        aged, still_there = self._aged[stage], ending.still_there

        def by(week: int) -> float:
            end = pad + week
            chance = sum([sum(map(mul, chances, on[end - length : end])) for chances, on in parts])
            return chance + still_there * aged[max(0, end - length)]

        doubt = self._doubt(ways, ever, known)
        return Curve(
            ever, tuple([by(min(week, self.weeks)) for week in at]), self._half(by, ever), doubt, known
        )

    def _compose(self, fresh: dict[str, Incidence]) -> None:
        """Fill the tables week by week; within a week, from the last stage to the first."""
        plans = []
        for name in sorted(fresh, key=self._order.__getitem__, reverse=True):
            parts = []
            for cause, chances in fresh[name].increments.items():
                if cause in self._within:
                    onward = int(self._order[cause] > self._order[name])
                    # A step back in the first week is one of the second.
                    taken = chances if onward else [sum(chances[:2]), *chances[2:]]
                    parts.append((taken[::-1], self._within[cause], len(taken) - onward, onward))
            plans.append((name, parts))
        for week in range(self.weeks + 1):
            now = self._pad + week
            for name, parts in plans:
                chance = sum(
                    [
                        sum(map(mul, chances, on[now - longest : now + onward]))
                        for chances, on, longest, onward in parts
                    ]
                )
                longest = len(fresh[name].survival) - 1
                self._within[name].append(chance + fresh[name].still_there * self._aged[name][now - longest])
            for name in fresh:
                self._aged[name].append(self._a_week_later(name, now))

    def _a_week_later(self, stage: str, now: int) -> float:
        """Return the chance from ``stage``, at an age beyond the data, with a week more than ``now``."""
        prior = self.passages.priors[stage]
        moving = sum(
            [
                share * self._within[cause][now]
                for cause, share in prior.shares.items()
                if cause in self._within
            ]
        )
        return prior.hazard * moving + (1 - prior.hazard) * self._aged[stage][now]

    def _ways_of(self, stage: str, ending: Incidence) -> dict[str, float]:
        """Return the chance of each way in which a stay ends, in the end."""
        ways = {cause: sum(chances) for cause, chances in ending.increments.items()}
        for cause, share in self.passages.priors[stage].shares.items():
            ways[cause] = ways.get(cause, 0.0) + ending.still_there * share
        return ways

    def _from(self, cause: str) -> float:
        """Return the chance of coming to the target at all from where a stay has led."""
        return 1.0 if cause in self.targets else self.ever.get(cause, 0.0)

    def _doubt(self, ways: dict[str, float], ever: float, known: float) -> float:
        """Return the standard deviation of ``ever``, as a share of it: delta method on multinomial shares."""
        spread = sum(chance * self._from(cause) ** 2 for cause, chance in ways.items()) - ever**2
        return sqrt(max(0.0, spread) / (known + 1)) / ever if ever else 0.0

    def _half(self, by: Callable[[int], float], ever: float) -> int | None:
        """Return the first week by which half of ``ever`` is reached, None where none is."""
        first, last = 0, self.weeks
        if not ever or by(last) < ever / 2:
            return None
        while first < last:
            middle = (first + last) // 2
            first, last = (first, middle) if by(middle) >= ever / 2 else (middle + 1, last)
        return first


def _visits(ways: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Return how often one who enters a stage will have entered each stage, itself included.

    That is the inverse of the identity less the chances of passing between stages, by Gauss–Jordan; since
    every stage has some chance of an end, no pivot is ever 0.
    """
    names = list(ways)
    rows = [
        [float(name == other) - ways[name].get(other, 0.0) for other in names]
        + [float(name == other) for other in names]
        for name in names
    ]
    for n in range(len(names)):
        pivot = [value / rows[n][n] for value in rows[n]]
        rows = [
            [value - row[n] * by for value, by in zip(row, pivot, strict=True)] if row[n] and m != n else row
            for m, row in enumerate(rows)
        ]
        rows[n] = pivot
    return {
        name: dict(zip(names, row[len(names) :], strict=True)) for name, row in zip(names, rows, strict=True)
    }
