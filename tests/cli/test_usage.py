"""A command line that cannot be read is told so: what is wrong, what was meant, where to read on."""

import json
from typing import Annotated, Literal

import pytest
import typer

from socrekry.cli import exits, settings, usage
from socrekry.cli.app import as_command
from socrekry.cli.exits import ExitCode, Misused
from tests.cli.conftest import Run


def plant(
    tree: Annotated[Literal["oak", "ash"], typer.Argument()],
    number: Annotated[int, typer.Option(min=1, max=9)] = 1,
    depth: Annotated[int | None, typer.Option()] = None,
    height: Annotated[float | None, typer.Option(min=0)] = None,
    deep: Annotated[bool, typer.Option("--deep")] = False,
) -> None:
    """Plant a tree."""


def misuse(*words: str) -> Misused:
    """Return what is wrong with planting a tree like that."""
    settings.begin()
    with pytest.raises(usage.UsageError) as caught:
        as_command("plant", plant).make_context("plant", list(words))
    return usage.explained(caught.value)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ([], "argument-missing", "TREE is missing. Choose one of these: oak, ash."),
        (["elm"], "value-invalid", "elm is no value for TREE. Choose one of these: oak, ash."),
        (
            ["oka"],
            "value-invalid",
            "oka is no value for TREE. Choose one of these: oak, ash. Did you mean oak?",
        ),
        (["oak", "ash", "elm"], "arguments-unexpected", "Not understood: ash elm."),
        (["oak", "--number", "x"], "value-invalid", "x is no value for --number. Give a number from 1 to 9."),
        (
            ["oak", "--number", "10"],
            "value-invalid",
            "10 is no value for --number. Give a number from 1 to 9.",
        ),
        (
            ["oak", "--height", "-1"],
            "value-invalid",
            "-1.0 is no value for --height. Give a number, 0 or more.",
        ),
        (["oak", "--depth", "it's"], "value-invalid", "it's is no value for --depth. Give a number."),
        (["oak", "--number"], "option-needs-value", "--number needs a value."),
        (["oak", "--deep=very"], "option-takes-no-value", "--deep takes no value."),
        (["oak", "--numbr", "2"], "option-unknown", "No such option: --numbr. Did you mean --number?"),
        (["oak", "-x"], "option-unknown", "No such option: -x."),
        (["oak", "--\x1b[31mred"], "option-unknown", "No such option: --red."),
    ],
)
def test_what_is_wrong_is_said(words: list[str], code: str, message: str) -> None:
    misused = misuse(*words)
    assert (misused.code, misused.message) == (code, message)


def test_where_to_read_on_is_said() -> None:
    assert misuse("elm").remedy == "Usage: plant [OPTIONS] TREE\nTry 'plant --help'."


def test_what_nobody_has_words_for_is_told_as_it_comes() -> None:
    misused = usage.explained(usage.UsageError("something else"))
    assert (misused.code, misused.message, misused.remedy) == ("usage", "something else", "")


@pytest.mark.parametrize(
    ("words", "guess"),
    [
        (["advnce"], "advance"),
        (["pipelin"], "pipeline"),
        (["pipeline", "shw"], "show"),
        (["add_cohort"], "add-cohort"),
    ],
)
def test_a_command_that_is_not_there_is_guessed_at(words: list[str], guess: str, cli: Run) -> None:
    code, out, err = cli(*words)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith(f"No such command: {words[-1]}. Did you mean {guess}")


def test_a_guess_is_not_made_up(cli: Run) -> None:
    assert cli("xyzzy").err.splitlines() == [
        "No such command: xyzzy.",
        "Usage: socrekry [OPTIONS] COMMAND …",
        "Try 'socrekry --help'.",
    ]


def test_a_program_gets_the_same_as_data(cli: Run) -> None:
    error = json.loads(cli("config", "--ky", "--format=json").err)["error"]
    assert error["code"] == "option-unknown"
    assert error["details"]["name"] == "--ky"


def test_a_misuse_exits_as_such() -> None:
    assert exits.exit_code_of(misuse()) == ExitCode.USAGE
