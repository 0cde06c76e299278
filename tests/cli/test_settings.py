"""What holds, who said so, and that a change of it is kept whole, private and legible."""

import json
import os
import stat
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import platformdirs
import pytest

from socrekry.cli.exits import ExitCode
from socrekry.cli.settings import Clock, Settings, clock
from socrekry.domain.errors import InvalidInput
from tests.cli.conftest import Run

FILE = "config.toml"


def said(tmp_path: Path, text: str = "", **environment: str) -> Settings:
    """Return the settings of a machine with that config file and those variables."""
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    return Settings({"SOCREKRY_CONFIG": str(tmp_path / FILE), **environment})


def test_a_flag_wins_over_the_environment_and_that_over_the_file_and_that_over_the_default(
    tmp_path: Path,
) -> None:
    settings = said(tmp_path, 'actor = "Fia"\nunit = "Familj"', SOCREKRY_ACTOR="Erik", LOGNAME="dag")
    settings.give("actor", "Flora")
    assert [settings.actor, settings.unit] == ["Flora", "Familj"]
    assert said(tmp_path, 'actor = "Fia"', SOCREKRY_ACTOR="Erik").actor == "Erik"
    assert said(tmp_path, 'actor = "Fia"', LOGNAME="dag").actor == "Fia"
    assert said(tmp_path, "", LOGNAME="dag").actor == "dag"


@pytest.mark.parametrize(
    ("key", "source", "origin"),
    [
        ("db", "flag", "--db"),
        ("lang", "environment", "SOCREKRY_LANG"),
        ("actor", "file", "FILE"),
        ("unit", "default", None),
    ],
)
def test_a_setting_says_where_it_comes_from(
    key: str, source: str, origin: str | None, cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_LANG", "en")
    (tmp_path / FILE).write_text('actor = "Fia"\n')
    settings = json.loads(cli("config", "--db", "x", "--format", "json").out)["settings"]
    (shown,) = [setting for setting in settings if setting["key"] == key]
    assert shown["source"] == source
    assert shown["origin"] == (str(tmp_path / FILE) if origin == "FILE" else origin)


def test_an_empty_variable_says_nothing(tmp_path: Path) -> None:
    assert said(tmp_path, SOCREKRY_ACTOR="", LOGNAME="dag").actor == "dag"


def test_by_default_the_store_lies_where_the_platform_keeps_a_users_data(tmp_path: Path) -> None:
    assert said(tmp_path).db == os.path.join(platformdirs.user_data_dir("socrekry"), "socrekry.db")


def test_a_store_may_be_named_from_home(tmp_path: Path) -> None:
    assert said(tmp_path, SOCREKRY_DB="~/a.db").db == os.path.expanduser("~/a.db")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere platformdirs itself is asked")
@pytest.mark.parametrize("home", ["", "/somewhere/else", "relative"])
def test_the_config_file_is_where_the_platform_has_such_files(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", home)
    folder = platformdirs.user_config_dir("socrekry")
    assert Settings({"XDG_CONFIG_HOME": home}).config_file == os.path.join(folder, FILE)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('# mine\nactor = "x\n', 2),
        ('actor = "x"\n\ndbb = "y"\n', 3),
        ('lang = "sv"\nunit = 7\n', 2),
        ("[unit]\nname = 1\n", 1),
        ("actor", 1),
        ('lang = "sv"\nlang = "en"\n', 2),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, line: int, cli: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    code, out, err = cli("config", "--format", "json")
    error = json.loads(err)["error"]
    assert (code, out) == (ExitCode.USAGE, "")
    assert (error["code"], error["details"]["line"]) == ("config-broken", line)


def test_a_file_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    settings = said(tmp_path)
    (tmp_path / FILE).write_bytes(b'lang = "sv"\nactor = "\xc5sa"\n')
    with pytest.raises(InvalidInput) as refused:
        _ = settings.actor
    assert refused.value.details["line"] == 2


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        _ = Settings({"SOCREKRY_CONFIG": str(tmp_path)}).actor
    assert (refused.value.code, refused.value.details["path"]) == ("file-unreadable", str(tmp_path))


def test_help_is_there_even_when_the_file_is_broken(cli: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("nonsense")
    assert cli("config", "--help").code == cli("--help").code == ExitCode.DONE


def test_a_language_nobody_speaks_is_refused_wherever_it_was_said(tmp_path: Path) -> None:
    settings = said(tmp_path, SOCREKRY_LANG="de")
    with pytest.raises(InvalidInput) as refused:
        _ = settings.lang
    assert refused.value.details["origin"] == "SOCREKRY_LANG"
    assert settings.language_so_far() in ("en", "sv")


def test_what_is_set_holds_from_then_on(cli: Run) -> None:
    assert cli("config", "unit", "Barn och unga").code == ExitCode.DONE
    assert cli("config", "unit").out == "Barn och unga\n"


def test_what_is_unset_holds_no_longer(cli: Run) -> None:
    cli("config", "unit", "Barn")
    assert cli("config", "unit", "--unset").code == ExitCode.DONE
    assert cli("config", "unit") == (ExitCode.DONE, "", "")


@pytest.mark.parametrize("words", [("--unset",), ("unit", "Barn", "--unset")])
def test_unset_takes_a_name_and_nothing_else(words: tuple[str, ...], cli: Run) -> None:
    assert cli("config", *words).code == ExitCode.USAGE


@pytest.mark.parametrize(
    "words", [("lang", "de"), ("actor", ""), ("unit", "a\nb"), ("colour", "red"), ("colour",)]
)
def test_what_makes_no_sense_is_not_kept(words: tuple[str, ...], cli: Run, tmp_path: Path) -> None:
    assert cli("config", *words).code == ExitCode.USAGE
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("value", ['a "b" \\ c', "Åsa 'Ö' #1", "[x]=y"])
def test_any_text_survives_being_kept(value: str, cli: Run) -> None:
    cli("config", "unit", value)
    assert cli("config", "unit").out == f"{value}\n"


def test_the_owners_own_comments_stay(cli: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('# mine\nlang = "sv"  # for now\n\nactor = "Bo"\n')
    cli("config", "actor", "Eva")
    assert (tmp_path / FILE).read_text() == '# mine\nlang = "sv"  # for now\n\nactor = "Eva"\n'


def test_a_file_that_cannot_be_changed_by_the_line_is_written_anew(cli: Run, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("\"actor\" = '''Bo\nEk'''\nlang = 'en'\n")
    cli("config", "actor", "Eva")
    assert (tmp_path / FILE).read_text() == 'actor = "Eva"\nlang = "en"\n'


def test_the_file_is_its_owners_alone(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_CONFIG", str(tmp_path / "new" / FILE))
    before = os.umask(0)
    try:
        cli("config", "unit", "Barn")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / FILE).stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_is_named(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SOCREKRY_CONFIG", str(tmp_path / "file" / FILE))
    code, _out, err = cli("config", "unit", "Barn")
    assert code == ExitCode.USAGE
    assert str(tmp_path / "file" / FILE) in err


def test_a_store_is_kept_by_its_whole_path(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    cli("config", "db", "a.db")
    monkeypatch.chdir("/")
    assert cli("config", "db").out == f"{tmp_path / 'a.db'}\n"


def test_who_sets_what_a_variable_overrules_is_told(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_UNIT", "Vuxen")
    assert (
        cli("config", "unit", "Barn").err.splitlines()[-1] == "But SOCREKRY_UNIT says Vuxen, and comes first."
    )


def test_a_password_in_the_config_file_is_never_shown(cli: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('db = "postgresql://anna:hemlig@host/rekry"\n')
    shown = [cli("config", *words) for words in ((), ("db",), ("--format", "json"))]
    assert "hemlig" not in str(shown)
    assert "postgresql://anna:***@host/rekry" in shown[1].out


@pytest.mark.parametrize(
    "words",
    [
        ("config", "db", "postgresql://anna:hemlig@host/rekry"),
        ("--db", "postgresql://anna:hemlig@host/rekry", "list"),
        ("list", "--db", "postgresql://host/rekry?password=hemlig"),
    ],
)
def test_a_password_where_others_can_read_it_is_refused(cli: Run, words: tuple[str, ...]) -> None:
    code, out, err = cli(*words)
    assert (code, out) == (ExitCode.USAGE, "")
    assert "hemlig" not in err
    assert "PGSERVICE" in err


def test_the_clock_tells_a_day_and_a_moment_in_utc() -> None:
    before = datetime.now(UTC)
    today, now = clock()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
    assert today == now.astimezone().date()


def test_a_demo_has_a_day_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    assert clock() == Clock(date(2026, 11, 20), datetime(2026, 11, 20, 12, tzinfo=UTC))


def test_a_day_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "tomorrow")
    with pytest.raises(InvalidInput, match="date-invalid"):
        clock()
