"""An export in one line of a test: a programme to fill, what is written of it, and what a store holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from socrekry.domain.term import Term
from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.export_csv import Style, write_csv
from socrekry.exchange.tables import Table
from socrekry.render.exports import as_typed, words_for_a_file
from socrekry.services.cohorts import find_cohort
from socrekry.services.exporting import Candidates, Wanted
from socrekry.services.imported import Imported, Options
from socrekry.services.importing import import_rows, known_stages
from socrekry.services.opening import opened
from socrekry.store.connect import Store
from tests.builders import HT2026, TODAY, Office, a_store, an_office

VT2027 = Term.parse("VT2027")


@contextmanager
def a_filled_programme() -> Iterator[Office]:
    """Give an office with four cohorts, two units, a mentor and two activities, always the same."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        path.write_bytes(_programme())
        with opened(str(path), writing=True) as store:
            store.engine_rows("PRAGMA synchronous = OFF")
            yield Office(store, find_cohort(store, "K-1"))


@cache
def _programme() -> bytes:
    with TemporaryDirectory() as folder:
        with a_store(Path(folder)) as store:
            office = an_office(store, seats=1000)
            office.unit("Barn; och unga")
            office.unit("Vuxen")
            office.another_cohort(HT2026, name="Våren", seats=1000, unit="Vuxen")
            office.another_cohort(VT2027, pipeline="direct", seats=1000)
            office.another_cohort(VT2027, pipeline="direct", name="=2+3", seats=1000)
            office.staff("Mia Ek", "mentor", capacity=1000)
            office.activity("visit", "Klass 7", TODAY)
            office.activity("fair", "Mässan", TODAY)
        return (Path(folder) / "store.db").read_bytes()


def written(store: Store, wanted: Wanted | None = None, *, excel: bool = False, raw: bool = False) -> bytes:
    """Return the candidates' table as CSV."""
    table, file = Candidates(store, wanted or Wanted()), BytesIO()
    write_csv(table.columns, table.pages(), file, Style(as_typed if raw else words_for_a_file, excel))
    return file.getvalue()


def read_back(office: Office, content: bytes) -> Imported:
    """Import a table into an office's store."""
    table = Table("export.csv", BytesIO(content))
    columns = columns_of(table, known_stages(office.store), {})
    return import_rows(office.by(command="import"), rows_of(table, columns), Options(TODAY))


_HELD = {
    "candidacies": """
        SELECT p.name, p.email, p.phone, p.university, p.graduates, p.protected_number, c.number,
               c.pipeline_id, c.cohort_id, c.unit_id, c.channel, c.state, c.stage, c.entered_on, c.due_on,
               c.outcome, c.closed_on, c.holds_seat
        FROM candidacy c JOIN person p ON p.id = c.person_id ORDER BY c.id""",
    "stays": """
        SELECT s.candidacy_id, s.number, s.stage, s.entered_on, s.left_on, s.left_how, s.outcome, s.closed_by,
               s.days, CASE WHEN s.left_how = 'ended' THEN r.text END
        FROM stay s LEFT JOIN remark r ON r.id = s.reason_id ORDER BY s.candidacy_id, s.number""",
    "facts": """
        SELECT f.candidacy_id, f.name, f.value, f.occurred_on, t.text
        FROM fact f LEFT JOIN remark t ON t.id = f.text_id ORDER BY f.candidacy_id, f.name""",
    "staff": "SELECT candidacy_id, role, staff_id FROM assignment WHERE to_on IS NULL ORDER BY 1, 2",
    "notes": "SELECT candidacy_id, text FROM remark WHERE kind = 'note' ORDER BY candidacy_id, id",
    "tags": "SELECT person_id, tag FROM tag ORDER BY person_id, tag",
    "touches": "SELECT person_id, activity_id, occurred_on FROM touch ORDER BY person_id, activity_id",
}


def held(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return what a store holds of its candidates, all that a table can tell."""
    return {part: store.engine_rows(sql) for part, sql in _HELD.items()}
