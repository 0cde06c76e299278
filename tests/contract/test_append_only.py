"""The log can only grow, whoever writes to it and by whatever statement, on both engines."""

import pytest

from tests.engines import REFUSALS, Connected

HASH, TIME = "a" * 64, "2026-11-20T12:00:00.000000Z"
ROWS = (
    "INSERT INTO actor (id, name) VALUES (1, 'Ö')",
    f"INSERT INTO command (id, name, actor_id, recorded_at) VALUES (1, 'note', 1, '{TIME}')",
    "INSERT INTO person (id, name, search_key, sort_key, void) VALUES (1, 'Å', 'a', '{', NOT (1 = 1))",
    f"INSERT INTO pipeline VALUES (1, 'p', 1, '{HASH}', '', '', '{TIME}')",
    "INSERT INTO cohort (id, pipeline, term, seats, name, search_key) VALUES (1, 'p', 20252, 1, '', '')",
    f"""INSERT INTO candidacy (id, person_id, number, pipeline_id, cohort_id, state, stage, holds_seat,
       supervised, head_seq, head_hash, changed_at)
       VALUES (1, 1, 1, 1, 1, 'void', '', 1 = 0, 1 = 0, 0, '{HASH}', '{TIME}')""",
)
ENTRY = f"INTO event VALUES (1, {{seq}}, 'opened', 1, NULL, '{TIME}', 1, '{{body}}', '{HASH}')"


def an_entry(seq: int, body: str = "") -> str:
    return ENTRY.format(seq=seq, body=body)


@pytest.fixture
def log(store: Connected) -> Connected:
    """Give a store whose log has two entries."""
    for statement in (*ROWS, f"INSERT {an_entry(1)}", f"INSERT {an_entry(2)}"):
        store.run(statement)
    return store


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = 'other' WHERE seq = 1",
        "UPDATE event SET body = body",
        "UPDATE event SET seq = 3 WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
        "DELETE FROM event",
        f"INSERT {an_entry(1, 'other')}",
        f"INSERT {an_entry(2)} ON CONFLICT (candidacy_id, seq) DO UPDATE SET body = 'other'",
    ],
)
def test_an_entry_is_neither_changed_nor_taken_out(log: Connected, statement: str) -> None:
    before = log.run("SELECT * FROM event ORDER BY seq")
    with pytest.raises(REFUSALS):
        log.run(statement)
    assert log.run("SELECT * FROM event ORDER BY seq") == before


@pytest.mark.parametrize(
    ("engine", "statement"),
    [
        ("sqlite", f"INSERT OR REPLACE {an_entry(1, 'other')}"),
        ("sqlite", f"REPLACE {an_entry(2, 'other')}"),
        ("sqlite", "UPDATE OR REPLACE event SET seq = 1 WHERE seq = 2"),
        ("sqlite", "DELETE FROM candidacy WHERE id = 1"),
        ("postgresql", "TRUNCATE event"),
        ("postgresql", "TRUNCATE candidacy CASCADE"),
        ("postgresql", "DELETE FROM candidacy WHERE id = 1"),
    ],
)
def test_nor_by_what_only_one_engine_knows(log: Connected, engine: str, statement: str) -> None:
    if log.name != engine:
        return
    before = log.run("SELECT * FROM event ORDER BY seq")
    with pytest.raises(REFUSALS):
        log.run(statement)
    assert log.run("SELECT * FROM event ORDER BY seq") == before


def test_an_entry_that_is_already_there_may_be_passed_over(log: Connected) -> None:
    before = log.run("SELECT * FROM event ORDER BY seq")
    try:
        log.run(f"INSERT {an_entry(2, 'other')} ON CONFLICT DO NOTHING")
    except REFUSALS:
        assert log.name == "sqlite"  # its trigger comes before the conflict
    assert log.run("SELECT * FROM event ORDER BY seq") == before


def test_the_log_grows(log: Connected) -> None:
    log.run(f"INSERT {an_entry(3)}")
    assert log.run("SELECT COUNT(*) FROM event")[0] == [(3,)]
