"""What surrounds the program is told: the screen, the time, the file of settings – and no secret in it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socrekry.services.doctor.findings import Surroundings
from socrekry.services.doctor.program import of_program, settings, time_zone

SUMMER = datetime(2026, 7, 1, 12, tzinfo=UTC)
WINTER = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("told", "now", "code", "hours"),
    [
        ("Europe/Stockholm", SUMMER, "time-zone", None),
        ("Europe/Stockholm", WINTER, "time-zone", None),
        ("Europe/Paris", SUMMER, "time-zone", None),
        ("UTC", WINTER, "time-zone-foreign", -1),
        ("UTC", SUMMER, "time-zone-foreign", -2),
        ("Asia/Kolkata", WINTER, "time-zone-foreign", 4.5),
        ("Europe/Stokholm", WINTER, "time-zone-unknown", None),
        (":Europe/Stockholm", SUMMER, "time-zone", None),
    ],
)
def test_a_zone_that_is_not_swedens_or_nobodys_is_told(
    zone: pytest.MonkeyPatch, told: str, now: datetime, code: str, hours: float | None
) -> None:
    zone.setenv("TZ", told)
    time.tzset()
    found = time_zone(now, told)
    assert (found.code, found.details.get("ahead_hours")) == (code, hours)
    assert found.verdict == ("good" if code == "time-zone" else "look")


@pytest.mark.parametrize(
    ("encoding", "code"), [("utf-8", "screen"), ("UTF8", "screen"), ("cp1252", "screen-poor")]
)
def test_a_screen_that_cannot_draw_every_letter_is_told(tmp_path: Path, encoding: str, code: str) -> None:
    around = Surroundings("x.db", "--db", str(tmp_path / "none"), "sv", encoding, WINTER)
    assert code in [finding.code for finding in of_program(around, {})]


def test_a_day_that_somebody_has_made_it_be_is_told(tmp_path: Path) -> None:
    around = Surroundings("x.db", "--db", str(tmp_path / "none"), "sv", "utf-8", WINTER, "2026-11-20")
    (found,) = [finding for finding in of_program(around, {}) if finding.code == "day-given"]
    assert (found.verdict, found.details) == ("look", {"day": "2026-11-20"})


@pytest.mark.parametrize(
    ("text", "mode", "code", "verdict"),
    [
        ('lang = "sv"', 0o600, "settings", "good"),
        ('lang = "sv"', 0o644, "settings-open", "look"),
        ('db = "postgresql://anna@server/db"', 0o600, "settings", "good"),
        ('db = "postgresql://anna:hemligt@server/db"', 0o600, "settings-password", "bad"),
        ('db = "postgresql://anna@server/db?password=hemligt"', 0o644, "settings-password", "bad"),
        ("not = TOML =", 0o600, "settings", "good"),
    ],
)
def test_a_file_of_settings_is_its_users_alone_and_holds_no_password(
    tmp_path: Path, text: str, mode: int, code: str, verdict: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text)
    file.chmod(mode)
    (found,) = settings(str(file))
    assert (found.code, found.verdict) == (code, verdict)
    assert "hemligt" not in str(found)


def test_no_file_of_settings_is_no_fault(tmp_path: Path) -> None:
    assert [(each.code, each.verdict) for each in settings(str(tmp_path / "none"))] == [
        ("settings-none", "good")
    ]
