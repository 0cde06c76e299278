"""What students speak of, and how: themes that voices are counted by, and wish, concern or praise.

A theme has a code, which is kept and counted, and a title in each language. Those below come along; a
user adds her own. What was typed means a theme by its code or a title in any language, or by a part of
one. Were themes free text, *handledning* and *bra handledning* would be two, and nothing would be frequent.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound
from socrekry.domain.matching import matching
from socrekry.domain.names import search_key

WISH, CONCERN, PRAISE = "wish", "concern", "praise"
KINDS = (WISH, CONCERN, PRAISE)
_KIND_WORDS = {
    WISH: ("wish", "wishes", "önskemål", "önskan", "önskar"),
    CONCERN: ("concern", "concerns", "fear", "fears", "oro", "orolig", "farhåga", "farhågor"),
    PRAISE: ("praise", "beröm", "positivt"),
}
_CODE = re.compile(r"[a-zåäö0-9][a-zåäö0-9-]{0,39}")


class Theme(NamedTuple):
    """A theme: its code, its titles by language, and whether a user has added it."""

    code: str
    titles: dict[str, str]
    own: bool = False


THEMES = tuple(
    Theme(code, {"en": english, "sv": swedish})
    for code, english, swedish in (
        ("supervision", "supervision", "handledning"),
        ("introduction", "introduction", "introduktion"),
        ("workload", "workload", "arbetsbelastning"),
        ("threats", "threats and violence", "hot och våld"),
        ("pay", "pay", "lön"),
        ("development", "professional development", "kompetensutveckling"),
        ("colleagues", "colleagues", "kollegor"),
        ("management", "management", "chef och ledning"),
        ("responsibility", "responsibility", "ansvar"),
        ("meaning", "meaningful work", "meningsfullt arbete"),
        ("hours", "working hours", "arbetstider"),
        ("housing", "housing", "bostad"),
        ("travel", "distance and travel", "avstånd och resor"),
        ("public-image", "public image", "bilden av yrket"),
        ("staff-turnover", "staff turnover", "personalomsättning"),
        ("thesis", "thesis", "uppsats"),
    )
)


def voice_kind(text: str) -> str:
    """Return which of `KINDS` a word means, in either language; InvalidInput ``voice-kind-invalid``."""
    sought = search_key(text)
    for kind, words in _KIND_WORDS.items():
        if sought in map(search_key, words):
            return kind
    raise InvalidInput("voice-kind-invalid", value=text, kinds=list(KINDS))


def every_theme(own: Iterable[tuple[str, str]]) -> tuple[Theme, ...]:
    """Return the themes that come along and a user's own, each a code and a title, after them.

    A code that has come to be among the former since is the user's all the same.
    """
    themes = {theme.code: theme for theme in THEMES}
    themes |= {code: Theme(code, {"en": title, "sv": title}, own=True) for code, title in own}
    return tuple(themes.values())


def theme_called(themes: Iterable[Theme], code: str) -> Theme:
    """Return the theme with that code; one that nobody knows is called by its code."""
    return next((theme for theme in themes if theme.code == code), Theme(code, {"en": code, "sv": code}))


def theme_meant(themes: Iterable[Theme], text: str) -> Theme:
    """Return the theme that a text means: by its code or a title, or the only one of which it is a part.

    NotFound ``theme-not-found`` lists those there are; Ambiguous ``theme-ambiguous`` those that it may be.
    """
    every = {theme.code: theme for theme in themes}
    spelt = [(key, code) for code, theme in every.items() for key in _keys(theme)]
    found = list(dict.fromkeys(code for _, code in matching(spelt, text, lambda pair: pair[0])))
    if not found:
        raise NotFound(
            "theme-not-found",
            theme=text,
            code=_code_like(text),
            themes=[_named(theme) for theme in every.values()],
        )
    if len(found) > 1:
        raise Ambiguous("theme-ambiguous", theme=text, candidates=[_named(every[code]) for code in found])
    return every[found[0]]


def theme_namesake(themes: Iterable[Theme], code: str, title: str) -> Theme | None:
    """Return the theme that has this code or title already, in any language, or None."""
    wanted = {search_key(code), search_key(title)}
    return next((theme for theme in themes if not wanted.isdisjoint(_keys(theme))), None)


def theme_code(text: str) -> str:
    """Return a code for a new theme as it is kept; InvalidInput ``theme-code-invalid``."""
    code = text.strip().casefold()
    if not _CODE.fullmatch(code):
        raise InvalidInput("theme-code-invalid", value=text)
    return code


def _keys(theme: Theme) -> Iterator[str]:
    yield search_key(theme.code)
    yield from map(search_key, theme.titles.values())


def _named(theme: Theme) -> dict[str, Any]:
    return {"theme": theme.code, "titles": theme.titles}


def _code_like(text: str) -> str:
    """Return a code that a theme of that title could have."""
    return re.sub(r"[^a-z0-9]+", "-", search_key(text)).strip("-")[:40].strip("-") or "CODE"
