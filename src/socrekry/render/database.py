"""Roles and row security as they look: who is in which role, and what each may see."""

from typing import Any

from socrekry.locale import N_, _
from socrekry.render.parts import Column, Gap, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.text import joined
from socrekry.services.roles import Applied, Role
from socrekry.services.unit_access import Access, RoleAccess, Switched

_DUTIES = {
    "socrekry_owner": N_("has the tables, migrates, decides who may see what"),
    "socrekry_recruiter": N_("does everything the program does; of the log, reads and adds"),
    "socrekry_reader": N_("reads reports; no names, addresses or notes"),
}
_NAMES = ("role", "every_unit", "units", "known")


def sql_page(sql: str) -> Page:
    """Return the page of SQL that was asked for and not run."""
    return Page([Line(line) for line in sql.rstrip("\n").split("\n")], {"sql": sql})


def applied_page(applied: Applied, *, dry_run: bool = False) -> Page:
    """Return the answer to making the roles and giving them their rights."""
    columns = (Column(_("Role")), Column(_("What it does"), flexible=True), Column(_("Who"), flexible=True))
    cells = [(each.name, _(_DUTIES[each.name]), _who(each)) for each in applied.roles]
    parts: list[Part] = [
        Line(_("The roles hold in the schema {schema}.").format(schema=applied.schema), "strong"),
        Grid(columns, cells),
    ]
    for each in applied.roles:
        if each.too_much:
            told = _("{role} can log in by itself, or is bound by no rule: it should be a plain group.")
            parts.append(Line(told.format(role=each.name), "warning"))
    hint = _("To let somebody in, as an administrator: {sql}")
    parts += [Gap(), Line(hint.format(sql="CREATE ROLE anna LOGIN IN ROLE socrekry_recruiter;"), "quiet")]
    answer = {
        "store": applied.store,
        "schema": applied.schema,
        "roles": [
            {"role": each.name, "made": each.made, "members": list(each.members), "plain": not each.too_much}
            for each in applied.roles
        ],
        "dry_run": dry_run,
    }
    return Page([*parts, *not_kept(dry_run)], answer)


def _who(role: Role) -> str:
    return ", ".join(role.members) or _("nobody yet")


def switched_page(switched: Switched, *, dry_run: bool = False) -> Page:
    """Return the answer to switching row security on or off."""
    access = switched.access
    parts: list[Part] = [_state(access)]
    if access.row_security and not access.roles:
        parts.append(Line(_("No role is allowed any unit yet: only candidates without a unit are seen.")))
        parts.append(Line("  socrekry db allow ROLE --unit UNIT", "quiet"))
    answer = _document(access) | {"before": switched.before, "dry_run": dry_run}
    return Page([*parts, *not_kept(dry_run)], answer)


def access_page(access: Access, *, dry_run: bool = False) -> Page:
    """Return the page of what each role may see."""
    columns = (Column(_("Role")), Column(_("May see"), flexible=True))
    cells = [(each.role, _what(each)) for each in access.roles]
    empty = Line(_("No role is allowed any unit. Allow one: socrekry db allow ROLE --unit UNIT"))
    parts: list[Part] = [_state(access), Grid(columns, cells) if cells else empty]
    parts += [
        Line(_("{role} is no role of the database any more.").format(role=each.role), "warning")
        for each in access.roles
        if not each.known
    ]
    if not access.row_security and access.roles:
        parts.append(Line(_("It holds once row security is on: socrekry db row-security on"), "quiet"))
    rows = Rows(
        _NAMES, [(each.role, each.every_unit, "; ".join(each.units), each.known) for each in access.roles]
    )
    ids = [each.role for each in access.roles]
    return Page([*parts, *not_kept(dry_run)], _document(access) | {"dry_run": dry_run}, rows, ids)


def _state(access: Access) -> Line:
    if access.row_security:
        return Line(_("Row security is on: each role sees the candidates of its units."), "strong")
    return Line(_("Row security is off: every recruiter sees every candidate."), "strong")


def _what(access: RoleAccess) -> str:
    return _("every unit") if access.every_unit else joined(access.units)


def _document(access: Access) -> dict[str, Any]:
    return {
        "row_security": access.row_security,
        "roles": [each._asdict() | {"units": list(each.units)} for each in access.roles],
    }
