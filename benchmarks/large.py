"""Measure everyday commands in a large store beside a small one: ``python benchmarks/large.py FILE``.

`list` of fifty, `show`, `note` and `advance` as whole processes, in a store of a million candidacies, say,
and in one of 1,000 that is built for it, in turn; the median of their processor time. What grows with the
store shows as a ratio above one. It adds candidates and moves them: give it a copy of the archive.
"""

import argparse
import json
import os
import random
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import NamedTuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from benchmarks.archive import TODAY, build
from benchmarks.cases import tools_of
from benchmarks.processes import run
from socrekry.domain.term import Term

RUNS, SMALL, GOAL = 15, 1_000, 1.2
COMMANDS = {
    "list of 50": ("list",),
    "show": ("show", "{id}"),
    "note": ("note", "{id}", "Ringt"),
    "advance": ("advance", "{id}", "--to", "applied"),
}


class Place(NamedTuple):
    """A store: the environment that names it, and new leads in it."""

    environment: Mapping[str, str]
    leads: list[str]


def main() -> int:
    """Measure and print; the exit code is 1 where a command did not end as it should."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("file")
    asked = parser.parse_args()
    program = tools_of(os.path.abspath(sys.executable)).socrekry
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        small = os.path.join(folder, "small.db")
        build(small, SMALL)
        places = [_place(path, folder, program) for path in (small, asked.file)]
        times: dict[tuple[str, int], list[float]] = {
            (name, n): [] for name in COMMANDS for n in range(len(places))
        }
        draw = random.Random(1967)
        for number in range(RUNS + 1):
            for name, n in draw.sample(list(times), len(times)):
                whose = places[n].leads[number]
                words = [word.replace("{id}", whose) for word in COMMANDS[name]]
                cost = run((*program, *words), places[n].environment)
                if cost.code:
                    raise SystemExit(f"{name}: exit {cost.code}: {cost.output[:300]}")
                if number:  # the first compiles bytecode, and fills what the system remembers
                    times[name, n].append(cost.cpu * 1_000)
    print(f"Milliseconds of processor time, the median of {RUNS}; the goal is a ratio of {GOAL}.")
    print(f"| what | {SMALL:,} candidacies | {os.path.basename(asked.file)} | ratio |")
    print("|---|---:|---:|---:|")
    for name in COMMANDS:
        few, many = (statistics.median(times[name, n]) for n in (0, 1))
        print(f"| {name} | {few:.0f} | {many:.0f} | {many / few:.2f} |")
    return 0


def _place(path: str, folder: str, program: Sequence[str]) -> Place:
    """Add leads to the latest cohort of a store; they are whom the commands are about."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    own = {"SOCREKRY_DB": path, "SOCREKRY_TODAY": TODAY.isoformat()}
    environment = {**kept, **own, "SOCREKRY_CONFIG": os.path.join(folder, "config.toml")}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        ((pipeline, term, unit),) = store.execute(
            "SELECT k.pipeline, k.term, u.name FROM cohort k JOIN unit u ON u.id = k.unit_id "
            "WHERE k.pipeline = 'trainee' ORDER BY k.term DESC, k.id LIMIT 1"
        )
    where = ("--pipeline", pipeline, "--term", str(Term.from_code(term)), "--unit", unit)
    leads = []
    for number in range(RUNS + 1):
        added = run((*program, "add-candidate", f"Mätning {number}", *where, "--format", "json"), environment)
        leads.append(json.loads(added.output)["candidacy"])
    return Place(environment, leads)


if __name__ == "__main__":
    sys.exit(main())
