"""Candidates as a shell offers them: an id with a name beside it, or a name that begins like the word.

Rule: a command that moves those who are open offers those who are open. A number is looked up as a range of
numbers, and a name as a range of keys, so that a million candidates answer as quickly as a class; a name that
is protected is masked, and never searched by.
"""

import json

from socrekry.cli.completion_choice import Choice
from socrekry.cli.completion_place import Place
from socrekry.domain.ids import candidacy_id, candidate_id, parsed_id
from socrekry.domain.names import shown_name, sort_key
from socrekry.domain.term import Term
from socrekry.locale import pick
from socrekry.render.words import STATES, word
from socrekry.store.connect import Store
from socrekry.store.engine import Row

MOST = 200
_LONGEST = 12  # digits of a person's number; none has more
_STATES = dict.fromkeys(
    ("advance", "close", "reserve", "next", "assign", "unassign", "transfer", "pause", "resume"), "open"
) | {"reopen": "lost"}


def people(store: Store, place: Place) -> list[Choice]:
    """Return the candidates that the word begins; the candidacies of one after ``C-1.``"""
    state, typed = _STATES.get(place.command), place.word.casefold()
    person, dot, _number = typed.removeprefix("c-").partition(".")
    titles = titles_of(store)
    if typed.startswith("c-") and dot and person.isdecimal():
        rows = store.rows("completing.persons", low=int(person), high=int(person), state=state, most=MOST)
        return [Choice(candidacy_id(row[0], row[1]), _told(row, titles)) for row in rows]
    if "c-".startswith(typed[:2]) and (not person or person.isdecimal() or typed == "c"):
        begun = person if typed.startswith("c-") else ""
        found = {
            row[0]: Choice(candidate_id(row[0]), _told(row, titles)) for row in _numbered(store, begun, state)
        }
        return list(found.values())
    low = sort_key(place.word)
    rows = store.rows("completing.named", low=low, high=_after(low), state=state, most=MOST)
    return [Choice(row[2], f"{candidate_id(row[0])} · {_where(row, titles)}") for row in rows]


def titles_of(store: Store) -> dict[int, dict[str, dict[str, str]]]:
    """Return the titles of every stage, by pipeline number and stage."""
    return {
        number: {stage["name"]: stage["titles"] for stage in json.loads(definition)["stages"]}
        for number, _, definition in store.rows("programme.definitions")
    }


def pipeline_of(store: Store, place: Place) -> int | None:
    """Return the number of the pipeline that a line is about: the one named, or its first candidate's."""
    if named := place.given.get("pipeline"):
        numbers = [number for number, name, _ in store.rows("programme.definitions") if name == named]
        return numbers[-1] if numbers else None
    meant = parsed_id(place.arguments[0]) if place.arguments else None
    if meant is None:
        return None
    rows = store.rows("completing.persons", low=meant[0], high=meant[0], state=None, most=MOST)
    fits = [row for row in rows if meant[1] in (None, row[1])]
    return min(fits, key=lambda row: row[4] != "open")[5] if fits else None


def _numbered(store: Store, begun: str, state: str | None) -> list[Row]:
    """Return those whose number begins with some digits: itself, then ten, a hundred … at a time."""
    last = int(store.value("completing.last_person"))
    found: list[Row] = []
    low = int(begun) if begun else 1
    width = 1 if begun else last
    if begun.startswith("0"):
        return []
    while low <= last and width and len(found) < MOST:
        found += store.rows(
            "completing.persons", low=low, high=low + width - 1, state=state, most=MOST - len(found)
        )
        low, width = low * 10, width * 10
        if not begun:
            break
    return found


def _told(row: Row, titles: dict[int, dict[str, dict[str, str]]]) -> str:
    return f"{shown_name(row[2], row[3])} · {_where(row, titles)}"


def _where(row: Row, titles: dict[int, dict[str, dict[str, str]]]) -> str:
    _, _, _, _, state, pipeline, stage, term = row
    stands = pick(titles.get(pipeline, {}).get(stage, {})) or stage
    return f"{Term.from_code(term)} · {word(STATES, state) if state == 'lost' else stands}"


def _after(key: str) -> str:
    """Return the first key that no longer begins with ``key``."""
    return key + "\U0010ffff"
