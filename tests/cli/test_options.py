"""Dates, terms and ids are read in one way, whichever command they are given to."""

import sys
from datetime import date
from io import StringIO

import pytest

from socrekry.cli import exits, settings
from socrekry.cli.app import as_command
from socrekry.cli.options import TODAY, Ids, OnDate, TermOption, read_date, read_ids
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import Term


def plant(ids: Ids, on: OnDate = TODAY, term: TermOption = None) -> list[object]:
    """Plant trees."""
    return [ids, on, term]


def planted(*words: str) -> list[object]:
    """Return what the command gets to see of these words."""
    settings.begin()
    command = as_command("plant", plant)
    with command.make_context("plant", list(words)) as ctx:
        return list(command.invoke(ctx))


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")


@pytest.mark.parametrize("word", ["2026-11-20", "20261120", "today", "Idag", " i dag "])
def test_a_day_is_written_in_iso_or_as_today(word: str) -> None:
    assert read_date(word) == date(2026, 11, 20)


@pytest.mark.parametrize(
    "word", ["", "2026-11", "2026-02-30", "20/11 2026", "2026-W47-5", "2026-324", "2026-1120", "٢٠٢٦١١٢٠"]
)
def test_what_may_mean_another_day_is_refused(word: str) -> None:
    with pytest.raises(InvalidInput, match="date-invalid"):
        read_date(word)


@pytest.mark.parametrize("word", ["1800-01-01", "1900-12-31", "2100-01-01", "99991231"])
def test_a_day_that_no_term_is_near_is_refused(word: str) -> None:
    with pytest.raises(InvalidInput, match="date-out-of-range"):
        read_date(word)


def test_a_command_sees_days_terms_and_ids() -> None:
    assert planted("C-1", "C-2", "--on", "2025-09-01", "--term", "ht 25") == [
        ["C-1", "C-2"],
        date(2025, 9, 1),
        Term.parse("HT2025"),
    ]


def test_what_is_left_out_is_today_and_no_term() -> None:
    assert planted("C-1") == [["C-1"], date(2026, 11, 20), None]


def test_a_term_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput, match="term-invalid"):
        planted("C-1", "--term", "HT")


@pytest.mark.parametrize(
    ("words", "stdin", "ids"),
    [
        (["C-1", "C-2"], "C-9", ["C-1", "C-2"]),
        (["-"], "C-1\nC-2\n", ["C-1", "C-2"]),
        (["C-1", "-", "C-4"], "\ufeffC-2  C-3\r\n\n", ["C-1", "C-2", "C-3", "C-4"]),
        (["-", "-"], "C-1", ["C-1"]),
        (["-"], "", []),
    ],
)
def test_a_dash_stands_for_the_ids_on_stdin(
    words: list[str], stdin: str, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(stdin))
    assert planted(*words)[0] == ids


@pytest.mark.parametrize(("stdin", "said"), [("C-1 C-2", ""), ("C-1 C-2 C-3", "3 ids from stdin.\n")])
def test_ids_that_nobody_typed_are_counted_aloud(
    stdin: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(stdin))
    read_ids(["-"])
    assert capsys.readouterr() == ("", said)


def test_a_promise_of_json_is_that_command_s_alone(capsys: pytest.CaptureFixture[str]) -> None:
    def counted() -> int:
        exits.mention("3 ids from stdin.")
        return 0

    exits.run(counted, as_json=True)
    assert capsys.readouterr().err == ""
    exits.mention("3 ids from stdin.")
    assert capsys.readouterr().err == "3 ids from stdin.\n"
