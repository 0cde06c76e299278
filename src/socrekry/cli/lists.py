"""Look: list, show, history."""

from typing import Annotated

import typer

from socrekry.cli.choosing import the_one_meant, the_person_meant
from socrekry.cli.options import OneId, RowFormats, TableJson, TermOption, read_source
from socrekry.cli.session import reading
from socrekry.cli.settings import clock, current
from socrekry.cli.views import forget_view, read_view, save_view
from socrekry.domain.channels import CHANNELS
from socrekry.locale import N_
from socrekry.render.output import write
from socrekry.reports.listing import Wanted
from socrekry.store.connect import Store


def list_candidacies(
    view: Annotated[  # noqa: ARG001 – its options have been put before those that were typed
        str | None,
        typer.Argument(
            metavar=N_("@NAME"), callback=read_view, help=N_("A view that was saved by that name.")
        ),
    ] = None,
    term: TermOption = None,
    pipeline: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only this pipeline."))] = None,
    stage: Annotated[
        str | None, typer.Option(metavar=N_("STAGE"), help=N_("Only those who stand in this stage."))
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("Only this unit."))] = None,
    cohort: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Only the cohort of this name."))
    ] = None,
    university: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("Only students of this university."))
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar=N_("CHANNEL|A-1"),
            parser=read_source,
            help=N_("Only those first met this way, or in this activity at any time."),
        ),
    ] = None,
    tag: Annotated[str | None, typer.Option(metavar=N_("TAG"), help=N_("Only those with this tag."))] = None,
    stalled: Annotated[
        bool, typer.Option("--stalled", help=N_("Only those who have stayed longer than the stage expects."))
    ] = False,
    search: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("Only names and e-mails with this in them."))
    ] = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help=N_("At most so many."))] = 50,
    all: Annotated[
        bool, typer.Option("--all", help=N_("Those who have started or been closed as well, however many."))
    ] = False,
    save: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Save these options as a view of that name."))
    ] = None,
    forget: Annotated[
        str | None,
        typer.Option(metavar=N_("NAME"), help=N_("Forget the view of that name, and list nothing.")),
    ] = None,
    format: RowFormats = "table",
) -> None:
    """List candidates and where they stand.

    The closed ones are left out unless --all is given; so are those who have started, unless a term, a
    cohort, a stage or a name is asked for. With --format ids it feeds another command:

        socrekry list --stage applied --format ids | socrekry advance -

    Options that are used often are saved by a name. What is typed beside the name is added to them, and
    wins over them:

        socrekry list --term HT2025 --stage applied --save waiting
        socrekry list @waiting --unit "Barn och unga"
    """
    from socrekry.render.lists import listing_page
    from socrekry.reports.listing import candidacies

    if forget is not None:
        forget_view(forget)
        return
    wanted = Wanted(term, pipeline, stage, unit, cohort, university, source, tag, search, stalled, all)
    with reading() as store:
        wanted = _known(store, wanted)
        listing = candidacies(store, wanted, clock().today, limit=None if all else limit)
    if save is not None:
        save_view(save, wanted, limit)
    narrowed = wanted._replace(closed=False) != Wanted()
    write(listing_page(listing, narrowed=narrowed), format, current().output)


def show(id: OneId, format: TableJson = "table") -> None:
    """Show all there is about a candidate.

    Contact details, every candidacy, facts and notes, and what each step on would need.
    """
    from socrekry.render.dossiers import dossier_page
    from socrekry.services.looking import show as look

    with reading() as store:
        dossier = look(store, the_person_meant(store, id), clock().today)
    write(dossier_page(dossier), format, current().output)


def history(id: OneId, format: TableJson = "table") -> None:
    """Show what has happened to a candidate, and who did it.

    What was undone is shown as taken back; nothing is ever removed from the log.
    """
    from socrekry.render.histories import history_page
    from socrekry.services.looking import history as look

    with reading() as store:
        answer = look(store, the_one_meant(store, id))
    write(history_page(answer), format, current().output)


def _known(store: Store, wanted: Wanted) -> Wanted:
    """Return the filters by the names that the store has; NotFound for one that it has not."""
    if wanted.unit is not None:
        from socrekry.services.units import find_unit

        wanted = wanted._replace(unit=find_unit(store, wanted.unit).name)
    if wanted.university is not None:
        from socrekry.services.universities import find_university

        wanted = wanted._replace(university=find_university(store, wanted.university).code)
    if wanted.pipeline is not None:
        from socrekry.services.pipelines import pipeline_name

        wanted = wanted._replace(pipeline=pipeline_name(store, wanted.pipeline))
    if wanted.channel is not None and wanted.channel not in CHANNELS:
        from socrekry.services.touches import find_source

        source = find_source(store, wanted.channel)
        wanted = wanted._replace(channel=None, activity=source.activity)
    return wanted
