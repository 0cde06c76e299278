"""Who stays, counted by hand: each mark, each group, each reason, as of each day."""

from datetime import date

import pytest

from socrekry.domain import intents
from socrekry.domain.term import Term, TermRange, parse_range
from socrekry.reports.asking import Question, Scope, every_term, scope_of
from socrekry.reports.retention import Mark, Retention, by_term, retention
from socrekry.services import candidates, noting
from socrekry.services.persons import Details, protect
from socrekry.services.undoing import undo
from tests.reports.meetings import Meetings
from tests.reports.programme import TODAY, Programme
from tests.reports.starting import a_cohort, a_short_programme, a_starter, a_supervisor, say

MARKS = {6: 0, 12: 1, 24: 2}


@pytest.fixture(name="programme")
def _programme(programme: Programme) -> Programme:
    return a_short_programme(programme)


def scope(programme: Programme, terms: str | None = None, as_of: str = "", unit: str | None = None) -> Scope:
    day = date.fromisoformat(as_of) if as_of else TODAY
    asked = Question(day, parse_range(terms) if terms else None, unit=unit)
    return scope_of(programme.store, asked, TODAY, every_term)


def stayed(programme: Programme, as_of: str = "", by: str | None = None) -> Retention:
    return retention(programme.store, scope(programme, as_of=as_of), by)


def mark(programme: Programme, months: int, as_of: str = "") -> tuple[int, int, int, int]:
    """Return how many are still there, have left, are unknown, and have not come to the mark."""
    found = stayed(programme, as_of).marks[MARKS[months]]
    assert found.due == found.still_employed + found.left + found.unknown
    return found.still_employed, found.left, found.unknown, found.not_yet


def groups(found: Retention, months: int = 12) -> dict[str | None, tuple[int, int]]:
    marks = {each.title: each.marks[MARKS[months]] for each in found.groups}
    return {title: (each.still_employed, each.due) for title, each in marks.items()}


@pytest.mark.parametrize(
    ("as_of", "due"), [("2025-07-14", 0), ("2025-07-15", 1), ("2026-01-14", 1), ("2026-01-15", 2)]
)
def test_a_mark_is_reached_on_its_day(programme: Programme, as_of: str, due: int) -> None:
    a_starter(programme, a_cohort(programme), "2025-01-15")
    assert sum(each.due for each in stayed(programme, as_of).marks) == due


@pytest.mark.parametrize(
    ("said", "half_a_year", "a_year"),
    [
        ("", (0, 0, 1, 0), (0, 0, 1, 0)),
        ("still 2026-01-15", (1, 0, 0, 0), (1, 0, 0, 0)),
        ("still 2025-08-15", (1, 0, 0, 0), (0, 0, 1, 0)),
        ("left 2025-08-15", (1, 0, 0, 0), (0, 1, 0, 0)),
        ("left 2025-02-15", (0, 1, 0, 0), (0, 1, 0, 0)),
        ("still 2025-07-15 still 2026-01-15", (1, 0, 0, 0), (1, 0, 0, 0)),
        ("left 2025-06-15 still 2025-09-01", (0, 1, 0, 0), (0, 0, 1, 0)),
    ],
)
def test_what_was_recorded_says_who_stayed(
    programme: Programme, said: str, half_a_year: tuple[int, ...], a_year: tuple[int, ...]
) -> None:
    a_starter(programme, a_cohort(programme), said=said)
    assert (mark(programme, 6), mark(programme, 12)) == (half_a_year, a_year)
    assert mark(programme, 24) == (0, 0, 0, 1)


def test_unknown_is_in_the_denominator_and_never_among_those_who_stayed(programme: Programme) -> None:
    cohort = a_cohort(programme)
    for said in ("still 2026-01-15", "still 2026-01-15", "left 2025-12-01", "", ""):
        a_starter(programme, cohort, said=said)
    found = stayed(programme).marks[1]
    assert found == Mark(12, 5, 2, 1, 2, 0)
    assert (found.share, found.share_of_known) == (0.4, 0.6667)


def test_a_share_of_nobody_is_none(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme), "2026-11-01")
    found = stayed(programme).marks[0]
    assert (found.share, found.share_of_known, found.not_yet) == (None, None, 1)


def test_what_is_dated_later_has_not_been_said_yet(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme), said="left 2026-03-01")
    assert mark(programme, 12, "2026-02-28") == (0, 0, 1, 0)
    assert mark(programme, 12, "2026-03-01") == (1, 0, 0, 0)


def test_an_answer_that_a_later_one_replaced_still_stands_as_of_its_day(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme), said="still 2025-07-15 still 2026-01-15")
    assert mark(programme, 6, "2025-12-31") == (1, 0, 0, 0)
    assert mark(programme, 6, "2025-07-15") == (1, 0, 0, 0)


def test_a_reason_that_a_later_one_replaced_is_told_as_of_its_day(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme), said="left:pay 2025-07-15 left:flytt 2026-01-15")
    assert [tuple(each) for each in stayed(programme, "2025-12-31").reasons] == [("pay", 1)]
    assert [tuple(each) for each in stayed(programme).reasons] == [("flytt", 1)]


def test_a_fact_that_was_withdrawn_was_never_said(programme: Programme) -> None:
    label = a_starter(programme, a_cohort(programme), said="left 2025-05-01 still 2026-01-15")
    noting.withdraw_fact(programme.writing(), label, "left", TODAY)
    assert mark(programme, 6) == (1, 0, 0, 0)
    assert mark(programme, 6, "2025-12-31") == (0, 0, 1, 0)


def test_an_undo_takes_back_what_was_said_and_who_started(programme: Programme) -> None:
    label = a_starter(programme, a_cohort(programme), said="still 2026-01-15")
    undo(programme.writing(), label)
    assert mark(programme, 12) == (0, 0, 1, 0)
    undo(programme.writing(), label)
    assert (stayed(programme).started, mark(programme, 12)) == (0, (0, 0, 0, 0))


def test_a_mended_day_moves_every_mark(programme: Programme) -> None:
    label = a_starter(programme, a_cohort(programme), "2025-01-15", "still 2026-01-15")
    programme.do(label, intents.Correct("started"), date(2025, 2, 15))
    assert mark(programme, 12) == (0, 0, 1, 0)
    assert mark(programme, 12, "2026-02-14") == (0, 0, 0, 1)


def test_whoever_is_still_on_the_way_is_not_counted(programme: Programme) -> None:
    programme.candidate(a_cohort(programme), "2024-01-01 applied 2024-02-01")
    a_starter(programme, a_cohort(programme, "HT2024"), "2025-01-15")
    assert stayed(programme, "2025-01-14").started == 0
    assert stayed(programme, "2025-01-15").started == 1


def test_earlier_cohorts_are_counted_unless_they_are_left_out(programme: Programme) -> None:
    for term in ("HT2023", "VT2025", "HT2026"):
        a_starter(programme, a_cohort(programme, term))
    spring = scope(programme, "VT2025")
    everybody, alone = (retention(programme.store, spring, earlier=earlier) for earlier in (True, False))
    assert (everybody.started, everybody.terms) == (2, TermRange(Term.parse("HT2023"), Term.parse("VT2025")))
    assert (alone.started, alone.terms) == (1, spring.terms)


def test_a_term_has_its_own_marks(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme, "HT2024"), said="still 2026-01-15")
    a_starter(programme, a_cohort(programme, "VT2025"))
    a_cohort(programme, "HT2025")
    found = by_term(programme.store, scope(programme))
    assert {str(term): marks[1].still_employed for term, marks in found.items()} == {"HT2024": 1, "VT2025": 0}


def test_only_a_units_own_are_counted(programme: Programme) -> None:
    a_starter(programme, a_cohort(programme, unit="Norr"), said="still 2026-01-15")
    a_starter(programme, a_cohort(programme, name="other"))
    assert retention(programme.store, scope(programme, unit="norr")).started == 1


def test_units_and_cohorts_are_groups_in_a_readers_order(programme: Programme) -> None:
    for term, name, unit in (("VT2025", "b", "Öst"), ("VT2025", "a", "Norr"), ("HT2024", "", None)):
        a_starter(programme, a_cohort(programme, term, name, unit), said="still 2026-01-15")
    assert list(groups(stayed(programme, by="unit"))) == ["Norr", "Öst", None]
    assert list(groups(stayed(programme, by="cohort"))) == ["HT2024", "VT2025 a", "VT2025 b"]


def test_the_groups_add_up_to_all(programme: Programme) -> None:
    cohort = a_cohort(programme)
    a_supervisor(programme, "Siv Hand")
    for said, who in (("still 2026-01-15", "S-1"), ("", "S-1"), ("left 2025-12-01", "")):
        a_starter(programme, cohort, said=said, supervisor=who)
    found = stayed(programme, by="supervisor")
    assert groups(found) == {"Siv Hand": (1, 2), None: (0, 1)}
    assert sum(each.marks[1].due for each in found.groups) == found.marks[1].due


def test_the_last_supervisor_has_the_candidate_and_namesakes_are_told_apart(programme: Programme) -> None:
    cohort = a_cohort(programme, unit="Norr")
    for name, unit in (("Siv Hand", None), ("Åke Sol", None), ("Siv Hand", "Norr")):
        a_supervisor(programme, name, unit)
    label = programme.candidate(cohort, "2025-01-01")
    for n, staff in enumerate(("S-2", "S-1"), 2):
        noting.assign(programme.writing(), [label], date(2025, 1, n), supervisor=staff)
    programme.tell(label, "applied 2025-01-04 started 2025-01-15")
    a_starter(programme, a_cohort(programme, "HT2024"), supervisor="S-3")
    assert list(groups(stayed(programme, by="supervisor"))) == ["Siv Hand (S-1)", "Siv Hand (S-3)"]


def test_a_university_is_called_by_its_name(programme: Programme) -> None:
    details = Details("Ida", university="miun")
    added = candidates.add_candidate(programme.writing(), details, a_cohort(programme), date(2025, 1, 1))
    programme.tell(added.candidacy, "applied 2025-01-03 started 2025-01-15")
    a_starter(programme, a_cohort(programme, "HT2024"))
    found = stayed(programme, by="university").groups
    assert [(each.group, each.title) for each in found] == [("miun", "Mittuniversitetet"), (None, None)]


def test_a_channel_is_that_of_the_first_contact_before_the_start(programme: Programme) -> None:
    meetings, cohort = Meetings(programme), a_cohort(programme)
    by_word, met_twice, met_late, unknown = (a_starter(programme, cohort) for _ in range(4))
    for label in (by_word, met_twice, met_late):
        meetings.told(label, "referral")
    fair, visit = meetings.activity("fair", "2024-11-01"), meetings.activity("visit", "2024-12-01")
    meetings.touch(visit, "2024-12-01", met_twice)
    meetings.touch(fair, "2024-11-01", met_twice)
    meetings.touch(meetings.activity("ad", "2025-06-01"), "2025-06-01", met_late)
    assert unknown
    assert groups(stayed(programme, by="channel")) == {"fair": (0, 1), "referral": (0, 2), None: (0, 1)}


def test_channels_have_as_many_starters_as_the_report_of_channels_says(programme: Programme) -> None:
    meetings, cohort = Meetings(programme), a_cohort(programme)
    visit = meetings.activity("visit", "2024-12-01")
    for n in range(6):
        label = a_starter(programme, cohort)
        if n % 2:
            meetings.touch(visit, "2024-12-01", label)
        elif n:
            meetings.told(label, "ad")
    hired = {each.kind: each.figures.hired for each in meetings.channels("VT2025").kinds}
    assert hired == {title: due for title, (_, due) in groups(stayed(programme, by="channel")).items()}


def test_reasons_for_leaving_are_counted_as_they_are_spelt_first(programme: Programme) -> None:
    cohort = a_cohort(programme)
    for said in (
        "left:Better_pay 2025-02-01",
        "left:better_PAY 2026-02-01",
        "left:moved 2025-12-01",
        "left:back 2025-02-01 still 2025-03-01",
    ):
        a_starter(programme, cohort, said=said)
    assert [tuple(each) for each in stayed(programme).reasons] == [("Better pay", 2), ("moved", 1)]


def test_words_that_were_removed_leave_a_number(programme: Programme) -> None:
    label = a_starter(programme, a_cohort(programme), said="left:moved 2025-12-01")
    protect(programme.writing(), label.partition(".")[0])
    assert [tuple(each) for each in stayed(programme).reasons] == [(None, 1)]
    say(programme, label, "still 2026-02-01")
    assert stayed(programme).reasons == ()
