"""Who may see which unit's candidates in a shared store, and whether that is asked at all.

Off, everybody who may read a table reads all of it. On, the engine itself shows each role the persons of its
units, whichever program asks. Limits count everybody all the same. Only the owner decides either.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.services.roles import require_postgresql
from socrekry.services.units import find_unit
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

if TYPE_CHECKING:
    from socrekry.store.postgresql.roles import Step

ENTITY = "unit-access"


class RoleAccess(NamedTuple):
    """What a role may see: units by name, or every one; ``known`` says that the database has it still."""

    role: str
    every_unit: bool
    units: tuple[str, ...]
    known: bool


class Access(NamedTuple):
    """Whether row security is on, and what each role may see where it is."""

    row_security: bool
    roles: tuple[RoleAccess, ...]


class Switched(NamedTuple):
    """Row security as it was and as it is, with what each role may see."""

    before: bool
    access: Access


def row_security_sql(store: Store, *, on: bool) -> str:
    """Return what switches row security on or off, for psql; errors as `switch`."""
    require_postgresql(store)
    from socrekry.store.owner import place_of
    from socrekry.store.postgresql.roles import as_text

    return as_text(_switching(place_of(store).schema, on=on))


def switch(store: Store, *, on: bool, dry_run: bool = False) -> Switched:
    """Switch row security on or off, in one transaction and alone.

    Refused("roles-need-postgresql") for a file, ("roles-missing") before the roles hold;
    StoreUnavailable("not-permitted") for one who is not the owner's.
    """
    require_postgresql(store)
    from socrekry.store.owner import act_as_owner, is_secured, place_of, run

    with store.transaction(keep=not dry_run):
        act_as_owner(store)
        before = is_secured(store)
        run(store, _switching(place_of(store).schema, on=on))
        return Switched(before, allowed(store))


def allow(writing: Writing, role: str, units: Sequence[str], *, every_unit: bool = False) -> Access:
    """Let a role of the database see units, or every unit; return what everybody may see then.

    What it may see already is left. NotFound("role-not-found", "unit-not-found"); InvalidInput("allow-what");
    otherwise as `switch`.
    """
    store = writing.store
    _require_what(units, every_unit=every_unit)
    require_postgresql(store)
    from socrekry.store.owner import act_as_owner, existing

    with writing.transaction():
        act_as_owner(store)
        if not existing(store, [role]):
            raise NotFound("role-not-found", role=role)
        held = {unit for (unit,) in store.rows("access.units_of", role=role)}
        for unit in _numbers(store, units):
            if unit not in held:
                store.value("access.add", role=role, unit=unit)
                writing.created(ENTITY, _key(role, unit))
        return allowed(store)


def disallow(writing: Writing, role: str, units: Sequence[str], *, every_unit: bool = False) -> Access:
    """Let a role see units no more, or no longer every unit; return what everybody may see then.

    NotFound("access-not-found") for what it was not allowed; otherwise as `allow`.
    """
    store = writing.store
    _require_what(units, every_unit=every_unit)
    require_postgresql(store)
    from socrekry.store.owner import act_as_owner

    with writing.transaction():
        act_as_owner(store)
        for unit in _numbers(store, units):
            if not store.write("access.drop", role=role, unit=unit):
                raise NotFound("access-not-found", role=role)
            writing.edited(ENTITY, _key(role, unit), "role", role, None)
        return allowed(store)


def allowed(store: Store) -> Access:
    """Return whether row security is on, and what each role may see. Refused("roles-need-postgresql")."""
    require_postgresql(store)
    from socrekry.store.owner import existing, is_secured

    seen: dict[str, list[str | None]] = {}
    for role, _, unit in store.rows("access.list"):
        seen.setdefault(role, []).append(unit)
    known = existing(store, list(seen))
    return Access(
        is_secured(store),
        tuple(
            RoleAccess(role, None in units, tuple(unit for unit in units if unit is not None), role in known)
            for role, units in seen.items()
        ),
    )


def parts_of(key: str) -> tuple[str, int | None]:
    """Return the role and the unit that an account of changes means."""
    unit, _, role = key.partition(":")
    return role, int(unit) or None


def _key(role: str, unit: int | None) -> str:
    return f"{unit or 0}:{role}"


def _numbers(store: Store, units: Sequence[str]) -> list[int | None]:
    """Return the numbers of units; of none, what means every unit."""
    return list(dict.fromkeys(find_unit(store, unit).id for unit in units)) or [None]


def _require_what(units: Sequence[str], *, every_unit: bool) -> None:
    if bool(units) == every_unit:
        raise InvalidInput("allow-what")


def _switching(schema: str, *, on: bool) -> "tuple[Step, ...]":
    from socrekry.store.postgresql.ownership import AS_OWNER
    from socrekry.store.postgresql.roles import Step, searching
    from socrekry.store.postgresql.rows import securing, unsecuring

    owner = Step("All of it is the owner's, in this schema.", (*searching(schema), AS_OWNER))
    return (owner, *(securing() if on else unsecuring()))
