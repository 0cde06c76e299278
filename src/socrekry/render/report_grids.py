"""The tables of a report: the funnel stage by stage, the days a stage takes, and a range term by term."""

from collections.abc import Sequence

from socrekry.domain.pipeline import Pipeline
from socrekry.locale import _, pick
from socrekry.render.layout import GAP
from socrekry.render.parts import Column, Grid
from socrekry.render.report_words import WITHHELD, all_at, figure
from socrekry.render.text import NOTHING, count, percent, width
from socrekry.reports.figures import Account, Duration, PipelineReport, Step

_SHORTEST_TITLE = 4


def funnel_grid(pipeline: Pipeline, account: Account, *, roomy: bool, time: bool) -> Grid:
    """Return the funnel; where there is room, with how many went on and how many days that took."""
    base = pipeline.base_stage
    columns = [Column(_("Stage")), Column(_("Reached"), "right"), Column(_("Here now"), "right")]
    if roomy:
        columns.append(Column(_("Went on"), "right"))
    columns.append(Column(_("Of previous"), "right"))
    if base:
        columns.append(Column(_("Of {all}").format(all=all_at(base)), "right"))
    if roomy and time:
        columns += [Column(_("Median days"), "right"), Column(_("80 % within"), "right")]
    days = {each.stage.name: each for each in account.durations}
    rows = [
        _row(step, days.get(step.stage.name), roomy=roomy, base=base is not None, time=roomy and time)
        for step in account.funnel
    ]
    return Grid(tuple(columns), rows)


def _row(step: Step, duration: Duration | None, *, roomy: bool, base: bool, time: bool) -> list[str]:
    title = pick(step.stage.titles)
    if step.earliest is not None:
        earliest = _("earliest {day}").format(day=step.earliest)
        return [title, NOTHING, NOTHING, *([NOTHING] if roomy else []), earliest, *[""] * (base + 2 * time)]
    row = [title, figure(step.reached), figure(step.in_stage)]
    if roomy:
        row.append(figure(step.completed) if step.stage.kind == "open" else NOTHING)
    row.append(percent(step.of_previous))
    if base:
        row.append(percent(step.of_base))
    if time:
        row += two_days(duration) if duration else (NOTHING, NOTHING)
    return row


def duration_grid(account: Account) -> Grid:
    """Return how many days each stage takes, and of how many stays that is said."""
    titles = (
        _("Median days"),
        _("80 % within"),
        _("Went on"),
        _("Left otherwise"),
        _("Here now"),
        _("Stalled"),
    )
    rows = [
        (
            pick(each.stage.titles),
            *two_days(each),
            *(figure(number) for number in (each.completed, each.ended, each.open)),
            NOTHING if each.overdue is None and not each.withheld else figure(each.overdue),
        )
        for each in account.durations
    ]
    return Grid((Column(_("Stage")), *(Column(title, "right") for title in titles)), rows)


def two_days(duration: Duration) -> tuple[str, str]:
    """Return the days by which half had left, and four of five; a dash, or the sign that it is withheld."""
    none = WITHHELD if duration.withheld else NOTHING
    half, most = (none if each is None else days(each) for each in (duration.median_days, duration.p80_days))
    return half, most


def days_within(duration: Duration) -> str:
    """Return the same for a line of prose: ``28 (42)``, and only the first where the second is not known."""
    half, most = two_days(duration)
    return half if most == NOTHING else f"{half} ({most})"


def days(number: float | None) -> str:
    """Return days in whole numbers, a half upwards; a dash for none."""
    return NOTHING if number is None else count(int(number + 0.5))


def term_grid(pipeline: PipelineReport, columns: int) -> Grid:
    """Return a row a term: its seats, and how many reached each stage of the main path.

    A narrow screen gets the stages from the base of shares on; titles are cut only where even that
    does not fit, for they stand in full in the funnel.
    """
    steps = [step.stage for step in pipeline.account.funnel]
    head = [_("Cohort"), _("Seats")]
    if _width([*head, *(pick(stage.titles) for stage in steps)]) > columns:
        base = pipeline.pipeline.base_stage
        steps = [stage for stage in steps if base is None or stage.order >= base.order]
    titles = _fitted([pick(stage.titles) for stage in steps], columns - _width(head) - GAP)
    names = {stage.name for stage in steps}
    rows = [
        [
            str(term),
            count(account.seats),
            *(
                NOTHING if step.earliest else figure(step.reached)
                for step in account.funnel
                if step.stage.name in names
            ),
        ]
        for term, account in pipeline.terms
    ]
    return Grid((Column(head[0]), *(Column(title, "right") for title in (head[1], *titles))), rows)


def _width(titles: Sequence[str]) -> int:
    return sum(max(width(title), _SHORTEST_TITLE) for title in titles) + GAP * (len(titles) - 1)


def _fitted(titles: Sequence[str], room: int) -> list[str]:
    """Return the titles, the longest cut until all fit beside each other."""
    for most in range(max(map(width, titles)), _SHORTEST_TITLE - 1, -1):
        cut = [_cut(title, most) for title in titles]
        if _width(cut) <= room:
            return cut
    return list(titles)


def _cut(title: str, most: int) -> str:
    """Return ``Avtal`` of *Avtal klart*, ``Erbjud.`` of *Erbjudande*."""
    if width(title) <= most:
        return title
    words = title[: most + 1].rpartition(" ")[0]
    return words or f"{title[: most - 1]}."
