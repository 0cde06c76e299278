"""Every command line ends in an answer or a sentence, and in the one exit code that says which."""

import errno
import json
import subprocess
import sys
from importlib import import_module
from inspect import getdoc
from io import StringIO
from pathlib import Path

import pytest

from socrekry import __version__, locale
from socrekry.__main__ import main
from socrekry.cli import exits, index, settings
from socrekry.cli.exits import ExitCode
from socrekry.domain import errors
from tests.cli.conftest import Run, Screen

LOADED = (
    "import sys; sys.argv[0] = 'socrekry'; from socrekry.__main__ import main; main(); sys.stdout.flush()"
)
HEAVY = {"alembic", "argparse", "pydantic", "rich", "sqlalchemy", "sqlmodel"}


def loaded(process: Run, *words: str, **environment: str) -> set[str]:
    """Return the modules that a command line loads, in a fresh interpreter."""
    program = f"{LOADED}; sys.stderr.write('\\n' + ' '.join(sys.modules))"
    return set(process(*words, program=program, **environment).err.split("\n")[-1].split())


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.InvalidInput("date-invalid", value="x"), ExitCode.USAGE),
        (errors.PipelineInvalid("pipeline-invalid", defects=[]), ExitCode.USAGE),
        (errors.NotFound("candidate-not-found", ref="C-9"), ExitCode.NOT_FOUND),
        (errors.Ambiguous("candidate-ambiguous", ref="Anna"), ExitCode.NOT_FOUND),
        (errors.Refused("refused"), ExitCode.REFUSED),
        (errors.Cancelled("input-closed"), ExitCode.CANCELLED),
        (errors.Conflict("head-changed", ref="C-1"), ExitCode.CONFLICT),
        (errors.StoreUnavailable("store-busy"), ExitCode.UNAVAILABLE),
        (errors.StoreDamaged("check-found-defects"), ExitCode.DAMAGED),
        (errors.SocrekryError("of-no-kind"), ExitCode.BUG),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error: errors.SocrekryError, code: ExitCode) -> None:
    assert exits.exit_code_of(error) == code


def test_every_kind_of_error_has_an_exit_code_of_its_own_choosing() -> None:
    kinds = errors.SocrekryError.__subclasses__()
    assert kinds
    assert ExitCode.BUG not in [exits.exit_code_of(kind("some-code")) for kind in kinds]


@pytest.mark.parametrize(("codes", "worst"), [([0, 4, 1], 4), ([1, 0], 1), ([5, 7, 6], 7), ([], 0)])
def test_many_outcomes_are_told_by_the_gravest(codes: list[int], worst: int) -> None:
    assert exits.worst(codes) == worst


def test_an_error_is_a_sentence_and_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        raise errors.InvalidInput("date-invalid", value="\x1b[31mhej")

    assert exits.run(action) == ExitCode.USAGE
    assert capsys.readouterr().err == "“hej” is not a date.\nWrite it as 2026-11-20.\n"


def test_an_error_for_a_program_is_one_document(cli: Run) -> None:
    code, out, err = cli("config", "colour", "--format", "json")
    error = json.loads(err)["error"]
    assert (code, out) == (ExitCode.USAGE, "")
    assert error["code"] == "config-key-unknown"
    remedy = "The settings there are: db, lang, actor and unit"
    assert error["details"] == {"key": "colour", "keys": ["db", "lang", "actor", "unit"], "remedy": remedy}


def test_a_bug_says_how_to_report_it_and_nothing_about_anybody(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        raise KeyError("Anna Ek")

    assert exits.run(action) == ExitCode.BUG
    err = capsys.readouterr().err
    assert "KeyError at cli/exits.py:" in err
    assert f"socrekry {__version__}" in err
    assert "Anna" not in err
    assert "Traceback" not in err


def test_who_mends_a_bug_may_see_the_whole_of_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_DEBUG", "1")
    assert exits.run(lambda: 1 // 0, as_json=True) == ExitCode.BUG
    assert "Traceback" in capsys.readouterr().err


def test_an_interrupted_command_says_so_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        raise KeyboardInterrupt

    assert exits.run(action) == ExitCode.INTERRUPTED
    assert capsys.readouterr().err == "Interrupted.\n"


def test_a_closed_pipe_ends_quietly() -> None:
    reader = subprocess.Popen(
        [sys.executable, "-m", "socrekry", "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reader.stdout is not None
    assert reader.stderr is not None
    reader.stdout.close()
    with reader.stderr:
        assert reader.stderr.read() == b""
    assert reader.wait() == ExitCode.DONE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("word", ["--version", "--help", "config"])
def test_an_answer_that_a_full_disk_swallows_is_not_a_success(word: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "socrekry", word],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == ExitCode.UNAVAILABLE
    assert done.stderr.startswith("The output could not be written: ")


@pytest.mark.parametrize(
    ("lost", "code"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ExitCode.DONE),
        (OSError(errno.ENOSPC, "No space left on device"), ExitCode.UNAVAILABLE),
        (OSError(errno.ENOSPC, "No space left on device", "some file"), ExitCode.BUG),
        (FileNotFoundError(errno.ENOENT, "No such file", "some file"), ExitCode.BUG),
    ],
)
def test_only_what_befalls_the_answer_is_forgiven(
    lost: OSError, code: ExitCode, capsys: pytest.CaptureFixture[str]
) -> None:
    def action() -> int:
        raise lost

    assert exits.run(action) == code
    assert bool(capsys.readouterr().err) == (code != ExitCode.DONE)


@pytest.mark.parametrize(
    ("lost", "outcome"),
    [
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ExitCode.REFUSED),
        (OSError(errno.ENOSPC, "No space left on device"), ExitCode.UNAVAILABLE),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED),
    ],
)
def test_what_is_lost_at_the_last_moment_counts_too(
    lost: BaseException, outcome: ExitCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Lost(StringIO):
        def flush(self) -> None:
            raise lost

    monkeypatch.setattr(sys, "stdout", Lost())
    assert exits.run(lambda: ExitCode.REFUSED) == outcome


def test_a_closed_stderr_silences_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr(sys, "stderr", Closed())
    exits.say("unheard")
    assert exits.run(lambda: 1 // 0) == ExitCode.BUG


def test_a_closed_stdout_is_no_reason_to_fail(process: Run) -> None:
    program = f"import os; os.close(1); {LOADED}"
    code, _out, err = process(
        "config", program=f"import sys; sys.stdout = None; {program.replace('sys.stdout.flush()', '0')}"
    )
    assert (code, err) == (0, "")


def test_text_that_is_not_utf8_is_refused(cli: Run) -> None:
    code, _out, err = cli("config", "actor", "\udcff")
    assert code == ExitCode.USAGE
    assert err == "What was typed is not UTF-8: \ufffd\n"


def test_a_locale_without_utf8_changes_nothing(process: Run) -> None:
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    process("config", "actor", "Åsa Öberg", **old)
    assert process("config", "actor", **old).out == "Åsa Öberg\n"


@pytest.mark.parametrize(
    "words", [("--db", "a", "config", "db"), ("config", "db", "--db", "a"), ("config", "--db=a", "db")]
)
def test_what_holds_everywhere_may_stand_on_either_side_of_the_command(
    words: tuple[str, ...], cli: Run
) -> None:
    assert cli(*words).out == "a\n"


def test_the_option_nearest_the_end_wins(cli: Run) -> None:
    assert cli("--actor", "Bo", "config", "actor", "--actor", "Eva").out == "Eva\n"


def test_after_two_dashes_nothing_is_an_option(cli: Run) -> None:
    assert cli("config", "unit", "--", "--lang").code == ExitCode.DONE
    assert cli("config", "unit").out == "--lang\n"


def test_one_command_line_knows_nothing_of_the_one_before(cli: Run, tmp_path: Path) -> None:
    cli("config", "--actor", "Bo", "--no-input", "-o", str(tmp_path / "answer"))
    settings.begin()
    assert "Bo" not in cli("config", "actor").out
    assert (settings.current().output, settings.current().no_input) == (None, False)


def test_an_answer_goes_to_the_file_that_is_named(cli: Run, tmp_path: Path) -> None:
    assert cli("config", "--actor", "Bo", "--format", "json", "actor", "-o", str(tmp_path / "a")).out == ""
    assert json.loads((tmp_path / "a").read_text())["value"] == "Bo"


@pytest.mark.parametrize(
    "words", [("--lang", "sv", "config"), ("config", "--lang=sv"), ("config", "--lng", "--lang", "sv")]
)
def test_the_language_asked_for_is_spoken_even_about_the_command_line_itself(
    words: tuple[str, ...], cli: Run
) -> None:
    cli(*words)
    assert locale.language() == "sv"


def test_a_language_nobody_speaks_is_refused(cli: Run) -> None:
    code, _out, err = cli("config", "--lang", "de")
    assert (code, err.splitlines()[0]) == (
        ExitCode.USAGE,
        "“de” (from --lang) is not a language that socrekry speaks.",
    )


@pytest.mark.parametrize("words", [("--version",), ("--lang", "sv", "--version")])
def test_the_version_is_told(words: tuple[str, ...], cli: Run) -> None:
    assert cli(*words) == (0, f"socrekry {__version__}\n", "")


def test_the_version_costs_next_to_nothing(process: Run) -> None:
    assert not loaded(process, "--version") & {*HEAVY, "typer", "re", "enum", "typing"}


@pytest.mark.parametrize(
    "words", [("config", "--format", "json"), ("config", "--nonsense"), ("--help",), ("config", "--help")]
)
def test_the_frame_loads_nothing_that_a_command_could_do_without(
    words: tuple[str, ...], process: Run
) -> None:
    told = {"SOCREKRY_DB": "x", "SOCREKRY_ACTOR": "x", "SOCREKRY_LANG": "en"}
    modules = loaded(process, *words, **told)
    assert "typer" in modules
    assert not modules & {
        *HEAVY,
        "click",
        "getpass",
        "platformdirs",
        "sqlite3",
        "tomllib",
        "typer.rich_utils",
    }


@pytest.mark.parametrize("entry", index.COMMANDS, ids=lambda entry: entry.name)
def test_the_index_says_what_the_command_says_of_itself(entry: index.Entry) -> None:
    function = getattr(import_module(entry.module), entry.function)
    assert (getdoc(function) or "").split("\n\n")[0] == entry.help


def test_no_two_commands_have_one_name() -> None:
    names = [entry.name for entry in index.COMMANDS]
    assert len(names) == len(set(names))
    assert {name.split(" ")[0] for name in names if " " in name} == set(index.GROUPS)


def test_in_a_terminal_socrekry_alone_says_what_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_DB", str(tmp_path / "a.db"))
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
    screens = [Screen(), Screen()]
    for words, screen in zip(([], ["today"]), screens, strict=True):
        monkeypatch.setattr(sys, "stdout", screen)
        assert main(words) == ExitCode.DONE
    assert screens[0].getvalue() == screens[1].getvalue() != ""
