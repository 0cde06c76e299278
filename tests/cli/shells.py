"""A real shell on a terminal of its own, with somebody who types, presses Tab and looks."""

import os
import re
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

PROMPT, TAB, HOME_KEY, CANCEL = "READY> ", "\t", "\x01", "\x03"
PATIENCE = 20  # seconds until somebody gives up
_PAINT = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>()][0B]?|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x0f")


class Kind(NamedTuple):
    """How a shell is started without anybody's settings, and told its prompt and its completion."""

    words: tuple[str, ...]
    begin: str


KINDS = {
    "bash": Kind(("bash", "--norc", "--noprofile", "-i"), f"PS1='{PROMPT}'; . '%s'"),
    "zsh": Kind(("zsh", "-f", "-i"), f"PS1='{PROMPT}'; unsetopt prompt_sp; . '%s'"),
    "fish": Kind(
        ("fish", "--no-config", "-i"), f"function fish_prompt; echo -n '{PROMPT}'; end; source '%s'"
    ),
}
HERE = [name for name in KINDS if os.name == "posix" and shutil.which(name)]


class Shell:
    """One shell; ``typed`` is what a person does with it."""

    def __init__(self, name: str, script: Path, environment: Mapping[str, str]) -> None:
        import fcntl
        import pty
        import struct
        import termios

        kind = KINDS[name]
        self._seen = ""
        self._pid, self._screen = pty.fork()
        if self._pid == 0:
            os.execvpe(kind.words[0], kind.words, dict(environment))
        fcntl.ioctl(self._screen, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        self._type(kind.begin % script + "; printf 'be%s\\n' gun\r")
        self._until(lambda seen: "begun" in seen and seen.rstrip("\r\n ").endswith(PROMPT.strip()))

    def words_after_tab(self, typed: str) -> list[str]:
        """Return the words of the command line once somebody has typed that, and pressed Tab."""
        self._type(typed + TAB)
        # Typed ahead: a shell reads it once it has completed. `printf` then says what the words are.
        self._type(f"{HOME_KEY}printf 'W<%s>' \r")
        self._until(lambda seen: bool(re.search(r"W<[^%]*>.*" + re.escape(PROMPT.strip()), seen, re.DOTALL)))
        said = re.findall(r"W<([^%>]*)>", self._shown())
        self._seen = ""
        return said

    def shown_after_tab(self, typed: str, wanted: str) -> str:
        """Return what is on the screen when Tab has been pressed until ``wanted`` is to be seen there."""
        self._type(typed + TAB)
        for _ in range(3):
            self._until(lambda seen: wanted in seen, patience=2)
            if wanted in self._shown():
                break
            self._type(TAB)
        shown, self._seen = self._shown(), ""
        self._type(CANCEL)
        return shown

    def close(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._screen)

    def _type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def _shown(self) -> str:
        return _PAINT.sub("", self._seen)

    def _until(self, is_there: Callable[[str], bool], patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not is_there(self._shown()) and time.monotonic() < end:
            if select.select([self._screen], [], [], 0.1)[0]:
                try:
                    read = os.read(self._screen, 65536)
                except OSError:  # the shell is gone
                    return
                if b"\x1b[c" in read:  # a shell asks what kind of terminal it has
                    os.write(self._screen, b"\x1b[?62;c")
                self._seen += read.decode(errors="replace")


def surroundings(home: Path) -> dict[str, str]:
    """Return what a shell is told: a home without settings, and a ``socrekry`` that is this one."""
    programs = home / "bin"
    programs.mkdir(parents=True)
    program = programs / "socrekry"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m socrekry "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name.startswith(("SOCREKRY_", "PYTHON"))}
    folders = [
        str(programs),
        *{os.path.dirname(shutil.which(name) or "") for name in HERE},
        "/usr/bin",
        "/bin",
    ]
    return kept | {
        "PATH": os.pathsep.join(folders),
        "HOME": str(home),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "SOCREKRY_LANG": "en",
    }
