"""Where a store is: what is a path and what a URL, and that no password in one is ever shown."""

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from socrekry.domain.errors import InvalidInput, StoreUnavailable
from socrekry.store.location import has_password, masked, on_postgresql, path_of, place_of, without_password
from socrekry.store.postgresql.errors import reason_of

SECRET = "λξπψ"  # letters that nothing else in a URL has
SIGNS = "@:/?#&=%+ ';\"[]!$\\,"
ENCODED = tuple(f"%{byte:02X}" for byte in set(SECRET.encode()))

passwords = st.text(SECRET + SIGNS, min_size=1).filter(lambda text: any(sign in SECRET for sign in text))
written = st.one_of(passwords, passwords.map(lambda text: quote(text, safe="")))
schemes = st.sampled_from(["postgresql", "postgres", "POSTGRESQL", "mysql"])
users = st.sampled_from(["", "eva", "eva%40kommunen.se"])
hosts = st.sampled_from(["", "db.example.se", "db:5432", "[::1]:5432", "%2Frun%2Fpg", "a:1,b:2"])
databases = st.sampled_from(["", "/", "/socrekry", "/min%20db"])
settings = st.sampled_from(
    ["sslmode=verify-full", "user=eva@kommunen", "application_name=a:b", "options=-c%20x%3Dy"]
)
queries = st.lists(settings, max_size=2)


@st.composite
def urls_with_a_password_before_the_server(draw: st.DrawFn) -> str:
    query = draw(queries)
    asked = f"?{'&'.join(query)}" if query else ""
    who = f"{draw(users)}:{draw(written)}"
    return f"{draw(schemes)}://{who}@{draw(hosts)}{draw(databases)}{asked}"


@st.composite
def urls_with_a_password_in_the_query(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(["password", "sslpassword", "PASSWORD", "p%61ssword", "scram_client_key"]))
    query = [*draw(queries), f"{name}={draw(written)}", *draw(queries)]
    who = draw(st.sampled_from(["", "eva@"]))
    return f"{draw(schemes)}://{who}{draw(hosts)}{draw(databases)}?{'&'.join(query)}"


def tells(said: str) -> bool:
    """Tell whether anything of the secret stands in what is said."""
    return any(sign in said for sign in SECRET) or any(sign in said.upper() for sign in ENCODED)


@given(st.one_of(urls_with_a_password_before_the_server(), urls_with_a_password_in_the_query()))
@example("postgresql://eva:λ?ξ@server/db?user=a@b")
@example("postgresql://server:5432/db?password=λ@ξ:π/ψ")
@example("postgresql://:λ://ξ@/")
def test_nothing_of_a_password_in_a_url_is_shown(url: str) -> None:
    assert has_password(url)
    assert not tells(masked(url))
    assert not tells(place_of(url))


@given(st.one_of(urls_with_a_password_before_the_server(), urls_with_a_password_in_the_query()))
@example("postgresql://eva:λ@ξ@server/db")
@example("postgresql://eva:λ/ξ@server:5432/db")
def test_nothing_that_the_driver_quotes_of_a_password_is_shown(url: str) -> None:
    said = ""
    try:
        conninfo_to_dict(f"postgresql://{url.partition('://')[2]}")
    except ProgrammingError as error:
        said = reason_of(error)
    assert not tells(without_password(said, url))


@given(users, hosts, databases, queries)
def test_a_url_without_a_password_is_taken_for_one(
    user: str, host: str, database: str, query: list[str]
) -> None:
    url = f"postgresql://{user}{'@' if user else ''}{host}{database}{'?' if query else ''}{'&'.join(query)}"
    assert has_password(url) == (":" in url.rpartition("@")[0].partition("://")[2])


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://?service=hr", "postgresql://?service=hr"),
        ("postgresql:///db?sslmode=require&service=hr", "postgresql:///db?service=hr&***"),
        ("postgresql://?service=hr&password=λ", "postgresql://?***"),
        ("postgresql://eva:λ@/?service=hr", "postgresql://eva:***@/?***"),
    ],
)
def test_a_service_is_named_where_nothing_else_names_the_place(url: str, shown: str) -> None:
    assert masked(url) == shown


@pytest.mark.parametrize("location", ["POSTGRESQL://server/db", "Postgres://server", "postgresql://"])
def test_a_scheme_is_known_however_it_is_written(location: str) -> None:
    assert on_postgresql(location)


@pytest.mark.parametrize("location", ["mysql://eva:λ@server/db", "postgresql+psycopg://server", "://"])
def test_another_scheme_is_no_store(location: str) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        on_postgresql(location)
    assert raised.value.code == "engine-not-supported"
    assert not tells(str(raised.value))


@pytest.mark.parametrize(
    "location",
    [
        "postgresql:/eva:λ@server/db",
        "postgresql:λ",
        " Postgres:eva:λ@server",
        "host=server user=eva password=λ dbname=socrekry",
        "user=eva password = λ",
        "service=socrekry",
    ],
)
def test_what_was_meant_as_a_url_makes_no_file_of_that_name(location: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        path_of(location)
    assert raised.value.code == "store-url-broken"
    assert not tells(str(raised.value) + masked(location))


@pytest.mark.parametrize(
    "path", ["postgres.db", "/data/host=a/store.db", "C:/data/store.db", "min password.db"]
)
def test_a_path_is_a_path(path: str) -> None:
    assert path_of(path).endswith(path.partition("/")[2])
    assert masked(path) == path
