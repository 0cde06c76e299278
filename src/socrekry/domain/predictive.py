"""How far a sum of chances may lie from its expectation: an interval of whole numbers, and its converse.

Three things make a number of hires uncertain. Each candidacy goes one way or the other (``by_chance``). The
chances themselves are estimated from a history that is finite, and an error in one stage's figures moves
everybody who has yet to pass it, together (``shared``: standard deviations by what they share; they are
added before they are squared). And no more can be hired than there are. The mean and the variance of
that are given to the beta-binomial distribution that has them, and its quantiles are read with half the
weight of each number on either side of it (the mid-P rule), so that 80 % means 80 % over many forecasts and
not *at least*.

Without the shared part the interval of a young history would be far too narrow, and adding candidates would
seem to make up for not knowing.
"""

from collections.abc import Iterable, Mapping
from math import ceil, erf, exp, floor, log, sqrt
from typing import NamedTuple

LEVEL = 0.8
_Z = 1.2815515655446004  # the normal distribution's 90th percentile
_LARGE = 150  # from here on the normal distribution is as good, and quicker
_NOTHING = 1e-9  # of a candidacy
_NEGLIGIBLE = -40.0  # e to this


class Total(NamedTuple):
    """A number that is not known yet: of candidacies that will be hired.

    ``expected`` is its expectation, ``most`` the number of candidacies, ``by_chance`` the variance that is
    each one's own, ``shared`` the standard deviations that candidacies have in common, by their source.
    """

    expected: float = 0.0
    by_chance: float = 0.0
    shared: Mapping[tuple[str, ...], float] = {}
    most: int = 0

    @property
    def variance(self) -> float:
        return self.by_chance + sum(deviation**2 for deviation in self.shared.values())


class Estimate(NamedTuple):
    """An expected number, and the whole numbers between which it lies in four cases of five."""

    expected: float
    low: int
    high: int


def together(totals: Iterable[Total]) -> Total:
    """Add what is expected; what is shared by several is added before it is squared."""
    expected, by_chance, most = 0.0, 0.0, 0
    shared: dict[tuple[str, ...], float] = {}
    for each in totals:
        expected, by_chance, most = expected + each.expected, by_chance + each.by_chance, most + each.most
        for source, deviation in each.shared.items():
            shared[source] = shared.get(source, 0.0) + deviation
    return Total(expected, by_chance, shared, most)


def estimate(total: Total) -> Estimate:
    """Return the expectation and the 80 % interval of ``total``."""
    tail = (1 - LEVEL) / 2
    if total.expected > _LARGE:
        reach = _Z * sqrt(total.variance)
        nearest = round(total.expected)
        low, high = min(nearest, ceil(total.expected - reach)), max(nearest, floor(total.expected + reach))
        return Estimate(total.expected, max(0, low), min(total.most, high))
    inside, below = [], 0.0
    for number, weight in enumerate(_weights(total)):
        if tail <= below + weight / 2 <= 1 - tail:
            inside.append(number)
        below += weight
    return Estimate(total.expected, inside[0], inside[-1])


def chance_of(total: Total, number: int) -> float:
    """Return the chance that the number will be at least ``number``."""
    if number <= 0:
        return 1.0
    if number > total.most:
        return 0.0
    if total.expected > _LARGE:
        deviation = sqrt(total.variance) or 1e-9
        return 0.5 * (1 - erf((number - 0.5 - total.expected) / (deviation * sqrt(2))))
    return max(0.0, 1 - sum(_weights(total)[:number]))


def surely(total: Total, level: float = LEVEL) -> int:
    """Return the greatest number that is reached with the chance ``level``."""
    low, high = 0, total.most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if chance_of(total, middle) >= level else (low, middle - 1)
    return low


def _weights(total: Total) -> list[float]:
    """Return the chance of each number from 0 on, by a beta-binomial with the mean and the variance.

    Its trials are as many as the candidacies, or fewer where their chances differ so much that the variance
    is less than so many equal ones would have.
    """
    mean, variance = total.expected, total.variance
    trials = total.most
    if variance < mean:
        trials = min(trials, max(ceil(mean), round(mean * mean / (mean - variance))))
    if mean < _NOTHING:
        return [1.0]
    if mean > trials - _NOTHING:
        return [0.0] * trials + [1.0]
    share = mean / trials
    excess = (variance / (mean * (1 - share)) - 1) / (trials - 1) if trials > 1 else 0.0
    alike = min(0.95, max(1e-9, excess))
    beads = (1 - alike) / alike
    up, down = share * beads, (1 - share) * beads
    logs, highest, logged = [0.0], 0.0, 0.0
    for n in range(trials):
        logged += log((trials - n) / (n + 1) * (up + n) / (down + trials - n - 1))
        highest = max(highest, logged)
        if n > mean and logged < highest + _NEGLIGIBLE:
            break
        logs.append(logged)
    weights = [exp(each - highest) for each in logs]
    whole = sum(weights)
    return [weight / whole for weight in weights]
