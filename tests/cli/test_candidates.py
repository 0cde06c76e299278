"""Candidates on the command line: added where they belong, mended, and hidden for good where they must be."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from socrekry.__main__ import main
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run, Screen

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")
VT2027 = "add-cohort direct VT2027 --seats 2"


class TestAdding:
    """What is left out is taken from the only cohort that fits, and the choice is always said."""

    def test_the_answer_names_the_candidate_and_where_it_went(self, cli: Run, line: Line) -> None:
        line(VT2027)
        answer = json.loads(cli("add-candidate", "Åsa Lind", "--format", "json").out)
        assert answer == {
            "id": "C-8", "candidacy": "C-8.1", "name": "Åsa Lind", "stage": "lead", "pipeline": "direct",
            "term": "VT2027", "unit": None, "cohort": "direct VT2027", "protected": False, "resembles": [],
        }  # fmt: skip

    def test_the_cohort_that_was_chosen_is_said(self, line: Line) -> None:
        line(VT2027)
        assert line("add-candidate Bo") == "C-8.1 Bo\ndirect VT2027: Lead\n"

    def test_a_term_that_has_ended_must_be_given_outright(self, line: Line) -> None:
        assert "No cohort fits." in line("add-candidate Bo", code=ExitCode.USAGE)
        assert "trainee HT2025" in line("add-candidate Bo --term HT2025 --pipeline trainee")

    def test_a_script_is_told_which_cohorts_there_are(self, line: Line) -> None:
        line(VT2027)
        line("add-cohort trainee VT2027 --seats 2")
        said = line("add-candidate Bo", code=ExitCode.USAGE)
        assert "direct VT2027" in said
        assert "trainee VT2027" in said

    def test_a_person_chooses_among_them(
        self, line: Line, person: Callable[..., Screen], capsys: pytest.CaptureFixture[str]
    ) -> None:
        line(VT2027)
        line("add-cohort trainee VT2027 --seats 2")
        screen = person("2")
        assert main(["add-candidate", "Bo"]) == ExitCode.DONE
        assert "  2  trainee VT2027" in screen.getvalue()
        assert "trainee VT2027: Lead" in capsys.readouterr().out

    def test_a_person_without_a_name_is_asked_field_by_field(
        self, line: Line, person: Callable[..., Screen]
    ) -> None:
        line(VT2027)
        screen = person("Bo Ek", "bo", "bo@example.se", "", "oru", "HT2027")
        assert main(["add-candidate"]) == ExitCode.DONE
        assert "“bo” is not an e-mail address." in screen.getvalue()
        assert "Örebro universitet" in line("show bo@example.se")

    def test_an_address_that_is_known_points_to_a_second_try(self, cli: Run, line: Line) -> None:
        said = line("add-candidate Bo --term VT2026 --email 1@EXEMPEL.se", code=ExitCode.REFUSED)
        assert "socrekry add-candidacy C-1 --pipeline P --term T" in said
        refused = cli(
            "add-candidate", "Bo", "--term", "VT2026", "--email", "1@exempel.se", "--format", "json"
        )
        assert "socrekry add-candidacy C-1" in json.loads(refused.err)["error"]["details"]["remedy"]
        assert "C-1.2 Åsa Öberg" in line("add-candidacy C-1 --pipeline direct --term VT2026")

    def test_a_dry_run_keeps_nobody(self, line: Line, story: Path) -> None:
        before = story.read_bytes()
        assert "C-8.1 Bo" in line("add-candidate Bo --term VT2026 --dry-run")
        assert story.read_bytes() == before

    @pytest.mark.parametrize("place", ["no/such/folder", "."])
    def test_nobody_is_added_where_the_answer_could_not_be_put(
        self, line: Line, story: Path, place: str
    ) -> None:
        before = story.read_bytes()
        assert "Cannot write" in line(f"add-candidate Bo --term VT2026 -o {place}", code=ExitCode.USAGE)
        assert story.read_bytes() == before

    def test_a_cohort_that_is_full_still_takes_applications(self, line: Line) -> None:
        line("add-candidate Bo --term HT2025")
        line("advance Bo")


class TestProtectedIdentity:
    """Nothing that tells who it is is kept, in any command's answer; it is still counted."""

    def test_a_name_is_neither_asked_for_nor_taken(self, line: Line, person: Callable[..., Screen]) -> None:
        for detail in ("Hemlig", "--email h@example.se", "--phone 08-1", "--university oru"):
            said = line(f"add-candidate {detail} --protected --term VT2026", code=ExitCode.USAGE)
            assert "Hemlig" not in said
        screen = person()
        assert main(["add-candidate", "--protected", "--term", "VT2026"]) == ExitCode.DONE
        assert screen.getvalue() == ""

    def test_one_who_is_scrubbed_is_nowhere_in_the_file(self, line: Line, story: Path) -> None:
        line("note C-5 'Ring Zoë Émile på 5@exempel.se'")
        assert line("protect C-5 --yes") == "Skyddade personuppgifter, kandidat 2\n"
        kept = story.read_bytes()
        assert not [each for each in ("Zoë", "zoe", "5@exempel.se", "Valde Åre") if each.encode() in kept]

    def test_one_who_is_scrubbed_is_shown_by_number_everywhere(self, line: Line) -> None:
        line("protect C-5 --yes")
        for typed in (
            "show C-5",
            "history C-5",
            "list --all --format csv",
            "reopen C-5",
            "advance C-5 --to reserve",
        ):
            shown = line(typed)
            assert "Skyddade personuppgifter, kandidat 2" in shown
            assert "Zoë" not in shown

    def test_it_is_asked_about_first_and_a_script_must_have_said_yes(
        self, line: Line, person: Callable[..., Screen], story: Path
    ) -> None:
        before = story.read_bytes()
        assert "Add --yes" in line("protect C-5", code=ExitCode.CANCELLED)
        person("n")
        assert main(["protect", "C-5"]) == ExitCode.CANCELLED
        assert story.read_bytes() == before

    def test_a_dry_run_scrubs_nothing_and_asks_nothing(self, line: Line, story: Path) -> None:
        before = story.read_bytes()
        assert line("protect C-5 --dry-run").startswith("Skyddade personuppgifter, kandidat 2\n")
        assert story.read_bytes() == before

    def test_what_was_scrubbed_does_not_come_back(self, line: Line) -> None:
        line("protect C-5 --yes")
        said = line("undo", code=ExitCode.REFUSED)
        assert "protected for good" in said


class TestDetails:
    """What is known of a person is changed, emptied and put back."""

    def test_an_empty_text_takes_a_detail_away(self, line: Line) -> None:
        line("edit-candidate C-1 --phone 08-1 --tag vip")
        assert "08-1" in line("show C-1")
        line("edit-candidate C-1 --phone '' --untag vip")
        assert not {"08-1", "vip"} & set(line("show C-1").split())

    def test_undo_puts_a_detail_back(self, line: Line) -> None:
        line("edit-candidate C-1 --name 'Åsa Ny'")
        line("undo C-1")
        assert line("show C-1").startswith("C-1 Åsa Öberg")

    def test_nothing_to_change_is_a_usage_error(self, line: Line) -> None:
        line("edit-candidate C-1", code=ExitCode.USAGE)

    def test_a_note_may_come_through_a_pipe(self, line: Line) -> None:
        line("note C-1 -", stdin="Ring åter\n på måndag\n")
        assert "Ring åter" in line("show C-1")
        assert "Ring åter" in line("history C-1")

    def test_a_note_of_nothing_is_none(self, line: Line) -> None:
        line("note C-1 -", code=ExitCode.USAGE)

    @pytest.mark.parametrize("ref", ["C-1", "c-1", "C-1.1", "åsa", "ASA ob", "1@exempel.se", " C-1 "])
    def test_a_person_answers_to_an_id_an_address_or_a_part_of_the_name(self, cli: Run, ref: str) -> None:
        assert cli("show", ref).out.startswith("C-1 Åsa Öberg")


@pytest.mark.usefixtures("story")
def test_who_acts_has_a_name_that_fits(cli: Run) -> None:
    done = cli("note", "C-1", "hej", "--actor", "x" * 201)
    assert (done.code, "at most 200" in done.err) == (ExitCode.USAGE, True)
    assert cli("note", "C-1", "hej", "--actor", " Bea  Ek ").code == ExitCode.DONE
    assert "Bea Ek" in cli("history", "C-1").out
