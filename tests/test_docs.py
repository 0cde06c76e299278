"""The pages tell the truth: commands, options, links, names, files and answers are there as they are told."""

import gc
import json
import re
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple

import pytest

import reference
from socrekry.__main__ import main
from socrekry.cli import index, settings
from socrekry.cli.app import NAME, Commands, build
from socrekry.cli.exits import ExitCode
from socrekry.domain.guards import GUARDS
from socrekry.domain.pipeline_file import PIPELINE_KEYS, STAGE_KEYS, TRANSITION_KEYS
from socrekry.services.pipelines import check_pipeline

HOUSE = Path(__file__).parent.parent
PACKAGE = HOUSE / "src" / "socrekry"
DOCS = HOUSE / "docs"
PAGES = [
    *sorted(HOUSE.glob("*.md")),
    *sorted(DOCS.rglob("*.md")),
    *sorted((HOUSE / "examples").rglob("*.md")),
    *sorted((HOUSE / "benchmarks").glob("*.md")),
]
DECISIONS = sorted((DOCS / "decisions").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:[\w./]*/)?socrekry\s[^`]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
LAYERS = "cli|domain|exchange|locale|render|reports|services|store"
REST = "…"
OPTION = re.compile(r"`(--[a-z-]+)")
PLACE = re.compile(rf"`((?:{LAYERS}|__main__)\.\w[\w.]*)`")
PATH = re.compile(rf"`((?:{LAYERS}|pipelines)/[\w./]+)`")
VARIABLE = re.compile(r"SOCREKRY_[A-Z_]*[A-Z]")


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def each_page(pages: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("page", pages, ids=name_of)


def blocks(text: str, *languages: str) -> Iterator[tuple[str, str]]:
    """Give the language and text of each fenced block in one of these languages."""
    return ((kind, body) for kind, body in BLOCK.findall(text) if kind in languages)


def typed(kind: str, body: str) -> Iterator[str]:
    """Give the lines of a block that somebody types, without what a console answers."""
    lines = body.splitlines()
    return (line.removeprefix("$ ") for line in lines if kind == "sh" or line.startswith("$ "))


def command_lines(line: str) -> Iterator[list[str]]:
    """Give the words after each ``socrekry`` in a line of shell, whatever it is piped to or from."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|&;<>")
    lexer.whitespace_split = True
    words: list[str] = []
    for word in [*lexer, ";"]:
        if set(word) <= set("|&;<>"):
            if words and words[0].rpartition("/")[2] == NAME:
                yield words[1:]
            words = []
        else:
            words.append(word)


def understood(words: list[str]) -> None:
    """Read a command line as the program would, and raise what it would raise; run nothing."""
    settings.begin()
    command = Commands(NAME)
    ctx = command.make_context(NAME, [word for word in words if word not in ("--help", "--version")])
    while isinstance(command, Commands) and (rest := [*ctx._protected_args, *ctx.args]):
        name, found, rest = command.resolve_command(ctx, rest)
        assert found is not None
        if "--help" in words and not isinstance(found, Commands):
            return
        command, ctx = found, found.make_context(name, rest, parent=ctx)  # type: ignore[assignment]


def flags_of(name: str) -> set[str]:
    entry = index.entry(name)
    params = build(entry).params if entry else Commands(NAME).params
    return {flag for param in params for flag in param.opts} | {"--help", "--version"}


class Answer(NamedTuple):
    """What a command line answered."""

    code: int
    out: str
    err: str


def agrees(found: object, told: object) -> bool:
    """Say whether an answer is the one told, where ``…`` stands for further elements or keys."""
    if isinstance(told, dict) and isinstance(found, dict):
        keys = told.keys() - {REST}
        whole = keys <= found.keys() if REST in told else keys == found.keys()
        return whole and all(agrees(found[key], told[key]) for key in keys)
    if isinstance(told, list) and isinstance(found, list):
        first = told[:-1] if told[-1:] == [REST] else told
        whole = len(first) == len(told) == len(found) or len(first) < min(len(told), len(found))
        return whole and all(map(agrees, found, first))
    return found == told


def answer(line: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Run a line of a page, with what ``printf`` gives it to read."""
    told = re.match(r"printf '(.*)' \| ", line)
    given = told[1].replace("\\n", "\n") if told else ""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(given.encode())))
    (words,) = command_lines(line)
    capsys.readouterr()
    code = main(words)
    gc.enable()
    return Answer(code, *capsys.readouterr())


def test_the_command_reference_says_what_help_says() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.document()


@pytest.mark.parametrize("entry", index.COMMANDS, ids=lambda entry: entry.name)
def test_every_command_has_help_and_a_place_in_the_reference(entry: index.Entry) -> None:
    assert (build(entry).help or "").strip()
    assert f"\n### {entry.name}\n" in reference.PAGE.read_text(encoding="utf-8")


@each_page(PAGES)
def test_a_command_line_in_a_page_can_be_typed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO())
    for kind, body in blocks(page.read_text(encoding="utf-8"), "console", "sh"):
        for line in typed(kind, body):
            for words in command_lines(line.removesuffix("\\")):
                understood(words)


@each_page(PAGES)
def test_a_command_named_in_a_sentence_exists_with_its_options(page: Path) -> None:
    prose = BLOCK.sub("", page.read_text(encoding="utf-8"))
    for code in INLINE.findall(prose):
        for words in command_lines(" ".join(code.split())):
            names = [word for word in words if not word.startswith("-")]
            name = " ".join(names[:2]) if names[:1] and names[0] in index.GROUPS else "".join(names[:1])
            assert not name or name == "COMMAND" or index.entry(name), code
            flags = {word.partition("=")[0] for word in words if word.startswith("--")}
            assert flags <= flags_of(name), code


@each_page([HOUSE / "README.md", *sorted(DOCS.rglob("*.md"))])
def test_an_option_named_in_a_sentence_exists(page: Path) -> None:
    known = flags_of("").union(*(flags_of(entry.name) for entry in index.COMMANDS))
    assert set(OPTION.findall(page.read_text(encoding="utf-8"))) - known == set()


@each_page(PAGES)
def test_a_file_that_a_command_line_reads_is_there(page: Path) -> None:
    words = re.findall(r"(?<=\s)examples/[\w./-]+", page.read_text(encoding="utf-8"))
    assert [word for word in words if not (HOUSE / word).exists()] == []


def headings(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", BLOCK.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@each_page(PAGES)
def test_a_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@each_page([*sorted(DOCS.rglob("*.md")), HOUSE / "CONTRIBUTING.md"])
def test_a_room_or_function_named_in_a_page_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name in PLACE.findall(text):
        parts = name.split(".")
        depth = 1 if parts[0] in ("__main__", "locale") else 2
        thing: object = import_module(".".join(["socrekry", *parts[:depth]]))
        for n, part in enumerate(parts[depth:], depth):
            if not hasattr(thing, part):  # a room of a package, which nobody has opened yet
                import_module(".".join(["socrekry", *parts[: n + 1]]))
            thing = getattr(thing, part)
    assert [path for path in PATH.findall(text) if not (PACKAGE / path).exists()] == []


YOUR_OWN = DOCS / "your-own-pipeline.md"


def test_a_pipeline_in_a_page_can_be_installed() -> None:
    texts = [body for _, body in blocks(YOUR_OWN.read_text(encoding="utf-8"), "toml")]
    assert [check_pipeline(text).name for text in texts] == ["summer", "placement-first"]


def test_whoever_writes_a_pipeline_is_told_every_key_and_guard() -> None:
    told = set(re.findall(r"^\|.*?\|", YOUR_OWN.read_text(encoding="utf-8"), re.MULTILINE))
    keys = {*STAGE_KEYS, *TRANSITION_KEYS, *PIPELINE_KEYS, *GUARDS} - {"stage", "transition"}
    assert {key for key in keys if f"| `{key}` |" not in told} == set()


@pytest.mark.parametrize("guard", [name for name, kind in GUARDS.items() if kind.parameters])
def test_whoever_writes_a_pipeline_is_told_what_a_guard_may_be_given(guard: str) -> None:
    text = YOUR_OWN.read_text(encoding="utf-8")
    (rows,) = re.findall(rf"^\| `{guard}` .*\n(?:\| +\| .*\n)*", text, re.MULTILINE)
    assert [name for name in GUARDS[guard].parameters if f"`{name}`" not in rows] == []


CONTRACT = DOCS / "exit-codes-and-json.md"


def test_json_in_a_page_is_what_the_program_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"DB": "store.db", "CONFIG": "config.toml"}
    for name, value in [*((name, str(tmp_path / file)) for name, file in told.items()), ("ACTOR", "anna")]:
        monkeypatch.setenv(f"SOCREKRY_{name}", value)
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-05-12")
    monkeypatch.delenv("SOCREKRY_UNIT", raising=False)
    last = Answer(0, "", "")
    for kind, body in blocks(CONTRACT.read_text(encoding="utf-8"), "console", "json"):
        if kind == "json":
            found, told = json.loads(last.out or last.err), json.loads(body)
            assert agrees(found, told) or found == told  # the comparison tells where they differ
            continue
        for line in typed(kind, body):
            last = answer(line, capsys, monkeypatch)
            assert last.code == 0 or "--format json" in line, last.err


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ({"a": 1}, {"a": 1}),
        ({"a": 1, "…": "…"}, {"a": 1, "b": 2}),
        ([1, "…"], [1, 2, 3]),
        ({"a": [{"b": 1, "…": "…"}, "…"]}, {"a": [{"b": 1, "c": 2}, {"b": 3}]}),
    ],
)
def test_an_example_may_leave_out_the_rest_and_nothing_else(told: object, holds: object) -> None:
    assert agrees(holds, told)
    assert not agrees({"a": 2, "b": [1]}, told)
    assert not agrees(told, holds) or told == holds
    assert not agrees([2, 2], told)
    assert not agrees([], told)


def test_every_exit_code_is_told() -> None:
    told = re.findall(r"^\| (\d+) \|", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(code) for code in told] == sorted(ExitCode)


def test_every_variable_of_ours_is_told() -> None:
    read = {name for path in PACKAGE.rglob("*.py") for name in VARIABLE.findall(path.read_text("utf-8"))}
    assert set(VARIABLE.findall((DOCS / "settings.md").read_text(encoding="utf-8"))) == read


def test_decisions_are_numbered_one_by_one() -> None:
    numbers = [int(path.name.partition("-")[0]) for path in DECISIONS]
    titles = [path.read_text(encoding="utf-8").split(maxsplit=2)[1] for path in DECISIONS]
    assert numbers == list(range(len(DECISIONS)))
    assert [int(title.rstrip(".")) for title in titles] == numbers
