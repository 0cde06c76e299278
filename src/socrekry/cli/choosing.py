"""Offer a choice where what was typed may mean several candidates.

Rule: only a person is asked, and never about more than fit a screen; a script gets the error that names
them all. Without it, a part of a name would be of use only to those who know that it is nobody else's.
"""

from collections.abc import Callable, Sequence

from socrekry.cli.prompts import can_ask, choose
from socrekry.domain.errors import Ambiguous, NotFound
from socrekry.locale import _
from socrekry.services.finding import Found, find_candidacy, find_person
from socrekry.store.connect import Store

MOST = 20


def meant(store: Store, refs: Sequence[str]) -> Sequence[str]:
    """Return ``refs``, each that may mean several candidacies replaced by the id of the one chosen.

    Cancelled if none is chosen.
    """
    return [_chosen(store, ref, find_candidacy) for ref in refs] if can_ask() else refs


def the_one_meant(store: Store, ref: str) -> str:
    """Return ``ref``, or the id of the candidacy that was chosen."""
    return meant(store, [ref])[0]


def the_person_meant(store: Store, ref: str) -> str:
    """Return ``ref``, or the id of a candidacy of the person that was chosen."""
    return _chosen(store, ref, find_person) if can_ask() else ref


def _chosen(store: Store, ref: str, find: Callable[[Store, str], Found]) -> str:
    try:
        find(store, ref)
    except NotFound:
        return ref
    except Ambiguous as several:
        found = several.details["candidates"]
        if len(found) > MOST:
            return ref
        question = _("“{ref}” may be any of several candidates. Which one?").format(ref=ref)
        return choose(question, [(str(each["id"]), "  ".join(each.values())) for each in found])
    return ref
