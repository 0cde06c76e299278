"""Text as it may be shown: harmless, measured in terminal cells, and in the reader's language.

Everything that a person typed is hostile until ``clean`` has seen it: an escape sequence in a name
would repaint the screen, a bidi override would turn a line around. Numbers are written one way in
both languages (``8 400``, ``68 %``): a space groups thousands, because the comma that does so in
English is the decimal sign in Swedish. The spaces are ordinary ones, so that grep finds the figure.
"""

from collections.abc import Sequence

from socrekry.locale import _, ngettext

NOTHING = "–"

_SEQUENCES = (
    r"\x1b\][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # an operating system command: a title, a link
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"  # a control sequence: colour, cursor, erase
    r"|\x1b[ -/]*[0-Z\\^-~]"  # any other escape
)


def clean(text: str) -> str:
    """Return ``text`` on one line and with nothing in it that a screen would obey.

    Escape sequences, controls and format characters (bidi marks among them) are dropped; every kind
    of white space and line break becomes a space; half a surrogate pair becomes U+FFFD.
    """
    if text.isprintable():
        return text
    return _cleaned(text)


def _cleaned(text: str) -> str:
    import re
    from unicodedata import category

    shown = []
    for character in re.sub(_SEQUENCES, "", text.replace("\r\n", "\n")):
        kind = category(character)
        if kind[0] == "Z" or character in "\t\n\v\f\r\x85":
            shown.append(" ")
        elif kind == "Cs":
            shown.append("\ufffd")
        elif kind not in ("Cc", "Cf"):
            shown.append(character)
    return "".join(shown)


def width(text: str) -> int:
    """Return how many terminal cells ``text`` takes, cleaned as it is."""
    # Below U+0300 (ASCII, å, ä, ö …) a character is a cell; Unicode's tables are loaded only beyond.
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    from unicodedata import category, east_asian_width

    return len(text) + sum(
        -1 if category(character) in ("Mn", "Me", "Cf") else 1 if east_asian_width(character) in "WF" else 0
        for character in text
        if character >= "\u0300"
    )


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Return ``text`` filled with spaces to ``cells`` cells, to its right or, as numbers are, to its left."""
    missing = " " * (cells - width(text))
    return missing + text if right else text + missing


def shorten(text: str, cells: int) -> str:
    """Return ``text`` in at most ``cells`` cells, ending in ``…`` if it was cut.

    For prompts and progress only: an answer is never cut.
    """
    if width(text) <= cells:
        return text
    kept = text[:cells]
    while kept and width(kept) > cells - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…" if cells > 0 else ""


def joined(items: Sequence[str]) -> str:
    """Return ``items`` as a reader says them: ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return _("{items} and {last}").format(items=", ".join(items[:-1]), last=items[-1])


def count(number: int | None) -> str:
    """Return a number with its thousands apart; a dash when there is none."""
    return NOTHING if number is None else f"{number:,}".replace(",", " ")


def kronor(amount: int | None) -> str:
    """Return an amount of money, ``8 400 kr``; a dash when nobody knows it."""
    return NOTHING if amount is None else f"{count(amount)} kr"


def percent(share: float | None) -> str:
    """Return a share of one in whole per cent, halves upwards; a dash for a share of nothing."""
    return NOTHING if share is None else f"{count(int(share * 100 + 0.5))} %"


def days(number: int | None) -> str:
    """Return a number of days with its word."""
    return NOTHING if number is None else ngettext("{n} day", "{n} days", number).format(n=count(number))
