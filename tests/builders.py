"""One line for a test's given: values that are right unless the test says otherwise."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Corrected, Entry, Event, Moved, Opened, Undone
from socrekry.domain.folding import fold
from socrekry.domain.guards import Circumstances, Room, Seats
from socrekry.domain.pipeline import (
    GuardUse,
    Kind,
    Pipeline,
    Stage,
    Transition,
    digest_of,
    to_document,
)
from socrekry.domain.term import HT, Term
from socrekry.services import candidates, moves, noting
from socrekry.services.acting import Change, Outcome
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.candidacies import Subject, load
from socrekry.services.cohorts import Cohort, add_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.opening import opened
from socrekry.services.persons import Details
from socrekry.services.staffing import add_staff
from socrekry.services.units import Unit, add_unit
from socrekry.services.upgrading import upgrade_store
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store
from tests.engines import new_database, uri_of

Given = str | GuardUse


def a_pipeline(
    path: str = "lead applied selected hired",
    *,
    beside: Mapping[str, tuple[str, str]] | None = None,
    lost: Mapping[str, tuple[str, str]] | None = None,
    guards: Mapping[str, Sequence[Given]] | None = None,
    back: Sequence[tuple[str, str]] = (),
    stages: Mapping[str, Mapping[str, Any]] | None = None,
) -> Pipeline:
    """Return a sound pipeline along ``path``, whose last stage is won.

    ``beside`` puts a stage between two of the path (``{"reserve": ("applied", "selected")}``); ``lost`` adds
    one with its source and outcome; ``guards`` hang on the transitions to a stage, by name not overridable;
    ``back`` adds ways to earlier stages; ``stages`` sets fields (``{"selected": {"takes_seat": True}}``).
    A transition is called ``to-`` and its target, one back ``back-to-`` and its target.
    """
    names = path.split()
    ways = {target: [source] for source, target in pairwise(names)}
    kinds: dict[str, Kind] = {names[-1]: "won"}
    for name, (source, target) in (beside or {}).items():
        names.insert(names.index(target), name)
        ways[name] = [source]
        ways[target].append(name)
    for name, (source, _) in (lost or {}).items():
        names.append(name)
        ways[name], kinds[name] = [source], "lost"
    main, outcomes = path.split(), {name: outcome for name, (_, outcome) in (lost or {}).items()}
    made = tuple(
        Stage(name, _titles(name), kinds.get(name, "open"), n, name in main, outcome=outcomes.get(name))
        for n, name in enumerate(names, 1)
    )
    changed = tuple(stage._replace(**(stages or {}).get(stage.name, {})) for stage in made)
    onward = [_transition(f"to-{name}", ways[name], name, guards) for name in names if name in ways]
    backward = [_transition(f"back-to-{target}", [source], target, None) for source, target in back]
    pipeline = Pipeline("some-pipeline", _titles("pipeline"), 1, "", changed, (*onward, *backward))
    return pipeline._replace(digest=digest_of(to_document(pipeline)))


def _titles(name: str) -> dict[str, str]:
    return {"sv": f"{name} på svenska", "en": name.capitalize()}


def _transition(
    name: str, sources: Sequence[str], target: str, guards: Mapping[str, Sequence[Given]] | None
) -> Transition:
    given = (guards or {}).get(target, ())
    uses = tuple(GuardUse(use, False, {}) if isinstance(use, str) else use for use in given)
    return Transition(name, _titles(name), tuple(sources), target, uses)


TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
HT2026 = Term(2026, HT)


def day(number: int) -> date:
    """Return that day of a story which began on 1 January 2026."""
    return date(2025, 12, 31) + timedelta(days=number)


def a_candidacy(
    pipeline: Pipeline, stages: str = "", *, cohort: int = 1, unit: int | None = None
) -> Candidacy:
    """Return a candidacy opened on day 1 that came to each of ``stages`` a day later, by a command each."""
    opened = Entry(1, 1, day(1), "", Opened(pipeline.initial.name, cohort, unit))
    path = [pipeline.initial.name, *stages.split()]
    moves = (Moved("some-way", source, target) for source, target in pairwise(path))
    return fold(pipeline, (opened, *(Entry(n, n, day(n), "", move) for n, move in enumerate(moves, 2))))


def then(
    pipeline: Pipeline,
    candidacy: Candidacy,
    *events: Event,
    on: date | None = None,
    command: int | None = None,
) -> Candidacy:
    """Return the candidacy after events of one more command, on the day after its last move."""
    after = candidacy.last_move_on or day(0)
    number = command or max((entry.command for entry in candidacy.entries), default=0) + 1
    new = (
        Entry(
            n,
            number,
            None if isinstance(event, Undone | Corrected) else on or after + timedelta(days=1),
            "",
            event,
        )
        for n, event in enumerate(events, candidacy.head + 1)
    )
    return fold(pipeline, (*candidacy.entries, *new))


def around(
    *, seats: int = 10, taken: int = 0, staff: Mapping[int, Room] | None = None, **more: Any
) -> Circumstances:
    """Return circumstances on the day of the tests: a cohort (1) of HT2026 with free seats, and its staff."""
    given: dict[str, Any] = {
        "today": TODAY,
        "cohorts": {1: Seats(seats, taken, HT2026)},
        "rooms": {(number, HT2026): room for number, room in (staff or {}).items()},
    }
    return Circumstances(**(given | more))


# What each stage of the shipped trainee pipeline asks for.
ASKED_FOR = {
    "selected": ("assessment",),
    "placement": ("university-confirmed",),
    "trainee": ("placement-completed",),
    "hired": ("offer-accepted",),
    "started": ("traineeship-completed",),
}


class Office:
    """A store and those who work with it: each call is a command, on the day of the tests."""

    def __init__(self, store: Store, cohort: Cohort) -> None:
        self.store, self.cohort = store, cohort

    def by(
        self, actor: str = "Eva", command: str = "advance", *, on: date = TODAY, dry_run: bool = False
    ) -> Writing:
        """Return a command of somebody's."""
        return Writing(self.store, Occasion(actor, command, on, NOW), dry_run=dry_run)

    def add(
        self,
        name: str = "Anna Ek",
        stage: str = "lead",
        *,
        on: date = TODAY,
        cohort: Cohort | None = None,
        **more: Any,
    ) -> str:
        """Add a candidate who has come to a stage of the main path; return the candidacy's id."""
        fields = {key: more.pop(key) for key in Details._fields if key in more}
        details = Details(None if more.get("protected") else name, **fields)
        added = candidates.add_candidate(
            self.by(command="add-candidate"), details, cohort or self.cohort, on, **more
        )
        path = [each.name for each in self.subject(added.candidacy).pipeline.main_path]
        for target in path[1 : path.index(stage) + 1]:
            self.move(added.candidacy, target, on)
        return added.candidacy

    def move(self, ref: str, to: str, on: date = TODAY, actor: str = "Eva") -> Outcome:
        """Move a candidate, with all that the stage asks for; a mentor may be missing."""
        facts = tuple(noting.NewFact(fact, None, on) for fact in ASKED_FOR.get(to, ()))
        supervisor = "S-1" if to == "placement" else None
        along = moves.Along(facts, supervisor, override="no mentor yet")
        (outcome,) = moves.advance(self.by(actor), [ref], on, to=to, along=along)
        assert outcome.done, outcome
        return outcome

    def staff(self, name: str = "Siv Hand", *roles: str, capacity: int = 1) -> str:
        """Add a member of staff; return her id."""
        return add_staff(
            self.by(command="add-staff"), name, roles or ("supervisor",), capacity=capacity
        ).label

    def unit(self, name: str, *, child_and_youth: bool = False) -> Unit:
        """Declare a unit."""
        return add_unit(self.by(command="add-unit"), name, child_and_youth=child_and_youth)

    def activity(self, kind: str = "visit", title: str = "Class of T7", on: date = TODAY, **more: Any) -> str:
        """Add an activity; return its id."""
        return add_activity(self.by(command="add-activity"), kind, Particulars(title, on, **more)).label

    def another_cohort(
        self, term: Term = HT2026, pipeline: str = "trainee", seats: int = 10, **more: Any
    ) -> Cohort:
        """Open one more cohort."""
        return add_cohort(self.by(command="add-cohort"), pipeline, term, seats, **more)

    def subject(self, ref: str) -> Subject:
        """Return a candidacy as it is now."""
        return load(self.store, find_candidacy(self.store, ref).id)

    def stands(self, ref: str) -> str:
        """Return the stage where a candidacy is open, or its state and outcome."""
        now = self.subject(ref).candidacy
        return now.stage if now.state == "open" else " ".join(filter(None, (now.state, now.outcome)))

    def taken(self, cohort: Cohort | None = None) -> int:
        """Return how many seats of a cohort are held."""
        rows: dict[int, int] = dict(self.store.rows("programme.seats_taken", cohort=None))
        return rows.get((cohort or self.cohort).id, 0)


@cache
def _furnished() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        opened(str(path), writing=True).close()
        return path.read_bytes()


@cache
def _furnished_database() -> str:
    name = new_database()
    upgrade_store(uri_of(name))
    return name


def a_file(folder: Path) -> Path:
    """Return the path of a new store in a file, furnished as one is that is used for the first time."""
    path = folder / "store.db"
    path.write_bytes(_furnished())
    path.chmod(0o600)
    return path


def a_database() -> str:
    """Return the URL of a new store on PostgreSQL, furnished as `socrekry migrate` does it."""
    return uri_of(new_database(_furnished_database()))


def a_store(folder: Path) -> Store:
    """Return a new store, furnished, with the shipped pipelines in it and the universities."""
    store = opened(str(a_file(folder)), writing=True)
    store.engine_rows("PRAGMA synchronous = OFF")  # no test pulls the plug
    return store


def an_office(store: Store, seats: int = 10) -> Office:
    """Return an office with a cohort of trainees and a supervisor (S-1) who has room for all of them."""
    office = Office(
        store, add_cohort(Writing(store, Occasion("Eva", "add-cohort", TODAY, NOW)), "trainee", HT2026, seats)
    )
    office.staff("Siv Hand", "supervisor", capacity=1000)
    return office


def next_in_line(change: Change) -> str | None:
    """Return the id of who waits first for the seat that a change set free, if it freed one."""
    return change.next_in_line.id if change.next_in_line else None
