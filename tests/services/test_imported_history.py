"""Dates become the events that they tell of: their order is checked, limits hold, guards are not asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socrekry.services.checking import check
from socrekry.services.staffing import add_staff
from socrekry.store.connect import Store
from tests.services.imports import bad, candidacy, imported, stays
from tests.services.programme import a_cohort, a_store, by, held, take_back

PATH = ("lead", "applied", "selected", "placement", "trainee", "offer", "hired", "started")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a furnished store with a cohort of two trainees in VT2027."""
    with a_store(tmp_path) as made:
        a_cohort(made, seats=2)
        yield made


class TestHistory:
    """A date for each stage tells the way there; its order is checked and its guards are not."""

    def test_the_stages_are_entered_on_their_days(self, store: Store) -> None:
        imported(store, "name,lead_on,applied_on,selected_on\nEva,2026-02-01,2026-03-01,2026-03-01\n")
        told = [("lead", "2026-02-01"), ("applied", "2026-03-01"), ("selected", "2026-03-01")]
        assert stays(store, "C-1") == told

    def test_the_first_stage_begins_with_the_earliest_day(self, store: Store) -> None:
        imported(store, "name,reserve_on,applied_on\nEva,2026-04-01,2026-03-01\n")
        told = [("lead", "2026-03-01"), ("applied", "2026-03-01"), ("reserve", "2026-04-01")]
        assert stays(store, "C-1") == told

    def test_every_event_of_it_is_marked_as_imported(self, store: Store) -> None:
        imported(store, "name,applied_on,outcome,closed_on\nEva,2026-03-01,withdrawn,2026-04-01\n")
        events = [entry.event for entry in candidacy(store, "C-1").entries]
        assert [each.imported for each in events] == [True, True, True]  # type: ignore[union-attr]

    def test_a_closing_keeps_its_outcome_party_and_reason(self, store: Store) -> None:
        imported(
            store,
            "name,applied_on,outcome,closed_on,reason\nEva,2026-03-01,tackade nej,2026-04-01,annan kommun\n",
        )
        stay = candidacy(store, "C-1").stays[-1]
        assert (stay.outcome, stay.by, str(stay.left_on)) == ("declined", "candidate", "2026-04-01")
        assert "annan kommun" in repr(held(store)["remark"])

    def test_whoever_is_closed_without_another_day_began_on_that_day(self, store: Store) -> None:
        imported(store, "name,outcome,closed_on\nEva,no-reply,2026-04-01\n")
        assert stays(store, "C-1") == [("lead", "2026-04-01")]

    def test_facts_come_along(self, store: Store) -> None:
        header = "name,applied_on,selected_on,assessment_on,degree,degree_on"
        imported(store, f"{header}\nEva,2026-03-01,2026-04-01,2026-03-20,socionomexamen,2026-06-01\n")
        told = {(fact.name, fact.value, str(fact.on)) for fact in candidacy(store, "C-1").facts}
        assert told == {("assessment", "yes", "2026-03-20"), ("degree", "socionomexamen", "2026-06-01")}

    def test_a_supervisor_is_assigned_from_the_first_stage_that_needs_one(self, store: Store) -> None:
        add_staff(by(store), "Olle Öst", ["supervisor"])
        header = "name,applied_on,selected_on,placement_on,supervisor"
        imported(store, f"{header}\nEva,2026-03-01,2026-04-01,2026-05-01,olle\n")
        (assigned,) = candidacy(store, "C-1").assignments
        assert (assigned.staff, str(assigned.from_on)) == (1, "2026-04-01")

    @pytest.mark.parametrize(
        ("cells", "defect"),
        [
            ("2026-03-01,2026-02-01,,,", ("applied_on", "history-order")),
            ("2026-03-01,,2026-04-01,,", ("selected_on", "history-gap")),
            ("2026-03-01,2026-11-21,,,", ("applied_on", "date-in-future")),
            ("2026-03-01,2026-04-01,,declined,2026-03-31", ("closed_on", "history-order")),
            ("2026-03-01,,,declined,2026-11-21", ("closed_on", "date-in-future")),
            ("2026-03-01,,,declined,", ("closed_on", "value-missing-beside")),
            ("2026-03-01,,,,2026-04-01", ("outcome", "value-missing-beside")),
        ],
    )
    def test_what_cannot_have_happened_is_told_by_its_column(
        self, store: Store, cells: str, defect: tuple[str, str]
    ) -> None:
        answer = imported(store, f"name,lead_on,applied_on,selected_on,outcome,closed_on\nEva,{cells}\n")
        assert bad(answer) == [(2, *defect)]

    def test_a_candidacy_that_is_won_cannot_be_closed(self, store: Store) -> None:
        header = "name," + ",".join(f"{stage}_on" for stage in PATH) + ",outcome,closed_on"
        days = ",".join(["2026-03-01"] * len(PATH))
        assert bad(imported(store, f"{header}\nEva,{days},declined,2026-04-01\n")) == [
            (2, "outcome", "history-ended")
        ]

    def test_a_stage_of_another_pipeline_is_told(self, store: Store) -> None:
        answer = imported(store, "name,interview_on\nEva,2026-03-01\n")
        assert bad(answer) == [(2, "interview_on", "stage-not-found")]

    def test_two_columns_for_one_stage_are_told(self, store: Store) -> None:
        answer = imported(store, "name,lead_on,Kontakt_den\nEva,2026-03-01,2026-03-01\n")
        assert bad(answer) == [(2, "Kontakt_den", "stage-twice")]

    @given(
        steps=st.lists(st.integers(0, 40), min_size=1, max_size=len(PATH)),
        ends=st.none() | st.integers(0, 40),
    )
    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    def test_whatever_may_have_happened_is_told_by_the_log(
        self, store: Store, steps: list[int], ends: int | None
    ) -> None:
        days = [date(2025, 8, 1) + timedelta(days=sum(steps[: n + 1])) for n in range(len(steps))]
        end = days[-1] + timedelta(days=ends) if ends is not None and len(steps) < len(PATH) else None
        cells = {f"{stage}_on": str(day) for stage, day in zip(PATH, days, strict=False)}
        cells |= {"outcome": "withdrawn", "closed_on": str(end)} if end else {}
        answer = imported(store, f"name,{','.join(cells)}\nEva,{','.join(cells.values())}\n")
        taken = answer.imported[0].candidacy
        assert stays(store, taken) == [(stage, str(day)) for stage, day in zip(PATH, days, strict=False)]
        assert not check(store).defects
        take_back(store)


class TestLimits:
    """Seats and room hold, whichever way a candidate comes."""

    def test_whoever_finds_no_seat_is_a_bad_row(self, store: Store) -> None:
        rows = "".join(f"Nr {n},2026-03-01,2026-04-01\n" for n in range(3))
        answer = imported(store, f"name,applied_on,selected_on\n{rows}", keep_good=True)
        assert bad(answer) == [(4, "selected_on", "cohort-full")]
        assert len(answer.imported) == 2

    def test_whoever_left_her_seat_long_ago_needs_none(self, store: Store) -> None:
        seated = "Nr 1,2026-03-01,2026-04-01,,\nNr 2,2026-03-01,2026-04-01,,\n"
        gone = "Nr 3,2026-03-01,2026-04-01,discontinued,2026-05-01\n"
        answer = imported(store, f"name,applied_on,selected_on,outcome,closed_on\n{seated}{gone}")
        assert [each.state for each in answer.imported] == ["open", "open", "lost"]

    def test_a_supervisor_without_room_is_told_by_her_column(self, store: Store) -> None:
        add_staff(by(store), "Olle Öst", ["supervisor"], capacity=1)
        rows = "".join(f"Nr {n},2026-03-01,2026-04-01,S-1\n" for n in range(2))
        answer = imported(store, f"name,applied_on,selected_on,Handledare\n{rows}")
        assert bad(answer) == [(3, "Handledare", "no-room")]

    def test_a_mentor_is_no_supervisor(self, store: Store) -> None:
        add_staff(by(store), "Olle Öst", ["mentor"])
        answer = imported(store, "name,supervisor\nEva,Olle\n")
        assert bad(answer) == [(2, "supervisor", "wrong-role")]
