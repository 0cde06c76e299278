"""A workbook of LibreOffice is read within bounds, and its errors are found by their place."""

import pytest

from socrekry.domain.errors import InvalidInput
from tests.exchange.workbooks import a_document, rows_in, said, table_in

ERROR = (
    'table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"'
)


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (f"<table:table-cell {ERROR}><text:p>#N/A</text:p></table:table-cell>", "cell-error"),
        ('<table:table-cell table:formula="of:=1+1"/>', "formula-without-value"),
    ],
)
def test_a_fault_is_found_behind_repeated_rows_and_cells(cell: str, code: str) -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    above = '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
    rows = rows_in(
        a_document(said("Namn", "A", "B", "C"), above, said("Eva", "1", "2", "3"), row(empty, cell))
    )
    assert [(each.line, each.faults) for each in rows] == [(5, ()), (6, ((2, code),))]


@pytest.mark.parametrize(
    "rows",
    [
        [said("Namn"), said("x", "y", rows=9_000_000)],
        [said("Namn"), said("x" * 50_000, rows=10_000)],
        [said("Namn"), '<table:table-row table:number-rows-repeated="20000000"/>', said("Eva")],
    ],
    ids=["many rows", "a long text often", "a gap"],
)
def test_what_is_repeated_without_end_is_refused(rows: list[str]) -> None:
    with pytest.raises(InvalidInput) as refused:
        table_in(a_document(*rows))
    assert refused.value.code == "workbook-too-large"


def test_empty_rows_and_columns_to_the_end_of_the_sheet_are_none() -> None:
    cells = "<table:table-cell office:value-type='string'><text:p>Eva</text:p></table:table-cell>"
    wide = row(cells, '<table:table-cell table:number-columns-repeated="16383"/>')
    tail = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    assert [each.cells for each in rows_in(a_document(said("Namn"), wide, tail))] == [("Eva",)]


def test_a_document_that_ends_too_soon_is_told_as_broken() -> None:
    with pytest.raises(InvalidInput) as refused:
        table_in(a_document("<table:table-row>"))
    assert refused.value.code == "workbook-broken"
