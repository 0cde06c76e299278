"""Measure what each command costs, from start to answer, and print one table: ``python benchmarks/start.py``.

Whole processes, interleaved, the median of their processor time as a multiple of ``python -I -c pass`` in the
same environment and the same run. Limits stand beside, and what is above its own is marked; nothing fails by
time. Only a command that does not answer as it should makes the exit code 1, and is left out: how fast an
error is does not matter.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

import imports
import tables
from cases import MOST_RUNS, Subjects, Tools, bare, beside, commands, on_a_server, tools_of
from rounds import measured, sound

if TYPE_CHECKING:
    from servers import Server

FEWEST_RUNS = 15
HERE = os.path.dirname(os.path.abspath(__file__))
VERSIONS = (
    "import platform as p, socrekry as s; print(f'socrekry {s.__version__}, Python {p.python_version()}')"
)


def main() -> int:
    """Measure and print; return the exit code."""
    asked = _asked()
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        python = _fresh(os.path.join(folder, "venv")) if asked.fresh else os.path.abspath(asked.python)
        with _server() if asked.postgresql else nullcontext() as server:
            answer = _answer(tools_of(python), folder, asked, server)
    print("\n".join(tables.lines(answer)))
    if asked.json:
        with open(asked.json, "w", encoding="utf-8") as file:
            json.dump(answer, file, ensure_ascii=False, indent=2)
            file.write("\n")
    return 1 if answer["left_out"] else 0


def _server() -> "AbstractContextManager[Server]":
    from servers import a_server  # psycopg is needed for this alone

    return a_server()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    add = parser.add_argument
    add(
        "--python", default=sys.executable, metavar="PATH", help="an interpreter that has socrekry (this one)"
    )
    add("--fresh", action="store_true", help="make an environment for it, with socrekry from this checkout")
    add("--postgresql", action="store_true", help="the store on a PostgreSQL server, started for it")
    add("--runs", type=int, default=21, metavar="N", help=f"{FEWEST_RUNS} to {MOST_RUNS} (21)")
    add("--lang", choices=("en", "sv"), default="en", help="the language of the answers (en)")
    add("--no-import", action="store_true", help="leave out the import of 10,000 rows")
    add("--json", metavar="FILE", help="write the figures there as well")
    asked = parser.parse_args()
    if not FEWEST_RUNS <= asked.runs <= MOST_RUNS:
        parser.error(f"--runs takes {FEWEST_RUNS} to {MOST_RUNS}")
    return asked


def _answer(
    tools: Tools, folder: str, asked: argparse.Namespace, server: Callable[[str], str] | None
) -> dict[str, Any]:
    environment = _environment(folder, asked.lang)
    subjects = _subjects(tools, environment)
    measurable = commands(tools, subjects)
    if server is not None:
        from servers import new_database

        url = new_database(server, "thousand")
        _told((*tools.socrekry, "copy", environment["SOCREKRY_DB"], url), environment)
        environment["SOCREKRY_DB"], measurable = url, on_a_server(measurable)
    _told((tools.python, _here("floor.py"), os.path.join(folder, "floor.db"), "begin"), environment)
    cases, left_out = sound([bare(tools), *measurable, *beside(tools, folder)], environment)
    every = measured(cases, environment, asked.runs)
    rows, not_imported = (
        ([], []) if asked.no_import or server else imports.measured(tools, folder, environment)
    )
    programs = _told((tools.python, "-c", VERSIONS), environment).strip()
    return {
        "circumstances": tables.circumstances(programs, asked.runs),
        "commands": [tables.record(each, every[0]) for each in every],
        "import": rows,
        "left_out": left_out + not_imported,
        "peer": tools.sqlite_utils is not None,
    }


def _environment(folder: str, language: str) -> dict[str, str]:
    """Return what every child is told: a store, a day, a person, a language; nothing of whoever runs this."""
    ours = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
    kept = {name: value for name, value in os.environ.items() if name not in ours and "SOCREKRY" not in name}
    return kept | {
        "SOCREKRY_DB": os.path.join(folder, "thousand.db"),
        "SOCREKRY_CONFIG": os.path.join(folder, "none.toml"),
        "SOCREKRY_LANG": language,
        "TERM": "xterm-256color",
        "USER": "benchmark",
    }


def _subjects(tools: Tools, environment: dict[str, str]) -> Subjects:
    """Build the store, and return whom the commands are about; the day is the store's from now on."""
    built = json.loads(_told((tools.python, _here("thousand.py"), environment["SOCREKRY_DB"]), environment))
    environment["SOCREKRY_TODAY"] = built["today"]
    return Subjects(built["ready"], built["looked_at"], built["term"])


def _fresh(folder: str) -> str:
    """Make an environment as a user has it, with sqlite-utils beside; return its interpreter."""
    import venv

    venv.create(folder, with_pip=True)
    python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
    install = (python, "-m", "pip", "install", "--quiet", "--compile")
    _told((*install, os.path.dirname(HERE) + "[postgres]"), os.environ)
    if subprocess.run((*install, "sqlite-utils"), check=False).returncode:
        print("sqlite-utils could not be installed.", file=sys.stderr)
    return python


def _here(name: str) -> str:
    return os.path.join(HERE, name)


def _told(words: tuple[str, ...], environment: Any) -> str:
    return subprocess.run(words, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    sys.exit(main())
