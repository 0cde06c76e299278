"""Whatever people do to a store, in whatever order: what is kept beside the log is what the log says.

On either engine: the same machine, whose every step is a command, runs on a file and on a server.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from socrekry.domain.candidacy import Candidacy
from socrekry.domain.errors import Conflict, Refused
from socrekry.domain.events import to_body
from socrekry.domain.facts import FACTS
from socrekry.domain.intents import OUTCOMES
from socrekry.services import moves, noting
from socrekry.services.acting import Outcome
from socrekry.services.candidates import add_candidacy
from socrekry.services.chains import chain_defects
from socrekry.services.derived import derived_defects
from socrekry.services.dossiers import dossiers
from socrekry.services.moves import Along, Destination
from socrekry.services.noting import NewFact
from socrekry.services.opening import opened
from socrekry.services.persons import edit_candidate
from socrekry.services.tallies import wrong_tallies
from socrekry.services.undoing import undo, undo_last
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.soundness import broken_references
from tests.builders import ASKED_FOR, HT2026, TODAY, a_database, a_store, an_office
from tests.engines import forget
from tests.rounds import rounds

Command = Callable[[Writing, Sequence[str]], tuple[Outcome, ...]]
picks, gaps = st.integers(0, 99), st.integers(0, 19).map(lambda n: {18: -1, 19: 400}.get(n, n % 4))
actors, flags = st.sampled_from(("Eva", "Bea")), st.booleans()
WORDS = ("reason", "override", "text", "seen_by")
BEGUN = TODAY - timedelta(days=200)


def without_log(candidacy: Candidacy) -> Candidacy:
    return candidacy._replace(entries=(), standing=())


def told(outcome: Outcome) -> tuple[object, ...]:
    """Return the change and the refusals; which number its words got is nobody's business."""
    change = outcome.change
    if change is None:
        return None, outcome.refused
    bodies = [to_body(event) for event in change.events]
    events = [{name: 0 if name in WORDS else value for name, value in body.items()} for body in bodies]
    return change._replace(events=()), events, outcome.refused


class Municipality(RuleBasedStateMachine):
    """Two cohorts with few seats, two members of staff with little room, and two people at work."""

    @initialize(seats=st.integers(1, 2), capacity=st.integers(1, 2))
    def opens(self, seats: int, capacity: int) -> None:
        self.office = an_office(self.new_store(), seats)
        self.seats = {1: seats, 2: 1}
        self.office.another_cohort(HT2026.next, seats=1)
        self.capacity = capacity
        self.staff = [
            self.office.staff(name, "supervisor", "mentor", capacity=capacity) for name in ("Una", "Mia")
        ]
        self.refs: list[str] = []
        self.before: dict[str, list[Candidacy]] = {}
        for name in ("Åsa", "Bo", "Cia"):
            self.adds(name)

    def new_store(self) -> Store:
        self.folder = Path(mkdtemp(prefix="socrekry-properties-"))
        return a_store(self.folder)

    def teardown(self) -> None:
        self.office.store.close()
        shutil.rmtree(self.folder)

    def adds(self, name: str) -> None:
        self.refs.append(self.office.add(name, on=BEGUN, tags=["ny"], note="från mässan"))
        self.before[self.refs[-1]] = []

    def picked(self, pick: int) -> str:
        return self.refs[pick % len(self.refs)]

    def day(self, ref: str, gap: int) -> date:
        return (self.office.subject(ref).candidacy.last_move_on or BEGUN) + timedelta(days=gap)

    def does(self, refs: Sequence[str], command: Command, actor: str) -> None:
        """Give a command, first as a rehearsal; what was done is what was rehearsed."""
        before = {ref: without_log(self.office.subject(ref).candidacy) for ref in refs}
        rehearsed = command(self.office.by(actor, dry_run=True), refs)
        assert before == {ref: without_log(self.office.subject(ref).candidacy) for ref in refs}
        done = command(self.office.by(actor), refs)
        assert [told(each) for each in done] == [told(each) for each in rehearsed]
        for each in done:
            if each.done:
                self.before[each.ref].append(before[each.ref])
            else:
                assert without_log(self.office.subject(each.ref).candidacy) == before[each.ref]

    @rule(pick=picks, all_=flags, actor=actors, gap=gaps, override=flags)
    def advances(self, pick: int, all_: bool, actor: str, gap: int, override: bool) -> None:
        refs = self.refs if all_ else [self.picked(pick)]
        facts = tuple(NewFact(fact, None, TODAY) for asked in ASKED_FOR.values() for fact in asked)
        along = Along(
            facts, supervisor=self.staff[pick % 2], reason="så", override="så" if override else None
        )
        on = self.day(refs[0], gap)
        self.does(
            refs, lambda w, ids: moves.advance(w, ids, on, along=along, all_or_nothing=pick < 20), actor
        )

    @rule(pick=picks, actor=actors, gap=gaps, rank=st.none() | st.integers(1, 3))
    def reserves(self, pick: int, actor: str, gap: int, rank: int | None) -> None:
        ref = self.picked(pick)
        on = self.day(ref, gap)
        self.does([ref], lambda w, ids: moves.reserve(w, ids, on, rank=rank), actor)

    @rule(pick=picks, actor=actors, gap=gaps, outcome=st.sampled_from(OUTCOMES))
    def closes(self, pick: int, actor: str, gap: int, outcome: str) -> None:
        ref = self.picked(pick)
        on = self.day(ref, gap)
        self.does([ref], lambda w, ids: moves.close(w, ids, on, outcome=outcome, reason="så"), actor)

    @rule(actor=actors, gap=gaps)
    def reopens(self, actor: str, gap: int) -> None:
        on = BEGUN + timedelta(days=30 + gap)
        self.does(self.refs, lambda w, ids: moves.reopen(w, ids, on), actor)

    @rule(pick=picks, actor=actors, gap=gaps)
    def transfers(self, pick: int, actor: str, gap: int) -> None:
        ref = self.picked(pick)
        on, to = self.day(ref, gap), Destination(HT2026.plus(pick % 2))
        self.does([ref], lambda w, ids: moves.transfer(w, ids, on, to=to), actor)

    @rule(pick=picks, actor=actors, gap=gaps, length=st.integers(1, 9))
    def rests(self, pick: int, actor: str, gap: int, length: int) -> None:
        ref = self.picked(pick)
        on = self.day(ref, gap)
        until = on + timedelta(days=length)
        self.does([ref], lambda w, ids: moves.pause(w, ids, on, until=until, reason="leave"), actor)

    @rule(pick=picks, actor=actors, gap=gaps)
    def resumes(self, pick: int, actor: str, gap: int) -> None:
        ref = self.picked(pick)
        on = self.day(ref, gap)
        self.does([ref], lambda w, ids: moves.resume(w, ids, on), actor)

    @rule(pick=picks, actor=actors, gap=gaps, stage=st.sampled_from(("lead", "applied", "selected")))
    def corrects(self, pick: int, actor: str, gap: int, stage: str) -> None:
        ref = self.picked(pick)
        on = self.day(ref, gap)
        self.does([ref], lambda w, ids: moves.correct(w, ids, on, stage=stage), actor)

    @rule(pick=picks, actor=actors, fact=st.sampled_from(sorted(FACTS)))
    def records(self, pick: int, actor: str, fact: str) -> None:
        value = FACTS[fact].values[0] if FACTS[fact].values else "med ord"
        facts = [NewFact(fact, value, TODAY, "Siv Hand")]
        self.does([self.picked(pick)], lambda w, ids: noting.record(w, ids, facts), actor)

    @rule(pick=picks, actor=actors, fact=st.sampled_from(sorted(FACTS)))
    def withdraws_a_fact(self, pick: int, actor: str, fact: str) -> None:
        self.does([self.picked(pick)], lambda w, ids: noting.withdraw_fact(w, ids[0], fact, TODAY), actor)

    @rule(pick=picks, actor=actors, both=flags, gap=gaps)
    def assigns(self, pick: int, actor: str, both: bool, gap: int) -> None:
        ref, staff = self.picked(pick), self.staff[pick % 2]
        on, mentor = self.day(ref, gap), staff if both else None
        self.does([ref], lambda w, ids: noting.assign(w, ids, on, supervisor=staff, mentor=mentor), actor)

    @rule(pick=picks, actor=actors)
    def unassigns(self, pick: int, actor: str) -> None:
        self.does([self.picked(pick)], lambda w, ids: noting.unassign(w, ids, TODAY, roles=[]), actor)

    @rule(pick=picks, actor=actors)
    def edits(self, pick: int, actor: str) -> None:
        edit_candidate(self.office.by(actor), self.picked(pick).partition(".")[0], {"phone": str(pick)})

    @rule(pick=picks)
    def begins_anew(self, pick: int) -> None:
        person = self.picked(pick).partition(".")[0]
        cohort = self.office.another_cohort(HT2026.plus(2 + len(self.refs)))
        self.refs.append(add_candidacy(self.office.by(), person, cohort, BEGUN).candidacy)
        self.before[self.refs[-1]] = []

    @rule(pick=picks)
    def undoes(self, pick: int) -> None:
        ref = self.picked(pick)
        head = self.office.subject(ref).head
        with suppress(Refused, Conflict):
            undo(self.office.by(command="undo"), ref)
        if self.office.subject(ref).head != head:
            expected = self.before[ref].pop() if self.before[ref] else Candidacy()
            assert without_log(self.office.subject(ref).candidacy) == expected

    @rule(actor=actors)
    def undoes_a_command(self, actor: str) -> None:
        heads = {ref: self.office.subject(ref).head for ref in self.refs}
        with suppress(Refused, Conflict):
            undo_last(self.office.by(actor, "undo"))
        for ref in self.refs:
            if self.office.subject(ref).head != heads[ref]:
                expected = self.before[ref].pop() if self.before[ref] else Candidacy()
                assert without_log(self.office.subject(ref).candidacy) == expected

    @invariant()
    def what_is_kept_is_what_the_log_says(self) -> None:
        for dossier in dossiers(self.office.store):
            assert chain_defects(dossier.label, dossier.entries, dossier.head) == []
            _, defects = derived_defects(dossier, self.office.subject(dossier.label).pipeline)
            assert defects == []
        assert self.office.store.rows("checking.miscounted") == []

    @invariant()
    def no_more_seats_or_room_are_taken_than_there_are(self) -> None:
        now = [self.office.subject(ref).candidacy for ref in self.refs]
        seats = Counter(each.cohort for each in now if each.holds_seat)
        assert all(seats[cohort] <= total for cohort, total in self.seats.items())
        assert self.office.store.rows("checking.crowded") == []
        rooms = Counter(
            (each.cohort, staff)
            for each in now
            if each.supervised
            for staff in {held.staff for held in each.assignments if held.to_on is None}
        )
        assert all(count <= self.capacity for (_, staff), count in rooms.items() if staff != 1)

    @invariant()
    def the_tallies_tell_what_there_is(self) -> None:
        assert wrong_tallies(self.office.store) == {}

    @invariant()
    def nothing_refers_to_what_is_not_there(self) -> None:
        assert list(broken_references(self.office.store)) == []


class OnAServer(Municipality):
    """The same people, in a database of their own."""

    def new_store(self) -> Store:
        return opened(a_database(), writing=True)

    def teardown(self) -> None:
        ((database,),) = self.office.store.engine_rows("SELECT current_database()")
        self.office.store.close()
        forget(database)


def settled(examples: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


Municipality.TestCase.settings = settled(rounds(200, brief=25))
OnAServer.TestCase.settings = settled(rounds(200, brief=6))
test_whatever_happens_in_a_file_the_store_is_whole = Municipality.TestCase
test_whatever_happens_on_a_server_the_store_is_whole = OnAServer.TestCase
