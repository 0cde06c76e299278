"""To whose credit a candidacy is: kept as it would be counted anew, whatever came first and came back."""

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from socrekry.domain.attribution import graduating_terms
from socrekry.domain.errors import Refused
from socrekry.domain.term import term_of
from socrekry.services.candidates import add_candidacy
from socrekry.services.cohorts import find_cohort
from socrekry.services.crediting import credit_of, credit_of_new, reached
from socrekry.services.merging import merge
from socrekry.services.opening import opened
from socrekry.services.persons import edit_candidate
from socrekry.services.tallies import wrong_tallies
from socrekry.services.touches import add_touches, find_source, remove_touches, touch_by
from socrekry.services.undoing import undo_last
from socrekry.store.connect import Store
from tests.builders import HT2026, Office, a_database, a_file, a_store, an_office
from tests.contacts import BEGUN, Step, do, settle, steps
from tests.rounds import rounds

EARLIER, LATER = BEGUN - timedelta(days=9), BEGUN + timedelta(days=9)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Give an office that has met a few, on each engine in turn."""
    place = str(a_file(tmp_path)) if request.param == "sqlite" else a_database()
    with closing(opened(place, writing=True)) as store:
        made = an_office(store)
        settle(made)
        yield made


def leads(store: Store) -> dict[tuple[int, str], int]:
    """Return how many candidacies each contact has the credit for, by its activity and its word."""
    rows = store.engine_rows(
        "SELECT activity_id, kind, SUM(n) FROM credit_tally WHERE begins GROUP BY activity_id, kind"
    )
    return {(activity, kind): int(n) for activity, kind, n in rows if n}


FIRST = {(0, ""): 1, (0, "fair"): 1, (1, ""): 1}


def test_whoever_was_met_first_has_the_credit(office: Office) -> None:
    assert leads(office.store) == FIRST
    add_touches(office.by(), ["C-1", "C-2"], "A-1", EARLIER)
    assert leads(office.store) == {(1, ""): 3}
    remove_touches(office.by(), ["C-2", "C-3"], "A-1")
    assert leads(office.store) == {(0, "fair"): 1, (1, ""): 1, (0, "visit"): 1}
    assert wrong_tallies(office.store) == {}


def test_what_is_taken_back_gives_the_credit_back(office: Office) -> None:
    add_touches(office.by(command="touch"), ["C-1"], "A-2", LATER)
    assert leads(office.store) == {(0, "fair"): 1, (1, ""): 1, (2, ""): 1}
    undo_last(office.by(command="undo"))
    assert leads(office.store) == FIRST
    assert wrong_tallies(office.store) == {}


def test_a_merge_gives_all_of_hers_to_the_first_contact_of_both(office: Office) -> None:
    add_candidacy(office.by(), "C-2", find_cohort(office.store, "K-3"), LATER)
    merge(office.by(command="merge"), "C-2", "C-3")  # of two in the same cohort, one is set aside
    assert leads(office.store) == {(0, ""): 1, (1, ""): 2}
    undo_last(office.by(command="undo"))
    assert leads(office.store) == FIRST | {(0, "fair"): 2}
    assert wrong_tallies(office.store) == {}


def test_a_rehearsal_changes_no_credit(office: Office) -> None:
    add_touches(office.by(dry_run=True), ["C-1"], "A-1", EARLIER)
    assert leads(office.store) == FIRST


def test_a_part_that_is_taken_back_is_not_counted_nor_what_it_was_before(office: Office) -> None:
    writing, source = office.by(), find_source(office.store, "A-2")
    with writing.transaction():
        with suppress(Refused), writing.transaction():
            touch_by(writing, 2, source)
            raise Refused("nothing-to-undo")
        with writing.transaction():
            touch_by(writing, 1, source)
        touch_by(writing, 3, source)
    assert leads(office.store) == {(0, "fair"): 1, (1, ""): 1, (2, ""): 1}
    assert wrong_tallies(office.store) == {}


def test_who_is_counted_before_the_end_is_counted_once(office: Office) -> None:
    writing = office.by()
    with writing.transaction():
        touch_by(writing, 1, find_source(office.store, "A-2"))
        with suppress(Refused), writing.transaction():
            writing.credited(1)
            raise Refused("nothing-to-undo")
        with writing.transaction():
            writing.credited(1)
            touch_by(writing, 1, find_source(office.store, "A-1"))
    assert leads(office.store) == {(0, "fair"): 1, (1, ""): 2}
    assert wrong_tallies(office.store) == {}


def test_whoever_is_new_is_counted_without_asking(office: Office) -> None:
    visit = ("visit", 1, (BEGUN - timedelta(days=30)).isoformat())
    for number, source in enumerate((None, ("fair", None, None), visit), 1):
        subject = office.subject(f"C-{number}.1")
        came_to = reached(subject.version, subject.candidacy)
        found = credit_of_new(came_to, BEGUN, source, HT2026.plus(number - 4))
        assert found == credit_of(office.store, number)


@pytest.fixture(scope="module")
def someone() -> Iterator[Office]:
    """Give an office that has one candidate, whose days a test may change as it likes."""
    with TemporaryDirectory() as folder, a_store(Path(folder)) as store:
        made = an_office(store)
        made.add("Åsa")
        yield made


days = st.dates(date(1903, 1, 1), date(2099, 1, 1))


@settings(max_examples=rounds(3_000, brief=200), deadline=None)
@given(days, st.integers(-2, 3))
@example(date(2024, 6, 2), 0)
@example(date(2000, 1, 16), 1)
def test_the_store_knows_the_terms_in_which_somebody_graduates_soon(
    someone: Office, day: date, after: int
) -> None:
    for met in (day, term_of(day).starts, term_of(day).ends, term_of(day).starts - timedelta(days=1)):
        graduates = term_of(met).plus(after)
        someone.store.engine_rows("UPDATE stay SET entered_on = ?", met.isoformat())
        someone.store.engine_rows("UPDATE person SET graduates = ?", graduates.code)
        ((cell, _),) = credit_of(someone.store, 1).items()
        assert cell.key[-1] == (graduates in graduating_terms(met)), (met, graduates)


@settings(max_examples=rounds(400, brief=12), deadline=None)
@given(st.lists(steps, max_size=15))
def test_whatever_happens_it_is_what_would_be_counted_anew(told: list[Step]) -> None:
    with TemporaryDirectory() as folder, a_store(Path(folder)) as store:
        office = an_office(store)
        settle(office)
        for step in told:
            do(office, step)
            assert wrong_tallies(store) == {}, step


def test_when_she_graduates_may_be_said_later(office: Office) -> None:
    soon = "SELECT SUM(n) FROM credit_tally WHERE graduating AND n > 0"
    before = int(office.store.engine_rows(soon)[0][0] or 0)
    edit_candidate(office.by(), "C-1", {"graduates": term_of(BEGUN)})
    assert int(office.store.engine_rows(soon)[0][0]) == before + 1
    assert wrong_tallies(office.store) == {}
