"""What an import writes for many rows at once is what the everyday way writes for one after the other."""

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import Table
from socrekry.services.acting import RefusedBy
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.checking import check
from socrekry.services.imported import Options, Row
from socrekry.services.imported_history import visits_of
from socrekry.services.imported_lookups import Lookups
from socrekry.services.imported_one import Told, added
from socrekry.services.importing import known_stages
from socrekry.services.staffing import add_staff
from socrekry.store.connect import Store, open_store
from socrekry.store.engine import Row as Stored
from tests.builders import a_database
from tests.services.imports import imported
from tests.services.programme import TODAY, a_cohort, a_store, by, held, take_back

PATH = ("lead", "applied", "selected", "placement", "trainee", "offer", "hired", "started")
FACTS = ("assessment", "thesis", "degree", "left")
HEADER = (
    *("name", "email", "phone", "university", "graduates", "source", "tags", "note", "protected"),
    *(f"{stage}_on" for stage in PATH),
    *(column for fact in FACTS for column in (fact, f"{fact}_on") if column != "assessment"),
    *("outcome", "closed_on", "reason", "by", "supervisor", "mentor"),
)
VALUES = {"thesis": "Om barn", "degree": "socionomexamen", "left": "flyttade"}
PROGRAMME = ("actor", "command", "cohort", "pipeline", "university", "unit", "staff", "activity")
maybe = st.sampled_from


@st.composite
def cells(draw: st.DrawFn) -> dict[str, str]:
    """Give the cells of a row that could have happened, but for its e-mail and the limits of a cohort."""
    day, length = date(2025, 8, 1), draw(st.integers(0, len(PATH)))
    found = {
        "name": draw(maybe(("Åsa Öst", "Bo  Ek", "Ćelik, Zoë"))),
        "phone": draw(maybe(("", "070-123 45 67"))),
        "university": draw(maybe(("", "sh", "Södertörns högskola"))),
        "graduates": draw(maybe(("", "HT27"))),
        "source": draw(maybe(("", "annons", "A-1"))),
        "tags": draw(maybe(("", "a", "b a b"))),
        "note": draw(maybe(("", "Ringde ”i går”"))),
        "supervisor": draw(maybe(("", "S-1"))),
        "mentor": draw(maybe(("", "S-1", "S-2"))),
    }
    for stage in PATH[:length]:
        day += timedelta(days=draw(st.integers(0, 30)))
        found[f"{stage}_on"] = str(day)
    for fact in draw(st.sets(maybe(FACTS))):
        found[f"{fact}_on"] = str(date(2025, 7, 20) + timedelta(draw(st.integers(0, 99))))
        found |= {fact: VALUES[fact]} if fact in VALUES else {}
    if length < len(PATH) and draw(st.booleans()):
        found |= {"outcome": "withdrawn", "closed_on": str(day + timedelta(days=draw(st.integers(0, 9))))}
        found |= {"reason": draw(maybe(("", "annan kommun"))), "by": draw(maybe(("", "employer")))}
    if draw(st.integers(0, 5)) == 0:
        found |= dict.fromkeys(("name", "phone", "university"), "") | {"protected": "ja"}
    return found


def table_of(rows: Sequence[dict[str, str]]) -> str:
    """Return the rows as a file, each with an address of its own."""
    out = StringIO()
    writer = csv.DictWriter(out, HEADER, restval="")
    writer.writeheader()
    for number, row in enumerate(rows):
        writer.writerow(row | ({"email": f"Nr.{number}@Example.se"} if number % 2 and row["name"] else {}))
    return out.getvalue()


def begun(store: Store) -> Store:
    """Open a cohort of four, with a supervisor who has room for three and somebody to be mentor."""
    if store.engine == "sqlite":
        store.engine_rows("PRAGMA synchronous = OFF")  # no test pulls the plug
    a_cohort(store, seats=4)
    add_staff(by(store), "Olle Öst", ["supervisor", "mentor"], capacity=3)
    add_staff(by(store), "Siv Hand", ["mentor"], capacity=2)
    add_activity(by(store), "visit", Particulars("T", date(2025, 8, 1)))
    return store


def rows_in(store: Store, text: str) -> Iterator[Row]:
    """Read a file as an import does."""
    table = Table("some.csv", BytesIO(text.encode()))
    yield from rows_of(table, columns_of(table, known_stages(store), {}))


def one_by_one(store: Store, text: str) -> None:
    """Take each row by the everyday way, and leave out those that a rule refuses."""
    writing = by(store, "import")
    with writing.transaction():
        seek = Lookups(writing, Options(TODAY))
        for row in rows_in(store, text):
            place = seek.place(row, [])
            assert place is not None
            visits, _ = visits_of(row, place.pipeline, place.words, TODAY)
            told = Told(place, visits, seek.staff(row, []), seek.source(row, []))
            with suppress(RefusedBy), writing.transaction():
                added(writing, row, told, TODAY)


def everything(store: Store) -> dict[str, list[Stored]]:
    """Return all that a file holds, who did what included."""
    connection = sqlite3.connect(store.location)
    accounts = {
        name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
        for name in ("actor", "command", "edit", "event", "sqlite_sequence")
    }
    connection.close()
    return accounts | held(store)


@given(st.lists(cells(), min_size=1, max_size=9))
@settings(max_examples=15, deadline=None)
def test_many_rows_at_once_leave_what_one_after_the_other_leaves(rows: list[dict[str, str]]) -> None:
    text = table_of(rows)
    with TemporaryDirectory() as folder, ExitStack() as stack:
        for name in ("bulk", "each"):
            Path(folder, name).mkdir()
        bulk, each = (begun(stack.enter_context(a_store(Path(folder, name)))) for name in ("bulk", "each"))
        imported(bulk, text, keep_good=True)
        one_by_one(each, text)
        assert everything(bulk) == everything(each)
        assert not check(bulk).defects


SEVERAL = [
    {"name": "Eva", "source": "A-1", "tags": "a b", "note": "Hej", "lead_on": "2025-09-01"},
    {
        "name": "Bo",
        "applied_on": "2025-09-01",
        "outcome": "declined",
        "closed_on": "2025-10-01",
        "reason": "x",
    },
    {"name": "", "protected": "ja", "thesis": "Om barn", "thesis_on": "2025-09-01"},
    {"name": "Cia", "applied_on": "2025-09-01", "selected_on": "2025-09-02", "supervisor": "S-1"},
]


def told_by(store: Store, table: str) -> list[tuple[Any, ...]]:
    """Return the rows of a table; what is true or false is 1 or 0 on either engine."""
    rows = store.engine_rows(f"SELECT * FROM {table}")
    return sorted((tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows), key=repr)


def test_a_server_is_told_the_same_as_a_file(tmp_path: Path) -> None:
    text, tables = (
        table_of(SEVERAL),
        ("event", "stay", "fact", "assignment", "tag", "touch", "remark", "edit"),
    )
    with a_store(tmp_path) as file, open_store(a_database(), writing=True) as server:
        for store in (file, server):
            imported(begun(store), text)
            assert not check(store).defects
        assert {each: told_by(file, each) for each in tables} == {
            each: told_by(server, each) for each in tables
        }


@pytest.mark.parametrize("begins", ["name", "kandidat,name"])
def test_an_undo_takes_back_what_was_written_at_once(tmp_path: Path, begins: str) -> None:
    with a_store(tmp_path) as store:
        before = held(begun(store))
        imported(
            store, f"{begins},source,tags,note\n" + "".join(f"{'C-1,' * (begins != 'name')}Eva,A-1,a,Hej\n")
        )
        take_back(store)
        after = held(store)
        assert {each: after[each] for each in ("tag", "touch", "remark")} == {
            each: before[each] for each in ("tag", "touch", "remark")
        }
        assert not check(store).defects
