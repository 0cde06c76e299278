"""What a PostgreSQL server tells of itself, in values that anybody may judge.

A server tells an ordinary user less than its administrator: what is not told is None, never a guess.
"""

from typing import NamedTuple


class About(NamedTuple):
    """Which server and driver it is; this machine's clock is ``ahead`` of its own by so many seconds."""

    version: str
    number: int
    libpq: int
    psycopg: str
    encoding: str
    standby: bool
    ahead: float
    size: int


class Link(NamedTuple):
    """How it is reached: the address (None: a socket of this machine), TLS, and how long an answer takes."""

    address: str | None
    tls: str | None
    sslmode: str
    connect_ms: float
    round_trip_ms: float


class User(NamedTuple):
    """Who asks, what she is a member of, and whose the store is; ``owns`` is true of the owner's members."""

    name: str
    superuser: bool
    owner: str | None
    owns: bool
    roles: tuple[str, ...]


class Durability(NamedTuple):
    """What the server does before it calls something kept, and which standbys it would wait for."""

    fsync: bool
    full_page_writes: bool
    synchronous_commit: str
    standbys_named: str
    checksums: bool


class Standbys(NamedTuple):
    """How many standbys follow, and how many of them a commit waits for; None where that is not told."""

    number: int
    synchronous: int | None


class Sight(NamedTuple):
    """The tables with row security, those where it hides rows from who asks, and views that count a part.

    ``nothing`` is true of one whose roles are allowed no unit.
    """

    tables: tuple[str, ...]
    hidden: tuple[str, ...]
    partial_views: tuple[str, ...]
    nothing: bool = False


class Session(NamedTuple):
    """A transaction of somebody's: the process, who, in which program, doing what, and for how long."""

    pid: int
    user: str | None
    program: str | None
    state: str | None
    seconds: float | None


class Untidy(NamedTuple):
    """A table whose dead rows were not cleared away, or which was never looked at to plan by."""

    table: str
    live: int
    dead: int
    analyzed: bool
