"""The one owner of stderr and of the numbers a process exits with.

Rule: stdout is data, stderr is talk; every error becomes a sentence with its remedy (or one JSON
document) and exactly one of the numbers below. If commands printed and exited by themselves, a script
could not tell "not found" from "try again", and a closed pipe would end in a traceback.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from socrekry.domain import errors
from socrekry.locale import _

if TYPE_CHECKING:
    from typing import TextIO

# The terms on which a full disk or a lost mount refuses what is written to stdout.
_UNWRITABLE = frozenset({errno.ENOSPC, errno.EIO, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


_json_promised = False


class ExitCode(IntEnum):
    """What a script may rely on."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    CANCELLED = 3
    NOT_FOUND = 4
    CONFLICT = 5
    UNAVAILABLE = 6
    DAMAGED = 7
    BUG = 70
    INTERRUPTED = 130


_CODES: Mapping[type, ExitCode] = {
    errors.InvalidInput: ExitCode.USAGE,
    errors.NotFound: ExitCode.NOT_FOUND,
    errors.Ambiguous: ExitCode.NOT_FOUND,
    errors.Refused: ExitCode.REFUSED,
    errors.Cancelled: ExitCode.CANCELLED,
    errors.Conflict: ExitCode.CONFLICT,
    errors.StoreUnavailable: ExitCode.UNAVAILABLE,
    errors.StoreDamaged: ExitCode.DAMAGED,
}


class Misused(errors.InvalidInput):
    """A command line that cannot be read; brings its own sentence, as only the parser knows it."""

    def __init__(self, code: str, message: str, remedy: str, /, **details: Any) -> None:
        super().__init__(code, **details)
        self.message = message
        self.remedy = remedy


def exit_code_of(error: errors.SocrekryError) -> ExitCode:
    """Return the number that stands for this kind of error."""
    return next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), ExitCode.BUG)


def worst(codes: Iterable[int]) -> ExitCode:
    """Return the code of a command that did many things: the highest, which is the gravest."""
    return ExitCode(max(codes, default=ExitCode.DONE))


def mention(text: str) -> None:
    """Say ``text`` in passing, unless stderr was promised to hold nothing but JSON."""
    if not _json_promised:
        say(text)


def say(text: str) -> None:
    """Say ``text`` to the person at the screen, never to the reader of the data."""
    from socrekry.render.text import clean

    _write("\n".join(clean(line) for line in text.split("\n")) + "\n")


def question(text: str) -> None:
    """Put a question to the person at the screen, who answers on the same line."""
    from socrekry.render.text import clean

    _write(clean(text))


def progress(text: str) -> None:
    """Show how far it has come, over what was shown before, where a person watches; ``""`` takes it away."""
    from socrekry.render.text import clean, padded, shorten

    if sys.stderr.isatty():
        _write(f"\r{padded(shorten(clean(text), 60), 60)}\r{text and shorten(clean(text), 60)}")


def report_error(error: errors.SocrekryError, as_json: bool) -> ExitCode:
    """Say what is wrong and what to do about it; return the number to exit with."""
    if isinstance(error, Misused):
        message, remedy = error.message, error.remedy
    else:
        from socrekry.render.messages import describe

        described = describe(error)
        message, remedy = described.message, described.remedy or ""
    _report(error.code, message, remedy, error.details, as_json)
    return exit_code_of(error)


def run(action: Callable[[], int], as_json: bool = False) -> int:
    """Run ``action`` and return the exit code that its outcome maps to; nothing is raised."""
    global _json_promised  # noqa: PLW0603 – one process answers one command line; a test, several in turn
    _json_promised = as_json
    try:
        return _finish(_outcome_of(action, as_json), as_json)
    finally:
        _json_promised = False


def _outcome_of(action: Callable[[], int], as_json: bool) -> int:
    try:
        try:
            return action()
        except errors.SocrekryError as error:
            return report_error(error, as_json)
    except KeyboardInterrupt:
        return _interrupted(as_json)
    except Exception as error:  # noqa: BLE001 – the last stop: what nobody foresaw is a bug, and is called one
        return _unforeseen(error, as_json)


_told: dict[str, str] = {}  # the encodings that streams had before we spoke UTF-8


def speak_utf8() -> None:
    """Speak UTF-8 whatever the locale says, and give a closed stream somewhere to go.

    Where a person reads, a character that cannot be encoded is shown as ``?`` rather than raised.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream: TextIO | None = getattr(sys, name)
        if stream is None:
            # The lowest free descriptor is taken, so that no store is opened as somebody's stdout.
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 – open until exit
        elif hasattr(stream, "reconfigure"):
            _told.setdefault(name, stream.encoding)
            to_a_person = name != "stdout" or stream.isatty()
            stream.reconfigure(encoding="utf-8", errors="replace" if to_a_person else "strict")


def screen_encoding() -> str:
    """Return the encoding that the surroundings gave stdout: what a screen that is not UTF-8's can draw."""
    return _told.get("stdout", "utf-8")


def _finish(code: int, as_json: bool) -> int:
    """Flush what is left of the answer, for a full disk or a closed pipe shows only then."""
    try:
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _interrupted(as_json)
    except OSError as error:
        outcome = _output_lost(error, as_json)
        return max(code, ExitCode.BUG if outcome is None else outcome)
    return code


def _unforeseen(error: Exception, as_json: bool) -> int:
    outcome = _output_lost(error, as_json) if isinstance(error, OSError) else None
    return _report_bug(error, as_json) if outcome is None else outcome


def _output_lost(error: OSError, as_json: bool) -> ExitCode | None:
    """Return the exit code if it was the reader of stdout that went away or ran full, else None."""
    closed = isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)
    if not closed and (error.errno not in _UNWRITABLE or error.filename is not None):
        return None
    _silence(sys.stdout)
    if closed:
        return ExitCode.DONE
    reason = error.strerror or ""
    message = _("The output could not be written: {reason}.").format(reason=reason)
    _report("output-lost", message, "", {"reason": reason}, as_json)
    return ExitCode.UNAVAILABLE


def _interrupted(as_json: bool) -> ExitCode:
    if sys.stderr.isatty():
        _write("\n")  # the terminal has just echoed ^C
    _report("interrupted", _("Interrupted."), "", {}, as_json)
    return ExitCode.INTERRUPTED


def _report_bug(error: Exception, as_json: bool) -> ExitCode:
    """Say that it is our fault and how to report it; no value is quoted, for it may be about a person."""
    if os.environ.get("SOCREKRY_DEBUG"):
        import traceback

        traceback.print_exception(error)
    from socrekry import __version__

    kind, place = type(error).__name__, _place(error)
    python = ".".join(map(str, sys.version_info[:3]))
    message = _("This is a fault in socrekry, not in what you typed.")
    remedy = _(
        "Please report it with this line, which holds nothing about anybody:\n"
        "  {kind} at {place}, socrekry {version}, Python {python}, {platform}\n"
        "SOCREKRY_DEBUG=1 before the command shows more; that may hold personal data."
    ).format(kind=kind, place=place, version=__version__, python=python, platform=sys.platform)
    details = {"type": kind, "place": place, "version": __version__, "python": python}
    _report("bug", message, remedy, details, as_json)
    return ExitCode.BUG


def _place(error: Exception) -> str:
    """Return the last line of our own that was running, as ``services/moves.py:87``."""
    home = os.path.dirname(os.path.dirname(__file__)) + os.sep
    place, step = "?", error.__traceback__
    while step is not None:
        file = step.tb_frame.f_code.co_filename
        if file.startswith(home):
            place = f"{file.removeprefix(home).replace(os.sep, '/')}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _report(code: str, message: str, remedy: str, details: Mapping[str, Any], as_json: bool) -> None:
    if not as_json:
        say(f"{message}\n{remedy}" if remedy else message)
        return
    from socrekry.render.jsonout import as_json as document

    helped = {**details, "remedy": remedy} if remedy else details
    _write(document({"error": {"code": code, "message": message, "details": helped}}))


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except OSError:
        _silence(sys.stderr)


def _silence(stream: "TextIO") -> None:
    """Send what the interpreter still flushes at shutdown into nothing."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a stream without a descriptor, as in a test
        pass
