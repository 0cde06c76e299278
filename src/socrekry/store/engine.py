"""What a store asks of the engine it is kept on; whatever differs between engines stands behind this.

Statements arrive as the text that `socrekry.store.statements` holds, with ``:names`` for values. Errors
are raised in the words of `socrekry.store.failures`.
"""

from collections.abc import Sequence
from typing import Any, Literal, Protocol, TypeAlias

Row: TypeAlias = tuple[Any, ...]
Values: TypeAlias = dict[str, Any]
EngineName = Literal["sqlite", "postgresql"]


class Engine(Protocol):
    """A connection to a store on some engine."""

    @property
    def name(self) -> EngineName:
        """Which engine it is."""

    @property
    def location(self) -> str:
        """What the store is called where people see it, without a password."""

    @property
    def within_transaction(self) -> bool:
        """Whether a transaction is under way."""

    def rows(self, sql: str, values: Values) -> list[Row]:
        """Return every row that a statement gives."""

    def row(self, sql: str, values: Values) -> Row | None:
        """Return the first row that a statement gives, or None."""

    def write(self, sql: str, values: Values) -> int:
        """Run a statement that writes; return how many rows it touched."""

    def write_many(self, sql: str, rows: Sequence[Values]) -> None:
        """Run a statement that writes, once for each row of values."""

    def load(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Put whole rows into a table, in the engine's quickest way."""

    def run(self, sql: str) -> None:
        """Run a statement that takes and gives nothing."""

    def begin(self, *, alone: bool) -> None:
        """Begin a transaction that writes: no other writes meanwhile or, unless alone, none that is alone."""

    def take_back_part(self) -> None:
        """Keep nothing of what came after ``SAVEPOINT part``; the transaction goes on."""

    def begin_reading(self) -> None:
        """Begin a transaction that sees the store as of one moment and writes nothing."""

    def commit(self) -> None:
        """Keep what the transaction wrote; it is kept when this returns, whatever happens then."""

    def roll_back(self) -> None:
        """Keep nothing of the transaction under way; where there is none, or no connection, do nothing."""

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Keep others from changing what hangs on these rows until the transaction ends."""

    def reconnect(self) -> None:
        """Connect anew after a connection was lost."""

    def engine_rows(self, sql: str, values: Sequence[Any]) -> list[Row]:
        """Return what SQL that only this engine knows gives, its values in order."""

    def close(self) -> None:
        """Let go of it."""
