"""A user's short texts as they are kept: names, towns, registry numbers.

They stand on one line and within the schema's limits, and what is wrong is said before the store refuses
it: its refusal could not tell a reader which text was meant.
"""

from socrekry.domain.errors import InvalidInput


def kept_text(value: str, field: str, longest: int) -> str:
    """Return a text as it is kept: on one line, without spaces around it.

    Raises InvalidInput ``text-missing`` or ``text-too-long``.
    """
    text = " ".join(value.split())
    if not text:
        raise InvalidInput("text-missing", field=field)
    if len(text) > longest:
        raise InvalidInput("text-too-long", field=field, length=len(text), longest=longest)
    return text


def kept_if_any(value: str | None, field: str, longest: int) -> str | None:
    """Return a text as it is kept, or None where there is none."""
    return kept_text(value, field, longest) if value and value.strip() else None
