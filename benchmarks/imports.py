"""How fast, and in how much memory, a large table of candidates is imported."""

import csv
import os
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from cases import Tools
from processes import run
from rounds import ending

FIRST_YEAR, YEARS, SEATS = 2017, 10, 10_000
TABLES = ((10_000, False), (100_000, False), (20_000, True))
"""How many rows each table has, and whether they have a history: memory must not grow with the rows."""


def measured(
    tools: Tools, folder: str, environment: Mapping[str, str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Import tables of people alone, and one of people with their history, each into a store of its own.

    Return the figures, and what went wrong instead.
    """
    figures, missing = [], []
    for rows, history in TABLES:
        name = f"{rows:,} rows {'with history' if history else 'as leads'}"
        table, store = (os.path.join(folder, f"{rows}-{history}.{kind}") for kind in ("csv", "db"))
        write_table(table, rows, history=history)
        own = {**environment, "SOCREKRY_DB": store}
        for year in range(FIRST_YEAR, FIRST_YEAR + YEARS):
            run((*tools.socrekry, "add-cohort", "trainee", f"HT{year}", "--seats", str(SEATS)), own)
        cost = run((*tools.socrekry, "import", table), own)
        if cost.code:
            missing.append(f"import, {name} – {ending(cost)}")
            continue
        figures.append(
            {
                "name": name,
                "seconds": round(cost.wall, 2),
                "rows_per_second": round(rows / cost.wall),
                "peak_mib": round(cost.peak / 2**20, 1),
            }
        )
    return figures, missing


def write_table(file: str, rows: int, *, history: bool) -> None:
    """Write ten years of candidates; names are invented, and the same every time."""
    draw = random.Random(1998)
    titles = ["name", "email", "phone", "university", "graduates", "term"]
    titles += ["applied_on", "assessment_on", "selected_on", "outcome", "closed_on"] if history else []
    with open(file, "w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(titles)
        for number in range(rows):
            year = FIRST_YEAR + number % YEARS
            phone = f"070-{number % 1000:03} {number // 1000 % 100:02} {number % 97:02}"
            who = [f"Kandidat Nummer{number}", f"k{number}@example.se", phone, "sh"]
            when = [f"HT{year + 1}", f"HT{year}", *(_history(draw, year) if history else [])]
            table.writerow(who + when)


def _history(draw: random.Random, year: int) -> list[str]:
    applied = date(year, 1, 12) + timedelta(days=draw.randrange(60))
    later = applied + timedelta(days=draw.randrange(5, 60))
    if draw.random() < 0.3:
        return [str(applied), "", "", "withdrawn", str(later)]
    return [str(applied), str(later), str(later), "", ""]
