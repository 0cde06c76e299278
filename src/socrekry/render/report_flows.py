"""What happened in the days of a term, in each form: a row a stage that reconciles, and what it came to.

The line under the table says how to read it: what a stage had at the start, and what came, less what left, is
what it had at the end.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from socrekry.locale import _, ngettext, pick
from socrekry.render.headings import about as headed
from socrekry.render.headings import spelt, told_aside
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Part, Rows
from socrekry.render.report_json import about
from socrekry.render.report_words import within
from socrekry.render.text import count
from socrekry.render.words import OUTCOMES, word
from socrekry.reports.flows import Activity, Flow, PipelineFlows

_NUMBERS = Flow._fields[1:]


def parts(report: Activity, columns: int) -> list[Part]:
    """Return the parts of the page for a screen of so many columns."""
    busy = [each for each in report.pipelines if _anything(each)]
    if not busy:
        where = headed(_what_happened(report), report.unit)
        return [Heading(where, told_aside(report)), Line(_("Nothing happened in these days."))]
    found: list[Part] = []
    for each in busy:
        found += [Gap()] if found else []
        heading = headed(pick(each.pipeline.titles), report.unit, _what_happened(report))
        found += [Heading(heading, told_aside(report)), Line(_came_to(report, each))]
        found += [Gap(), _grid(each)]
        if each.endings:
            found += [Gap(), *_lines(_endings(each), columns)]
    told = _(
        "“At start” and “Came” less those who left = “At end”. It counts what happened in these days, "
        "whichever cohort it happened to."
    )
    return [*found, Gap(), *_lines(told, columns, quiet=True)]


def document(report: Activity, generated_at: datetime) -> dict[str, Any]:
    """Return the report as JSON."""
    return {
        "view": "activity",
        **about(report, generated_at),
        "since": report.since,
        "until": report.until,
        "pipelines": [
            {
                "pipeline": each.pipeline.name,
                **{name: getattr(each, name) for name in ("new", "offers", "hires", "starts", "ended")},
                "flow": [_flow(flow) for flow in each.flows],
                "exits": [
                    {"stage": end.stage.name, "outcome": end.outcome, "count": end.number}
                    for end in each.endings
                ],
            }
            for each in report.pipelines
        ],
    }


def rows(report: Activity) -> Rows:
    """Return a row a pipeline and stage."""
    found = [
        (str(report.terms), report.since, report.until, each.pipeline.name, flow.stage.name, *flow[1:])
        for each in report.pipelines
        for flow in each.flows
    ]
    return Rows(("term", "since", "until", "pipeline", "stage", *_NUMBERS), found)


def _flow(flow: Flow) -> dict[str, Any]:
    numbers = dict(zip(_NUMBERS, flow[1:], strict=True))
    return {"stage": flow.stage.name, "title": pick(flow.stage.titles), **numbers}


def _anything(of: PipelineFlows) -> bool:
    """Tell whether anybody came, or was on the way: those who have started are there for ever."""
    return any(flow.came or (flow.at_start and flow.stage.kind == "open") for flow in of.flows)


def _what_happened(report: Activity) -> str:
    return _("what happened in {terms}").format(terms=spelt(report.terms))


def _came_to(report: Activity, of: PipelineFlows) -> str:
    said = [
        f"{report.since}–{report.until}",
        _counted(ngettext("{n} new candidacy", "{n} new candidacies", of.new), of.new),
        _counted(ngettext("{n} offer", "{n} offers", of.offers), of.offers),
        _counted(ngettext("{n} contract", "{n} contracts", of.hires), of.hires),
        _counted(ngettext("{n} start", "{n} starts", of.starts), of.starts),
    ]
    return " · ".join(said)


def _counted(text: str, number: int) -> str:
    return text.format(n=count(number))


def _grid(of: PipelineFlows) -> Grid:
    """Return the stages of the main path, and the others where anything happened; so the ways out as well."""
    shown = [flow for flow in of.flows if flow.stage.main or any(flow[1:])]
    columns = [(_("At start"), "at_start"), (_("Came"), "came"), (_("Went on"), "onward")]
    columns += [(_("Aside"), "aside")] if any(flow.aside for flow in shown) else []
    columns += [(_("Back"), "back")] if any(flow.back for flow in shown) else []
    columns += [(_("Closed"), "ended"), (_("At end"), "at_end")]
    cells = [
        [pick(flow.stage.titles), *(count(getattr(flow, name)) for _title, name in columns)] for flow in shown
    ]
    return Grid((Column(_("Stage")), *(Column(title, "right") for title, _name in columns)), cells)


def _endings(of: PipelineFlows) -> str:
    stages: dict[str, list[str]] = {}
    for each in of.endings:
        said = f"{word(OUTCOMES, each.outcome) or each.outcome} {count(each.number)}"
        stages.setdefault(within(pick(each.stage.titles)), []).append(said)
    told = " · ".join(f"{stage} ({', '.join(said)})" for stage, said in stages.items())
    return _("Closed {n}: {exits}").format(n=count(of.ended), exits=told)


def _lines(text: str, columns: int, *, quiet: bool = False) -> Sequence[Part]:
    from textwrap import wrap  # a report is pasted, so it is no wider than a screen even in a pipe

    return [Line(line, "quiet" if quiet else "") for line in wrap(text, columns, break_on_hyphens=False)]
