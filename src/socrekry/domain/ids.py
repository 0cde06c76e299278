"""Ids as people write them: ``C-1`` is a candidate, ``C-1.2`` her second candidacy.

``A-1`` is an activity, ``K-1`` a cohort, ``S-1`` a member of staff, ``V-1`` a voice.
"""


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


def activity_id(number: int) -> str:
    """Return an activity's id: ``A-1``."""
    return f"A-{number}"


def cohort_id(number: int) -> str:
    """Return a cohort's id: ``K-1``."""
    return f"K-{number}"


def staff_id(number: int) -> str:
    """Return the id of a member of staff: ``S-1``."""
    return f"S-{number}"


def voice_id(number: int) -> str:
    """Return a voice's id: ``V-1``."""
    return f"V-{number}"


def parsed_number(letter: str, text: str) -> int | None:
    """Return the number in ``A-1`` (also ``a-1``, with spaces around it), or None for anything else."""
    begins, dash, number = text.strip().partition("-")
    known = begins.upper() == letter and number.isascii() and number.isdigit() and len(number) < 18
    return int(number) if dash and known else None


def parsed_activity(text: str) -> int | None:
    """Return the number in ``A-1``, or None for anything else."""
    return parsed_number("A", text)
