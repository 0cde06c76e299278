"""Two reports side by side: on a screen as tables with what differs, as JSON, as records.

Every figure stands beside its own of the other terms, and the difference beside both: whoever has to subtract
makes mistakes. How long ago the terms began is said first, for an older cohort has come further.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from socrekry.locale import _, ngettext, pick
from socrekry.render.headings import about, spelt, told_aside
from socrekry.render.layout import GAP
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part, Rows
from socrekry.render.report_grids import days
from socrekry.render.report_json import document, pipeline_json
from socrekry.render.report_words import WITHHELD, all_at
from socrekry.render.text import NOTHING, count, percent, width
from socrekry.reports.comparing import Compared, Comparison, Difference, Number, Side
from socrekry.reports.figures import Account

Shown = Callable[[Number | None], str]

_COUNTS = ("reached", "seats_taken", "ended", "overdue")
NAMES = ("pipeline", "stage", "figure", "term", "value", "compared_term", "compared_value", "difference")


class _Group(NamedTuple):
    """A figure in three columns: both values and the difference, by the title of their row."""

    titles: tuple[str, str, str]
    rows: dict[str, tuple[str, str, str]]


def compare_page(
    comparison: Comparison, form: str, sections: Sequence[str], generated_at: datetime, columns: int
) -> Page:
    """Return the comparison as a page; ``sections`` are those of the report that JSON tells whole."""
    if form == "json":
        told = document(comparison.report, sections, generated_at)
        return Page((), told | {"compare": _json(comparison, sections)})
    if form == "csv":
        return Page((), None, rows=_rows(comparison))
    return Page(_parts(comparison, columns), None)


def _json(comparison: Comparison, sections: Sequence[str]) -> dict[str, Any]:
    one, other = comparison.sides
    return {
        "term": str(other.terms),
        "began": other.began,
        "days": other.days,
        "report_began": one.began,
        "report_days": one.days,
        "pipelines": [pipeline_json(each, sections) for each in comparison.other.pipelines],
        "differences": [
            {
                "pipeline": compared.pipeline.name,
                "stage": each.stage.name if each.stage else None,
                "figure": each.figure,
                "value": each.value,
                "compared_value": each.other,
                "difference": each.difference,
            }
            for compared in comparison.pipelines
            for each in compared.differences
        ],
    }


def _rows(comparison: Comparison) -> Rows:
    one, other = (str(side.terms) for side in comparison.sides)
    found = [
        (
            compared.pipeline.name,
            each.stage.name if each.stage else None,
            each.figure,
            *(one, each.value, other, each.other, each.difference),
        )
        for compared in comparison.pipelines
        for each in compared.differences
    ]
    return Rows(NAMES, found)


def _parts(comparison: Comparison, columns: int) -> list[Part]:
    one, other = comparison.sides
    terms = _("{term} beside {other}").format(term=spelt(one.terms), other=spelt(other.terms))
    at_right = told_aside(comparison.report)
    found: list[Part] = []
    for compared in comparison.pipelines:
        heading = about(pick(compared.pipeline.titles), comparison.report.unit, terms)
        found += [*([Gap()] if found else []), Heading(heading, at_right), Line(_ages(one, other))]
        for grid in _grids(_groups(comparison, compared), columns):
            found += [Gap(), grid]
    if not found:
        told = _("There is no cohort in {terms}.")
        return [Line(told.format(terms=spelt(side.terms))) for side in (one, other)]
    return [*found, Gap(), *(Line(note, "quiet") for note in _notes(comparison, columns))]


def _ages(one: Side, other: Side) -> str:
    return " · ".join(_age(each) for each in (one, other))


def _age(side: Side) -> str:
    if side.days < 0:
        said = ngettext("{terms} begins in {n} day", "{terms} begins in {n} days", -side.days)
    else:
        said = ngettext("{terms} began {n} day ago", "{terms} began {n} days ago", side.days)
    return said.format(terms=spelt(side.terms), n=count(abs(side.days)))


def _groups(comparison: Comparison, compared: Compared) -> list[_Group]:
    """Return what is set side by side, each figure with its own titles; none of which nothing is known."""
    terms = [spelt(side.terms) for side in comparison.sides]
    base = compared.pipeline.base_stage
    shares = _("Of {all}").format(all=all_at(base)) if base else ""
    kinds: tuple[tuple[str, str, Shown], ...] = (
        ("reached", _("Reached"), _count),
        ("of_base", shares, percent),
        ("median_days", _("Median days"), days),
        ("p80_days", _("80 % within"), days),
        ("overdue", _("Stalled"), _count),
    )
    whole: dict[str, tuple[str, ...]] = {"reached": ("seats", "seats_taken", "ended")}
    whole |= {"median_days": ("lead_median_days",), "p80_days": ("lead_p80_days",)}
    hidden = tuple(_withheld(account, comparison) for account in (compared.account, compared.other))
    found = []
    for name, title, shown in kinds:
        names = (name, *whole.get(name, ()))
        told = [each for each in compared.differences if each.figure in names]
        told.sort(key=lambda each: each.stage is None)  # what is of no stage stands below
        if name == "overdue":
            told = [each for each in told if each.value or each.other]
        told = [each for each in told if _is_said(each)]
        rows = {_title(each): _cells(each, shown, hidden) for each in told}
        if title and any(each.value or each.other for each in told):
            found.append(_Group((f"{title} {terms[0]}", terms[1], "±"), rows))
    return found


def _title(each: Difference) -> str:
    if each.stage is not None:
        return pick(each.stage.titles)
    if each.figure.startswith("lead_"):
        return _("Lead time")
    return {"seats": _("Seats"), "seats_taken": _("Seats taken"), "ended": _("Those closed")}[each.figure]


def _is_said(each: Difference) -> bool:
    """Leave out the way to a contract where neither knows it."""
    return not each.figure.startswith("lead_") or each.value is not None or each.other is not None


def _withheld(account: Account | None, comparison: Comparison) -> Callable[[Difference], bool]:
    """Return what says of a count that is not there whether it is withheld, or there is none."""
    if account is None or not comparison.report.public:
        return lambda _: False
    coming = {step.stage.name for step in account.funnel if step.earliest is not None}
    return lambda each: each.figure in _COUNTS and not (each.stage and each.stage.name in coming)


def _cells(
    each: Difference, shown: Shown, hidden: Sequence[Callable[[Difference], bool]]
) -> tuple[str, str, str]:
    """Return both values and the difference of what is shown, so that whoever subtracts finds the same."""
    one, other = (
        WITHHELD if value is None and is_hidden(each) else shown(value)
        for value, is_hidden in zip((each.value, each.other), hidden, strict=True)
    )
    if each.value is None or each.other is None:
        return one, other, NOTHING
    whole = 100 if shown is percent else 1
    number = int(each.value * whole + 0.5) - int(each.other * whole + 0.5)
    sign = "±" if not number else "+" if number > 0 else "−"
    return one, other, f"{sign}{count(abs(number))}"


def _count(number: Number | None) -> str:
    return NOTHING if number is None else count(int(number))


def _grids(groups: Sequence[_Group], columns: int) -> Iterator[Grid]:
    """Give tables with as many figures beside each other as there is room for."""
    beside: list[_Group] = []
    for group in groups:
        if beside and _width(_grid([*beside, group])) > columns:
            yield _grid(beside)
            beside = []
        beside.append(group)
    if beside:
        yield _grid(beside)


def _grid(groups: Sequence[_Group]) -> Grid:
    titles = dict.fromkeys(title for group in groups for title in group.rows)
    columns = [Column(title, "right") for group in groups for title in group.titles]
    rows = [
        [title, *(cell for group in groups for cell in group.rows.get(title, ("", "", "")))]
        for title in titles
    ]
    return Grid((Column(_("Stage")), *columns), rows)


def _width(grid: Grid) -> int:
    every = zip([column.title for column in grid.columns], *grid.rows, strict=True)
    widths = [max(map(width, cells)) for cells in every]
    return sum(widths) + GAP * (len(widths) - 1)


def _notes(comparison: Comparison, columns: int) -> list[str]:
    one, other = (spelt(side.terms) for side in comparison.sides)
    said = [
        _("± = {term} less {other}, of shares in percentage points.").format(term=one, other=other),
        _("Both as of the same day: the older has had more time."),
    ]
    every = [each for compared in comparison.pipelines for each in compared.differences]
    if any(each.figure == "lead_median_days" and _is_said(each) for each in every):
        said.append(_("“Lead time” = from first contact to contract."))
    if comparison.report.public:
        said.append(_("“..” = withheld, so that no group under five can be told apart."))
    from textwrap import wrap

    return wrap(" ".join(said), columns, break_on_hyphens=False)
