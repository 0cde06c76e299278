"""Import candidates from a spreadsheet or a CSV file, and give out a table to fill in: ``import``."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from shlex import quote
from typing import Annotated, BinaryIO, Literal

import typer

from socrekry.cli.column_maps import read_map, save_map
from socrekry.cli.exits import ExitCode, Misused, mention, say
from socrekry.cli.options import TODAY, DryRun, OnDate, RowFormats, Source, TermOption, Yes
from socrekry.cli.progress import from_a_second_on
from socrekry.cli.prompts import confirm_or_cancel
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import STDIN, Table, opened_table
from socrekry.locale import N_, _, ngettext
from socrekry.render.imports import bad_rows_in_words, imported_page
from socrekry.render.output import write
from socrekry.render.text import count
from socrekry.services.imported import Imported, Options, Row
from socrekry.services.importing import import_rows, known_stages


def import_candidates(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("FILE"), help=N_("A workbook or a CSV file; - reads a pipe, or what you paste.")
        ),
    ] = None,
    term: TermOption = None,
    pipeline: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The pipeline, as trainee."))
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("The unit."))] = None,
    cohort: Annotated[
        str | None, typer.Option(metavar="K-1", help=N_("The cohort: its id or its name."))
    ] = None,
    source: Source = None,
    sheet: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The sheet of the workbook."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("How the text is written, as cp1252 or utf-8."))
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar=N_("COLUMN=FIELD|@NAME"),
            help=N_("What a column is, by its name or letter, or as saved by a name; may be repeated."),
        ),
    ] = None,
    save_map_: Annotated[
        str | None,
        typer.Option(
            "--save-map",
            metavar=N_("NAME"),
            help=N_("Save what --map says, to be used as @NAME; also in a dry run."),
        ),
    ] = None,
    template: Annotated[
        str | None,
        typer.Option(metavar=N_("FILE"), help=N_("Import nothing; write a table to fill in: .xlsx or .csv.")),
    ] = None,
    on: OnDate = TODAY,
    on_duplicate: Annotated[
        Literal["fail", "skip", "update"],
        typer.Option("--on-duplicate", help=N_("What to do with an e-mail that is known.")),
    ] = "fail",
    keep_good: Annotated[
        bool, typer.Option("--keep-good", help=N_("Keep the good rows, even if others are bad."))
    ] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    format: RowFormats = "table",
) -> int:
    """Import candidates from a spreadsheet or a CSV file.

    An Excel workbook, one from LibreOffice, CSV in any usual form, or a table that is pasted. One row names
    the columns, in English or Swedish: name, email, phone, university, graduates, term, pipeline, unit,
    cohort, source, tags, note, protected. It is found below titles and empty rows. What a row does not say
    is taken from --term, --pipeline, --unit and --source. Without any date a candidacy begins at the first
    stage. A source is a channel, or the activity where somebody was met: A-3.

    History comes along as a date for each stage: applied_on, selected_on and so on, and outcome,
    closed_on, reason and by. Its order is checked, its rules are not; seats and room hold. Facts have
    dates too: assessment_on, degree with degree_on; supervisor and mentor are assigned.

    Every bad row is listed with its line and column, and then nothing is kept, unless --keep-good.
    One undo takes the whole import back.

        socrekry import students.csv --term HT2025 --dry-run
        socrekry import --template candidates.xlsx --pipeline trainee
        socrekry import export.xlsx --sheet HT2025 --map "Mobil dagtid=phone" --map "Kön=" --save-map varbi
        socrekry import export.xlsx --sheet VT2026 --map @varbi --on-duplicate update
    """
    if template is not None:
        _write_template(template, file, pipeline, yes)
        return ExitCode.DONE
    if file is None:
        raise _nothing_to_import()
    said = read_map(map_ or ())
    options = Options(on, term, pipeline, unit or current().unit, cohort, source, on_duplicate, keep_good)
    with (
        opened_table(file, _piped(file), encoding=encoding, sheet=sheet) as table,
        writing("import", dry_run=dry_run) as w,
    ):
        columns = columns_of(table, known_stages(w.store), said.typed, said.saved)
        _tell_what_was_found(table)
        if save_map_ is not None:
            save_map(save_map_, said)
        with from_a_second_on() as tell:
            answer = import_rows(w, _counted(rows_of(table, columns), tell), options)
        _tell_what_was_guessed(table)
    write(imported_page(answer, dry_run=dry_run), format, current().output)
    if format == "ids":
        _say_all(bad_rows_in_words(answer))
    return _code(answer)


def _nothing_to_import() -> Misused:
    message = _("{name} is missing.").format(name=_("FILE"))
    remedy = _("socrekry import FILE; a table to fill in comes from socrekry import --template FILE")
    return Misused("argument-missing", message, remedy, name="FILE")


def _write_template(path: str, file: str | None, pipeline: str | None, yes: bool) -> None:
    """Write a table to fill in, and say so; an older one is replaced only by whoever agrees."""
    from socrekry.exchange.template import template_of
    from socrekry.exchange.template_files import format_of, write_template

    if file is not None:
        raise Misused("template-beside-file", _("--template writes a table, and imports none."), "")
    format_of(path)
    if os.path.exists(path):
        confirm_or_cancel(_("There is a file {file} already. Replace it?").format(file=path), yes)
    with reading() as store:
        write_template(path, template_of(store, pipeline))
    told = _("{file} is there to be filled in; then: socrekry import {word}")
    mention(told.format(file=path, word=quote(path)))


def _piped(file: str) -> BinaryIO | None:
    """Return stdin where it is to be read; a person at it is told how a paste ends."""
    if file != STDIN:
        return None
    if sys.stdin.isatty():
        mention(_("Paste the table with its column names, then press Ctrl-D (on Windows: Ctrl-Z, Enter)."))
    return sys.stdin.buffer


def _tell_what_was_found(table: Table) -> None:
    if table.sheet:
        mention(_("Reading the sheet “{sheet}”.").format(sheet=table.sheet))
    if above := table.rows_above:
        told = ngettext(
            "The column names are in line {line}; {n} row above them was passed over.",
            "The column names are in line {line}; {n} rows above them were passed over.",
            above,
        )
        mention(told.format(line=table.header.line, n=above))


def _tell_what_was_guessed(table: Table) -> None:
    if encoding := table.encoding_guessed:
        told = _("{path} was read as {encoding}. Should letters look wrong, say it: --encoding NAME")
        mention(told.format(path=table.name, encoding=encoding))


def _counted(rows: Iterable[Row], tell: Callable[[Callable[[], str]], None]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        yield row
        tell(partial(_so_far, number))


def _so_far(rows: int) -> str:
    return ngettext("{n} row …", "{n} rows …", rows).format(n=count(rows))


def _say_all(lines: Sequence[str]) -> None:
    if lines:
        say("\n".join(lines))


def _code(answer: Imported) -> int:
    return ExitCode.REFUSED if answer.bad else ExitCode.DONE
