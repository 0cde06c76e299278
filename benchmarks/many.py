"""Build the store that the forecast is measured on: 100,000 open candidacies, a million stays behind them.

``python many.py FILE`` writes rows straight into the tables, for the services would take half an hour. There
are no events, so only what reads no log may be measured on it. People are those of the calibration: invented,
with true chances and times, the same every time. ``--open`` and ``--stays`` make a smaller one.
"""

import argparse
import random
import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import Any

from calibration import DIRECT, TRAINEE, Scenario, Stay, first_day, stays_of

from socrekry.domain.term import Term, term_of
from socrekry.services.opening import opened

TODAY = date(2026, 11, 20)
FIRST = Term.parse("HT2016")
RECENT = 3  # terms from which every second candidacy comes
SCENARIOS = (Scenario("trainee", "trainee", TRAINEE, 0, 10), Scenario("direct", "direct", DIRECT, 0, 10))
NONE = "0" * 64
MOMENT = "2026-11-20T12:00:00.000000Z"


def main() -> None:
    """Build it, and say how many there are."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file")
    parser.add_argument("--open", type=int, default=100_000, metavar="N")
    parser.add_argument("--stays", type=int, default=1_000_000, metavar="N")
    asked = parser.parse_args()
    opened(asked.file, writing=True).close()
    with sqlite3.connect(asked.file) as store:
        store.execute("PRAGMA synchronous = OFF")
        cohorts = _cohorts(store)
        _fill(store, cohorts, asked.open, asked.stays)
    store.close()


def _cohorts(store: sqlite3.Connection) -> dict[tuple[str, Term], int]:
    """Add two units that need people, and a cohort for each pipeline and term; return their numbers."""
    store.executemany(
        "INSERT INTO unit (id, name, search_key, child_and_youth) VALUES (?, ?, ?, 0)",
        [(1, "Barn", "barn"), (2, "Vuxen", "vuxen")],
    )
    terms = [FIRST.plus(n) for n in range(term_of(TODAY).minus(FIRST) + 4)]
    needs = [(unit, term.code, 500) for unit in (1, 2) for term in terms[-4:]]
    store.executemany("INSERT INTO need (unit_id, term, positions) VALUES (?, ?, ?)", needs)
    keys = [(each.pipeline, term) for each in SCENARIOS for term in terms]
    rows = [(n, name, term.code) for n, (name, term) in enumerate(keys, 1)]
    store.executemany(
        "INSERT INTO cohort (id, pipeline, term, seats, name, search_key) VALUES (?, ?, ?, 10000, '', '')",
        rows,
    )
    return {key: n for n, key in enumerate(keys, 1)}


def _fill(store: sqlite3.Connection, cohorts: dict[tuple[str, Term], int], most: int, stays: int) -> None:
    pipelines = dict(store.execute("SELECT name, id FROM pipeline"))
    people: list[tuple[Any, ...]] = []
    candidacies: list[tuple[Any, ...]] = []
    visits: list[tuple[Any, ...]] = []
    number = still = left = 0
    for name, term, course in _courses():
        is_open = course[-1].left > TODAY.toordinal()
        if (is_open and still == most) or (not is_open and left >= stays):
            if still == most and left >= stays:
                break
            continue
        number, still = number + 1, still + is_open
        shown = [each for each in course if each.entered <= TODAY.toordinal()]
        rows = list(_rows(number, shown, is_open=is_open))
        left += sum(row[6] is not None for row in rows)
        stage, since = rows[-1][2], rows[-1][3]
        ended = rows[-1][6]
        state, outcome = ("open", None) if is_open else ("lost", "withdrawn") if ended else ("won", None)
        place = pipelines[name], cohorts[name, term], number % 2 + 1
        people.append((number, f"Kandidat {number}", f"kandidat {number}"))
        candidacies.append((number, *place, state, stage, since, ended, outcome, NONE, MOMENT))
        visits += rows
    store.executemany(
        "INSERT INTO person (id, name, search_key, sort_key, void) VALUES (?, ?, ?3, ?3, 0)", people
    )
    store.executemany(
        """INSERT INTO candidacy (id, person_id, number, pipeline_id, cohort_id, unit_id, state, stage,
           entered_on, closed_on, outcome, holds_seat, supervised, head_seq, head_hash, changed_at)
           VALUES (?1, ?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0, ?10, ?11)""",
        candidacies,
    )
    store.executemany(
        """INSERT INTO stay (candidacy_id, number, stage, entered_on, entered_seq, first, left_on, left_seq,
           left_how, outcome, paused_days, days, left_to, pipeline_id)
           SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 0, ?11, ?12, pipeline_id
           FROM candidacy WHERE id = ?1""",
        visits,
    )
    print(f"{still} open candidacies of {number}, {left} stays that were left")


def _courses() -> Iterator[tuple[str, Term, list[Stay]]]:
    """Yield candidacies without end: the pipeline, the cohort's term, and every stay there will be."""
    draw = random.Random(1967)
    last = term_of(TODAY).plus(3)
    terms = last.minus(FIRST)
    while True:
        scenario = draw.choice(SCENARIOS)
        recent = draw.random() < 0.5
        term = last.plus(-draw.randrange(1 + 2 * RECENT if recent else terms))
        begins = first_day(term) - draw.randint(60, 300)
        if begins <= TODAY.toordinal():
            yield scenario.pipeline, term, list(stays_of(scenario, draw, begins, term, TODAY.toordinal()))


def _rows(number: int, stays: list[Stay], *, is_open: bool) -> Iterator[tuple[Any, ...]]:
    for n, stay in enumerate(stays, 1):
        here = is_open and n == len(stays)
        day = None if here else date.fromordinal(stay.left).isoformat()
        how, outcome = (None, None) if here else ("onward", None) if stay.to else ("ended", "withdrawn")
        entered = date.fromordinal(stay.entered).isoformat()
        spent = (None, None) if here else (stay.left - stay.entered, stay.to)
        yield number, n, stay.stage, entered, n, 1, day, None if here else n + 1, how, outcome, *spent
    if stays[-1].to == "started" and not is_open:
        day = date.fromordinal(stays[-1].left).isoformat()
        yield number, len(stays) + 1, "started", day, len(stays) + 1, 1, None, None, None, None, None, None


if __name__ == "__main__":
    main()
