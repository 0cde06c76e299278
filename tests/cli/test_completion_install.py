"""Teaching a shell to complete: what is written where, twice, and taken away again."""

import subprocess
import sys
from pathlib import Path

import pytest

from socrekry.cli.completion_install import Shell, places_of
from socrekry.cli.completion_scripts import SCRIPTS
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run
from tests.cli.shells import HERE, surroundings

START = {"bash": ".bashrc", "zsh": ".zshrc", "powershell": ".config/powershell/profile.ps1"}
TOLD = {
    "bash": ("bash", "-ic", "complete -p socrekry"),
    "zsh": ("zsh", "-ic", "print $_comps[socrekry]"),
    "fish": ("fish", "-c", "complete -C 'socrekry advan'"),
}
KNOWS = {"bash": "complete -F _socrekry socrekry", "zsh": "_socrekry", "fish": "advance\tMove candidates"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user a home with nothing in it."""
    place = tmp_path / "home of Åsa"
    place.mkdir()
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(place))
    return place


@pytest.mark.parametrize("shell", HERE)
def test_a_new_shell_completes_once_it_is_installed(shell: str, cli: Run, home: Path) -> None:
    assert cli("completion", "install", shell).code == ExitCode.DONE
    source = str(Path(sys.modules["socrekry"].__file__ or "").parents[1])
    told = surroundings(home) | {"PYTHONPATH": source}
    done = subprocess.run(TOLD[shell], env=told, capture_output=True, text=True, check=False, timeout=60)
    assert KNOWS[shell] in done.stdout


@pytest.mark.parametrize("shell", START)
def test_a_start_file_is_added_to_once_and_left_as_it_was(shell: str, cli: Run, home: Path) -> None:
    start = home / START[shell]
    start.parent.mkdir(parents=True, exist_ok=True)
    start.write_bytes("alias å=ä".encode() + b"\xff")
    start.chmod(0o640)
    cli("completion", "install", shell)
    assert "reads it already" in cli("completion", "install", shell).err
    first, line, rest = start.read_bytes().split(b"\n")
    assert (first, rest) == ("alias å=ä".encode() + b"\xff", b"")
    assert b"$HOME" in line
    assert cli("completion", "remove", shell).code == ExitCode.DONE
    assert (start.read_bytes(), start.stat().st_mode & 0o777) == (first + b"\n", 0o640)


def test_fish_finds_its_script_by_itself(cli: Run, home: Path) -> None:
    cli("completion", "install", "fish")
    assert [each for each in home.rglob("*") if each.is_file()] == [
        home / ".config/fish/completions/socrekry.fish"
    ]


def test_a_start_file_that_is_a_link_stays_one(cli: Run, home: Path) -> None:
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "bashrc").write_text("x=1\n")
    (home / ".bashrc").symlink_to("dotfiles/bashrc")
    cli("completion", "install", "bash")
    cli("completion", "remove", "bash")
    assert (home / ".bashrc").is_symlink()
    assert (home / "dotfiles" / "bashrc").read_text() == "x=1\n"


@pytest.mark.parametrize("shell", SCRIPTS)
def test_a_dry_run_tells_and_writes_nothing(shell: str, cli: Run, home: Path) -> None:
    assert "Nothing was kept." in cli("completion", "install", shell, "--dry-run").err
    assert list(home.iterdir()) == []


@pytest.mark.parametrize("shell", SCRIPTS)
def test_removing_leaves_no_file_behind_and_is_no_error_twice(shell: Shell, cli: Run, home: Path) -> None:
    cli("completion", "install", shell)
    cli("completion", "remove", shell)
    assert not Path(places_of(shell).script).exists()
    assert cli("completion", "remove", shell) == (ExitCode.DONE, "", "Nothing was installed.\n")


@pytest.mark.parametrize(("login", "script"), [("/bin/zsh", "zsh"), ("/usr/bin/pwsh", "powershell")])
def test_the_shell_is_the_one_that_is_used(
    login: str, script: str, cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", login)
    assert cli("completion", "show").out == SCRIPTS[script]


def test_a_shell_that_is_not_known_is_asked_for(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    code, _out, err = cli("completion", "install")
    assert code == ExitCode.USAGE
    assert "bash, zsh, fish, powershell" in err
    assert cli("completion", "install", "tcsh").code == ExitCode.USAGE


def test_a_place_with_a_dollar_in_it_is_read_as_it_stands(
    cli: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "a$b'c"))
    cli("completion", "install", "bash")
    started = subprocess.run(
        ("bash", "-ic", "complete -p socrekry"), env=surroundings(home), capture_output=True, check=False
    )
    assert b"_socrekry" in started.stdout


def test_a_home_that_cannot_be_written_is_an_error(cli: Run, home: Path) -> None:
    (home / ".local").write_text("in the way")
    code, _out, err = cli("completion", "install", "bash")
    assert (code, "cannot be written" in err) == (ExitCode.USAGE, True)
    assert not (home / ".bashrc").exists()
