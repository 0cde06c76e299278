"""What a server tells is judged: who could listen, what is lost with it, who keeps whom waiting."""

from pathlib import Path
from typing import Any

import pytest

from socrekry.services.doctor import server
from socrekry.services.doctor.findings import Finding
from socrekry.store.server_facts import About, Durability, Link, Session, Sight, Standbys, User


def only(found: list[Finding]) -> tuple[str, str]:
    (finding,) = found
    return finding.code, finding.verdict


def about(**more: Any) -> About:
    told: dict[str, Any] = {
        "version": "18.1",
        "number": 180_001,
        "libpq": 180_001,
        "psycopg": "3.3",
        "encoding": "UTF8",
        "standby": False,
        "ahead": 0.0,
        "size": 1,
    }
    return About(**told | more)


def kept(**more: Any) -> Durability:
    return Durability(True, True, "on", "", True)._replace(**more)


@pytest.mark.parametrize(("number", "verdict"), [(130_022, "look"), (140_000, "good"), (180_001, "good")])
def test_a_version_that_is_no_longer_corrected_is_told(number: int, verdict: str) -> None:
    assert server.engine(about(number=number)).verdict == verdict


@pytest.mark.parametrize(
    ("address", "tls", "sslmode", "found"),
    [
        (None, None, "prefer", ("connection-here", "good")),
        ("127.0.0.1", None, "disable", ("connection-here", "good")),
        ("::1", None, "prefer", ("connection-here", "good")),
        ("localhost", None, "prefer", ("connection-here", "good")),
        ("10.0.0.7", None, "prefer", ("connection-open", "bad")),
        ("fe80::1%eth0", None, "prefer", ("connection-open", "bad")),
        ("db.example.se", None, "prefer", ("connection-open", "bad")),
        ("10.0.0.7", "TLSv1.3", "require", ("connection-unproved", "look")),
        ("10.0.0.7", "TLSv1.3", "verify-ca", ("connection-tls", "good")),
        ("10.0.0.7", "TLSv1.3", "verify-full", ("connection-tls", "good")),
    ],
)
def test_a_connection_on_which_somebody_may_listen_is_told(
    address: str | None, tls: str | None, sslmode: str, found: tuple[str, str]
) -> None:
    assert server.connection(Link(address, tls, sslmode, 1.0, 1.0))[:2] == found


@pytest.mark.parametrize(
    ("took", "verdict"), [(0.1, "good"), (19.9, "good"), (20.0, "look"), (500.0, "look")]
)
def test_a_server_far_away_is_told_and_is_no_fault(took: float, verdict: str) -> None:
    assert server.round_trip(Link(None, None, "prefer", 1.0, took)).verdict == verdict


@pytest.mark.parametrize(
    ("superuser", "owns", "code"),
    [(True, True, "user-superuser"), (False, True, "user-owner"), (False, False, "user")],
)
def test_whom_no_rule_binds_is_told(superuser: bool, owns: bool, code: str) -> None:
    who = User("anna", superuser, "socrekry_owner", owns, ("socrekry_recruiter",))
    assert server.user(who)[:2] == (code, "good" if code == "user" else "look")


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        (Sight((), (), ()), ("row-security-off", "good")),
        (Sight(("person",), (), ()), ("row-security", "good")),
        (Sight(("person",), ("person",), ()), ("row-security-part", "good")),
        (Sight(("person",), ("person",), (), nothing=True), ("row-security-nothing", "look")),
        (Sight(("person",), ("person",), ("seat_taken",)), ("row-security-blind", "bad")),
    ],
)
def test_limits_that_count_only_a_part_are_wrong(seen: Sight, found: tuple[str, str]) -> None:
    assert server.sight(seen)[:2] == found


@pytest.mark.parametrize(
    ("settings", "off"),
    [({}, None), ({"fsync": False}, ["fsync"]), ({"full_page_writes": False}, ["full_page_writes"])],
)
def test_a_server_that_calls_done_what_is_on_no_disk_is_wrong(settings: dict[str, Any], off: object) -> None:
    found = server.durability(kept(**settings))
    assert (found.verdict, found.details.get("off")) == ("bad" if off else "good", off)


@pytest.mark.parametrize(
    ("settings", "following", "found"),
    [
        ({}, Standbys(0, 0), ("standby-none", "look")),
        ({}, Standbys(2, 0), ("standby-behind", "look")),
        ({}, Standbys(1, None), ("standby-behind", "look")),
        ({"standbys_named": "*"}, Standbys(2, 1), ("standby-synchronous", "good")),
        ({"standbys_named": "*"}, Standbys(2, None), ("standby-synchronous", "good")),
        ({"standbys_named": "*"}, Standbys(0, 0), ("standby-awaited", "bad")),
        ({"standbys_named": "a", "synchronous_commit": "local"}, Standbys(1, 1), ("standby-behind", "look")),
    ],
)
def test_what_is_lost_with_the_server_is_told(
    settings: dict[str, Any], following: Standbys, found: tuple[str, str]
) -> None:
    assert only(server.standbys(about(), kept(**settings), following)) == found


def test_a_standby_is_told_to_be_one() -> None:
    found = server.standbys(about(standby=True), kept(), Standbys(0, 0))
    assert only(found) == ("server-is-standby", "look")


@pytest.mark.parametrize(
    ("ahead", "found"),
    [
        (0.0, ("clocks", "good")),
        (-1.9, ("clocks", "good")),
        (5.0, ("clocks-apart", "look")),
        (-5.0, ("clocks-apart", "look")),
        (90.0, ("clocks-apart", "bad")),
        (-90.0, ("clocks-apart", "bad")),
    ],
)
def test_two_clocks_that_disagree_are_told(ahead: float, found: tuple[str, str]) -> None:
    assert server.clocks(ahead)[:2] == found


@pytest.mark.parametrize(("used", "verdict"), [(1, "good"), (74, "good"), (75, "look"), (95, "bad")])
def test_a_server_with_no_connection_left_is_told(used: int, verdict: str) -> None:
    assert server.connections(used, 100).verdict == verdict


def test_sorting_is_judged() -> None:
    assert [server.collation(columns).verdict for columns in ((), ("person.name",))] == ["good", "bad"]


@pytest.mark.parametrize(
    ("seconds", "found"),
    [
        ([], ("lock-free", "good")),
        ([0.5], ("lock-free", "good")),
        ([0.5, 30.0], ("lock-held", "look")),
        ([400.0, None], ("lock-held", "bad")),
    ],
)
def test_one_who_keeps_the_others_waiting_is_told(
    seconds: list[float | None], found: tuple[str, str]
) -> None:
    held = tuple(Session(7, "anna", "psql", "idle in transaction", each) for each in seconds)
    judged = server.lock(held, waiting=2)
    assert judged is not None
    assert judged[:2] == found


def test_who_is_not_told_for_how_long_has_to_watch() -> None:
    assert server.lock((Session(7, "anna", "psql", None, None),), waiting=0) is None


def test_what_was_left_open_and_never_cleared_is_told() -> None:
    assert only(server.tidiness([])) == ("tables-tidy", "good")
    assert only(server.tidiness(["stay"])) == ("tables-untidy", "look")
    assert server.long_transactions(()) == []
    left = (Session(7, "anna", "psql", "idle in transaction", 9_000.0),) * 2
    assert only(server.long_transactions(left)) == ("transaction-long", "look")


@pytest.mark.parametrize(("mode", "found"), [(0o600, []), (0o640, ["password-file-open"]), (None, [])])
def test_a_file_of_passwords_that_libpq_passes_over_is_told(
    tmp_path: Path, mode: int | None, found: list[str]
) -> None:
    file = tmp_path / "pgpass"
    if mode is not None:
        file.write_text("*:*:*:anna:hemligt")
        file.chmod(mode)
    told = server.password_file({"PGPASSFILE": str(file)})
    assert [each.code for each in told] == found
    assert "hemligt" not in str(told)
