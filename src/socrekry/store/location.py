"""Where a store is: a path on this machine or the URL of a PostgreSQL database, and how it is called.

What people are shown never holds a password, whichever part of a URL it stands in: an error would
carry it into a log, a screenshot or a letter to whoever helps.
"""

import os

from socrekry.domain.errors import StoreUnavailable

POSTGRESQL = ("postgresql", "postgres")


def is_url(location: str) -> bool:
    """Tell whether a store is named by a URL rather than by a path."""
    return "://" in location


def path_of(location: str) -> str:
    """Return the path that names a store, whole. StoreUnavailable("engine-not-supported") for a URL."""
    if is_url(location):
        raise StoreUnavailable("engine-not-supported", store=masked(location))
    return os.path.abspath(os.path.expanduser(location))


def on_postgresql(location: str) -> bool:
    """Tell whether a store is on PostgreSQL. StoreUnavailable("engine-not-supported") for another URL."""
    if not is_url(location):
        return False
    if location.partition("://")[0].lower() not in POSTGRESQL:
        raise StoreUnavailable("engine-not-supported", store=masked(location))
    return True


def place_of(location: str) -> str:
    """Return what a store is called where people see it: its path, whole, or its URL without a password."""
    return masked(location) if is_url(location) else path_of(location)


def has_password(location: str) -> bool:
    """Tell whether a URL holds a password, before its server or in its query."""
    _, found, rest = location.partition("://")
    address, _, query = rest.partition("?")
    who, at, _ = address.rpartition("@")
    named = {part.partition("=")[0].lower() for part in query.split("&")}
    return bool(found) and ((bool(at) and ":" in who) or bool(named & {"password", "sslpassword"}))


def masked(location: str) -> str:
    """Return a store's place without the password that a URL may hold, before its server or in its query."""
    scheme, found, rest = location.partition("://")
    if not found:
        return location
    address, asks, query = rest.partition("?")
    if "@" in query:  # a password may hold either sign, and nobody can tell which of them parts it off
        return f"{scheme}://{address.partition(':')[0]}:***"
    who, at, place = address.rpartition("@")
    shown = f"{who.partition(':')[0]}{':***' if ':' in who else ''}@{place}" if at else place
    return f"{scheme}://{shown}?***" if asks else f"{scheme}://{shown}"
