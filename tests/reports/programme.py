"""A programme with candidates whose history is written in one line: ``"lead 2025-03-01 applied 2025-04-01"``.

Everything goes through the services, with the guards off as they are for imported history: what is tested
here is the counting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from socrekry.domain import intents
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.services import candidates, cohorts, persons, units
from socrekry.services.acting import Step, act
from socrekry.services.finding import find_candidacy
from socrekry.services.opening import opened
from socrekry.services.pipelines import put_in_store
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Programme:
    """A store in which a test writes what happened, and then asks for a report."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._people = 0

    def writing(self) -> Writing:
        """Return a new command's writing."""
        return Writing(self.store, Occasion("tester", "test", TODAY, NOW))

    def cohort(
        self,
        term: str,
        seats: int = 10,
        *,
        pipeline: str = "trainee",
        unit: str | None = None,
        name: str = "",
    ) -> cohorts.Cohort:
        """Open a cohort, and declare its unit if it is new."""
        if unit is not None and unit not in [each.unit.name for each in units.units(self.store)]:
            units.add_unit(self.writing(), unit)
        return cohorts.add_cohort(self.writing(), pipeline, Term.parse(term), seats, unit=unit, name=name)

    def candidate(self, cohort: cohorts.Cohort, history: str = "2025-03-01", times: int = 1) -> str:
        """Add as many candidates with the same history, see `tell`; return the last one's candidacy."""
        began, _, rest = history.partition(" ")
        label = ""
        for _ in range(times):
            self._people += 1
            details = persons.Details(f"Person {self._people}")
            on = date.fromisoformat(began)
            label = candidates.add_candidate(self.writing(), details, cohort, on).candidacy
            self.tell(label, rest)
        return label

    def tell(self, label: str, history: str) -> None:
        """Let things happen: a word and its day in turn.

        A word is a stage, ``outcome`` or ``outcome:by:reason``, ``reopen``, ``reserve``, ``pause:until`` or
        ``resume``; ``undo`` has no day.
        """
        words = iter(history.split())
        for word in words:
            if word == "undo":
                self.do(label, intents.Undo(), TODAY)
                continue
            kind, *more = word.split(":")
            self.do(label, self._intent(label, kind, more), date.fromisoformat(next(words)))

    def _intent(self, label: str, kind: str, more: list[str]) -> intents.Intent:
        match kind:
            case "reopen":
                return intents.Reopen()
            case "reserve":
                return intents.Reserve()
            case "resume":
                return intents.Resume()
            case "pause":
                return intents.Pause(date.fromisoformat(more[0]), "leave")
            case _ if kind in intents.OUTCOMES:
                by, reason = (*more, None, None)[:2]
                return intents.Close(kind, by or None, self._remark(label, reason), imported=True)
            case _:
                return intents.Advance(kind, imported=True)

    def _remark(self, label: str, text: str | None) -> int | None:
        if text is None:
            return None
        writing, words = self.writing(), text.replace("_", " ")
        with writing.transaction():
            return writing.remark(find_candidacy(self.store, label).id, "reason", words)

    def do(self, label: str, intent: intents.Intent, on: date, *, cohort: int | None = None) -> None:
        """Carry out one intent; a refusal fails the test."""
        (outcome,) = act(self.writing(), [label], lambda _, __: [Step(intent, on, cohort=cohort)])
        assert outcome.done, outcome

    def install(self, pipeline: Pipeline, version: int = 1) -> None:
        """Put a pipeline into the store as it is."""
        with self.store.transaction():
            put_in_store(self.store, pipeline._replace(version=version), "", "2025-01-01T00:00:00.000000Z")


@cache
def _furnished() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder, "store.db")
        opened(str(path), writing=True).close()
        return path.read_bytes()


@contextmanager
def a_programme(path: Path) -> Iterator[Programme]:
    """Give a programme in a new store at ``path``."""
    path.write_bytes(_furnished())
    with opened(str(path), writing=True) as store:
        store.engine_rows("PRAGMA synchronous = OFF")  # what a test loses it can write again
        yield Programme(store)


def tell_of_the_contract(programme: Programme) -> None:
    """Let the cohort of HT2025 happen that the report's measure shows: 41 contacts, 12 selected, 8 left."""
    cohort = programme.cohort("HT2025", name="Huddinge trainee: Socionom")
    lead = "2025-02-01"
    applied = f"{lead} applied 2025-03-01"
    selected = f"{applied} selected 2025-04-15"
    placed = f"{selected} placement 2025-09-01"
    trainee = f"{placed} trainee 2026-01-19"
    waited = f"{applied} reserve 2025-04-01 selected 2025-06-01 placement 2025-09-01 trainee 2026-01-19"
    for times, history in (
        (9, f"{lead} no-reply 2025-03-15"),
        (4, f"{lead} declined:candidate:valde_annan_kommun 2025-03-10"),
        (13, f"{applied} rejected:employer 2025-04-20"),
        (3, f"{applied} withdrawn:candidate 2025-04-10"),
        (2, f"{selected} declined:candidate 2025-05-01"),
        (1, f"{placed} discontinued:candidate:flyttade 2025-10-10"),
        (1, f"{trainee} discontinued:candidate 2026-03-10"),
        (4, trainee),
        (2, f"{trainee} offer 2026-10-01"),
        (2, f"{waited} offer 2026-10-01 hired 2026-11-01"),
    ):
        programme.candidate(cohort, history, times)


def tell_of_huddinge(programme: Programme) -> None:
    """Let the published figures happen over 17 terms: 170 placements, 97 trainee posts, 69 permanent."""
    trainees, started = 0, 0
    for n in range(17):
        term = Term(2010, 2).plus(n)
        cohort = programme.cohort(str(term))
        before, during, *after = (term.plus(k).starts for k in (-1, 0, 1, 2, 3))
        placed = f"{before} applied {before} selected {before} placement {during}"
        trainee = f"{placed} trainee {after[0]} offer {after[1]}"
        more, hired = 97 * (n + 1) // 17 - trainees, 69 * (n + 1) // 17 - started
        programme.candidate(cohort, f"{placed} discontinued:candidate {after[0]}", 10 - more)
        programme.candidate(cohort, f"{trainee} declined:candidate {after[1]}", more - hired)
        programme.candidate(cohort, f"{trainee} hired {after[1]} started {after[2]}", hired)
        trainees, started = trainees + more, started + hired
