"""Universities: known by the short code that people in the field use, as ``sh`` or ``oru``."""

import re
from typing import NamedTuple

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key
from socrekry.services.texts import kept_text
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

_CODE = re.compile(r"[a-zåäö0-9][a-zåäö0-9-]{0,19}")


class University(NamedTuple):
    """A university that teaches the programme, and where."""

    code: str
    name: str
    town: str


class UniversityInUse(NamedTuple):
    """A university with how many candidates study or studied there."""

    university: University
    candidates: int


def add_university(writing: Writing, code: str, name: str, town: str) -> University:
    """Add a university. Refused ``university-known`` if the code is taken.

    InvalidInput ``university-code-invalid`` for a code that is none.
    """
    named, placed = kept_text(name, "name", 120), kept_text(town, "town", 120)
    university = University(code.strip().casefold(), named, placed)
    if not _CODE.fullmatch(university.code):
        raise InvalidInput("university-code-invalid", value=code)
    with writing.transaction():
        for known, *_ in writing.store.rows("programme.university_names"):
            if known == university.code:
                raise Refused("university-known", university=known)
        writing.store.write("programme.add_university", **university._asdict())
        writing.created("university", university.code)
    return university


def universities(store: Store) -> tuple[UniversityInUse, ...]:
    """Return every university, by code."""
    return tuple(
        UniversityInUse(University(code, name, town), candidates)
        for code, name, town, candidates in store.rows("programme.universities")
    )


def find_university(store: Store, text: str) -> University:
    """Return the university with that code, or the only one whose name is or contains the text.

    NotFound ``university-not-found`` lists the codes; Ambiguous ``university-ambiguous`` those it may be.
    """
    every = [University(*row) for row in store.rows("programme.university_names")]
    coded = [each for each in every if each.code == text.strip().casefold()]
    found = coded or matching(every, text, lambda each: search_key(each.name))
    if not found:
        raise NotFound("university-not-found", university=text, universities=[each.code for each in every])
    if len(found) > 1:
        candidates = [{"code": each.code, "name": each.name} for each in found]
        raise Ambiguous("university-ambiguous", university=text, candidates=candidates)
    return found[0]
