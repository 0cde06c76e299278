"""The interval: from a mean and a variance to whole numbers, and to the chance of reaching one."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.predictive import Estimate, Total, chance_of, estimate, surely, together

totals = st.builds(
    lambda most, share, by_chance, shared: Total(most * share, by_chance, {("some",): shared}, most),
    st.integers(0, 2000),
    st.floats(0, 1),
    st.floats(0, 500),
    st.floats(0, 40),
)


def binomial(trials: int, share: float) -> Total:
    return Total(trials * share, trials * share * (1 - share), {}, trials)


@pytest.mark.parametrize(("trials", "share"), [(1, 0.3), (10, 0.5), (40, 0.1), (120, 0.9)])
def test_equal_chances_give_the_binomial_distribution(trials: int, share: float) -> None:
    for number in range(trials + 1):
        exactly = sum(
            comb(trials, n) * share**n * (1 - share) ** (trials - n) for n in range(number, trials + 1)
        )
        assert chance_of(binomial(trials, share), number) == pytest.approx(exactly, abs=1e-6)


@given(totals)
def test_an_interval_lies_between_nobody_and_everybody(total: Total) -> None:
    expected, low, high = estimate(total)
    assert expected == total.expected
    assert 0 <= low <= high <= total.most


@given(totals, st.integers(0, 2000))
def test_the_more_that_is_asked_the_less_likely_it_is(total: Total, number: int) -> None:
    assert 0 <= chance_of(total, number + 1) <= chance_of(total, number) + 1e-9 <= 1 + 1e-9


@given(totals)
def test_what_is_sure_is_reached_in_four_cases_of_five_and_one_more_is_not(total: Total) -> None:
    number = surely(total)
    assert chance_of(total, number) >= 0.8
    assert number == total.most or chance_of(total, number + 1) < 0.8


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (Total(), Estimate(0, 0, 0)),
        (Total(0, 0, {}, 9), Estimate(0, 0, 0)),
        (Total(3, 0, {}, 3), Estimate(3, 3, 3)),
        (Total(3, 0, {}, 9), Estimate(3, 3, 3)),
        (Total(0.05, 0.05, {}, 10), Estimate(0.05, 0, 0)),
        (binomial(10, 0.5), Estimate(5, 3, 7)),
        (binomial(1000, 0.5), Estimate(500, 480, 520)),
        (Total(400.4, 0, {}, 500), Estimate(400.4, 400, 400)),
        (Total(499, 900, {}, 500), Estimate(499, 461, 500)),
    ],
)
def test_four_cases_of_five_lie_within(total: Total, expected: Estimate) -> None:
    assert estimate(total) == expected


def test_chances_that_differ_leave_less_room_than_equal_ones() -> None:
    equal, unlike = Total(10, 5, {}, 20), Total(10, 1, {}, 20)
    assert estimate(unlike).high < estimate(equal).high
    assert estimate(unlike).low > estimate(equal).low


def test_what_is_not_known_of_all_makes_the_interval_wider() -> None:
    known, unknown = binomial(20, 0.5), binomial(20, 0.5)._replace(shared={("p", "offer"): 3.0})
    assert estimate(unknown).low < estimate(known).low
    assert estimate(unknown).high > estimate(known).high


def test_an_error_that_is_shared_does_not_even_out() -> None:
    one = Total(5, 2, {("p", "offer"): 1.0}, 10)
    two = together([one, one])
    assert two == Total(10, 4, {("p", "offer"): 2.0}, 20)
    assert two.variance == 8


def test_of_large_numbers_the_chance_is_the_normal_distributions() -> None:
    many = binomial(1000, 0.5)
    assert chance_of(many, 500) == pytest.approx(0.5126, abs=1e-3)
    assert surely(many) == 487
    assert chance_of(Total(200, 0, {}, 300), 200) == 1
    assert chance_of(many, 1001) == 0
