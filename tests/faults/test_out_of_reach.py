"""A database that cannot be reached says why, with a remedy, in time – and never with a password.

Everything here stays on this machine: addresses that are none, ports where nobody listens.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from socrekry.cli.exits import ExitCode
from tests.doors import Door
from tests.faults.hands import given
from tests.installation import a_port
from tests.servers import Server, wait_for

SECRET = "hunter2"
# A password with a sign in it that should have been escaped makes a URL fall into other parts. What is taken
# for a host is this machine, so that nobody's name server is asked for it.
MISSPELT = [
    "postgresql://anna:p%zhunter2@127.0.0.1:1/x",
    "postgresql://127.0.0.1:hunter2/ss@127.0.0.1:1/x",
    "postgresql://127.0.0.1:1/hunter2@127.0.0.1:1/x",
    "postgresql://anna:hunter2 @127.0.0.1:1/x",
    "postgresql://anna:hunter2@[::1:1/x",
    "postgresql://anna:hun?hunter2@127.0.0.1:1/x",
    "postgresql://anna:hun#hunter2@127.0.0.1:1/x",
    "postgresql://127.0.0.1:1/x?password=hunter2 ",
    "postgresql://anna@127.0.0.1:1/x?passwort=1&password=hunter2",
    "postgres://anna:hunter2@127.0.0.1:1,127.0.0.1:2/x?sslmode=hunter2",
]


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")


def require_told(url: str, why: str, said: str, *, code: int = ExitCode.UNAVAILABLE) -> None:
    """Require that both languages tell that code, what the server or the system said, and a remedy."""
    messages = set()
    for language in ("en", "sv"):
        os.environ["SOCREKRY_DB"] = url
        done = given(["list", "--lang", language, "--format", "json"])
        assert (done.code, done.out, done.why) == (code, "", why), done
        assert said in done.said["error"]["details"]["reason"]
        assert done.said["error"]["details"]["remedy"]
        assert SECRET not in done.err
        assert "\n" not in done.said["error"]["message"]
        messages.add(done.said["error"]["message"])
    assert len(messages) == 2


@pytest.fixture(autouse=True)
def _no_store_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_DB", "")


def test_a_port_where_nobody_listens() -> None:
    require_told(f"postgresql://anna:{SECRET}@127.0.0.1:{a_port()}/x", "store-unreachable", "refused")


def test_several_servers_of_which_none_answers_are_each_told() -> None:
    one, other = a_port(), a_port()
    url = f"postgresql://anna@127.0.0.1:{one},127.0.0.1:{other}/x"
    require_told(url, "store-unreachable", f"port {one} failed: Connection refused; ")
    require_told(url, "store-unreachable", f"port {other} failed")


def test_an_address_that_is_none() -> None:
    require_told("postgresql://anna@h/x?hostaddr=999.0.0.1", "store-unreachable", "999.0.0.1")


def test_a_socket_that_is_not_there(tmp_path: Path) -> None:
    require_told(f"postgresql:///x?host={tmp_path}", "store-unreachable", "No such file")


def test_a_database_that_does_not_exist(server: Server) -> None:
    require_told(server.uri("nowhere"), "store-unreachable", 'database "nowhere" does not exist')


def test_a_server_that_takes_no_more_connections(server: Server) -> None:
    server.run("CREATE ROLE popular LOGIN CONNECTION LIMIT 0")
    require_told(server.uri("furnished", user="popular"), "store-unreachable", "too many connections")


def test_a_setting_that_the_server_does_not_know(server: Server) -> None:
    require_told(server.uri("furnished", options="-c nonsense=1"), "store-unreachable", "nonsense")


def test_a_server_without_tls_where_tls_is_asked_for(server: Server) -> None:
    require_told(server.uri("furnished", sslmode="require"), "store-unreachable", "does not support SSL")


def lets_in(url: str) -> bool:
    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture
def keyed(server: Server, tmp_path: Path) -> Iterator[str]:
    """Give the URL, by TLS, of a server that asks anna for a password: ``rätt``."""
    hba = server.data / "pg_hba.conf"
    open_to_all = hba.read_text("utf-8")
    hba.write_text(f"host all anna 127.0.0.1/32 scram-sha-256\n{open_to_all}", "utf-8")
    server.run("CREATE ROLE anna LOGIN PASSWORD 'rätt'")
    server.run("SELECT pg_reload_conf()")
    wait_for(lambda: not lets_in(server.uri(user="anna")))
    with Door(server, tls=True) as door:
        root = str(door.root(tmp_path))
        yield door.uri("furnished", user="anna", sslmode="verify-full", sslrootcert=root)
    hba.write_text(open_to_all, "utf-8")
    server.run("SELECT pg_reload_conf()")
    server.run("DROP ROLE anna")


@pytest.mark.parametrize("place", ["url", "variable"])
def test_a_wrong_password_is_refused_and_not_told(
    keyed: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "url":
        keyed = keyed.replace("anna@", f"anna:{SECRET}@")
    else:
        monkeypatch.setenv("PGPASSWORD", SECRET)
    require_told(keyed, "store-unreachable", "password authentication failed")


def test_who_has_the_password_and_no_rights_is_told_by_whom_to_ask(
    keyed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "rätt")
    require_told(keyed, "not-permitted", "permission denied")


@pytest.mark.parametrize("url", MISSPELT)
def test_a_password_that_makes_a_url_fall_apart_is_not_told(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCREKRY_DB", url)
    for words in (["list"], ["list", "--format", "json"], ["config"], ["migrate"], ["doctor"]):
        done = given(words)
        assert SECRET not in done.out + done.err
        assert "Traceback" not in done.err
    assert given(["list"]).code in (ExitCode.USAGE, ExitCode.UNAVAILABLE)
    assert given(["--db", url, "list"]).code == ExitCode.USAGE  # whoever lists processes would read it
