"""Commands by chance that change whom candidates met first, what became of them, or who they are."""

from datetime import timedelta
from typing import Any, TypeAlias

from hypothesis import strategies as st

from socrekry.domain.errors import SocrekryError
from socrekry.domain.term import Term
from socrekry.services import moves
from socrekry.services.activity_recording import edit_activity
from socrekry.services.candidates import add_candidacy
from socrekry.services.cohorts import find_cohort
from socrekry.services.merging import merge
from socrekry.services.moves import Destination
from socrekry.services.persons import edit_candidate
from socrekry.services.touches import add_touches, remove_touches
from socrekry.services.undoing import undo, undo_last
from tests.builders import HT2026, TODAY, Office

PEOPLE, BEGUN = 3, TODAY - timedelta(days=400)
Step: TypeAlias = tuple[Any, ...]

_people = st.integers(1, PEOPLE).map("C-{}".format)
_begun = st.tuples(_people, st.integers(1, 3)).map(lambda pair: f"{pair[0]}.{pair[1]}")
_activities = st.sampled_from(("A-1", "A-2", "A-3"))
_days = st.integers(0, 400).map(lambda days: BEGUN + timedelta(days=days))
_sources = st.sampled_from((None, "visit", "fair", "referral", "A-1", "A-2"))
steps: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("touch"), _people, _activities, _days),
    st.tuples(st.just("untouch"), _people, _activities),
    st.tuples(st.just("redate"), _activities, _days),
    st.tuples(st.just("graduate"), _people, st.integers(0, 4)),
    st.tuples(st.just("begin"), _people, _sources, _days),
    st.tuples(st.just("advance"), _begun, _days),
    st.tuples(st.just("close"), _begun, _days),
    st.tuples(st.just("transfer"), _begun, _days),
    st.tuples(st.just("merge"), _people, _people),
    st.tuples(st.just("undo"), _begun),
    st.tuples(st.just("undo last")),
)


def settle(office: Office) -> None:
    """Let there be some people of one cohort, and activities some time before and after they came."""
    for term in (HT2026.next, HT2026.previous):
        office.another_cohort(term)
    for kind, days in (("visit", -30), ("fair", 0), ("visit", 60)):
        office.activity(kind, f"{kind} {days}", BEGUN + timedelta(days=days), cost=1_000 + days)
    for number in range(PEOPLE):
        source = (None, "fair", "A-1")[number]
        office.add(f"Person {number}", on=BEGUN, channel=source, graduates=HT2026.plus(number - 3))


def do(office: Office, step: Step) -> None:
    """Give a command; one that is refused changes nothing."""
    try:
        _do(office, *step)
    except SocrekryError:
        return


def _do(office: Office, what: str, ref: str = "", *more: Any) -> None:  # noqa: C901 – a case a command
    match what, *more:
        case "touch", activity, day:
            add_touches(office.by(), [ref], activity, day)
        case "untouch", activity:
            remove_touches(office.by(), [ref], activity)
        case "redate", day:
            edit_activity(office.by(), ref, {"on": day})
        case "graduate", number:
            terms: list[Term | None] = [None, *(HT2026.plus(each) for each in (-3, -2, -1, 0))]
            edit_candidate(office.by(), ref, {"graduates": terms[number]})
        case "begin", source, day:
            add_candidacy(office.by(), ref, find_cohort(office.store, "K-3"), day, channel=source)
        case "advance", day:
            moves.advance(office.by(), [ref], day)
        case "close", day:
            moves.close(office.by(), [ref], day, outcome="withdrawn")
        case "transfer", day:
            moves.transfer(office.by(), [ref], day, to=Destination(HT2026.next))
        case "merge", other:
            merge(office.by(command="merge"), ref, other)
        case ("undo",):
            undo(office.by(command="undo"), ref)
        case _:
            undo_last(office.by(command="undo"))
