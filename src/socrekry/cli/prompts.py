"""Ask a person, where there is one to ask.

Rule: a question goes to stderr and is asked only when stdin and stderr are both a terminal and nobody said
``--no-input``; whoever cannot be asked has not agreed. A question asked of a pipe would hang a script, or
take the next line of its data for an answer.
"""

import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

from socrekry.cli.exits import question, report_error, say
from socrekry.cli.settings import current
from socrekry.domain.errors import Cancelled, InvalidInput
from socrekry.locale import _

T = TypeVar("T")
_YES = frozenset({"y", "yes", "j", "ja"})
_NO = frozenset({"n", "no", "nej", ""})


def can_ask() -> bool:
    """Tell whether there is somebody to ask."""
    return not current().no_input and sys.stdin.isatty() and sys.stderr.isatty()


def ask(question: str, read: Callable[[str], T], default: str = "") -> T:
    """Ask until ``read`` makes sense of the answer; an empty one means ``default``.

    ``read`` takes the answer and raises InvalidInput, which is said before the question comes again.
    Raises Cancelled when the answer is the end of input.
    """
    while True:
        answer = _answer(f"{question} [{default}]: " if default else f"{question}: ") or default
        try:
            return read(answer)
        except InvalidInput as error:
            report_error(error, as_json=False)


def choose(question: str, options: Sequence[tuple[T, str]]) -> T:
    """Show ``options`` (value, label) by number and return the value chosen; Cancelled if none is."""
    say(question)
    for number, (_value, label) in enumerate(options, start=1):
        say(f"  {number:>{len(str(len(options)))}}  {label}")
    while answer := _answer(_("Number (Enter to cancel): ")):
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return options[int(answer) - 1][0]
        say(_("Choose a number from 1 to {last}.").format(last=len(options)))
    raise Cancelled("not-confirmed")


def confirm(question: str) -> bool:
    """Ask a question that is answered with yes or no; an empty answer is no."""
    while True:
        choices = _("[y/N]")
        answer = _answer(f"{question} {choices} ").casefold()
        if answer in _YES or answer in _NO:
            return answer in _YES
        say(_("Answer yes or no."))


def confirm_or_cancel(question: str, yes: bool) -> None:
    """Return if the user agrees, or already has with ``--yes``; otherwise raise Cancelled."""
    if yes:
        return
    if not can_ask():
        raise Cancelled("confirmation-needed", question=question)
    if not confirm(question):
        raise Cancelled("not-confirmed")


def _answer(prompt: str) -> str:
    """Return one line typed, without spaces around it; Cancelled at the end of input."""
    question(prompt)
    line = sys.stdin.readline()
    if not line:
        say("")
        raise Cancelled("input-closed")
    return line.strip()
