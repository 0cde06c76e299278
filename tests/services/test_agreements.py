"""Agreements: a number of each kind for a university, a term and a unit, and how many seats are used."""

import pytest

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.services.agreements import Agreement, add_agreement, agreements
from socrekry.services.undoing import undo_last
from tests.builders import HT2026, Office


def agreed(office: Office) -> list[tuple[int | None, int | None, int | None, str | None]]:
    """Return the numbers and the contact of each agreement."""
    return [(each.asked, each.offered, each.confirmed, each.contact) for each in agreements(office.store)]


def used(office: Office) -> dict[str | None, int]:
    """Return how many seats are used, by unit."""
    return {each.unit: each.placed for each in agreements(office.store)}


def test_a_number_of_each_kind_is_kept_beside_the_others(office: Office) -> None:
    add_agreement(office.by(), "sh", HT2026, 4, "asked", contact="Åsa, 08-1")
    add_agreement(office.by(), "Södertörn", HT2026, 0, "confirmed")
    assert agreed(office) == [(4, None, 0, "Åsa, 08-1")]


def test_a_number_given_again_says_what_it_was(office: Office) -> None:
    assert add_agreement(office.by(), "sh", HT2026, 4, "asked").before is None
    again = add_agreement(office.by(), "sh", HT2026, 6, "asked")
    assert (again.agreement.asked, again.before) == (6, 4)


def test_an_empty_contact_takes_it_away(office: Office) -> None:
    add_agreement(office.by(), "sh", HT2026, 4, "asked", contact="Åsa")
    add_agreement(office.by(), "sh", HT2026, 4, "asked", contact="  ")
    assert agreed(office) == [(4, None, None, None)]


def test_what_is_told_apart_is_an_agreement_of_its_own(office: Office) -> None:
    office.unit("Barn")
    for university, term, unit in (("sh", HT2026, None), ("sh", HT2026, "barn"), ("oru", HT2026, None)):
        add_agreement(office.by(), university, term, 1, "asked", unit=unit)
    add_agreement(office.by(), "sh", HT2026.next, 1, "asked")
    shown = [(str(each.term), each.university, each.unit) for each in agreements(office.store)]
    assert shown == [
        ("HT2026", "oru", None), ("HT2026", "sh", None), ("HT2026", "sh", "Barn"), ("VT2027", "sh", None)
    ]  # fmt: skip
    assert len(agreements(office.store, HT2026, "sh", "barn")) == 1


def test_an_undo_puts_the_number_and_the_contact_back(office: Office) -> None:
    add_agreement(office.by(), "sh", HT2026, 4, "asked", contact="Åsa")
    add_agreement(office.by(), "sh", HT2026, 6, "asked", contact="Bo")
    add_agreement(office.by(), "sh", HT2026, 6, "offered")
    for before in ([(6, None, None, "Bo")], [(4, None, None, "Åsa")], []):
        undo_last(office.by())
        assert agreed(office) == before


@pytest.mark.parametrize(
    ("university", "seats", "status", "unit", "code"),
    [
        ("moon", 1, "asked", None, "university-not-found"),
        ("sh", 1, "promised", None, "agreement-status-invalid"),
        ("sh", -1, "asked", None, "seats-agreed-out-of-range"),
        ("sh", 1_001, "asked", None, "seats-agreed-out-of-range"),
        ("sh", 1, "asked", "Barn", "unit-not-found"),
    ],
)
def test_what_cannot_be_agreed_on_is_refused(
    office: Office, university: str, seats: int, status: str, unit: str | None, code: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as raised:
        add_agreement(office.by(), university, HT2026, seats, status, unit=unit)
    assert raised.value.code == code


def test_a_seat_is_used_by_who_has_come_to_the_placement(office: Office) -> None:
    add_agreement(office.by(), "sh", HT2026, 1, "confirmed")
    office.add("Anna Ek", "selected", university="sh")
    office.add("Bo Ek", "placement", university="sh")
    office.add("Cia Ek", "trainee", university="sh", graduates=HT2026)
    office.add("Dan Ek", "placement", university="oru")
    (kept,) = agreements(office.store)
    assert (kept.placed, kept.unconfirmed) == (2, 1)


def test_a_placement_that_was_taken_back_uses_no_seat(office: Office) -> None:
    add_agreement(office.by(), "sh", HT2026, 1, "confirmed")
    office.add("Bo Ek", "placement", university="sh")
    undo_last(office.by())
    assert used(office) == {None: 0}


def test_an_agreement_for_all_units_leaves_out_those_that_have_their_own(office: Office) -> None:
    units = [office.unit(name) for name in ("Barn", "Vuxen")]
    for whose in (None, "Barn"):
        add_agreement(office.by(), "sh", HT2026, 5, "confirmed", unit=whose)
    for n, unit in enumerate((*units, units[0])):
        cohort = office.another_cohort(name=f"dag {n}", unit=unit.name)
        office.add(f"Ek {n}", "placement", cohort=cohort, university="sh")
    assert used(office) == {None: 1, "Barn": 2}


def test_nothing_confirmed_is_as_good_as_none() -> None:
    kept = Agreement(1, "sh", "Södertörn", HT2026, None, 4, 4, None, None, placed=2)
    assert kept.unconfirmed == 2
