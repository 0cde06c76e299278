"""Measure what the forecast costs, of a municipality and of all there is: ``python benchmarks/forecast.py``.

Whole processes, interleaved, as multiples of a bare Python of the same environment and run, see `start.py`;
beside them stands a plain command on the same store. The large store has 100,000 open candidacies and a
million stays behind them, and takes a minute to build; ``--store`` keeps it for the next time.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from statistics import median

from cases import Case, Tools, Words, bare, tools_of
from rounds import Measured, measured, sound

HERE = os.path.dirname(os.path.abspath(__file__))
FEWEST_RUNS, MOST_RUNS = 3, 99
SMALL = ("--open", "460", "--stays", "1500")
MOST_SECONDS, MOST_BEYOND_MS = 2.0, 40.0
STORES = ("1,000 candidacies", "100,000 open")
PLAIN = "cohorts"


def main() -> int:
    """Measure and print; the exit code is 1 where a command does not answer as it should."""
    asked = _asked()
    tools = tools_of(os.path.abspath(asked.python))
    with tempfile.TemporaryDirectory(prefix="socrekry-benchmark-") as folder:
        small, large = os.path.join(folder, "small.db"), asked.store or os.path.join(folder, "large.db")
        for file, size in ((small, SMALL), (large, ())):
            if not os.path.exists(file):
                subprocess.run((tools.python, os.path.join(HERE, "many.py"), file, *size), check=True)
        environment = _environment(folder)
        cases = [bare(tools), *_cases(tools, small, STORES[0]), *_cases(tools, large, STORES[1])]
        good, left_out = sound(cases, environment)
        every = measured(good, environment, asked.runs)
    print("\n".join([*_lines(every), *(f"Left out: {each}" for each in left_out)]))
    return 1 if left_out else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--python", default=sys.executable, metavar="PATH", help="an interpreter that has socrekry"
    )
    parser.add_argument("--runs", type=int, default=7, metavar="N", help=f"{FEWEST_RUNS} to {MOST_RUNS} (7)")
    parser.add_argument("--store", metavar="FILE", help="the large store; built there if it is missing")
    asked = parser.parse_args()
    if not FEWEST_RUNS <= asked.runs <= MOST_RUNS:
        parser.error(f"--runs takes {FEWEST_RUNS} to {MOST_RUNS}")
    return asked


def _environment(folder: str) -> dict[str, str]:
    ours = ("COLUMNS", "LINES", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME")
    kept = {name: value for name, value in os.environ.items() if name not in ours and "SOCREKRY" not in name}
    return kept | {
        "SOCREKRY_CONFIG": os.path.join(folder, "none.toml"),
        "SOCREKRY_TODAY": "2026-11-20",
        "SOCREKRY_LANG": "en",
        "TERM": "xterm-256color",
        "USER": "benchmark",
    }


def _cases(tools: Tools, store: str, name: str) -> list[Case]:
    def typed(*words: str) -> Callable[[int], Words]:
        return lambda _: (*tools.socrekry, "--db", store, *words)

    return [
        Case(f"{PLAIN}, {name}", typed(PLAIN)),
        Case(f"forecast, {name}", typed("forecast")),
        Case(f"forecast --need, {name}", typed("forecast", "--need", "6", "--term", "HT2028")),
    ]


def _lines(every: Sequence[Measured]) -> list[str]:
    floor = median(every[0].pipe)
    said = ["Processor time of a process in a pipe; × the first line", ""]
    said.append(f"{'':<36}{'ms':>9}{'×':>8}")
    times = {each.case.name: median(each.pipe) for each in every}
    for name, seconds in times.items():
        said.append(f"{name:<36}{seconds * 1000:>9.1f}{seconds / floor:>8.1f}")
    small, large = (times.get(f"forecast, {name}") for name in STORES)
    plain = times.get(f"{PLAIN}, {STORES[0]}")
    if small is not None and plain is not None:
        beyond = (small - plain) * 1000
        said.append(f"{STORES[0]}: {beyond:.0f} ms beyond a plain command{_above(beyond, MOST_BEYOND_MS)}")
    if large is not None:
        said.append(f"{STORES[1]}: {large:.2f} s{_above(large, MOST_SECONDS)}")
    return said


def _above(figure: float, most: float) -> str:
    return f" (at most {most:g}{', above' if figure > most else ''})"


if __name__ == "__main__":
    sys.exit(main())
