"""The schemas of a report's other views: what happened in a term, and who stands where on a day."""

from socrekry.domain.intents import OUTCOMES
from socrekry.render.schemas.people import STAGE
from socrekry.render.schemas.shapes import (
    COUNT,
    DAY,
    MOMENT,
    NUMBER,
    TERM,
    TERMS,
    TEXT,
    about,
    maybe,
    one_of,
    record,
    rows,
)

KNOWN_AT = about(maybe(MOMENT), "The moment by which it had been recorded; null for now.")
TOLD = {"term": TERMS, "as_of": DAY, "known_at": KNOWN_AT, "generated_at": MOMENT, "unit": maybe(TEXT)}
FLOW = record(
    {
        "stage": STAGE,
        "title": TEXT,
        "at_start": about(COUNT, "Who stood there when the days began."),
        "came": about(COUNT, "Times that a candidacy came there."),
        "first": about(COUNT, "Of these, for the first time."),
        "new": about(COUNT, "Of these, as a new candidacy."),
        "reopened": about(COUNT, "Of these, taken up again after an ending."),
        "onward": about(COUNT, "Times that one went on to a later stage of the main path."),
        "aside": about(COUNT, "Times that one went to a stage beside it."),
        "back": about(COUNT, "Times that one went back to an earlier stage."),
        "ended": about(COUNT, "Times that one was closed there."),
        "at_end": about(COUNT, "Who stood there when the days ended."),
    }
)
ENDED = record({"stage": STAGE, "outcome": one_of(OUTCOMES), "count": COUNT})
HAPPENED = record(
    {
        "pipeline": TEXT,
        **dict.fromkeys(("new", "offers", "hires", "starts", "ended"), COUNT),
        "flow": rows(FLOW),
        "exits": rows(ENDED),
    }
)
ACTIVITY = record(
    {"view": one_of(("activity",)), **TOLD, "since": DAY, "until": DAY, "pipelines": rows(HAPPENED)}
)
STANDING = record(
    {
        "stage": STAGE,
        "title": TEXT,
        "here": about(COUNT, "Who stood there on the day."),
        "overdue": about(COUNT, "Of these, longer than the stage expects."),
        "paused": about(COUNT, "Of these, who rested."),
        "median_days": about(maybe(NUMBER), "Of the days so far."),
        "longest_days": maybe(COUNT),
    }
)
SEATS = record(
    {
        "pipeline": TEXT,
        "term": TERM,
        "unit": maybe(TEXT),
        "name": maybe(TEXT),
        "seats": maybe(COUNT),
        "seats_taken": COUNT,
        "free": maybe(COUNT),
        "started": about(COUNT, "Of the seats taken, those of who has started."),
        "on_the_way": COUNT,
    }
)
SNAPSHOT = record(
    {
        "view": one_of(("snapshot",)),
        **TOLD,
        "pipelines": rows(record({"pipeline": TEXT, "on_the_way": COUNT, "stages": rows(STANDING)})),
        "cohorts": rows(SEATS),
    }
)
