"""Where an answer goes: to stdout or a file, in the format that was asked for.

stdout gets bytes, so that JSON and CSV are UTF-8 whatever the locale. A file is all there or not at all,
and readable by its owner alone.
"""

import errno
import os
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
    if form == "table" and is_for_a_screen(output):
        from socrekry.render.terminal import on_terminal

        _to_stdout(on_terminal(page, terminal_columns(), painted=may_paint()), sys.stdout.encoding)
    else:
        put(document(page, form), output)


def is_for_a_screen(output: str | os.PathLike[str] | None) -> bool:
    """Return whether an answer is read by a person on a terminal."""
    return (output is None or os.fspath(output) == "-") and sys.stdout.isatty()


def put(text: str, output: str | os.PathLike[str] | None) -> None:
    """Write a document as it stands to stdout, or to the file ``output``; errors as `write`."""
    if output is None or os.fspath(output) == "-":
        _to_stdout(text, "utf-8")
    else:
        write_file(text, output)


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


def columns_for(form: str, output: str | os.PathLike[str] | None) -> int:
    """Return how many cells a line of an answer may have: the screen's; as usual in a pipe and in a file."""
    return terminal_columns() if form == "table" and is_for_a_screen(output) else _FALLBACK_COLUMNS


def _to_stdout(text: str, encoding: str) -> None:
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        sys.stdout.write(text)
    else:
        sys.stdout.flush()
        buffer.write(text.encode(encoding, "replace"))
    sys.stdout.flush()


def require_writable(output: str) -> None:
    """Raise InvalidInput("output-not-writable") where a file could not be put, before anything is done.

    Found out only with the answer in hand, a change would have been made that nobody is told of.
    """
    path = os.path.realpath(output)
    folder = os.path.dirname(path)
    if output == "-" or (os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)):
        return
    problem = 0
    if os.path.isdir(path):
        problem = errno.EISDIR
    elif not os.path.isdir(folder):
        problem = errno.ENOENT
    elif not os.access(folder, os.W_OK):
        problem = errno.EACCES
    if problem:
        raise InvalidInput("output-not-writable", path=output, reason=os.strerror(problem))


def write_file(text: str, output: str | os.PathLike[str]) -> None:
    """Write ``text`` as UTF-8 to ``output``, all of it or nothing, readable by its owner alone."""
    from socrekry.files import whole_file

    path = os.fspath(output)
    try:
        with whole_file(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise InvalidInput("output-not-writable", path=path, reason=error.strerror or str(error)) from error
