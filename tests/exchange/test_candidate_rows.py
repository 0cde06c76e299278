"""Every cell is read into what it means, and every one that cannot be is named with its column."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.exchange.candidate_values import READERS, read_email
from socrekry.services.noting import NewFact
from socrekry.services.persons import valid_email
from socrekry.store.schema import CandidateFields
from tests.exchange.files import row, rows, told

HT2026 = Term(2026, 2)


def test_a_row_holds_what_its_cells_say() -> None:
    read = row(
        "namn;e-post;telefon;lärosäte;examen;källa;taggar;anteckning",
        "  Åsa   Öst ;ASA@Example.se;08-1;sh;HT26;klassbesök;a b;Hej",
    )
    assert read.details == ("Åsa Öst", "ASA@example.se", "08-1", "sh", HT2026)
    assert (read.channel, read.tags, read.note, read.defects) == ("visit", ("a", "b"), "Hej", ())


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


@pytest.mark.parametrize("name", ["Summa", "totalt:", "ANTAL"])
def test_a_sum_below_the_table_is_nobody(name: str) -> None:
    assert told(row("Namn,phone", f"{name},24").defects) == [(2, "Namn", "row-is-a-sum")]


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


signs = st.characters(exclude_categories=("Cs", "Cc", "Z"))


def is_read(field: str, text: str) -> bool:
    """Tell whether an import takes a cell."""
    try:
        READERS[field](text)
    except InvalidInput:
        return False
    return True


def is_kept(field: str, text: str) -> bool:
    """Tell whether the store takes a value, as its schema says."""
    try:
        CandidateFields.model_validate({field: text})
    except ValidationError:
        return False
    return True


@given(st.sampled_from(("name", "phone")), st.integers(1, 210), signs)
@example("name", 200, "å")
@example("name", 201, "å")
@example("phone", 40, "1")
@example("phone", 41, "1")
def test_a_cell_is_as_long_as_the_store_allows(field: str, length: int, sign: str) -> None:
    assert is_read(field, sign * length) == is_kept(field, sign * length)


def normal(text: str) -> str | None:
    """Return an address as every command writes it, or None where it is none."""
    try:
        return valid_email(text)
    except InvalidInput:
        return None


locals_ = st.text("aZ9_+-.'ö\"", min_size=0, max_size=70) | st.sampled_from(("a" * 64, "a" * 65))
domains = st.sampled_from(
    (
        "example.se",
        "EXAMPLE.se",
        "x.local",
        "a.test",
        "örebro.se",
        "xn--rebro-kva.se",
        "a..se",
        "se",
        "-a.se",
        "",
    )
) | st.text("ab-.", min_size=1, max_size=20).map(lambda text: f"{text}.se")


@given(locals_, domains)
@example("a" * 64, f"{'b' * 61}.{'c' * 61}.{'d' * 60}.se")
def test_an_address_is_read_as_every_command_reads_it(local: str, domain: str) -> None:
    text, read = f"{local}@{domain}", None
    if normal(text) is not None:
        read = read_email(text)
    else:
        with pytest.raises(InvalidInput):
            read_email(text)
    assert read == normal(text)


def test_a_row_may_say_whose_it_is() -> None:
    assert row("name,candidate", "Eva,C-1").candidate == "C-1"
