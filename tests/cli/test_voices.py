"""Voices from the command line: kept, listed and counted, in the forms that scripts rely on."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.services.programme import a_store


@pytest.fixture(autouse=True)
def _a_class_that_was_visited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Run) -> None:
    a_store(tmp_path).close()
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "store.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Eva")
    cli("add-activity", "visit", "Klassbesök", "--on", "2026-09-15", "--university", "miun")


def answer(cli: Run, *words: str) -> Any:
    """Return what a command answers as JSON."""
    done = cli(*words, "--format", "json")
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_a_voice_is_kept_with_where_it_was_heard(cli: Run) -> None:
    added = answer(cli, "add-voice", "A-1", "oro", "hot", "Vad händer?", "--count", "6")
    assert added == {
        "id": "V-1",
        "kind": "concern",
        "theme": "threats",
        "title": "threats and violence",
        "count": 6,
        "text": "Vad händer?",
        "on": "2026-09-15",
        "source": "A-1",
        "term": "HT2026",
        "university": "miun",
    }
    assert answer(cli, "voices", "--texts") == [added]


def test_what_a_candidate_said_is_shown_with_her(cli: Run) -> None:
    cli("add-cohort", "direct", "HT2026", "--seats", "3")
    cli("add-candidate", "Anna", "--pipeline", "direct", "--term", "HT2026")
    cli("add-voice", "C-1", "oro", "hot", "Vad händer?", "--on", "2026-11-02")
    cli("add-voice", "C-1", "wish", "pay", "--count", "2")
    assert answer(cli, "show", "C-1")["voices"][0] == {
        "id": "V-1", "kind": "concern", "theme": "threats", "title": "threats and violence", "count": 1,
        "text": "Vad händer?", "on": "2026-11-02", "candidacy": "C-1.1",
    }  # fmt: skip
    shown = cli("show", "C-1").out
    assert "2026-11-02  Concern  threats and violence  1  Vad händer?" in shown
    cli("protect", "C-1", "--yes")
    assert [each["text"] for each in answer(cli, "show", "C-1")["voices"]] == [None, None]


def test_a_dry_run_says_so_and_keeps_nothing(line: Callable[..., str]) -> None:
    assert "dry run" in line("add-voice A-1 wish pay --dry-run")
    assert "Nothing has been heard." in line("voices")


def test_voices_are_counted_and_parted(cli: Run) -> None:
    cli("add-voice", "A-1", "wish", "handledning", "--count", "9")
    found = answer(cli, "voices")
    assert (found["term"], found["previous"], found["compared"]) == ("HT2026", "VT2026", False)
    assert found["voices"][0]["by_university"] == {"miun": 9}
    assert "miun 9" in cli("voices", "--by", "university").out
    assert "HT2026 9" in cli("voices", "--by", "term", "--term", "HT2025..HT2026").out


def test_every_form_of_voices_is_offered(cli: Run) -> None:
    cli("add-voice", "A-1", "wish", "pay")
    cli("add-voice", "A-1", "concern", "pay", "Låg lön")
    (first, _) = csv.DictReader(StringIO(cli("voices", "--format", "csv").out))
    assert first == {"kind": "wish", "theme": "pay", "title": "pay", "term": "HT2026", "university": "miun",
                     "count": "1"}  # fmt: skip
    assert cli("voices", "--format", "ids").out == "pay\n"
    assert cli("voices", "--texts", "--format", "ids").out == "V-1\nV-2\n"
    assert "Låg lön" in cli("voices", "--texts", "--format", "csv").out
    assert "Låg lön" not in cli("voices").out


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("--kind önskemål", ["wish pay"]),
        ("--theme arbetstider", ["concern hours"]),
        ("--university sh", []),
        ("--term VT2026", []),
        ("", ["wish pay", "concern hours"]),
    ],
)
def test_voices_are_narrowed(cli: Run, words: str, shown: list[str]) -> None:
    cli("add-voice", "A-1", "wish", "pay")
    cli("add-voice", "A-1", "concern", "hours")
    found = answer(cli, "voices", *words.split())["voices"]
    assert [f"{each['kind']} {each['theme']}" for each in found] == shown


def test_a_voice_is_removed_and_put_back(line: Callable[..., str]) -> None:
    line("add-voice A-1 wish pay")
    assert line("remove-voice V-1").startswith("Removed V-1: wish, pay, 1 at A-1, 2026-09-15.")
    assert line("voices --texts --format ids") == ""
    line("undo")
    assert line("voices --texts --format ids") == "V-1\n"


def test_a_theme_is_added_and_listed_with_the_others(cli: Run) -> None:
    added = answer(cli, "add-theme", "fika", "Raster och fika")
    assert added == {"code": "fika", "title": "Raster och fika", "own": True}
    cli("add-voice", "A-1", "beröm", "raster", "--count", "3")
    assert answer(cli, "themes")[0] == added | {"heard": 3}
    assert cli("themes", "--format", "ids").out.startswith("fika\nsupervision\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-voice", "A-1", "wish", "Höga berg"), 4, "socrekry add-theme hoga-berg 'Höga berg'"),
        (("add-voice", "A-1", "wish", "Höga berg"), 4, "  threats         threats and violence"),
        (("add-voice", "A-1", "wish", "arbet"), 4, "Give the code instead."),
        (("add-voice", "A-1", "ilska", "pay"), 2, "wish, concern and praise"),
        (("add-voice", "A-2", "wish", "pay"), 4, "A-2"),
        (("add-voice", "A-1", "wish", "pay", "--count", "0"), 2, "--count"),
        (("remove-voice", "V-1"), 4, "socrekry voices --texts"),
        (("add-theme", "pay", "Lön"), 1, "There is such a theme already: pay."),
        (("add-theme", "a b", "Ny"), 2, "letters, digits and hyphens"),
        (("voices", "--theme", "berg"), 4, "socrekry add-theme berg berg"),
        (("voices", "--university", "moon"), 4, "socrekry add-university moon"),
        (("voices", "--unit", "moon"), 4, "socrekry add-unit moon"),
    ],
)
def test_what_cannot_be_is_said_with_a_remedy(cli: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = cli(*words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
