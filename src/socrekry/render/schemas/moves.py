"""The schemas of what a move answers: one entry for each id, in the order of the ids."""

from socrekry.domain.events import KINDS
from socrekry.render.schemas.people import LISTED, OUTCOME, ROLE, STAGE, STATE, VERDICT
from socrekry.render.schemas.shapes import (
    ANYTHING,
    CANDIDACY,
    COUNT,
    DAY,
    MOMENT,
    STAFF,
    TERM,
    TEXT,
    Shape,
    about,
    either,
    maybe,
    one_of,
    record,
    rows,
)

PROBLEM = record(
    {
        "code": about(TEXT, "Act on this: the message is a sentence in the reader’s language."),
        "message": TEXT,
        "details": ANYTHING,
    }
)
ERROR = record({"error": PROBLEM})
FAILED = record({"id": about(TEXT, "As it was given."), "error": PROBLEM})
REFUSED = record({"id": TEXT, "candidacy": CANDIDACY, "refused": rows(VERDICT)})
MOVED = record(
    {
        "id": TEXT,
        "candidacy": CANDIDACY,
        "from": maybe(STAGE),
        "to": maybe(STAGE),
        "state": STATE,
        "outcome": maybe(OUTCOME),
        "occurred_on": maybe(DAY),
        "seq": about(COUNT, "The number of the last event in the log."),
        "events": rows(one_of(KINDS)),
        "overridden": about(rows(TEXT), "Guards that were overridden, with a reason that is kept."),
        "next_in_line": maybe(
            about(CANDIDACY, "Who is first on the waiting list for a seat that fell free.")
        ),
    }
)
EACH = either(MOVED, REFUSED, FAILED)
MOVES = rows(EACH)
_EXTERNAL = record(
    {
        "id": STAFF,
        "label": TEXT,
        "term": TERM,
        "role": ROLE,
        "name": TEXT,
        "from_on": DAY,
        "to_on": maybe(DAY),
    }
)
ASSIGNED = rows(either(*EACH["anyOf"], _EXTERNAL))
UNDONE = record(
    {
        "command": TEXT,
        "recorded_at": MOMENT,
        "candidacies": rows(MOVED),
        "put_back": rows(
            record(
                {
                    "entity": TEXT,
                    "key": TEXT,
                    "field": about(TEXT, "Empty: the row itself was new, and is gone."),
                }
            )
        ),
    }
)
RESERVED: Shape = rows(either(*EACH["anyOf"], LISTED))

SCHEMAS = {
    **dict.fromkeys(
        ("advance", "close", "reopen", "transfer", "pause", "resume", "correct", "record", "withdraw-fact"),
        MOVES,
    ),
    "reserve": RESERVED,
    "assign": ASSIGNED,
    "unassign": ASSIGNED,
    "undo": UNDONE,
    "error": ERROR,
}
