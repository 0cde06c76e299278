"""The house stands as it was drawn: arrows run one way, rooms say their duty, one command tests it all."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import wheel_contents

HOUSE = Path(__file__).parent.parent
PACKAGE = HOUSE / "src" / "socrekry"
MODULES = sorted(PACKAGE.rglob("*.py"))
# A schema is declared in one place, and a migration is never rewritten, however long they grow.
ONE_DECLARATION = ("store/schema", "store/migrations/versions/")
# The standard library's own SHA-256, under the name of each Python; the public one loads OpenSSL.
PRIVATE_TO_A_PYTHON = {"_sha2", "_sha256"}
ONE_MACHINE = re.compile(r"(?<![\w.~*}])/(?:home|opt|root|tmp|Users|work)/\w")
TEXT = {"", ".md", ".po", ".py", ".sql", ".toml"}
TEST_COMMAND = re.compile(r"^ *(python3 -m venv .*pytest)$", re.MULTILINE)


def imports_of(path: Path) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_its_duty(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_is_named_after_its_duty(path: Path) -> None:
    rooms = set(path.relative_to(PACKAGE).with_suffix("").parts)
    assert not rooms & {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_room_has_three_hundred_lines_at_most(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 300 or path.relative_to(PACKAGE).as_posix().startswith(ONE_DECLARATION)


def test_what_is_true_is_told_with_the_standard_library_alone() -> None:
    roots = {name.partition(".")[0] for path in PACKAGE.glob("domain/**/*.py") for name in imports_of(path)}
    assert roots - sys.stdlib_module_names - PRIVATE_TO_A_PYTHON <= {"socrekry"}


def test_a_migration_means_the_same_whatever_the_program_becomes() -> None:
    versions = sorted(PACKAGE.glob("store/migrations/versions/*.py"))
    assert versions
    assert not [
        path.name for path in versions if any(name.startswith("socrekry") for name in imports_of(path))
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_a_newcomer_runs_the_tests_as_ci_does(page: str) -> None:
    (command,) = TEST_COMMAND.findall((HOUSE / ".ci" / "run").read_text(encoding="utf-8"))
    assert TEST_COMMAND.findall((HOUSE / page).read_text(encoding="utf-8")) == [command]


@pytest.mark.parametrize("folder", [".", "src", "tests", "scripts", "docs", "examples", "benchmarks", ".ci"])
def test_nothing_points_to_a_folder_of_one_machine(folder: str) -> None:
    files = (HOUSE / folder).glob("[!.]*.*") if folder == "." else (HOUSE / folder).rglob("*")
    pages = [path for path in files if path.suffix in TEXT and path.is_file()]
    assert [path.name for path in pages if ONE_MACHINE.search(path.read_text(encoding="utf-8"))] == []


def test_a_wheel_that_leaves_files_behind_is_noticed(tmp_path: Path) -> None:
    for name in ("queries/list.sql", "locale/sv.po", "pipelines/direct.toml"):
        (tmp_path / "src" / name).parent.mkdir(parents=True)
        (tmp_path / "src" / name).touch()
    with ZipFile(tmp_path / "some.whl", "w") as packed:
        packed.writestr("queries/list.sql", "")
        packed.writestr("locale/sv.po", "")
    missing = wheel_contents.left_behind(tmp_path / "some.whl", tmp_path / "src")
    assert missing == ["locale/sv.mo", "pipelines/direct.toml"]
