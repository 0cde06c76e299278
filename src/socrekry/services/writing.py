"""A command that writes: who, when, its transactions, its words, and what it changed beside the log.

Everything that one command writes carries the command's number, so that `undo` can take it back as
a whole. Texts go into rows of their own, which can be erased; the log points to them.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.store.connect import Store

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


class Writing:
    """One command's writes to a store; several transactions share the command's number."""

    def __init__(self, store: Store, occasion: Occasion, *, dry_run: bool = False) -> None:
        self.store, self.occasion, self.dry_run = store, occasion, dry_run
        self._command: int | None = None
        self._actor = 0
        self._edits = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One transaction: all of it is kept or, on an error and in a dry run, nothing.

        Inside another it is a part of that one, which an error takes back by itself.
        """
        before, within, kept = (self._command, self._edits), self.store.within_transaction, False
        try:
            with self.store.savepoint() if within else self.store.transaction(keep=not self.dry_run):
                yield
            kept = within or not self.dry_run
        finally:
            if not kept:
                self._command, self._edits = before

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
            actor = self.store.value("writing.actor", name=self.occasion.actor)
            if actor is None:
                actor = self.store.value("writing.add_actor", name=self.occasion.actor)
            self._actor = int(actor)
            self._command = int(
                self.store.value(
                    "writing.add_command",
                    name=self.occasion.command,
                    actor=self._actor,
                    recorded_at=self.occasion.recorded_at,
                )
            )
        return self._command

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
        if len(text) > LONGEST_REMARK:
            raise InvalidInput("text-too-long", field=kind, length=len(text), longest=LONGEST_REMARK)
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


def as_text(value: object) -> str | None:
    """Return a value as the account of changes keeps it."""
    return None if value is None else str(value)
