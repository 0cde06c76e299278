"""Notes: a user's own words about a candidacy, beside its log and erasable."""

from datetime import date

from socrekry.domain.errors import InvalidInput
from socrekry.services.finding import find_candidacy
from socrekry.services.writing import Writing


def note(writing: Writing, ref: str, text: str, on: date) -> str:
    """Make a note about a candidacy; return the candidacy's id."""
    if not text.strip():
        raise InvalidInput("note-empty")
    with writing.transaction():
        found = find_candidacy(writing.store, ref)
        add_note(writing, found.id, text, on)
        return found.label


def add_note(writing: Writing, candidacy: int, text: str | None, on: date) -> None:
    """Make a note inside a transaction, where there is something to note."""
    number = writing.remark(candidacy, "note", text, on)
    if number is not None:
        writing.created("remark", number)
