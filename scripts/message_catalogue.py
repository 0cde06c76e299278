"""Keep the catalogues: read and write a .po, say what it lacks, compile it to the .mo that is read.

Writing the same texts twice gives the same bytes – sorted, without dates, line numbers or the tool's
version – or every branch would change every line. Needs Babel alone: the build compiles with this
file before the package can be imported.
"""

import os
import re
import string
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PATTERN = "*/LC_MESSAGES/socrekry.po"
KEPT_IN_HEADER = (
    "Language:",
    "Plural-Forms:",
    "MIME-Version:",
    "Content-Type:",
    "Content-Transfer-Encoding:",
)
HEADER_LINE = re.compile(r'^"([A-Z][A-Za-z-]+:)[^"]*"\n', re.MULTILINE)


class Defect(NamedTuple):
    """Why a text cannot be shown in that language; ``kind`` is one word, ``text`` the English."""

    kind: str
    text: str


def read(path: Path) -> Catalog:
    """Return the catalogue in a .po file; raise PoFileError where its syntax is broken."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, abort_invalid=True)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue in its one form."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=110, sort_output=True, include_lineno=False)
    header, gap, texts = buffer.getvalue().decode("utf-8").partition("\n\n")
    lasting = HEADER_LINE.sub(lambda line: line[0] if line[1] in KEPT_IN_HEADER else "", header + "\n")
    path.write_bytes(f"{lasting}\n{texts}".encode() if gap else lasting.encode())


def update(path: Path, template: Catalog, *, drop: bool = False) -> None:
    """Bring a .po to the texts of the source and keep what is translated.

    A text no longer in the source is kept as obsolete, for the translator of the one that took its
    place, until ``drop``. Nothing is matched by likeness: a near miss shown as done is worse than a gap.
    """
    catalogue = read(path)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    if drop:
        catalogue.obsolete.clear()
    write(path, catalogue)


def defects(catalogue: Catalog, template: Catalog) -> Iterator[Defect]:
    """Yield all that keeps a reader from one whole language: every gap, every broken placeholder."""
    for wanted in template:
        if wanted.id and catalogue.get(wanted.id, wanted.context) is None:
            yield Defect("missing", _english(wanted))
    for message in (message for message in catalogue if message.id):
        if template.get(message.id, message.context) is None:
            yield Defect("obsolete", _english(message))
        elif not all(_forms(message.string)):
            yield Defect("untranslated", _english(message))
        elif message.fuzzy:
            yield Defect("fuzzy", _english(message))
        elif not _same_placeholders(message):
            yield Defect("placeholders", _english(message))
    for message in catalogue.obsolete.values():
        yield Defect("obsolete", _english(message))


def compile_all(folder: Path) -> list[Path]:
    """Compile every .po below ``folder`` to the .mo beside it, where that is missing or older."""
    return [_compiled(path) for path in sorted(folder.glob(PATTERN))]


def _compiled(path: Path) -> Path:
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime_ns <= path.stat().st_mtime_ns:
        written = compiled.with_suffix(f".{os.getpid()}.tmp")
        with written.open("wb") as file:
            write_mo(file, read(path))
        written.replace(compiled)
    return compiled


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)


def _english(message: Message) -> str:
    return _forms(message.id)[0]


def _same_placeholders(message: Message) -> bool:
    """Whether every form names the values that its English form names, whatever their order."""
    english = _forms(message.id)
    pairs = zip((english[0], *[english[-1]] * len(english)), _forms(message.string), strict=False)
    return all(placeholders(source) == placeholders(target) for source, target in pairs)


def placeholders(text: str) -> frozenset[str] | None:
    """Return the names in braces that ``str.format_map`` would fill; None of a text it cannot read."""
    try:
        return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return None
