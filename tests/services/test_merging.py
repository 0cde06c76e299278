"""Two who are one: both histories are kept, each log is as it was, and taking it back gives two again."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import pytest

from socrekry.domain.errors import Conflict, InvalidInput, NotFound, Refused
from socrekry.services import moves, noting
from socrekry.services.backups import back_up
from socrekry.services.candidates import add_candidacy
from socrekry.services.checking import check
from socrekry.services.copying import copy
from socrekry.services.finding import find_candidacy, find_person
from socrekry.services.heads import head_defects, heads
from socrekry.services.looking import history, show
from socrekry.services.merging import Merged, merge
from socrekry.services.noting import NewFact
from socrekry.services.opening import opened
from socrekry.services.persons import edit_candidate, protect, read_details
from socrekry.services.touches import add_touches
from socrekry.services.undoing import Undo, undo, undo_last
from socrekry.services.voices import add_voice
from socrekry.store.connect import Store
from tests.builders import HT2026, TODAY, Office, a_database, a_file, an_office

Proof: TypeAlias = Callable[[], bool]


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a new store is, on one engine and the other."""
    return str(a_file(tmp_path)) if request.param == "sqlite" else a_database()


@pytest.fixture
def office(place: str) -> Iterator[Office]:
    with closing(opened(place, writing=True)) as store:
        yield an_office(store)


@pytest.fixture
def sound(place: str, tmp_path: Path) -> Callable[[], bool]:
    """Tell whether all that proves a store finds nothing wrong: in it, in a copy of it and in a backup."""

    def proved() -> bool:
        folder = tmp_path / uuid4().hex
        folder.mkdir()
        copied = copy(place, str(folder / "copy.db"))
        saved = back_up(place, str(folder / "backup.db"))
        found = [copied.findings.number, saved.findings.number]
        for each in (place, copied.target):
            with closing(opened(each, writing=False)) as store:
                found.append(check(store).found)
        return found == [0, 0, 0, 0]

    return proved


def merged(office: Office, kept: str = "C-1", gone: str = "C-2", **choices: str) -> Merged:
    return merge(office.by(command="merge"), kept, gone, choices)


def taken_back(office: Office, ref: str = "C-1.1", actor: str = "Eva") -> Undo:
    return undo(office.by(actor, "undo"), ref)


def two(office: Office, stage: str = "lead", **more: Any) -> None:
    """Give Anna, C-1, who has just begun, and C-2, who has come further in another cohort."""
    office.add("Anna Ek", phone="070-1", tags=["ett"])
    another = office.another_cohort(HT2026.next)
    office.add("Ek Anna", stage, cohort=another, tags=["ett", "två"], note="ringde", **more)


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the store holds of persons and candidacies, but for what an undo adds to."""
    tables = {
        "person": "*", "tag": "*", "touch": "*", "fact": "*", "stay": "*", "assignment": "*", "merged": "*",
        "former_id": "*", "told_apart": "*", "voice": "*", "remark": "id, candidacy_id, text",
        "candidacy": "id, person_id, number, cohort_id, state, stage, entered_on, due_on, holds_seat",
    }  # fmt: skip
    return {
        name: sorted(store.engine_rows(f"SELECT {what} FROM {name}"), key=str)
        for name, what in tables.items()
    }


class TestMerging:
    def test_her_candidacies_get_new_numbers_and_are_found_by_the_old(self, office: Office) -> None:
        two(office, "applied")
        done = merged(office)
        assert (done.id, done.merged, done.candidacies) == ("C-1", "C-2", (("C-2.1", "C-1.2"),))
        assert office.stands("C-1.2") == office.stands("C-2.1") == "applied"
        assert find_person(office.store, "C-2").person == 1
        assert [each.candidacy for each in show(office.store, "C-2", TODAY).candidacies] == ["C-1.1", "C-1.2"]

    def test_the_details_of_the_first_are_kept_and_what_she_lacks_is_filled(self, office: Office) -> None:
        two(office, phone="070-2", email="anna@x.se", university="sh")
        done = merged(office)
        told = {each.field: (each.kept, each.of, each.dropped) for each in done.details}
        assert told == {
            "name": ("Anna Ek", "C-1", "Ek Anna"),
            "email": ("anna@x.se", "C-2", None),
            "phone": ("070-1", "C-1", "070-2"),
            "university": ("sh", "C-2", None),
        }
        details, _ = read_details(office.store, 1)
        assert details[:4] == ("Anna Ek", "anna@x.se", "070-1", "sh")

    def test_whose_detail_is_kept_can_be_chosen(self, office: Office) -> None:
        two(office, phone="070-2")
        merged(office, phone="C-2", name="C-1")
        assert read_details(office.store, 1)[0][:3] == ("Anna Ek", None, "070-2")

    def test_what_belongs_to_her_comes_along(self, office: Office) -> None:
        two(office)
        only_hers, both = office.activity(), office.activity(title="Annan")
        for ref, activity in (("C-2", only_hers), ("C-2", both), ("C-1", both)):
            add_touches(office.by(), [ref], activity)
        add_voice(office.by(), "C-2.1", "wish", "supervision")
        noting.record(office.by(), ["C-2.1"], [NewFact("degree", "socionomexamen", TODAY)])
        done = merged(office)
        known = show(office.store, "C-1", TODAY)
        assert (done.activities, done.tags) == (1, ("två",))
        assert {each.activity for each in known.contacts if each.activity} == {only_hers, both}
        assert known.tags == ("ett", "två")
        assert [each.name for each in known.facts] == ["degree"]
        assert [each.candidacy for each in known.voices] == ["C-1.2"]

    def test_a_fact_about_her_is_one_for_the_other_candidacy_as_well(self, office: Office) -> None:
        two(office)
        noting.record(office.by(), ["C-2.1"], [NewFact("degree", "socionomexamen", TODAY)])
        merged(office)
        rows = office.store.rows("candidacy.person_facts", person=1, candidacy=1)
        assert [row[0] for row in rows] == ["degree"]

    def test_each_log_goes_on_under_the_id_that_it_was_begun_under(
        self, office: Office, sound: Proof
    ) -> None:
        two(office)
        earlier = list(heads(office.store))
        merged(office)
        office.move("C-1.2", "applied")
        assert office.subject("C-1.2").chained_as == "C-2.1"
        assert [each.label for each in heads(office.store, 1)] == ["C-1.1", "C-2.1"]
        assert list(head_defects(office.store, earlier)) == []
        assert sound()

    def test_one_who_was_merged_before_goes_along(self, office: Office, sound: Proof) -> None:
        two(office)
        office.add("Anna E", cohort=office.another_cohort(HT2026.next.next))
        merged(office, "C-2", "C-3")
        merged(office, "C-1", "C-2")
        found = {ref: find_candidacy(office.store, ref).label for ref in ("C-3.1", "C-2.2", "C-2.1")}
        assert found == {"C-3.1": "C-1.3", "C-2.2": "C-1.3", "C-2.1": "C-1.2"}
        assert find_person(office.store, "C-3").person == 1
        assert sound()

    def test_nothing_is_kept_of_a_rehearsal(self, office: Office) -> None:
        two(office)
        before = everything(office.store)
        merge(office.by(command="merge", dry_run=True), "C-1", "C-2")
        assert everything(office.store) == before

    def test_her_old_address_is_still_known(self, office: Office) -> None:
        two(office, email="anna@x.se")
        merged(office)
        with pytest.raises(Refused, match="email-known"):
            office.add("Anna", email="anna@x.se")


class TestOneCohort:
    def test_of_two_in_one_cohort_the_one_that_has_just_begun_is_set_aside(self, office: Office) -> None:
        office.add("Anna Ek")
        office.add("Anna Ek", "applied")
        assert merged(office).set_aside == ("C-1.1",)
        assert (office.stands("C-1.1"), office.stands("C-1.2")) == ("void", "applied")
        assert find_candidacy(office.store, "C-1").label == "C-1.2"

    def test_of_two_that_have_just_begun_the_second_one_s_is(self, office: Office) -> None:
        office.add("Anna Ek")
        office.add("Anna Ek")
        assert merged(office).set_aside == ("C-2.1",)

    def test_where_more_has_happened_to_both_it_is_refused(self, office: Office) -> None:
        office.add("Anna Ek", "applied")
        ref = office.add("Anna Ek")
        noting.record(office.by(), [ref], [NewFact("thesis", "om barn", TODAY)])
        with pytest.raises(Refused, match="merge-same-cohort") as refused:
            merged(office)
        assert (refused.value.details["id"], refused.value.details["other"]) == ("C-1.1", "C-2.1")
        moves.close(office.by(), [ref], TODAY, outcome="withdrawn")
        assert merged(office).set_aside == ()

    def test_what_was_set_aside_counts_again_when_the_merge_is_taken_back(
        self, office: Office, sound: Proof
    ) -> None:
        office.add("Anna Ek")
        office.add("Anna Ek", tags=["två"])
        before = everything(office.store)
        merged(office)
        assert sound()
        assert [each.done for each in taken_back(office).outcomes] == [True]
        assert everything(office.store) == before
        assert sound()
        assert [each.undone_by for each in history(office.store, "C-2.1").happenings] == [None, 3, None]

    def test_two_that_were_set_aside_count_again_both(self, office: Office, sound: Proof) -> None:
        another = office.another_cohort(HT2026.next)
        for ref in ("C-1", "C-2"):
            office.add("Anna Ek")
            add_candidacy(office.by(command="add-candidacy"), ref, another, TODAY)
        before = everything(office.store)
        assert merged(office).set_aside == ("C-2.1", "C-2.2")
        assert [each.done for each in undo_last(office.by(command="undo")).outcomes] == [True, True]
        assert everything(office.store) == before
        assert sound()

    def test_where_one_cannot_count_again_the_merge_stands(self, office: Office) -> None:
        office.add("Anna Ek")
        office.add("Ek Anna", email="anna@x.se")
        merged(office)
        office.store.engine_rows("UPDATE person SET email = NULL, email_key = NULL WHERE id = 1")
        office.add("Bea", email="anna@x.se")
        before = everything(office.store)
        with pytest.raises(Conflict, match="changed-since"):
            taken_back(office)
        assert everything(office.store) == before

    def test_it_can_be_merged_and_taken_back_again(self, office: Office, sound: Proof) -> None:
        office.add("Anna Ek")
        office.add("Anna Ek")
        for _ in range(2):
            merged(office)
            assert office.stands("C-2.1") == "void"
            taken_back(office)
            assert office.stands("C-2.1") == "lead"
        assert sound()

    def test_what_was_taken_back_otherwise_never_counts_again(self, office: Office) -> None:
        ref = office.add("Anna Ek")
        taken_back(office, ref)
        with pytest.raises(Refused, match="nothing-to-undo"):
            taken_back(office, ref)


class TestTakingBack:
    def test_everything_is_as_it_was(self, office: Office, sound: Proof) -> None:
        two(office, "selected", email="anna@x.se", phone="070-2", university="sh", graduates=HT2026)
        add_touches(office.by(), ["C-2"], office.activity())
        noting.record(office.by(), ["C-2.1"], [NewFact("degree", "socionomexamen", TODAY)])
        before = everything(office.store)
        merged(office, phone="C-2")
        taken_back(office)
        assert everything(office.store) == before
        assert sound()

    def test_my_last_command_may_be_a_merge(self, office: Office) -> None:
        two(office)
        before = everything(office.store)
        merged(office)
        assert undo_last(office.by(command="undo")).command == "merge"
        assert everything(office.store) == before

    def test_what_has_happened_since_stays_with_whom_it_happened_to(
        self, office: Office, sound: Proof
    ) -> None:
        two(office)
        merged(office)
        office.move("C-1.2", "applied")
        taken_back(office)
        assert office.stands("C-2.1") == "applied"
        assert sound()

    def test_a_detail_that_was_changed_since_stands_in_the_way(self, office: Office) -> None:
        two(office, email="anna@x.se")
        merged(office)
        writing = office.by("Bea", "edit-candidate")
        edit_candidate(writing, "C-1", {"email": "ny@x.se"})
        with pytest.raises(Conflict, match="changed-since"):
            undo_last(office.by(command="undo"))

    def test_a_number_that_came_by_a_merge_is_not_given_again(self, office: Office) -> None:
        two(office)
        merged(office)
        taken_back(office)
        cohort = office.another_cohort(HT2026.next.next)
        assert add_candidacy(office.by(), "C-1", cohort, TODAY).candidacy == "C-1.3"

    def test_one_who_was_merged_before_is_the_second_one_s_again(self, office: Office) -> None:
        two(office)
        office.add("Anna E", cohort=office.another_cohort(HT2026.next.next))
        merged(office, "C-2", "C-3")
        before = everything(office.store)
        merged(office, "C-1", "C-2")
        taken_back(office)
        assert everything(office.store) == before
        assert find_candidacy(office.store, "C-3.1").label == "C-2.2"

    def test_a_touch_that_was_taken_away_since_stays_away(self, office: Office) -> None:
        from socrekry.services.touches import remove_touches

        two(office)
        activity = office.activity()
        add_touches(office.by(), ["C-2"], activity)
        merged(office)
        remove_touches(office.by("Bea"), ["C-1"], activity)
        undo_last(office.by(command="undo"))
        assert show(office.store, "C-2", TODAY).contacts == ()


class TestRefusals:
    def test_a_person_is_not_merged_with_herself(self, office: Office) -> None:
        two(office)
        merged(office)
        for refs in (("C-1", "C-1.1"), ("C-1", "C-2")):
            with pytest.raises(InvalidInput, match="merge-with-itself"):
                merged(office, *refs)

    @pytest.mark.parametrize("whose", ["C-1", "C-2"])
    def test_nobody_can_tell_who_a_protected_person_is(self, office: Office, whose: str) -> None:
        two(office)
        protect(office.by(), whose)
        with pytest.raises(Refused, match="merge-protected") as refused:
            merged(office)
        assert refused.value.details == {"id": whose}

    def test_a_detail_that_there_is_not_and_a_third_person_are_not_chosen(self, office: Office) -> None:
        two(office)
        office.add("Bo")
        with pytest.raises(InvalidInput, match="merge-field-unknown"):
            merged(office, shoe="C-2")
        with pytest.raises(InvalidInput, match="merge-neither"):
            merged(office, phone="C-3")

    def test_one_who_was_taken_back_is_nobody(self, office: Office) -> None:
        two(office)
        taken_back(office, "C-2.1")
        with pytest.raises(NotFound, match="candidate-not-found"):
            merged(office)


class TestProtecting:
    def test_all_that_she_was_known_as_is_scrubbed(self, office: Office, sound: Proof) -> None:
        two(office, email="anna@x.se")
        merged(office)
        protect(office.by(command="protect"), "C-2")
        rows = everything(office.store)
        assert not [
            each for each in (*rows["person"], *rows["remark"]) if "nna" in str(each) or "ringde" in str(each)
        ]
        assert rows["tag"] == []
        assert office.store.engine_rows("SELECT * FROM edit WHERE entity IN ('person', 'tag')") == []
        assert sound()

    def test_nobody_makes_two_of_her_again(self, office: Office) -> None:
        two(office)
        merged(office)
        protect(office.by(command="protect"), "C-1")
        with pytest.raises(Refused, match="protection-final"):
            taken_back(office)


def test_a_day_of_a_merged_candidacy_can_be_corrected(office: Office) -> None:
    two(office)
    office.move("C-2.1", "applied")
    merged(office)
    (outcome,) = moves.correct(office.by(), ["C-2.1"], TODAY, stage="applied")
    assert (outcome.done, outcome.candidacy) == (True, "C-1.2")
