"""The forecast's interval holds in four cases of five: a few rounds of benchmarks/calibration.py."""

import pytest

from benchmarks.calibration import SCENARIOS, Cell, Coverage, cells_of, coverage

ROUNDS = 12


@pytest.fixture(scope="module")
def cells() -> list[Cell]:
    smaller = [scenario for scenario in SCENARIOS if scenario.each_term <= 40]
    return [cell for scenario in smaller for cell in cells_of(scenario, ROUNDS)]


def narrowed(cell: Cell) -> Cell:
    """Return the cell with an interval half as wide."""
    low = cell.expected - (cell.expected - cell.low) / 2
    return cell._replace(low=round(low), high=round(cell.expected + (cell.high - cell.expected) / 2))


def test_the_interval_holds_in_four_cases_of_five(cells: list[Cell]) -> None:
    assert 0.72 <= coverage(cells).held <= 0.90


def test_half_the_interval_would_be_seen_to_fail(cells: list[Cell]) -> None:
    assert coverage([narrowed(cell) for cell in cells]).held < 0.70


def test_the_expectation_is_met_on_the_average(cells: list[Cell]) -> None:
    assert 0.85 <= coverage(cells).ratio <= 1.2


def test_without_a_forecast_there_is_nothing_to_hold() -> None:
    assert coverage([]) == Coverage(0, 0, 0, 0, 0, 0)
