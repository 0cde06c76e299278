"""A test's given in one line: a catalogue, written where the program looks for it."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

import message_catalogue
import socrekry.locale


def a_catalogue(**translations: str | tuple[str, str]) -> Catalog:
    """Build a Swedish catalogue: ``greeting="Hej"`` translates the English ``greeting``."""
    catalogue = Catalog(locale="sv", fuzzy=False)
    for english, swedish in translations.items():
        catalogue.add(english if isinstance(swedish, str) else (english, f"{english}s"), swedish)
    return catalogue


def a_folder(tmp_path: Path, catalogue: Catalog) -> Path:
    """Write a catalogue where ``sv`` has its own, and return the folder of all languages."""
    path = tmp_path / "sv" / "LC_MESSAGES" / "socrekry.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    message_catalogue.write(path, catalogue)
    return tmp_path


def reading_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the program read its catalogues from ``folder``, and speak Swedish."""
    monkeypatch.setattr(socrekry.locale, "__file__", str(folder / "__init__.py"))
    socrekry.locale.use("sv")
