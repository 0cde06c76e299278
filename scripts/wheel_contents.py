"""Say whether a wheel holds the whole package: ``python scripts/wheel_contents.py dist/socrekry-….whl``.

Tests run from the source and miss what a wheel leaves behind: a statement, a pipeline, a catalogue
that was not compiled. Exits 1 and lists them.
"""

import sys
from pathlib import Path
from zipfile import ZipFile

SOURCE = Path(__file__).resolve().parent.parent / "src"


def left_behind(wheel: Path, source: Path = SOURCE) -> list[str]:
    """Return the files of the package, and the compiled form of each catalogue, that are not in the wheel."""
    files = [path for path in source.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    kept = [path for path in files if path.suffix not in (".mo", ".tmp", ".pyc")]
    compiled = [path.with_suffix(".mo") for path in kept if path.suffix == ".po"]
    with ZipFile(wheel) as packed:
        return sorted(
            {path.relative_to(source).as_posix() for path in kept + compiled} - set(packed.namelist())
        )


def main() -> int:
    """Check the wheel named on the command line; return the exit code."""
    missing = left_behind(Path(sys.argv[1]))
    for name in missing:
        print(f"not in the wheel: {name}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
