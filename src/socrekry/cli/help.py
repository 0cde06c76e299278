"""Help as a person reads it: calm, in their language, as wide as their screen up to a hundred columns.

Rule: the root help is built from the index and imports no command; a command's help is its docstring,
paragraph by paragraph, and the parameters that the parser itself uses, so that neither can promise what the
other lacks. Typer's own help is English, and its import alone costs what a whole command may.
"""

import sys
from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import NamedTuple

from socrekry.cli.index import COMMANDS, GROUPS, PANELS, names
from socrekry.cli.settings import VARIABLES
from socrekry.cli.usage import Context, Parameter, argument, choices_of, metavar, path_of, usage_line
from socrekry.locale import N_, _, paragraphs
from socrekry.render.output import may_paint, terminal_columns

WIDEST, IN_A_PIPE = 100, 80
_TERM_WIDEST = 28  # of a term in a list; a longer one has its explanation on the line below
_TAGLINE = N_("Move socionomer from first contact to employment, and report where they come from.")
_HELP = N_("Show this help.")


class Item(NamedTuple):
    """A term, what it means, and what else is worth knowing, which is shown quieter."""

    term: str
    meaning: str
    aside: str = ""


def root_help(ctx: Context) -> str:
    """Return the help of ``socrekry`` itself: every command in its panel."""
    sheet = _Sheet()
    sheet.line(usage_line(ctx))
    sheet.paragraph(_(_TAGLINE))
    widest = max(len(command.name) for command in COMMANDS)
    for panel in PANELS:
        items = [Item(command.name, _(command.help)) for command in COMMANDS if command.panel == panel]
        sheet.section(_(panel), items, widest)
    sheet.section(_("Everywhere"), [_item(param) for param in ctx.command.get_params(ctx)])
    sheet.paragraph(_("'{command} COMMAND --help' tells more.").format(command=path_of(ctx)))
    return sheet.text()


def group_help(ctx: Context, group: str) -> str:
    """Return the help of a word that has commands of its own, as ``pipeline``."""
    sheet = _Sheet()
    sheet.line(usage_line(ctx))
    sheet.paragraph(_(GROUPS[group]))
    told = {command.name: command.help for command in COMMANDS}
    sheet.section(_("Commands"), [Item(name, _(told[f"{group} {name}"])) for name in names(group)])
    return sheet.text()


def command_help(ctx: Context, everywhere: Sequence[Parameter]) -> str:
    """Return the help of one command; ``everywhere`` are the options that every command takes."""
    sheet = _Sheet()
    sheet.line(usage_line(ctx))
    for paragraph in paragraphs(ctx.command.help or ""):
        sheet.paragraph(_(paragraph))
    general = {id(param) for param in everywhere}
    own = [
        param
        for param in ctx.command.params
        if id(param) not in general and not getattr(param, "hidden", False)
    ]
    sheet.section(_("Arguments"), [_item(param) for param in own if param.param_type_name == "argument"])
    sheet.section(_("Options"), [_item(param) for param in own if param.param_type_name == "option"])
    flags = ", ".join(["/".join(param.opts) for param in everywhere] + ["--help"])
    told = _("see '{command} --help'").format(command=path_of(ctx).partition(" ")[0])
    sheet.section(_("Everywhere"), [Item(flags, "", f"({told})")])
    return sheet.text()


def _item(param: Parameter) -> Item:
    asides = []
    choices = choices_of(param)
    meaning = _(_HELP if param.name == "help" else getattr(param, "help", None) or "")
    if param.param_type_name == "argument":
        term = argument(param)
    else:
        flags = ", ".join(sorted(param.opts, key=len) + param.secondary_opts)
        term = flags if getattr(param, "is_flag", False) else f"{flags} {metavar(param)}"
        if param.required:
            asides.append(_("required"))
    if choices and "|".join(choices) not in term:
        asides.append(_("one of: {choices}").format(choices=", ".join(choices)))
    if getattr(param, "multiple", False):
        asides.append(_("may be repeated"))
    if default := _default(param):
        asides.append(_("default: {default}").format(default=default))
    if not param.expose_value:  # it holds everywhere, and may have been said in the environment
        asides += [variable for key, variable in VARIABLES.items() if key == param.name]
    return Item(term, meaning, f"({'; '.join(asides)})" if asides else "")


def _default(param: Parameter) -> str:
    shown = getattr(param, "show_default", False)
    if isinstance(shown, str):
        return _(shown)
    if (
        not shown
        or callable(param.default)
        or isinstance(param.default, bool)
        or param.default in (None, (), [], "")
    ):
        return ""
    if isinstance(param.default, list | tuple):
        return ", ".join(map(str, param.default))
    return str(param.default)


class _Sheet:
    """Lines that grow to a page; bold and dim only where a terminal shows them."""

    def __init__(self) -> None:
        terminal = sys.stdout.isatty()
        self._width = min(terminal_columns(), WIDEST) if terminal else IN_A_PIPE
        self._painted = terminal and may_paint()
        self._lines: list[str] = []

    def text(self) -> str:
        return "\n".join(self._lines)

    def line(self, text: str) -> None:
        self._lines += wrap(text, self._width, subsequent_indent="    ", break_on_hyphens=False)

    def paragraph(self, text: str) -> None:
        self._lines.append("")
        if text.startswith(" "):  # an example stands as it was written
            self._lines += [self._dim(line) for line in text.split("\n")]
        else:
            self._lines += wrap(text, self._width, break_on_hyphens=False)

    def section(self, title: str, items: Sequence[Item], widest: int = 0) -> None:
        if not items:
            return
        self._lines += ["", self._bold(title)]
        column = 4 + max([widest, *(len(item.term) for item in items if len(item.term) <= _TERM_WIDEST)])
        for item in items:
            self._lines += self._item(item, column)

    def _item(self, item: Item, column: int) -> Iterable[str]:
        if not item.meaning:
            yield from self._indented(f"{item.term} {item.aside}")
            return
        room = max(self._width - column, 20)
        lines = wrap(item.meaning, room, break_on_hyphens=False)
        if item.aside and len(lines[-1]) + 1 + len(item.aside) <= room:
            lines[-1] = f"{lines[-1]} {self._dim(item.aside)}"
        elif item.aside:
            lines += [self._dim(line) for line in wrap(item.aside, room, break_on_hyphens=False)]
        first = f"  {item.term}".ljust(column)
        if len(item.term) > column - 4:
            yield first.rstrip()
            first = " " * column
        yield first + lines[0]
        yield from (" " * column + line for line in lines[1:])

    def _indented(self, text: str) -> list[str]:
        return wrap(text, self._width, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._painted else text

    def _dim(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._painted else text
