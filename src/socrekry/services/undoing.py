"""Take back: the last command that wrote to a candidacy, or my own last command as a whole.

Nothing is deleted from the log: an undo is an event that names those which never counted. What a
command changed beside the log (a note, a name, a cohort's seats) is put back from the account that
it kept. An undo again goes one command further back; an undo is not itself undone.
"""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from typing import NamedTuple

from socrekry.domain import intents
from socrekry.domain.candidacy import VOID
from socrekry.domain.errors import Conflict, Refused
from socrekry.domain.ids import candidacy_id
from socrekry.services.acting import Outcome, Step, act_on
from socrekry.services.candidacies import Subject, load
from socrekry.services.editing import credited_by, reverse
from socrekry.services.finding import Found, find_candidacy
from socrekry.services.reversals.ways import Change
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

MERGE = "merge"
"""The command whose undoing is more than leaving out what it did: see `services.merging`."""


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
    """Take back the last command that wrote to this candidacy, as far as it concerns it.

    Conflict ``changed-since`` where somebody else has taken that back meanwhile.
    """
    store = writing.store
    with writing.rehearsal():
        found = find_candidacy(store, ref)
        last = max(_last_standing(store, found), _last_edit(store, found))
        if last == 0:
            raise Refused("nothing-to-undo", ref=found.label)
        name, at = store.row("undoing.command", command=last) or ("", "")
        standing = [found] if last in _standing_commands(store, found) else []
        standing += _set_aside_by(store, last, name)
        outcomes, put_back = _take_back(writing, last, standing, found)
        if not outcomes and not put_back:  # somebody else has just taken it back
            raise Conflict("changed-since", what=found.label, entity="command", key=str(last), field="")
    for each in outcomes:
        if each.error is not None:
            raise each.error
    return Undo(name, at, outcomes, put_back)


def undo_last(writing: Writing) -> Undo:
    """Take back the actor's last command that still stands, in all candidacies that it wrote to.

    One transaction takes all of it back. A candidacy that somebody has written to since is refused; the
    others are done. Refused ``undo-out-of-sight`` where row security hides some of what it wrote.
    """
    store = writing.store
    with writing.transaction():
        for command, name, at in store.rows("undoing.commands_of", actor=writing.occasion.actor):
            _require_in_sight(store, command, name)
            standing = [
                found for found in _touched(store, command) if command in _standing_commands(store, found)
            ]
            standing += _set_aside_by(store, command, name)
            if standing or store.rows("undoing.edits", command=command):
                return Undo(name, at, *_take_back(writing, command, standing, None))
    raise Refused("nothing-to-undo", ref=writing.occasion.actor)


def _take_back(
    writing: Writing, command: int, standing: Sequence[Found], whose: Found | None
) -> tuple[tuple[Outcome, ...], tuple[Reversed, ...]]:
    """Take back a command: each candidacy together with what was changed beside its log, then the rest.

    The rest is left where a candidacy was refused; ``whose`` says whose it is, None anybody's.
    """
    put_back: dict[str | None, tuple[Reversed, ...]] = {}
    aside = any(each.state == VOID for each in standing)

    def plan(writing: Writing, subject: Subject) -> Iterator[Step]:
        yield Step(intents.TakeUp() if aside else intents.Undo(command), writing.occasion.today)
        put_back[subject.label] = () if aside else _put_back(writing, command, subject)

    with writing.transaction() if aside else nullcontext():  # what a merge was is taken back as a whole
        outcomes = act_on(writing, standing, plan, all_or_nothing=aside)
        done = [row for each in outcomes if each.done for row in put_back[each.candidacy]]
        if len(standing) == sum(each.done for each in outcomes):
            with writing.transaction():
                done += _put_back(writing, command, whose)
    return outcomes, tuple(done)


def _require_in_sight(store: Store, command: int, name: str) -> None:
    """Raise Refused ``undo-out-of-sight`` for a command that also wrote what row security hides by now.

    Half of it taken back would be neither what was done nor what was before.
    """
    candidacies = store.rows("undoing.candidacies", command=command)
    edits = store.value("undoing.edits_standing", command=command)
    if any(person is None for person, _ in candidacies) or edits != len(
        store.rows("undoing.edits", command=command)
    ):
        raise Refused("undo-out-of-sight", command=name)


def _touched(store: Store, command: int) -> Iterator[Found]:
    for row in store.rows("undoing.candidacies", command=command):
        yield find_candidacy(store, candidacy_id(*row))


def _standing_commands(store: Store, found: Found) -> set[int]:
    return {entry.command for entry in load(store, found.id).candidacy.standing}


def _set_aside_by(store: Store, command: int, name: str) -> list[Found]:
    """Return the candidacies that a merge has set aside: nothing else that was undone ever counts again."""
    if name != MERGE:
        return []
    touched = ((found, load(store, found.id).candidacy) for found in _touched(store, command))
    return [
        found
        for found, candidacy in touched
        if candidacy.state == VOID and candidacy.entries[-1].command == command
    ]


def _last_standing(store: Store, found: Found) -> int:
    """Return which command wrote last what still stands; a slower one may have a lower number."""
    standing = load(store, found.id).candidacy.standing
    return standing[-1].command if standing else 0


def _last_edit(store: Store, found: Found) -> int:
    return int(store.value("undoing.last_edit", person=str(found.person), candidacy=found.id) or 0)


def _put_back(writing: Writing, command: int, whose: Found | Subject | None) -> tuple[Reversed, ...]:
    """Put back what a command changed beside the log, last change first, inside a transaction."""
    done = []
    for row in writing.store.rows("undoing.edits", command=command):
        change = Change(command, *row)
        if whose is None or _concerns(writing.store, change.entity, change.key, whose):
            persons = credited_by(writing.store, change)
            writing.crediting(*persons)
            if change.entity == "merge" and not change.field:  # the other may be out of sight thereafter
                writing.credited(*persons)
            reverse(writing.store, change)
            writing.store.write(
                "undoing.mark_edit", command=command, number=change.number, undone_by=writing.command
            )
            done.append(Reversed(change.entity, change.key, change.field))
    return tuple(done)


def _concerns(store: Store, entity: str, key: str, whose: Found | Subject) -> bool:
    if entity == "remark":
        return bool(store.value("undoing.remark_candidacy", remark=int(key)) == whose.id)
    return entity in ("person", "tag", "touch", "voice", "merge", "apart") and key.partition(":")[0] == str(
        whose.person
    )
