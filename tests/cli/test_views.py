"""Views of the list, saved by a name: what they keep, what wins, and what they refuse."""

import json
from pathlib import Path

import pytest

from socrekry.cli.exits import ExitCode
from socrekry.cli.saved import MAPS, VIEWS, names, save, saved
from socrekry.domain.errors import InvalidInput
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("story")


def ids(cli: Run, *words: str) -> list[str]:
    return cli("list", *words, "--format", "ids").out.split()


def test_a_view_lists_what_its_options_would(cli: Run) -> None:
    typed = ("--pipeline", "trainee", "--stage", "applied", "--all")
    listed = ids(cli, *typed, "--save", "väntar")
    assert listed
    assert ids(cli, "@väntar") == listed == ids(cli, *typed)


def test_what_is_typed_beside_a_view_wins_wherever_it_stands(cli: Run) -> None:
    cli("list", "--pipeline", "trainee", "--stage", "applied", "--save", "a")
    wanted = ids(cli, "--pipeline", "trainee", "--stage", "selected")
    assert wanted == ids(cli, "@a", "--stage", "selected") == ids(cli, "--stage", "selected", "@a")
    assert wanted != ids(cli, "@a")


def test_a_view_is_made_of_another(cli: Run) -> None:
    cli("list", "--pipeline", "trainee", "--save", "a")
    cli("list", "@a", "--all", "--limit", "3", "--save", "b")
    assert saved(VIEWS, "b") == ["--pipeline", "trainee", "--all", "--limit", "3"]


def test_a_view_keeps_what_was_meant_rather_than_what_was_typed(cli: Run) -> None:
    cli("list", "--unit", "barn", "--term", "ht 25", "--source", "klassbesök", "--save", "a")
    kept = ["--term", "HT2025", "--unit", "Barn och unga", "--source", "visit"]
    assert saved(VIEWS, "a") == kept


def test_saving_says_what_the_name_stood_for_before(cli: Run) -> None:
    cli("list", "--stage", "applied", "--save", "a")
    told = cli("list", "--stage", "selected", "--save", "@a").err.splitlines()
    assert told == ["@a now stands for: --stage selected", "Before, it stood for: --stage applied"]


def test_a_view_is_forgotten(cli: Run) -> None:
    cli("list", "--search", "Ås a", "--save", "a")
    told = "@a is forgotten. It stood for: --search 'Ås a'\n"
    assert cli("list", "--forget", "a") == (ExitCode.DONE, "", told)
    assert cli("list", "@a").code == cli("list", "--forget", "a").code == ExitCode.NOT_FOUND


def test_an_unknown_view_names_those_there_are(cli: Run) -> None:
    cli("list", "--stalled", "--save", "a")
    code, _out, err = cli("list", "@b", "--format", "json")
    error = json.loads(err)["error"]
    assert (code, error["code"], error["details"]["names"]) == (ExitCode.NOT_FOUND, "saved-not-found", ["a"])


def test_a_word_without_its_sign_is_no_view(cli: Run) -> None:
    code, _out, err = cli("list", "anna")
    assert code == ExitCode.USAGE
    assert "list --search anna" in err


def test_a_search_may_begin_like_a_view(cli: Run) -> None:
    assert cli("list", "--search", "@exempel", "--format", "json").code == ExitCode.DONE


def test_nothing_is_saved_of_a_list_that_is_all(cli: Run) -> None:
    assert cli("list", "--save", "a").code == ExitCode.USAGE
    assert names(VIEWS) == []


@pytest.mark.parametrize("name", ["", "@", "a b", "-a", "a/b", "å" * 61, "a\x1b"])
def test_a_name_that_could_not_be_typed_is_refused(cli: Run, name: str) -> None:
    assert cli("list", "--stalled", "--save", name).code == ExitCode.USAGE


@pytest.mark.parametrize("name", ["våren", "1", "lang", "ht-25.a_b", "db"])
def test_a_name_may_be_any_word(name: str) -> None:
    save(VIEWS, name, ["--search", 'a "b" \\ c'])
    assert saved(VIEWS, f"@{name}") == ["--search", 'a "b" \\ c']


def test_a_name_is_the_same_however_its_letters_are_made() -> None:
    save(VIEWS, "va\u030ar", ["--stalled"])
    assert saved(VIEWS, "vår") == ["--stalled"]


def test_what_cannot_be_shown_is_not_saved() -> None:
    with pytest.raises(InvalidInput, match="saved-value-invalid"):
        save(MAPS, "a", ["x\n=name"])


def test_settings_and_what_is_saved_live_in_one_file(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\nlang = "en" # so\n\n[maps] # theirs\nx = ["A=name"]\n')
    save(VIEWS, "a", ["--stalled"])
    cli("config", "unit", "Barn")
    save(MAPS, "y", ["B=email"])
    shown = json.loads(cli("config", "--format", "json").out)
    assert (shown["views"], shown["maps"]) == ({"a": ["--stalled"]}, {"x": ["A=name"], "y": ["B=email"]})
    assert [each["value"] for each in shown["settings"] if each["key"] == "unit"] == ["Barn"]


def test_comments_stand_when_something_is_saved(cli: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('# mine\nlang = "en" # so\n')
    save(VIEWS, "a", ["--stalled"])
    cli("config", "unit", "Barn")
    assert file.read_text() == '# mine\nlang = "en" # so\nunit = "Barn"\n[views]\na = ["--stalled"]\n'
    cli("list", "--forget", "a")
    assert file.read_text() == '# mine\nlang = "en" # so\nunit = "Barn"\n'


def test_a_setting_is_never_taken_for_what_has_its_name_in_a_table(cli: Run) -> None:
    save(VIEWS, "unit", ["--stalled"])
    cli("config", "unit", "Barn")
    cli("config", "unit", "--unset")
    assert saved(VIEWS, "unit") == ["--stalled"]


def test_config_shows_what_is_saved(cli: Run) -> None:
    save(VIEWS, "våren", ["--unit", "Barn och unga"])
    assert "@våren  --unit 'Barn och unga'" in cli("config").out


@pytest.mark.parametrize(
    "text",
    ['views = "a"\n', "[views]\na = 1\n", '[views]\na = ["x", 1]\n', "[view]\n", '[views.a]\nb = ["x"]\n'],
)
def test_a_table_that_cannot_be_understood_is_refused_with_its_line(
    cli: Run, tmp_path: Path, text: str
) -> None:
    (tmp_path / "config.toml").write_text(text)
    code, _out, err = cli("list", "@a", "--format", "json")
    assert (code, json.loads(err)["error"]["code"]) == (ExitCode.USAGE, "config-broken")


def test_a_view_with_an_option_that_is_gone_is_a_usage_error(cli: Run) -> None:
    save(VIEWS, "a", ["--color", "red"])
    assert cli("list", "@a").code == ExitCode.USAGE
