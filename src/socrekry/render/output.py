"""Where an answer goes: to stdout or a file, in the format that was asked for.

stdout gets bytes, so that JSON and CSV are UTF-8 whatever the locale. A file is written beside its
place and renamed into it, readable by its owner alone: a half-written or readable-by-all export of
personal data must not exist, not even for a moment.
"""

import os
import stat
import sys

from socrekry.domain.errors import InvalidInput
from socrekry.render.parts import Page

FORMATS = ("table", "json", "csv", "ids")

_FALLBACK_COLUMNS = 80
_FEWEST_COLUMNS = 20


def write(page: Page, form: str, output: str | os.PathLike[str] | None = None) -> None:
    """Show ``page`` in ``form`` (one of FORMATS) on stdout, or write it to the file ``output``.

    Raises InvalidInput("format-not-offered") for an answer that has no such form, and
    InvalidInput("output-not-writable") naming the file and the reason.
    """
    if output is not None and os.fspath(output) != "-":
        write_file(document(page, form), output)
    elif form == "table" and sys.stdout.isatty():
        from socrekry.render.terminal import on_terminal

        _to_stdout(on_terminal(page, terminal_columns(), painted=may_paint()), sys.stdout.encoding)
    else:
        _to_stdout(document(page, form), "utf-8")


def document(page: Page, form: str) -> str:
    """Return the page as a document that does not depend on any terminal."""
    if form == "table":
        from socrekry.render.plain import plain

        return plain(page)
    if form == "json":
        from socrekry.render.jsonout import json_document

        return json_document(page)
    if form == "csv" and page.rows is not None:
        from socrekry.render.csvout import csv_document

        return csv_document(page.rows)
    if form == "ids" and page.ids is not None:
        return "".join(f"{identifier}\n" for identifier in page.ids)
    raise InvalidInput("format-not-offered", format=form, formats=_offered(page))


def _offered(page: Page) -> list[str]:
    missing = {"csv": page.rows, "ids": page.ids}
    return [form for form in FORMATS if missing.get(form, page) is not None]


def may_paint() -> bool:
    """Return whether escape codes are welcome (https://no-color.org; a dumb terminal obeys none)."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def terminal_columns() -> int:
    """Return the width of the screen in cells: COLUMNS if it is set, else what the terminal says."""
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal() and int(told) > 0:
        return max(int(told), _FEWEST_COLUMNS)
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        columns = 0
    return max(columns or _FALLBACK_COLUMNS, _FEWEST_COLUMNS)


def _to_stdout(text: str, encoding: str) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        buffer.write(text.encode(encoding, "replace"))
    sys.stdout.flush()


def write_file(text: str, output: str | os.PathLike[str]) -> None:
    """Write ``text`` as UTF-8 to ``output``, all of it or nothing, readable by its owner alone."""
    path = os.path.realpath(os.fspath(output))
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "wb") as device:  # a pipe or /dev/null keeps its place; a folder is refused
                device.write(text.encode())
        else:
            _replace(path, text.encode())
    except OSError as error:
        raise InvalidInput(
            "output-not-writable", path=os.fspath(output), reason=error.strerror or str(error)
        ) from error


def _replace(path: str, content: bytes) -> None:
    beside = f"{path}.{os.urandom(4).hex()}.part"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            os.chmod(beside, 0o600)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
