"""A line as each shell hands it over, and the words as that shell takes them back.

Rule: bash and PowerShell give the line as it stands, quotes and all, and put back what they are given as it
is, so it is taken apart and quoted here by their rules; zsh and fish do both themselves. Without it, a unit
named *Barn och unga* would complete to three words.
"""

import os
from collections.abc import Callable, Sequence
from typing import NamedTuple

from socrekry.cli.completion_choice import Choice

_LISTING = {"63", "33", "64"}  # COMP_TYPE where bash shows the words, rather than put one into the line
_WIDEST = 60  # of what a word means, where it stands beside others
_BASH_SPECIAL = frozenset(" \t\n\\'\"$`!&()*;<>?[]^{|}~#")
_LEFT_IN_PLACE = frozenset("@$")  # readline breaks words before these, and after the others
_IN_DOUBLE = frozenset('"\\$`')
_POWERSHELL_SPECIAL = frozenset(" \t'\"$`&()*;<>?[]{|},@#")


class Lexed(NamedTuple):
    """A line taken apart: whole words, the word begun, and where and how that stands.

    ``raw`` is the begun word as typed; ``quote`` the quotation mark that is open at its end, or empty, and
    ``inside`` is where in ``raw`` what it opens begins.
    """

    words: list[str]
    word: str
    raw: str
    quote: str
    inside: int


class Line:
    """What was typed after the program's name, and how words are printed for the shell."""

    def __init__(
        self, words: Sequence[str], word: str, written: Callable[[Sequence[Choice]], list[str]]
    ) -> None:
        self.words = list(words)
        self.word = word
        self.written = written


def lexed(line: str, escape: str) -> Lexed:
    """Take a line apart by the quotes of bash (``escape`` is a backslash) or PowerShell (a grave accent)."""
    words: list[str] = []
    word, begins, inside, quote, begun = "", 0, 0, "", False
    place = 0
    while place < len(line):
        char = line[place]
        place += 1
        if quote:
            if char == quote and line[place : place + 1] == quote and escape == "`":
                word, place = word + char, place + 1
            elif char == quote:
                quote = ""
            elif char == escape and quote == '"' and line[place : place + 1] in _IN_DOUBLE:
                word, place = word + line[place : place + 1], place + 1
            else:
                word += char
        elif char in "'\"":
            begins, inside, quote, begun = (begins if begun else place - 1), place, char, True
        elif char.isspace():
            if begun:
                words.append(word)
            word, begun = "", False
        else:
            begins, begun = (begins if begun else place - 1), True
            if char == escape:
                char, place = line[place : place + 1], place + 1
            word += char
    begins = begins if begun else len(line)
    return Lexed(words, word, line[begins:], quote, inside - begins)


def from_bash(line: str, kind: str = "9", breaks: str = "") -> Line:
    """Read the line up to the cursor, ``COMP_TYPE`` and ``COMP_WORDBREAKS``."""
    parts = lexed(line, "\\")
    kept = _kept_by_readline(parts, breaks)

    def written(found: Sequence[Choice]) -> list[str]:
        words = [_for_bash(each.word[kept:], parts.quote) for each in found]
        if kind not in _LISTING or len(found) < 2 or not any(each.meaning for each in found):
            return words
        width = max(map(len, words))
        return [
            f"{word.ljust(width)}  ({_short(each.meaning)})" if each.meaning else word
            for word, each in zip(words, found, strict=True)
        ]

    return Line(_after_program(parts.words), parts.word, written)


def from_words(*words: str) -> Line:
    """Read the words as zsh gives them: the program, those before the word begun, and that."""
    return Line(words[1:-1], words[-1], _with_tabs)


def from_fish(*words: str) -> Line:
    """Read the words as fish gives them, the last of them as it was typed."""
    return Line(words[1:-1], lexed(words[-1], "\\").word, _with_tabs)


def from_powershell(line: str = "") -> Line:
    """Read the line up to the cursor, from ``COMPLETION_LINE``: Windows PowerShell loses quotes."""
    parts = lexed(line or os.environ.get("COMPLETION_LINE", ""), "`")

    def written(found: Sequence[Choice]) -> list[str]:
        shown = [_short(each.meaning) for each in found]
        return [
            f"{_for_powershell(each.word)}\t{each.word}\t{meaning}"
            for each, meaning in zip(found, shown, strict=True)
        ]

    return Line(_after_program(parts.words), parts.word, written)


READERS: dict[str, Callable[..., Line]] = {
    "bash": from_bash,
    "zsh": from_words,
    "fish": from_fish,
    "powershell": from_powershell,
}


def _with_tabs(found: Sequence[Choice]) -> list[str]:
    return [f"{each.word}\t{_short(each.meaning)}" if each.meaning else each.word for each in found]


def _after_program(words: list[str]) -> list[str]:
    """Return the words after the program's name, and after the variables that may be set before it."""
    while words and "=" in words[0]:
        words = words[1:]
    return words[1:]


def _kept_by_readline(parts: Lexed, breaks: str) -> int:
    """Return how many characters of the word stand before the piece that bash's readline will replace.

    It begins after an open quotation mark, or at the last character that breaks words: in ``--term=HT`` only
    ``HT`` is replaced.
    """
    raw = parts.raw
    if parts.quote:
        return len(lexed(raw[: parts.inside - 1], "\\").word)
    start, place, quote = 0, 0, ""
    while place < len(raw):
        char = raw[place]
        place += 1
        if char == "\\" and quote != "'":
            place += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in breaks:
            start = place - (char in _LEFT_IN_PLACE)
    return len(lexed(raw[:start], "\\").word)


def _for_bash(word: str, quote: str) -> str:
    if quote == "'":
        return word.replace("'", "'\\''")
    special = _IN_DOUBLE if quote else _BASH_SPECIAL
    return "".join(f"\\{char}" if char in special else char for char in word)


def _for_powershell(word: str) -> str:
    return "'" + word.replace("'", "''") + "'" if any(char in _POWERSHELL_SPECIAL for char in word) else word


def _short(meaning: str) -> str:
    from socrekry.render.text import clean, shorten

    return shorten(clean(meaning), _WIDEST)
