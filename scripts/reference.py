"""Keep docs/commands.md equal to the help of the commands: ``python scripts/reference.py update|check``.

The page is what the program itself answers to ``--help``, in English and at a fixed width, in the order of
the index and under its panels. ``update`` writes it; ``check`` exits 1 where it says anything else.
"""

import argparse
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from socrekry.__main__ import main as socrekry
from socrekry.cli.index import COMMANDS, PANELS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "commands.md"
WIDTH = "100"

HEAD = """\
# Commands

<!-- Written by scripts/reference.py from the commands themselves: change their docstrings, not this page. -->

What every command answers to `--help`. The options under *Everywhere* may stand before or after the command's
name; [settings.md](settings.md) says which variables and which file can speak in their place. Exit codes and
JSON have [a page of their own](exit-codes-and-json.md).
"""


class Screen(StringIO):
    """A screen that shows what a person would see."""

    def isatty(self) -> bool:
        """Return that somebody looks at it: help is then as wide as COLUMNS says."""
        return True


def help_of(*words: str) -> str:
    """Return the English help of a command (of the program itself, without words), 100 columns wide."""
    screen = Screen()
    with patch.dict(os.environ, {"COLUMNS": WIDTH, "NO_COLOR": "1"}), redirect_stdout(screen):
        code = socrekry(["--lang", "en", *words, "--help"])
    gc.enable()  # a command switches it off, for it lives briefly; this does not
    if code:
        raise RuntimeError(f"socrekry {' '.join(words)} --help ended with {code}")
    return "\n".join(line.rstrip() for line in screen.getvalue().strip("\n").split("\n"))


def document() -> str:
    """Return the whole page."""
    return "\n".join(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    yield _block(help_of())
    for panel in PANELS:
        commands = [command for command in COMMANDS if command.panel == panel]
        if commands:
            yield f"## {panel}\n"
        for command in commands:
            yield f"### {command.name}\n"
            yield _block(help_of(*command.name.split()))


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


def main() -> int:
    """Run the one verb given; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("update", "check"))
    if parser.parse_args().verb == "update":
        PAGE.write_text(document(), encoding="utf-8", newline="\n")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == document():
        return 0
    print(f"{PAGE.name} does not say what --help says: run python scripts/reference.py update")
    return 1


if __name__ == "__main__":
    sys.exit(main())
