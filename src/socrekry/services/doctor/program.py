"""What runs, in which surroundings: the program, the screen, the time and the file of settings."""

import os
import platform
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import socrekry
from socrekry.services.doctor.findings import BAD, GOOD, LOOK, Finding, Surroundings
from socrekry.services.doctor.rights import open_to_others
from socrekry.store.location import has_password

_SWEDEN = "Europe/Stockholm"


def of_program(surroundings: Surroundings, environment: Mapping[str, str]) -> list[Finding]:
    """Return what is found of the program and its surroundings."""
    return [
        Finding(
            "program",
            GOOD,
            {
                "version": socrekry.__version__,
                "python": platform.python_version(),
                "system": f"{platform.system()} {platform.release()}",
            },
        ),
        _screen(surroundings),
        *_time(surroundings, environment),
        *settings(surroundings.config_file),
    ]


def _screen(surroundings: Surroundings) -> Finding:
    """Judge the encoding: what a screen cannot draw, a reader takes for another name."""
    details = {"language": surroundings.language, "encoding": surroundings.encoding}
    unicode = surroundings.encoding.lower().replace("-", "").replace("_", "") in (
        "utf8",
        "utf8sig",
        "cp65001",
    )
    return Finding("screen", GOOD, details) if unicode else Finding("screen-poor", LOOK, details)


def _time(surroundings: Surroundings, environment: Mapping[str, str]) -> list[Finding]:
    found = []
    if surroundings.given_day is not None:
        found.append(Finding("day-given", LOOK, {"day": surroundings.given_day}))
    found.append(time_zone(surroundings.now, environment.get("TZ", "")))
    return found


def time_zone(now: datetime, told: str) -> Finding:
    """Judge the zone that days are counted in: a day that begins at two o'clock is the wrong one until then.

    ``told`` is what ``TZ`` says. A name that nobody knows is taken for UTC without a word.
    """
    local = now.astimezone()
    details = {"zone": local.tzname() or "", "time": local.strftime("%Y-%m-%d %H:%M")}
    name = told.removeprefix(":")
    if "/" in name and not os.path.isabs(name) and _offset(now, name) is None:
        return Finding("time-zone-unknown", LOOK, details | {"told": name})
    swedish, here = _offset(now, _SWEDEN), local.utcoffset()
    if swedish is None or here is None or swedish == here:
        return Finding("time-zone", GOOD, details)
    hours = (here - swedish).total_seconds() / 3600
    return Finding("time-zone-foreign", LOOK, details | {"ahead_hours": hours})


def _offset(now: datetime, zone: str) -> timedelta | None:
    from zoneinfo import ZoneInfo

    try:
        return now.astimezone(ZoneInfo(zone)).utcoffset()
    except (OSError, ValueError, LookupError):  # no such zone, or a system that knows none
        return None


def settings(file: str) -> list[Finding]:
    """Judge the file of settings: a password in it is read by whoever reads the file, and by backups."""
    details = {"path": file}
    if not os.path.lexists(file):
        return [Finding("settings-none", GOOD, details)]
    if any(has_password(value) for value in _values(file)):
        return [Finding("settings-password", BAD, details)]
    mode = open_to_others(file)
    return [
        Finding("settings", GOOD, details) if mode is None else Finding("settings-open", LOOK, details | mode)
    ]


def _values(file: str) -> list[str]:
    import tomllib

    try:
        with open(file, "rb") as opened:
            said: dict[str, Any] = tomllib.load(opened)
    except (OSError, ValueError):  # the command has read it already, and would have told
        return []
    return [value for value in said.values() if isinstance(value, str)]
