"""Voices in a report and on a page: what was said most, how it has changed, and nothing that is withheld."""

from collections.abc import Iterator
from datetime import date

import pytest

from socrekry import locale
from socrekry.domain.term import parse_range
from socrekry.domain.themes import THEMES, theme_called
from socrekry.render.output import document
from socrekry.render.parts import Line
from socrekry.render.voices import change_in_words, lines, texts_page, voices_page
from socrekry.render.voices import document as voices_document
from socrekry.reports.voices import Cell, Voiced, Voices, Words

TERMS = parse_range("HT2025")
TERM = TERMS.first


def heard(kind: str, theme: str, number: int | None, before: int | None = None) -> Voiced:
    """Return a theme that was heard at one university."""
    parts = None if number is None else (("sh", number),)
    by_term = None if number is None else ((TERM, number),)
    return Voiced(
        kind, theme_called(THEMES, theme), number, before, parts, by_term, (Cell(TERM, "sh", number),)
    )


def voices(*found: Voiced, public: bool = False) -> Voices:
    """Return what was heard in HT2025."""
    compared = any(each.before is not None for each in found)
    return Voices(TERMS, parse_range("VT2025"), date(2026, 11, 20), compared, public, found)


FOUND = voices(
    heard("wish", "supervision", 9, 6),
    heard("wish", "introduction", 7, 0),
    heard("concern", "workload", 11, 13),
    heard("concern", "threats", 6, 6),
    heard("concern", "pay", 0, 4),
)


@pytest.fixture
def _a_reader_of_swedish() -> Iterator[None]:
    locale.use("sv")
    yield
    locale.use("en")


def told(found: Voices, columns: int = 110) -> list[str]:
    """Return the lines of a report."""
    return [part.text for part in lines(found, columns) if isinstance(part, Line)]


@pytest.mark.usefixtures("_a_reader_of_swedish")
def test_where_no_university_is_known_is_said_in_the_readers_language() -> None:
    nowhere = heard("wish", "pay", 9)._replace(by_university=((None, 9),))
    assert "okänt 9" in document(voices_page(voices(nowhere), "university"), "table")


def test_a_report_says_the_most_frequent_on_one_line() -> None:
    (line,) = told(FOUND)
    wishes, concerns = line.split(" · ")
    assert wishes == "Wishes: supervision 9 (+3), introduction 7 (new)"
    assert concerns == "Concerns: workload 11 (−2), threats and violence 6 (±0)"


def test_on_a_narrow_screen_each_kind_has_its_own_lines() -> None:
    assert told(FOUND, 40) == [
        "Wishes: supervision 9 (+3), introduction",
        "7 (new)",
        "Concerns: workload 11 (−2), threats and",
        "violence 6 (±0)",
    ]


def test_where_nothing_was_heard_a_report_says_nothing() -> None:
    assert told(voices()) == []


def test_a_report_names_four_themes_of_a_kind_and_how_many_more() -> None:
    every = [heard("praise", theme.code, 9) for theme in THEMES[:6]]
    assert told(voices(*every))[0].endswith("threats and violence 9, 2 themes more")


@pytest.mark.parametrize(
    ("number", "before", "words"),
    [(9, 6, "+3"), (6, 9, "−3"), (6, 6, "±0"), (6, 0, "new"), (6, None, ""), (None, 6, ""), (0, 6, "−6")],
)
def test_a_change_is_said_in_a_word(number: int | None, before: int | None, words: str) -> None:
    assert change_in_words(heard("wish", "pay", number, before)) == words


def test_what_is_withheld_is_marked_and_null() -> None:
    found = voices(heard("wish", "pay", None), heard("wish", "hours", 5), public=True)
    assert told(found) == ["Wishes: pay .., working hours 5"]
    assert document(voices_page(found), "table").splitlines()[0].endswith("Public")
    first, second = voices_document(found)["voices"]
    assert (first["count"], first["suppressed"], first["by_university"]) == (None, True, None)
    assert (second["count"], second["suppressed"], second["by_university"]) == (5, False, {"sh": 5})


def test_a_page_shows_a_kind_once_and_what_was_said_before() -> None:
    assert document(voices_page(FOUND, "university"), "table").splitlines()[1:4] == [
        "         Theme                 Number  Since VT2025  By university",
        "Wish     supervision                9            +3  sh 9",
        "         introduction               7           new  sh 7",
    ]


def test_a_page_says_that_there_is_nothing_to_compare_with() -> None:
    page = document(voices_page(voices(heard("wish", "pay", 1))), "table")
    assert page.splitlines()[-1] == "There is nothing earlier to compare with."
    assert "Since" not in page


def test_a_spreadsheet_has_a_row_for_each_term_and_university() -> None:
    assert document(voices_page(FOUND), "csv").splitlines()[:2] == [
        "kind,theme,title,term,university,count",
        "wish,supervision,supervision,HT2025,sh,9",
    ]


def test_a_university_that_nobody_knows_has_a_word() -> None:
    unknown = heard("wish", "pay", 1)._replace(by_university=((None, 1),))
    assert "unknown 1" in document(voices_page(voices(unknown), "university"), "table")
    assert voices_document(voices(unknown))["voices"][0]["by_university"] == {"unknown": 1}


@pytest.mark.usefixtures("_a_reader_of_swedish")
def test_a_swede_reads_the_themes_in_swedish() -> None:
    assert voices_document(FOUND)["voices"][0]["title"] == "handledning"


def test_words_are_shown_with_day_source_and_id() -> None:
    said = Words(
        "V-1", "wish", THEMES[0], 2, "Egen\x1b[31m chef", date(2025, 9, 15), "A-1", "Klassbesök", TERM,
        "sh",
    )  # fmt: skip
    last = document(texts_page([said], TERMS), "table").splitlines()[-1]
    assert last.startswith("V-1  2025-09-15  wish ")
    assert last.endswith("A-1 Klassbesök  Egen chef")
