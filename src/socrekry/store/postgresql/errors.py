"""What PostgreSQL refuses, in our own words: by SQLSTATE, and never with the values of a row.

An error's detail and context may hold what stands in a row – an e-mail, a name – and its statement may
too; only its first line, which names what was broken, is passed on.
"""

import re

import psycopg

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.store.failures import ConnectionLost, Contended, Duplicate, OutOfSight

# By SQLSTATE, or by its class (the first two signs).
_UNAVAILABLE = {
    "55P03": "store-busy",  # lock_timeout
    "57014": "store-busy",  # statement_timeout, or an administrator cancelled it
    "53": "store-busy",  # out of memory, of locks, of connections
    "53100": "store-full",
    "25006": "store-read-only",
    "42501": "not-permitted",
    "58": "store-unwritable",
    "XX000": "store-unwritable",  # as where the server's disk has a quota
    "28": "store-unreachable",
    "3D000": "store-unreachable",
}
_TRY_AGAIN = ("40001", "40P01")
_DAMAGED = {
    "42P01": "not-a-store",
    "3F000": "not-a-store",
    "XX001": "store-damaged",
    "XX002": "store-damaged",
}
_NO_VERSION = "alembic_version"
_ROW_SECURITY = (
    "ExecWithCheckOptions"  # what refuses a row has no state of its own, and speaks the server's language
)
_LAST_WORDS = ("FATAL", "PANIC")


def translated(error: psycopg.Error, location: str, *, while_committing: bool = False) -> Exception:
    """Return the driver's error in our words; one that only a bug can cause stays as it is."""
    state, reason = error.sqlstate or "", reason_of(error)
    if is_lost(error):
        return ConnectionLost(while_committing=while_committing, store=location, reason=reason)
    if state[:2] == "23" or error.diag.source_function == _ROW_SECURITY:
        return Duplicate(reason) if state[:2] == "23" else OutOfSight()
    if state in _TRY_AGAIN:
        return Contended(store=location, reason=reason)
    code = _UNAVAILABLE.get(state) or _UNAVAILABLE.get(state[:2])
    if code is not None:
        return StoreUnavailable(code, store=location, reason=reason)
    if state in _DAMAGED and (state != "42P01" or _NO_VERSION in reason):
        return StoreDamaged(_DAMAGED[state], store=location, reason=reason)
    return error


def is_lost(error: psycopg.Error) -> bool:
    """Tell whether the connection is gone: the server has said its last word, or libpq hears none."""
    if error.sqlstate is None:  # what the server says has one
        return isinstance(error, psycopg.OperationalError)
    return error.diag.severity_nonlocalized in _LAST_WORDS or error.sqlstate[:2] == "08"


def reason_of(error: psycopg.Error) -> str:
    """Return what an error says in a line, without what it quotes of a row or of a password.

    Where several servers were tried, what each of them said.
    """
    said = error.diag.message_primary or str(error)
    each = re.findall(r"^- host: .*?, hostaddr: (?:'[^']*'|None): (.+)$", said, re.MULTILINE)
    lines = [_PREFIX.sub("", line) for line in each or said.strip().splitlines()[:1]]
    return re.sub(r"(?i)(password=)\S+", r"\1***", "; ".join(dict.fromkeys(lines)))


_PREFIX = re.compile(r"^(connection (failed|is bad)|consuming input failed): ")
