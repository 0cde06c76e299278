"""An import in one line of a test: a file's content in, what became of it out."""

from io import BytesIO
from typing import Any

from socrekry.domain.candidacy import Candidacy
from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import Table
from socrekry.services.candidacies import load
from socrekry.services.cohorts import add_cohort
from socrekry.services.finding import find_candidacy
from socrekry.services.imported import Imported, Options
from socrekry.services.importing import import_rows, known_stages
from socrekry.store.connect import Store
from tests.services.programme import TODAY, VT2027, by


def imported(
    store: Store, text: str, *, actor: str = "Eva", dry_run: bool = False, **options: Any
) -> Imported:
    """Import a file of that content."""
    table = Table("some.csv", BytesIO(text.encode()))
    rows = rows_of(table, columns_of(table, known_stages(store), {}))
    writing = by(store, "import", actor=actor, dry_run=dry_run)
    return import_rows(writing, rows, Options(options.pop("on", TODAY), **options))


def bad(answer: Imported) -> list[tuple[int, str | None, str]]:
    """Return line, column and code of every defect."""
    return [(each.line, each.column, each.code) for each in answer.bad]


def candidacy(store: Store, ref: str) -> Candidacy:
    """Return a candidacy as its log tells it."""
    return load(store, find_candidacy(store, ref).id).candidacy


def stays(store: Store, ref: str) -> list[tuple[str, str]]:
    """Return the stages of a candidacy, each with its day."""
    return [(stay.stage, stay.entered_on.isoformat()) for stay in candidacy(store, ref).stays]


def a_cohort_of_another_pipeline(store: Store) -> None:
    """Open a cohort of the same term for those who are recruited directly."""
    add_cohort(by(store, "add-cohort"), "direct", VT2027, 3)
