"""The schemas of an export: a row for each candidacy, or an entry for each event of the log."""

from socrekry.domain.channels import CHANNELS
from socrekry.domain.events import KINDS
from socrekry.domain.intents import OUTCOMES
from socrekry.render.schemas.people import ROLE, STAGE
from socrekry.render.schemas.shapes import (
    ACTIVITY,
    CANDIDACY,
    CANDIDATE,
    COHORT,
    COUNT,
    DAY,
    FLAG,
    MOMENT,
    STAFF,
    TERM,
    TEXT,
    about,
    either,
    maybe,
    one_of,
    record,
    rows,
)

PARTY = one_of(("candidate", "employer"))
ROW = {
    **record(
        {
            "candidate": CANDIDATE,
            "name": maybe(TEXT),
            "email": maybe(TEXT),
            "phone": maybe(TEXT),
            "university": maybe(TEXT),
            "graduates": maybe(TERM),
            "term": TERM,
            "pipeline": TEXT,
            "unit": maybe(TEXT),
            "cohort": maybe(TEXT),
            "source": maybe(either(one_of(CHANNELS), ACTIVITY)),
            "tags": rows(TEXT),
            "note": maybe(TEXT),
            "protected": FLAG,
            "outcome": maybe(one_of(OUTCOMES)),
            "closed_on": maybe(DAY),
            "reason": maybe(TEXT),
            "by": maybe(PARTY),
            "supervisor": maybe(STAFF),
            "mentor": maybe(STAFF),
        }
    ),
    # Which stages and facts there are is for the pipelines to say: applied_on, degree, degree_on …
    "additionalProperties": maybe(TEXT),
}
ENTRY = record(
    {
        "case": CANDIDACY,
        "activity": TEXT,
        "timestamp": about(TEXT, "The day on which it occurred, at midnight, or the moment of recording."),
        "resource": about(TEXT, "Who gave the command."),
        "lifecycle": TEXT,
        "candidate": CANDIDATE,
        "pipeline": TEXT,
        "term": TERM,
        "cohort": COHORT,
        "unit": maybe(TEXT),
        "seq": COUNT,
        "kind": one_of(KINDS),
        "standing": about(FLAG, "Whether it counts: it was not undone."),
        "occurred_on": maybe(DAY),
        "recorded_at": MOMENT,
        "command": COUNT,
        "from_stage": maybe(STAGE),
        "stage": maybe(STAGE),
        "outcome": maybe(one_of(OUTCOMES)),
        "by": maybe(PARTY),
        "fact": maybe(TEXT),
        "value": maybe(TEXT),
        "role": maybe(ROLE),
        "staff": maybe(STAFF),
        "until": maybe(DAY),
        "pause": maybe(TEXT),
        "to_cohort": maybe(COHORT),
        "to_unit": maybe(TEXT),
        "rank": maybe(COUNT),
        "target": maybe(about(COUNT, "The seq of the event that it is about.")),
        "new_day": maybe(DAY),
        "undone": maybe(either(TEXT, rows(COUNT))),
        "imported": maybe(FLAG),
    }
)

SCHEMAS = {"export": {"anyOf": [rows(ROW), rows(ENTRY)]}}
