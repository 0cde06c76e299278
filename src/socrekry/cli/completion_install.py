"""Teach a shell to complete: ``completion install``, ``completion show`` and ``completion remove``.

Rule: what belongs to this program stands in a file of its own, and a shell's start file gets one marked line
that reads it; so it can be installed twice, and removed without a trace. A start file is somebody's own work:
lines are added at its end, and only the marked one is ever taken away.
"""

import os
import stat
import sys
from typing import Annotated, Literal, NamedTuple, TypeAlias, cast, get_args

import typer

from socrekry.cli.exits import Misused, say
from socrekry.cli.options import DryRun
from socrekry.cli.settings import current
from socrekry.domain.errors import InvalidInput
from socrekry.files import whole_file
from socrekry.locale import N_, _

Shell: TypeAlias = Literal["bash", "zsh", "fish", "powershell"]
_MARK = "# socrekry completion"
_Shell: TypeAlias = Annotated[
    Shell | None, typer.Argument(metavar=N_("SHELL"), help=N_("The shell; the one you use, if left out."))
]


class Places(NamedTuple):
    """Where a shell's script lies, which start files read it – fish finds it by itself – and how."""

    script: str
    start_files: tuple[str, ...]
    line: str


def show_completion(shell: _Shell = None) -> None:
    """Print the script that makes a shell complete.

    For those who look after their start files themselves; completion install does it for all others.

        source <(socrekry completion show bash)
    """
    from socrekry.cli.completion_scripts import SCRIPTS
    from socrekry.render.output import put

    put(SCRIPTS[_meant(shell)], current().output)


def install_completion(shell: _Shell = None, dry_run: DryRun = False) -> None:
    """Make Tab complete commands, options, candidates, terms and all else.

    It puts a script into a file of its own, and a line that reads it at the end of the shell's start file;
    fish needs no line. Doing it again renews the script.

        socrekry completion install
        socrekry completion install zsh
    """
    from socrekry.cli.completion_scripts import SCRIPTS

    name = _meant(shell)
    places = places_of(name)
    if not dry_run:
        _put(places.script, SCRIPTS[name])
    say(_("The script is in {file}.").format(file=places.script))
    for file in places.start_files:
        if places.line in _lines(file):
            say(_("{file} reads it already.").format(file=file))
            continue
        if not dry_run:
            _append(file, places.line)
        say(_("Added to {file}: {line}").format(file=file, line=places.line))
    say(_("Nothing was kept.") if dry_run else _("Open a new {shell}, and press Tab.").format(shell=name))


def remove_completion(shell: _Shell = None, dry_run: DryRun = False) -> None:
    """Undo what completion install has done for a shell."""
    places = places_of(_meant(shell))
    found = os.path.lexists(places.script)
    for file in places.start_files:
        lines = _lines(file)
        if any(_MARK in line for line in lines):
            found = True
            if not dry_run:
                _replace(file, [line for line in lines if _MARK not in line])
            say(_("A line is removed from {file}.").format(file=file))
    if os.path.lexists(places.script):
        if not dry_run:
            os.unlink(places.script)
        say(_("{file} is removed.").format(file=places.script))
    if not found:
        say(_("Nothing was installed."))
    elif dry_run:
        say(_("Nothing was kept."))


def places_of(shell: Shell) -> Places:
    """Return where things are for a shell, on this platform and for this user."""
    home = os.path.expanduser("~")
    if shell == "fish":
        folder = _configured("fish", "completions")
        return Places(os.path.join(folder, "socrekry.fish"), (), "")
    from platformdirs import user_data_dir

    suffix = "ps1" if shell == "powershell" else shell
    script = os.path.join(user_data_dir("socrekry", appauthor=False), f"completion.{suffix}")
    within = script.startswith(os.path.join(home, "")) and '"' not in script and "$" not in script
    place = f'"$HOME{script[len(home) :]}"' if within else "'" + script.replace("'", _QUOTES[shell]) + "'"
    if shell == "powershell":
        return Places(script, _profiles(), f"if (Test-Path {place}) {{ . {place} }} {_MARK}")
    if shell == "zsh":
        start = os.path.join(os.environ.get("ZDOTDIR") or home, ".zshrc")
    else:
        start = os.path.join(home, ".bashrc")
        login = os.path.join(home, ".bash_profile")
        if sys.platform == "darwin" and os.path.exists(login) and not os.path.exists(start):
            start = login  # there, every window of the terminal is a login shell
    return Places(script, (start,), f"[ -f {place} ] && . {place} {_MARK}")


_QUOTES = {"bash": "'\\''", "zsh": "'\\''", "powershell": "''"}


def _profiles() -> tuple[str, ...]:
    """Return the profiles of PowerShell; on Windows there are two of them, the old and the new."""
    if os.name != "nt":
        return (os.path.join(_configured("powershell"), "profile.ps1"),)
    from platformdirs import user_documents_dir  # it may lie on a disk of the network, or in a cloud

    documents = user_documents_dir()
    return tuple(os.path.join(documents, each, "profile.ps1") for each in ("PowerShell", "WindowsPowerShell"))


def _configured(*folders: str) -> str:
    home = os.environ.get("XDG_CONFIG_HOME", "")
    return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.config"), *folders)


def _meant(shell: Shell | None) -> Shell:
    """Return the shell, or the one that this user logs in to."""
    used = "powershell" if os.name == "nt" else os.path.basename(os.environ.get("SHELL", ""))
    named = shell or ("powershell" if used == "pwsh" else used)
    if named not in get_args(Shell):
        message = _("Which shell? It is one of these: {shells}.").format(shells=", ".join(get_args(Shell)))
        raise Misused("shell-unknown", message, "", known=list(get_args(Shell)))
    return cast("Shell", named)


def _lines(file: str) -> list[str]:
    if not os.path.lexists(file):
        return []
    try:
        with open(file, encoding="utf-8", errors="surrogateescape", newline="") as opened:
            return [line.rstrip("\r") for line in opened.read().split("\n")]
    except OSError as error:
        raise InvalidInput("file-unreadable", path=file, reason=error.strerror or "") from None


def _append(file: str, line: str) -> None:
    before = _lines(file)
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "a", encoding="utf-8", newline="") as opened:
            opened.write(f"{'' if not before or not before[-1] else os.linesep}{line}{os.linesep}")
    except OSError as error:
        raise InvalidInput("config-unwritable", path=file, reason=error.strerror or "") from None


def _put(file: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(file), mode=0o700, exist_ok=True)
        with whole_file(file) as opened:
            opened.write(text.encode())
    except OSError as error:
        raise InvalidInput("config-unwritable", path=file, reason=error.strerror or "") from None


def _replace(file: str, lines: list[str]) -> None:
    try:
        mode = stat.S_IMODE(os.stat(file).st_mode)
        with whole_file(file) as opened:
            opened.write("\n".join(lines).encode(errors="surrogateescape"))
        os.chmod(file, mode)
    except OSError as error:
        raise InvalidInput("config-unwritable", path=file, reason=error.strerror or "") from None
