"""Where a store is: a path on this machine or the URL of a PostgreSQL database, and how it is called.

What people are shown never holds a password, whichever part of a URL it stands in: an error would
carry it into a log, a screenshot or a letter to whoever helps.
"""

import os
import re
from urllib.parse import unquote

from socrekry.domain.errors import InvalidInput, StoreUnavailable

POSTGRESQL = ("postgresql", "postgres")
_SECRETS = {"password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret"}
# A URL with a stroke too few, or what libpq takes as well: as a path, it would make a file of that name.
_NEARLY_URL = re.compile(r"(?i)^\s*postgres(ql)?:|(^|\s)(host|hostaddr|dbname|service|password)\s*=")


def is_url(location: str) -> bool:
    """Tell whether a store is named by a URL rather than by a path."""
    return "://" in location


def path_of(location: str) -> str:
    """Return the path that names a store, whole.

    StoreUnavailable("engine-not-supported") for a URL, InvalidInput("store-url-broken") for what was
    meant as one.
    """
    if is_url(location):
        raise StoreUnavailable("engine-not-supported", store=masked(location))
    if is_nearly_url(location):
        raise InvalidInput("store-url-broken")
    return os.path.abspath(os.path.expanduser(location))


def is_nearly_url(location: str) -> bool:
    """Tell whether what names a store was meant as a URL, and is none."""
    return not is_url(location) and _NEARLY_URL.search(location) is not None


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
    if not is_url(location):
        return False
    who, query = _where_passwords_are(location)
    return ":" in who or _from_a_secret_on(query) is not None


def _where_passwords_are(location: str) -> tuple[str, str]:
    """Return what stands before a URL's server, and its query; a password may hold a ``?`` as well."""
    rest = location.partition("://")[2]
    address, _, query = rest.partition("?")
    return (rest if "@" in query else address).rpartition("@")[0], query


def _from_a_secret_on(query: str) -> str | None:
    """Return a query from the first secret in it on, which a ``&`` may be part of; None if it has none."""
    asked = query.split("&")
    for n, each in enumerate(asked):
        if unquote(each.partition("=")[0]).lower() in _SECRETS:
            return "&".join(asked[n:]).partition("=")[2]
    return None


def masked(location: str) -> str:
    """Return a store's place without the password that a URL may hold, before its server or in its query."""
    scheme, found, rest = location.partition("://")
    if not found:
        return "***" if is_nearly_url(location) else location
    address, asks, query = rest.partition("?")
    if "@" in query:  # a password may hold either sign, and nobody can tell which of them parts it off
        return f"{scheme}://{address.partition(':')[0]}:***"
    who, at, place = address.rpartition("@")
    shown = f"{who.partition(':')[0]}{':***' if ':' in who else ''}@{place}" if at else place
    return f"{scheme}://{shown}{_told(query, location)}" if asks else f"{scheme}://{shown}"


def _told(query: str, location: str) -> str:
    """Return what is shown of a query: its service, which may be all that names the place."""
    asked = query.split("&")
    services = [each for each in asked if each.startswith("service=")]
    if not services or has_password(location):
        return "?***"
    return f"?{services[-1]}" if len(asked) == 1 else f"?{services[-1]}&***"


def without_password(said: str, location: str) -> str:
    """Return what is said of a URL without what it quotes of the password that may be in it.

    A password with a sign that should have been written ``%40`` or ``%2F`` makes a URL fall into other
    parts, which are then quoted as a port, a host or a database.
    """
    if not has_password(location):
        return said
    who, query = _where_passwords_are(location)
    secret = f"{who.partition(':')[2]} {query if '@' in query else _from_a_secret_on(query) or ''}"
    parts = re.findall(r"\w+", f"{secret} {unquote(secret)}")

    def tells(quoted: str) -> bool:
        return "@" in quoted or quoted in secret or any(part in quoted for part in parts)

    before, *quotations = re.split("[\"']", said)
    if quotations and any(sign in unquote(secret) or said.count(sign) % 2 for sign in "\"'"):
        return f"{before}***"  # nobody can tell where a quotation ends
    return re.sub(
        r"""(["'])(.*?)\1""", lambda quotation: "***" if tells(quotation[2]) else quotation[0], said
    )
