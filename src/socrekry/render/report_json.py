"""The report as JSON: keys that scripts rely on, in English whatever the reader's language.

A count that is withheld is null beside ``"suppressed": true``; a share of nothing is null.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from socrekry.locale import pick
from socrekry.render.report_beside import beside_json
from socrekry.reports.figures import Account, CohortReport, Duration, Exit, PipelineReport, Step, TermReport
from socrekry.reports.views import Viewed

Document = dict[str, Any]


def document(report: TermReport, sections: Sequence[str], generated_at: datetime) -> Document:
    """Return the report.

    Pipelines have no funnel in common: where there are several, ``totals`` is that of the one with most
    cohorts, which it names, and ``pipelines`` has each one's.
    """
    pipelines = [pipeline_json(each, sections) for each in report.pipelines]
    return {
        "view": "cohort",
        **about(report, generated_at),
        "public": report.public,
        "cohorts": [_cohort(each, sections) for each in report.cohorts],
        "totals": pipelines[0] if pipelines else None,
        "pipelines": pipelines,
        **beside_json(report, sections),
    }


def about(report: Viewed, generated_at: datetime) -> Document:
    """Return what every view says of itself: of which terms and unit, as of when, and as known when."""
    return {
        "term": str(report.terms),
        "as_of": report.as_of,
        "known_at": report.known_at.recorded_at if report.known_at else None,
        "generated_at": generated_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "unit": report.unit,
    }


def _cohort(cohort: CohortReport, sections: Sequence[str]) -> Document:
    whose = {
        "pipeline": cohort.pipeline.name,
        "term": str(cohort.term),
        "unit": cohort.unit,
        "name": cohort.name or None,
    }
    return whose | _account(cohort.account, sections)


def pipeline_json(pipeline: PipelineReport, sections: Sequence[str]) -> Document:
    """Return all cohorts of one pipeline together, and term by term."""
    found: Document = {"pipeline": pipeline.pipeline.name} | _account(pipeline.account, sections)
    if "terms" in sections:
        found["terms"] = [_term(str(term), account) for term, account in pipeline.terms]
    return found


def _term(term: str, account: Account) -> Document:
    reached = {step.stage.name: step.reached for step in account.funnel}
    found = {"term": term, "seats": account.seats, "seats_taken": account.seats_taken, "reached": reached}
    return found | _suppressed([account.seats_taken, *reached.values()])


def _account(account: Account, sections: Sequence[str]) -> Document:
    found: Document = {"seats": account.seats, "seats_taken": account.seats_taken}
    found["from_waiting_list"] = account.from_waiting_list
    found |= _suppressed([account.seats_taken, account.from_waiting_list])
    if "funnel" in sections:
        found["funnel"] = [_step(step) for step in account.funnel]
        found["beside"] = [_step(step) for step in account.beside]
    if "exits" in sections:
        found["exits"] = [_exit(each) for each in account.exits]
    if "time" in sections:
        found["time_in_stage"] = [_duration(each) for each in account.durations]
        found["lead_time"] = account.lead_time._asdict() if account.lead_time else None
    return found


def _step(step: Step) -> Document:
    counts = {"reached": step.reached, "completed": step.completed, "in_stage": step.in_stage}
    shares = {"of_previous": step.of_previous, "of_base": step.of_base, "earliest": step.earliest}
    found: Document = {"stage": step.stage.name, "title": pick(step.stage.titles)}
    return found | counts | shares | _suppressed(counts.values())


def _exit(exit_: Exit) -> Document:
    stage = exit_.stage.name if exit_.stage else None
    found = {"outcome": exit_.outcome, "stage": stage, "reason": exit_.reason, "by": exit_.by}
    return found | {"count": exit_.number} | _suppressed([exit_.outcome, exit_.number])


def _duration(duration: Duration) -> Document:
    found: Document = {"stage": duration.stage.name, "longest_stay": duration.stage.longest_stay}
    for name in ("median_days", "p80_days", "completed", "ended", "open", "overdue"):
        found[name] = getattr(duration, name)
    return found | ({"suppressed": True} if duration.withheld else {})


def _suppressed(values: Iterable[object]) -> Document:
    return {"suppressed": True} if None in values else {}
