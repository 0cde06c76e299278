"""Cumulative incidence: as lifelines has it, whole, and with imaginary stays beside the real ones."""

import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter  # type: ignore[import-untyped]

from socrekry.domain.incidence import ENDED, Counts, Imagined, Incidence, counted, incidence

CAUSES = (None, "on", ENDED)  # lifelines calls them 0, 1, 2

counts = st.dictionaries(
    st.tuples(st.integers(0, 40), st.sampled_from(CAUSES)), st.integers(1, 5).map(float), max_size=25
)


def drawn(seed: int, *, ties: bool) -> tuple[list[int], list[int]]:
    draw = random.Random(seed)
    durations = [draw.randint(1, 60) for _ in range(300)] if ties else draw.sample(range(1, 2000), 300)
    return durations, draw.choices((0, 1, 2), (2, 3, 4), k=300)


def of(durations: list[int], events: list[int]) -> Incidence:
    found: dict[tuple[int, str | None], float] = {}
    for duration, event in zip(durations, events, strict=True):
        key = (duration, CAUSES[event])
        found[key] = found.get(key, 0) + 1
    return incidence(counted(found))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("event", [1, 2])
def test_it_is_what_lifelines_estimates_where_no_durations_are_tied(seed: int, event: int) -> None:
    durations, events = drawn(seed, ties=False)
    theirs = AalenJohansenFitter(calculate_variance=False).fit(durations, events, event_of_interest=event)
    ours = list(accumulate(of(durations, events).increments[str(CAUSES[event])]))
    for time, chance in theirs.cumulative_density_.iloc[:, 0].items():
        assert ours[int(time)] == pytest.approx(chance, abs=1e-6)


def test_it_is_what_lifelines_estimates_where_only_durations_of_one_cause_are_tied() -> None:
    durations, events = drawn(6, ties=True)
    events = [min(event, 1) for event in events]
    theirs = AalenJohansenFitter(calculate_variance=False).fit(durations, events, event_of_interest=1)
    ours = list(accumulate(of(durations, events).increments["on"]))
    for time, chance in theirs.cumulative_density_.iloc[:, 0].items():
        assert ours[int(time)] == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_with_ties_of_all_kinds_it_is_what_follows_from_the_risk_tables_of_lifelines(seed: int) -> None:
    # Its own Aalen–Johansen fitter shifts such durations by chance, so its Kaplan–Meier is the witness.
    durations, events = drawn(seed, ties=True)
    every = KaplanMeierFitter().fit(durations, [event > 0 for event in events])
    ours, expected, staying = of(durations, events), 0.0, 1.0
    for time, row in every.event_table.iterrows():
        leaving = sum(t == time and event == 1 for t, event in zip(durations, events, strict=True))
        expected += staying * leaving / row["at_risk"]
        staying = every.predict(time)
        assert sum(ours.increments["on"][: int(time) + 1]) == pytest.approx(expected, abs=1e-6)
        assert ours.survival[int(time)] == pytest.approx(staying, abs=1e-6)


@given(counts, st.integers(-1, 45), st.floats(0, 10), st.floats(0.01, 1))
def test_every_stay_ends_in_one_way_or_lasts(found: Counts, after: int, weight: float, hazard: float) -> None:
    imagined = Imagined(weight, hazard, {"on": 0.7, ENDED: 0.3})
    estimated = incidence(counted(found), after, imagined)
    ending = [sum(week) for week in zip(*estimated.increments.values(), strict=True)]
    assert all(chance >= 0 for chances in estimated.increments.values() for chance in chances)
    assert sum(ending) + estimated.still_there == pytest.approx(1)
    assert estimated.survival == pytest.approx([1 - gone for gone in accumulate(ending)], abs=1e-9)


def test_with_nobody_open_it_is_the_plain_share() -> None:
    estimated = incidence(counted({(2, "on"): 3, (5, ENDED): 1}))
    assert estimated.increments == {"on": [0, 0, 0.75, 0, 0, 0], ENDED: [0, 0, 0, 0, 0, 0.25]}


def test_who_is_open_counts_for_as_long_as_the_stay_has_lasted() -> None:
    estimated = incidence(counted({(1, None): 1, (1, "on"): 1, (2, "on"): 1}))
    assert estimated.increments["on"] == pytest.approx([0, 1 / 3, 2 / 3])


def test_who_has_stayed_long_is_compared_with_those_who_stayed_as_long() -> None:
    estimated = incidence(counted({(1, "on"): 6, (3, "on"): 1, (3, ENDED): 3}), after=1)
    assert estimated.increments == {"on": [0, 0.25], ENDED: [0, 0.75]}


def test_beyond_the_data_nothing_is_known() -> None:
    assert incidence(counted({(1, "on"): 6}), after=4) == Incidence(4, {"on": []}, [])
    assert incidence(counted({})) == Incidence(-1, {}, [1.0])


def test_imaginary_stays_count_like_real_ones() -> None:
    estimated = incidence(counted({(0, "on"): 2}), imagined=Imagined(2, 0.5, {ENDED: 1}))
    assert estimated.increments == {"on": [0.5], ENDED: [0.25]}
    assert estimated.still_there == pytest.approx(0.25)


def test_imaginary_stays_do_not_age() -> None:
    stays, imagined = counted({(9, "on"): 1}), Imagined(3, 0.2, {"on": 0.5, ENDED: 0.5})
    young, old = incidence(stays, 0, imagined), incidence(stays, 6, imagined)
    assert young.increments[ENDED][:2] == pytest.approx(old.increments[ENDED][:2])
