"""Write a template as a workbook that helps whoever fills it in, or as the first line of a CSV file.

In the workbook days can only be days, words are offered where they are known, and a telephone number keeps
its first zero. Rule: nothing stands below the headings, so that no example is imported as a candidate.
"""

import csv
import os
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.template import DAY, Heading
from socrekry.files import whole_file
from socrekry.locale import N_, _, language

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

FORMATS = ("xlsx", "csv")
ROWS = 5_000  # so many rows offer words and mind days
_CANDIDATES, _HELP, _WORDS = N_("Candidates"), N_("Help"), N_("Words")
_WIDEST, _NARROWEST = 32, 12
_LONGEST_HINT = 250  # Excel shows no longer one


def format_of(path: str) -> str:
    """Return the format that a file's name asks for; InvalidInput ``template-format-unknown``."""
    ending = os.path.splitext(path)[1].removeprefix(".").casefold()
    if ending not in FORMATS:
        raise InvalidInput("template-format-unknown", path=path)
    return ending


def write_template(path: str, headings: Sequence[Heading]) -> None:
    """Write the template; InvalidInput ``template-format-unknown`` or ``output-not-writable``."""
    content = as_csv(headings) if format_of(path) == "csv" else as_workbook(headings)
    try:
        with whole_file(path) as file:
            file.write(content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput("output-not-writable", path=path, reason=reason) from None


def as_csv(headings: Sequence[Heading]) -> bytes:
    """Return the first line of a CSV file, as the reader's Excel expects one."""
    written = StringIO()
    mark = ";" if language() == "sv" else ","
    csv.writer(written, delimiter=mark, lineterminator="\r\n").writerow([each.title for each in headings])
    return written.getvalue().encode("utf-8-sig")


def as_workbook(headings: Sequence[Heading]) -> bytes:
    """Return a workbook with a sheet to fill in and one that explains it."""
    from xlsxwriter.workbook import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(_(_CANDIDATES))
        _explain(workbook, headings)
        words = _offer(workbook, headings)
        bold = workbook.add_format({"bold": True, "bottom": 1})
        formats = {DAY: workbook.add_format({"num_format": "yyyy-mm-dd"})}
        text = workbook.add_format({"num_format": "@"})
        for column, each in enumerate(headings):
            sheet.write_string(0, column, each.title, bold)
            width = max(_NARROWEST, min(_WIDEST, len(each.title) + 4))
            sheet.set_column(column, column, width, formats.get(each.kind, text))
            _mind(sheet, column, each, words.get(column))
        sheet.freeze_panes(1, 0)
    return content.getvalue()


def _mind(sheet: "Worksheet", column: int, heading: Heading, words: str | None) -> None:
    """Have the sheet mind what is typed in a column, and say what belongs there."""
    rule: dict[str, Any] = {
        "validate": "any",
        "input_title": heading.title[:32],
        "input_message": heading.hint[:_LONGEST_HINT],
    }
    if heading.kind == DAY:
        from datetime import date

        rule |= {"validate": "date", "criteria": "between"}
        rule |= {"minimum": date(1990, 1, 1), "maximum": date(2099, 12, 31)}
        rule |= {"error_message": _("Write a day, as 2025-09-01.")}
    elif words:
        rule |= {"validate": "list", "source": words}
        rule |= {"error_message": _("Choose one of the words in the list.")}
        rule |= {"error_type": "stop" if heading.closed else "information"}
    sheet.data_validation(1, column, ROWS, column, rule)


def _explain(workbook: "Workbook", headings: Sequence[Heading]) -> None:
    sheet = workbook.add_worksheet(_(_HELP))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for row, each in enumerate(headings):
        offered = f" ({', '.join(each.choices)})" if each.choices else ""
        sheet.write_string(row, 0, f"{each.title}:")
        sheet.write_string(row, 1, f"{each.hint}{offered}"[:32_000])


def _offer(workbook: "Workbook", headings: Sequence[Heading]) -> dict[int, str]:
    """Put the words that columns offer on a hidden sheet; return where, by column."""
    from socrekry.exchange.columns import letters_of

    sheet = workbook.add_worksheet(_(_WORDS))
    sheet.hide()
    places = {}
    for column, each in enumerate(headings):
        if each.choices:
            sheet.write_column(0, column, each.choices)
            letter = letters_of(column)
            places[column] = f"='{sheet.get_name()}'!${letter}$1:${letter}${len(each.choices)}"
    return places
