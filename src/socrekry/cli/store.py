"""Look after the store itself: check that it is whole, and bring an older one up to this version."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Annotated

import typer

from socrekry.cli.exits import ExitCode, Misused
from socrekry.cli.options import DryRun, ReportFormats, TableJson
from socrekry.cli.progress import from_a_second_on
from socrekry.cli.session import reading, writing
from socrekry.cli.settings import current
from socrekry.domain.errors import StoreDamaged
from socrekry.exchange.heads import read_heads, write_heads
from socrekry.locale import N_, _
from socrekry.render.checks import checked_page, upgraded_page
from socrekry.render.output import write
from socrekry.render.text import count
from socrekry.services.checking import Checked
from socrekry.services.checking import check as check_store
from socrekry.services.heads import head_defects
from socrekry.services.heads import heads as heads_of
from socrekry.services.upgrading import upgrade_store
from socrekry.store.connect import version_at
from socrekry.store.soundness import one_moment

_REPAIR = N_("Build anew what is derived from the logs, where it differs; a log is never touched.")
_HEADS = N_("Write the end of every log to this file, to be kept elsewhere.")
_AGAINST = N_("Compare with such a file: it tells if a log was rewritten as a whole.")


def check(
    repair: Annotated[bool, typer.Option("--repair", help=_REPAIR)] = False,
    heads: Annotated[str | None, typer.Option("--heads", metavar=N_("FILE"), help=_HEADS)] = None,
    against: Annotated[str | None, typer.Option("--against", metavar=N_("FILE"), help=_AGAINST)] = None,
    format: ReportFormats = "table",
) -> int:
    """Check that the store is whole.

    Every log is compared with its chain of hashes, and everything derived from a log with that log: the
    store itself, its references and the seats as well. Each defect says whose it is and what to do; the exit
    code is then 7. Who can write to the store by other means can also compute the hashes anew: keep the heads
    in another place, and compare with them. A shared store is checked by its owner, who sees all of it.

        socrekry check
        socrekry check --heads heads-2026-11-20.csv
        socrekry check --against heads-2026-11-20.csv
    """
    if repair and heads:
        raise Misused("option-alone", _("--repair and --heads cannot be used together."), "")
    version_at(current().db)  # a store that is not there must not be made, and then found to be whole
    checked, written = _repaired(against) if repair else _looked_through(against, heads)
    write(checked_page(checked, heads=written), format, current().output)
    return ExitCode.DAMAGED if checked.found else ExitCode.DONE


def migrate(dry_run: DryRun = False, format: TableJson = "table") -> None:
    """Bring the store up to this version.

    All steps are taken or none: if one fails, the file is as it was. With --dry-run every step is tried
    and none is kept.
    """
    write(
        upgraded_page(upgrade_store(current().db, dry_run=dry_run), dry_run=dry_run), format, current().output
    )


def _repaired(against: str | None) -> tuple[Checked, None]:
    with writing("check") as w, w.transaction(), _shown() as shown:
        more = head_defects(w.store, read_heads(against)) if against else ()
        return check_store(w.store, mend_at=w.occasion.recorded_at, more=more, progress=shown), None


def _looked_through(against: str | None, heads: str | None) -> tuple[Checked, int | None]:
    with reading() as store, one_moment(store), _shown() as shown:
        more = head_defects(store, read_heads(against)) if against else ()
        checked = check_store(store, more=more, progress=shown)
        if heads is None:
            return checked, None
        if checked.found:
            raise StoreDamaged("heads-of-defects")
        return checked, write_heads(heads, heads_of(store))


@contextmanager
def _shown() -> Iterator[Callable[[int, int], None]]:
    """Give what shows how many candidacies are done."""
    with from_a_second_on() as tell:
        yield lambda done, of: tell(partial(_so_far, done, of))


def _so_far(done: int, of: int) -> str:
    return _("Checked {n} of {all} candidacies").format(n=count(done), all=count(of))
