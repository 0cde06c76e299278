"""Take back: the last command that wrote to a candidacy, or my own last command as a whole.

Nothing is deleted from the log: an undo is an event that names those which never counted. What a
command changed beside the log (a note, a name, a cohort's seats) is put back from the account that
it kept. An undo again goes one command further back; an undo is not itself undone.
"""

from collections.abc import Iterator
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.errors import Refused
from socrekry.services.acting import Outcome, Plan, Step, act_on
from socrekry.services.candidacies import Subject, load
from socrekry.services.editing import reverse
from socrekry.services.finding import Found, find_candidacy
from socrekry.services.writing import Writing
from socrekry.store.connect import Store


class Reversed(NamedTuple):
    """A row beside the log that was put back: which, and which field (empty: the row was new)."""

    entity: str
    key: str
    field: str


class Undo(NamedTuple):
    """What was taken back: of which command, for which candidacies, and what beside the log."""

    command: str
    recorded_at: str
    outcomes: tuple[Outcome, ...]
    reversed: tuple[Reversed, ...]


def undo(writing: Writing, ref: str) -> Undo:
    """Take back the last command that wrote to this candidacy, as far as it concerns it."""
    store = writing.store
    found = find_candidacy(store, ref)
    last = max(_last_standing(store, found), _last_edit(store, found))
    if last == 0:
        raise Refused("nothing-to-undo", ref=found.label)
    name, at = store.row("undoing.command", command=last) or ("", "")
    writes = last in _standing_commands(store, found)
    outcomes = act_on(writing, [found], _plan(last)) if writes else ()
    refused = any(not each.done for each in outcomes)
    put_back = () if refused else _put_back(writing, last, found.person)
    return Undo(name, at, outcomes, put_back)


def undo_last(writing: Writing) -> Undo:
    """Take back the actor's last command that still stands, in all candidacies that it wrote to.

    A candidacy that somebody has written to since is refused; the others are done.
    """
    store = writing.store
    for command, name, at in store.rows("undoing.commands_of", actor=writing.occasion.actor):
        standing = [
            found for found in _touched(store, command) if command in _standing_commands(store, found)
        ]
        edits = store.rows("undoing.edits", command=command)
        if not standing and not edits:
            continue
        outcomes = act_on(writing, standing, _plan(command))
        put_back = () if any(not each.done for each in outcomes) else _put_back(writing, command, None)
        return Undo(name, at, outcomes, put_back)
    raise Refused("nothing-to-undo", ref=writing.occasion.actor)


def _plan(command: int) -> Plan:
    def plan(writing: Writing, subject: Subject) -> list[Step]:
        return [Step(intents.Undo(command), writing.occasion.today)]

    return plan


def _touched(store: Store, command: int) -> Iterator[Found]:
    for (label,) in store.rows("undoing.candidacies", command=command):
        yield find_candidacy(store, label)


def _standing_commands(store: Store, found: Found) -> set[int]:
    return {entry.command for entry in load(store, found.id).candidacy.standing}


def _last_standing(store: Store, found: Found) -> int:
    return max(_standing_commands(store, found), default=0)


def _last_edit(store: Store, found: Found) -> int:
    return int(store.value("undoing.last_edit", person=str(found.person)) or 0)


def _put_back(writing: Writing, command: int, person: int | None) -> tuple[Reversed, ...]:
    """Put back what a command changed beside the log, last change first; all of it or none."""
    done = []
    with writing.transaction():
        for number, entity, key, field, before, after in writing.store.rows("undoing.edits", command=command):
            if person is not None and not _concerns(writing.store, entity, key, person):
                continue
            reverse(writing.store, entity, key, field, before, after)
            writing.store.write("undoing.mark_edit", command=command, number=number, undone_by=writing.command)
            done.append(Reversed(entity, key, field))
    return tuple(done)


def _concerns(store: Store, entity: str, key: str, person: int) -> bool:
    if entity == "remark":
        return bool(store.value("undoing.remark_person", remark=int(key)) == person)
    return entity in ("person", "tag") and key.partition(":")[0] == str(person)

