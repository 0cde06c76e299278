"""Open a store; a new one is furnished with the shipped pipelines and the known universities."""

from socrekry.store.connect import Store, open_store


def opened(location: str, *, writing: bool) -> Store:
    """Return the store at a path, made and furnished first where there is none."""
    return open_store(location, writing=writing, furnish=_furnish)


def _furnish(store: Store) -> None:
    from socrekry.services.founding import furnish  # reads TOML: only a new store needs it

    furnish(store)
