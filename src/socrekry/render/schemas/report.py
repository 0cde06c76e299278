"""The schema of the report: the cohorts with their stages, exits and times, and what stands beside them."""

from socrekry.domain.intents import OUTCOMES
from socrekry.render.schemas.needs import COSTS, FORECAST, MARKS, NEED
from socrekry.render.schemas.outreach import SOURCE, VOICES
from socrekry.render.schemas.people import STAGE
from socrekry.render.schemas.shapes import (
    COUNT,
    DAY,
    FLAG,
    NUMBER,
    SHARE,
    TERM,
    TERMS,
    TEXT,
    about,
    by,
    either,
    maybe,
    one_of,
    record,
    rows,
)
from socrekry.render.schemas.views import ACTIVITY, SNAPSHOT, TOLD

WITHHELD = {"suppressed": about(FLAG, "A count is withheld because it would tell a small group apart.")}
STEP = record(
    {
        "stage": STAGE,
        "title": TEXT,
        "reached": maybe(COUNT),
        "completed": maybe(COUNT),
        "in_stage": maybe(COUNT),
        "of_previous": maybe(SHARE),
        "of_base": maybe(NUMBER),
        "earliest": maybe(DAY),
    },
    WITHHELD,
)
EXIT = record(
    {
        "outcome": maybe(one_of(OUTCOMES)),
        "stage": maybe(STAGE),
        "reason": maybe(TEXT),
        "by": maybe(one_of(("candidate", "employer"))),
        "count": maybe(COUNT),
    },
    WITHHELD,
)
DURATION = record(
    {
        "stage": STAGE,
        "longest_stay": about(maybe(COUNT), "How many days the stage expects at most; null for no limit."),
        "median_days": about(maybe(COUNT), "Until half had left the stage; null where it is not known yet."),
        "p80_days": about(maybe(COUNT), "Until four of five had left it; null where it is not known yet."),
        "completed": about(maybe(COUNT), "Stays that led forwards."),
        "ended": about(maybe(COUNT), "Stays that were left in any other way."),
        "open": about(maybe(COUNT), "Stays that last."),
        "overdue": about(maybe(COUNT), "Of these, those longer than the stage expects."),
    },
    WITHHELD,
)
LEAD_TIME = record(
    {
        "median_days": about(maybe(COUNT), "Until half of those who have a contract or still may had it."),
        "p80_days": about(maybe(COUNT), "Until four of five had it; null where it is not known yet."),
        "hired": COUNT,
        "ended": COUNT,
        "open": COUNT,
    }
)
SEATS = {"seats": maybe(COUNT), "seats_taken": maybe(COUNT)}
ACCOUNT = {
    "funnel": rows(STEP),
    "beside": rows(STEP, "Stages beside the main path."),
    "exits": rows(EXIT),
    "time_in_stage": rows(DURATION),
    "lead_time": maybe(LEAD_TIME),
    **WITHHELD,
}
COHORT = record(
    {"pipeline": TEXT, "term": TERM, "unit": maybe(TEXT), "name": maybe(TEXT), **SEATS},
    {"from_waiting_list": maybe(COUNT), **ACCOUNT},
)
OF_TERM = record({"term": TERM, **SEATS, "reached": by(maybe(COUNT), "By stage.")}, WITHHELD)
TOTALS = record(
    {"pipeline": TEXT, **SEATS}, {"from_waiting_list": maybe(COUNT), **ACCOUNT, "terms": rows(OF_TERM)}
)
DIFFERENCE = record(
    {
        "pipeline": TEXT,
        "stage": maybe(STAGE),
        "figure": TEXT,
        "value": maybe(NUMBER),
        "compared_value": maybe(NUMBER),
        "difference": maybe(NUMBER),
    }
)
COMPARE = record(
    {
        "term": TERMS,
        "began": DAY,
        "days": about(NUMBER, "How many days ago it began; below 0 where that lies ahead."),
        "report_began": DAY,
        "report_days": about(NUMBER, "The same of the report's own term."),
        "pipelines": rows(TOTALS),
        "differences": rows(DIFFERENCE, "Value less compared value, where both are there."),
    }
)
REPORT = record(
    {"view": one_of(("cohort",)), **TOLD, "public": FLAG},
    {
        "cohorts": rows(COHORT),
        "totals": maybe(TOTALS),
        "pipelines": rows(TOTALS),
        "channels": maybe(rows(SOURCE)),
        "voices": VOICES,
        "needs": maybe(rows(NEED)),
        "costs": COSTS,
        "retention": maybe(MARKS),
        "forecast": maybe(FORECAST),
        "compare": COMPARE,
    },
)

SCHEMAS = {"report": either(REPORT, ACTIVITY, SNAPSHOT), "demo": REPORT}
