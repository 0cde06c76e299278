"""What a command changed beside the log is put back exactly, or not at all."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from socrekry import services
from socrekry.domain.errors import Conflict, Refused
from socrekry.domain.term import Term
from socrekry.services.agreements import add_agreement
from socrekry.services.cohorts import add_cohort, edit_cohort, find_cohort
from socrekry.services.editing import reverse
from socrekry.services.externals import assign_external
from socrekry.services.notes import note
from socrekry.services.persons import edit_candidate, protect
from socrekry.services.pipelines import install_pipeline
from socrekry.services.reversals import candidates, merges, outreach, programme
from socrekry.services.reversals.ways import Change
from socrekry.services.staffing import StaffChanges, add_staff, edit_staff
from socrekry.services.themes import add_theme
from socrekry.services.units import add_unit
from socrekry.services.universities import add_university
from socrekry.services.voices import add_voice, remove_voice
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from tests.services.programme import TODAY, VT2027, a_candidate, a_cohort, a_store, by, held, take_back
from tests.services.test_programme_pipelines import CHANGED

DETAILS: dict[str, object] = {
    "name": "Bo Öst",
    "email": "bo@example.se",
    "phone": None,
    "university": "su",
    "graduates": VT2027,
}
EVERY_CHANGE = StaffChanges("Eva Öst", "", 4, None, ("mentor",), ("supervisor",), TODAY)
COMMANDS: dict[str, Callable[[Writing], object]] = {
    "add-unit": lambda w: add_unit(w, "Vuxen"),
    "add-university": lambda w: add_university(w, "ltu", "Luleå tekniska universitet", "Luleå"),
    "add-cohort": lambda w: add_cohort(w, "direct", VT2027, 3),
    "edit-cohort": lambda w: edit_cohort(w, "K-1", seats=7, new_name="dag", registry_number="KS-1"),
    "add-staff": lambda w: add_staff(w, "Olle Ek", ["supervisor", "mentor"], "Barn", 3),
    "edit-staff": lambda w: edit_staff(w, "S-1", EVERY_CHANGE),
    "capacity of a term": lambda w: edit_staff(w, "S-1", StaffChanges(capacity=5, term=VT2027)),
    "capacity again": lambda w: edit_staff(w, "S-1", StaffChanges(capacity=5, term=Term(2027, 2))),
    "pipeline install": lambda w: install_pipeline(w, CHANGED),
    "edit-candidate": lambda w: edit_candidate(w, "C-1", DETAILS, add_tags=["dag"], drop_tags=["kväll"]),
    "note": lambda w: note(w, "C-1", "Ringde.", TODAY),
    "add-theme": lambda w: add_theme(w, "fika", "Fika"),
    "add-voice": lambda w: add_voice(w, "C-1", "wish", "pay", "Mer", number=3),
    "remove-voice": lambda w: remove_voice(w, "V-1"),
    "add-agreement": lambda w: add_agreement(w, "oru", VT2027, 4, "asked", unit="Barn"),
    "agreement again": lambda w: add_agreement(w, "su", VT2027, 4, "asked", contact="Åsa"),
    "assign --external": lambda w: assign_external(w, "VFU Umeå", TODAY, supervisor="S-1", term=VT2027),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a store with one of each."""
    with a_store(tmp_path) as opened:
        add_unit(by(opened), "Barn")
        a_candidate(opened, a_cohort(opened), "lead")
        edit_candidate(by(opened), "C-1", {"phone": "070-1", "graduates": Term(2027, 2)}, add_tags=["kväll"])
        add_staff(by(opened), "Eva Ek", ["supervisor"], "Barn")
        edit_staff(by(opened), "S-1", StaffChanges(capacity=2, term=VT2027))
        add_voice(by(opened), "C-1", "concern", "hours", "Kvällar")
        add_agreement(by(opened), "su", VT2027, 1, "confirmed", contact="Bo")
        yield opened


@pytest.mark.parametrize("command", COMMANDS)
def test_undo_puts_everything_back_exactly(store: Store, command: str) -> None:
    before = held(store)
    COMMANDS[command](by(store, command.partition(" ")[0]))
    assert held(store) != before
    take_back(store)
    assert held(store) == before


def test_a_unit_in_use_stays(store: Store) -> None:
    add_unit(by(store, actor="Bo"), "Vuxen")
    add_staff(by(store), "Olle Ek", ["mentor"], "Vuxen")
    before = held(store)
    with pytest.raises(Refused) as raised:
        take_back(store, "Bo")
    assert (raised.value.code, raised.value.details["entity"]) == ("in-use", "unit")
    assert held(store) == before


def test_a_pipeline_that_a_cohort_needs_stays(store: Store) -> None:
    renamed = CHANGED.replace('name = "trainee"', 'name = "our-own"', 1)
    install_pipeline(by(store, actor="Bo"), renamed)
    add_cohort(by(store), "our-own", VT2027, 3)
    with pytest.raises(Refused, match="in-use"):
        take_back(store, "Bo")


def test_seats_are_not_put_back_to_fewer_than_are_taken(store: Store) -> None:
    cohort = add_cohort(by(store), "trainee", Term(2027, 2), 0)
    edit_cohort(by(store, actor="Bo"), cohort.label, seats=1)
    a_candidate(store, cohort, "selected", "assessment")
    with pytest.raises(Refused, match="seats-taken"):
        take_back(store, "Bo")
    assert find_cohort(store, cohort.label).seats == 1


@pytest.mark.parametrize("term", [None, VT2027])
def test_room_is_not_put_back_to_less_than_is_taken(store: Store, term: Term | None) -> None:
    add_staff(by(store), "Olle Ek", ["supervisor"], capacity=0)
    edit_staff(by(store, actor="Bo"), "S-2", StaffChanges(capacity=1, term=term))
    a_candidate(store, find_cohort(store, "K-1"), "selected", "assessment", supervisor="S-2")
    with pytest.raises(Refused, match="capacity-taken"):
        take_back(store, "Bo")


def test_a_role_in_use_stays(store: Store) -> None:
    add_staff(by(store), "Olle Ek", ["mentor"])
    edit_staff(by(store, actor="Bo"), "S-2", StaffChanges(add_roles=("supervisor",)))
    a_candidate(store, find_cohort(store, "K-1"), "selected", "assessment", supervisor="S-2")
    with pytest.raises(Refused, match="role-in-use"):
        take_back(store, "Bo")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (lambda w: edit_cohort(w, "K-1", seats=7), lambda w: edit_cohort(w, "K-1", seats=8)),
        (lambda w: add_cohort(w, "direct", VT2027, 3), lambda w: edit_cohort(w, "K-2", seats=8)),
        (
            lambda w: edit_staff(w, "S-1", StaffChanges(capacity=3, term=VT2027)),
            lambda w: edit_staff(w, "S-1", StaffChanges(capacity=4, term=VT2027)),
        ),
        (
            lambda w: edit_candidate(w, "C-1", {"name": "Bo"}),
            lambda w: edit_candidate(w, "C-1", {"name": "Cia"}),
        ),
    ],
)
def test_what_somebody_else_has_changed_since_is_left_alone(
    store: Store, mine: Callable[[Writing], object], theirs: Callable[[Writing], object]
) -> None:
    mine(by(store))
    theirs(by(store, actor="Bo"))
    before = held(store)
    with pytest.raises(Conflict, match="changed-since"):
        take_back(store)
    assert held(store) == before


@pytest.mark.parametrize(
    ("on", "off"),
    [
        (
            lambda w: edit_candidate(w, "C-1", {}, add_tags=["dag"]),
            lambda w: edit_candidate(w, "C-1", {}, drop_tags=["dag"]),
        ),
        (
            lambda w: edit_staff(w, "S-1", StaffChanges(add_roles=("mentor",))),
            lambda w: edit_staff(w, "S-1", StaffChanges(drop_roles=("mentor",))),
        ),
    ],
    ids=["tag", "role"],
)
def test_put_on_taken_off_and_put_on_again_it_is_taken_back_step_by_step(
    store: Store, on: Callable[[Writing], object], off: Callable[[Writing], object]
) -> None:
    seen = [held(store)]
    for step in (on, off, on):
        step(by(store))
        seen.append(held(store))
    while len(seen) > 1:
        assert held(store) == seen.pop()
        take_back(store)
    assert held(store) == seen[0]


def test_what_somebody_else_has_put_on_anew_is_left_alone(store: Store) -> None:
    edit_candidate(by(store), "C-1", {}, add_tags=["dag"])
    edit_candidate(by(store, actor="Bo"), "C-1", {}, drop_tags=["dag"])
    edit_candidate(by(store, actor="Bo"), "C-1", {}, add_tags=["dag"])
    before = held(store)
    with pytest.raises(Conflict, match="changed-since"):
        take_back(store)
    assert held(store) == before


def test_a_protected_identity_stays_protected(store: Store) -> None:
    protect(by(store), "C-1")
    before = held(store)
    with pytest.raises(Refused, match="protection-final"):
        take_back(store)
    assert held(store) == before


def test_a_change_of_no_known_kind_is_refused(store: Store) -> None:
    with pytest.raises(Refused, match="not-reversible"):
        reverse(store, Change(1, 1, "weather", "1", "", None, None))


def test_every_kind_of_row_that_a_command_notes_has_one_way_back() -> None:
    noted = {
        kind
        for room in Path(services.__path__[0]).glob("*.py")
        for kind in re.findall(r'writing\.(?:created|edited)\(\s*"([a-z-]+)"', room.read_text("utf-8"))
    }
    ways = [kind for room in (candidates, programme, outreach, merges) for kind in room.REVERSALS]
    assert len(noted) > 12
    assert noted <= set(ways)
    assert len(ways) == len(set(ways))
