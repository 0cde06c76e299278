"""Where row security hides the candidates of other units, tallies tell nobody of them, and are right."""

from contextlib import closing

import psycopg
import pytest

from socrekry.domain.errors import NotFound
from socrekry.domain.term import TermRange
from socrekry.reports.asking import Question, Scope, scope_of
from socrekry.reports.counting import Visits, count
from socrekry.reports.tallied import tallies_answer
from socrekry.services import unit_access
from socrekry.services.finding import find_person
from socrekry.services.merging import merge
from socrekry.services.moves import close
from socrekry.services.tallies import TALLIES, wrong_tallies
from socrekry.services.undoing import undo
from socrekry.store.connect import Store
from tests.builders import HT2026, TODAY
from tests.units_apart import ANNA, BO, Apart, an_office_of, units_apart


@pytest.fixture
def apart() -> Apart:
    return units_apart()


def scope(store: Store) -> Scope:
    return scope_of(store, Question(TODAY, TermRange(HT2026, HT2026), "trainee"), TODAY)


def here(store: Store) -> dict[str, int]:
    """Return where the report says that candidacies stand."""
    (counts,) = count(store, scope(store)).counts.values()
    return {
        stage: visits.here for stage, visits in counts.visits.items() if visits != Visits() and visits.here
    }


@pytest.mark.parametrize("role", ["children", "adults", "nothing", "reader"])
def test_who_may_not_see_everybody_is_shown_no_tally(apart: Apart, role: str) -> None:
    with closing(apart.past_the_program(getattr(apart.logins, role))) as somebody:
        for tally in TALLIES:
            assert somebody.run(f"SELECT COUNT(*) FROM {tally}_tally") == [(0,)]


def test_her_report_counts_whom_she_may_see(apart: Apart) -> None:
    with closing(apart.opened(apart.logins.children, writing=False)) as store:
        assert not tallies_answer(store, TODAY)
        assert here(store) == {"placement": 1, "reserve": 1, "lead": 1}


def test_who_may_see_everybody_reads_the_tallies(apart: Apart) -> None:
    for role in ("everything", "every_reader"):
        with closing(apart.opened(getattr(apart.logins, role), writing=False)) as store:
            assert tallies_answer(store, TODAY)
            assert here(store) == {"placement": 2, "reserve": 2, "lead": 1}


def test_what_she_changes_is_counted_without_her_seeing_it(apart: Apart) -> None:
    with closing(apart.opened(apart.logins.children)) as store:
        (outcome,) = close(an_office_of(store).by(), [ANNA], TODAY, outcome="declined", reason="Flyttar")
        assert outcome.done
    with closing(apart.opened()) as store:
        assert wrong_tallies(store) == {}
        assert here(store) == {"placement": 1, "reserve": 2, "lead": 1}


def test_whoever_takes_back_a_merge_counts_her_too_who_is_out_of_sight_then(apart: Apart) -> None:
    with closing(apart.opened(apart.logins.everything)) as store:
        everybody = an_office_of(store)
        close(everybody.by(), [BO], TODAY, outcome="declined")
        merge(everybody.by(command="merge"), ANNA, BO)
    with closing(apart.opened(apart.logins.children)) as store:
        children = an_office_of(store)
        undo(children.by(command="undo"), ANNA)
        with pytest.raises(NotFound):
            find_person(store, BO)
    with closing(apart.opened()) as store:
        assert wrong_tallies(store) == {}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE visit_tally SET n = 0 RETURNING stage",
        "DELETE FROM visit_tally RETURNING stage",
        "SELECT stage FROM visit_tally FOR UPDATE",
    ],
)
def test_nor_can_she_get_at_it_by_changing_it(apart: Apart, sql: str) -> None:
    with closing(apart.past_the_program(apart.logins.children)) as somebody:
        assert somebody.run(sql) == []


def test_the_trigger_is_nobody_s_to_use(apart: Apart) -> None:
    with closing(apart.past_the_program(apart.logins.children)) as somebody:
        somebody.run("CREATE TEMP TABLE mine (n integer PRIMARY KEY)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            somebody.run(
                "CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION tally_add('n')"
            )


def test_switched_off_everybody_adds_by_her_own_rights(apart: Apart) -> None:
    with closing(apart.opened()) as store:
        unit_access.switch(store, on=False)
    with closing(apart.opened(apart.logins.children)) as store:
        (outcome,) = close(an_office_of(store).by(), [ANNA], TODAY, outcome="declined", reason="Flyttar")
        assert outcome.done
        assert wrong_tallies(store) == {}
