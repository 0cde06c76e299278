"""What a term's report counts, on histories short enough to count by hand."""

from datetime import date

import pytest

from socrekry.domain import intents
from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound
from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.figures import Account, Step, TermReport
from socrekry.reports.term_report import term_report
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme, tell_of_huddinge

APPLIED = "2025-03-01 applied 2025-03-11"
SELECTED = f"{APPLIED} selected 2025-04-10"


def reported(programme: Programme, terms: str | None = None, as_of: str = "", **more: str) -> TermReport:
    """Return the report of the terms, as of the day."""
    day = date.fromisoformat(as_of) if as_of else TODAY
    question = Question(day, parse_range(terms) if terms else None, **more)  # type: ignore[arg-type]
    return term_report(programme.store, question, TODAY)


def account(programme: Programme, as_of: str = "") -> Account:
    """Return the account of the only cohort."""
    (cohort,) = reported(programme, as_of=as_of).cohorts
    return cohort.account


def steps(account: Account) -> dict[str, tuple[int | None, int | None, int | None]]:
    """Return reached, completed and here for each stage that anybody reached."""
    every = (*account.funnel, *account.beside)
    return {each.stage.name: (each.reached, each.completed, each.in_stage) for each in every if each.reached}


def exits(account: Account) -> list[tuple[str, str | None, str | None, str | None, int | None]]:
    return [
        (each.stage.name if each.stage else "", each.outcome, each.reason, each.by, each.number)
        for each in account.exits
    ]


def step(account: Account, stage: str) -> Step:
    return next(each for each in account.funnel if each.stage.name == stage)


def test_the_contracts_cohort_is_counted_as_the_contract_shows_it(the_contract: Programme) -> None:
    found = account(the_contract)
    shown = [(s.stage.name, s.reached, s.in_stage, s.of_previous, s.of_base) for s in found.funnel]
    assert shown == [
        ("lead", 41, 0, None, None),
        ("applied", 28, 0, 0.6829, 1.0),
        ("selected", 12, 0, 0.4286, 0.4286),
        ("placement", 10, 0, 0.8333, 0.3571),
        ("trainee", 9, 4, 0.9, 0.3214),
        ("offer", 4, 2, 0.4444, 0.1429),
        ("hired", 2, 2, 0.5, 0.0714),
        ("started", 0, 0, None, None),
    ]
    assert (found.seats, found.seats_taken, found.from_waiting_list, found.ended) == (10, 8, 2, 33)


def test_what_nobody_can_have_reached_shows_the_earliest_day(the_contract: Programme) -> None:
    days = {s.stage.name: s.earliest for s in account(the_contract).funnel if s.earliest}
    assert days == {"started": date(2027, 1, 18)}
    before = {s.stage.name: str(s.earliest) for s in account(the_contract, "2025-08-31").funnel if s.earliest}
    assert before == {
        "placement": "2025-09-01",
        "trainee": "2026-01-19",
        "offer": "2026-08-31",
        "hired": "2026-08-31",
        "started": "2027-01-18",
    }


def test_what_somebody_could_have_reached_is_nought_per_cent(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2024"), SELECTED)
    found = step(account(programme), "placement")
    assert (found.reached, found.of_previous, found.earliest) == (0, 0.0, None)


def test_where_nobody_is_left_nothing_lies_ahead(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2026"), f"{APPLIED} withdrawn 2025-05-01")
    assert [each.earliest for each in account(programme).funnel] == [None] * 8


def test_an_empty_cohort_has_everything_ahead(programme: Programme) -> None:
    programme.cohort("VT2027")
    (cohort,) = reported(programme, "VT2027").cohorts
    assert step(cohort.account, "placement").earliest == date(2027, 1, 18)
    assert cohort.account.ended == 0


def test_a_stage_that_was_undone_was_never_reached(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"), SELECTED)
    programme.tell(label, "undo")
    assert steps(account(programme)) == {"lead": (1, 1, 0), "applied": (1, 0, 1)}
    assert account(programme).seats_taken == 0


def test_a_candidacy_that_was_undone_counts_nowhere(programme: Programme) -> None:
    programme.tell(programme.candidate(programme.cohort("HT2025")), "undo")
    assert steps(account(programme)) == {}


def test_who_is_taken_up_again_has_not_ended(programme: Programme) -> None:
    closed = f"{APPLIED} withdrawn:candidate:flytt 2025-04-01"
    programme.candidate(programme.cohort("HT2025"), f"{closed} reopen 2025-05-01")
    assert steps(account(programme)) == {"lead": (1, 1, 0), "applied": (1, 0, 1)}
    assert exits(account(programme)) == []
    assert exits(account(programme, "2025-04-30")) == [("applied", "withdrawn", "flytt", "candidate", 1)]


def test_who_goes_forwards_twice_has_completed_the_stage_once(programme: Programme) -> None:
    back = a_pipeline(back=[("selected", "applied")], stages={"selected": {"takes_seat": True}})
    programme.install(back)
    cohort = programme.cohort("HT2025", pipeline=back.name)
    twice = "applied 2025-05-01 selected 2025-05-11"
    programme.candidate(cohort, f"{SELECTED} {twice}")
    assert steps(account(programme))["applied"] == (1, 1, 0)
    assert steps(account(programme, "2025-05-05"))["applied"] == (1, 1, 1)
    assert account(programme, "2025-05-05").seats_taken == 1


def test_a_seat_is_freed_by_an_ending_alone(programme: Programme) -> None:
    cohort = programme.cohort("HT2024")
    started = f"{SELECTED} placement 2025-05-01 trainee 2025-06-01 offer 2025-07-01 hired 2025-08-01"
    programme.candidate(cohort, f"{started} started 2025-09-01")
    programme.candidate(cohort, f"{SELECTED} declined 2025-06-01")
    assert account(programme).seats_taken == 1
    assert account(programme, "2025-05-31").seats_taken == 2


def test_who_came_from_the_waiting_list_is_told_apart(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, f"{APPLIED} reserve 2025-04-01 selected 2025-05-01")
    programme.candidate(cohort, SELECTED)
    programme.candidate(cohort, f"{APPLIED} reserve 2025-04-01")
    found = account(programme)
    assert (found.from_waiting_list, steps(found)["reserve"]) == (1, (2, 1, 1))


def test_the_past_is_counted_by_what_had_happened_then(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), f"{SELECTED} declined 2025-05-01")
    assert steps(account(programme, "2025-02-28")) == {}
    assert steps(account(programme, "2025-03-01")) == {"lead": (1, 0, 1)}
    assert steps(account(programme, "2025-04-09")) == {"lead": (1, 1, 0), "applied": (1, 0, 1)}
    assert account(programme, "2025-04-30").seats_taken == 1
    assert account(programme, "2025-05-01").seats_taken == 0


def test_a_transferred_candidacy_counts_where_it_is_now(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"), SELECTED)
    later = programme.cohort("HT2026")
    programme.do(label, intents.Transfer(later.id), date(2025, 5, 1), cohort=later.id)
    taken = {
        str(each.term): each.account.seats_taken for each in reported(programme, "HT2025..HT2026").cohorts
    }
    assert taken == {"HT2025": 0, "HT2026": 1}


def test_exits_are_ordered_by_stage_and_number_and_spelling_alone_parts_no_reasons(
    programme: Programme,
) -> None:
    cohort = programme.cohort("HT2025")
    for reason in ("Lön", "Lön", "lön"):
        programme.candidate(cohort, f"{APPLIED} withdrawn:candidate:{reason} 2025-05-01")
    programme.candidate(cohort, f"{APPLIED} rejected:employer 2025-05-01", 4)
    programme.candidate(cohort, "2025-03-01 no-reply 2025-05-01")
    assert exits(account(programme)) == [
        ("lead", "no-reply", None, None, 1),
        ("applied", "rejected", None, "employer", 4),
        ("applied", "withdrawn", "Lön", "candidate", 3),
    ]


def test_a_stage_takes_the_time_of_all_its_stays_without_pauses(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2025-03-01 applied 2025-03-11")
    programme.candidate(cohort, "2025-03-01 applied 2025-03-21")
    programme.candidate(cohort, "2025-03-01 pause:2025-03-21 2025-03-11 applied 2025-04-10")
    programme.candidate(cohort, "2025-03-01 no-reply 2025-03-02")
    programme.candidate(cohort, "2025-03-01", 2)
    lead = account(programme).durations[0]
    assert (lead.stage.name, lead.median_days, lead.completed, lead.open) == ("lead", 20, 3, 2)
    assert account(programme, "2025-03-25").durations[0][1:-1] == (20, None, 2, 1, 3, 0)


def test_the_published_figures_come_out_over_seventeen_terms(programme: Programme) -> None:
    tell_of_huddinge(programme)
    (all_,) = reported(programme, "HT2010..HT2018").pipelines
    reached = {each.stage.name: (each.reached, each.of_previous) for each in all_.account.funnel}
    assert [reached[stage] for stage in ("placement", "trainee", "hired")] == [
        (170, 1.0),
        (97, 0.5706),
        (69, 0.7113),
    ]
    assert step(all_.account, "started").of_base == pytest.approx(0.41, abs=0.005)
    assert [term.year for term, _ in all_.terms].count(2014) == 2
    assert len(all_.terms) == 17


def test_a_unit_counts_its_own_candidacies_and_shares_no_seats(programme: Programme) -> None:
    shared = programme.cohort("HT2025")
    own = programme.cohort("HT2025", 4, unit="Barn och unga")
    programme.candidate(shared, SELECTED)
    programme.candidate(own, APPLIED, 2)
    label = programme.candidate(shared, SELECTED)
    programme.do(label, intents.Transfer(shared.id, own.unit_id), date(2025, 5, 1), cohort=shared.id)
    found = reported(programme, unit="barn")
    assert [(each.unit, each.account.seats) for each in found.cohorts] == [(None, None), ("Barn och unga", 4)]
    assert steps(found.pipelines[0].account)["lead"] == (3, 3, 0)
    assert (found.unit, found.pipelines[0].account.seats) == ("Barn och unga", None)


def test_pipelines_are_counted_each_for_itself(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), SELECTED)
    programme.candidate(programme.cohort("HT2025", 2, pipeline="direct"), APPLIED)
    assert [each.pipeline.name for each in reported(programme).pipelines] == ["direct", "trainee"]
    (only,) = reported(programme, pipeline="Direct").pipelines
    assert steps(only.account) == {"lead": (1, 1, 0), "applied": (1, 0, 1)}


def test_the_pipeline_with_the_most_cohorts_comes_first(programme: Programme) -> None:
    for term, pipeline in (("HT2024", "direct"), ("HT2024", "trainee"), ("HT2025", "trainee")):
        programme.cohort(term, pipeline=pipeline)
    found = reported(programme, "HT2024..HT2025").pipelines
    assert [each.pipeline.name for each in found] == ["trainee", "direct"]


def test_a_stage_that_only_an_earlier_version_has_is_shown_in_its_place(programme: Programme) -> None:
    programme.install(a_pipeline("lead applied selected hired"))
    cohort = programme.cohort("HT2025", pipeline="some-pipeline")
    programme.candidate(cohort, APPLIED)
    programme.install(a_pipeline("lead selected hired", stages={"selected": {"takes_seat": True}}), 2)
    programme.candidate(cohort, "2025-03-01 selected 2025-04-01")
    found = account(programme)
    assert [each.stage.name for each in found.funnel] == ["lead", "applied", "selected", "hired"]
    assert steps(found)["applied"] == (1, 0, 1)


def test_each_version_of_a_pipeline_says_where_its_seats_are_taken(programme: Programme) -> None:
    programme.install(a_pipeline("lead selected hired", stages={"hired": {"takes_seat": True}}))
    cohort = programme.cohort("HT2025", pipeline="some-pipeline")
    programme.candidate(cohort, "2025-03-01 selected 2025-04-01", 2)
    programme.install(a_pipeline("lead selected hired", stages={"selected": {"takes_seat": True}}), 2)
    programme.candidate(cohort, "2025-03-01 selected 2025-04-01 hired 2025-05-01", 3)
    assert account(programme).seats_taken == 3


@pytest.mark.parametrize(
    ("terms", "usual"),
    [("HT2024 HT2025 VT2027", "HT2025"), ("VT2027 HT2027", "VT2027"), ("", "HT2026")],
)
def test_the_usual_term_is_the_latest_that_has_begun_or_else_the_next(
    programme: Programme, terms: str, usual: str
) -> None:
    for term in terms.split():
        programme.cohort(term)
    assert str(reported(programme).terms) == usual


def test_a_term_without_a_cohort_gives_an_empty_report(programme: Programme) -> None:
    found = reported(programme, "HT2025")
    assert (found.cohorts, found.pipelines) == ((), ())


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"pipeline": "nope"}, "pipeline-not-found"),
        ({"unit": "nope"}, "unit-not-found"),
        ({"unit": "b"}, "unit-ambiguous"),
        ({"as_of": "2026-11-21"}, "as-of-in-future"),
    ],
)
def test_what_is_not_there_is_said(programme: Programme, asked: dict[str, str], code: str) -> None:
    programme.cohort("HT2025", unit="Barn")
    programme.cohort("HT2025", unit="Bistånd")
    with pytest.raises((Ambiguous, InvalidInput, NotFound)) as error:
        reported(programme, **asked)
    assert error.value.code == code
