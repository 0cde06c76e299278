"""A text is harmless, measured in cells, and in the reader's language."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry import locale
from socrekry.render import text
from tests.render.pages import HARMLESS, HOSTILE


def test_what_a_screen_would_obey_is_gone() -> None:
    assert text.clean(HOSTILE) == HARMLESS


@pytest.mark.parametrize("harmless", ["", "Åsa Öberg", "[/b]", "李雷", "Ame\u0301lie", "🧑"])
def test_a_harmless_text_stays_as_it_was_typed(harmless: str) -> None:
    assert text.clean(harmless) == harmless


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\tb\r\nc\u2029d\u00a0e", "a b c d e"),
        ("\u200e\u200f\u061c\u2069\ufeff\u00adx", "x"),
        ("\x1b[38;5;1mx\x1b[0m", "x"),
        ("\x1b\x1b[0m[31mx", "[31mx"),
        ("\x1b]0;a title that never ends", "]0;a title that never ends"),
        ("\x90q\x9c", "q"),
        ("\udc80", "\ufffd"),
    ],
)
def test_each_kind_of_attack_loses_its_power(typed: str, shown: str) -> None:
    assert text.clean(typed) == shown


@given(st.text())
def test_no_text_keeps_a_control_or_a_format_character(typed: str) -> None:
    shown = text.clean(typed)
    assert not {unicodedata.category(each) for each in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert text.clean(shown) == shown


@pytest.mark.parametrize(("shown", "cells"), [("", 0), ("Åsa", 3), ("A\u030asa", 3), ("李雷", 4), ("€ –", 3)])
def test_a_text_is_measured_in_cells(shown: str, cells: int) -> None:
    assert text.width(shown) == cells


def test_a_text_is_padded_to_its_cells_not_to_its_characters() -> None:
    assert (text.padded("李", 4), text.padded("7", 4, right=True)) == ("李  ", "   7")


@pytest.mark.parametrize(
    ("cells", "shown"), [(10, "Åsa Öberg"), (9, "Åsa Öberg"), (5, "Åsa…"), (1, "…"), (0, "")]
)
def test_a_shortened_text_fits_and_shows_that_it_was_cut(cells: int, shown: str) -> None:
    assert text.shorten("Åsa Öberg", cells) == shown


def test_a_wide_text_is_shortened_by_its_cells() -> None:
    assert text.shorten("李雷雷", 4) == "李…"


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_is_said_as_a_person_says_it(items: list[str], said: str) -> None:
    assert text.joined(items) == said


@pytest.mark.parametrize(
    ("share", "shown"),
    [(None, "–"), (0.0, "0 %"), (97 / 170, "57 %"), (69 / 97, "71 %"), (69 / 170, "41 %"), (0.125, "13 %")],
)
def test_a_share_is_whole_per_cents_and_a_share_of_nothing_a_dash(share: float | None, shown: str) -> None:
    assert text.percent(share) == shown


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_figures_are_written_one_way_in_both_languages(language: str) -> None:
    locale.use(language)
    assert (text.count(8400), text.count(1234567), text.count(0)) == ("8 400", "1 234 567", "0")


def test_one_day_is_a_day_and_two_are_days() -> None:
    assert (text.days(1), text.days(2), text.days(1000)) == ("1 day", "2 days", "1 000 days")


def test_a_figure_that_is_not_there_is_a_dash() -> None:
    assert {text.count(None), text.kronor(None), text.percent(None), text.days(None)} == {"–"}


def test_money_is_grouped_and_nothing_paid_is_not_unknown() -> None:
    assert (text.kronor(8400), text.kronor(0)) == ("8 400 kr", "0 kr")
