"""The schemas of what the programme is made of: units, universities, cohorts, staff, pipelines."""

from socrekry.domain.intents import OUTCOMES
from socrekry.render.schemas.people import ROLE, STAGE
from socrekry.render.schemas.shapes import (
    ANYTHING,
    CANDIDACY,
    COHORT,
    COUNT,
    DAY,
    FLAG,
    MOMENT,
    STAFF,
    TERM,
    TEXT,
    WHOLE,
    about,
    maybe,
    more,
    one_of,
    record,
    rows,
)

TITLES = record({"en": TEXT, "sv": TEXT})

UNIT = record({"name": TEXT, "employer": maybe(TEXT), "child_and_youth": FLAG})
UNITS = rows(more(UNIT, {"open": COUNT, "staff": COUNT}))
UNIVERSITY = record({"code": TEXT, "name": TEXT, "town": TEXT})
UNIVERSITIES = rows(more(UNIVERSITY, {"candidates": COUNT}))

COHORT_KEPT = record(
    {
        "id": COHORT,
        "pipeline": TEXT,
        "term": TERM,
        "unit": maybe(TEXT),
        "name": about(TEXT, "The cohort’s own name; empty if it has none."),
        "registry_number": maybe(TEXT),
        "seats": COUNT,
        "seats_taken": COUNT,
        "seats_free": COUNT,
        "reserves": about(COUNT, "How many stand on the waiting list."),
        "open": COUNT,
    }
)

_TERM_OF_STAFF = record(
    {
        "term": TERM,
        "capacity": COUNT,
        "assigned": COUNT,
        "free": WHOLE,
        "candidates": rows(record({"id": CANDIDACY, "name": TEXT, "roles": rows(ROLE)})),
        "externals": rows(record({"label": TEXT, "roles": rows(ROLE)})),
        "out_of_sight": about(COUNT, "How many are of units that one may not see."),
    }
)
MEMBER = record(
    {
        "id": STAFF,
        "name": TEXT,
        "roles": rows(ROLE),
        "unit": maybe(TEXT),
        "capacity": COUNT,
        "left_on": maybe(DAY),
        "terms": rows(_TERM_OF_STAFF),
    }
)

PIPELINES = rows(
    record(
        {
            "name": TEXT,
            "version": COUNT,
            "latest": FLAG,
            "stages": rows(STAGE),
            "open": COUNT,
            "candidacies": COUNT,
            "digest": TEXT,
            "installed_at": MOMENT,
            "titles": TITLES,
        }
    )
)
_STAGE = record(
    {
        "name": STAGE,
        "titles": TITLES,
        "kind": one_of(("open", "won", "lost")),
        "order": COUNT,
        "main": FLAG,
        "longest_stay": maybe(about(COUNT, "In days.")),
        "takes_seat": FLAG,
        "base": FLAG,
        "qualified": FLAG,
        "supervised": FLAG,
        "outcome": maybe(one_of(OUTCOMES)),
        "begins": maybe(about(COUNT, "How many terms after the cohort’s own.")),
        "hired": FLAG,
    }
)
PIPELINE = record(
    {
        "name": TEXT,
        "titles": TITLES,
        "version": maybe(COUNT),
        "digest": TEXT,
        "stages": rows(_STAGE),
        "transitions": rows(
            record(
                {
                    "name": TEXT,
                    "titles": TITLES,
                    "sources": rows(STAGE),
                    "target": STAGE,
                    "guards": rows(record({"name": TEXT, "overridable": FLAG, "parameters": ANYTHING})),
                }
            )
        ),
    }
)
PIPELINE_CHECKED = record(
    {
        "name": maybe(TEXT),
        "digest": maybe(TEXT),
        "defects": rows(
            {
                **record({"path": TEXT, "line": maybe(COUNT), "code": TEXT, "message": TEXT}),
                "additionalProperties": True,
            },
            "Each with its key path and line, and what the code is about.",
        ),
    }
)
PIPELINE_INSTALLED = record(
    {"name": TEXT, "version": COUNT, "digest": TEXT, "installed": FLAG, "left_on_earlier": COUNT}
)

SCHEMAS = {
    "units": UNITS,
    "add-unit": UNIT,
    "universities": UNIVERSITIES,
    "add-university": UNIVERSITY,
    "cohorts": rows(COHORT_KEPT),
    "add-cohort": COHORT_KEPT,
    "edit-cohort": more(COHORT_KEPT, {"first_in_line": maybe(CANDIDACY)}),
    "staff": rows(MEMBER),
    "add-staff": MEMBER,
    "edit-staff": MEMBER,
    "pipelines": PIPELINES,
    "pipeline show": PIPELINE,
    "pipeline check": PIPELINE_CHECKED,
    "pipeline install": PIPELINE_INSTALLED,
}
