"""Days as they stand in cells: as people write them, as spreadsheets do, and as the number behind one.

Rule: a day is read only where it can mean no other. ``1/9 2025`` is the first of September, as everybody in
Sweden writes; ``1/9/2025`` may be an American's ninth of January, and is refused. So is a day before 1990: it
is what a spreadsheet makes of an empty cell, or of a number that it counts from 1904.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from socrekry.domain.errors import InvalidInput

EARLIEST = date(1990, 1, 1)
_DAY_ZERO = date(1899, 12, 30)  # of Excel, which counts a 29 February 1900 that there never was

_NUMBERED = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ][0:.]*Z?)?",
        r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
        r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})",
        r"(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:\s+|\s*-\s*)(?P<y>\d{4}|\d\d)",
        r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})",
    )
)
_WORDED = re.compile(r"(?:den )?(?P<d>\d{1,2})(?:\.|:[ae])? (?P<word>[a-z]{3,9})\.? (?P<y>\d{4})", re.ASCII)
_SERIAL = re.compile(r"(\d{1,6})(?:[.,]0+)?", re.ASCII)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januari january",
            "feb febr februari february",
            "mar mars march",
            "apr april",
            "maj may",
            "jun juni june",
            "jul juli july",
            "aug augusti august",
            "sep sept september",
            "okt oktober oct october",
            "nov november",
            "dec december",
        ),
        1,
    )
    for name in names.split()
}


@lru_cache(8192)
def read_day(text: str) -> date:
    """Return the day in a cell.

    InvalidInput ``date-invalid``; ``date-too-early`` for one before 1990; ``date-serial-unclear`` for a
    number that is no day since then.
    """
    serial = _SERIAL.fullmatch(text)
    if serial:
        return _counted(int(serial[1]), text)
    for form in _NUMBERED:
        found = form.fullmatch(text)
        if found:
            return _day(found.groupdict(), found["m"], text)
    found = _WORDED.fullmatch(text.casefold())
    if found and found["word"] in _MONTHS:
        return _day(found.groupdict(), _MONTHS[found["word"]], text)
    raise InvalidInput("date-invalid", value=text)


def _day(parts: Mapping[str, str], month: str | int, text: str) -> date:
    year = int(parts["y"])
    if len(parts["y"]) == 2:  # '98 was, '25 is
        year += 1900 if year >= EARLIEST.year % 100 else 2000
    try:
        day = date(year, int(month), int(parts["d"]))
    except ValueError:
        raise InvalidInput("date-invalid", value=text) from None
    if day < EARLIEST:
        raise InvalidInput("date-too-early", value=text, earliest=EARLIEST.isoformat())
    return day


def _counted(number: int, text: str) -> date:
    """Return the day that a spreadsheet means by a number, where it counts from 1900 as nearly all do."""
    day = _DAY_ZERO + timedelta(number)
    if not EARLIEST <= day < date(2100, 1, 1):
        raise InvalidInput("date-serial-unclear", value=text)
    return day
