"""A store on a server: how it is reached, what the server keeps, who is let in, what stands in the way."""

import os
import time
from collections.abc import Mapping
from ipaddress import ip_address
from typing import TYPE_CHECKING

from socrekry.domain.errors import SocrekryError, StoreUnavailable
from socrekry.services.doctor.contents import of_contents
from socrekry.services.doctor.findings import (
    BAD,
    GOOD,
    LOOK,
    Finding,
    Surroundings,
    finding_of,
    judged,
)
from socrekry.services.doctor.rights import open_to_others
from socrekry.store.connect import store_at
from socrekry.store.server_facts import About, Durability, Link, Session, Sight, Standbys, User

if TYPE_CHECKING:
    from socrekry.store.postgresql.condition import Server

_OLDEST = 140_000
_SLOW = 20.0  # ms for one answer; a move asks some twenty times
_APART, _FAR_APART = 2.0, 60.0  # s
_HELD, _HELD_LONG = 10.0, 300.0  # s that somebody keeps the others waiting
_WATCHED = 1.5  # s
_LONG = 600.0  # s of a transaction that keeps dead rows from being cleared away
_MANY_DEAD = 10_000  # rows
_CHECKED = ("verify-ca", "verify-full")


def of_server(
    surroundings: Surroundings, environment: Mapping[str, str]
) -> tuple[list[Finding], SocrekryError | None]:
    """Return what is found of a store on a server, and the error that other commands end with."""
    found = password_file(environment)
    try:
        try:
            from socrekry.store.postgresql.condition import Server
        except ImportError as missing:
            raise StoreUnavailable("engine-missing", engine="PostgreSQL", extra="postgres") from missing
        with Server(surroundings.location) as asked:
            about = asked.about()
            found += _of_the_server(asked, about)
        with store_at(surroundings.location, writing=False) as store:
            read, error = of_contents(store, surroundings.now, about.size)
    except SocrekryError as unreachable:
        return [*found, finding_of(unreachable)], unreachable
    return [*found, *read], error


def _of_the_server(asked: "Server", about: About) -> list[Finding]:
    link = asked.link()
    return [
        engine(about),
        connection(link),
        round_trip(link),
        user(asked.user()),
        sight(asked.sight()),
        durability(asked.durability()),
        *standbys(about, asked.durability(), asked.standbys()),
        clocks(about.ahead),
        Finding("server-encoding", GOOD, {"encoding": about.encoding}),  # another one is an error
        collation(asked.miscollated()),
        connections(*asked.connections()),
        lock(*asked.lock_holders()) or _watched(asked),
        *long_transactions(asked.long_transactions(_LONG)),
        *tidiness([each.table for each in asked.untidy(_MANY_DEAD)]),
    ]


def password_file(environment: Mapping[str, str]) -> list[Finding]:
    """Judge the file of passwords, which libpq passes over where others may read it."""
    path = environment.get("PGPASSFILE") or os.path.expanduser("~/.pgpass")
    if not os.path.isfile(path) or (mode := open_to_others(path)) is None:
        return []
    return [Finding("password-file-open", BAD, {"path": path, **mode})]


def engine(about: About) -> Finding:
    """Judge the version: an old one is no longer corrected."""
    details = {
        "version": about.version,
        "libpq": f"{about.libpq // 10_000}.{about.libpq % 10_000}",
        "psycopg": about.psycopg,
    }
    return Finding("postgresql", GOOD if about.number >= _OLDEST else LOOK, details)


def connection(link: Link) -> Finding:
    """Judge who could listen: over a network it goes through TLS, to a server that proves its name."""
    details = {"address": link.address, "tls": link.tls, "sslmode": link.sslmode}
    if link.address is None or _is_here(link.address):
        return Finding("connection-here", GOOD, details)
    if link.tls is None:
        return Finding("connection-open", BAD, details)
    code, verdict = ("connection-tls", GOOD) if link.sslmode in _CHECKED else ("connection-unproved", LOOK)
    return Finding(code, verdict, details)


def _is_here(address: str) -> bool:
    try:
        return ip_address(address.partition("%")[0]).is_loopback
    except ValueError:  # a name, where libpq did not say what it stands for
        return address == "localhost"


def round_trip(link: Link) -> Finding:
    """Judge how long an answer takes."""
    details = {"took_ms": link.round_trip_ms, "connect_ms": link.connect_ms}
    return Finding("round-trip", judged(link.round_trip_ms, _SLOW, float("inf")), details)


def user(who: User) -> Finding:
    """Judge as whom one works: nothing protects the log from a superuser or an owner."""
    details = {"user": who.name, "owner": who.owner, "roles": list(who.roles)}
    if who.superuser:
        return Finding("user-superuser", LOOK, details)
    return Finding("user-owner", LOOK, details) if who.owns else Finding("user", GOOD, details)


def sight(seen: Sight) -> Finding:
    """Judge row security: limits must count everybody, whoever sees whom."""
    details = {"tables": list(seen.tables), "hidden": list(seen.hidden), "views": list(seen.partial_views)}
    if seen.partial_views:
        return Finding("row-security-blind", BAD, details)
    if seen.nothing:
        return Finding("row-security-nothing", LOOK, details)
    if seen.hidden:
        return Finding("row-security-part", GOOD, details)
    return Finding("row-security" if seen.tables else "row-security-off", GOOD, details)


def durability(kept: Durability) -> Finding:
    """Judge whether what is answered is on a disk."""
    details = kept._asdict()
    off = [name for name in ("fsync", "full_page_writes") if not details[name]]
    if off:
        return Finding("not-durable", BAD, details | {"off": off})
    return Finding("durable", GOOD, details)


def standbys(about: About, kept: Durability, following: Standbys) -> list[Finding]:
    """Judge what is left when the server's machine is gone."""
    if about.standby:
        return [Finding("server-is-standby", LOOK, {})]
    details = {"number": following.number, "synchronous": following.synchronous}
    if kept.standbys_named and kept.synchronous_commit not in ("off", "local"):
        if following.synchronous == 0:
            return [Finding("standby-awaited", BAD, details | {"names": kept.standbys_named})]
        return [Finding("standby-synchronous", GOOD, details)]
    return [Finding("standby-behind" if following.number else "standby-none", LOOK, details)]


def clocks(ahead: float) -> Finding:
    """Judge whether this machine's clock and the server's agree."""
    apart = abs(ahead)
    code = "clocks-apart" if apart >= _APART else "clocks"
    return Finding(code, judged(apart, _APART, _FAR_APART), {"apart_seconds": round(apart, 1)})


def collation(columns: tuple[str, ...]) -> Finding:
    """Judge how words are sorted: keys for searching and sorting are made to be compared byte by byte."""
    return Finding(
        "collation-other" if columns else "collation", BAD if columns else GOOD, {"columns": list(columns)}
    )


def connections(used: int, most: int) -> Finding:
    """Judge whether somebody will be turned away."""
    return Finding("connections", judged(used / max(most, 1), 0.75, 0.95), {"used": used, "most": most})


def lock(held: tuple[Session, ...], waiting: int) -> Finding | None:
    """Judge whether somebody keeps the others from writing; None where it is not told for how long."""
    first = max(held, key=lambda each: each.seconds or 0.0, default=None)
    if first is not None and (first.seconds or 0.0) >= _HELD:
        details = _session(first) | {"waiting": waiting}
        return Finding("lock-held", judged(first.seconds or 0.0, _HELD, _HELD_LONG), details)
    if any(each.seconds is None for each in held):
        return None
    return Finding("lock-free", GOOD, {})


def _watched(asked: "Server") -> Finding:
    """Watch for a while who holds the lock: a command lets go of it at once."""
    before, _ = asked.lock_holders()
    time.sleep(_WATCHED)
    held, waiting = asked.lock_holders()
    still = [each for each in held if each.pid in {other.pid for other in before}]
    if not still:
        return Finding("lock-free", GOOD, {})
    return Finding("lock-seen", LOOK, _session(still[0]) | {"waiting": waiting})


def long_transactions(sessions: tuple[Session, ...]) -> list[Finding]:
    """Judge transactions that nobody ends."""
    return (
        [Finding("transaction-long", LOOK, _session(sessions[0]) | {"number": len(sessions)})]
        if sessions
        else []
    )


def tidiness(tables: list[str]) -> list[Finding]:
    """Judge whether the server clears away what is dead, and knows what to plan by."""
    return (
        [Finding("tables-untidy", LOOK, {"tables": tables})] if tables else [Finding("tables-tidy", GOOD, {})]
    )


def _session(session: Session) -> dict[str, object]:
    return {
        "pid": session.pid,
        "user": session.user,
        "program": session.program,
        "state": session.state,
        "held_seconds": round(session.seconds or 0.0),
    }
