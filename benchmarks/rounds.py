"""Run every case many times, one round after another, in an order drawn anew each time.

Interleaved, so that a machine that is busy for a second slows all cases alike, and the ratio between them
stays. What does not end as it should in the first round, which is not counted, is left out of the others.
"""

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cases import Case
from processes import HAS_TERMINALS, Cost, run


class Measured(NamedTuple):
    """A case with the seconds of processor time of each run; ``terminal`` is empty where there is none."""

    case: Case
    pipe: tuple[float, ...]
    terminal: tuple[float, ...]


PLACES = (False, True) if HAS_TERMINALS else (False,)  # on a terminal?


def sound(cases: Sequence[Case], environment: Mapping[str, str]) -> tuple[list[Case], list[str]]:
    """Return the cases that answer as they should, and what the others did; it compiles bytecode, too."""
    good: list[Case] = []
    left_out: list[str] = []
    for case in cases:
        for terminal in PLACES:
            cost = run(case.words(int(terminal)), environment, terminal=terminal)
            if cost.code != case.code or case.says not in cost.output:
                left_out.append(f"{case.name} – {ending(cost)}")
                break
        else:
            good.append(case)
    return good, left_out


def ending(cost: Cost) -> str:
    """Return how a process ended and what it said, on a line."""
    return f"exit {cost.code}: {' '.join(cost.output.split())[:200]}"


def measured(cases: Sequence[Case], environment: Mapping[str, str], runs: int) -> list[Measured]:
    """Return each case with as many runs in a pipe, and as many on a terminal."""
    # All are divided by the first: it runs three times a round, so that its noise is not everybody's.
    order = [(case, terminal) for case in (cases[0], cases[0], *cases) for terminal in PLACES]
    times: dict[tuple[str, bool], list[float]] = {(case.name, terminal): [] for case, terminal in order}
    draw = random.Random(2009)
    for number in range(1, runs + 1):
        draw.shuffle(order)
        for case, terminal in order:
            cost = run(case.words(2 * number + terminal), environment, terminal=terminal)
            if cost.code != case.code:
                raise SystemExit(f"{case.name}, round {number}: {ending(cost)}")
            times[case.name, terminal].append(cost.cpu)
    return [
        Measured(case, tuple(times[case.name, False]), tuple(times.get((case.name, True), ())))
        for case in cases
    ]
