"""Read the fields of a job ad one by one, and note those that say something which cannot be read.

An object where a text is expected, or a text where an object is, costs that field alone.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeVar

from socrekry.exchange.job_ad_files import Hit
from socrekry.exchange.job_ad_values import Strange, identifier_of, is_concept_id, says_nothing, text_of

Read = TypeVar("Read")
MOST_CONCEPTS = 10
"""An ad is for one occupation, or a few; a file that lists hundreds is no reason to keep them."""


class Concept(NamedTuple):
    """An entry of Arbetsförmedlingen's taxonomy; either may be missing."""

    concept_id: str | None
    label: str | None


class Reading:
    """An ad that is being read, and the fields in it that could not be."""

    def __init__(self, hit: Hit) -> None:
        self.unread: dict[str, None] = {}
        self._hit = hit

    def value(self, field: str, read: Callable[[Any], Read | None]) -> Read | None:
        """Return the value of a field (``employer.name`` is one in an object), None where there is none."""
        outer, _dot, inner = field.partition(".")
        given = self._hit.get(outer)
        if inner and not says_nothing(given):
            if not isinstance(given, dict):
                self.unread[outer] = None
                return None
            given = given.get(inner)
        return self._read(field, given, read)

    def text(self, field: str, longest: int) -> str | None:
        """Return a text, cut if it is longer."""
        return self.value(field, partial(text_of, longest=longest))

    def identifier(self, field: str, longest: int) -> str | None:
        """Return an id."""
        return self.value(field, partial(identifier_of, longest=longest))

    def label(self, field: str) -> str | None:
        """Return what a field of the taxonomy says in words; several, with commas between them."""
        labels = [self._label(field, each) for each in self._entries(field)]
        said = list(dict.fromkeys(filter(None, labels)))
        return text_of(", ".join(said), 200) if said else None

    def concepts(self, field: str) -> tuple[Concept, ...]:
        """Return every entry of the taxonomy that a field names: one, a list of them, or a bare id."""
        found = dict.fromkeys(self._concept(field, each) for each in self._entries(field))
        concepts = [each for each in found if each != Concept(None, None)]
        if len(concepts) > MOST_CONCEPTS:
            self.unread[field] = None
        return tuple(concepts[:MOST_CONCEPTS])

    def _entries(self, field: str) -> list[Any]:
        given = self._hit.get(field)
        return [each for each in (given if isinstance(given, list) else [given]) if not says_nothing(each)]

    def _concept(self, field: str, given: Any) -> Concept:
        if isinstance(given, dict):
            whole = partial(identifier_of, longest=40)
            concept_id = self._read(f"{field}.concept_id", given.get("concept_id"), whole)
        else:
            concept_id = given.strip() if isinstance(given, str) and is_concept_id(given.strip()) else None
        return Concept(concept_id, self._label(field, given))

    def _label(self, field: str, given: Any) -> str | None:
        if isinstance(given, dict):
            return self._read(f"{field}.label", given.get("label"), partial(text_of, longest=120))
        if not isinstance(given, str):
            self.unread[field] = None
            return None
        return (
            None if is_concept_id(given.strip()) else self._read(field, given, partial(text_of, longest=120))
        )

    def _read(self, field: str, given: Any, read: Callable[[Any], Read | None]) -> Read | None:
        if says_nothing(given):
            return None
        try:
            return read(given)
        except Strange:
            self.unread[field] = None
            return None
