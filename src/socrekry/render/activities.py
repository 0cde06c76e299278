"""Activities as they look: a list with what each brought and cost, one as a whole, and who took part.

A figure that nobody knows is a dash, never 0. What is kept of a job ad is shown among the facts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from socrekry.domain.errors import SocrekryError
from socrekry.locale import _, ngettext, pick
from socrekry.render.layout import GAP, grid_width, measured
from socrekry.render.parts import Column, Facts, Gap, Grid, Heading, Line, Page, Part, Rows, not_kept
from socrekry.render.text import count, kronor
from socrekry.render.words import CHANNELS, VOICE_KINDS, capital, word
from socrekry.services.activities import Activity, ActivityList
from socrekry.services.activity_dossiers import ActivityDossier
from socrekry.services.touches import Touched

_NAMES = (
    *("id", "kind", "title", "on", "term", "university", "unit", "cost", "reached", "minutes", "applicants"),
    *("qualified", "deadline", "external_id", "leads"),
)


def activity_page(activity: Activity, *, added: bool, dry_run: bool = False) -> Page:
    """Return the answer to adding or changing an activity."""
    told = _("Added {id}, {kind}: {title}.") if added else _("{id}, {kind}: {title}.")
    kind = word(CHANNELS, activity.kind)
    parts: list[Part] = [Line(told.format(id=activity.label, kind=kind, title=activity.title))]
    parts.append(Line(f"  {_in_short(activity)}", "quiet"))
    return Page([*parts, *not_kept(dry_run)], activity_json(activity), ids=[activity.label])


def _in_short(activity: Activity) -> str:
    told = (str(activity.on), str(activity.term), activity.university, activity.unit, *_figures(activity))
    return " · ".join(each for each in told if each)


def _figures(activity: Activity) -> Iterator[str]:
    """Give what is known in numbers, in a few words each."""
    if activity.reached is not None:
        yield _("{n} reached").format(n=count(activity.reached))
    if activity.minutes is not None:
        minutes = ngettext("{n} minute", "{n} minutes", activity.minutes)
        yield minutes.format(n=count(activity.minutes))
    if activity.applicants is not None:
        said = ngettext("{n} applicant", "{n} applicants", activity.applicants)
        told = said.format(n=count(activity.applicants))
        known = (
            _("{n} qualified").format(n=count(activity.qualified)) if activity.qualified is not None else None
        )
        yield ", ".join(each for each in (told, known) if each)
    if activity.deadline is not None:
        yield _("until {day}").format(day=activity.deadline)
    if activity.cost is not None:
        yield kronor(activity.cost)


def activity_json(activity: Activity) -> dict[str, Any]:
    """Return an activity as the contract has it."""
    entry = activity._asdict() | {
        "id": activity.label,
        "term": str(activity.term),
        "leads": activity.leads,
    }
    return {name: entry[name] for name in _NAMES}


def activities_page(found: ActivityList, *, narrowed: bool, columns: int | None = None) -> Page:
    """Return the page of activities, for a screen of so many ``columns`` (None: no screen).

    One that was cut says so, and one that is ``narrowed`` to nothing.
    """
    parts: list[Part] = [_grid(found.rows, columns)] if found.rows else []
    shown, total = len(found.rows), found.total
    if shown < total:
        cut = _("{shown} of {total}; --limit N or --all shows more.")
        parts.append(Line(cut.format(shown=count(shown), total=count(total)), "quiet"))
    if not total:
        empty = (
            _("No activity fits these filters.")
            if narrowed
            else _("No activities. Add one: socrekry add-activity visit TITLE --on DATE")
        )
        parts.append(Line(empty))
    records = [activity_json(each) for each in found.rows]
    rows = Rows(_NAMES, [tuple(each.values()) for each in records])
    return Page(parts, records, rows=rows, ids=[each.label for each in found.rows])


def _grid(rows: Sequence[Activity], columns: int | None) -> Grid:
    """Return a row an activity; how many it reached is left out where a screen has no room for it."""
    taught = any(each.university for each in rows)
    whole = _columns(rows, taught=taught, reach=True)
    roomy = columns is None or grid_width(measured(whole), GAP) <= columns
    return whole if roomy else _columns(rows, taught=taught, reach=False)


def _columns(rows: Sequence[Activity], *, taught: bool, reach: bool) -> Grid:
    columns = (
        Column(_("Id")),
        Column(_("Day")),
        Column(_("Kind")),
        Column(_("Activity"), flexible=True),
        *([Column(_("University"))] if taught else []),
        *([Column(_("People reached"), "right")] if reach else []),
        Column(_("Leads"), "right"),
        Column(_("Cost"), "right"),
    )
    cells = [
        (
            each.label,
            str(each.on),
            capital(word(CHANNELS, each.kind)),
            each.title,
            *([each.university or ""] if taught else []),
            *([count(each.reached)] if reach else []),
            count(each.leads),
            kronor(each.cost),
        )
        for each in rows
    ]
    return Grid(columns, cells)


def whole_activity_page(dossier: ActivityDossier) -> Page:
    """Return the page of all there is about an activity."""
    activity, participants, voices = dossier
    ad: dict[str, Any] | None = json.loads(activity.ad) if activity.ad else None
    parts: list[Part] = [
        Heading(f"{activity.label} {activity.title}", capital(word(CHANNELS, activity.kind))),
        Facts([*_facts(activity), *(_ad_facts(ad) if ad else ())]),
    ]
    if participants:
        columns = (Column(""), Column("", flexible=True), Column(""))
        cells = [(each.id, each.name, str(each.on)) for each in participants]
        parts += [Gap(), Line(_("Took part"), "strong"), Grid(columns, cells)]
    if voices:
        said = [
            (
                capital(word(VOICE_KINDS, each.kind)),
                pick(each.theme.titles),
                count(each.number),
                each.text or "",
            )
            for each in voices
        ]
        heard = (Column(""), Column(""), Column("", "right"), Column("", style="quiet", flexible=True))
        parts += [Gap(), Line(_("Voices"), "strong"), Grid(heard, said)]
    return Page(parts, activity_json(activity) | {"ad": ad, **_beside_json(dossier)})


def _beside_json(dossier: ActivityDossier) -> dict[str, Any]:
    return {
        "touches": [each._asdict() for each in dossier.participants],
        "voices": [
            {"kind": each.kind, "theme": each.theme.code, "count": each.number, "text": each.text}
            for each in dossier.voices
        ],
    }


def _facts(activity: Activity) -> Iterator[tuple[str, str]]:
    yield _("Day"), str(activity.on)
    yield _("Term"), str(activity.term)
    told = ((_("University"), activity.university), (_("Unit"), activity.unit))
    yield from ((label, value) for label, value in told if value)
    yield _("Cost"), kronor(activity.cost)
    figures = (
        (_("People reached"), activity.reached),
        (_("Minutes"), activity.minutes),
        (_("Applicants without names"), activity.applicants),
        (_("Qualified of these"), activity.qualified),
    )
    yield from ((label, count(number)) for label, number in figures if number is not None)
    yield _("Leads"), count(activity.leads)
    if activity.deadline:
        yield _("Deadline"), str(activity.deadline)
    if activity.external_id:
        yield _("Number elsewhere"), activity.external_id


def _ad_facts(ad: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    occupations = ad["occupations"] or ad["occupation_groups"]
    told = (
        (_("Employer"), ad["employer"]),
        (_("Occupation"), ", ".join(each["label"] for each in occupations if each["label"])),
        (_("Vacancies"), ad["number_of_vacancies"]),
        (_("Form of employment"), ad["employment_type"]),
        (_("Reference"), ad["reference"]),
        (_("Web address"), ad["webpage_url"]),
    )
    yield from ((label, str(value)) for label, value in told if value)


def touched_page(
    activity: Activity, outcomes: Sequence[Touched], *, added: bool, dry_run: bool = False
) -> Page:
    """Return the page of who was noted to have taken part in an activity, or no longer."""
    parts: list[Part] = [part for each in outcomes for part in _touched_parts(activity, each, added)]
    done = [each.person for each in outcomes if each.done and each.person]
    answer = [_touched_json(activity, each) for each in outcomes]
    return Page([*parts, *not_kept(dry_run)], answer, ids=done)


def _touched_parts(activity: Activity, outcome: Touched, added: bool) -> Iterator[Part]:
    who = " ".join(each for each in (outcome.person or outcome.ref, outcome.name) if each)
    if outcome.error is None:
        told = _("{who}: {id} {title}, {day}") if added else _("{who}: no longer {id} {title}, {day}")
        yield Line(told.format(who=who, id=activity.label, title=activity.title, day=outcome.on))
        return
    message, remedy = _described(outcome.error)
    yield Line(f"{who}: {message}", "warning")
    if remedy:
        yield Line(f"  {remedy}", "quiet")


def _touched_json(activity: Activity, outcome: Touched) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": outcome.person or outcome.ref, "activity": activity.label}
    if outcome.error is None:
        return entry | {"on": outcome.on}
    message, remedy = _described(outcome.error)
    details = outcome.error.details | ({"remedy": remedy} if remedy else {})
    return entry | {"error": {"code": outcome.error.code, "message": message, "details": details}}


def _described(error: SocrekryError) -> tuple[str, str | None]:
    from socrekry.render.messages import describe  # the sentences of all errors, for the few that need one

    return describe(error)
