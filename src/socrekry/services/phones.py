"""What makes two telephone numbers the same: one form for ``070-123 45 67``, ``+46 (0)70 1234567`` and 0046….

A number without a country is a Swedish one. What cannot be dialled has no form, and is like no other: two
candidates with ``saknas`` for a telephone are not the same person. Swedish numbers, nearly all there are, are
read here; for those of the world `phonenumbers` is asked, which takes longer to load than a command may.
"""

import re

_SIGNS = re.compile(r"[\s\u00a0\u2007\u202f()./\u2010-\u2015-]+")
_NOT_DIALLED = re.compile(r"[^\W\d_]|#")  # an extension, as in "ankn 12", or a word
_ANOTHER = re.compile(r"[/,;]")  # between two numbers


def phone_key(text: str | None) -> str | None:
    """Return a number as E.164 writes it (``+46701234567``), or None where it is none.

    Of several numbers the first counts; an extension does not.
    """
    if not text:
        return None
    number = _NOT_DIALLED.split(text.strip(), maxsplit=1)[0]
    return _keyed(number) or _keyed(_ANOTHER.split(number, maxsplit=1)[0])


def _keyed(number: str) -> str | None:
    bare = _SIGNS.sub("", number)
    return _swedish(bare) or (_of_the_world(bare) if len(bare) >= 6 else None)


def _swedish(bare: str) -> str | None:
    """Return the form of what is surely a Swedish number, without signs; a spreadsheet eats the first 0."""
    if bare.startswith(("+46", "0046")):
        rest = bare[3 if bare[0] == "+" else 4 :].removeprefix("0")
    elif bare.startswith("0") and not bare.startswith("00"):
        rest = bare[1:]
    elif len(bare) == 9 and bare.startswith("7"):
        rest = bare
    else:
        return None
    sure = 7 <= len(rest) <= 9 and rest.isascii() and rest.isdigit() and rest[0] != "0"
    return f"+46{rest}" if sure else None


def _of_the_world(bare: str) -> str | None:
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    try:
        number = parse(bare, "SE")
    except NumberParseException:
        return None
    return format_number(number, PhoneNumberFormat.E164) if is_possible_number(number) else None
