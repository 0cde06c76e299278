"""What limits count, whoever asks: views that hold for everybody's rows.

On PostgreSQL a view reads with the rights of its owner. So where row security hides other units'
candidates from somebody, the seats and the room that these take are counted all the same, and nothing
else of them is seen. On SQLite a view is but a shorter way to say it.
"""

from sqlalchemy import DDL, MetaData, event

VIEWS = (
    "CREATE VIEW seat_taken AS SELECT cohort_id, id AS candidacy_id FROM candidacy WHERE holds_seat",
    (
        "CREATE VIEW room_taken AS SELECT a.staff_id, k.term, a.candidacy_id, a.role FROM assignment a "
        "JOIN candidacy c ON c.id = a.candidacy_id JOIN cohort k ON k.id = c.cohort_id "
        "WHERE a.to_on IS NULL AND c.supervised"
    ),
    (
        "CREATE VIEW first_in_line AS SELECT cohort_id, stage, candidacy_id FROM "
        "(SELECT cohort_id, stage, id AS candidacy_id, ROW_NUMBER() OVER (PARTITION BY cohort_id, stage "
        "ORDER BY rank NULLS LAST, entered_on, id) AS place FROM candidacy WHERE state = 'open') line "
        "WHERE place = 1"
    ),
    (
        "CREATE VIEW protected_number_given AS SELECT protected_number AS number FROM person "
        "WHERE protected_number IS NOT NULL"
    ),
    "CREATE VIEW theme_used AS SELECT theme FROM voice",
    "CREATE VIEW touch_made AS SELECT activity_id, id AS touch_id FROM touch",
    "CREATE VIEW event_written AS SELECT DISTINCT command_id, candidacy_id FROM event",
    "CREATE VIEW edit_standing AS SELECT command_id, number FROM edit WHERE undone_by IS NULL",
    (
        "CREATE VIEW reason_told AS SELECT r.id, CASE "
        "WHEN r.kind = 'reason' AND EXISTS (SELECT 1 FROM stay s "
        "WHERE s.candidacy_id = r.candidacy_id AND s.reason_id = r.id AND s.left_how = 'ended') THEN r.text "
        "WHEN r.kind = 'fact' AND EXISTS (SELECT 1 FROM fact f "
        "WHERE f.candidacy_id = r.candidacy_id AND f.name = 'left') AND NOT EXISTS (SELECT 1 FROM fact f "
        "WHERE f.candidacy_id = r.candidacy_id AND f.name <> 'left' AND f.text_id = r.id) THEN r.text "
        "END AS text FROM remark r"
    ),
)


def let_limits_count_everybody(metadata: MetaData) -> None:
    """Have the views created when all tables are, on whichever engine."""
    for view in VIEWS:
        event.listen(metadata, "after_create", DDL(view))  # type: ignore[no-untyped-call]
