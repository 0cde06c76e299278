"""The schemas of what is answered about candidates: one, several, and what waits for them."""

from socrekry.domain.candidacy import LOST, OPEN, VOID, WON
from socrekry.domain.channels import CHANNELS
from socrekry.domain.events import KINDS
from socrekry.domain.facts import FACTS
from socrekry.domain.guards import ROLES
from socrekry.domain.intents import OUTCOMES
from socrekry.domain.themes import KINDS as VOICES
from socrekry.render.schemas.alike import RESEMBLES
from socrekry.render.schemas.shapes import (
    ACTIVITY,
    ANYTHING,
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
    VOICE,
    WHOLE,
    about,
    either,
    maybe,
    one_of,
    record,
    rows,
)

STAGE = about(TEXT, "A stage’s name in its pipeline.")
STATE = one_of((OPEN, WON, LOST, VOID))
OUTCOME = one_of(OUTCOMES)
CHANNEL = one_of(CHANNELS)
ROLE = one_of(ROLES)

VERDICT = record(
    {
        "guard": TEXT,
        "met": FLAG,
        "overridable": FLAG,
        "reason": about(TEXT, "A code; the message says it in words."),
        "message": TEXT,
        "remedy": maybe(TEXT),
        "facts": about(ANYTHING, "What the guard saw."),
    }
)
NEXT = rows(record({"to": STAGE, "transition": TEXT, "allowed": FLAG, "guards": rows(VERDICT)}))

LISTED = record(
    {
        "id": CANDIDATE,
        "candidacy": CANDIDACY,
        "name": TEXT,
        "state": STATE,
        "stage": STAGE,
        "outcome": maybe(OUTCOME),
        "pipeline": TEXT,
        "term": TERM,
        "cohort": about(TEXT, "The cohort’s own name; empty if it has none."),
        "unit": maybe(TEXT),
        "university": maybe(TEXT),
        "graduates": maybe(TERM),
        "channel": maybe(CHANNEL),
        "since": about(DAY, "The day on which the stage was entered."),
        "due_on": maybe(DAY),
        "paused_until": maybe(DAY),
        "closed_on": maybe(DAY),
        "stalled": FLAG,
        "email": maybe(TEXT),
        "phone": maybe(TEXT),
    }
)
LIST = rows(LISTED)

ADDED = record(
    {
        "id": CANDIDATE,
        "candidacy": CANDIDACY,
        "name": TEXT,
        "stage": STAGE,
        "pipeline": TEXT,
        "term": TERM,
        "unit": maybe(TEXT),
        "cohort": TEXT,
        "protected": FLAG,
        "resembles": about(RESEMBLES, "Those who may be the same person."),
    }
)
EDITED = record({"id": CANDIDATE})
NOTED = record({"id": CANDIDATE, "candidacy": CANDIDACY})
PROTECTED = record({"name": TEXT, "protected": FLAG})

HEARD = record(
    {
        "id": VOICE,
        "kind": one_of(VOICES),
        "theme": TEXT,
        "title": TEXT,
        "count": COUNT,
        "text": maybe(TEXT),
        "on": DAY,
        "source": either(ACTIVITY, CANDIDACY),
        "term": TERM,
        "university": maybe(TEXT),
    }
)
_CANDIDACY = record(
    {
        "candidacy": CANDIDACY,
        "state": STATE,
        "stage": STAGE,
        "outcome": maybe(OUTCOME),
        "pipeline": TEXT,
        "term": TERM,
        "cohort": TEXT,
        "unit": maybe(TEXT),
        "since": maybe(DAY),
        "due_on": maybe(DAY),
        "closed_on": maybe(DAY),
        "paused_until": maybe(DAY),
        "rank": maybe(WHOLE),
        "assigned": rows(record({"role": ROLE, "id": STAFF, "name": TEXT})),
    }
)
_FACT = record(
    {
        "fact": one_of(FACTS),
        "value": maybe(TEXT),
        "text": maybe(TEXT),
        "on": DAY,
        "seen_by": maybe(TEXT),
        "about_person": FLAG,
        "candidacy": CANDIDACY,
    }
)
SHOW = record(
    {
        "id": CANDIDATE,
        "name": TEXT,
        "protected": FLAG,
        "email": maybe(TEXT),
        "phone": maybe(TEXT),
        "university": maybe(TEXT),
        "graduates": maybe(TERM),
        "tags": rows(TEXT),
        "candidacies": rows(_CANDIDACY),
        "contacts": rows(
            record({"activity": maybe(ACTIVITY), "kind": CHANNEL, "on": DAY, "title": maybe(TEXT)})
        ),
        "voices": rows(HEARD),
        "facts": rows(_FACT),
        "notes": rows(record({"on": maybe(DAY), "recorded_at": MOMENT, "actor": TEXT, "text": TEXT})),
        "next": NEXT,
    }
)

HISTORY = rows(
    record(
        {
            "seq": COUNT,
            "event": one_of(KINDS),
            "occurred_on": maybe(DAY),
            "recorded_at": MOMENT,
            "actor": TEXT,
            "command": TEXT,
            "undone_by": maybe(about(COUNT, "The seq of the event that took it back.")),
        },
        {
            "stage": STAGE,
            "cohort": WHOLE,
            "unit": maybe(WHOLE),
            "from_cohort": WHOLE,
            "from_unit": maybe(WHOLE),
            "transition": TEXT,
            "source": STAGE,
            "target": either(STAGE, COUNT),
            "verdicts": rows(
                record(
                    {
                        "guard": TEXT,
                        "met": FLAG,
                        "overridable": FLAG,
                        "overridden": FLAG,
                        "reason": TEXT,
                        "facts": ANYTHING,
                    }
                )
            ),
            "override": maybe(TEXT),
            "fact": one_of(FACTS),
            "value": maybe(TEXT),
            "text": maybe(TEXT),
            "seen_by": maybe(TEXT),
            "reason": maybe(TEXT),
            "role": ROLE,
            "staff": WHOLE,
            "until": DAY,
            "on": DAY,
            "seqs": rows(COUNT),
            "outcome": OUTCOME,
            "by": maybe(one_of(("candidate", "employer"))),
            "rank": maybe(WHOLE),
            "imported": FLAG,
        },
    )
)

TODAY = rows(
    record(
        {
            "kind": one_of(
                (
                    *("overdue", "offer-unanswered", "placement-without-supervisor", "free-seats"),
                    *("reserve-first-in-line", "pause-ends", "follow-up"),
                )
            ),
            "id": either(CANDIDACY, COHORT),
            "name": TEXT,
            "stage": TEXT,
            "day": maybe(DAY),
            "number": maybe(COUNT),
            "message": TEXT,
            "command": about(TEXT, "What to type next."),
        }
    )
)

SCHEMAS = {
    "list": LIST,
    "show": SHOW,
    "history": HISTORY,
    "today": TODAY,
    "next": NEXT,
    "add-candidate": ADDED,
    "add-candidacy": ADDED,
    "edit-candidate": EDITED,
    "note": NOTED,
    "protect": PROTECTED,
}
