"""Seats and people's room while an import runs: read once, and counted on as candidates come in.

They are compared by the rule that every command obeys (`domain.limits`); read anew for each row, they would
be counted over all who came before it.
"""

from collections.abc import Callable, Iterable
from datetime import date

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Verdict
from socrekry.domain.guards import Circumstances, Room, Seats
from socrekry.domain.limits import limits_broken
from socrekry.domain.term import Term
from socrekry.services.candidacies import Subject, circumstances
from socrekry.store.connect import Store


class Limits:
    """What is taken and what is left, by cohort and by member of staff and term."""

    def __init__(self, store: Store, today: date, quiet: Callable[[], None]) -> None:
        """``quiet`` is called before the store is asked."""
        self.store, self.today, self._quiet = store, today, quiet
        self._cohorts: dict[int, Seats] = {}
        self._rooms: dict[tuple[int, Term], Room] = {}

    def forget(self) -> None:
        """Read all of it anew: something was written that was not counted here."""
        self._cohorts, self._rooms = {}, {}

    def around(self, here: Subject, staff: Iterable[int]) -> Circumstances:
        """Return the limits of a cohort, where ``here`` is a candidacy of nobody's, and of some staff."""
        cohort, named = here.candidacy.cohort, set(staff)
        seats = self._cohorts.get(cohort)
        if seats is None or any((each, seats.term) not in self._rooms for each in named):
            self._quiet()
            read = circumstances(self.store, here, self.today, staff=named)
            self._cohorts = {**read.cohorts, **self._cohorts}
            self._rooms = {**read.rooms, **self._rooms}
        return Circumstances(self.today, self._cohorts, self._rooms, (), None, False)

    def broken(self, after: Candidacy, around: Callable[[], Circumstances]) -> tuple[Verdict, ...]:
        """Return a verdict for each limit that one more who stands so would exceed; else count her in."""
        if not (after.holds_seat or after.supervised):
            return ()
        verdicts = limits_broken(Candidacy(), after, around())
        if verdicts:
            return verdicts
        seats = self._cohorts[after.cohort]
        if after.holds_seat:
            self._cohorts[after.cohort] = seats._replace(taken=seats.taken + 1)
        if after.supervised:
            for member in {each.staff for each in after.assignments if each.to_on is None}:
                room = self._rooms[member, seats.term]
                self._rooms[member, seats.term] = room._replace(taken=room.taken + 1)
        return ()


def with_room_on_the_way(around: Circumstances) -> Circumstances:
    """Return the circumstances with room for one more everywhere: only where she ends up counts."""
    cohorts = {key: seats._replace(total=seats.taken + 1) for key, seats in around.cohorts.items()}
    rooms = {key: room._replace(capacity=room.taken + 1) for key, room in around.rooms.items()}
    return around._replace(cohorts=cohorts, rooms=rooms)
