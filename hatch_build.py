"""Compile the translations while a wheel is built, for an editable install too.

The compiled catalogues are not committed: a translation and what a reader sees could drift apart.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]  # a build hook has no settings of its own
    """Write every .mo beside its .po, before the files of the wheel are listed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile what is missing or older than its source."""
        root = Path(self.root)
        compile_all = runpy.run_path(str(root / "scripts" / "message_catalogue.py"))["compile_all"]
        compile_all(root / "src" / "socrekry" / "locale")
