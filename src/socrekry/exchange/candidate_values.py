"""What the cells of a candidate's row mean, field by field: text within its limits, a term, a day, a code.

Rule: the limits are those that the store itself is made of (`domain.lengths`), so an import can keep nothing
that the store would refuse. They are plain checks: a model built for each row would cost more than all the
rest of it, and the first long name would otherwise end the import with the database's complaint.
"""

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from socrekry.domain.errors import InvalidInput
from socrekry.domain.lengths import LONGEST_NAME, LONGEST_PHONE, LONGEST_TAG, LONGEST_WORDS
from socrekry.domain.term import Term
from socrekry.exchange.codes import read_outcome, read_party, read_source
from socrekry.exchange.days import read_day
from socrekry.services.persons import valid_email

_SUMS = frozenset(("summa", "delsumma", "totalt", "total", "antal", "medel", "genomsnitt", "sum", "average"))
# An address of plain letters is as good as its domain: what else may stand before the @ is the library's.
_PLAIN = re.compile(r"[A-Za-z0-9_+-]{1,32}(?:\.[A-Za-z0-9_+-]{1,30})?\Z")


def read_text(text: str, longest: int) -> str:
    """Return the text; InvalidInput ``text-too-long``, of a field that whoever reads the row names."""
    if len(text) > longest:
        raise InvalidInput("text-too-long", field="", longest=longest)
    return text


def read_name(text: str) -> str:
    """Return a name on one line, without doubled spaces.

    InvalidInput ``text-too-long``, or ``row-is-a-sum`` for what stands below a table and is nobody's name.
    """
    name = " ".join(text.split())
    if name.rstrip(" :").casefold() in _SUMS:
        raise InvalidInput("row-is-a-sum", name=name)
    return read_text(name, LONGEST_NAME)


@lru_cache(256)
def read_term(text: str) -> Term:
    """Return the term that a cell holds, in any form met in the wild; InvalidInput ``term-invalid``."""
    return Term.parse(text)


@lru_cache(1024)
def read_tags(text: str) -> tuple[str, ...]:
    """Return the tags in a cell: parted by ``|``, or else by spaces; InvalidInput ``text-too-long``."""
    parts = text.split("|") if "|" in text else text.split()
    return tuple([read_text(tag, LONGEST_TAG) for part in parts if (tag := " ".join(part.split()))])


def read_email(text: str) -> str:
    """Return an address as every command reads it (`valid_email`); the same domain is looked at once."""
    local, _, domain = text.rpartition("@")
    if _PLAIN.match(local) and _is_plain(domain):
        return text
    return valid_email(text)


@lru_cache(4096)
def _is_plain(domain: str) -> bool:
    """Tell whether addresses there are written as they are typed, if what stands before the @ allows it."""
    longest = f"{'a' * 64}@{domain}"
    try:
        return valid_email(longest) == longest
    except InvalidInput:
        return False


READERS: dict[str, Callable[[str], Any]] = {
    "name": read_name,
    "email": read_email,
    "phone": partial(read_text, longest=LONGEST_PHONE),
    "graduates": read_term,
    "term": read_term,
    "source": read_source,
    "tags": read_tags,
    "note": partial(read_text, longest=LONGEST_WORDS),
    "outcome": read_outcome,
    "closed_on": read_day,
    "reason": partial(read_text, longest=LONGEST_WORDS),
    "by": read_party,
    "candidate": read_name,
}
"""How the cell of each field is read; the others name what is in the store, which knows them."""
