"""Where an answer goes: bytes on stdout, or a file that is whole, private, or not there at all."""

import os
import pty
import stat
import subprocess
import sys
import termios
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.render import output
from socrekry.render.terminal import on_terminal
from tests.render.pages import A_REPORT

PROGRAM = """
import sys
from socrekry.render.output import write
from tests.render.pages import A_REPORT
write(A_REPORT, sys.argv[1])
"""


@pytest.fixture(params=[0o000, 0o777], ids=oct)
def any_umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def shown_on_a_terminal(form: str, **settings: str) -> bytes:
    """Return what a process of its own, with an environment of its own, prints on a terminal."""
    ours, theirs = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "140"}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, form], stdout=theirs, env=environment | settings
    ) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
    os.close(ours)
    assert process.returncode == 0
    return shown.replace(b"\r\n", b"\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.mark.parametrize("form", ["json", "csv", "ids"])
def test_data_is_the_same_with_and_without_a_terminal(
    form: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    output.write(A_REPORT, form)
    assert capfdbinary.readouterr().out == shown_on_a_terminal(form, LC_ALL="C", PYTHONIOENCODING="ascii")


def shown_on_a_screen(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    """Return what this process shows on a terminal of 60 columns."""
    for name, value in {"COLUMNS": "", "NO_COLOR": "", "TERM": "xterm", **settings}.items():
        monkeypatch.setenv(name, value)
    ours, theirs = pty.openpty()
    os.set_blocking(ours, False)
    termios.tcsetwinsize(theirs, (24, 60))
    with open(theirs, "w", encoding="utf-8") as stdout, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stdout)
        output.write(A_REPORT, "table")
        shown = _read(ours).decode()
    os.close(ours)
    return shown.replace("\r\n", "\n")


def test_a_terminal_gets_its_own_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_on_a_screen(monkeypatch) == on_terminal(A_REPORT, 60)


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_who_wants_no_escape_codes_gets_none(
    setting: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown_on_a_screen(monkeypatch, **setting) == on_terminal(A_REPORT, 60, painted=False)


def test_a_pipe_gets_plain_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.write(A_REPORT, "table", "-")
    assert capsysbinary.readouterr().out.decode() == output.document(A_REPORT, "table")


def test_a_stdout_that_is_no_file_is_written_to_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = StringIO()
    monkeypatch.setattr(sys, "stdout", kept)
    output.write(A_REPORT, "ids")
    assert kept.getvalue() == "C-1.1\nC-2.1\n"


@pytest.mark.usefixtures("any_umask")
def test_a_file_belongs_to_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    output.write(A_REPORT, "json", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == output.document(A_REPORT, "json")


@pytest.mark.usefixtures("any_umask")
def test_a_file_that_others_could_read_becomes_private(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text("older and longer than what comes now" * 99)
    path.chmod(0o666)
    output.write(A_REPORT, "ids", path)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text()) == (0o600, "C-1.1\nC-2.1\n")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.csv"
    path.write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InvalidInput) as error:
        output.write(A_REPORT, "csv", path)
    assert error.value.details == {"path": str(path), "reason": "No space left on device"}
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("report.csv", "old")]


def test_a_link_stays_a_link_to_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    output.write(A_REPORT, "ids", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text() == "C-1.1\nC-2.1\n"


def test_a_device_is_written_to_and_stays_a_device() -> None:
    output.write(A_REPORT, "ids", os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.parametrize("name", ["", "no/such/folder"])
def test_a_place_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput) as error:
        output.write(A_REPORT, "json", tmp_path / name)
    assert error.value.code == "output-not-writable"
    assert error.value.details["path"] == str(tmp_path / name)
    assert error.value.details["reason"] in ("Is a directory", "No such file or directory")


@pytest.mark.parametrize(("told", "columns"), [("100", 100), ("3", 20), ("0", 80), ("wide", 80), ("", 80)])
def test_the_width_is_what_columns_says_else_eighty(
    told: str, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", told)
    assert output.terminal_columns() == columns


@pytest.mark.parametrize(
    ("form", "file", "columns"), [("table", None, 100), ("table", "a.txt", 80), ("json", None, 80)]
)
def test_only_what_is_read_on_a_screen_is_fitted_to_it(
    form: str, file: str | None, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert output.columns_for(form, file) == columns


def test_what_goes_into_a_pipe_is_shown_without_loading_rich() -> None:
    program = PROGRAM + "print(*(name for name in sys.modules if name.startswith('rich')), file=sys.stderr)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", program, "table"], capture_output=True, check=True, env=environment
    )
    assert run.stdout.decode() == output.document(A_REPORT, "table")
    assert run.stderr == b"\n"
