"""Candidacies as a list: who, where each stands, since when, and who has stood there too long."""

import json
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.names import search_key, shown_name
from socrekry.domain.term import Term
from socrekry.store.connect import Store
from socrekry.store.engine import Row

USUAL_LIMIT = 50
_ALL = 2**62


class Wanted(NamedTuple):
    """Which candidacies to list; what is None lets all through.

    Those who have started are left out unless a term, a cohort, a stage or a name is asked for: they wait for
    nothing. ``closed`` lets everybody in, and those whose candidacy was closed; ``activity`` those whom it
    has touched.
    """

    term: Term | None = None
    pipeline: str | None = None
    stage: str | None = None
    unit: str | None = None
    cohort: str | None = None
    university: str | None = None
    channel: str | None = None
    tag: str | None = None
    search: str | None = None
    stalled: bool = False
    closed: bool = False
    activity: int | None = None


class Listed(NamedTuple):
    """One candidacy in a list; ``titles`` are its stage's, ``stalled`` is past the stage's longest stay."""

    id: str
    candidacy: str
    name: str
    state: str
    stage: str
    titles: dict[str, str]
    outcome: str | None
    pipeline: str
    term: Term
    cohort: str
    unit: str | None
    university: str | None
    graduates: Term | None
    channel: str | None
    since: date | None
    due_on: date | None
    paused_until: date | None
    closed_on: date | None
    stalled: bool
    email: str | None
    phone: str | None


class Listing(NamedTuple):
    """The candidacies that were asked for, in order of name, and how many there are in all."""

    rows: tuple[Listed, ...]
    total: int


def candidacies(store: Store, wanted: Wanted, today: date, *, limit: int | None = USUAL_LIMIT) -> Listing:
    """Return the candidacies that are wanted, at most ``limit`` of them (None: all).

    A stage may be named by its title. InvalidInput("stage-unknown-anywhere") for one that no installed
    pipeline has.
    """
    titles = _titles(store)
    if wanted.stage is not None:
        wanted = wanted._replace(stage=_stage_called(wanted.stage, titles))
    values = _values(wanted, today)
    usual = wanted == Wanted()
    most = _ALL if limit is None else limit
    rows = store.rows("listing.open", most=most) if usual else store.rows("listing.rows", **values, most=most)
    listed = tuple(_listed(row, titles, today) for row in rows)
    if limit is None or len(listed) < limit:
        return Listing(listed, len(listed))
    total = store.value("listing.count_open") if usual else store.value("listing.count", **values)
    return Listing(listed, int(total))


def _stage_called(word: str, titles: dict[int, dict[str, dict[str, str]]]) -> str:
    """Return the name of the stage that a word means: its name, or its title in any language."""
    named: dict[str, set[str]] = {}
    for stages in titles.values():
        for name, said in stages.items():
            named.setdefault(name, {name}).update(map(str.casefold, said.values()))
    sought = word.strip().casefold()
    called = [word] if word in named else [name for name, words in named.items() if sought in words]
    if len(called) != 1:
        raise InvalidInput("stage-unknown-anywhere", stage=word, stages=list(named))
    return called[0]


def _values(wanted: Wanted, today: date) -> dict[str, object]:
    escaped = None
    if wanted.search:
        escaped = search_key(wanted.search).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "closed": wanted.closed,
        "won": wanted.closed or any((wanted.term, wanted.cohort, wanted.stage, wanted.search)),
        "term": wanted.term.code if wanted.term else None,
        "pipeline": wanted.pipeline,
        "stage": wanted.stage,
        "unit": search_key(wanted.unit) if wanted.unit else None,
        "cohort": search_key(wanted.cohort) if wanted.cohort else None,
        "university": wanted.university,
        "channel": wanted.channel,
        "activity": wanted.activity,
        "tag": wanted.tag,
        "stalled_on": today.isoformat() if wanted.stalled else None,
        "pattern": f"%{escaped}%" if escaped else None,
    }


def _titles(store: Store) -> dict[int, dict[str, dict[str, str]]]:
    """Return the titles of every stage, by pipeline number and stage."""
    return {
        number: {stage["name"]: stage["titles"] for stage in json.loads(definition)["stages"]}
        for number, _, definition in store.rows("programme.definitions")
    }


def _listed(row: Row, titles: dict[int, dict[str, dict[str, str]]], today: date) -> Listed:
    (_, person, number, name, protected, state, stage, outcome, pipeline_id, pipeline, term, cohort, unit,
     university, graduates, channel, entered, due, paused, closed, email, phone) = row  # fmt: skip
    due_on, paused_until = _day(due), _day(paused)
    resting = paused_until is not None and paused_until > today
    return Listed(
        candidate_id(person),
        candidacy_id(person, number),
        shown_name(name, protected),
        state,
        stage,
        titles[pipeline_id].get(stage, {}),
        outcome,
        pipeline,
        Term.from_code(term),
        cohort,
        unit,
        university,
        Term.from_code(graduates) if graduates else None,
        channel,
        _day(entered),
        due_on,
        paused_until,
        _day(closed),
        state == "open" and due_on is not None and due_on < today and not resting,
        email,
        phone,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
