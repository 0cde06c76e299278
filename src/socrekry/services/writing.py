"""A command that writes: who, when, its transactions, its words, and what it changed beside the log.

Everything that one command writes carries the command's number, so that `undo` can take it back as
a whole. Texts go into rows of their own, which can be erased; the log points to them. What it adds to the
kept tallies is gathered meanwhile and written once, last of all: nobody waits for a tally any longer than it
takes to write it, and whoever wants several takes them in the same order.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.services.crediting import credit_of
from socrekry.services.tallies import Cell, Counts, difference, write_tallies
from socrekry.store.connect import Store
from socrekry.store.failures import ConnectionLost

LONGEST_REMARK = 10_000


class Occasion(NamedTuple):
    """Who runs which command, and when: ``today`` where the user is, ``now`` in UTC."""

    actor: str
    command: str
    today: date
    now: datetime

    @property
    def recorded_at(self) -> str:
        """The time of recording as it is stored: ISO, UTC, microseconds."""
        return self.now.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _Account(NamedTuple):
    """What a command has written so far: its number, its edits, and where the last log it added to ends."""

    command: int | None
    edits: int
    last_event: tuple[int, int, str] | None


class _Part:
    """What a transaction under way adds to the tallies, and what the persons it changes added before it.

    None where that has been accounted for already.
    """

    def __init__(self) -> None:
        self.tallied: Counts = {}
        self.credited: dict[int, Mapping[Cell, int] | None] = {}


class Writing:
    """One command's writes to a store; several transactions share the command's number."""

    def __init__(self, store: Store, occasion: Occasion, *, dry_run: bool = False) -> None:
        self.store, self.occasion, self.dry_run = store, occasion, dry_run
        self._command: int | None = None
        self._actor = 0
        self._edits = 0
        self._last_event: tuple[int, int, str] | None = None
        self._parts: list[_Part] = []  # the transactions under way, the outermost first

    @contextmanager
    def transaction(self, *, alone: bool = True) -> Iterator[None]:
        """One transaction: all of it is kept or, on an error and in a dry run, nothing.

        Inside another it is a part of that one, which an error takes back by itself. Unless it is
        ``alone``, it holds what its rules ask about (`Store.hold`). ConnectionLost where the store went away
        and nothing was kept, or nobody can tell.
        """
        before, within, kept = self._account, self.store.within_transaction, False
        if not within:
            self._last_event = None
        self._parts.append(_Part())
        try:
            try:
                with self.store.savepoint() if within else self._begun(alone=alone):
                    yield
                    if len(self._parts) == 1:
                        self.credited(*sorted(self._parts[0].credited))
                        write_tallies(self.store, self._parts[0].tallied)
            except ConnectionLost as lost:
                if not lost.while_committing:
                    raise
                self._require_kept(lost, before)
            kept = within or not self.dry_run
        finally:
            part = self._parts.pop()
            if not kept:
                self._command, self._edits, self._last_event = before
            elif self._parts:
                self.tallied(part.tallied)
                self._parts[-1].credited |= part.credited

    def _begun(self, *, alone: bool) -> AbstractContextManager[None]:
        return self.store.transaction(keep=not self.dry_run, alone=alone)

    @property
    def _account(self) -> _Account:
        return _Account(self._command, self._edits, self._last_event)

    def appended(self, candidacy: int, head: tuple[int, str]) -> None:
        """Note where a log ends now: if the connection breaks at the commit, it tells what was kept."""
        self._last_event = (candidacy, *head)

    def tallied(self, counts: Mapping[Cell, int]) -> None:
        """Add to the kept tallies, inside a transaction, as far as that is kept: `services.tallies.cells`.

        May be called for each candidacy or for many at once; numbers below 0 take away.
        """
        sums = self._parts[-1].tallied
        for cell, number in counts.items():
            sums[cell] = sums.get(cell, 0) + number

    def crediting(self, *persons: int, known: Mapping[Cell, int] | None = None) -> None:
        """Have persons counted anew in the tally of credits when all is written; say it before they change.

        That is, before anything changes that `services.crediting` asks about. ``known`` is what they are
        counted for now, if the caller knows.
        """
        for person in persons:
            if self._counted_before(person) is None:
                before = credit_of(self.store, person) if known is None else known
                self._parts[-1].credited[person] = before

    def credited(self, *persons: int) -> None:
        """Count such persons anew already: nothing that is written hereafter is about their credit."""
        for person in persons:
            before = self._counted_before(person)
            if before is not None:
                self.tallied(difference(before, credit_of(self.store, person)))
                self._parts[-1].credited[person] = None

    def _counted_before(self, person: int) -> Mapping[Cell, int] | None:
        """Return what a person was counted for who is to be counted anew."""
        return next(
            (part.credited[person] for part in reversed(self._parts) if person in part.credited), None
        )

    def _require_kept(self, lost: ConnectionLost, before: _Account) -> None:
        """Look for what was written when the connection broke at the commit; raise unless it is there."""
        from socrekry.services.persisting import settled

        kept = settled(self.store, lost, lambda: self._is_there(before))
        if kept is None:
            raise lost
        if not kept:
            raise ConnectionLost(**lost.details) from lost

    def _is_there(self, before: _Account) -> bool | None:
        """Tell whether what the transaction wrote is in the store; None where it left no mark of its own."""
        store, command = self.store, self._command
        nothing = {"command": 0, "number": 0, "undone_by": None}
        store.write("undoing.mark_edit", **nothing)  # a standby, which may lag, refuses that
        if self._last_event is not None:
            candidacy, seq, hash_ = self._last_event
            return bool(store.value("log.hash", candidacy=candidacy, seq=seq) == hash_)
        if command != before.command:
            row = store.row("undoing.command", command=command)
            return row is not None and row[1] == self.occasion.recorded_at
        if self._edits != before.edits:
            return store.row("writing.edit", command=command, number=self._edits) is not None
        return None

    def rehearsal(self) -> AbstractContextManager[None]:
        """In a dry run, one transaction around several: each sees what those before it would have kept."""
        return self.transaction() if self.dry_run else nullcontext()

    def wrote(self, command: int) -> bool:
        """Whether what carries this number was written by this very command."""
        return command == self._command

    @property
    def command(self) -> int:
        """The command's number, given when it first writes."""
        if self._command is None:
            self._actor = self._number_of_actor()
            self._command = int(
                self.store.value(
                    "writing.add_command",
                    name=self.occasion.command,
                    actor=self._actor,
                    recorded_at=self.occasion.recorded_at,
                )
            )
        return self._command

    def _number_of_actor(self) -> int:
        for statement in ("writing.actor", "writing.add_actor", "writing.actor"):
            number = self.store.value(statement, name=self.occasion.actor)
            if number is not None:  # none is added where somebody has added the same name meanwhile
                return int(number)
        raise AssertionError(self.occasion.actor)

    @property
    def actor(self) -> int:
        """The number of who gives the command."""
        self.sign()
        return self._actor

    def sign(self) -> None:
        """Give the command its number, even where nothing that it writes carries that."""
        _ = self.command

    def remark(self, candidacy: int, kind: str, text: str | None, on: date | None = None) -> int | None:
        """Keep a user's words about a candidacy and return their number; None for no words.

        InvalidInput("text-too-long") for more of them than are kept.
        """
        if not text:
            return None
        require_words(kind, text)
        return int(
            self.store.value(
                "writing.add_remark",
                candidacy=candidacy,
                kind=kind,
                text=text,
                occurred_on=on.isoformat() if on else None,
                command=self.command,
            )
        )

    def edited(self, entity: str, row: object, field: str, before: object, after: object) -> None:
        """Note that a field beside the log changed; an empty ``field`` means that the row is new."""
        self._edits += 1
        self.store.write(
            "writing.add_edit",
            command=self.command,
            number=self._edits,
            entity=entity,
            row=str(row),
            field=field,
            before=as_text(before),
            after=as_text(after),
        )

    def created(self, entity: str, row: object) -> None:
        """Note that a row beside the log is new."""
        self.edited(entity, row, "", None, None)

    def created_all(self, rows: Sequence[tuple[str, str]]) -> None:
        """Note that many rows beside the log are new, each an entity and a key, in that order."""
        first, self._edits = self._edits + 1, self._edits + len(rows)
        new = {"command": self.command, "field": "", "before": None, "after": None}
        self.store.write_many(
            "writing.add_edit",
            [
                {**new, "number": number, "entity": entity, "row": key}
                for number, (entity, key) in enumerate(rows, first)
            ],
        )


def require_words(kind: str, text: str) -> None:
    """Raise InvalidInput("text-too-long") for more of a user's words than are kept."""
    if len(text) > LONGEST_REMARK:
        raise InvalidInput("text-too-long", field=kind, length=len(text), longest=LONGEST_REMARK)


def as_text(value: object) -> str | None:
    """Return a value as the account of changes keeps it."""
    return None if value is None else str(value)
