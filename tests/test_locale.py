"""A reader of Swedish gets Swedish; a reader of anything else gets English."""

import subprocess
import sys
from pathlib import Path

import pytest

import message_catalogue
from socrekry.locale import N_, _, guess_language, language, ngettext, paragraphs, pgettext, pick, use
from tests.catalogues import a_catalogue, a_folder, reading_from

ENGLISH = "{name} moved to {stage}"


def test_a_text_is_said_in_the_language_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_folder(tmp_path, a_catalogue(seat=("plats", "platser"), offer="erbjudande"))
    message_catalogue.compile_all(folder)
    reading_from(folder, monkeypatch)
    said = [_("offer"), ngettext("seat", "seats", 1), ngettext("seat", "seats", 3), language()]
    assert said == ["erbjudande", "plats", "platser", "sv"]


def test_a_word_with_two_meanings_is_said_by_its_context(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = a_catalogue()
    catalogue.add("open", "öppen", context="stage")
    message_catalogue.compile_all(a_folder(tmp_path, catalogue))
    reading_from(tmp_path, monkeypatch)
    assert (pgettext("stage", "open"), pgettext("door", "open")) == ("öppen", "open")


def test_without_a_compiled_catalogue_texts_are_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading_from(tmp_path, monkeypatch)
    assert [_("offer"), ngettext("seat", "seats", 1), ngettext("seat", "seats", 0)] == [
        "offer",
        "seat",
        "seats",
    ]


def test_english_is_said_without_reading_a_catalogue() -> None:
    program = (
        "import socrekry.locale as l, sys; l._('x'), l.ngettext('a', 'b', 2); print('gettext' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


def test_marking_a_text_leaves_it_as_it_is() -> None:
    use("sv")
    assert N_(ENGLISH) == ENGLISH


def test_nothing_is_said_as_nothing() -> None:
    use("sv")
    assert _("") == ""


def test_english_has_its_plural_and_ignores_context() -> None:
    assert [ngettext("day", "days", n) for n in (0, 1, 2)] == ["days", "day", "days"]
    assert pgettext("stage", "open") == "open"


def test_a_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="'fi'"):
        use("fi")
    assert language() == "en"


@pytest.mark.parametrize(
    ("environ", "guessed"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "sv"}, "sv"),
        ({"LANG": "sv-FI"}, "sv"),
        ({"LANG": "SV_SE@euro"}, "sv"),
        ({"LANG": "svk_XX.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LC_ALL": "POSIX", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_ALL": "sv_SE.UTF-8", "LC_MESSAGES": "en_GB", "LANG": "en_GB"}, "sv"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "sv_SE"}, "sv"),
        ({"LC_CTYPE": "sv_SE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_guessed_from_the_environment(environ: dict[str, str], guessed: str) -> None:
    assert guess_language(environ, platform="linux") == guessed


@pytest.mark.parametrize(
    ("platform", "system", "guessed"),
    [
        ("win32", ("Swedish_Sweden", "1252"), "sv"),
        ("win32", ("sv_SE", "cp1252"), "sv"),
        ("darwin", ("sv_SE", "UTF-8"), "sv"),
        ("darwin", ("en_GB", "UTF-8"), "en"),
        ("darwin", (None, None), "en"),
        ("linux", ("sv_SE", "UTF-8"), "en"),
    ],
)
def test_where_the_environment_is_silent_the_system_is_asked(
    platform: str, system: tuple[str | None, str | None], guessed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: system)
    assert guess_language({}, platform=platform) == guessed


@pytest.mark.parametrize(
    ("titles", "swedish", "english"),
    [
        ({"en": "Applied", "sv": "Ansökan"}, "Ansökan", "Applied"),
        ({"en": "Applied"}, "Applied", "Applied"),
        ({"sv": "Ansökan"}, "Ansökan", "Ansökan"),
        ({"fi": "Hakemus"}, "Hakemus", "Hakemus"),
        ({"fi": "Hakemus", "en": "Applied"}, "Applied", "Applied"),
        ({"sv": "", "en": "Applied"}, "Applied", "Applied"),
        ({}, "", ""),
    ],
)
def test_a_title_is_picked_by_language(titles: dict[str, str], swedish: str, english: str) -> None:
    use("sv")
    in_swedish = pick(titles)
    use("en")
    assert (in_swedish, pick(titles)) == (swedish, english)


def test_a_docstring_is_cut_into_paragraphs_without_its_indent() -> None:
    docstring = """Move candidates.

        To the next stage,
        or further.


            socrekry advance C-1
        """
    assert paragraphs(docstring) == [
        "Move candidates.",
        "To the next stage,\nor further.",
        "    socrekry advance C-1",
    ]
