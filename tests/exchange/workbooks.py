"""A workbook in one line of a test: made by a library, or by hand where none would make it so."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]

from socrekry.exchange.tables import Table, TableRow

HEADER = ("Namn", "E-post", "Ansökan den")


def a_workbook(*sheets: tuple[str, Iterable[Iterable[Any]]], hidden: str = "") -> bytes:
    """Return an ``.xlsx`` with these sheets, each a name and its rows."""
    content = BytesIO()
    with Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date | datetime):
                        sheet.write_datetime(number, place, value)
                    elif value is not None:
                        sheet.write(number, place, value)
            if name == hidden:
                sheet.hide()
    return content.getvalue()


def one_sheet(*rows: Iterable[Any]) -> bytes:
    """Return an ``.xlsx`` with these rows below a header."""
    return a_workbook(("Blad1", [HEADER, *rows]))


def rewritten(workbook: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a workbook with some of its parts replaced."""
    content = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return content.getvalue()


def with_cells(cells: str) -> bytes:
    """Return an ``.xlsx`` whose only sheet has these cells, as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    return rewritten(one_sheet(), {"xl/worksheets/sheet1.xml": sheet.encode()})


def a_document(*rows: str) -> bytes:
    """Return an ``.ods`` with these rows, as XML."""
    spaces = "".join(
        f' xmlns:{short}="urn:{long}"'
        for short, long in {
            "office": "oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "oasis:names:tc:opendocument:xmlns:table:1.0",
            "text": "oasis:names:tc:opendocument:xmlns:text:1.0",
            "calcext": "org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
        }.items()
    )
    sheet = f'<table:table table:name="Blad1">{"".join(rows)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f"<office:document-content{spaces}>{body}</office:document-content>")
        archive.writestr("META-INF/manifest.xml", manifest)
    return content.getvalue()


def said(*texts: str, rows: int = 1) -> str:
    """Return a row of an ``.ods`` with these texts, standing there so many times."""
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def table_in(content: bytes, **said: Any) -> Table:
    """Return the table that a file of that content holds."""
    return Table("some.xlsx", BytesIO(content), **said)


def rows_in(content: bytes, **said: Any) -> list[TableRow]:
    """Return its rows below the header."""
    return list(table_in(content, **said).rows())
