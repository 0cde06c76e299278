"""What is wrong with a command line, in our own words; the one module that touches Typer's private parts.

Typer carries its own copy of Click in ``typer._click``, whose errors are English, name no remedy and – shown
Typer's way – cost as much as a whole command. Here each becomes a code, a sentence and the command that
helps. When Typer moves its parts, this is the file to mend, and its tests say where.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any

from typer._click import Command, Context, Parameter
from typer._click.exceptions import BadOptionUsage, BadParameter, MissingParameter, NoSuchOption, UsageError

from socrekry.cli.exits import Misused
from socrekry.locale import N_, _
from socrekry.render.text import clean

__all__ = ["Command", "Context", "NoSuchCommand", "Parameter", "Unexpected", "UsageError", "explained"]

_CHOICES_WIDEST = 30  # in place of a value; more are told beside it
_NUMBER, _FILE, _TEXT = N_("NUMBER"), N_("FILE"), N_("TEXT")
# Typer 0.26 says "integer" where later ones say "int".
_NUMBERS = frozenset({"int", "int range", "integer", "integer range", "float", "float range"})
_KINDS = dict.fromkeys(_NUMBERS, _NUMBER) | {"path": _FILE}
_TRY = N_("Try '{command} --help'.")


class NoSuchCommand(UsageError):
    """The first word is no command."""

    def __init__(self, name: str, known: Sequence[str], ctx: Context) -> None:
        super().__init__(name, ctx)
        self.name = name
        self.known = known


class Unexpected(UsageError):
    """Words are left over that no argument takes."""

    def __init__(self, words: Sequence[str], ctx: Context) -> None:
        super().__init__(" ".join(words), ctx)
        self.words = list(words)


def explained(error: UsageError) -> Misused:
    """Return the same error as code, details, a sentence and where to read on."""
    for kind, explain in _EXPLAINED.items():
        if isinstance(error, kind):
            return explain(error)
    return _misused("usage", clean(error.format_message()), error)


@contextmanager
def within(ctx: Context) -> Iterator[None]:
    """Tell a usage error which command it is about; Typer's parser itself does not always."""
    try:
        yield
    except UsageError as error:
        error.ctx = error.ctx or ctx
        raise


def words_left(ctx: Context) -> bool:
    """Tell whether a command's name follows the options of a group."""
    return bool(ctx._protected_args)  # noqa: SLF001 – Typer tells nobody else


def path_of(ctx: Context) -> str:
    """Return the words that were typed to get here: ``socrekry pipeline show``."""
    words: list[str] = []
    step: Context | None = ctx
    while step is not None:
        words.insert(0, step.info_name or "")
        step = step.parent
    return " ".join(words)


def usage_line(ctx: Context) -> str:
    """Return how the command is typed: ``Usage: socrekry note [OPTIONS] ID TEXT``."""
    words = [path_of(ctx), _("[OPTIONS]")]
    arguments = [param for param in ctx.command.params if param.param_type_name == "argument"]
    words += [argument(param) if param.required else f"[{argument(param)}]" for param in arguments]
    if hasattr(ctx.command, "commands"):
        words.append(_("COMMAND …"))
    return _("Usage: {words}").format(words=" ".join(words))


def argument(param: Parameter) -> str:
    """Return how an argument is written: ``ID…``."""
    return metavar(param) + ("…" if param.nargs == -1 else "")


def metavar(param: Parameter) -> str:
    """Return the word that stands for a value: its own, an argument's name, the choices, or its kind."""
    if param.metavar:
        return _(param.metavar)
    if param.param_type_name == "argument":
        return (param.name or "").upper().replace("_", "-")
    choices = "|".join(choices_of(param))
    if choices and len(choices) <= _CHOICES_WIDEST:
        return choices
    return _(_KINDS.get(param.type.name, _TEXT))


def _no_such_command(error: NoSuchCommand) -> Misused:
    guesses = get_close_matches(error.name, error.known, n=3)
    message = _("No such command: {name}.").format(name=clean(error.name))
    return _misused(
        "command-unknown", _with_guesses(message, guesses), error, name=error.name, suggestions=guesses
    )


def _no_such_option(error: NoSuchOption) -> Misused:
    name, guesses = error.option_name, sorted(error.possibilities or ())
    message = _("No such option: {name}.").format(name=clean(name))
    return _misused("option-unknown", _with_guesses(message, guesses), error, name=name, suggestions=guesses)


def _bad_option_usage(error: BadOptionUsage) -> Misused:
    name = error.option_name
    if any(name in param.opts and getattr(param, "is_flag", False) for param in _params(error)):
        return _misused(
            "option-takes-no-value", _("{name} takes no value.").format(name=name), error, name=name
        )
    return _misused("option-needs-value", _("{name} needs a value.").format(name=name), error, name=name)


def _unexpected(error: Unexpected) -> Misused:
    message = _("Not understood: {words}.").format(words=clean(" ".join(error.words)))
    return _misused("arguments-unexpected", message, error, words=error.words)


def _missing(error: MissingParameter) -> Misused:
    name = _name_of(error.param)
    message = _("{name} is missing.").format(name=name)
    if choices := choices_of(error.param):
        message = f"{message} {_one_of(choices)}"
    return _misused("argument-missing", message, error, name=name, **_known(choices))


def _bad_value(error: BadParameter) -> Misused:
    name, value, choices = _name_of(error.param), _value_in(error.message), choices_of(error.param)
    if value is None:
        message = _("The value of {name} cannot be read.").format(name=name)
    else:
        message = _("{value} is no value for {name}.").format(value=clean(value), name=name)
    if choices:
        message = _with_guesses(f"{message} {_one_of(choices)}", get_close_matches(value or "", choices, n=1))
    elif expected := range_of(error.param):
        message = f"{message} {expected}"
    return _misused("value-invalid", message, error, name=name, value=value, **_known(choices))


def choices_of(param: Parameter | None) -> list[str]:
    """Return the words that ``param`` may be, or none if it is free."""
    return [str(choice) for choice in getattr(getattr(param, "type", None), "choices", ())]


def range_of(param: Parameter | None) -> str:
    """Return what number is expected, as a sentence; empty where none is."""
    kind = getattr(param, "type", None)
    if getattr(kind, "name", "") not in _NUMBERS:
        return ""
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return _("Give a number from {low} to {high}.").format(low=low, high=high)
    if low is not None:
        return _("Give a number, {low} or more.").format(low=low)
    return _("Give a number.")


def _one_of(choices: Sequence[str]) -> str:
    return _("Choose one of these: {choices}.").format(choices=", ".join(choices))


def _known(choices: Sequence[str]) -> dict[str, Any]:
    return {"known": list(choices)} if choices else {}


def _with_guesses(message: str, guesses: Sequence[str]) -> str:
    if not guesses:
        return message
    return " ".join((message, _("Did you mean {guesses}?").format(guesses=", ".join(guesses))))


def _params(error: UsageError) -> Sequence[Parameter]:
    return error.ctx.command.get_params(error.ctx) if error.ctx is not None else ()


def _name_of(param: Parameter | None) -> str:
    if param is None:
        return _("an argument")
    if param.param_type_name == "option":
        return max(param.opts, key=len)
    return metavar(param)


def _value_in(message: str) -> str | None:
    """Return the value with which Typer's own sentence begins, quoted or not; None where it has none."""
    quote = message[:1] if message[:1] in ("'", '"') else ""
    value, found, _rest = message.removeprefix(quote).partition(f"{quote} is not ")
    return value if found else None


def _misused(code: str, message: str, error: UsageError, **details: Any) -> Misused:
    if error.ctx is None:
        return Misused(code, message, "", **details)
    remedy = f"{usage_line(error.ctx)}\n{_(_TRY).format(command=path_of(error.ctx))}"
    return Misused(code, message, remedy, **details)


# The first kind that fits is taken: a missing parameter is a bad one, too.
_EXPLAINED: dict[type[UsageError], Callable[[Any], Misused]] = {
    NoSuchCommand: _no_such_command,
    NoSuchOption: _no_such_option,
    BadOptionUsage: _bad_option_usage,
    Unexpected: _unexpected,
    MissingParameter: _missing,
    BadParameter: _bad_value,
}
