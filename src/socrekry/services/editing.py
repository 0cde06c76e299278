"""Put back what a command changed beside the log: one way back for each kind of row.

A change is kept as entity, key, field, the value before and the value after; an empty field means that
the row was new, and taking it back deletes it. Nothing is put back over what somebody else has written
since, a row that is in use stays, and limits (seats, capacity) hold on the way back as on the way there.
`services.undoing` calls this, inside its transaction and the last change first.
"""

from collections.abc import Iterator, Mapping

from socrekry.domain.errors import Refused
from socrekry.services.reversals.ways import Change, Reversal, changed_since, in_use
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate


def reverse(store: Store, change: Change) -> None:
    """Put a row back as it was before the change, inside a transaction.

    Refused ``in-use`` where something refers to a row that would go, or a limit that would be passed;
    Conflict ``changed-since`` where somebody has changed it after that.
    """
    reversal = next((ways[change.entity] for ways in _ways() if change.entity in ways), None)
    if reversal is None:
        raise Refused("not-reversible", entity=change.entity, key=change.key)
    try:
        reversal(store, change)
    except Duplicate as error:
        if change.field:
            raise changed_since(change) from error
        raise in_use(change.entity, change.key) from error


def credited_by(store: Store, change: Change) -> tuple[int, ...]:
    """Return whose credit may be another's once a change is put back: `services.crediting`."""
    match change.entity, change.field:
        case ("person", "graduates") | ("touch", _):
            return (int(change.key.partition(":")[0]),)
        case "merge", _:
            return tuple(map(int, change.key.split(":")))
        case "touch-day", _:
            return tuple(person for (person,) in store.rows("outreach.whose_touch", id=int(change.key)))
    return ()


def _ways() -> Iterator[Mapping[str, Reversal]]:
    """Give the rooms one by one, the one that is needed most first; those behind it are not loaded."""
    from socrekry.services.reversals import candidates

    yield candidates.REVERSALS
    from socrekry.services.reversals import programme

    yield programme.REVERSALS
    from socrekry.services.reversals import outreach

    yield outreach.REVERSALS
    from socrekry.services.reversals import merges

    yield merges.REVERSALS
