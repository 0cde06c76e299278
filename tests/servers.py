"""Real PostgreSQL servers that a test owns: to be killed, paused, doubled and promoted.

Each has a folder, a port and processes of its own. Whatever becomes of the test, all three are gone when the
run ends (:func:`let_go`): a server that stays would answer for another in the next run.
"""

import atexit
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Self
from urllib.parse import quote, urlencode

import psutil
import psycopg

from tests.installation import (
    a_folder,
    a_port,
    as_whom,
    first_data,
    forget_first_data,
    hand_over,
    program,
    run,
)
from tests.keeper import dismiss, erase, family_of, kill, told_by

PATIENCE = 60.0  # seconds until what should happen is said not to
STARTED: "list[Server]" = []
# Small and quick. Shared memory is kept in the data folder: a killed server leaves it nowhere else.
ORDINARY = {
    "shared_buffers": "16MB",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "100",
    "log_line_prefix": "%m [%p] ",
    "wal_retrieve_retry_interval": "100ms",
}


def wait_for(what: Callable[[], object], failing: Callable[[], str] = lambda: "it never happened") -> None:
    """Wait until ``what`` is true; it is an error that it is not within a minute."""
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, failing()
        time.sleep(0.01)


class DidNotStart(Exception):
    """A server ended before it took connections; with what it told."""


class Server:
    """A PostgreSQL server with a folder, a port and processes of its own."""

    def __init__(self, name: str) -> None:
        self.name, self.folder, self.port = name, a_folder(), a_port()
        self.data = self.folder / "data"
        self.standbys: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        STARTED.append(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    @property
    def pid(self) -> int:
        """The process that every other process of the server is a child of."""
        assert self._process, f"{self.name} is not running"
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has been started, and has not ended since – also by itself."""
        return self._process is not None and self._process.poll() is None

    def uri(self, database: str = "postgres", *, user: str = "postgres", **more: str) -> str:
        """Return where a database of it is; ``more`` are settings of the connection."""
        return uri_of([self], database, user=user, **more)

    def run(self, statement: str, values: Sequence[Any] = (), *, database: str = "postgres") -> list[Any]:
        """Run a statement as the one who may do everything; return its rows."""
        with psycopg.connect(self.uri(database), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def set(self, options: Mapping[str, str]) -> None:
        """Write settings that hold from the next start on."""
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in options.items())

    def log(self) -> str:
        """Return what it has told."""
        return (self.folder / "log").read_text("utf-8", "replace")

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        assert not self.runs, f"{self.name} is running"
        command = [program("postgres"), "-D", str(self.data), "-k", str(self.folder)]
        command += ["-h", "127.0.0.1", "-p", str(self.port), "-c", f"cluster_name={self.name}"]
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", **as_whom()
            )
        wait_for(self._is_ready, self.log)

    def _is_ready(self) -> bool:
        assert self._process
        if self._process.poll() is not None:
            self._process = None
            raise DidNotStart(self.log())
        told = told_by(self.folder)
        return len(told) > 7 and told[0] == str(self.pid) and told[7].strip() in {"ready", "standby"}

    def stop(self, how: str = "fast") -> None:
        """Stop it as an administrator does: who is connected is shown out, and everything is written."""
        run("pg_ctl", "stop", f"--pgdata={self.data}", f"--mode={how}", "--no-wait")
        self._wait_for_the_end()

    def kill(self) -> None:
        """Kill every process of it at once, as when its machine dies."""
        kill(self._held())
        self._wait_for_the_end()

    def _wait_for_the_end(self) -> None:
        assert self._process
        self._process.wait(PATIENCE)
        self._process = None

    def _held(self) -> list[psutil.Process]:
        return family_of(self.pid, self.folder)

    def pause(self) -> None:
        """Hold every process of it: nothing answers, and no connection is closed."""
        for process in self._held():
            with suppress(psutil.NoSuchProcess):
                process.suspend()

    def resume(self) -> None:
        """Let its processes go on."""
        for process in reversed(self._held()):
            with suppress(psutil.NoSuchProcess):
                process.resume()

    def promote(self) -> None:
        """Make a standby a primary, and wait until it takes writes."""
        assert self.run("SELECT pg_promote(true, 60)") == [(True,)], self.log()

    def remove(self) -> None:
        """End it, in whatever state it is, and remove all it has left; more than once is no error."""
        if self.runs:
            self.kill()
        erase(self.folder)
        if self in STARTED:
            STARTED.remove(self)


def uri_of(servers: Sequence[Server], database: str, *, user: str = "postgres", **more: str) -> str:
    """Return one URL of several servers, to be tried in that order."""
    hosts = ",".join(f"127.0.0.1:{server.port}" for server in servers)
    settings = "?" + urlencode(more, quote_via=quote) if more else ""
    return f"postgresql://{user}@{hosts}/{database}{settings}"


def a_server(
    name: str = "primary", *, options: Mapping[str, str] | None = None, durable: bool = False
) -> Server:
    """Start a new server with nothing in it.

    A durable one waits for its disk at each commit, as servers do where nothing may be lost.
    """
    server = Server(name)
    with _removed_on_failure(server):
        shutil.copytree(first_data(), server.data)
        server.set({**ORDINARY, "fsync": "on" if durable else "off", **(options or {})})
        hand_over(server.folder)
        _start_somewhere(server)
    return server


def a_standby(primary: Server, name: str = "standby", *, options: Mapping[str, str] | None = None) -> Server:
    """Start a copy that follows a running server; from now on it has got every commit that is answered."""
    server = Server(name)
    with _removed_on_failure(server):
        slot = ("--create-slot", f"--slot={name}", "--write-recovery-conf", f"--dbname={primary.uri()}")
        run("pg_basebackup", f"--pgdata={server.data}", "--checkpoint=fast", "--no-sync", *slot)
        server.set(options or {})
        with open(server.data / "postgresql.auto.conf", "a", encoding="utf-8") as file:
            file.write("synchronous_standby_names = ''\n")  # once promoted, it waits for nobody
        hand_over(server.folder)
        _start_somewhere(server)
        primary.standbys.append(name)
        names = ", ".join(f'"{each}"' for each in primary.standbys)
        all_of_them = f"{len(primary.standbys)} ({names})"
        primary.run(f"ALTER SYSTEM SET synchronous_standby_names = '{all_of_them}'")
        primary.run("SELECT pg_reload_conf()")
        asked = "SELECT 1 FROM pg_stat_replication WHERE application_name = %s AND sync_state = 'sync'"
        wait_for(lambda: primary.run(asked, [name]), server.log)
    return server


@contextmanager
def _removed_on_failure(server: Server) -> Iterator[None]:
    try:
        yield
    except BaseException:
        server.remove()
        raise


def _start_somewhere(server: Server) -> None:
    """Start it on its port, or on another if somebody was quicker."""
    for _ in range(5):
        try:
            return server.start()
        except DidNotStart as error:
            if "could not bind" not in str(error):
                raise
            server.port = a_port()
    raise AssertionError(server.log())


@atexit.register
def let_go() -> None:
    """End every server that a test has started and not removed, and forget the data they began with."""
    for server in tuple(STARTED):
        server.remove()
    forget_first_data()
    dismiss()
