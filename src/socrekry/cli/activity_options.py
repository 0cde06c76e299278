"""What is said of an activity on the command line, the same when it is added and when it is changed.

An empty text takes a figure away, or says that nobody knows it; it is never read as 0.
"""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, TypeAlias

import typer

from socrekry.cli.options import read_date, read_term
from socrekry.domain.amounts import parse_amount, parse_number
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term
from socrekry.locale import N_


def read_kind(value: str) -> str:
    """Return the kind of activity that the word means, in English or Swedish."""
    from socrekry.exchange.codes import read_activity_kind

    return read_activity_kind(value)


def _amount(value: str) -> int:
    """Return kronor: ``14500``, ``14 500``, ``14 500 kr``."""
    return parse_amount(value)


def _count(value: str) -> int:
    """Return a whole number that is not negative."""
    try:
        number = parse_number(value)
    except InvalidInput:
        raise InvalidInput("count-invalid", value=value) from None
    if number != int(number):
        raise InvalidInput("count-invalid", value=value)
    return int(number)


def _or_empty(read: Callable[[str], Any]) -> Callable[[Any], Any]:
    """Return what reads a text, or an empty one as it is; a value that was read already stays."""

    def read_if_any(value: Any) -> Any:
        return read(value) if isinstance(value, str) and value else value

    return read_if_any


def _figure(read: Callable[[str], Any], metavar: str, help: str) -> Any:
    return typer.Option(metavar=metavar, parser=_or_empty(read), help=help)


AtUniversity: TypeAlias = Annotated[
    str | None, typer.Option(metavar=N_("CODE"), help=N_("The university: its code or part of its name."))
]
Cost: TypeAlias = Annotated[int | None, _figure(_amount, "SEK", N_("What it cost; left out, nobody knows."))]
Reached: TypeAlias = Annotated[int | None, _figure(_count, "N", N_("How many people it reached."))]
Minutes: TypeAlias = Annotated[int | None, _figure(_count, "N", N_("How many minutes it took."))]
ForTerm: TypeAlias = Annotated[
    Term | None,
    _figure(
        read_term,
        N_("TERM"),
        N_("The term whose intake it is for; if left out, the one that runs on its day."),
    ),
]
ForUnit: TypeAlias = Annotated[str | None, typer.Option(metavar=N_("UNIT"), help=N_("The unit it is for."))]
Applicants: TypeAlias = Annotated[
    int | None, _figure(_count, "N", N_("How many applied who are not added by name."))
]
Qualified: TypeAlias = Annotated[int | None, _figure(_count, "N", N_("How many of these were qualified."))]
Deadline: TypeAlias = Annotated[date | None, _figure(read_date, N_("DATE"), N_("The last day to apply."))]


def known(value: Any) -> Any:
    """Return what was said, None for an empty text."""
    return None if value == "" else value
