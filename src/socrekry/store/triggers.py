"""The triggers that make the log append-only, on each engine.

UPDATE, DELETE and (PostgreSQL) TRUNCATE are refused. SQLite also needs an INSERT onto an existing
key refused: ``INSERT OR REPLACE`` deletes without running DELETE triggers.
"""

from sqlalchemy import DDL, Table, event

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
_KEY_IS_TAKEN = "EXISTS (SELECT 1 FROM event WHERE candidacy_id = NEW.candidacy_id AND seq = NEW.seq)"

TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER event_no_update BEFORE UPDATE ON event {_REFUSE}",
        f"CREATE TRIGGER event_no_delete BEFORE DELETE ON event {_REFUSE}",
        f"CREATE TRIGGER event_no_replace BEFORE INSERT ON event WHEN {_KEY_IS_TAKEN} {_REFUSE}",
    ),
    "postgresql": (
        (
            "CREATE FUNCTION event_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
        ),
        (
            "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event "
            "FOR EACH ROW EXECUTE FUNCTION event_append_only()"
        ),
        (
            "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event "
            "FOR EACH STATEMENT EXECUTE FUNCTION event_append_only()"
        ),
    ),
}


def keep_log_append_only(table: Table) -> None:
    """Have the triggers created with the table, on whichever engine it is created."""
    for dialect, statements in TRIGGERS.items():
        for statement in statements:
            ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))
