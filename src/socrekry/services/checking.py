"""Whether the store is whole: the file, the references, every log and everything derived from a log.

The log is the truth. What was derived from it can be built anew, and `check` does that when asked;
what is wrong with a log itself, or with the file, is only reported. Memory stays flat however many
candidacies there are, and of very many defects the first thousand are kept and all are counted.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from socrekry.domain.errors import StoreDamaged
from socrekry.domain.ids import candidacy_id, candidate_id
from socrekry.domain.pipeline import Pipeline, digest_of, from_definition, to_document
from socrekry.domain.term import Term
from socrekry.services.chains import Defect, chain_defects
from socrekry.services.derived import derived_defects, mend
from socrekry.services.dossiers import Dossier, dossiers
from socrekry.services.tallies import rebuild, wrong_tallies
from socrekry.store import soundness
from socrekry.store.connect import Store

KEPT = 1_000
_UNREADABLE_WITHOUT = ("table", "column")
Progress = Callable[[int, int], None]


class Checked(NamedTuple):
    """What a check saw: how many candidacies and entries, and what it found.

    ``found`` and ``mended`` count everything; ``defects`` and ``mendings`` hold the first thousand.
    What was mended is no longer among the defects.
    """

    candidacies: int
    events: int
    found: int
    defects: tuple[Defect, ...]
    mended: int
    mendings: tuple[Defect, ...]


class _Account:
    """The running account of a check."""

    def __init__(self, mend_at: str | None) -> None:
        self.mend_at = mend_at
        self.candidacies = self.events = self.found = self.mended = 0
        self.defects: list[Defect] = []
        self.mendings: list[Defect] = []

    def note(self, defects: Iterable[Defect]) -> None:
        for defect in defects:
            self.found += 1
            if len(self.defects) < KEPT:
                self.defects.append(defect)

    def mend(self, defects: Iterable[Defect]) -> None:
        for defect in defects:
            self.mended += 1
            if len(self.mendings) < KEPT:
                self.mendings.append(defect)

    def closed(self) -> Checked:
        return Checked(
            self.candidacies, self.events, self.found, tuple(self.defects), self.mended, tuple(self.mendings)
        )


def check(
    store: Store,
    *,
    mend_at: str | None = None,
    more: Iterable[Defect] = (),
    progress: Progress | None = None,
) -> Checked:
    """Compare the store with itself; return what is wrong with it.

    With ``mend_at`` (a time of recording) what is derived from the logs is built anew where it differs;
    call that inside a transaction. ``more`` are defects found by other means, read after the rest.
    ``progress`` is told how many candidacies are done, of how many. StoreUnavailable("store-seen-in-part")
    for one who may not see all of it.
    """
    account = _Account(mend_at)
    soundness.require_whole_view(store)
    try:
        with soundness.one_moment(store):
            gone = soundness.missing_parts(store)
            account.note(Defect("schema-part-missing", None, part._asdict()) for part in gone)
            account.note(Defect(code, None, details) for code, details in soundness.damages(store))
            if not any(part.kind in _UNREADABLE_WITHOUT for part in gone):
                account.note(_references(store))
                _check_candidacies(store, account, progress)
                _check_persons(store, account)
                _check_tallies(store, account)
                account.note(_crowded(store))
                account.note(more)
    except StoreDamaged as error:
        account.note([Defect("file-damaged", None, {"reason": str(error.details.get("reason", error.code))})])
    return account.closed()


def _references(store: Store) -> Iterator[Defect]:
    for broken in soundness.broken_references(store):
        whose = store.row("checking.label", candidacy=broken.candidacy)
        details = {"table": broken.table, "refers_to": broken.refers_to, "value": broken.value}
        yield Defect("reference-broken", candidacy_id(*whose) if whose else None, details)


def _check_candidacies(store: Store, account: _Account, progress: Progress | None) -> None:
    pipelines, edited = _pipelines(store)
    account.note(edited)
    of = int(store.value("checking.count"))
    for dossier in dossiers(store):
        account.candidacies += 1
        account.events += len(dossier.entries)
        _check_candidacy(store, dossier, pipelines.get(dossier.row["pipeline"]), account)
        if progress is not None:
            progress(account.candidacies, of)


def _check_candidacy(store: Store, dossier: Dossier, pipeline: Pipeline | None, account: _Account) -> None:
    chain = chain_defects(dossier.chained_as, dossier.entries, dossier.head)
    beyond = [defect for defect in chain if not defect.mendable]
    if beyond or pipeline is None:  # what is derived from a log that is not trusted proves nothing
        account.note(chain)
        return
    state, found = derived_defects(dossier, pipeline)
    defects = [*chain, *found]
    if state is not None and defects and account.mend_at is not None:
        mend(store, dossier, pipeline, state, account.mend_at)
        account.mend(defects)
    else:
        account.note(defects)


def _pipelines(store: Store) -> tuple[dict[int, Pipeline], list[Defect]]:
    """Return the installed pipelines that are as they were installed, and a defect for each other."""
    sound, edited = {}, []
    for number, name, version, digest, definition in store.rows("checking.pipelines"):
        try:
            pipeline = from_definition(definition)
        except (ValueError, LookupError, TypeError):
            pipeline = None
        if pipeline is not None and digest == pipeline.digest == digest_of(to_document(pipeline)):
            sound[number] = pipeline
        else:
            edited.append(Defect("pipeline-edited", None, {"pipeline": name, "version": version}))
    return sound, edited


def _check_persons(store: Store, account: _Account) -> None:
    for (person,) in store.rows("checking.miscounted"):
        defect = Defect("person-miscounted", None, {"id": candidate_id(person)}, mendable=True)
        if account.mend_at is None:
            account.note([defect])
        else:
            store.write("candidacy.keep_person", person=person)
            account.mend([defect])


def _check_tallies(store: Store, account: _Account) -> None:
    """Compare the tallies with what they count, which has been compared with the logs by now."""
    wrong = wrong_tallies(store)
    defects = [
        Defect("tally-differs", None, {"tally": tally, "rows": rows}, mendable=True)
        for tally, rows in wrong.items()
    ]
    if account.mend_at is None:
        account.note(defects)
    else:
        rebuild(store, wrong)
        account.mend(defects)


def _crowded(store: Store) -> Iterator[Defect]:
    for _, pipeline, term, name, unit, seats, taken in store.rows("checking.crowded"):
        title = " · ".join(filter(None, (f"{pipeline} {Term.from_code(term)}", unit, name)))
        yield Defect("seats-exceeded", None, {"cohort": title, "seats": seats, "taken": taken})
