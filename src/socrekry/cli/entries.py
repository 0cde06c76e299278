"""What an entry in the index of commands is, and the panels of the help that it may stand in."""

from typing import NamedTuple

from socrekry.locale import N_

EVERYDAY = N_("Everyday")
PEOPLE = N_("Candidates")
PROGRAMME = N_("Programme")
OUTREACH = N_("Outreach")
REPORTS = N_("Reports")
DATA = N_("Data")
PRIVACY = N_("Privacy")
PANELS = (EVERYDAY, PEOPLE, PROGRAMME, OUTREACH, REPORTS, DATA, PRIVACY)


class Entry(NamedTuple):
    """One command: the word or words typed, the function that answers and its module, its place in help."""

    name: str
    module: str
    function: str
    panel: str
    help: str
