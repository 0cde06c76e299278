"""What every named statement is run with on both engines: values that hit, values that miss, and NULL.

One entry for each statement; a statement without one fails the test that reads this table. The numbers are
those of `tests.stories`, with the rows of ``BOUNDARY_ROWS`` beside them.
"""

from itertools import product
from typing import Any

Values = dict[str, Any]
HASH, TIME, DAY = "a" * 64, "2026-11-20T12:00:00.000000Z", "2025-05-01"

# What no service would write, but the schema allows: the longest, the emptiest, the oddest.
BOUNDARY_ROWS = (
    """INSERT INTO person (id, name, graduates, search_key, sort_key, email_key, void)
       VALUES (8, '100%_\\ Ångström', 29992, '100%_\\ angstrom', '100%_\\ {ngstr}m', 'x@y.se', 0)""",
    f"INSERT INTO person (id, name, search_key, sort_key, void) VALUES (9, '{'ö' * 200}', 'o', '}}', 0)",
    "INSERT INTO person (id, name, search_key, sort_key, void) VALUES (10, 'Ingen', 'ingen', 'ingen', 0)",
    f"""INSERT INTO candidacy VALUES (9, 8, 1, 1, 2, NULL, 'ad', 'won', 'started', '2026-01-19', NULL, NULL,
       NULL, 1, 0, NULL, NULL, NULL, 1, '{HASH}', '{TIME}')""",
    f"""INSERT INTO candidacy VALUES (10, 9, 1, 2, 1, 2, NULL, 'lost', 'reserve', '2025-05-01', NULL,
       'rejected', '2025-05-02', 0, 0, NULL, NULL, 3, 0, '{HASH}', '{TIME}')""",
    f"""INSERT INTO candidacy VALUES (11, 9, 2, 2, 1, 2, NULL, 'open', 'reserve', '2025-05-01', NULL, NULL,
       NULL, 0, 0, NULL, NULL, NULL, 0, '{HASH}', '{TIME}')""",
    f"""INSERT INTO event VALUES (9, 1, 'opened', 1, NULL, '{TIME}', 1, '{{"å":"ö"}}', '{HASH}')""",
    """INSERT INTO stay VALUES (9, 1, 'started', '2026-01-19', 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, 0,
       NULL, NULL)""",
    """INSERT INTO stay VALUES (10, 1, 'reserve', '2025-05-01', 1, 1, '2025-05-02', 2, 'ended', 'rejected',
       NULL, NULL, 0, 1, NULL)""",
    "INSERT INTO fact VALUES (9, 1, 8, 1, 'degree', 'socionomexamen', '2025-06-01', NULL, NULL)",
    "INSERT INTO staff_capacity VALUES (1, 20252, 0)",
    "INSERT INTO staff VALUES ('Ö', 1000, 3, 'o', 1, '2025-01-01')",
    f"INSERT INTO remark VALUES (12, 1, 'note', '', NULL, 1), (13, 9, 'note', '{'å' * 10_000}', NULL, 1)",
    "INSERT INTO tag VALUES (1, 'Zebra'), (1, 'ärlig'), (8, 'kö')",
    """INSERT INTO edit VALUES (11, 17, 2, 'person', '1', 'name', 'Åsa', NULL),
       (12, NULL, 1, 'tag', '1:kö', '', NULL, '')""",
    "INSERT INTO unit VALUES ('Ö', '', 0, 3, 'o')",
)


def every(**choices: Any) -> list[Values]:
    """Return each combination of the choices; what is not a list is the only choice."""
    lists = [each if isinstance(each, list) else [each] for each in choices.values()]
    return [dict(zip(choices, combination, strict=True)) for combination in product(*lists)]


def one_by_one(usual: Values, **choices: list[Any]) -> list[Values]:
    """Return the usual values, and those with one of them changed at a time."""
    return [usual, *(usual | {name: each} for name, values in choices.items() for each in values)]


CANDIDACIES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 999]
PERSONS = [1, 2, 6, 7, 8, 9, 999]
NUMBERS = [1, 2, 3, 4, 999]
NAMES = ["trainee", "direct", "moon", ""]
KEYS = ["asa oberg", "", "å"]

_CANDIDACY: Values = {
    "candidacy": 4,
    "cohort": 2,
    "unit": None,
    "state": "lost",
    "stage": "ånger",
    "entered_on": DAY,
    "due_on": None,
    "outcome": "no-reply",
    "closed_on": DAY,
    "holds_seat": True,
    "supervised": False,
    "paused_from": None,
    "paused_until": DAY,
    "rank": None,
    "head_seq": 0,
    "head_hash": HASH,
    "changed_at": TIME,
    "seen_seq": 3,
}
_STAY: Values = {
    "candidacy": 6,
    "number": 1,
    "stage": "lead",
    "entered_on": DAY,
    "entered_seq": 1,
    "first": True,
    "left_on": None,
    "left_seq": None,
    "left_how": None,
    "outcome": None,
    "closed_by": None,
    "reason": None,
    "paused_days": 0,
    "days": None,
    "left_to": None,
}
_FACT: Values = {
    "candidacy": 4,
    "seq": 9,
    "person": 4,
    "about_person": True,
    "name": "degree",
    "value": None,
    "occurred_on": DAY,
    "text": None,
    "seen_by": 1,
}
_PERSON: Values = {
    "name": "Örn",
    "email": "örn@exempel.se",
    "phone": None,
    "university": "oru",
    "graduates": 20262,
    "protected_number": None,
    "search_key": "orn",
    "sort_key": "}rn",
    "email_key": "örn@exempel.se",
}
_LISTING: Values = {
    "closed": True,
    "won": True,
    "term": None,
    "pipeline": None,
    "stage": None,
    "unit": None,
    "university": None,
    "channel": None,
    "cohort": None,
    "tag": None,
    "stalled_on": None,
    "pattern": None,
}
_LISTINGS: dict[str, list[Any]] = {
    "closed": [False],
    "won": [False],
    "term": [20252, 20261],
    "pipeline": NAMES,
    "stage": ["lead", "reserve"],
    "unit": ["barn och unga", "o"],
    "university": ["oru"],
    "channel": ["visit", "ad"],
    "cohort": ["", "varen"],
    "tag": ["kö", "KÖ"],
    "stalled_on": ["2025-08-29", "2026-11-20"],
    "pattern": ["%a%", "%\\%%", "%\\_\\\\%", "%exempel%"],
}
_RANGE: Values = {"first": 20252, "last": 20261, "pipeline": None, "unit": None, "as_of": "2026-11-20"}
_RANGES: dict[str, list[Any]] = {
    "last": [20252, 19001],
    "pipeline": NAMES,
    "unit": [1, 2],
    "as_of": ["2025-04-01", "2025-05-01", "2025-03-01"],
}
_WITHOUT_DAY = {name: value for name, value in _RANGE.items() if name != "as_of"}
_RANGES_WITHOUT_DAY = {name: values for name, values in _RANGES.items() if name != "as_of"}

VALUES: dict[str, list[Values]] = {
    # How a candidacy is kept
    "candidacy.read": every(candidacy=CANDIDACIES),
    "candidacy.person_facts": every(person=PERSONS, candidacy=[1, 2, 999]),
    "candidacy.seats": every(cohort=[1, 2, 999], candidacy=[1, 999]),
    "candidacy.room": every(staff=NUMBERS, term=[20252, 20261], candidacy=[1, 999], today=["2025-09-01"]),
    "candidacy.roles": every(staff=NUMBERS),
    "candidacy.first_in_line": every(cohort=[1, 2], waiting=["reserve", "lead", "moon"]),
    "candidacy.next_number": every(person=PERSONS),
    "candidacy.add": [
        {
            "person": 4,
            "number": 2,
            "pipeline": 1,
            "cohort": 2,
            "unit": None,
            "channel": "fair",
            "no": False,
            "genesis": HASH,
            "changed_at": TIME,
        }
    ],
    "candidacy.keep": one_by_one(_CANDIDACY, seen_seq=[2], unit=[1], rank=[2**31 - 1]),
    "candidacy.keep_person": every(person=PERSONS),
    "candidacy.drop_stays": every(candidacy=[1, 999], number=[0, 2]),
    "candidacy.add_stay": one_by_one(
        _STAY, left_how=["ended"], reason=[1], days=[0, 40], left_to=["applied"]
    ),
    "candidacy.drop_fact": every(candidacy=[1, 999], seq=[3, 999]),
    "candidacy.add_fact": one_by_one(_FACT, value=["ö"], about_person=[False]),
    "candidacy.drop_assignment": every(candidacy=[1, 999], seq=[13, 999]),
    "candidacy.add_assignment": every(
        candidacy=4, seq=9, role="mentor", staff=2, from_on=DAY, to_on=[None, DAY]
    ),
    "candidacy.fact_holder": every(person=PERSONS, name=["degree", "assessment"]),
    # What a check reads
    "checking.pipelines": [{}],
    "checking.count": [{}],
    "checking.candidacies": every(after=[0, 3, 999], most=[0, 1, 200]),
    "checking.log": every(first=[1, 3], last=[0, 4, 999]),
    "checking.stays": every(first=[1, 3], last=[0, 4, 999]),
    "checking.facts": every(first=[1, 3], last=[0, 4, 999]),
    "checking.assignments": every(first=[1, 3], last=[0, 4, 999]),
    "checking.crowded": [{}],
    "checking.miscounted": [{}],
    "checking.label": every(candidacy=[1, 8, 999, None]),
    "checking.heads": every(person=[0, 2, 999], number=[0, 1], most=[0, 2, 99]),
    "checking.hash_at": every(person=PERSONS, number=[1, 2], seq=[1, 16, 17]),
    "checking.drop_facts": every(candidacy=[1, 999]),
    "checking.drop_assignments": every(candidacy=[1, 999]),
    # Beside the log
    "editing.drop_remark": every(id=[12, 999]),
    "editing.standing_edits": every(entity=["person", "tag"], row=["1", "1:kö", ""]),
    # Finding
    "finding.by_number": every(person=PERSONS, number=[None, 1, 2]),
    "finding.by_email": every(email=["1@exempel.se", "x@y.se", ""]),
    "finding.by_name": every(pattern=["%a%", "%oberg%", "%\\%\\_\\\\%", "%'%", "%"]),
    "importing.candidacy_of": every(person=PERSONS, cohort=[1, 2, 999]),
    "listing.rows": [
        each | {"most": most} for each in one_by_one(_LISTING, **_LISTINGS) for most in (50, 1, 2**40)
    ],
    "listing.count": one_by_one(_LISTING, **_LISTINGS),
    # The log
    "log.append": every(
        candidacy=10,
        seq=1,
        kind="moved",
        version=1,
        occurred_on=[None, DAY],
        recorded_at=TIME,
        command=1,
        body='{"å":"%"}',
        hash=HASH,
    ),
    "log.read": every(candidacy=CANDIDACIES),
    "log.actors": every(candidacy=CANDIDACIES),
    "looking.person": every(person=PERSONS),
    "looking.candidacies": every(person=PERSONS),
    "looking.remarks": every(candidacy=CANDIDACIES),
    "looking.staff_names": every(candidacy=CANDIDACIES),
    "looking.cohort": every(cohort=NUMBERS),
    "looking.person_facts": every(person=PERSONS),
    "looking.staff_name": every(staff=NUMBERS),
    # Persons
    "person.add": one_by_one(
        _PERSON | {"void": True},
        name=["ö" * 200],
        email_key=[None],
    ),
    "person.read": every(person=PERSONS),
    "person.keep": one_by_one(_PERSON | {"person": 4}, person=[999], graduates=[None]),
    "person.by_email": every(email=["1@exempel.se", "x@y.se", ""]),
    "person.next_protected": [{}],
    "person.tags": every(person=PERSONS),
    "person.add_tag": every(person=2, tag=["ö", "%"]),
    "person.drop_tag": every(person=[1, 2], tag=["kö", "KÖ"]),
    "person.drop_tags": every(person=PERSONS),
    "person.scrub_remarks": every(person=PERSONS),
    "person.scrub_edits": every(person=PERSONS),
    "person.open_candidacy": every(person=PERSONS, cohort=[1, 2]),
    # The programme
    "programme.units": [{}],
    "programme.unit_names": [{}],
    "programme.add_unit": every(
        name="Åre", employer=[None, "Åre"], child_and_youth=[True, False], search_key="are"
    ),
    "programme.drop_unit": every(id=[3, 999]),
    "programme.universities": [{}],
    "programme.university_names": [{}],
    "programme.add_university": every(code="åå", name="Ö", town="Å"),
    "programme.drop_university": every(id=["su", "moon"]),
    "programme.cohorts": every(term=[None, 20252], pipeline=[None, *NAMES]),
    "programme.cohort": every(id=NUMBERS),
    "programme.seats_taken": every(cohort=[None, *NUMBERS]),
    "programme.open_by_stage": every(cohort=[None, *NUMBERS]),
    "programme.add_cohort": every(
        pipeline="trainee",
        term=20252,
        seats=[0, 10_000],
        name="Ö",
        registry_number=[None, "7"],
        unit_id=[None, 1],
        search_key="o",
    ),
    "programme.keep_cohort": every(id=[1, 999], seats=3, name="", registry_number=None, search_key=""),
    "programme.drop_cohort": every(id=999),
    "programme.staff": [{}],
    "programme.staff_member": every(id=NUMBERS),
    "programme.staff_roles": every(staff=[None, *NUMBERS]),
    "programme.staff_capacities": every(staff=[None, *NUMBERS]),
    "programme.assigned": every(staff=[None, *NUMBERS]),
    "programme.add_staff": every(
        name="Ö", search_key="o", capacity=[0, 1000], unit_id=[None, 1], left_on=[None, DAY]
    ),
    "programme.keep_staff": every(
        id=[1, 999], name="Ö", search_key="o", capacity=0, unit_id=None, left_on=DAY
    ),
    "programme.drop_staff": every(id=[3, 999]),
    "programme.add_role": every(staff=[2, 3], role="supervisor"),
    "programme.drop_role": every(staff=NUMBERS, role=["supervisor", "mentor"]),
    "programme.add_capacity": every(staff=2, term=[19001, 29992], capacity=[0, 1000]),
    "programme.drop_capacity": every(staff=[1, 2], term=[20252, 20261]),
    "programme.pipelines": every(name=[None, *NAMES]),
    "programme.pipeline_names": [{}],
    "programme.definition": every(id=NUMBERS),
    "programme.definitions": [{}],
    "programme.latest_pipeline": every(name=NAMES),
    "programme.add_pipeline": every(
        name="direct", version=2, digest=HASH, definition='{"å": "%"}', source="", installed_at=TIME
    ),
    "programme.cohorts_without_pipeline": every(id=NUMBERS),
    "programme.drop_pipeline": every(id=999),
    # Reports
    "report.terms": every(pipeline=[None, *NAMES], unit=[None, 1, 2]),
    "report.cohorts": one_by_one(_WITHOUT_DAY, **_RANGES_WITHOUT_DAY),
    "report.visits": one_by_one(_RANGE, **_RANGES),
    "report.exits": one_by_one(_RANGE, **_RANGES),
    "report.seats": one_by_one(
        _RANGE | {"seat": "selected", "waiting": "reserve"},
        **_RANGES,
        seat=["started", "moon"],
        waiting=["applied"],
    ),
    "report.completed_stays": one_by_one(_RANGE, **_RANGES),
    "report.histories": one_by_one(_RANGE, **_RANGES),
    # The store
    "store.schema_version": [{}],
    "undoing.command": every(command=[1, 13, 999]),
    "undoing.commands_of": every(actor=["Örjan", "örjan", ""]),
    "undoing.candidacies": every(command=[13, 14, 999]),
    "undoing.edits": every(command=[4, 11, 12, 999]),
    "undoing.last_edit": every(person=["1", "7", "", "999"], candidacy=[1, 7, 999]),
    "undoing.remark_candidacy": every(remark=[1, 13, 999]),
    "undoing.mark_edit": every(command=[11, 999], number=1, undone_by=[23, None]),
    # What waits
    "waiting.open": every(unit=[None, "barn och unga", "o"]),
    "waiting.seats": every(term=[19001, 20252, 29992], unit=[None, "barn och unga", "o"]),
    "waiting.started": every(first=[DAY, "2026-01-20"], last="2026-11-20", unit=[None, "o"]),
    # Who wrote, and what
    "writing.actor": every(name=["Örjan", "örjan", ""]),
    "writing.add_actor": every(name=["Å", "%"]),
    "writing.add_command": every(name="note", actor=2, recorded_at=TIME),
    "writing.add_remark": every(
        candidacy=1, kind="note", text=["", "å" * 10_000], occurred_on=[None, DAY], command=1
    ),
    "writing.add_edit": every(
        command=1, number=9, entity="person", row="1", field="", before=[None, "Å"], after=[None, ""]
    ),
}
