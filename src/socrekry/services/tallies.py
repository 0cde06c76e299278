"""What a candidacy adds to the tallies that reports read, and how the tallies are written.

A tally counts candidacies or stays that are alike in what a report asks about, so that a report over a
million reads some hundreds of rows, or thousands. What a candidacy adds follows from where it stands and from
nothing else (`cells`); whoever changes one adds what it counts for now and takes away what it counted for
before (`difference`). To whose credit it is follows from all that is known of a person: `services.crediting`.
The tallies tell of all that has occurred: as of an earlier day, reports count stays.

`tallies.sql` says the same in SQL, by which a store is filled, proved and mended; a test holds the two equal.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeAlias

from socrekry.domain.candidacy import ENDED, LOST, ONWARD, OPEN, VOID, WON, Candidacy, Stay
from socrekry.domain.staying import LEFT as LEFT_WORK
from socrekry.domain.staying import STILL
from socrekry.store.connect import Store


class Tally(NamedTuple):
    """A tally: what it keeps apart, in the order of its key, and the statements that change and prove it."""

    key: tuple[str, ...]
    add: str
    drop: str
    empty: str
    fill: str
    wrong: str


TALLIES: dict[str, Tally] = {
    "course": Tally(
        ("cohort", "unit", "started_on", "left_on", "still_on", "left_last", "reason"),
        "tallies.add_course",
        "tallies.drop_course",
        "tallies.empty_course",
        "tallies.fill_course",
        "tallies.wrong_course",
    ),
    "credit": Tally(
        ("cohort", "pipeline", "unit", "activity", "kind", "stage", "begins", "graduating"),
        "tallies.add_credit",
        "tallies.drop_credit",
        "tallies.empty_credit",
        "tallies.fill_credit",
        "tallies.wrong_credit",
    ),
    "left": Tally(
        ("pipeline", "stage", "days", "left_to"),
        "tallies.add_left",
        "tallies.drop_left",
        "tallies.empty_left",
        "tallies.fill_left",
        "tallies.wrong_left",
    ),
    "standing": Tally(
        (
            "cohort",
            "pipeline",
            "unit",
            "stage",
            "entered_on",
            "paused_days",
            "paused_from",
            "paused_until",
            "told_on",
        ),
        "tallies.add_standing",
        "tallies.drop_standing",
        "tallies.empty_standing",
        "tallies.fill_standing",
        "tallies.wrong_standing",
    ),
    "time": Tally(
        ("cohort", "unit", "stage", "days", "onward"),
        "tallies.add_time",
        "tallies.drop_time",
        "tallies.empty_time",
        "tallies.fill_time",
        "tallies.wrong_time",
    ),
    "visit": Tally(
        (
            "cohort",
            "pipeline",
            "unit",
            "stage",
            "before",
            "first",
            "completed",
            "left_how",
            "seat",
            "outcome",
            "closed_by",
            "reason",
        ),
        "tallies.add_visit",
        "tallies.drop_visit",
        "tallies.empty_visit",
        "tallies.fill_visit",
        "tallies.wrong_visit",
    ),
}
"""Every tally by name; what there is none of is 0 or an empty text in its key."""
LONGEST_REASON = 200
"""So much of a reason is told in a report, and kept in a tally; ``tallies.sql`` says the same."""
_NO_END = (False, "", "", "")


class Cell(NamedTuple):
    """A row of a tally: which tally, and its key in the order of `TALLIES`."""

    tally: str
    key: tuple[int | str, ...]


Counts: TypeAlias = dict[Cell, int]


def cells(pipeline: int, state: Candidacy, words: Mapping[int, str]) -> Counts:
    """Return what a candidacy on a version of a pipeline (its number) adds to the tallies.

    ``words`` has the first `LONGEST_REASON` characters of each remark in `remarks`; none is an empty text.
    """
    found: Counts = {}
    if state.state != VOID:
        for cell in _cells(pipeline, state, words):
            found[cell] = found.get(cell, 0) + 1
    return found


def remarks(state: Candidacy) -> Iterator[int]:
    """Give the numbers of the remarks whose words a tally tells: why it ended, or why somebody left."""
    if state.state == LOST and state.stays[-1].reason is not None:
        yield state.stays[-1].reason
    left = state.fact(LEFT_WORK) if state.state == WON else None
    if left is not None and left.text is not None:
        yield left.text


def words_in(store: Store, *states: Candidacy) -> dict[int, str]:
    """Read the words that `cells` needs of some candidacies; mostly there are none, and nothing is read."""
    wanted = {number for state in states for number in remarks(state)}
    return {number: store.value("tallies.reason", remark=number) or "" for number in sorted(wanted)}


def difference(before: Mapping[Cell, int], after: Mapping[Cell, int]) -> Counts:
    """Return what leads from one to the other."""
    found = dict(after)
    for cell, number in before.items():
        found[cell] = found.get(cell, 0) - number
    return {cell: number for cell, number in found.items() if number}


def write_tallies(store: Store, counts: Mapping[Cell, int]) -> None:
    """Add to the tallies as they are kept, inside a transaction; always in the same order.

    What there is none of any more is dropped: its key may hold somebody's words.
    """
    tallies: dict[str, list[dict[str, int | str]]] = {}
    for (tally, key), number in sorted(counts.items()):
        if number:
            row: dict[str, int | str] = dict(zip(TALLIES[tally].key, key, strict=True))
            row["number"] = number
            tallies.setdefault(tally, []).append(row)
    for tally, rows in tallies.items():
        store.write_many(TALLIES[tally].add, rows)
        less = [row for row in rows if int(row["number"]) < 0]
        store.write_many(TALLIES[tally].drop, [_without_number(row) for row in less])


def _without_number(row: Mapping[str, int | str]) -> dict[str, int | str]:
    return {name: value for name, value in row.items() if name != "number"}


def wrong_tallies(store: Store) -> dict[str, int]:
    """Return the tallies that do not say what is so, each with how many rows of it do not."""
    found = {name: int(store.value(tally.wrong)) for name, tally in TALLIES.items()}
    return {name: rows for name, rows in found.items() if rows}


def rebuild(store: Store, names: Iterable[str] = tuple(TALLIES)) -> None:
    """Count everything anew that some tallies tell, inside a transaction."""
    for name in names:
        store.write(TALLIES[name].empty)
        store.write(TALLIES[name].fill)


def _cells(pipeline: int, state: Candidacy, words: Mapping[int, str]) -> Iterator[Cell]:
    whose = (state.cohort, pipeline, state.unit or 0)
    stays, onward, before = state.stays, set[str](), ""
    for number, stay in enumerate(stays, 1):
        after = stays[number] if number < len(stays) else None
        completed = stay.left == ONWARD and stay.stage not in onward
        way = (stay.stage, before, stay.first, completed, stay.left or "")
        end = _NO_END if after is not None else _end(state, stay, words)
        yield Cell("visit", (*whose, *way, *end))
        if stay.days is not None:
            to = after.stage if after is not None and stay.left != ENDED else ""
            yield Cell("time", (state.cohort, state.unit or 0, stay.stage, stay.days, stay.left == ONWARD))
            yield Cell("left", (pipeline, stay.stage, stay.days, to))
        if completed:
            onward.add(stay.stage)
        before = stay.stage
    if state.state == OPEN:
        yield Cell("standing", (*whose, *_standing(state)))
    elif state.state == WON:
        yield Cell("course", (state.cohort, state.unit or 0, *_course(state, words)))


def _end(state: Candidacy, stay: Stay, words: Mapping[int, str]) -> tuple[int | str, ...]:
    """Return whether it holds a seat, and how it ended if it did."""
    if stay.left != ENDED:
        return (state.holds_seat, *_NO_END[1:])
    return state.holds_seat, stay.outcome or "", stay.by or "", words.get(stay.reason or 0, "")


def _standing(state: Candidacy) -> tuple[int | str, ...]:
    """Return where it stands, since when, and its rests; what they came to was told until that day."""
    stay, pause = state.stays[-1], state.pause
    told = max(entry.occurred_on for entry in state.entries if entry.occurred_on is not None)
    return (
        stay.stage,
        stay.entered_on.isoformat(),
        stay.paused_days,
        pause.from_on.isoformat() if pause else "",
        pause.until.isoformat() if pause else "",
        told.isoformat() if stay.paused_days else "",
    )


def _course(state: Candidacy, words: Mapping[int, str]) -> tuple[int | str, ...]:
    left, still = state.fact(LEFT_WORK), state.fact(STILL)
    return (
        _day(state.entered_on),
        _day(left.on if left else None),
        _day(still.on if still else None),
        left is not None and still is not None and left.seq > still.seq,
        words.get(left.text or 0, "") if left else "",
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
