"""Commands: who wrote, what each command was, and what it changed beside the log."""

from sqlalchemy import Index, Integer
from sqlmodel import Field

from socrekry.store.kinds import Kept, Time, column, identity, key


class Actor(Kept, table=True):
    """Who wrote: a name that can be erased without touching the log."""

    id: int | None = identity()
    name: str = column(min_length=1, max_length=200, unique=True)


class Command(Kept, table=True):
    """One command that wrote something: whose, which, and when."""

    id: int | None = identity()
    name: str = column(min_length=1, max_length=40)
    actor_id: int = key("actor", index=True)
    recorded_at: Time = column()


class Edit(Kept, table=True):
    """What a command changed beside the log, so that it can be undone and accounted for.

    An empty ``field`` means that the row was created.
    """

    command_id: int = key("command", primary_key=True)
    undone_by: int | None = key("command", default=None, nullable=True)
    number: int = Field(ge=1, sa_type=Integer, primary_key=True)
    entity: str = column(min_length=1, max_length=20)
    key: str = column(min_length=1, max_length=120)
    field: str = column(max_length=40)
    before: str | None = column(default=None)
    after: str | None = column(default=None)
    __table_args__ = (Index("ix_edit_row", "entity", "key"),)
