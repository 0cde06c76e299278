"""`doctor` says what is wrong first, ends with what other commands would end with, and shows no secret."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Run
from tests.servers import a_server, wait_for
from tests.stories import a_story_on_postgresql

SECRET = "hemligt-17"


def codes(out: str) -> dict[str, str]:
    return {each["code"]: each["verdict"] for each in json.loads(out)["findings"]}


def test_of_a_good_store_nothing_is_wrong(cli: Run, story: Path) -> None:
    code, out, err = cli("doctor")
    assert (code, err) == (ExitCode.DONE, "")
    assert out.startswith("Nothing is wrong, ")
    assert "good   Contents  Candidacies: 8; events: 34; " in out


def test_what_is_wrong_comes_first_with_what_helps(cli: Run, story: Path) -> None:
    story.chmod(0o644)
    code, out, _ = cli("doctor")
    assert code == ExitCode.REFUSED
    lines = out.splitlines()
    assert lines[0].startswith("1 thing is wrong, ")
    assert lines[2].startswith("wrong  Rights ")
    assert lines[3].strip() == f"chmod 600 {story}"


def test_a_program_reads_every_finding_with_its_verdict(cli: Run, story: Path) -> None:
    code, out, _ = cli("doctor", "--format", "json")
    told = json.loads(out)
    assert (code, told["healthy"]) == (ExitCode.DONE, True)
    assert list(told["findings"][0]) == ["code", "verdict", "message", "remedy", "details"]
    assert codes(out)["journal-rollback"] == "good"
    assert codes(out)["day-given"] == "look"


@pytest.mark.parametrize(
    ("harm", "code", "found"),
    [
        ("DROP TABLE alembic_version", ExitCode.DAMAGED, "not-a-store"),
        ("UPDATE alembic_version SET version_num = '0999'", ExitCode.DAMAGED, "store-newer"),
        ("UPDATE alembic_version SET version_num = '0002'", ExitCode.UNAVAILABLE, "store-needs-migration"),
        ("UPDATE command SET recorded_at = '2099-01-01T12:00:00.000000Z'", ExitCode.REFUSED, "clock-behind"),
    ],
)
def test_it_ends_as_other_commands_would(
    cli: Run, story: Path, harm: str, code: ExitCode, found: str
) -> None:
    with closing(sqlite3.connect(story)) as connection, connection:
        connection.execute(harm)
    done = cli("doctor", "--format", "json")
    assert (done.code, codes(done.out)[found], done.err) == (code, "bad", "")


def test_a_store_that_is_not_there_is_not_made(cli: Run, tmp_path: Path) -> None:
    code, out, _ = cli("--db", str(tmp_path / "none" / "store.db"), "doctor")
    assert (code, "There is no store" in out) == (ExitCode.UNAVAILABLE, True)
    assert not (tmp_path / "none").exists()


def test_a_kind_of_store_that_there_is_not_is_told(cli: Run) -> None:
    code, out, _ = cli("--db", "mysql://server/db", "doctor", "--format", "json")
    assert (code, codes(out)["engine-not-supported"]) == (ExitCode.UNAVAILABLE, "bad")


def test_a_shared_store_is_examined_too(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", a_story_on_postgresql())
    code, out, err = cli("doctor")
    assert (code, err, "Candidacies: 8; events: 34" in out) == (ExitCode.DONE, "", True)


NOWHERE = "127.0.0.1:1"
PLACES = {
    "in the URL": f"postgresql://anna:{SECRET}@{NOWHERE}/db",
    "in its query": f"postgresql://anna@{NOWHERE}/db?password={SECRET}",
    "of a key": f"postgresql://anna@{NOWHERE}/db?sslpassword={SECRET}&sslmode=disable",
    "with an @": f"postgresql://anna:a@{SECRET}@{NOWHERE}/db",
    "with a slash": f"postgresql://anna:a/{SECRET}@{NOWHERE}/db",
    "with a question mark": f"postgresql://anna:a?{SECRET}@{NOWHERE}/db",
    "with a colon": f"postgresql://anna:a:{SECRET}@{NOWHERE}/db",
    "of another kind of store": f"mysql://anna:{SECRET}@{NOWHERE}/db",
    "with a port that is none": f"postgresql://anna:{SECRET}@127.0.0.1:one/db",
    "with a setting that is none": f"postgresql://anna:{SECRET}@{NOWHERE}/db?hello=world",
}


@pytest.mark.parametrize("form", ["table", "json"])
@pytest.mark.parametrize("place", PLACES)
def test_a_password_in_the_place_is_never_shown(
    cli: Run, monkeypatch: pytest.MonkeyPatch, place: str, form: str
) -> None:
    monkeypatch.setenv("SOCREKRY_DB", PLACES[place])
    code, out, err = cli("doctor", "--format", form)
    assert code in (ExitCode.UNAVAILABLE, ExitCode.USAGE)
    assert SECRET not in out + err
    assert "anna" in out


@pytest.mark.parametrize("form", ["table", "json"])
def test_nor_one_that_stands_elsewhere(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    (tmp_path / "pgpass").write_text(f"*:*:*:*:{SECRET}\n")
    (tmp_path / "config.toml").write_text(f'db = "postgresql://anna:{SECRET}@{NOWHERE}/db?service=mine"\n')
    (tmp_path / "services").write_text(f"[mine]\nhost=127.0.0.1\nport=1\npassword={SECRET}\n")
    for name, value in (("PGPASSFILE", "pgpass"), ("PGSERVICEFILE", "services")):
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setenv("PGPASSWORD", SECRET)
    _, out, err = cli("doctor", "--format", form)
    assert ("settings-password" in out or "A password stands in" in out, SECRET in out + err) == (True, False)


def test_nor_one_that_a_server_refuses(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_server("strict") as server:
        server.run("CREATE ROLE anna LOGIN PASSWORD 'another'")
        (server.data / "pg_hba.conf").write_text(
            "host all postgres all trust\nhost all all all scram-sha-256\n"
        )
        server.run("SELECT pg_reload_conf()")
        wait_for(lambda: not lets_in(server.uri(user="anna")))
        monkeypatch.setenv("SOCREKRY_DB", server.uri(user=f"anna:{SECRET}"))
        code, out, err = cli("doctor")
    assert (code, "password authentication failed" in out) == (ExitCode.UNAVAILABLE, True)
    assert SECRET not in out + err


def lets_in(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True
