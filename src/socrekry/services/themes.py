"""Themes: those that come along and a user's own, and how often each was heard.

A theme has one code and no two share a title, in any language: what was typed must mean one of them.
"""

from typing import NamedTuple

from socrekry.domain.errors import Refused
from socrekry.domain.themes import Theme, every_theme, theme_code, theme_meant, theme_namesake
from socrekry.services.texts import kept_text
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class ThemeHeard(NamedTuple):
    """A theme, and how often it was heard."""

    theme: Theme
    heard: int


def add_theme(writing: Writing, code: str, title: str) -> Theme:
    """Add a theme. Refused ``theme-known`` where one has that code or title, in any language."""
    new, called = theme_code(code), kept_text(title, "title", 80)
    with writing.transaction():
        known = theme_namesake(every_theme_of(writing.store), new, called)
        if known is not None:
            raise Refused("theme-known", code=known.code, title=called)
        writing.store.write("voices.add_theme", code=new, title=called)
        writing.created("theme", new)
    return Theme(new, {"en": called, "sv": called}, own=True)


def themes(store: Store) -> tuple[ThemeHeard, ...]:
    """Return every theme with how often it was heard: the most frequent first."""
    with store.snapshot():
        heard: dict[str, int] = dict(store.rows("voices.heard"))
        found = [ThemeHeard(theme, heard.get(theme.code, 0)) for theme in every_theme_of(store)]
    return tuple(sorted(found, key=lambda each: -each.heard))


def find_theme(store: Store, text: str) -> Theme:
    """Return the theme that is meant; NotFound ``theme-not-found``, Ambiguous ``theme-ambiguous``."""
    return theme_meant(every_theme_of(store), text)


def require_unused(store: Store, code: str) -> None:
    """Raise Refused ``in-use`` where a voice speaks of the theme."""
    if store.value("voices.of_theme", theme=code):
        raise Refused("in-use", what=code, entity="theme", key=code)


def every_theme_of(store: Store) -> tuple[Theme, ...]:
    """Return the themes that come along and those that users have added."""
    return every_theme(store.rows("voices.themes"))
