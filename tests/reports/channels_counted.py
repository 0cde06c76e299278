"""The channels of a small world counted naively: everything is walked through for each figure, in fractions.

Nothing here is shared with the program, and nothing is meant to be quick.
"""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from tests.reports.channel_worlds import Asked, Doing, Life, World

MARKS = {"trainee": ("applied", "selected", "hired"), "direct": ("applied", "interview", "hired")}
# The terms by their first days, written down from published dates; what is no term is the next one.
FROM = ((20242, "2024-06-10"), (20251, "2025-01-20"), (20252, "2025-06-09"), (20261, "2026-01-19"))
AFTER = 20262

Key: TypeAlias = tuple[int | None, str | None]
"""An activity's number and kind, the kind of a word, or neither."""
Cell: TypeAlias = tuple[int, int, str]
Sums: TypeAlias = list[Fraction]
Everywhere: TypeAlias = dict[tuple[Key, Cell], Sums]


class Met(NamedTuple):
    """A contact; they sort from the first to the last."""

    on: date
    word: bool
    number: int
    kind: str
    doing: int | None


def counted(world: World, asked: Asked) -> dict[Key, Sums]:
    """Return leads, applied, qualified, graduating, hired and cost (unknown: −1) of every source there is."""
    kinds = {doing.id: doing.kind for doing in world.doings if doing.on <= asked.as_of}
    everywhere: Everywhere = defaultdict(lambda: [Fraction(0)] * 5)
    for life in world.lives:
        if life.void or life.stays[0].entered > asked.as_of:
            continue
        contacts = _contacts(world, life, kinds, asked.as_of)
        met = contacts[0].on if contacts else life.stays[0].entered
        figures = _figures(world, life, met, asked.as_of)
        credited = contacts if asked.shared else contacts[:1]
        keys: list[Key] = [(each.doing, each.kind) for each in credited] or [(None, None)]
        for key in keys:
            whose = key, (life.term, life.unit or 0, life.pipeline)
            shares = [Fraction(n, len(keys)) for n in figures]
            everywhere[whose] = [old + new for old, new in zip(everywhere[whose], shares, strict=True)]
    _count_unnamed(world, kinds, everywhere)
    found = {key: _summed(world, asked, everywhere, key) for key, _ in everywhere}
    return {key: sums for key, sums in found.items() if sums is not None}


def _contacts(world: World, life: Life, kinds: dict[int, str], as_of: date) -> list[Met]:
    every = [
        Met(day, False, number, kinds[doing], doing)
        for number, (person, doing, day) in enumerate(world.touches)
        if person == life.person and doing in kinds and day <= as_of
    ]
    touched = {each.kind for each in every}
    for other in world.lives:
        began = other.stays[0].entered
        counts = other.person == life.person and not other.void and began <= as_of
        if counts and other.channel and other.channel not in touched:
            every.append(Met(began, True, other.number, other.channel, None))
    every.sort(key=lambda each: each[:3])
    last = [stay for stay in life.stays if stay.entered <= as_of][-1]
    ended = last.entered if last.stage == "started" else last.left if last.how == "ended" else None
    if ended is None or ended > as_of:
        return every
    return [each for each in every if each.on <= ended] or every[:1]


def _figures(world: World, life: Life, met: date, as_of: date) -> list[int]:
    been = {stay.stage for stay in life.stays if stay.entered <= as_of}
    base, qualified, hired = MARKS[life.pipeline]
    now = max(n for n, (_, first) in enumerate(FROM) if first <= met.isoformat())
    soon = [*(term for term, _ in FROM), AFTER][now : now + 2]
    return [1, base in been, qualified in been, world.graduates[life.person] in soon, hired in been]


def _count_unnamed(world: World, kinds: dict[int, str], everywhere: Everywhere) -> None:
    """Count applicants without names where their activity belongs, and there what brought nobody."""
    for doing in world.doings:
        key: Key = (doing.id, doing.kind)
        qualified = doing.qualified or 0
        applicants = qualified if doing.applicants is None else doing.applicants
        if doing.id in kinds and (applicants or not any(whose == key for whose, _ in everywhere)):
            figures = (applicants, applicants, qualified, 0, 0)
            everywhere[key, (doing.term, doing.unit or 0, "")] = [Fraction(each) for each in figures]


def _summed(world: World, asked: Asked, everywhere: Everywhere, key: Key) -> Sums | None:
    doing = next((each for each in world.doings if each.id == key[0]), None)
    cells = {cell: sums for (whose, cell), sums in everywhere.items() if whose == key}
    within = [cell for cell in cells if _is_asked_for(asked, cell, doing)]
    if not within or (asked.activities and doing is None):
        return None
    sums = [sum((cells[cell][n] for cell in within), Fraction(0)) for n in range(5)]
    if doing is None or doing.cost is None:
        return [*sums, Fraction(-1)]
    shares = _divided(doing.cost, cells)
    return [*sums, Fraction(sum(shares[cell] for cell in within))]


def _is_asked_for(asked: Asked, cell: Cell, doing: Doing | None) -> bool:
    term = doing.term if asked.activities and doing else cell[0]
    return (
        asked.first <= term <= asked.last
        and asked.unit in (None, cell[1])
        and asked.pipeline in (None, cell[2])
    )


def _divided(cost: int, cells: dict[Cell, Sums]) -> dict[Cell, int]:
    """Divide by term, and then within each term."""
    found: dict[Cell, int] = {}
    terms = sorted({term for term, *_ in cells})
    leads = [sum((cells[cell][0] for cell in cells if cell[0] == term), Fraction(0)) for term in terms]
    for term, amount in zip(terms, _parts(cost, leads), strict=True):
        mine = sorted(cell for cell in cells if cell[0] == term)
        found |= dict(zip(mine, _parts(amount, [cells[cell][0] for cell in mine]), strict=True))
    return found


def _parts(amount: int, weights: Sums) -> list[int]:
    if not any(weights):
        return [amount]  # nobody came: there is one place only
    exact = [amount * weight / sum(weights) for weight in weights]
    parts = [int(each) for each in exact]
    while sum(parts) < amount:
        parts[max(range(len(parts)), key=lambda n: (exact[n] - parts[n], -n))] += 1
    return parts
