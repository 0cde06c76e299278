"""Help is calm and whole: every command in its panel, every parameter in its place, in the reader's width."""

import sys
from typing import Annotated, Literal

import pytest
import typer

from socrekry.cli import index, settings
from socrekry.cli.app import NAME, Commands, as_command
from socrekry.cli.options import TODAY, AllOrNothing, Ids, OnDate, TermOption
from tests.cli.conftest import Run, Screen


def plant(
    ids: Ids,
    wood: Annotated[str | None, typer.Argument(help="Where.")] = None,
    on: OnDate = TODAY,
    term: TermOption = None,
    kind: Annotated[Literal["oak", "ash"], typer.Option("--kind", "-k", help="Which.")] = "oak",
    *,
    tool: Annotated[list[str] | None, typer.Option(help="With what.")] = None,
    soil: Annotated[Literal["sandy-and-dry", "stony-and-steep", "wet"] | None, typer.Option()] = None,
    secret: Annotated[bool, typer.Option(hidden=True)] = False,
    all_or_nothing: AllOrNothing = False,
) -> None:
    """Plant trees.

    They stand for a hundred years,
    or for a day.

        plant - < trees
    """


def help_of_plant() -> str:
    settings.begin()
    command = as_command("plant", plant)
    with command.make_context("plant", ["x", "y"]) as ctx:
        return command.get_help(ctx)


def test_every_command_stands_in_its_panel(cli: Run) -> None:
    lines = cli("--help").out.splitlines()
    panel, panels = "", set(index.PANELS)
    placed: dict[str, str] = {}
    for line in lines:
        panel = line if line in panels else panel
        placed |= {entry.name: panel for entry in index.COMMANDS if line.startswith(f"  {entry.name}  ")}
    assert placed == {entry.name: entry.panel for entry in index.COMMANDS}


@pytest.mark.parametrize("words", [(), ("-h",), ("help",)])
def test_help_is_found_however_it_is_asked_for(words: tuple[str, ...], cli: Run) -> None:
    assert cli(*words) == (0, cli("--help").out, "")


def test_help_of_a_command_is_found_as_git_has_it(cli: Run) -> None:
    assert cli("help", "config").out == cli("config", "--help").out


def test_a_panel_without_commands_is_not_shown(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tuple(each for each in index.COMMANDS if each.panel != index.OUTREACH)
    monkeypatch.setattr("socrekry.cli.help.COMMANDS", elsewhere)
    assert index.OUTREACH not in cli("--help").out.splitlines()


def test_a_group_lists_its_commands(cli: Run) -> None:
    code, out, _err = cli("pipeline")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines() if line.startswith("  ")] == [
        "show",
        "check",
        "install",
    ]


def test_help_of_the_whole_loads_no_command(process: Run) -> None:
    program = (
        "import sys; from socrekry.__main__ import main; main(); sys.stdout.flush(); print(*sys.modules)"
    )
    modules = set(process("--help", program=program).out.splitlines()[-1].split())
    assert not modules & {entry.module for entry in index.COMMANDS}


@pytest.mark.parametrize("words", [("--help",), ("config", "--help"), ("pipeline", "--help")])
def test_a_pipe_gets_eighty_columns_of_plain_text(words: tuple[str, ...], cli: Run) -> None:
    out = cli(*words).out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_a_command_tells_how_it_is_typed_and_what_for() -> None:
    assert help_of_plant().splitlines()[:8] == [
        "Usage: plant [OPTIONS] ID… [WOOD]",
        "",
        "Plant trees.",
        "",
        "They stand for a hundred years, or for a day.",
        "",
        "    plant - < trees",
        "",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "  ID…                 An id (C-1, C-1.2), an e-mail or part of a name; - reads",
        "  WOOD                Where.",
        "  --on DATE           The day on which it happened. (default: today)",
        "  --term TERM         The term, as HT2025.",
        "  -k, --kind oak|ash  Which. (default: oak)",
        "  --tool TEXT         With what. (may be repeated)",
        "  --all-or-nothing    Keep nothing unless every one succeeds.",
    ],
)
def test_a_parameter_tells_what_it_takes(line: str) -> None:
    squeezed = [" ".join(shown.split()) for shown in help_of_plant().splitlines()]
    assert any(shown.startswith(" ".join(line.split())) for shown in squeezed)


def test_choices_too_many_for_a_line_are_told_beside_it() -> None:
    assert "(one of: sandy-and-dry, stony-and-steep, wet)" in " ".join(help_of_plant().split())


def test_what_is_hidden_is_not_told() -> None:
    assert "secret" not in help_of_plant()


def test_what_holds_everywhere_takes_a_line() -> None:
    assert help_of_plant().splitlines()[-2:] == [
        "Everywhere",
        "  --db, --lang, --actor, --no-input, -o/--output, --help (see 'plant --help')",
    ]


def root_help_on(monkeypatch: pytest.MonkeyPatch, **environment: str) -> str:
    """Return the root help as a person sees it."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdout", Screen())
    settings.begin()
    root = Commands(NAME)
    with root.make_context(NAME, []) as ctx:
        return root.get_help(ctx)


def test_on_a_narrow_screen_a_command_tells_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "30")
    monkeypatch.setattr(sys, "stdout", Screen())
    assert "(one of: sandy-and-dry, stony-and-steep, wet)" in " ".join(help_of_plant().split())


def test_on_a_terminal_headings_are_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[1mEveryday\x1b[0m" in root_help_on(monkeypatch, TERM="xterm", COLUMNS="90")


@pytest.mark.parametrize("refusal", [{"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "dumb"}])
def test_who_wants_no_colour_gets_none(refusal: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b" not in root_help_on(monkeypatch, **refusal)


@pytest.mark.parametrize(("columns", "at_most"), [("60", 60), ("300", 100)])
def test_help_is_as_wide_as_the_screen_and_no_wider_than_one_reads(
    columns: str, at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = root_help_on(monkeypatch, NO_COLOR="1", COLUMNS=columns).splitlines()
    assert at_most - 30 < max(map(len, lines)) <= at_most
