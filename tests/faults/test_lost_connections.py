"""A server that goes away: what was not kept is done again or said to be lost, and nothing is done twice.

A connection that breaks at the COMMIT leaves open what became of it. Whoever gave the command is told what
is in the store, and that it is unknown only where nobody answers.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from threading import Timer
from typing import TypeAlias

import pytest

from socrekry.domain import intents
from socrekry.services.acting import Outcome, Step, act
from socrekry.services.candidacies import Subject
from socrekry.services.tallies import Cell, write_tallies
from socrekry.services.touches import add_touches
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from tests.builders import TODAY
from tests.doors import Door, Fate
from tests.faults.hands import Hands
from tests.faults.worlds import World
from tests.servers import Server

Absence: TypeAlias = Callable[[Server], AbstractContextManager[None]]
COMMIT = b"COMMIT\0"  # and not READ COMMITTED, with which it begins
MOVE = ["advance", "C-1", "--reason", "så"]
NOTE = ["note", "C-1", "Ringt"]
ADD = ["add-candidate", "Bo", "--note", "från mässan"]
ALONE = [ADD, ["add-cohort", "trainee", "HT2030", "--seats", "3"], NOTE]


@pytest.fixture
def world(door: Door, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Give a world behind the door with a candidate in it (C-1), whose people wait a moment and no longer."""
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "1")
    world = World(door.uri(database, connect_timeout="1"), tmp_path)
    world.office.add("Anna", "lead")
    yield world
    world.close()


@pytest.fixture
def commands(server: Server, database: str, world: World) -> Callable[[], int]:
    """Count the commands that have been kept since; the server is asked past the door."""

    def so_far() -> int:
        return int(server.run("SELECT COUNT(*) FROM command", database=database)[0][0])

    before = so_far()
    return lambda: so_far() - before


@contextmanager
def nobody_home(server: Server) -> Iterator[None]:
    server.kill()
    try:
        yield
    finally:
        server.start()


@contextmanager
def asleep(server: Server) -> Iterator[None]:
    server.pause()
    try:
        yield
    finally:
        server.resume()


def advanced(world: World, disturbance: Callable[[], object], *, at_commit: bool = False) -> Outcome:
    """Advance a candidate and be disturbed once: before anything is written, or before it is committed."""
    disturbances = [disturbance]

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        if disturbances and not at_commit:
            disturbances.pop()()
        yield Step(intents.Advance(), TODAY)

    def written_last(store: Store, counts: Mapping[Cell, int]) -> None:
        write_tallies(store, counts)
        if disturbances:
            disturbances.pop()()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socrekry.services.writing.write_tallies", written_last)
        (outcome,) = act(world.office.by(), ["C-1"], plan)
    return outcome


def code_of(outcome: Outcome) -> str | None:
    return outcome.error.code if outcome.error else None


@pytest.mark.parametrize(
    ("command", "fate"),
    [
        *((each, Fate.CARRIED_OUT) for each in (MOVE, *ALONE)),
        *((each, Fate.HEARD_LATE) for each in (MOVE, NOTE)),
    ],
)
def test_what_was_kept_is_said_to_be_done_and_is_done_once(
    world: World, door: Door, commands: Callable[[], int], command: list[str], fate: Fate
) -> None:
    door.cut_at(COMMIT, fate)
    assert world.gives(*command, SOCREKRY_BUSY_SECONDS="10").code == 0
    assert commands() == 1
    assert not door.waits_for_a_word


@pytest.mark.parametrize("word", [b"INSERT INTO command", COMMIT])
def test_a_move_of_which_nothing_was_kept_is_done_again(
    world: World, door: Door, commands: Callable[[], int], word: bytes
) -> None:
    door.cut_at(word, Fate.NEVER_HEARD)
    assert world.gives(*MOVE, SOCREKRY_BUSY_SECONDS="10").why == "done"
    assert (commands(), door.waits_for_a_word) == (1, False)
    assert world.gives("history", "C-1").out.count('"moved"') == 1


@pytest.mark.parametrize("word", [b"INSERT INTO command", COMMIT])
@pytest.mark.parametrize("command", ALONE, ids=lambda words: words[0])
def test_of_another_command_it_is_said_that_nothing_was_kept(
    world: World, door: Door, commands: Callable[[], int], command: list[str], word: bytes
) -> None:
    door.cut_at(word, Fate.NEVER_HEARD)
    done = world.gives(*command)
    assert (done.code, done.why, commands()) == (6, "connection-lost", 0)
    assert (world.gives(*command).code, commands()) == (0, 1)


def test_nothing_that_the_driver_says_to_itself_reaches_the_screen(world: World, door: Door) -> None:
    door.cut_at(b"INSERT INTO event", Fate.NEVER_HEARD)
    with Hands(1) as hands:
        (done,) = world.at_once(hands, [MOVE])
    assert (done.code, done.err, door.waits_for_a_word) == (0, "", False)


def test_a_part_that_was_taken_back_is_not_what_is_looked_for(world: World, door: Door) -> None:
    file, full = world.folder / "rows.csv", world.cohort(0).label
    file.write_text(f"name,applied_on,selected_on\nCia,{TODAY},\nBo,{TODAY},{TODAY}\n", "utf-8")
    door.cut_at(COMMIT, Fate.CARRIED_OUT)
    done = world.gives("import", str(file), "--cohort", full, "--keep-good")
    assert (done.code, len(done.said["imported"]), door.waits_for_a_word) == (1, 1, False), done


def test_the_later_of_two_parts_of_a_command_is_looked_for_by_itself(
    world: World, door: Door, server: Server, database: str
) -> None:
    writing, activity = world.office.by(command="add-touch"), world.office.activity()
    world.office.add("Bo")
    world.store.reconnect()  # whoever has said COMMIT often says it by a number
    add_touches(writing, ["C-1"], activity)
    for fate, kept in ((Fate.NEVER_HEARD, 1), (Fate.CARRIED_OUT, 2)):
        door.cut_at(COMMIT, fate)
        _, (touched,) = add_touches(writing, ["C-2"], activity)
        assert touched.done == (fate is Fate.CARRIED_OUT)
        assert server.run("SELECT COUNT(*) FROM touch", database=database) == [(kept,)]


@pytest.mark.parametrize("fate", [Fate.CARRIED_OUT, Fate.NEVER_HEARD])
def test_where_nobody_answers_after_the_commit_it_is_said_to_be_unknown(
    world: World, door: Door, fate: Fate
) -> None:
    door.keep_out()
    door.cut_at(COMMIT, fate)
    assert code_of(advanced(world, lambda: None)) == "commit-unknown"


def test_a_connection_that_breaks_again_while_it_is_looked_for_is_made_again(
    world: World, door: Door, commands: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    anew, trouble = world.store.reconnect, [b"SELECT hash", b"UPDATE edit"]

    def reconnect() -> None:
        anew()
        if trouble:
            door.cut_at(trouble.pop(), Fate.NEVER_HEARD)

    monkeypatch.setattr(world.store, "reconnect", reconnect)
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "10")
    door.cut_at(COMMIT, Fate.CARRIED_OUT)
    assert advanced(world, lambda: None).done
    assert (commands(), trouble) == (1, [])


def test_who_is_shown_out_in_the_middle_of_a_move_comes_in_again(
    world: World, server: Server, commands: Callable[[], int]
) -> None:
    everybody = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'socrekry'"
    assert advanced(world, lambda: server.run(everybody)).done
    assert commands() == 1


def test_a_move_goes_on_when_a_killed_server_comes_back(
    world: World, server: Server, monkeypatch: pytest.MonkeyPatch, commands: Callable[[], int]
) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "30")
    starting = Timer(0.2, server.start)

    def killed() -> None:
        server.kill()
        starting.start()

    assert advanced(world, killed).done
    starting.join()
    assert commands() == 1


@pytest.mark.parametrize("gone", [nobody_home, asleep])
def test_who_waits_for_a_server_in_vain_is_told_and_nothing_was_kept(
    world: World, server: Server, commands: Callable[[], int], gone: Absence
) -> None:
    with ExitStack() as absence:
        outcome = advanced(world, lambda: absence.enter_context(gone(server)))
        assert code_of(outcome) == "connection-lost"
        assert world.gives("list").why == "store-unreachable"
    assert commands() == 0
    assert world.gives(*MOVE).why == "done"


@pytest.mark.parametrize("gone", [nobody_home, asleep])
def test_who_waits_for_the_answer_to_a_commit_in_vain_is_told_that_it_is_unknown(
    world: World, server: Server, gone: Absence
) -> None:
    with ExitStack() as absence:
        outcome = advanced(world, lambda: absence.enter_context(gone(server)), at_commit=True)
        assert code_of(outcome) == "commit-unknown"
    assert world.gives("check").code == 0
