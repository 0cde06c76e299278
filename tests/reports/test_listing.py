"""The list of candidacies: each filter by itself, the order a reader expects, and what is stalled."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.reports.listing import Listing, Wanted, candidacies
from socrekry.services import moves
from socrekry.services.persons import protect
from socrekry.services.undoing import undo_last
from tests.builders import HT2026, TODAY, Office, a_store, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with a_store(tmp_path) as store:
        yield an_office(store)


def listed(office: Office, today: date = TODAY, **wanted: Any) -> list[str]:
    return [row.candidacy for row in candidacies(office.store, Wanted(**wanted), today).rows]


def test_candidates_are_listed_as_a_swedish_reader_expects(office: Office) -> None:
    for name in ("Östen", "anna", "Åsa", "Zorn", "Ärla", "Bo", "Émile"):
        office.add(name)
    names = [row.name for row in candidacies(office.store, Wanted(), TODAY).rows]
    assert names == ["anna", "Bo", "Émile", "Zorn", "Åsa", "Ärla", "Östen"]


def test_a_row_tells_where_a_candidacy_stands(office: Office) -> None:
    office.unit("Norr")
    cohort = office.another_cohort(unit="Norr", name="dag")
    fields = {"email": "a@example.se", "phone": "070", "university": "sh", "graduates": HT2026}
    office.add("Anna", "selected", cohort=cohort, channel="visit", on=date(2026, 11, 1), **fields)
    (row,) = candidacies(office.store, Wanted(), TODAY).rows
    assert (row.id, row.candidacy, row.name, row.state, row.stage) == (
        "C-1",
        "C-1.1",
        "Anna",
        "open",
        "selected",
    )
    assert (row.pipeline, row.term, row.cohort, row.unit) == ("trainee", HT2026, "dag", "Norr")
    assert (row.email, row.phone, row.university, row.graduates, row.channel) == (*fields.values(), "visit")
    assert (row.since, row.due_on, row.titles["sv"]) == (date(2026, 11, 1), date(2027, 3, 1), "Antagen")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["C-1.1", "C-2.1", "C-3.1"]),
        ({"term": HT2026.next}, ["C-3.1"]),
        ({"pipeline": "direct"}, ["C-3.1"]),
        ({"pipeline": "trainee"}, ["C-1.1", "C-2.1"]),
        ({"stage": "applied"}, ["C-2.1"]),
        ({"stage": "Ansökan"}, ["C-2.1"]),
        ({"unit": "norr"}, ["C-3.1"]),
        ({"cohort": "KVÄLL"}, ["C-3.1"]),
        ({"university": "sh"}, ["C-1.1"]),
        ({"channel": "visit"}, ["C-1.1"]),
        ({"tag": "mässa"}, ["C-2.1"]),
        ({"search": "ASA"}, ["C-1.1"]),
        ({"search": "@example.se"}, ["C-2.1"]),
        ({"search": "%"}, []),
        ({"search": "_"}, []),
        ({"search": "  "}, ["C-1.1", "C-2.1", "C-3.1"]),
        ({"stage": "applied", "tag": "x"}, []),
    ],
)
def test_each_filter_lets_through_what_it_says(
    office: Office, wanted: dict[str, Any], found: list[str]
) -> None:
    office.unit("Norr")
    evening = office.another_cohort(HT2026.next, "direct", unit="Norr", name="kväll")
    office.add("Åsa 1", university="sh", channel="visit")
    office.add("Bo 2", "applied", email="bo@example.se", tags=["mässa"])
    office.add("Cia 3", cohort=evening, tags=["x"])
    assert sorted(listed(office, **wanted)) == found


def test_the_closed_are_left_out_unless_they_are_wanted(office: Office) -> None:
    closed = office.add("Anna")
    office.add("Bo")
    moves.close(office.by(), [closed], TODAY, outcome="declined")
    assert listed(office) == ["C-2.1"]
    (row, _) = candidacies(office.store, Wanted(closed=True), TODAY).rows
    assert (row.candidacy, row.state, row.outcome, row.closed_on) == (closed, "lost", "declined", TODAY)


def test_whoever_started_is_listed_and_whoever_was_taken_back_is_not(office: Office) -> None:
    office.add("Anna", "started")
    office.add("Bo")
    undo_last(office.by(command="undo"))
    assert listed(office, closed=True) == ["C-1.1"]


@pytest.mark.parametrize(("today", "stalled"), [("2026-12-01", False), ("2026-12-02", True)])
def test_a_candidacy_is_stalled_the_day_after_its_longest_stay(
    office: Office, today: str, stalled: bool
) -> None:
    office.add("Anna", on=date(2026, 11, 1))
    day = date.fromisoformat(today)
    assert [row.stalled for row in candidacies(office.store, Wanted(), day).rows] == [stalled]
    assert listed(office, day, stalled=True) == (["C-1.1"] if stalled else [])


def test_whoever_rests_is_not_stalled_until_her_rest_is_over(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 9, 1))
    moves.pause(office.by(), [ref], date(2026, 9, 21), until=date(2026, 12, 1), reason="leave")
    assert listed(office, date(2026, 11, 30), stalled=True) == []
    assert listed(office, date(2026, 12, 11), stalled=True) == []
    assert listed(office, date(2026, 12, 12), stalled=True) == ["C-1.1"]


def test_whoever_had_stayed_too_long_before_her_rest_is_stalled_when_it_ends(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 9, 1))
    moves.pause(office.by(), [ref], date(2026, 11, 1), until=date(2026, 11, 20), reason="leave")
    for day, stalled in ((date(2026, 11, 19), []), (date(2026, 11, 20), [ref])):
        assert listed(office, day, stalled=True) == stalled
        (row,) = candidacies(office.store, Wanted(), day).rows
        assert row.stalled is bool(stalled)


@pytest.mark.parametrize("ended", ["started", "closed"])
def test_what_is_over_is_never_stalled(office: Office, ended: str) -> None:
    ref = office.add("Anna", "started" if ended == "started" else "lead", on=date(2026, 1, 1))
    if ended == "closed":
        moves.close(office.by(), [ref], TODAY, outcome="no-reply")
    assert listed(office, date(2030, 1, 1), stalled=True, closed=True) == []


@pytest.mark.parametrize(("limit", "shown"), [(2, 2), (3, 3), (50, 3), (None, 3)])
def test_a_list_that_is_cut_says_how_many_there_are(office: Office, limit: int | None, shown: int) -> None:
    for name in ("Anna", "Bo", "Cia"):
        office.add(name)
    found: Listing = candidacies(office.store, Wanted(), TODAY, limit=limit)
    assert (len(found.rows), found.total) == (shown, 3)


def test_a_stage_that_no_pipeline_has_is_refused_with_those_there_are(office: Office) -> None:
    with pytest.raises(InvalidInput) as unknown:
        listed(office, stage="promoted")
    assert unknown.value.code == "stage-unknown-anywhere"
    assert {"reserve", "interview"} <= set(unknown.value.details["stages"])


def test_a_protected_person_is_listed_by_number(office: Office) -> None:
    protect(office.by(), office.add("Åsa Hemlig", email="asa@example.se", phone="070"))
    (row,) = candidacies(office.store, Wanted(), TODAY).rows
    assert row.name == "Skyddade personuppgifter, kandidat 1"
    assert (row.email, row.phone, row.university) == (None, None, None)
    assert listed(office, search="hemlig") == []


def test_where_nothing_is_asked_for_the_list_is_the_one_that_asks_for_nothing(office: Office) -> None:
    for name, stage in (("Östen", "lead"), ("Bo", "applied"), ("Åsa", "selected"), ("Cia", "lead")):
        office.add(name, stage)
    moves.close(office.by(), ["Cia"], TODAY, outcome="no-reply")
    usual = office.store.rows("listing.open", most=9)
    values = dict.fromkeys(
        ("term", "pipeline", "stage", "unit", "cohort", "university", "channel", "tag", "activity")
    ) | {"closed": False, "won": False, "stalled_on": None, "pattern": None}
    assert len(usual) == office.store.value("listing.count_open") == 3
    assert usual == office.store.rows("listing.rows", **values, most=9)
