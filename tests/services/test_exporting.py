"""The candidates' table: what a row tells, and when it says that there is more."""

from datetime import date, timedelta

import pytest

from socrekry.domain.pipeline import Pipeline
from socrekry.services import moves, noting
from socrekry.services.exported_columns import layout_of
from socrekry.services.exporting import Candidates, Wanted, noted, straight
from socrekry.services.undoing import undo
from tests.builders import HT2026, TODAY, Office, a_pipeline

DAY = date(2026, 3, 1)


def told(office: Office, **wanted: object) -> tuple[list[dict[str, str]], int]:
    """Return every row with what stands in it, and how many do not tell all."""
    table = Candidates(office.store, Wanted(**wanted))  # type: ignore[arg-type]
    rows = [row for page in table.pages() for row in page]
    names = [column.name for column in table.columns]
    return [{n: c for n, c in zip(names, row, strict=True) if c} for row in rows], table.untold


def test_a_row_tells_who_where_and_when(office: Office) -> None:
    office.add("Anna Ek", "selected", on=DAY, email="anna@exempel.se")
    assert told(office) == (
        [
            {"candidate": "C-1", "name": "Anna Ek", "email": "anna@exempel.se", "term": "HT2026"}
            | {"pipeline": "trainee", "lead_on": "2026-03-01", "applied_on": "2026-03-01"}
            | {"selected_on": "2026-03-01", "assessment_on": "2026-03-01"}
        ],
        0,
    )


def test_a_closing_tells_how_why_and_by_whom(office: Office) -> None:
    ref = office.add(on=DAY)
    moves.close(office.by(), [ref], DAY, outcome="declined", reason="Valde Nacka")
    ((row,), _) = told(office)
    assert (row["outcome"], row["closed_on"], row["reason"], row["by"]) == (
        "declined", "2026-03-01", "Valde Nacka", "candidate",
    )  # fmt: skip


def test_what_was_closed_and_taken_up_again_is_not_closed(office: Office) -> None:
    ref = office.add(on=DAY)
    moves.close(office.by(), [ref], DAY, outcome="declined")
    moves.reopen(office.by(), [ref], DAY + timedelta(1))
    ((row,), untold) = told(office)
    assert ("outcome" in row, row["lead_on"], untold) == (False, "2026-03-01", 1)


def test_what_was_undone_is_not_told_but_counted(office: Office) -> None:
    ref = office.add(on=DAY)
    office.move(ref, "applied", DAY)
    undo(office.by(), ref)
    ((row,), untold) = told(office)
    assert ("applied_on" in row, untold) == (False, 1)


def test_a_pause_is_counted(office: Office) -> None:
    ref = office.add(on=DAY)
    moves.pause(office.by(), [ref], DAY, until=TODAY + timedelta(9), reason="studies")
    assert told(office)[1] == 1


def test_a_candidacy_that_never_was_has_no_row(office: Office) -> None:
    undo(office.by(), office.add())
    assert told(office) == ([], 0)


def test_words_about_a_protected_identity_stay(office: Office) -> None:
    ref = office.add(protected=True, note="Ring inte", tags=["kö"])
    noting.record(office.by(), [ref], [noting.NewFact("left", "Flyttade till Åre", TODAY)])
    ((row,), _) = told(office)
    assert {"note", "tags", "name"} & row.keys() == set()
    assert row["left"] == "•••"


def test_two_cohorts_that_look_alike_are_called_by_their_ids(office: Office) -> None:
    unnamed, named = office.add(), office.add(cohort=office.another_cohort(HT2026, name="Våren"))
    rows, _ = told(office)
    assert (unnamed, named, [row.get("cohort") for row in rows]) == ("C-1.1", "C-2.1", ["K-1", "Våren"])


@pytest.mark.parametrize("number", [1, 2, 3, 4_500])
def test_every_candidacy_has_its_row_however_they_are_read(
    office: Office, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socrekry.services.exporting.SPAN", number)
    names = [office.add(f"Nr {n}") for n in range(5)]
    assert [f"{row['candidate']}.1" for row in told(office)[0]] == names


BACK = a_pipeline(back=[("selected", "applied")], beside={"reserve": ("applied", "selected")})


@pytest.mark.parametrize(
    ("visits", "way"),
    [
        ("lead applied selected", "lead applied selected"),
        ("lead applied selected applied", "lead applied"),
        ("lead applied selected applied selected", "lead applied selected"),
        ("lead applied reserve selected", "lead applied reserve selected"),
        ("lead lead", "lead"),
    ],
)
def test_the_way_that_stands_in_the_end_is_told(visits: str, way: str) -> None:
    been = [(1, stage, f"2026-01-{n:02}") for n, stage in enumerate(visits.split(), 1)]
    assert [stage for stage, _ in straight(BACK, been)] == way.split()


def test_several_notes_become_one_of_what_there_is_room_for() -> None:
    assert noted(["a", "", "b"]) == "a\nb"
    assert noted(["a" * 9_000, "b" * 2_000]) == "b" * 2_000


def columns_of(pipeline: Pipeline) -> list[str]:
    """Return the names of a table's columns."""
    return [column.name for column in layout_of([pipeline]).columns]


def test_a_fact_that_is_called_like_a_stage_says_so() -> None:
    names = columns_of(a_pipeline("lead thesis hired"))
    assert (names.count("thesis_on"), "fact:thesis_on" in names, len(names)) == (1, True, len(set(names)))


def test_a_stage_that_is_called_like_another_column_has_none() -> None:
    assert "closed" not in layout_of([a_pipeline("lead closed hired")]).stages
