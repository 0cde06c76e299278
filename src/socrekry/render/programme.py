"""The programme as it looks: units, universities, cohorts with their seats, staff with their room."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from socrekry.domain.term import Term
from socrekry.locale import _, ngettext
from socrekry.render.parts import Column, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.text import count
from socrekry.render.words import ROLES, capital, word
from socrekry.services.cohorts import Cohort, EditedCohort, Intake
from socrekry.services.loads import Load, Staff
from socrekry.services.units import Unit, UnitInUse
from socrekry.services.universities import University, UniversityInUse


def unit_page(unit: Unit, *, dry_run: bool = False) -> Page:
    """Return the answer to adding a unit."""
    parts: list[Part] = [Line(_("Added the unit {name}.").format(name=unit.name))]
    if not unit.child_and_youth:
        hint = _("Not children and youth, so neither a degree nor a criminal-record extract is asked for.")
        parts.append(Line(hint, "quiet"))
    return Page([*parts, *not_kept(dry_run)], _unit_json(unit), ids=[unit.name])


def units_page(units: Sequence[UnitInUse]) -> Page:
    """Return the page of all units."""
    columns = (
        Column(_("Unit"), flexible=True),
        Column(_("Employer"), flexible=True),
        Column(_("Children and youth")),
        Column(_("Open"), "right"),
        Column(_("Staff"), "right"),
    )
    cells = [
        (
            each.unit.name,
            each.unit.employer or "",
            _("yes") if each.unit.child_and_youth else "",
            count(each.open),
            count(each.staff),
        )
        for each in units
    ]
    records = [_unit_json(each.unit) | {"open": each.open, "staff": each.staff} for each in units]
    names = ("name", "employer", "child_and_youth", "open", "staff")
    nothing = _("No units. Add one: socrekry add-unit NAME")
    return _list_page(Grid(columns, cells), names, records, [each.unit.name for each in units], nothing)


def _unit_json(unit: Unit) -> dict[str, Any]:
    return {"name": unit.name, "employer": unit.employer, "child_and_youth": unit.child_and_youth}


def university_page(university: University, *, dry_run: bool = False) -> Page:
    """Return the answer to adding a university."""
    told = _("Added {name}, {town}, as {code}.").format_map(university._asdict())
    return Page([Line(told), *not_kept(dry_run)], university._asdict(), ids=[university.code])


def universities_page(universities: Sequence[UniversityInUse]) -> Page:
    """Return the page of all universities."""
    columns = (
        Column(_("Code")),
        Column(_("University"), flexible=True),
        Column(_("Town")),
        Column(_("Candidates"), "right"),
    )
    cells = [(*each.university, count(each.candidates)) for each in universities]
    records = [each.university._asdict() | {"candidates": each.candidates} for each in universities]
    names = ("code", "name", "town", "candidates")
    nothing = _("No universities. Add one: socrekry add-university CODE NAME TOWN")
    codes = [each.university.code for each in universities]
    return _list_page(Grid(columns, cells), names, records, codes, nothing)


def cohort_page(cohort: Cohort, *, dry_run: bool = False) -> Page:
    """Return the answer to opening a cohort."""
    told = ngettext(
        "Opened {id}, {title}, with {n} seat.", "Opened {id}, {title}, with {n} seats.", cohort.seats
    ).format(id=cohort.label, title=cohort.title, n=count(cohort.seats))
    intake = Intake(cohort, 0, 0, 0)
    return Page([Line(told), *not_kept(dry_run)], _intake_json(intake), ids=[cohort.label])


def edited_cohort_page(edited: EditedCohort, *, dry_run: bool = False) -> Page:
    """Return the answer to changing a cohort; with more seats, who is first in line for one."""
    intake = edited.intake
    parts: list[Part] = [Line(f"{intake.cohort.label} {intake.cohort.title}: {_seats_in_words(intake)}")]
    waiting = edited.first_in_line
    if waiting is not None and waiting.id is None:
        parts.append(Line(_("First in line is somebody whom you may not see.")))
    elif waiting is not None:
        parts.append(Line(_("First in line: {id}").format(id=waiting.id)))
        parts.append(Line(f"  socrekry advance {waiting.id}", "quiet"))
    answer = _intake_json(intake) | {"first_in_line": waiting.id if waiting else None}
    return Page([*parts, *not_kept(dry_run)], answer, ids=[intake.cohort.label])


def _seats_in_words(intake: Intake) -> str:
    seats = ngettext("{n} seat", "{n} seats", intake.cohort.seats).format(n=count(intake.cohort.seats))
    return _("{seats}, {taken} taken, {free} free").format(
        seats=seats, taken=count(intake.taken), free=count(intake.free)
    )


def cohorts_page(intakes: Sequence[Intake]) -> Page:
    """Return the page of cohorts and their seats; columns where every cell would be empty are left out."""
    named = any(each.cohort.name for each in intakes)
    placed = any(each.cohort.unit for each in intakes)
    referred = any(each.cohort.registry_number for each in intakes)
    columns = (
        Column(_("Id")),
        Column(_("Term")),
        Column(_("Pipeline")),
        *([Column(_("Unit"), flexible=True)] if placed else []),
        *([Column(_("Name"), flexible=True)] if named else []),
        Column(_("Seats"), "right"),
        Column(_("Taken"), "right"),
        Column(_("Free"), "right"),
        Column(_("Reserves"), "right"),
        Column(_("Open"), "right"),
        *([Column(_("Registry number"), flexible=True)] if referred else []),
    )
    cells = [
        (
            each.cohort.label,
            str(each.cohort.term),
            each.cohort.pipeline,
            *((each.cohort.unit or "",) if placed else ()),
            *((each.cohort.name,) if named else ()),
            *map(count, (each.cohort.seats, each.taken, each.free, each.waiting, each.open)),
            *((each.cohort.registry_number or "",) if referred else ()),
        )
        for each in intakes
    ]
    records = [_intake_json(each) for each in intakes]
    nothing = _("No cohorts. Open one: socrekry add-cohort PIPELINE TERM --seats N")
    labels = [each.cohort.label for each in intakes]
    return _list_page(Grid(columns, cells), _INTAKE, records, labels, nothing)


_INTAKE = (
    "id",
    "pipeline",
    "term",
    "unit",
    "name",
    "registry_number",
    "seats",
    "seats_taken",
    "seats_free",
    "reserves",
    "open",
)


def _intake_json(intake: Intake) -> dict[str, Any]:
    cohort = intake.cohort
    told = (cohort.label, cohort.pipeline, str(cohort.term), cohort.unit, cohort.name, cohort.registry_number)
    figures = (cohort.seats, intake.taken, intake.free, intake.waiting, intake.open)
    return dict(zip(_INTAKE, (*told, *figures), strict=True))


def member_page(member: Staff, *, added: bool, dry_run: bool = False) -> Page:
    """Return the answer to adding or changing a supervisor or mentor."""
    told = _("Added {id}, {name}: {roles}, room for {n} in a term.")
    changed = _("{id}, {name}: {roles}, room for {n} in a term.")
    line = (told if added else changed).format(
        id=member.label, name=member.name, roles=_roles(member), n=count(member.capacity)
    )
    parts: list[Part] = [Line(line), *(Line(f"  {_load_in_words(each)}") for each in member.loads)]
    if member.left_on:
        parts.append(Line(_("Gone from {day}.").format(day=member.left_on)))
        if whom := [each for load in member.loads for each in _whom(load)]:
            parts.append(Line(_("Still assigned to {ids}.").format(ids=", ".join(whom)), "warning"))
    return Page([*parts, *not_kept(dry_run)], _member_json(member), ids=[member.label])


def staff_page(staff: Sequence[Staff], term: Term | None = None, *, free: bool = False) -> Page:
    """Return the page of staff: room in one term, or whom each has in every term."""
    columns = (
        Column(_("Id")),
        Column(_("Name"), flexible=True),
        Column(_("Roles")),
        Column(_("Unit"), flexible=True),
        Column(_("Room"), "right"),
        *((Column(_("Taken"), "right"), Column(_("Free"), "right")) if term else ()),
        Column(_("Candidates"), flexible=True),
    )
    cells = [
        (
            each.label,
            _name(each),
            capital(_roles(each)),
            each.unit or "",
            *(_room(each.loads[0]) if term else (count(each.capacity),)),
            ", ".join(_ids(load) if term else _load_in_words(load) for load in each.loads),
        )
        for each in staff
    ]
    records = [_member_json(each) for each in staff]
    flat = [dict(zip(_STAFF, _flat(each, term), strict=True)) for each in staff]
    nothing = _("Nobody has room in {term}.").format(term=term) if free and term else ""
    nothing = nothing or _("No staff. Add somebody: socrekry add-staff NAME --role supervisor")
    page = _list_page(Grid(columns, cells), _STAFF, flat, [each.label for each in staff], nothing)
    parts = [Line(_("Room in {term}").format(term=term), "quiet"), *page.parts] if term else page.parts
    return page._replace(json=records, parts=parts if staff else page.parts)


_STAFF = ("id", "name", "roles", "unit", "term", "capacity", "assigned", "free", "left_on")


def _flat(member: Staff, term: Term | None) -> tuple[str | int | date | None, ...]:
    """Return one record: the figures of the term that was asked for, else the usual capacity alone."""
    load = member.loads[0] if term and member.loads else None
    figures = (load.capacity, load.taken, load.free) if load else (member.capacity, None, None)
    roles = " ".join(member.roles)
    return (
        member.label,
        member.name,
        roles,
        member.unit,
        str(term) if term else None,
        *figures,
        member.left_on,
    )


def _name(member: Staff) -> str:
    if member.left_on is None:
        return member.name
    return _("{name} (left {day})").format(name=member.name, day=member.left_on)


def _room(load: Load) -> tuple[str, str, str]:
    return count(load.capacity), count(load.taken), count(load.free)


def _ids(load: Load) -> str:
    candidates = [f"{each.id} {each.name}" for each in load.candidates]
    return ", ".join([*candidates, *(each.label for each in load.externals), *_hidden(load)])


def _load_in_words(load: Load) -> str:
    figures = f"{load.term} {count(load.taken)}/{count(load.capacity)}"
    return f"{figures}: {' '.join(_whom(load))}" if load.taken else figures


def _whom(load: Load) -> list[str]:
    """Return whom somebody has: candidates by their ids, others by their labels."""
    return [
        *(each.id for each in load.candidates),
        *(_("“{label}”").format(label=each.label) for each in load.externals),
        *_hidden(load),
    ]


def _hidden(load: Load) -> list[str]:
    """Return how many she has whom the reader may not see, if any."""
    hidden = len(load.out_of_sight)
    return [ngettext("(+{n} hidden)", "(+{n} hidden)", hidden).format(n=count(hidden))] if hidden else []


def _roles(member: Staff) -> str:
    return ", ".join(word(ROLES, role) for role in member.roles)


def _member_json(member: Staff) -> dict[str, Any]:
    return {
        "id": member.label,
        "name": member.name,
        "roles": list(member.roles),
        "unit": member.unit,
        "capacity": member.capacity,
        "left_on": member.left_on,
        "terms": [
            {
                "term": str(load.term),
                "capacity": load.capacity,
                "assigned": load.taken,
                "free": load.free,
                "candidates": [each._asdict() | {"roles": list(each.roles)} for each in load.candidates],
                "externals": [each._asdict() | {"roles": list(each.roles)} for each in load.externals],
                "out_of_sight": len(load.out_of_sight),
            }
            for load in member.loads
        ],
    }


def _list_page(
    grid: Grid, names: tuple[str, ...], records: Sequence[dict[str, Any]], ids: Sequence[str], nothing: str
) -> Page:
    parts = [grid] if grid.rows else [Line(nothing)]
    rows = Rows(names, [tuple(record[name] for name in names) for record in records])
    return Page(parts, list(records), rows=rows, ids=ids)
