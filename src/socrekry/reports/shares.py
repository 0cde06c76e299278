"""What may be said of a part of a whole: its share, computed in one place, and how small a group may be."""

SMALLEST = 5
"""The smallest group that a public report tells apart."""


def share(part: int | None, whole: int | None) -> float | None:
    """Return ``part`` of ``whole`` to four decimals; None of nothing, and of what is withheld."""
    return None if part is None or not whole else round(part / whole, 4)
