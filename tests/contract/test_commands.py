"""Every command answers the same on PostgreSQL as in a file: code, stdout and stderr, byte for byte.

The lines are those in the folder `command_lines` and those of both founding stories, each file of them and
each story on a store of its own.
"""

import re
from pathlib import Path

import pytest

from socrekry.cli.index import COMMANDS
from socrekry.exchange.stories import STORIES, chapters
from tests.builders import a_database, a_file
from tests.contract.desks import EXAMPLES, LINES, Desk, lines_of, two_desks, type_at_both

FILES = sorted(LINES.glob("[0-9]*.txt"))
TOLD = list(chapters(str(EXAMPLES)))
# They tell of the engine, or move from one to the other; each has tests of its own.
OF_ONE_ENGINE = {
    "doctor",
    "backup",
    "restore",
    "copy",
    "db roles",
    "db row-security",
    "db allow",
    "db allowed",
}


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Desk]:
    """Give two desks with new stores, one in a file and one on PostgreSQL."""
    return two_desks(tmp_path, (str(a_file(tmp_path)), a_database()), monkeypatch)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_command_answers_the_same_on_both_engines(file: Path, desks: tuple[Desk, Desk]) -> None:
    type_at_both(desks, lines_of(file))


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_told_the_same_on_both_engines(story: str, desks: tuple[Desk, Desk]) -> None:
    for chapter in TOLD:
        if chapter.name.startswith(story):
            type_at_both(desks, chapter.lines, chapter.folder)
    type_at_both(desks, lines_of(LINES / "after-a-story.txt"))


def test_every_command_is_typed() -> None:
    typed = [" ".join(line.words) for file in FILES for line in lines_of(file)]
    untyped = {each.name for each in COMMANDS if not any(f"{each.name} " in f"{words} " for words in typed)}
    assert untyped == OF_ONE_ENGINE


def test_every_form_and_both_languages_are_asked_for() -> None:
    typed = "\n".join(file.read_text(encoding="utf-8") for file in FILES)
    forms = ("json", "csv", "ids", "mermaid")
    assert all(typed.count(f"--format {form}") for form in forms)
    assert typed.count("--lang sv") > 15
    assert {int(code) for code in re.findall(r"# ! (\d+)", typed)} == {1, 2, 3, 4, 5}
