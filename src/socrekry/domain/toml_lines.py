"""The line of each table's header in a TOML text, by key path: ``transition[3]`` stands on line 57.

`tomllib` gives values without places, and whoever mends a file needs a line to go to. The text must already
be valid TOML; then a header is a ``[`` that begins a line outside every string, comment and bracket, and
the header alone is TOML too, so `tomllib` reads its keys.

Without this, "transition[3]" would have to be counted out by hand in a file of a hundred lines.
"""

import re
import tomllib
from collections.abc import Iterator

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # a string may end in up to two quotes of its own
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[\[{\]}\n]"
    r"""|[^"'\#\[{\]}\n]+""",
    re.DOTALL,
)


def header_lines(text: str) -> dict[str, int]:
    """Return the line, counted from 1, of each table's header by key path; the text as a whole is ``""``.

    An array of tables stands under its name too (``stage``), with the line of its first header.
    """
    lines, last = {"": 1}, dict[str, int]()
    for line, header in _headers(text):
        path, table = "", tomllib.loads(header)
        while table:
            key, inner = next(iter(table.items()))
            path = f"{path}.{key}" if path else key
            if isinstance(inner, list):
                lines.setdefault(path, line)
                last[path] = last.get(path, -1) + 1
                inner = inner[0]
            if path in last:
                path = f"{path}[{last[path]}]"
            table = inner
        lines[path] = line
    return lines


def line_of(path: str, lines: dict[str, int]) -> int:
    """Return the line of the innermost table with a header that ``path`` is in."""
    while path not in lines:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines[path]


def _headers(text: str) -> Iterator[tuple[int, str]]:
    """Yield each header line as it stands, with its number."""
    line, depth, fresh = 1, 0, True
    for token in _TOKEN.finditer(text):
        found = token[0]
        if found == "[" and fresh and depth == 0:
            end = text.find("\n", token.start())
            yield line, text[token.start() : end if end >= 0 else None].strip()
        depth += (found in "[{") - (found in "]}")
        fresh = found == "\n" or (fresh and found.isspace())
        line += found.count("\n")
