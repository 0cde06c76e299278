"""Who has which e-mail addresses, for many of them at once.

A statement by name takes a fixed number of values, and an address asked for at a time would cost an import as
much as all the rest of a row; so this one is made for as many addresses as there are.
"""

from collections.abc import Sequence

from socrekry.store.connect import Store

_TOGETHER = 500
_PLACE = {"sqlite": "?", "postgresql": "%s"}


def persons_by_email(store: Store, keys: Sequence[str]) -> dict[str, int]:
    """Return the number of the person that counts for each of these keys that somebody has."""
    known: dict[str, int] = {}
    for first in range(0, len(keys), _TOGETHER):
        some = keys[first : first + _TOGETHER]
        places = ", ".join([_PLACE[store.engine]] * len(some))
        asked = f"SELECT email_key, id FROM person WHERE NOT void AND email_key IN ({places})"  # noqa: S608
        known.update(store.engine_rows(asked, *some))
    return known
