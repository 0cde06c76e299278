"""From the cells of a table to candidates: every value is read, and every one that cannot be is named.

Rule: a row is validated by the fields that the store itself is made of (`CandidateFields`), so an import
can keep nothing that the store would refuse; what is wrong is told in our own words, by line and column.
Otherwise the first long name would end the whole import with the database's complaint.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from sqlmodel import Field

from socrekry.domain.errors import InvalidInput, SocrekryError
from socrekry.domain.facts import fact_kind, fact_value
from socrekry.domain.term import Term
from socrekry.exchange.codes import read_fact_value, read_outcome, read_party, read_source, read_yes_or_no
from socrekry.exchange.columns import FACT, FACT_DAY, FIELD, LEFT_OUT, STAGE, Column
from socrekry.exchange.tables import Table, TableRow
from socrekry.services.imported import DatedStage, Defect, Row
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details, valid_email
from socrekry.store.schema import CandidateFields

PERSONAL = ("name", "email", "phone", "university")
# Whatever stands in these is looked up in the store, which knows what they may be.
LOOKED_UP = frozenset(("university", "pipeline", "unit", "cohort", "supervisor", "mentor"))


@lru_cache(4096)
def read_day(text: str) -> date:
    """Return the day in a cell: ``2025-09-01``, or ``2025-09-01 00:00:00`` as spreadsheets write it."""
    day, _, time = text.replace("T", " ").partition(" ")
    try:
        if len(day) != len("2025-09-01") or day[4::3] != "--" or time.strip("0:.Z"):
            raise ValueError
        return date.fromisoformat(day)
    except ValueError:
        raise InvalidInput("date-invalid", value=text) from None


@lru_cache(256)
def read_term(text: str) -> Term:
    """Return the term that a cell holds, in any form met in the wild."""
    return Term.parse(text)


def read_tags(text: str) -> list[str]:
    """Return the tags in a cell: parted by ``|``, or else by spaces."""
    return [
        tag for part in (text.split("|") if "|" in text else text.split()) if (tag := " ".join(part.split()))
    ]


def _our_words(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except SocrekryError as error:
        raise PydanticCustomError(error.code, error.code, error.details) from None


def _by(read: Callable[[str], Any]) -> BeforeValidator:
    return BeforeValidator(partial(_our_words, read))


Day = Annotated[date, _by(read_day)]
Tag = Annotated[str, Field(max_length=60)]


class CandidateRow(CandidateFields):
    """A row as it is validated: what is known of a person, and what became of her.

    ``stages`` and ``fact_days`` are keyed by the place of their column.
    """

    term: Annotated[Term | None, _by(read_term)] = None
    source: Annotated[str | None, _by(read_source)] = None
    tags: Annotated[tuple[Tag, ...], _by(read_tags)] = ()
    note: str | None = Field(default=None, max_length=10_000)
    stages: dict[int, Day] | None = None
    fact_days: dict[int, Day] | None = None
    outcome: Annotated[str | None, _by(read_outcome)] = None
    closed_on: Day | None = None
    reason: str | None = Field(default=None, max_length=10_000)
    by: Annotated[str | None, _by(read_party)] = None

    @field_validator("name", mode="before")
    @classmethod
    def on_one_line(cls, text: str) -> str:
        """Take line breaks and doubled spaces out of a name."""
        return " ".join(text.split())

    @field_validator("email", mode="before")
    @classmethod
    def as_an_address(cls, text: str) -> Any:
        """Read an address as every command does."""
        return _our_words(valid_email, text)

    @field_validator("graduates", mode="before")
    @classmethod
    def as_a_code(cls, text: str) -> Any:
        """Read a term as the store keeps it."""
        term: Term = _our_words(read_term, text)
        return term.code


def rows_of(table: Table, columns: Sequence[Column]) -> Iterator[Row]:
    """Yield every row of the table, with its defects; InvalidInput as `Table.rows`."""
    titles = {each.field: each.title for each in columns}
    for row in table.rows():
        yield _Reading(row, columns, titles).row()


class _Reading:
    """One row while it is read: its filled cells, and what was found wrong in them."""

    def __init__(self, row: TableRow, columns: Sequence[Column], titles: Mapping[str, str]) -> None:
        self.defects: list[Defect] = []
        found, expected = len(row.cells), len(columns)
        whole = not row.defect and found >= expected and not any(row.cells[expected:])
        self.filled = [each for each in zip(columns, row.cells, strict=False) if each[1]] if whole else []
        cells = {column.field: cell for column, cell in self.filled}
        self.bare = Row(row.line, cells, titles)
        if row.defect:
            self._note(None, row.defect)
        elif not whole:
            self._note(None, "row-short" if found < expected else "row-long", found=found, expected=expected)
        else:
            self.bare = self.bare._replace(protected=self._protected())

    def row(self) -> Row:
        """Return the row with everything that could be read."""
        if self.defects and not self.filled:
            return self.bare._replace(defects=tuple(self.defects))
        given = self._given()
        valid = self._validated(given)
        stages = self._days(STAGE, valid.stages)
        details = Details(valid.name, valid.email, valid.phone, None, None)
        if valid.graduates is not None:
            details = details._replace(graduates=Term.from_code(valid.graduates))
        return self.bare._replace(
            details=details._replace(
                university=None if self.bare.protected else self.bare.cells.get("university")
            ),
            term=valid.term,
            channel=valid.source,
            tags=valid.tags,
            note=valid.note,
            stages=tuple([DatedStage(stage, on) for stage, on in stages.items()]),
            facts=tuple(self._facts(valid)),
            outcome=valid.outcome,
            closed_on=valid.closed_on,
            reason=valid.reason,
            by=valid.by,
            defects=tuple(self.defects),
        )

    def _protected(self) -> bool:
        """Whether nothing of the row may be repeated; if that cannot be read, nothing may."""
        cell = self.bare.cells.get("protected")
        try:
            return cell is not None and read_yes_or_no(cell)
        except InvalidInput as error:
            self.bare = self.bare._replace(protected=True)
            self.defects.append(self.bare.defect_of("protected", error))
            return True

    def _given(self) -> dict[str, Any]:
        """Return the cells to validate, by field of `CandidateRow`."""
        given: dict[str, Any] = {}
        for column, cell in self.filled:
            if column.kind in (STAGE, FACT_DAY):
                given.setdefault("stages" if column.kind == STAGE else "fact_days", {})[column.place] = cell
            elif column.kind == FIELD and column.subject not in LOOKED_UP | {"protected"}:
                given[column.subject] = cell
            elif column.kind == LEFT_OUT and not column.title:
                self._note("", "column-nameless")
        if self.bare.protected:
            for field in PERSONAL:
                if field in self.bare.cells:
                    given.pop(field, None)
                    self._note(field, "protected-has-no-details")
        elif "name" not in given:
            self._note("name", "value-missing")
        return given

    def _validated(self, given: dict[str, Any]) -> CandidateRow:
        """Return the values of all cells that can be read; the others are noted."""
        try:
            return CandidateRow.model_validate(given)
        except ValidationError as found:
            for error in found.errors(include_url=False):
                field, *place = error["loc"]
                held = given.get(str(field))
                if isinstance(held, dict):
                    held.pop(place[0], None)
                    column = next(each for each, _ in self.filled if each.place == place[0])
                    self._note_error(column.field, error)
                else:
                    given.pop(str(field), None)
                    self._note_error(str(field), error)
            return CandidateRow.model_validate(given)

    def _facts(self, valid: CandidateRow) -> Iterator[NewFact]:
        days = self._days(FACT_DAY, valid.fact_days)
        values = {
            column.subject: read_fact_value(cell) for column, cell in self.filled if column.kind == FACT
        }
        for name in dict.fromkeys([*days, *values]):
            kind, value = fact_kind(name), values.get(name)
            if name not in days:
                if f"fact:{name}_on" not in self.bare.cells:
                    self._note(f"fact:{name}_on", "value-missing")
            elif value is None and (kind.text_required or len(kind.values) > 1):
                self._note(f"fact:{name}", "value-missing")
            else:
                try:
                    fact_value(kind, value)
                except InvalidInput as error:
                    self.defects.append(self.bare.defect_of(f"fact:{name}", error))
                yield NewFact(name, value, days[name])

    def _days(self, kind: str, read: Mapping[int, date] | None) -> dict[str, date]:
        """Return the days that could be read, by the stage or the fact that they are about."""
        if not read:
            return {}
        return {
            column.subject: read[column.place]
            for column, _ in self.filled
            if column.kind == kind and column.place in read
        }

    def _note(self, field: str | None, code: str, /, **details: Any) -> None:
        self.defects.append(self.bare.defect(field, code, **details))

    def _note_error(self, field: str, error: ErrorDetails) -> None:
        """Say in our words what the validator found."""
        limits = error.get("ctx", {})
        if error["type"] == "string_too_long":
            self._note(field, "text-too-long", field=self.bare.titles[field], longest=limits["max_length"])
        elif error["type"] == "string_too_short":
            self._note(field, "value-missing")
        else:
            self._note(field, error["type"], **limits)
