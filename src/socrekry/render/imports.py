"""What became of an imported table: who came in and where they stand, and all that was wrong, by line.

What was wrong is told for every row, in the table's order; who came in is cut on a screen after a few, and
says so. A reader who mends a file wants every fault of it at once.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar, overload

from socrekry.domain.errors import SocrekryError
from socrekry.domain.events import Verdict
from socrekry.locale import _, ngettext, pick
from socrekry.render import verdicts
from socrekry.render.duplicates import resembles_in_words, resembles_json
from socrekry.render.messages import describe, describe_defect
from socrekry.render.parts import Column, Gap, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.text import count
from socrekry.render.words import STATES
from socrekry.services.imported import NAMED, Defect, Imported, Taken, Tally

SHOWN = 20
_NAMES = ("line", "status", "id", "candidacy", "stage", "column", "value", "code", "message")
# What these say to do holds in a table as well as on a command line.
_REMEDIED = frozenset(
    (
        "activity-not-found",
        "activity-to-come",
        "channel-invalid",
        "cohort-none-fits",
        "cohort-not-opened",
        "cohort-unclear",
        "date-invalid",
        "date-serial-unclear",
        "date-too-early",
        "email-invalid",
        "email-known",
        "email-repeated",
        "fact-value-invalid",
        "outcome-invalid",
        "party-invalid",
        "pipeline-not-found",
        "staff-not-found",
        "stage-not-found",
        "term-invalid",
        "unit-not-found",
        "university-not-found",
    )
)


T = TypeVar("T")


class Later(Sequence[T]):
    """What is made when it is asked for: a large answer is not made in forms that nobody wants."""

    def __init__(self, make: Callable[[], list[T]]) -> None:
        self._make = cache(make)

    def __len__(self) -> int:
        return len(self._make())

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        return self._make()[place]

    def __iter__(self) -> Iterator[T]:
        return iter(self._make())


def imported_page(answer: Imported, *, dry_run: bool = False) -> Page:
    """Return the page of an import."""
    return Page(
        [*_parts(answer, dry_run), *not_kept(dry_run)],
        lambda: _json(answer),
        rows=Rows(_NAMES, Later(lambda: list(_records(answer)))),
        ids=Later(lambda: [each.candidacy for each in answer.imported]),
    )


def bad_rows_in_words(answer: Imported) -> list[str]:
    """Return a line for every defect, for answers that have no room for them."""
    words = []
    for each in answer.bad:
        place = [_("line {line}").format(line=each.line), _("column {column}").format(column=each.column)]
        words.append(f"{', '.join(place[: 2 if each.column else 1])}: {_sentence(each)}")
    return words


def _parts(answer: Imported, dry_run: bool) -> Iterator[Part]:
    for tally in answer.tallies:
        yield Line(_summary(tally))
    for taken, told in (
        (answer.updated, ngettext("{n} candidate updated.", "{n} candidates updated.", len(answer.updated))),
        (answer.skipped, ngettext("{n} row skipped.", "{n} rows skipped.", len(answer.skipped))),
    ):
        if taken:
            yield Line(told.format(n=count(len(taken))))
    if dry_run:
        yield from _rows_parts(answer)
    elif answer.imported:
        yield Gap()
        yield _grid(answer.imported[:SHOWN])
        yield from _cut(SHOWN, len(answer.imported))
    yield from _likeness_parts(answer)
    if answer.bad:
        if answer.imported or answer.updated or answer.skipped:
            yield Gap()
        yield from _bad_parts(answer)


def _summary(tally: Tally) -> str:
    shares = [
        _("{n} at {stage}").format(n=count(number), stage=pick(titles)) for titles, number in tally.stages
    ]
    if tally.closed:
        shares.append(_("{n} closed").format(n=count(tally.closed)))
    total = sum(number for _titles, number in tally.stages) + tally.closed
    told = ngettext(
        "{n} candidate imported into {cohort}: {stages}.",
        "{n} candidates imported into {cohort}: {stages}.",
        total,
    )
    return told.format(n=count(total), cohort=tally.cohort, stages=", ".join(shares))


def _grid(taken: Sequence[Taken]) -> Grid:
    columns = (
        Column(_("ID"), name="candidacy"),
        Column(_("Name"), flexible=True, name="name"),
        Column(_("Stage"), name="stage"),
        Column(_("Line"), "right", style="quiet", name="line"),
    )
    return Grid(columns, [(each.candidacy, each.name, _stage(each), str(each.line)) for each in taken])


def _rows_parts(answer: Imported) -> Iterator[Part]:
    """Yield what would happen, row by row, as far as a screen can show it."""
    every = ((_("added"), answer.imported), (_("updated"), answer.updated), (_("skipped"), answer.skipped))
    marked = [[(each.line, what, each) for each in taken[:NAMED]] for what, taken in every]
    rows = [*islice(merge(*marked, key=itemgetter(0)), NAMED)]
    if not rows:
        return
    columns = (
        Column(_("Line"), "right", style="quiet", name="line"),
        Column(_("What would happen"), name="status"),
        Column(_("ID"), name="candidacy"),
        Column(_("Name"), flexible=True, name="name"),
        Column(_("Stage"), name="stage"),
    )
    yield Gap()
    yield Grid(
        columns,
        [(str(line), what, each.candidacy, each.name, _stage(each)) for line, what, each in rows],
    )
    yield from _cut(len(rows), sum(len(taken) for _what, taken in every))


def _likeness_parts(answer: Imported) -> Iterator[Part]:
    if answer.kept and not answer.compared:
        yield Line(
            _("So many are not compared one by one. Two that may be one: socrekry duplicates"), "quiet"
        )
    if answer.resembles:
        yield Gap()
    for whose, resembles in answer.resembles:
        for line in resembles_in_words(whose, resembles):
            yield Line(line, "warning")


def _cut(shown: int, total: int) -> Iterator[Part]:
    if total > shown:
        cut = _("{shown} of {total}; --format ids, csv or json shows all.")
        yield Line(cut.format(shown=shown, total=count(total)), "quiet")


def _stage(taken: Taken) -> str:
    closed = _(STATES["lost"]) if taken.state == "lost" else ""
    return " · ".join(filter(None, (pick(taken.titles), closed)))


def _bad_parts(answer: Imported) -> Iterator[Part]:
    if answer.held_back:
        told = ngettext(
            "{n} of {total} row cannot be imported; nothing was kept.",
            "{n} of {total} rows cannot be imported; nothing was kept.",
            answer.rows,
        )
    else:
        told = ngettext(
            "{n} of {total} row cannot be imported.", "{n} of {total} rows cannot be imported.", answer.rows
        )
    yield Line(told.format(n=count(answer.bad_rows), total=count(answer.rows)), "warning")
    columns = (
        Column(_("Line"), "right", name="line"),
        Column(_("Column"), name="column"),
        Column(_("What is wrong"), flexible=True, name="message"),
    )
    yield Grid(columns, [(str(each.line), each.column or "", _sentence(each)) for each in answer.bad])
    yield Gap()
    for remedy in dict.fromkeys(filter(None, map(_remedy, answer.bad))):
        yield Line(remedy, "quiet")
    if answer.held_back:
        yield Line(_("Mend the rows, or keep the good ones with --keep-good."), "quiet")


def _sentence(defect: Defect) -> str:
    """Return what is wrong in a row; where the state machine refused it, in the machine's words."""
    if defect.code in verdicts.SENTENCES:
        return verdicts.message(Verdict("", False, False, defect.code, defect.details))
    return describe_defect({**defect.details, "code": defect.code})


def _remedy(defect: Defect) -> str | None:
    if defect.code not in _REMEDIED:
        return None
    if defect.code.startswith("email-") and defect.code != "email-invalid":
        return _("To pass over those who are known: --on-duplicate skip; to fill in what is new: update.")
    return describe(SocrekryError(defect.code, **defect.details)).remedy


def _json(answer: Imported) -> dict[str, Any]:
    return {
        "rows": answer.rows,
        "imported": [_taken_json(each) for each in answer.imported],
        "updated": [_taken_json(each) for each in answer.updated],
        "skipped": [_taken_json(each) for each in answer.skipped],
        "bad": [
            {
                "line": each.line,
                "column": each.column,
                "value": each.value,
                "code": each.code,
                "message": _sentence(each),
                "remedy": _remedy(each),
            }
            for each in answer.bad
        ],
        "resembles": [
            {"id": whose, "resembles": resembles_json(resembles)} for whose, resembles in answer.resembles
        ],
        "kept": answer.kept,
    }


def _taken_json(taken: Taken) -> dict[str, Any]:
    return {"line": taken.line, "id": taken.id, "candidacy": taken.candidacy, "stage": taken.stage}


def _records(answer: Imported) -> Iterator[tuple[Any, ...]]:
    """Return a record for every row that was taken and every defect, by line."""
    found: list[tuple[Any, ...]] = [
        (each.line, status, each.id, each.candidacy, each.stage, None, None, None, None)
        for status, taken in (
            ("imported", answer.imported),
            ("updated", answer.updated),
            ("skipped", answer.skipped),
        )
        for each in taken
    ]
    found += [
        (each.line, "bad", None, None, None, each.column, each.value, each.code, _sentence(each))
        for each in answer.bad
    ]
    return iter(sorted(found, key=lambda record: int(record[0])))
