"""What every command answers in JSON has the form that its schema says, and no key that it does not name.

The lines are those that are typed at both engines; here each is asked for JSON. A key that no schema names
would be found by a script and relied on, though nobody had promised it.
"""

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from socrekry.cli.index import COMMANDS
from socrekry.exchange.stories import STORIES, Line
from socrekry.render.schemas import SCHEMAS, schema
from tests.builders import a_database, a_file
from tests.contract.desks import LINES, Answer, Desk, lines_of
from tests.contract.test_commands import FILES, TOLD

NAMES = sorted((each.name for each in COMMANDS), key=len, reverse=True)


def strict(shape: Any) -> Any:
    """Return a schema that names every key there may be."""
    if isinstance(shape, Mapping):
        closed = {key: strict(value) for key, value in shape.items()}
        if "properties" in closed:
            closed.setdefault("additionalProperties", False)
        return closed
    return [strict(each) for each in shape] if isinstance(shape, list | tuple) else shape


def fitting(name: str, document: str) -> None:
    """See that a document has the form that was promised."""
    errors = Draft202012Validator(strict(schema(name))).iter_errors(json.loads(document))
    assert [(list(each.path), each.message) for each in errors] == []


class JsonDesk(Desk):
    """Somebody who asks for every answer as JSON, and reads it against its schema."""

    def _run(self, words: Sequence[str], given: bytes) -> Answer:
        name = command_of(words)
        if name in OFFERING and "ids" not in words and "--help" not in words and "-o" not in words:
            answer = super()._run([*without_format(words), "--format", "json"], given)
            if answer.out:
                fitting(name, answer.out)
            if answer.err.startswith("{"):
                fitting("error", answer.err)
            return answer
        return super()._run(words, given)


def command_of(words: Sequence[str]) -> str:
    """Return the command that a line gives; bare, and with global options alone, it is ``today``."""
    line = " ".join(words) + " "
    places = {f" {line}".find(f" {name} "): name for name in NAMES if f" {name} " in f" {line}"}
    return places[min(places)] if places else "today"


def without_format(words: Sequence[str]) -> list[str]:
    """Return the words without the form that was asked for."""
    place = words.index("--format") if "--format" in words else len(words)
    return [*words[:place], *words[place + 2 :]]


def offering() -> set[str]:
    """Return the commands that answer in JSON where it is asked for."""
    found = set()
    for each in COMMANDS:
        hints = get_type_hints(getattr(import_module(each.module), each.function))
        hint = hints.get("format")
        if "json" in [form for part in (hint, *get_args(hint)) for form in get_args(part)]:
            found.add(each.name)
    return found


OFFERING = offering()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JsonDesk:
    """Give somebody at a store in a file, on the day of the stories."""
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    monkeypatch.setenv("SOCREKRY_ACTOR", "Örjan")
    return JsonDesk(tmp_path / "desk", str(a_file(tmp_path)), monkeypatch)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_answer_fits_its_schema(file: Path, desk: JsonDesk) -> None:
    for line in lines_of(file):
        desk.types(line)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_is_told_in_answers_that_fit(story: str, desk: JsonDesk) -> None:
    for chapter in TOLD:
        if chapter.name.startswith(story):
            for line in chapter.lines:
                desk.types(line, chapter.folder)
    for line in lines_of(LINES / "after-a-story.txt"):
        desk.types(line)


def test_answers_about_the_store_itself_fit(desk: JsonDesk) -> None:
    for words in (
        "demo shown", "check", "doctor", "backup kept.db", "restore kept.db --yes", "copy kept.db copy.db",
    ):  # fmt: skip
        answer = desk.types(Line(0, tuple(words.split())))
        assert answer.out, words


def test_answers_about_who_may_see_what_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = JsonDesk(tmp_path / "desk", a_database(), monkeypatch)
    for words in ("db roles", "db roles --apply", "db allowed", "db row-security on"):
        assert desk.types(Line(0, tuple(words.split()))).out, words


def test_every_command_that_answers_in_json_has_a_schema() -> None:
    assert set(SCHEMAS) - {"error"} == OFFERING


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert Draft202012Validator(schema(name)).is_valid({"a": 1}) is False
