"""Numbers that nobody got are given again: what was refused or rehearsed leaves no gap among the ids.

On PostgreSQL a sequence does not go back with the transaction that drew from it. A dry run would then tell an
id that the command itself does not give, and a refused import would leave out as many ids as it has rows.
Whoever is alone in the store puts the sequences back while nobody else can draw from them; whoever writes
beside others leaves them, and so does whoever may not set them: a gap is no error.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from socrekry.store.engine import Row

if TYPE_CHECKING:
    import psycopg

Drawn: TypeAlias = Mapping[str, tuple[str, int | None]]
"""Of each sequence: the table that it numbers, and the number that it gave last (None: none yet)."""

DRAWN = (
    "SELECT q.seqrelid::regclass::text, t.oid::regclass::text, pg_sequence_last_value(q.seqrelid::regclass) "
    "FROM pg_sequence q JOIN pg_class s ON s.oid = q.seqrelid "
    "JOIN pg_depend d ON d.objid = q.seqrelid AND d.deptype = 'a' "
    "AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass "
    "JOIN pg_class t ON t.oid = d.refobjid "
    "WHERE s.relnamespace = to_regnamespace(quote_ident(current_schema())) "
    "AND has_sequence_privilege(q.seqrelid, 'UPDATE') "
    "AND has_sequence_privilege(q.seqrelid, 'SELECT, USAGE') AND has_column_privilege(t.oid, 'id', 'SELECT')"
)


def drawn(rows: Sequence[Row]) -> Drawn:
    """Return what `DRAWN` tells."""
    return {sequence: (table, last) for sequence, table, last in rows}


def put_back(connection: "psycopg.Connection[Any]", before: Drawn, *, but_for_rows: bool = False) -> None:
    """Set each sequence that was drawn from to where it stood before.

    Where a part of the transaction stays, ``but_for_rows`` sets none below a number that is in its table.
    """
    if not before:  # beside others, who may have drawn meanwhile
        return
    for sequence, (table, now) in drawn(connection.execute(DRAWN).fetchall()).items():
        _, last = before.get(sequence, (table, now))
        if now == last:
            continue
        highest = f"(SELECT max(id) FROM {table})" if but_for_rows else "NULL::bigint"  # noqa: S608
        to = f"SELECT greatest(%s, {highest}) AS n"
        told = f"SELECT setval(%s, coalesce(n, 1), n IS NOT NULL) FROM ({to}) AS s"  # noqa: S608
        connection.execute(told.encode(), (sequence, last))
