"""What may stand where somebody presses Tab, asked as a shell asks: the words before, and the word begun."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import pytest

from socrekry.cli import app, completion, completion_people, index
from socrekry.cli.completion_choice import Choice
from socrekry.cli.completion_line import lexed
from socrekry.cli.completion_place import Place
from socrekry.cli.completion_values import is_known
from socrekry.cli.saved import VIEWS, save
from socrekry.domain.names import sort_key
from tests.builders import a_store, an_office
from tests.cli.conftest import Run
from tests.stories import a_story_on_postgresql

Offered: TypeAlias = Callable[..., dict[str, str]]
BREAKS = " \t\n\"'@><=;|&(:"


@pytest.fixture
def offered(cli: Run, story: Path) -> Offered:
    """Return the words offered after those of a line, each with its meaning; the last word is begun."""

    def ask(*words: str) -> dict[str, str]:
        done = cli("__complete", "zsh", "socrekry", *words)
        assert (done.code, done.err) == (0, "")
        return dict(each.partition("\t")[::2] for each in done.out.splitlines())

    return ask


def test_commands_are_offered_with_what_they_do(offered: Offered) -> None:
    assert list(offered("")) == index.names()
    assert offered("adva") == {"advance": "Move candidates to the next stage, or to one you name."}
    assert list(offered("--lang", "sv", "pipeline", "")) == ["show", "check", "install"]
    assert "advance" in offered("help", "adv")


def test_an_id_is_offered_with_a_name_and_where_it_stands(offered: Offered) -> None:
    found = offered("show", "C-")
    assert found["C-1"].endswith(" · HT2025 · Placement")
    assert list(found) == ["C-1", "C-2", "C-3", "C-4", "C-5", "C-7"]
    assert list(offered("show", "c-2")) == ["C-2"]
    assert list(offered("show", "C-2.")) == ["C-2.1", "C-2.2"]


def test_a_name_is_offered_as_it_is_written_whatever_the_case(offered: Offered) -> None:
    (name,) = (each.partition(" · ")[0] for each in offered("show", "C-1").values())
    assert offered("show", name[:3].upper())[name].startswith("C-1 · ")


def test_who_is_protected_is_masked_and_not_found_by_name(offered: Offered) -> None:
    assert offered("show", "C-7")["C-7"].startswith("Skyddade personuppgifter, kandidat 1 · ")
    assert offered("show", "Skydd") == {}


def test_a_command_about_those_who_are_open_offers_them_alone(offered: Offered) -> None:
    everybody, open_ones, closed = (set(offered(verb, "C-")) for verb in ("show", "advance", "reopen"))
    assert open_ones < everybody
    assert closed == everybody - open_ones


def test_nobody_is_offered_twice(offered: Offered) -> None:
    assert not {"C-1", "C-3"} & set(offered("advance", "C-1", "C-3", ""))


@pytest.mark.parametrize(
    ("words", "some"),
    [
        (("list", "--term", ""), {"HT2025", "VT2026", "HT2026", "VT2027"}),
        (("report", "--term", "HT2025.."), {"HT2025..VT2026"}),
        (("list", "--term=HT"), {"--term=HT2025"}),
        (("list", "--unit", "barn"), {"Barn och unga"}),
        (("add-need", ""), {"Vuxen"}),
        (("list", "--university", "or"), {"oru"}),
        (("list", "--pipeline", ""), {"direct", "trainee"}),
        (("pipeline", "show", "t"), {"trainee"}),
        (("list", "--stage", "pl"), {"placement"}),
        (("list", "--cohort", ""), {"Våren"}),
        (("list", "--tag", "k"), {"kö"}),
        (("list", "--source", "v"), {"visit"}),
        (("add-candidate", "--cohort", "K-"), {"K-1", "K-2"}),
        (("assign", "C-1", "--supervisor", ""), {"S-1", "S-2"}),
        (("record", "C-1", "deg"), {"degree=socionomexamen"}),
        (("advance", "C-1", "--with", "thes"), {"thesis"}),
        (("withdraw-fact", "C-1", "a"), {"assessment"}),
        (("close", "C-1", "--outcome", "no-"), {"no-reply"}),
        (("close", "C-1", "--by", ""), {"candidate", "employer"}),
        (("add-activity", "vi"), {"visit"}),
        (("add-voice", "C-1", "wish", "sup"), {"supervision"}),
        (("list", "--format", ""), {"table", "json", "csv", "ids"}),
        (("config", ""), {"db", "lang", "actor", "unit"}),
        (("config", "--lang", ""), {"sv", "en"}),
        (("config", "lang", ""), {"sv", "en"}),
        (("config", "unit", "v"), {"Vuxen"}),
        (("import", "x.csv", "--map", "Mobil="), {"Mobil=phone"}),
        (("merge", "C-1", ""), {"C-2"}),
        (("note", "C-1", "--on", ""), {"2026-11-20"}),
        (("completion", "show", ""), {"bash", "zsh", "fish", "powershell"}),
        (("schema", "pipeline", ""), {"show"}),
    ],
)
def test_what_a_value_may_be_is_offered(offered: Offered, words: tuple[str, ...], some: set[str]) -> None:
    assert some <= set(offered(*words))


def test_stages_are_those_of_the_pipeline_that_is_meant(offered: Offered) -> None:
    assert "interview" not in offered("advance", "C-1", "--to", "")
    assert "interview" in offered("advance", "C-2.2", "--to", "")
    assert "placement" not in offered("list", "--pipeline", "direct", "--stage", "")


def test_options_are_offered_until_they_are_given(offered: Offered) -> None:
    assert "--to" in offered("advance", "C-1", "--")
    assert not {"--to", "--from"} & set(offered("advance", "--to", "offer", "--from=trainee", "--"))
    assert "--with" in offered("advance", "--with", "thesis", "--w")
    assert "--db" in offered("--")
    assert offered("advance", "--", "--") == {}


def test_options_are_offered_where_no_argument_can_stand(offered: Offered) -> None:
    assert "--format" in offered("today", "")


def test_saved_views_are_offered(offered: Offered) -> None:
    save(VIEWS, "våren", ["--term", "VT2026"])
    assert offered("list", "@v") == {"@våren": "--term VT2026"}
    assert offered("list", "--forget", "va") == {"våren": "--term VT2026"}


@pytest.mark.parametrize("words", [("--db", ""), ("import", "x"), ("list", "-o", ""), ("backup", "")])
def test_a_file_is_left_to_the_shell(offered: Offered, words: tuple[str, ...]) -> None:
    assert offered(*words) == {":files": ""}


def test_another_store_is_asked_where_the_line_names_one(offered: Offered, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with a_store(tmp_path / "other") as store:
        an_office(store)
        path = store.location
    assert offered("--db", path, "show", "C-1") == {}
    assert offered("show", f"--db={path}", "C-1") == {}


def test_no_store_is_made(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "new.db"))
    assert cli("__complete", "zsh", "socrekry", "show", "C-") == (0, "", "")
    assert cli("__complete", "zsh", "socrekry", "show", "--lang", "").out == "sv\nen\n"
    assert cli("__complete", "zsh", "socrekry", "list", "--source", "vis").out.startswith("visit")
    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("content", [b"", b"not a store" * 100])
def test_what_is_no_store_completes_nothing(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    (tmp_path / "x.db").write_bytes(content)
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "x.db"))
    assert cli("__complete", "zsh", "socrekry", "show", "C-") == (0, "", "")
    assert (tmp_path / "x.db").read_bytes() == content


def test_a_store_that_is_busy_is_not_waited_for(
    offered: Offered, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "30")
    patience: list[str] = []
    choose = completion.choices

    def asked(words: Sequence[str], word: str) -> list[Choice] | None:
        patience.append(os.environ["SOCREKRY_BUSY_SECONDS"])
        return choose(words, word)

    monkeypatch.setattr(completion, "choices", asked)
    busy = sqlite3.connect(story, isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")
    assert offered("show", "C-") == {}
    busy.close()
    assert patience == ["0.5"]
    assert os.environ["SOCREKRY_BUSY_SECONDS"] == "30"  # nobody else is hurried by it


def test_settings_that_are_broken_still_complete_commands(offered: Offered, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("lang = \n")
    assert "advance" in offered("adv")


@pytest.mark.parametrize(
    "words", [(), ("tcsh", "x"), ("bash",), ("zsh",), ("zsh", "socrekry", "nix", "nax", "x")]
)
def test_what_nobody_understands_is_passed_over_in_silence(cli: Run, words: tuple[str, ...]) -> None:
    assert cli("__complete", *words) == (0, "", "")


def test_a_name_that_would_break_the_line_is_left_out(offered: Offered, story: Path) -> None:
    with sqlite3.connect(story) as store:
        store.execute("UPDATE person SET name = 'Q' || char(10) || 'x', sort_key = 'q x' WHERE id = 1")
    assert offered("show", "Q") == {}
    assert "\n" not in offered("show", "C-1")["C-1"]


def test_a_candidate_who_was_undone_is_not_offered(
    offered: Offered, story: Path, line: Callable[..., str]
) -> None:
    line("add-candidate 'Quirin Q' --cohort K-1 --term HT2025")
    assert "C-8" in offered("show", "C-8")
    line("undo")
    assert offered("show", "C-8") == {}


def test_a_store_on_a_server_completes_as_well(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", a_story_on_postgresql())
    assert cli("__complete", "zsh", "socrekry", "show", "C-2.").out.count("\n") == 2


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("socrekry adva", "advance"),
        ("socrekry show C-2.", "C-2.1\nC-2.2"),
        ("socrekry list --unit b", "Barn\\ och\\ unga"),
        ("socrekry list --unit Barn\\ o", "Barn\\ och\\ unga"),
        ('socrekry list --unit "Barn o', "Barn och unga"),
        ("socrekry list --unit 'Barn o", "Barn och unga"),
        ("socrekry list --unit=ba", "Barn\\ och\\ unga"),
        ('socrekry list --unit="ba', "Barn och unga"),
        ("SOCREKRY_LANG=en socrekry adva", "advance"),
        ("socrekry record C-1 degree=oth", "other-degree"),
        ("socrekry list @v", "@våren"),
    ],
)
def test_bash_gets_what_it_puts_in_place_of_the_last_piece(
    cli: Run, story: Path, line: str, out: str
) -> None:
    save(VIEWS, "våren", ["--term", "VT2026"])
    assert cli("__complete", "bash", line, "9", BREAKS).out.rstrip("\n") == out


def test_bash_gets_meanings_where_it_shows_a_list(cli: Run, story: Path) -> None:
    shown = cli("__complete", "bash", "socrekry list --university l", "63", BREAKS).out.splitlines()
    assert "liu  (Linköpings universitet, Norrköping)" in shown
    assert "(" not in cli("__complete", "bash", "socrekry list --university liu", "63", BREAKS).out


def test_powershell_gets_words_quoted_and_what_to_show(
    cli: Run, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLETION_LINE", "socrekry list --unit 'barn o")
    assert cli("__complete", "powershell").out == "'Barn och unga'\tBarn och unga\tHärjedalen\n"
    save(VIEWS, "våren", ["--term", "VT2026"])
    monkeypatch.setenv("COMPLETION_LINE", "socrekry list `@v")
    assert cli("__complete", "powershell").out == "'@våren'\t@våren\t--term VT2026\n"


def test_fish_gives_the_word_as_it_is_typed(cli: Run, story: Path) -> None:
    asked = ("__complete", "fish", "socrekry", "list", "--unit")
    assert cli(*asked, "Barn\\ o").out == cli(*asked, '"barn o').out == "Barn och unga\tHärjedalen\n"


@pytest.mark.parametrize(
    ("line", "escape", "words", "word"),
    [
        ("a b", "\\", ["a"], "b"),
        ("a b ", "\\", ["a", "b"], ""),
        ("a 'b c' \"d\\\"e", "\\", ["a", "b c"], 'd"e'),
        ("a b\\ c\\", "\\", ["a"], "b c"),
        ("a '' ", "\\", ["a", ""], ""),
        ("a x'y z'w", "\\", ["a"], "xy zw"),
        ("a 'b''c' \"d`\"e", "`", ["a", "b'c"], 'd"e'),
    ],
)
def test_a_line_is_taken_apart_as_its_shell_does(line: str, escape: str, words: list[str], word: str) -> None:
    assert lexed(line, escape)[:2] == (words, word)


def test_every_argument_and_option_has_been_thought_of() -> None:
    """What takes a value either completes, or is known to be a person's own words, a number or a new name."""
    unknown = [
        f"{entry.name} {param.opts[0]} {param.metavar}"
        for entry in index.COMMANDS
        for param in app.build(entry).params
        if not getattr(param, "is_flag", False)
        and not is_known(Place(entry.name, param, "", "", [], {}, None))
    ]
    assert unknown == []


def test_a_number_begun_is_looked_up_by_its_digits(offered: Offered, line: Callable[..., str]) -> None:
    for number in range(8, 13):
        line(f"add-candidate 'Nr {number}' --cohort K-1 --term HT2025")
    assert list(offered("show", "C-1")) == ["C-1", "C-10", "C-11", "C-12"]
    assert offered("show", "C-0") == offered("show", "C-99") == {}


def test_no_more_are_offered_than_fit_a_few_screens(
    offered: Offered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completion_people, "MOST", 3)
    assert len(offered("show", "C-")) == 2  # C-1, and C-2 with two candidacies


def test_a_name_is_found_among_however_many(offered: Offered, monkeypatch: pytest.MonkeyPatch) -> None:
    last = max((each.partition(" · ")[0] for each in offered("show", "C-").values()), key=sort_key)
    monkeypatch.setattr(completion_people, "MOST", 1)
    assert list(offered("show", last[:4])) == [last]
