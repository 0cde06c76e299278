"""Activities: add and change them, list them, show one."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from socrekry.cli.job_ads import ad_meant, kept_json, mention_doubts
from socrekry.cli.options import DryRun, OnlyUnit, RowFormats, TableJson, read_date, read_term, term_range
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.amounts import parse_amount, parse_number
from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term, TermRange
from socrekry.locale import N_
from socrekry.render.activities import activities_page, activity_page, whole_activity_page
from socrekry.render.output import is_for_a_screen, terminal_columns, write
from socrekry.services import activities as service
from socrekry.services import activity_recording as recording
from socrekry.services.activities import Sought
from socrekry.services.activity_dossiers import activity_dossier

_KINDS = " ".join(ACTIVITY_KINDS)
_CODE, _DATE, _KIND, _TERM, _TEXT, _UNIT = (
    N_("CODE"),
    N_("DATE"),
    N_("KIND"),
    N_("TERM"),
    N_("TEXT"),
    N_("UNIT"),
)


def read_kind(value: str) -> str:
    """Return the kind of activity that the word means, in English or Swedish."""
    from socrekry.exchange.codes import read_activity_kind

    return read_activity_kind(value)


def read_amount(value: str | int) -> int:
    """Return kronor: ``14500``, ``14 500``, ``14 500 kr``."""
    return value if isinstance(value, int) else parse_amount(value)


def read_count(value: str | int) -> int:
    """Return a whole number that is not negative."""
    if isinstance(value, int):
        return value
    try:
        number = parse_number(value)
    except InvalidInput:
        raise InvalidInput("count-invalid", value=value) from None
    if number != int(number):
        raise InvalidInput("count-invalid", value=value)
    return int(number)


def or_empty(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return what reads a value, or an empty text that takes it away."""

    def read_if_any(value: str) -> Any:
        return "" if value == "" else read(value)

    return read_if_any


def add_activity(
    kind: Annotated[str, typer.Argument(metavar=_KIND, parser=read_kind, help=_KINDS)],
    title: Annotated[
        str | None,
        typer.Argument(metavar=N_("TITLE"), help=N_("What it is called; an ad’s is its headline.")),
    ] = None,
    on: Annotated[
        date | None,
        typer.Option(
            metavar=_DATE,
            parser=read_date,
            help=N_("The day; if left out, today or when an ad was published."),
        ),
    ] = None,
    university: Annotated[
        str | None, typer.Option(metavar=_CODE, help=N_("The university: its code or part of its name."))
    ] = None,
    cost: Annotated[
        int | None,
        typer.Option(metavar="SEK", parser=read_amount, help=N_("What it cost; left out, nobody knows.")),
    ] = None,
    reached: Annotated[
        int | None, typer.Option(metavar="N", parser=read_count, help=N_("How many people it reached."))
    ] = None,
    minutes: Annotated[
        int | None, typer.Option(metavar="N", parser=read_count, help=N_("How many minutes it took."))
    ] = None,
    term: Annotated[
        Term | None,
        typer.Option(
            metavar=_TERM,
            parser=read_term,
            help=N_("The term whose intake it is for; if left out, the one that runs on its day."),
        ),
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=_UNIT, help=N_("The unit it is for."))] = None,
    applicants: Annotated[
        int | None,
        typer.Option(metavar="N", parser=read_count, help=N_("How many applied who are not added by name.")),
    ] = None,
    qualified: Annotated[
        int | None, typer.Option(metavar="N", parser=read_count, help=N_("How many of these were qualified."))
    ] = None,
    deadline: Annotated[
        date | None,
        typer.Option(metavar=_DATE, parser=read_date, help=N_("The last day to apply.")),
    ] = None,
    ref: Annotated[
        str | None, typer.Option(metavar=_TEXT, help=N_("Its number elsewhere, as an ad’s in Platsbanken."))
    ] = None,
    platsbanken: Annotated[
        str | None,
        typer.Option(metavar=N_("FILE"), help=N_("A job ad as JobSearch gives it, in JSON; - reads stdin.")),
    ] = None,
    pick: Annotated[
        str | None, typer.Option(metavar=N_("ID"), help=N_("Which ad, where the file has several."))
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add an activity: a class visit, a fair, an ad.

    Who answers an ad in another system is counted with --applicants and --qualified, without names; whoever
    is a candidate here is not counted there, but added with --source A-1 or with add-touch.

    From a job ad in a file come its headline, the day of publication, the deadline and its number; what is
    typed goes before. Contacts and free text in it are not kept.

        socrekry add-activity visit "Miun, class of term 7" --on 2015-09-15 --university miun --minutes 30
        socrekry add-activity ad --platsbanken ad.json --cost "14 500" --applicants 7 --qualified 0
    """
    said = recording.Particulars(
        title,
        on or clock().today,
        term,
        university,
        current().unit if unit is None else unit,
        cost,
        reached,
        minutes,
        applicants,
        qualified,
        deadline,
    )
    kept = None
    ad = ad_meant(kind, platsbanken, pick)
    if ad is not None:
        kept, ref = kept_json(ad), ref or ad.id
        published = ad.publication_date or said.on
        said = said._replace(
            title=title or ad.headline, on=on or published, deadline=deadline or ad.application_deadline
        )
    with writing("add-activity", dry_run=dry_run) as w:
        added = recording.add_activity(w, kind, said, external_id=ref, ad=kept)
    write(activity_page(added, added=True, dry_run=dry_run), format, current().output)
    if ad is not None:
        mention_doubts(ad)


def edit_activity(
    id: Annotated[str, typer.Argument(metavar="A-1", help=N_("The activity’s id."))],
    title: Annotated[str | None, typer.Option(metavar=N_("TITLE"), help=N_("What it is called."))] = None,
    on: Annotated[
        date | None,
        typer.Option(metavar=_DATE, parser=read_date, help=N_("The day on which it took place.")),
    ] = None,
    university: Annotated[
        str | None, typer.Option(metavar=_CODE, help=N_("The university: its code or part of its name."))
    ] = None,
    cost: Annotated[
        int | None, typer.Option(metavar="SEK", parser=or_empty(read_amount), help=N_("What it cost."))
    ] = None,
    reached: Annotated[
        int | None,
        typer.Option(metavar="N", parser=or_empty(read_count), help=N_("How many people it reached.")),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(metavar="N", parser=or_empty(read_count), help=N_("How many minutes it took.")),
    ] = None,
    term: Annotated[
        Term | None,
        typer.Option(metavar=_TERM, parser=or_empty(read_term), help=N_("The term whose intake it is for.")),
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=_UNIT, help=N_("The unit it is for."))] = None,
    applicants: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            parser=or_empty(read_count),
            help=N_("How many applied who are not added by name."),
        ),
    ] = None,
    qualified: Annotated[
        int | None,
        typer.Option(metavar="N", parser=or_empty(read_count), help=N_("How many of these were qualified.")),
    ] = None,
    deadline: Annotated[
        date | None,
        typer.Option(metavar=_DATE, parser=or_empty(read_date), help=N_("The last day to apply.")),
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Change what is known of an activity.

    An empty text takes a figure away: --cost "". A day that is mended takes the touches of that day along.

        socrekry edit-activity A-1 --cost "8 400" --applicants 7 --qualified 0
    """
    given = {
        "title": title,
        "on": on,
        "university": university,
        "cost": cost,
        "reached": reached,
        "minutes": minutes,
        "term": term,
        "unit": unit,
        "applicants": applicants,
        "qualified": qualified,
        "deadline": deadline,
    }
    changes = {field: None if value == "" else value for field, value in given.items() if value is not None}
    with writing("edit-activity", dry_run=dry_run) as w:
        edited = recording.edit_activity(w, id, changes)
    write(activity_page(edited, added=False, dry_run=dry_run), format, current().output)


def activities(
    term: Annotated[
        TermRange | None,
        term_range(N_("Only those for this term, or for a range as HT2010..HT2018.")),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar=_KIND, parser=read_kind, help=N_("Only this kind."))
    ] = None,
    university: Annotated[
        str | None, typer.Option(metavar=_CODE, help=N_("Only those at this university."))
    ] = None,
    unit: OnlyUnit = None,
    search: Annotated[
        str | None, typer.Option(metavar=_TEXT, help=N_("Only titles with this in them."))
    ] = None,
    limit: Annotated[
        int, typer.Option(metavar="N", min=1, help=N_("At most so many."))
    ] = service.USUAL_LIMIT,
    all: Annotated[bool, typer.Option("--all", help=N_("However many there are."))] = False,
    format: RowFormats = "table",
) -> None:
    """List activities, what they brought and what they cost.

    Leads are the persons here who took part, and those counted without names.

        socrekry activities --term HT2014..VT2015 --kind ad
    """
    sought = Sought(term, kind, university, unit, search)
    with reading() as store:
        found = service.activities(store, sought, limit=None if all else limit)
    columns = terminal_columns() if is_for_a_screen(current().output) else None
    page = activities_page(found, narrowed=sought != Sought(), columns=columns)
    write(page, format, current().output)


def activity(
    id: Annotated[str, typer.Argument(metavar="A-1", help=N_("The activity’s id."))],
    format: TableJson = "table",
) -> None:
    """Show all there is about an activity.

    Its figures, what is kept of an ad, who took part, and what they said.
    """
    with reading() as store:
        dossier = activity_dossier(store, id)
    write(whole_activity_page(dossier), format, current().output)
