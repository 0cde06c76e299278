"""What is measured, and how much it may cost: the limits are multiples of ``python -I -c pass``.

Rule: a case is a whole command as a person types it, and real work every time: each `advance` moves somebody
who has not moved yet, each `note` is about somebody else. A command that found its work already done, or a
store that grew from run to run, would tell of something that no user has.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

Words = Sequence[str]
READY = 2  # cases that take from those who stand ready, a share each
MOST_RUNS = 99


class Limit(NamedTuple):
    """How many times a bare Python a command may cost, in a pipe and on a terminal."""

    pipe: float
    terminal: float


class Case(NamedTuple):
    """One command: its words for the n-th run, its limit if it has one, the code that it ends in.

    ``says`` must be in its answer: completion is silent, and quick, when something is wrong.
    """

    name: str
    words: Callable[[int], Words]
    limit: Limit | None = None
    code: int = 0
    says: str = ""


class Tools(NamedTuple):
    """What is run: an interpreter, and beside it socrekry and sqlite-utils (None where it is missing)."""

    python: str
    socrekry: tuple[str, ...]
    sqlite_utils: str | None


class Subjects(NamedTuple):
    """Whom the commands are about: those who stand ready to advance, one to look at, and the term of all."""

    ready: Words
    looked_at: str
    term: str


VERSION, JSON_ANSWER, TEXT_ANSWER = Limit(2, 2), Limit(8.5, 8.5), Limit(9.5, 12.5)
ON_A_SERVER = Limit(25, 25)
WHOLE_REPORT, HELP, USAGE_ERROR = Limit(15, 15), Limit(9, 14.5), Limit(7.5, 12)
COMPLETION = Limit(9, 9)


def tools_of(python: str) -> Tools:
    """Return what is installed in the environment of an interpreter."""
    beside = os.path.dirname(os.path.abspath(python))
    script = os.path.join(beside, "socrekry")  # on Windows a launcher that starts Python a second time
    peer = os.path.join(beside, "sqlite-utils.exe" if sys.platform == "win32" else "sqlite-utils")
    return Tools(
        python,
        (script,) if os.path.exists(script) else (python, "-m", "socrekry"),
        peer if os.path.exists(peer) else None,
    )


def bare(tools: Tools) -> Case:
    """Return what everything else is measured in."""
    return Case("python -I -c pass", lambda _: (tools.python, "-I", "-c", "pass"))


def commands(tools: Tools, subjects: Subjects) -> list[Case]:
    """Return every command that has a limit."""

    def typed(*words: str) -> Callable[[int], Words]:
        return lambda _: (*tools.socrekry, *words)

    def about_each(share: int, verb: str, *words: str) -> Callable[[int], Words]:
        each = subjects.ready[share::READY]
        return lambda n: (*tools.socrekry, verb, each[n], *words)

    as_json, call = ("--format", "json"), "Ringde tillbaka."
    one, term = subjects.looked_at, ("--term", subjects.term)
    cohorts = [word for name in ("funnel", "exits", "time") for word in ("--section", name)]
    return [
        Case("--version", typed("--version"), VERSION),
        Case("advance --format json", about_each(0, "advance", *as_json), JSON_ANSWER),
        Case("note --format json", about_each(0, "note", call, *as_json), JSON_ANSWER),
        Case("next --format json", typed("next", one, *as_json), JSON_ANSWER),
        Case("show --format json", typed("show", one, *as_json), JSON_ANSWER),
        Case("advance", about_each(1, "advance"), TEXT_ANSWER),
        Case("note", about_each(1, "note", call), TEXT_ANSWER),
        Case("next", typed("next", one), TEXT_ANSWER),
        Case("show", typed("show", one), TEXT_ANSWER),
        Case("list, 50 rows", typed("list"), TEXT_ANSWER),
        Case("today, 51 things", typed("today"), TEXT_ANSWER),
        Case("report, its cohorts", typed("report", *term, *cohorts), TEXT_ANSWER),
        Case("report, every section", typed("report", *term), WHOLE_REPORT),
        Case(
            "completion of an id",
            typed("__complete", "zsh", "socrekry", "advance", "C-9"),
            COMPLETION,
            says="C-99\t",
        ),
        Case(
            "completion of any id",
            typed("__complete", "zsh", "socrekry", "show", ""),
            COMPLETION,
            says="C-2\t",
        ),
        Case(
            "completion of a command",
            typed("__complete", "zsh", "socrekry", "adv"),
            COMPLETION,
            says="advance\t",
        ),
        Case("--help", typed("--help"), HELP),
        Case("a usage error", typed("advanc", one), USAGE_ERROR, code=2),
    ]


def on_a_server(cases: Sequence[Case]) -> list[Case]:
    """Return cases with the limit that they have on PostgreSQL, if they reach a store at all."""
    at_the_store = (JSON_ANSWER, TEXT_ANSWER, WHOLE_REPORT, COMPLETION)
    return [case._replace(limit=ON_A_SERVER) if case.limit in at_the_store else case for case in cases]


def beside(tools: Tools, folder: str) -> list[Case]:
    """Return what stands beside: the floor, and sqlite-utils at one row; its files are made in ``folder``."""
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "floor.py")
    file, row = os.path.join(folder, "floor.db"), os.path.join(folder, "row.json")
    with open(row, "w", encoding="utf-8") as empty:
        empty.write('{"stage": "applied"}')
    peer = tools.sqlite_utils
    cases = [
        Case(
            "floor: Typer, UPDATE, INSERT",
            lambda n: (tools.python, program, file, "move", str(n + 1), "selected"),
        )
    ]
    if peer is not None:
        question = "select * from candidacy where id = 7"
        cases += [
            Case("sqlite-utils query, a row", lambda _: (peer, "query", file, question)),
            Case("sqlite-utils insert, a row", lambda _: (peer, "insert", file, "candidacy", row)),
        ]
    return cases
