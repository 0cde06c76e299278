"""Saved views of the list: the options that one name stands for.

Rule: a view holds options that were understood, written the one way that this program writes them; it is
made of what the command took them to mean, not of what was typed. Then a unit given by half its name, which
another unit will share one day, still means the same.
"""

from socrekry.cli.exits import Misused, say
from socrekry.domain.errors import InvalidInput
from socrekry.locale import _
from socrekry.reports.listing import USUAL_LIMIT, Wanted

_FLAGS = {"stalled": "--stalled", "closed": "--all"}
_NAMES = {"channel": "--source", "activity": "--source"}


def read_view(value: str | None) -> str | None:
    """Return the name of a view with its ``@``; raise InvalidInput for a word without it."""
    if value is not None and not value.startswith("@"):
        raise InvalidInput("view-unmarked", word=value)
    return value


def save_view(name: str, wanted: Wanted, limit: int) -> None:
    """Save what is wanted as a view, and say so."""
    from socrekry.cli.saved import VIEWS, save, typed

    words = words_of(wanted, limit)
    if not words:
        raise Misused(
            "view-empty", _("There is nothing to save: give the options that the view stands for."), ""
        )
    before = save(VIEWS, name, words)
    marked = name if name.startswith("@") else f"@{name}"
    say(_("{name} now stands for: {words}").format(name=marked, words=typed(words)))
    if before is not None and before != words:
        say(_("Before, it stood for: {words}").format(words=typed(before)))


def forget_view(name: str) -> None:
    """Forget a view, and say what it stood for; NotFound where there is none."""
    from socrekry.cli.saved import VIEWS, forget, typed

    words = forget(VIEWS, name)
    marked = name if name.startswith("@") else f"@{name}"
    say(_("{name} is forgotten. It stood for: {words}").format(name=marked, words=typed(words)))


def words_of(wanted: Wanted, limit: int) -> list[str]:
    """Return the options that ask for what is wanted."""
    words = []
    for name, value in wanted._asdict().items():
        if name in _FLAGS:
            words += [_FLAGS[name]] if value else []
        elif value is not None:
            words += [_NAMES.get(name, f"--{name}"), f"A-{value}" if name == "activity" else str(value)]
    return words if limit == USUAL_LIMIT else [*words, "--limit", str(limit)]
