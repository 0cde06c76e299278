"""The way back for outreach: activities, themes, and the figures that are kept alone under a key."""

from socrekry.domain.errors import InvalidInput
from socrekry.services.activities import COLUMNS
from socrekry.services.activity_recording import EDITABLE, FIGURES, require_counts
from socrekry.services.assumptions import ASSUMPTION
from socrekry.services.costs import COST
from socrekry.services.kept_figures import Kind as Figure
from socrekry.services.kept_figures import put_back
from socrekry.services.needs import NEED
from socrekry.services.reversals.ways import Change, Kind, Reversal, changed_since, drop, fields_of
from socrekry.services.themes import require_unused
from socrekry.store.connect import Store

_ACTIVITY = fields_of(
    Kind(
        "outreach.activity",
        COLUMNS,
        "outreach.keep_activity",
        EDITABLE,
        "outreach.drop_activity",
        ("term", "unit_id", *FIGURES),
        require=require_counts,
    )
)


def _activity(store: Store, change: Change) -> None:
    try:
        _ACTIVITY(store, change)
    except InvalidInput as error:  # the counts that somebody has given since do not go with those before
        raise changed_since(change) from error


def _touch_day(store: Store, change: Change) -> None:
    """Put a touch back on the day from which it followed its activity; one that has gone since stays away."""
    store.write("outreach.redate_touch", id=int(change.key), now=change.after, then=change.before)


def _theme(store: Store, change: Change) -> None:
    require_unused(store, change.key)
    drop(store, change, "voices.drop_theme", id=change.key)


def _figure(kind: Figure) -> Reversal:
    def reversal(store: Store, change: Change) -> None:
        if not put_back(store, kind, change.key, change.before, change.after):
            raise changed_since(change)

    return reversal


REVERSALS: dict[str, Reversal] = {
    "activity": _activity,
    "touch-day": _touch_day,
    "theme": _theme,
    **{kind.entity: _figure(kind) for kind in (NEED, COST, ASSUMPTION)},
}
