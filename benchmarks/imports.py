"""How fast, and in how much memory, a large table of candidates is imported."""

import csv
import os
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases import Tools
from processes import run

ROWS = 10_000
_FIRST_DAY = date(2026, 1, 12)


def measured(tools: Tools, folder: str, environment: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Import a table of people alone, and one of people with their history, each into a store of its own.

    Return the figures, and why any is missing.
    """
    figures, missing = [], []
    for name, history in (("10,000 rows, no history", False), ("10,000 rows with history", True)):
        file = os.path.join(folder, f"history-{history}.csv")
        write_table(file, history=history)
        own = {**environment, "SOCREKRY_DB": os.path.join(folder, f"history-{history}.db")}
        opened = run((*tools.socrekry, "add-cohort", "trainee", "HT2026", "--seats", str(ROWS)), own)
        cost = run((*tools.socrekry, "import", file, "--term", "HT2026", "--format", "json"), own)
        if opened.code or cost.code:
            said = [line for line in (opened.output if opened.code else cost.output).splitlines() if line.strip()]
            missing.append(f"import, {name} – exit {cost.code}: {said[0] if said else 'nothing'}")
            continue
        figures.append(
            {
                "name": name,
                "seconds": round(cost.wall, 2),
                "rows_per_second": round(ROWS / cost.wall),
                "peak_mib": round(cost.peak / 2**20, 1),
            }
        )
    return figures, missing


def write_table(file: str, *, history: bool) -> None:
    """Write the table: names are invented, and the same every time."""
    draw = random.Random(1998)
    names = ["name", "email", "phone", "university", "graduates"]
    names += ["applied_on", "assessment_on", "selected_on", "outcome", "closed_on"] if history else []
    with open(file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(names)
        for number in range(ROWS):
            row = [f"Kandidat Nummer{number}", f"k{number}@example.se", "070-000 00 00", "sh", "HT2027"]
            table.writerow(row + (_history(draw) if history else []))


def _history(draw: random.Random) -> list[str]:
    applied = _FIRST_DAY + timedelta(days=draw.randrange(60))
    selected = applied + timedelta(days=draw.randrange(5, 60))
    if draw.random() < 0.3:
        return [str(applied), "", "", "withdrawn", str(selected)]
    return [str(applied), str(selected), str(selected), "", ""]
