"""Show and change what holds for every command: ``config``.

Each setting is shown with who said it, because a person who changes the file while a variable speaks
would otherwise search for hours. A password in the store's URL is never shown.
"""

import os
from typing import Annotated

import typer

from socrekry.cli.exits import Misused, say
from socrekry.cli.options import TableJson
from socrekry.cli.settings import KEYS, Key, Setting, Settings, current, is_url, require_no_password
from socrekry.domain.errors import InvalidInput
from socrekry.locale import LANGUAGES, N_, _
from socrekry.render.output import write
from socrekry.render.parts import Column, Grid, Line, Page, Part

_SOURCES = {
    "flag": N_("flag"),
    "environment": N_("environment"),
    "file": N_("config file"),
    "default": N_("default"),
}


def config(
    key: Annotated[
        str | None, typer.Argument(help=N_("db, lang, actor or unit; every one if left out."))
    ] = None,
    value: Annotated[str | None, typer.Argument(help=N_("What it is to be from now on."))] = None,
    unset: Annotated[bool, typer.Option("--unset", help=N_("Remove it from the config file."))] = False,
    format: TableJson = "table",
) -> None:
    """Show and change your settings.

    A flag wins over the environment, the environment over the config file, and that over the default.
    The settings are db (the store to work in), lang (sv or en), actor (who is said to act) and unit (the
    unit meant when none is named).

        socrekry config lang sv
        socrekry config unit --unset
    """
    settings = current()
    if unset and (key is None or value is not None):
        raise Misused("option-alone", _("--unset takes a setting's name and nothing else."), "")
    if key is None:
        write(_page_of_all(settings), format, settings.output)
    elif value is not None or unset:
        known = _known(key)
        _change(settings, known, None if unset else _checked(known, value or ""))
    else:
        write(_page_of_one(settings.setting(_known(key))), format, settings.output)


def _known(key: str) -> Key:
    if key not in KEYS:
        raise InvalidInput("config-key-unknown", key=key, keys=list(KEYS))
    return key


def _checked(key: Key, value: str) -> str:
    """Return the value as it is kept; raise InvalidInput if it makes no sense."""
    if key == "lang" and value not in LANGUAGES:
        raise InvalidInput("config-value-invalid", key=key, value=value, values=list(LANGUAGES))
    if not value.strip() or not value.isprintable():
        raise InvalidInput("config-value-invalid", key=key, value=value)
    if key == "db":
        require_no_password(value, "config db")
    if key == "db" and not is_url(value):
        from socrekry.store.location import path_of

        return path_of(value)
    return value.strip()


def _change(settings: Settings, key: Key, value: str | None) -> None:
    from socrekry.cli import config_file

    file = settings.config_file
    config_file.write(file, key, value, KEYS)
    if value is None:
        say(_("{key} is no longer set in {file}.").format(key=key, file=file))
    else:
        say(_("{key} is now {value}, in {file}.").format(key=key, value=_masked(value), file=file))
    settings.read_again()
    holds = settings.setting(key)
    if holds.source in ("flag", "environment"):
        told = _("But {origin} says {value}, and comes first.")
        say(told.format(origin=holds.origin, value=_masked(holds.value or "")))


def _page_of_all(settings: Settings) -> Page:
    held = [settings.setting(key) for key in KEYS]
    columns = (Column(_("Setting")), Column(_("Value"), flexible=True), Column(_("From"), style="quiet"))
    rows = [(setting.key, _masked(setting.value or "–"), _origin(setting)) for setting in held]
    file = Line(_("Config file: {file}").format(file=settings.config_file), style="quiet")
    saved = _saved(settings)
    document = {"file": settings.config_file, "settings": [_as_data(setting) for setting in held], **saved}
    parts: list[Part] = [Grid(columns, rows), *_saved_lines(saved), file]
    return Page(parts, document)


def _saved(settings: Settings) -> dict[str, dict[str, list[str]]]:
    """Return what was saved by name: views of the list, and the columns of spreadsheets."""
    if not os.path.lexists(settings.config_file):
        return {"views": {}, "maps": {}}
    from socrekry.cli.config_file import TABLES, read_table

    return {table: read_table(settings.config_file, table, KEYS) for table in TABLES}


def _saved_lines(saved: dict[str, dict[str, list[str]]]) -> list[Part]:
    if not any(saved.values()):
        return []
    from socrekry.cli.saved import typed

    rows = [(f"@{name}", typed(words)) for held in saved.values() for name, words in sorted(held.items())]
    return [Grid((Column(_("Saved")), Column(_("Stands for"), flexible=True)), rows)]


def _page_of_one(setting: Setting) -> Page:
    return Page([Line(_masked(setting.value))] if setting.value else [], _as_data(setting))


def _origin(setting: Setting) -> str:
    source = _(_SOURCES[setting.source])
    return f"{source} ({setting.origin})" if setting.source in ("flag", "environment") else source


def _as_data(setting: Setting) -> dict[str, str | None]:
    value = None if setting.value is None else _masked(setting.value)
    return {"key": setting.key, "value": value, "source": setting.source, "origin": setting.origin or None}


def _masked(value: str) -> str:
    """Return ``value`` without the password that a URL may hold."""
    from socrekry.store.location import masked

    return masked(value)
