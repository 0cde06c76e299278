"""A word that may stand somewhere, with what it means; and which of several a word begun may become."""

from collections.abc import Iterable
from typing import NamedTuple


class Choice(NamedTuple):
    """A word that may stand here, and what a person must know to choose it."""

    word: str
    meaning: str = ""


def beginning(found: Iterable[Choice], word: str) -> list[Choice]:
    """Return those that begin like ``word``, whatever the case and accents, each once.

    One with a character that cannot be shown is left out: it would break the line that is being typed.
    """
    fits = [each for each in found if each.word.isprintable()]
    if word:
        from socrekry.domain.names import search_key

        begins, typed = search_key(word), word.casefold()
        fits = [
            each
            for each in fits
            if each.word.casefold().startswith(typed) or (begins and search_key(each.word).startswith(begins))
        ]
    return list({each.word: each for each in fits}.values())
