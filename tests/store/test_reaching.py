"""Every way in which libpq lets a database be named leads to the store; what is named along is passed on."""

import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from socrekry.domain.errors import StoreUnavailable
from socrekry.services.upgrading import upgrade_store
from socrekry.store.connect import SCHEMA_VERSION, open_store, version_at
from tests.builders import a_database
from tests.engines import new_database, uri_of
from tests.servers import Server, a_server

PASSWORD = "r@tt/ö: %?"
FORGETFUL = (
    "PGHOST",
    "PGPORT",
    "PGUSER",
    "PGDATABASE",
    "PGPASSWORD",
    "PGPASSFILE",
    "PGSERVICE",
    "PGSERVICEFILE",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Give a server that asks eva for her password, with a store in the database ``min db``."""
    with a_server("keyed") as server:
        server.run(f"CREATE ROLE eva LOGIN PASSWORD '{PASSWORD}'")
        server.run('CREATE DATABASE "min db" OWNER eva')
        hba = server.data / "pg_hba.conf"
        hba.write_text(f"local all eva scram-sha-256\nhost all eva all scram-sha-256\n{hba.read_text()}")
        server.run("SELECT pg_reload_conf()")
        upgrade_store(f"postgresql://eva:{quote(PASSWORD, safe='')}@127.0.0.1:{server.port}/min%20db")
        yield server


@pytest.fixture
def surroundings(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Give what can stand in a URL or a variable: a place and two files, and nothing that is set already."""
    for name in FORGETFUL:
        monkeypatch.delenv(name, raising=False)
    escaped = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    (tmp_path / "pgpass").write_text(f"*:*:*:eva:{escaped}\n", encoding="utf-8")
    (tmp_path / "pgpass").chmod(0o600)
    service = f"host=127.0.0.1\nport={server.port}\nuser=eva\n"
    (tmp_path / "services").write_text(
        f"[here]\n{service}dbname=min db\n[server]\n{service}", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return {
        "port": str(server.port),
        "password": quote(PASSWORD, safe=""),
        "folder": str(server.folder),
        "encoded": quote(str(server.folder), safe=""),
    }


PASS = "PGPASSFILE=pgpass"
SERVICE = "PGSERVICEFILE=services"
ON_SERVER = "PGHOST=127.0.0.1 PGPORT={port} PGUSER=eva"
WAYS = {
    "a password in the URL": ("postgresql://eva:{password}@127.0.0.1:{port}/min%20db", ""),
    "a shorter scheme": ("postgres://eva:{password}@127.0.0.1:{port}/min%20db", ""),
    "large letters": ("PostgreSQL://eva:{password}@127.0.0.1:{port}/min%20db", ""),
    "a password file": ("postgresql://eva@127.0.0.1:{port}/min%20db", PASS),
    "a database alone": ("postgresql:///min%20db", f"{ON_SERVER} {PASS}"),
    "a bare URL and a service": ("postgresql://", f"PGSERVICE=here {SERVICE} {PASS}"),
    "a service in the URL": ("postgresql:///?service=here", f"{SERVICE} {PASS}"),
    "a service without a database": ("postgresql:///min%20db?service=server", f"{SERVICE} {PASS}"),
    "the first of several is gone": (
        "postgresql://eva@127.0.0.1:1,127.0.0.1:{port}/min%20db?target_session_attrs=read-write",
        PASS,
    ),
    "settings of a connection": (
        "postgresql://eva@127.0.0.1:{port}/min%20db?sslmode=prefer&connect_timeout=5&channel_binding=prefer",
        PASS,
    ),
}
SOCKETS = {
    "a socket in the query": ("postgresql://eva@/min%20db?host={folder}&port={port}", PASS),
    "a socket as a host": ("postgresql://eva@{encoded}:{port}/min%20db", PASS),
}
if sys.platform != "win32":
    WAYS |= SOCKETS


@pytest.mark.parametrize("way", WAYS)
def test_a_way_leads_to_the_store(
    way: str, surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, variables = (each.format(**surroundings) for each in WAYS[way])
    for variable in variables.split():
        monkeypatch.setenv(*variable.split("=", 1))
    assert version_at(url) == SCHEMA_VERSION


def test_a_password_in_a_variable_is_taken(
    surroundings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert version_at(f"postgresql://eva@127.0.0.1:{surroundings['port']}/min%20db") == SCHEMA_VERSION


def test_without_any_password_it_is_said_that_one_is_missing(surroundings: dict[str, str]) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        version_at(f"postgresql://eva@127.0.0.1:{surroundings['port']}/min%20db")
    assert (raised.value.code, "password" in raised.value.details["reason"]) == ("store-unreachable", True)


def with_settings(url: str, **settings: str) -> str:
    """Return a URL with settings of the connection added."""
    return f"{url}{'&' if '?' in url else '?'}{'&'.join(f'{k}={quote(v)}' for k, v in settings.items())}"


def shown(url: str, name: str) -> str:
    """Return a setting as a connection to a store has it."""
    with open_store(url, writing=False) as store:
        return str(store.engine_rows(f"SHOW {name}")[0][0])


def test_a_connection_says_whose_it_is_unless_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    url = a_database()
    assert shown(url, "application_name") == "socrekry"
    assert shown(with_settings(url, application_name="HR"), "application_name") == "HR"
    monkeypatch.setenv("PGAPPNAME", "IFO")
    assert shown(url, "application_name") == "IFO"


@pytest.mark.parametrize("said", ["URL", "variable"])
def test_every_sign_is_kept_whatever_is_said_of_the_encoding(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = a_database()
    if said == "URL":
        url = with_settings(url, client_encoding="latin1")
    else:
        monkeypatch.setenv("PGCLIENTENCODING", "latin1")
    with open_store(url, writing=True) as store:
        store.write("programme.add_university", code="ö", name="Ö ✓ Łódź", town="Ø")
    with open_store(url, writing=False) as store:
        assert ("ö", "Ö ✓ Łódź", "Ø") in [row[:3] for row in store.rows("programme.universities")]


def test_a_text_is_a_text_whatever_a_role_is_set_to() -> None:
    url = with_settings(a_database(), options="-c standard_conforming_strings=off")
    with open_store(url, writing=False) as store:
        assert store.rows("finding.by_name", pattern="%\\%%") == []


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_keep_every_name_is_not_made_a_store(encoding: str) -> None:
    name = f"{new_database()}_x"
    with psycopg.connect(uri_of("postgres"), autocommit=True) as connection:
        made = f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
        connection.execute(made.encode())
    with pytest.raises(StoreUnavailable) as raised:
        upgrade_store(uri_of(name))
    assert (raised.value.code, raised.value.details["encoding"]) == ("store-not-utf8", encoding)


def test_where_the_driver_is_not_installed_it_is_said_how_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socrekry.store.postgresql.connection", "psycopg"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(StoreUnavailable) as raised:
        open_store("postgresql://server/db", writing=False)
    assert (raised.value.code, raised.value.details["extra"]) == ("engine-missing", "postgres")
