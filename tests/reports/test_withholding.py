"""What a public report shows: whatever is added to or taken from its figures, no group under five appears."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.term import parse_range
from socrekry.reports.asking import Question
from socrekry.reports.figures import Account, TermReport
from socrekry.reports.shares import SMALLEST
from socrekry.reports.term_report import term_report
from socrekry.reports.withholding import Atom, Curtain, Figure, classes_of
from tests.reports.programme import TODAY, Programme, tell_of_huddinge

NAMES: list[Figure] = [
    ("reached", "a"),
    ("reached", "b"),
    ("here", "b"),
    ("exit", "a", "declined"),
    ("seat", ""),
]

atoms = st.lists(
    st.builds(
        Atom,
        st.integers(1, 3),
        st.sets(st.sampled_from(NAMES)).map(lambda names: tuple(sorted(names))),
        st.integers(1, 2),
        st.integers(1, 9),
    ),
    max_size=8,
    unique_by=lambda atom: atom[:3],
)


def public(programme: Programme) -> TermReport:
    return term_report(programme.store, Question(TODAY, public=True), TODAY)


def account(programme: Programme) -> Account:
    return public(programme).cohorts[0].account


def reached(found: Account) -> dict[str, int | None]:
    return {each.stage.name: each.reached for each in found.funnel}


@given(atoms)
def test_no_two_figures_that_are_shown_leave_a_small_group(drawn: list[Atom]) -> None:
    curtain = Curtain(drawn)
    cohorts = [[1], [2], [1, 2]]
    shown = [
        {n for n, atom in enumerate(drawn) if atom.within([name], of)}
        for name, of in product(NAMES, cohorts)
        if curtain.shows([name], of)
    ]
    groups = [part for one, other in product(shown, shown) for part in (one & other, one - other)]
    sizes = {sum(drawn[n].number for n in group) for group in groups}
    assert not sizes & set(range(1, SMALLEST))


@given(atoms)
def test_every_candidacy_is_in_one_class_of_five_or_more(drawn: list[Atom]) -> None:
    classes = classes_of(drawn)
    assert sorted(atom for each in classes for atom in each) == sorted(drawn)
    enough = sum(atom.number for atom in drawn) >= SMALLEST
    assert all(sum(atom.number for atom in each) >= SMALLEST for each in classes) or not enough


def test_what_leaves_a_small_group_is_withheld_with_it(the_contract: Programme) -> None:
    found = account(the_contract)
    assert reached(found) == {
        "lead": 41,
        "applied": 28,
        "selected": 12,
        "placement": None,  # ten, and with the twelve before it two
        "trainee": None,
        "offer": None,
        "hired": None,
        "started": 0,
    }
    assert (found.seats, found.seats_taken, found.from_waiting_list, found.ended) == (10, None, None, None)


def test_exits_that_cannot_be_told_apart_are_joined_and_reasons_never_shown(the_contract: Programme) -> None:
    shown = [
        (each.stage.name if each.stage else None, each.outcome, each.reason, each.by, each.number)
        for each in account(the_contract).exits
    ]
    assert shown == [
        ("lead", None, None, None, 13),
        ("applied", None, None, None, 16),
        (None, None, None, None, None),
    ]


def test_a_share_of_what_is_withheld_is_withheld(the_contract: Programme) -> None:
    steps = {each.stage.name: each for each in account(the_contract).funnel}
    assert (steps["selected"].of_previous, steps["placement"].of_previous) == (0.4286, None)


def test_a_median_of_few_stays_is_withheld(the_contract: Programme) -> None:
    medians = [each.median_days for each in account(the_contract).durations]
    assert medians == [28, None, None, None, None, None, None, None]


def lead(found: Account) -> tuple[int | None, ...]:
    """Return the figures of the first stage, from the median to those who have been there too long."""
    return found.durations[0][1:-1]


def test_four_of_five_are_said_where_five_took_longer(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2026-11-01 applied 2026-11-11", 24)
    assert lead(account(programme)) == (10, None, 24, 0, 0, 0)
    programme.candidate(cohort, "2026-11-01 applied 2026-11-11")
    assert lead(account(programme)) == (10, 10, 25, 0, 0, 0)


def test_days_are_withheld_with_any_count_that_they_speak_of(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", 30)
    programme.candidate(cohort, "2026-11-01 no-reply 2026-11-11", 3)
    programme.candidate(cohort, "2026-11-01 applied 2026-11-05", 4)
    programme.candidate(cohort, "2026-11-01 applied 2026-11-05 selected 2026-11-11", 25)
    lead_, applied, *_ = account(programme).durations
    assert lead_[1:-1] == (None, None, None, None, 0, 0)
    assert applied[1:-1] == (None, None, 25, 0, None, 0)


def test_who_has_been_there_too_long_is_never_published(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2026-01-01", 9)
    assert lead(account(programme)) == (None, None, 0, 0, 9, None)
    assert account(programme).durations[0].withheld


def test_stays_that_are_not_one_each_are_withheld(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2026-11-01 applied 2026-11-11", 25)
    programme.candidate(cohort, "2026-11-01 no-reply 2026-11-02 reopen 2026-11-02 no-reply 2026-11-03", 5)
    assert lead(account(programme)) == (None, None, 25, None, 0, 0)


def test_fewer_than_five_in_all_are_not_shown_at_all(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01", 4)
    assert reached(account(programme)) == {"lead": None} | dict.fromkeys(
        ("applied", "selected", "placement", "trainee", "offer", "hired", "started"), 0
    )


def test_one_pipeline_lends_another_nobody_to_hide_behind(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01", 4)
    programme.candidate(programme.cohort("HT2025", pipeline="direct"), "2025-03-01", 9)
    leads = {each.pipeline.name: reached(each.account)["lead"] for each in public(programme).pipelines}
    assert leads == {"trainee": None, "direct": 9}


def test_figures_of_large_groups_are_all_shown(programme: Programme) -> None:
    cohort = programme.cohort("HT2025")
    programme.candidate(cohort, "2026-10-01 no-reply:candidate 2026-11-01", 5)
    programme.candidate(cohort, "2026-11-01 applied 2026-11-11", 20)
    (plain,) = term_report(programme.store, Question(TODAY), TODAY).cohorts
    shown = account(programme)
    assert shown._replace(exits=()) == plain.account._replace(exits=())
    assert [(each.outcome, each.number) for each in shown.exits] == [("no-reply", 5)]


def test_a_sum_over_small_cohorts_is_shown_rather_than_the_cohorts(programme: Programme) -> None:
    tell_of_huddinge(programme)
    question = Question(TODAY, parse_range("HT2010..HT2018"), public=True)
    found = term_report(programme.store, question, TODAY)
    shown = reached(found.pipelines[0].account)
    assert [shown[stage] for stage in ("placement", "trainee", "hired")] == [170, 97, 69]
    assert None in [reached(each.account)["hired"] for each in found.cohorts]
