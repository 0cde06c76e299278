"""A guard's answer in words: what it saw, and the command that would remedy it.

The answer is data; these tables turn its reason into a sentence and, where it is not met, into a
command that can be copied as it stands. A reason without words is a defect that a test finds.
"""

from collections.abc import Sequence
from typing import Any

from socrekry.domain.events import Verdict
from socrekry.locale import N_, _
from socrekry.render.text import clean
from socrekry.render.words import FACTS, ROLES, capital, word

SENTENCES = {
    "fact-missing": N_("Not recorded: {fact_word}."),
    "fact-recorded": N_("{fact_word}, {on}."),
    "seat-free": N_("{taken} of {seats} seats are taken."),
    "cohort-full": N_("No seat is free: {taken} of {seats} are taken."),
    "nobody-assigned": N_("No {role_word} is assigned."),
    "room": N_("{staff} has {taken} of {capacity} in {term}."),
    "no-room": N_("{staff} has room for {capacity} in {term}, and has {taken} already."),
    "wrong-role": N_("{staff} is not a {role_word}."),
    "graduation-unknown": N_("When the studies end is not known; it must be {latest} at the latest."),
    "graduation-near": N_("Graduates {graduates}."),
    "graduation-far": N_("Graduates {graduates}; it must be {latest} at the latest."),
    "not-child-and-youth": N_("Not asked for: the unit does not work with children and youth."),
    "degree-later": N_("The proof of the degree was seen {on}, after this day."),
    "register-check-old": N_("The extract was seen {on}; it must be from {oldest} or later."),
    "register-check-later": N_("The extract was seen {on}, after this day."),
    "register-check-without-suspicion": N_("The extract seen {on} did not cover the suspicion register."),
    "no-way": N_("There is no step from {from} to {to}. From here one goes to: {ways}."),
    "no-next-stage": N_("There is no stage after {from}."),
    "in-the-future": N_("{on} has not come yet; today is {today}."),
    "before-the-last-move": N_("{on} is before the event before it, {last}."),
    "after-the-next-move": N_("{on} is after the event that followed, {next}."),
    "paused": N_("Paused until {until}."),
    "not-paused": N_("Not paused on {on}."),
    "pause-ends-before": N_("The pause would end {until}, before it begins."),
    "closed": N_("The candidacy is closed already."),
    "void": N_("The candidacy was undone."),
    "not-closed": N_("The candidacy is not closed."),
    "already-there": N_("It is there already."),
    "nothing-to-undo": N_("There is nothing left to take back."),
    "written-since": N_("Somebody has written to it since; take that back first."),
}
_RECORD = {
    "degree": "degree=socionomexamen",
    "register-check-seen": "register-check-seen=criminal --seen-by NAME",
}
REMEDIES = {
    "fact-missing": "socrekry record {id} {fact_typed}",
    "cohort-full": "socrekry reserve {id}",
    "nobody-assigned": "socrekry assign {id} --{role} S-…",
    "no-room": "socrekry staff --free --term {term}",
    "wrong-role": "socrekry staff --free",
    "graduation-unknown": "socrekry edit-candidate {person} --graduates {latest}",
    "graduation-far": "socrekry edit-candidate {person} --graduates {latest}",
    "degree-later": "socrekry record {id} degree={value} --on DATE",
    "register-check-old": "socrekry record {id} register-check-seen=criminal --seen-by NAME",
    "register-check-later": "socrekry record {id} register-check-seen=criminal --seen-by NAME",
    "register-check-without-suspicion": (
        "socrekry record {id} register-check-seen=criminal+suspicion --seen-by NAME"
    ),
    "no-way": "socrekry next {id}",
    "no-next-stage": "socrekry next {id}",
    "before-the-last-move": "socrekry correct {id} --stage STAGE --on {on}",
    "after-the-next-move": "socrekry history {id}",
    "paused": "socrekry resume {id}",
    "not-paused": "socrekry pause {id} --until DATE --reason leave",
    "closed": "socrekry reopen {id}",
    "void": "socrekry history {id}",
    "not-closed": "socrekry next {id}",
    "written-since": "socrekry undo {id}",
}


def message(verdict: Verdict) -> str:
    """Return what the guard saw, as a sentence in the reader's language."""
    template = SENTENCES.get(verdict.reason)
    if template is None:
        return clean(verdict.reason)
    return capital(_(template).format_map(_Words(verdict.facts)))


def remedy(verdict: Verdict, label: str) -> str | None:
    """Return the command that would meet the guard, or None where it is met or nothing would.

    ``label`` is the candidacy's id, ``C-1.1``.
    """
    template = None if verdict.met else REMEDIES.get(verdict.reason)
    if verdict.reason == "closed" and verdict.facts.get("state") == "won":
        template = REMEDIES["void"]  # what was won is not opened again; how it came about can be seen
    if "waiting_list" in verdict.facts:
        template = "socrekry cohorts"  # no waiting list can be reached from here, but seats may be added
    if template is None:
        return None
    return template.format_map(_Words({**verdict.facts, "id": label, "person": label.partition(".")[0]}))


def all_at_once(verdicts: Sequence[Verdict], label: str) -> str | None:
    """Return the one command that meets several guards and advances, or None where there is none."""
    options = []
    for verdict in verdicts:
        words = _Words(verdict.facts)
        if verdict.reason == "fact-missing":
            options.append(f"--with {words['fact_typed'].partition(' ')[0]}")
        elif verdict.reason == "nobody-assigned":
            options.append(f"--{words['role']} S-…")
        else:
            return None
    return f"socrekry advance {label} {' '.join(options)}" if len(options) > 1 else None


def verdict_json(verdict: Verdict, label: str) -> dict[str, Any]:
    """Return a verdict as the contract has it: the facts first, the sentence beside them."""
    return {
        "guard": verdict.guard,
        "met": verdict.met,
        "overridable": verdict.overridable,
        "reason": verdict.reason,
        "message": message(verdict),
        "remedy": remedy(verdict, label),
        "facts": verdict.facts,
    }


class _Words(dict[str, Any]):
    """The facts of a verdict, with the words that a sentence may ask for beside them."""

    def __missing__(self, name: str) -> str:
        match name:
            case "fact_word":
                return word(FACTS, self.get("fact"))
            case "fact_typed":
                return _RECORD.get(self["fact"], str(self["fact"]))
            case "role_word":
                return word(ROLES, self.get("role"))
            case _:
                return "–"

    def __getitem__(self, name: str) -> str:
        value = super().__getitem__(name)
        if isinstance(value, list):
            return ", ".join(clean(str(each)) for each in value) or "–"
        return "–" if value is None else clean(str(value))
