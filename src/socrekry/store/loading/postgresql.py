"""Fill and empty a PostgreSQL database as a whole: what `socrekry.store.loading` asks of this engine."""

import random
from collections.abc import Mapping, Sequence

from socrekry.store.connect import Store


def numbers_given(store: Store, tables: Sequence[str]) -> dict[str, int]:
    """Return the last number that each table has given to a row, 0 where it has given none."""
    asked = "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')::regclass)"
    return {table: int(store.engine_rows(asked, table)[0][0] or 0) for table in tables}


def go_on_after(store: Store, numbers: Mapping[str, int]) -> None:
    """Let each table's next row have the number after this one."""
    for table, last in numbers.items():
        store.engine_rows("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", table, last)


def next_numbers(store: Store, table: str, many: int) -> int:
    """Draw so many numbers, which follow each other as nobody else draws meanwhile; return the first."""
    drawn = "SELECT min(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)"
    return int(store.engine_rows(drawn, table, many)[0][0])


def may_load(store: Store) -> bool:
    """Tell whether no row of a person is hidden from whoever is connected; COPY does not ask."""
    return not store.engine_rows("SELECT row_security_active('person')")[0][0]


def may_overlap() -> bool:
    """Say no: numbers are drawn from the server that would be loading."""
    return False


def empty_out(store: Store, tables: Sequence[str]) -> None:
    """Take every row out of these tables; the triggers that keep the log are off meanwhile."""
    store.engine_rows("ALTER TABLE event DISABLE TRIGGER USER")
    store.engine_rows(f"TRUNCATE {_listed(tables)} RESTART IDENTITY")
    store.engine_rows("ALTER TABLE event ENABLE TRIGGER USER")


def settle(store: Store, tables: Sequence[str]) -> None:
    """Count what the tables hold, so that statements are planned for it at once."""
    store.engine_rows(f"ANALYZE {_listed(tables)}")


def are_one(first: Store, second: Store) -> bool:
    """Tell whether two connections lead to one database: only there does a lock keep the other out."""
    key = random.getrandbits(62)
    first.engine_rows("SELECT pg_advisory_lock(%s)", key)
    try:
        ((free,),) = second.engine_rows("SELECT pg_try_advisory_lock(%s)", key)
        if free:
            second.engine_rows("SELECT pg_advisory_unlock(%s)", key)
        return not free
    finally:
        first.engine_rows("SELECT pg_advisory_unlock(%s)", key)


def _listed(tables: Sequence[str]) -> str:
    return ", ".join(f'"{table}"' for table in tables)
