"""What stands beside the contract's cohort: where its 41 were met, what was said, needed and paid."""

from socrekry.domain.costs import Period
from socrekry.domain.term import VT, Term
from socrekry.services import costs, needs, units, voices
from tests.reports.meetings import Meetings
from tests.reports.programme import Programme

# By their places in `tell_of_the_contract`: who came no further than contact, who applied, who was selected.
VISITED = (1, 2, 3, 4, 14, 15, 16, 17, 18, 19, 20, 30, 32, 34, 35, 36, 38, 40)
ADVERTISED = (5, 6, 21, 22, 23, 24, 37)


def tell_what_stands_beside(programme: Programme) -> None:
    """Let the 41, who are the programme's first candidates, have been met in class and through an ad."""
    meetings = Meetings(programme)
    visit = meetings.activity("visit", "2025-01-20", "Klassbesök", term="HT2025", cost=8_400, reached=60)
    ad = meetings.activity("ad", "2025-01-13", "Annons", term="HT2025", cost=14_500)
    meetings.touch(visit, "2025-01-20", *(f"C-{n}.1" for n in VISITED))
    meetings.touch(ad, "2025-01-13", *(f"C-{n}.1" for n in ADVERTISED))
    for said, theme, number in (
        ("wish", "supervision", 9),
        ("wish", "introduction", 7),
        ("concern", "workload", 11),
        ("concern", "threats", 4),
    ):
        voices.add_voice(programme.writing(), f"A-{visit}", said, theme, number=number)
    units.add_unit(programme.writing(), "Utredning")
    needs.add_need(programme.writing(), "Utredning", Term(2027, VT), 6)
    costs.add_cost(programme.writing(), "agency", Period(2025), 1_500_000)
