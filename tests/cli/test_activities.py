"""Outreach from the command line: what was done, who took part, and in which words it is told."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from socrekry.__main__ import main
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run, Screen

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")
VISIT = "add-activity visit 'Miun, termin 7' --on 2026-09-15 --university miun --reached 28 --minutes 30"


@pytest.fixture
def platsbanken(tmp_path: Path) -> Callable[..., str]:
    """Write a file as JobSearch answers, with an ad for each id, and return its path."""

    def write(*ids: str, **fields: Any) -> str:
        hits = [
            {
                "id": each,
                "headline": f"Socialsekreterare {each}",
                "publication_date": "2025-08-28T09:00:00",
                "application_deadline": "2025-09-25T23:59:59",
                "employer": {"name": "Härjedalens kommun"},
                "occupation": {"concept_id": "FwM7_WYB_qgc", "label": "Socialsekreterare"},
                "application_contacts": [{"name": "Ulla Chef", "email": "ulla@example.se"}],
                **fields,
            }
            for each in ids
        ]
        path = tmp_path / "answer.json"
        path.write_text(json.dumps({"total": {"value": len(hits)}, "hits": hits}), encoding="utf-8")
        return str(path)

    return write


def answer(cli: Run, *words: str) -> Any:
    """Return what a command answers as JSON."""
    done = cli(*words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


class TestActivities:
    """An activity is added, listed, mended and shown."""

    def test_an_activity_answers_with_all_that_is_kept(self, cli: Run) -> None:
        words = ("add-activity", "ad", "Annons", "--on", "2025-03-01", "--cost", "14 500 kr")
        assert answer(cli, *words, "--applicants", "7", "--qualified", "0", "--unit", "barn") == {
            "id": "A-1", "kind": "ad", "title": "Annons", "on": "2025-03-01", "term": "VT2025",
            "university": None, "unit": "Barn och unga", "cost": 14500, "reached": None, "minutes": None,
            "applicants": 7, "qualified": 0, "deadline": None, "external_id": None, "leads": 7,
        }  # fmt: skip

    def test_all_that_was_said_of_it_is_told_back(self, line: Line) -> None:
        told = line("add-activity ad T --minutes 30 --applicants 7 --qualified 0 --deadline 2026-12-01")
        assert told.splitlines()[1:] == [
            "  2026-11-20 · HT2026 · 30 minutes · 7 applicants, 0 qualified · until 2026-12-01"
        ]

    @pytest.mark.parametrize(("columns", "wide"), [("80", False), ("100", True)])
    def test_a_kind_stays_whole_and_what_matters_least_goes_first(
        self, line: Line, terminal: Run, columns: str, wide: bool
    ) -> None:
        line("add-activity fair Socionomens --on 2026-09-15 --university miun --cost 10000 --reached 9")
        shown = terminal("--lang", "sv", "activities", COLUMNS=columns, NO_COLOR="1").out
        assert re.search("Arbetsmarknadsdag +Socionomens", shown)
        assert [each in shown for each in ("Nådda", "miun")] == [wide, True]

    def test_without_a_day_it_is_today(self, cli: Run) -> None:
        assert answer(cli, "add-activity", "fair", "Mässa")["on"] == "2026-11-20"

    @pytest.mark.parametrize(
        ("word", "kind"),
        [("klassbesök", "visit"), ("Arbetsmarknadsdag", "fair"), ("annons", "ad"), ("study-visit",) * 2],
    )
    def test_a_kind_is_read_in_both_languages(self, cli: Run, word: str, kind: str) -> None:
        assert answer(cli, "add-activity", word, "T")["kind"] == kind

    def test_a_cost_of_nothing_is_said_and_an_unknown_one_is_not(self, line: Line) -> None:
        assert line("add-activity ad T --cost 0").endswith(" · 0 kr\n")
        assert "kr" not in line("add-activity ad T")
        assert line("activity A-2").splitlines()[3].split() == ["Cost", "–"]

    @pytest.mark.parametrize("typed", ["14500", "14 500", "14 500 kr", "14500 SEK", "14\u00a0500"])
    def test_money_is_read_as_people_write_it(self, cli: Run, typed: str) -> None:
        assert answer(cli, "add-activity", "ad", "T", "--cost", typed)["cost"] == 14500

    @pytest.mark.parametrize(
        ("typed", "code", "said"),
        [
            ("add-activity ad", 2, "no title"),
            ("add-activity tv T", 2, "visit, fair, ad"),
            ("add-activity spontanansökan T", 2, "visit, fair, ad"),
            ("add-activity ad T --cost -5", 2, "-5"),
            ("add-activity ad T --cost 12,50", 2, "12,50"),
            ("add-activity ad T --reached 1,5", 2, "1,5"),
            ("add-activity ad T --reached -1", 2, "-1” is not a whole number from 0 up"),
            ("add-activity ad T --reached 1000001", 2, "--reached cannot be 1 000 001; 0–1 000 000 is"),
            ("add-activity ad T --on 1850-01-01", 2, "1850-01-01 is too far away"),
            ("edit-activity A-1 --title ''", 4, "socrekry activities"),
            ("add-activity ad T --qualified 1", 2, "--applicants"),
            ("add-activity ad T --qualified 2 --applicants 1", 2, "2"),
            ("add-activity ad T --university månen", 4, "add-university"),
            ("add-activity ad T --unit månen", 4, "add-unit"),
            ("add-activity ad T --pick 7", 2, "--platsbanken"),
            ("add-activity visit T --platsbanken x.json", 2, "add-activity ad"),
            ("edit-activity A-1 --cost 1", 4, "socrekry activities"),
            ("edit-activity A-1", 2, "--help"),
            ("activity C-1", 4, "socrekry activities"),
            ("activities --unit månen", 4, "add-unit"),
            ("add-touch C-1", 2, "Name it last: C-1 A-2"),
            ("remove-touch C-1", 2, "Name it last: C-1 A-2"),
            ("add-touch A-1", 4, "A-1"),
            ("add-touch C-1 A-1", 4, "socrekry activities"),
            ("list --source A-1", 4, "socrekry activities"),
            ("list --source tv", 2, "unsolicited"),
            ("add-candidate Bo --term VT2026 --source A-1", 4, "socrekry activities"),
        ],
    )
    def test_what_cannot_be_is_said_with_a_remedy(self, line: Line, typed: str, code: int, said: str) -> None:
        assert said in line(typed, code=code)

    def test_a_list_shows_what_was_brought_and_what_it_cost(self, line: Line) -> None:
        line(f"{VISIT} --cost 8400")
        line("add-activity ad Annons --on 2026-09-01 --applicants 7")
        line("add-touch C-1 C-2 A-1")
        rows = [each.split("  ") for each in line("activities").splitlines()]
        figures = [[cell.strip() for cell in row if cell.strip()] for row in rows[1:]]
        assert figures == [
            ["A-1", "2026-09-15", "Class visit", "Miun, termin 7", "miun", "28", "2", "8 400 kr"],
            ["A-2", "2026-09-01", "Ad", "Annons", "–", "7", "–"],
        ]

    def test_a_list_is_narrowed_and_one_that_was_cut_says_so(self, cli: Run, line: Line) -> None:
        for n in range(3):
            line(f"add-activity ad 'Annons {n}' --on 2025-03-0{n + 1}")
        line(VISIT)
        assert line("activities --kind annons --limit 2").splitlines()[-1].startswith("2 of 3;")
        assert cli("activities", "--term", "VT2025..HT2025", "--format", "ids").out == "A-3\nA-2\nA-1\n"
        assert cli("activities", "--search", "MIUN", "--all", "--format", "ids").out == "A-4\n"
        assert line("activities --kind fair") == "No activity fits these filters.\n"

    def test_a_list_speaks_swedish(self, line: Line) -> None:
        line(VISIT)
        assert "Klassbesök" in line("--lang sv activities")
        assert "Klassbesök" in line("--lang sv activity A-1")

    def test_an_empty_list_says_how_to_begin(self, cli: Run) -> None:
        assert "socrekry add-activity" in cli("activities").out
        assert (answer(cli, "activities"), cli("activities", "--format", "ids").out) == ([], "")

    def test_rows_come_as_csv_and_as_json_with_the_same_keys(self, cli: Run, line: Line) -> None:
        line(VISIT)
        (row,) = csv.DictReader(cli("--lang", "sv", "activities", "--format", "csv").out.splitlines())
        (entry,) = answer(cli, "activities")
        assert row == {name: "" if value is None else str(value) for name, value in entry.items()}

    def test_an_empty_text_takes_a_figure_away(self, cli: Run, line: Line) -> None:
        line(f"{VISIT} --cost 0 --deadline 2026-10-01 --unit vuxen")
        assert answer(cli, "edit-activity", "a-1", "--cost", "0")["cost"] == 0
        taken = ("--cost", "", "--reached", "", "--deadline", "", "--university", "", "--unit", "")
        edited = answer(cli, "edit-activity", "A-1", *taken)
        assert {edited[each] for each in ("cost", "reached", "deadline", "university", "unit")} == {None}
        assert edited["minutes"] == 30

    def test_all_there_is_about_one_is_on_one_page(self, cli: Run, line: Line) -> None:
        line(VISIT)
        line("add-touch C-7 C-1 A-1 --on 2026-09-16")
        shown = line("activity A-1")
        assert "C-7  Skyddade personuppgifter, kandidat 1  2026-09-16" in shown
        whole = answer(cli, "activity", "A-1")
        assert [each["id"] for each in whole["touches"]] == ["C-7", "C-1"]
        assert (whole["ad"], whole["voices"], whole["leads"]) == (None, [], 2)

    @pytest.mark.parametrize(
        "typed",
        [VISIT, "edit-activity A-1 --cost 1", "add-touch C-2 A-1", "remove-touch C-1 A-1"],
    )
    def test_each_is_taken_back_and_a_dry_run_keeps_nothing(
        self, line: Line, story: Path, typed: str
    ) -> None:
        line(VISIT)
        line("add-touch C-1 A-1")
        before, bytes_before = [line("activity A-1"), line("activities")], story.read_bytes()
        assert line(f"{typed} --dry-run").endswith("Nothing was kept: this was a dry run.\n")
        assert story.read_bytes() == bytes_before
        line(typed)
        assert [line("activity A-1"), line("activities")] != before
        line("undo")
        assert [line("activity A-1"), line("activities")] == before


class TestPlatsbanken:
    """A job ad fills in what it says, and nothing of what it should not."""

    def test_an_ad_is_filled_in_from_the_file(self, cli: Run, platsbanken: Callable[..., str]) -> None:
        added = answer(cli, "add-activity", "ad", "--platsbanken", platsbanken("7"), "--cost", "14500")
        assert (added["title"], added["on"]) == ("Socialsekreterare 7", "2025-08-28")
        assert (added["deadline"], added["external_id"], added["cost"]) == ("2025-09-25", "7", 14500)
        whole = cli("activity", "A-1", "--format", "json").out
        assert json.loads(whole)["ad"]["employer"] == "Härjedalens kommun"
        assert "Ulla" not in whole
        assert "Härjedalens kommun" in cli("activity", "A-1").out

    def test_what_is_typed_goes_before(self, cli: Run, platsbanken: Callable[..., str]) -> None:
        typed = ("--on", "2025-09-01", "--deadline", "2025-10-01", "--ref", "KS-1")
        added = answer(cli, "add-activity", "ad", "Min", "--platsbanken", platsbanken("7"), *typed)
        assert (added["title"], added["on"], added["deadline"]) == ("Min", "2025-09-01", "2025-10-01")
        assert added["external_id"] == "KS-1"

    def test_the_same_ad_twice_is_refused_with_its_id(
        self, line: Line, platsbanken: Callable[..., str]
    ) -> None:
        typed = f"add-activity ad --platsbanken {platsbanken('7')}"
        line(typed)
        assert "socrekry activity A-1" in line(typed, code=ExitCode.REFUSED)

    def test_several_are_listed_to_pick_from(
        self, cli: Run, line: Line, platsbanken: Callable[..., str]
    ) -> None:
        file = platsbanken("7", "8")
        said = line(f"add-activity ad --platsbanken {file}", code=ExitCode.USAGE)
        assert "  8  Socialsekreterare 8  Härjedalens kommun  2025-08-28" in said
        assert "--pick" in said
        picked = answer(cli, "add-activity", "ad", "--platsbanken", file, "--pick", "8")
        assert picked["title"] == "Socialsekreterare 8"
        line(f"add-activity ad --platsbanken {file} --pick 9", code=ExitCode.NOT_FOUND)

    def test_what_a_reader_should_doubt_is_mentioned(self, cli: Run, platsbanken: Callable[..., str]) -> None:
        doubtful = {"removed": True, "publication_date": "i maj", "headline": "Kurator"}
        file = platsbanken("7", occupation={"concept_id": "aaaa_bbb_ccc", "label": "Kurator"}, **doubtful)
        done = cli("add-activity", "ad", "--platsbanken", file)
        assert (done.code, done.out.splitlines()[1].split(" · ")[0].strip()) == (0, "2026-11-20")
        assert "not for social workers" in done.err
        assert "taken away from Platsbanken" in done.err
        assert "publication_date" in done.err

    def test_a_file_that_is_none_is_told_in_a_sentence(self, line: Line, tmp_path: Path) -> None:
        (tmp_path / "bad.json").write_text("{", encoding="utf-8")
        said = line(f"add-activity ad --platsbanken {tmp_path / 'bad.json'}", code=ExitCode.USAGE)
        assert "is not JSON" in said


class TestTouches:
    """Who took part is noted by id, name or pipe; the day is the activity's."""

    def test_nobody_is_listed_of_an_activity_that_is_to_come(self, cli: Run, line: Line) -> None:
        line("add-activity fair Vårmässa --on 2027-03-01")
        assert cli("list", "--source", "A-1", "--format", "ids").code == ExitCode.DONE

    def test_each_id_has_its_answer_in_the_order_in_which_it_came(self, cli: Run, line: Line) -> None:
        line(VISIT)
        done = cli("add-touch", "C-2", "öberg", "C-2", "C-99", "A-1", "--format", "json")
        entries = json.loads(done.out)
        assert entries[:2] == [
            {"id": "C-2", "activity": "A-1", "on": "2026-09-15"},
            {"id": "C-1", "activity": "A-1", "on": "2026-09-15"},
        ]
        assert [each["error"]["code"] for each in entries[2:]] == ["touch-known", "candidacy-not-found"]
        assert (done.code, line("add-touch C-1 A-1", code=1)[:3]) == (ExitCode.NOT_FOUND, "C-1")

    def test_ids_come_through_a_pipe(self, cli: Run, line: Line) -> None:
        line(VISIT)
        ids = cli("list", "--pipeline", "direct", "--format", "ids").out
        assert cli("add-touch", "-", "A-1", "--format", "ids", stdin=ids).out == "C-7\nC-2\n"
        assert cli("list", "--source", "A-1", "--pipeline", "direct", "--format", "ids").out == ids

    def test_all_or_nothing_notes_nobody_where_one_is_refused(self, cli: Run, line: Line) -> None:
        line(VISIT)
        assert cli("add-touch", "C-1", "C-99", "A-1", "--all-or-nothing").code == ExitCode.NOT_FOUND
        assert answer(cli, "activity", "A-1")["touches"] == []

    def test_a_name_that_may_be_several_is_asked_about(
        self, line: Line, person: Callable[..., Screen], capsys: pytest.CaptureFixture[str]
    ) -> None:
        line(VISIT)
        screen = person("1")
        assert main(["add-touch", "berg", "A-1"]) == ExitCode.DONE
        assert "“berg” may be any of several candidates. Which one?" in screen.getvalue()
        assert capsys.readouterr().out.endswith(": A-1 Miun, termin 7, 2026-09-15\n")

    def test_what_was_taken_away_is_told(self, line: Line) -> None:
        line(VISIT)
        line("add-touch C-1 A-1")
        assert line("remove-touch C-1 A-1").startswith("C-1 Åsa Öberg: no longer A-1 Miun")
        assert "has not taken part" in line("remove-touch C-1 A-1", code=ExitCode.NOT_FOUND)


class TestSource:
    """How somebody was first met may be said with an activity."""

    def test_a_candidate_is_added_with_the_activity_where_she_was_met(self, cli: Run, line: Line) -> None:
        line(VISIT)
        line("add-candidate 'Bo Ek' --term VT2026 --source a-1")
        shown = answer(cli, "show", "C-8")
        assert shown["contacts"] == [
            {"activity": "A-1", "kind": "visit", "on": "2026-09-15", "title": "Miun, termin 7"}
        ]
        assert "2026-09-15  Class visit  Miun, termin 7  A-1" in line("show C-8")
        assert answer(cli, "list", "--source", "visit", "--search", "bo ek")[0]["channel"] == "visit"

    def test_a_second_try_is_too(self, cli: Run, line: Line) -> None:
        line(VISIT)
        line("add-candidacy C-1 --pipeline direct --term VT2026 --source A-1")
        assert cli("list", "--source", "A-1", "--all", "--format", "ids").out == "C-1.1\nC-1.2\n"

    def test_a_word_may_be_swedish(self, cli: Run, line: Line) -> None:
        line("add-candidate 'Bo Ek' --term VT2026 --source klassbesök")
        assert cli("list", "--source", "klassbesök", "--format", "ids").out == "C-7.1\nC-8.1\n"
        assert answer(cli, "show", "C-8")["contacts"][0]["activity"] is None

    def test_an_import_names_activities_by_row_or_for_all(self, cli: Run, line: Line, tmp_path: Path) -> None:
        line(VISIT)
        file = tmp_path / "some.csv"
        file.write_text("namn;källa\nEva Ek;A-1\nBo Ek;A-9\n", encoding="utf-8")
        done = cli("import", str(file), "--term", "VT2026", "--keep-good")
        assert done.code == ExitCode.REFUSED
        assert "   3  källa   There is no activity “A-9”." in done.out
        assert "socrekry activities" in done.out
        line(f"import {file} --term VT2026 --source A-9", code=ExitCode.NOT_FOUND)
        assert [each["id"] for each in answer(cli, "activity", "A-1")["touches"]] == ["C-8"]
