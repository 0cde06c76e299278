"""What a migration makes on PostgreSQL is the owner's, whoever of its members runs it, and open to others.

A view reads with its owner's rights, and a table that belongs to somebody who has left can be changed by
nobody else. So what a migration makes is made as the owner, where the roles of the store hold; and everybody
is given their rights to it before it is committed.
"""

from typing import Any

from socrekry.store.postgresql.roles import OWNER, ROLES, SIGHT, TABLES, VIEWS, rights
from socrekry.store.postgresql.rows import IS_ON, securing

OURS = "ARRAY['" + "', '".join((*TABLES, *VIEWS, *SIGHT)) + "']"
OWNS = (
    f"SELECT bool_and(c.relowner = r.oid) FROM pg_class c LEFT JOIN pg_roles r ON r.rolname = '{OWNER}' "  # noqa: S608
    f"WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relname = ANY ({OURS})"
)
AS_OWNER = f"SET LOCAL ROLE {OWNER}"
_MAY_MAKE = (
    "SELECT has_schema_privilege(r.oid, current_schema(), 'CREATE') AND pg_has_role(r.oid, "  # noqa: S608
    "CASE WHEN current_setting('server_version_num')::int < 160000 THEN 'MEMBER' ELSE 'SET' END) "
    f"FROM pg_roles r WHERE r.rolname = '{OWNER}'"
)
_HOLD = "SELECT current_user, (SELECT count(*) FROM pg_roles WHERE rolname = ANY (%s))"


def migrate_as_owner(connection: Any) -> None:
    """Act as the owner until the transaction ends, where its roles hold, or where it may make a new store."""
    owns = connection.execute(OWNS.encode()).fetchone()[0]
    may_make = connection.execute(_MAY_MAKE.encode()).fetchone()
    if owns is not False and may_make is not None and may_make[0]:
        connection.execute(AS_OWNER.encode())


def hold_again(connection: Any) -> None:
    """Give everybody their rights to what the owner made, and secure its rows if they were secured."""
    user, roles = connection.execute(_HOLD.encode(), [list(ROLES)]).fetchone()
    if (user, roles) != (OWNER, len(ROLES)):
        return
    secured = connection.execute(IS_ON.encode()).fetchone() is not None
    for step in (*(securing() if secured else ()), *rights(secured=secured)):
        for statement in step.statements:
            connection.execute(statement.encode())
