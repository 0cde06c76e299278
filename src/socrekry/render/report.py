"""The report as a page: in the form that was asked for, and with the parts that were asked for.

Each form stands in a room of its own and is read only when it is wanted: a report in JSON pays nothing
for the screen. What is withheld looks the same whatever it is.
"""

from collections.abc import Sequence
from datetime import datetime

from socrekry.domain.errors import InvalidInput
from socrekry.render.parts import Page
from socrekry.reports.figures import TermReport
from socrekry.reports.sections import sections_wanted


def report_page(
    report: TermReport, form: str, sections: Sequence[str], generated_at: datetime, columns: int
) -> Page:
    """Return the report as a page; no ``sections`` means those that the form usually has.

    ``columns`` is how many cells a line of the screen has. InvalidInput("report-one-section") where CSV
    is asked for more than one table.
    """
    wanted = sections_wanted(sections, public=report.public)
    if form == "json":
        from socrekry.render.report_json import document

        return Page((), document(report, wanted, generated_at))
    if form == "csv":
        from socrekry.render.report_rows import rows

        if sections and len(wanted) > 1:
            raise InvalidInput("report-one-section", sections=list(wanted))
        return Page((), None, rows=rows(report, wanted[0] if sections else "funnel"))
    from socrekry.render.report_screen import parts

    return Page(parts(report, wanted, columns, whole=bool(sections)), None)
