"""The append-only log: entries in, entries out, each chained to the one before it by a hash.

The chain covers numbers, codes, dates and opaque ids – never text or names, which can be erased.
It finds accidents and naive edits: who can write the store can also recompute the chain, so a
comparison with heads that were exported earlier is what finds the rest.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from socrekry.domain.digest import digest_of_text
from socrekry.domain.events import NAMES, VERSION, Entry, Event, from_body, to_body
from socrekry.store.connect import Store

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """Return JSON text that is the same for the same value, whoever writes it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, label: str, row: Sequence[Any]) -> str:
    """Return the hash of one entry: SHA-256, in hex, over the one before it and all it says.

    ``label`` is the candidacy's (``C-1.1``); ``row`` is seq, command, the number of who gave it,
    occurred_on, recorded_at, kind, version and body, as they are stored.
    """
    return linked(previous, label, rest_of_link(row))


def rest_of_link(row: Sequence[Any]) -> str:
    """Return what an entry says, as it goes into its hash: the same in every log that says it."""
    return canonical(row)[1:]


def linked(previous: str, label: str, rest: str) -> str:
    """Return the hash of an entry of which the rest is known: that of ``[previous, label, …]`` as JSON."""
    return digest_of_text(f'["{previous}","{label}",{rest}')


def append(
    store: Store,
    candidacy: int,
    label: str,
    head: tuple[int, str],
    events: Iterable[tuple[date | None, Event]],
    *,
    command: int,
    actor: int,
    recorded_at: str,
) -> tuple[tuple[int, str], tuple[Entry, ...]]:
    """Append events after ``head`` (seq and hash); return the new head and the entries as they are kept.

    Duplicate if somebody else has appended there since.
    """
    seq, previous = head
    rows, entries = [], []
    for on, event in events:
        seq += 1
        day = on.isoformat() if on else None
        kind, body = NAMES[type(event)], canonical(to_body(event))
        previous = link(previous, label, (seq, command, actor, day, recorded_at, kind, VERSION, body))
        rows.append(
            {
                "candidacy": candidacy,
                "seq": seq,
                "kind": kind,
                "version": VERSION,
                "occurred_on": day,
                "recorded_at": recorded_at,
                "command": command,
                "body": body,
                "hash": previous,
            }
        )
        entries.append(Entry(seq, command, on, recorded_at, event))
    store.write_many("log.append", rows)
    return (seq, previous), tuple(entries)


def read(store: Store, candidacy: int) -> tuple[Entry, ...]:
    """Return a candidacy's whole log, in order of seq."""
    return tuple(
        Entry(
            seq,
            command,
            date.fromisoformat(day) if day else None,
            recorded,
            from_body(kind, json.loads(body)),
        )
        for seq, command, day, recorded, kind, body in store.rows("log.read", candidacy=candidacy)
    )
