"""Whether a figure may be read from the tallies that are kept, or is counted from stays and facts.

Tallies tell of all that has occurred. They answer for every day after which nothing has – today, mostly – and
as of an earlier one everything is counted. Neither do they answer one from whom row security hides a part of
the store: she is shown none of them, and what she may see is counted.
"""

from datetime import date

from socrekry.store.connect import Store


def tallies_answer(store: Store, as_of: date) -> bool:
    """Tell whether the tallies say how candidacies stood on a day."""
    return bool(store.value("tallied.answers", as_of=as_of.isoformat()))


def credits_answer(store: Store, as_of: date) -> bool:
    """Tell whether they also say to whose credit candidacies were by then."""
    return tallies_answer(store, as_of) and bool(
        store.value("tallied.answers_of_credits", as_of=as_of.isoformat())
    )


def courses_answer(store: Store, as_of: date) -> bool:
    """Tell whether they also say what had been said by then of those who started."""
    return tallies_answer(store, as_of) and bool(
        store.value("tallied.answers_of_courses", as_of=as_of.isoformat())
    )
