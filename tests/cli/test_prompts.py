"""A question is asked of a person and of nobody else, and no answer is no."""

import sys
from collections.abc import Callable
from io import StringIO

import pytest

from socrekry.cli import prompts, settings
from socrekry.domain.errors import Cancelled
from socrekry.domain.term import Term
from tests.cli.conftest import Screen

Person = Callable[..., Screen]


@pytest.fixture(autouse=True)
def _a_command_line() -> None:
    settings.begin()


def test_a_question_goes_to_the_screen_and_not_to_the_data(
    person: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    screen = person(" Anna Ek ")
    assert prompts.ask("Name", str) == "Anna Ek"
    assert (screen.getvalue(), capsys.readouterr().out) == ("Name: ", "")


def test_an_empty_answer_is_the_default(person: Person) -> None:
    screen = person("")
    assert prompts.ask("Term", Term.parse, default="HT2025") == Term.parse("HT2025")
    assert screen.getvalue() == "Term [HT2025]: "


def test_an_answer_that_makes_no_sense_is_asked_for_again(person: Person) -> None:
    screen = person("soon", "HT25")
    assert prompts.ask("Term", Term.parse) == Term.parse("HT2025")
    assert "“soon” is not a term." in screen.getvalue()


def test_a_choice_is_made_by_number(person: Person) -> None:
    screen = person("0", "3", "two", "2")
    assert prompts.choose("Which one?", [("C-1", "Anna \x1b[1mEk"), ("C-4", "Anna Berg")]) == "C-4"
    assert screen.getvalue().startswith("Which one?\n  1  Anna Ek\n  2  Anna Berg\n")
    assert screen.getvalue().count("Choose a number from 1 to 2.") == 3


def test_a_choice_not_made_is_none(person: Person) -> None:
    person("")
    with pytest.raises(Cancelled, match="not-confirmed"):
        prompts.choose("Which one?", [(1, "a"), (2, "b")])


@pytest.mark.parametrize(
    ("lines", "agreed"),
    [
        (["y"], True),
        (["JA"], True),
        (["n"], False),
        ([""], False),
        (["nej"], False),
        (["perhaps", "yes"], True),
    ],
)
def test_a_question_is_answered_with_yes_or_no(lines: list[str], agreed: bool, person: Person) -> None:
    person(*lines)
    assert prompts.confirm("Erase?") is agreed


def test_a_closed_stdin_cancels(person: Person) -> None:
    screen = person()
    with pytest.raises(Cancelled, match="input-closed"):
        prompts.ask("Name", str)
    assert screen.getvalue() == "Name: \n"


def test_who_has_said_yes_is_not_asked(person: Person) -> None:
    screen = person("n")
    prompts.confirm_or_cancel("Erase?", yes=True)
    assert screen.getvalue() == ""


def test_who_says_no_is_heard(person: Person) -> None:
    person("n")
    with pytest.raises(Cancelled, match="not-confirmed"):
        prompts.confirm_or_cancel("Erase?", yes=False)


def test_who_cannot_be_asked_has_not_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO("yes\n"))
    with pytest.raises(Cancelled, match="confirmation-needed"):
        prompts.confirm_or_cancel("Erase?", yes=False)


def test_who_wants_no_questions_gets_none(person: Person) -> None:
    person("yes")
    assert prompts.can_ask()
    settings.current().no_input = True
    assert not prompts.can_ask()


def test_a_question_is_not_asked_where_only_the_answer_would_be_seen(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person("yes")
    monkeypatch.setattr(sys, "stderr", StringIO())
    assert not prompts.can_ask()
