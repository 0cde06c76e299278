"""The arguments and options that several commands share, read the same way everywhere.

Rule: a value is checked where it is read, with an error that carries a code; a command sees dates, terms
and ids, never the text they were typed as. A command that read its own dates would sooner or later read
``01-09-2025`` as another day than the next one does.
"""

import sys
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, cast

import typer

from socrekry.cli.exits import mention
from socrekry.cli.settings import clock
from socrekry.domain.channels import CHANNELS
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import FIRST_YEAR, LAST_YEAR, Term, TermRange, parse_range
from socrekry.locale import N_, ngettext

STDIN = "-"
MANY = 3  # from so many on, ids that nobody typed are counted aloud before anything is done
TODAY = cast("date", None)
"""Stands in a signature for the day on which the command runs: ``on: OnDate = TODAY``."""


def read_date(value: str | date) -> date:
    """Return the day that ``value`` names: ``2026-11-20``, ``20261120`` or ``today`` (``idag``)."""
    if isinstance(value, date):
        return value
    word = value.strip().casefold()
    if word in ("today", "idag", "i dag"):
        return clock().today
    digits = word.replace("-", "")
    # Weeks and days of the year are ISO as well, but nobody means them when eight digits are missing.
    if word.isascii() and digits.isdecimal() and len(digits) == 8 and word.count("-") in (0, 2):
        try:
            day = date.fromisoformat(word)
        except ValueError:
            raise InvalidInput("date-invalid", value=value) from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise InvalidInput("date-out-of-range", value=value)
        return day
    raise InvalidInput("date-invalid", value=value)


def read_term(value: str | Term) -> Term:
    """Return the term that ``value`` names, in any form met in the wild."""
    return value if isinstance(value, Term) else Term.parse(value)


def read_terms(value: str | TermRange) -> TermRange:
    """Return the range that ``value`` names: ``HT2010..HT2018``, or a term alone."""
    return value if isinstance(value, TermRange) else parse_range(value)


def read_ids(words: Sequence[str]) -> list[str]:
    """Return the ids typed, with ``-`` replaced by those on stdin, one a line or several with spaces."""
    if STDIN not in words:
        return list(words)
    piped = sys.stdin.read().lstrip("\ufeff").split()
    if len(piped) >= MANY or not piped:
        mention(ngettext("{n} id from stdin.", "{n} ids from stdin.", len(piped)).format(n=len(piped)))
    place = list(words).index(STDIN)
    return [*words[:place], *piped, *(word for word in words[place:] if word != STDIN)]


def _today_unless_given(value: date | None) -> date:
    return clock().today if value is None else value


_ID = N_("ID")
_IDS_HELP = N_("An id (C-1, C-1.2), an e-mail or part of a name; - reads ids from stdin.")
_ID_HELP = N_("An id (C-1, C-1.2), an e-mail or part of a name.")
_FORMAT_HELP = N_("How to show the answer.")

Ids: TypeAlias = Annotated[list[str], typer.Argument(metavar=_ID, callback=read_ids, help=_IDS_HELP)]
OneId: TypeAlias = Annotated[str, typer.Argument(metavar=_ID, help=_ID_HELP)]

OnDate: TypeAlias = Annotated[
    date,
    typer.Option(
        "--on",
        metavar=N_("DATE"),
        parser=read_date,
        callback=_today_unless_given,
        show_default=N_("today"),
        help=N_("The day on which it happened."),
    ),
]
TermOption: TypeAlias = Annotated[
    Term | None,
    typer.Option("--term", metavar=N_("TERM"), parser=read_term, help=N_("The term, as HT2025.")),
]


def term_range(help: str) -> Any:
    """Return the option for a term or a range of terms, with what it means to this command."""
    return typer.Option("--term", metavar=N_("TERM|FIRST..LAST"), parser=read_terms, help=help)


TermArgument: TypeAlias = Annotated[
    Term, typer.Argument(metavar=N_("TERM"), parser=read_term, help=N_("The term, as HT2025."))
]


def read_source(value: str) -> str:
    """Return the channel, in English or Swedish, or the activity that ``value`` names."""
    from socrekry.exchange.codes import read_source as read

    return read(value)


Source: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar=N_("CHANNEL|A-1"),
        parser=read_source,
        help=" ".join(("A-1", *CHANNELS)),
    ),
]
AsOf: TypeAlias = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        metavar=N_("DATE"),
        parser=read_date,
        show_default=N_("today"),
        help=N_("Count what had happened by that day."),
    ),
]
OnlyUnit: TypeAlias = Annotated[
    str | None, typer.Option("--unit", metavar=N_("UNIT"), help=N_("Only this unit."))
]
OnlyPipeline: TypeAlias = Annotated[
    str | None, typer.Option("--pipeline", metavar=N_("NAME"), help=N_("Only this pipeline."))
]

TableJson: TypeAlias = Annotated[Literal["table", "json"], typer.Option("--format", help=_FORMAT_HELP)]
RowFormats: TypeAlias = Annotated[
    Literal["table", "json", "csv", "ids"], typer.Option("--format", help=_FORMAT_HELP)
]
TableIdsJson: TypeAlias = Annotated[
    Literal["table", "json", "ids"], typer.Option("--format", help=_FORMAT_HELP)
]
ReportFormats: TypeAlias = Annotated[
    Literal["table", "json", "csv"], typer.Option("--format", help=_FORMAT_HELP)
]

DryRun: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help=N_("Show what would happen, and keep nothing."))
]
Yes: TypeAlias = Annotated[bool, typer.Option("--yes", "-y", help=N_("Do not ask for confirmation."))]
AllOrNothing: TypeAlias = Annotated[
    bool, typer.Option("--all-or-nothing", help=N_("Keep nothing unless every one succeeds."))
]
OutcomeFormats: TypeAlias = Annotated[
    Literal["table", "json", "ids"], typer.Option("--format", help=_FORMAT_HELP)
]
