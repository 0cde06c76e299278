"""Activities: add and change them, list them, show one."""

from datetime import date
from typing import Annotated

import typer

from socrekry.cli.activity_options import (
    Applicants,
    AtUniversity,
    Cost,
    Deadline,
    ForTerm,
    ForUnit,
    Minutes,
    Qualified,
    Reached,
    known,
    read_kind,
)
from socrekry.cli.job_ads import ad_meant, kept_json, mention_doubts
from socrekry.cli.options import DryRun, OnlyUnit, RowFormats, TableJson, read_date, term_range
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import clock, current
from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.term import TermRange
from socrekry.locale import N_
from socrekry.render.activities import activities_page, activity_page, whole_activity_page
from socrekry.render.output import is_for_a_screen, terminal_columns, write
from socrekry.services import activities as service
from socrekry.services import activity_recording as recording
from socrekry.services.activities import Sought
from socrekry.services.activity_dossiers import activity_dossier

_CODE, _DATE, _KIND, _TEXT = N_("CODE"), N_("DATE"), N_("KIND"), N_("TEXT")


def add_activity(
    kind: Annotated[str, typer.Argument(metavar=_KIND, parser=read_kind, help=" ".join(ACTIVITY_KINDS))],
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
    university: AtUniversity = None,
    cost: Cost = None,
    reached: Reached = None,
    minutes: Minutes = None,
    term: ForTerm = None,
    unit: ForUnit = None,
    applicants: Applicants = None,
    qualified: Qualified = None,
    deadline: Deadline = None,
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
        known(term),
        university,
        current().unit if unit is None else unit,
        *map(known, (cost, reached, minutes, applicants, qualified, deadline)),
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
    university: AtUniversity = None,
    cost: Cost = None,
    reached: Reached = None,
    minutes: Minutes = None,
    term: ForTerm = None,
    unit: ForUnit = None,
    applicants: Applicants = None,
    qualified: Qualified = None,
    deadline: Deadline = None,
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
    changes = {field: known(value) for field, value in given.items() if value is not None}
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
