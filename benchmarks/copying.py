"""Measure how many rows a second a store moves at, from engine to engine: ``python benchmarks/copying.py``.

Whole processes of `socrekry copy`, from the first row to the last log that was followed, on two archives of
which one is four times as large: memory must not grow with it. Beside each, in the same run, stands what the
driver alone needs to put the same rows into the same empty tables – read, write, commit, nothing compared –
so the ratio is the price of being able to go on after a cut, and of knowing that all came over.

PostgreSQL runs in a folder of its own, on this machine. ``--store`` names a large archive that is there.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import NamedTuple

import psycopg
from processes import Cost, run
from servers import Server, a_server, new_database

from socrekry.store.migrate import create
from socrekry.store.tables import Table, tables

HERE = os.path.dirname(os.path.abspath(__file__))
BATCH = 5_000
GOAL = 30_000  # rows a second


class Way(NamedTuple):
    """From where to where, and where to with the driver alone."""

    name: str
    source: str
    target: str
    alone: str


class Moved(NamedTuple):
    """How many rows went which way, at what cost, and what that cost the driver alone."""

    name: str
    rows: int
    cost: Cost
    alone: Cost


def main() -> int:
    """Measure and print; the exit code is 1 where a copy did not end as it should."""
    asked = _asked()
    if asked.alone:
        _put_alone(*asked.alone)
        return 0
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder, a_server() as server:
        large = asked.store or _archive(folder, "large", asked.candidacies)
        small = _archive(folder, "small", max(1, _candidacies(large) // 4))
        both = (("small", small), ("large", large))
        sizes = [[_moved(way) for way in _ways(server, folder, *each)] for each in both]
    print("\n".join(_lines(*sizes)))
    return int(any(each.cost.code for size in sizes for each in size))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--candidacies", type=int, default=100_000, metavar="N", help="of the large one (100000)"
    )
    parser.add_argument("--store", metavar="FILE", help="a large archive, as archive.py builds it")
    parser.add_argument("--alone", nargs=2, metavar=("FROM", "TO"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _archive(folder: str, name: str, candidacies: int) -> str:
    path = os.path.join(folder, f"{name}.db")
    words = (sys.executable, os.path.join(HERE, "archive.py"), path, "--candidacies", str(candidacies))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return path


def _candidacies(path: str) -> int:
    with closing(sqlite3.connect(path)) as store:
        return int(store.execute("SELECT COUNT(*) FROM candidacy").fetchone()[0])


def _ways(server: Server, folder: str, name: str, store: str) -> list[Way]:
    """Return each way of one size; each begins where the one before it has ended."""
    first, second, alone, alone_too = (new_database(server, f"{name}{n}") for n in range(4))
    back, again = (os.path.join(folder, f"{name}{n}.db") for n in range(2))
    return [
        Way("SQLite to PostgreSQL", store, first, alone),
        Way("PostgreSQL to PostgreSQL", first, second, alone_too),
        Way("PostgreSQL to SQLite", first, back, f"{back}.alone"),
        Way("SQLite to SQLite", back, again, f"{again}.alone"),
    ]


def _moved(way: Way) -> Moved:
    """Copy, and then have the driver alone put the same rows into another empty store."""
    environment = {**os.environ, "SOCREKRY_CONFIG": f"{way.target}.none", "SOCREKRY_LANG": "en"}
    words = (sys.executable, "-m", "socrekry", "copy", way.source, way.target, "--format", "json")
    cost = run(words, environment)
    rows = json.loads(cost.output)["rows"] if cost.code == 0 else 0
    if cost.code:
        print(cost.output, file=sys.stderr)
    alone = run((sys.executable, __file__, "--alone", way.source, way.alone), environment)
    return Moved(way.name, rows, cost, alone)


def _put_alone(source: str, target: str) -> None:
    """Make the same empty tables and fill them, with nothing but the drivers."""
    create(target)
    reader, writer = _connected(source), _connected(target)
    for table in tables():
        for rows in _batches(reader, table):
            if isinstance(writer, sqlite3.Connection):
                writer.execute("BEGIN IMMEDIATE")
                places = ", ".join("?" * len(table.columns))
                writer.executemany(f"INSERT INTO {table.name} ({_listed(table)}) VALUES ({places})", rows)  # noqa: S608
                writer.execute("COMMIT")
                continue
            copied = f"COPY {table.name} ({_listed(table)}) FROM STDIN".encode()
            with writer.transaction(), writer.cursor().copy(copied) as stream:
                for row in rows:
                    stream.write_row(row)
    reader.close()
    writer.close()


def _connected(place: str) -> "sqlite3.Connection | psycopg.Connection[tuple[object, ...]]":
    if "://" in place:
        return psycopg.connect(place, autocommit=True)
    connection = sqlite3.connect(place, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _batches(
    reader: "sqlite3.Connection | psycopg.Connection[tuple[object, ...]]", table: Table
) -> Iterator[list[tuple[object, ...]]]:
    asked = f"SELECT {_listed(table)} FROM {table.name}"  # noqa: S608
    if isinstance(reader, sqlite3.Connection):
        cursor = reader.execute(asked)
        while rows := cursor.fetchmany(BATCH):
            yield rows
        return
    with reader.transaction(), reader.cursor(name="all") as named:
        named.execute(asked.encode())
        while found := named.fetchmany(BATCH):
            yield found


def _listed(table: Table) -> str:
    return ", ".join(f'"{name}"' for name in table.columns)


def _lines(small: Sequence[Moved], large: Sequence[Moved]) -> list[str]:
    said = [
        f"{large[0].rows:,} rows, and {small[0].rows:,} to see what memory does",
        "Rows a second by the stopwatch, from the start of the process to its end",
        "",
        f"{'':<28}{'rows/s':>9}{'alone':>9}{'×':>6}{'peak MB':>9}{'small':>7}",
    ]
    for less, more in zip(small, large, strict=True):
        rate, alone = more.rows / more.cost.wall, more.rows / more.alone.wall
        peaks = f"{more.cost.peak / 1e6:>9.0f}{less.cost.peak / 1e6:>7.0f}"
        mark = "" if rate >= GOAL else f"  below {GOAL:,}"
        said.append(f"{more.name:<28}{rate:>9,.0f}{alone:>9,.0f}{alone / rate:>6.1f}{peaks}{mark}")
    return said


if __name__ == "__main__":
    sys.exit(main())
