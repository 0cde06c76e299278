"""Whatever people do, in whatever order, on whatever pipeline: the rules hold, and an undo gives back."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from socrekry.domain import events as e
from socrekry.domain import intents as i
from socrekry.domain.candidacy import LOST, OPEN, Candidacy
from socrekry.domain.errors import NotFound
from socrekry.domain.events import NAMES, Entry, from_body, to_body
from socrekry.domain.facts import FACTS
from socrekry.domain.folding import fold
from socrekry.domain.guards import ROLES, Circumstances, Room, Seats, guard_parameters
from socrekry.domain.machine import Decision, Refusal, decide
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.pipeline_file import read_pipeline
from tests.builders import HT2026, day
from tests.domain.candidacy_model import Account
from tests.strategies import pipelines

SHIPPED = Path(__file__).parents[2] / "src" / "socrekry" / "pipelines"
TRAINEE = read_pipeline((SHIPPED / "trainee.toml").read_text(encoding="utf-8"), guard_parameters())
TODAY = day(40)
TERMS = {1: HT2026, 2: HT2026.next}
ORDERED = (e.Opened, e.Moved, e.Closed, e.Reopened, e.Transferred, e.Paused, e.Resumed)
gaps = st.integers(0, 19).map(lambda n: {18: -1, 19: 100}.get(n, n % 4))
picks = st.integers(0, 99)
roles, members, cohorts = st.sampled_from(ROLES), st.sampled_from((7, 8)), st.sampled_from((1, 2))
outcomes, facts = st.sampled_from(i.OUTCOMES), st.sampled_from(sorted(FACTS))


def without_log(candidacy: Candidacy) -> Candidacy:
    return candidacy._replace(entries=(), standing=())


class Intake(RuleBasedStateMachine):
    """Two cohorts of one pipeline, two members of staff, and candidacies that come and go between them."""

    @initialize(
        pipeline=st.one_of(st.just(TRAINEE), pipelines()),
        seats=st.tuples(st.integers(1, 3), st.integers(0, 2)),
        capacities=st.tuples(st.integers(1, 3), st.integers(0, 2)),
        child_and_youth=st.booleans(),
        graduates=st.sampled_from((None, HT2026, HT2026.plus(9))),
        steps=st.lists(st.integers(0, 5), min_size=3, max_size=4),
    )
    def begins(
        self,
        pipeline: Pipeline,
        seats: tuple[int, ...],
        capacities: tuple[int, ...],
        steps: list[int],
        **more: Any,
    ) -> None:
        self.pipeline, self.more = pipeline, more
        self.seats = dict(zip((1, 2), seats, strict=True))
        self.capacities = dict(zip((7, 8), capacities, strict=True))
        self.tracked: list[Candidacy] = []
        self.accounts: list[list[Account]] = []
        self.snapshots: list[list[Candidacy]] = []
        self.commands = 0
        for number, onward in enumerate(steps):
            self.opens(1 + number % 2, 0)
            self.goes_on(number, [0] * onward, 0)

    # What surrounds a candidacy, and whether an account of it would pass the limits

    def seats_taken(self, accounts: list[Account]) -> Counter[int]:
        return Counter(each.cohort for each in accounts if each.holds_seat)

    def rooms_taken(self, accounts: list[Account]) -> Counter[tuple[int, int]]:
        return Counter(
            (staff, each.cohort)
            for each in accounts
            if each.state == OPEN and self.pipeline.stage(each.stage).supervised
            for staff in {staff for _, staff in each.staff}
        )

    def others(self, number: int) -> list[Account]:
        return [each[-1] for n, each in enumerate(self.accounts) if n != number]

    def circumstances(self, number: int) -> Circumstances:
        taken, rooms = self.seats_taken(self.others(number)), self.rooms_taken(self.others(number))
        return Circumstances(
            TODAY,
            {cohort: Seats(total, taken[cohort], TERMS[cohort]) for cohort, total in self.seats.items()},
            {
                (staff, TERMS[cohort]): Room(ROLES, capacity, rooms[staff, cohort])
                for staff, capacity in self.capacities.items()
                for cohort in TERMS
            },
            **self.more,
        )

    def fits(self, number: int, account: Account) -> bool:
        every = [*self.others(number), account]
        seats, rooms = self.seats_taken(every), self.rooms_taken(every)
        return all(seats[key] <= total for key, total in self.seats.items()) and all(
            count <= self.capacities[staff] for (staff, _), count in rooms.items()
        )

    # One intent, tried on the machine and on the account

    def asks(self, number: int, intent: i.Intent, on: date) -> Decision | Refusal:
        return decide(self.pipeline, self.tracked[number], intent, on, self.circumstances(number))

    def kept(self, before: Candidacy, decision: Decision) -> Candidacy:
        """Return the candidacy with what was decided in its log, as one more command's."""
        self.commands += 1
        dated = enumerate(decision.events, before.head + 1)
        new = (Entry(n, self.commands, on, "", event) for n, (on, event) in dated)
        after = fold(self.pipeline, (*before.entries, *new))
        assert without_log(after) == without_log(decision.after)
        return after

    def tries(self, number: int, intent: i.Intent, on: date, expected: Account | None) -> bool:
        """Carry out an intent; it is done just when the account that it should lead to fits the limits."""
        before, answer = self.tracked[number], self.asks(number, intent, on)
        if isinstance(answer, Refusal):
            assert answer.verdicts
            assert not any(each.met or each.overridden for each in answer.verdicts)
            assert expected is None or not self.fits(number, expected)
            return False
        after = self.kept(before, answer)
        assert expected is not None
        assert self.fits(number, expected)
        assert not (before.state == LOST and after.state == OPEN) or isinstance(intent, i.Reopen | i.Undo)
        self.tracked[number] = after
        return True

    def does(self, number: int, intent: i.Intent, on: date, expected: Account | None) -> None:
        """Carry out an intent, and note what stood before it."""
        before, late = self.tracked[number], on > TODAY
        if self.tries(number, intent, on, None if late else expected) and expected is not None:
            self.accounts[number].append(expected)
            self.snapshots[number].append(before)

    def day_after(self, number: int, gap: int) -> date:
        last = self.tracked[number].last_move_on
        return (last or day(10)) + timedelta(days=gap)

    def open_account(self, number: int, on: date) -> Account | None:
        account = self.accounts[number][-1]
        return account if account.state == OPEN and account.in_order(on) else None

    def picked(self, pick: int, state: str = OPEN) -> int:
        """Return a candidacy: one of those that are open, or in another state; now and then any of all."""
        live = [n for n, each in enumerate(self.tracked) if each.state == state]
        return live[pick % len(live)] if live and pick < 80 else pick % len(self.tracked)

    @rule(cohort=cohorts, gap=gaps)
    def opens(self, cohort: int, gap: int) -> None:
        if sum(each.state == OPEN for each in self.tracked) < 5:
            number, on = len(self.tracked), day(10) + timedelta(days=gap)
            self.tracked.append(Candidacy())
            self.accounts.append([Account()])
            self.snapshots.append([])
            opened = Account(cohort=cohort).at(self.pipeline, self.pipeline.initial.name, on)
            self.does(number, i.Open(cohort), on, opened)

    @rule(pick=picks, choice=st.integers(0, 9), gap=gaps, override=st.booleans())
    def advances(self, pick: int, choice: int, gap: int, override: bool) -> None:
        number = self.picked(pick)
        on, account = self.day_after(number, gap), self.accounts[number][-1]
        ways = self.pipeline.transitions_from(account.stage)
        to = ways[choice % len(ways)].target if ways else self.pipeline.stages[0].name
        free = self.open_account(number, on) is not None and not account.resting(on) and on <= TODAY
        led_to = account.at(self.pipeline, to, on) if ways and free else None
        intent = i.Advance(to, override=1 if override else None)
        answer = self.asks(number, intent, on)
        if isinstance(answer, Refusal):
            self.guards_refuse(answer, led_to, override)
        else:
            self.does(number, intent, on, led_to)

    def guards_refuse(self, refusal: Refusal, expected: Account | None, override: bool) -> None:
        """A move that nothing else stands against is refused by guards alone, and those not overridden."""
        asked = {use.name for each in self.pipeline.transitions for use in each.guards}
        assert not any(each.met for each in refusal.verdicts)
        if expected is not None:
            limits = {"free-seat", *ROLES}
            assert all(each.guard in asked | limits for each in refusal.verdicts)
            assert not (override and any(each.overridable for each in refusal.verdicts))

    @rule(pick=picks, choices=st.lists(st.integers(0, 9), min_size=1, max_size=5), gap=gaps)
    def has_history_imported(self, pick: int, choices: list[int], gap: int) -> None:
        self.goes_on(self.picked(pick), choices, gap)

    def goes_on(self, number: int, choices: list[int], gap: int) -> None:
        """Go several steps, most of them onward: no guard is asked, but the limits hold."""
        for choice in choices:
            on, account = self.day_after(number, gap), self.accounts[number][-1]
            onward = account.stage and self.pipeline.next_on_main_path(account.stage)
            aside = self.pipeline.stages[choice % len(self.pipeline.stages)]
            to = onward.name if onward and choice < 8 else aside.name
            way = account.stage and self.pipeline.transition(account.stage, to)
            free = self.open_account(number, on) is not None and not account.resting(on)
            led_to = account.at(self.pipeline, to, on) if way and free else None
            self.does(number, i.Advance(to, imported=True), on, led_to)

    @rule(pick=picks, rank=st.none() | st.integers(1, 3), gap=gaps)
    def reserves(self, pick: int, rank: int | None, gap: int) -> None:
        number = self.picked(pick)
        on, account = self.day_after(number, gap), self.accounts[number][-1]
        waiting = self.pipeline.waiting_list
        if waiting is None or (account.stage, account.state) != (waiting.name, OPEN):
            return
        self.does(number, i.Reserve(rank), on, account._replace(rank=rank) if rank != account.rank else None)

    @rule(pick=picks, outcome=outcomes, gap=gaps)
    def closes(self, pick: int, outcome: str, gap: int) -> None:
        number = self.picked(pick)
        on = self.day_after(number, gap)
        account = self.open_account(number, on)
        closed = account.on_day(on, state=LOST, rest=None, rank=None) if account else None
        self.does(number, i.Close(outcome), on, closed)

    @rule(pick=picks, gap=gaps)
    def reopens(self, pick: int, gap: int) -> None:
        number = self.picked(pick, LOST)
        on, account = self.day_after(number, gap), self.accounts[number][-1]
        visited = [stage for stage, _ in account.days if stage and self.pipeline.stage(stage).kind == OPEN]
        again = account.state == LOST and account.in_order(on)
        self.does(number, i.Reopen(), on, account.at(self.pipeline, visited[-1], on) if again else None)

    @rule(pick=picks, cohort=cohorts, unit=st.none() | st.just(5), gap=gaps)
    def transfers(self, pick: int, cohort: int, unit: int | None, gap: int) -> None:
        number = self.picked(pick)
        on = self.day_after(number, gap)
        account = self.open_account(number, on)
        elsewhere = account and (account.cohort, account.unit) != (cohort, unit)
        moved = account.on_day(on, cohort=cohort, unit=unit) if account and elsewhere else None
        self.does(number, i.Transfer(cohort, unit), on, moved)

    @rule(pick=picks, length=st.integers(0, 9), gap=gaps)
    def rests(self, pick: int, length: int, gap: int) -> None:
        number = self.picked(pick)
        on = self.day_after(number, gap)
        until, account = on + timedelta(days=length), self.open_account(number, on)
        resting = account.on_day(on, rest=(on, until)) if account and length else None
        self.does(number, i.Pause(until, "leave"), on, resting)

    @rule(pick=picks, gap=gaps)
    def resumes(self, pick: int, gap: int) -> None:
        number = self.picked(pick)
        on = self.day_after(number, gap)
        account = self.open_account(number, on)
        resumed = account.on_day(on, rest=None) if account and account.resting(on) else None
        self.does(number, i.Resume(), on, resumed)

    @rule(pick=picks, fact=facts, ago=st.integers(0, 300))
    def records(self, pick: int, fact: str, ago: int) -> None:
        self.notes(self.picked(pick), fact, TODAY - timedelta(days=ago))

    def notes(self, number: int, fact: str, on: date) -> None:
        account = self.accounts[number][-1]
        known = account._replace(facts=account.facts | {fact}) if account.state != "void" else None
        self.does(number, i.Record(fact, next(iter(FACTS[fact].values), None)), on, known)

    @rule(pick=picks, fact=facts)
    def withdraws_a_fact(self, pick: int, fact: str) -> None:
        number = self.picked(pick)
        account = self.accounts[number][-1]
        if account.state == "void" or fact in account.facts:
            known = account._replace(facts=account.facts - {fact}) if account.state != "void" else None
            self.does(number, i.WithdrawFact(fact), TODAY, known)
        else:
            raises(NotFound, lambda: self.does(number, i.WithdrawFact(fact), TODAY, None))

    @rule(pick=picks, mentor=st.booleans())
    def is_made_ready(self, pick: int, mentor: bool) -> None:
        """All that the ways on from a stage ask for is recorded, and somebody assigned."""
        number = self.picked(pick)
        ways = self.pipeline.transitions_from(self.tracked[number].stage)
        asked = {use.name for way in ways for use in way.guards} & set(FACTS)
        for fact in sorted(asked | {"register-check-seen"}):
            self.notes(number, fact, TODAY)
        for role, staff in (("supervisor", 7), ("mentor", 8 if mentor else 7)):
            account = self.accounts[number][-1]
            assigned = account.with_staff(role, staff) if account.state == OPEN else None
            self.does(number, i.Assign(role, staff), TODAY, assigned)

    @rule(pick=picks, role=roles, staff=members, gap=gaps)
    def assigns(self, pick: int, role: str, staff: int, gap: int) -> None:
        number = self.picked(pick)
        account, on = self.accounts[number][-1], self.day_after(number, gap)
        assigned = account.with_staff(role, staff) if account.state == OPEN else None
        self.does(number, i.Assign(role, staff), on, assigned)

    @rule(pick=picks, role=roles)
    def unassigns(self, pick: int, role: str) -> None:
        number = self.picked(pick)
        account = self.accounts[number][-1]
        if account.state == "void" or role in dict(account.staff):
            left = account.with_staff(role, None) if account.state != "void" else None
            self.does(number, i.Unassign(role), TODAY, left)
        else:
            raises(NotFound, lambda: self.does(number, i.Unassign(role), TODAY, None))

    @rule(pick=picks)
    def undoes(self, pick: int) -> None:
        number = self.picked(pick)
        accounts, snapshots = self.accounts[number], self.snapshots[number]
        if len(accounts) == 2 and pick < 60:
            return  # whoever is taken back altogether plays no further part
        if self.tries(number, i.Undo(), TODAY, accounts[-2] if len(accounts) > 1 else None):
            accounts.pop()
            assert without_log(self.tracked[number]) == without_log(snapshots.pop())

    @rule(pick=picks, choice=st.integers(0, 9), gap=gaps)
    def corrects(self, pick: int, choice: int, gap: int) -> None:
        number = self.picked(pick)
        account = self.accounts[number][-1]
        visited = [(stage, on) for stage, on in account.days if stage]
        if visited:
            stage, on = visited[choice % len(visited)]
            mended = account.mended(stage, on + timedelta(days=gap))
            self.does(number, i.Correct(stage), on + timedelta(days=gap), mended)

    # What holds after every step

    @invariant()
    def no_more_seats_or_room_are_taken_than_there_are(self) -> None:
        held = Counter(each.cohort for each in self.tracked if each.holds_seat)
        assert all(held[cohort] <= total for cohort, total in self.seats.items())
        rooms = self.rooms_taken([each[-1] for each in self.accounts])
        assert all(count <= self.capacities[staff] for (staff, _), count in rooms.items())

    @invariant()
    def every_candidacy_stands_where_its_account_says(self) -> None:
        for tracked, (*_, account) in zip(self.tracked, self.accounts, strict=True):
            shown = (tracked.state, tracked.stage, tracked.cohort or account.cohort, tracked.holds_seat)
            assert shown == (account.state, account.stage, account.cohort, account.holds_seat)
            assert {fact.name for fact in tracked.facts} == account.facts
            staff = {each.role: each.staff for each in tracked.assignments if each.to_on is None}
            assert staff == dict(account.staff)
            assert (tracked.unit, tracked.rank) == (account.unit, account.rank)

    @invariant()
    def the_log_as_it_is_stored_folds_to_where_it_stands(self) -> None:
        for tracked in self.tracked:
            kept = [
                each._replace(event=from_body(NAMES[type(each.event)], to_body(each.event)))
                for each in tracked.entries
            ]
            assert fold(self.pipeline, kept) == tracked

    @invariant()
    def the_days_of_what_stands_are_in_order_and_none_is_to_come(self) -> None:
        for tracked, (*_, account) in zip(self.tracked, self.accounts, strict=True):
            moves = [each for each in tracked.standing if isinstance(each.event, ORDERED)]
            days = [each.occurred_on for each in moves if each.occurred_on]
            assert days == sorted(days) == [on for _, on in account.days]
            assert all(on <= TODAY for on in days)

    @invariant()
    def stays_follow_one_another_and_only_the_last_goes_on(self) -> None:
        for tracked in self.tracked:
            for earlier, later in zip(tracked.stays, tracked.stays[1:], strict=False):
                assert earlier.left_on is not None
                assert earlier.entered_on <= earlier.left_on <= later.entered_on
            goes_on = bool(tracked.stays) and tracked.stays[-1].left_on is None
            assert goes_on == (tracked.state in ("open", "won"))
            firsts = [stay.stage for stay in tracked.stays if stay.first]
            assert sorted(firsts) == sorted({stay.stage for stay in tracked.stays})


def raises(kind: type[Exception], act: Any) -> None:
    try:
        act()
    except kind:
        return
    raise AssertionError(f"no {kind.__name__}")


Intake.TestCase.settings = settings(max_examples=60, stateful_step_count=60, deadline=None)
test_whatever_happens_the_rules_hold = Intake.TestCase
