"""Read one value of a job ad, whatever it turns out to be: what is kept of it, nothing, or `Strange`.

A field may be null, missing, empty or of another type than the layout promises. What says nothing is None;
what says something that cannot be read is Strange, and is never guessed. A text comes out on one line, within
its length, with nothing in it that a screen or a store would stumble on, and without e-mail addresses: an ad
is kept for years, and whoever once answered questions about it need not be.
"""

import re
from datetime import date
from typing import Any
from unicodedata import category, normalize

# A longer text is cut before it is looked at, so that a page in a headline costs nothing.
_LOOKED_AT = 2_000
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt ].*)?", re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s@/?#]+(?:[/?#][^\s@]*)?", re.IGNORECASE)
_CONCEPT = re.compile(r"[A-Za-z0-9]{4}_[A-Za-z0-9]{3}_[A-Za-z0-9]{3}")
_WHOLE = re.compile(r"[0-9]{1,9}")


class Strange(ValueError):
    """The value says something, but not what such a field says."""


def says_nothing(value: Any) -> bool:
    """Whether nothing is given: null, an empty list or object, a text of spaces."""
    return value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())


def text_of(value: Any, longest: int) -> str | None:
    """Return a text or a number on one line, ending in ``…`` if it was cut; Strange."""
    text = _one_line(value)
    return (text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…") or None


def identifier_of(value: Any, longest: int) -> str | None:
    """Return what tells a thing from others: never cut, for then it would be another's; Strange."""
    text = _one_line(value)
    if len(text) > longest:
        raise Strange
    return text or None


def day_of(value: Any) -> date:
    """Return the day that is written, whatever time and zone follow; Strange.

    JobSearch gives a deadline without a zone, as the clock in Sweden shows it; a program in between that puts
    a ``Z`` behind it changes neither the day nor what its writer meant.
    """
    written = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if written is None or not "1900" <= written[1] < "2100":
        raise Strange
    try:
        return date.fromisoformat(written[1])
    except ValueError:
        raise Strange from None


def number_of(value: Any, most: int) -> int:
    """Return a whole number from 0 to ``most``, also where it is given as text; Strange."""
    text = _one_line(value)
    if not _WHOLE.fullmatch(text) or int(text) > most:
        raise Strange
    return int(text)


def truth_of(value: Any) -> bool:
    """Return yes or no; Strange."""
    words = {"true": True, "false": False}
    given = words.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(given, bool):
        raise Strange
    return given


def web_address_of(value: Any, longest: int) -> str:
    """Return an address on the web, without a name or password in it; Strange."""
    address = value.strip() if isinstance(value, str) else ""
    if len(address) > longest or not address.isprintable() or not _ADDRESS.fullmatch(address):
        raise Strange
    return address


def organization_number_of(value: Any) -> str | None:
    """Return the ten digits of an organisation's number, None for a person's; Strange.

    A sole trader's is her personal identity number: its third and fourth digits are a month, where those of
    an organisation are 20 or more.
    """
    digits = re.sub(r"[ –-]", "", _one_line(value))
    if re.fullmatch(r"(?:19|20)[0-9]{10}", digits):
        return None
    digits = re.sub(r"^16(?=[0-9]{10}$)", "", digits)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise Strange
    return digits if digits[2] >= "2" else None


def municipality_code_of(value: Any) -> str:
    """Return the four digits of a municipality, also where a number has lost its first zero; Strange."""
    return f"{number_of(value, 9999):04d}"


def is_concept_id(text: str) -> bool:
    """Whether a text is an id of Arbetsförmedlingen's taxonomy, as ``FwM7_WYB_qgc``."""
    return _CONCEPT.fullmatch(text) is not None


def _one_line(value: Any) -> str:
    """Return a text or a whole number as text; Strange for anything else."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Strange
    plain = normalize("NFC", str(value).strip()[:_LOOKED_AT])
    if not plain.isprintable():
        plain = "".join([_printable(character) for character in plain])
    return " ".join([word for word in plain.split() if not _is_email(word)])


def _printable(character: str) -> str:
    if character.isspace():
        return " "
    return "" if category(character)[0] == "C" else character


def _is_email(word: str) -> bool:
    before, _at, after = word.partition("@")
    return bool(before) and "." in after
