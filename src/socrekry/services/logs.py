"""Every log of a store followed from its first entry to its last, a few hundred at a time.

Only what the chain of hashes covers is read, which has been kept alike since the first version: so a store
of an older schema can be proved as well. What is derived from the logs is `services.checking`'s.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from socrekry.domain.ids import candidacy_id
from socrekry.services.chains import Defect, Entered, chain_defects
from socrekry.services.reading_ahead import ahead
from socrekry.store.connect import Store
from socrekry.store.engine import Row

AT_A_TIME = 500


class _Few(NamedTuple):
    """Some candidacies, each with where its log ends, and the entries of their logs."""

    ends: list[Row]
    entries: list[Row]


def log_defects(store: Store, progress: Callable[[int], None] | None = None) -> Iterator[Defect]:
    """Give what is wrong with any log; ``progress`` is told how many candidacies have been followed."""
    after = followed = 0

    def read() -> _Few | None:
        nonlocal after
        ends = store.rows("moving.ends", after=after, most=AT_A_TIME)
        if not ends:
            return None
        first, after = ends[0][0], ends[-1][0]
        return _Few(ends, store.rows("checking.log", first=first, last=after))

    for few in ahead(read):
        yield from _defects(few)
        followed += len(few.ends)
        if progress is not None:
            progress(followed)


def _defects(few: _Few) -> Iterator[Defect]:
    logs = {
        number: [Entered(*row[1:]) for row in rows] for number, rows in groupby(few.entries, itemgetter(0))
    }
    for candidacy, person, number, seq, hash_ in few.ends:
        yield from chain_defects(candidacy_id(person, number), logs.get(candidacy, []), (seq, hash_))
