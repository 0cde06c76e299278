"""Nothing of a server stays behind, however the run ends that has started it.

A run that is killed can end nothing itself. Its keeper, a process that only listens to it, hears when it is
gone and ends its servers; otherwise they would wait for their clients until somebody looked.
"""

import ctypes
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@cache
def _keeper() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.keeper"]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT, start_new_session=True
    )


def entrust(folder: Path) -> None:
    """Have the keeper erase a folder and its server when this process is gone."""
    listening = _keeper().stdin
    assert listening
    listening.write(f"{folder}\n")
    listening.flush()


def dismiss() -> None:
    """Let the keeper erase what is left, and go."""
    if _keeper.cache_info().currsize:
        _keeper().communicate()
        _keeper.cache_clear()


def erase(folder: Path) -> None:
    """End the server of a folder, in whatever state it is, and remove the folder and all it has left."""
    told = told_by(folder)
    if told:
        kill(family_of(int(told[0]), folder))
    if len(told) > 6 and sys.platform != "win32":
        # Who is killed leaves a few bytes of System V memory, which no module of Python can remove.
        ctypes.CDLL(None).shmctl(int(told[6].split()[1]), 0, None)
    shutil.rmtree(folder, ignore_errors=True)


def told_by(folder: Path) -> list[str]:
    """Return what a server that has begun and has not stopped says of itself: its number, …, its state."""
    try:
        return (folder / "data" / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def family_of(pid: int, folder: Path) -> list[psutil.Process]:
    """Return a server's processes. The first is held: it would have children while they are counted."""
    try:
        first = psutil.Process(pid)
        if not any(str(folder) in word for word in first.cmdline()):
            return []  # the number is somebody else's by now
        first.suspend()
        return [first, *first.children(recursive=True)]
    except psutil.Error:  # gone, or somebody else's
        return []


def kill(processes: list[psutil.Process]) -> None:
    """Kill processes at once, and wait until the last has gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    while any(_lives(process) for process in processes):
        time.sleep(0.005)


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


if __name__ == "__main__":
    for folder in {line.rstrip("\n") for line in sys.stdin}:
        erase(Path(folder))
