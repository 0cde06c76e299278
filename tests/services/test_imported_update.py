"""Somebody who is known is a bad row, or passed over, or brought up to what the row says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.candidacies import load
from socrekry.services.persons import read_details
from socrekry.store.connect import Store
from tests.services.imports import a_cohort_of_another_pipeline, bad, candidacy, imported, stays
from tests.services.programme import TODAY, a_cohort, a_store, by, held


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a furnished store with a cohort of two trainees in VT2027."""
    with a_store(tmp_path) as made:
        a_cohort(made, seats=2)
        yield made


class TestDuplicates:
    """An e-mail is one person's."""

    KNOWN = "name,email\nEva Ek,eva@example.se\n"

    def test_a_known_address_is_a_bad_row_that_names_her(self, store: Store) -> None:
        imported(store, self.KNOWN)
        answer = imported(store, "name,email\nEva Öst,EVA@example.se\n")
        assert (bad(answer), answer.bad[0].details["id"]) == ([(2, "email", "email-known")], "C-1")

    @pytest.mark.parametrize("graduates", ["HT2026", "nonsense"])
    def test_an_address_that_stands_there_twice_names_the_first_line(
        self, store: Store, graduates: str
    ) -> None:
        answer = imported(
            store, f"name,email,graduates\nEva,eva@example.se,{graduates}\nEva,eva@example.se,\n"
        )
        assert (bad(answer)[-1], answer.bad[-1].details["first"]) == ((3, "email", "email-repeated"), 2)

    def test_those_who_are_known_may_be_skipped(self, store: Store) -> None:
        imported(store, self.KNOWN)
        answer = imported(store, f"{self.KNOWN}Bo Ek,bo@example.se\n", on_duplicate="skip")
        assert [each.candidacy for each in (*answer.skipped, *answer.imported)] == ["C-1.1", "C-2.1"]

    def test_an_update_fills_in_what_the_row_knows(self, store: Store) -> None:
        imported(store, self.KNOWN)
        answer = imported(
            store, "name,email,phone,tags\nEva Ek,eva@example.se,08-1,a\n", on_duplicate="update"
        )
        details, _ = read_details(store, 1)
        assert (details.phone, len(answer.updated), len(held(store)["tag"])) == ("08-1", 1, 1)

    def test_an_update_notes_once_that_she_took_part(self, store: Store) -> None:
        add_activity(by(store), "visit", Particulars("T", TODAY))
        imported(store, self.KNOWN)
        sourced = "name,email,source\nEva Ek,eva@example.se,A-1\n"
        first, second = (imported(store, sourced, on_duplicate="update") for _ in range(2))
        assert (len(first.updated), len(second.skipped), len(held(store)["touch"])) == (1, 1, 1)
        assert load(store, 1).channel is None

    def test_an_update_goes_on_from_where_she_stands(self, store: Store) -> None:
        imported(store, "name,email,applied_on\nEva,eva@example.se,2026-03-01\n")
        header = "name,email,applied_on,selected_on,assessment_on"
        longer = f"{header}\nEva,eva@example.se,2026-03-01,2026-04-01,2026-03-20\n"
        imported(store, longer, on_duplicate="update")
        assert [stage for stage, _ in stays(store, "C-1")] == ["lead", "applied", "selected"]

    def test_an_update_mends_the_day_of_a_fact(self, store: Store) -> None:
        header = "name,email,assessment_on"
        imported(store, f"{header}\nEva,eva@example.se,2026-03-01\n")
        imported(store, f"{header}\nEva,eva@example.se,2026-03-02\n", on_duplicate="update")
        assert [str(fact.on) for fact in candidacy(store, "C-1").facts] == ["2026-03-02"]

    def test_an_update_with_nothing_new_changes_nothing(self, store: Store) -> None:
        header = "name,email,applied_on,thesis,thesis_on,tags,outcome,closed_on,note"
        text = f"{header}\nEva,eva@example.se,2026-03-01,Om barn,2026-03-02,a,declined,2026-04-01,Ringde\n"
        imported(store, text)
        before = held(store)
        answer = imported(store, text, on_duplicate="update")
        assert (len(answer.skipped), held(store)) == (1, before)

    def test_an_update_that_does_not_follow_is_a_bad_row(self, store: Store) -> None:
        imported(store, "name,email,applied_on\nEva,eva@example.se,2026-05-01\n")
        answer = imported(
            store,
            "name,email,phone,applied_on,selected_on\nEva,eva@example.se,08-1,2026-03-01,2026-04-01\n",
            on_duplicate="update",
        )
        assert (bad(answer), read_details(store, 1)[0].phone) == ([(2, None, "before-the-last-move")], None)

    def test_whoever_is_new_to_the_cohort_begins_a_candidacy_there(self, store: Store) -> None:
        imported(store, self.KNOWN)
        a_cohort_of_another_pipeline(store)
        answer = imported(store, self.KNOWN, pipeline="direct", on_duplicate="update")
        assert [each.candidacy for each in answer.updated] == ["C-1.2"]
