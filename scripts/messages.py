"""Keep the texts and their translations together: ``python scripts/messages.py update|check|compile``.

``update`` brings every catalogue to the texts in the source (``--drop`` forgets the obsolete ones),
``check`` exits 1 and lists what is untranslated, fuzzy, obsolete or has other placeholders, and
``compile`` writes the .mo files that the program reads.
"""

import argparse
import sys
from pathlib import Path

import message_catalogue
import message_extraction

SOURCE = Path(__file__).resolve().parent.parent / "src"
FOLDER = SOURCE / "socrekry" / "locale"


def findings(source: Path = SOURCE, folder: Path = FOLDER) -> list[str]:
    """Return all that ``check`` lists, a line each; none when every language is whole."""
    template, unfindable = message_extraction.messages_of(source)
    found = list(unfindable)
    for path in sorted(folder.glob(message_catalogue.PATTERN)):
        language = path.parent.parent.name
        defects = message_catalogue.defects(message_catalogue.read(path), template)
        found += [f"{language}: {defect.kind}: {defect.text!r}" for defect in defects]
    return found


def update(*, drop: bool, source: Path = SOURCE, folder: Path = FOLDER) -> None:
    """Bring every catalogue to the texts in the source."""
    template, _ = message_extraction.messages_of(source)
    for path in sorted(folder.glob(message_catalogue.PATTERN)):
        message_catalogue.update(path, template, drop=drop)


def main() -> int:
    """Run the one verb given; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("verb", choices=("update", "check", "compile"))
    parser.add_argument("--drop", action="store_true", help="with update: forget the obsolete texts")
    chosen = parser.parse_args()
    if chosen.verb == "compile":
        message_catalogue.compile_all(FOLDER)
        return 0
    if chosen.verb == "update":
        update(drop=chosen.drop)
    found = findings()
    print(*found, f"{len(found)} to mend", sep="\n")
    return 1 if chosen.verb == "check" and found else 0


if __name__ == "__main__":
    sys.exit(main())
