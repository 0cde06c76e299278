"""How long a command waits for another that is writing, before it says that the store is busy."""

import os


def busy_seconds() -> float:
    """Return the seconds to wait: 30, unless ``SOCREKRY_BUSY_SECONDS`` says otherwise."""
    return float(os.environ.get("SOCREKRY_BUSY_SECONDS", "30"))
