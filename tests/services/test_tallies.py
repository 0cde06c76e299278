"""Tallies tell what there is, whichever way it came about; what is taken back is taken out of them too."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from socrekry.domain.errors import Refused
from socrekry.services import moves, persons
from socrekry.services.checking import check
from socrekry.services.noting import NewFact, record
from socrekry.services.opening import opened
from socrekry.services.tallies import Cell, cells, difference, wrong_tallies
from socrekry.services.undoing import undo
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from tests.builders import TODAY, Office, a_database, a_store, an_office

WORD = Cell("left", (1, "lead", 7, "applied"))


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Give an office with one cohort, on each engine in turn."""
    made = opened(a_database(), writing=True) if request.param == "postgresql" else a_store(tmp_path)
    with made as store:
        yield an_office(store)


def counted(store: Store, tally: str) -> int:
    return int(store.engine_rows(f"SELECT COALESCE(SUM(n), 0) FROM {tally}_tally")[0][0])


def of_the_word(store: Store) -> int:
    return int(store.engine_rows("SELECT COALESCE(SUM(n), 0) FROM left_tally WHERE days = 7")[0][0])


def test_a_candidate_is_counted_where_she_stands(office: Office) -> None:
    office.add("Åsa", "applied")
    assert (counted(office.store, "visit"), counted(office.store, "standing")) == (2, 1)
    assert (counted(office.store, "time"), counted(office.store, "left")) == (1, 1)
    assert wrong_tallies(office.store) == {}


def test_what_is_undone_is_taken_out(office: Office) -> None:
    ref = office.add("Åsa", "applied")
    undo(office.by(command="undo"), ref)
    undo(office.by(command="undo"), ref)
    assert counted(office.store, "left") == 0
    assert wrong_tallies(office.store) == {}


def test_a_dry_run_counts_nothing(office: Office) -> None:
    before = counted(office.store, "visit")
    writing = office.by()
    with Writing(office.store, writing.occasion, dry_run=True).transaction():
        pass
    dry = Writing(office.store, writing.occasion, dry_run=True)
    with dry.transaction():
        dry.tallied({WORD: 1})
    assert (counted(office.store, "visit"), of_the_word(office.store)) == (before, 0)


def test_a_part_that_is_taken_back_takes_its_counts_along(office: Office) -> None:
    writing = office.by()
    with writing.transaction():
        writing.tallied({WORD: 1})
        with suppress(Refused), writing.transaction():
            writing.tallied({WORD: 10})
            raise Refused("nothing-to-undo")
        with writing.transaction():
            writing.tallied({WORD: 100})
    assert of_the_word(office.store) == 101


def test_a_part_within_a_part_that_is_taken_back_goes_with_it(office: Office) -> None:
    writing = office.by()
    with writing.transaction():
        with suppress(Refused), writing.transaction():
            with writing.transaction():
                writing.tallied({WORD: 10})
            raise Refused("nothing-to-undo")
        writing.tallied({WORD: 1})
    assert of_the_word(office.store) == 1


def test_a_transaction_that_fails_leaves_nothing_to_the_next(office: Office) -> None:
    writing = office.by()
    with suppress(Refused), writing.transaction():
        writing.tallied({WORD: 10})
        raise Refused("nothing-to-undo")
    with writing.transaction():
        writing.tallied({WORD: 1})
    assert of_the_word(office.store) == 1


def test_numbers_below_nought_take_away_what_others_have_added(office: Office) -> None:
    for number in (5, -2):
        writing = office.by()
        with writing.transaction():
            writing.tallied({WORD: number})
    assert of_the_word(office.store) == 3


def test_of_what_somebody_said_nothing_is_left_once_she_is_protected(office: Office) -> None:
    ref = office.add("Åsa", "applied")
    moves.close(office.by(), [ref], TODAY, outcome="declined", reason="Flyttar till Ö")
    reasons = "SELECT reason FROM visit_tally WHERE n <> 0 AND reason <> ''"
    assert office.store.engine_rows(reasons) == [("Flyttar till Ö",)]
    persons.protect(office.by(command="protect"), "C-1")
    assert office.store.engine_rows(reasons) == []
    assert wrong_tallies(office.store) == {}


def test_a_reason_is_told_by_its_first_words(office: Office) -> None:
    ref = office.add("Åsa", "applied")
    moves.close(office.by(), [ref], TODAY, outcome="declined", reason="å" * 1_000)
    assert ("å" * 200,) in office.store.engine_rows("SELECT reason FROM visit_tally")
    assert wrong_tallies(office.store) == {}


def test_who_has_started_is_counted_by_what_is_said_of_her(office: Office) -> None:
    ref = office.add("Åsa", "started")
    (outcome,) = record(office.by(), [ref], [NewFact("left", "Flyttade", TODAY)])
    assert outcome.done
    told = "SELECT started_on, left_on, still_on, reason FROM course_tally WHERE n <> 0"
    assert office.store.engine_rows(told) == [(TODAY.isoformat(), TODAY.isoformat(), "", "Flyttade")]
    assert wrong_tallies(office.store) == {}


def test_a_tally_that_somebody_meddled_with_is_found_and_counted_anew(office: Office) -> None:
    office.add("Åsa", "applied")
    office.store.engine_rows("UPDATE visit_tally SET n = n + 1")
    office.store.engine_rows("DELETE FROM left_tally")
    found = {each.details["tally"]: each.code for each in check(office.store).defects}
    assert found == {"visit": "tally-differs", "left": "tally-differs"}
    writing = office.by(command="check")
    with writing.transaction():
        mended = check(office.store, mend_at=writing.occasion.recorded_at)
    assert (mended.found, mended.mended) == (0, 2)
    assert wrong_tallies(office.store) == {}


def test_the_same_twice_makes_no_difference(office: Office) -> None:
    ref = office.add("Åsa", "applied")
    subject = office.subject(ref)
    once = cells(subject.version, subject.candidacy, {})
    assert difference(once, once) == {}
    assert difference({}, once) == once
