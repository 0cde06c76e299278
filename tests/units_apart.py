"""A shared store with row security on: candidates in two units, one in both, one in none.

They are Anna, C-1 (children), Bo, C-2 (adults), Cia, C-3 (no unit), Dag, C-4 (both) and Eda, C-5 (adults).
Anna and Bo have two of three seats and Siv, S-1, as supervisor; Eda waits first for one, and Cia after her.
Each has a note, and Bo all that somebody can have besides: a tag, a touch, a voice, a reason.
"""

from contextlib import closing
from functools import cache
from typing import NamedTuple

from psycopg.conninfo import conninfo_to_dict

from socrekry.services import roles, unit_access
from socrekry.services.candidates import add_candidacy
from socrekry.services.cohorts import find_cohort
from socrekry.services.moves import close, reopen, reserve
from socrekry.services.notes import note
from socrekry.services.touches import add_touches
from socrekry.services.voices import add_voice
from socrekry.store.connect import Store, open_store
from tests.builders import TODAY, Office, a_database, an_office
from tests.engines import new_database, uri_of
from tests.shared import READER, RECRUITER, Somebody, a_login, url_of

CHILDREN, ADULTS = "Barn och unga", "Vuxen"
ANNA, BO, CIA, DAG, EDA = (f"C-{n}" for n in range(1, 6))


class Logins(NamedTuple):
    """Who may log in: recruiters of one unit, the other, every unit and none, and two readers."""

    children: str
    adults: str
    everything: str
    nothing: str
    reader: str
    every_reader: str


class Apart(NamedTuple):
    """A database in which units are apart, and who may log in to it."""

    database: str
    logins: Logins

    def opened(self, login: str = "", *, writing: bool = True) -> Store:
        """Open the store as one who logs in, or as a superuser."""
        return open_store(self.url(login), writing=writing)

    def url(self, login: str = "") -> str:
        """Return where the store is for one who logs in, or for a superuser."""
        return url_of(self.database, login or "postgres")

    def past_the_program(self, login: str = "") -> Somebody:
        """Connect as one who logs in, with whatever SQL she likes."""
        return Somebody(self.database, login or "postgres")


@cache
def _the_first() -> Apart:
    database = str(conninfo_to_dict(a_database())["dbname"])
    with closing(open_store(uri_of(database), writing=True)) as store:
        roles.apply_roles(store)
        logins = Logins(*(a_login(group) for group in (*(RECRUITER,) * 4, READER, READER)))
        office = an_office(store, seats=3)
        _people(office)
        _access(office, logins)
        unit_access.switch(store, on=True)
    return Apart(database, logins)


def units_apart() -> Apart:
    """Return a new database in which units are apart."""
    first = _the_first()
    return first._replace(database=new_database(first.database))


def an_office_of(store: Store) -> Office:
    """Return the office that a store was made by, whoever opened it."""
    return Office(store, find_cohort(store, "K-1"))


def _people(office: Office) -> None:
    children, adults = office.unit(CHILDREN).id, office.unit(ADULTS).id
    fair = office.activity("fair", "Arbetsmarknadsdag")
    office.add("Anna Ek", "placement", unit=children, email="anna@exempel.se")
    office.add(
        "Bo Ed",
        "placement",
        unit=adults,
        email="bo@exempel.se",
        phone="070-2",
        tags=["nattarbete"],
        channel=fair,
    )
    office.add("Cia Öst", "applied", email="cia@exempel.se")
    office.add("Dag Al", "lead", unit=children, email="dag@exempel.se")
    another = office.another_cohort(pipeline="direct", seats=1)
    add_candidacy(office.by(command="add-candidacy"), DAG, another, TODAY, unit=adults)
    office.add("Eda Ö", "applied", unit=adults, email="eda@exempel.se")
    for ref, rank in ((EDA, 1), (CIA, 2)):
        reserve(office.by(command="reserve"), [ref], TODAY, rank=rank)
    for ref in (ANNA, BO, CIA, "C-4.1", EDA):
        note(office.by(command="note"), ref, f"Anteckning om {ref}", TODAY)
    add_voice(office.by(command="add-voice"), BO, "concern", "workload", "Bo oroar sig")
    close(office.by(command="close"), [BO], TODAY, outcome="declined", reason="Bo flyttar")
    reopen(office.by(command="reopen"), [BO], TODAY)
    add_touches(office.by(command="add-touch"), [EDA], fair)


def _access(office: Office, logins: Logins) -> None:
    for login, unit in ((logins.children, CHILDREN), (logins.adults, ADULTS), (logins.reader, CHILDREN)):
        unit_access.allow(office.by(command="db allow"), login, [unit])
    for login in (logins.everything, logins.every_reader):
        unit_access.allow(office.by(command="db allow"), login, (), every_unit=True)
