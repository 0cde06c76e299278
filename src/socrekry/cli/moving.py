"""Move house: copy a store to another place, keep it in a file, and put it back."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from socrekry.cli.exits import ExitCode, mention
from socrekry.cli.options import TableJson, Yes
from socrekry.cli.progress import from_a_second_on
from socrekry.cli.prompts import confirm_or_cancel
from socrekry.cli.settings import clock, current, is_url, require_no_password
from socrekry.domain.errors import StoreUnavailable
from socrekry.locale import N_, _
from socrekry.render.moving import backed_up_page, copied_page, how_far, restored_page
from socrekry.render.output import write
from socrekry.services import backups, copying, restoring
from socrekry.services.watching import How, Stage, Watch

_FROM = N_("The store to copy: a file, or the URL of a database.")
_TO = N_("Where to: a new file, or an empty database.")
_BACKUP = N_("The backup to put back.")
_NEW = N_("The file to write; it is a store that --db can open.")


def copy(
    source: Annotated[str, typer.Argument(metavar=N_("FROM"), help=_FROM)],
    target: Annotated[str, typer.Argument(metavar=N_("TO"), help=_TO)],
    format: TableJson = "table",
) -> int:
    """Copy the whole store to another place or engine.

    From a file to a database, back again, or from one to another of its kind. TO must be empty: a file
    that is not there yet, or a database in which nothing was made. At the end every row is read again and
    compared, and every log is followed, before anybody can use the copy. A copy that was cut off goes on
    where it was when it is given again. The store that is copied stays as it is; nobody can write to a file
    that is copied meanwhile.

        socrekry copy socrekry.db postgresql://anna@db.example.se/socrekry
        socrekry copy postgresql://anna@db.example.se/socrekry socrekry.db
    """
    for place, name in ((source, "FROM"), (target, "TO")):
        require_no_password(place, name)
    with _shown(can_go_on=True) as watch:
        copied = copying.copy(source, target, watch)
    write(copied_page(copied), format, current().output)
    return ExitCode.DAMAGED if copied.findings.number else ExitCode.DONE


def backup(
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=_NEW)],
    yes: Yes = False,
    format: TableJson = "table",
) -> int:
    """Keep the store in a file, and see that it is all there.

    The file is a store of its own, whichever engine it comes from: --db opens it, and restore puts it back.
    Others may go on writing. The file gets its name when all of it is on the disk and has been read again; if
    the store has defects the exit code is 7, and an earlier backup is not replaced.

        socrekry backup socrekry-2026-11-20.db
        socrekry --db socrekry-2026-11-20.db check
    """
    path = backups.place_for(current().db, file)
    if os.path.exists(path):
        question = _("There is a file {file} already. Replace it by a new backup?")
        confirm_or_cancel(question.format(file=file), yes)
    with _shown(can_go_on=False) as watch:
        done = backups.back_up(current().db, path, replace=True, watch=watch)
    write(backed_up_page(done), format, current().output)
    return ExitCode.DAMAGED if done.findings.number else ExitCode.DONE


def restore(
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=_BACKUP)],
    yes: Yes = False,
    format: TableJson = "table",
) -> None:
    """Put a backup back.

    It goes into the store that --db names. The backup is read from end to end first; one from an older
    version is brought up to date on the way, and the file itself stays as it is. Where there is a store in a
    file, that is kept beside it, and its content is replaced as a whole: whoever has it open goes on. A
    database must be empty.

        socrekry restore socrekry-2026-11-20.db
        socrekry --db postgresql://anna@db.example.se/socrekry restore socrekry-2026-11-20.db
    """
    store = current().db
    found = restoring.backup_at(file, store)
    if restoring.is_in_the_way(store):
        question = _("Replace all that is in {store} by the backup? What is there now is kept beside it.")
        confirm_or_cancel(question.format(store=store), yes)
    with _shown(can_go_on=is_url(store)) as watch:
        done = restoring.restore(found, store, clock().now, watch)
    write(restored_page(done), format, current().output)


class _Shown(Watch):
    """Shows how far it has come where a person waits, and remembers whether it can be gone on with."""

    tell: Callable[[Callable[[], str]], None]

    def __init__(self, *, can_go_on: bool) -> None:
        self._can_go_on, self.stays_half_done = can_go_on, False

    def began(self, how: How) -> None:
        self.stays_half_done = self._can_go_on
        if how == "resumed":
            mention(_("A copy was begun here: it goes on."))
        elif how == "anew":
            mention(_("The store has changed since the copy was begun: it is begun anew."))

    def at(self, stage: Stage, done: int, of: int) -> None:
        self.tell(partial(how_far, stage, done, of))


@contextmanager
def _shown(*, can_go_on: bool) -> Iterator[Watch]:
    """Give what shows how far it has come; say so where it is cut off and can be gone on with."""
    watch = _Shown(can_go_on=can_go_on)
    try:
        with from_a_second_on() as watch.tell:
            yield watch
    except (KeyboardInterrupt, StoreUnavailable):
        if watch.stays_half_done:
            mention(_("What was copied is kept: give the same command again, and it goes on from there."))
        raise
