"""The course of a candidacy, from the first contact to where it stands, decided by the real domain.

`calibration` says which stages somebody comes to and when. `course` has `domain.machine` decide each move,
and does as a user would: what a guard asks for is recorded along with it. Now and then somebody rests, a move
is undone, a beginning was a mistake. So every event is one that socrekry would have written.

Many may go the same course. What tells them apart stands in its events as a *blank*, a number that no store
comes to: who supervises, who is mentor, and which row holds a user's words.
"""

import os
import random
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

from benchmarks.calibration import DIRECT, TRAINEE, Scenario, first_day, stays_of
from socrekry.domain import intents as i
from socrekry.domain.candidacy import Candidacy
from socrekry.domain.events import Entry, Verdict
from socrekry.domain.folding import fold
from socrekry.domain.guards import MENTOR, ROLES, SUPERVISOR, Circumstances, Room, Seats
from socrekry.domain.machine import Refusal, decide
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term

SCENARIOS = {
    name: Scenario(name, name, truth, 0, 0) for name, truth in (("trainee", TRAINEE), ("direct", DIRECT))
}
STAFF = {SUPERVISOR: 7_000_000_000_001, MENTOR: 7_000_000_000_002}
FIRST_WORDS = 8_000_000_000_001
CAPACITY = 20
OUTCOMES = {
    "lead": ("no-reply", "no-reply", "withdrawn"),
    "applied": ("rejected", "rejected", "not-eligible", "withdrawn"),
    "reserve": ("rejected", "withdrawn", "position-filled"),
    "selected": ("withdrawn", "declined"),
    "placement": ("discontinued",),
    "trainee": ("discontinued",),
    "interview": ("rejected", "withdrawn", "position-filled"),
    "references": ("rejected", "withdrawn"),
    "offer": ("declined", "declined", "no-reply"),
    "hired": ("withdrawn", "declined"),
}
REASONS = ("Valde annan kommun", "Annan profil", "Flyttar", "Studerar vidare", "Lönen", "Långt att resa")
LEFT = ("Flyttade", "Annan arbetsgivare", "Arbetsbelastningen", "Föräldraledig och slutade")


class Intake(NamedTuple):
    """A cohort as its candidacies know it."""

    cohort: int
    pipeline: Pipeline
    term: Term
    unit: int
    child_and_youth: bool
    seats: int


class Words(NamedTuple):
    """A user's words: the blank for their number, and the place of the command that brings them."""

    blank: int
    kind: str
    text: str
    on: date
    command: int


class Course(NamedTuple):
    """What was done, and where it led. A command is a name and a day; an entry has its command's place."""

    state: Candidacy
    commands: tuple[tuple[str, date], ...]
    words: tuple[Words, ...]
    graduates: Term
    begins: date


def course(intake: Intake, draw: random.Random, today: date) -> Course:
    """Invent the course of a candidacy in a cohort, as far as it has come by a day."""
    name, latest = intake.pipeline.name, today.toordinal()
    begins = min(first_day(intake.term) - draw.randint(60, 300 if name == "trainee" else 200), latest)
    walk = _Walk(intake, draw, today)
    walk.do("add-candidate", date.fromordinal(begins), i.Open(intake.cohort, intake.unit))
    if draw.random() < 0.004:
        walk.do("undo", date.fromordinal(begins), i.Undo())
        return walk.course(begins)
    for stay in stays_of(SCENARIOS[name], draw, begins, intake.term, latest):
        if stay.left - stay.entered > 100 and stay.entered + 30 <= latest and draw.random() < 0.1:
            rests = date.fromordinal(stay.entered + 30)
            walk.do("pause", rests, i.Pause(rests + timedelta(days=60), "studies"))
        if stay.left > latest:
            break
        if stay.to is None:
            walk.close(date.fromordinal(stay.left))
        else:
            walk.advance(date.fromordinal(stay.left), stay.to)
    walk.stay_on()
    return walk.course(begins)


class _Walk:
    """A candidacy under way: each call is a command."""

    def __init__(self, intake: Intake, draw: random.Random, today: date) -> None:
        self.intake, self.draw, self.today = intake, draw, today
        self.state = Candidacy()
        self.commands: list[tuple[str, date]] = []
        self.words: list[Words] = []
        # Of seven terms the placement is in the fifth; whoever is hired directly graduates before she starts.
        self.graduates = intake.term.plus(2 if intake.pipeline.name == "trainee" else -1)
        taken, others = draw.randrange(max(1, intake.seats // 2)), draw.randrange(CAPACITY)
        room = Room(ROLES, CAPACITY, others)
        self.around = Circumstances(
            today,
            {intake.cohort: Seats(intake.seats, taken, intake.term)},
            {(staff, intake.term): room for staff in STAFF.values()},
            (),
            self.graduates,
            intake.child_and_youth,
        )

    def course(self, begins: int) -> Course:
        """Return what was done."""
        first = date.fromordinal(begins)
        return Course(self.state, tuple(self.commands), tuple(self.words), self.graduates, first)

    def do(self, command: str, on: date, *intents: i.Intent) -> None:
        """Do something that nothing stands in the way of."""
        self.commands.append((command, on))
        for intent in intents:
            lacking = self._decide(intent, on)
            assert not lacking, (intent, on, lacking)

    def advance(self, on: date, to: str) -> None:
        """Move on, with what the guards ask for; one of a hundred moves is undone and made again."""
        self.commands.append(("advance", on))
        lacking = self._decide(i.Advance(to), on)
        for each in lacking:
            remedied = self._decide(_remedy(each), on)
            assert not remedied, (to, on, remedied)
        again = self._decide(i.Advance(to), on) if lacking else ()
        assert not again, (to, on, again)
        if self.draw.random() < 0.01:
            self.do("undo", on, i.Undo())
            self.advance(on, to)

    def close(self, on: date) -> None:
        """End, for a reason or without a word."""
        outcome = self.draw.choice(OUTCOMES[self.state.stage])
        said = self._say("reason", self.draw.choice(REASONS), on) if self.draw.random() < 0.4 else None
        self.do("close", on, i.Close(outcome, i.USUAL_PARTY.get(outcome, "candidate"), said))

    def stay_on(self) -> None:
        """Let it be known after a year and after two, or not, whether somebody who started is still there."""
        if self.state.state != "won" or self.state.entered_on is None:
            return
        for years in (1, 2):
            on = self.state.entered_on + timedelta(days=366 * years + self.draw.randrange(20))
            fate = self.draw.random()
            if on > self.today:
                return
            if fate < 0.15:
                left = self._say("fact", self.draw.choice(LEFT), on)
                self.do("record", on, i.Record("left", None, left))
                return
            if fate < 0.9:
                self.do("record", on, i.Record("still-employed", "yes"))

    def _say(self, kind: str, text: str, on: date) -> int:
        """Keep words that belong to the command about to come; return their blank."""
        self.words.append(Words(FIRST_WORDS + len(self.words), kind, text, on, len(self.commands)))
        return self.words[-1].blank

    def _decide(self, intent: i.Intent, on: date) -> Sequence[Verdict]:
        """Let the domain decide, and take what it decides; return the verdicts that stand in the way."""
        decision = decide(self.intake.pipeline, self.state, intent, on, self.around)
        if isinstance(decision, Refusal):
            return decision.verdicts
        command = len(self.commands) - 1
        new = (
            Entry(seq, command, day, "", event)
            for seq, (day, event) in enumerate(decision.events, self.state.head + 1)
        )
        self.state = fold(self.intake.pipeline, (*self.state.entries, *new))
        return ()


def _remedy(verdict: Verdict) -> i.Intent:
    """Return what a user does about a guard that is not met."""
    remedies: dict[str, Any] = {
        **{role: i.Assign(role, staff) for role, staff in STAFF.items()},
        "register-check": i.Record("register-check-seen", "criminal"),
        "degree": i.Record("degree", "socionomexamen"),
        "degree-or-graduation": i.Record("degree", "other-degree"),
    }
    intent: i.Intent = remedies.get(verdict.guard) or i.Record(verdict.guard, "yes")
    return intent
