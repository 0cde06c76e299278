"""The text of a stream, in whichever encoding it is written, line by line.

A mark at the beginning says it outright. Otherwise the first letter that is not ASCII decides: as UTF-8 it
is valid or it is not, and Swedish text in Windows-1252 is valid UTF-8 by chance only where capitals Å, Ä or
Ö before a dash are all that it has beyond ASCII. What was not said is a guess, and is told as one. Rule: what
is neither is refused, by its line. Read in the wrong encoding, every ö becomes two letters or another one,
and nobody would notice until a letter had been sent.
"""

import codecs
import re
from collections.abc import Callable, Iterator
from io import StringIO
from typing import BinaryIO

from socrekry.domain.errors import InvalidInput

UTF_8, WINDOWS = "utf-8", "cp1252"
LONGEST_LINE = 32_000_000
"""So many bytes may stand before a line ends; what is longer is no table, and would fill the memory."""

_BLOCK = 1 << 18
# The longer marks first: that of UTF-32 begins like that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, UTF_8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In Windows-1252 these are signs that no word has in it, or none at all; elsewhere they are å, ä and ö: in
# the code page of DOS, and on old Macs.
_NO_WINDOWS = re.compile(
    rb"[\x81\x8d\x8f\x90\x9d]|[a-z][\x8a\x8c\x8e]|[A-Za-z][\x80\x82-\x90\x93-\x95\x98\x99\x9b\x9d][A-Za-z]"
)
_UTF_8_AFTER_ALL = re.compile(rb"\xc3[\x80-\xbf]")


class Text:
    """The lines of a stream. ``guess`` is the encoding that they were read in, if nobody has said it."""

    def __init__(self, stream: BinaryIO, name: str, encoding: str | None = None, begun: bytes = b"") -> None:
        """Take what ``begun`` holds of the stream already; InvalidInput ``encoding-unknown``."""
        self.guess: str | None = None
        self._said = known_encoding(encoding) if encoding else None
        self._stream, self._name, self._begun = stream, name, begun
        self._lines_before = 0

    def __iter__(self) -> Iterator[str]:
        """Yield every line with its end; InvalidInput ``line-not-text``, ``encoding-unclear`` and more."""
        for block in self._decoded():
            if "\0" in block:
                raise self._error("line-not-text", block.count("\n", 0, block.index("\0")))
            yield from StringIO(block, newline="")
            self._lines_before += block.count("\n")

    def _decoded(self) -> Iterator[str]:
        begun = self._read(4096)
        marked = next((each for each in _MARKS if begun.startswith(each[0])), None)
        self._begun = begun.removeprefix(marked[0]) if marked else begun
        encoding = self._said or (marked[1] if marked else _by_its_zeros(begun))
        if encoding is None:
            yield from self._blocks(self._utf_8_or_windows())
            return
        if not self._said and not marked:
            self.guess = encoding
        # Signs of two and four bytes are cut where the decoder says, all others where a line ends.
        wide = encoding.replace("_", "-").startswith(("utf-16", "utf-32"))
        yield from self._wide(encoding) if wide else self._blocks(self._in(encoding))

    def _blocks(self, decode: Callable[[bytes], str]) -> Iterator[str]:
        """Yield the text in blocks of whole lines."""
        carried: list[bytes] = []
        while block := self._read(_BLOCK):
            end = max(block.rfind(b"\n"), block.rfind(b"\r", 0, -1)) + 1
            if not end:
                carried.append(block)
                self._require_an_end(sum(map(len, carried)))
                continue
            yield decode(b"".join([*carried, block[:end]]))
            carried = [block[end:]]
        if any(carried):
            yield decode(b"".join(carried))

    def _wide(self, encoding: str) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(encoding)()
        carried = ""
        while block := self._read(_BLOCK):
            try:
                carried += decoder.decode(block)
            except UnicodeDecodeError:
                raise self._error("line-not-text", carried.count("\n")) from None
            end = max(carried.rfind("\n"), carried.rfind("\r", 0, -1)) + 1
            self._require_an_end(len(carried) - end)
            if end:
                yield carried[:end]
            carried = carried[end:]
        if decoder.getstate()[0]:
            raise self._error("line-not-text", carried.count("\n"))
        if carried:
            yield carried

    def _in(self, encoding: str) -> Callable[[bytes], str]:
        def decode(block: bytes) -> str:
            try:
                return block.decode(encoding)
            except UnicodeDecodeError as error:
                code = "line-not-text" if encoding == UTF_8 else "file-not-in-encoding"
                raise self._error(code, block.count(b"\n", 0, error.start), encoding=encoding) from None

        return decode

    def _utf_8_or_windows(self) -> Callable[[bytes], str]:
        chosen: str | None = None

        def decode(block: bytes) -> str:
            nonlocal chosen
            if block.isascii():
                return block.decode("ascii")
            if chosen != WINDOWS:
                try:
                    text = block.decode(UTF_8)
                except UnicodeDecodeError as error:
                    if chosen or _UTF_8_AFTER_ALL.search(block):
                        raise self._error("line-not-text", block.count(b"\n", 0, error.start)) from None
                else:
                    chosen = UTF_8
                    return text
            chosen = self.guess = WINDOWS
            if strange := _UTF_8_AFTER_ALL.search(block):
                raise self._error("line-not-text", block.count(b"\n", 0, strange.start()))
            if strange := _NO_WINDOWS.search(block):
                raise self._error("encoding-unclear", block.count(b"\n", 0, strange.start()))
            return block.decode(WINDOWS)

        return decode

    def _read(self, most: int) -> bytes:
        """Return some of what is left; from a pipe, what has come so far."""
        if self._begun:
            begun, self._begun = self._begun, b""
            return begun
        try:
            read1: Callable[[int], bytes] = getattr(self._stream, "read1", self._stream.read)
            return read1(most)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InvalidInput("file-unreadable", path=self._name, reason=reason) from None

    def _require_an_end(self, length: int) -> None:
        if length > LONGEST_LINE:
            raise self._error("line-too-long", 0, most=LONGEST_LINE)

    def _error(self, code: str, lines: int, **details: object) -> InvalidInput:
        return InvalidInput(code, path=self._name, line=self._lines_before + lines + 1, **details)


def known_encoding(name: str) -> str:
    """Return an encoding by the name that Python has for it; InvalidInput ``encoding-unknown``."""
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # what turns bytes into bytes is no encoding of text
    except (LookupError, ValueError):
        raise InvalidInput("encoding-unknown", encoding=name) from None
    return found.name


def _by_its_zeros(begun: bytes) -> str | None:
    """Return which UTF-16 it is without its mark: of plain letters every other byte is a zero."""
    even, odd = begun[::2].count(0), begun[1::2].count(0)
    if max(even, odd) * 4 < len(begun) or min(even, odd) * 8 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"
