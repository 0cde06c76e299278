"""A file is whole, its owner's alone, or as it was."""

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from socrekry.files import whole_file


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "heads.csv"
    path.write_text("old")
    with whole_file(str(path)) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("new", 0o600)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_on_an_error_nothing_has_changed(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "heads.csv"
    path.write_text("old")
    with suppress(error), whole_file(str(path)) as file:
        file.write(b"half")
        raise error
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


@pytest.mark.skipif(os.name == "nt", reason="links are a privilege there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "kept.csv", tmp_path / "link.csv"
    link.symlink_to(path)
    with whole_file(str(link)) as file:
        file.write(b"new")
    assert (link.is_symlink(), path.read_text()) == (True, "new")


@pytest.mark.skipif(os.name == "nt", reason="pipes have no names there")
def test_a_pipe_is_written_as_it_stands_there(tmp_path: Path) -> None:
    path, read = tmp_path / "pipe", list[bytes]()
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: read.append(path.read_bytes()))
    reader.start()
    with whole_file(str(path)) as file:
        file.write(b"new")
    reader.join(10)
    assert (read, stat.S_ISFIFO(path.stat().st_mode)) == ([b"new"], True)
