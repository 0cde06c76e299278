"""Voices and their themes: keep what students wish, fear and praise, and see what is heard most often."""

from datetime import date
from enum import StrEnum
from typing import Annotated, TypeAlias

import typer

from socrekry.cli.choosing import the_one_meant
from socrekry.cli.options import DryRun, OnlyUnit, RowFormats, TableJson, read_date, term_range
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.term import TermRange
from socrekry.domain.themes import voice_kind
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.render.voices import (
    removed_voice_page,
    texts_page,
    theme_page,
    themes_page,
    voice_page,
    voices_page,
)
from socrekry.services import themes as theme_service
from socrekry.services import voices as service

_KINDS, _THEME = "wish|concern|praise", N_("THEME")


class Parting(StrEnum):
    """What counts can be parted by."""

    UNIVERSITY = "university"
    TERM = "term"


_Source: TypeAlias = Annotated[
    str,
    typer.Argument(
        metavar="C-1|A-1", help=N_("The candidate who said it, or the activity where it was heard.")
    ),
]
_Kind: TypeAlias = Annotated[
    str, typer.Argument(metavar=_KINDS, parser=voice_kind, help=N_("What they wish, fear or praise."))
]


def add_voice(
    source: _Source,
    kind: _Kind,
    theme: Annotated[
        str,
        typer.Argument(metavar=_THEME, help=N_("A theme’s code, or a part of its title: socrekry themes")),
    ],
    text: Annotated[
        str | None, typer.Argument(metavar=N_("TEXT"), help=N_("Their own words, without anybody’s name."))
    ] = None,
    count: Annotated[
        int, typer.Option(min=1, max=service.MOST, metavar="N", help=N_("How many said it."))
    ] = 1,
    on: Annotated[
        date | None,
        typer.Option(
            metavar=N_("DATE"),
            parser=read_date,
            help=N_("The day on which it was said; the activity’s, and for a candidate today, if left out."),
        ),
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Note a wish, a concern or praise that was heard.

    At an activity it has the activity's term and university, from a candidate her cohort's and her own.
    Kinds and themes may be written in Swedish: önskemål, oro, beröm.

        socrekry add-voice A-1 wish supervision --count 9
        socrekry add-voice C-1 concern threats "Vad händer om jag blir hotad?"
    """
    with writing("add-voice", dry_run=dry_run) as w:
        voice = service.add_voice(w, the_one_meant(w.store, source), kind, theme, text, number=count, on=on)
    write(voice_page(voice, dry_run=dry_run), format, current().output)


def remove_voice(
    voice: Annotated[str, typer.Argument(metavar="V-1", help=N_("Its id, as voices --texts shows it."))],
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Remove a voice that was wrong.

    It can be put back with undo, until the candidate’s identity is protected.
    """
    with writing("remove-voice", dry_run=dry_run) as w:
        removed = service.remove_voice(w, voice)
    write(removed_voice_page(removed, dry_run=dry_run), format, current().output)


def voices(
    term: Annotated[
        TermRange | None,
        term_range(N_("A term or a range of them; the latest in which anything was heard if left out.")),
    ] = None,
    theme: Annotated[str | None, typer.Option(metavar=_THEME, help=N_("Only this theme."))] = None,
    university: Annotated[
        str | None, typer.Option(metavar=N_("UNIVERSITY"), help=N_("Only this university."))
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar=_KINDS, parser=voice_kind, help=N_("Only this kind."))
    ] = None,
    unit: OnlyUnit = None,
    by: Annotated[Parting | None, typer.Option(help=N_("Show each count in its parts."))] = None,
    texts: Annotated[
        bool, typer.Option("--texts", help=N_("Show each voice and its words instead of counts."))
    ] = False,
    format: RowFormats = "table",
) -> None:
    """Show what students wish, fear and praise most.

    And how that has changed: against the last term before in which anything was heard, or against as many
    terms before as the range has.

        socrekry voices --term HT2025 --by university
    """
    from socrekry.reports import voices as report
    from socrekry.reports.asking import Question

    today = clock().today
    with reading() as store, store.snapshot():
        filters = report.filters_of(store, theme=theme, university=university, kind=kind)
        scope = report.heard_scope(store, Question(today, term, unit=unit), filters, today)
        page = (
            texts_page(report.texts(store, scope, filters), scope.terms)
            if texts
            else voices_page(report.voices(store, scope, filters), by.value if by else None)
        )
    write(page, format, current().output)


def add_theme(
    code: Annotated[str, typer.Argument(metavar=N_("CODE"), help=N_("A short word, as salary-talks."))],
    title: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("What it is called."))],
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add a theme that voices are counted by.

    Those that come along, and your own, are listed by themes.

        socrekry add-theme fika "Fikaraster"
    """
    with writing("add-theme", dry_run=dry_run) as w:
        theme = theme_service.add_theme(w, code, title)
    write(theme_page(theme, dry_run=dry_run), format, current().output)


def themes(format: RowFormats = "table") -> None:
    """List themes, and how often each was heard."""
    with reading() as store:
        found = theme_service.themes(store)
    write(themes_page(found), format, current().output)
