"""A long test is long only when it is asked to be."""

import pytest

from tests import rounds


@pytest.mark.parametrize(("in_full", "expected"), [(False, 5), (True, 200)])
def test_a_test_goes_few_rounds_unless_all_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, in_full: bool, expected: int
) -> None:
    monkeypatch.setattr(rounds, "in_full", in_full)
    assert rounds.rounds(200, brief=5) == expected


def test_pytest_is_told_on_its_command_line(pytestconfig: pytest.Config) -> None:
    assert rounds.in_full == pytestconfig.getoption("--full")
