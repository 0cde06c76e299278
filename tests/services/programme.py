"""A municipality in one line of a test: a furnished store, a command that writes to it, and all it holds."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

from socrekry.domain.facts import FACTS
from socrekry.domain.term import Term
from socrekry.services.candidates import add_candidate
from socrekry.services.cohorts import Cohort, add_cohort
from socrekry.services.founding import furnish
from socrekry.services.moves import Along, advance
from socrekry.services.noting import parse_fact
from socrekry.services.persons import Details
from socrekry.services.undoing import undo_last
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store, open_store
from socrekry.store.engine import Row
from tests.engines import migrated_file

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
VT2027 = Term.parse("VT2027")
# What an undo leaves behind on purpose: who ran what, and that it was taken back.
ACCOUNTS = {"actor", "command", "edit", "event", "sqlite_sequence"}


def a_store(folder: Path) -> Store:
    """Return a new store with the shipped pipelines and the universities."""
    path = folder / "store.db"
    path.write_bytes(migrated_file())
    store = open_store(str(path), writing=True)
    furnish(store, NOW)
    return store


def by(store: Store, command: str = "some-command", *, actor: str = "Eva", dry_run: bool = False) -> Writing:
    """Return a command of somebody's."""
    return Writing(store, Occasion(actor, command, TODAY, NOW), dry_run=dry_run)


def a_cohort(store: Store, seats: int = 10) -> Cohort:
    """Open a cohort of trainees."""
    return add_cohort(by(store, "add-cohort"), "trainee", VT2027, seats)


def a_candidate(store: Store, cohort: Cohort, stage: str, *facts: str, supervisor: str | None = None) -> str:
    """Add a candidate who has come to ``stage`` of the trainee pipeline; return the candidacy's id."""
    added = add_candidate(by(store, "add-candidate"), Details("Anna Ek"), cohort, TODAY)
    assert set(facts) <= set(FACTS)
    for step in ("applied", stage) if stage != "lead" else ():
        recorded = tuple(parse_fact(fact, TODAY) for fact in facts) if step == stage else ()
        along = Along(recorded, supervisor if step == stage else None)
        (done,) = advance(by(store, "advance"), [added.candidacy], TODAY, to=step, along=along)
        assert done.done, done
    return added.candidacy


def take_back(store: Store, actor: str = "Eva") -> None:
    """Undo somebody's last command as a whole."""
    undo_last(by(store, "undo", actor=actor))


def held(store: Store) -> dict[str, list[Row]]:
    """Return every row of every table that counts, but the accounts of who did what."""
    connection = sqlite3.connect(store.location)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    some = {name: "WHERE n <> 0" if name.endswith("_tally") else "" for name in tables}
    rows = {
        name: sorted(connection.execute(f'SELECT * FROM "{name}" {which}'), key=repr)
        for name, which in some.items()
    }
    connection.close()
    return {name: rows[name] for name in rows if name not in ACCOUNTS}
