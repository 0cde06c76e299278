"""A store on either engine in which people are at work, and what must hold there whatever has happened."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

from socrekry.services.checking import check
from socrekry.services.cohorts import Cohort
from socrekry.services.opening import opened
from socrekry.store.engine import Row
from tests.builders import HT2026, an_office
from tests.faults.hands import Done, Hands, given

TODAY = "2026-11-20"
# Seats and rooms that more have than there are. A room is counted as the rules count it, by other words.
CROWDED = """
    SELECT 'cohort', k.id FROM cohort k
    WHERE k.seats < (SELECT COUNT(*) FROM candidacy c WHERE c.cohort_id = k.id AND c.holds_seat)
    UNION ALL
    SELECT 'staff', t.staff_id FROM (
        SELECT a.staff_id, k.term, 'C' || c.id AS who FROM assignment a
        JOIN candidacy c ON c.id = a.candidacy_id JOIN cohort k ON k.id = c.cohort_id
        WHERE a.to_on IS NULL AND c.supervised
        UNION
        SELECT staff_id, term, search_key FROM external_assignment WHERE to_on IS NULL
    ) AS t JOIN staff s ON s.id = t.staff_id
    GROUP BY t.staff_id, t.term, s.capacity HAVING COUNT(*) > s.capacity
"""


class World:
    """A store, an office that works in it from here, and hands that work in it from elsewhere."""

    def __init__(self, location: str, folder: Path, *, seats: int = 10, begun: bool = False) -> None:
        self.location, self.folder = location, folder
        self.store = opened(self.location, writing=not begun)
        if not begun:
            self.office = an_office(self.store, seats)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def surroundings(self, actor: str = "Eva", **more: str) -> Mapping[str, str]:
        """Return what a process must have around it to work here as somebody."""
        config = str(self.folder / "config.toml")
        return {
            "SOCREKRY_DB": self.location,
            "SOCREKRY_CONFIG": config,
            "SOCREKRY_TODAY": TODAY,
            "SOCREKRY_ACTOR": actor,
            "LANG": "C.UTF-8",
            **more,
        }

    def at_once(
        self, hands: Hands, commands: Sequence[Sequence[str]], *, actor: str | None = None
    ) -> list[Done]:
        """Have command lines given at the same moment, each by a hand and in a name of its own."""
        around = [self.surroundings(actor or f"Hand {n}") for n in range(len(commands))]
        asked = [[*words, "--format", "json"] for words in commands]
        return [hand.answer() for hand in hands.begin(asked, around)]

    def gives(self, *words: str, **more: str) -> Done:
        """Give a command line in this process, as somebody who answers in JSON; ``more`` surrounds her."""
        with patch.dict(os.environ, self.surroundings("Eva", **more)):
            return given([*words, "--format", "json"])

    def candidates(self, number: int, stage: str, cohort: Cohort | None = None) -> list[str]:
        """Add so many candidates who have come to a stage; return their candidacies' ids."""
        with self.store.transaction():
            return [self.office.add(f"Namn {n}", stage, cohort=cohort) for n in range(number)]

    def cohort(self, seats: int, name: str = "") -> Cohort:
        """Open one more cohort of the office's term."""
        known = len(self.rows("SELECT 1 FROM cohort"))
        return self.office.another_cohort(HT2026, seats=seats, name=name or f"omgång {known + 1}")

    def rows(self, sql: str) -> list[Row]:
        """Return what the store holds, asked past the program."""
        return self.store.engine_rows(sql)

    def require_sound(self) -> None:
        """Require that no limit is exceeded and that everything is as the logs say."""
        assert self.rows(CROWDED) == []
        assert check(self.store).defects == ()
