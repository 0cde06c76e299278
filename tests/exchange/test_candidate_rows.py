"""Every cell is read into what it means, and every one that cannot be is named with its column."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.term import Term
from socrekry.services.noting import NewFact
from tests.exchange.files import row, rows, told

HT2026 = Term(2026, 2)


def test_a_row_holds_what_its_cells_say() -> None:
    read = row(
        "namn;e-post;telefon;lärosäte;examen;källa;taggar;anteckning",
        "  Åsa   Öst ;ASA@Example.se;08-1;sh;HT26;klassbesök;a b;Hej",
    )
    assert read.details == ("Åsa Öst", "ASA@example.se", "08-1", "sh", HT2026)
    assert (read.channel, read.tags, read.note, read.defects) == ("visit", ("a", "b"), "Hej", ())


@given(st.dates())
def test_a_day_is_read_as_it_is_written_by_people_and_by_spreadsheets(day: date) -> None:
    read = rows(f"name,applied_on\nEva,{day}\nBo,{day} 00:00:00\nCia,{day}T00:00:00\n")
    assert [each.stages[0].on for each in read] == [day] * 3


@pytest.mark.parametrize(
    "typed", ["2025-13-01", "1/9 2025", "20250901", "2025-09-01 12:30", "2025-W01-1", "45901", "i maj"]
)
def test_what_is_no_day_is_named(typed: str) -> None:
    (defect,) = row("name,Ansökan_den", f"Eva,{typed}").defects
    assert (defect.column, defect.value, defect.code) == ("Ansökan_den", typed, "date-invalid")


def test_tags_are_parted_by_bars_where_there_are_any() -> None:
    assert row("name,tags", "Eva,talar finska | kommer igen").tags == ("talar finska", "kommer igen")


@pytest.mark.parametrize(
    ("typed", "code"),
    [("withdrawn", "withdrawn"), ("Tog tillbaka ansökan", "withdrawn"), ("ej  behörig", "not-eligible")],
)
def test_an_outcome_is_read_in_english_and_swedish(typed: str, code: str) -> None:
    assert row("name,outcome,closed_on", f"Eva,{typed},2025-05-01").outcome == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Annons", "ad"), ("a-3", "A-3"), ("VFU", "placement"), ("Klassbesök i Sveg", "Klassbesök i Sveg")],
)
def test_a_source_is_a_channel_in_either_language_or_an_activity(typed: str, meant: str) -> None:
    assert row("name,källa", f"Eva,{typed}").channel == meant


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("email", "eva@", "email-invalid"),
        ("graduates", "snart", "term-invalid"),
        ("term", "HT", "term-invalid"),
        ("outcome", "borta", "outcome-invalid"),
        ("by", "grannen", "party-invalid"),
        ("protected", "kanske", "yes-or-no"),
        ("phone", "0" * 41, "text-too-long"),
        ("tags", "x" * 61, "text-too-long"),
        ("closed_on", "igår", "date-invalid"),
        ("assessment_on", "igår", "date-invalid"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(field: str, value: str, code: str) -> None:
    assert told(row(f"name,{field}", f"Eva,{value}").defects)[0] == (2, field, code)


def test_a_name_that_is_too_long_is_named() -> None:
    assert told(row("Namn,email", f"{'x' * 201},e@x.se").defects) == [(2, "Namn", "text-too-long")]


def test_a_missing_name_is_named_by_its_column() -> None:
    assert told(row("Namn,email", ",eva@example.se").defects) == [(2, "Namn", "value-missing")]


def test_all_that_is_wrong_with_a_row_is_told_at_once() -> None:
    read = row("name,email,graduates,lead_on,applied_on", "Eva,eva,nej,2025-01-01,x")
    assert told(read.defects) == [
        (2, "email", "email-invalid"),
        (2, "graduates", "term-invalid"),
        (2, "applied_on", "date-invalid"),
    ]
    assert [stage.stage for stage in read.stages] == ["lead"]


@pytest.mark.parametrize(("cells", "code"), [("Eva", "row-short"), ("Eva,e@x.se,3", "row-long")])
def test_a_row_of_another_length_is_told_with_both_lengths(cells: str, code: str) -> None:
    (defect,) = row("name,email", cells).defects
    assert (defect.code, defect.details) == (code, {"found": cells.count(",") + 1, "expected": 2})


def test_empty_cells_beyond_the_last_column_do_no_harm() -> None:
    assert row("name,email", "Eva,e@x.se,,").defects == ()


def test_a_column_without_a_name_must_be_empty() -> None:
    (empty, filled) = rows("name,,email\nEva,,e@x.se\nBo,?,b@x.se\n")
    assert (told(empty.defects), told(filled.defects)) == ([], [(3, None, "column-nameless")])


class TestFacts:
    """A fact has a day, and a value where it says more than that it is so."""

    def test_a_fact_is_read_with_its_day_and_value(self) -> None:
        read = row("name,degree,degree_on,assessment_on", "Eva,annan examen,2025-01-02,2025-01-03")
        assert read.facts == (
            NewFact("degree", "other-degree", date(2025, 1, 2)),
            NewFact("assessment", None, date(2025, 1, 3)),
        )

    @pytest.mark.parametrize(
        ("header", "cells", "defect"),
        [
            ("degree,degree_on", "guld,2025-01-01", ("degree", "fact-value-invalid")),
            ("degree,degree_on", ",2025-01-01", ("degree", "value-missing")),
            ("degree", "socionomexamen", ("fact:degree_on", "value-missing")),
            ("left_on", "2025-01-01", ("fact:left", "value-missing")),
        ],
    )
    def test_half_a_fact_is_named(self, header: str, cells: str, defect: tuple[str, str]) -> None:
        assert told(row(f"name,{header}", f"Eva,{cells}").defects) == [(2, *defect)]


class TestProtectedIdentity:
    """Nothing personal is taken, and nothing at all is repeated."""

    def test_personal_cells_are_refused(self) -> None:
        read = row("name,email,protected", "Hemlig Ek,h@x.se,ja")
        assert [each.column for each in read.defects] == ["name", "email"]
        assert {each.code for each in read.defects} == {"protected-has-no-details"}

    @pytest.mark.parametrize("flag", ["ja", "kanske", "Hemlig Ek"])
    def test_no_defect_repeats_what_stands_there(self, flag: str) -> None:
        read = row("name,protected,applied_on,outcome", f"Hemlig Ek,{flag},Hemlig Ek,Hemlig Ek")
        assert len(read.defects) >= 3
        assert "Hemlig" not in repr(read.defects)

    def test_a_row_without_personal_cells_is_taken(self) -> None:
        read = row("name,protected,graduates", ",x,HT2026")
        assert (read.protected, read.defects, read.details.graduates) == (True, (), HT2026)
