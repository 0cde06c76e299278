"""What a public report may show: no figure, and no difference of figures, tells a small group apart.

Candidacies that count alike in every figure are an atom. Atoms are joined, like with like, into classes
of at least five, and a figure is shown only if it is made of whole classes. Whatever is added to or taken
from such figures is again made of whole classes, so nothing smaller can be computed from them. Blanking
the small cells alone would not do: twelve selected and ten in placement leave two.

Withheld is what would break that, not only what is small, and both look alike.
"""

from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple, TypeAlias

from socrekry.domain.pipeline import Pipeline
from socrekry.domain.survival import FOUR_OF_FIVE
from socrekry.reports.accounts import with_shares
from socrekry.reports.asking import Scope
from socrekry.reports.figures import Account, Duration, Exit, Step
from socrekry.reports.shares import SMALLEST
from socrekry.store.connect import Store
from socrekry.store.engine import Row

_ENOUGH_FOR_FOUR_OF_FIVE = round(SMALLEST / (1 - FOUR_OF_FIVE))

Figure: TypeAlias = tuple[str, ...]
"""A figure by its name: ``("reached", "applied")``, ``("exit", "lead", "no-reply")``, ``("seat", "")``."""


class Atom(NamedTuple):
    """Candidacies of one cohort that count alike: how far they came, and in which figures they are."""

    level: int
    figures: tuple[Figure, ...]
    cohort: int
    number: int

    def within(self, figures: Iterable[Figure], cohorts: Sequence[int]) -> bool:
        """Say whether they are counted in any of the figures for these cohorts."""
        return self.cohort in cohorts and not set(figures).isdisjoint(self.figures)


Class: TypeAlias = list[Atom]


def classes_of(atoms: Iterable[Atom]) -> list[Class]:
    """Join atoms into classes of at least five; if there are fewer than five in all, into one."""
    whole, rest = _joined(sorted(atoms), 0)
    return [*whole, rest] if rest else whole


def _joined(atoms: Sequence[Atom], depth: int) -> tuple[list[Class], Class]:
    """Return classes, and the atoms that are too few for one; the likest atoms are joined first.

    Those too few at one level go to the nearest class further on, or to the last one there is.
    """
    whole: list[Class] = []
    rest: Class = []
    for _, group in groupby(atoms, key=lambda atom: _likeness(atom, depth)):
        alike = list(group)
        found, left = _joined(alike, depth + 1) if depth < len(_LIKENESS) else ([], alike)
        if depth == 0 and found and rest:
            found[0] += rest
            rest = []
        whole += found
        rest += left
        if _size(rest) >= SMALLEST:
            whole.append(rest)
            rest = []
    if whole and rest:
        whole[-1] += rest
        rest = []
    return whole, rest


_LIKENESS = ("level", "figures")


def _likeness(atom: Atom, depth: int) -> Hashable:
    return getattr(atom, _LIKENESS[depth]) if depth < len(_LIKENESS) else atom


def _size(atoms: Class) -> int:
    return sum(atom.number for atom in atoms)


class Curtain:
    """Says of each figure whether it may be shown."""

    def __init__(self, atoms: Iterable[Atom]) -> None:
        self.classes = classes_of(atoms)

    def shows(self, figures: Iterable[Figure], cohorts: Sequence[int]) -> bool:
        """Say whether what any of the figures counts in these cohorts is made of whole classes."""
        wanted = list(figures)
        for atoms in self.classes:
            inside = [atom.within(wanted, cohorts) for atom in atoms]
            if any(inside) and (not all(inside) or _size(atoms) < SMALLEST):
                return False
        return True

    def over(self, account: Account, cohorts: Sequence[int]) -> Account:
        """Return the account of these cohorts with what may not be shown withheld, and without reasons."""

        def seen(value: int | None, *figure: str) -> int | None:
            return value if self.shows([figure], cohorts) else None

        def step(each: Step) -> Step:
            name = each.stage.name
            return each._replace(
                reached=seen(each.reached, "reached", name),
                completed=seen(each.completed, "completed", name),
                in_stage=seen(each.in_stage, "here", name),
            )

        return account._replace(
            funnel=with_shares([step(each) for each in account.funnel]),
            beside=tuple(step(each) for each in account.beside),
            exits=self._exits(account.exits, cohorts),
            ended=seen(account.ended, "ended", ""),
            durations=tuple(self._duration(each, cohorts) for each in account.durations),
            seats_taken=seen(account.seats_taken, "seat", ""),
            from_waiting_list=seen(account.from_waiting_list, "from-waiting-list", ""),
            lead_time=None,
        )

    def _duration(self, duration: Duration, cohorts: Sequence[int]) -> Duration:
        """Return how long a stage takes, as far as it may be shown.

        The days speak of the stays that were left and of those still there, so all of these must be shown; a
        median is of five that were left, and four of five are of so many that five took longer. Who stays too
        long is never said.
        """
        stage = duration.stage.name

        completed, ended, here = (
            value if self._counts(value, (figure, stage), cohorts) else None
            for value, figure in (
                (duration.completed, "completed"),
                (duration.ended, "otherwise"),
                (duration.open, "here"),
            )
        )
        left = completed + ended if completed is not None and ended is not None and here is not None else 0
        shown = Duration(
            duration.stage,
            duration.median_days if left >= SMALLEST else None,
            duration.p80_days if left >= _ENOUGH_FOR_FOUR_OF_FIVE else None,
            completed,
            ended,
            here,
            None if duration.overdue else duration.overdue,
        )
        return shown._replace(withheld=shown != duration)

    def _counts(self, number: int | None, figure: Figure, cohorts: Sequence[int]) -> bool:
        """Say whether a number of stays may be shown: it is that of candidacies, which may be."""
        inside = (atom for atoms in self.classes for atom in atoms if atom.within([figure], cohorts))
        return self.shows([figure], cohorts) and number == sum(atom.number for atom in inside)

    def _exits(self, exits: Iterable[Exit], cohorts: Sequence[int]) -> tuple[Exit, ...]:
        """Join exits by stage and outcome; those that may not be told apart by stage, or else over all."""
        joined: dict[Figure, Exit] = {}
        for each in exits:
            assert each.stage is not None, "nothing has been withheld yet"
            key = ("exit", each.stage.name, each.outcome or "")
            known = joined[key].number if key in joined else 0
            joined[key] = each._replace(reason=None, by=None, number=(known or 0) + (each.number or 0))
        shown: list[Exit] = []
        hidden: list[Figure] = []
        for _, keys in groupby(joined, key=lambda key: key[1]):
            alike = list(keys)
            shown += [joined[key] for key in alike if self.shows([key], cohorts)]
            rest = [key for key in alike if not self.shows([key], cohorts)]
            if rest and self.shows(rest, cohorts):
                shown.append(joined[rest[0]]._replace(outcome=None, number=_sum(joined, rest)))
            else:
                hidden += rest
        if hidden:
            number = _sum(joined, hidden) if self.shows(hidden, cohorts) else None
            shown.append(Exit(None, None, None, None, number))
        return tuple(shown)


def _sum(exits: dict[Figure, Exit], keys: Iterable[Figure]) -> int:
    return sum(exits[key].number or 0 for key in keys)


def atoms(store: Store, scope: Scope, pipeline: Pipeline, cohorts: Sequence[int]) -> list[Atom]:
    """Return the candidacies of these cohorts, those together that count alike."""
    orders = {stage.name: stage.order for stage in pipeline.main_path}
    counted: dict[tuple[int, tuple[Figure, ...], int], int] = {}
    rows = store.rows("report.histories", **scope.values)
    for (_, cohort), stays in groupby(rows, key=lambda row: row[:2]):
        if cohort in cohorts:
            figures = figures_of([row[2:] for row in stays], pipeline, scope.as_of)
            level = max(orders.get(stage, 0) for kind, stage, *_ in figures if kind == "reached")
            key = (level, figures, cohort)
            counted[key] = counted.get(key, 0) + 1
    return [Atom(*key, n) for key, n in counted.items()]


def figures_of(stays: Sequence[Row], pipeline: Pipeline, as_of: date) -> tuple[Figure, ...]:
    """Return every figure that counts a candidacy; ``stays`` are its (stage, how left, left on, outcome)."""
    seat = pipeline.seat_stage.name if pipeline.seat_stage else None
    waiting = pipeline.waiting_list.name if pipeline.waiting_list else None
    day, figures, before = as_of.isoformat(), set[Figure](), None
    for stage, how, left_on, _ in stays:
        if stage == seat and before == waiting and ("reached", stage) not in figures:
            figures.add(("from-waiting-list", ""))
        figures.add(("reached", stage))
        if left_on is None or left_on > day:
            figures.add(("here", stage))
        else:
            figures.add(("completed" if how == "onward" else "otherwise", stage))
        before = stage
    stage, how, left_on, outcome = stays[-1]
    if how == "ended" and left_on <= day:
        figures |= {("ended", ""), ("exit", stage, outcome)}
    elif ("reached", seat) in figures:
        figures.add(("seat", ""))
    return tuple(sorted(figures))
