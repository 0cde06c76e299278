"""A report says the same whether it is read from the tallies or counted from stays."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain import intents
from socrekry.domain.term import TermRange
from socrekry.reports.asking import Question, Scope, scope_of
from socrekry.reports.channels import channels, totals_by_term
from socrekry.reports.counting import count
from socrekry.reports.needs import LAST_TERM, needs
from socrekry.reports.retention import retention
from socrekry.reports.stays import stays
from socrekry.reports.tallied import credits_answer, tallies_answer
from socrekry.services.tallies import TALLIES
from socrekry.services.touches import add_touches
from socrekry.store.connect import Store
from tests.builders import HT2026, a_store, an_office
from tests.contacts import Step, do, settle, steps
from tests.reports.programme import TODAY, Programme, a_programme
from tests.reports.test_against_the_log import TERMS, live, lives
from tests.rounds import rounds


@pytest.fixture
def programme(tmp_path: Path) -> Iterator[Programme]:
    with a_programme(tmp_path / "store.db") as programme:
        yield programme


def without_tallies(store: Store) -> None:
    with store.transaction():
        for tally in TALLIES.values():
            store.write(tally.empty)


def everything(store: Store, scope: Scope) -> object:
    """Return all that may be read from a tally."""
    first_contacts = [channels(store, scope, by_activity_term=each) for each in (False, True)]
    counted = count(store, scope)
    counts = {number: vars(each) for number, each in counted.counts.items()}
    return (
        counts,
        {name: (set(each.left), set(each.here)) for name, each in stays(store, scope.as_of).items()},
        needs(store, TermRange(TERMS.first, LAST_TERM), scope.as_of),
        retention(store, scope),
        first_contacts,
        totals_by_term(store, scope),
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(lives, min_size=1, max_size=4), st.sampled_from((None, "Vuxen")))
def test_both_ways_are_equal(lived: list[list[tuple[intents.Intent, int]]], unit: str | None) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        cohort = programme.cohort("HT2025", 2, unit="Vuxen")
        programme.cohort("HT2026", 1)
        programme.candidate(cohort, "2025-03-01")  # somebody counts, whatever is undone below
        for life in lived:
            live(programme, cohort, life)
        scope = scope_of(programme.store, Question(TODAY, TERMS, unit=unit), TODAY)
        assert tallies_answer(programme.store, TODAY)
        read = everything(programme.store, scope)
        without_tallies(programme.store)
        assert not tallies_answer(programme.store, TODAY)
        assert read == everything(programme.store, scope)


@settings(max_examples=rounds(200, brief=12), deadline=None)
@given(st.lists(steps, max_size=12), st.sampled_from((None, "direct")), st.integers(-1, 1))
def test_so_is_whose_credit_it_is_whatever_came_between(
    told: list[Step], pipeline: str | None, term: int
) -> None:
    with TemporaryDirectory() as folder, a_store(Path(folder)) as store:
        office = an_office(store)
        settle(office)
        for step in told:
            do(office, step)
        asked = TermRange(HT2026.plus(term), HT2026.plus(1))
        scope = scope_of(store, Question(TODAY, asked, pipeline), TODAY)
        assert credits_answer(store, TODAY)
        read = everything(store, scope)
        without_tallies(store)
        assert read == everything(store, scope)


def test_they_do_not_say_whose_credit_it_was_before_somebody_was_met(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        office = an_office(store)
        settle(office)
        add_touches(office.by(), ["C-2"], "A-1", TODAY - timedelta(days=9))
        assert credits_answer(store, TODAY - timedelta(days=9))
        assert tallies_answer(store, TODAY - timedelta(days=10))
        assert not credits_answer(store, TODAY - timedelta(days=10))


def test_they_answer_for_no_day_after_which_something_happened(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01 applied 2025-04-01")
    assert tallies_answer(programme.store, date(2025, 4, 1))
    assert not tallies_answer(programme.store, date(2025, 3, 31))


def test_nor_for_one_before_a_candidacy_ended(programme: Programme) -> None:
    programme.candidate(programme.cohort("HT2025"), "2025-03-01 withdrawn 2025-05-01")
    assert tallies_answer(programme.store, date(2025, 5, 1))
    assert not tallies_answer(programme.store, date(2025, 4, 30))


def test_nor_for_one_before_a_rest_was_over(programme: Programme) -> None:
    programme.candidate(
        programme.cohort("HT2025"), "2025-03-01 pause:2025-06-01 2025-03-02 resume 2025-05-01"
    )
    assert not tallies_answer(programme.store, date(2025, 4, 30))
    assert tallies_answer(programme.store, date(2025, 5, 1))
