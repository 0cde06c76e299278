"""What a person adds to the tally of credits, which depends on all that is known of her.

Her first contact has the credit for each of her candidacies, whatever they are and whenever they ended. So a
touch more, an earlier day or a merge may move all of them to another contact: whoever changes any of it
has the person counted anew (`Writing.crediting`), by a statement that asks for everything of hers. Only
whoever is new and has one candidacy is counted without asking (`credit_of_new`); a test holds the two equal.
"""

from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from socrekry.domain.candidacy import VOID, Candidacy
from socrekry.domain.term import Term
from socrekry.services.tallies import Cell, Counts
from socrekry.store.connect import Store


class Reached(NamedTuple):
    """A candidacy: its cohort, its pipeline's version and unit (0: none), and the stages it has been in.

    Each stage is named once, and the one it began in first.
    """

    whose: tuple[int, int, int]
    stages: tuple[str, ...]


Met: TypeAlias = tuple[str | None, int | None, str | None]
"""How somebody was met: the channel and, where it is known, the activity and its day (ISO)."""


def credit_of(store: Store, person: int) -> Counts:
    """Return what a person adds to the tally, as the store has her now."""
    return {Cell("credit", tuple(key)): n for *key, n in store.rows("tallies.credit_of", person=person)}


def credit_of_new(reached: Reached, began: date, source: Met | None, graduates: Term | None) -> Counts:
    """Return what somebody adds who has one candidacy, and no other contact than the one it came by."""
    channel, activity, met_on = source or (None, None, None)
    contact = (activity, "") if activity is not None else (0, channel or "")
    soon = graduates is not None and graduates in _soon(met_on or began.isoformat())
    found: Counts = {}
    for number, stage in enumerate(reached.stages):
        found[Cell("credit", (*reached.whose, *contact, stage, number == 0, number == 0 and soon))] = 1
    return found


def reached(pipeline: int, state: Candidacy) -> Reached:
    """Return what a candidacy on a version of a pipeline (its number) came to."""
    stages = tuple([stay.stage for stay in state.stays if stay.first])
    return Reached((state.cohort or 0, pipeline, state.unit or 0), stages)


def credited_alike(one: Candidacy, other: Candidacy) -> bool:
    """Tell whether a person adds the same whichever of two states a candidacy of hers is in."""
    return _what_counts(one) == _what_counts(other)


def _what_counts(state: Candidacy) -> object:
    if state.state == VOID or not state.stays:
        return None
    return state.stays[0].entered_on, reached(0, state)


@lru_cache(maxsize=4_096)
def _soon(day: str) -> tuple[Term, Term]:
    """Return the terms in one of which somebody graduates soon who is met on a day."""
    from socrekry.domain.attribution import graduating_terms  # only an import asks

    return graduating_terms(date.fromisoformat(day))
