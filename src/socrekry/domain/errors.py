"""What can go wrong, as data: a code that scripts may rely on, and the details it speaks of.

    SocrekryError
    ├── InvalidInput         what was typed cannot be read: a term, a date, an id, a file
    │   └── PipelineInvalid  a pipeline file with defects, all of them named at once
    ├── NotFound             there is no such candidate, cohort, unit, stage …
    ├── Ambiguous            there are several, and nobody said which
    ├── Refused              a rule says no; carries the verdicts of the guards that are not met
    ├── Cancelled            the user said no, or could not be asked
    ├── Conflict             somebody else changed it first
    ├── StoreUnavailable     busy, unreachable, read-only or full; trying again may help
    └── StoreDamaged         not a store, from a newer version, or with defects

The sentences are made where text is shown, in the reader's language; the numbers that a process
exits with are chosen by the command line. Without that parting, a rule could not be shown in
Swedish, in JSON and in a browser alike.
"""

from typing import Any


class SocrekryError(Exception):
    """Every error that is the user's to mend.

    ``code`` is a stable kebab-case word; ``details`` are JSON-able values that its sentence names.
    """

    def __init__(self, code: str, /, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.details.items())
        return f"{self.code}({shown})"


class InvalidInput(SocrekryError):
    """What was typed cannot be read."""


class PipelineInvalid(InvalidInput):
    """A pipeline file has defects; ``details["defects"]`` lists every one with its place."""


class NotFound(SocrekryError):
    """Nothing answers to that id or name."""


class Ambiguous(SocrekryError):
    """Several answer to it; ``details["candidates"]`` lists them."""


class Refused(SocrekryError):
    """A rule refuses what was asked; nothing was changed."""


class Cancelled(SocrekryError):
    """The user said no, or could not be asked."""


class Conflict(SocrekryError):
    """Somebody else changed it first; ``details`` say what changed."""


class StoreUnavailable(SocrekryError):
    """The store is busy, out of reach, read-only or full; nothing was changed."""


class StoreDamaged(SocrekryError):
    """The store cannot be trusted as it is: not a store, newer than this program, or with defects."""
