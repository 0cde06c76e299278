"""Read on while others work on what has been read: an engine and whoever asks it need not wait by turns."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def ahead(read: Callable[[], T | None]) -> Iterator[T]:
    """Give what ``read`` gives until that is None; a thread of its own reads, one ahead at most."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(read)
        while (found := coming.result()) is not None:
            coming = reader.submit(read)
            yield found
