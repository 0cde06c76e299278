"""What a user types means one kind and one theme, in either language, or is said to mean none or several."""

import pytest

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound
from socrekry.domain.names import search_key
from socrekry.domain.themes import (
    KINDS,
    THEMES,
    every_theme,
    theme_called,
    theme_code,
    theme_meant,
    theme_namesake,
    voice_kind,
)

OWN = every_theme([("fika", "Raster och fika"), ("pay", "Lönesamtal")])


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("wish", "wish"), ("Önskemål", "wish"), ("ORO", "concern"), ("farhåga", "concern"), ("berom", "praise")],
)
def test_a_kind_is_understood_in_either_language(typed: str, kind: str) -> None:
    assert voice_kind(typed) == kind


def test_a_word_that_is_no_kind_is_told_those_there_are() -> None:
    with pytest.raises(InvalidInput) as raised:
        voice_kind("ilska")
    assert raised.value.details["kinds"] == list(KINDS)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("supervision", "supervision"),
        ("Handledning", "supervision"),
        ("hot", "threats"),
        ("hot och vald", "threats"),
        ("image", "public-image"),
        ("fika", "fika"),
        ("lönesamtal", "pay"),
    ],
)
def test_a_theme_is_meant_by_its_code_or_a_part_of_its_title(typed: str, code: str) -> None:
    assert theme_meant(OWN, typed).code == code


def test_a_whole_title_wins_over_longer_ones() -> None:
    themes = every_theme([("pay-talks", "lön och samtal")])
    assert theme_meant(themes, "lön").code == "pay"


def test_a_theme_that_nobody_knows_lists_those_there_are_and_a_code_that_it_could_have() -> None:
    with pytest.raises(NotFound) as raised:
        theme_meant(OWN, "Höga berg!")
    assert raised.value.details["code"] == "hoga-berg"
    assert [each["theme"] for each in raised.value.details["themes"]] == [each.code for each in OWN]


@pytest.mark.parametrize(("typed", "code"), [("", "CODE"), ("!?", "CODE"), ("x" * 60, "x" * 40)])
def test_a_code_is_proposed_that_can_be_kept(typed: str, code: str) -> None:
    with pytest.raises(NotFound) as raised:
        theme_meant(THEMES, typed)
    assert raised.value.details["code"] == code


def test_a_part_of_several_titles_names_them() -> None:
    with pytest.raises(Ambiguous) as raised:
        theme_meant(THEMES, "arbet")
    assert {each["theme"] for each in raised.value.details["candidates"]} == {"workload", "meaning", "hours"}


def test_no_two_themes_share_a_code_or_a_title() -> None:
    for each in THEMES:
        others = [other for other in THEMES if other is not each]
        for word in (each.code, *each.titles.values()):
            assert theme_namesake(others, word, word) is None, word


def test_a_users_own_theme_stands_in_place_of_one_that_has_come_to_be_called_so() -> None:
    assert theme_called(OWN, "pay").titles["sv"] == "Lönesamtal"
    assert len(OWN) == len(THEMES) + 1


def test_a_theme_that_is_gone_is_called_by_its_code() -> None:
    assert theme_called(THEMES, "moon").titles["sv"] == "moon"


@pytest.mark.parametrize("code", ["", "-a", "a b", "a" * 41, "a_b"])
def test_what_cannot_be_a_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput, match="theme-code-invalid"):
        theme_code(code)


def test_a_code_is_kept_in_small_letters() -> None:
    assert theme_code(" Höga-Berg ") == "höga-berg"
    assert search_key(theme_code("PAY-2")) == "pay-2"
