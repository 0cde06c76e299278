"""Figures as marks: zero, the highest, a gap, and plain signs where the fine ones are missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.render.bars import BLOCKS, PLAIN, Signs, Value, bar, signs_for, sparkline

values = st.lists(st.none() | st.integers(0, 1000) | st.floats(0, 1), max_size=40)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ([], ""),
        ([None, 0, 1, 100, None], "·▁▂█·"),
        ([0, 0], "▁▁"),
        ([None, None], "··"),
        ([10, 10, 10], "███"),
        ([80, 90], "▇█"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([0.25, 0.5], "▅█"),
    ],
)
def test_a_line_stands_on_zero_and_keeps_its_gaps(row: list[Value], line: str) -> None:
    assert sparkline(row) == line


@pytest.mark.parametrize("signs", [BLOCKS, PLAIN])
@given(row=values)
def test_a_line_has_a_sign_a_value_and_only_nothing_is_lowest(signs: Signs, row: list[Value]) -> None:
    line = sparkline(row, signs)
    assert len(line) == len(row)
    assert [sign == signs.gap for sign in line] == [value is None for value in row]
    assert [sign == signs.levels[0] for sign in line] == [value == 0 for value in row]


@pytest.mark.parametrize(
    ("value", "most", "signs", "drawn"),
    [
        (None, 10, BLOCKS, ""),
        (0, 10, BLOCKS, ""),
        (0, 0, BLOCKS, ""),
        (10, 10, BLOCKS, "████"),
        (5, 10, BLOCKS, "██"),
        (4, 10, BLOCKS, "█▋"),
        (1, 1000, BLOCKS, "▏"),
        (1, 1000, PLAIN, "#"),
        (5, 10, PLAIN, "##"),
        (0.5, 1, BLOCKS, "██"),
    ],
)
def test_a_bar_is_as_long_as_its_value(value: Value, most: float, signs: Signs, drawn: str) -> None:
    assert bar(value, most, 4, signs) == drawn


@pytest.mark.parametrize(
    ("encoding", "signs"), [("utf-8", BLOCKS), ("cp1252", PLAIN), ("ascii", PLAIN), ("cp850", PLAIN)]
)
def test_an_encoding_without_blocks_gets_plain_signs(encoding: str, signs: Signs) -> None:
    assert signs_for(encoding) is signs
    "".join(signs).encode(encoding)
