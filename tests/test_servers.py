"""A server of a test's own dies, comes back, is followed and promoted – as one in a machine room would."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import psutil
import psycopg
import pytest

from tests.servers import STARTED, DidNotStart, Server, a_server, a_standby, uri_of, wait_for

NOTED = "CREATE TABLE noted (n integer PRIMARY KEY)"


@pytest.fixture
def primary() -> Iterator[Server]:
    with a_server() as server:
        server.run(NOTED)
        yield server


def noted(server: Server) -> list[int]:
    return [n for (n,) in server.run("SELECT n FROM noted ORDER BY n")]


def test_a_killed_server_comes_back_at_its_port_with_what_was_committed(primary: Server) -> None:
    port = primary.port
    with psycopg.connect(primary.uri()) as kept, psycopg.connect(primary.uri()) as open_still:
        kept.execute("INSERT INTO noted VALUES (1)")
        kept.commit()
        open_still.execute("INSERT INTO noted VALUES (2)")
        primary.kill()
        with pytest.raises(psycopg.OperationalError):
            open_still.commit()
    with pytest.raises(psycopg.OperationalError, match="refused"):
        psycopg.connect(primary.uri())
    primary.start()
    assert (primary.port, noted(primary)) == (port, [1])
    assert "was not properly shut down" in primary.log()


def test_a_stopped_server_starts_again(primary: Server) -> None:
    primary.run("INSERT INTO noted VALUES (1)")
    primary.stop()
    assert not primary.runs
    primary.start()
    assert noted(primary) == [1]
    assert "was not properly shut down" not in primary.log()


def test_a_paused_server_keeps_its_clients_waiting_and_answers_when_it_goes_on(primary: Server) -> None:
    with psycopg.connect(primary.uri(), autocommit=True) as connection:
        primary.pause()
        asking = threading.Thread(target=connection.execute, args=["INSERT INTO noted VALUES (1)"])
        asking.start()
        asking.join(0.3)
        assert asking.is_alive()
        primary.resume()
        asking.join(60)
    assert noted(primary) == [1]


def test_a_standby_has_every_answered_commit_and_takes_writes_once_it_is_promoted(primary: Server) -> None:
    with a_standby(primary) as standby:
        for n in range(50):
            primary.run("INSERT INTO noted VALUES (%s)", [n])
        primary.kill()
        standby.promote()
        standby.run("INSERT INTO noted VALUES (50)")
        assert noted(standby) == list(range(51))


def test_a_commit_is_not_answered_before_the_standby_has_it(primary: Server) -> None:
    with a_standby(primary) as standby:
        standby.pause()
        writing = threading.Thread(target=primary.run, args=["INSERT INTO noted VALUES (1)"])
        writing.start()
        writing.join(0.3)
        assert writing.is_alive()
        standby.resume()
        writing.join(60)
        assert noted(primary) == [1]


def test_a_url_of_two_servers_finds_the_one_that_takes_writes(primary: Server) -> None:
    with a_standby(primary) as standby:
        both = uri_of([standby, primary], "postgres", target_session_attrs="read-write")
        with psycopg.connect(both) as connection:
            assert connection.info.port == primary.port


def test_a_second_standby_is_waited_for_as_well(primary: Server) -> None:
    with a_standby(primary, "first"), a_standby(primary, "second"):
        waited_for = "SELECT application_name FROM pg_stat_replication WHERE sync_state = 'sync' ORDER BY 1"
        assert primary.run(waited_for) == [("first",), ("second",)]


def test_an_option_is_obeyed_and_an_unknown_one_told() -> None:
    with a_server(options={"lock_timeout": "7s"}, durable=True) as server:
        asked = "SELECT current_setting('lock_timeout'), current_setting('fsync')"
        assert server.run(asked) == [("7s", "on")]
    before = list(STARTED)
    with pytest.raises(DidNotStart, match="no_such_setting"):
        a_server(options={"no_such_setting": "1"})
    assert before == STARTED


@pytest.mark.parametrize("end", ["pass", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_nothing_is_left_of_servers_whose_run_ends_or_is_killed(end: str) -> None:
    script = f"""
import os, signal
from tests.servers import a_server, a_standby
primary = a_server()
killed = a_standby(primary)
killed.kill()
primary.pause()
print(primary.folder, killed.folder, flush=True)
{end}
"""
    run = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False)
    folders = run.stdout.split()
    assert len(folders) == 2
    wait_for(lambda: not [folder for folder in folders if os.path.exists(folder)])
    lines = [" ".join(each.info["cmdline"] or []) for each in psutil.process_iter(["cmdline"])]
    assert not [line for line in lines for folder in folders if folder in line]
