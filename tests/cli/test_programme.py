"""The programme from the command line: declared, listed and changed, in the forms that scripts rely on."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.services.programme import a_store

FOLDER = Path(__file__).parents[2] / "src" / "socrekry" / "pipelines"


@pytest.fixture(autouse=True)
def _a_furnished_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_store(tmp_path).close()
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Eva")


def answer(cli: Run, *words: str) -> Any:
    """Return what a command answers as JSON."""
    done = cli(*words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_unit_is_declared_and_listed(cli: Run) -> None:
    added = answer(cli, "add-unit", "Barn", "--employer", "Huddinge", "--child-and-youth")
    assert added == {"name": "Barn", "employer": "Huddinge", "child_and_youth": True}
    assert answer(cli, "units") == [{**added, "open": 0, "staff": 0}]


def test_a_unit_that_asks_for_no_checks_says_so(cli: Run) -> None:
    assert "neither a degree" in cli("add-unit", "Vuxen").out
    assert "neither a degree" not in cli("add-unit", "Barn", "--child-and-youth").out


def test_a_university_is_added_and_listed_by_its_code(cli: Run) -> None:
    cli("add-university", "LTU", "Luleå tekniska universitet", "Luleå")
    assert "ltu" in cli("universities", "--format", "ids").out.split()


def test_a_cohort_is_opened_and_listed(cli: Run) -> None:
    added = answer(cli, "add-cohort", "trainee", "ht 2025", "--seats", "10", "--ref", "KS-1")
    assert added == {
        "id": "K-1",
        "pipeline": "trainee",
        "term": "HT2025",
        "unit": None,
        "name": "",
        "registry_number": "KS-1",
        "seats": 10,
        "seats_taken": 0,
        "seats_free": 10,
        "reserves": 0,
        "open": 0,
    }
    assert answer(cli, "cohorts", "--term", "HT2025") == [added]
    assert answer(cli, "cohorts", "--term", "VT2026") == []


@pytest.mark.parametrize("meant", [("K-1",), ("trainee", "HT2025")])
def test_a_cohort_gets_more_seats(cli: Run, meant: tuple[str, ...]) -> None:
    cli("add-cohort", "trainee", "HT2025", "--seats", "10")
    edited = answer(cli, "edit-cohort", *meant, "--seats", "12")
    assert (edited["seats"], edited["first_in_line"]) == (12, None)


def test_more_seats_tell_who_is_first_in_line(cli: Run) -> None:
    cli("add-cohort", "trainee", "VT2027", "--seats", "0")
    cli("add-candidate", "Anna Ek")
    cli("advance", "C-1")
    cli("reserve", "C-1")
    done = cli("edit-cohort", "K-1", "--seats", "1")
    assert done.out.splitlines()[1:] == ["First in line: C-1.1", "  socrekry advance C-1.1"]


def test_staff_are_added_changed_and_listed(cli: Run) -> None:
    added = answer(cli, "add-staff", "Eva Ek", "--role", "mentor", "--role", "supervisor", "--capacity", "2")
    assert (added["id"], added["roles"]) == ("S-1", ["supervisor", "mentor"])
    edited = answer(cli, "edit-staff", "S-1", "--capacity", "0", "--term", "VT2027")
    load = {"capacity": 0, "assigned": 0, "free": 0, "candidates": [], "externals": [], "out_of_sight": 0}
    assert edited["terms"] == [{"term": "VT2027", **load}]
    assert answer(cli, "staff", "--free", "--term", "VT2027") == []
    assert cli("staff", "--free", "--term", "HT2027", "--format", "ids").out == "S-1\n"


def test_free_without_a_term_means_this_term(cli: Run) -> None:
    cli("add-staff", "Eva Ek", "--role", "mentor")
    assert cli("staff", "--free").out.startswith("Room in HT2026")
    cli("edit-staff", "S-1", "--capacity", "0", "--term", "HT2026")
    assert cli("staff", "--free").out == "Nobody has room in HT2026.\n"


def test_who_has_left_is_listed_only_with_all(cli: Run) -> None:
    cli("add-staff", "Eva Ek", "--role", "mentor")
    cli("edit-staff", "Eva", "--left-on", "2026-11-01")
    assert "Eva Ek" not in cli("staff").out
    assert "Eva Ek (left 2026-11-01)" in cli("staff", "--all").out


def test_who_leaves_with_candidates_is_told_which(cli: Run) -> None:
    cli("add-cohort", "trainee", "VT2027", "--seats", "1")
    cli("add-staff", "Eva Ek", "--role", "supervisor")
    cli("add-candidate", "Anna Ek")
    cli("advance", "C-1")
    cli("advance", "C-1", "--with", "assessment", "--supervisor", "S-1")
    assert "Still assigned to C-1.1." in cli("edit-staff", "S-1", "--left-on", "2026-11-20").out
    assert "C-1.1 Anna Ek" in cli("staff", "--term", "VT2027", "--all").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-unit", " "), 2, "A text is missing."),
        (("add-cohort", "trainy", "HT2025", "--seats", "1"), 4, "socrekry pipelines"),
        (("add-cohort", "trainee", "HT2025", "--seats", "-1"), 2, "--seats"),
        (("add-cohort", "trainee", "HT2025", "--seats", "1", "--unit", "Barn"), 4, "socrekry add-unit Barn"),
        (("edit-cohort", "K-1"), 2, "--help"),
        (("edit-cohort", "K-1", "--seats", "1"), 4, "socrekry cohorts"),
        (("edit-cohort", "trainee", "HT2025", "--seats", "1"), 4, "socrekry add-cohort trainee"),
        (("add-staff", "Eva", "--role", "boss"), 2, "supervisor"),
        (("edit-staff", "S-1", "--capacity", "1"), 4, "socrekry add-staff"),
        (("add-university", "su", "Stockholms universitet", "Stockholm"), 1, "su"),
        (("pipeline", "show", "trainy"), 4, "socrekry pipelines"),
        (("pipeline", "show", "trainee", "--version", "2"), 4, "1"),
    ],
)
def test_what_cannot_be_is_said_with_a_remedy(cli: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err


@pytest.mark.parametrize(
    "words",
    [
        ("add-unit", "Barn"),
        ("add-university", "ltu", "Luleå", "Luleå"),
        ("add-cohort", "trainee", "HT2025", "--seats", "1"),
        ("add-staff", "Eva", "--role", "mentor"),
    ],
)
def test_a_dry_run_says_the_same_and_keeps_nothing(cli: Run, words: tuple[str, ...]) -> None:
    rehearsed = cli(*words, "--dry-run")
    assert rehearsed.out.endswith("Nothing was kept: this was a dry run.\n")
    assert cli(*words).out == rehearsed.out.replace("Nothing was kept: this was a dry run.\n", "")


@pytest.mark.parametrize("command", ["units", "staff", "cohorts"])
def test_an_empty_list_says_how_to_begin(cli: Run, command: str) -> None:
    done = cli(command)
    assert "socrekry add-" in done.out
    assert answer(cli, command) == []


class TestPipelines:
    """Pipelines are listed, shown, checked and installed."""

    def test_those_installed_are_listed(self, cli: Run) -> None:
        listed = answer(cli, "pipelines")
        assert [(each["name"], each["version"], each["latest"]) for each in listed] == [
            ("direct", 1, True),
            ("trainee", 1, True),
        ]
        assert listed[1]["stages"][0] == "lead"

    def test_a_pipeline_is_shown_as_data(self, cli: Run) -> None:
        shown = answer(cli, "pipeline", "show", "trainee")
        assert [stage["name"] for stage in shown["stages"] if stage["takes_seat"]] == ["selected"]

    def test_a_diagram_is_written_to_a_file(self, cli: Run, tmp_path: Path) -> None:
        file = tmp_path / "trainee.mmd"
        cli("pipeline", "show", "trainee", "--format", "mermaid", "-o", str(file))
        drawn = cli("pipeline", "show", "trainee", "--format", "mermaid").out
        assert file.read_text(encoding="utf-8") == drawn
        assert drawn.startswith("stateDiagram-v2\n")

    def test_a_sound_file_has_no_defects(self, cli: Run) -> None:
        done = cli("pipeline", "check", str(FOLDER / "trainee.toml"))
        assert (done.code, done.out) == (0, "trainee: no defects.\n")

    def test_every_defect_is_named_with_its_line_and_place(self, cli: Run, tmp_path: Path) -> None:
        file = self.a_broken_file(tmp_path)
        done = cli("pipeline", "check", file, "--format", "json")
        found = {(each["line"], each["path"], each["code"]) for each in json.loads(done.out)["defects"]}
        assert done.code == 1
        assert (1, "name", "name-invalid") in found
        assert any(code == "guard-unknown" and path.startswith("transition[") for _, path, code in found)
        assert "there is no guard “free-sofa”" in cli("pipeline", "check", file).out

    def test_a_broken_file_is_not_installed(self, cli: Run, tmp_path: Path) -> None:
        done = cli("pipeline", "install", self.a_broken_file(tmp_path))
        assert (done.code, done.out) == (1, "")
        assert "there is no guard “free-sofa”" in done.err
        assert len(answer(cli, "pipelines")) == 2

    def test_a_change_is_installed_once(self, cli: Run, tmp_path: Path) -> None:
        file = tmp_path / "trainee.toml"
        changed = (FOLDER / "trainee.toml").read_text(encoding="utf-8").replace("= 160", "= 170")
        file.write_text(changed, encoding="utf-8-sig")
        assert cli("pipeline", "install", str(file)).out == "Installed trainee, version 2.\n"
        again = cli("pipeline", "install", str(file))
        assert (again.code, again.out) == (0, "trainee is installed already, as version 2.\n")
        assert "superseded" in cli("pipelines").out

    @pytest.mark.parametrize(
        ("content", "said"), [(None, "no file"), (b"\xff\xfe", "UTF-8"), (b" " * 1_048_577, "too large")]
    )
    def test_a_file_that_cannot_be_read_is_said(
        self, cli: Run, tmp_path: Path, content: bytes | None, said: str
    ) -> None:
        file = tmp_path / "pipeline.toml"
        if content is not None:
            file.write_bytes(content)
        done = cli("pipeline", "check", str(file))
        assert (done.code, done.out) == (2, "")
        assert said in done.err

    def test_a_folder_is_no_file(self, cli: Run, tmp_path: Path) -> None:
        assert cli("pipeline", "check", str(tmp_path)).code == 2

    def a_broken_file(self, folder: Path) -> str:
        """Write a pipeline with a bad name and an unknown guard; return its path."""
        text = (FOLDER / "trainee.toml").read_text(encoding="utf-8")
        text = text.replace('name = "trainee"', 'name = "The Trainee"', 1).replace("free-seat", "free-sofa")
        _, _, text = text.partition("\n\n")
        file = folder / "broken.toml"
        file.write_text(text, encoding="utf-8")
        return str(file)


def test_lists_are_swedish_for_a_swede_and_english_for_a_script(cli: Run) -> None:
    cli("add-cohort", "trainee", "HT2025", "--seats", "10")
    assert cli("--lang", "sv", "cohorts").out != cli("cohorts").out
    assert cli("--lang", "sv", "cohorts", "--format", "csv").out == cli("cohorts", "--format", "csv").out
    assert "Ansökan" in cli("--lang", "sv", "pipeline", "show", "trainee").out
