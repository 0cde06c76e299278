"""A command line in one line of a test: run here, or in a process of its own."""

import gc
import os
import select
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pytest

from socrekry.__main__ import main
from tests.stories import a_story


class Outcome(NamedTuple):
    """What came of a command line."""

    code: int
    out: str
    err: str


Run: TypeAlias = Callable[..., Outcome]


class Screen(StringIO):
    """A stream with a person at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("SOCREKRY_UNIT", "SOCREKRY_TODAY", "SOCREKRY_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SOCREKRY_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    yield
    gc.enable()  # a command of ours has switched it off, which a whole test run can ill afford


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command line in this process: ``cli("config", "lang", stdin="")``."""

    def run(*words: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", StringIO(stdin))
        capsys.readouterr()
        code = main(words)
        return Outcome(code, *capsys.readouterr())

    return run


@pytest.fixture
def process() -> Run:
    """Run a command line in a process of its own, or, with ``program``, a line of Python."""

    def run(*words: str, program: str = "", **environment: str) -> Outcome:
        command = [sys.executable, *(("-c", program) if program else ("-m", "socrekry")), *words]
        done = subprocess.run(
            command, env=os.environ | environment, capture_output=True, text=True, check=False, timeout=60
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Screen]:
    """Put a person at the terminal who types ``lines``; return the screen they look at."""

    def sit_down(*lines: str) -> Screen:
        screen = Screen()
        monkeypatch.setattr(sys, "stdin", Screen("".join(f"{line}\n" for line in lines)))
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return sit_down


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the store of `tests.stories`, on the day on which its story was told."""
    path = a_story(tmp_path)
    monkeypatch.setenv("SOCREKRY_DB", str(path))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Örjan")
    return path


@pytest.fixture
def line(cli: Run) -> Callable[..., str]:
    """Run a command line as it is typed, see it end with ``code``, and return what it printed."""

    def run(typed: str, code: int = 0, stdin: str = "") -> str:
        done = cli(*shlex.split(typed), stdin=stdin)
        assert done.code == code, done.out + done.err
        return done.out + done.err

    return run


@pytest.fixture
def terminal() -> Run:
    """Run a command line on a terminal where ``keys`` are pressed, one after each question."""

    def run(*words: str, keys: tuple[str, ...] = (), **environment: str) -> Outcome:
        import pty

        pid, screen = pty.fork()
        if pid == 0:
            os.execve(
                sys.executable, [sys.executable, "-m", "socrekry", *words], {**os.environ, **environment}
            )
        seen, left = b"", list(keys)
        while True:
            if select.select([screen], [], [], 20)[0]:
                try:
                    shown = os.read(screen, 65536)
                except OSError:  # the terminal is gone with its last user
                    break
                if not shown:
                    break
                seen += shown
                if left and seen.endswith((b": ", b"] ")):
                    # As a person would, a moment after the question: a signal that comes just as Python
                    # begins to wait for a key is not seen until there is one.
                    time.sleep(0.2)
                    os.write(screen, left.pop(0).encode())
            else:
                os.kill(pid, 9)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(screen)
        return Outcome(code, seen.decode().replace("\r\n", "\n"), "")

    return run
