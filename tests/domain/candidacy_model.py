"""What a candidacy is in the simplest words: the measure that the state machine is held against.

It keeps a list of what stood after each command, so that an undo is looked up and not computed; seats and
room are counted over all candidacies, not compared before and after. It knows no guards and no events.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.pipeline import Pipeline


class Account(NamedTuple):
    """Where a candidacy stands; ``days`` are those of its moves, each with the stage that it led to."""

    state: str = "void"
    stage: str = ""
    cohort: int = 0
    unit: int | None = None
    seated: bool = False
    rest: tuple[date, date] | None = None
    rank: int | None = None
    facts: frozenset[str] = frozenset()
    staff: tuple[tuple[str, int], ...] = ()
    days: tuple[tuple[str | None, date], ...] = ()

    def in_order(self, on: date) -> bool:
        """Whether a move on that day would not be before the last one."""
        return not self.days or on >= self.days[-1][1]

    def resting(self, on: date) -> bool:
        """Whether it rests on that day."""
        return self.rest is not None and self.rest[0] <= on < self.rest[1]

    def at(self, pipeline: Pipeline, stage: str, on: date) -> "Account":
        """It came to a stage."""
        known = pipeline.stage(stage)
        return self._replace(
            state=known.kind,
            stage=stage,
            seated=self.seated or known.takes_seat,
            rest=None,
            rank=None,
            days=(*self.days, (stage, on)),
        )

    def on_day(self, on: date, **changes: object) -> "Account":
        """Something else happened to it that has its place in the order of days."""
        return self._replace(**changes, days=(*self.days, (None, on)))  # type: ignore[arg-type]

    def with_staff(self, role: str, staff: int | None) -> "Account":
        """Somebody has the role now, or nobody."""
        others = [each for each in self.staff if each[0] != role]
        return self._replace(staff=tuple(sorted([*others, *([(role, staff)] if staff else [])])))

    def mended(self, stage: str, on: date) -> "Account | None":
        """It came to the stage on another day; None where that day is not between its neighbours."""
        places = [n for n, (name, _) in enumerate(self.days) if name == stage]
        if not places:
            return None
        at, days = places[-1], [day for _, day in self.days]
        if not (max(days[:at], default=on) <= on <= min(days[at + 1 :], default=on)):
            return None
        return self._replace(days=(*self.days[:at], (stage, on), *self.days[at + 1 :]))

    @property
    def holds_seat(self) -> bool:
        """Whether it keeps somebody else from a seat."""
        return self.seated and self.state in ("open", "won")
