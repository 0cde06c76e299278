"""A table to fill in and import: which columns it has, what each may hold, and what is said about it.

Rule: every heading and every word offered is one that import reads back, in the language of whoever fills it
in; a test imports what is written here. A template that we could not read would be worse than none.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from socrekry.domain.channels import CHANNELS
from socrekry.domain.intents import OUTCOMES, PARTIES
from socrekry.domain.pipeline import Pipeline
from socrekry.locale import N_, _, pick
from socrekry.services.cohorts import cohorts
from socrekry.services.pipelines import find_pipeline, pipelines
from socrekry.services.units import units
from socrekry.services.universities import universities
from socrekry.store.connect import Store

TEXT, DAY, CHOICE = "text", "day", "choice"

# Field -> its heading in English and Swedish, as columns are understood.
_HEADINGS = {
    "name": ("Name", "Namn"),
    "email": ("Email", "E-post"),
    "phone": ("Phone", "Telefon"),
    "university": ("University", "Lärosäte"),
    "graduates": ("Graduates", "Examenstermin"),
    "source": ("Source", "Källa"),
    "pipeline": ("Pipeline", "Rekryteringsväg"),
    "term": ("Term", "Termin"),
    "unit": ("Unit", "Enhet"),
    "tags": ("Tags", "Taggar"),
    "note": ("Note", "Anteckning"),
    "protected": ("Protected", "Skyddad"),
    "outcome": ("Outcome", "Utfall"),
    "closed_on": ("Closed on", "Avslutad den"),
    "reason": ("Reason", "Orsak"),
    "by": ("By", "Av"),
    "supervisor": ("Supervisor", "VFU-handledare"),
    "mentor": ("Mentor", "Mentor"),
}
_HINTS = {
    "name": N_("The whole name. Needed in every row, but for protected identity."),
    "email": N_("It tells who is known already."),
    "phone": N_("As it is dialled."),
    "university": N_("Its code, or part of its name."),
    "graduates": N_("The term of the degree, as HT2026."),
    "source": N_("How you first met, or the id of an activity, as A-3."),
    "pipeline": N_("Which way into employment."),
    "term": N_("The term of the cohort, as HT2025."),
    "unit": N_("The unit that recruits."),
    "tags": N_("Words of your own, with spaces between them."),
    "note": N_("What you want to remember. Nothing about health or crime."),
    "protected": N_("Yes for protected identity; leave name, e-mail, phone and university empty then."),
    "outcome": N_("How it ended, if it has; the day beside it belongs to it."),
    "closed_on": N_("The day on which it ended, as 2025-09-01."),
    "reason": N_("Why it ended, in your own words."),
    "by": N_("Who ended it."),
    "supervisor": N_("Name or id of a supervisor whom the register has, as S-1."),
    "mentor": N_("Name or id of a mentor whom the register has, as S-2."),
}
_STAGE_HINT = N_("The day on which this stage was entered, as 2025-09-01; empty if it was not.")
_SWEDISH = {
    "visit": "klassbesök",
    "fair": "arbetsmarknadsdag",
    "ad": "annons",
    "referral": "rekommendation",
    "study-visit": "studiebesök",
    "placement": "VFU",
    "summer-job": "sommarvikariat",
    "unsolicited": "spontanansökan",
    "other": "annat",
    "rejected": "gick inte vidare",
    "not-eligible": "ej behörig",
    "withdrawn": "tog tillbaka ansökan",
    "declined": "tackade nej",
    "discontinued": "avbröt",
    "no-reply": "inget svar",
    "position-filled": "tjänsten tillsatt",
    "candidate": "kandidaten",
    "employer": "arbetsgivaren",
    "yes": "ja",
}


class Heading(NamedTuple):
    """A column of the template: its heading, what its cells hold, what is said of it, the words offered.

    ``closed`` says that no other words will do.
    """

    title: str
    kind: str
    hint: str
    choices: tuple[str, ...] = ()
    closed: bool = False


def template_of(store: Store, pipeline: str | None) -> list[Heading]:
    """Return the columns of a template: for one pipeline, or for all that are installed.

    NotFound ``pipeline-not-found``.
    """
    latest = [each.pipeline for each in pipelines(store) if each.latest]
    told = latest if pipeline is None else [find_pipeline(store, pipeline).pipeline]
    several = [each.name for each in told] if len(told) > 1 else []
    terms = dict.fromkeys(str(each.cohort.term) for each in cohorts(store))
    choices: dict[str, tuple[list[str], bool]] = {
        "university": ([each.university.code for each in universities(store)], False),
        "source": (_words(CHANNELS), False),
        "pipeline": (several, True),
        "term": (list(terms), False),
        "unit": ([each.unit.name for each in units(store)], False),
        "protected": (_words(("yes",)), True),
        "outcome": (_words(OUTCOMES), True),
        "by": (_words(PARTIES), True),
    }
    return list(_headings(told, choices))


def _headings(told: Sequence[Pipeline], choices: dict[str, tuple[list[str], bool]]) -> Iterator[Heading]:
    for field, (english, swedish) in _HEADINGS.items():
        title, hint = pick({"en": english, "sv": swedish}), _(_HINTS[field])
        words, closed = choices.get(field, ([], False))
        if field == "pipeline" and not words:
            continue
        if field == "outcome":
            yield from _stages(told)
        kind = DAY if field == "closed_on" else CHOICE if words else TEXT
        yield Heading(title, kind, hint, tuple(words), closed)


def _stages(told: Sequence[Pipeline]) -> Iterator[Heading]:
    """Yield a column for the day of each stage; pipelines may share some."""
    on = pick({"en": "on", "sv": "den"})
    titles = [pick(stage.titles) for each in told for stage in each.stages if stage.kind != "lost"]
    for title in dict.fromkeys(titles):
        yield Heading(f"{title} {on}", DAY, _(_STAGE_HINT))


def _words(codes: Sequence[str]) -> list[str]:
    return [pick({"en": code, "sv": _SWEDISH.get(code, code)}) for code in codes]
