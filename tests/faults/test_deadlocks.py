"""Two who hold what the other waits for: the engine undoes one of them, who then does it again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Barrier, Thread

import pytest

from socrekry.services import persisting
from socrekry.services.acting import Outcome, Plan, Step, act
from socrekry.services.candidacies import Subject
from socrekry.services.noting import assign_step
from socrekry.services.opening import opened
from socrekry.services.writing import Occasion, Writing
from tests.builders import TODAY, a_database
from tests.faults.worlds import World


class Crossing:
    """Two who assign the same two people at once, each beginning with another."""

    def __init__(self, world: World) -> None:
        self.world, self.outcomes, self.attempts = world, list[Outcome](), 0
        ((name,),) = world.rows("SELECT current_database()")
        world.rows(f"ALTER DATABASE {name} SET deadlock_timeout = '50ms'")
        self._meeting = Barrier(2)
        office = world.office
        self.refs = [world.candidates(1, "lead", world.cohort(1))[0] for _ in "ab"]
        self.staff = [office.staff(name, "supervisor", "mentor", capacity=9) for name in ("Una", "Mia")]

    def happens(self) -> Counter[str]:
        """Let it happen; return how it ended for them."""
        orders = (self.staff, self.staff[::-1])
        both = [Thread(target=self._assigns, args=each) for each in zip("AB", self.refs, orders, strict=True)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        return Counter(each.error.code if each.error else "done" for each in self.outcomes)

    def _assigns(self, actor: str, ref: str, order: Sequence[str]) -> None:
        occasion = Occasion(actor, "assign", TODAY, self.world.office.by().occasion.now)
        with opened(self.world.location, writing=True) as store:
            self.outcomes += act(Writing(store, occasion), [ref], self._plan(order))

    def _plan(self, order: Sequence[str]) -> Plan:
        met: list[int] = []

        def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
            self.attempts += 1
            writing.remark(subject.id, "reason", "korsvis", TODAY)
            for role, ref in zip(("supervisor", "mentor"), order, strict=True):
                yield assign_step(writing, role, ref, TODAY)
                if not met:
                    met.append(self._meeting.wait(60))

        return plan


@pytest.fixture
def crossing(tmp_path: Path) -> Iterator[Crossing]:
    world = World(a_database(), tmp_path)
    yield Crossing(world)
    world.close()


def test_two_who_take_two_people_in_opposite_order_both_get_them(crossing: Crossing) -> None:
    assert crossing.happens() == {"done": 2}
    assert crossing.attempts == 3
    crossing.world.require_sound()


def test_of_what_was_undone_nothing_is_left(crossing: Crossing) -> None:
    crossing.happens()
    remarks = "SELECT COUNT(*), COUNT(DISTINCT candidacy_id), COUNT(DISTINCT command_id) FROM remark"
    assert crossing.world.rows(f"{remarks} WHERE text = 'korsvis'") == [(2, 2, 2)]
    commands = "SELECT command_id, COUNT(*) FROM event WHERE kind = 'assigned' GROUP BY command_id"
    assert [number for _, number in crossing.world.rows(commands)] == [2, 2]


def test_who_has_tried_for_long_enough_is_told_that_the_store_is_busy(
    crossing: Crossing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(persisting, "CONTENDED_SECONDS", 0.0)
    assert crossing.happens() == {"done": 1, "store-busy": 1}
    assert crossing.attempts == 2
    crossing.world.require_sound()
