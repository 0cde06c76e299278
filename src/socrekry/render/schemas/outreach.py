"""The schemas of outreach: activities, contacts, voices, agreements, and the channels that they make."""

from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.themes import KINDS
from socrekry.render.schemas.moves import FAILED
from socrekry.render.schemas.people import CHANNEL, HEARD
from socrekry.render.schemas.shapes import (
    ACTIVITY,
    CANDIDATE,
    COUNT,
    DAY,
    FLAG,
    NUMBER,
    SEK,
    TERM,
    TERMS,
    TEXT,
    WHOLE,
    about,
    by,
    either,
    maybe,
    more,
    one_of,
    record,
    rows,
)

ACTIVITY_KEPT = record(
    {
        "id": ACTIVITY,
        "kind": one_of(ACTIVITY_KINDS),
        "title": TEXT,
        "on": DAY,
        "term": TERM,
        "university": maybe(TEXT),
        "unit": maybe(TEXT),
        "cost": maybe(SEK),
        "reached": maybe(COUNT),
        "minutes": maybe(COUNT),
        "applicants": maybe(about(COUNT, "Counted without names.")),
        "qualified": maybe(about(COUNT, "Counted without names.")),
        "deadline": maybe(DAY),
        "external_id": maybe(TEXT),
        "leads": COUNT,
    }
)
_CONCEPT = record({"concept_id": maybe(TEXT), "label": maybe(TEXT)})
_AD = record(
    {
        "id": TEXT,
        "headline": maybe(TEXT),
        "employer": maybe(TEXT),
        "organization_number": maybe(TEXT),
        "workplace": maybe(TEXT),
        "municipality": maybe(TEXT),
        "municipality_code": maybe(TEXT),
        "region": maybe(TEXT),
        "occupations": rows(_CONCEPT),
        "occupation_groups": rows(_CONCEPT),
        "for_social_workers": FLAG,
        "number_of_vacancies": maybe(COUNT),
        "employment_type": maybe(TEXT),
        "working_hours_type": maybe(TEXT),
        "duration": maybe(TEXT),
        "scope_min": maybe(NUMBER),
        "scope_max": maybe(NUMBER),
        "publication_date": maybe(DAY),
        "last_publication_date": maybe(DAY),
        "application_deadline": maybe(DAY),
        "reference": maybe(TEXT),
        "removed": FLAG,
        "webpage_url": maybe(TEXT),
    }
)
TOUCH = record({"id": CANDIDATE, "activity": ACTIVITY, "on": DAY})
TOUCHED = rows(either(TOUCH, more(FAILED, {"activity": ACTIVITY})))
ACTIVITY_SHOWN = more(
    ACTIVITY_KEPT,
    {
        "ad": maybe(_AD),
        "touches": rows(record({"id": CANDIDATE, "name": TEXT, "on": DAY})),
        "voices": rows(HEARD),
    },
)

THEME = record({"code": TEXT, "title": TEXT, "own": FLAG})
THEMES = rows(more(THEME, {"heard": COUNT}))
_COUNTED = record(
    {
        "kind": one_of(KINDS),
        "theme": TEXT,
        "title": TEXT,
        "count": maybe(COUNT),
        "before": maybe(COUNT),
        "change": maybe(WHOLE),
        "new": maybe(FLAG),
        "by_university": maybe(by(COUNT, "By the university’s code, or unknown.")),
        "by_term": maybe(by(COUNT, "By term.")),
    },
    {
        "suppressed": FLAG,
        "texts": rows(record({"text": TEXT, "on": DAY, "source": TEXT, "count": COUNT})),
    },
)
VOICES = record({"term": TERMS, "previous": TERMS, "compared": FLAG, "voices": rows(_COUNTED)})

AGREEMENT = record(
    {
        "id": COUNT,
        "university": TEXT,
        "name": TEXT,
        "term": TERM,
        "unit": maybe(TEXT),
        "asked": maybe(COUNT),
        "offered": maybe(COUNT),
        "confirmed": maybe(COUNT),
        "placed": COUNT,
        "unconfirmed": COUNT,
        "contact": maybe(TEXT),
    }
)

_CREDIT = about(NUMBER, "Whole, unless the credit is shared among contacts.")
CREDITS = record(
    {
        "reached": maybe(COUNT),
        "leads": _CREDIT,
        "applied": _CREDIT,
        "qualified": _CREDIT,
        "graduating": _CREDIT,
        "hired": _CREDIT,
        "cost": maybe(SEK),
        "cost_per_lead": maybe(SEK),
        "cost_per_qualified": maybe(SEK),
        "cost_per_hire": maybe(SEK),
        "cost_unknown": about(COUNT, "Of how many activities no cost is recorded."),
        "unnamed": record({"applicants": maybe(COUNT), "qualified": maybe(COUNT)}),
    }
)
SOURCE = more(
    record(
        {
            "activity": maybe(ACTIVITY),
            "kind": maybe(CHANNEL),
            "title": maybe(TEXT),
            "on": maybe(DAY),
            "term": maybe(TERM),
            "university": maybe(TEXT),
        }
    ),
    CREDITS["properties"],
)
CHANNELS = record(
    {
        "term": TERMS,
        "as_of": DAY,
        "pipeline": maybe(TEXT),
        "unit": maybe(TEXT),
        "attribution": one_of(("first", "shared")),
        "terms_of": one_of(("cohorts", "activities")),
        "channels": rows(SOURCE),
        "kinds": rows(more(record({"kind": maybe(CHANNEL)}), CREDITS["properties"])),
        "totals": CREDITS,
    }
)

SCHEMAS = {
    "activities": rows(ACTIVITY_KEPT),
    "activity": ACTIVITY_SHOWN,
    "add-activity": ACTIVITY_KEPT,
    "edit-activity": ACTIVITY_KEPT,
    "add-touch": TOUCHED,
    "remove-touch": TOUCHED,
    "themes": THEMES,
    "add-theme": THEME,
    "voices": VOICES,
    "add-voice": HEARD,
    "remove-voice": HEARD,
    "agreements": rows(AGREEMENT),
    "add-agreement": more(
        AGREEMENT, {"status": one_of(("asked", "offered", "confirmed")), "before": maybe(COUNT)}
    ),
    "channels": CHANNELS,
}
