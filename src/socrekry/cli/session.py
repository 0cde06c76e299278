"""A command's store: opened as it needs, with who acts and when, and let go of at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from socrekry.cli.settings import clock, current
from socrekry.domain.errors import InvalidInput
from socrekry.services.opening import opened
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store

LONGEST_ACTOR = 200


@contextmanager
def reading() -> Iterator[Store]:
    """Give the store to a command that only reads."""
    with opened(current().db, writing=False) as store:
        yield store


@contextmanager
def writing(command: str, *, dry_run: bool = False) -> Iterator[Writing]:
    """Give the store to a command that writes; its name is what `history` and `undo` will say."""
    today, now = clock()
    actor = " ".join(current().actor.split())
    if len(actor) > LONGEST_ACTOR:
        raise InvalidInput("text-too-long", field="actor", longest=LONGEST_ACTOR)
    occasion = Occasion(actor or "unknown", command, today, now)
    with opened(current().db, writing=True) as store:
        yield Writing(store, occasion, dry_run=dry_run)
