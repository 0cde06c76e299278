"""What no store can keep: a text with a NUL or half a character in it, a number of more than 64 bits.

Each engine refuses another part of it in words of its own, and cuts off or rounds the rest. Here all of it
is refused alike, also where it is only looked for: what can be typed on one engine can be moved to the other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from socrekry.domain.errors import InvalidInput

_NUL, _BITS = "\0", 63


@contextmanager
def keepable(*given: Mapping[str, Any]) -> Iterator[None]:
    """Run what is given values; InvalidInput("text-unkeepable", "number-unkeepable") for one of them."""
    for values in given:
        for value in values.values():
            if type(value) is str and _NUL in value:
                raise _text_unkeepable(_NUL)
            if type(value) is int and value.bit_length() > _BITS:
                raise InvalidInput("number-unkeepable")
    try:
        yield
    except UnicodeEncodeError as error:
        raise _text_unkeepable(error.object[error.start]) from None


def _text_unkeepable(sign: str) -> InvalidInput:
    return InvalidInput("text-unkeepable", sign=f"U+{ord(sign):04X}")
