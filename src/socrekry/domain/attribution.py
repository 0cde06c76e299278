"""To whose credit a candidacy is: a person's contacts, and which of them count for it; and who pays what.

A contact is a touch – she took part in an activity – or a channel's word on a candidacy, where no touch of
that kind says the same with more in it. For a candidacy those contacts count that came before it ended. The
first of them has the credit for it, or all of them share it equally. A cost is divided among what it
brought.

Without one definition, each report would count a visit's candidates in its own way, and the credits would not
add up to the candidacies, nor the shares to the cost.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from socrekry.domain.term import Term, term_of

Part = TypeVar("Part")


class Contact(NamedTuple):
    """One contact with a person; contacts sort from the first to the last.

    ``word`` says that nothing but a channel is known, so ``activity`` is None; of the same day, touches come
    first. ``number`` is the touch's or the candidacy's own, which parts those that are otherwise alike.
    """

    day: date
    word: bool
    number: int
    kind: str
    activity: int | None = None

    @classmethod
    def touch(cls, day: str, number: int, kind: str, activity: int) -> "Contact":
        """Return a touch as a store keeps it: its day (ISO) and number, the activity's kind and number."""
        return cls(date.fromisoformat(day), False, number, kind, activity)


class Origin(NamedTuple):
    """What a candidacy tells of where it came from: its channel's word, and the days it began and ended on.

    ``ended`` is the day it was closed or won, None while it is open.
    """

    number: int
    channel: str | None
    began: date
    ended: date | None


def contacts_of(touches: Collection[Contact], origins: Iterable[Origin]) -> list[Contact]:
    """Return all contacts with a person, the first one first; ``origins`` are of all her candidacies."""
    kinds = {touch.kind for touch in touches}
    words = [
        Contact(origin.began, True, origin.number, origin.channel)
        for origin in origins
        if origin.channel is not None and origin.channel not in kinds
    ]
    return sorted([*touches, *words])


def counting_for(contacts: Sequence[Contact], ended: date | None) -> Sequence[Contact]:
    """Return those of a person's contacts, in order, that count for a candidacy which ended on that day.

    What came after the end cannot have brought it. Where nothing came before, the first contact counts all
    the same: somebody wrote it down later than it was.
    """
    if ended is None or not contacts or contacts[-1].day <= ended:
        return contacts
    return [contact for contact in contacts if contact.day <= ended] or contacts[:1]


def graduating_terms(day: date) -> tuple[Term, Term]:
    """Return the terms in one of which somebody who is met on that day graduates, to count as graduating."""
    term = term_of(day)
    return term, term.next


def divided(amount: int, weights: Mapping[Part, int]) -> dict[Part, int]:
    """Return whole shares of an amount in proportion to the weights, of which one at least is above 0.

    Shares are rounded so that they sum to the amount (largest remainder): what is left after rounding down
    goes one by one to those who lost most by it, of equals to the first.
    """
    total = sum(weights.values())
    shares = {part: amount * weight // total for part, weight in weights.items()}
    left = amount - sum(shares.values())
    by_loss = sorted(weights, key=lambda part: -(amount * weights[part] % total))
    for part in by_loss[:left]:
        shares[part] += 1
    return shares
