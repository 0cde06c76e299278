"""What an error says to a person: a sentence, and what to do about it, in the reader's language.

An error is a code with details; its words are looked up in ``sentences``. Every detail is cleaned
first, and quoted for the shell where a template says ``{name:q}``, so that a command can be copied
as it stands. A code without words is shown as it is: better terse than wrong.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from shlex import quote
from typing import Any, NamedTuple

from socrekry.domain.errors import SocrekryError
from socrekry.locale import _, pick
from socrekry.render.defects import DEFECTS
from socrekry.render.remedies import REMEDIES
from socrekry.render.sentences import MESSAGES
from socrekry.render.text import NOTHING, clean, count, joined, padded, width

_GROUPED = 10_000  # below it a number is as well read whole, and may be a year


class Described(NamedTuple):
    """An error in words; the message may have several lines, and not every error has a remedy."""

    message: str
    remedy: str | None


class _Word(str):
    """A detail that can stand in a sentence (``{name}``) or as one word of a command (``{name:q}``)."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return quote(self) if spec == "q" else super().__format__(spec)


def describe(error: SocrekryError) -> Described:
    """Return the error in the reader's language."""
    message = _filled(MESSAGES.get(error.code), error.details)
    if message is None:
        return Described(clean(str(error)), None)
    lines = _written_since(error) if "changes" in error.details else _listed(error.details)
    return Described("\n".join([message, *lines]), _filled(REMEDIES.get(error.code), error.details))


def describe_defect(defect: Mapping[str, Any]) -> str:
    """Return one defect of a file as a line: its place, and what is wrong there."""
    code = str(defect.get("code"))
    sentence = _filled(DEFECTS.get(code) or MESSAGES.get(code), defect)
    if sentence is None:
        details = {name: value for name, value in defect.items() if name not in ("path", "line", "column")}
        sentence = ", ".join(_shown(value) for value in details.values())
    return ": ".join(filter(None, (_place(defect), sentence)))


def _filled(template: str | None, details: Mapping[str, Any]) -> str | None:
    """Return the template's sentence, None where there is none or a detail that it names is missing."""
    if template is None:
        return None
    words = {name: _Word(_shown(value)) for name, value in details.items()}
    try:
        return _(template).format_map(words)
    except (KeyError, ValueError, IndexError):
        return None


def _shown(value: Any) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "en" in value:  # a title in each language
        return clean(pick(value))
    if isinstance(value, Mapping):
        # What is true or false is said by the sentence; JSON has it for each.
        return "  ".join(_shown(each) for each in value.values() if not isinstance(each, bool))
    if isinstance(value, list | tuple):
        return joined([_shown(each) for each in value])
    if isinstance(value, int) and abs(value) >= _GROUPED:
        return count(value)
    return clean(str(value))


def _written_since(error: SocrekryError) -> list[str]:
    """Return a line for each thing that somebody else has written to a candidacy first."""
    from socrekry.render.histories import since_lines
    from socrekry.services.overtaking import Overtaken

    lines = since_lines(error.history, error.since) if isinstance(error, Overtaken) else []
    return [f"  {clean(line)}" for line in lines]


def _listed(details: Mapping[str, Any]) -> list[str]:
    """Return a line for each entry of the lists of records among the details."""
    records = [
        each
        for value in details.values()
        if isinstance(value, list | tuple)
        for each in value
        if isinstance(each, Mapping)
    ]
    if any("code" in each for each in records):
        return [f"  {describe_defect(each) if 'code' in each else _shown(each)}" for each in records]
    return [f"  {line}" for line in _aligned(records)]


def _aligned(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a line for each record, its words below those of the one before."""
    rows = [[_shown(word) for word in each.values() if not isinstance(word, bool)] for each in records]
    widest = [max(map(width, cells)) for cells in zip_longest(*rows, fillvalue="")]
    return ["  ".join(map(padded, row, widest)).rstrip() for row in rows]


def _place(defect: Mapping[str, Any]) -> str:
    words = {
        name: _Word(_shown(defect[name]))
        for name in ("line", "column", "path")
        if defect.get(name) is not None
    }
    shown = {
        "line": _("line {line}"),
        "column": _("column {column}"),
        "path": "{path}",
    }
    return ", ".join(shown[name].format_map(words) for name in words)
