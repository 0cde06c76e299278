"""How many rounds a test goes: few in every run, many when pytest is told ``--full``.

What shows once in a hundred times needs long to be found, and a run at each change has not got long. Both are
one test, so that the long one cannot grow stale.
"""

in_full = False
"""Whether pytest was told ``--full``; set before a test is collected."""


def rounds(full: int, *, brief: int) -> int:
    """Return how many rounds to go."""
    return full if in_full else brief
