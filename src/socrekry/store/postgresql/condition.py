"""How a PostgreSQL server is, as far as it tells whoever asks: asking changes nothing."""

import time
from typing import Any, Self

import psycopg
from psycopg import pq

from socrekry.store.engine import Row
from socrekry.store.location import masked
from socrekry.store.postgresql.connection import LOCK, connected
from socrekry.store.postgresql.errors import translated
from socrekry.store.server_facts import About, Durability, Link, Session, Sight, Standbys, Untidy, User

_TRIES = 5
_SETTINGS = (
    *("fsync", "full_page_writes", "synchronous_commit", "synchronous_standby_names"),
    "data_checksums",
)
_CLOCK = "SELECT extract(epoch FROM clock_timestamp())::float8"
_ABOUT = """
    SELECT current_setting('server_version'), current_setting('server_version_num')::int,
           current_setting('server_encoding'), pg_is_in_recovery(), pg_database_size(current_database())"""
_USER = """
    SELECT current_user::text, r.rolsuper, pg_get_userbyid(c.relowner)::text,
           coalesce(pg_has_role(c.relowner, 'USAGE'), false)
    FROM pg_roles r LEFT JOIN pg_class c ON c.relname = 'alembic_version'
        AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))
    WHERE r.rolname = current_user"""
_ROLES = """
    WITH RECURSIVE mine(oid) AS (
        SELECT oid FROM pg_roles WHERE rolname = current_user
        UNION SELECT m.roleid FROM pg_auth_members m JOIN mine ON m.member = mine.oid)
    SELECT r.rolname::text FROM mine JOIN pg_roles r USING (oid) WHERE r.rolname <> current_user ORDER BY 1"""
_CONNECTIONS = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')::int,
           current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"""
# The version and the mark of a copy stand in tables of others, which nobody sorts.
_MISCOLLATED = """
    SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    JOIN pg_collation o ON o.oid = a.attcollation
    WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind = 'r'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'text'::regtype
        AND o.collname NOT IN ('C', 'POSIX') AND c.relname NOT IN ('alembic_version', 'half_copied')
    ORDER BY 1"""
_SECURED = """
    SELECT c.relname::text, row_security_active(c.oid) FROM pg_class c
    WHERE c.relnamespace = to_regnamespace(quote_ident(current_schema())) AND c.relkind = 'r'
        AND c.relrowsecurity ORDER BY 1"""
_PARTIAL = """
    SELECT v.relname::text FROM pg_class v JOIN pg_roles r ON r.oid = v.relowner
    WHERE v.relnamespace = to_regnamespace(quote_ident(current_schema())) AND v.relkind = 'v'
        AND NOT r.rolsuper AND NOT r.rolbypassrls
        AND EXISTS (SELECT FROM pg_class t WHERE t.relnamespace = v.relnamespace AND t.relrowsecurity
            AND (t.relforcerowsecurity OR NOT pg_has_role(v.relowner, t.relowner, 'USAGE')))
    ORDER BY 1"""
_UNITS_TOLD = """
    SELECT FROM pg_class c WHERE c.relname = 'unit_allowed' AND has_table_privilege(c.oid, 'SELECT')
        AND c.relnamespace = to_regnamespace(quote_ident(current_schema()))"""
_LOCKS = """
    SELECT a.pid, a.usename::text, a.application_name, a.state,
           extract(epoch FROM clock_timestamp() - a.xact_start)::float8, l.granted
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint = %s AND l.objid::bigint = %s
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ORDER BY a.xact_start NULLS LAST, a.pid"""
_LONG = """
    SELECT pid, usename::text, application_name, state,
           extract(epoch FROM clock_timestamp() - xact_start)::float8
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND xact_start < clock_timestamp() - make_interval(secs => %s)
    ORDER BY xact_start, pid"""
_UNTIDY = """
    SELECT relname::text, n_live_tup, n_dead_tup, coalesce(last_analyze, last_autoanalyze) IS NOT NULL
    FROM pg_stat_user_tables
    WHERE schemaname = current_schema() AND (
        (n_dead_tup > %s AND n_dead_tup * 2 > n_live_tup)
        OR (n_live_tup > %s AND coalesce(last_analyze, last_autoanalyze) IS NULL))
    ORDER BY n_dead_tup DESC, 1"""


class Server:
    """A connection to the server that a store is on, or is to be on."""

    def __init__(self, url: str) -> None:
        self.location = masked(url)
        began = time.perf_counter()
        self._connection = connected(url, writing=False)
        self._connect_ms = (time.perf_counter() - began) * 1000

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def about(self) -> About:
        """Return which server it is."""
        before = time.time()
        ((now,),) = self._rows(_CLOCK)
        ahead = (before + time.time()) / 2 - now
        version, number, encoding, standby, size = self._rows(_ABOUT)[0]
        return About(
            version, number, pq.version(), psycopg.__version__, encoding, standby, round(ahead, 3), size
        )

    def link(self) -> Link:
        """Return how it is reached, and the usual time of an answer."""
        info, times = self._connection.info, []
        for _ in range(_TRIES):
            began = time.perf_counter()
            self._rows("SELECT 1")
            times.append((time.perf_counter() - began) * 1000)
        local = info.host.startswith(("/", "@"))
        mode = str(info.get_parameters().get("sslmode", "prefer"))
        return Link(
            None if local else info.hostaddr or info.host,
            self._tls(),
            mode,
            round(self._connect_ms, 1),
            round(sorted(times)[_TRIES // 2], 1),
        )

    def _tls(self) -> str | None:
        """Return the version of TLS; a server behind something that speaks TLS for it knows none."""
        if not self._connection.pgconn.ssl_in_use:
            return None
        rows = self._rows("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
        return str(rows[0][0]) if rows and rows[0][0] else "TLS"

    def user(self) -> User:
        """Return who asks."""
        name, superuser, owner, owns = self._rows(_USER)[0]
        return User(name, superuser, owner, owns, tuple(role for (role,) in self._rows(_ROLES)))

    def durability(self) -> Durability:
        """Return what the server does before it calls something kept."""
        asked = "SELECT current_setting(%s, true)"
        fsync, pages, commit, standbys, checksums = (
            self._rows(asked, name)[0][0] or "" for name in _SETTINGS
        )
        return Durability(fsync == "on", pages == "on", commit, standbys, checksums == "on")

    def standbys(self) -> Standbys:
        """Return who follows the server."""
        states = [state for (state,) in self._rows("SELECT sync_state FROM pg_stat_replication")]
        synchronous = sum(state in ("sync", "quorum") for state in states)
        return Standbys(len(states), None if None in states else synchronous)

    def connections(self) -> tuple[int, int]:
        """Return how many connections there are, and how many ordinary users may have."""
        used, most = self._rows(_CONNECTIONS)[0]
        return used, most

    def miscollated(self) -> tuple[str, ...]:
        """Return the columns of words that are not sorted byte by byte."""
        return tuple(name for (name,) in self._rows(_MISCOLLATED))

    def sight(self) -> Sight:
        """Return where row security is on, and what it hides from who asks and from limits."""
        secured = self._rows(_SECURED)
        hidden = tuple(name for name, hides in secured if hides)
        told = hidden and self._rows(_UNITS_TOLD)
        return Sight(
            tuple(name for name, _ in secured),
            hidden,
            tuple(name for (name,) in self._rows(_PARTIAL)),
            bool(told) and not self._rows("SELECT FROM unit_allowed LIMIT 1"),
        )

    def lock_holders(self) -> tuple[tuple[Session, ...], int]:
        """Return who writes to the store now, the longest first, and how many wait to."""
        rows = self._rows(_LOCKS, *LOCK)
        return tuple(Session(*row[:5]) for row in rows if row[5]), sum(not row[5] for row in rows)

    def long_transactions(self, seconds: float) -> tuple[Session, ...]:
        """Return the transactions in this database that have been under way for longer than that."""
        return tuple(Session(*row) for row in self._rows(_LONG, seconds))

    def untidy(self, rows: int) -> tuple[Untidy, ...]:
        """Return the tables with more dead rows than that and half the living, or so many and no plan."""
        return tuple(Untidy(*row) for row in self._rows(_UNTIDY, rows, rows))

    def _rows(self, asked: str, *values: Any) -> list[Row]:
        try:
            return self._connection.execute(asked.encode(), values or None).fetchall()
        except psycopg.Error as error:
            raise translated(error, self.location) from error
