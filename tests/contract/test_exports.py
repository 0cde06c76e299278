"""What is exported is the same on both engines, byte for byte."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from socrekry.exchange.export_csv import Style, write_csv
from socrekry.render.exports import words_for_a_file
from socrekry.services.eventlog import EventLog
from socrekry.services.exporting import Candidates, Wanted
from socrekry.services.opening import opened
from socrekry.store.connect import Store
from tests.stories import a_story, a_story_on_postgresql

TABLES: dict[str, Callable[[Store], Candidates | EventLog]] = {
    "candidates": lambda store: Candidates(store, Wanted()),
    "of a pipeline": lambda store: Candidates(store, Wanted(pipeline="trainee", unit=1)),
    "events": lambda store: EventLog(store, Wanted()),
    "every event": lambda store: EventLog(store, Wanted(), every=True),
}


def written(location: str, name: str) -> bytes:
    """Return a table of the store at a place as CSV."""
    file = BytesIO()
    with opened(location, writing=False) as store, store.snapshot():
        table = TABLES[name](store)
        write_csv(table.columns, table.pages(), file, Style(words_for_a_file))
    return file.getvalue()


@pytest.mark.parametrize("name", TABLES)
def test_an_export_does_not_depend_on_the_engine(name: str, tmp_path: Path) -> None:
    in_a_file = written(str(a_story(tmp_path)), name)
    assert in_a_file == written(a_story_on_postgresql(), name)
    assert in_a_file.count(b"\n") > 1
