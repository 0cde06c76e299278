"""What one whole process costs: its processor time and its memory, in a pipe or on a terminal.

The time is user and system time as the kernel counts it for that process alone, from its first instruction
to its last. A stopwatch would count whatever else the machine did meanwhile. Where a system does not tell
(`os.wait4` is missing on Windows), the stopwatch is all there is, and the table says so.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from typing import NamedTuple

COLUMNS, LINES = 100, 40
TELLS_CPU = hasattr(os, "wait4")
HAS_TERMINALS = hasattr(os, "openpty")
_KIB = 1 if sys.platform == "darwin" else 1024  # in which ru_maxrss counts


class Cost(NamedTuple):
    """What a process cost – seconds, and bytes of memory at most – and how it ended."""

    cpu: float
    wall: float
    peak: int
    code: int
    output: str


def run(words: Sequence[str], environment: Mapping[str, str], *, terminal: bool = False) -> Cost:
    """Run a command to its end, its output read from a pipe or from a pseudo-terminal."""
    reader, writer = os.openpty() if terminal else os.pipe()
    if terminal:
        _resize(writer)
    started = time.perf_counter()
    process = subprocess.Popen(
        words,
        env=dict(environment),
        stdin=writer if terminal else subprocess.DEVNULL,
        stdout=writer,
        stderr=writer,
        start_new_session=terminal,
    )
    os.close(writer)
    output = _read(reader)
    cpu, peak, code = _ended(process)
    wall = time.perf_counter() - started
    return Cost(wall if cpu is None else cpu, wall, peak, code, output)


def _read(reader: int) -> str:
    parts = []
    with contextlib.suppress(OSError), open(reader, "rb", buffering=0) as stream:  # a terminal ends in EIO
        while part := stream.read(65536):
            parts.append(part)
    return b"".join(parts).decode(errors="replace")


def _ended(process: "subprocess.Popen[bytes]") -> tuple[float | None, int, int]:
    if not TELLS_CPU:
        return None, 0, process.wait()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime, used.ru_maxrss * _KIB, process.returncode


def _resize(terminal: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
