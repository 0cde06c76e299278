"""Rows become candidates, all of them or none; and one undo takes them all back."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.exchange.candidate_rows import rows_of
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import Table
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.candidacies import load
from socrekry.services.imported import Options, Row
from socrekry.services.importing import import_rows
from socrekry.services.persons import read_details
from socrekry.services.staffing import add_staff
from socrekry.services.units import add_unit
from socrekry.store.connect import Store
from tests.services.imports import a_cohort_of_another_pipeline, bad, candidacy, imported, stays
from tests.services.programme import TODAY, a_cohort, a_store, by, held, take_back


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a furnished store with a cohort of two trainees in VT2027."""
    with a_store(tmp_path) as made:
        a_cohort(made, seats=2)
        yield made


def activities(store: Store, on: date) -> None:
    """Add a visit and a fair on that day."""
    for kind in ("visit", "fair"):
        add_activity(by(store, "add-activity"), kind, Particulars("T", on))


class TestWithoutHistory:
    """A row without dates begins a candidacy."""

    def test_it_begins_at_the_first_stage_today(self, store: Store) -> None:
        answer = imported(store, "name,email\nEva Ek,eva@example.se\nBo Ek,\n")
        assert [(each.line, each.candidacy, each.stage) for each in answer.imported] == [
            (2, "C-1.1", "lead"),
            (3, "C-2.1", "lead"),
        ]
        assert (answer.kept, stays(store, "C-1")) == (True, [("lead", TODAY.isoformat())])

    def test_it_begins_on_the_day_that_is_given(self, store: Store) -> None:
        imported(store, "name\nEva Ek\n", on=date(2026, 11, 2))
        assert stays(store, "C-1") == [("lead", "2026-11-02")]

    def test_its_details_are_kept(self, store: Store) -> None:
        imported(
            store, "name,email,phone,university,graduates\nEva Ek,e@x.se,08-1,Södertörns högskola,HT27\n"
        )
        details, _ = read_details(store, 1)
        assert [str(each) for each in details] == ["Eva Ek", "e@x.se", "08-1", "sh", "HT2027"]

    def test_its_tags_note_and_channel_are_kept(self, store: Store) -> None:
        imported(store, "name,tags,note,source\nEva Ek,a b,Ringde,annons\n", channel="visit")
        kept = held(store)
        assert [row[1] for row in kept["tag"]] == ["a", "b"]
        assert "Ringde" in repr(kept["remark"])
        assert "'ad'" in repr(kept["candidacy"])

    def test_an_activity_as_source_touches_those_whose_rows_name_it(self, store: Store) -> None:
        activities(store, date(2026, 9, 15))
        answer = imported(store, "name,source\nEva,a-1\nBo,A-2\nCia,\nDan,annons\n", channel="A-1")
        kept = held(store)
        assert [row[1:] for row in kept["touch"]] == [
            (1, 1, "2026-09-15"), (2, 2, "2026-09-15"), (3, 1, "2026-09-15"),
        ]  # fmt: skip
        assert [load(store, each + 1).channel for each in range(4)] == ["visit", "fair", "visit", "ad"]
        assert answer.kept

    def test_protected_identity_is_counted_and_not_named(self, store: Store) -> None:
        answer = imported(store, "name,protected\n,ja\n,ja\n")
        assert [each.name for each in answer.imported] == [
            "Skyddade personuppgifter, kandidat 1",
            "Skyddade personuppgifter, kandidat 2",
        ]

    def test_an_import_of_one_is_not_marked_as_history(self, store: Store) -> None:
        imported(store, "name\nEva Ek\n")
        assert not any(entry.event.imported for entry in candidacy(store, "C-1").entries)  # type: ignore[union-attr]


class TestCohorts:
    """A row belongs to the cohort that it names, or that was named for all."""

    def test_a_row_may_name_its_own(self, store: Store) -> None:
        add_unit(by(store), "Barn")
        imported(store, "name,termin,pipeline,enhet\nEva,vt27,trainee,barn\n")
        assert load(store, 1).unit == "Barn"

    def test_one_that_is_said_for_all_rows_and_is_not_there_ends_the_import(self, store: Store) -> None:
        with pytest.raises(InvalidInput) as error:
            imported(store, "name\nEva\n", pipeline="direct")
        assert error.value.code == "cohort-none-fits"

    def test_a_cohort_may_be_named_by_its_id(self, store: Store) -> None:
        a_cohort_of_another_pipeline(store)
        answer = imported(store, "name,omgång\nEva,\nBo,K-2\n", cohort="K-1")
        assert [each.cohort for each in answer.imported] == [1, 2]

    def test_one_that_a_row_names_and_is_not_there_is_a_defect_of_that_row(self, store: Store) -> None:
        answer = imported(store, "name,term\nEva,HT2031\nBo,VT2027\nCia,HT2031\n", pipeline="trainee")
        assert bad(answer) == [(2, "term", "cohort-not-opened"), (4, "term", "cohort-not-opened")]

    def test_where_several_fit_it_must_be_said_which(self, store: Store) -> None:
        add_unit(by(store), "Barn")
        imported(store, "name\nEva\n")
        a_cohort_of_another_pipeline(store)
        with pytest.raises(InvalidInput) as error:
            imported(store, "name\nEva\n")
        assert len(error.value.details["cohorts"]) == 2

    def test_an_activity_that_is_not_there_or_to_come_is_a_defect_of_its_column(self, store: Store) -> None:
        activities(store, date(2026, 12, 24))
        answer = imported(store, "Namn,Källa\nEva,A-1\nBo,A-9\nCia,A-9\nDan,tv\n")
        assert bad(answer) == [
            (2, "Källa", "activity-to-come"),
            (3, "Källa", "activity-not-found"),
            (4, "Källa", "activity-not-found"),
            (5, "Källa", "channel-invalid"),
        ]

    def test_an_activity_that_is_said_for_all_rows_and_is_not_there_ends_the_import(
        self, store: Store
    ) -> None:
        with pytest.raises(NotFound):
            imported(store, "name\nEva\n", channel="A-1")

    @pytest.mark.parametrize("column", ["unit", "pipeline", "university", "supervisor"])
    def test_what_a_row_names_and_is_not_there_is_told_by_its_column(self, store: Store, column: str) -> None:
        answer = imported(store, f"name,{column}\nEva,Månen\n")
        assert [each[1] for each in bad(answer)] == [column]


class TestAllOrNothing:
    """Nothing is kept unless all is good or the good is asked for; and an undo takes all of it back."""

    MIXED = "name,email,applied_on\nEva,eva@example.se,2026-03-01\nBo,bo@,x\nCia,,2026-03-01\n"

    def test_one_bad_row_keeps_them_all_out(self, store: Store) -> None:
        before = held(store)
        answer = imported(store, self.MIXED)
        assert (answer.kept, answer.held_back, answer.imported, held(store)) == (False, True, (), before)

    def test_the_good_rows_are_kept_when_asked(self, store: Store) -> None:
        answer = imported(store, self.MIXED, keep_good=True)
        assert [each.line for each in answer.imported] == [2, 4]
        assert (answer.kept, bad(answer)) == (
            True,
            [(3, "email", "email-invalid"), (3, "applied_on", "date-invalid")],
        )

    def test_a_row_cut_short_is_told_beside_all_that_is_wrong_with_the_others(self, store: Store) -> None:
        answer = imported(store, 'name,term,email\nEva\nBo,snart,\n"Cia"x,,\nDan,VT2027,\n', keep_good=True)
        told = [(2, None, "row-short"), (3, "term", "term-invalid"), (4, None, "quote-misplaced")]
        assert (bad(answer), [each.line for each in answer.imported]) == (told, [5])

    def test_a_bad_row_leaves_no_trace_among_the_good(self, store: Store) -> None:
        add_staff(by(store), "Olle Öst", ["mentor"])
        imported(store, "name,supervisor,tags,note\nBo,Olle,a,Ringde\nEva,,,\n", keep_good=True)
        kept = held(store)
        assert [len(kept[table]) for table in ("person", "candidacy", "tag", "remark")] == [1, 1, 0, 0]

    def test_a_dry_run_shows_the_same_and_keeps_nothing(self, store: Store) -> None:
        text = "name,email,applied_on\nEva,eva@example.se,2026-03-01\n"
        before = held(store)
        shown = imported(store, text, dry_run=True)
        assert (shown.kept, held(store)) == (False, before)
        assert shown.imported == imported(store, text).imported

    @pytest.mark.parametrize("error", [KeyboardInterrupt, InvalidInput("file-not-text", path="some.csv")])
    def test_an_import_that_is_broken_off_leaves_nothing(self, store: Store, error: BaseException) -> None:
        def rows() -> Iterator[Row]:
            table = Table("some.csv", BytesIO(b"name\nEva\nBo\n"))
            yield from rows_of(table, columns_of(table, {}, {}))
            raise error

        before = held(store)
        with pytest.raises((KeyboardInterrupt, InvalidInput)):
            import_rows(by(store, "import"), rows(), Options(TODAY, keep_good=True))
        assert held(store) == before

    def test_one_undo_takes_the_whole_import_back(self, store: Store) -> None:
        rows = "".join(f"Nr {n},nr{n}@example.se,2026-03-01,2026-04-01,a,Ringde\n" for n in range(2))
        imported(store, f"name,email,applied_on,selected_on,tags,note\n{rows}")
        take_back(store)
        assert {candidacy(store, f"C-{n}.1").state for n in (1, 2)} == {"void"}
        assert (held(store)["tag"], held(store)["remark"]) == ([], [])
        assert len(imported(store, f"name,email,applied_on,selected_on,tags,note\n{rows}").imported) == 2

    def test_an_undo_gives_back_what_an_update_replaced(self, store: Store) -> None:
        imported(store, "name,email,phone\nEva,eva@example.se,08-1\n")
        imported(
            store,
            "name,email,phone,applied_on\nEva Ek,eva@example.se,08-2,2026-11-20\n",
            on_duplicate="update",
        )
        take_back(store)
        details, _ = read_details(store, 1)
        assert (details.name, details.phone, candidacy(store, "C-1").stage) == ("Eva", "08-1", "lead")
