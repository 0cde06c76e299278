"""What waits for whoever comes in on a Monday: each kind of thing from what is kept, with its command."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from socrekry.reports.waiting import (
    FOLLOW_UP,
    FREE_SEATS,
    KINDS,
    OVERDUE,
    PAUSE_ENDS,
    RESERVE,
    UNANSWERED,
    UNSUPERVISED,
    Waiting,
    waiting,
)
from socrekry.services import moves, noting
from socrekry.services.cohorts import edit_cohort
from socrekry.services.noting import NewFact
from socrekry.services.persons import protect
from tests.builders import HT2026, TODAY, Office, a_store, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with a_store(tmp_path) as store:
        yield an_office(store)


def items(
    office: Office, today: date = TODAY, *kinds: str, days: int = 30, unit: str | None = None
) -> list[Waiting]:
    found = waiting(office.store, today, days=days, unit=unit)
    return [each for each in found if each.kind in (kinds or KINDS)]


def only(office: Office, kind: str, today: date = TODAY) -> Waiting:
    (item,) = items(office, today, kind)
    return item


def test_nothing_waits_where_nothing_is_begun(office: Office) -> None:
    assert items(office) == []


def test_a_stay_is_overdue_the_day_after_its_last(office: Office) -> None:
    office.add("Anna", on=date(2026, 10, 21))
    assert items(office, TODAY) == []
    item = only(office, OVERDUE, date(2026, 11, 21))
    assert (item.id, item.name, item.stage, item.day) == ("C-1.1", "Anna", "lead", date(2026, 11, 20))
    assert (item.command, item.titles["en"]) == ("socrekry next C-1.1", "Lead")


def test_an_offer_waits_for_its_answer_after_a_week(office: Office) -> None:
    ref = office.add("Anna", "offer", on=date(2026, 11, 1))
    assert items(office, date(2026, 11, 7), UNANSWERED) == []
    item = only(office, UNANSWERED, date(2026, 11, 8))
    assert (item.day, item.command) == (date(2026, 11, 1), f"socrekry advance {ref} --with offer-accepted")
    noting.record(office.by(), [ref], [NewFact("offer-accepted", None, TODAY)])
    assert items(office, TODAY, UNANSWERED) == []


def test_an_offer_that_is_overdue_is_said_once(office: Office) -> None:
    office.add("Anna", "offer", on=date(2026, 10, 1))
    assert [each.kind for each in items(office)] == [OVERDUE]


@pytest.mark.parametrize(("days", "found"), [(58, 0), (59, 1)])
def test_a_placement_that_is_near_needs_a_supervisor(office: Office, days: int, found: int) -> None:
    cohort = office.another_cohort(HT2026.next)
    ref = office.add("Anna", "selected", cohort=cohort)
    near = items(office, TODAY, UNSUPERVISED, days=days)
    assert [(each.id, each.day) for each in near] == [(ref, date(2027, 1, 18))] * found
    assert all(each.command == f"socrekry assign {ref} --supervisor S-…" for each in near)
    noting.assign(office.by(), [ref], TODAY, supervisor="Siv")
    assert items(office, TODAY, UNSUPERVISED, days=days) == []


def test_whoever_waits_first_is_named_where_a_seat_is_free(office: Office) -> None:
    later, first = office.add("Bo", "applied"), office.add("Cia", "applied")
    moves.reserve(office.by(), [later], TODAY)
    moves.reserve(office.by(), [first], TODAY, rank=1)
    item = only(office, RESERVE)
    assert (item.id, item.name, item.stage, item.number) == (first, "Cia", "trainee HT2026", 10)
    assert item.command == f"socrekry advance {first} --to selected"


def test_nobody_is_called_in_to_a_full_cohort(office: Office) -> None:
    edit_cohort(office.by(), office.cohort.label, seats=1)
    office.add("Anna", "selected")
    moves.reserve(office.by(), [office.add("Bo", "applied")], TODAY)
    assert items(office, TODAY, RESERVE, FREE_SEATS) == []


def test_seats_are_free_until_their_term_begins(office: Office) -> None:
    office.another_cohort(HT2026.next, seats=4)
    item = only(office, FREE_SEATS, date(2027, 1, 18))
    assert (item.id, item.number, item.day) == ("K-2", 4, date(2027, 1, 18))
    assert item.command == "socrekry list --pipeline trainee --term VT2027"
    assert items(office, date(2027, 1, 19), FREE_SEATS) == []


def test_a_rest_is_announced_before_it_ends_and_silences_everything_else(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 9, 1))
    moves.pause(office.by(), [ref], date(2026, 10, 1), until=date(2026, 12, 20), reason="leave")
    assert items(office, date(2026, 11, 19)) == []
    item = only(office, PAUSE_ENDS)
    assert (item.day, item.command) == (date(2026, 12, 20), f"socrekry resume {ref}")
    assert [each.kind for each in items(office, date(2026, 12, 20))] == []


@pytest.mark.parametrize(
    ("today", "marks"),
    [
        ("2026-05-19", []),
        ("2026-05-20", [6]),
        ("2026-11-16", [6]),
        ("2026-11-19", []),
        ("2026-11-20", [12]),
        ("2027-05-18", [12]),
        ("2027-11-20", [24]),
        ("2029-01-01", []),
    ],
)
def test_whether_she_is_still_there_is_asked_after_half_a_year_and_one_and_two(
    office: Office, today: str, marks: list[int]
) -> None:
    ref = office.add("Anna", "started", on=date(2025, 11, 20))
    found = items(office, date.fromisoformat(today), FOLLOW_UP)
    assert [each.number for each in found] == marks
    days = {6: "2026-05-20", 12: "2026-11-20", 24: "2027-11-20"}
    assert [each.command for each in found] == [
        f"socrekry record {ref} still-employed --on {days[months]}" for months in marks
    ]


@pytest.mark.parametrize(("today", "asked"), [("2026-02-27", []), ("2026-02-28", [6]), ("2026-08-30", [])])
def test_a_mark_on_a_day_that_its_month_lacks_is_on_its_last(
    office: Office, today: str, asked: list[int]
) -> None:
    office.add("Anna", "started", on=date(2025, 8, 31))
    assert [each.number for each in items(office, date.fromisoformat(today), FOLLOW_UP)] == asked


def test_nobody_is_asked_about_two_marks_at_once(office: Office) -> None:
    for started in (date(2024, 1, 31), date(2024, 2, 29), date(2024, 8, 31), date(2024, 9, 30)):
        office.add("Anna", "started", on=started)
    for days in range(900):
        asked = [each.id for each in items(office, date(2024, 3, 1) + timedelta(days=days), FOLLOW_UP)]
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("fact", "on", "asked"),
    [
        ("still-employed", "2026-11-20", False),
        ("still-employed", "2026-11-19", True),
        ("still-employed", "2026-06-01", True),
        ("left", "2026-01-01", False),
        ("left", "2026-11-20", False),
        ("left", "2025-11-19", True),
    ],
)
def test_a_follow_up_is_asked_until_it_is_answered_for_its_day(
    office: Office, fact: str, on: str, asked: bool
) -> None:
    ref = office.add("Anna", "started", on=date(2025, 11, 20))
    value = "flyttade" if fact == "left" else None
    noting.record(office.by(), [ref], [NewFact(fact, value, date.fromisoformat(on))])
    assert bool(items(office, TODAY, FOLLOW_UP)) is asked


def test_whoever_came_back_is_asked_about_again(office: Office) -> None:
    ref = office.add("Anna", "started", on=date(2025, 11, 20))
    noting.record(office.by(), [ref], [NewFact("left", "flyttade", date(2026, 3, 1))])
    assert items(office, TODAY, FOLLOW_UP) == []
    noting.record(office.by(), [ref], [NewFact("still-employed", None, date(2026, 6, 1))])
    assert [each.number for each in items(office, TODAY, FOLLOW_UP)] == [12]


def test_only_a_units_own_waits_where_one_is_asked_for(office: Office) -> None:
    office.unit("Norr")
    north = office.another_cohort(unit="Norr", name="nord")
    here, elsewhere = (
        office.add(n, on=date(2026, 9, 1), cohort=c) for n, c in (("A", north), ("B", office.cohort))
    )
    assert [each.id for each in items(office)] == [here, elsewhere]
    assert [each.id for each in items(office, TODAY, unit="norr")] == [here]
    assert items(office, TODAY, unit="Söder") == []


def test_the_kinds_come_in_the_order_in_which_they_press(office: Office) -> None:
    office.add("Anna", "started", on=date(2025, 11, 20))
    moves.reserve(office.by(), [office.add("Bo", "applied")], TODAY)
    office.add("Cia", "selected", on=date(2026, 11, 1))
    office.add("Dag", "offer", on=date(2026, 11, 1))
    office.add("Eva", on=date(2026, 9, 1))
    kinds = [each.kind for each in items(office)]
    assert kinds == [OVERDUE, UNANSWERED, UNSUPERVISED, RESERVE, FOLLOW_UP]


def test_a_protected_person_waits_under_her_number(office: Office) -> None:
    protect(office.by(), office.add("Åsa Hemlig", on=date(2026, 9, 1)))
    assert only(office, OVERDUE).name == "Skyddade personuppgifter, kandidat 1"


def test_whoever_is_closed_waits_for_nothing(office: Office) -> None:
    ref = office.add("Anna", on=date(2026, 9, 1))
    moves.close(office.by(), [ref], TODAY, outcome="no-reply")
    assert items(office) == []
