"""Export what the store holds: ``export``."""

import os
import sys
from functools import partial
from typing import Annotated, Literal

import typer

from socrekry.cli.exits import mention
from socrekry.cli.options import OnlyPipeline, OnlyUnit, TermOption, Yes
from socrekry.cli.progress import from_a_second_on
from socrekry.cli.prompts import confirm_or_cancel
from socrekry.cli.session import reading
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.exchange.exporting import EVENTS, STDOUT, Manner, Part, export, parts_of
from socrekry.locale import N_, _
from socrekry.render.exports import (
    as_typed,
    candidates_in_words,
    events_in_words,
    so_far,
    standard_output,
    words_for_a_file,
)
from socrekry.services.eventlog import EventLog
from socrekry.services.exporting import Candidates, Wanted
from socrekry.services.pipelines import pipeline_name
from socrekry.services.units import find_unit
from socrekry.store.connect import Store

_TARGET = N_("A file, or a folder for all of it; without one, or with -, standard output.")
_FORM = N_("The form of the file; without it, what the name ends in, or else CSV.")
_EXCEL = N_("CSV as a Swedish Excel opens it by a double click: semicolons, and a mark for UTF-8.")
_EVENTS = N_("The event log instead, for process mining: the stages that each candidacy went through.")
_EVERY = N_("With --events: every entry of the log, also what was undone.")
_RAW = N_("Words as they are, without the ' that keeps a spreadsheet from running them.")


def export_store(
    target: Annotated[str | None, typer.Argument(metavar=N_("FOLDER|FILE"), help=_TARGET)] = None,
    term: TermOption = None,
    pipeline: OnlyPipeline = None,
    unit: OnlyUnit = None,
    events: Annotated[bool, typer.Option("--events", help=_EVENTS)] = False,
    all: Annotated[bool, typer.Option("--all", help=_EVERY)] = False,
    excel: Annotated[bool, typer.Option("--excel", help=_EXCEL)] = False,
    raw: Annotated[bool, typer.Option("--raw", help=_RAW)] = False,
    yes: Yes = False,
    format: Annotated[
        Literal["csv", "xlsx", "json", "xes"] | None, typer.Option("--format", help=_FORM)
    ] = None,
) -> None:
    """Export candidates as a table that import reads, or the event log.

    A row for each candidacy: who, where it belongs, the day of each stage and of each fact, and how it ended.
    Imported into a store with the same programme, it gives the same candidacies. Of a person with protected
    identity only that is told. The file belongs to you alone: it is full of personal data.

        socrekry export candidates.xlsx --term HT2025
        socrekry export candidates.csv --excel
        socrekry export --events log.xes
    """
    parts = parts_of(target or current().output, format, events=events or all, excel=excel)
    _agree(parts, yes or target is None)
    manner = Manner(as_typed if raw else words_for_a_file, as_typed, excel)
    with reading() as store, store.snapshot(), from_a_second_on() as tell:
        wanted = _wanted(store, term, pipeline, unit)
        said: list[str] = []
        for part in parts:
            table = EventLog(store, wanted, every=all) if part.table == EVENTS else Candidates(store, wanted)
            export(table, part, manner, lambda rows: tell(partial(so_far, rows)))
            said += _said(table, part)
    mention("\n".join(said))


def _agree(parts: list[Part], yes: bool) -> None:
    """Ask before a file is replaced; refuse to throw a workbook onto a screen."""
    for part in parts:
        if part.place == STDOUT:
            if part.form == "xlsx" and sys.stdout.isatty():
                raise InvalidInput("export-needs-file", format=part.form)
        elif os.path.isfile(part.place):
            question = _("There is a file {file} already. Replace it?")
            confirm_or_cancel(question.format(file=part.place), yes)


def _wanted(store: Store, term: Term | None, pipeline: str | None, unit: str | None) -> Wanted:
    """Return the filters by the names that the store has; NotFound for one that it has not."""
    return Wanted(
        term,
        pipeline_name(store, pipeline) if pipeline is not None else None,
        find_unit(store, unit).id if unit is not None else None,
    )


def _said(table: Candidates | EventLog, part: Part) -> list[str]:
    place = standard_output() if part.place == STDOUT else part.place
    if isinstance(table, Candidates):
        return candidates_in_words(table.rows, table.untold, place)
    return [events_in_words(table.rows, place)]
