"""What stands in a workbook of old Excel (``.xls``), seen before it is opened: extent, lock, cells in error.

Such a file is a small file system of sectors, and the workbook a stream in it, made of records. Rule: a chain
that leads out of the file, or back into itself, is a damaged file; nothing is taken on trust.
"""

from collections.abc import Iterator
from struct import error as TooShort  # noqa: N812 – what it means here
from struct import unpack_from

from socrekry.domain.errors import InvalidInput

MOST_CELLS = 12_000_000
_END = 0xFFFFFFFA  # from here on a number is no sector
_CELLS = frozenset((0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
_FORMULA, _TRUTH_OR_ERROR, _LOCKED, _SHEET, _OF_A_ROW = 0x0006, 0x0205, 0x002F, 0x0085, 0x00BD
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MODERN = 0x0600


def faults_of(whole: bytes, name: str) -> dict[str, dict[int, dict[int, tuple[str, str]]]]:
    """Return the faulty cells of each sheet by its name.

    InvalidInput ``workbook-broken``, ``workbook-locked`` or ``workbook-too-large``.
    """
    try:
        files = _Files(whole)
        if "EncryptedPackage" in files.places:
            raise InvalidInput("workbook-locked", path=name)
        stream = files.content("Workbook" if "Workbook" in files.places else "Book")
        return _faults(stream, name)
    except (TooShort, IndexError, KeyError, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise InvalidInput("workbook-broken", path=name, reason=reason) from None


class _Files:
    """The streams in a file of sectors, by name: each one's first sector and its size."""

    def __init__(self, whole: bytes) -> None:
        self._whole = whole
        self._size = 1 << unpack_from("<H", whole, 30)[0]
        if self._size not in (512, 4096):
            raise ValueError("sectors")
        self._small_size, self._small_below = 1 << unpack_from("<H", whole, 32)[0], 4096
        first_directory, first_small, first_more = (unpack_from("<I", whole, at)[0] for at in (48, 60, 68))
        listed = [each for each in unpack_from("<109I", whole, 76) if each < _END]
        self._next: list[int] = []
        while first_more < _END and len(listed) * self._size < len(whole):
            more = self._numbers(first_more)
            listed += [each for each in more[:-1] if each < _END]
            first_more = more[-1]
        for each in listed:
            self._next += self._numbers(each)
        directory = b"".join(map(self._sector, self._chain(first_directory, self._next)))
        self.places: dict[str, tuple[int, int]] = {}
        for at in range(0, len(directory) - 127, 128):
            length = unpack_from("<H", directory, at + 64)[0]
            title = directory[at : at + max(0, length - 2)].decode("utf-16-le", "replace")
            first, size = unpack_from("<II", directory, at + 116)
            if directory[at + 66] in (2, 5):
                self.places.setdefault(title, (first, size))
        small = b"".join(map(self._sector, self._chain(first_small, self._next)))
        self._next_small = list(unpack_from(f"<{len(small) // 4}I", small))

    def content(self, title: str) -> bytes:
        """Return a stream; KeyError or ValueError where there is none or it leads out of the file."""
        first, size = self.places[title]
        if size >= self._small_below:
            found = b"".join(map(self._sector, self._chain(first, self._next)))
        else:
            root = self.places["Root Entry"][0]
            container = b"".join(map(self._sector, self._chain(root, self._next)))
            width = self._small_size
            chain = self._chain(first, self._next_small)
            found = b"".join(container[each * width : (each + 1) * width] for each in chain)
        if len(found) < size:
            raise ValueError(title)
        return found[:size]

    def _sector(self, number: int) -> bytes:
        found = self._whole[(number + 1) * self._size : (number + 2) * self._size]
        if not found:
            raise ValueError(number)
        return found

    def _numbers(self, number: int) -> list[int]:
        return list(unpack_from(f"<{self._size // 4}I", self._sector(number)))

    def _chain(self, first: int, following: list[int]) -> Iterator[int]:
        seen, number = 0, first
        while number < _END:
            seen += 1
            if seen > len(following):
                raise ValueError(number)
            yield number
            number = following[number]


def _faults(stream: bytes, name: str) -> dict[str, dict[int, dict[int, tuple[str, str]]]]:
    sheets: dict[int, str] = {}
    faults: dict[str, dict[int, dict[int, tuple[str, str]]]] = {}
    version = unpack_from("<H", stream, 4)[0]
    begun, cells, rows, columns = "", 0, 0, 0
    for at, kind, length in _records(stream):
        begun = sheets.get(at - 4, begun)
        if at - 4 in sheets:
            cells, rows, columns = cells + rows * columns, 0, 0
        if kind == _LOCKED:
            raise InvalidInput("workbook-locked", path=name)
        if kind == _SHEET:
            begins = unpack_from("<I", stream, at)[0]
            sheets[begins] = _title(stream, at + 6, version)
        elif kind in _CELLS and begun:
            row, column = unpack_from("<HH", stream, at)
            last = unpack_from("<H", stream, at + length - 2)[0] if kind == _OF_A_ROW else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            if cells + rows * columns > MOST_CELLS:
                raise InvalidInput("workbook-too-large", path=name)
            if shown := _error(stream, at, kind):
                faults.setdefault(begun, {}).setdefault(row, {})[column] = ("cell-error", shown)
    return faults


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where the content of each record begins, its kind and its length."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = unpack_from("<HH", stream, at)
        at += 4
        if at + length > len(stream):
            raise ValueError("records")
        yield at, kind, length
        at += length


def _title(stream: bytes, at: int, version: int) -> str:
    """Return the name of a sheet: a letter has one byte or two, as the byte before them says."""
    length = stream[at]
    if version < _MODERN:
        return stream[at + 1 : at + 1 + length].decode("cp1252", "replace")
    wide = stream[at + 1] & 1
    letters = stream[at + 2 : at + 2 + length * (wide + 1)]
    return letters.decode("utf-16-le" if wide else "latin-1", "replace")


def _error(stream: bytes, at: int, kind: int) -> str:
    """Return the error that a cell holds, itself or as what its formula came to; empty where it is none."""
    if kind == _TRUTH_OR_ERROR:
        return _ERRORS.get(stream[at + 6], "#") if stream[at + 7] else ""
    if kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        return _ERRORS.get(stream[at + 8], "#")
    return ""
