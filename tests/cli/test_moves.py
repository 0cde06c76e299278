"""Moves on the command line: one answer for each id, and the exit code that says the worst of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from socrekry.__main__ import main
from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run, Screen

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")


def answers(cli: Run, typed: str, code: int = 0, stdin: str = "") -> Any:
    """Return what a command answers, as JSON read back."""
    done = cli(*typed.split(), "--format", "json", stdin=stdin)
    assert done.code == code, done.out + done.err
    return json.loads(done.out)


class TestAdvance:
    """What is done, what is refused and what cannot be found stand side by side."""

    def test_a_move_says_from_where_to_where_and_when(self, cli: Run) -> None:
        (answer,) = answers(cli, "advance C-2.2 --on 2026-11-20")
        assert {
            "id": "C-2",
            "candidacy": "C-2.2",
            "from": "lead",
            "to": "applied",
            "seq": 3,
        }.items() <= answer.items()
        assert answer["occurred_on"] == "2026-11-20"

    def test_a_refusal_names_the_guard_what_it_saw_and_the_remedy(self, cli: Run) -> None:
        (answer,) = answers(cli, "advance C-3 --to selected", code=ExitCode.REFUSED)
        assert (answer["id"], answer["candidacy"]) == ("C-3", "C-3.1")
        assert answer["refused"][0] == {
            "guard": "assessment", "met": False, "overridable": True, "reason": "fact-missing",
            "message": "Not recorded: assessment.", "remedy": "socrekry record C-3.1 assessment",
            "facts": {"fact": "assessment"},
        }  # fmt: skip
        assert answer["refused"][1]["facts"] == {"seats": 2, "taken": 2, "waiting_list": None}

    def test_each_id_has_its_answer_in_order_and_the_gravest_decides(self, cli: Run) -> None:
        given = answers(cli, "advance C-99 C-3.1 C-7 berg", code=ExitCode.NOT_FOUND)
        assert [each["id"] for each in given] == ["C-99", "C-3", "C-7", "berg"]
        assert [next(iter({"error", "refused", "to"} & each.keys())) for each in given] == [
            "error", "refused", "to", "error",
        ]  # fmt: skip
        assert {each["id"] for each in given[3]["error"]["details"]["candidates"]} >= {"C-1.1", "C-2.1"}

    def test_all_or_nothing_is_nothing_when_one_is_refused(self, cli: Run, story: Path) -> None:
        before = cli("history", "C-7").out
        given = answers(cli, "advance C-7 C-3 --all-or-nothing", code=ExitCode.REFUSED)
        assert given[0]["error"]["code"] == "rolled-back"
        assert cli("history", "C-7").out == before

    def test_a_dry_run_answers_the_same_and_keeps_nothing(self, cli: Run, story: Path) -> None:
        before = story.read_bytes()
        rehearsed = answers(cli, "advance C-7 C-2.2 --dry-run")
        assert story.read_bytes() == before
        assert answers(cli, "advance C-7 C-2.2") == rehearsed

    def test_who_believed_otherwise_is_told_and_changes_nothing(self, cli: Run, story: Path) -> None:
        before = story.read_bytes()
        done = cli("advance", "C-2.2", "--from", "applied", "--format", "json")
        assert (done.code, json.loads(done.err)["error"]["code"]) == (ExitCode.CONFLICT, "stage-differs")
        assert story.read_bytes() == before

    def test_a_stage_answers_to_the_word_on_the_screen_in_either_language(self, line: Line) -> None:
        assert "Lead → Applied" in line("advance C-2.2 --from Kontakt --to Ansökan")

    def test_ids_come_from_a_list_and_are_counted_aloud(self, cli: Run) -> None:
        ids = cli("list", "--pipeline", "direct", "--format", "ids").out
        done = cli("advance", "-", "C-99", "--format", "ids", stdin=f"{ids}C-3.1\n")
        assert (done.code, done.out.split()) == (ExitCode.NOT_FOUND, ids.split())
        assert done.err == "3 ids from stdin.\n"

    def test_no_ids_at_all_are_said_to_be_none(self, cli: Run) -> None:
        assert cli("advance", "-") == (ExitCode.DONE, "", "0 ids from stdin.\n")

    def test_an_override_needs_its_reason_and_shows_in_the_history(self, line: Line) -> None:
        line("advance C-2.1 --supervisor S-1", code=ExitCode.REFUSED)
        moved = line("advance C-2.1 --supervisor S-1 --override 'terminen har börjat'")
        assert "Set aside: confirmation by the university, mentor" in moved
        assert "terminen har börjat" in line("history C-2.1")

    def test_what_may_not_be_set_aside_is_not(self, line: Line) -> None:
        said = line("advance C-2.1 --override 'terminen har börjat'", code=ExitCode.REFUSED)
        assert "No supervisor is assigned." in said
        assert "terminen har börjat" not in line("history C-2.1")

    def test_a_name_that_may_be_several_is_a_choice_for_a_person(
        self, line: Line, person: Callable[..., Screen], capsys: pytest.CaptureFixture[str]
    ) -> None:
        screen = person("3")
        assert main(["advance", "berg"]) == ExitCode.DONE
        assert "  3  C-2.2  Änne Berg  lead" in screen.getvalue()
        assert capsys.readouterr().out.startswith("C-2.2 Änne Berg: Lead → Applied")

    def test_who_wants_no_questions_gets_the_error(self, person: Callable[..., Screen]) -> None:
        screen = person("3")
        assert main(["advance", "berg", "--no-input"]) == ExitCode.NOT_FOUND
        assert "Give the id instead." in screen.getvalue()


class TestTheEnd:
    """A candidacy is closed with an outcome, opened again, and gives its seat away meanwhile."""

    def test_a_closing_says_why_and_by_whom(self, cli: Run) -> None:
        (answer,) = answers(cli, "close C-2.2 --outcome withdrawn")
        assert (answer["state"], answer["outcome"], answer["to"]) == ("lost", "withdrawn", "lead")
        assert "Withdrew" in cli("history", "C-2.2").out or "withdrew" in cli("history", "C-2.2").out

    def test_a_seat_that_falls_free_names_the_first_in_line(self, cli: Run) -> None:
        (answer,) = answers(cli, "close C-2.1 --outcome declined --by candidate")
        assert answer["next_in_line"] == "C-3.1"

    def test_one_that_is_closed_is_opened_where_it_stood(self, line: Line) -> None:
        assert "open again at Applied" in line("reopen C-5")
        assert "socrekry reopen" not in line("next C-5")

    def test_one_that_is_closed_is_not_moved(self, line: Line) -> None:
        assert "    socrekry reopen C-5.1" in line("advance C-5", code=ExitCode.REFUSED)

    @pytest.mark.parametrize("typed", ["advance C-3 --to selected", "reopen C-2.1", "undo C-2.1", "next C-3"])
    def test_who_cannot_wait_is_not_sent_to_the_waiting_list(self, line: Line, typed: str) -> None:
        line("close C-2.1 --outcome declined")
        line("advance C-3 --to selected --with assessment")
        line("advance C-4 --to reserve")
        refused = line(typed.replace("C-3", "C-4"), code=int("next" not in typed))
        assert "No seat is free: 2 of 2 are taken." in refused
        assert "socrekry reserve" not in refused

    def test_one_that_is_won_has_come_as_far_as_one_comes(self, line: Line) -> None:
        line("edit-cohort direct VT2026 --seats 1")
        line("record C-2.2 references-checked offer-accepted")
        for _stage in ("applied", "interview", "references", "offer", "hired", "started"):
            line("advance C-2.2 --override 'nära examen'")
        refused = line("advance C-2.2", code=ExitCode.REFUSED)
        assert "socrekry history C-2.2" in refused
        assert "reopen" not in refused


class TestAside:
    """The waiting list, a pause, another cohort: the stage stays, or stands beside the path."""

    def test_a_place_on_the_waiting_list_is_changed(self, line: Line) -> None:
        line("resume C-4 --on 2025-07-01")
        line("reserve C-4 --rank 1")
        assert "place on the waiting list: 2" in line("reserve C-3 --rank 2")

    @pytest.mark.parametrize("rank", ["0", "-1"])
    def test_a_place_that_is_none_is_a_usage_error(self, line: Line, rank: str) -> None:
        assert "is not a place on a waiting list" in line(f"reserve C-4 --rank {rank}", code=ExitCode.USAGE)

    def test_one_that_rests_is_not_moved_until_it_is_taken_up(self, line: Line) -> None:
        line("pause C-7 --until 2027-01-10 --reason leave")
        assert "socrekry resume C-7.1" in line("advance C-7", code=ExitCode.REFUSED)
        line("resume C-7")
        line("advance C-7")

    def test_a_transfer_takes_the_stage_along(self, line: Line) -> None:
        line("add-cohort trainee HT2026 --seats 3 --unit vuxen")
        line("transfer C-3 --term HT2026")
        shown = line("show C-3")
        assert "trainee HT2026 Vuxen" in shown
        assert "Reserve" in shown

    def test_a_term_without_a_cohort_has_its_remedy(self, line: Line) -> None:
        said = line("transfer C-3 --term HT2030", code=ExitCode.NOT_FOUND)
        assert "socrekry add-cohort trainee HT2030 --seats N" in said

    def test_it_must_be_said_where_to(self, line: Line) -> None:
        assert "--term, --unit or --cohort" in line("transfer C-3", code=ExitCode.USAGE)
