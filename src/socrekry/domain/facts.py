"""The facts that guards ask for: which there are, whom they are about, and what they may say.

A fact is a code and a date. What a register extract contained, and anything about health, has no
name here and can therefore never be stored. Facts about the *person* (a degree, a register check
that was seen) hold in every candidacy of hers; all others hold in the candidacy they were recorded in.
"""

from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound

SOCIONOMEXAMEN, OTHER_DEGREE, SOCIALSTYRELSEN_PROOF = (
    "socionomexamen",
    "other-degree",
    "socialstyrelsen-proof",
)
CRIMINAL, CRIMINAL_AND_SUSPICION = "criminal", "criminal+suspicion"


class FactKind(NamedTuple):
    """One kind of fact.

    ``values`` are the codes it may have; the only one is its default. An empty tuple means a text
    of the user's own, which ``text_required`` may demand.
    """

    name: str
    about_person: bool
    values: tuple[str, ...]
    text_required: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the value is the user's own words, kept apart from the log."""
        return not self.values


class Fact(NamedTuple):
    """A fact that stands: its code, and the day it was true or seen."""

    name: str
    value: str | None
    on: date
    seq: int = 0
    text: int | None = None
    seen_by: int | None = None


_YES = ("yes",)

FACTS: dict[str, FactKind] = {
    kind.name: kind
    for kind in (
        # Socialtjänstlag (2025:400) 25 kap. 1 §: the three bases that make a person eligible.
        FactKind("degree", True, (SOCIONOMEXAMEN, OTHER_DEGREE, SOCIALSTYRELSEN_PROOF)),
        # That an extract was shown, when and to whom; from 2026-03-01 it may include suspicions.
        FactKind("register-check-seen", True, (CRIMINAL, CRIMINAL_AND_SUSPICION)),
        FactKind("assessment", False, _YES),
        FactKind("university-confirmed", False, _YES),
        FactKind("placement-completed", False, _YES),
        FactKind("traineeship-completed", False, _YES),
        FactKind("references-checked", False, _YES),
        FactKind("offer-accepted", False, _YES),
        FactKind("thesis", False, ()),
        FactKind("left", False, (), text_required=True),
        FactKind("still-employed", False, _YES),
    )
}


def fact_kind(name: str) -> FactKind:
    """Return the kind of fact called ``name``; NotFound("fact-not-found") names those there are."""
    kind = FACTS.get(name)
    if kind is None:
        raise NotFound("fact-not-found", fact=name, facts=list(FACTS))
    return kind


def fact_value(kind: FactKind, value: str | None) -> str | None:
    """Return the code to store for ``value`` as typed: the only one there is when none was given.

    A text fact gives None: its words are kept in a row that can be erased. InvalidInput
    ("fact-value-invalid") lists the values that are allowed.
    """
    if kind.is_text:
        if kind.text_required and not value:
            raise InvalidInput("fact-text-missing", fact=kind.name)
        return None
    if value is None and len(kind.values) == 1:
        return kind.values[0]
    if value not in kind.values:
        raise InvalidInput("fact-value-invalid", fact=kind.name, value=value or "", values=list(kind.values))
    return value
