"""Import from the command line: what is printed where, the exit code, and what is left in the store."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from socrekry.__main__ import main
from socrekry.cli import saved
from tests.cli.conftest import Run, Screen
from tests.exchange.workbooks import a_workbook
from tests.services.programme import a_cohort, a_store

STUDENTS = Path(__file__).parents[2] / "examples" / "students.csv"
BAD = "Namn;E-post;Ansökan_den\nEva Ek;eva@;2026-13-01\nBo Ek;bo@example.se;2026-03-01\n"


@pytest.fixture(autouse=True)
def _a_furnished_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_store(tmp_path) as store:
        a_cohort(store)
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Eva")


@pytest.fixture
def file(tmp_path: Path) -> Any:
    """Write a file of that content and return its path."""

    def write(text: str | bytes) -> str:
        path = tmp_path / "some.csv"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


def listed(cli: Run) -> list[str]:
    """Return the ids of all candidacies."""
    return cli("list", "--all", "--format", "ids").out.split()


def test_ten_students_go_from_a_file_to_the_next_stage(cli: Run, file: Any) -> None:
    ids = cli("import", str(STUDENTS), "--format", "ids").out
    assert (len(ids.split()), listed(cli)) == (10, sorted(ids.split(), key=lambda each: int(each[2:-2])))
    assert {each.split()[3] for each in cli("list").out.splitlines()[1:]} == {"Applied"}


def test_the_summary_says_how_many_came_where(cli: Run) -> None:
    told = cli("import", str(STUDENTS)).out.splitlines()
    assert told[0] == "10 candidates imported into trainee VT2027: 10 at Applied."
    assert told[3].split() == ["C-1.1", "Alva", "Nyberg", "Applied", "2"]


def test_a_long_list_says_that_it_was_cut(cli: Run, file: Any) -> None:
    path = file("name\n" + "".join(f"Nr {n}\n" for n in range(214)))
    told = cli("import", path).out
    assert "20 of 214; --format ids, csv or json shows all." in told
    assert "Two that may be one: socrekry duplicates" in told


def test_bad_rows_are_listed_and_nothing_is_kept(cli: Run, file: Any) -> None:
    done = cli("import", file(BAD))
    assert done.code == 1
    assert "1 of 2 rows cannot be imported; nothing was kept." in done.out
    assert "   2  Ansökan_den  “2026-13-01” is not a date." in done.out
    assert listed(cli) == []


def test_the_same_is_told_in_json(cli: Run, file: Any) -> None:
    answer = json.loads(cli("import", file(BAD), "--keep-good", "--format", "json").out)
    assert answer["imported"] == [{"line": 3, "id": "C-1", "candidacy": "C-1.1", "stage": "applied"}]
    assert answer["bad"][0] | {"remedy": ""} == {
        "line": 2,
        "column": "E-post",
        "value": "eva@",
        "code": "email-invalid",
        "message": "“eva@” is not an e-mail address.",
        "remedy": "",
    }
    assert (answer["kept"], answer["updated"], answer["skipped"]) == (True, [], [])


def test_ids_stand_alone_on_stdout_and_bad_rows_on_stderr(cli: Run, file: Any) -> None:
    done = cli("import", file(BAD), "--keep-good", "--format", "ids")
    assert done.out == "C-1.1\n"
    assert done.err.splitlines()[0] == "line 2, column E-post: “eva@” is not an e-mail address."


def test_a_csv_has_a_record_for_every_row_and_every_defect(cli: Run, file: Any) -> None:
    rows = cli("import", file(BAD), "--keep-good", "--format", "csv").out.splitlines()
    assert [row.split(",")[:2] for row in rows] == [
        ["line", "status"],
        ["2", "bad"],
        ["2", "bad"],
        ["3", "imported"],
    ]


def test_a_dry_run_says_so_and_keeps_nothing(cli: Run) -> None:
    done = cli("import", str(STUDENTS), "--dry-run")
    assert (done.code, done.out.splitlines()[-1]) == (0, "Nothing was kept: this was a dry run.")
    assert listed(cli) == []


def test_a_dry_run_tells_what_would_happen_row_by_row(cli: Run, file: Any) -> None:
    cli("import", file("name,email\nEva Ek,eva@example.se\n"))
    path = file("name,email\nBo Ek,\nEva Ek,eva@example.se\nCia Ek,cia@example.se\n")
    told = cli("import", path, "--dry-run", "--on-duplicate", "skip").out.splitlines()
    assert [" ".join(line.split()) for line in told[4:7]] == [
        "2 added C-2.1 Bo Ek Lead",
        "3 skipped C-1.1 Eva Ek Lead",
        "4 added C-3.1 Cia Ek Lead",
    ]


def test_a_file_may_come_through_a_pipe(process: Run) -> None:
    program = (
        "import socrekry.__main__ as m, io, sys; sys.stdin = io.TextIOWrapper(io.BytesIO(b'name\\nEva\\n'));"
    )
    done = process(program=f"{program} sys.exit(m.main(['import', '-', '--format', 'ids']))")
    assert done.out == "C-1.1\n"


def test_a_column_may_be_mapped_and_another_left_out(cli: Run, file: Any) -> None:
    path = file("Student;Kön;Tel=dag\nEva Ek;k;08-1\n")
    done = cli("import", path, "--map", "student=name", "--map", "Kön=", "--map", "Tel=dag=telefon")
    assert (done.code, "08-1" in cli("show", "C-1").out) == (0, True)


@pytest.mark.parametrize("mapping", ["name", "=name", ""])
def test_a_mapping_that_cannot_be_read_is_a_usage_error(cli: Run, file: Any, mapping: str) -> None:
    assert cli("import", file("name\nEva\n"), "--map", mapping).code == 2


def test_a_mapping_is_saved_and_used_by_its_name_where_columns_differ(cli: Run, file: Any) -> None:
    done = cli(
        "import", file("Student;Kön\nEva Ek;k\n"), "--map", "A=name", "--map", "Kön=", "--save-map", "varbi"
    )
    assert done.err == "The columns are saved; next time: --map @varbi\n"
    done = cli("import", file("Student;Telefon\nBo Ek;08-1\n"), "--map", "@varbi")
    assert (done.code, sorted(listed(cli))) == (0, ["C-1.1", "C-2.1"])


def test_what_is_typed_beside_a_saved_mapping_wins_and_is_saved_along(cli: Run, file: Any) -> None:
    path = file("Student;Tel\nEva Ek;08-1\n")
    cli("import", path, "--map", "Student=name", "--map", "Tel=", "--save-map", "x", "--dry-run")
    cli("import", path, "--map", "@x", "--map", "Tel=phone", "--save-map", "y")
    assert saved.saved(saved.MAPS, "y") == ["Student=name", "Tel=phone"]
    assert "08-1" in cli("show", "C-1").out


def test_a_mapping_that_nobody_saved_is_not_found(cli: Run, file: Any) -> None:
    assert cli("import", file("name\nEva\n"), "--map", "@nowhere").code == 4


def test_unknown_columns_are_told_with_what_to_do(cli: Run, file: Any) -> None:
    done = cli("import", file("name,Telefn nr\nEva,08-1\n"))
    assert (done.code, done.out) == (2, "")
    assert "--map 'Telefn nr'=FIELD" in done.err
    assert "perhaps it is phone" in done.err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"name,email\n", "no rows"),
        ("namn\nÅsa\nGöran\n".encode("cp850"), "--encoding cp850"),
        (b"PK\x03\x04", "damaged"),
        (b"\x89PNG\r\n", "PNG"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(cli: Run, file: Any, content: bytes, says: str) -> None:
    done = cli("import", file(content))
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_a_workbook_is_imported_from_the_sheet_that_is_said(cli: Run, file: Any) -> None:
    people = [("Kandidater",), (), ("Namn", "Ansökan den"), ("Eva Ek", date(2026, 3, 1))]
    path = file(a_workbook(("VT2026", people), ("HT2026", people)))
    done = cli("import", path)
    assert (done.code, "--sheet NAME" in done.err, "VT2026 and HT2026" in done.err) == (2, True, True)
    done = cli("import", path, "--sheet", "HT2026", "--format", "ids")
    assert (done.code, done.out) == (0, "C-1.1\n")
    assert done.err == "The column names are in line 3; 1 row above them was passed over.\n"


def test_the_only_sheet_with_candidates_is_found_and_told(cli: Run, file: Any) -> None:
    path = file(a_workbook(("Om", [("Ansvarig", "Eva")]), ("Lista", [("Namn", "Telefon"), ("Bo", "08-1")])))
    done = cli("import", path)
    assert (done.code, done.err) == (0, "Reading the sheet “Lista”.\n")


def test_a_bad_cell_of_a_workbook_is_told_by_line_and_column(cli: Run, file: Any) -> None:
    done = cli("import", file(a_workbook(("Blad1", [("Namn", "E-post"), ("Eva", "#N/A")]))))
    assert (done.code, "   2  E-post  a formula in the cell ends in an error" in done.out) == (1, True)


def test_a_guess_of_the_encoding_is_told_and_can_be_said(cli: Run, file: Any) -> None:
    path = file("namn\nÅsa Öst\n".encode("cp1252"))
    assert "was read as cp1252" in cli("import", path, "--dry-run").err
    done = cli("import", path, "--encoding", "cp1252")
    assert (done.err, "Åsa Öst" in done.out) == ("", True)


def test_nothing_but_json_is_on_stderr_where_json_is_promised(cli: Run, file: Any) -> None:
    path = file("Kandidater\nnamn;e-post\nÅsa Öst;\n".encode("cp1252"))
    assert cli("import", path, "--format", "json").err == ""


def test_whoever_pastes_is_told_how_to_end(
    cli: Run, person: Any, monkeypatch: pytest.MonkeyPatch, file: Any
) -> None:
    screen: Screen = person()
    pasted = TextIOWrapper(BytesIO("Namn\tE-post\nÅsa Öst\tasa@example.se\n".encode()))
    monkeypatch.setattr(pasted, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", pasted)
    assert main(["import", "-"]) == 0
    assert "press Ctrl-D" in screen.getvalue()


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_is_written_for_its_owner_alone_and_can_be_imported(
    cli: Run, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"mall.{ending}"
    done = cli("import", "--template", str(path), "--pipeline", "trainee")
    assert (done.code, done.out, f"socrekry import {path}" in done.err) == (0, "", True)
    assert os.name == "nt" or path.stat().st_mode & 0o777 == 0o600
    assert "has column names, but no rows" in cli("import", str(path)).err


def test_a_template_does_not_replace_a_file_unasked(cli: Run, file: Any) -> None:
    path = file("mine")
    assert cli("import", "--template", path).code == 3
    assert Path(path).read_text(encoding="utf-8") == "mine"
    assert cli("import", "--template", path, "--yes").code == 0


@pytest.mark.parametrize("words", [(), ("--template", "x.csv", "some.csv"), ("--template", "x.doc")])
def test_it_must_be_said_what_to_import_or_what_to_write(cli: Run, words: tuple[str, ...]) -> None:
    done = cli("import", *words)
    assert (done.code, done.out) == (2, "")


def test_a_cohort_that_is_not_there_is_told_once_with_the_remedy(cli: Run, file: Any) -> None:
    done = cli("import", file("name\nEva\nBo\n"), "--term", "HT2031", "--pipeline", "trainee")
    assert done.code == 4
    assert done.err.count("socrekry add-cohort trainee HT2031 --seats N") == 1


def test_a_cohort_that_rows_name_and_is_not_there_has_its_remedy_once(cli: Run, file: Any) -> None:
    done = cli("import", file("name,term\nEva,HT2031\nBo,HT2031\n"), "--pipeline", "trainee")
    assert done.code == 1
    assert done.out.count("socrekry add-cohort trainee HT2031 --seats N") == 1


def test_a_protected_row_is_never_repeated(cli: Run, file: Any) -> None:
    path = file("name,email,protected,applied_on\nHemlig Ek,hemlig@x.se,ja,Hemlig Ek\n")
    for form in ("table", "json", "csv", "ids"):
        done = cli("import", path, "--format", form)
        assert done.code == 1
        assert "emlig" not in done.out + done.err


def test_a_name_that_would_repaint_the_screen_is_harmless(cli: Run, file: Any) -> None:
    out = cli("import", file("name,applied_on\n\x1b[31mEva [/b],2026-03-01\n\x1b]0;x\x07,i maj\u202e\n")).out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_one_undo_takes_the_whole_import_back(cli: Run) -> None:
    cli("import", str(STUDENTS))
    assert cli("undo").code == 0
    assert (listed(cli), cli("import", str(STUDENTS)).code) == ([], 0)


def test_history_says_that_it_was_imported(cli: Run) -> None:
    cli("import", str(STUDENTS))
    assert "Lead → Applied (imported)" in cli("history", "C-1").out


def test_progress_shows_only_on_a_terminal_and_only_when_it_takes_long(
    cli: Run, person: Any, file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file("name\n" + "".join(f"Nr {n}\n" for n in range(150)))
    screen: Screen = person()
    cli("import", path, "--dry-run")
    quiet = screen.getvalue()
    monkeypatch.setattr("socrekry.cli.progress.PATIENCE", 0.0)
    cli("import", path, "--dry-run")
    assert quiet == ""
    assert screen.getvalue().startswith(f"\r{'1 row …':60}\r1 row …")
    assert screen.getvalue().endswith(f"\r{' ' * 60}\r")


@pytest.mark.skipif(os.name == "nt", reason="another way to interrupt")
def test_an_interrupted_import_leaves_nothing(cli: Run, tmp_path: Path) -> None:
    fifo = tmp_path / "slow.csv"
    os.mkfifo(fifo)
    command = [sys.executable, "-m", "socrekry", "import", str(fifo)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with fifo.open("w", encoding="utf-8") as pipe:
        pipe.write(
            "name,note\n" + f"Eva Ek,{'x' * 1000}\n" * 100
        )  # more than a pipe holds: rows have been read
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (130, "", "Interrupted.\n")
    assert listed(cli) == []
