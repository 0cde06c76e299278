"""How a report says its figures: counts with the field's words for what is counted, and what is withheld.

A stage is titled in the singular, and a count needs a plural. For the titles of the shipped pipelines we know
it; where a municipality has put a title of its own, that title is used as it stands.
"""

from collections.abc import Callable

from socrekry.domain.pipeline import Stage
from socrekry.locale import N_, _, ngettext, pick
from socrekry.render.text import count

WITHHELD = ".."  # Statistics Sweden's sign for a figure that is withheld or uncertain

_MANY = {
    "Lead": N_("leads"),
    "Applied": N_("applications"),
    "Interview": N_("interviews"),
    "Selected": N_("those selected"),
    "Placement": N_("placements"),
}
_COUNTED: dict[str, Callable[[int], str]] = {
    "Reserve": lambda n: ngettext("{n} on the reserve list", "{n} on the reserve list", n),
    "Interview": lambda n: ngettext("{n} interview", "{n} interviews", n),
    "Selected": lambda n: ngettext("{n} selected", "{n} selected", n),
    "Placement": lambda n: ngettext("{n} placement", "{n} placements", n),
    "Trainee": lambda n: ngettext("{n} trainee", "{n} trainees", n),
    "Offer": lambda n: ngettext("{n} offer", "{n} offers", n),
    "Hired": lambda n: ngettext("{n} contract", "{n} contracts", n),
    "Started": lambda n: ngettext("{n} has started", "{n} have started", n),
}


def all_at(stage: Stage) -> str:
    """Return the word for all who reached a stage: ``applications`` at *Applied*."""
    word = _MANY.get(stage.titles.get("en", ""))
    return _(word) if word else within(pick(stage.titles))


def counted(stage: Stage, number: int | None) -> str:
    """Return a count of those at a stage: ``12 selected`` at *Selected*."""
    said = _COUNTED.get(stage.titles.get("en", ""))
    template = said(2 if number is None else number) if said else f"{{n}} {within(pick(stage.titles))}"
    return template.replace("{n}", figure(number))


def within(title: str) -> str:
    """Return a title as it stands within a sentence: ``VFU`` keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def figure(number: int | None) -> str:
    """Return a count, or the sign that it is withheld."""
    return WITHHELD if number is None else count(number)
