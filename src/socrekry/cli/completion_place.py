"""Where on a command line a word stands: after which command, as which option's value or which argument.

Rule: it is read off the parameters that the command itself is parsed by, so that a new option completes from
the day it exists. Only a command that has been named is imported.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from socrekry.cli.completion_choice import Choice
from socrekry.cli.index import COMMANDS, GROUPS, entry, names
from socrekry.locale import _

if TYPE_CHECKING:
    from socrekry.cli.usage import Parameter


class Place(NamedTuple):
    """Where the word stands.

    ``options`` are those that may stand there, None where a value is meant; ``parameter`` takes it (None:
    nothing does). ``arguments`` and ``given`` are the arguments and the options' values before it.
    """

    command: str
    parameter: "Parameter | None"
    word: str
    prefix: str
    arguments: list[str]
    given: dict[str, str]
    options: list[Choice] | None


def names_of_commands(words: Sequence[str], word: str) -> list[Choice] | None:
    """Return the commands that may be named here, or None if something else is meant; nothing is imported."""
    group = " ".join(each for each in words if each != "help")
    return None if word.startswith("-") or (group and group not in GROUPS) else _commands(group)


def _commands(group: str) -> list[Choice]:
    told = {command.name: command.help for command in COMMANDS} | GROUPS
    return [Choice(name, _(told[f"{group} {name}".strip()])) for name in names(group)]


def place_of(words: Sequence[str], word: str) -> Place:
    """Return where ``word`` stands after ``words``, which begin after the program's name."""
    from socrekry.cli import app

    reader = _Reader(app.Commands(app.NAME).params)
    for each in words:
        if reader.takes_as_command(each):
            name = f"{reader.command} {each}".strip()
            found = entry(name)
            reader.command = name
            if found is not None:
                reader.begin(app.build(found).params)
        else:
            reader.take(each)
    return reader.place(word)


class _Reader:
    """Words read one by one, as the parser reads them, except that nothing is ever wrong."""

    def __init__(self, everywhere: "list[Parameter]") -> None:
        self.command = ""
        self.arguments: list[str] = []
        self.given: dict[str, str] = {}
        self._named = False
        self._waiting: Parameter | None = None
        self._only_arguments = False
        self._params = everywhere

    def begin(self, params: "list[Parameter]") -> None:
        """Read what belongs to a command from now on."""
        self._params, self._named = params, True

    def takes_as_command(self, word: str) -> bool:
        """Tell whether a word can only be the name of a command, or of a group of them."""
        return not self._named and self._waiting is None and not word.startswith("-") and word != "help"

    def take(self, word: str) -> None:
        """Read a word that stands before the one begun."""
        if self._waiting is not None:
            self._keep(self._waiting, word)
            self._waiting = None
        elif self._only_arguments or not _is_option(word):
            self.arguments.append(word)
        elif word == "--":
            self._only_arguments = True
        else:
            flag, equals, value = word.partition("=")
            param = self._of_flag(flag)
            if equals and param is not None:
                self._keep(param, value)
            elif param is not None and not getattr(param, "is_flag", False):
                self._waiting = param
            elif param is not None:
                self.given[param.name or ""] = ""

    def place(self, word: str) -> Place:
        """Return where the word stands that is begun."""
        flag, equals, value = word.partition("=")
        if self._waiting is not None:
            return self._value_of(self._waiting, word, "")
        if equals and _is_option(word) and not self._only_arguments:
            return self._value_of(self._of_flag(flag), value, f"{flag}=")
        if not self._named and not _is_option(word) and self.command in ("", *GROUPS):
            return self._value_of(None, word, "")._replace(options=_commands(self.command))
        argument = self._argument()
        if not self._only_arguments and (_is_option(word) or (not word and argument is None)):
            return self._value_of(None, word, "")._replace(options=self._options())
        return self._value_of(argument, word, "")

    def _value_of(self, param: "Parameter | None", word: str, prefix: str) -> Place:
        return Place(self.command, param, word, prefix, self.arguments, self.given, None)

    def _keep(self, param: "Parameter", value: str) -> None:
        from socrekry import locale
        from socrekry.cli.settings import KEYS, current

        self.given[param.name or ""] = value
        if param.name in KEYS and not param.expose_value:
            current().give(param.name, value)
        if param.name == "lang" and value in locale.LANGUAGES:
            locale.use(value)

    def _of_flag(self, flag: str) -> "Parameter | None":
        for param in self._params:
            if flag in (*param.opts, *param.secondary_opts) and param.param_type_name == "option":
                return param
        return None

    def _argument(self) -> "Parameter | None":
        """Return the argument that the next word would be."""
        taken = len(self.arguments)
        for param in self._params:
            if param.param_type_name == "argument":
                if param.nargs == -1 or taken < param.nargs:
                    return param
                taken -= param.nargs
        return None

    def _options(self) -> list[Choice]:
        """Return the options that may still be given, the command's own before those that hold everywhere."""
        found = []
        for param in sorted(self._params, key=lambda param: not param.expose_value):
            again = getattr(param, "multiple", False) or param.name not in self.given
            if param.param_type_name == "option" and again and not getattr(param, "hidden", False):
                told: str = getattr(param, "help", None) or ""
                found.append(Choice(max(param.opts, key=len), _(told)))
        return [*found, Choice("--help", _("Show this help."))]


def _is_option(word: str) -> bool:
    return word.startswith("-") and word != "-"
