"""A workbook is refused for what it would unfold to, before it does; its errors are found by their place."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.workbook_parts import examined
from tests.exchange.workbooks import a_workbook, one_sheet, rewritten, rows_in, table_in, with_cells

SHEET, SECOND, TEXTS = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def a_bomb(megabytes: int) -> bytes:
    """Return a workbook whose sheet unfolds to so much of nothing."""
    begin = f"<worksheet {MAIN}><sheetData>".encode()
    return rewritten(one_sheet(), {SHEET: begin + b" " * (megabytes << 20) + b"</sheetData></worksheet>"})


def a_liar() -> bytes:
    """Return a bomb that states a small size of itself."""
    content = bytearray(a_bomb(40))
    with ZipFile(BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size.to_bytes(4, "little")
    return bytes(content.replace(size, (1000).to_bytes(4, "little")))


def a_long_text_in_many_cells() -> bytes:
    """Return a workbook with one long text that ten thousand cells share."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_001))
    texts = f"<sst {MAIN}><si><t>{'x' * 30_000}</t></si></sst>"
    return rewritten(with_cells(cells), {TEXTS: texts.encode()})


@pytest.mark.parametrize(
    "content",
    [
        a_bomb(40),
        a_liar(),
        with_cells(
            '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        ),
        a_long_text_in_many_cells(),
    ],
    ids=["nothing at all", "a lie about its size", "two corners", "one text everywhere"],
)
def test_what_would_fill_the_memory_is_refused_before_it_does(content: bytes) -> None:
    tracemalloc.start()
    with pytest.raises(InvalidInput) as refused:
        table_in(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (refused.value.code, peak < 50_000_000) == ("workbook-too-large", True)


def test_many_large_sheets_count_together() -> None:
    corners = '<row r="1"><c r="A1"><v>1</v></c></row><row r="100000"><c r="CV100000"><v>1</v></c></row>'
    one = with_cells(corners)
    with ZipFile(BytesIO(one)) as archive:
        sheet = archive.read(SHEET)
    two = rewritten(a_workbook(("A", [("x",)]), ("B", [("x",)])), {SHEET: sheet, SECOND: sheet})
    assert examined(BytesIO(one), "some.xlsx") == {"Blad1": {}}
    with pytest.raises(InvalidInput, match="workbook-too-large"):
        table_in(two)


def test_an_archive_that_is_no_workbook_is_told_as_what_it_is() -> None:
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(InvalidInput) as refused:
        table_in(content.getvalue())
    assert (refused.value.code, refused.value.details["kind"]) == ("file-other-kind", "ZIP")


def test_an_archive_with_a_password_is_told_as_locked() -> None:
    content = bytearray(one_sheet(("Eva",)))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    with pytest.raises(InvalidInput) as refused:
        table_in(bytes(content))
    assert refused.value.code == "workbook-locked"


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ('<c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', ((1, "cell-error"),)),
        ('<c r="B2" t="e"><v>#N/A</v></c>', ((1, "cell-error"),)),
        ('<c r="B2"><f>A1+1</f></c>', ((1, "formula-without-value"),)),
        ('<c r="B2"><f>A1+1</f><v></v></c>', ((1, "formula-without-value"),)),
        ('<c r="B2"><f>A1+1</f><v>2</v></c>', ()),
        ('<c r="B2" t="str"><f>A1</f><v></v></c>', ()),
        ('<c r="A2"/><c r="B2" s="0"/>', ()),
    ],
)
def test_a_formula_counts_by_its_value_and_is_a_fault_without_one(cell: str, fault: object) -> None:
    header = '<row r="1"><c r="A1" t="str"><v>Namn</v></c><c r="B1" t="str"><v>Tel</v></c></row>'
    rows = rows_in(with_cells(f'{header}<row r="2"><c r="C2" t="str"><v>x</v></c>{cell}</row>'))
    assert [(row.line, row.faults) for row in rows] == [(2, fault)]


def test_a_fault_is_found_far_down_a_large_sheet() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30_001))
    last = '<row r="30001"><c r="A30001" t="e"><v>#REF!</v></c></row>'
    assert rows_in(with_cells(cells + last))[-1].faults == ((0, "cell-error"),)
