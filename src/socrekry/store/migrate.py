"""Bring a store's schema up to this version, in one transaction, on either engine.

Alembic's own defaults commit half a failed migration on SQLite: the driver opens no transaction
before DDL. Here the connection is in autocommit, a listener begins IMMEDIATE, and Alembic is told
that the engine's DDL is transactional – so a failure leaves the schema byte for byte as it was.
This module is imported only to create or upgrade a store, never on an everyday command's path.
"""

import os
from collections.abc import Callable
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from socrekry.domain.errors import SocrekryError, StoreDamaged
from socrekry.store import network_disks
from socrekry.store.location import masked, on_postgresql
from socrekry.store.waiting import busy_seconds

_SCRIPTS = os.path.join(os.path.dirname(__file__), "migrations")


Finish = Callable[[Any], None]
"""What belongs to an upgrade beside the migrations; it is given the driver's connection."""


def upgrade(engine: Engine, scripts: str = "", *, keep: bool = True, finish: Finish | None = None) -> None:
    """Apply every migration that the store has not had; a rehearsal does it and keeps nothing.

    StoreDamaged("store-newer") if it has others, ("migration-failed") if one of them fails: the store
    is then as it was.
    """
    config = Config()
    config.set_main_option("script_location", (scripts or _SCRIPTS).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        try:
            with connection.begin() as transaction:
                command.upgrade(config, "head")
                if finish is not None:
                    finish(connection.connection.dbapi_connection)
                if not keep:
                    transaction.rollback()
        except CommandError as error:
            raise StoreDamaged("store-newer", found=str(error)) from error
        except DBAPIError as error:
            place = engine.url.database or ""
            cause = _in_our_words(engine, error.orig or error, place)
            if isinstance(cause, SocrekryError):
                raise cause from error
            raise StoreDamaged(
                "migration-failed", store=place, reason=str(cause).partition("\n")[0]
            ) from error


def _in_our_words(engine: Engine, error: Any, place: str) -> Exception:
    if engine.dialect.name == "sqlite":
        from socrekry.store.sqlite import connection as sqlite

        return sqlite.translated(error, place)
    from socrekry.store.postgresql import errors as postgresql_errors

    return postgresql_errors.translated(error, place)


def sqlite_engine(path: str) -> Engine:
    """Return an engine on a SQLite file whose transactions are real and begin IMMEDIATE."""
    engine = create_engine(URL.create("sqlite", database=path), connect_args={"timeout": busy_seconds()})

    @event.listens_for(engine, "connect")
    def autocommit(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def postgresql_engine(url: str) -> Engine:
    """Return an engine on a PostgreSQL database whose transactions keep every other writer out."""
    from socrekry.store.postgresql.connection import alone, connected
    from socrekry.store.postgresql.ownership import migrate_as_owner

    def connect() -> Any:
        connection = connected(url, writing=True)
        connection.autocommit = False
        return connection

    place = masked(url)
    engine = create_engine(URL.create("postgresql+psycopg", database=place), creator=connect)

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        alone(connection.connection.dbapi_connection, place)
        migrate_as_owner(connection.connection.dbapi_connection)

    return engine


def _with_rights(finish: Finish | None) -> Finish:
    """Have the roles of a store on PostgreSQL hold for what a migration made, as the last thing it does."""
    from socrekry.store.postgresql.ownership import hold_again

    def finished(connection: Any) -> None:
        if finish is not None:
            finish(connection)
        hold_again(connection)

    return finished


def create(location: str, scripts: str = "", *, keep: bool = True, finish: Finish | None = None) -> None:
    """Make the schema in an empty file or database, or bring an older one up to date; errors as `upgrade`."""
    if on_postgresql(location):
        engine, finish = postgresql_engine(location), _with_rights(finish)
    else:
        network_disks.refuse(location)
        engine = sqlite_engine(location)
    try:
        upgrade(engine, scripts, keep=keep, finish=finish)
    finally:
        engine.dispose()
