"""What holds for the whole command: which store, which language, who acts, which unit – and which day it is.

Rule: a flag wins over the environment, the environment over the config file, the file over the default;
each is looked at only when the ones before it are silent, so that a command told everything reads no file.
If each command looked for itself, ``config`` could not say where a value came from.
"""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Literal, NamedTuple, TypeAlias

from socrekry.domain.errors import InvalidInput
from socrekry.locale import LANGUAGES, guess_language

Key: TypeAlias = Literal["db", "lang", "actor", "unit"]
Source: TypeAlias = Literal["flag", "environment", "file", "default"]

KEYS: tuple[Key, ...] = ("db", "lang", "actor", "unit")
VARIABLES: Mapping[Key, str] = {
    "db": "SOCREKRY_DB",
    "lang": "SOCREKRY_LANG",
    "actor": "SOCREKRY_ACTOR",
    "unit": "SOCREKRY_UNIT",
}
CONFIG_VARIABLE = "SOCREKRY_CONFIG"
TODAY_VARIABLE = "SOCREKRY_TODAY"


class Setting(NamedTuple):
    """A value and where it was said: ``origin`` is the flag, the variable or the file, or empty."""

    key: Key
    value: str | None
    source: Source
    origin: str


class Clock(NamedTuple):
    """The day it is here, and the moment it is in UTC."""

    today: date
    now: datetime


class Settings:
    """What was said for one command line."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._flags: dict[str, str] = {}
        self._file: dict[str, str] | None = None
        self.output: str | None = None
        self.no_input = False

    @property
    def db(self) -> str:
        """The path or URL of the store."""
        return self.setting("db").value or ""

    @property
    def lang(self) -> str:
        """The language to speak, ``sv`` or ``en``."""
        return self.setting("lang").value or ""

    @property
    def actor(self) -> str:
        """Who is said to act."""
        return self.setting("actor").value or ""

    @property
    def unit(self) -> str | None:
        """The unit meant when none is named, or None."""
        return self.setting("unit").value

    @property
    def config_file(self) -> str:
        """Where the config file is, or would be."""
        return self._environment.get(CONFIG_VARIABLE) or os.path.join(
            _config_folder(self._environment), "config.toml"
        )

    def give(self, key: Key, value: str) -> None:
        """Take what a flag says."""
        self._flags[key] = value

    def read_again(self) -> None:
        """Forget what the config file said: it has been changed."""
        self._file = None

    def setting(self, key: Key) -> Setting:
        """Return what holds, and who said so; raise InvalidInput if it makes no sense."""
        found = self._said(key) or Setting(key, self._default(key), "default", "")
        if key == "lang" and found.value not in LANGUAGES:
            raise InvalidInput(
                "language-unknown", value=found.value, origin=found.origin, known=list(LANGUAGES)
            )
        if key == "db" and found.source == "flag":
            require_no_password(found.value or "", "--db")
        if key == "db" and found.value:
            return found._replace(value=_as_meant(found.value))
        return found

    def language_so_far(self) -> str:
        """Return the language to speak while the command line is not read yet, whatever else is wrong."""
        try:
            return self.lang
        except InvalidInput:
            return guess_language()

    def _said(self, key: Key) -> Setting | None:
        if value := self._flags.get(key):
            return Setting(key, value, "flag", f"--{key}")
        if value := self._environment.get(VARIABLES[key]):
            return Setting(key, value, "environment", VARIABLES[key])
        if value := self._in_file().get(key):
            return Setting(key, value, "file", self.config_file)
        return None

    def _in_file(self) -> dict[str, str]:
        if self._file is None:
            file = self.config_file
            if os.path.lexists(file):
                from socrekry.cli.config_file import read

                self._file = read(file, KEYS)
            else:
                self._file = {}
        return self._file

    def _default(self, key: Key) -> str | None:
        match key:
            case "db":
                return _default_store()
            case "lang":
                return guess_language()
            case "actor":
                return _login_name(self._environment)
            case _:
                return None


_current = Settings(os.environ)


def begin() -> Settings:
    """Forget the command line before this one, and start anew."""
    global _current  # noqa: PLW0603 – one process answers one command line; a test, several in turn
    _current = Settings(os.environ)
    return _current


def current() -> Settings:
    """Return the settings of the command that runs."""
    return _current


def clock() -> Clock:
    """Return what day and time it is; ``SOCREKRY_TODAY=2026-11-20`` makes it that day, for demos and tests.

    On a day that is given, the moment is noon UTC of that day, which is that same day in Sweden.
    """
    given = os.environ.get(TODAY_VARIABLE)
    if not given:
        now = datetime.now(UTC)
        return Clock(now.astimezone().date(), now)
    try:
        today = date.fromisoformat(given)
    except ValueError:
        raise InvalidInput("date-invalid", value=given) from None
    return Clock(today, datetime(today.year, today.month, today.day, 12, tzinfo=UTC))


def is_url(db: str) -> bool:
    """Tell whether a store is named by a URL rather than by a path."""
    return "://" in db


def require_no_password(db: str, origin: str) -> None:
    """Raise InvalidInput("password-in-view") for a URL with a password: whoever lists processes reads it."""
    if is_url(db):
        from socrekry.store.location import has_password

        if has_password(db):
            raise InvalidInput("password-in-view", origin=origin)


def _as_meant(db: str) -> str:
    """Return the place of a store with the home folder in it, and a URL without what was copied along."""
    if is_url(db):
        return db.strip()
    return os.path.expanduser(db) if db.startswith("~") else db


def _config_folder(environment: Mapping[str, str]) -> str:
    # Elsewhere than on Linux platformdirs is asked; there its import costs more than a tenth of a command,
    # and this is the one path that every command must know, if only to see that nothing is there.
    if not sys.platform.startswith("linux") or "ANDROID_DATA" in environment:
        from platformdirs import user_config_dir

        return user_config_dir("socrekry", appauthor=False)
    home = environment.get("XDG_CONFIG_HOME", "")
    return os.path.join(home if os.path.isabs(home) else os.path.expanduser("~/.config"), "socrekry")


def _default_store() -> str:
    from platformdirs import user_data_dir

    return os.path.join(user_data_dir("socrekry", appauthor=False), "socrekry.db")


def _login_name(environment: Mapping[str, str]) -> str:
    # The variables that getpass asks first, in its order: its import is saved where they answer.
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := environment.get(variable):
            return name
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):  # no such user in the system's list, as in a bare container
        return "unknown"
