"""Activities and touches in a line each, and candidates who say how they came: rows beside the log.

What is tested here is the counting, so the rows are put in as they are, whatever a service would ask for.
"""

from datetime import date
from typing import Any

from socrekry.domain.ids import parsed_id
from socrekry.domain.term import Term, parse_range, term_of
from socrekry.reports.asking import Question
from socrekry.reports.channel_figures import Channels, Figures
from socrekry.reports.channels import channel_report
from socrekry.services.tallies import rebuild
from tests.reports.programme import TODAY, Programme


class Meetings:
    """What a municipality did to meet candidates, and whom it met, in a programme."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def activity(self, kind: str, on: str, title: str = "", term: str | None = None, **more: Any) -> int:
        """Add an activity, for the term that runs on its day unless another is said; return its number."""
        code = (Term.parse(term) if term else term_of(date.fromisoformat(on))).code
        return self._add(
            "activity", kind=kind, occurred_on=on, title=title or kind.capitalize(), term=code, **more
        )

    def touch(self, activity: int, on: str, *labels: str) -> None:
        """Let candidates have taken part in an activity."""
        for label in labels:
            self._add("touch", person_id=number_of(label), activity_id=activity, occurred_on=on)

    def told(self, label: str, channel: str) -> str:
        """Let a candidacy say how it came about; return it."""
        self._run("UPDATE candidacy SET channel = ? WHERE person_id = ?", channel, number_of(label))
        return label

    def graduates(self, term: str, *labels: str) -> None:
        """Say when candidates graduate."""
        for label in labels:
            code = Term.parse(term).code
            self._run("UPDATE person SET graduates = ? WHERE id = ?", code, number_of(label))

    def _add(self, table: str, **values: Any) -> int:
        names, places = ", ".join(values), ", ".join("?" for _ in values)
        self._run(f"INSERT INTO {table} ({names}) VALUES ({places})", *values.values())
        ((number,),) = self.programme.store.engine_rows(f"SELECT max(id) FROM {table}")
        return int(number)

    def _run(self, sql: str, *values: Any) -> None:
        self.programme.store.engine_rows(sql, *values)
        with self.programme.store.transaction():
            rebuild(self.programme.store, ["credit"])

    def channels(
        self, terms: str = "HT2025", as_of: date = TODAY, *, activities: bool = False, **more: Any
    ) -> Channels:
        """Ask for the channels of cohorts, or of activities."""
        options = {name: more.pop(name) for name in ("unit", "pipeline") if name in more}
        question = Question(as_of, parse_range(terms), **options)
        return channel_report(self.programme.store, question, TODAY, by_activity_term=activities, **more)


def number_of(label: str) -> int:
    """Return the number of a candidate: 7 of ``C-7.1``."""
    number, _ = parsed_id(label) or (0, None)
    return number


def by_source(channels: Channels) -> dict[str, Figures]:
    """Return the figures of each activity by its id, of words by their kind, and of ``unknown``."""
    return {each.activity or each.kind or "unknown": each.figures for each in channels.sources}


def by_kind(channels: Channels) -> dict[str, Figures]:
    """Return the figures of each kind, and of ``unknown``."""
    return {each.kind or "unknown": each.figures for each in channels.kinds}


def tell_of_haerjedalen(programme: Programme) -> None:
    """Let ads bring seven applicants of whom none is qualified, and half an hour in class three names."""
    meetings = Meetings(programme)
    cohort = programme.cohort("HT2025", pipeline="direct")
    for day, cost in (("2025-02-03", 14_500), ("2025-02-17", 12_000)):
        meetings.activity("ad", day, "Socialsekreterare", "HT2025", cost=cost, applicants=3, qualified=0)
    meetings.activity("ad", "2025-03-03", "Socialsekreterare igen", "HT2025", applicants=1, qualified=0)
    visit = meetings.activity(
        "visit", "2025-03-12", "Avgångsklassen i Östersund", "HT2025", cost=8_400, reached=30, minutes=30
    )
    applied = "2025-03-12 applied 2025-03-20"
    for history in (
        f"{applied} interview 2025-04-01 references 2025-04-10 offer 2025-04-20 hired 2025-05-01",
        f"{applied} interview 2025-04-01 declined:candidate 2025-04-10",
        "2025-03-12",
    ):
        label = programme.candidate(cohort, history)
        meetings.touch(visit, "2025-03-12", label)
        meetings.graduates("VT2025", label)
    meetings.told(programme.candidate(cohort, "2025-04-02 applied 2025-04-02"), "unsolicited")
    programme.candidate(cohort, "2025-04-03")
