"""Limits: seats of a cohort, and the room that supervisors and mentors have.

They are compared before and after *whatever* was done, so that an advance, an undo, a reopening, a
transfer and an import all obey them. A limit cannot be set aside.
"""

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Verdict
from socrekry.domain.guards import Circumstances, room_answer, seat_answer


def limits_broken(before: Candidacy, after: Candidacy, around: Circumstances) -> tuple[Verdict, ...]:
    """Return a verdict for each limit that going from ``before`` to ``after`` would exceed."""
    broken = []
    if after.holds_seat and not (before.holds_seat and before.cohort == after.cohort):
        met, reason, facts = seat_answer(after, around)
        if not met:
            broken.append(Verdict("free-seat", False, False, reason, facts))
    if after.supervised:
        held = (
            {each.staff for each in before.assignments if each.to_on is None} if before.supervised else set()
        )
        same_term = before.cohort == after.cohort
        for each in after.assignments:
            if each.to_on is None and not (same_term and each.staff in held):
                met, reason, facts = room_answer(after, around, each.staff)
                if not met:
                    broken.append(Verdict(each.role, False, False, reason, {"role": each.role, **facts}))
    return tuple(broken)
