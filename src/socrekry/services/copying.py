"""Move a whole store to another place, on either engine: row by row, and proved before it may be used.

The source is read as of one moment, table by table in the order of references, so memory stays flat however
large it is. What has come over is kept together with how far it has come: a copy that is cut off goes
on when it is given again, and where the source has changed meanwhile it is begun anew. Until every row has
been compared with its source, and every log been followed, no other command may open the target.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from socrekry.domain.errors import StoreDamaged, StoreUnavailable
from socrekry.services.copied_tables import SourceChanged, copy_table
from socrekry.services.copy_targets import empty_anew, opened_target
from socrekry.services.proving import (
    Findings,
    followed,
    require_equal,
    require_every_part,
    require_every_table,
)
from socrekry.services.watching import How, Watch
from socrekry.store import half_copied, loading, soundness
from socrekry.store.connect import Store, open_store, version_at
from socrekry.store.half_copied import Progress
from socrekry.store.tables import tables


class Copied(NamedTuple):
    """What was copied where, and how it was begun.

    ``rows`` has every table with its number of rows, in the order in which they were copied. Defects are
    those of the source's own logs, which came over as they are.
    """

    source: str
    target: str
    engine: str
    how: How
    rows: dict[str, int]
    findings: Findings


def copy(source_at: str, target_at: str, watch: Watch | None = None) -> Copied:
    """Copy the store at a place to another, where there is none yet, or go on with what was begun there.

    Refused("target-not-empty", "copy-onto-itself"); StoreUnavailable as `open_store`, and
    ("copy-under-way"); StoreDamaged("store-incomplete") for a source without one of its tables,
    ("row-not-kept") for a row that the target's rules refuse, ("copy-differs") where what came over is not
    what the source says: the target stays half copied.
    """
    watch = watch or Watch()
    with _source(source_at) as source, source.snapshot(), opened_target(target_at, source) as (target, how):
        begun, read = _filled(source, target, how, watch)
        loading.settle(target, tables())
        require_equal(target, read, watch)
        require_every_part(target)
        findings = followed(target, watch)
        _end(source, target)
        rows = {name: progress.rows for name, progress in read.items()}
        return Copied(source.location, target.location, target.engine, begun, rows, findings)


@contextmanager
def _source(location: str) -> Iterator[Store]:
    """Give the store to copy, every row of which is seen; one that is not there is not made."""
    version_at(location)
    try:
        store = open_store(location, writing=False)
    except StoreUnavailable as error:
        if error.code == "store-needs-migration":
            raise StoreUnavailable("source-needs-migration", **error.details) from error
        raise
    with store:
        soundness.require_whole_view(store)
        require_every_table(store)
        yield store


def _filled(source: Store, target: Store, how: How, watch: Watch) -> tuple[How, dict[str, Progress]]:
    """Copy every table; return how that was begun in the end, and what the source has of each."""
    watch.began(how)
    try:
        return how, _copy_tables(source, target, watch)
    except SourceChanged:
        empty_anew(target)
    return _filled(source, target, "anew", watch)


def _copy_tables(source: Store, target: Store, watch: Watch) -> dict[str, Progress]:
    """Copy what is not there yet; return what the source has of each table."""
    of, done, kept = sum(loading.count_of(source, each) for each in tables()), 0, half_copied.progress(target)

    def counted(rows: int) -> None:
        nonlocal done
        done += rows
        watch.at("copied", done, of)

    return {each.name: copy_table(source, target, each, kept.get(each.name), counted) for each in tables()}


def _end(source: Store, target: Store) -> None:
    """Let ids go on where the source's go on, and open the store to everybody."""
    numbers = loading.numbers_given(source, tables())
    with target.transaction():
        loading.go_on_after(target, numbers)
        if loading.numbers_given(target, tables()) != numbers:
            raise StoreDamaged("copy-differs", store=target.location, part="id")
        half_copied.end(target)
