"""What is inside a zipped workbook, seen before it is opened: how large it would become, and which cells are
errors.

A library that reads a workbook takes all of it into memory, as a rectangle from the first cell to the last:
one cell at the far corner of a sheet is seventeen thousand million of them. Rule: whatever unfolds too far is
refused by its own content, never by the sizes that it states of itself. The values of cells that hold an
error do not come out of the library, so they are noted here, each by its row and column from 0.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from struct import unpack
from typing import BinaryIO, TypeAlias
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile, ZipInfo

from socrekry.domain.errors import InvalidInput

MOST_BYTES = 200_000_000
"""A file that is larger is no list of candidates: a hundred thousand of them are ten million bytes."""
MOST_UNFOLDED = 600_000_000
MOST_CELLS = 12_000_000
MOST_TEXT = 400_000_000
_SMALL, _RATIO = 20_000_000, 250
_MOST_PARTS = 10_000
_CHUNK = 1 << 18

Faults: TypeAlias = dict[int, dict[int, tuple[str, str]]]
"""By row and column from 0: a code, and what the cell shows."""

_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>/]*>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_SHARED = re.compile(rb't="s"[^>]*>\s*<(?:\w+:)?v>(\d{1,9})<')
_SHARED_END = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def examined(whole: BinaryIO, name: str) -> dict[str, Faults]:
    """Return the faulty cells of each sheet by its name.

    InvalidInput ``workbook-broken``, ``workbook-too-large``, ``workbook-locked``, or ``file-other-kind``
    for an archive that is no workbook we read.
    """
    try:
        with ZipFile(whole) as archive:
            parts = {each.filename: each for each in archive.infolist()}
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise InvalidInput("workbook-broken", path=name, reason=str(error)) from None
    if len(parts) > _MOST_PARTS:
        raise InvalidInput("workbook-too-large", path=name)
    if any(each.flag_bits & 1 for each in parts.values()):
        raise InvalidInput("workbook-locked", path=name)
    reading = _Parts(whole, name, parts)
    try:
        if "xl/workbook.xml" in parts:
            return reading.of_excel()
        if "content.xml" in parts and "mimetype" in parts:
            from socrekry.exchange.open_documents import faults_of

            return faults_of(reading.unfolded("content.xml"), name)
    except (zlib.error, ET.ParseError, ValueError, KeyError) as error:
        raise InvalidInput("workbook-broken", path=name, reason=str(error)) from None
    raise InvalidInput("file-other-kind", path=name, kind="XLSB" if "xl/workbook.bin" in parts else "ZIP")


class _Parts:
    """The parts of one archive, unfolded one by one and counted together."""

    def __init__(self, whole: BinaryIO, name: str, parts: dict[str, ZipInfo]) -> None:
        self._whole, self._name, self._parts = whole, name, parts
        self._unfolded, self._cells, self._texts = 0, 0, 0

    def unfolded(self, part: str) -> Iterator[bytes]:
        """Yield what a part really holds, in pieces, for as long as that is within bounds."""
        info, so_far = self._parts[part], 0
        for piece in self._pieces(info):
            so_far += len(piece)
            self._unfolded += len(piece)
            too_dense = so_far > _SMALL and so_far > _RATIO * info.compress_size
            if too_dense or self._unfolded > MOST_UNFOLDED:
                raise self._too_large()
            yield piece

    def of_excel(self) -> dict[str, Faults]:
        """Return the faulty cells of each sheet, when every part has been seen to be within bounds."""
        named = self._sheet_parts()
        for part in self._parts:
            if part.endswith((".xml", ".rels")) and part not in named.values() and not _of_sheets(part):
                for _piece in self.unfolded(part):
                    pass
        lengths = self._lengths()
        found = {part: self._sheet(part, lengths) for part in self._parts if _of_sheets(part)}
        return {sheet: found[part] for sheet, part in named.items() if part in found}

    def _pieces(self, info: ZipInfo) -> Iterator[bytes]:
        """Yield the pieces that the deflated data unfolds to, whatever length the archive states for it."""
        self._whole.seek(info.header_offset)
        header = self._whole.read(30)
        if len(header) < 30 or info.compress_type not in (0, 8):
            raise ValueError(info.filename)
        self._whole.seek(sum(unpack("<HH", header[26:30])), 1)
        left, unfolding = info.compress_size, zlib.decompressobj(-15)
        while left > 0 and (block := self._whole.read(min(left, _CHUNK))):
            left -= len(block)
            if not info.compress_type:
                yield block
                continue
            while block:
                yield unfolding.decompress(block, _CHUNK)
                block = unfolding.unconsumed_tail
        if info.compress_type and not unfolding.eof:
            raise ValueError(info.filename)

    def _document(self, part: str) -> ET.Element:
        return ET.fromstring(b"".join(self.unfolded(part)))  # noqa: S314 – expat keeps entities within bounds

    def _sheet_parts(self) -> dict[str, str]:
        """Return the part in which each sheet stands, by the sheet's name."""
        relations = "xl/_rels/workbook.xml.rels"
        if relations not in self._parts:
            return {}
        targets = {
            each.get("Id"): (each.get("Target") or "").removeprefix("/").removeprefix("xl/")
            for each in self._document(relations)
        }
        return {
            each.get("name") or "": f"xl/{targets.get(each.get(_RELATION))}"
            for each in self._document("xl/workbook.xml").iter()
            if each.tag.rpartition("}")[2] == "sheet"
        }

    def _lengths(self) -> list[int]:
        """Return the length of every shared text, which as many cells as like may repeat."""
        lengths, carried = [], 0
        if "xl/sharedStrings.xml" not in self._parts:
            return []
        for block in _blocks(self.unfolded("xl/sharedStrings.xml"), b"<"):
            ends = [each.end() for each in _SHARED_END.finditer(block)]
            if not ends:
                carried += len(block)
                continue
            lengths += [ends[0] + carried, *(b - a for a, b in pairwise(ends))]
            carried = len(block) - ends[-1]
        return lengths

    def _sheet(self, part: str, lengths: list[int]) -> Faults:
        faults: Faults = {}
        rows, columns, longest = 0, 0, max(lengths, default=0)
        for block in _blocks(self.unfolded(part), b"<row", b":row"):
            found = _REFERENCE.findall(block)
            columns = max([columns, *map(_column, {letters for letters, _row in found})])
            rows = max([rows, *map(int, {number for _letters, number in found})])
            if longest * len(found) > _SMALL:
                self._texts += sum(
                    lengths[at] for at in map(int, _SHARED.findall(block)) if at < len(lengths)
                )
            if self._cells + rows * columns > MOST_CELLS or self._texts > MOST_TEXT:
                raise self._too_large()
            if b't="e"' in block or _FORMULA.search(block):
                for row, column, code, shown in _faulty(block):
                    faults.setdefault(row, {})[column] = (code, shown)
        self._cells += rows * columns
        return faults

    def _too_large(self) -> InvalidInput:
        return InvalidInput("workbook-too-large", path=self._name)


def _of_sheets(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")


def _blocks(pieces: Iterable[bytes], *begins: bytes) -> Iterator[bytes]:
    """Yield the pieces anew, each cut where an element of that name begins."""
    carried = b""
    for piece in pieces:
        block = carried + piece
        at = block.rfind(b"<", 0, max(block.rfind(each) for each in begins) + 1)
        if at <= 0 and len(block) < 16 * _CHUNK:
            carried = block
            continue
        at = at if at > 0 else len(block)
        yield block[:at]
        carried = block[at:]
    if carried:
        yield carried


def _column(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number


def _faulty(block: bytes) -> Iterator[tuple[int, int, str, str]]:
    """Yield the place of every error, and of every formula that was never worked out."""
    for found in _CELL.finditer(block):
        attributes, content = found.groups()
        is_error = b't="e"' in attributes
        if not is_error and (b't="str"' in attributes or not _FORMULA.search(content)):
            continue
        value, place = _VALUE.search(content), _REFERENCE.search(attributes)
        if place and (is_error or value is None):
            code = "cell-error" if is_error else "formula-without-value"
            shown = value[1].decode("utf-8", "replace").strip() if value else ""
            yield int(place[2]) - 1, _column(place[1]) - 1, code, shown
