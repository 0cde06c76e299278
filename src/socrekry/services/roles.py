"""Roles: the SQL that makes a shared store's owner, recruiters and readers, shown or run.

Whoever looks after the server may want to read it first, or to run it by other means; so it is a text before
it is done. Done again it changes nothing, and after a migration it holds for what is new by itself.
"""

from typing import TYPE_CHECKING, NamedTuple

from socrekry.domain.errors import Refused
from socrekry.store.connect import Store

if TYPE_CHECKING:
    from socrekry.store.owner import Group


class Role(NamedTuple):
    """A role of the store: whether it was made just now, and who is in it.

    ``too_much`` says that it is no plain group: it can log in by itself, or no rule binds it.
    """

    name: str
    made: bool
    members: tuple[str, ...]
    too_much: bool


class Applied(NamedTuple):
    """The roles as they are now, and where they hold."""

    store: str
    schema: str
    roles: tuple[Role, ...]


def roles_sql(store: Store) -> str:
    """Return what makes the roles and gives them their rights in this store, for psql.

    Refused("roles-need-postgresql") for a file.
    """
    require_postgresql(store)
    from socrekry.store.owner import place_of
    from socrekry.store.postgresql.roles import as_text, steps

    return as_text(steps(place_of(store)))


def apply_roles(store: Store, *, dry_run: bool = False) -> Applied:
    """Make the roles and give them their rights, in one transaction and alone; errors as `roles_sql`.

    StoreUnavailable("not-permitted") for one who may not.
    """
    require_postgresql(store)
    from socrekry.store.owner import groups, place_of, run
    from socrekry.store.postgresql.roles import ROLES, steps

    with store.transaction(keep=not dry_run):
        before, place = groups(store), place_of(store)
        run(store, steps(place))
        after = groups(store)
    roles = tuple(_role(after[name], made=name not in before) for name in ROLES)
    return Applied(store.location, place.schema, roles)


def require_postgresql(store: Store) -> None:
    """Raise Refused("roles-need-postgresql") for a file: whoever may read it may read all of it."""
    if store.engine != "postgresql":
        raise Refused("roles-need-postgresql", store=store.location)


def _role(group: "Group", *, made: bool) -> Role:
    return Role(group.name, made, group.members, group.too_much)
