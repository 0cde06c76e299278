"""Row security by unit on PostgreSQL: whose rows somebody sees, said once as views and held by the engine.

A person and everything of hers – candidacies, events, facts, notes, touches, voices … – is seen and changed
by those who are allowed the unit of one of her candidacies, and by everybody where one has no unit. The
views read with their owner's rights, so no policy asks a table that has one; and a policy asks them whether
there is a row, which the engine answers from an index for one person and from a hash table for all.

Whoever has no candidacy yet is everybody's: she is being added. A candidacy can be begun only for such a
person, in a unit that is allowed, or for one who is in sight already; and it cannot be moved where the person
would be out of sight of the one who moves it. Otherwise a row could be written that its writer cannot read
back, or one could let oneself in by adding a candidacy of one's own to somebody hidden. So whoever merges
two persons, which gives the candidacies of the one to the other, must see both.

Tallies count everybody, so they are shown to those alone who are allowed every unit; others have the figures
counted of what they may see. Whoever moves somebody adds to them all the same, without seeing what is there:
a trigger does it with the owner's rights.
"""

from socrekry.store.postgresql.roles import READABLE, READER, RECRUITER, SIGHT, TABLES, Step

IS_ON = "SELECT 1 FROM pg_class WHERE oid = to_regclass('person') AND relrowsecurity"

_ALLOWED = (
    "{0} IS NULL OR {0} IN (SELECT u.unit_id FROM unit_allowed u WHERE u.unit_id IS NOT NULL) "
    "OR EXISTS (SELECT FROM unit_allowed u WHERE u.unit_id IS NULL)"
)
_VIEWS = {
    # Membership counts whether or not it is inherited: SET ROLE shows nobody anything new.
    "unit_allowed": "SELECT a.unit_id FROM unit_access a "
    "WHERE pg_has_role(to_regrole(quote_ident(a.role_name)), 'MEMBER')",
    # Whoever was merged into another is in sight where that one is, and nowhere else.
    "candidacy_allowed": "SELECT c.id AS candidacy_id, c.person_id FROM candidacy c "  # noqa: S608
    f"WHERE {_ALLOWED.format('c.unit_id')} UNION ALL "
    "SELECT c.id AS candidacy_id, m.person_id FROM candidacy c JOIN merged m ON m.into_id = c.person_id "
    f"WHERE {_ALLOWED.format('c.unit_id')}",
    "candidacy_in_sight": "SELECT c.id AS candidacy_id FROM candidacy c WHERE EXISTS "
    "(SELECT FROM candidacy_allowed a WHERE a.person_id = c.person_id)",
    "person_begun": "SELECT c.person_id FROM candidacy c UNION ALL SELECT m.person_id FROM merged m",
}

_SEEN = "EXISTS (SELECT FROM candidacy_allowed a WHERE a.person_id = {0})"
_BEGUN = "EXISTS (SELECT FROM person_begun b WHERE b.person_id = {0})"
_IN_SIGHT = "EXISTS (SELECT FROM candidacy_in_sight s WHERE s.candidacy_id = {0}.candidacy_id)"
_PERSON = f"{_SEEN} OR NOT {_BEGUN}".format("person.id")
_CANDIDACY = f"{_SEEN.format('candidacy.person_id')} OR {_ALLOWED.format('candidacy.unit_id')}"
_BEGINNING = (
    f"{_SEEN.format('candidacy.person_id')} "
    f"OR NOT {_BEGUN.format('candidacy.person_id')} AND ({_ALLOWED.format('candidacy.unit_id')})"
)
_KEEPING = (
    f"{_SEEN.format('candidacy.person_id')} AND ({_ALLOWED.format('candidacy.unit_id')} "
    "OR EXISTS (SELECT FROM candidacy_allowed a "
    "WHERE a.person_id = candidacy.person_id AND a.candidacy_id <> candidacy.id))"
)
# An account of changes names whose row it was by the first number of its key; a voice that was heard at an
# activity is nobody's, and has 0 there.
_WHOSE = "CAST(substring(edit.key FROM '^[0-9]{1,18}') AS bigint)"
_EDIT = (
    "CASE WHEN edit.entity IN ('person', 'protection', 'tag', 'touch', 'merge', 'apart') "
    f"OR edit.entity = 'voice' AND edit.key NOT LIKE '0:%' THEN {_SEEN.format(_WHOSE)} "
    "WHEN edit.entity = 'remark' "
    f"THEN EXISTS (SELECT FROM remark r WHERE r.id = {_WHOSE}) ELSE true END"
)
TALLIES = tuple(table for table in TABLES if table.endswith("_tally"))
POLICIES: dict[str, dict[str, str]] = {
    "person": {"ALL": f"USING ({_PERSON})"},
    "candidacy": {
        "SELECT": f"USING ({_CANDIDACY})",
        "INSERT": f"WITH CHECK ({_BEGINNING})",
        "UPDATE": f"USING ({_CANDIDACY}) WITH CHECK ({_KEEPING})",
    },
    "event": {
        "SELECT": f"USING ({_IN_SIGHT.format('event')})",
        "INSERT": f"WITH CHECK ({_IN_SIGHT.format('event')})",
    },
    **{table: {"ALL": f"USING ({_IN_SIGHT.format(table)})"} for table in ("stay", "assignment", "remark")},
    "fact": {"ALL": f"USING ({_SEEN.format('fact.person_id')} AND {_IN_SIGHT.format('fact')})"},
    **{table: {"ALL": f"USING ({_SEEN.format(f'{table}.person_id')})"} for table in ("tag", "touch")},
    "former_id": {"ALL": f"USING ({_IN_SIGHT.format('former_id')})"},
    "merged": {"ALL": f"USING ({_SEEN.format('merged.into_id')} AND {_SEEN.format('merged.person_id')})"},
    "told_apart": {
        "ALL": f"USING ({_SEEN.format('told_apart.person_id')} AND {_SEEN.format('told_apart.other_id')})"
    },
    "voice": {"ALL": f"USING (voice.candidacy_id IS NULL OR {_IN_SIGHT.format('voice')})"},
    "edit": {"ALL": f"USING ({_EDIT})"},
    **{
        table: {"SELECT": "USING (EXISTS (SELECT FROM unit_allowed u WHERE u.unit_id IS NULL))"}
        for table in TALLIES
    },
}
"""For each table that tells of persons, or counts them: for what, and which rows may be seen and written."""

ADDING = """
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    EXECUTE format('INSERT INTO %1$I.%2$I SELECT ($1).* '
                   'ON CONFLICT (%3$s) DO UPDATE SET n = %2$I.n + excluded.n',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) USING NEW;
    IF NEW.n < 0 THEN
        EXECUTE format('DELETE FROM %1$I.%2$I WHERE n = 0 AND (%3$s) = '
                       '(SELECT %3$s FROM (SELECT ($1).*) gone)',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) USING NEW;
    END IF;
    RETURN NULL;
END"""
"""What the trigger of each tally does while row security is on, in the place of whoever adds to it."""
_ADD = "CREATE OR REPLACE FUNCTION tally_add() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
TRIGGERS = {
    table: f"CREATE TRIGGER {table}_add BEFORE INSERT ON {table} "
    f"FOR EACH ROW EXECUTE FUNCTION tally_add('{READABLE[table].removesuffix(', n')}')"
    for table in TALLIES
}

_REASON = (
    "WHEN r.kind = 'reason' AND EXISTS (SELECT 1 FROM stay s "
    "WHERE s.candidacy_id = r.candidacy_id AND s.reason_id = r.id AND s.left_how = 'ended') THEN r.text "
    "WHEN r.kind = 'fact' AND EXISTS (SELECT 1 FROM fact f "
    "WHERE f.candidacy_id = r.candidacy_id AND f.name = 'left') AND NOT EXISTS (SELECT 1 FROM fact f "
    "WHERE f.candidacy_id = r.candidacy_id AND f.name <> 'left' AND f.text_id = r.id) THEN r.text"
)
_TOLD = "CREATE OR REPLACE VIEW reason_told AS SELECT r.id, CASE {0} END AS text FROM remark r"


def securing() -> tuple[Step, ...]:
    """Return what switches row security on, as the owner may; done again, it changes nothing."""
    return (
        Step(
            "What the policies ask: the units that one's roles are allowed, and what is in sight by that.",
            (
                *(f"CREATE OR REPLACE VIEW {name} AS {view}" for name, view in _VIEWS.items()),
                f"GRANT SELECT ON {', '.join(SIGHT)} TO {RECRUITER}, {READER}",
            ),
        ),
        Step(
            "Reasons are read through a view, which hides what is out of sight by itself.",
            (_TOLD.format(f"WHEN NOT {_IN_SIGHT.format('r')} THEN NULL {_REASON}"),),
        ),
        Step(
            "What is added to a tally is added by its owner.",
            (
                f"{_ADD}SET search_path = pg_catalog, pg_temp AS $${ADDING}$$",
                "REVOKE ALL ON FUNCTION tally_add() FROM PUBLIC",
                *(f"DROP TRIGGER IF EXISTS {table}_add ON {table}" for table in TALLIES),
                *TRIGGERS.values(),
            ),
        ),
        Step(
            "Whose rows may be seen and written, table by table.",
            (*_without_policies(), *_policies()),
        ),
    )


def unsecuring() -> tuple[Step, ...]:
    """Return what switches row security off; done again, it changes nothing."""
    return (
        Step(
            "Every row may be seen again by whoever may read its table.",
            (
                *(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY" for table in POLICIES),
                *_without_policies(),
            ),
        ),
        Step(
            "Whoever adds to a tally does it by her own rights.",
            (
                *(f"DROP TRIGGER IF EXISTS {table}_add ON {table}" for table in TALLIES),
                "DROP FUNCTION IF EXISTS tally_add()",
            ),
        ),
        Step(
            "Reasons are read through their view as before, and nothing asks what is in sight.",
            (_TOLD.format(_REASON), *(f"DROP VIEW IF EXISTS {view}" for view in reversed(SIGHT))),
        ),
    )


def _policies() -> tuple[str, ...]:
    made = [
        statement
        for table, policies in POLICIES.items()
        for statement in (
            *(
                f"CREATE POLICY {_called(table, what)} ON {table} FOR {what} {rule}"
                for what, rule in policies.items()
            ),
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        )
    ]
    return tuple(made)


def _without_policies() -> tuple[str, ...]:
    return tuple(
        f"DROP POLICY IF EXISTS {_called(table, what)} ON {table}"
        for table, policies in POLICIES.items()
        for what in policies
    )


def _called(table: str, what: str) -> str:
    return f"{table}_{what.lower()}"
