"""Ask what is wrong with the program, the place of the store and the store itself: ``doctor``."""

import os

from socrekry.cli.exits import ExitCode, exit_code_of, screen_encoding
from socrekry.cli.options import TableJson
from socrekry.cli.settings import TODAY_VARIABLE, clock, current
from socrekry.locale import _
from socrekry.render.doctor import diagnosis_page
from socrekry.render.output import write
from socrekry.services.doctor.examining import examine
from socrekry.services.doctor.findings import Surroundings


def doctor(format: TableJson = "table") -> int:
    """Say what is wrong, what to look at and what is good.

    The program and its surroundings, the disk or the server that the store is on, who may read it, and
    the store itself: each with a verdict and, where something should be done, with what helps. It works as
    well where the store cannot be opened, and changes nothing. No password is ever shown.

        socrekry doctor
        socrekry doctor --format json
    """
    settings = current()
    db = settings.setting("db")
    surroundings = Surroundings(
        settings.db,
        db.origin or _("the default"),
        settings.config_file,
        settings.lang,
        screen_encoding(),
        clock().now,
        os.environ.get(TODAY_VARIABLE) or None,
    )
    diagnosis = examine(surroundings)
    write(diagnosis_page(diagnosis), format, settings.output)
    if diagnosis.error is not None:
        return exit_code_of(diagnosis.error)
    return ExitCode.DONE if diagnosis.healthy else ExitCode.REFUSED
