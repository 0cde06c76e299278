"""Does the forecast's 80 % interval hold in four cases of five? ``python benchmarks/calibration.py``.

Candidacies are invented whose true chances and times are known. In each round a new history is drawn and
stopped on a day; what was known on that day is forecast, term by term, and compared with what those who were
open then came to. Seeds are fixed, so the table is the same every time; docs/forecast.md shows it.

A forecast is counted where at least one hire is expected in the term. Below that an interval of whole
numbers is mostly 0–0 or 0–1 and nearly always right, which proves little; a column of its own counts those
from a fifth of a hire on.
"""

import argparse
import os
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "src"))

from socrekry.domain.forecasting import Forecast, Outlook, Standing
from socrekry.domain.guards import guard_parameters
from socrekry.domain.passages import WEIGHT, Left, Open, passages
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.pipeline_file import read_pipeline
from socrekry.domain.term import HT, Term, term_of

START = Term(2005, HT)
BEGINS = date(2005, 1, 1)


class Stay(NamedTuple):
    """One stay, in ordinal days; ``to`` is None where the candidacy ended."""

    stage: str
    entered: int
    left: int
    to: str | None


class Person(NamedTuple):
    """One candidacy: the term of its cohort and every stay it will ever have."""

    term: Term
    stays: tuple[Stay, ...]


Lasts = Callable[[random.Random, int, Term], int]
Truth = Mapping[str, Sequence[tuple[str | None, float, Lasts]]]


def days(mean: float, shape: float = 2.0) -> Lasts:
    """Return stays that last so many days on average, gamma distributed."""
    return lambda draw, _entered, _term: round(draw.gammavariate(shape, mean / shape))


def until(terms: int, offset: int, jitter: int) -> Lasts:
    """Return stays that end about so many days into a term, counted from the cohort's own."""

    def lasting(draw: random.Random, entered: int, term: Term) -> int:
        ends = first_day(term.plus(terms)) + offset + draw.randint(0, jitter)
        return max(draw.randint(1, 10), ends - entered)

    return lasting


@cache
def first_day(term: Term) -> int:
    """Return the ordinal of a term's first day."""
    return term.starts.toordinal()


DIRECT: Truth = {
    "lead": [("applied", 0.55, days(25)), (None, 0.45, days(50))],
    "applied": [("interview", 0.6, days(20)), (None, 0.4, days(30))],
    "interview": [("references", 0.6, days(14)), (None, 0.4, days(20))],
    "references": [("offer", 0.8, days(10)), (None, 0.2, days(14))],
    "offer": [("hired", 0.75, days(12)), (None, 0.25, days(15))],
    "hired": [("started", 0.95, days(70)), (None, 0.05, days(40))],
}
TRAINEE: Truth = {
    "lead": [("applied", 0.65, days(30)), (None, 0.35, days(60))],
    "applied": [("selected", 0.45, days(35)), ("reserve", 0.15, days(35)), (None, 0.4, days(40))],
    "reserve": [("selected", 0.3, days(50)), (None, 0.7, days(90))],
    "selected": [("placement", 0.85, until(0, 0, 5)), (None, 0.15, days(60))],
    "placement": [("trainee", 0.9, until(1, 0, 20)), (None, 0.1, days(70))],
    "trainee": [("offer", 0.85, until(2, 40, 60)), (None, 0.15, days(150))],
    "offer": [("hired", 0.85, days(18)), (None, 0.15, days(20))],
    "hired": [("started", 0.95, until(3, 0, 25)), (None, 0.05, days(40))],
}
WAITING: Truth = {
    **TRAINEE,
    "applied": [("selected", 0.3, days(35)), ("reserve", 0.4, days(35)), (None, 0.3, days(40))],
    "reserve": [("selected", 0.4, days(50)), ("applied", 0.2, days(40)), (None, 0.4, days(90))],
    "selected": [("placement", 0.7, until(0, 0, 5)), ("reserve", 0.2, days(30)), (None, 0.1, days(60))],
}
HARDER: Truth = {
    **DIRECT,
    "interview": [("references", 0.35, days(25)), (None, 0.65, days(25))],
    "offer": [("hired", 0.5, days(20)), (None, 0.5, days(20))],
}


class Scenario(NamedTuple):
    """A municipality: its pipeline and truth, how many come each term, for how many years before the day.

    ``later`` is another truth, for stays that begin on the day or after it.
    """

    name: str
    pipeline: str
    truth: Truth
    each_term: int
    years: float
    later: Truth | None = None


SCENARIOS = (
    Scenario("direct, a year of history", "direct", DIRECT, 20, 1),
    Scenario("direct, five years", "direct", DIRECT, 30, 5),
    Scenario("direct, much history", "direct", DIRECT, 200, 8),
    Scenario("trainee, two years", "trainee", TRAINEE, 30, 2),
    Scenario("trainee, five years", "trainee", TRAINEE, 30, 5),
    Scenario("trainee, ten years, large", "trainee", TRAINEE, 120, 10),
    Scenario("waiting list and steps back", "trainee", WAITING, 40, 5),
)
# Where the forecast cannot be right, to see how wrong it is.
LIMITS = (
    Scenario("the first months, unlike the prior", "direct", HARDER, 60, 0.25),
    Scenario("practice changes on the day", "direct", DIRECT, 200, 5, HARDER),
)


@cache
def shipped(name: str) -> Pipeline:
    """Return one of the pipelines that come with socrekry."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "src", "socrekry")
    with open(os.path.join(folder, "pipelines", f"{name}.toml"), encoding="utf-8") as file:
        return read_pipeline(file.read(), guard_parameters())


def invented(scenario: Scenario, draw: random.Random, as_of: int) -> Iterator[Person]:
    """Yield everybody whose candidacy begins by ``as_of``: as many for each term, spread over some months."""
    first = term_of(date.fromordinal(as_of - round(365.25 * scenario.years)))
    for number in range(200):
        term = first.plus(number)
        if first_day(term) - 300 > as_of:
            return
        for _ in range(scenario.each_term):
            begins = first_day(term) - draw.randint(60, 300 if scenario.pipeline == "trainee" else 200)
            if begins <= as_of:
                yield Person(term, tuple(stays_of(scenario, draw, begins, term, as_of)))


def stays_of(scenario: Scenario, draw: random.Random, begins: int, term: Term, as_of: int) -> Iterator[Stay]:
    """Yield the stays of one candidacy, to its end."""
    stage: str | None = "lead"
    day = begins
    while stage is not None and stage != "started":
        truth = scenario.truth if day < as_of or not scenario.later else scenario.later
        ways = truth[stage]
        to, _, lasts = draw.choices(ways, [share for _, share, _ in ways])[0]
        left = day + lasts(draw, day, term)
        if to == "started":
            left = max(left, first_day(term.plus(3 if scenario.pipeline == "trainee" else 0)))
        yield Stay(stage, day, left, to)
        stage, day = to, left


def outlook_of(
    scenario: Scenario, people: Sequence[Person], as_of: int, weight: float = WEIGHT
) -> tuple[Outlook, list[int], int]:
    """Return the forecast on a day, and what became of it: hires by term, and in all."""
    left, still_open, standings = [], [], []
    came: list[int] = []
    for person in people:
        for stay in person.stays:
            if stay.left <= as_of:
                left.append(Left(stay.stage, stay.left - stay.entered, stay.to))
            elif stay.entered <= as_of:
                still_open.append(Open(stay.stage, as_of - stay.entered))
                standings.append(Standing(stay.stage, as_of - stay.entered, person.term))
                if person.stays[-1].to == "started":
                    came.append(person.stays[-1].left)
    known = passages(shipped(scenario.pipeline), left, still_open, weight)
    outlook = Forecast(known, date.fromordinal(as_of)).outlook(standings)
    in_terms = [term_of(date.fromordinal(day)) for day in came]
    return outlook, [in_terms.count(each.term) for each in outlook.terms], len(came)


class Cell(NamedTuple):
    """One forecast number and what it came to; ``term`` is None for all terms together."""

    expected: float
    low: int
    high: int
    actual: int
    term: int | None


def cells_of(scenario: Scenario, rounds: int, weight: float = WEIGHT) -> list[Cell]:
    """Return every forecast number of so many rounds, and what it came to."""
    cells = []
    for number in range(rounds):
        draw = random.Random(f"{scenario.name} {number}")
        as_of = (BEGINS + timedelta(days=365 * 10 + draw.randint(0, 364))).toordinal()
        people = list(invented(scenario, draw, as_of))
        outlook, by_term, in_all = outlook_of(scenario, people, as_of, weight)
        for n, (each, actual) in enumerate(zip(outlook.terms, by_term, strict=True)):
            cells.append(Cell(*each.estimate, actual, n))
        cells.append(Cell(*outlook.ever, in_all, None))
    return cells


class Coverage(NamedTuple):
    """How often intervals held, of how many, how wide they were, and hires per expected hire.

    ``held`` is of the terms with a hire expected, ``everywhere`` of those with a fifth of one, ``in_all`` of
    the sums over all terms.
    """

    cells: int
    held: float
    in_all: float
    everywhere: float
    width: float
    ratio: float


def coverage(cells: Sequence[Cell]) -> Coverage:
    """Return the coverage of terms with a hire expected, of the sums over terms, and of all cells."""
    terms = [each for each in cells if each.term is not None]
    told = [each for each in terms if each.expected >= 1]
    some = [each for each in terms if each.expected >= 0.2]
    sums = [each for each in cells if each.term is None and each.expected >= 1]
    expected = sum(each.expected for each in told)
    return Coverage(
        len(told),
        _held(told),
        _held(sums),
        _held(some),
        sum(each.high - each.low for each in told) / len(told) if told else 0.0,
        sum(each.actual for each in told) / expected if expected else 0.0,
    )


def _held(cells: Sequence[Cell]) -> float:
    return sum(each.low <= each.actual <= each.high for each in cells) / len(cells) if cells else 0.0


def main() -> int:
    """Print the table; the exit code is 1 where the whole is outside 75–85 %."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=200, metavar="N", help="histories a scenario (200)")
    parser.add_argument(
        "--weight", type=float, default=WEIGHT, metavar="W", help=f"imaginary stays ({WEIGHT:g})"
    )
    asked = parser.parse_args()
    print("| Scenario | Forecasts | Held | Small ones too | Sum of terms | Width | Hires per expected |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    together: list[Cell] = []
    for scenario in SCENARIOS:
        cells = cells_of(scenario, asked.rounds, asked.weight)
        together += cells
        _print(scenario.name, coverage(cells))
    _print("**all of these**", coverage(together))
    for scenario in LIMITS:
        _print(f"*limit: {scenario.name}*", coverage(cells_of(scenario, asked.rounds, asked.weight)))
    held = coverage(together).held
    return 0 if 0.75 <= held <= 0.85 else 1


def _print(name: str, found: Coverage) -> None:
    held = (f"{share:.0%}" for share in (found.held, found.everywhere, found.in_all))
    print(
        f"| {name} | {found.cells} | {' | '.join(held)} | {found.width:.1f} | {found.ratio:.2f} |", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
