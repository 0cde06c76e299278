"""A migration takes all of its steps or leaves every byte as it was."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.store import migrate
from socrekry.store.connect import SCHEMA_VERSION
from socrekry.store.migrate import create
from tests.stories import a_story

STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number}", "{before}", None, None


def upgrade():
    {body}
"""
GOOD = 'op.add_column("unit", sa.Column("nickname", sa.Text()))'
HALF = 'op.create_table("extra", sa.Column("id", sa.Integer())); '
BAD = {
    "a statement that cannot be run": HALF + 'op.execute("SELECT * FROM nowhere")',
    "a row that breaks a constraint": HALF + "op.execute(\"UPDATE unit SET name = ''\")",
    "a fault in the step itself": HALF + 'raise KeyError("step")',
}


def scripts_with(folder: Path, *bodies: str) -> str:
    """Return a copy of the migrations with further steps after the last."""
    location = folder / "100% migrations"
    shutil.copytree(Path(migrate.__file__).parent / "migrations", location)
    for n, body in enumerate(bodies, int(SCHEMA_VERSION) + 1):
        step = STEP.format(number=f"{n:04}", before=f"{n - 1:04}", body=body)
        (location / "versions" / f"{n:04}_step.py").write_text(step, encoding="utf-8")
    return str(location)


def version_and_columns(path: Path) -> tuple[str, bool]:
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        columns = connection.execute("SELECT name FROM pragma_table_info('unit')").fetchall()
    return version, ("nickname",) in columns


def test_a_store_is_brought_up_to_the_last_step(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    create(str(path), scripts_with(tmp_path, GOOD, "pass"))
    assert version_and_columns(path) == (f"{int(SCHEMA_VERSION) + 2:04}", True)


@pytest.mark.parametrize("bad", BAD)
def test_a_step_that_fails_leaves_every_byte_as_it_was(tmp_path: Path, bad: str) -> None:
    path = a_story(tmp_path)
    before = path.read_bytes()
    with pytest.raises((StoreDamaged, KeyError)):
        create(str(path), scripts_with(tmp_path, GOOD, BAD[bad]))
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["100% migrations", "story.db"]


def test_a_failure_says_why(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with pytest.raises(StoreDamaged) as raised:
        create(str(path), scripts_with(tmp_path, BAD["a statement that cannot be run"]))
    expected = {"store": str(path), "reason": "no such table: nowhere"}
    assert (raised.value.code, raised.value.details) == ("migration-failed", expected)


def test_a_rehearsal_takes_every_step_and_keeps_none(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    before, scripts = path.read_bytes(), scripts_with(tmp_path, GOOD)
    create(str(path), scripts, keep=False)
    assert path.read_bytes() == before


def test_a_rehearsal_meets_the_same_failure(tmp_path: Path) -> None:
    path, scripts = a_story(tmp_path), scripts_with(tmp_path, BAD["a row that breaks a constraint"])
    with pytest.raises(StoreDamaged):
        create(str(path), scripts, keep=False)


def test_a_store_from_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    create(str(path), scripts_with(tmp_path, GOOD))
    before = path.read_bytes()
    with pytest.raises(StoreDamaged) as raised:
        create(str(path))
    assert (raised.value.code, path.read_bytes()) == ("store-newer", before)


def test_a_store_that_somebody_writes_to_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = a_story(tmp_path)
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable) as raised:
            create(str(path))
    assert raised.value.code == "store-busy"


def test_a_path_may_hold_what_a_url_could_not(tmp_path: Path) -> None:
    path = tmp_path / "50%?mode=ro#å &.db"
    create(str(path))
    assert path.stat().st_size > 0
