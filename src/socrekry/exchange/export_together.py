"""Write a large table with several processes: each reads some candidacies and makes lines of them.

Reading rows and putting them together is work for a processor, and one thread of Python keeps one busy. So
others do it, a stretch each, and whoever began puts the lines into the file in their order.

Rule: all of them see the store as of one moment. In a SQLite file nobody can commit while somebody reads, and
whoever began reads all the while; where that does not hold – on a server, with a write-ahead log – one
process does it all. What one of them does not deliver is done by whoever began, who then meets the error.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, TypeAlias

from socrekry.exchange.export_csv import Style, first_line, lines
from socrekry.services.exporting import SPAN, Candidates, Wanted, spans
from socrekry.store.connect import open_store

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

FEWEST = 50_000  # candidacies; with fewer, the others would still be starting at the end
MOST_PROCESSES = 4
STRETCH = 4 * SPAN
_AHEAD = 2  # stretches that each process has before it, so that it need not wait for whoever writes

Span: TypeAlias = dict[str, int]


class Lines(NamedTuple):
    """A stretch as lines of CSV, how many candidacies it has, and how many of them do not tell all."""

    content: bytes
    rows: int
    untold: int


def pays(table: Candidates) -> bool:
    """Tell whether several processes may write a table, and would be quicker."""
    if table.store.engine != "sqlite" or (os.cpu_count() or 1) < 2:
        return False
    ((journal,),) = table.store.engine_rows("PRAGMA journal_mode")
    return journal != "wal" and table.count() >= FEWEST


def write_csv_together(table: Candidates, file: BinaryIO, style: Style, tell: Callable[[int], None]) -> None:
    """Write the candidates' table as CSV; ``tell`` hears how many rows there are so far."""
    file.write(first_line(table.columns, style))
    waiting: deque[tuple[Connection, Span]] = deque()

    def write_next() -> None:
        worker, span = waiting.popleft()
        done = _delivered(worker) or stretch(Candidates(table.store, table.wanted), span, style)
        file.write(done.content)
        table.rows, table.untold = table.rows + done.rows, table.untold + done.untold
        tell(table.rows)

    with _workers(table, style) as workers:
        for number, span in enumerate(spans(table.store, STRETCH)):
            worker = workers[number % len(workers)]
            with suppress(OSError):  # it has ended
                worker.send(span)
            waiting.append((worker, span))
            if len(waiting) == _AHEAD * len(workers):
                write_next()
        while waiting:
            write_next()


def stretch(table: Candidates, span: Span, style: Style) -> Lines:
    """Return the candidacies between two numbers as lines."""
    content, rows, untold = [], table.rows, table.untold
    for after in range(span["after"], span["last"], SPAN):
        page = table.page({"after": after, "last": min(after + SPAN, span["last"])})
        content.append(lines(table.columns, page, style))
    return Lines(b"".join(content), table.rows - rows, table.untold - untold)


@contextmanager
def _workers(table: Candidates, style: Style) -> Iterator[Sequence["Connection"]]:
    """Start the processes, and give a way to each; at the end, however it ends, they are gone."""
    from multiprocessing import get_context

    context, ways, started = get_context("spawn"), list["Connection"](), []
    try:
        for _ in range(min(os.cpu_count() or 1, MOST_PROCESSES)):
            ours, theirs = context.Pipe()
            told = (theirs, table.store.location, table.wanted, style)
            process = context.Process(target=work, args=told, daemon=True)
            process.start()
            theirs.close()  # so that both ends notice when the other is gone
            ways.append(ours)
            started.append(process)
        yield ways
    finally:
        for way in ways:
            way.close()
        for process in started:
            process.join(1)
            process.kill()


def _delivered(worker: "Connection") -> Lines | None:
    """Return what a process has made of its next stretch; None if it ended instead."""
    try:
        answer: Lines = worker.recv()
    except (EOFError, OSError):
        return None
    return answer


def work(way: "Connection", location: str, wanted: Wanted, style: Style) -> None:
    """Make lines of each stretch that is asked for, until nobody asks any more."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began is interrupted, and ends the others
    gc.disable()
    # What goes wrong here goes wrong again with whoever began, and is told there.
    with suppress(Exception), open_store(location, writing=False) as store, store.snapshot():
        table = Candidates(store, wanted)
        while True:
            way.send(stretch(table, way.recv(), style))
