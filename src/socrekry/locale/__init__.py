"""Say a text in the reader's language: English in the source, Swedish from the catalogue.

``_()`` translates now, into the language that ``use`` has chosen; ``N_()`` only marks a text that is
translated when it is shown. A catalogue is read when the first text is asked for, and never for
English, so that a command which prints JSON pays nothing. Without this one place, a text would be
translated where it is defined – before anybody has said which language they read.
"""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from socrekry.locale.guess import guess_language

if TYPE_CHECKING:
    from gettext import NullTranslations

__all__ = [
    "LANGUAGES",
    "N_",
    "_",
    "guess_language",
    "language",
    "ngettext",
    "paragraphs",
    "pgettext",
    "pick",
    "use",
]

SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "sv")


class _Reader:
    """Whom we speak to: the language chosen, and its catalogue once a text has been asked for."""

    language = SOURCE_LANGUAGE
    catalogue: "NullTranslations | None" = None


def use(language: str) -> None:
    """Speak ``language`` (``"sv"`` or ``"en"``) from now on; raise ValueError for any other."""
    if language not in LANGUAGES:
        message = f"no such language: {language!r}"
        raise ValueError(message)
    _Reader.language = language
    _Reader.catalogue = None


def language() -> str:
    """Return the language chosen, ``"sv"`` or ``"en"``."""
    return _Reader.language


def _(message: str) -> str:
    """Return ``message`` in the language chosen; as it is where the catalogue lacks it."""
    if _Reader.language == SOURCE_LANGUAGE or not message:
        return message
    return _catalogue().gettext(message)


def N_(message: str) -> str:
    """Mark ``message`` for the catalogue and return it unchanged; whoever shows it calls ``_``."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form that ``count`` asks for, in the language chosen."""
    if _Reader.language == SOURCE_LANGUAGE:
        return singular if count == 1 else plural
    return _catalogue().ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Return ``message`` as it is said in ``context``, for words that one language has two of."""
    if _Reader.language == SOURCE_LANGUAGE:
        return message
    return _catalogue().pgettext(context, message)


def pick(titles: Mapping[str, str]) -> str:
    """Return the title in the language chosen, else the English one, else any; ``""`` of none.

    For what users name themselves in several languages: the stages of a pipeline file.
    """
    for wanted in (_Reader.language, SOURCE_LANGUAGE, *titles):
        if titles.get(wanted):
            return titles[wanted]
    return ""


def paragraphs(docstring: str) -> list[str]:
    """Return the paragraphs of a docstring, each as it stands in the catalogue.

    Help and catalogue both cut with this, so a paragraph that is shown is one that was translated.
    """
    from inspect import cleandoc

    return [paragraph.strip("\n") for paragraph in cleandoc(docstring).split("\n\n") if paragraph.strip()]


def _catalogue() -> "NullTranslations":
    if _Reader.catalogue is None:
        _Reader.catalogue = _read_catalogue(os.path.dirname(__file__), _Reader.language)
    return _Reader.catalogue


def _read_catalogue(folder: str, language: str) -> "NullTranslations":
    """Return the compiled catalogue, or an empty one – English – where none was built."""
    from gettext import GNUTranslations, NullTranslations

    try:
        with open(os.path.join(folder, language, "LC_MESSAGES", "socrekry.mo"), "rb") as compiled:
            return GNUTranslations(compiled)
    except (FileNotFoundError, NotADirectoryError):
        return NullTranslations()
