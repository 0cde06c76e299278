"""Whether a SQLite file is sound: its pages, its references, and its schema word by word."""

from collections.abc import Iterator

from socrekry.store.connect import Store
from socrekry.store.soundness.unsound import BrokenReference, Damage, Part

_MOST = 100  # of a ruined file, the first damages tell as much as all of them
_PARTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"


def damages(store: Store) -> tuple[Damage, ...]:
    """Return what SQLite finds wrong with the file, in its own words."""
    found = [str(line) for (line,) in store.engine_rows(f"PRAGMA integrity_check({_MOST})")]
    return () if found == ["ok"] else tuple(Damage("file-damaged", {"reason": line}) for line in found)


def broken_references(store: Store) -> Iterator[BrokenReference]:
    """Give every row that refers to one that is not there."""
    asked = store.engine_rows('SELECT DISTINCT "table", fkid FROM pragma_foreign_key_check ORDER BY 1, 2')
    for table, number in asked:
        keys = store.engine_rows(
            'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?) WHERE id = ?', table, number
        )
        for column, parent, target in keys:
            owner = _owner(store, table)
            absent = f'NOT EXISTS (SELECT 1 FROM "{parent}" AS p WHERE p."{target}" = c."{column}")'  # noqa: S608
            broken = (
                f'SELECT "{column}", {owner} FROM "{table}" AS c WHERE "{column}" IS NOT NULL AND {absent}'  # noqa: S608
            )
            rows = store.engine_rows(broken)
            for value, candidacy in rows:
                yield BrokenReference(table, column, parent, value, candidacy)


def missing_parts(store: Store) -> tuple[Part, ...]:
    """Return what belongs to this version's schema and is gone or changed."""
    from socrekry.store.migrate import sqlite_engine, upgrade  # half a second, which a check can spare

    engine = sqlite_engine(":memory:")
    upgrade(engine)
    with engine.connect() as connection:
        intended = connection.exec_driver_sql(_PARTS).fetchall()
    engine.dispose()
    kept = {(kind, name): sql for kind, name, sql in store.engine_rows(_PARTS)}
    return tuple(Part(kind, name) for kind, name, sql in intended if kept.get((kind, name)) != sql)


def _owner(store: Store, table: str) -> str:
    names = {name for (name,) in store.engine_rows("SELECT name FROM pragma_table_info(?)", table)}
    if table == "candidacy":
        return "id"
    return "candidacy_id" if "candidacy_id" in names else "NULL"
