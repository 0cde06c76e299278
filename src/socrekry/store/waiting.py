"""How long a command waits for another that is writing, before it says that the store is busy."""

import os

from socrekry.domain.errors import InvalidInput

VARIABLE = "SOCREKRY_BUSY_SECONDS"
LONGEST = 86_400


def busy_seconds() -> float:
    """Return the seconds to wait: 30, unless ``SOCREKRY_BUSY_SECONDS`` says otherwise.

    InvalidInput ``seconds-invalid`` where that is no number of seconds in a day.
    """
    said = os.environ.get(VARIABLE) or "30"
    try:
        seconds = float(said)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= LONGEST:  # nor is what is no number at all: nan
        raise InvalidInput("seconds-invalid", value=said, origin=VARIABLE, longest=LONGEST)
    return seconds
