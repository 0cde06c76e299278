"""What PostgreSQL refuses, in our own words: by SQLSTATE, and never with the values of a row.

An error's detail and context may hold what stands in a row – an e-mail, a name – and its statement may
too; only its first line, which names what was broken, is passed on.
"""

import re

import psycopg

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.store.failures import Contended, Duplicate

# By SQLSTATE, or by its class (the first two signs).
_UNAVAILABLE = {
    "55P03": "store-busy",  # lock_timeout
    "57014": "store-busy",  # statement_timeout, or an administrator cancelled it
    "53300": "store-busy",  # too many connections
    "53": "store-full",
    "25006": "store-read-only",
    "42501": "not-permitted",
    "58": "store-unwritable",
    "28": "store-unreachable",
    "3D000": "store-unreachable",
    "57P03": "store-unreachable",
}
_TRY_AGAIN = ("40001", "40P01")
_DAMAGED = {
    "42P01": "not-a-store",
    "3F000": "not-a-store",
    "XX001": "store-damaged",
    "XX002": "store-damaged",
}
_NO_VERSION = "alembic_version"


def translated(error: psycopg.Error, location: str) -> Exception:
    """Return the driver's error in our words; one that only a bug can cause stays as it is."""
    state, reason = error.sqlstate or "", reason_of(error)
    if state[:2] == "23":
        return Duplicate(reason)
    if state in _TRY_AGAIN:
        return Contended(store=location, reason=reason)
    code = _UNAVAILABLE.get(state) or _UNAVAILABLE.get(state[:2])
    if code is not None:
        return StoreUnavailable(code, store=location, reason=reason)
    if state in _DAMAGED and (state != "42P01" or _NO_VERSION in reason):
        return StoreDamaged(_DAMAGED[state], store=location, reason=reason)
    return error


def reason_of(error: psycopg.Error) -> str:
    """Return what an error says in a line, without what it quotes of a row or of a password."""
    said = error.diag.message_primary or " ".join(str(error).split())
    return re.sub(r"(?i)(password=)\S+", r"\1***", said).strip()
