"""One line for a test's given: values that are right unless the test says otherwise."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
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
