"""Export from the command line: which file in which form, whose it is, and what is said of it."""

import csv
import json
import os
import stat
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.cli.conftest import Run, Screen


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(StringIO(text, newline="")))


@pytest.fixture(autouse=True)
def _the_story(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_a_file_the_table_goes_to_stdout(cli: Run) -> None:
    code, out, err = cli("export")
    assert (code, [row["candidate"] for row in table(out)]) == (0, [f"C-{n}" for n in (1, 2, 3, 4, 5, 7, 2)])
    assert err.startswith("7 candidacies in standard output.\n")


def test_how_many_have_more_of_a_history_is_said(cli: Run) -> None:
    assert "2 of them have more of a history than a row can tell" in cli("export").err


def test_a_file_belongs_to_its_user_alone(cli: Run) -> None:
    assert cli("export", "candidates.csv").code == 0
    assert os.name == "nt" or stat.S_IMODE(Path("candidates.csv").stat().st_mode) == 0o600


def test_the_name_of_a_file_says_its_form(cli: Run) -> None:
    cli("export", "candidates.json")
    found = json.loads(Path("candidates.json").read_text(encoding="utf-8"))
    assert (found[0]["name"], found[0]["tags"], found[0]["outcome"]) == ("Åsa Öberg", ["kö"], None)


def test_a_name_that_says_no_form_is_asked_about(cli: Run) -> None:
    code, out, err = cli("export", "candidates.ods")
    assert (code, out) == (2, "")
    assert err.splitlines()[1] == "Say it with --format: csv, xlsx, json and xes"


def test_candidates_are_no_event_log(cli: Run) -> None:
    assert cli("export", "log.xes").code == 2


def test_a_folder_gets_candidates_and_events(cli: Run) -> None:
    assert cli("export", f"out{os.sep}").code == 0
    assert sorted(os.listdir("out")) == ["candidates.csv", "events.csv"]


def test_a_file_is_not_replaced_unasked(cli: Run) -> None:
    Path("candidates.csv").write_text("mine", encoding="utf-8")
    assert cli("export", "candidates.csv").code == 3
    assert Path("candidates.csv").read_text(encoding="utf-8") == "mine"
    assert cli("export", "candidates.csv", "--yes").code == 0


def test_excel_opens_it_by_a_double_click(cli: Run) -> None:
    cli("export", "candidates.csv", "--excel")
    content = Path("candidates.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfcandidate;name;email;")
    assert content.endswith(b"\r\n")


def test_excels_csv_is_no_workbook(cli: Run) -> None:
    assert cli("export", "candidates.xlsx", "--excel").code == 2


def test_a_workbook_has_days_as_days(cli: Run) -> None:
    cli("export", "candidates.xlsx")
    sheet = load_workbook("candidates.xlsx")["candidates"]
    header = [cell.value for cell in sheet[1]]
    day = sheet[2][header.index("lead_on")]
    assert (day.is_date, str(day.value)[:10], sheet.freeze_panes) == (True, "2025-03-01", "A2")
    assert sheet.auto_filter.ref is not None


def test_a_workbook_is_not_thrown_onto_a_screen(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout", Screen())
    assert cli("export", "--format", "xlsx").code == 2


def test_a_term_alone_is_exported(cli: Run) -> None:
    assert {row["term"] for row in table(cli("export", "--term", "VT2026").out)} == {"VT2026"}


def test_a_unit_that_is_not_there_is_not_found(cli: Run) -> None:
    assert cli("export", "--unit", "Månen").code == 4


def test_of_a_protected_identity_nothing_more_is_told(cli: Run) -> None:
    (row,) = [row for row in table(cli("export").out) if row["protected"]]
    told = {name for name, cell in row.items() if cell}
    assert told == {"candidate", "graduates", "term", "pipeline", "cohort", "source", "protected", "lead_on"}


def test_the_event_log_is_exported(cli: Run) -> None:
    code, out, err = cli("export", "--events")
    assert (code, table(out)[0]["activity"], err) == (0, "lead", "17 entries in standard output.\n")


def test_all_of_the_event_log_has_what_was_undone(cli: Run) -> None:
    assert any(row["standing"] == "" for row in table(cli("export", "--events", "--all").out))


def test_a_file_that_cannot_be_written_is_said(cli: Run) -> None:
    Path("taken").write_text("", encoding="utf-8")
    code, out, err = cli("export", str(Path("taken") / "candidates.csv"))
    assert (code, out, "taken" in err) == (2, "", True)


def test_an_export_that_breaks_off_leaves_no_file(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("socrekry.exchange.export_csv._quoted", cut_off)
    assert cli("export", "candidates.csv").code == 130
    assert [name for name in os.listdir() if "candidates" in name] == []
