"""Candidates as persons: add-candidate, add-candidacy, edit-candidate, protect."""

from typing import Annotated, Any, TypeAlias

import typer

from socrekry.cli.choosing import the_person_meant
from socrekry.cli.exits import mention
from socrekry.cli.options import TODAY, DryRun, OnDate, OneId, Source, TableJson, TermOption, Yes, read_term
from socrekry.cli.prompts import ask, can_ask, choose, confirm_or_cancel
from socrekry.cli.session import writing
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.locale import N_, _
from socrekry.render.candidates import added_page, edited_page, protected_page
from socrekry.render.duplicates import resembles_in_words
from socrekry.render.output import write
from socrekry.services import candidates, persons
from socrekry.services.cohorts import Cohort, fitting_cohorts
from socrekry.services.persons import Details
from socrekry.services.units import find_unit
from socrekry.services.writing import Writing

Email: TypeAlias = Annotated[str | None, typer.Option(metavar="E-MAIL", help=N_("The e-mail address."))]
Phone: TypeAlias = Annotated[str | None, typer.Option(metavar=N_("NUMBER"), help=N_("The telephone number."))]
University: TypeAlias = Annotated[
    str | None, typer.Option(metavar=N_("CODE"), help=N_("The university: its code or part of its name."))
]
Graduates: TypeAlias = Annotated[
    Term | None,
    typer.Option(metavar=N_("TERM"), parser=read_term, help=N_("The last term of the studies.")),
]
PipelineName: TypeAlias = Annotated[
    str | None, typer.Option(metavar=N_("NAME"), help=N_("The pipeline, as trainee."))
]
UnitName: TypeAlias = Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("The unit."))]
CohortName: TypeAlias = Annotated[
    str | None, typer.Option(metavar="K-1", help=N_("The cohort: its id or its name."))
]
Tags: TypeAlias = Annotated[list[str] | None, typer.Option(metavar=N_("TAG"), help=N_("A tag."))]


def _term_or_empty(value: str | Term) -> Term | str:
    return read_term(value) if value else ""


def add_candidate(
    name: Annotated[str | None, typer.Argument(help=N_("The whole name."))] = None,
    email: Email = None,
    phone: Phone = None,
    university: University = None,
    graduates: Graduates = None,
    term: TermOption = None,
    pipeline: PipelineName = None,
    unit: UnitName = None,
    cohort: CohortName = None,
    source: Source = None,
    tag: Tags = None,
    note: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("A note to begin with."))] = None,
    protected: Annotated[
        bool,
        typer.Option("--protected", help=N_("Protected identity: nothing that tells who it is is kept.")),
    ] = False,
    on: OnDate = TODAY,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Add a candidate.

    What is left out of --term, --pipeline and --unit is taken from the only cohort that fits the rest
    and whose term has not ended. In a terminal, without a name, each field is asked for. With an activity
    as --source, the candidate has taken part in it.

        socrekry add-candidate "Åsa Lind" --email asa@example.se --university sh --graduates HT2026
    """
    details = Details(name, email, phone, university, graduates)
    if name is None and not protected and can_ask():
        details = _asked(details)
    with writing("add-candidate", dry_run=dry_run) as w:
        intake, unit_id = _cohort(w, term, pipeline, unit, cohort)
        added = candidates.add_candidate(
            w,
            details,
            intake,
            on,
            unit=unit_id,
            channel=source,
            tags=tag or (),
            note=note,
            protected=protected,
        )
    write(added_page(added, dry_run=dry_run), format, current().output)
    if added.resembles:
        mention("\n".join(resembles_in_words(added.id, added.resembles)))


def add_candidacy(
    id: OneId,
    term: TermOption = None,
    pipeline: PipelineName = None,
    unit: UnitName = None,
    cohort: CohortName = None,
    source: Source = None,
    on: OnDate = TODAY,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Let a known candidate try again.

    The person stays the same; the new candidacy has a log, stages and facts of its own.

        socrekry add-candidacy C-7 --pipeline direct --term VT2027
    """
    with writing("add-candidacy", dry_run=dry_run) as w:
        intake, unit_id = _cohort(w, term, pipeline, unit, cohort)
        person = the_person_meant(w.store, id)
        added = candidates.add_candidacy(w, person, intake, on, unit=unit_id, channel=source)
    write(added_page(added, dry_run=dry_run), format, current().output)


def edit_candidate(
    id: OneId,
    name: Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("The whole name."))] = None,
    email: Email = None,
    phone: Phone = None,
    university: University = None,
    graduates: Annotated[
        Term | None,
        typer.Option(metavar=N_("TERM"), parser=_term_or_empty, help=N_("The last term of the studies.")),
    ] = None,
    tag: Tags = None,
    untag: Annotated[
        list[str] | None, typer.Option(metavar=N_("TAG"), help=N_("A tag to take away."))
    ] = None,
    dry_run: DryRun = False,
    format: TableJson = "table",
) -> None:
    """Change what is known of a candidate.

    An empty text takes a detail away: --phone "". What it was before is kept until it is undone or erased.
    """
    given = {"name": name, "email": email, "phone": phone, "university": university, "graduates": graduates}
    changes: dict[str, Any] = {field: value or None for field, value in given.items() if value is not None}
    if not changes and not tag and not untag:
        raise InvalidInput("nothing-to-change")
    with writing("edit-candidate", dry_run=dry_run) as w:
        person = the_person_meant(w.store, id)
        edited = persons.edit_candidate(w, person, changes, add_tags=tag or (), drop_tags=untag or ())
    write(edited_page(edited, dry_run=dry_run), format, current().output)


def protect(id: OneId, yes: Yes = False, dry_run: DryRun = False, format: TableJson = "table") -> None:
    """Remove what identifies a candidate with protected identity.

    Name, e-mail, phone, university, tags and every text about her are scrubbed from the store; she is
    still counted everywhere. This cannot be undone. Keep the papers in a safe.
    """
    with writing("protect", dry_run=dry_run) as w:
        person = the_person_meant(w.store, id)
        question = _("Scrub everything that identifies {id}? It cannot be undone.").format(id=person)
        confirm_or_cancel(question, yes or dry_run)
        protected = persons.protect(w, person)
    write(protected_page(protected, dry_run=dry_run), format, current().output)


def _cohort(
    w: Writing, term: Term | None, pipeline: str | None, unit: str | None, cohort: str | None
) -> tuple[Cohort, int | None]:
    """Return the cohort that is meant, asked for in a terminal where several fit, and the unit named."""
    named = unit or current().unit
    today = w.occasion.today
    try:
        found = candidates.only_cohort(
            w.store, today, term=term, pipeline=pipeline, unit=named, cohort=cohort
        )
    except InvalidInput as error:
        if error.code != "cohort-unclear" or not can_ask():
            raise
        several = fitting_cohorts(w.store, today, term, pipeline, named, cohort)
        found = choose(_("Several cohorts fit. Which one?"), [(each, each.title) for each in several])
    return found, find_unit(w.store, named).id if named else None


def _asked(details: Details) -> Details:
    """Ask for each field that was not given; an empty answer leaves it out, but a name there must be."""

    def name_typed(text: str) -> str:
        if not text.strip():
            raise InvalidInput("name-missing")
        return text

    def email_typed(text: str) -> str | None:
        return persons.valid_email(text) if text else None

    def term_typed(text: str) -> Term | None:
        return Term.parse(text) if text else None

    return Details(
        ask(_("Name"), name_typed),
        details.email or ask(_("E-mail (Enter for none)"), email_typed),
        details.phone or ask(_("Phone (Enter for none)"), str) or None,
        details.university or ask(_("University, as sh or oru (Enter for none)"), str) or None,
        details.graduates or ask(_("Last term of the studies, as HT2026 (Enter for none)"), term_typed),
    )
