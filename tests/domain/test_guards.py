"""Every guard, met and not met, with the facts it saw."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain import events as e
from socrekry.domain.candidacy import Candidacy
from socrekry.domain.facts import Fact
from socrekry.domain.guards import GUARDS, Circumstances, Room, guard_parameters, verdict
from socrekry.domain.months import months_before
from socrekry.domain.pipeline import GuardUse
from socrekry.domain.term import Term
from tests.builders import a_candidacy, a_pipeline, around, day, then

ON = date(2026, 11, 20)
PIPELINE = a_pipeline()
APPLIED = a_candidacy(PIPELINE, "applied")
CHILDREN: dict[str, Any] = {"child_and_youth": True}
RECORDED = [
    "assessment",
    "university-confirmed",
    "placement-completed",
    "traineeship-completed",
    "references-checked",
    "offer-accepted",
    "thesis",
]


NOTED_ON = day(5)


def noted(*events: e.Event, on: date = NOTED_ON) -> Candidacy:
    return then(PIPELINE, APPLIED, *events, on=on)


def answer(
    guard: str, candidacy: Candidacy = APPLIED, circumstances: Circumstances | None = None, **parameters: Any
) -> tuple[bool, str, dict[str, Any]]:
    found = verdict(GuardUse(guard, True, parameters), candidacy, circumstances or around(), ON)
    assert (found.guard, found.overridable, found.overridden) == (guard, True, False)
    return found.met, found.reason, found.facts


@pytest.mark.parametrize("guard", RECORDED)
def test_a_fact_is_asked_for_by_its_name(guard: str) -> None:
    seen = {"fact": guard, "value": "yes", "on": "2026-01-05"}
    assert answer(guard) == (False, "fact-missing", {"fact": guard})
    assert answer(guard, noted(e.FactRecorded(guard, "yes"))) == (True, "fact-recorded", seen)


def test_another_candidacys_fact_counts_where_it_is_about_the_person() -> None:
    elsewhere = around(**CHILDREN, person_facts=(Fact("degree", "other-degree", day(9)),))
    assert answer("degree", APPLIED, elsewhere) == (
        True,
        "fact-recorded",
        {"fact": "degree", "value": "other-degree", "on": "2026-01-09", "child_and_youth": True},
    )


@pytest.mark.parametrize(
    ("here", "elsewhere", "value"), [(5, 4, "criminal"), (5, 5, "criminal"), (5, 6, "criminal+suspicion")]
)
def test_of_two_facts_the_latest_counts_and_of_one_day_the_candidacys_own(
    here: int, elsewhere: int, value: str
) -> None:
    circumstances = around(person_facts=(Fact("register-check-seen", "criminal+suspicion", day(elsewhere)),))
    candidacy = noted(e.FactRecorded("register-check-seen", "criminal"), on=day(here))
    fact = circumstances.fact(candidacy, "register-check-seen", ON)
    assert fact is not None
    assert fact.value == value


@pytest.mark.parametrize(
    ("taken", "met", "reason"),
    [(9, True, "seat-free"), (10, False, "cohort-full"), (12, False, "cohort-full")],
)
def test_a_seat_is_free_while_others_hold_fewer_than_there_are(taken: int, met: bool, reason: str) -> None:
    found = answer("free-seat", APPLIED, around(seats=10, taken=taken))
    assert found == (met, reason, {"seats": 10, "taken": taken})


@pytest.mark.parametrize("role", ["supervisor", "mentor"])
def test_a_role_asks_for_somebody(role: str) -> None:
    assert answer(role) == (False, "nobody-assigned", {"role": role})
    gone = noted(e.Assigned(role, 7), e.Unassigned(role, 7))
    assert answer(role, gone)[1] == "nobody-assigned"


@pytest.mark.parametrize(("taken", "met", "reason"), [(1, True, "room"), (2, False, "no-room")])
def test_a_supervisor_needs_room_in_the_cohorts_term(taken: int, met: bool, reason: str) -> None:
    circumstances = around(staff={7: Room(("supervisor",), 2, taken)})
    seen = {"role": "supervisor", "staff": "S-7", "capacity": 2, "taken": taken, "term": "HT2026"}
    assert answer("supervisor", noted(e.Assigned("supervisor", 7)), circumstances) == (met, reason, seen)


@pytest.mark.parametrize(
    ("graduates", "parameters", "met", "latest"),
    [
        ("HT2026", {}, True, "HT2027"),
        ("HT2027", {}, True, "HT2027"),
        ("VT2028", {}, False, "HT2027"),
        ("VT2020", {}, True, "HT2027"),
        ("HT2026", {"terms": 0}, True, "HT2026"),
        ("VT2027", {"terms": 0}, False, "HT2026"),
    ],
)
def test_the_last_year_is_counted_in_terms_from_the_move(
    graduates: str, parameters: dict[str, int], met: bool, latest: str
) -> None:
    found = answer("last-year", APPLIED, around(graduates=Term.parse(graduates)), **parameters)
    seen = {"graduates": graduates, "latest": latest}
    assert found == (met, "graduation-near" if met else "graduation-far", seen)


def test_the_last_year_is_not_guessed() -> None:
    assert answer("last-year") == (False, "graduation-unknown", {"latest": "HT2027"})


@pytest.mark.parametrize(
    ("graduates", "degree", "reason"),
    [
        ("VT2027", False, "graduation-near"),
        ("HT2027", False, "graduation-far"),
        (None, False, "graduation-unknown"),
        ("HT2027", True, "fact-recorded"),
        (None, True, "fact-recorded"),
    ],
)
def test_a_degree_or_a_near_graduation_will_do(graduates: str | None, degree: bool, reason: str) -> None:
    candidacy = noted(e.FactRecorded("degree", "socionomexamen")) if degree else APPLIED
    circumstances = around(graduates=Term.parse(graduates) if graduates else None)
    met, found, _ = answer("degree-or-graduation", candidacy, circumstances)
    assert (met, found) == (reason in ("graduation-near", "fact-recorded"), reason)


@pytest.mark.parametrize(
    ("shown_on", "met", "reason"),
    [(19, True, "fact-recorded"), (20, True, "fact-recorded"), (21, False, "degree-later")],
)
def test_a_degree_shown_after_the_start_was_not_there_to_rely_on(
    shown_on: int, met: bool, reason: str
) -> None:
    shown = around(**CHILDREN, person_facts=(Fact("degree", "socionomexamen", ON.replace(day=shown_on)),))
    assert answer("degree", APPLIED, shown)[:2] == (met, reason)


@pytest.mark.parametrize(("guard", "value"), [("degree", "socionomexamen"), ("register-check", "criminal")])
def test_what_is_shown_again_later_does_not_hide_what_was_shown_in_time(guard: str, value: str) -> None:
    name = {"degree": "degree", "register-check": "register-check-seen"}[guard]
    in_time, later = (Fact(name, value, ON.replace(day=number)) for number in (19, 21))
    met, reason, facts = answer(guard, APPLIED, around(**CHILDREN, person_facts=(in_time, later)))
    assert (met, reason, facts["on"]) == (True, "fact-recorded", in_time.on.isoformat())


@pytest.mark.parametrize("guard", ["degree", "register-check"])
def test_where_no_children_are_concerned_it_is_not_asked_for(guard: str) -> None:
    assert answer(guard, APPLIED, around()) == (
        True,
        "not-child-and-youth",
        {"child_and_youth": False},
    )


@pytest.mark.parametrize("guard", ["degree", "register-check"])
@pytest.mark.parametrize(("children", "everywhere"), [(True, False), (False, True), (True, True)])
def test_with_children_or_everywhere_it_is_asked_for(guard: str, children: bool, everywhere: bool) -> None:
    circumstances = around(child_and_youth=children)
    met, reason, facts = answer(guard, APPLIED, circumstances, everywhere=everywhere)
    assert (met, reason, facts["child_and_youth"]) == (False, "fact-missing", children)


@pytest.mark.parametrize(
    ("seen_on", "months", "reason"),
    [
        (date(2026, 5, 20), 6, "fact-recorded"),
        (date(2026, 5, 19), 6, "register-check-old"),
        (date(2026, 10, 19), 1, "register-check-old"),
        (ON, 6, "fact-recorded"),
        (date(2026, 11, 21), 6, "register-check-later"),
    ],
)
def test_a_register_extract_is_recent_and_was_seen_before_the_move(
    seen_on: date, months: int, reason: str
) -> None:
    shown = noted(e.FactRecorded("register-check-seen", "criminal"), on=seen_on)
    met, found, facts = answer("register-check", shown, around(**CHILDREN), max_age_months=months)
    assert (met, found) == (reason == "fact-recorded", reason)
    assert (facts["on"], facts["value"]) == (seen_on.isoformat(), "criminal")


@pytest.mark.parametrize(
    ("value", "since", "reason"),
    [
        ("criminal", "2026-03-01", "register-check-without-suspicion"),
        ("criminal", "2026-11-20", "register-check-without-suspicion"),
        ("criminal", "2026-11-21", "fact-recorded"),
        ("criminal+suspicion", "2026-03-01", "fact-recorded"),
        ("criminal", None, "fact-recorded"),
    ],
)
def test_the_register_of_suspicions_is_asked_for_from_a_day(
    value: str, since: str | None, reason: str
) -> None:
    shown = noted(e.FactRecorded("register-check-seen", value), on=ON)
    assert answer("register-check", shown, around(**CHILDREN), suspicion_from=since)[1] == reason


@pytest.mark.parametrize(
    ("on", "months", "before"),
    [
        ("2026-08-31", 6, "2026-02-28"),
        ("2024-08-31", 6, "2024-02-29"),
        ("2026-01-15", 1, "2025-12-15"),
        ("2025-12-31", 12, "2024-12-31"),
        ("2026-05-31", -1, "2026-06-30"),
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_months_are_counted_by_the_calendar(on: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(on), months) == date.fromisoformat(before)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)), st.integers(-100, 100))
def test_so_many_months_before_is_that_month_and_never_a_later_day(on: date, months: int) -> None:
    before = months_before(on, months)
    assert (on.year - before.year) * 12 + on.month - before.month == months
    assert before.day <= on.day


def test_a_pipeline_file_can_be_told_every_guard_and_its_parameters() -> None:
    told = guard_parameters()
    assert (
        set(told)
        == set(GUARDS)
        == {*RECORDED, "free-seat", "supervisor", "mentor", "last-year", "degree"}
        | {
            "degree-or-graduation",
            "register-check",
        }
    )
    assert told["register-check"] == {"max_age_months": int, "suspicion_from": date, "everywhere": bool}
