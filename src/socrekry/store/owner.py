"""The owner's work in a store on PostgreSQL: to act as the owner, and to see whom the roles hold for.

Whoever of the owner's members gives a command, what it makes is the owner's; so it begins by becoming that.
"""

from typing import NamedTuple

from socrekry.domain.errors import Refused
from socrekry.store.connect import Store
from socrekry.store.postgresql.ownership import AS_OWNER, OURS, OWNS
from socrekry.store.postgresql.roles import ROLES, Place, Step
from socrekry.store.postgresql.rows import IS_ON

_PLACE = (
    "SELECT current_schema()::text, current_database()::text, NOT EXISTS ("  # noqa: S608
    "SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND n.nspname !~ '^(pg_|information_schema$)' "
    f"AND NOT (n.nspname = current_schema() AND c.relname = ANY ({OURS})) "
    "AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))"
)
_ROLES = (
    "SELECT r.rolname::text, r.rolcanlogin OR r.rolsuper OR r.rolbypassrls, "
    "ARRAY(SELECT m.rolname::text FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member "
    "WHERE a.roleid = r.oid GROUP BY m.rolname ORDER BY m.rolname) "
    "FROM pg_roles r WHERE r.rolname = ANY (%s)"
)


class Group(NamedTuple):
    """One of the roles that is there, with those in it; ``too_much`` where it may do what none should."""

    name: str
    too_much: bool
    members: tuple[str, ...]


def place_of(store: Store) -> Place:
    """Return where the roles of a store are to hold."""
    ((schema, database, alone),) = store.engine_rows(_PLACE)
    return Place(schema, database, alone, is_secured(store))


def is_secured(store: Store) -> bool:
    """Tell whether row security is on."""
    return bool(store.engine_rows(IS_ON))


def groups(store: Store) -> dict[str, Group]:
    """Return the roles that there are, by name."""
    rows = store.engine_rows(_ROLES, list(ROLES))
    return {name: Group(name, too_much, tuple(members)) for name, too_much, members in rows}


def existing(store: Store, names: list[str]) -> frozenset[str]:
    """Return which of these names are roles of the database."""
    rows = store.engine_rows("SELECT rolname::text FROM pg_roles WHERE rolname = ANY (%s)", names)
    return frozenset(name for (name,) in rows)


def act_as_owner(store: Store) -> None:
    """Do the rest of the transaction as the owner.

    Refused("roles-missing") where the roles do not hold yet; StoreUnavailable("not-permitted") for one who
    is not the owner's.
    """
    ((owns,),) = store.engine_rows(OWNS)
    if not owns:
        raise Refused("roles-missing", store=store.location)
    store.engine_rows(AS_OWNER)


def run(store: Store, parts: tuple[Step, ...]) -> None:
    """Run steps inside the transaction that is under way."""
    for part in parts:
        for statement in part.statements:
            store.engine_rows(statement)
