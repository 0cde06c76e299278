"""A finding: a code, a verdict, and what it rests on; and what a doctor is told of the surroundings."""

from datetime import datetime
from typing import Any, Literal, NamedTuple, TypeAlias

from socrekry.domain.errors import SocrekryError

Verdict: TypeAlias = Literal["good", "look", "bad"]
GOOD: Verdict = "good"
LOOK: Verdict = "look"
BAD: Verdict = "bad"


class Finding(NamedTuple):
    """Something that was looked at; ``details`` are JSON-able, and hold no secret."""

    code: str
    verdict: Verdict
    details: dict[str, Any]


class Surroundings(NamedTuple):
    """What the command line knows: the store and who said it, the file of settings, the screen, the time.

    ``given_day`` is the day that somebody has made it be, or None.
    """

    location: str
    origin: str
    config_file: str
    language: str
    encoding: str
    now: datetime
    given_day: str | None = None


class Diagnosis(NamedTuple):
    """Every finding, and the error that other commands end with, if they do."""

    findings: tuple[Finding, ...]
    error: SocrekryError | None

    @property
    def healthy(self) -> bool:
        """Whether nothing is bad."""
        return all(finding.verdict != BAD for finding in self.findings)


def judged(value: float, look: float, bad: float) -> Verdict:
    """Return the verdict on a value that is bad from one limit on, and to be looked at from another."""
    return BAD if value >= bad else LOOK if value >= look else GOOD


def finding_of(error: SocrekryError) -> Finding:
    """Return an error as what was found; its sentence is that of the error."""
    return Finding(error.code, BAD, error.details)
