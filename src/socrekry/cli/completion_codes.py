"""What may stand as a value whatever the store holds: codes of closed sets, settings, what was saved."""

from collections.abc import Callable

from socrekry.cli.completion_choice import Choice
from socrekry.cli.completion_place import Place


def facts(_place: Place) -> list[Choice]:
    """Return every fact as it is recorded, with each value that it may have."""
    from socrekry.domain.facts import FACTS
    from socrekry.render.words import FACTS as WORDS
    from socrekry.render.words import word

    found = []
    for name, kind in FACTS.items():
        said = [f"{name}={value}" for value in kind.values] if len(kind.values) > 1 else [name]
        found += [Choice(each, word(WORDS, name)) for each in ([f"{name}="] if kind.text_required else said)]
    return found


def names_of_facts(_place: Place) -> list[Choice]:
    """Return every fact by its name."""
    from socrekry.domain.facts import FACTS
    from socrekry.render.words import FACTS as WORDS
    from socrekry.render.words import word

    return [Choice(name, word(WORDS, name)) for name in FACTS]


def kinds(_place: Place) -> list[Choice]:
    """Return the kinds of activities."""
    from socrekry.domain.channels import ACTIVITY_KINDS
    from socrekry.render.words import CHANNELS, word

    return [Choice(kind, word(CHANNELS, kind)) for kind in ACTIVITY_KINDS]


def outcomes(_place: Place) -> list[Choice]:
    """Return the outcomes that a candidacy may be closed with."""
    from socrekry.domain.intents import OUTCOMES
    from socrekry.render.words import OUTCOMES as WORDS
    from socrekry.render.words import word

    return [Choice(outcome, word(WORDS, outcome)) for outcome in OUTCOMES]


def settings(_place: Place) -> list[Choice]:
    """Return the settings."""
    from socrekry.cli.settings import KEYS

    return [Choice(key) for key in KEYS]


def days(_place: Place) -> list[Choice]:
    """Return today, written as days are."""
    from socrekry.cli.settings import clock

    return [Choice(clock().today.isoformat())]


def saved_names(kind: str, sign: str) -> Callable[[Place], list[Choice]]:
    """Return what tells the names that were saved, each behind ``sign``."""

    def reading(_place: Place) -> list[Choice]:
        from socrekry.cli.saved import names, saved, typed

        return [Choice(f"{sign}{name}", typed(saved(kind, name))) for name in names(kind)]

    return reading


def columns(place: Place) -> list[Choice]:
    """Return the mappings that were saved; after ``COLUMN=``, the fields."""
    from socrekry.exchange.columns import FIELDS

    column, equals, _ = place.word.partition("=")
    return [Choice(f"{column}={field}") for field in FIELDS] if equals else saved_names("maps", "@")(place)


def commands(place: Place) -> list[Choice]:
    """Return the commands; after the name of a group, those in it."""
    from socrekry.cli.index import GROUPS, names

    return [
        Choice(name) for name in names(" ".join(place.arguments)) if name not in GROUPS or not place.arguments
    ]
