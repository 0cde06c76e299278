"""Back-planning as it looks: first the sentence that somebody can act on, then a row a stage.

The rows of a pipeline are not added: they are the same people, seen at one stage after the other.
"""

from typing import Any

from socrekry.domain.backplanning import MOST, TOO_LATE, TOO_SMALL, Backplan, Step
from socrekry.locale import _, ngettext, pick
from socrekry.render.forecast_json import history_json, rounded
from socrekry.render.forecast_words import about_prior, chance_text, history_line, whole, without_unit
from socrekry.render.headings import about, aside
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part, Rows
from socrekry.render.text import count
from socrekry.reports.backplan import Plan, Plans

_STEP = ("stage", "standing", "chance", "in_all", "more", "more_to_be_sure", "by", "past", "no_plan")


def backplan_page(found: Plans) -> Page:
    """Return the answer to ``forecast --need``."""
    need = _("To have {n} begin in {term}").format(n=count(found.need), term=found.term)
    heading = Heading(about(need, found.pipeline, found.unit), aside(found.as_of))
    parts: list[Part] = [heading, Gap(), *(Line(said) for said in _on_the_way(found))]
    for plan in found.plans:
        parts += _plan(found, plan)
    parts += [Gap(), *(Line(said, "quiet") for said in _notes(found))]
    return Page(parts, lambda: _json(found), rows=_rows(found))


def _on_the_way(found: Plans) -> list[str]:
    expected, low, high = found.expected
    numbers = {"n": whole(expected), "low": count(low), "high": count(high), "sure": count(found.sure)}
    numbers |= {"need": count(found.need), "chance": chance_text(found.enough)}
    text = ngettext(
        "Of those on the way, {n} is expected to (80 %: {low}–{high}).",
        "Of those on the way, {n} are expected to (80 %: {low}–{high}).",
        int(expected + 0.5),
    )
    said = [text.format(**numbers)]
    if found.sure:
        sure = _("In four cases of five there are at least {sure}; the chance of {need} is {chance}.")
        said.append(sure.format(**numbers))
    else:
        said.append(_("The chance of {need} is {chance}.").format(**numbers))
    if found.started:
        begun = ngettext("{n} of them has begun already.", "{n} of them have begun already.", found.started)
        said.append(begun.format(n=count(found.started)))
    return said


def _plan(found: Plans, plan: Plan) -> list[Part]:
    title = _("{pipeline} · cohort {term}").format(pipeline=pick(plan.pipeline.titles), term=plan.plan.cohort)
    sentences = _sentences(found, plan.plan)
    return [
        Gap(),
        Line(title, "strong"),
        *(Line(said) for said in sentences),
        _grid(plan.plan),
        history_line(plan.pipeline, plan.history),
    ]


def _sentences(found: Plans, plan: Backplan) -> list[str]:
    """Say what to do: for the first stage that can still be entered in time."""
    first, hoped = plan.steps[0], [step for step in plan.steps if step.no_plan is None]
    ahead = next((step for step in hoped if not step.past), None)
    if plan.is_met:
        return _enough(found, ahead or (hoped[0] if hoped else None))
    if not hoped:
        return [_hopeless(found, plan.steps[-1])]
    if ahead is first:
        text = _("To have {need} begin in {term}, about {n} more must come to “{stage}” by {day}")
        return [_more(text, found, first)]
    if hoped[0] is first:
        text = _("It is late, but there is hope: about {n} more must come to “{stage}” now, not by {day}")
        return [_more(text, found, first)]
    if first.past:
        late = _("It is late to meet new ones: they should have come to “{stage}” by {day}.")
    else:
        late = _("Too few who come to “{stage}” begin in {term} to plan from there.")
    if ahead is not None:
        text = _("Still in time: about {n} more in “{stage}” by {day}")
    else:
        text = _("There is hope yet: about {n} more in “{stage}” now, not by {day}")
    return [_filled(late, found, first), _more(text, found, ahead or hoped[0])]


def _enough(found: Plans, step: Step | None) -> list[str]:
    """Say that those on the way are enough, and what would make it sure from the first stage there is."""
    said = [_("Those on the way are expected to be enough.")]
    if step is not None and step.more_to_be_sure:
        if step.past:
            text = _("To be sure of it in four cases of five, {n} more must come to “{stage}” now.")
        else:
            text = _("To be sure of it in four cases of five, {n} more must come to “{stage}” by {day}.")
        said.append(_filled(text, found, step, step.more_to_be_sure))
    return said


def _hopeless(found: Plans, last: Step) -> str:
    """Say that there is no stage left to plan from."""
    if last.past:
        text = _("It is late for this: whoever is to begin in {term} should be in “{stage}” by {day}.")
    else:
        text = _("This cannot be planned for: not even “{stage}” brings so many.")
    return _filled(text, found, last)


def _more(text: str, found: Plans, step: Step) -> str:
    """Say how many more must come to a stage, on the expectation and to be sure."""
    said, number = _filled(text, found, step, step.more), step.more_to_be_sure
    if not number:
        return f"{said}."
    sure = _("{n} to be sure of it in four cases of five").format(n=count(number))
    return f"{said}; {sure}."


def _filled(text: str, found: Plans, step: Step, number: int | None = None) -> str:
    return text.format(
        need=count(found.need),
        term=found.term,
        n=count(number),
        stage=_title(step),
        day=step.latest,
    )


def _title(step: Step) -> str:
    return pick(step.stage.titles)


def _grid(plan: Backplan) -> Grid:
    columns = (
        Column(_("Stage")),
        Column(_("Here now"), "right"),
        Column(_("Chance"), "right"),
        Column(_("More"), "right"),
        Column(_("To be sure"), "right"),
        Column(_("At the latest")),
        Column("", style="warning"),
    )
    return Grid(columns, [_row(step) for step in plan.steps])


def _row(step: Step) -> tuple[str, ...]:
    return (
        _title(step),
        count(step.standing),
        chance_text(step.chance),
        count(step.more),
        count(step.more_to_be_sure),
        str(step.latest),
        _remark(step),
    )


def _remark(step: Step) -> str:
    if step.no_plan == TOO_LATE:
        return _("too late")
    if step.no_plan == TOO_SMALL:
        return _("too small a chance")
    if step.no_plan:
        return _("more than {n}").format(n=count(MOST))
    return _("past") if step.past else ""


def _notes(found: Plans) -> list[str]:
    said = [
        _("More = beyond those on the way; the rows are the same people, so they are not added up."),
        _("To be sure = in four cases of five. The day is counted backwards, by the usual times."),
    ]
    if any(step.past for plan in found.plans for step in plan.plan.steps):
        said.append(_("Where the day is past, the chance is that of somebody who comes today."))
    if len(found.plans) > 1:
        said.append(_("Each pipeline is shown as if it alone brought what is missing."))
    said += about_prior(plan.history for plan in found.plans)
    if found.without_unit:
        said.append(without_unit(found.without_unit))
    if found.elsewhere:
        gone = ngettext(
            "{n} on the way stands in a stage that the pipeline no longer has, and is not in it.",
            "{n} on the way stand in a stage that the pipeline no longer has, and are not in it.",
            found.elsewhere,
        )
        said.append(gone.format(n=count(found.elsewhere)))
    return said


def _json(found: Plans) -> dict[str, Any]:
    return {
        "as_of": found.as_of,
        "pipeline": found.pipeline,
        "unit": found.unit,
        "term": str(found.term),
        "need": found.need,
        "started": found.started,
        "expected": rounded(found.expected.expected),
        "low": found.expected.low,
        "high": found.expected.high,
        "sure": found.sure,
        "chance_of_need": rounded(found.enough),
        "without_unit": found.without_unit,
        "elsewhere": found.elsewhere,
        "pipelines": [
            {
                "pipeline": plan.pipeline.name,
                "cohort": str(plan.plan.cohort),
                "stages": [dict(zip(_STEP, _values(step), strict=True)) for step in plan.plan.steps],
                "history": history_json(plan.history),
            }
            for plan in found.plans
        ],
    }


def _rows(found: Plans) -> Rows:
    records = [
        (plan.pipeline.name, str(plan.plan.cohort), *_values(step))
        for plan in found.plans
        for step in plan.plan.steps
    ]
    return Rows(("pipeline", "cohort", *_STEP), records)


def _values(step: Step) -> tuple[Any, ...]:
    return (
        step.stage.name,
        step.standing,
        rounded(step.chance),
        step.in_all,
        step.more,
        step.more_to_be_sure,
        step.latest,
        step.past,
        step.no_plan,
    )
