"""Examine everything there is to a store; a part that cannot be examined does not hide the others."""

import os

from socrekry.domain.errors import SocrekryError
from socrekry.services.doctor.file import of_file
from socrekry.services.doctor.findings import GOOD, Diagnosis, Finding, Surroundings, finding_of
from socrekry.services.doctor.program import of_program
from socrekry.services.doctor.server import of_server
from socrekry.store.location import on_postgresql, place_of


def examine(surroundings: Surroundings) -> Diagnosis:
    """Return what is found of the program, of where the store is and of the store; nothing is changed."""
    found = of_program(surroundings, os.environ)
    place = {"store": place_of(surroundings.location), "origin": surroundings.origin}
    found.append(Finding("place", GOOD, place))
    try:
        if on_postgresql(surroundings.location):
            more, error = of_server(surroundings, os.environ)
        else:
            more, error = of_file(surroundings)
    except SocrekryError as unknown:  # a kind of store that there is not
        more, error = [finding_of(unknown)], unknown
    return Diagnosis((*found, *more), error)
