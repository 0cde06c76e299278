"""The state machine: may this be done, and which events does it make?

`decide` is pure. It is asked with facts that were read in the transaction that will append, and
answers either the events to append or every rule that says no. Limits (seats, and people's room)
are not the business of one transition; whatever was decided has to pass them as well.
"""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from typing import Any, NamedTuple

from socrekry.domain import events as e
from socrekry.domain import intents as i
from socrekry.domain.candidacy import LOST, OPEN, VOID, Candidacy
from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.domain.events import Event, Verdict
from socrekry.domain.folding import with_events
from socrekry.domain.guards import COHORT_FULL, Circumstances, verdict
from socrekry.domain.ids import staff_id
from socrekry.domain.limits import limits_broken
from socrekry.domain.pipeline import Pipeline, Stage, Transition

Dated = tuple[date | None, Event]


class Decision(NamedTuple):
    """Yes: the events to append (each with its day), and where the candidacy then stands."""

    events: tuple[Dated, ...]
    after: Candidacy


class Refusal(NamedTuple):
    """No: every verdict that stands in the way."""

    verdicts: tuple[Verdict, ...]


class Way(NamedTuple):
    """A transition that leads on from a stage, with the verdict of each of its guards."""

    transition: Transition
    verdicts: tuple[Verdict, ...]

    @property
    def allowed(self) -> bool:
        """Whether it may be taken now, without an override."""
        return all(each.met for each in self.verdicts)


class _Refused(Exception):
    def __init__(self, *verdicts: Verdict) -> None:
        super().__init__()
        self.verdicts = verdicts


def decide(
    pipeline: Pipeline, candidacy: Candidacy, intent: i.Intent, on: date, around: Circumstances
) -> Decision | Refusal:
    """Return the events that the intent makes on that day, or every rule that refuses it.

    NotFound("stage-not-found") where the intent names a stage the pipeline does not have.
    """
    decider = _Decider(pipeline, candidacy, on, around)
    try:
        made = tuple(decider.events_of(intent))
        after = with_events(pipeline, candidacy, made)
        broken = limits_broken(candidacy, after, around)
        if broken:
            return Refusal(_with_where_to_wait(broken, pipeline, candidacy))
    except _Refused as refused:
        return Refusal(_with_where_to_wait(refused.verdicts, pipeline, candidacy))
    return Decision(made, after)


def ways_on(pipeline: Pipeline, candidacy: Candidacy, on: date, around: Circumstances) -> tuple[Way, ...]:
    """Return every transition from where the candidacy stands, each guard met or not."""
    if candidacy.state != OPEN:
        return ()
    return tuple(
        Way(each, _with_where_to_wait(_verdicts(each, candidacy, on, around), pipeline, candidacy))
        for each in pipeline.transitions_from(candidacy.stage)
    )


def _verdicts(
    transition: Transition, candidacy: Candidacy, on: date, around: Circumstances
) -> tuple[Verdict, ...]:
    return tuple(verdict(use, candidacy, around, on) for use in transition.guards)


def _with_where_to_wait(
    verdicts: tuple[Verdict, ...], pipeline: Pipeline, candidacy: Candidacy
) -> tuple[Verdict, ...]:
    """Say of a full cohort when no list can be waited on from here: to be pointed to it would not help."""
    if not any(each.reason == COHORT_FULL for each in verdicts):
        return verdicts
    waiting = pipeline.waiting_list
    if waiting and candidacy.state == OPEN and pipeline.transition(candidacy.stage, waiting.name):
        return verdicts
    nowhere = {"waiting_list": None}
    return tuple(
        each._replace(facts=each.facts | nowhere) if each.reason == COHORT_FULL else each for each in verdicts
    )


class _Decider:
    """One question: this candidacy, that day, under these circumstances."""

    def __init__(self, pipeline: Pipeline, candidacy: Candidacy, on: date, around: Circumstances) -> None:
        self.pipeline, self.candidacy, self.on, self.around = pipeline, candidacy, on, around

    def events_of(self, intent: i.Intent) -> Iterator[Dated]:
        if not isinstance(intent, i.Undo):
            self._refuse_if(self.on > self.around.today, "date", "in-the-future", today=self.around.today)
        match intent:
            case i.Open():
                first = self.pipeline.initial.name
                yield self.on, e.Opened(first, intent.cohort, intent.unit, intent.imported)
            case i.Advance():
                yield self._moved(intent, self._target(intent.to))
            case i.Reserve():
                yield self._reserved(intent)
            case i.Close() | i.Reopen():
                yield self._closed(intent)
            case i.Transfer():
                yield self._transferred(intent)
            case i.Pause() | i.Resume():
                yield self._rested(intent)
            case i.Undo() | i.SetAside() | i.TakeUp():
                yield None, e.Undone(self._undoable(intent))
            case i.Correct():
                yield None, self._corrected(intent)
            case _:
                yield self._noted(intent)

    def _noted(self, intent: i.Intent) -> Dated:
        """Facts and assignments: what is noted about a candidacy, without moving it."""
        self._refuse_if(self.candidacy.state == VOID, "open", "void")
        match intent:
            case i.Record():
                return self.on, e.FactRecorded(intent.fact, intent.value, intent.text, intent.seen_by)
            case i.WithdrawFact():
                fact = self.candidacy.fact(intent.fact)
                if fact is None:
                    raise NotFound("fact-not-recorded", fact=intent.fact)
                return self.on, e.FactWithdrawn(intent.fact, fact.seq)
            case i.Assign():
                self._require_open()
                return self.on, self._assigned(intent)
            case i.Unassign():
                staff = self.candidacy.assigned(intent.role)
                if staff is None:
                    raise NotFound("nobody-assigned", role=intent.role)
                return self.on, e.Unassigned(intent.role, staff)
        raise AssertionError(f"no rule for {intent!r}")

    def _assigned(self, intent: i.Assign) -> e.Assigned:
        room = self.around.rooms[intent.staff, self.around.cohorts[self.candidacy.cohort].term]
        lacking, facts = intent.role not in room.roles, {"staff": staff_id(intent.staff), "role": intent.role}
        self._refuse_if(lacking, intent.role, "wrong-role", **facts)
        return e.Assigned(intent.role, intent.staff)

    def _target(self, name: str | None) -> Stage:
        self._require_open()
        if name is not None:
            return self.pipeline.stage(name)
        target = self.pipeline.next_on_main_path(self.candidacy.stage)
        if target is None:
            raise _Refused(self._no("transition", "no-next-stage", {"from": self.candidacy.stage}))
        return target

    def _moved(self, intent: i.Advance, target: Stage) -> Dated:
        self._require_open()
        self._require_order()
        self._refuse_if(self.candidacy.is_paused(self.on), "pause", "paused", until=self._until())
        transition = self._transition(target)
        verdicts: tuple[Verdict, ...] = ()
        if not intent.imported:
            verdicts = _verdicts(transition, self.candidacy, self.on, self.around)
            if intent.override is not None:
                verdicts = tuple(
                    each._replace(overridden=each.overridable and not each.met) for each in verdicts
                )
            unmet = tuple(each for each in verdicts if not each.met and not each.overridden)
            if unmet:
                raise _Refused(*unmet)
        used = intent.override if any(each.overridden for each in verdicts) else None
        way = transition.name, self.candidacy.stage, target.name
        return self.on, e.Moved(*way, verdicts, used, intent.reason, imported=intent.imported)

    def _transition(self, target: Stage) -> Transition:
        transition = self.pipeline.transition(self.candidacy.stage, target.name)
        if transition is None:
            source = self.candidacy.stage
            ways = [each.target for each in self.pipeline.transitions_from(source)]
            raise _Refused(
                self._no("transition", "no-way", {"from": source, "to": target.name, "ways": ways})
            )
        return transition

    def _reserved(self, intent: i.Reserve) -> Dated:
        waiting = self.pipeline.waiting_list
        if waiting is None:
            raise InvalidInput("no-waiting-list", pipeline=self.pipeline.name)
        if self.candidacy.stage == waiting.name and self.candidacy.state == OPEN:
            self._refuse_if(intent.rank == self.candidacy.rank, "transition", "already-there")
            return self.on, e.Ranked(intent.rank)
        on, event = self._moved(i.Advance(waiting.name, reason=intent.reason), waiting)
        assert isinstance(event, e.Moved)
        return on, event._replace(rank=intent.rank)

    def _closed(self, intent: i.Close | i.Reopen) -> Dated:
        if isinstance(intent, i.Reopen):
            self._require_state(LOST, "not-closed")
            self._require_order()
            return self.on, e.Reopened(self._last_open_stage())
        self._require_open()
        self._require_order()
        stage = self.candidacy.stage
        return self.on, e.Closed(intent.outcome, stage, intent.by, intent.reason, intent.imported)

    def _transferred(self, intent: i.Transfer) -> Dated:
        self._require_open()
        self._require_order()
        same = (intent.cohort, intent.unit) == (self.candidacy.cohort, self.candidacy.unit)
        self._refuse_if(same, "transfer", "already-there")
        here = self.candidacy
        return self.on, e.Transferred(intent.cohort, here.cohort, intent.unit, here.unit)

    def _rested(self, intent: i.Pause | i.Resume) -> Dated:
        self._require_open()
        self._require_order()
        if isinstance(intent, i.Resume):
            self._refuse_if(not self.candidacy.is_paused(self.on), "pause", "not-paused")
            return self.on, e.Resumed()
        self._refuse_if(intent.until <= self.on, "pause", "pause-ends-before", until=intent.until)
        return self.on, e.Paused(intent.until, intent.reason)

    def _undoable(self, intent: i.Undo | i.SetAside | i.TakeUp) -> tuple[int, ...]:
        standing = self.candidacy.standing
        if not isinstance(intent, i.Undo):  # all of it, or the event that took all of it back
            whole = isinstance(intent, i.SetAside)
            return tuple(entry.seq for entry in standing) if whole else (self.candidacy.head,)
        if not standing:
            raise _Refused(self._no("undo", "nothing-to-undo", {}))
        last = standing[-1].command
        if intent.command is not None and intent.command != last:
            raise _Refused(self._no("undo", "written-since", {"head": self.candidacy.head}))
        # Only the end of the log: a command that another came between is taken back in two goes.
        end = takewhile(lambda entry: entry.command == last, reversed(standing))
        return tuple(entry.seq for entry in end)[::-1]

    def _corrected(self, intent: i.Correct) -> e.Corrected:
        stage = self.pipeline.stage(intent.stage)
        stays = reversed(self.candidacy.stays)
        seq = next((stay.entered_seq for stay in stays if stay.stage == stage.name), None)
        if seq is None:
            raise NotFound("stage-never-entered", stage=stage.name)
        moves = [entry for entry in self.candidacy.standing if isinstance(entry.event, _ORDERED)]
        at = next(n for n, entry in enumerate(moves) if entry.seq == seq)
        earlier = moves[at - 1].occurred_on if at else None
        later = moves[at + 1].occurred_on if at + 1 < len(moves) else None
        too_early = earlier is not None and self.on < earlier
        self._refuse_if(too_early, "order", "before-the-last-move", last=earlier)
        self._refuse_if(later is not None and self.on > later, "order", "after-the-next-move", next=later)
        return e.Corrected(seq, self.on)

    def _last_open_stage(self) -> str:
        """A lost stage of the pipeline is no place to go on from: return the one before it."""
        stages = (stay.stage for stay in reversed(self.candidacy.stays))
        return next(name for name in stages if self.pipeline.stage(name).kind == OPEN)

    def _until(self) -> date | None:
        return self.candidacy.pause.until if self.candidacy.pause else None

    def _require_open(self) -> None:
        self._require_state(OPEN, "void" if self.candidacy.state == VOID else "closed")

    def _require_state(self, state: str, reason: str) -> None:
        actual = self.candidacy.state
        self._refuse_if(actual != state, "open", reason, state=actual, outcome=self.candidacy.outcome)

    def _require_order(self) -> None:
        last = self.candidacy.last_move_on
        self._refuse_if(last is not None and self.on < last, "order", "before-the-last-move", last=last)

    def _refuse_if(self, condition: bool, rule: str, reason: str, **facts: Any) -> None:
        if condition:
            raise _Refused(self._no(rule, reason, facts))

    def _no(self, rule: str, reason: str, facts: dict[str, Any]) -> Verdict:
        seen = {name: each.isoformat() if isinstance(each, date) else each for name, each in facts.items()}
        return Verdict(rule, False, False, reason, {"on": self.on.isoformat(), **seen})


_ORDERED = (e.Opened, e.Moved, e.Closed, e.Reopened, e.Transferred, e.Paused, e.Resumed)
