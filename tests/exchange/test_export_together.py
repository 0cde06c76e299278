"""Several processes write the very file that one would, also when some of them do not last."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from socrekry.exchange import export_together
from socrekry.exchange.export_csv import Style
from socrekry.exchange.export_together import pays, write_csv_together
from socrekry.render.exports import words_for_a_file
from socrekry.services.exporting import Candidates, Wanted
from socrekry.services.undoing import undo
from tests.builders import Office
from tests.exchange.exports import a_filled_programme, written


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """Give an office with nine candidates, one of whom has something undone, read two at a time."""
    monkeypatch.setattr(export_together, "FEWEST", 9)
    monkeypatch.setattr(export_together, "STRETCH", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with a_filled_programme() as office:
        for number in range(9):
            office.add(f"Nr; {number}")
        office.move("C-3", "applied")
        undo(office.by(), "C-3")
        yield office


def together(office: Office) -> tuple[bytes, int, int, list[int]]:
    """Return what several processes write, how many rows that is, how many are untold, and what was heard."""
    table, file, heard = Candidates(office.store, Wanted()), BytesIO(), list[int]()
    with office.store.snapshot():
        write_csv_together(table, file, Style(words_for_a_file), heard.append)
    return file.getvalue(), table.rows, table.untold, heard


def test_several_processes_write_what_one_would(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(export_together, "stretch")  # whoever began does none of it
    assert together(office) == (written(office.store), 9, 1, [2, 4, 6, 8, 9])


def test_what_a_process_does_not_deliver_is_done_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def that_are_gone(*_: object) -> Iterator[Sequence[Connection]]:
        ours, theirs = get_context("spawn").Pipe()
        theirs.close()
        yield [ours]
        ours.close()

    monkeypatch.setattr(export_together, "_workers", that_are_gone)
    assert together(office)[:3] == (written(office.store), 9, 1)


def test_a_small_table_needs_no_company(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Candidates(office.store, Wanted())
    assert pays(table)
    monkeypatch.setattr(export_together, "FEWEST", 10)
    assert not pays(table)


def test_one_processor_has_no_company(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    assert not pays(Candidates(office.store, Wanted()))


def test_a_write_ahead_log_is_read_by_one(office: Office) -> None:
    office.store.engine_rows("PRAGMA journal_mode = WAL")
    assert not pays(Candidates(office.store, Wanted()))


def test_a_process_that_cannot_read_ends_without_a_word(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "store.db").write_text("no store", encoding="utf-8")
    context = get_context("spawn")
    _, theirs = context.Pipe()
    told = (theirs, str(tmp_path / "store.db"), Wanted(), Style(words_for_a_file))
    process = context.Process(target=export_together.work, args=told)
    process.start()
    process.join(60)
    assert (process.exitcode, capfd.readouterr()) == (0, ("", ""))
