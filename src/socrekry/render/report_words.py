"""How a report says its figures: counts with the field's words for what is counted, shares, what is withheld.

A stage is titled in the singular, and a count needs a plural. For the titles of the shipped pipelines we know
it; where a municipality has put a title of its own, that title is used as it stands.
"""

from socrekry.domain.pipeline import Stage
from socrekry.locale import N_, _, pick
from socrekry.render.text import count

WITHHELD = ".."  # Statistics Sweden's sign for a figure that is withheld or uncertain

_COUNTED = {
    "Lead": N_("leads"),
    "Applied": N_("applications"),
    "Interview": N_("interviews"),
    "Reserve": N_("in reserve"),
    "Selected": N_("selected"),
    "Placement": N_("placements"),
    "Trainee": N_("trainees"),
    "Offer": N_("offers"),
    "Hired": N_("contracts"),
    "Started": N_("started"),
}


def counted(stage: Stage) -> str:
    """Return the word for many at a stage: ``applications`` at *Applied*."""
    word = _COUNTED.get(stage.titles.get("en", ""))
    return _(word) if word else within(pick(stage.titles))


def within(title: str) -> str:
    """Return a title as it stands within a sentence: ``VFU`` keeps its capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def figure(number: int | None) -> str:
    """Return a count, or the sign that it is withheld."""
    return WITHHELD if number is None else count(number)
