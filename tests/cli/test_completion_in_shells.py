"""Completion in real shells: somebody types, presses Tab, and the shell says what its words are then.

Every shell that this machine has is asked; what each of the four hands over and takes back is tested for all
of them in ``test_completion``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socrekry.cli.completion_scripts import SCRIPTS
from socrekry.cli.saved import VIEWS, save
from tests.cli.shells import HERE, Shell, surroundings


@pytest.fixture(params=HERE)
def shell(
    request: pytest.FixtureRequest, story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shell]:
    """Sit down at a shell that has been taught to complete."""
    source = Path(sys.modules["socrekry"].__file__ or "").parents[1]
    monkeypatch.setenv("PYTHONPATH", str(source))
    save(VIEWS, "våren", ["--term", "VT2026"])
    script = tmp_path / "script"
    script.write_text(SCRIPTS[request.param])
    shell = Shell(request.param, script, surroundings(tmp_path / "home"))
    yield shell
    shell.close()


def test_a_shell_completes(shell: Shell) -> None:
    for typed, word in {
        "socrekry advan": "advance",
        "socrekry pipeline ins": "install",
        "socrekry show C-7": "C-7",
        "socrekry advance C-1 --to tr": "trainee",
        "socrekry advance C-1 --fro": "--from",
        "socrekry list --term HT2025 --stag": "--stage",
        "socrekry list --unit V": "Vuxen",
        "socrekry list --unit=Vu": "--unit=Vuxen",
        "socrekry list --term=HT2025 --university or": "oru",
        "socrekry list @v": "@våren",
        "socrekry import /etc/host": "/etc/host",
        "socrekry show nobody": "nobody",
    }.items():
        assert shell.words_after_tab(typed)[-1].startswith(word), typed


def test_a_word_with_spaces_stays_one_word(shell: Shell) -> None:
    for typed in ("Ba", "ba", "Barn\\ o", '"Barn o', "'Barn"):
        words = ["socrekry", "list", "--unit", "Barn och unga"]
        assert shell.words_after_tab(f"socrekry list --unit {typed}") == words, typed


def test_ids_are_shown_with_names(shell: Shell) -> None:
    shown = shell.shown_after_tab("socrekry show C-", "kandidat 1")
    assert "Skyddade personuppgifter, kandidat 1 · VT2026" in shown
    assert "Åsa Öberg · HT2025 · Placement" in shown


def test_nothing_is_said_in_the_line_when_something_is_wrong(shell: Shell, story: Path) -> None:
    story.write_bytes(b"not a store" * 1000)
    assert shell.words_after_tab("socrekry show C-7") == ["socrekry", "show", "C-7"]
