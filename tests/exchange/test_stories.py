"""A story file says which commands are typed, and how each of them ends."""

from pathlib import Path

import pytest

import socrekry
from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.exchange.stories import Line, chapters, read_lines, stories_folder


def test_comments_and_empty_lines_are_for_the_reader() -> None:
    assert read_lines("# Huddinge\n\nsocrekry today  # what waits\n") == (Line(3, ("today",)),)


def test_words_are_quoted_as_in_a_shell() -> None:
    (line,) = read_lines('socrekry note C-1 "Två ord"')
    assert line.words == ("note", "C-1", "Två ord")


def test_a_backslash_joins_lines_and_the_first_gives_the_number() -> None:
    lines = read_lines("socrekry record C-1 \\\n    assessment\nsocrekry today")
    assert lines == (Line(1, ("record", "C-1", "assessment")), Line(3, ("today",)))


def test_a_story_may_end_in_a_backslash() -> None:
    assert read_lines("socrekry today \\") == (Line(1, ("today",)),)


def test_a_mark_says_that_a_line_is_refused() -> None:
    (line,) = read_lines("socrekry advance C-1   # ! 1")
    assert line == Line(1, ("advance", "C-1"), 1)


@pytest.mark.parametrize("text", ["\nrm -r .", '\nsocrekry note C-1 "open'])
def test_what_is_no_command_of_ours_is_named_by_its_line(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_lines(text)
    assert refused.value.code == "story-unreadable"
    assert refused.value.details["line"] == 2


def test_chapters_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("huddinge/02.txt", "huddinge/01.txt", "huddinge/list.csv", "harjedalen/01.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("socrekry today", encoding="utf-8")
    names = [chapter.name for chapter in chapters(str(tmp_path))]
    assert names == ["huddinge/01.txt", "huddinge/02.txt", "harjedalen/01.txt"]


def test_stories_inside_the_package_come_before_a_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("examples", "src/socrekry/stories"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(socrekry, "__file__", str(tmp_path / "src" / "socrekry" / "__init__.py"))
    assert stories_folder() == str(tmp_path / "src" / "socrekry" / "stories")


def test_a_checkout_has_them_among_its_examples() -> None:
    assert stories_folder() == str(Path(socrekry.__file__).parents[2] / "examples")


def test_an_installation_without_them_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socrekry, "__file__", str(tmp_path / "src" / "socrekry" / "__init__.py"))
    with pytest.raises(NotFound, match="stories-missing"):
        stories_folder()
