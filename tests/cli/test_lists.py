"""Looking: every filter, every form, and the same candidate shown from each side."""

import csv
import json
from collections.abc import Callable
from typing import TypeAlias

import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run

Line: TypeAlias = Callable[..., str]
pytestmark = pytest.mark.usefixtures("story")


def ids(cli: Run, *words: str) -> list[str]:
    """Return the ids that a list gives, in order."""
    return cli("list", *words, "--format", "ids").out.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), ["C-7.1", "C-4.1", "C-1.1", "C-2.1", "C-2.2", "C-3.1"]),
        (("--all",), ["C-7.1", "C-4.1", "C-5.1", "C-1.1", "C-2.1", "C-2.2", "C-3.1"]),
        (("--term", "ht25", "--stage", "selected"), ["C-2.1"]),
        (("--stage", "antagen"), ["C-2.1"]),
        (("--stage", "Selected"), ["C-2.1"]),
        (("--pipeline", "direct"), ["C-7.1", "C-2.2"]),
        (("--unit", "BARN och unga"), ["C-4.1", "C-1.1", "C-2.1", "C-3.1"]),
        (("--cohort", "våren"), ["C-7.1", "C-2.2"]),
        (("--university", "oru"), ["C-4.1"]),
        (("--source", "visit"), ["C-7.1"]),
        (("--tag", "kö"), ["C-1.1"]),
        (("--stalled", "--stage", "applied"), ["C-4.1"]),
        (("--search", "oberg"), ["C-1.1"]),
        (("--search", "3@exempel"), ["C-3.1"]),
        (("--search", "%"), []),
        (("--limit", "2"), ["C-7.1", "C-4.1"]),
    ],
)
def test_each_filter_lets_through_what_it_names(cli: Run, words: tuple[str, ...], found: list[str]) -> None:
    if "oru" in words:
        cli("edit-candidate", "C-4", "--university", "örebro")
    assert sorted(ids(cli, *words)) == sorted(found)


def test_swedes_are_in_swedish_order(cli: Run) -> None:
    assert ids(cli, "--all", "--pipeline", "trainee") == ["C-4.1", "C-5.1", "C-1.1", "C-2.1", "C-3.1"]


def test_a_list_that_was_cut_says_so(line: Line) -> None:
    assert line("list --limit 2").splitlines()[-1].startswith("2 of 6;")
    assert " of " not in line("list --limit 6")


def test_rows_come_as_csv_and_as_json_with_the_same_keys(cli: Run) -> None:
    rows = list(csv.DictReader(cli("list", "--format", "csv").out.splitlines()))
    entries = json.loads(cli("list", "--format", "json").out)
    assert [set(row) for row in rows[:1]] == [set(entry) for entry in entries[:1]]
    assert rows[0]["name"] == entries[0]["name"] == "Skyddade personuppgifter, kandidat 1"
    assert entries[0]["since"] == "2026-11-20"


def test_an_empty_list_is_still_a_document(cli: Run) -> None:
    assert json.loads(cli("list", "--search", "Zorro", "--format", "json").out) == []
    assert cli("list", "--search", "Zorro", "--format", "ids").out == ""
    assert cli("list", "--search", "Zorro").out != ""


def test_the_headers_of_a_csv_are_english_in_any_language(cli: Run) -> None:
    swedish, english = (cli("list", "--format", "csv", "--lang", each).out for each in ("sv", "en"))
    assert swedish == english


def test_a_form_that_there_is_none_of_is_refused_with_those_there_are(cli: Run) -> None:
    done = cli("list", "--format", "xlsx")
    assert (done.code, "'table', 'json', 'csv'" in done.err or "table, json, csv" in done.err) == (2, True)


def test_show_is_the_whole_dossier_in_one_document(cli: Run) -> None:
    answer = json.loads(cli("show", "C-2", "--format", "json").out)
    assert [each["candidacy"] for each in answer["candidacies"]] == ["C-2.1", "C-2.2"]
    assert {"id", "name", "email", "tags", "facts", "notes", "next"} <= answer.keys()
    assert [fact["fact"] for fact in answer["facts"] if fact["about_person"]] == ["degree"]


def test_history_tells_what_was_taken_back_and_by_whom(cli: Run, line: Line) -> None:
    entries = json.loads(cli("history", "C-1", "--format", "json").out)
    assert [each["seq"] for each in entries] == list(range(1, len(entries) + 1))
    assert {each["actor"] for each in entries} == {"Örjan"}
    undone = next(each for each in entries if each["event"] == "undone")
    assert all(entries[seq - 1]["undone_by"] == undone["seq"] for seq in undone["seqs"])
    assert "taken back" in line("history C-1")


def test_an_actor_who_is_named_stands_in_the_history(line: Line) -> None:
    line("advance C-2.2 --actor 'Eva Chef'")
    assert "Eva Chef" in line("history C-2.2")


@pytest.mark.parametrize("typed", ["list --all", "show C-2", "history C-1"])
def test_every_view_speaks_swedish(line: Line, typed: str) -> None:
    swedish = line(f"{typed} --lang sv")
    assert "Antagen" in swedish
    assert "Selected" not in swedish


def test_whose_unit_is_unknown_is_told_so(line: Line) -> None:
    assert "socrekry add-unit Ekonomi" in line("list --unit Ekonomi", code=ExitCode.NOT_FOUND)
