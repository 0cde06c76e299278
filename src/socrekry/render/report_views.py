"""A report in whichever view it was asked for, as a page; each view's form stands in a room of its own."""

from collections.abc import Sequence
from datetime import datetime

from socrekry.render.parts import Page
from socrekry.reports.figures import TermReport
from socrekry.reports.views import Viewed


def viewed_page(
    report: Viewed, form: str, sections: Sequence[str], generated_at: datetime, columns: int
) -> Page:
    """Return the report as a page; arguments and errors as `socrekry.render.report.report_page`."""
    if isinstance(report, TermReport):
        from socrekry.render.report import report_page

        return report_page(report, form, sections, generated_at, columns)
    from socrekry.render import report_flows, report_snapshot
    from socrekry.reports.flows import Activity

    if isinstance(report, Activity):
        told = report_flows.document(report, generated_at)
        return Page(report_flows.parts(report, columns), told, report_flows.rows(report))
    told = report_snapshot.document(report, generated_at)
    return Page(report_snapshot.parts(report, columns), told, report_snapshot.rows(report))
