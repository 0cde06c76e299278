"""A workbook of old Excel is looked through before it is opened: its extent, its lock, its errors."""

from pathlib import Path
from struct import pack

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.old_workbooks import _faults, faults_of
from tests.exchange.workbooks import rows_in

OLD = Path(__file__).parent / "workbooks-of-old"


def stream(*records: tuple[int, bytes]) -> bytes:
    """Return the records of a workbook with one sheet, which begins behind its own record."""
    title = bytes((2, 0)) + b"AB"
    begin = pack("<HHHH", 0x0809, 4, 0x0600, 5)
    sheet = pack("<HHIH", 0x0085, 6 + len(title), len(begin) + 10 + len(title), 0) + title
    body = [
        pack("<HH", kind, len(content)) + content for kind, content in ((0x0809, b"\0\x06\x10\0"), *records)
    ]
    return begin + sheet + b"".join(body)


def test_an_error_keeps_its_place() -> None:
    assert faults_of((OLD / "candidates.xls").read_bytes(), "x") == {
        "Sökande": {4: {1: ("cell-error", "#N/A")}}
    }
    assert rows_in((OLD / "candidates.xls").read_bytes())[1].faults == ((1, "cell-error"),)


def test_a_formula_that_came_to_an_error_is_one_too() -> None:
    formula = pack("<HHH", 7, 3, 0) + bytes((2, 0, 23, 0, 0, 0, 255, 255)) + b"\0" * 8
    assert _faults(stream((0x0006, formula)), "x") == {"AB": {7: {3: ("cell-error", "#REF!")}}}


def test_a_cell_at_the_far_corner_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        _faults(stream((0x0203, pack("<HHH", 65_535, 255, 0) + b"\0" * 8)), "x")
    assert refused.value.code == "workbook-too-large"


def test_a_lock_is_told() -> None:
    with pytest.raises(InvalidInput) as refused:
        _faults(stream((0x002F, b"\0" * 6)), "x")
    assert refused.value.code == "workbook-locked"


def test_a_chain_of_sectors_that_leads_back_into_itself_ends() -> None:
    whole = bytearray((OLD / "candidates.xls").read_bytes())
    table = 512 + 512 * int.from_bytes(whole[76:80], "little")
    directory = int.from_bytes(whole[48:52], "little")
    whole[table + 4 * directory : table + 4 * directory + 4] = directory.to_bytes(4, "little")
    with pytest.raises(InvalidInput) as refused:
        faults_of(bytes(whole), "x")
    assert refused.value.code == "workbook-broken"
