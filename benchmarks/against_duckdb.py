"""Count a large archive here and in DuckDB: ``python benchmarks/against_duckdb.py FILE [--term HT2025]``.

DuckDB is made for counting large tables, in columns and on all cores. It gets the tables in a file of
its own, and the very statements by which a report counts where no tally answers. Here the same figures come
as a report asks for them, from the tallies. Both are told in wall time, with all rows fetched, the median of
several; what it takes DuckDB to load the tables is not counted.

It needs the package ``duckdb`` beside socrekry. Build the archive by `archive`.
"""

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from csv import writer
from time import perf_counter
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from benchmarks.archive import TODAY
from socrekry.domain.term import parse_range
from socrekry.store.connect import Store
from socrekry.store.sqlite.connection import OnSQLite
from socrekry.store.statements import statement

EVERY, RUNS = "VT2005..VT2027", 5
TABLES = ("cohort", "candidacy", "stay", "fact", "remark", "unit", "pipeline")
FLAGS = ("first", "holds_seat", "supervised", "about_person")
FIGURES = {
    "visits": ("report.visits", "tallied.visits"),
    "exits": ("report.exits", "tallied.exits"),
    "seats": ("report.seats", "tallied.seats"),
    "days in a stage": ("report.left_stays", "tallied.left_stays"),
    "who stayed": ("retention.courses", "tallied.courses"),
    "forecast’s stays": ("forecast.left", "tallied.left"),
}
"""What a report shows: the statement that counts it, and the one that reads it from a tally."""


def main() -> int:
    """Measure one term and then all; the exit code is 1 where DuckDB is not there."""
    try:
        import duckdb  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        print("The package duckdb is not installed: there is nothing to compare with.", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("file")
    parser.add_argument("--term", default="HT2025", help="the one term (HT2025)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        other = duckdb.connect(os.path.join(folder, "archive.duckdb"))
        _load(asked.file, other, folder)
        print(f"DuckDB {duckdb.__version__}; milliseconds of wall time, the median of {RUNS}.")
        print("| figures | terms | DuckDB | socrekry | ratio |")
        print("|---|---|---:|---:|---:|")
        for terms in (asked.term, EVERY):
            _compare(asked.file, other, terms)
    return 0


def _load(path: str, other: Any, folder: str) -> None:
    """Put the tables into DuckDB, by way of a CSV; what is true or false is said so."""
    with closing(sqlite3.connect(path)) as store:
        for table in TABLES:
            file = os.path.join(folder, f"{table}.csv")
            rows = store.execute(f"SELECT * FROM {table}")  # noqa: S608 – names of our own
            names = [column[0] for column in rows.description]
            with open(file, "w", encoding="utf-8", newline="") as out:
                csv = writer(out)
                csv.writerow(names)
                csv.writerows(rows)
            chosen = ", ".join(
                f"CAST({each} AS BOOLEAN) AS {each}" if each in FLAGS else each for each in names
            )
            days = "{" + ", ".join(f"'{each}': 'VARCHAR'" for each in names if each.endswith("_on")) + "}"
            read = f"read_csv('{file}', header = true, types = {days}, max_line_size = 100000)"
            other.execute(f"CREATE TABLE {table} AS SELECT {chosen} FROM {read}")  # noqa: S608
            os.remove(file)
    # What may be told of a reason is a matter of rights, which is not measured here.
    other.execute("CREATE VIEW reason_told AS SELECT id, text FROM remark")


def _compare(path: str, other: Any, terms: str) -> None:
    asked = parse_range(terms)
    values: dict[str, Any] = {
        "first": asked.first.code,
        "last": asked.last.code,
        "as_of": TODAY.isoformat(),
        "pipeline": None,
        "unit": None,
        "seat": "selected",
        "waiting": "reserve",
    }
    sums = [0.0, 0.0]
    with Store(OnSQLite(path, writing=False)) as store:
        for figure, (counted, tallied) in FIGURES.items():
            theirs = _in_duckdb(statement(counted))
            took = (
                _median(lambda: other.execute(theirs, _named(counted, values)).fetchall()),  # noqa: B023
                _median(lambda: store.rows(tallied, **_named(tallied, values))),  # noqa: B023
            )
            _tell(figure, terms, *took)
            sums = [total + each for total, each in zip(sums, took, strict=True)]
    _tell("all of them", terms, *sums)


def _in_duckdb(text: str) -> str:
    """Return a statement with parameters as DuckDB writes them."""
    for name in ("first", "last", "as_of", "pipeline", "unit", "seat", "waiting"):
        text = text.replace(f":{name}", f"${name}")
    return text.replace("CROSS JOIN", ",")


def _named(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of the values that a statement takes."""
    text = statement(name)
    return {each: value for each, value in values.items() if f":{each}" in text}


def _median(run: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        begun = perf_counter()
        run()
        times.append(perf_counter() - begun)
    return statistics.median(times) * 1_000


def _tell(figure: str, terms: str, theirs: float, ours: float) -> None:
    print(f"| {figure} | {terms} | {theirs:.1f} | {ours:.1f} | {ours / theirs:.2f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
