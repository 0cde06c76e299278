"""The end of every log, to be kept elsewhere: what a log that was rewritten is found by.

Who can write to the store can also compute every hash anew, and nothing in the store would tell. But
not in a file that lies elsewhere: a log is never shortened, and no entry of it ever changes its hash.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from socrekry.domain.ids import candidacy_id
from socrekry.services.chains import Defect
from socrekry.store.connect import Store

AT_A_TIME = 1_000


class Head(NamedTuple):
    """The last entry of a candidacy's log, by the id that it was begun under: its number and its hash."""

    person: int
    number: int
    seq: int
    hash: str

    @property
    def label(self) -> str:
        """The candidacy's id: ``C-1.1``."""
        return candidacy_id(self.person, self.number)


def heads(store: Store, at_a_time: int = AT_A_TIME) -> Iterator[Head]:
    """Give the end of every log, by person and number."""
    last = Head(0, 0, 0, "")
    while True:
        rows = store.rows("checking.heads", person=last.person, number=last.number, most=at_a_time)
        yield from (Head(*row) for row in rows)
        if not rows:
            return
        last = Head(*rows[-1])


def head_defects(store: Store, earlier: Iterable[Head]) -> Iterator[Defect]:
    """Give a defect for each log that no longer holds what an earlier head says it held."""
    for head in earlier:
        row = store.row("checking.hash_at", person=head.person, number=head.number, seq=head.seq)
        if row is None:
            yield Defect("log-gone", head.label, {"seq": head.seq})
        elif row[1] is None:
            yield Defect("log-shortened", head.label, {"seq": head.seq, "last": row[0]})
        elif row[1] != head.hash:
            yield Defect("log-recomputed", head.label, {"seq": head.seq})
