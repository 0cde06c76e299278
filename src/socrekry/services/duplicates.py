"""Candidates who may be the same person: found among all, told when one is added, and told apart for good.

What makes two alike is `socrekry.services.likeness`. Nobody with protected identity is compared or named: a
likeness would say who she is. What was known of somebody who was merged speaks for whom she became, so an
address that a merge did not keep is still known.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import nsmallest
from itertools import combinations, permutations
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.ids import candidate_id
from socrekry.domain.names import shown_name, sort_key
from socrekry.services.finding import find_person
from socrekry.services.likeness import Known, Likeness, likeness, likenesses, mailbox, near
from socrekry.services.phones import phone_key
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

USUAL_LIMIT = 50
_AT_A_TIME = 1_000
_BEGINNING = 3
"""So many signs of a word are enough to look where it stands in the order of names or addresses."""

_WORDS, _LAST = 5, "\U0010ffff"  # of the longest names so many words; the last character there is


class Alike(NamedTuple):
    """One of two who are alike, as shown."""

    id: str
    name: str
    email: str | None
    phone: str | None
    university: str | None


class Pair(NamedTuple):
    """Two who may be one: why, and how alike their names are (0–100)."""

    one: Alike
    other: Alike
    reasons: tuple[str, ...]
    alike: int


class Resemblance(NamedTuple):
    """Whom somebody resembles, and why."""

    id: str
    name: str
    reasons: tuple[str, ...]
    alike: int


class Pairs(NamedTuple):
    """The pairs that were found, those first for whom most speaks, and how many there are in all."""

    rows: tuple[Pair, ...]
    total: int


def duplicates(store: Store, refs: Sequence[str] = (), *, limit: int | None = USUAL_LIMIT) -> Pairs:
    """Return every two candidates who may be one, at most ``limit`` of them (None: all).

    ``refs`` leaves only pairs of those who are named.
    """
    with store.snapshot():
        only = {find_person(store, ref).person for ref in refs}
        total = 0

        def found() -> Iterator[Likeness]:
            nonlocal total
            for each in _apart_from(store, likenesses(_everybody(store))):
                if not only or only & {each.person, each.other}:
                    total += 1
                    yield each

        best = sorted(found(), key=_first) if limit is None else nsmallest(limit, found(), key=_first)
        shown: dict[int, Alike] = {}
        rows = tuple(_pair(store, each, shown) for each in best)
    return Pairs(rows, total)


def resembled(store: Store, person: int) -> tuple[Resemblance, ...]:
    """Return whom one person resembles, the likest first: for one who was just added.

    Only those are looked at who stand near her in the order of telephones, addresses and names, so that it
    takes no longer in a large store.
    """
    row = store.row("duplicates.known", person=person)
    if row is None:
        return ()
    her = Known(*row)
    rows = (store.row("duplicates.known", person=each) for each in _near(store, person, her))
    other = [Known(*each) for each in rows if each is not None and each[0] != her.person]
    found = {
        each.person + each.other - her.person: each for each in filter(None, map(her_likeness(her), other))
    }
    ordered = sorted(_apart_from(store, found.values()), key=_first)
    return tuple(_resemblance(store, each, each.person + each.other - her.person) for each in ordered)


def her_likeness(her: Known) -> Callable[[Known], Likeness | None]:
    """Return what compares others with one person."""
    return lambda other: likeness(her, other)


def tell_apart(writing: Writing, refs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Note that persons are not the same, each of them with each other; return the pairs that were noted.

    InvalidInput ``ids-too-few``; Refused ``apart-already`` where that is known of all of them.
    """
    with writing.transaction():
        store = writing.store
        persons = sorted({living(store, ref) for ref in refs})
        if len(persons) < 2:
            raise InvalidInput("ids-too-few")
        told = []
        for person, other in combinations(persons, 2):
            if store.write("duplicates.tell_apart", person=person, other=other):
                writing.created("apart", f"{person}:{other}")
                told.append((candidate_id(person), candidate_id(other)))
        if not told:
            raise Refused("apart-already", ids=", ".join(map(candidate_id, persons)))
        return tuple(told)


def living(store: Store, ref: str) -> int:
    """Return the person that is meant; NotFound where all that she was here for was undone."""
    person = find_person(store, ref).person
    if (store.row("person.read", person=person) or [True] * 8)[7]:
        raise NotFound("candidate-not-found", ref=ref)
    return person


def fill_keys(store: Store) -> int:
    """Make the keys that telephones are compared by, where an older store has none; return how many."""
    after = filled = 0
    while rows := store.rows("duplicates.phones_without_key", after=after, most=_AT_A_TIME):
        keys = [{"person": person, "key": key} for person, phone in rows if (key := phone_key(phone))]
        store.write_many("duplicates.keep_phone_key", keys)
        after, filled = rows[-1][0], filled + len(keys)
    return filled


def _everybody(store: Store) -> list[Known]:
    return [Known(*row) for row in store.rows("duplicates.everybody")]


def _apart_from(store: Store, found: Collection[Likeness] | Iterator[Likeness]) -> Iterator[Likeness]:
    """Leave out those who were told apart, also where one of them has been merged into another since."""
    became: dict[int, int] = dict(store.rows("duplicates.merged"))
    apart = {
        frozenset((became.get(person, person), became.get(other, other)))
        for person, other in store.rows("duplicates.apart")
    }
    return (each for each in found if frozenset((each.person, each.other)) not in apart)


def _near(store: Store, person: int, her: Known) -> list[int]:
    """Return those who may be like one, by the orders in which the store can find them."""
    near_by = set[int]()
    if her.phone:
        near_by |= {number for (number,) in store.rows("duplicates.with_phone", phone=her.phone)}
    box = mailbox(her.email)
    if her.email and box:
        near_by |= {
            number
            for number, email in _between(store, "duplicates.with_email_between", her.email)
            if mailbox(email) == box
        }
    name = sort_key((store.row("person.read", person=person) or ("", ""))[1] or "")
    for word, other in permutations(name.split()[:_WORDS], 2) if " " in name else [(name, "")]:
        pattern = f"% {other[:1]}%" if other else "%"
        named = _between(store, "duplicates.with_name_between", word, pattern=pattern)
        near_by |= {number for number, key in named if near(name, key)}
    return sorted(near_by - {person})


def _between(store: Store, statement: str, word: str, **values: str) -> list[tuple[int, str]]:
    """Return the rows whose key begins as a word does."""
    begin = word[:_BEGINNING]
    rows = store.rows(statement, begin=begin, end=f"{begin}{_LAST}", **values) if begin else []
    return [(row[0], row[1]) for row in rows]


def _first(each: Likeness) -> tuple[int, int, int]:
    return -each.weight, each.person, each.other


def _pair(store: Store, found: Likeness, shown: dict[int, Alike]) -> Pair:
    for person in (found.person, found.other):
        if person not in shown:
            _, name, email, phone, university, _, protected, _ = store.row("person.read", person=person) or ()
            shown[person] = Alike(candidate_id(person), shown_name(name, protected), email, phone, university)
    return Pair(shown[found.person], shown[found.other], found.reasons, found.alike)


def _resemblance(store: Store, found: Likeness, person: int) -> Resemblance:
    _, name, *_, protected, _ = store.row("person.read", person=person) or ()
    return Resemblance(candidate_id(person), shown_name(name, protected), found.reasons, found.alike)
