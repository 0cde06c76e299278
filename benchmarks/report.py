"""What a full report asks of a large store: ``python benchmarks/report.py FILE [--term HT2025]``.

The whole report is counted in this process, once for one term and once for all, and each statement's time is
told apart: processor time on a file, where nobody waits for a server. Build the file by `archive`.
"""

import argparse
import json
import os
import resource
import sys
from collections import Counter
from datetime import date
from time import process_time
from typing import Any

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from benchmarks.archive import TODAY
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.sections import SECTIONS
from socrekry.reports.term_report import term_report
from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.sqlite.connection import OnSQLite

EVERY = "VT2005..VT2027"


class Timed(Store):
    """A store that tells how long each of its statements took, in milliseconds of the processor."""

    def __init__(self, path: str) -> None:
        super().__init__(OnSQLite(path, writing=False))
        self.took = Counter[str]()

    def rows(self, name: str, /, **values: Any) -> list[Row]:
        """Return every row, and note how long that took."""
        begun = process_time()
        rows = super().rows(name, **values)
        self.took[name] += round(1_000 * (process_time() - begun), 1)  # type: ignore[assignment]
        return rows


def measured(path: str, terms: str, today: date) -> dict[str, Any]:
    """Return what a report of some terms took: in all, in SQL, and in each of its slowest statements."""
    with Timed(path) as store:
        begun = process_time()
        term_report(store, Question(today, parse_range(terms), sections=SECTIONS), today)
        whole = round(1_000 * (process_time() - begun))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sql, slowest = round(sum(store.took.values())), dict(store.took.most_common(8))
    return {"terms": terms, "ms": whole, "sql_ms": sql, "peak_mib": peak, "slowest": slowest}


def main() -> None:
    """Measure one term and then all, each line a JSON document."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("file")
    parser.add_argument("--term", default="HT2025", help="the one term (HT2025)")
    asked = parser.parse_args()
    for terms in (asked.term, EVERY):
        print(json.dumps(measured(asked.file, terms, TODAY)), flush=True)


if __name__ == "__main__":
    main()
