"""Every text reaches the translator, every translation the reader, and a gap is named."""

import ast
import os
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import message_catalogue
import message_extraction
import messages
import socrekry.locale
from socrekry.locale import _, ngettext
from tests.catalogues import a_catalogue, a_folder, reading_from

ENGLISH = "{name} moved to {stage}"
SOURCE = Path(socrekry.locale.__file__).parent.parent


def test_the_swedish_catalogue_is_complete() -> None:
    assert messages.findings() == []


@pytest.mark.parametrize("never", ["obehörig", "registerutdrag"])
def test_swedish_avoids_words_that_wrong_a_person_or_mean_two_things(never: str) -> None:
    text = (SOURCE / "locale/sv/LC_MESSAGES/socrekry.po").read_text(encoding="utf-8")
    assert never not in text.casefold()


def test_help_in_a_command_module_is_always_marked_for_translation() -> None:
    bare = [
        f"{path.name}:{keyword.value.lineno}"
        for path in (SOURCE / "cli").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in ("help", "prompt", "short_help", "epilog")
        and isinstance(keyword.value, ast.Constant)
        if isinstance(keyword.value.value, str)
    ]
    assert bare == []


class TestExtraction:
    """Every text a person may read reaches the translator."""

    def a_program(self, tmp_path: Path, index: str, moves: str) -> Path:
        """Write a program of two modules and return its source folder."""
        folder = tmp_path / "src" / "socrekry" / "cli"
        folder.mkdir(parents=True)
        (folder / "index.py").write_text(index, encoding="utf-8")
        (folder / "moves.py").write_text(moves, encoding="utf-8")
        return tmp_path / "src"

    def test_marked_texts_are_found(self, tmp_path: Path) -> None:
        marked = (
            """_("a" "b"); N_("c"); ngettext("{n} day", "{n} days", n); pgettext("stage", "open"); _(each)"""
        )
        template, _unfindable = message_extraction.messages_of(self.a_program(tmp_path, "", marked))
        found = {(message.id, message.context) for message in template if message.id}
        assert found == {("ab", None), ("c", None), (("{n} day", "{n} days"), None), ("open", "stage")}

    def test_a_commands_docstring_is_found_by_paragraph(self, tmp_path: Path) -> None:
        index = 'COMMANDS = (Entry("advance", "socrekry.cli.moves", "advance", EVERYDAY, N_("Move.")),)'
        moves = 'def advance():\n    """Move.\n\n    Far.\n    """\ndef _inner():\n    """Unseen."""\n'
        template, unfindable = message_extraction.messages_of(self.a_program(tmp_path, index, moves))
        assert {message.id for message in template if message.id} == {"Move.", "Far."}
        assert unfindable == []

    @pytest.mark.parametrize("moves", ["", "def advance(): ...", 'def other():\n    """Move."""'])
    def test_a_command_without_a_docstring_is_named(self, tmp_path: Path, moves: str) -> None:
        index = 'Entry(name="advance", module="socrekry.cli.moves", function="advance", panel=EVERYDAY)'
        _template, unfindable = message_extraction.messages_of(self.a_program(tmp_path, index, moves))
        assert len(unfindable) == 1
        assert "socrekry.cli.moves.advance" in unfindable[0]

    def test_an_index_may_join_its_names_of_constants(self, tmp_path: Path) -> None:
        index = '_CLI = "socrekry.cli."\nEntry("advance", _CLI + "moves", "advance", PANEL)'
        (tmp_path / "index.py").write_text(index, encoding="utf-8")
        found = list(message_extraction.commands_of(tmp_path / "index.py"))
        assert found == [("socrekry.cli.moves", "advance")]

    def test_an_index_that_cannot_be_read_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "index.py").write_text('Entry("advance", module(), "advance")', encoding="utf-8")
        with pytest.raises(ValueError, match=r"module\(\)"):
            list(message_extraction.commands_of(tmp_path / "index.py"))

    def test_the_index_of_this_program_is_read(self) -> None:
        assert len(list(message_extraction.commands_of(SOURCE / "cli" / "index.py"))) > 20


class TestCatalogue:
    """What a catalogue lacks is named; what it holds is kept."""

    def kinds(self, catalogue: Catalog, template: Catalog) -> list[str]:
        """Return the kinds of the defects found, in their order."""
        return [defect.kind for defect in message_catalogue.defects(catalogue, template)]

    @pytest.mark.parametrize(
        ("swedish", "kinds"),
        [
            ({"day": "dag"}, []),
            ({}, ["missing"]),
            ({"day": ""}, ["untranslated"]),
            ({"day": "dag", "night": "natt"}, ["obsolete"]),
        ],
    )
    def test_a_gap_is_named(self, swedish: dict[str, str], kinds: list[str]) -> None:
        assert self.kinds(a_catalogue(**swedish), a_catalogue(day="")) == kinds

    def test_a_fuzzy_translation_is_named(self) -> None:
        catalogue = a_catalogue()
        catalogue.add("day", "dag", flags=["fuzzy"])
        assert self.kinds(catalogue, a_catalogue(day="")) == ["fuzzy"]

    @pytest.mark.parametrize(
        ("swedish", "kinds"),
        [
            ("{stage} nåddes av {name}", []),
            ("{name:>9} till {stage!r}", []),
            ("{namn} till {stage}", ["placeholders"]),
            ("{name} flyttad", ["placeholders"]),
            ("{name} till {stage", ["placeholders"]),
        ],
    )
    def test_a_translation_has_the_same_placeholders(self, swedish: str, kinds: list[str]) -> None:
        catalogue = a_catalogue(**{ENGLISH: swedish})
        assert self.kinds(catalogue, a_catalogue(**{ENGLISH: ""})) == kinds

    @pytest.mark.parametrize(
        ("forms", "kinds"),
        [
            (("en plats av {all}", "{n} platser av {all}"), []),
            (("en plats av {all}", "platser av {all}"), ["placeholders"]),
            (("en plats av {all}", ""), ["untranslated"]),
        ],
    )
    def test_each_plural_form_has_those_of_its_own_english(
        self, forms: tuple[str, str], kinds: list[str]
    ) -> None:
        catalogue, template = Catalog(locale="sv"), Catalog()
        for each, text in ((catalogue, forms), (template, ("", ""))):
            each.add(("one seat of {all}", "{n} seats of {all}"), text)
        assert self.kinds(catalogue, template) == kinds

    def test_an_update_keeps_translations_and_adds_the_new(self, tmp_path: Path) -> None:
        path = a_folder(tmp_path, a_catalogue(day="dag", night="natt")) / "sv/LC_MESSAGES/socrekry.po"
        message_catalogue.update(path, a_catalogue(day="", week=""))
        updated = message_catalogue.read(path)
        assert {message.id: message.string for message in updated if message.id} == {"day": "dag", "week": ""}
        assert list(updated.obsolete) == ["night"]

    def test_an_update_forgets_the_obsolete_when_told(self, tmp_path: Path) -> None:
        path = a_folder(tmp_path, a_catalogue(day="dag", night="natt")) / "sv/LC_MESSAGES/socrekry.po"
        message_catalogue.update(path, a_catalogue(day=""), drop=True)
        assert "natt" not in path.read_text(encoding="utf-8")

    def test_an_update_does_not_guess_by_likeness(self, tmp_path: Path) -> None:
        path = (
            a_folder(tmp_path, a_catalogue(**{"No seats left": "Inga platser kvar"}))
            / "sv/LC_MESSAGES/socrekry.po"
        )
        message_catalogue.update(path, a_catalogue(**{"Two seats left": ""}))
        assert [message.string for message in message_catalogue.read(path) if message.id] == [""]

    def test_an_update_without_a_change_changes_no_byte(self, tmp_path: Path) -> None:
        folder = tmp_path / "locale"
        path = a_folder(folder, a_catalogue(day="dag")) / "sv/LC_MESSAGES/socrekry.po"
        before = path.read_bytes()
        source = tmp_path / "src"
        source.mkdir()
        (source / "day.py").write_text('_("day")', encoding="utf-8")
        messages.update(drop=False, source=source, folder=folder)
        messages.update(drop=False, source=source, folder=folder)
        assert path.read_bytes().replace(b"#: src/day.py\n", b"") == before

    def test_our_own_catalogue_is_written_in_its_one_form(self, tmp_path: Path) -> None:
        ours = SOURCE / "locale/sv/LC_MESSAGES/socrekry.po"
        written = a_folder(tmp_path, message_catalogue.read(ours)) / "sv/LC_MESSAGES/socrekry.po"
        assert written.read_bytes() == ours.read_bytes()

    def test_a_newer_translation_is_compiled_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (compiled,) = message_catalogue.compile_all(a_folder(tmp_path, a_catalogue(day="gad")))
        folder = a_folder(tmp_path, a_catalogue(day="dag"))
        same_tick = compiled.with_suffix(".po").stat().st_mtime_ns
        os.utime(compiled, ns=(same_tick, same_tick))
        message_catalogue.compile_all(folder)
        reading_from(tmp_path, monkeypatch)
        assert _("day") == "dag"

    def test_what_is_not_translated_yet_is_said_in_english(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        message_catalogue.compile_all(a_folder(tmp_path, a_catalogue(day=("dag", ""), week="")))
        reading_from(tmp_path, monkeypatch)
        assert [ngettext("day", "days", 2), _("week")] == ["days", "week"]
