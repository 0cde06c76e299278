"""A store as it was known: whatever is written, what was there at each moment is there again."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.costs import Period
from socrekry.services import moves, noting
from socrekry.services.acting import Outcome
from socrekry.services.activity_recording import Particulars, add_activity, edit_activity
from socrekry.services.assumptions import assume
from socrekry.services.candidates import add_candidacy, add_candidate
from socrekry.services.cohorts import add_cohort, edit_cohort, find_cohort
from socrekry.services.costs import add_cost
from socrekry.services.editing import _ways
from socrekry.services.merging import merge
from socrekry.services.moves import Along, Destination
from socrekry.services.needs import add_need
from socrekry.services.noting import NewFact
from socrekry.services.opening import opened
from socrekry.services.persons import Details, edit_candidate, protect
from socrekry.services.recorded import known_at
from socrekry.services.recorded_changes import COUNTED, Changes
from socrekry.services.touches import add_touches, remove_touches
from socrekry.services.undoing import undo, undo_last
from socrekry.services.unit_access import ENTITY
from socrekry.services.units import add_unit
from socrekry.services.voices import add_voice, remove_voice
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store
from tests.builders import HT2026, NOW, TODAY, Office, a_database, a_store

Do = Callable[[Writing], object]
ON = TODAY - timedelta(days=60)
ASKED = (
    (
        "SELECT id, person_id, number, cohort_id, unit_id, channel, state, stage, entered_on, due_on, "
        "outcome, closed_on, holds_seat, supervised, paused_from, paused_until, rank, head_seq FROM candidacy"
    ),
    "SELECT * FROM stay",
    "SELECT * FROM fact",
    "SELECT * FROM assignment",
    "SELECT id, seats, name, search_key, registry_number FROM cohort",
    "SELECT * FROM activity",
    "SELECT * FROM touch",
    "SELECT * FROM voice",
    "SELECT unit_id, term, positions FROM need",
    "SELECT kind, year, term, unit_id, amount FROM cost",
    "SELECT name, value FROM assumption",
    (
        "SELECT id, university, graduates, void FROM person p "
        "WHERE EXISTS (SELECT 1 FROM candidacy c WHERE c.person_id = p.id)"
    ),
    *(
        f"SELECT * FROM {tally}_tally WHERE n <> 0"
        for tally in ("course", "credit", "left", "standing", "time", "visit")
    ),
)


def candidate(name: str, cohort: str = "K-1", **more: Any) -> Do:
    channel = more.pop("channel", None)

    def do(w: Writing) -> object:
        return add_candidate(w, Details(name, **more), find_cohort(w.store, cohort), ON, channel=channel)

    return do


def advanced(ref: str, to: str, days: int) -> Do:
    facts = (NewFact("assessment", None, ON),)
    return lambda w: moves.advance(w, [ref], ON + timedelta(days=days), to=to, along=Along(facts))


def touched(title: str, **changes: Any) -> Do:
    return lambda w: edit_activity(w, title, changes)


STORY: tuple[tuple[str, Do], ...] = (
    ("write", lambda w: add_unit(w, "Barn och unga")),
    ("write", lambda w: add_cohort(w, "trainee", HT2026, 3, unit="Barn och unga")),
    ("write", lambda w: add_cohort(w, "trainee", HT2026.next, 1, unit="Barn och unga")),
    ("write", lambda w: add_activity(w, "visit", Particulars("Class", ON, cost=100))),
    ("write", candidate("Åsa", email="asa@exempel.se", university="oru")),
    ("write", candidate("Bo", graduates=HT2026)),
    ("write", candidate("Åse", "K-2", university="miun")),
    ("write", lambda w: add_touches(w, ["C-1", "C-3"], "A-1")),
    ("write", lambda w: add_voice(w, "C-3", "wish", "supervision", "fler handledare")),
    ("write", lambda w: add_voice(w, "A-1", "concern", "workload", number=4)),
    ("write", advanced("C-1", "applied", 3)),
    ("write", advanced("C-1", "selected", 5)),
    (
        "write",
        lambda w: moves.pause(
            w, ["C-1"], ON + timedelta(days=7), until=ON + timedelta(days=20), reason="leave"
        ),
    ),
    ("write", lambda w: moves.resume(w, ["C-1"], ON + timedelta(days=12))),
    ("write", lambda w: moves.correct(w, ["C-1"], ON + timedelta(days=2), stage="applied")),
    ("undo", lambda w: undo(w, "C-1")),
    ("write", lambda w: edit_cohort(w, "K-1", seats=5, name="Våren")),
    ("write", lambda w: edit_cohort(w, "K-1", seats=6)),
    ("undo", undo_last),
    ("write", touched("A-1", cost=250, on=ON - timedelta(days=3))),
    ("write", touched("A-1", cost=None)),
    ("write", lambda w: remove_touches(w, ["C-1"], "A-1")),
    ("write", lambda w: edit_candidate(w, "C-2", {"university": "lu", "graduates": HT2026.next})),
    ("undo", lambda w: undo(w, "C-2")),
    ("write", lambda w: add_need(w, "Barn och unga", HT2026, 4)),
    ("write", lambda w: add_need(w, "Barn och unga", HT2026, 6)),
    ("write", lambda w: add_cost(w, "agency", Period(2026), 900_000)),
    ("write", lambda w: assume(w, "agency-factor-low", "2,6")),
    ("undo", undo_last),
    ("write", lambda w: remove_voice(w, "V-1")),
    ("undo", undo_last),
    (
        "write",
        lambda w: moves.close(w, ["C-2"], ON + timedelta(days=9), outcome="withdrawn", reason="flyttade"),
    ),
    ("write", lambda w: moves.reopen(w, ["C-2"], ON + timedelta(days=11))),
    ("write", lambda w: moves.transfer(w, ["C-2"], ON + timedelta(days=12), to=Destination(cohort="K-2"))),
    ("write", lambda w: noting.withdraw_fact(w, "C-1", "assessment", TODAY)),
    ("write", lambda w: noting.record(w, ["C-3"], [NewFact("thesis", None, ON)])),
    ("merge", lambda w: merge(w, "C-1", "C-3")),
    ("write", candidate("Cia", channel="A-1")),
    ("undo", lambda w: undo(w, "C-4")),
    ("undo", undo_last),
    ("write", advanced("C-3", "applied", 20)),
    ("write", lambda w: add_cohort(w, "direct", HT2026, 1)),
    ("write", lambda w: add_candidacy(w, "C-1", find_cohort(w.store, "K-3"), ON)),
    ("write", candidate("Didi")),
    ("write", candidate("Dida")),
    ("merge", lambda w: merge(w, "C-5", "C-6")),
    ("undo", undo_last),
    ("merge", lambda w: merge(w, "C-6", "C-5")),
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = a_store(tmp_path) if request.param == "sqlite" else opened(a_database(), writing=True)
    with made:
        yield made


def recorded_at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def told(store: Store) -> list[Any]:
    """Return all that a report reads, the same from either engine."""
    return [
        sorted(
            (tuple(int(value) if isinstance(value, bool) else value for value in row) for row in rows),
            key=repr,
        )
        for rows in map(store.engine_rows, ASKED)
    ]


def test_what_was_known_at_each_moment_is_known_again(store: Store) -> None:
    were = []
    for hour, (name, do) in enumerate(STORY):
        now = NOW + timedelta(hours=hour)
        done = do(Writing(store, Occasion("Eva", name, TODAY, now)))
        refused = (
            [each for each in done if isinstance(each, Outcome) and not each.done]
            if isinstance(done, tuple)
            else []
        )
        assert (hour, refused) == (hour, [])
        were.append((recorded_at(now), told(store)))
    for hour, (moment, was) in enumerate(were):
        with known_at(store, moment) as known:
            assert (hour, told(known.store)) == (hour, was)


def test_before_anything_was_recorded_nothing_was_known(office: Office) -> None:
    office.add("Anna Ek", "applied")
    with known_at(office.store, "2020-01-01T00:00:00.000000Z") as known:
        assert not any(told(known.store))


def test_what_is_recorded_at_the_very_moment_is_known(office: Office) -> None:
    office.add("Anna Ek")
    with known_at(office.store, office.by().occasion.recorded_at) as known:
        assert told(known.store) == told(office.store)


def test_what_was_taken_back_as_a_whole_is_lost_and_counted(office: Office) -> None:
    office.activity(title="Class of T7")
    later = Occasion("Eva", "undo", TODAY, NOW + timedelta(hours=1))
    undo_last(Writing(office.store, later))
    with known_at(office.store, recorded_at(NOW)) as known:
        assert known.lost == 1
    with known_at(office.store, later.recorded_at) as known:
        assert known.lost == 0


def test_what_one_undo_took_back_was_there_as_the_last_of_it_had_left_it() -> None:
    def change(number: int, before: str, after: str) -> Any:
        return ("cohort", "1", "name", before, after, 1, number, 2, recorded_at(NOW), "2027-01-01")

    changes = Changes([change(1, "a", "b"), change(2, "b", "c")], recorded_at(NOW))
    assert changes.as_it_was("cohort", 1, {"name": "a"}) == {"name": "c"}


def test_who_has_been_protected_since_stays_protected(office: Office) -> None:
    label = office.add("Anna Ek", university="oru")
    protect(Writing(office.store, Occasion("Eva", "protect", TODAY, NOW + timedelta(hours=1))), label)
    with known_at(office.store, recorded_at(NOW)) as known:
        assert known.store.engine_rows("SELECT name, university FROM person") == [(None, None)]


def test_an_entry_whose_clock_ran_ahead_was_known_when_the_next_was(office: Office) -> None:
    label = office.add("Anna Ek")
    ahead = Writing(office.store, Occasion("Eva", "advance", TODAY, NOW + timedelta(hours=2)))
    moves.advance(ahead, [label], TODAY)
    office.move(label, "selected")
    with known_at(office.store, recorded_at(NOW)) as known:
        assert known.store.engine_rows("SELECT stage FROM candidacy") == [("selected",)]


def test_every_kind_of_change_is_one_that_reports_count_or_only_a_name() -> None:
    names = {"unit", "university", "theme", "pipeline", "staff"}
    beside = {"staff-role", "staff-capacity", "external-assignment", "agreement", ENTITY}  # in no report
    of_persons = {"tag", "remark", "protection", "apart"}
    every = {entity for ways in _ways() for entity in ways}
    assert every == {*COUNTED, *names, *beside, *of_persons}
