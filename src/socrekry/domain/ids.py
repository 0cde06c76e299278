"""Ids as people write them: ``C-1`` is a candidate, ``C-1.2`` her second candidacy."""


def candidate_id(person: int) -> str:
    """Return a candidate's id: ``C-1``."""
    return f"C-{person}"


def candidacy_id(person: int, number: int) -> str:
    """Return the id of a person's candidacy: ``C-1.2``."""
    return f"C-{person}.{number}"


def parsed_id(text: str) -> tuple[int, int | None] | None:
    """Return the numbers in ``C-1`` or ``C-1.2`` (also ``c-1``), or None for anything else."""
    if text[:2] not in ("C-", "c-"):
        return None
    person, dot, number = text[2:].partition(".")
    if not (person.isascii() and person.isdigit() and len(person) < 18):
        return None
    if not dot:
        return int(person), None
    return (int(person), int(number)) if number.isascii() and number.isdigit() and len(number) < 9 else None
