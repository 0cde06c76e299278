"""How long it takes from the first contact with a person to a signed contract.

The first contact is the first day on which she is known: she took part in an activity, or began a candidacy,
be it another one. Calendar days are counted, those of a pause as well. Who is still on the way counts for as
long as that has lasted; who was closed without a contract for as long as it did. Nobody is hired as quickly
as those who have been hired so far.

Since when somebody is known no table says, so it is looked up person by person. A report of very many does
so only if it is asked for this part by name.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from socrekry.domain.survival import FOUR_OF_FIVE, HALF, times_until
from socrekry.reports.asking import Scope
from socrekry.reports.counting import Counted
from socrekry.reports.figures import LeadTime
from socrekry.store.connect import Store

MOST = 5_000
"""The most candidacies whose way to a contract a report tells without having been asked for it by name."""
HIRED, ENDED, OPEN = "hired", "ended", "open"


def few_enough(counted: Counted) -> bool:
    """Say whether there are so few candidacies that each can be looked at in every report."""
    first = {name: pipeline.initial.name for name, pipeline in counted.pipelines.items()}
    begun = (counted.counts[each.id].at(first[each.pipeline]).reached for each in counted.cohorts)
    return sum(begun) <= MOST


def count_leads(store: Store, scope: Scope, counted: Counted) -> None:
    """Add to the counts of each cohort how long it took, or has taken; by the stage that means a contract."""
    stages: dict[str, set[int]] = {}
    for number, pipeline in counted.versions.items():
        stages.setdefault(pipeline.hired_stage.name, set()).add(number)
    day_of = cache(date.fromisoformat)
    for stage, numbers in stages.items():
        rows = store.rows("report.lead_times", **scope.values, hired=stage)
        for cohort, version, known, hired, ended, n in rows:
            if version in numbers:
                until = day_of(hired or ended) if hired or ended else scope.as_of
                key = ((until - day_of(known)).days, HIRED if hired else ENDED if ended else OPEN)
                leads = counted.counts[cohort].leads
                leads[key] = leads.get(key, 0) + n


def lead_time(leads: Mapping[tuple[int, str], int]) -> LeadTime:
    """Return the days by which half had a contract, and four of five, of those who have one or still may."""
    hired, ended, waiting = (
        {days: n for (days, how), n in leads.items() if how == which} for which in (HIRED, ENDED, OPEN)
    )
    median, four_of_five = times_until((HALF, FOUR_OF_FIVE), hired, waiting, ended)
    return LeadTime(median, four_of_five, *(sum(each.values()) for each in (hired, ended, waiting)))
