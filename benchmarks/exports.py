"""Measure how many candidacies a second are exported: ``python benchmarks/exports.py``.

Whole processes of `socrekry export`, from the first row to the file in its place, on two archives of which
one is four times as large: memory must not grow with it. Beside them, in the same run, stands what `sqlite3`
and `csv` alone need to read the same tables from end to end and to write as many cells: the ratio is the
price of putting rows together. A large table is written by several processes, one for each processor up to
four; the memory is that of the largest.

``--store`` names a large archive that is there.
"""

import argparse
import csv
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from processes import Cost, run

HERE = os.path.dirname(os.path.abspath(__file__))
GOAL = 100_000  # candidacies a second, to CSV
WAYS = (
    ("candidates.csv", ()),
    ("candidates.json", ()),
    ("candidates.xlsx", ()),
    ("events.csv", ("--events",)),
)
_READ = ("candidacy", "person", "stay", "fact", "assignment", "remark", "tag", "touch")


class Exported(NamedTuple):
    """One export of one archive, and what it cost."""

    name: str
    candidacies: int
    cost: Cost


def main() -> int:
    """Measure and print; the exit code is 1 where an export did not end as it should."""
    asked = _asked()
    if asked.alone:
        _read_and_write_alone(*asked.alone)
        return 0
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        large = asked.store or _archive(folder, "large", asked.candidacies)
        small = _archive(folder, "small", max(1, _candidacies(large) // 4))
        sizes = [_measured(folder, store) for store in (small, large)]
    print("\n".join(_lines(*sizes)))
    return int(any(each.cost.code for size in sizes for each in size))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--candidacies", type=int, default=100_000, metavar="N", help="of the large one (100000)"
    )
    parser.add_argument("--store", metavar="FILE", help="a large archive, as archive.py builds it")
    parser.add_argument("--alone", nargs=2, metavar=("STORE", "FILE"), help=argparse.SUPPRESS)
    return parser.parse_args()


def _archive(folder: str, name: str, candidacies: int) -> str:
    path = os.path.join(folder, f"{name}.db")
    words = (sys.executable, os.path.join(HERE, "archive.py"), path, "--candidacies", str(candidacies))
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return path


def _candidacies(path: str) -> int:
    with closing(sqlite3.connect(path)) as store:
        return int(store.execute("SELECT COUNT(*) FROM candidacy WHERE state <> 'void'").fetchone()[0])


def _measured(folder: str, store: str) -> list[Exported]:
    environment = {**os.environ, "SOCREKRY_CONFIG": f"{store}.none", "SOCREKRY_LANG": "en"}
    environment |= {"SOCREKRY_DB": store, "SOCREKRY_TODAY": "2026-11-20"}
    number, into = _candidacies(store), os.path.join(folder, "out")
    os.makedirs(into, exist_ok=True)
    found = []
    for name, words in WAYS:
        command = (sys.executable, "-m", "socrekry", "export", os.path.join(into, name), *words, "--yes")
        cost = run(command, environment)
        if cost.code:
            print(cost.output, file=sys.stderr)
        found.append(Exported(name, number, cost))
    alone = (sys.executable, __file__, "--alone", store, os.path.join(into, "alone.csv"))
    found.append(Exported("sqlite3 and csv alone", number, run(alone, environment)))
    shutil.rmtree(into)
    return found


def _read_and_write_alone(store: str, file: str) -> None:
    """Read every table that a row is put together from, and write as many rows of as many cells."""
    with closing(sqlite3.connect(store)) as reader, open(file, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        for table in _READ:
            cursor = reader.execute(f"SELECT * FROM {table}")  # noqa: S608 – our own name
            while rows := cursor.fetchmany(5_000):
                if table == "candidacy":
                    writer.writerows([[*row, *[None] * 26] for row in rows])


def _lines(small: Sequence[Exported], large: Sequence[Exported]) -> list[str]:
    said = [
        f"{large[0].candidacies:,} candidacies, and {small[0].candidacies:,} to see what memory does",
        "Candidacies a second, by the stopwatch and by the processor's clock, from the start of the process",
        "",
        f"{'':<24}{'per s':>10}{'per CPU s':>11}{'peak MB':>9}{'small':>7}",
    ]
    for less, more in zip(small, large, strict=True):
        rate, of_cpu = more.candidacies / more.cost.wall, more.candidacies / more.cost.cpu
        peaks = f"{more.cost.peak / 1e6:>9.0f}{less.cost.peak / 1e6:>7.0f}"
        mark = f"  below {GOAL:,}" if more.name == "candidates.csv" and rate < GOAL else ""
        said.append(f"{more.name:<24}{rate:>10,.0f}{of_cpu:>11,.0f}{peaks}{mark}")
    return said


if __name__ == "__main__":
    sys.exit(main())
