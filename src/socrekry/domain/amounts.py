"""Amounts and numbers as people type them: ``1500000``, ``1 500 000``, ``1,5 Mkr``, ``2.5``.

A comma and a point are the same decimal sign, and never part thousands: ``1.500`` of kronor would be one
and a half to one reader and fifteen hundred to the next. So an amount in kronor has no decimals, and one
in thousands or millions says so in a word. Numbers are exact; a float would make 0.1 of a million something
else than 100 000.
"""

from decimal import Decimal

from socrekry.domain.errors import InvalidInput

MOST_AMOUNT = 1_000_000_000_000
_MOST_DIGITS, _MOST_DECIMALS = 15, 6
_WORDS = {
    word: times
    for times, words in (
        (1, "kr kronor sek"),
        (1_000, "tkr ksek tusen"),
        (1_000_000, "mkr mnkr msek miljon miljoner million"),
    )
    for word in words.split()
}


def parse_amount(text: str) -> int:
    """Read an amount as whole kronor.

    Raises InvalidInput ``amount-invalid``, or ``amount-out-of-range`` for more than is kept.
    """
    typed = text.casefold().rstrip(" .")
    word = typed.lstrip("0123456789 ,.\u00a0\u202f")
    number, times = typed.removesuffix(word), _WORDS.get(word) if word else 1
    found = _number(number) if times else None
    if found is None or times is None or (times == 1 and {",", "."} & set(number)):
        raise InvalidInput("amount-invalid", value=text)
    amount = found * times
    if amount != int(amount):
        raise InvalidInput("amount-invalid", value=text)
    if amount > MOST_AMOUNT:
        raise InvalidInput("amount-out-of-range", value=text, most=MOST_AMOUNT)
    return int(amount)


def parse_number(text: str) -> Decimal:
    """Read a number that is not negative, with a comma or a point. Raises InvalidInput ``number-invalid``."""
    found = _number(text)
    if found is None:
        raise InvalidInput("number-invalid", value=text)
    return found


def _number(text: str) -> Decimal | None:
    whole, sign, decimals = text.strip().replace(".", ",").partition(",")
    first, *groups = whole.split() or [""]
    digits = first + "".join(groups)
    grouped = not groups or (len(first) <= 3 and all(len(group) == 3 for group in groups))
    plain = f"{digits}{decimals}".isascii() and digits.isdecimal() and (decimals.isdecimal() or not sign)
    if not grouped or not plain or len(digits) > _MOST_DIGITS or len(decimals) > _MOST_DECIMALS:
        return None
    return Decimal(f"{digits}.{decimals or 0}")
