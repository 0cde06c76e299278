"""What somebody else has written to a candidacy meanwhile: who, when, by which command, and what.

Whoever comes second is told, and can decide anew without looking it up. Codes and days are told, and no
free text: an error is copied into letters and logs, out of reach of whoever erases a person.
"""

from typing import Any

from socrekry.domain import events as e
from socrekry.domain.errors import Conflict, SocrekryError
from socrekry.services.looking import Happening, History, history
from socrekry.store.connect import Store

_ERASABLE = ("override", "reason", "text", "seen_by")


class Overtaken(Conflict):
    """A conflict with what was written meanwhile: the happenings of ``history`` with these numbers."""

    def __init__(self, code: str, history: History, since: tuple[Happening, ...], /, **details: Any) -> None:
        super().__init__(code, **details, changes=[_told(each) for each in since])
        self.history, self.since = history, since


def told_who(store: Store, conflict: Conflict) -> Conflict:
    """Return a conflict about a candidacy with what others have written to it; as it is if nobody knows."""
    if conflict.code not in ("head-changed", "stage-differs"):
        return conflict
    try:
        with store.snapshot():
            found = _without_texts(history(store, conflict.details["ref"]))
    except SocrekryError:  # the conflict is what matters
        return conflict
    first = _first_unseen(found, conflict)
    since = tuple(each for each in found.happenings if first is not None and each.seq >= first)
    return Overtaken(conflict.code, found, since, **conflict.details) if since else conflict


def _without_texts(found: History) -> History:
    return found._replace(happenings=tuple(each._replace(texts={}) for each in found.happenings))


def _first_unseen(found: History, conflict: Conflict) -> int | None:
    """Return from which entry on the log says what nobody knew who saw it at that head, or in that stage."""
    if conflict.code == "head-changed":
        return int(conflict.details["expected"]) + 1
    stays, stage = found.subject.candidacy.stays, conflict.details["expected"]
    left = [each.left_seq for each in stays if each.stage == stage and each.left_seq]
    return left[-1] if left else None


def _told(each: Happening) -> dict[str, Any]:
    body = e.to_body(each.event)
    return {
        "seq": each.seq,
        "event": e.NAMES[type(each.event)],
        "actor": each.actor,
        "command": each.command,
        "recorded_at": each.recorded_at,
        "occurred_on": each.occurred_on.isoformat() if each.occurred_on else None,
    } | {
        name: value
        for name, value in body.items()
        if name != "verdicts" and not (name in _ERASABLE and isinstance(value, int))
    }
