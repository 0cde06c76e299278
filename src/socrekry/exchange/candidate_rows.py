"""From the cells of a table to candidates: every value is read, and every one that cannot be is named.

Rule: what is wrong with a row is told all at once, in our own words, by line and column, and what could be
read goes along, so that the service can say what else is wrong. Told one by one, a table of a hundred faults
would be mended a hundred times.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from socrekry.domain.errors import InvalidInput
from socrekry.domain.facts import fact_kind, fact_value
from socrekry.exchange.candidate_values import READERS
from socrekry.exchange.codes import read_fact_value, read_yes_or_no
from socrekry.exchange.columns import FACT, FACT_DAY, FIELD, LEFT_OUT, STAGE, Column
from socrekry.exchange.days import read_day
from socrekry.exchange.tables import Table, TableRow
from socrekry.services.imported import DatedStage, Row
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details

PERSONAL = ("name", "email", "phone", "university")


def rows_of(table: Table, columns: Sequence[Column]) -> Iterator[Row]:
    """Yield every row of the table, with its defects; InvalidInput as `Table.rows`."""
    return map(_Columns(columns).row, table.rows())


class _Columns:
    """What the columns are about, sorted once so that a row is read without asking again."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.all = tuple(columns)
        self.names = tuple([each.field for each in columns])
        self.titles = {each.field: each.title for each in columns}
        self.read = tuple(
            [
                (each.subject, READERS[each.subject])
                for each in columns
                if each.kind == FIELD and each.subject in READERS
            ]
        )
        self.stages = tuple([each for each in columns if each.kind == STAGE])
        facts = [each.subject for each in columns if each.kind in (FACT, FACT_DAY)]
        self.facts = tuple(dict.fromkeys(facts))
        self.nameless = tuple([each.place for each in columns if each.kind == LEFT_OUT and not each.title])
        self.protected = "protected" in self.titles
        self.details_only = not (self.stages or self.facts or self.nameless)

    def row(self, given: TableRow) -> Row:
        """Return a row with everything that could be read, and what is wrong with the rest of it."""
        cells, expected = given.cells, len(self.names)
        if given.defect or len(cells) < expected or any(cells[expected:]):
            return self._unread(given)
        if self.details_only and not given.faults:
            row = self._plain(given)
            if row is not None:
                return row
        filled = {name: cell for name, cell in zip(self.names, cells, strict=False) if cell}
        reading = _Reading(filled, self.titles)
        if given.faults:
            for place, code in given.faults:
                if place < expected and self.names[place]:  # what is left out may be as wrong as it likes
                    reading.note(self.names[place], code)
                    filled.pop(self.names[place], None)
        for place in self.nameless:
            if cells[place]:
                reading.note("", "column-nameless")
        return reading.row(given.line, self)

    def _unread(self, given: TableRow) -> Row:
        """Return a row of which nothing can be read: a defective one, or one of another length."""
        bare, found, expected = Row(given.line, {}, self.titles), len(given.cells), len(self.names)
        if given.defect:
            return bare._replace(defects=(bare.defect(None, given.defect),))
        code = "row-short" if found < expected else "row-long"
        return bare._replace(defects=(bare.defect(None, code, found=found, expected=expected),))

    def _plain(self, given: TableRow) -> Row | None:
        """Return a row of details alone, with which nothing is wrong; of any other, None."""
        filled = {name: cell for name, cell in zip(self.names, given.cells, strict=False) if cell}
        if "protected" in filled or "name" not in filled:
            return None
        try:
            values = {field: read(filled[field]) for field, read in self.read if field in filled}
        except InvalidInput:
            return None
        return _row(given.line, filled, self.titles, values)


class _Reading:
    """One row while it is read: its filled cells, and what was found wrong in them."""

    def __init__(self, filled: dict[str, str], titles: dict[str, str]) -> None:
        self.filled, self.titles = filled, titles
        self.wrong: list[tuple[str, str, dict[str, Any]]] = []
        self.protected = False

    def note(self, field: str, code: str, /, **details: Any) -> None:
        self.wrong.append((field, code, details))

    def _read_protected(self) -> None:
        """Find out whether nothing of the row may be repeated; if that cannot be read, nothing may."""
        try:
            self.protected = "protected" in self.filled and read_yes_or_no(self.filled["protected"])
        except InvalidInput as error:
            self.protected = True
            self.note("protected", error.code, **error.details)
        if not self.protected and "name" not in self.filled:
            self.note("name", "value-missing")

    def row(self, line: int, columns: _Columns) -> Row:
        filled, values = self.filled, dict[str, Any]()
        self._read_protected()
        for field, read in columns.read:
            cell = filled.get(field)
            if cell is None:
                continue
            if self.protected and field in PERSONAL:
                self.note(field, "protected-has-no-details")
                continue
            try:
                values[field] = read(cell)
            except InvalidInput as error:
                self._note_error(field, error)
        if self.protected and "university" in filled:
            self.note("university", "protected-has-no-details")
        row = _row(line, filled, self.titles, values, protected=self.protected)
        if columns.stages or columns.facts:
            stages, facts = tuple(self._stages(columns)), tuple(self._facts(columns))
            row = row._replace(stages=stages, facts=facts)
        if not self.wrong:
            return row
        return row._replace(
            defects=tuple([row.defect(field, code, **more) for field, code, more in self.wrong])
        )

    def _stages(self, columns: _Columns) -> Iterator[DatedStage]:
        for column in columns.stages:
            day = self._day(column.field)
            if day is not None:
                yield DatedStage(column.subject, day)

    def _facts(self, columns: _Columns) -> Iterator[NewFact]:
        for name in columns.facts:
            said, on = f"fact:{name}", f"fact:{name}_on"
            if said not in self.filled and on not in self.filled:
                continue
            value = read_fact_value(self.filled[said]) if said in self.filled else None
            kind, day = fact_kind(name), self._day(on)
            if on not in self.filled:
                self.note(on, "value-missing")
            elif day is None:
                continue
            elif value is None and (kind.text_required or len(kind.values) > 1):
                self.note(said, "value-missing")
            else:
                try:
                    fact_value(kind, value)
                except InvalidInput as error:
                    self._note_error(said, error)
                yield NewFact(name, value, day)

    def _day(self, field: str) -> date | None:
        cell = self.filled.get(field)
        if cell is None:
            return None
        try:
            return read_day(cell)
        except InvalidInput as error:
            self._note_error(field, error)
            return None

    def _note_error(self, field: str, error: InvalidInput) -> None:
        details = error.details
        if error.code == "text-too-long":
            details = {**details, "field": self.titles[field]}
        self.note(field, error.code, **details)


def _row(
    line: int,
    filled: dict[str, str],
    titles: dict[str, str],
    values: dict[str, Any],
    *,
    protected: bool = False,
) -> Row:
    found = values.get
    university = None if protected else filled.get("university")
    return Row(
        line,
        filled,
        titles,
        (),
        Details(found("name"), found("email"), found("phone"), university, found("graduates")),
        protected,
        found("term"),
        found("source"),
        found("tags", ()),
        found("note"),
        (),
        (),
        found("outcome"),
        found("closed_on"),
        found("reason"),
        found("by"),
        found("candidate"),
    )
