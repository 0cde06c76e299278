"""When the primary dies under load, nothing that was acknowledged is lost, and nothing is done twice."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from socrekry.__main__ import main
from tests.clients import Answer
from tests.failovers import fail_over
from tests.rounds import rounds
from tests.servers import Server, a_server, a_standby

TURNS = rounds(12, brief=4)  # that each client has done before the kill, and after the promotion
HELD = "SELECT name FROM person UNION ALL SELECT text FROM remark"
LOGGED = "SELECT 'C-' || person_id || '.' || number, seq FROM event JOIN candidacy c ON c.id = candidacy_id"


@pytest.fixture
def primary() -> Iterator[Server]:
    with a_server(durable=True) as server:
        server.run("CREATE DATABASE store")
        assert main(["--db", server.uri("store"), "migrate"]) == 0
        assert main(["--db", server.uri("store"), "add-cohort", "trainee", "HT2099", "--seats", "10"]) == 0
        yield server


def test_what_was_acknowledged_outlives_its_primary(primary: Server, tmp_path: Path) -> None:
    done: list[Answer] = []
    with ExitStack() as standbys:
        for n in range(rounds(20, brief=2)):
            standby = standbys.enter_context(a_standby(primary, f"standby{n}"))
            failover = fail_over(primary, standby, tmp_path / f"round{n}", clients=4, turns=TURNS)
            sys.stdout.write(f"{failover}\n")
            done += failover.done
            assert {each.code for each in failover.answers} <= {0, 6}
            require_kept(standby, done)
            primary.remove()
            primary = standby


def require_kept(server: Server, done: list[Answer]) -> None:
    """Require that a store has what was acknowledged, once, and is sound."""
    held = Counter(text for (text,) in server.run(HELD, database="store"))
    assert [each for each in done if held[each.text] != 1] == []
    assert [text for text, times in held.items() if times > 1] == []
    moved = {(each.candidacy, each.seq) for each in done if each.seq is not None}
    assert moved
    assert moved <= set(server.run(LOGGED, database="store"))
    assert main(["--db", server.uri("store"), "check"]) == 0
