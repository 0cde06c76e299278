"""What is said of an export, and what becomes of a person's words on their way into a file.

Rule: words keep their line breaks, for a table can hold them and an import reads them back, and lose all else
that a screen would obey; what a spreadsheet would run is guarded as in any other CSV.
"""

from functools import partial

from socrekry.locale import _, ngettext
from socrekry.render.csvout import guarded
from socrekry.render.text import clean, count


def words_for_a_file(text: str, *, raw: bool = False) -> str:
    """Return the text without anything that a screen obeys or, unless ``raw``, a spreadsheet runs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    said = "\n".join([clean(line) for line in lines])
    return said if raw else guarded(said)


def candidates_in_words(rows: int, untold: int, place: str) -> list[str]:
    """Return what was exported where, and what the table leaves untold."""
    said = ngettext("{n} candidacy in {file}.", "{n} candidacies in {file}.", rows)
    lines = [said.format(n=count(rows), file=place)]
    if untold:
        more = ngettext(
            "{n} of them has more of a history than a row can tell (steps back, pauses, transfers, what was "
            "undone or corrected): the row says how it stands. All of it: socrekry export --events --all",
            "{n} of them have more of a history than a row can tell (steps back, pauses, transfers, what was "
            "undone or corrected): the rows say how they stand. All of it: socrekry export --events --all",
            untold,
        )
        lines.append(more.format(n=count(untold)))
    return lines


def events_in_words(rows: int, place: str) -> str:
    """Return how many entries of the log were exported where."""
    return ngettext("{n} entry in {file}.", "{n} entries in {file}.", rows).format(n=count(rows), file=place)


def so_far(rows: int) -> str:
    """Return how far an export has come."""
    return ngettext("{n} row …", "{n} rows …", rows).format(n=count(rows))


as_typed = partial(words_for_a_file, raw=True)


def standard_output() -> str:
    """Return what stdout is called where it is said what was written."""
    return _("standard output")
