"""What limits count, whoever asks: views that hold for everybody's rows.

On PostgreSQL a view reads with the rights of its owner. So where row security hides other units'
candidates from somebody, the seats and the room that these take are counted all the same, and nothing
else of them is seen. On SQLite a view is but a shorter way to say it.
"""

from sqlalchemy import DDL, MetaData, event

VIEWS = (
    "CREATE VIEW seat_taken AS SELECT cohort_id, id AS candidacy_id FROM candidacy WHERE holds_seat",
    (
        "CREATE VIEW room_taken AS SELECT a.staff_id, k.term, a.candidacy_id FROM assignment a "
        "JOIN candidacy c ON c.id = a.candidacy_id JOIN cohort k ON k.id = c.cohort_id "
        "WHERE a.to_on IS NULL AND c.supervised"
    ),
    (
        "CREATE VIEW protected_number_given AS SELECT protected_number AS number FROM person "
        "WHERE protected_number IS NOT NULL"
    ),
)


def let_limits_count_everybody(metadata: MetaData) -> None:
    """Have the views created when all tables are, on whichever engine."""
    for view in VIEWS:
        event.listen(metadata, "after_create", DDL(view))  # type: ignore[no-untyped-call]
