"""The schemas of what is answered about the store itself: import, check, copy, backup, doctor, settings."""

from typing import get_args

from socrekry.render.schemas.alike import RESEMBLES
from socrekry.render.schemas.people import STAGE
from socrekry.render.schemas.shapes import (
    ANYTHING,
    CANDIDACY,
    CANDIDATE,
    COUNT,
    FLAG,
    TEXT,
    about,
    by,
    maybe,
    more,
    one_of,
    record,
    rows,
)
from socrekry.services.doctor.findings import Verdict

TAKEN = record({"line": COUNT, "id": CANDIDATE, "candidacy": CANDIDACY, "stage": STAGE})
IMPORTED = record(
    {
        "rows": COUNT,
        "imported": rows(TAKEN),
        "updated": rows(TAKEN),
        "skipped": rows(TAKEN),
        "bad": rows(
            record(
                {
                    "line": COUNT,
                    "column": maybe(TEXT),
                    "value": maybe(TEXT),
                    "code": TEXT,
                    "message": TEXT,
                    "remedy": maybe(TEXT),
                }
            )
        ),
        "resembles": rows(record({"id": CANDIDATE, "resembles": RESEMBLES})),
        "kept": FLAG,
    }
)

_DEFECT = record({"candidacy": maybe(CANDIDACY), "code": TEXT, "message": TEXT})
_DEFECTS = {"defects_found": COUNT, "defects": rows(_DEFECT)}
CHECKED = record(
    {
        "candidacies": COUNT,
        "events": COUNT,
        **_DEFECTS,
        "mended": COUNT,
        "mendings": rows(_DEFECT),
        "heads_written": maybe(COUNT),
    }
)
_COPY = {"candidacies": COUNT, "events": COUNT, "verified": FLAG}
BACKUP = record(
    {"file": TEXT, "store": TEXT, "engine": TEXT, **_COPY, "bytes": COUNT, **_DEFECTS},
)
COPIED = record(
    {
        "from": TEXT,
        "to": TEXT,
        "engine": TEXT,
        "began": one_of(("new", "resumed")),
        **_COPY,
        "rows": COUNT,
        "tables": by(COUNT, "Rows by table."),
        **_DEFECTS,
    }
)
RESTORED = record(
    {
        "file": TEXT,
        "store": TEXT,
        "engine": TEXT,
        **_COPY,
        "schema": TEXT,
        "kept": maybe(about(TEXT, "Where what was there before is kept.")),
    }
)
MIGRATED = record({"store": TEXT, "from": maybe(TEXT), "to": TEXT, "changed": FLAG, "dry_run": FLAG})
DOCTOR = record(
    {
        "healthy": FLAG,
        "findings": rows(
            record(
                {
                    "code": TEXT,
                    "verdict": one_of(get_args(Verdict)),
                    "message": TEXT,
                    "remedy": maybe(TEXT),
                    "details": ANYTHING,
                }
            )
        ),
    }
)

SETTING = record({"key": TEXT, "value": maybe(TEXT), "source": TEXT, "origin": maybe(TEXT)})
_SAVED = by(rows(TEXT), "What was kept, by its name.")
CONFIG = {
    "anyOf": [record({"file": TEXT, "settings": rows(SETTING), "views": _SAVED, "maps": _SAVED}), SETTING]
}

ACCESS = record(
    {
        "row_security": FLAG,
        "roles": rows(record({"role": TEXT, "every_unit": FLAG, "units": rows(TEXT), "known": FLAG})),
        "dry_run": FLAG,
    }
)
ROLES = {
    "anyOf": [
        record({"sql": TEXT}),
        record(
            {
                "store": TEXT,
                "schema": TEXT,
                "roles": rows(record({"role": TEXT, "made": FLAG, "members": rows(TEXT), "plain": FLAG})),
                "dry_run": FLAG,
            }
        ),
    ]
}

SCHEMAS = {
    "import": IMPORTED,
    "check": CHECKED,
    "copy": COPIED,
    "backup": BACKUP,
    "restore": RESTORED,
    "migrate": MIGRATED,
    "doctor": DOCTOR,
    "config": CONFIG,
    "schema": {"anyOf": [rows(TEXT), {"type": "object", "required": ["$schema"]}]},
    "db roles": ROLES,
    "db row-security": more(ACCESS, {"before": FLAG}),
    "db allow": ACCESS,
    "db allowed": ACCESS,
}
