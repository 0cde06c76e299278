"""Who stands where on a day, in each form: a row a stage, and the seats cohort by cohort."""

from datetime import datetime
from typing import Any

from socrekry.locale import _, pick
from socrekry.render.headings import about as headed
from socrekry.render.headings import spelt, told_aside
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Part, Rows
from socrekry.render.report_grids import days
from socrekry.render.report_json import about
from socrekry.render.text import NOTHING, count
from socrekry.reports.snapshot import CohortSeats, PipelineSnapshot, Snapshot, Standing

_FIGURES = Standing._fields[1:]


def parts(report: Snapshot, columns: int) -> list[Part]:
    """Return the parts of the page for a screen of so many columns."""
    from textwrap import wrap  # a report is pasted, so it is no wider than a screen even in a pipe

    found: list[Part] = []
    for each in report.pipelines:
        found += [Gap()] if found else []
        heading = headed(pick(each.pipeline.titles), report.unit, _("who stands where"))
        found += [Heading(heading, told_aside(report)), Gap(), _grid(each)]
    if not report.pipelines:
        where = headed(_("who stands where"), spelt(report.terms), report.unit)
        found += [Heading(where, told_aside(report)), Line(_("Nobody was on the way."))]
    if report.cohorts:
        found += [Gap(), _seats(report)]
    told = _(
        "“Here” = on the way, and in the stage on that day. “Stalled” = for longer than the stage expects, "
        "days of a pause left out. A seat is held until the candidacy is closed, also by who has started."
    )
    lines = wrap(told, columns, break_on_hyphens=False)
    return [*found, Gap(), *(Line(line, "quiet") for line in lines)]


def document(report: Snapshot, generated_at: datetime) -> dict[str, Any]:
    """Return the report as JSON."""
    return {
        "view": "snapshot",
        **about(report, generated_at),
        "pipelines": [
            {
                "pipeline": each.pipeline.name,
                "on_the_way": sum(stage.here for stage in each.standing),
                "stages": [
                    {
                        "stage": stage.stage.name,
                        "title": pick(stage.stage.titles),
                        **dict(zip(_FIGURES, stage[1:], strict=True)),
                    }
                    for stage in each.standing
                ],
            }
            for each in report.pipelines
        ],
        "cohorts": [_cohort(each) for each in report.cohorts],
    }


def rows(report: Snapshot) -> Rows:
    """Return a row a pipeline and stage."""
    found = [
        (report.as_of, each.pipeline.name, stage.stage.name, *stage[1:])
        for each in report.pipelines
        for stage in each.standing
    ]
    return Rows(("as_of", "pipeline", "stage", *_FIGURES), found)


def _cohort(each: CohortSeats) -> dict[str, Any]:
    return {
        "pipeline": each.pipeline.name,
        "term": str(each.term),
        "unit": each.unit,
        "name": each.name or None,
        "seats": each.seats,
        "seats_taken": each.taken,
        "free": each.free,
        "started": each.started,
        "on_the_way": each.on_the_way,
    }


def _grid(of: PipelineSnapshot) -> Grid:
    """Return the stages of the main path, and the others where somebody is."""
    titles = (_("Here"), _("Stalled"), _("Paused"), _("Median days"), _("Longest"))
    cells = [
        (
            pick(each.stage.titles),
            *(count(n) for n in (each.here, each.overdue, each.paused)),
            *(days(n) for n in (each.median_days, each.longest_days)),
        )
        for each in of.standing
        if each.stage.main or each.here
    ]
    return Grid((Column(_("Stage")), *(Column(title, "right") for title in titles)), cells)


def _seats(report: Snapshot) -> Grid:
    """Return a row a cohort; a pipeline is named where there are several, and shortly, as a line is short."""
    several = len({each.pipeline.name for each in report.cohorts}) > 1
    titles = (_("Seats"), _("Taken"), _("Free"), _("Started"), _("On the way"))
    cells = [
        (
            headed(each.pipeline.name if several else None, str(each.term), each.unit, each.name),
            *(NOTHING if n is None else count(n) for n in (each.seats, each.taken, each.free)),
            *(count(n) for n in (each.started, each.on_the_way)),
        )
        for each in report.cohorts
    ]
    return Grid((Column(_("Cohort")), *(Column(title, "right") for title in titles)), cells)
