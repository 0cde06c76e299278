"""The event log as a table: what stands and what does not, and what other tools count in it."""

import csv
import warnings
from collections import Counter
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.candidacy import ENDED
from socrekry.domain.term import Term
from socrekry.exchange.export_csv import Style, write_csv
from socrekry.exchange.export_xes import write_xes
from socrekry.services.candidacies import load
from socrekry.services.eventlog import EventLog
from socrekry.services.exporting import Wanted
from socrekry.services.opening import opened
from socrekry.store.connect import Store
from tests.stories import a_story


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open the story, which has an undone move, a mended day, a pause, a closing and a void candidacy."""
    with opened(str(a_story(tmp_path_factory.mktemp("events"))), writing=False) as store:
        yield store


def rows(store: Store, *, every: bool = False, **wanted: Any) -> list[dict[str, str]]:
    """Return the log as `csv` reads it."""
    log, file = EventLog(store, Wanted(**wanted), every=every), BytesIO()
    write_csv(log.columns, log.pages(), file, Style(str))
    return list(csv.DictReader(StringIO(file.getvalue().decode(), newline="")))


def courses(store: Store) -> list[list[str]]:
    """Return what each candidacy that counts went through, as its own log is folded."""
    found = []
    for (number,) in store.engine_rows("SELECT id FROM candidacy WHERE state <> 'void' ORDER BY id"):
        course: list[str] = []
        for stay in load(store, number).candidacy.stays:
            course.append(stay.stage)
            if stay.left == ENDED and stay.left_seq != stay.entered_seq:
                course.append(str(stay.outcome))
        found.append(course)
    return found


def directly_follows(store: Store) -> Counter[tuple[str, str]]:
    """Count, by our own folding, how often one activity follows directly on another."""
    return Counter(pair for course in courses(store) for pair in pairwise(course))


def test_the_log_tells_the_course_that_stands(story: Store) -> None:
    told: dict[str, list[str]] = {}
    for row in rows(story):
        told.setdefault(row["case"], []).append(row["activity"])
    assert list(told.values()) == courses(story)


def test_every_entry_comes_along_where_all_are_asked_for(story: Store) -> None:
    ((number,),) = story.engine_rows("SELECT COUNT(*) FROM event")
    told = rows(story, every=True)
    undone = [row["activity"] for row in told if not row["standing"]]
    assert (len(told), "placement" in undone, "lead" in undone) == (number, True, True)


def test_a_mended_day_counts_and_the_old_one_is_told(story: Store) -> None:
    (row,) = [row for row in rows(story) if row["case"] == "C-1.1" and row["activity"] == "placement"]
    assert (row["timestamp"][:10], row["occurred_on"]) == ("2025-09-01", "2025-09-02")


def test_entries_of_a_day_keep_their_order_in_time(story: Store) -> None:
    times: dict[str, list[str]] = {}
    for row in rows(story):
        times.setdefault(row["case"], []).append(row["timestamp"])
    assert all(each == sorted(set(each)) for each in times.values())


def test_who_wrote_an_entry_is_its_resource(story: Store) -> None:
    assert {row["resource"] for row in rows(story) if row["case"] == "C-7.1"} == {"Eva"}


def test_a_term_alone_is_told(story: Store) -> None:
    assert {row["term"] for row in rows(story, term=Term.parse("VT2026"))} == {"VT2026"}


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_pm4py_counts_what_follows_on_what_as_we_do(story: Store, form: str, tmp_path: Path) -> None:
    log, path = EventLog(story, Wanted()), tmp_path / f"log.{form}"
    with path.open("wb") as file:
        if form == "csv":
            write_csv(log.columns, log.pages(), file, Style(str))
        else:
            write_xes(log.columns, log.pages(), file, str)
    assert by_pm4py(path) == directly_follows(story)


def by_pm4py(path: Path) -> Counter[tuple[str, str]]:
    """Have another program read the file and count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pandas as pd  # type: ignore[import-untyped]
        import pm4py  # type: ignore[import-untyped]

        if path.suffix == ".xes":
            log = pm4py.read_xes(str(path))
        else:
            names = {"case_id": "case", "activity_key": "activity", "timestamp_key": "timestamp"}
            log = pm4py.format_dataframe(pd.read_csv(path), **names)
        found, _, _ = pm4py.discover_dfg(log)
    return Counter(dict(found))
