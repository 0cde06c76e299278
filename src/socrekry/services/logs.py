"""Every log of a store followed from its first entry to its last, a few hundred at a time.

Only what the chain of hashes covers is read, which has been kept alike since the first version: so a store
of an older schema can be proved as well. What is derived from the logs is `services.checking`'s.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from socrekry.domain.errors import StoreUnavailable
from socrekry.domain.ids import candidacy_id
from socrekry.services.chains import Defect, Entered, chain_defects
from socrekry.services.reading_ahead import ahead
from socrekry.store.connect import Store, schema_version
from socrekry.store.engine import Row

AT_A_TIME = 500
_MERGING = "0004"  # the first schema in which a candidacy may have been begun under another id


class _Few(NamedTuple):
    """Some candidacies, each with where its log ends, and the entries of their logs."""

    ends: list[Row]
    entries: list[Row]
    begun_as: list[Row]


def log_defects(store: Store, progress: Callable[[int], None] | None = None) -> Iterator[Defect]:
    """Give what is wrong with any log; ``progress`` is told how many candidacies have been followed."""
    after = followed = 0
    merging = _knows_merges(store)

    def read() -> _Few | None:
        nonlocal after
        ends = store.rows("moving.ends", after=after, most=AT_A_TIME)
        if not ends:
            return None
        first, after = ends[0][0], ends[-1][0]
        between = {"first": first, "last": after}
        begun_as = store.rows("moving.begun_as", **between) if merging else []
        return _Few(ends, store.rows("checking.log", **between), begun_as)

    for few in ahead(read):
        yield from _defects(few)
        followed += len(few.ends)
        if progress is not None:
            progress(followed)


def _knows_merges(store: Store) -> bool:
    try:
        return schema_version(store) >= _MERGING
    except StoreUnavailable as error:  # what is copied into is of this version
        if error.code != "store-half-copied":
            raise
        return True


def _defects(few: _Few) -> Iterator[Defect]:
    logs = {
        number: [Entered(*row[1:]) for row in rows] for number, rows in groupby(few.entries, itemgetter(0))
    }
    begun_as = {candidacy: begun for candidacy, *begun in few.begun_as}
    for candidacy, person, number, seq, hash_ in few.ends:
        label = candidacy_id(*begun_as.get(candidacy, (person, number)))
        yield from chain_defects(label, logs.get(candidacy, []), (seq, hash_))
