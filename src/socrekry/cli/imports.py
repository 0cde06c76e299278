"""Import candidates from a CSV file: ``import``."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated, Literal

import typer

from socrekry.cli.exits import ExitCode, Misused, say
from socrekry.cli.options import TODAY, DryRun, OnDate, RowFormats, Source, TermOption
from socrekry.cli.progress import from_a_second_on
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import opened_table
from socrekry.locale import N_, _, ngettext
from socrekry.render.imports import bad_rows_in_words, imported_page
from socrekry.render.output import write
from socrekry.render.text import count
from socrekry.services.imported import Imported, Options, Row
from socrekry.services.importing import import_rows, known_stages


def import_candidates(
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("A CSV file; - reads stdin."))],
    term: TermOption = None,
    pipeline: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("The pipeline, as trainee."))
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("The unit."))] = None,
    cohort: Annotated[
        str | None, typer.Option(metavar="K-1", help=N_("The cohort: its id or its name."))
    ] = None,
    source: Source = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=N_("COLUMN=FIELD"), help=N_("What a column is; may be repeated.")),
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
    format: RowFormats = "table",
) -> int:
    """Import candidates from a CSV file.

    The first line names the columns, in English or Swedish: name, email, phone, university, graduates,
    term, pipeline, unit, cohort, source, tags, note, protected. What a row does not say is taken from
    --term, --pipeline, --unit and --source. Without any date a candidacy begins at the first stage.
    A source is a channel, or the activity where somebody was met: A-3.

    History comes along as a date for each stage: applied_on, selected_on and so on, and outcome,
    closed_on, reason and by. Its order is checked, its rules are not; seats and room hold. Facts have
    dates too: assessment_on, degree with degree_on; supervisor and mentor are assigned.

    Every bad row is listed with its line and column, and then nothing is kept, unless --keep-good.
    One undo takes the whole import back.

        socrekry import students.csv --term HT2025 --dry-run
        socrekry import export.csv --map "Telefon dagtid=phone" --map "Kön=" --on-duplicate update
    """
    mapped = dict(_mapping(each) for each in map_ or ())
    options = Options(on, term, pipeline, unit or current().unit, cohort, source, on_duplicate, keep_good)
    piped = sys.stdin.buffer if file == "-" else None
    with opened_table(file, piped) as table, writing("import", dry_run=dry_run) as w:
        columns = columns_of(table, known_stages(w.store), mapped)
        with from_a_second_on() as tell:
            answer = import_rows(w, _counted(rows_of(table, columns), tell), options)
    write(imported_page(answer, dry_run=dry_run), format, current().output)
    if format == "ids":
        _say_all(bad_rows_in_words(answer))
    return _code(answer)


def _mapping(text: str) -> tuple[str, str]:
    """Part ``COLUMN=FIELD``; the column's name may have an equals sign in it, and the field be empty."""
    column, equals, field = text.rpartition("=")
    if not equals or not column.strip():
        raise Misused(
            "mapping-unreadable", _("--map takes COLUMN=FIELD, not “{text}”.").format(text=text), ""
        )
    return column, field.strip()


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
