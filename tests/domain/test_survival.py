"""How long something takes: as lifelines has it, and by hand where some still wait or have fallen away."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter  # type: ignore[import-untyped]

from socrekry.domain.survival import FOUR_OF_FIVE, HALF, times_until

SHARES = (HALF, FOUR_OF_FIVE)

stays = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=60)
by_time = st.dictionaries(st.integers(0, 60), st.integers(1, 5), max_size=15)


@given(stays)
def test_it_is_what_lifelines_estimates(drawn: list[tuple[int, bool]]) -> None:
    theirs = KaplanMeierFitter().fit(*map(list, zip(*drawn, strict=True))).survival_function_.iloc[:, 0]
    come, waiting = (Counter(days for days, left in drawn if left is which) for which in (True, False))
    for share, found in zip(SHARES, times_until(SHARES, come, waiting), strict=True):
        staying = [(int(time), left) for time, left in theirs.items()]
        fallen = [time for time, left in staying if left <= 1 - share + 1e-9]
        assert found == (fallen[0] if fallen else None)


@pytest.mark.parametrize("seed", range(5))
def test_where_some_fall_away_it_is_what_lifelines_estimates_of_those_who_may_come(seed: int) -> None:
    times = [(7 * n * (seed + 3)) % 397 for n in range(1, 200)]  # 397 is prime, so no two are the same
    ways = [(n * n + seed) % 3 for n in range(1, 200)]  # 0: waiting, 1: come, 2: fallen away
    waiting, come, lost = (
        Counter(time for time, way in zip(times, ways, strict=True) if way == which) for which in range(3)
    )
    share, away = (
        AalenJohansenFitter(calculate_variance=False).fit(times, ways, event_of_interest=which)
        .cumulative_density_.iloc[:, 0]
        for which in (1, 2)
    )  # fmt: skip
    whole = 1 - away.iloc[-1]
    expected = [next((t for t, n in share.items() if n >= part * whole), None) for part in SHARES]
    assert list(times_until(SHARES, come, waiting, lost)) == expected


@given(by_time, by_time)
def test_whoever_waits_never_makes_it_look_quicker(come: dict[int, int], waiting: dict[int, int]) -> None:
    at_last = max(come, default=0)
    (quick,), (slow,) = (times_until([HALF], come, {at_last: n}) for n in (0, sum(waiting.values())))
    assert slow is None or (quick is not None and quick <= slow)


@pytest.mark.parametrize(
    ("come", "waiting", "lost", "expected"),
    [
        ({}, {}, {}, (None, None)),
        ({}, {5: 3}, {}, (None, None)),
        ({}, {}, {5: 3}, (None, None)),
        ({0: 1}, {}, {}, (0, 0)),
        ({3: 1, 5: 1}, {}, {}, (3, 5)),
        ({1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}, {}, {}, (3, 5)),
        ({10: 2}, {10: 2}, {}, (10, None)),  # who comes on a day goes before who still waits
        ({10: 2}, {20: 3}, {}, (None, None)),
        ({10: 2, 30: 1}, {20: 3}, {}, (30, 30)),
        ({10: 2}, {}, {10: 8}, (10, 10)),  # who has fallen away is not waited for
        ({10: 2, 40: 2}, {}, {20: 8}, (10, 40)),
        ({10: 2}, {90: 2}, {20: 8}, (10, None)),
        ({10: 2}, {90: 3}, {20: 8}, (None, None)),
    ],
)
def test_times_can_be_counted_by_hand(
    come: dict[int, int],
    waiting: dict[int, int],
    lost: dict[int, int],
    expected: tuple[int | None, int | None],
) -> None:
    assert times_until(SHARES, come, waiting, lost) == expected
