"""A draft takes its place whole and on the disk, or nothing is left of it; a damaged store makes room."""

import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from socrekry.domain.errors import Refused, StoreUnavailable
from socrekry.store.drafts import draft_for, set_aside


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


def test_a_draft_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with draft_for(str(path), replace=False) as draft:
        assert stat.S_IMODE(os.stat(draft).st_mode) == 0o600
        Path(draft).write_bytes(b"new")
        assert not path.exists()
    assert files(tmp_path) == {"store.db": b"new"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_on_an_error_nothing_is_left_of_it(tmp_path: Path, error: type[BaseException]) -> None:
    with suppress(error), draft_for(str(tmp_path / "store.db"), replace=False) as draft:
        Path(f"{draft}-journal").write_bytes(b"half")
        raise error
    assert files(tmp_path) == {}


def test_what_came_to_be_there_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(Refused, match="file-exists"), draft_for(str(path), replace=False):
        path.write_bytes(b"somebody else's")
    assert files(tmp_path) == {"store.db": b"somebody else's"}


def test_a_place_that_cannot_be_taken_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.db").mkdir()
    with pytest.raises(StoreUnavailable) as raised, draft_for(str(tmp_path / "store.db"), replace=True):
        pass
    assert raised.value.code == "place-unwritable"
    assert [each.name for each in tmp_path.iterdir()] == ["store.db"]


@pytest.fixture(params=["with links", "without"])
def damaged(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a damaged store with a journal, on a disk with hard links and on one without."""

    def no_link(*_: object) -> None:
        raise PermissionError

    if request.param == "without":
        monkeypatch.setattr(os, "link", no_link)
    (tmp_path / "store.db").write_bytes(b"ruin")
    (tmp_path / "store.db-journal").write_bytes(b"undone")
    return tmp_path / "store.db"


def test_a_damaged_store_makes_room_with_its_journal(damaged: Path) -> None:
    with (
        set_aside(str(damaged), f"{damaged}.kept"),
        draft_for(str(damaged), replace=True) as draft,
    ):
        Path(draft).write_bytes(b"new")
    assert files(damaged.parent) == {
        "store.db": b"new",
        "store.db.kept": b"ruin",
        "store.db.kept-journal": b"undone",
    }


def test_it_stays_as_it_was_where_nothing_takes_its_place(damaged: Path) -> None:
    before = files(damaged.parent)
    with suppress(ValueError), set_aside(str(damaged), f"{damaged}.kept"):
        raise ValueError
    assert files(damaged.parent) == before


def test_a_name_that_is_taken_is_not_given_to_it(damaged: Path) -> None:
    Path(f"{damaged}.kept").write_bytes(b"earlier")
    before = files(damaged.parent)
    with (
        pytest.raises(StoreUnavailable, match="place-unwritable"),
        set_aside(str(damaged), f"{damaged}.kept"),
    ):
        pass
    assert files(damaged.parent) == before
