"""Measure a class of 5,000 against Taskwarrior: ``python benchmarks/taskwarrior.py``.

Import, a filtered count, a list of fifty, and one change, each as whole processes in turn, on the same 5,000
rows. Taskwarrior is a compiled program that starts in no time and reads all its tasks for every command;
socrekry is a Python program that takes longer to start and asks a database. So each is shown whole, and less
what the same command costs in a store with hardly anything in it: what is left is the work itself.

It needs ``task`` 2.6 (taskwarrior.org) on the path, and leaves no trace of its own.
"""

import csv
import json
import os
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cases import tools_of
from processes import Cost, run

ROWS, FEW, RUNS = 5_000, 5, 9
UNIVERSITIES = ("sh", "su", "oru", "miun", "umu")


class Job(NamedTuple):
    """A job: what socrekry is told, and what Taskwarrior is told, with the number of the run in it."""

    name: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


JOBS = (
    Job("filtered count", ("list", "--university", "sh", "--limit", "1"), ("project:sh", "count")),
    Job("list of 50", ("list", "--university", "su"), ("project:su", "limit:50", "list")),
    Job(
        "one change",
        ("note", "C-1", "Ring på måndag, {n}"),
        ("rc.confirmation=off", "rc.bulk=0", "1", "annotate", "Ring på måndag, {n}"),
    ),
)


class Times(NamedTuple):
    """Processor seconds of a job: ours and theirs, and each in a store with hardly anything in it."""

    ours: float
    theirs: float
    our_start: float
    their_start: float


def main() -> int:
    """Measure and print; the exit code is 1 where there is nothing to compare with."""
    task = shutil.which("task")
    if task is None:
        print("Taskwarrior is not installed: there is nothing to compare with.", file=sys.stderr)
        return 1
    ours = tools_of(os.path.abspath(sys.executable)).socrekry
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        full, bare = (_environment(os.path.join(folder, name)) for name in ("full", "bare"))
        found = {"import": Times(*_founded(ours, task, full, ROWS), *_founded(ours, task, bare, FEW))}
        found |= _measured(ours, task, full, bare)
    _print(found)
    return 0


def _founded(
    ours: Sequence[str], task: str, environment: Mapping[str, str], rows: int
) -> tuple[float, float]:
    """Import so many rows on both sides; return what that cost each."""
    table, tasks = _written(os.path.dirname(environment["TASKRC"]), rows)
    _right(run((*ours, "add-cohort", "trainee", "HT2026", "--seats", "100"), environment))
    costs = [
        _right(run(words, environment))
        for words in ((*ours, "import", table, "--term", "HT2026"), (task, "import", tasks))
    ]
    return costs[0], costs[1]


def _measured(
    ours: Sequence[str], task: str, full: Mapping[str, str], bare: Mapping[str, str]
) -> dict[str, Times]:
    """Run every job in both stores and with both programs, in turn; return the medians."""
    draw = random.Random(2008)
    ways = [(job, place) for job in JOBS for place in range(4)]
    times: dict[tuple[str, int], list[float]] = {(job.name, place): [] for job, place in ways}
    for number in range(RUNS + 1):
        for job, place in draw.sample(ways, len(ways)):
            words = (task, *job.theirs) if place % 2 else (*ours, *job.ours)
            cost = run([word.replace("{n}", str(number)) for word in words], full if place < 2 else bare)
            if number:  # the first compiles bytecode, and fills what the system remembers
                times[job.name, place].append(_right(cost))
    return {
        job.name: Times(*(statistics.median(times[job.name, place]) for place in range(4))) for job in JOBS
    }


def _environment(folder: str) -> Mapping[str, str]:
    os.makedirs(os.path.join(folder, "tasks"))
    rc = os.path.join(folder, "taskrc")
    with open(rc, "w", encoding="utf-8") as file:
        file.write(f"data.location={folder}/tasks\nnews.version=9.9.9\nhooks=off\nverbose=nothing\n")
    own = {"SOCREKRY_DB": os.path.join(folder, "store.db"), "SOCREKRY_TODAY": "2026-11-20", "TASKRC": rc}
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **own, "SOCREKRY_CONFIG": os.path.join(folder, "config.toml")}


def _written(folder: str, rows: int) -> tuple[str, str]:
    """Write the same rows as a table for one and as tasks for the other."""
    table, tasks = os.path.join(folder, "class.csv"), os.path.join(folder, "class.json")
    draw = random.Random(2026)
    first = date(2026, 9, 1)
    people = [
        (
            f"Kandidat Nummer{number}",
            f"k{number}@example.se",
            UNIVERSITIES[number % len(UNIVERSITIES)],
            first + timedelta(draw.randrange(60)),
        )
        for number in range(1, rows + 1)
    ]
    with open(table, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("name", "email", "university", "lead_on"))
        out.writerows(people)
    entries = [
        {
            "description": f"{name} {email}",
            "project": university,
            "status": "pending",
            "entry": f"{on:%Y%m%d}T000000Z",
        }
        for name, email, university, on in people
    ]
    with open(tasks, "w", encoding="utf-8") as file:
        json.dump(entries, file)
    return table, tasks


def _right(cost: Cost) -> float:
    if cost.code:
        raise SystemExit(f"exit {cost.code}: {cost.output[:300]}")
    return cost.cpu


def _print(found: Mapping[str, Times]) -> None:
    print(f"{ROWS:,} rows; milliseconds of processor time, the median of {RUNS} (the import: one).")
    print(f"“Work” is less the same command in a store of {FEW}.")
    print("| what | socrekry | Taskwarrior | work: socrekry | Taskwarrior | ratio |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, times in found.items():
        mine = max(0.0, times.ours - times.our_start)
        other = max(0.0001, times.theirs - times.their_start)
        shown = (times.ours, times.theirs, mine, other)
        print(f"| {name} | {' | '.join(f'{each * 1e3:.0f}' for each in shown)} | {mine / other:.2f} |")


if __name__ == "__main__":
    sys.exit(main())
