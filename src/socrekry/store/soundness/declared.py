"""What the schema is declared to be on PostgreSQL, part by part, so that a store can be held against it.

PostgreSQL does not keep what it was told but writes it out anew: with casts, parentheses, names of schemas,
``= ANY (ARRAY[…])`` for ``IN (…)``, and not in every version alike. So both are brought down to the words
that mean something (`words_of`), in their order.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import MetaData, Table
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

from socrekry.store.postgresql.rows import ADDING, POLICIES, securing
from socrekry.store.postgresql.rows import TRIGGERS as GUARDED
from socrekry.store.schema import Event
from socrekry.store.triggers import TRIGGERS
from socrekry.store.views import VIEWS

# Casts, a schema whose name must be quoted, and what holds where nothing is said.
_UNSAID = re.compile(
    r"::\s*(?:character varying|\w+)(?:\(\d+\))?(?:\[\])?|\"(?:[^\"]|\"\")*\"\.|\bnulls last\b|\belse null\b"
)
_WORD = re.compile(r"'(?:[^']|'')*'|[\w.]+|[<>!%|+*/-][=<>|]*")
# What one of the two says and the other leaves out, or what every definition begins with.
_MEANINGLESS = {"any", "array", "as", "btree", "in", "using"}


class DeclaredPart(NamedTuple):
    """A part of the schema by kind and name, and what it is declared to be."""

    kind: str
    name: str
    words: tuple[str, ...]


def words_of(kind: str, definition: str) -> tuple[str, ...]:
    """Return the words of a definition that mean the same however it is written.

    What a trigger refuses may be listed in any order.
    """
    found = _words(definition)
    return tuple(sorted(found)) if kind == "trigger" else found


def _words(definition: str) -> tuple[str, ...]:
    found = _WORD.findall(_UNSAID.sub("", definition.lower()))
    bare = (word.strip("'") if re.fullmatch(r"'-?\d+'", word) else word for word in found)
    return tuple(
        word if word.startswith("'") else word.rpartition(".")[2] for word in bare if word not in _MEANINGLESS
    )


def declared_parts(*, secured: bool = False) -> Iterator[DeclaredPart]:
    """Give every part of this version's schema, tables first; where row security is on, its parts as well."""
    metadata: MetaData = Event.metadata
    tables = metadata.sorted_tables
    yield from (DeclaredPart("table", table.name, ()) for table in tables)
    for table in tables:
        yield from _columns(table)
        yield from _constraints(table)
        yield from _indexes(table)
    views = dict(map(_view, VIEWS))
    if secured:
        yield from _security()
        views |= dict(_view(each) for step in securing() for each in step.statements if " VIEW " in each)
    for name, query in views.items():
        yield DeclaredPart("view", name, words_of("view", query))
    yield from _guards()


def _view(statement: str) -> tuple[str, str]:
    name, query = re.fullmatch(r"CREATE (?:OR REPLACE )?VIEW (\w+) AS (.*)", statement).groups()  # type: ignore[union-attr]
    return name, query


def _security() -> Iterator[DeclaredPart]:
    """Give what row security consists of beside its views: that it is on for each table, and each policy."""
    for table, policies in POLICIES.items():
        yield DeclaredPart("row security", table, ())
        yield from (DeclaredPart("policy", f"{table}_{what.lower()}", ()) for what in policies)
    yield DeclaredPart("function", "tally_add", words_of("function", ADDING))
    for table, statement in GUARDED.items():
        yield DeclaredPart("trigger", f"{table}_add", words_of("trigger", statement))


def _columns(table: Table) -> Iterator[DeclaredPart]:
    for column in table.columns:
        parts = [column.type.compile(_DIALECT)]
        parts += [] if column.nullable else ["NOT NULL"]
        parts += ["DEFAULT"] if column is table.autoincrement_column else []
        yield DeclaredPart("column", f"{table.name}.{column.name}", words_of("column", " ".join(parts)))


def _constraints(table: Table) -> Iterator[DeclaredPart]:
    compiler: Any = _DIALECT.ddl_compiler(_DIALECT, None)
    for constraint in table.constraints:
        name = str(compiler.preparer.format_constraint(constraint))
        definition = compiler.process(constraint).removeprefix(f"CONSTRAINT {name} ")
        yield DeclaredPart("constraint", name, words_of("constraint", definition))


def _indexes(table: Table) -> Iterator[DeclaredPart]:
    for index in table.indexes:
        definition = str(CreateIndex(index).compile(dialect=_DIALECT))
        yield DeclaredPart("index", str(index.name), words_of("index", definition))


def _guards() -> Iterator[DeclaredPart]:
    """Give the triggers that keep the log, and what they call."""
    for statement in TRIGGERS["postgresql"]:
        kind, name = re.match(r"CREATE (\w+) (\w+)", statement).groups()  # type: ignore[union-attr]
        definition = statement.split("$$")[1] if kind == "FUNCTION" else statement
        yield DeclaredPart(kind.lower(), name, words_of(kind.lower(), definition))


_DIALECT: Any = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
