"""Read a file that the user names: all of it as text, or an error that says why not."""

import sys

from socrekry.domain.errors import InvalidInput


def read_text(path: str, most: int) -> str:
    """Return a file's text (``-``: stdin's), at most ``most`` bytes of UTF-8 with or without a mark.

    InvalidInput ``file-not-found``, ``file-unreadable``, ``file-too-large`` or ``file-not-text``.
    """
    content = _content(path, most + 1)
    if len(content) > most:
        raise InvalidInput("file-too-large", path=path, most=most)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("file-not-text", path=path) from None


def _content(path: str, most: int) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(most)
    try:
        with open(path, "rb") as file:
            return file.read(most)
    except FileNotFoundError:
        raise InvalidInput("file-not-found", path=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidInput("file-unreadable", path=path, reason=reason) from error
