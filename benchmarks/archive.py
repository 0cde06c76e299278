"""Build a large store, quickly and always the same: ``python benchmarks/archive.py FILE --candidacies N``.

The services would need an hour for what this does in minutes, and yet it is a store that they could have
written: `socrekry check` finds nothing. The programme – units, cohorts, staff, activities, voices, needs and
costs – goes through the services, and the candidacies are stamped out by `stamping`. Memory stays flat.

The day is 20 November 2026, and cohorts go back to VT2005. With another seed it is another archive.
"""

import argparse
import json
import os
import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from benchmarks.courses import CAPACITY, Intake
from benchmarks.patterns import Met, Place
from benchmarks.people import name_of
from benchmarks.stamping import Built, Stamping
from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.costs import Period
from socrekry.domain.guards import ROLES
from socrekry.domain.pipeline import from_definition
from socrekry.domain.term import Term, terms_between
from socrekry.domain.themes import KINDS, THEMES
from socrekry.services import costs, needs, staffing, units
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.cohorts import add_cohort
from socrekry.services.founding import PROVIDERS
from socrekry.services.opening import opened
from socrekry.services.tallies import rebuild
from socrekry.services.voices import add_voice
from socrekry.services.writing import Occasion, Writing

SEED = 1967
TODAY = date(2026, 11, 20)
TERMS = terms_between(Term.parse("VT2005"), Term.parse("VT2027"))
CHILDREN = "Barn och unga"
UNITS = (CHILDREN, "Vuxen", "Ekonomiskt bistånd", "Funktionsstöd")
MOST = 3_600_000  # beyond it, a cohort would need more seats than it can have
TOGETHER = 25  # so many of a large archive go the same course, by the same commands


def main() -> None:
    """Build it, and say as JSON how much there is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    parser.add_argument("file")
    parser.add_argument("--candidacies", type=int, default=100_000, metavar="N", help="how many (100000)")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    asked = parser.parse_args()
    print(json.dumps(build(asked.file, asked.candidacies, asked.seed)._asdict()))


def build(path: str, candidacies: int, seed: int = SEED) -> Built:
    """Build an archive in a new file: so many candidacies, with about five events each.

    Return how much there is. FileExistsError where there is a file; ValueError for none, or more than `MOST`.
    """
    if os.path.exists(path):
        raise FileExistsError(path)
    if not 1 <= candidacies <= MOST:
        raise ValueError(f"an archive has 1 to {MOST} candidacies")
    draw, moment = random.Random(seed), datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    try:
        with opened(path, writing=True) as store:
            writing = Writing(store, Occasion("Arkivet", "found", TODAY, moment))
            with writing.transaction():
                places = _programme(writing, draw, candidacies)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection, _bare(connection):
            together = 1 + min(TOGETHER - 1, candidacies // 400)
            built = Stamping(connection, draw, TODAY).fill(places, candidacies, together)
        with opened(path, writing=True) as store, store.transaction():
            rebuild(store)
        return built
    except BaseException:
        if os.path.exists(path):
            os.remove(path)
        raise


def _programme(writing: Writing, draw: random.Random, candidacies: int) -> list[Place]:
    """Found units, cohorts and staff, and what stands beside them; return the cohorts by term."""
    names = UNITS[: 2 if candidacies < 50_000 else 4]
    pipelines = {
        number: from_definition(row[-1]) for number, *row in writing.store.rows("checking.pipelines")
    }
    each = -(-candidacies // (len(TERMS) * len(names) * len(pipelines)))  # of a cohort
    for name in names:
        units.add_unit(writing, name, "Exempelkommunen", child_and_youth=name == CHILDREN)
    staff = {name: _staff(writing, name, each) for name in names}
    places = []
    for term in TERMS:
        for name in names:
            needs.add_need(writing, name, term, 1 + each // 4)
            for number, pipeline in pipelines.items():
                cohort = add_cohort(writing, pipeline.name, term, max(10, each), unit=name)
                assert cohort.unit_id is not None
                intake = Intake(cohort.id, pipeline, term, cohort.unit_id, name == CHILDREN, cohort.seats)
                met = tuple(_met(writing, draw, intake, name, each))
                places.append(Place(intake, number, staff[name], met))
    for year in range(TERMS[0].year, TODAY.year + 1):
        for name in names:
            for kind, least in (("agency", 3_000_000), ("own-staff", 20_000_000)):
                costs.add_cost(writing, kind, Period(year), least + draw.randrange(least), unit=name)
    return places


def _staff(writing: Writing, unit: str, each: int) -> tuple[int, ...]:
    """Give a unit its supervisors and mentors: as many as have room for a term's candidacies."""
    names = (f"{name_of(number * 7)} {number}" for number in range(1, 3 + each // 25))
    return tuple(staffing.add_staff(writing, name, ROLES, unit, CAPACITY).id for name in names)


def _met(writing: Writing, draw: random.Random, intake: Intake, unit: str, each: int) -> Iterator[Met]:
    """Add the activities before a cohort's term, and what was said there."""
    for number in range(1, 2 + min(5, each // 300)):
        on = min(TODAY, intake.term.starts - timedelta(days=draw.randint(60, 300)))
        said = Particulars(
            f"{unit} {intake.term}: {intake.pipeline.name} {number}",
            on,
            intake.term,
            draw.choice(PROVIDERS).code,
            unit,
            cost=draw.randrange(0, 20_000, 100),
            reached=draw.randrange(10, 120),
            minutes=draw.randrange(30, 480, 15),
        )
        activity = add_activity(writing, draw.choice(ACTIVITY_KINDS), said)
        for kind in KINDS:
            add_voice(writing, activity.label, kind, draw.choice(THEMES).code, number=draw.randint(1, 12))
        yield Met(activity.id, activity.kind, on)


@contextmanager
def _bare(connection: sqlite3.Connection) -> Iterator[None]:
    """Let nothing wait for the disk, and have neither indexes nor triggers until all is written."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -50000"):
        connection.execute(f"PRAGMA {pragma}")
    parts = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
    away = connection.execute(parts).fetchall()
    connection.execute("BEGIN")
    for kind, name, _ in away:
        connection.execute(f"DROP {kind} {name}")
    yield
    for *_, as_it_was in away:
        connection.execute(as_it_was)
    connection.execute("COMMIT")


if __name__ == "__main__":
    main()
