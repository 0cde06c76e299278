"""Units, universities, cohorts and staff: what is declared, what is found, what is refused."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused, SocrekryError
from socrekry.domain.term import Term
from socrekry.services.cohorts import add_cohort, cohorts, edit_cohort, find_cohort, fitting_cohorts
from socrekry.services.loads import read_staff
from socrekry.services.moves import reserve
from socrekry.services.staffing import StaffChanges, add_staff, edit_staff, find_staff, staff
from socrekry.services.units import add_unit, find_unit, units
from socrekry.services.universities import add_university, find_university, universities
from socrekry.store.connect import Store
from tests.services.programme import NOW, TODAY, VT2027, a_candidate, a_cohort, a_store, by, held

HT2025 = Term.parse("HT2025")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as opened:
        yield opened


class TestANewStore:
    """It begins with the shipped pipelines and the universities, and nobody's doing."""

    def test_every_provider_of_the_programme_is_known(self, store: Store) -> None:
        assert len(universities(store)) == 20
        assert find_university(store, "lnu").town == "Växjö/Kalmar"

    def test_the_furnishing_is_nothing_to_undo(self, store: Store) -> None:
        assert store.engine_rows("SELECT COUNT(*) FROM edit") == [(0,)]
        assert store.engine_rows("SELECT name, recorded_at FROM command") == [
            ("found", NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        ]


class TestUnits:
    """A unit is declared once, and found by any part of its name that is its own."""

    def test_a_unit_is_found_whatever_the_case_and_accents(self, store: Store) -> None:
        added = add_unit(by(store), " Barn  och ungå ", "Huddinge", child_and_youth=True)
        assert find_unit(store, "BARN OCH UNGA") == added
        assert added.name == "Barn och ungå"

    def test_a_whole_name_wins_over_a_part(self, store: Store) -> None:
        for name in ("Barn och unga", "Barn"):
            add_unit(by(store), name)
        assert find_unit(store, "barn").name == "Barn"

    def test_an_ambiguous_part_names_those_it_may_be(self, store: Store) -> None:
        for name in ("Barn norr", "Barn söder"):
            add_unit(by(store), name)
        with pytest.raises(Ambiguous) as raised:
            find_unit(store, "barn")
        assert raised.value.details["candidates"] == [{"name": "Barn norr"}, {"name": "Barn söder"}]

    def test_the_same_unit_is_not_declared_twice(self, store: Store) -> None:
        add_unit(by(store), "Barn och unga")
        with pytest.raises(Refused) as raised:
            add_unit(by(store), "barn OCH  unga")
        assert (raised.value.code, raised.value.details["unit"]) == ("unit-known", "Barn och unga")

    def test_units_are_sorted_as_a_swede_expects(self, store: Store) -> None:
        for name in ("Öster", "Zenit", "Ängen"):
            add_unit(by(store), name)
        assert [each.unit.name for each in units(store)] == ["Zenit", "Ängen", "Öster"]

    def test_a_dry_run_declares_nothing(self, store: Store) -> None:
        add_unit(by(store, dry_run=True), "Barn och unga")
        assert units(store) == ()


class TestUniversities:
    """A university is meant by its code or by a part of its name."""

    @pytest.mark.parametrize(("text", "code"), [("SH", "sh"), ("örebro", "oru"), ("Sodertorns", "sh")])
    def test_a_university_is_found(self, store: Store, text: str, code: str) -> None:
        assert find_university(store, text).code == code

    @pytest.mark.parametrize(
        ("text", "error"), [("universitet", Ambiguous), ("nowhere", NotFound), ("", NotFound)]
    )
    def test_what_means_none_or_several_is_said(
        self, store: Store, text: str, error: type[SocrekryError]
    ) -> None:
        with pytest.raises(error):
            find_university(store, text)

    @pytest.mark.parametrize(("code", "error"), [("SU", Refused), ("s u", InvalidInput), ("", InvalidInput)])
    def test_a_code_that_is_taken_or_none_is_refused(
        self, store: Store, code: str, error: type[SocrekryError]
    ) -> None:
        with pytest.raises(error):
            add_university(by(store), code, "Some university", "Some town")


class TestCohorts:
    """A cohort is told apart by pipeline, term, unit and name, and never has fewer seats than are taken."""

    def test_the_same_cohort_is_not_opened_twice(self, store: Store) -> None:
        first = a_cohort(store)
        with pytest.raises(Refused) as raised:
            a_cohort(store)
        assert (raised.value.code, raised.value.details["id"]) == ("cohort-known", first.label)

    def test_a_name_or_a_unit_tells_cohorts_apart(self, store: Store) -> None:
        add_unit(by(store), "Barn")
        a_cohort(store)
        add_cohort(by(store), "trainee", VT2027, 5, name="evening")
        add_cohort(by(store), "trainee", VT2027, 5, unit="Barn")
        titles = [each.cohort.title for each in cohorts(store)]
        assert titles == ["trainee VT2027", "trainee VT2027 · evening", "trainee VT2027 · Barn"]

    @pytest.mark.parametrize("seats", [-1, 10_001])
    def test_a_number_of_seats_that_cannot_be_is_refused(self, store: Store, seats: int) -> None:
        with pytest.raises(InvalidInput):
            a_cohort(store, seats)

    def test_a_cohort_says_who_holds_its_seats_and_who_waits(self, store: Store) -> None:
        cohort = a_cohort(store, 2)
        a_candidate(store, cohort, "selected", "assessment")
        a_candidate(store, cohort, "reserve")
        a_candidate(store, cohort, "lead")
        (intake,) = cohorts(store, VT2027, "trainee")
        assert (intake.taken, intake.free, intake.waiting, intake.open) == (1, 1, 1, 3)

    def test_there_are_never_fewer_seats_than_are_taken(self, store: Store) -> None:
        cohort = a_cohort(store, 2)
        a_candidate(store, cohort, "selected", "assessment")
        with pytest.raises(Refused) as raised:
            edit_cohort(by(store), cohort.label, seats=0)
        assert (raised.value.code, raised.value.details["taken"]) == ("seats-taken", 1)
        assert find_cohort(store, cohort.label).seats == 2

    def test_more_seats_name_the_first_in_line(self, store: Store) -> None:
        cohort = a_cohort(store, 0)
        a_candidate(store, cohort, "reserve")
        second = a_candidate(store, cohort, "reserve")
        reserve(by(store), [second], TODAY, rank=1)
        waiting = edit_cohort(by(store), cohort.label, seats=1).first_in_line
        assert waiting is not None
        assert waiting.id == second

    def test_a_cohort_is_changed_by_what_it_is(self, store: Store) -> None:
        a_cohort(store)
        add_cohort(by(store), "trainee", VT2027, 5, name="evening")
        edited = edit_cohort(by(store), "trainee", VT2027, name="Evening", seats=6, registry_number="KS-1")
        assert (edited.intake.cohort.seats, edited.intake.cohort.registry_number) == (6, "KS-1")

    def test_a_new_name_is_not_another_cohorts(self, store: Store) -> None:
        a_cohort(store)
        other = add_cohort(by(store), "trainee", VT2027, 5, name="evening")
        with pytest.raises(Refused, match="cohort-known"):
            edit_cohort(by(store), other.label, new_name="")

    @pytest.mark.parametrize(
        ("ref", "code"),
        [("K-9", "cohort-unknown"), ("K-x", "cohort-unknown"), ("direct", "cohort-not-found")],
    )
    def test_a_cohort_that_is_not_there_is_said(self, store: Store, ref: str, code: str) -> None:
        with pytest.raises(NotFound, match=code):
            find_cohort(store, ref)

    def test_several_that_fit_are_named(self, store: Store) -> None:
        a_cohort(store)
        add_cohort(by(store), "trainee", VT2027, 5, name="evening")
        with pytest.raises(Ambiguous) as raised:
            find_cohort(store, "trainee")
        assert [each["id"] for each in raised.value.details["candidates"]] == ["K-1", "K-2"]

    def test_nothing_to_change_is_said(self, store: Store) -> None:
        with pytest.raises(InvalidInput, match="nothing-to-change"):
            edit_cohort(by(store), a_cohort(store).label)

    def test_a_term_that_has_ended_fits_only_when_it_is_given_outright(self, store: Store) -> None:
        past = add_cohort(by(store), "trainee", HT2025, 10)
        running = a_cohort(store)
        assert fitting_cohorts(store, TODAY) == (running,)
        assert fitting_cohorts(store, TODAY, term=HT2025) == (past,)
        assert fitting_cohorts(store) == (past, running)
        assert fitting_cohorts(store, HT2025.ends) == (past, running)

    def test_a_units_own_cohort_is_preferred_to_one_for_all(self, store: Store) -> None:
        add_unit(by(store), "Barn")
        add_unit(by(store), "Vuxen")
        for_all = a_cohort(store)
        own = add_cohort(by(store), "trainee", VT2027, 5, unit="Barn")
        assert fitting_cohorts(store, unit="barn") == (own,)
        assert fitting_cohorts(store, unit="vuxen") == (for_all,)

    def test_an_unknown_pipeline_fits_nothing_silently(self, store: Store) -> None:
        with pytest.raises(NotFound) as raised:
            fitting_cohorts(store, TODAY, pipeline="trainy")
        assert raised.value.details["pipelines"] == ["direct", "trainee"]


class TestStaff:
    """Supervisors and mentors have room for so many in a term, and never for fewer than they have."""

    def test_a_member_of_staff_is_found_by_id_or_part_of_a_name(self, store: Store) -> None:
        added = add_staff(by(store), "Kerstin Åkesson", ["mentor", "supervisor"], capacity=2)
        assert find_staff(store, "s-1") == find_staff(store, "akess") == added
        assert added.roles == ("supervisor", "mentor")

    @pytest.mark.parametrize("ref", ["S-9", "S-", "nobody", ""])
    def test_nobody_is_found_where_nobody_is(self, store: Store, ref: str) -> None:
        add_staff(by(store), "Kerstin Åkesson", ["mentor"])
        with pytest.raises(NotFound):
            find_staff(store, ref)

    def test_who_has_left_is_meant_only_where_nobody_else_is(self, store: Store) -> None:
        for name in ("Eva Ek", "Eva Al"):
            add_staff(by(store), name, ["mentor"])
        with pytest.raises(Ambiguous):
            find_staff(store, "eva")
        edit_staff(by(store), "S-1", StaffChanges(left_on=TODAY))
        assert find_staff(store, "eva").label == "S-2"
        assert find_staff(store, "eva ek").label == "S-1"

    def test_the_same_person_is_not_added_twice(self, store: Store) -> None:
        add_unit(by(store), "Barn")
        add_staff(by(store), "Eva Ek", ["mentor"])
        add_staff(by(store), "Eva Ek", ["mentor"], unit="Barn")
        with pytest.raises(Refused) as raised:
            add_staff(by(store), "eva  ek", ["supervisor"])
        assert (raised.value.code, raised.value.details["id"]) == ("staff-known", "S-1")

    def test_a_load_is_whom_she_has_in_the_cohorts_term(self, store: Store) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor", "mentor"], capacity=2)
        candidacy = a_candidate(store, a_cohort(store), "selected", "assessment", supervisor="S-1")
        (member,) = staff(store)
        (load,) = member.loads
        assert (load.term, load.capacity, load.free) == (VT2027, 2, 1)
        assert [(each.id, each.roles) for each in load.candidates] == [(candidacy, ("supervisor",))]

    def test_only_those_with_room_are_free(self, store: Store) -> None:
        for name, capacity in (("Full", 1), ("Room", 1), ("None", 0)):
            add_staff(by(store), name, ["supervisor"], capacity=capacity)
        a_candidate(store, a_cohort(store), "selected", "assessment", supervisor="Full")
        assert [each.name for each in staff(store, VT2027, free=True)] == ["Room"]
        assert [each.name for each in staff(store, HT2025, free=True)] == ["Full", "Room"]

    def test_who_has_left_is_left_out_from_that_day(self, store: Store) -> None:
        add_staff(by(store), "Eva Ek", ["mentor"])
        edit_staff(by(store), "S-1", StaffChanges(left_on=TODAY))
        assert staff(store, on=TODAY) == ()
        assert len(staff(store, on=date(2026, 11, 19))) == len(staff(store)) == 1

    @pytest.mark.parametrize("term", [None, VT2027])
    def test_there_is_never_less_room_than_is_taken(self, store: Store, term: Term | None) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor"], capacity=2)
        candidacy = a_candidate(store, a_cohort(store), "selected", "assessment", supervisor="S-1")
        before = held(store)
        with pytest.raises(Refused) as raised:
            edit_staff(by(store), "S-1", StaffChanges(capacity=0, term=term))
        assert raised.value.code == "capacity-taken"
        assert raised.value.details["candidates"] == [{"id": candidacy, "name": "Anna Ek"}]
        assert held(store) == before

    def test_a_capacity_of_one_term_holds_in_that_term_alone(self, store: Store) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor"], capacity=2)
        edit_staff(by(store), "S-1", StaffChanges(capacity=0, term=VT2027))
        assert [load.capacity for load in read_staff(store, 1).loads] == [0]
        assert staff(store, HT2025)[0].loads[0].capacity == 2

    def test_a_role_that_is_used_stays(self, store: Store) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor", "mentor"])
        a_candidate(store, a_cohort(store), "selected", "assessment", supervisor="S-1")
        with pytest.raises(Refused, match="role-in-use"):
            edit_staff(by(store), "S-1", StaffChanges(drop_roles=("supervisor",)))
        assert edit_staff(by(store), "S-1", StaffChanges(drop_roles=("mentor",))).roles == ("supervisor",)

    def test_nobody_is_left_without_a_role(self, store: Store) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor"])
        with pytest.raises(Refused, match="role-missing"):
            edit_staff(by(store), "S-1", StaffChanges(drop_roles=("supervisor",)))

    @pytest.mark.parametrize(
        "changes",
        [
            StaffChanges(),
            StaffChanges(term=VT2027),
            StaffChanges(name="x", term=VT2027),
            StaffChanges(name=" "),
        ],
    )
    def test_changes_that_say_nothing_are_refused(self, store: Store, changes: StaffChanges) -> None:
        add_staff(by(store), "Eva Ek", ["supervisor"])
        with pytest.raises(InvalidInput):
            edit_staff(by(store), "S-1", changes)

    @pytest.mark.parametrize(
        ("name", "roles", "capacity"),
        [("Eva", [], 1), ("Eva", ["boss"], 1), ("Eva", ["mentor"], -1), ("E" * 201, ["mentor"], 1)],
    )
    def test_staff_that_cannot_be_are_refused(
        self, store: Store, name: str, roles: list[str], capacity: int
    ) -> None:
        with pytest.raises(InvalidInput):
            add_staff(by(store), name, roles, capacity=capacity)
