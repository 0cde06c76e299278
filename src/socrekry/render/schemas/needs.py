"""The schemas of needs, costs, who stays, the forecast and the trend."""

from socrekry.domain.costs import COST_KINDS
from socrekry.render.schemas.people import STAGE
from socrekry.render.schemas.shapes import (
    CANDIDACY,
    COUNT,
    DAY,
    FLAG,
    NUMBER,
    SEK,
    SHARE,
    TERM,
    TERMS,
    TEXT,
    WHOLE,
    about,
    by,
    maybe,
    more,
    one_of,
    record,
    rows,
)

NEED = record(
    {
        "unit": TEXT,
        "term": TERM,
        "positions": COUNT,
        "signed": COUNT,
        "open": COUNT,
        "gap": about(WHOLE, "Positions less signed contracts."),
    }
)
NEEDS = rows(
    more(NEED, {"term_forecast": maybe(record({"expected": NUMBER, "low": COUNT, "high": COUNT}))}),
)
NEED_SET = record({"unit": TEXT, "term": TERM, "positions": COUNT, "before": maybe(COUNT)})

COST_SET = record(
    {
        "kind": one_of(COST_KINDS),
        "period": about(TEXT, "A year or a term."),
        "unit": maybe(TEXT),
        "amount": SEK,
        "before": maybe(SEK),
    }
)
ASSUMPTION = record(
    {
        "name": TEXT,
        "value": NUMBER,
        "unit": TEXT,
        "meaning": TEXT,
        "source": maybe(TEXT),
        "estimate": FLAG,
        "own": FLAG,
        "default": NUMBER,
    }
)
_RANGE = record({"low": NUMBER, "high": NUMBER})
_SUMS = {"agency": maybe(SEK), "own_staff": maybe(SEK), "share_agency": maybe(SHARE)}
COSTS = record(
    {
        "periods": rows(record({"period": TEXT, "unit": maybe(TEXT), **_SUMS})),
        "totals": record(_SUMS),
        "comparison": maybe(
            record(
                {
                    "agency": SEK,
                    "own_staff_instead": _RANGE,
                    "extra": _RANGE,
                    "years_bought": _RANGE,
                    "years_of_own_staff": NUMBER,
                    "cost_of_post": SEK,
                    "posts_for_extra": _RANGE,
                    "posts_for_all": COUNT,
                }
            )
        ),
        "assumptions": rows(ASSUMPTION),
    }
)

MARKS = rows(
    record(
        {
            "months": COUNT,
            "due": COUNT,
            "still_employed": COUNT,
            "left": COUNT,
            "unknown": COUNT,
            "not_yet": COUNT,
            "share": maybe(SHARE),
            "share_of_known": maybe(SHARE),
        }
    )
)
RETENTION = record(
    {
        "term": TERMS,
        "as_of": DAY,
        "pipeline": maybe(TEXT),
        "unit": maybe(TEXT),
        "started": COUNT,
        "retention": MARKS,
        "reasons": rows(record({"reason": maybe(TEXT), "count": COUNT})),
        "by": maybe(one_of(("channel", "unit", "supervisor", "cohort", "university"))),
        "groups": rows(record({"group": maybe(TEXT), "title": maybe(TEXT), "retention": MARKS})),
    }
)

_HISTORY = rows(
    record(
        {
            "stage": STAGE,
            "stays": COUNT,
            "open": COUNT,
            "prior_weight": NUMBER,
            "prior_share": SHARE,
            "few": FLAG,
        }
    )
)
_EXPECTED = {"expected": NUMBER, "low": COUNT, "high": COUNT}
FORECAST_TERM = record(
    {
        "term": TERM,
        **_EXPECTED,
        "started": COUNT,
        "signed": COUNT,
        "need": maybe(COUNT),
        "gap": maybe(WHOLE),
        "chance_of_need": maybe(SHARE),
    }
)
_STANDING = record(
    {
        "stage": STAGE,
        "number": COUNT,
        "chance": SHARE,
        "chance_of_contract": maybe(SHARE),
        "half_by": maybe(about(DAY, "The day by which half of those who start have started.")),
    }
)
FORECAST = record(
    {
        "as_of": DAY,
        "pipeline": maybe(TEXT),
        "unit": maybe(TEXT),
        "terms": rows(FORECAST_TERM),
        "later": NUMBER,
        "on_the_way": COUNT,
        "without_unit": COUNT,
        "pipelines": rows(
            record(
                {
                    "pipeline": TEXT,
                    "target": STAGE,
                    "contract": maybe(STAGE),
                    "stages": rows(_STANDING),
                    "elsewhere": COUNT,
                    "history": _HISTORY,
                }
            )
        ),
    },
    {
        "candidacies": rows(
            record(
                {
                    "id": CANDIDACY,
                    "name": TEXT,
                    "pipeline": TEXT,
                    "term": TERM,
                    "stage": STAGE,
                    "chance": SHARE,
                    "chance_of_contract": maybe(SHARE),
                    "half_by": maybe(DAY),
                    "by_term": by(SHARE, "The chance of a start by the end of each term."),
                }
            )
        )
    },
)
_STEP = record(
    {
        "stage": STAGE,
        "standing": COUNT,
        "chance": SHARE,
        "in_all": maybe(COUNT),
        "more": maybe(COUNT),
        "more_to_be_sure": maybe(COUNT),
        "by": maybe(DAY),
        "past": maybe(FLAG),
        "no_plan": maybe(TEXT),
    }
)
PLAN = record(
    {
        "as_of": DAY,
        "pipeline": maybe(TEXT),
        "unit": maybe(TEXT),
        "term": TERM,
        "need": COUNT,
        "started": COUNT,
        **_EXPECTED,
        "sure": about(NUMBER, "How sure the plan is to be of as many as are needed."),
        "chance_of_need": maybe(SHARE),
        "elsewhere": COUNT,
        "without_unit": COUNT,
        "pipelines": rows(
            record({"pipeline": TEXT, "cohort": TERM, "stages": rows(_STEP), "history": _HISTORY})
        ),
    }
)

TREND = record(
    {
        "from": TERM,
        "to": TERM,
        "as_of": DAY,
        "pipeline": maybe(TEXT),
        "unit": maybe(TEXT),
        "open": about(rows(TERM), "Terms of which some are still on the way."),
        "figures": rows(
            record(
                {
                    "figure": TEXT,
                    "title": TEXT,
                    "unit": one_of(("count", "share", "days", "SEK")),
                    "values": rows(record({"term": TERM, "value": maybe(NUMBER)})),
                }
            )
        ),
    }
)

SCHEMAS = {
    "needs": NEEDS,
    "add-need": NEED_SET,
    "costs": COSTS,
    "add-cost": COST_SET,
    "assumptions": rows(ASSUMPTION),
    "assume": more(ASSUMPTION, {"before": maybe(NUMBER)}),
    "retention": RETENTION,
    "forecast": {"anyOf": [FORECAST, PLAN]},
    "trend": TREND,
}
