"""What stands in the sheets of an ``.ods`` workbook, seen before it is opened: extent, and cells in error.

There a cell may say that it stands a million times in a row. Rule: it is counted as often as it says, and
what would unfold too far is refused.
"""

from collections.abc import Iterable
from xml.parsers import expat

from socrekry.domain.errors import InvalidInput

MOST_CELLS = 12_000_000
MOST_TEXT = 400_000_000
_ERROR = "error"


class _Sheets:
    """The sheets as far as they have been read."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.faults: dict[str, dict[int, dict[int, tuple[str, str]]]] = {}
        self._sheet, self._row, self._column, self._rows = "", 0, 0, 1
        self._high, self._wide, self._repeated, self._text = 0, 0, 1, 0
        self._cells, self._texts = 0, 0

    def begin(self, tag: str, said: dict[str, str]) -> None:
        """Take the beginning of an element."""
        match tag.rpartition(":")[2]:
            case "table" if tag.startswith("table:"):
                self._cells += self._high * self._wide
                self._sheet, self._row, self._high, self._wide = said.get("table:name", ""), 0, 0, 0
            case "table-row":
                self._rows, self._column = int(said.get("table:number-rows-repeated", 1)), 0
            case "table-cell" | "covered-table-cell":
                self._cell(said)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "table:table-row":
            self._row += self._rows
        elif tag == "table:table-cell":
            self._texts += self._text * self._rows * self._repeated
            if self._texts > MOST_TEXT:
                raise InvalidInput("workbook-too-large", path=self._name)

    def text(self, text: str) -> None:
        """Take some of what a cell says."""
        self._text += len(text)

    def _cell(self, said: dict[str, str]) -> None:
        columns = int(said.get("table:number-columns-repeated", 1))
        self._repeated, self._text = columns, len(said.get("office:string-value", ""))
        if "office:value-type" in said or "table:formula" in said:
            self._wide = max(self._wide, self._column + columns)
            self._high = self._row + self._rows  # those above that hold nothing belong to it as well
            if self._cells + self._high * self._wide > MOST_CELLS:
                raise InvalidInput("workbook-too-large", path=self._name)
            if said.get("calcext:value-type") == _ERROR:
                self._note("cell-error", said.get("office:string-value", ""))
            elif "table:formula" in said and "office:value-type" not in said:
                self._note("formula-without-value", "")
        self._column += columns

    def _note(self, code: str, shown: str) -> None:
        self.faults.setdefault(self._sheet, {}).setdefault(self._row, {})[self._column] = (code, shown)


def faults_of(pieces: Iterable[bytes], name: str) -> dict[str, dict[int, dict[int, tuple[str, str]]]]:
    """Return the faulty cells of each sheet by its name; InvalidInput ``workbook-too-large``."""
    sheets, parser = _Sheets(name), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = sheets.begin, sheets.end
    parser.CharacterDataHandler = sheets.text
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InvalidInput("workbook-broken", path=name, reason=str(error)) from None
    return sheets.faults
