"""A workbook as people keep it becomes rows of text, or an error that says what is wrong with it."""

from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from tests.exchange.workbooks import HEADER, a_document, a_workbook, one_sheet, rows_in, said, table_in

OLD = Path(__file__).parent / "workbooks-of-old"


class _Pipe(BytesIO):
    """A stream that cannot be gone back in."""

    def seekable(self) -> bool:
        return False

    def seek(self, *where: int) -> int:
        raise OSError


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" Åsa ", "Åsa"),
        (date(2025, 9, 1), "2025-09-01"),
        (datetime.fromisoformat("2025-09-01 13:30"), "2025-09-01 13:30:00"),
        (45901, "45901"),
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        (True, "true"),
        (time(8, 15), "08:15:00"),
        ("0701", "0701"),
    ],
)
def test_a_value_is_the_text_that_a_person_would_type(value: Any, text: str) -> None:
    content = a_workbook(("Blad1", [("x",), (value,)]))
    assert [row.cells for row in rows_in(content)] == [(text,)]


def test_a_row_has_the_number_that_it_has_in_its_sheet() -> None:
    rows = rows_in(a_workbook(("Blad1", [("Kandidater",), (), HEADER, (), ("Eva", "e@x.se", None), ()])))
    assert [(row.line, row.cells) for row in rows] == [(5, ("Eva", "e@x.se", ""))]


def test_a_cell_merged_over_rows_says_the_same_for_each() -> None:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

    content = BytesIO()
    with Workbook(content) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([("Lärosäte", "Namn"), ("", "Eva"), ("", "Bo"), ("", "Cia")]):
            sheet.write_row(number, 0, row)
        sheet.merge_range(1, 0, 2, 0, "sh")
    assert [row.cells for row in rows_in(content.getvalue())] == [("sh", "Eva"), ("sh", "Bo"), ("", "Cia")]


def test_an_open_document_is_read_as_well() -> None:
    rows = rows_in(a_document(said("Namn", "E-post"), said("Åsa", "asa@example.se")))
    assert [row.cells for row in rows] == [("Åsa", "asa@example.se")]


def test_a_workbook_of_old_excel_is_read_as_well() -> None:
    rows = rows_in((OLD / "candidates.xls").read_bytes())
    assert rows[0].cells == ("Åsa Öst", "asa@example.se", "2026-03-01", "701234567")


def test_a_workbook_may_come_through_a_pipe() -> None:
    from socrekry.exchange.tables import Table

    table = Table("stdin", _Pipe(one_sheet(("Eva", "e@x.se"))))
    assert [row.cells for row in table.rows()] == [("Eva", "e@x.se", "")]


def test_a_sheet_is_named_without_minding_capitals() -> None:
    content = a_workbook(("VT2025", [HEADER, ("Eva",)]), ("HT2025", [HEADER, ("Bo",)]))
    assert [row.cells[0] for row in rows_in(content, sheet="ht2025 ")] == ["Bo"]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(InvalidInput) as refused:
        table_in(a_workbook(("VT2025", [HEADER]), ("Listor", [("x",)]), hidden="Listor"), sheet="HT")
    assert (refused.value.code, refused.value.details["sheets"]) == ("sheet-unknown", ["VT2025", "Listor"])


def test_a_hidden_sheet_is_read_only_if_it_is_asked_for() -> None:
    content = a_workbook(("VT2025", [HEADER, ("Eva",)]), ("Dold", [HEADER, ("Bo",)]), hidden="Dold")
    assert [row.cells[0] for row in rows_in(content)] == ["Eva"]
    assert [row.cells[0] for row in rows_in(content, sheet="Dold")] == ["Bo"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (one_sheet(("Eva",))[:2000], "workbook-broken"),
        (b"PK\x03\x04 and nothing more", "workbook-broken"),
        ((OLD / "candidates.xls").read_bytes()[:1500], "workbook-broken"),
        ((OLD / "locked.xlsx").read_bytes(), "workbook-locked"),
        (a_workbook(("Blad1", [])), "file-empty"),
        (b"\x89PNG\r\n\x1a\n and a picture", "file-other-kind"),
        (b"<html><table><tr><td>Namn", "file-other-kind"),
    ],
)
def test_what_is_no_workbook_is_told_for_what_it_is(content: bytes, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        table_in(content)
    assert refused.value.code == code


def test_an_old_workbook_cut_off_anywhere_is_told_as_broken_and_by_nobody_else(
    capfd: pytest.CaptureFixture[str],
) -> None:
    whole, codes = (OLD / "candidates.xls").read_bytes(), set()
    for length in range(512, len(whole) - 512, 97):
        with pytest.raises(InvalidInput) as refused:
            rows_in(whole[:length])
        codes.add(refused.value.code)
    assert (codes, capfd.readouterr().err) == ({"workbook-broken"}, "")
