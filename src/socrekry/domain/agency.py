"""What agency staff cost beside own staff, and what the money would have paid instead.

Pure arithmetic on an amount and the assumptions; nothing here knows when or where the money was spent. The
question is Härjedalen's: agency staff for 1.5, 5.67, 8.7 and 6.9 million kronor in four years, at 2.5–3 times
the cost of own staff.

A result is a range wherever it rests on the factor, low first. Kronor are rounded to whole ones, years of
work to tenths, and posts downwards: nine tenths of a post cannot be offered to anybody.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from socrekry.domain.assumptions import Premises

_WHOLE, _TENTH = Decimal(1), Decimal("0.1")
_HOURS_A_WEEK, _TERMS_A_YEAR = 40, 2


class Kronor(NamedTuple):
    """An amount between two, in SEK."""

    low: int
    high: int


class Years(NamedTuple):
    """Years of full-time work between two."""

    low: Decimal
    high: Decimal


class Posts(NamedTuple):
    """A number of trainee posts between two."""

    low: int
    high: int


class Comparison(NamedTuple):
    """What an amount of agency staff bought, and would have bought; None is a share of nothing.

    ``own_staff`` is what the same work would have cost with own staff, ``extra`` what was paid beyond that.
    ``years_bought`` is the full-time years that the agency staff worked, ``years_of_own_staff`` how many
    years of own staff the amount would have paid. ``post`` is what a trainee post costs; ``posts_for_extra``
    and ``posts_for_all`` are how many the extra and the whole amount would have paid.
    """

    amount: int
    own_staff: Kronor
    extra: Kronor
    years_bought: Years | None
    years_of_own_staff: Decimal | None
    post: int
    posts_for_extra: Posts | None
    posts_for_all: int | None


def comparison(amount: int, premises: Premises) -> Comparison:
    """Compare an amount of agency staff, in SEK, with own staff and with trainee posts.

    Own staff costs ``amount / factor``: less by the higher factor, and no factor is below 1. Extra is
    ``amount − own staff``. A year of agency work costs ``factor × own-staff-year``, a year of own staff
    ``own-staff-year``. Posts are the sum divided by `cost_of_post`.
    """
    low, high = premises.agency_factor_low, premises.agency_factor_high
    own = Kronor(_kronor(amount / high), _kronor(amount / low))
    extra = Kronor(amount - own.high, amount - own.low)
    year, post = premises.own_staff_year, cost_of_post(premises)
    bought = Years(_tenths(amount, high * year), _tenths(amount, low * year)) if year else None
    return Comparison(
        amount,
        own,
        extra,
        bought,
        _tenths(amount, year) if year else None,
        _kronor(post),
        Posts(int(extra.low // post), int(extra.high // post)) if post else None,
        int(amount // post) if post else None,
    )


def cost_of_post(premises: Premises) -> Decimal:
    """Return what a trainee post costs from its first day to its last, in SEK.

    The trainee's pay, ``trainee-year × trainee-percent``, and the supervisor's time,
    ``own-staff-year × supervision-hours / 40``, each for ``trainee-terms / 2`` years.
    """
    pay = premises.trainee_year * premises.trainee_percent / 100
    supervision = premises.own_staff_year * premises.supervision_hours / _HOURS_A_WEEK
    return (pay + supervision) * premises.trainee_terms / _TERMS_A_YEAR


def _kronor(amount: Decimal) -> int:
    return int(amount.quantize(_WHOLE, ROUND_HALF_UP))


def _tenths(amount: int, by: Decimal) -> Decimal:
    return (amount / by).quantize(_TENTH, ROUND_HALF_UP)
