"""What benchmarks/archive.py builds is a store that socrekry could have written, and the same every time."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks.archive import TODAY, build
from benchmarks.stamping import Built
from socrekry.services.checking import check
from socrekry.services.opening import opened

CANDIDACIES = 300
KINDS = {"opened", "moved", "closed", "fact-recorded", "assigned", "paused", "undone"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Built]:
    path = str(tmp_path_factory.mktemp("archive") / "archive.db")
    return path, build(path, CANDIDACIES)


def asked(path: str, sql: str) -> list[tuple[Any, ...]]:
    """Return what a question gives that is no everyday one."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_check_finds_nothing_wrong_with_it(archive: tuple[str, Built]) -> None:
    path, built = archive
    with opened(path, writing=False) as store:
        checked = check(store)
    assert (checked.candidacies, checked.events, checked.found) == (CANDIDACIES, built.events, 0)


def test_a_candidacy_has_some_five_events_and_together_they_have_many_kinds(
    archive: tuple[str, Built],
) -> None:
    path, built = archive
    assert 4.5 <= built.events / CANDIDACIES <= 5.5
    assert {kind for (kind,) in asked(path, "SELECT DISTINCT kind FROM event")} == KINDS


def test_nothing_in_it_is_of_a_day_to_come(archive: tuple[str, Built]) -> None:
    path, _ = archive
    ((latest,),) = asked(path, "SELECT MAX(recorded_at) FROM event")
    assert latest[:10] <= TODAY.isoformat()


def test_somebody_comes_back_and_somebody_s_identity_is_protected(tmp_path: Path) -> None:
    path = str(tmp_path / "larger.db")
    assert build(path, 2_000).persons < 2_000
    assert asked(path, "SELECT COUNT(*) > 0 FROM person WHERE protected_number IS NOT NULL") == [(1,)]


def test_the_same_seed_gives_the_same_logs_and_another_other_ones(
    archive: tuple[str, Built], tmp_path: Path
) -> None:
    heads = "SELECT person_id, number, head_seq, head_hash FROM candidacy ORDER BY id"
    again, other = str(tmp_path / "again.db"), str(tmp_path / "other.db")
    build(again, CANDIDACIES)
    build(other, CANDIDACIES, seed=1)
    assert asked(again, heads) == asked(archive[0], heads)
    assert asked(other, heads) != asked(archive[0], heads)


def test_a_store_that_is_there_is_left_alone(archive: tuple[str, Built]) -> None:
    path, built = archive
    with pytest.raises(FileExistsError):
        build(path, 1)
    assert asked(path, "SELECT COUNT(*) FROM event") == [(built.events,)]


def test_an_archive_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="3600000"):
        build(str(tmp_path / "none.db"), 0)
    assert list(tmp_path.iterdir()) == []
