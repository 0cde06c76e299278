"""Whether a store on PostgreSQL is sound: what the server knows, its references, and its schema part by part.

The server itself proves pages and rows as it reads and writes them. What it does not prove is what an
administrator can do past it: triggers switched off, constraints that were never validated, rows loaded
without a look at what they refer to, a part of the schema replaced by another of the same name.
"""

from collections.abc import Iterator

from socrekry.domain.errors import StoreUnavailable
from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.soundness.unsound import BrokenReference, Damage, Part

# The schema that the store is in.
_OURS = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
_HIDDEN = """
    SELECT c.relname, row_security_active(c.oid), has_table_privilege(c.oid, 'SELECT'),
           pg_get_userbyid(c.relowner), current_user::text
    FROM pg_class c WHERE c.relnamespace = {ours} AND c.relkind IN ('r', 'p', 'v')
        AND (row_security_active(c.oid) OR NOT has_table_privilege(c.oid, 'SELECT'))
    ORDER BY c.relname"""
_DAMAGES = {
    "checksum-failed": """
        SELECT datname::text, checksum_failures FROM pg_stat_database
        WHERE datname = current_database() AND checksum_failures > 0""",
    "index-invalid": """
        SELECT t.relname::text, c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        JOIN pg_class t ON t.oid = i.indrelid
        WHERE c.relnamespace = {ours} AND NOT (i.indisvalid AND i.indisready) ORDER BY 1, 2""",
    "constraint-unproved": """
        SELECT t.relname::text, k.conname::text FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid
        WHERE t.relnamespace = {ours} AND NOT k.convalidated ORDER BY 1, 2""",
    # The triggers that keep references bear names of the server's own: those are told by the reference.
    "trigger-off": """
        SELECT DISTINCT t.relname::text, coalesce(k.conname, g.tgname)::text FROM pg_trigger g
        JOIN pg_class t ON t.oid = g.tgrelid LEFT JOIN pg_constraint k ON k.oid = g.tgconstraint
        WHERE t.relnamespace = {ours} AND g.tgenabled IN ('D', 'R') ORDER BY 1, 2""",
}
_REFERENCES = """
    SELECT t.relname::text, a.attname::text, p.relname::text, b.attname::text,
           CASE WHEN t.relname = 'candidacy' THEN 'id'
                WHEN EXISTS (SELECT FROM pg_attribute o WHERE o.attrelid = t.oid
                             AND o.attname = 'candidacy_id' AND NOT o.attisdropped) THEN 'candidacy_id'
                ELSE 'NULL' END
    FROM pg_constraint k
    JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.conkey[1]
    JOIN pg_attribute b ON b.attrelid = p.oid AND b.attnum = k.confkey[1]
    WHERE k.contype = 'f' AND t.relnamespace = {ours} ORDER BY 1, 2"""
_PARTS = """
    SELECT 'table', c.relname::text, '' FROM pg_class c WHERE c.relnamespace = {ours} AND c.relkind = 'r'
    UNION ALL
    SELECT 'column', c.relname || '.' || a.attname, concat_ws(' ',
               format_type(a.atttypid, a.atttypmod),
               (SELECT 'COLLATE ' || o.collname FROM pg_collation o
                WHERE o.oid = a.attcollation AND o.collname <> 'default'),
               CASE WHEN a.attnotnull THEN 'NOT NULL' END, CASE WHEN a.atthasdef THEN 'DEFAULT' END)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = {ours} AND c.relkind = 'r'
    UNION ALL
    SELECT 'constraint', k.conname, regexp_replace(pg_get_constraintdef(k.oid), ' NOT VALID$', '')
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = {ours}
    UNION ALL
    SELECT 'index', c.relname, pg_get_indexdef(c.oid)
    FROM pg_class c WHERE c.relnamespace = {ours} AND c.relkind = 'i'
    UNION ALL
    SELECT 'view', c.relname, concat_ws(' ', pg_get_viewdef(c.oid), array_to_string(c.reloptions, ' '))
    FROM pg_class c WHERE c.relnamespace = {ours} AND c.relkind = 'v'
    UNION ALL
    SELECT 'trigger', g.tgname, pg_get_triggerdef(g.oid)
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE c.relnamespace = {ours} AND NOT g.tgisinternal
    UNION ALL
    SELECT 'row security', c.relname, '' FROM pg_class c WHERE c.relnamespace = {ours} AND c.relrowsecurity
    UNION ALL
    SELECT 'policy', p.polname, '' FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relnamespace = {ours}
    UNION ALL
    SELECT 'function', f.proname, f.prosrc FROM pg_proc f WHERE f.pronamespace = {ours}"""


def require_whole_view(store: Store) -> None:
    """Raise StoreUnavailable("store-seen-in-part") where row security or missing rights hide rows."""
    hidden = _rows(store, _HIDDEN)
    if hidden:
        *_, owner, user = hidden[0]
        raise StoreUnavailable(
            "store-seen-in-part",
            store=store.location,
            user=user,
            owner=owner,
            row_security=[table for table, secured, *_ in hidden if secured],
            unreadable=[table for table, _, readable, *_ in hidden if not readable],
        )


def damages(store: Store) -> tuple[Damage, ...]:
    """Return what the server knows to be wrong with the database, and what of it has been switched off."""
    names = {"checksum-failed": ("database", "failures")}
    return tuple(
        Damage(code, dict(zip(names.get(code, ("table", "name")), row, strict=True)))
        for code, asked in _DAMAGES.items()
        for row in _rows(store, asked)
    )


def broken_references(store: Store) -> Iterator[BrokenReference]:
    """Give every row that refers to one that is not there."""
    for table, column, parent, target, owner in _rows(store, _REFERENCES):
        absent = f'NOT EXISTS (SELECT FROM "{parent}" p WHERE p."{target}" = c."{column}")'
        broken = f'SELECT "{column}", {owner} FROM "{table}" c WHERE "{column}" IS NOT NULL AND {absent}'  # noqa: S608
        for value, candidacy in store.engine_rows(f"{broken} ORDER BY 1, 2"):
            yield BrokenReference(table, column, parent, value, candidacy)


def missing_parts(store: Store) -> tuple[Part, ...]:
    """Return what belongs to this version's schema and is gone or changed."""
    from socrekry.store.soundness.declared import (  # half a second, which a check can spare
        declared_parts,
        words_of,
    )

    kept = {(kind, name): words_of(kind, definition) for kind, name, definition in _rows(store, _PARTS)}
    secured = any(kind == "row security" for kind, _ in kept)
    intended = tuple(declared_parts(secured=secured))
    gone = {name for kind, name, _ in intended if kind == "table" and (kind, name) not in kept}
    return tuple(
        Part(kind, name)
        for kind, name, declared in intended
        if kept.get((kind, name)) != declared and not (kind == "column" and name.partition(".")[0] in gone)
    )


def _rows(store: Store, asked: str) -> list[Row]:
    return store.engine_rows(asked.format(ours=_OURS))
