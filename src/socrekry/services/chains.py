"""Whether a log is as it was written: its numbers follow, its hashes link, and it ends where it should.

Every entry's hash covers the one before it and all that the entry says, and the candidacy's row keeps
the last. So an entry that was edited, taken out, moved or cut off at the end does not fit. Nothing here
mends a log: a log that was changed is evidence, and a backup is what helps.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from socrekry.store.log import GENESIS, link


class Defect(NamedTuple):
    """Something wrong: a code, whose (``C-1.1``, or None), and JSON-able details.

    ``mendable`` is what can be rebuilt from the log.
    """

    code: str
    candidacy: str | None
    details: dict[str, Any]
    mendable: bool = False


class Entered(NamedTuple):
    """An entry of the log as it is stored."""

    seq: int
    command: int
    actor: int | None
    occurred_on: str | None
    recorded_at: str
    kind: str
    version: int
    body: str
    hash: str

    def linked(self, previous: str, label: str, seq: int) -> str:
        """Return the hash it should have as entry number ``seq`` after ``previous``."""
        return link(previous, label, (seq, *self[1:8]))


def chain_defects(label: str, entries: Sequence[Entered], head: tuple[int, str]) -> list[Defect]:
    """Return what is wrong with a log whose candidacy's row says that it ends at ``head``."""
    missing, unlinked, previous, expected = list[str](), list[str](), GENESIS, 1
    for entry in entries:
        if entry.seq > expected:
            missing.append(_span(expected, entry.seq - 1))
        # After a gap nothing is left that the entry's hash could be compared with.
        elif entry.hash != entry.linked(previous, label, entry.seq):
            unlinked.append(_span(entry.seq, entry.seq))
        previous, expected = entry.hash, entry.seq + 1
    defects = []
    if missing:
        defects.append(Defect("log-entries-missing", label, {"seqs": missing}))
    if unlinked:
        displaced = _displaced(label, entries)
        found = ("log-reordered", displaced) if displaced else ("log-edited", unlinked)
        defects.append(Defect(found[0], label, {"seqs": found[1]}))
    return [*defects, *_end_defects(label, entries, head, sound=not defects)]


def _end_defects(
    label: str, entries: Sequence[Entered], head: tuple[int, str], *, sound: bool
) -> list[Defect]:
    seq, expected = head
    last = entries[-1].seq if entries else 0
    if last < seq:
        return [Defect("log-cut", label, {"seqs": [_span(last + 1, seq)]})]
    if not sound:
        return []
    if expected != (entries[seq - 1].hash if seq else GENESIS):
        return [Defect("log-rewritten", label, {"seq": seq})]
    if last > seq:
        return [Defect("head-behind", label, {"seq": seq, "last": last}, mendable=True)]
    return [] if entries else [Defect("log-empty", label, {})]


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _displaced(label: str, entries: Sequence[Entered]) -> list[str]:
    """Return the entries that are not in their places, if all of them link in another order."""
    left, previous, displaced = list(entries), GENESIS, []
    for seq in range(1, len(entries) + 1):
        after = next((each for each in left if each.linked(previous, label, seq) == each.hash), None)
        if after is None:
            return []
        left.remove(after)
        if after.seq != seq:
            displaced.append(_span(seq, seq))
        previous = after.hash
    return displaced
