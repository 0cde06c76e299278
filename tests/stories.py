"""A store with a story in it, made by the services themselves: what a test of the store begins with.

Two persons hold the two seats of a cohort, one of them under supervision after an undone move and a mended
date; one waits in reserve, one rests, one has said no and one was opened and undone. One is protected.
"""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from socrekry.domain.term import Term
from socrekry.services import moves, noting
from socrekry.services.acting import Outcome
from socrekry.services.candidates import add_candidacy, add_candidate
from socrekry.services.cohorts import Cohort, add_cohort, find_cohort
from socrekry.services.moves import Along
from socrekry.services.noting import NewFact
from socrekry.services.opening import opened
from socrekry.services.persons import Details
from socrekry.services.staffing import add_staff
from socrekry.services.undoing import undo
from socrekry.services.units import add_unit
from socrekry.services.writing import Occasion, Writing
from socrekry.store.schema import Event
from tests.engines import copied, new_database, uri_of

TODAY = date(2026, 11, 20)
NAMES = ("Åsa Öberg", "Änne Berg", "Ömer Åkesson", "anna ström", "Zoë Émile", "Bo O'Neill")


@contextmanager
def writing_to(path: Path | str, command: str = "advance", actor: str = "Örjan") -> Iterator[Writing]:
    """Give a store to one command that writes, on the day of the story."""
    moment = datetime(2026, 11, 20, 12, tzinfo=UTC)
    with opened(str(path), writing=True) as store:
        yield Writing(store, Occasion(actor, command, TODAY, moment))


@cache
def _written() -> bytes:
    path = Path(mkdtemp(prefix="socrekry-story-")) / "story.db"
    try:
        _programme(path)
        _people(path)
        _what_happens(path)
        return path.read_bytes()
    finally:
        shutil.rmtree(path.parent)


def a_story(folder: Path) -> Path:
    """Return the path of a store of its own with the story in it."""
    path = folder / "story.db"
    path.write_bytes(_written())
    path.chmod(0o600)
    return path


def a_story_on_postgresql() -> str:
    """Return the URL of a database of its own with the story in it."""
    return uri_of(new_database(_database()))


@cache
def _database() -> str:
    with TemporaryDirectory() as folder:
        store = copied(a_story(Path(folder)), [table.name for table in Event.metadata.sorted_tables])
    (name,) = store.run("SELECT current_database()")[0][0]
    store.close()
    return str(name)


def _programme(path: Path) -> None:
    with writing_to(path, "add-unit") as w:
        add_unit(w, "Barn och unga", "Härjedalen", child_and_youth=True)
        add_unit(w, "Vuxen", None)
    with writing_to(path, "add-cohort") as w:
        add_cohort(w, "trainee", Term.parse("HT2025"), 2, unit="Barn och unga")
        add_cohort(w, "direct", Term.parse("VT2026"), 0, name="Våren", registry_number="IFO 2025/7")
    with writing_to(path, "add-staff") as w:
        add_staff(w, "Märta Ås", ["supervisor", "mentor"], "Vuxen", 2)
        add_staff(w, "Per", ["mentor"], None, 0)


def _cohort(w: Writing, pipeline: str) -> Cohort:
    return find_cohort(w.store, pipeline)


def _people(path: Path) -> None:
    for n, name in enumerate(NAMES, 1):
        with writing_to(path, "add-candidate") as w:
            details = Details(name, f"{n}@exempel.se" if n % 2 else None, None, "oru" if n > 3 else None)
            add_candidate(w, details, _cohort(w, "trainee"), date(2025, 3, n), tags=["kö"] if n == 1 else ())
    with writing_to(path, "add-candidate", "Eva") as w:
        graduates = Details(graduates=Term.parse("HT2026"))
        add_candidate(
            w, graduates, _cohort(w, "direct"), TODAY, protected=True, channel="visit", note="Ring åter"
        )
    with writing_to(path, "add-candidacy") as w:
        add_candidacy(w, "C-2", _cohort(w, "direct"), TODAY)


def _what_happens(path: Path) -> None:
    def all_done(outcomes: Sequence[Outcome]) -> None:
        assert all(each.done for each in outcomes), outcomes

    april, may = date(2025, 4, 1), date(2025, 5, 1)
    with writing_to(path) as w:
        all_done(moves.advance(w, ["C-1", "C-2.1", "C-3", "C-4", "C-5"], april))
    with writing_to(path) as w:
        assessed = Along((NewFact("assessment", None, april, "Ulla"),), reason="Lämplig")
        all_done(moves.advance(w, ["C-1", "C-2.1"], may, along=assessed))
    with writing_to(path, "reserve") as w:
        all_done(moves.reserve(w, ["C-3"], may, rank=1))
    with writing_to(path) as w:
        confirmed = (NewFact("university-confirmed", None, may), NewFact("thesis", "Om skola", may))
        along = Along(confirmed, "S-1", "S-1", override="Bråttom")
        all_done(moves.advance(w, ["C-1"], date(2025, 9, 1), along=along))
    with writing_to(path, "undo") as w:
        undo(w, "C-1")
    with writing_to(path) as w:
        all_done(moves.advance(w, ["C-1"], date(2025, 9, 2), along=along))
    with writing_to(path, "correct") as w:
        all_done(moves.correct(w, ["C-1"], date(2025, 9, 1), stage="placement"))
    with writing_to(path, "pause") as w:
        all_done(moves.pause(w, ["C-4"], may, until=date(2025, 8, 1), reason="studies"))
    with writing_to(path, "close") as w:
        all_done(moves.close(w, ["C-5"], may, outcome="declined", reason="Valde Åre"))
    with writing_to(path, "record") as w:
        all_done(noting.record(w, ["C-2.2"], [NewFact("degree", "socionomexamen", may, "Ulla")]))
    with writing_to(path, "undo") as w:
        undo(w, "C-6")
