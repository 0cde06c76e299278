"""A process that is killed while it writes leaves what it was told is done, whole, and nothing half done."""

import random
import sys
from collections import Counter

from tests.faults.worlds import World
from tests.faults.writers import Told, killed_while_writing
from tests.rounds import rounds

LOGGED = "SELECT 'C-' || person_id || '.' || number, seq FROM event JOIN candidacy c ON c.id = candidacy_id"
WRITTEN = "SELECT name FROM person UNION ALL SELECT text FROM remark UNION ALL SELECT name FROM actor"
EVENTS = "SELECT command_id, kind FROM event ORDER BY candidacy_id, seq"
COMMANDS = """
    SELECT c.id, c.name, (SELECT COUNT(*) FROM remark r WHERE r.command_id = c.id),
           (SELECT COUNT(*) FROM edit e WHERE e.command_id = c.id)
    FROM command c WHERE c.name IN ('add-candidate', 'advance', 'close', 'undo')
"""
# What each command writes if it writes all of it: its events, and how many remarks and edits.
WHOLE = {
    ("add-candidate", "opened", 1, 2),
    ("advance", "moved", 1, 0),
    ("advance", "fact-recorded moved", 1, 0),
    ("advance", "fact-recorded assigned moved", 1, 0),
    ("close", "closed", 1, 0),
    ("undo", "undone", 0, 0),
}


def test_what_a_killed_writer_was_told_is_there_and_nothing_is_half_done(world: World) -> None:
    acknowledged = 0
    for n in range(rounds(200, brief=4)):
        told = killed_while_writing(f"Skrivare {n}", world.surroundings(), random.Random(n))
        acknowledged += len(told)
        assert world.gives("note", told[0].candidacy, "Ringt", SOCREKRY_BUSY_SECONDS="5").code == 0
        require_kept(world, told)
        require_whole(world)
        assert world.gives("check").code == 0
    sys.stdout.write(
        f"{world.store.engine}: {n + 1} kills, {acknowledged} commands acknowledged, none missing\n"
    )


def require_kept(world: World, told: list[Told]) -> None:
    """Require that what was acknowledged is there, once."""
    assert told
    written, logged = Counter(text for (text,) in world.rows(WRITTEN)), set(world.rows(LOGGED))
    assert [each for each in told if written[each.text] != 1] == []
    assert [each for each in told if each.seq and (each.candidacy, each.seq) not in logged] == []


def require_whole(world: World) -> None:
    """Require that of each command all was kept."""
    kinds: dict[int, list[str]] = {}
    for command, kind in world.rows(EVENTS):
        kinds.setdefault(command, []).append(kind)
    found = {(name, " ".join(kinds.get(id_, ())), *rest) for id_, name, *rest in world.rows(COMMANDS)}
    assert found <= WHOLE
