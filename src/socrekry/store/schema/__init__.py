"""The schema, declared once: every table, constraint and index.

Each group of fields is a model of its own, which the table inherits – and so do the row that an
import validates and the JSON Schema that is printed. Commands never import this module: they run
named SQL. Migrations build the same schema by themselves, and a test compares the two.

Days and times are ISO text in UTC, terms are Ladok's codes (``20252`` = HT2025).
"""

from socrekry.store.kinds import Kept, constrain
from socrekry.store.schema.candidates import (
    Assignment,
    Candidacy,
    CandidateFields,
    Event,
    Fact,
    FormerId,
    Merged,
    Person,
    Remark,
    Stay,
    Tag,
    ToldApart,
)
from socrekry.store.schema.commands import Actor, Command, Edit
from socrekry.store.schema.outreach import (
    Activity,
    ActivityFields,
    Assumption,
    Cost,
    Need,
    Theme,
    Touch,
    Voice,
    VoiceFields,
)
from socrekry.store.schema.programme import (
    Agreement,
    Cohort,
    CohortFields,
    ExternalAssignment,
    Pipeline,
    Staff,
    StaffCapacity,
    StaffFields,
    StaffRole,
    Unit,
    UnitAccess,
    UnitFields,
    University,
    UniversityFields,
)
from socrekry.store.schema.tallies import (
    CourseTally,
    CreditTally,
    LeftTally,
    StandingTally,
    TimeTally,
    VisitTally,
)
from socrekry.store.triggers import keep_log_append_only
from socrekry.store.views import let_limits_count_everybody

__all__ = [
    "Activity",
    "ActivityFields",
    "Actor",
    "Agreement",
    "Assignment",
    "Assumption",
    "Candidacy",
    "CandidateFields",
    "Cohort",
    "CohortFields",
    "Command",
    "Cost",
    "CourseTally",
    "CreditTally",
    "Edit",
    "Event",
    "ExternalAssignment",
    "Fact",
    "FormerId",
    "LeftTally",
    "Merged",
    "Need",
    "Person",
    "Pipeline",
    "Remark",
    "Staff",
    "StaffCapacity",
    "StaffFields",
    "StaffRole",
    "StandingTally",
    "Stay",
    "Tag",
    "Theme",
    "TimeTally",
    "ToldApart",
    "Touch",
    "Unit",
    "UnitAccess",
    "UnitFields",
    "University",
    "UniversityFields",
    "VisitTally",
    "Voice",
    "VoiceFields",
]

constrain(Kept.__subclasses__())
keep_log_append_only(Event.__table__)  # type: ignore[attr-defined]
let_limits_count_everybody(Kept.metadata)
