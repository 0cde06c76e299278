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
       NULL, NULL, 1)""",
    """INSERT INTO stay VALUES (10, 1, 'reserve', '2025-05-01', 1, 1, '2025-05-02', 2, 'ended', 'rejected',
       NULL, NULL, 0, 1, NULL, 2)""",
    f"""INSERT INTO event VALUES (11, 1, 'resumed', 1, '2025-06-05', '{TIME}', 1, '{{}}', '{HASH}')""",
    """INSERT INTO stay VALUES (11, 1, 'reserve', '2025-05-01', 1, 1, NULL, NULL, NULL, NULL, NULL, NULL, 3,
       NULL, NULL, 2)""",
    "INSERT INTO fact VALUES (9, 1, 8, 1, 'degree', 'socionomexamen', '2025-06-01', NULL, NULL)",
    "INSERT INTO staff_capacity VALUES (1, 20252, 0)",
    "INSERT INTO staff VALUES ('Ö', 1000, 3, 'o', 1, '2025-01-01')",
    f"INSERT INTO remark VALUES (12, 1, 'note', '', NULL, 1), (13, 9, 'fact', '{'å' * 10_000}', NULL, 1)",
    "INSERT INTO fact VALUES (9, 2, 8, 0, 'left', NULL, '2026-10-01', 13, NULL)",
    "INSERT INTO fact VALUES (9, 3, 8, 0, 'still-employed', 'yes', '2026-07-19', NULL, NULL)",
    "INSERT INTO assignment VALUES (9, 2, 'supervisor', 1, '2025-06-01', '2026-01-19')",
    """INSERT INTO activity (id, kind, title, occurred_on, term, university, unit_id, cost, reached, minutes,
       applicants, qualified, deadline, external_id, ad) VALUES
       (1, 'visit', 'Klassbesök', '2025-03-01', 20251, 'miun', 1, 0, 28, 30, NULL, NULL, NULL, NULL, NULL),
       (2, 'ad', 'Ö', '2025-04-15', 20252, NULL, NULL, 1000000000, NULL, NULL, 7, 0, '2025-05-01', 'å', '{}'),
       (3, 'other', 'Ö', '2025-04-15', 20252, 'oru', 2, NULL, 0, 0, 0, 0, NULL, NULL, NULL),
       (4, 'fair', 'Ä', '2025-04-15', 20252, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""",
    """INSERT INTO touch (id, person_id, activity_id, occurred_on) VALUES (1, 1, 1, '2025-03-01'),
       (2, 7, 1, '2025-03-02'), (3, 1, 2, '2025-03-01'), (4, 6, 1, '2025-03-01'), (5, 2, 2, '2025-04-15')""",
    "INSERT INTO touch (id, person_id, activity_id, occurred_on) VALUES (99, 8, 3, '2025-04-15')",
    """INSERT INTO voice (id, kind, theme, text, number, occurred_on, activity_id, candidacy_id) VALUES
       (1, 'wish', 'supervision', 'Mer handledning på fältet', 3, '2025-03-01', 1, NULL),
       (2, 'concern', 'ö', NULL, 10000, '2025-03-01', 1, NULL),
       (3, 'praise', 'meaning', 'Ö', 1, '2025-05-01', NULL, 2)""",
    """INSERT INTO need (id, unit_id, term, positions) VALUES (1, 1, 20252, 0), (2, 2, 20252, 10000),
       (3, 1, 29992, 3)""",
    """INSERT INTO cost (id, kind, year, term, unit_id, amount) VALUES
       (1, 'agency', 2018, NULL, NULL, 1000000000000), (2, 'own-staff', 2018, NULL, NULL, 0),
       (3, 'agency', 2025, NULL, 2, 0), (4, 'agency', NULL, 20251, 2, 7), (5, 'agency', NULL, 20252, 2, 8)""",
    "INSERT INTO assumption (name, value) VALUES ('trainee-year', '0.5'), ('Ö', 'ö')",
    f"INSERT INTO theme (code, title) VALUES ('ö', 'Åka långt'), ('{'z' * 40}', '{'å' * 80}')",
    """INSERT INTO agreement (id, university, term, unit_id, asked, offered, confirmed, contact) VALUES
       (1, 'oru', 20252, NULL, 4, NULL, 0, 'Åsa'), (2, 'oru', 20252, 1, NULL, 1000, NULL, NULL),
       (3, 'umu', 29992, 2, 0, 0, 0, NULL)""",
    """INSERT INTO external_assignment (id, label, search_key, staff_id, role, term, from_on, to_on) VALUES
       (1, 'VFU Örebro', 'vfu orebro', 1, 'supervisor', 20252, '2025-09-01', NULL),
       (2, 'VFU Örebro', 'vfu orebro', 1, 'mentor', 20252, '2025-09-01', NULL),
       (3, 'Ö', 'o', 1, 'mentor', 20252, '2025-09-01', '2025-10-01'),
       (4, 'Ö', 'o', 2, 'mentor', 20261, '2026-02-01', NULL)""",
    "INSERT INTO tag VALUES (1, 'Zebra'), (1, 'ärlig'), (8, 'kö')",
    """INSERT INTO edit VALUES (11, 17, 2, 'person', '1', 'name', 'Åsa', NULL),
       (12, NULL, 1, 'tag', '1:kö', '', NULL, ''), (12, NULL, 2, 'merge', '2:10', 'candidacy', '7', '9')""",
    """INSERT INTO person (id, name, phone, phone_key, search_key, sort_key, void) VALUES
       (11, 'Örn', '070-123 45 67', '+46701234567', 'orn', '}rn', 0),
       (12, 'Å', 'saknas', NULL, 'a', '{', 1)""",
    "INSERT INTO merged (person_id, into_id) VALUES (10, 2), (12, 2)",
    "INSERT INTO former_id (candidacy_id, person_id, number) VALUES (1, 10, 7)",
    "INSERT INTO told_apart (person_id, other_id) VALUES (1, 3), (2, 6)",
    "INSERT INTO unit VALUES ('Ö', '', 0, 3, 'o')",
    # What there is none of any more, which is what is dropped.
    f"INSERT INTO course_tally VALUES (1, 2, '{DAY}', '', '{DAY}', 0, '{'å' * 200}', 0)",
    "INSERT INTO left_tally VALUES (1, 'lead', 0, '', 0)",
    f"INSERT INTO standing_tally VALUES (1, 2, 0, 'lead', '{DAY}', 7, '', '', '{DAY}', 0)",
    "INSERT INTO time_tally VALUES (1, 0, 'ånger', 1, 1, 0)",
    "INSERT INTO visit_tally VALUES (1, 2, 0, 'lead', '', 1, 0, 'ended', 0, 'declined', '', 'Ö', 0)",
    "INSERT INTO credit_tally VALUES (1, 2, 0, 0, 'visit', 'lead', 1, 0, 0)",
    "INSERT INTO credit_tally VALUES (2, 1, 0, 3, '', 'started', 1, 0, 1)",
    "INSERT INTO course_tally VALUES (2, 0, '2026-01-19', '2026-10-01', '2026-07-19', 0, 'Ö', 1)",
    "INSERT INTO unit_access VALUES (1, 'anna', 2), (2, 'anna', 1), (3, 'Å b', NULL)",
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
    "phone_key": "+46701234567",
}
_ACTIVITY: Values = {
    "title": "Å",
    "occurred_on": DAY,
    "term": 20252,
    "university": "oru",
    "unit_id": None,
    "cost": 0,
    "reached": 1_000_000,
    "minutes": None,
    "applicants": 3,
    "qualified": 3,
    "deadline": DAY,
}
_COST: Values = {"kind": "agency", "year": 2018, "term": 0, "unit": 0}
_COSTS: dict[str, list[Any]] = {"kind": ["own-staff"], "year": [2019], "unit": [2]}
_LISTING: Values = {
    "closed": True,
    "won": True,
    "term": None,
    "pipeline": None,
    "stage": None,
    "unit": None,
    "university": None,
    "channel": None,
    "activity": None,
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
    "activity": [1, 3, 999],
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

_DAYS = ["2025-03-01", DAY, "2025-06-01", "2025-09-01", "2026-01-19", "2026-11-20"]

_REACH: Values = {"first": 20252, "last": 20261, "as_of": "2026-11-20"}
_REACH_WITHOUT_DAY = {name: value for name, value in _REACH.items() if name != "as_of"}
_REACHES = {name: values for name, values in _RANGES.items() if name in ("last", "as_of")}

_AGREEMENT: Values = {"asked": 1, "offered": None, "confirmed": 1_000, "contact": "Ö"}
_VOICE: Values = {
    "kind": "concern",
    "theme": "ö",
    "text": "Å",
    "number": 10_000,
    "occurred_on": DAY,
    "activity": 1,
    "candidacy": None,
}
_VOICES: Values = _RANGE | {"last": 20252, "first": 20251, "university": None, "theme": None, "kind": None}
_VOICES_ASKED: dict[str, list[Any]] = {
    **_RANGES,
    "university": ["oru", "miun", ""],
    "theme": ["supervision", "ö", "moon"],
    "kind": ["wish", "praise"],
}

_WHOSE: Values = {"cohort": 1, "pipeline": 2, "unit": 0, "number": 3}
TALLIES: dict[str, Values] = {
    "course": {"cohort": 1, "unit": 2, "started_on": DAY, "left_on": "", "still_on": DAY, "left_last": False,
               "reason": "å" * 200, "number": 1},
    "credit": _WHOSE | {"activity": 0, "kind": "visit", "stage": "lead", "begins": True, "graduating": False},
    "left": {"pipeline": 1, "stage": "lead", "days": 0, "left_to": "", "number": 1},
    "standing": _WHOSE | {"stage": "lead", "entered_on": DAY, "paused_days": 7, "paused_from": "",
                          "paused_until": "", "told_on": DAY},
    "time": {"cohort": 1, "unit": 0, "stage": "ånger", "days": 1, "onward": True, "number": 3},
    "visit": _WHOSE | {"stage": "lead", "before": "", "first": True, "completed": False, "left_how": "ended",
                       "seat": False, "outcome": "declined", "closed_by": "", "reason": "Ö"},
}  # fmt: skip

_SPANS = every(after=[0, 3, 999], last=[4, 11, 999])
_EXPORTED = one_by_one(
    {"term": None, "pipeline": None, "unit": None}, term=[20252, 20261], pipeline=NAMES, unit=[1, 2, 999]
)

VALUES: dict[str, list[Values]] = {
    # Who may see which unit
    "access.list": [{}],
    "access.units_of": every(role=["anna", "Å b", "ingen"]),
    "access.add": every(role=["bo", "cia"], unit=[1, None]),
    "access.drop": every(role=["anna", "Å b"], unit=[2, None, 999]),
    # Agreements
    "agreements.find": every(university=["oru", "su"], term=[20252, 29992], unit=[None, 1, 2]),
    "agreements.read": every(id=NUMBERS),
    "agreements.list": every(term=[None, 20252, 20261], university=[None, "oru", ""], unit=[None, 1, 999]),
    "agreements.units": [{}],
    "agreements.reached": every(term=[None, 20252, 20261], university=[None, "oru", "su"]),
    "agreements.add": [
        _AGREEMENT | {"university": "su", "term": 20252, "unit": unit, "contact": contact}
        for unit, contact in ((None, None), (1, "Ö"))
    ],
    "agreements.keep": one_by_one(_AGREEMENT | {"id": 1}, id=[2, 999], asked=[None], contact=[None]),
    "agreements.drop": every(id=[1, 999]),
    # How a candidacy is kept
    "candidacy.read": every(candidacy=CANDIDACIES),
    "candidacy.of_person": every(person=PERSONS),
    "candidacy.person_facts": every(person=PERSONS, candidacy=[1, 2, 999]),
    "candidacy.seats": every(cohort=[1, 2, 999], candidacy=[1, 999]),
    "candidacy.room": every(
        staff=NUMBERS, term=[20252, 20261], candidacy=[1, 999], today=["2025-09-01"], current=[20252, 20261]
    ),
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
    # Where candidates come from
    "channels.pipelines": [{}],
    "channels.words": one_by_one(_RANGE, **_RANGES),
    "channels.activities": one_by_one(_REACH, **_REACHES),
    "channels.touches": one_by_one(_REACH, **_REACHES),
    "channels.candidacies": one_by_one(
        _REACH
        | {"name": "trainee", "base": "applied", "qualified": None, "hired": "hired", "won": "started"},
        **_REACHES,
        name=["direct", "moon"],
        base=[None],
        qualified=["selected"],
        won=["placement"],
    ),
    # What a check reads
    "completing.persons": every(low=[1, 8], high=[1, 9, 999], state=[None, "open", "lost"], most=[0, 3, 200]),
    "completing.named": every(
        low=["", "asa", "}"], high=["asa\U0010ffff", "~"], state=[None, "open"], most=[3]
    ),
    "completing.last_person": [{}],
    "completing.terms": [{}],
    "completing.activities": every(most=[0, 2, 200]),
    "completing.tags": every(most=[0, 200]),
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
    "moving.ends": every(after=[0, 3, 999], most=[0, 2, 500]),
    "moving.begun_as": every(first=[1, 9], last=[3, 999]),
    "moving.counts": [{}],
    "moving.written_to": [{}],
    # Tallies
    **{f"tallies.{what}_{tally}": [{}] for tally in TALLIES for what in ("empty", "fill", "wrong")},
    **{f"tallies.add_{tally}": [row, row | {"number": -3}] for tally, row in TALLIES.items()},
    **{
        f"tallies.drop_{tally}": [{name: value for name, value in row.items() if name != "number"}]
        for tally, row in TALLIES.items()
    },
    "tallies.credit_of": every(person=PERSONS),
    "tallies.reason": every(remark=[1, 13, 999]),
    "tallied.answers": every(as_of=_DAYS),
    "tallied.answers_of_courses": every(as_of=_DAYS),
    "tallied.answers_of_credits": every(as_of=_DAYS),
    **{
        f"tallied.{name}": one_by_one(_WITHOUT_DAY, **_RANGES_WITHOUT_DAY)
        for name in ("visits", "exits", "left_stays", "open_stays", "courses", "credits_of_words")
    },
    "tallied.seats": one_by_one(
        _WITHOUT_DAY | {"seat": "selected", "waiting": "reserve"},
        **_RANGES_WITHOUT_DAY,
        seat=["moon"],
        waiting=[None],
    ),
    "tallied.started": every(since=["2025-03-01", "2026-01-20"], as_of=["2026-01-19", "2026-11-20"]),
    "tallied.activities": one_by_one(_REACH, **_REACHES),
    "tallied.credits": one_by_one(_REACH_WITHOUT_DAY, last=[20252, 19001], first=[20251, 19001]),
    **{f"tallied.{name}": [{}] for name in ("left", "standing", "standing_by_stage")},
    # Beside the log
    "editing.drop_remark": every(id=[12, 999]),
    "editing.changes_since": every(
        entity=["person", "tag"], row=["1", "1:kö", ""], command=[1, 999], number=[0, 1]
    ),
    # Finding
    "exporting.next": every(after=[0, 1, 8, 999]),
    "exporting.count": _EXPORTED,
    "exporting.candidacies": [{**each, **span} for each in _EXPORTED for span in _SPANS],
    "exporting.stays": _SPANS,
    "exporting.facts": _SPANS,
    "exporting.assignments": _SPANS,
    "exporting.remarks": _SPANS,
    "exporting.tags": _SPANS,
    "exporting.touches": _SPANS,
    "exporting.activity_kinds": [{}],
    "exporting.entries": [{**each, "void": void} for each in _EXPORTED for void in (True, False)],
    "exporting.logs": [
        {**each, **span, "void": void} for each in _EXPORTED for span in _SPANS for void in (True, False)
    ],
    "exporting.cohorts": [{}],
    "exporting.pipelines": every(pipeline=[None, *NAMES]),
    "finding.by_number": every(person=PERSONS, number=[None, 1, 2]),
    "finding.by_former_number": every(person=[1, 10, 999], number=[1, 7]),
    "finding.became": every(person=[10, 0, 999], number=[1, 7]),
    "finding.by_email": every(email=["1@exempel.se", "x@y.se", ""]),
    "finding.by_name": every(pattern=["%a%", "%oberg%", "%\\%\\_\\\\%", "%'%", "%"]),
    # Those who may be one person
    "duplicates.everybody": [{}],
    "duplicates.known": every(person=[*PERSONS, 10]),
    "duplicates.with_phone": every(phone=["+46701234567", "", "ö"]),
    "duplicates.with_email_between": every(begin=["", "1", "ö"], end=["3", "ö"]),
    "duplicates.with_name_between": every(begin=["", "a", "1"], end=["b", "~"], pattern=["%", "% {%", "% %"]),
    "duplicates.apart": [{}],
    "duplicates.tell_apart": every(person=1, other=[2, 3]),
    "duplicates.drop_apart": every(person=[1, 2], other=[2, 3, 6]),
    "duplicates.merged": [{}],
    "duplicates.into": every(person=[1, 10, 999]),
    "duplicates.merged_into": every(person=[2, 10, 999]),
    "duplicates.candidacies": every(person=PERSONS),
    "duplicates.only_hers": every(person=[1, 2, 999], other=[1, 2, 999]),
    "duplicates.add_merged": every(person=9, into=1),
    "duplicates.redirect_merged": every(person=[10, 999], into=1),
    "duplicates.drop_merged": every(person=[10, 999], into=[1, 2]),
    "duplicates.add_former": every(candidacy=[1, 2], person=7, number=[1, 9]),
    "duplicates.drop_former": every(candidacy=[1, 2, 999], person=10, number=[1, 7]),
    "duplicates.move_candidacy": every(candidacy=[1, 999], person=6, number=9),
    "duplicates.move_facts": every(candidacy=[1, 9, 999], person=6),
    "duplicates.move_touch": every(id=[1, 999], person=[3, 8]),
    "duplicates.phones_without_key": every(after=[0, 3, 999], most=[1, 500]),
    "duplicates.keep_phone_key": every(person=[1, 999], key="+46701234567"),
    # The forecast
    "forecast.left": every(as_of=_DAYS),
    "forecast.standing": every(as_of=_DAYS),
    "forecast.candidacies": every(as_of=_DAYS),
    "forecast.started": every(since=["2025-03-01", "2026-01-19"], as_of=_DAYS),
    # Importing and listing
    "importing.standing": every(candidacy=[1, 2, 3, 999]),
    "importing.candidacy_of": every(person=PERSONS, cohort=[1, 2, 999]),
    "listing.rows": [
        each | {"most": most} for each in one_by_one(_LISTING, **_LISTINGS) for most in (50, 1, 2**40)
    ],
    "listing.open": every(most=[50, 1, 2**40]),
    "listing.count_open": [{}],
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
    "log.hash": every(candidacy=CANDIDACIES, seq=[1, 2, 99]),
    "log.actors": every(candidacy=CANDIDACIES),
    "looking.person": every(person=PERSONS),
    "looking.candidacies": every(person=PERSONS),
    "looking.remarks": every(candidacy=CANDIDACIES),
    "looking.staff_names": every(candidacy=CANDIDACIES),
    "looking.cohort": every(cohort=NUMBERS),
    "looking.person_facts": every(person=PERSONS),
    "looking.staff_name": every(staff=NUMBERS),
    # Needs and costs
    "needs.need": every(unit=[1, 2, 999], term=[20252, 20261]),
    "needs.add_need": every(unit=1, term=[19001, 20261], value=[0, 10_000]),
    "needs.keep_need": every(unit=[1, 999], term=20252, value=7),
    "needs.drop_need": every(unit=[1, 999], term=20252),
    "needs.needs": every(first=[20252, 20261], last=[20252, 29992]),
    "needs.started": every(since=["2025-03-01", "2026-01-20"], as_of=["2026-01-19", "2026-11-20"]),
    "needs.standing": every(as_of=["2025-03-01", DAY, "2025-09-01", "2026-11-20"]),
    "needs.cost": one_by_one(_COST, **_COSTS),
    "needs.add_cost": [
        *every(kind="own-staff", year=2016, term=0, unit=[0, 1], value=[0, 10**12]),
        *every(kind="agency", year=0, term=[20161, 29992], unit=[0, 1], value=1),
    ],
    "needs.keep_cost": one_by_one(_COST | {"value": 3}, **_COSTS),
    "needs.drop_cost": one_by_one(_COST, **_COSTS),
    "needs.costs_of_year": every(kind=["agency", "own-staff"], unit=[0, 2], year=[2018, 2025, 1900]),
    "needs.costs": every(first=[19001, 20182, 20252], last=[20181, 29992], unit=[None, 2, 999]),
    "needs.assumption": every(name=["trainee-year", "Ö", ""]),
    "needs.add_assumption": every(name="Å", value=["1", "ö" * 40]),
    "needs.keep_assumption": every(name=["Ö", "ö"], value="2"),
    "needs.drop_assumption": every(name=["Ö", "ö"]),
    "needs.assumptions": [{}],
    # Outreach
    "outreach.activity": every(id=NUMBERS),
    "outreach.activities": one_by_one(
        {"first": None, "last": None, "kind": None, "university": None, "unit": None},
        first=[20251, 20252],
        last=[20251, 19001],
        kind=["ad", "moon"],
        university=["oru", "miun", ""],
        unit=[1, 2, 999],
    ),
    "outreach.by_external_id": every(external_id=["å", "Å", ""]),
    "outreach.titles": [{}],
    "outreach.add_activity": one_by_one(
        _ACTIVITY | {"kind": "fair", "external_id": None, "ad": None},
        external_id=["7", "ö" * 60],
        ad=['{"å":"%"}'],
        qualified=[0],
        unit_id=[1],
    ),
    "outreach.keep_activity": one_by_one(_ACTIVITY | {"id": 1}, id=[999], cost=[None], qualified=[None]),
    "outreach.drop_activity": every(id=[4, 999]),
    "outreach.touches_hidden": every(activity=[1, 999]),
    "outreach.whose_touch": every(id=NUMBERS),
    "outreach.touches_on": every(activity=[1, 999], on=["2025-03-01", DAY]),
    "outreach.redate_touch": every(id=[1, 999], now=["2025-03-01", DAY], then=DAY),
    "outreach.participants": every(activity=NUMBERS),
    "outreach.voices": every(activity=NUMBERS),
    "outreach.touch": every(person=PERSONS, activity=[1, 2, 999]),
    "outreach.add_touch": every(person=9, activity=[1, 3], occurred_on=DAY),
    "outreach.restore_touch": every(id=98, person=9, activity=2, occurred_on=DAY),
    "outreach.drop_touch": every(id=[1, 999]),
    "outreach.touches_of": every(person=PERSONS),
    "outreach.channels_of": every(person=PERSONS),
    # Persons
    "person.add": one_by_one(
        _PERSON | {"void": True},
        name=["ö" * 200],
        email_key=[None],
    ),
    "person.read": every(person=PERSONS),
    "person.keep": one_by_one(_PERSON | {"person": 4}, person=[999], graduates=[None], phone_key=[None]),
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
    "programme.externals": every(
        staff=[None, *NUMBERS], term=[None, 20252, 20261], current=[None, 20252, 20261]
    ),
    "programme.external": every(id=[1, 3, 999]),
    "programme.add_external": every(
        label="Å", search_key="a", staff=2, role="mentor", term=[19001, 29992], from_on=DAY
    ),
    "programme.keep_external": every(id=[1, 3, 999], to_on=[None, "2026-01-18"]),
    "programme.drop_external": every(id=[1, 999]),
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
    "report.left_stays": one_by_one(_RANGE, **_RANGES),
    "report.open_stays": one_by_one(_RANGE, **_RANGES),
    "report.lead_times": one_by_one(_RANGE | {"hired": "hired"}, **_RANGES, hired=["started", "moon"]),
    "report.histories": one_by_one(_RANGE, **_RANGES),
    "retention.started": one_by_one(_RANGE | {"last": 20262}, **_RANGES),
    "retention.courses": one_by_one(_RANGE | {"last": 20262}, **_RANGES),
    "retention.supervisors": one_by_one(_RANGE, **_RANGES),
    "retention.touches": one_by_one(_RANGE | {"last": 20262}, **_RANGES),
    "retention.origins": one_by_one(_RANGE | {"last": 20262}, **_RANGES),
    "retention.words": every(remark=[1, 13, 999, None]),
    # The store
    "store.schema_version": [{}],
    "doctor.latest": [{}],
    "doctor.counts": [{}],
    "undoing.command": every(command=[1, 13, 999]),
    "undoing.commands_of": every(actor=["Örjan", "örjan", ""]),
    "undoing.candidacies": every(command=[13, 14, 999]),
    "undoing.edits": every(command=[4, 11, 12, 999]),
    "undoing.edits_standing": every(command=[4, 11, 12, 999]),
    "undoing.last_edit": every(person=["1", "7", "", "999"], candidacy=[1, 7, 999]),
    "undoing.remark_candidacy": every(remark=[1, 13, 999]),
    "undoing.mark_edit": every(command=[11, 999], number=1, undone_by=[23, None]),
    # What was recorded when
    "recorded.edits": every(moment=["2020-01-01T00:00:00.000000Z", TIME, "2099-01-01T00:00:00.000000Z"]),
    "recorded.grown": every(moment=["2020-01-01T00:00:00.000000Z", TIME, "2099-01-01T00:00:00.000000Z"]),
    "recorded.log": every(candidacy=CANDIDACIES, last=[2, 999]),
    "recorded.rested": [{}],
    "recorded.day": every(activity=NUMBERS),
    # The views of a report
    "views.moves": one_by_one(
        {"since": "2025-08-01", "as_of": "2026-11-20", "pipeline": None, "unit": None},
        since=["2000-01-01", "2026-05-01"],
        **{name: values for name, values in _RANGES.items() if name in ("as_of", "pipeline", "unit")},
    ),
    "views.endings": one_by_one(
        {"since": "2025-08-01", "as_of": "2026-11-20", "pipeline": None, "unit": None},
        since=["2000-01-01", "2026-05-01"],
        **{name: values for name, values in _RANGES.items() if name in ("as_of", "pipeline", "unit")},
    ),
    "views.standing": one_by_one(_RANGE, **_RANGES),
    "views.holders": one_by_one(
        {"cohort": 1, "unit": None, "as_of": "2026-11-20", "seat": "selected", "won": "started"},
        cohort=[2, 999],
        unit=[1, 999],
        as_of=["2025-09-01", "2020-01-01"],
        won=["placement"],
    ),
    # Voices
    "voices.themes": [{}],
    "voices.add_theme": every(code=["a", "å" * 40], title="Ö"),
    "voices.drop_theme": every(id=["ö", "Ö"]),
    "voices.heard": [{}],
    "voices.of_person": every(person=PERSONS),
    "voices.of_theme": every(theme=["ö", "supervision", ""]),
    "voices.candidacy": every(candidacy=CANDIDACIES),
    "voices.add": one_by_one(_VOICE, activity=[2], text=[None]),
    "voices.put_back": [_VOICE | {"id": 9}, _VOICE | {"id": 9, "activity": None, "candidacy": 4}],
    "voices.drop": every(id=[1, 999]),
    "voices.voice": every(id=NUMBERS),
    "voices.scrub": every(person=PERSONS),
    "voices.latest": one_by_one(
        {name: value for name, value in _VOICES.items() if name not in ("first", "last")} | {"before": None},
        before=[19001, 20252, 29992],
        **{name: values for name, values in _VOICES_ASKED.items() if name != "last"},
    ),
    "voices.counts": one_by_one(_VOICES, **_VOICES_ASKED),
    "voices.texts": one_by_one(_VOICES, **_VOICES_ASKED),
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
    "writing.edit": every(command=[11, 99], number=[2, 99]),
    "writing.add_edit": every(
        command=1, number=9, entity="person", row="1", field="", before=[None, "Å"], after=[None, ""]
    ),
}
