"""What is written to the log is what is read from it, and a hash covers all of it."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain import events as e
from socrekry.services.opening import opened
from socrekry.store import log
from socrekry.store.log import GENESIS, canonical, link
from tests.stories import a_story
from tests.tampering import the_log

# What both engines can keep as text: PostgreSQL knows no NUL, and UTF-8 no half of a surrogate pair.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
numbers = st.integers(1, 2**53)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
verdicts = st.builds(
    e.Verdict,
    texts,
    st.booleans(),
    st.booleans(),
    texts,
    st.dictionaries(texts, values, max_size=3),
    st.booleans(),
)


def an_event_of(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for events of a kind: each field of its type, what may be left out sometimes None."""
    fields = {
        str: texts,
        int: numbers,
        int | None: st.none() | numbers,
        str | None: st.none() | texts,
        bool: st.booleans(),
        tuple[e.Verdict, ...]: st.lists(verdicts, max_size=2).map(tuple),
        tuple[int, ...]: st.lists(numbers, max_size=3).map(tuple),
    }
    return st.builds(kind, **{name: fields.get(of, st.dates()) for name, of in kind.__annotations__.items()})


def test_every_kind_of_event_has_a_name() -> None:
    assert set(e.KINDS.values()) == set(get_args(e.Event))


@pytest.mark.parametrize("name", e.KINDS)
@given(data=st.data())
def test_an_event_is_read_as_it_was_written(name: str, data: st.DataObject) -> None:
    event = data.draw(an_event_of(e.KINDS[name]))
    assert e.from_body(name, json.loads(canonical(e.to_body(event)))) == event


@given(values)
def test_the_same_value_is_written_the_same_way(value: Any) -> None:
    again = json.loads(canonical(value))
    assert canonical(again) == canonical(value)


@given(st.dictionaries(texts, values, min_size=2, max_size=4))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


ROW = (2, 7, 3, "2025-09-01", "2025-09-01T10:00:00.000000Z", "moved", 1, '{"source":"lead"}')


@pytest.mark.parametrize("place", range(len(ROW)))
@given(data=st.data())
def test_a_hash_covers_every_field(place: int, data: st.DataObject) -> None:
    other = data.draw(
        (numbers if isinstance(ROW[place], int) else st.none() | texts).filter(lambda v: v != ROW[place])
    )
    changed = (*ROW[:place], other, *ROW[place + 1 :])
    assert link(GENESIS, "C-1.1", changed) != link(GENESIS, "C-1.1", ROW)


@given(texts.filter(lambda label: label != "C-1.1"), texts.filter(lambda before: before != GENESIS))
def test_a_hash_covers_whose_log_it_is_and_the_hash_before_it(label: str, before: str) -> None:
    own = link(GENESIS, "C-1.1", ROW)
    assert own not in (link(GENESIS, label, ROW), link(before, "C-1.1", ROW))


def test_a_hash_never_changes_from_one_version_to_the_next() -> None:
    assert link(GENESIS, "C-1.1", ROW) == "f34cb135b24b30eea4c450f85d9766612f06d64e94022aab3146e959b0b3a99e"


def test_a_log_is_read_in_order_and_whole(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with opened(str(path), writing=False) as store:
        entries = log.read(store, 1)
    assert [entry.seq for entry in entries] == [row[1] for row in the_log(path) if row[0] == 1]


def test_the_log_holds_no_words_of_a_users(tmp_path: Path) -> None:
    bodies = " ".join(str(row) for row in the_log(a_story(tmp_path)))
    assert not any(
        word in bodies for word in ("Åsa", "Ulla", "Lämplig", "Bråttom", "skola", "Valde", "Örjan")
    )
