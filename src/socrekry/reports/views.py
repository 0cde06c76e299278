"""The three views of a report, never mixed: what became of a cohort, what happened, who stands where.

The cohort view follows the candidacies of a term wherever they went, however long it took. The activity view
counts what happened in the days of a term, whichever cohort it happened to. A snapshot counts who is on the
way on one day. A table that mixed two of them would add up to nothing.
"""

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from socrekry.domain.errors import InvalidInput
from socrekry.reports.asking import Question
from socrekry.store.connect import Store

if TYPE_CHECKING:
    from socrekry.reports.figures import TermReport
    from socrekry.reports.flows import Activity
    from socrekry.reports.snapshot import Snapshot

View: TypeAlias = Literal["cohort", "activity", "snapshot"]
COHORT: View = "cohort"
Viewed: TypeAlias = "TermReport | Activity | Snapshot"


def require_view(view: View, *, public: bool, sections: bool) -> None:
    """Raise InvalidInput where a view is asked for what it does not have.

    ``view-not-public``: its small figures are not withheld, so it is for internal use; ``view-whole``: it has
    no parts to pick from.
    """
    if view != COHORT and public:
        raise InvalidInput("view-not-public", view=view)
    if view != COHORT and sections:
        raise InvalidInput("view-whole", view=view)


def viewed(store: Store, question: Question, today: date, view: View) -> Viewed:
    """Return the report in one view, read as of one moment; only that view's room is loaded.

    Errors as `socrekry.reports.asking.scope_of`, and InvalidInput("term-not-begun") where nothing can have
    happened in a term yet.
    """
    if view == "activity":
        from socrekry.reports.flows import activity

        return activity(store, question, today)
    if view == "snapshot":
        from socrekry.reports.snapshot import snapshot

        return snapshot(store, question, today)
    from socrekry.reports.term_report import term_report

    return term_report(store, question, today)
