"""Whether two candidates may be the same person, and why one would think so.

Three things speak for it: the same telephone, the same mailbox under two addresses, and a name so alike
that a slip of the pen explains the difference, unless they study at two universities. How alike two names
are is the higher of `rapidfuzz`'s ``ratio`` and ``token_sort_ratio`` of their search keys: 100 for the same
words in any order, and `ALIKE` or more is alike. Nothing here decides that they are the same; a person does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

ALIKE = 90
"""How alike two names must be, of 100: one sign in a name of two words, or two that are missing."""

PHONE, EMAIL, NAME = "same-phone", "like-email", "like-name"
_WEIGHTS = {PHONE: 200, EMAIL: 150}
_CROWD = 60
"""From how many on who share a word of their names another word must begin alike as well."""
_NOBODYS = 20
"""A telephone or a mailbox that more share is a school's or an office's, and speaks for nothing by itself."""
_MAIL = {"googlemail.com": "gmail.com"}
_SOUNDS = (("ch", "k"), ("ck", "k"), ("ph", "f"), ("th", "t"), ("hj", "j"), ("gj", "j"), ("lj", "j"))
_LIKE = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "y": "i", "x": "s", "h": None, "-": None})


class Known(NamedTuple):
    """What is known of a person that others may share; ``name`` is the search key.

    ``person`` is her number, also for what was known of another who was merged into her.
    """

    person: int
    name: str
    email: str | None
    phone: str | None
    university: str | None


class Likeness(NamedTuple):
    """Two persons, the lower number first, and why they may be one; ``alike`` is that of their names."""

    person: int
    other: int
    reasons: tuple[str, ...]
    alike: int

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return sum(_WEIGHTS.get(each, 0) for each in self.reasons) + self.alike


def mailbox(email: str | None) -> str | None:
    """Return the address without dots and ``+tags`` before the @, which most who carry mail ignore."""
    local, at, domain = (email or "").strip().casefold().rpartition("@")
    box = local.partition("+")[0].replace(".", "")
    return f"{box}@{_MAIL.get(domain, domain)}" if at and box else None


def likeness(one: Known, other: Known) -> Likeness | None:
    """Return why two persons may be one, or None."""
    return _likeness(one, other, _alike(one.name, other.name))


def near(one: str, other: str) -> bool:
    """Tell whether two names have so many letters in common that they may be alike; soon told."""
    letters = list(other)
    common = 0
    for sign in one:
        if sign in letters:
            letters.remove(sign)
            common += 1
    return 200 * common >= ALIKE * (len(one) + len(other))


def likenesses(everybody: Sequence[Known]) -> Iterator[Likeness]:
    """Give every two persons who may be one, each once.

    Persons are compared who share a telephone, a mailbox or the sound of a word in their names.
    """
    seen = set[tuple[int, int]]()
    for one, other, alike in _compared(everybody):
        pair = (min(one.person, other.person), max(one.person, other.person))
        if pair not in seen and pair[0] != pair[1]:
            found = _likeness(one, other, alike)
            if found is not None:
                seen.add(pair)
                yield found


def _likeness(one: Known, other: Known, alike: int) -> Likeness | None:
    reasons = []
    if one.phone and one.phone == other.phone:
        reasons.append(PHONE)
    if one.email and mailbox(one.email) == mailbox(other.email):
        reasons.append(EMAIL)
    elsewhere = one.university and other.university and one.university != other.university
    if alike >= ALIKE and not elsewhere:
        reasons.append(NAME)
    first, second = sorted((one.person, other.person))
    return Likeness(first, second, tuple(reasons), alike) if reasons else None


def _alike(one: str, other: str) -> int:
    if not one or not other:
        return 0
    if one == other:
        return 100
    from rapidfuzz.fuzz import ratio  # 30 ms, for the few who are asked about

    return int(max(ratio(*map(form, (one, other))) for form in _FORMS))


def _as_written(name: str) -> str:
    return name.replace("-", " ")


def _sorted(name: str) -> str:
    return " ".join(sorted(_as_written(name).split()))


_FORMS = (_as_written, _sorted)


def _compared(everybody: Sequence[Known]) -> Iterator[tuple[Known, Known, int]]:
    """Give every two who are worth a look, and how alike their names are."""
    for same in (_by_phone, _by_mailbox):
        for group in same(everybody).values():
            if len(group) > _NOBODYS:
                continue
            for one, other in combinations(group, 2):
                yield one, other, _alike(one.name, other.name)
    for group in _by_name(everybody).values():
        yield from _named_alike(group)


def _named_alike(group: Sequence[Known]) -> Iterator[tuple[Known, Known, int]]:
    """Give every two of a group whose names are alike; one at a time against all the rest."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    ordered = sorted(group, key=lambda each: each.person)
    forms = [[form(each.name) for each in ordered] for form in _FORMS]
    for place, each in enumerate(ordered):
        best = dict[int, int]()
        for words in forms:
            for _, alike, before in extract(
                words[place], words[:place], scorer=ratio, score_cutoff=ALIKE, limit=None
            ):
                best[before] = max(int(alike), best.get(before, 0))
        for before, alike in best.items():
            yield ordered[before], each, alike


def _grouped(keyed: Iterable[tuple[str | None, Known]]) -> dict[str, list[Known]]:
    """Return those who share a key with somebody, by key."""
    groups: dict[str, list[Known]] = {}
    for key, each in keyed:
        if key:
            groups.setdefault(key, []).append(each)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _by_phone(everybody: Sequence[Known]) -> Mapping[str, list[Known]]:
    return _grouped((each.phone, each) for each in everybody)


def _by_mailbox(everybody: Sequence[Known]) -> Mapping[str, list[Known]]:
    return _grouped((mailbox(each.email), each) for each in everybody if each.email)


def _by_name(everybody: Sequence[Known]) -> dict[str, list[Known]]:
    """Return groups within which names may be alike; a word that very many share is no group by itself."""
    groups = _grouped((word, each) for each in everybody for word in set(sounds(each.name)))
    for signs in (2, 4, None):
        crowded = {word: group for word, group in groups.items() if len(group) > _CROWD}
        for key, group in crowded.items():
            del groups[key]
            groups.update(_parted(key, group, signs))
    return groups


def _parted(key: str, group: Iterable[Known], signs: int | None) -> Mapping[str, list[Known]]:
    """Part those who share a word by how another word of their names begins, in so many signs."""
    word, _, begun = key.partition(" ")
    return _grouped(
        (f"{word} {rest}", each)
        for each in group
        for rest in {other[:signs] for other in sounds(each.name) if other != word} or {""}
        if rest.startswith(begun)
    )


def sounds(name: str) -> list[str]:
    """Return how the words of a search key sound: Karin as Carin, Anderson as Andersson."""
    return [sound for word in _as_written(name).split() if (sound := _sound(word))]


def _sound(word: str) -> str:
    for spelled, as_ in _SOUNDS:
        word = word.replace(spelled, as_)
    told = ""
    for sign in word.translate(_LIKE):
        if not told.endswith(sign):
            told += sign
    return told
