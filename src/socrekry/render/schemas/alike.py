"""The schemas of what is answered about candidates who may be one person."""

from socrekry.render.schemas.shapes import (
    CANDIDACY,
    CANDIDATE,
    COUNT,
    TEXT,
    about,
    either,
    maybe,
    one_of,
    record,
    rows,
)

REASONS = rows(one_of(("same-phone", "like-email", "like-name")))
ALIKE = about(COUNT, "How alike the names are, of 100.")
RESEMBLES = rows(record({"id": CANDIDATE, "name": TEXT, "reasons": REASONS, "alike": ALIKE}))

_ONE = record(
    {"id": CANDIDATE, "name": TEXT, "email": maybe(TEXT), "phone": maybe(TEXT), "university": maybe(TEXT)}
)
_PAIR = record({"one": _ONE, "other": _ONE, "reasons": REASONS, "alike": ALIKE})
_APART = record({"id": CANDIDATE, "other_id": CANDIDATE})
DUPLICATES = rows(either(_PAIR, _APART))

_DETAIL = record(
    {
        "field": one_of(("name", "email", "phone", "university", "graduates")),
        "kept": maybe(TEXT),
        "of": about(CANDIDATE, "Whose it was."),
        "dropped": about(maybe(TEXT), "What the other had instead."),
    }
)
MERGE = record(
    {
        "id": about(CANDIDATE, "Who is kept."),
        "name": TEXT,
        "merged": about(CANDIDATE, "Who is her from now on."),
        "details": rows(_DETAIL),
        "candidacies": rows(record({"before": CANDIDACY, "after": CANDIDACY})),
        "set_aside": about(rows(CANDIDACY), "Taken back, as the other one in its cohort is the same."),
        "activities": about(COUNT, "How many came along."),
        "tags": about(rows(TEXT), "Those that came along."),
    }
)

SCHEMAS = {"duplicates": DUPLICATES, "merge": MERGE}
