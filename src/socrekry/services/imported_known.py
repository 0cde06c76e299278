"""Who is known already while a table is imported: in the store, and by the table's own earlier rows.

An e-mail is one person's. Those of many rows are looked up at once; those of rows that are written already
are found in the store like anybody's, and their line is known by the person's number. Rows that name the
same candidate are one person's, whose details they must not contradict.
"""

from array import array
from collections.abc import Iterable
from typing import NamedTuple

from socrekry.domain.ids import candidate_id
from socrekry.domain.names import email_key, search_key
from socrekry.services.imported import Defect, Row, Taken
from socrekry.services.imported_batches import Begun, Known
from socrekry.services.imported_one import Told
from socrekry.services.persons import Details
from socrekry.store.connect import Store
from socrekry.store.known_emails import persons_by_email

FAIL = "fail"


class Who(NamedTuple):
    """Whose a row is: somebody in the store, somebody of whom an earlier row tells, or nobody."""

    person: int | None = None
    known: Known | None = None


class Acquaintances:
    """Whom the store and the rows so far know."""

    def __init__(self, store: Store, on_duplicate: str) -> None:
        self.store, self._fails = store, on_duplicate == FAIL
        self._in_store: dict[str, int] = {}
        self._recent: dict[str, int] = {}  # who may not have come to the store yet
        self._waiting: dict[str, int] = {}
        self._bad: dict[str, int] = {}
        self._candidates: dict[str, Known] = {}
        self._lines, self._first = array("q"), 0

    def look_up(self, rows: Iterable[Row]) -> None:
        """Find out whom the store knows by the addresses of these rows."""
        keys = [email_key(row.details.email) for row in rows if row.details.email is not None]
        self._in_store = persons_by_email(self.store, keys) | self._recent
        self._recent = {}

    def awaits(self, row: Row) -> bool:
        """Whether the row is about somebody who has not been written yet, and is not to be added again."""
        email = row.details.email
        return not self._fails and email is not None and email_key(email) in self._waiting

    def who(self, row: Row, defects: list[Defect]) -> Who:
        """Return whose a row is; what cannot be is added to its defects."""
        known = None if row.candidate is None else self._candidates.get(search_key(row.candidate))
        if known is not None:
            defects += _contradictions(row, known)
            return Who(known.person if known.met else None, known)
        if row.details.email is None:
            return Who()
        key = email_key(row.details.email)
        person = self._in_store.get(key)
        if not self._fails:
            return Who(person)
        first = self._waiting.get(key) or self._bad.get(key) or self._line_of(person)
        if first:
            defects.append(row.defect("email", "email-repeated", email=row.details.email, first=first))
        elif person is not None:
            known_as = {"email": row.details.email, "id": candidate_id(person)}
            defects.append(row.defect("email", "email-known", **known_as))
        return Who()

    def bad(self, row: Row) -> None:
        """Note that a row was not taken: whoever repeats its address repeats that row."""
        email = row.details.email
        if (
            email is not None
            and (key := email_key(email)) not in self._waiting
            and not self._line_of(self._in_store.get(key))
        ):
            self._bad.setdefault(key, row.line)

    def waits(self, row: Row, known: Known | None) -> Known | None:
        """Note that a row waits to be written; return whom it is about, if other rows may be so too."""
        if row.details.email is not None and known is None:
            self._waiting[email_key(row.details.email)] = row.line
        return known if known is not None else self._met(row)

    def written(self, begun: Iterable[Begun]) -> None:
        """Note who the rows became that waited: an import gives its numbers one after the other."""
        for person, line, email in begun:
            if not self._lines:
                self._first = person
            while len(self._lines) < person - self._first:
                self._lines.append(0)
            self._lines.append(line)
            if email is not None:
                self._in_store[email] = self._recent[email] = person
        self._waiting.clear()

    def taken_alone(self, row: Row, told: Told, taken: Taken, known: Known | None, *, met: bool) -> None:
        """Note who a row became that was not written with others; ``met``, that the store knew her."""
        if taken.number == 1 and not met:
            email = row.details.email
            self.written([(taken.person, row.line, email_key(email) if email else None)])
        known = known or self._met(row)
        if known is not None:
            known.person, known.met = taken.person, known.met or met
            known.told_of(row, told, taken.state)

    def _met(self, row: Row) -> Known | None:
        if row.candidate is None:
            return None
        return self._candidates.setdefault(search_key(row.candidate), Known(row))

    def _line_of(self, person: int | None) -> int:
        """Return the line that brought a person in; 0 where none did."""
        place = -1 if person is None else person - self._first
        return self._lines[place] if 0 <= place < len(self._lines) else 0


def already_there(row: Row, told: Told, known: Known) -> Defect | None:
    """Return a defect where a row begins a candidacy in a cohort in which the person has an open one."""
    cohort = told.place.cohort
    first = known.open.get(cohort.id)
    if first is None:
        return None
    column = next((field for field in ("cohort", "term", "candidate") if field in row.cells), None)
    return row.defect(column, "candidate-repeated", candidate=row.candidate, cohort=cohort.title, first=first)


def _contradictions(row: Row, known: Known) -> list[Defect]:
    """Return what a row says of a person and an earlier one said otherwise."""
    said = zip(Details._fields, row.details, known.details, strict=True)
    fields = [field for field, now, before in said if now is not None and now != before]
    if row.protected != known.protected:
        fields.append("protected")
    return [
        row.defect(field, "candidate-differs", candidate=row.candidate, first=known.line) for field in fields
    ]
