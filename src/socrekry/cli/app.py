"""The application: finds the command that is meant, loads that one, and runs it.

Rule: a command is a plain function with ``Annotated`` parameters and a docstring; its module is imported
when it is asked for and not before. The options that hold everywhere are parameters of the root and of every
command, so that they may stand on either side of its name, and ``--`` and other options' values are left
alone. With every command imported, each would take twice as long.
"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from typer import Exit
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from socrekry import locale
from socrekry.cli import index, settings, usage
from socrekry.cli.exits import Misused
from socrekry.domain.errors import InvalidInput
from socrekry.locale import LANGUAGES, N_, _

NAME = "socrekry"


def run(words: Sequence[str], language: str | None = None) -> int:
    """Run one command line and return the exit code of its command; whatever is wrong is raised.

    ``language`` is what ``--lang`` seems to say; it holds until the command line has been read.
    """
    said = settings.begin()
    locale.use(language if language in LANGUAGES else said.language_so_far())
    words = [word if word.isascii() else _as_utf8(word) for word in words]
    if words[:1] == ["help"]:  # as git and gh have it
        words = [*words[1:], "--help"]
    root = Commands(NAME)
    try:
        with root.make_context(NAME, list(words), help_option_names=["--help", "-h"]) as ctx:
            outcome = root.invoke(ctx)
    except usage.UsageError as error:
        raise usage.explained(error) from None
    except Exit as done:
        return done.exit_code
    return outcome if isinstance(outcome, int) else 0


class Commands(TyperGroup):
    """The commands in the index, or those of one group in it; a command is built when it is named."""

    def __init__(self, name: str, group: str = "") -> None:
        super().__init__(name=name, params=[*everywhere(), _version_option()] if not group else everywhere())
        self.group = group

    def list_commands(self, ctx: usage.Context) -> list[str]:
        """Return the names that may follow."""
        return index.names(self.group)

    def get_command(self, ctx: usage.Context, cmd_name: str) -> usage.Command | None:
        """Return the command of that name, its module imported; None if there is none."""
        if not self.group and cmd_name in index.GROUPS:
            return Commands(cmd_name, group=cmd_name)
        entry = index.entry(f"{self.group} {cmd_name}".strip())
        return None if entry is None else build(entry)

    def parse_args(self, ctx: usage.Context, args: list[str]) -> list[str]:
        """Read the options that stand before the command's name."""
        with usage.within(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: usage.Context, args: list[str]
    ) -> tuple[str | None, usage.Command | None, list[str]]:
        """Return the command that ``args`` name, and the rest of them; raise NoSuchCommand."""
        command = self.get_command(ctx, args[0])
        if command is None:
            raise usage.NoSuchCommand(args[0], self.list_commands(ctx), ctx)
        return args[0], command, args[1:]

    def invoke(self, ctx: usage.Context) -> Any:
        """Run the command named; with none, what waits for the user in a terminal, help in a pipe."""
        if usage.words_left(ctx):
            return super().invoke(ctx)
        today = None if self.group or not sys.stdout.isatty() else self.get_command(ctx, "today")
        if today is None:
            sys.stdout.write(self.get_help(ctx) + "\n")
            return 0
        with today.make_context("today", [], parent=ctx) as inner:
            return today.invoke(inner)

    def get_help(self, ctx: usage.Context) -> str:
        """Return the help page."""
        from socrekry.cli import help as pages

        return pages.group_help(ctx, self.group) if self.group else pages.root_help(ctx)


class Command(TyperCommand):
    """One command, with the options that hold everywhere."""

    allow_extra_args = True  # so that we can say what is left over, in our own words

    def __init__(self, *args: Any, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.everywhere = everywhere()
        self.params.extend(self.everywhere)

    def parse_args(self, ctx: usage.Context, args: list[str]) -> list[str]:
        """Read the arguments; words that no parameter takes are an error."""
        with usage.within(ctx):
            rest = super().parse_args(ctx, self._unfolded(ctx, args))
        if rest and not ctx.resilient_parsing:
            raise usage.Unexpected(rest, ctx)
        return rest

    def _unfolded(self, ctx: usage.Context, args: list[str]) -> list[str]:
        """Return the words with those of a saved view (``list @spring``) before them: what is typed wins."""
        if not any(word.startswith("@") for word in args) or all(p.name != "view" for p in self.params):
            return args
        view = self.make_parser(ctx).parse_args(args=list(args))[0].get("view")
        if not isinstance(view, str) or not view.startswith("@"):
            return args
        from socrekry.cli.saved import VIEWS, saved

        return [*saved(VIEWS, view), *args]

    def invoke(self, ctx: usage.Context) -> Any:
        """Run the command in the language that the whole command line asks for."""
        locale.use(settings.current().lang)
        return super().invoke(ctx)

    def get_help(self, ctx: usage.Context) -> str:
        """Return the help page."""
        from socrekry.cli import help as pages

        return pages.command_help(ctx, self.everywhere)


def build(entry: index.Entry) -> usage.Command:
    """Import the module of a command and make of its function what the parser understands."""
    return as_command(entry.name.rpartition(" ")[2], getattr(import_module(entry.module), entry.function))


def as_command(name: str, function: Callable[..., Any]) -> usage.Command:
    """Make a command of a plain function: its ``Annotated`` parameters and its docstring."""
    info = CommandInfo(name=name, cls=Command, callback=_with_empty_lists(function))
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)


def everywhere() -> list[usage.Parameter]:
    """Return the options that hold everywhere, new for each command that takes them."""
    return [
        _option("--db", N_("PATH|URL"), N_("The store to work in.")),
        _option("--lang", "sv|en", N_("The language to speak.")),
        _option("--actor", N_("NAME"), N_("Who is said to act.")),
        _option("--no-input", None, N_("Never ask.")),
        _option("--output", N_("FILE"), N_("Write the answer to a file."), "-o"),
    ]


def _option(flag: str, metavar: str | None, told: str, *short: str) -> TyperOption:
    return TyperOption(
        param_decls=[*short, flag],
        metavar=metavar,
        is_flag=metavar is None,
        expose_value=False,
        callback=_keep,
        help=told,
    )


def _version_option() -> TyperOption:
    return TyperOption(
        param_decls=["--version"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_say_version,
        help=N_("Show the version."),
    )


def _keep(ctx: usage.Context, param: usage.Parameter, value: Any) -> None:
    """Take what an option that holds everywhere says; the one nearest the end of the line wins."""
    said = settings.current()
    if value is None or value is False or ctx.resilient_parsing:
        return
    if param.name == "no_input":
        said.no_input = True
    elif param.name == "output":
        from socrekry.render.output import require_writable

        require_writable(value)
        said.output = value
    elif param.name == "lang" and value not in LANGUAGES:
        raise InvalidInput("language-unknown", value=value, origin="--lang", known=list(LANGUAGES))
    elif param.name in settings.KEYS:
        said.give(param.name, value)


def _say_version(ctx: usage.Context, _param: usage.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from socrekry import __version__

        sys.stdout.write(f"{NAME} {__version__}\n")
        raise Exit


def _with_empty_lists(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand a command that takes ids an empty list, where Typer would hand it None: no ids came from stdin."""
    from functools import wraps

    from socrekry.cli.options import Ids

    lists = [name for name, kind in function.__annotations__.items() if kind is Ids]
    if not lists:
        return function

    @wraps(function)
    def called(**values: Any) -> Any:
        return function(**values | {name: [] for name in lists if values[name] is None})

    return called


def _as_utf8(word: str) -> str:
    """Return a word as it was typed; raise if it is not UTF-8, for it could neither be kept nor shown."""
    try:
        word.encode()
    except UnicodeEncodeError:  # a locale that is not UTF-8 has hidden the bytes from Python
        try:
            return os.fsencode(word).decode()
        except UnicodeDecodeError:
            message = _("What was typed is not UTF-8: {word}").format(word=word)
            raise Misused("not-utf8", message, "") from None
    return word
