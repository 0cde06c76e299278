"""People who started, and what was said of them afterwards, in one line each.

The pipeline is as short as can be: who started is what is counted here, and not how they came there.
"""

from datetime import date, timedelta

from socrekry.services import noting, staffing
from socrekry.services.cohorts import Cohort
from socrekry.services.noting import NewFact
from tests.builders import a_pipeline
from tests.reports.programme import Programme

SHORT = a_pipeline("lead applied started", stages={"lead": {"supervised": True}, "applied": {"base": True}})
FACTS = {"still": ("still-employed", None), "left": ("left", "moved")}


def a_short_programme(programme: Programme) -> Programme:
    """Install the pipeline."""
    programme.install(SHORT)
    return programme


def a_cohort(programme: Programme, term: str = "VT2025", name: str = "", unit: str | None = None) -> Cohort:
    return programme.cohort(term, 100, pipeline=SHORT.name, name=name, unit=unit)


def a_starter(
    programme: Programme, cohort: Cohort, on: str = "2025-01-15", said: str = "", supervisor: str = ""
) -> str:
    """Add somebody who started on a day, and record what was said since; return the candidacy's id."""
    began = date.fromisoformat(on) - timedelta(days=14)
    label = programme.candidate(cohort, began.isoformat())
    if supervisor:
        noting.assign(programme.writing(), [label], began, supervisor=supervisor)
    programme.tell(label, f"applied {began} started {on}")
    say(programme, label, said)
    return label


def say(programme: Programme, label: str, words: str) -> None:
    """Record ``"still 2025-07-15 left:Better_pay 2026-03-01"``, in that order."""
    parts = words.split()
    for word, on in zip(parts[::2], parts[1::2], strict=True):
        kind, _, reason = word.partition(":")
        name, value = FACTS[kind]
        fact = NewFact(name, reason.replace("_", " ") or value, date.fromisoformat(on))
        (outcome,) = noting.record(programme.writing(), [label], [fact])
        assert outcome.done, outcome


def a_supervisor(programme: Programme, name: str, unit: str | None = None) -> str:
    """Add a supervisor with room for everybody, in a unit that is there."""
    return staffing.add_staff(programme.writing(), name, ["supervisor"], unit, 100).label
