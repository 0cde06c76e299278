"""What agency staff cost beside own staff: Härjedalen's four years by hand, and what holds for any amount.

With the values that come along a trainee post costs 450 000 × 20 % + 650 000 × 1.5 / 40 = 114 375 kr.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.agency import comparison, cost_of_post
from socrekry.domain.assumptions import Premises, assumed, premises

KNOWN = premises(assumed({}))
amounts = st.integers(0, 10**12)
factors = st.tuples(st.decimals(1, 10, places=2), st.decimals(1, 10, places=2)).map(sorted)
values = st.builds(
    lambda pair, year, trainee: KNOWN._replace(
        agency_factor_low=pair[0], agency_factor_high=pair[1], own_staff_year=year, trainee_year=trainee
    ),
    factors,
    st.decimals(100_000, 5_000_000, places=0),
    st.decimals(100_000, 5_000_000, places=0),
)


@pytest.mark.parametrize(
    ("amount", "own_staff", "extra", "bought", "of_own_staff", "posts", "for_all"),
    [
        (1_500_000, (500_000, 600_000), (900_000, 1_000_000), ("0.8", "0.9"), "2.3", (7, 8), 13),
        (5_670_000, (1_890_000, 2_268_000), (3_402_000, 3_780_000), ("2.9", "3.5"), "8.7", (29, 33), 49),
        (8_700_000, (2_900_000, 3_480_000), (5_220_000, 5_800_000), ("4.5", "5.4"), "13.4", (45, 50), 76),
        (6_900_000, (2_300_000, 2_760_000), (4_140_000, 4_600_000), ("3.5", "4.2"), "10.6", (36, 40), 60),
    ],
    ids=["2015", "2016", "2017", "2018"],
)
def test_harjedalens_years(
    amount: int,
    own_staff: tuple[int, int],
    extra: tuple[int, int],
    bought: tuple[str, str],
    of_own_staff: str,
    posts: tuple[int, int],
    for_all: int,
) -> None:
    years = tuple(map(Decimal, bought))
    by_hand = (amount, own_staff, extra, years, Decimal(of_own_staff), 114_375, posts, for_all)
    assert tuple(comparison(amount, KNOWN)) == by_hand


def test_nothing_spent_would_have_bought_nothing() -> None:
    nothing = (0, 0)
    assert tuple(comparison(0, KNOWN)) == (0, nothing, nothing, nothing, 0, 114_375, nothing, 0)


def test_what_costs_nothing_cannot_be_counted_in_money() -> None:
    free = KNOWN._replace(own_staff_year=Decimal(0), trainee_year=Decimal(0))
    compared = comparison(1_000_000, free)
    assert compared[3:] == (None, None, 0, None, None)


def test_a_post_costs_its_pay_and_the_supervisors_time_for_as_long_as_it_lasts() -> None:
    assert cost_of_post(KNOWN) == 90_000 + 24_375
    assert cost_of_post(KNOWN._replace(trainee_terms=Decimal(1))) == Decimal("57187.5")
    assert cost_of_post(KNOWN._replace(supervision_hours=Decimal(0))) == 90_000


@given(amounts, values)
def test_own_staff_and_what_was_paid_beyond_it_are_the_whole(amount: int, given: Premises) -> None:
    compared = comparison(amount, given)
    assert compared.own_staff.low + compared.extra.high == amount
    assert compared.own_staff.high + compared.extra.low == amount


@given(amounts, values)
def test_a_range_goes_from_low_to_high(amount: int, given: Premises) -> None:
    compared = comparison(amount, given)
    for each in (compared.own_staff, compared.extra, compared.years_bought, compared.posts_for_extra):
        assert each is not None
        assert 0 <= each.low <= each.high


@given(amounts, amounts, values)
def test_more_money_never_buys_less(one: int, other: int, given: Premises) -> None:
    less, more = (comparison(amount, given) for amount in sorted((one, other)))
    assert less.extra.low <= more.extra.low
    assert less.own_staff.high <= more.own_staff.high
    assert (less.posts_for_all or 0) <= (more.posts_for_all or 0)
    assert (less.years_of_own_staff or 0) <= (more.years_of_own_staff or 0)


@given(amounts, values)
def test_the_extra_never_pays_more_posts_than_the_whole(amount: int, given: Premises) -> None:
    compared = comparison(amount, given)
    assert compared.posts_for_extra is not None
    assert compared.posts_for_extra.high <= (compared.posts_for_all or 0)
