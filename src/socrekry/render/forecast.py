"""The forecast as it looks: a row a term against the need, a row a stage, and what it rests on.

Expectations are shown in whole persons, chances in whole per cent. Wherever a chance is shown it is said how
much history it rests on, for a figure of three stays looks just as sure as one of three hundred.
"""

from collections.abc import Sequence
from datetime import date

from socrekry.domain.term import Term
from socrekry.locale import _, ngettext, pick
from socrekry.render.forecast_json import document, records
from socrekry.render.forecast_words import about_prior, chance_text, history_line, whole, without_unit
from socrekry.render.headings import about, aside
from socrekry.render.needs import Expected
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part
from socrekry.render.text import NOTHING, count
from socrekry.reports.forecast import (
    CandidacyForecast,
    Forecasts,
    PipelineForecast,
    StageForecast,
    TermForecast,
)

__all__ = ["document", "expected_by_term", "forecast_page", "forecast_parts"]

USUAL_LIMIT = 50


def forecast_page(found: Forecasts, limit: int | None = USUAL_LIMIT) -> Page:
    """Return the answer to ``forecast``; of the candidacies a screen gets ``limit`` (None: all)."""
    heading = Heading(about(_("Forecast"), found.pipeline, found.unit), aside(found.as_of))
    parts = [heading, Gap(), *forecast_parts(found)]
    ids = None
    if found.candidacies is not None:
        parts += _listed(found.candidacies, limit)
        ids = [each.id for each in found.candidacies]
    return Page(parts, lambda: document(found), rows=records(found), ids=ids)


def forecast_parts(found: Forecasts) -> list[Part]:
    """Return the terms, the stages and what they rest on, as a report has them as well."""
    parts: list[Part] = [_terms(found)]
    for each in found.pipelines:
        title = _("{pipeline}: {n} on the way").format(
            pipeline=pick(each.pipeline.titles), n=count(_number(each))
        )
        parts += [
            Gap(),
            Line(title, "strong"),
            _stages(each, found),
            history_line(each.pipeline, each.history),
        ]
    return [*parts, Gap(), *(Line(said, "quiet") for said in _notes(found))]


def expected_by_term(found: Forecasts) -> dict[Term, Expected]:
    """Return what needs are set against."""
    return {each.term: Expected(each.expected, each.low, each.high) for each in found.terms}


def _terms(found: Forecasts) -> Grid:
    needed = any(each.need is not None for each in found.terms)
    columns = [
        Column(_("Term")),
        Column(_("Forecast"), "right"),
        Column(_("80 %")),
        Column(_("Signed"), "right"),
        *(
            [Column(_("Needed"), "right"), Column("", style="warning"), Column(_("Chance"), "right")]
            if needed
            else []
        ),
    ]
    rows = [
        (
            str(each.term),
            whole(each.expected),
            f"{count(each.low)}–{count(each.high)}",
            count(each.signed),
            *((count(each.need), _gap(each), chance_text(each.chance)) if needed else ()),
        )
        for each in found.terms
    ]
    if found.later >= 0.5:
        rows.append((_("later"), whole(found.later), *[""] * (len(columns) - 2)))
    return Grid(tuple(columns), rows)


def _gap(each: TermForecast) -> str:
    if each.gap is None:
        return ""
    if each.gap <= 0:
        return _("enough")
    return ngettext("{n} missing", "{n} missing", each.gap).format(n=count(each.gap))


def _number(each: PipelineForecast) -> int:
    return sum(stage.number for stage in each.stages) + each.elsewhere


def _stages(each: PipelineForecast, found: Forecasts) -> Grid:
    contract = _has_contract(each)
    columns = [
        Column(_("Stage")),
        Column(_("Here now"), "right"),
        *([Column(_("Contract"), "right")] if contract else []),
        Column(_("Start"), "right"),
        Column(_("Half by")),
    ]
    rows = [
        (
            pick(stage.stage.titles),
            count(stage.number),
            *([_contract(stage)] if contract else []),
            chance_text(stage.chance),
            _half_by(stage.half_by, found),
        )
        for stage in each.stages
    ]
    if each.elsewhere:
        rows.append((_("elsewhere"), count(each.elsewhere), *[NOTHING] * (len(columns) - 2)))
    return Grid(tuple(columns), rows)


def _has_contract(each: PipelineForecast) -> bool:
    """Say whether anybody has a contract yet to come, so that its chance is shown."""
    return any(stage.contract is not None for stage in each.stages)


def _contract(stage: StageForecast) -> str:
    return _("signed") if stage.contract is None else chance_text(stage.contract)


def _half_by(day: date | None, found: Forecasts) -> str:
    return str(day) if day else _("after {term}").format(term=found.terms[-1].term)


def _notes(found: Forecasts) -> list[str]:
    said = []
    if not found.on_the_way:
        said.append(_("Nobody is on the way."))
    if any(each.need is not None for each in found.terms):
        if found.pipeline:
            only = _("Only {pipeline} is counted; the needs are of all pipelines.")
            said.append(only.format(pipeline=found.pipeline))
        said.append(_("Chance = that as many as are needed begin in the term."))
    else:
        said.append(
            _("No need is recorded for these terms. Record one: socrekry add-need UNIT TERM POSITIONS")
        )
    if found.without_unit:
        said.append(without_unit(found.without_unit))
    if any(each.elsewhere for each in found.pipelines):
        said.append(_("Elsewhere = in a stage that the pipeline no longer has: nothing is known of it."))
    if found.on_the_way:
        if any(_has_contract(each) for each in found.pipelines):
            told = _("Contract, Start = the chance of coming so far. Half by = half of those who start have.")
        else:
            told = _("Start = the chance of coming so far. Half by = half of those who start have.")
        said += [told, *about_prior(each.history for each in found.pipelines)]
    said.append(_("Whoever is not a candidate yet is not in it: new leads come on top."))
    return said


def _listed(candidacies: Sequence[CandidacyForecast], limit: int | None) -> list[Part]:
    if not candidacies:
        return []
    shown = candidacies if limit is None else candidacies[:limit]
    contract = any(each.signed or each.contract is not None for each in candidacies)
    columns = (
        Column(_("Id")),
        Column(_("Name"), flexible=True),
        Column(_("Stage")),
        *([Column(_("Contract"), "right")] if contract else []),
        Column(_("Start"), "right"),
        Column(_("Half by")),
    )
    rows = [
        (
            each.id,
            each.name,
            pick(each.titles) if each.titles else each.stage,
            *([_("signed") if each.signed else chance_text(each.contract)] if contract else []),
            chance_text(each.chance),
            str(each.half_by or NOTHING),
        )
        for each in shown
    ]
    parts: list[Part] = [Gap(), Grid(columns, rows)]
    if len(shown) < len(candidacies):
        cut = _("{shown} of {total}; --all shows the others.").format(
            shown=count(len(shown)), total=count(len(candidacies))
        )
        parts.append(Line(cut, "quiet"))
    told = _("In order of name: everybody in the same stage for as long has the same chance.")
    return [*parts, Line(told, "quiet")]
