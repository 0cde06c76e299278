"""Moments up to which something had been recorded, and a store as it was known at one.

A day means its end, here where the user is: what was recorded on it is known. A time without a zone is the
user's own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, TypeAlias

import typer

from socrekry.cli.exits import mention
from socrekry.cli.options import read_date
from socrekry.cli.session import reading
from socrekry.cli.settings import clock
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import FIRST_YEAR, LAST_YEAR
from socrekry.locale import N_, ngettext
from socrekry.reports.asking import KnownAt
from socrekry.store.connect import Store


def read_moment(value: str | KnownAt) -> KnownAt:
    """Return the moment that ``value`` names: ``2026-11-20``, ``2026-11-20T14:30``, ``2026-11-20T13:30Z``.

    InvalidInput("moment-invalid"), ("known-at-in-future").
    """
    if isinstance(value, KnownAt):
        return value
    found = _day(value) or _time(value)
    if found.day > clock().today:
        raise InvalidInput("known-at-in-future", moment=found.shown, today=clock().today.isoformat())
    return found


KnownAtOption: TypeAlias = Annotated[
    KnownAt | None,
    typer.Option(
        "--known-at",
        metavar=N_("DATE|TIME"),
        parser=read_moment,
        show_default=N_("now"),
        help=N_("Count what had been recorded by then, a day included."),
    ),
]


def day_asked(as_of: date | None, known_at: KnownAt | None) -> date:
    """Return the day that a report is of: today or the day that it was known on, unless one was named.

    InvalidInput("as-of-after-known"): of a later day, nothing was known.
    """
    if known_at is None:
        return as_of or clock().today
    if as_of is not None and as_of > known_at.day:
        raise InvalidInput("as-of-after-known", on=as_of.isoformat(), moment=known_at.shown)
    return as_of or known_at.day


@contextmanager
def reading_as_known(known_at: KnownAt | None) -> Iterator[Store]:
    """Give the store to a command that only reads; where a moment is named, as it was known then."""
    with reading() as store:
        if known_at is None:
            yield store
            return
        from socrekry.services.recorded import known_at as recalled  # builds a store in memory

        with recalled(store, known_at.recorded_at) as known:
            if known.lost:
                said = ngettext(
                    "{n} cohort, activity or voice that was known then has been taken back, and is left out.",
                    "{n} cohorts, activities and voices that were known then have been taken back, "
                    "and are left out.",
                    known.lost,
                )
                mention(said.format(n=known.lost))
            yield known.store


def _day(value: str) -> KnownAt | None:
    try:
        day = read_date(value)
    except InvalidInput:
        return None
    end = datetime.combine(day + timedelta(days=1), time()).astimezone() - timedelta(microseconds=1)
    return KnownAt(day.isoformat(), _stored(end), day)


def _time(value: str) -> KnownAt:
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise InvalidInput("moment-invalid", value=value) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR or len(value.strip()) <= len("2026-11-20"):
        raise InvalidInput("moment-invalid", value=value)
    here = moment.astimezone()
    return KnownAt(here.strftime("%Y-%m-%d %H:%M"), _stored(here), here.date())


def _stored(moment: datetime) -> str:
    """Return a moment as a store keeps times."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
