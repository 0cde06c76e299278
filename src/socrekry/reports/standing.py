"""How long somebody had stood where she stood on a day, and whether she rested then.

Days of a pause are left out, also of one that still runs: to count them would make somebody who rested look
as if she had waited. As of an earlier day, what the store keeps of a candidacy's pauses is too much where
they have gone on since; then its log is read.
"""

from datetime import date

from socrekry.domain.folding import fold, standing_entries
from socrekry.domain.pipeline import Pipeline
from socrekry.store import log
from socrekry.store.connect import Store


def days_so_far(as_of: date, entered: date, rested: int, since: date | None, until: date | None) -> int:
    """Return how many days a stay has lasted, without those rested before and in the pause that runs."""
    days = (as_of - entered).days - rested
    if since is not None and until is not None:
        days -= max(0, (min(as_of, until) - since).days)
    return max(0, days)


def stood_by_the_log(store: Store, candidacy: int, pipeline: Pipeline, as_of: date) -> tuple[int, bool]:
    """Return how many days a candidacy had stood where it stood on a day, and whether it rested then."""
    occurred = [
        entry
        for entry in standing_entries(log.read(store, candidacy))
        if entry.occurred_on is not None and entry.occurred_on <= as_of
    ]
    state = fold(pipeline, occurred)
    stay, pause = state.stays[-1], state.pause
    rest = (pause.from_on, pause.until) if pause else (None, None)
    return days_so_far(as_of, stay.entered_on, stay.paused_days, *rest), state.is_paused(as_of)
