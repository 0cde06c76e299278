"""Build the store that is measured: one cohort of 1,000 candidacies and 200 activities, always the same.

``python thousand.py FILE`` needs socrekry, goes through its services, and prints as JSON which ids stand
ready for what, as of one day. Who is to be advanced stands in `applied`, assessed, so that two guards are
asked and met; who is looked at is in placement, with facts, a supervisor, a mentor and a note. 51 things
wait for `today`.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta

from people import name_of

from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.costs import Period
from socrekry.domain.term import Term
from socrekry.domain.themes import KINDS, THEMES
from socrekry.services import candidates, cohorts, costs, moves, needs, staffing, units
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.noting import NewFact
from socrekry.services.opening import opened
from socrekry.services.persons import Details
from socrekry.services.touches import add_touches
from socrekry.services.voices import add_voice
from socrekry.services.writing import Occasion, Writing

TODAY = date(2026, 11, 20)
TERM = Term.parse("HT2026")
CANDIDACIES, GROUP, ACTIVITIES = 1_000, 50, 200
TO_ADVANCE = 8  # of the twenty groups


def main(file: str) -> None:
    """Build it, and say who is ready for what."""
    moment = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    with opened(file, writing=True) as store:
        writing = Writing(store, Occasion("Benchmark", "found", TODAY, moment))
        ids = [added.candidacy for added in _added(writing)]
        _met(writing, ids)
        groups = [ids[start : start + GROUP] for start in range(0, CANDIDACIES, GROUP)]
        for number, group in enumerate(groups):
            _placed(writing, group, number)
    ready = [each for group in groups[:TO_ADVANCE] for each in group]
    print(json.dumps({"term": str(TERM), "today": str(TODAY), "ready": ready, "looked_at": groups[-1][0]}))


def _added(writing: Writing) -> list[candidates.Added]:
    unit = units.add_unit(writing, "Barn och unga", "Exempelkommunen", child_and_youth=True)
    cohorts.add_cohort(writing, "trainee", TERM, CANDIDACIES, unit=unit.name)
    cohort = candidates.only_cohort(writing.store, TODAY)
    for number in range(ACTIVITIES):
        kind = ACTIVITY_KINDS[number % len(ACTIVITY_KINDS)]
        said = Particulars(f"Insats {number}", _ago(300 - number % 40), TERM, cost=100 * number, reached=30)
        add_activity(writing, kind, said)
    for number in range(1, 13):
        staffing.add_staff(writing, f"Handledare {number}", ["supervisor", "mentor"], unit.name, 2 * GROUP)
    return [
        candidates.add_candidate(
            writing,
            Details(f"{name_of(n)} {n}", f"{n}@example.se", "070-000 00 00", "sh", Term.parse("HT2027")),
            cohort,
            TODAY - timedelta(days=240 if n >= TO_ADVANCE * GROUP else 12 + n % 20),
            channel=f"A-{n % ACTIVITIES + 1}",
            note="Träffades på klassbesöket." if n % 2 == 0 else None,
        )
        for n in range(CANDIDACIES)
    ]


def _met(writing: Writing, ids: list[str]) -> None:
    """Let everybody have been met a second time, and say what was heard, needed and paid."""
    for number in range(ACTIVITIES):
        add_touches(writing, ids[number::ACTIVITIES], f"A-{(number + 7) % ACTIVITIES + 1}")
        heard = (KINDS[number % 3], THEMES[number % len(THEMES)].code)
        add_voice(writing, f"A-{number + 1}", *heard, number=number % 9 + 1)
    for terms in range(6):
        needs.add_need(writing, "Barn och unga", TERM.plus(terms), 8)
    for year in range(2020, 2027):
        costs.add_cost(writing, "agency", Period(year), 4_500_000, unit="Barn och unga")


def _placed(writing: Writing, group: list[str], number: int) -> None:
    """Lead one group to where it stands: ready, a lead, closed, in reserve, selected, or in placement."""
    early = number >= TO_ADVANCE
    assessed = NewFact("assessment", None, _ago(210 if early else 4))
    _advance(writing, group, 225 if early else 8, moves.Along((assessed,)))
    if number in (8, 9, 10):
        moves.close(writing, group, _ago(200), outcome="rejected", reason="Annan profil", all_or_nothing=True)
    elif number == 11:
        moves.reserve(writing, group, _ago(100), all_or_nothing=True)
    elif early:
        _advance(writing, group, 90)
        staff = f"S-{number - 11}"
        if number > 12:
            confirmed = (NewFact("university-confirmed", None, _ago(85)),)
            _advance(writing, group, 81, moves.Along(confirmed, staff, staff))
            left = group[40:]
            moves.close(writing, left, _ago(30), outcome="discontinued", by="candidate", all_or_nothing=True)


def _advance(writing: Writing, group: list[str], days: int, along: moves.Along | None = None) -> None:
    along = along or moves.Along()
    outcomes = moves.advance(writing, group, _ago(days), along=along, all_or_nothing=True)
    stopped = [each for each in outcomes if not each.done]
    assert not stopped, stopped[:1]


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


main(sys.argv[1])
