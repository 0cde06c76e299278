"""Prose in lines of a given width, for a page that must not be wider even in a pipe.

The standard library breaks it: a character counts as one cell, and a terminal wraps what is wider still.
"""

from textwrap import TextWrapper


def broken(text: str, cells: int) -> list[str]:
    """Return ``text`` in lines of at most ``cells`` characters, broken at spaces, or in a longer word."""
    return TextWrapper(cells, break_on_hyphens=False).wrap(text) or [""]
