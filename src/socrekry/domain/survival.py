"""How long something takes when some have not come so far: the day by which half have, or four of five.

Who is still waiting has waited for so long at least: she is censored, and counts among those who could have
come for as long as she has waited (Kaplan and Meier 1958, Journal of the American Statistical Association
53). Where some fall away and can never come, the share that has come is that of Aalen and Johansen (1978,
Scandinavian Journal of Statistics 5), and it is of those who have come or still may. Without anybody who
falls away, the two are the same. At one and the same time, those who come or fall away go before those who
are still waiting.

A median of those who have come would be too low for as long as the slow are on the way, and the lower the
younger a cohort is.
"""

from collections.abc import Mapping, Sequence

HALF, FOUR_OF_FIVE = 0.5, 0.8
_ROUNDING = 1e-9  # more than arithmetic loses, less than one of a hundred million


def times_until(
    shares: Sequence[float],
    come: Mapping[int, int],
    waiting: Mapping[int, int],
    lost: Mapping[int, int] | None = None,
) -> tuple[int | None, ...]:
    """Return for each share the time by which so many have come, of those who have or still may.

    How many came, are waiting and fell away is given by time: so many of each after so many days. The time is
    None where too many are on the way to say it: the curve does not rise so far.
    """
    lost = lost or {}
    at_risk = sum(map(sum, (come.values(), waiting.values(), lost.values())))
    staying, arrived = 1.0, 0.0
    curve: list[tuple[int, float]] = []
    for time in sorted({*come, *waiting, *lost}):
        coming, leaving = come.get(time, 0), come.get(time, 0) + lost.get(time, 0)
        if leaving:
            arrived += staying * coming / at_risk
            staying *= (at_risk - leaving) / at_risk
            curve.append((time, arrived))
        at_risk -= leaving + waiting.get(time, 0)
    still_may = (arrived + staying) * (1 - _ROUNDING)
    return tuple(
        next((time for time, share in curve if 0 < wanted * still_may <= share), None) for wanted in shares
    )
