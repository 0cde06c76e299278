"""Who stays, as it looks: a row for each mark, groups beside each other, and the line of a report.

What is not known is said wherever a share is, for a share alone would not tell that half of them were
never asked about.
"""

from collections.abc import Sequence
from typing import Any

from socrekry.locale import N_, _, ngettext
from socrekry.render.headings import about, aside, of_cohorts
from socrekry.render.parts import Column, Gap, Grid, Heading, Line, Page, Part, Rows
from socrekry.render.text import NOTHING, count, percent
from socrekry.render.words import CHANNELS, capital, word
from socrekry.reports.retention import Group, Mark, Retention

IN_A_LINE = (12, 24)  # months; the half-year is left to the table unless nobody has come further
_GROUPS = {
    "channel": (N_("Channel"), N_("no known contact")),
    "unit": (N_("Unit"), N_("without a unit")),
    "supervisor": (N_("Supervisor"), N_("without a supervisor")),
    "cohort": (N_("Cohort"), ""),
    "university": (N_("University"), N_("unknown university")),
}
_FIGURES = ("months", "due", "still_employed", "left", "unknown", "not_yet", "share", "share_of_known")


def retention_page(retention: Retention) -> Page:
    """Return the answer to ``retention``."""
    parts = [_heading(retention), *(_tables(retention) if retention.started else _nobody())]
    return Page(parts, lambda: _json(retention), rows=_rows(retention))


def document(retention: Retention) -> list[dict[str, Any]]:
    """Return the marks as JSON: a report's key ``retention``."""
    return _marks(retention.marks)


def line(retention: Retention) -> str | None:
    """Return the line of a report, None where nobody has come to a mark yet.

    ``Still employed: 12 months 11 of 13 · 24 months 7 of 10 (2 unknown)``
    """
    due = [mark for mark in retention.marks if mark.due]
    shown = [mark for mark in due if mark.months in IN_A_LINE] or due
    marks = " · ".join(f"{_months(mark)} {_of(mark)}" for mark in shown)
    return _("Still employed: {marks}").format(marks=marks) if shown else None


def _heading(retention: Retention) -> Part:
    which = of_cohorts(retention.terms)
    told = about(_("Still employed"), retention.pipeline, retention.unit, which)
    return Heading(told, aside(retention.as_of))


def _nobody() -> list[Part]:
    return [Line(_("Nobody has started yet."))]


def _tables(retention: Retention) -> list[Part]:
    parts: list[Part] = [Gap(), _totals(retention.marks)]
    if retention.by:
        parts += [Gap(), _groups(retention.by, retention.groups)]
    if retention.reasons:
        gone = sum(each.number for each in retention.reasons)
        title = _("Have left: {n}").format(n=count(gone))
        why = [(each.reason or _("no reason given"), count(each.number)) for each in retention.reasons]
        parts += [Gap(), Line(title, "strong"), Grid((Column("", flexible=True), Column("", "right")), why)]
    note = _("“Not known” is not counted as still there: the share is of all who are due.")
    return [*parts, Gap(), Line(note, "quiet")]


def _totals(marks: Sequence[Mark]) -> Grid:
    titles = (_("Of"), _("Share"), _("Have left"), _("Not known"), _("Of known"), _("Not yet"))
    columns = (Column(_("After")), *(Column(each, "right") for each in (_("Still there"), *titles)))
    cells = [
        (
            _months(mark),
            count(mark.still_employed),
            count(mark.due),
            percent(mark.share),
            count(mark.left),
            count(mark.unknown),
            percent(mark.share_of_known),
            count(mark.not_yet),
        )
        for mark in marks
    ]
    return Grid(columns, cells)


def _groups(by: str, groups: Sequence[Group]) -> Grid:
    title, none = _GROUPS[by]
    months = [_months(mark) for mark in groups[0].marks]
    columns = (Column(_(title), flexible=True), *(Column(each, "right") for each in months))
    cells = [(_title(by, group, none), *(_of(mark) for mark in group.marks)) for group in groups]
    return Grid(columns, cells)


def _title(by: str, group: Group, none: str) -> str:
    if group.group is None:
        return capital(_(none))
    return capital(word(CHANNELS, group.group)) if by == "channel" else group.title or group.group


def _months(mark: Mark) -> str:
    return _("{n} months").format(n=mark.months)


def _of(mark: Mark) -> str:
    """Say ``11 of 13 (2 unknown)``; a dash where nobody has come so far."""
    if not mark.due:
        return NOTHING
    said = _("{part} of {whole}").format(part=count(mark.still_employed), whole=count(mark.due))
    if not mark.unknown:
        return said
    unknown = ngettext("{n} unknown", "{n} unknown", mark.unknown).format(n=count(mark.unknown))
    return f"{said} ({unknown})"


def _marks(marks: Sequence[Mark]) -> list[dict[str, Any]]:
    return [{name: getattr(mark, name) for name in _FIGURES} for mark in marks]


def _json(retention: Retention) -> dict[str, Any]:
    return {
        "term": str(retention.terms),
        "as_of": retention.as_of,
        "pipeline": retention.pipeline,
        "unit": retention.unit,
        "started": retention.started,
        "retention": document(retention),
        "reasons": [{"reason": each.reason, "count": each.number} for each in retention.reasons],
        "by": retention.by,
        "groups": [
            {"group": each.group, "title": each.title, "retention": _marks(each.marks)}
            for each in retention.groups
        ],
    }


def _rows(retention: Retention) -> Rows:
    """Return a record a mark, or a mark of each group: their sum is the total, which is not among them."""
    parts = retention.groups if retention.by else (Group(None, None, retention.marks),)
    records = [
        (retention.by, each.group, *(getattr(mark, name) for name in _FIGURES))
        for each in parts
        for mark in each.marks
    ]
    return Rows(("by", "group", *_FIGURES), records)
