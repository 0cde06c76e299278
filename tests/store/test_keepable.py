"""What no store can keep is refused alike on both engines, and leaves the transaction as it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.store.connect import Store, open_store
from tests.builders import a_database, a_file

LARGEST = 2**63 - 1


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Give a new store on each engine in turn."""
    place = str(a_file(tmp_path)) if request.param == "sqlite" else a_database()
    with open_store(place, writing=True) as store:
        yield store


@pytest.mark.parametrize(("text", "sign"), [("a\0b", "U+0000"), ("a\ud800", "U+D800")])
def test_a_text_that_cannot_be_kept_is_refused_wherever_it_comes(store: Store, text: str, sign: str) -> None:
    with store.transaction():
        for ask in (
            lambda: store.write("person.add_tag", person=1, tag=text),
            lambda: store.write_many("person.add_tag", [{"person": 1, "tag": text}]),
            lambda: store.value("writing.add_actor", name=text),
            lambda: store.rows("finding.by_name", pattern=text),
        ):
            with pytest.raises(InvalidInput) as raised:
                ask()
            assert (raised.value.code, raised.value.details) == ("text-unkeepable", {"sign": sign})
        store.write("writing.add_actor", name="Anna")
    assert store.value("writing.actor", name="Anna")


@pytest.mark.parametrize("number", [LARGEST + 1, -LARGEST - 2, 10**30])
def test_a_number_that_cannot_be_kept_is_refused(store: Store, number: int) -> None:
    with pytest.raises(InvalidInput) as raised:
        store.rows("person.tags", person=number)
    assert raised.value.code == "number-unkeepable"


def test_every_other_is_kept_as_it_is(store: Store) -> None:
    signs = "".join(map(chr, (*range(1, 0xD800), *range(0xE000, 0x11000), 0x1D504, 0x1F393, 0x10FFFF)))
    texts = [signs[n : n + 200] for n in range(0, len(signs), 200)]
    with store.transaction():
        kept = {text: store.value("writing.add_actor", name=text) for text in texts}
    assert {text: store.value("writing.actor", name=text) for text in texts} == kept
    assert store.rows("person.tags", person=LARGEST) == []
