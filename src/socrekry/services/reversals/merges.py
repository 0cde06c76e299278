"""The way back for two candidates who were merged, and for two who were told apart.

The account has a line for each candidacy, touch and earlier merge that went along, and one for the merge
itself, which is taken back last of all: until then whoever sees the one may see the other.
"""

from socrekry.domain.errors import Refused
from socrekry.domain.ids import candidate_id
from socrekry.services.merging import move_candidacy
from socrekry.services.persons import read_details
from socrekry.services.reversals.ways import Change, Reversal, changed_since, drop
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate


def _merge(store: Store, change: Change) -> None:
    kept, gone = map(int, change.key.split(":"))
    match change.field:
        case "candidacy":
            _candidacy(store, change, kept, gone)
        case "touch":  # one that was taken away since stays away
            store.write("duplicates.move_touch", id=int(change.before or 0), person=gone)
        case "merged":
            store.write("duplicates.redirect_merged", person=int(change.before or 0), into=gone)
        case _:
            _persons(store, change, kept, gone)


def _candidacy(store: Store, change: Change, kept: int, gone: int) -> None:
    if read_details(store, kept)[1]:  # nothing is left of what the other was
        raise Refused("protection-final", id=candidate_id(kept))
    before, after = int(change.before or 0), int(change.after or 0)
    rows = store.rows("finding.by_number", person=kept, number=after)
    if not rows:
        raise changed_since(change)
    move_candidacy(store, rows[0][0], gone, before)
    store.write("duplicates.drop_former", candidacy=rows[0][0], person=gone, number=before)


def _persons(store: Store, change: Change, kept: int, gone: int) -> None:
    try:
        for person in (kept, gone):
            store.write("candidacy.keep_person", person=person)
    except Duplicate as error:  # somebody else has her address by now
        raise changed_since(change) from error
    store.write("duplicates.drop_merged", person=gone, into=kept)


def _apart(store: Store, change: Change) -> None:
    person, other = map(int, change.key.split(":"))
    drop(store, change, "duplicates.drop_apart", person=person, other=other)


REVERSALS: dict[str, Reversal] = {"merge": _merge, "apart": _apart}
