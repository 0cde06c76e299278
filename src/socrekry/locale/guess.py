"""Guess the reader's language from the machine, where neither a flag nor a setting says it.

Rule: the first of LC_ALL, LC_MESSAGES and LANG that is set decides, as POSIX has it; where none is
and the system keeps its language elsewhere (Windows, macOS), that is asked. Anything but Swedish is
answered in English. Without the order, a person who set ``LC_MESSAGES=en`` for one program could
not have it.
"""

import os
import sys
from collections.abc import Mapping

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
SWEDISH = frozenset({"sv", "swe", "swedish"})


def guess_language(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """Return ``"sv"`` or ``"en"``."""
    for variable in VARIABLES:
        if value := environ.get(variable):
            return _language_of(value)
    if platform in ("win32", "darwin"):
        return _language_of(_language_of_the_system())
    return "en"


def _language_of(name: str) -> str:
    """Read a locale's name: ``sv_SE.UTF-8``, ``sv-FI``, ``sv@euro`` or Windows' ``Swedish_Sweden.1252``."""
    word = name.replace("-", "_").replace(".", "_").replace("@", "_").partition("_")[0]
    return "sv" if word.lower() in SWEDISH else "en"


def _language_of_the_system() -> str:
    import locale

    return locale.getlocale()[0] or ""
