"""Stays as a forecast counts them: those that were left by a day, and those that were open on it.

A pipeline is the latest version that anybody was on, and the stays of every version are its history. Days of
a pause are left out, also of one that still runs: to count them would make somebody who rested look as if
she had waited. As of an earlier day, what the store keeps of a candidacy's pauses is too much where they have
gone on since; then its log is read.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from socrekry.domain.forecasting import Standing
from socrekry.domain.ids import candidacy_id
from socrekry.domain.names import shown_name
from socrekry.domain.passages import Left, Open, Passages, passages
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.term import Term
from socrekry.reports.standing import days_so_far, stood_by_the_log
from socrekry.reports.tallied import tallies_answer
from socrekry.store.connect import Store
from socrekry.store.engine import Row


class Here(NamedTuple):
    """Candidacies that stood in a stage and are alike; ``who`` is the id and the name where it is one."""

    standing: Standing
    unit: int | None
    who: tuple[str, str] | None = None


class Stays(NamedTuple):
    """A pipeline's stays: ``left`` is its history, ``here`` are those on the way."""

    pipeline: Pipeline
    left: tuple[Left, ...]
    here: tuple[Here, ...]

    @property
    def passages(self) -> Passages:
        """How stays in each stage end, by all of them, whatever unit they are of."""
        still_open = [
            Open(each.standing.stage, each.standing.days, each.standing.number) for each in self.here
        ]
        return passages(self.pipeline, self.left, still_open)


def stays(store: Store, as_of: date, only: str | None = None, *, by_name: bool = False) -> dict[str, Stays]:
    """Return the stays of every pipeline that has any, or of one; ``by_name`` keeps candidacies apart."""
    day = as_of.isoformat()
    tallied = tallies_answer(store, as_of)
    lefts = store.rows("tallied.left" if tallied else "forecast.left", as_of=day)
    standing = "tallied.standing" if tallied else "forecast.standing"
    heres = store.rows("forecast.candidacies" if by_name else standing, as_of=day)
    versions = {
        number: from_definition(store.value("programme.definition", id=number))
        for number in sorted({row[0] for row in lefts} | {row[1] for row in heres})
    }
    latest: dict[str, Pipeline] = {}
    for pipeline in sorted(versions.values(), key=lambda each: each.version):
        if only in (None, pipeline.name):
            latest[pipeline.name] = pipeline
    left: dict[str, list[Left]] = {name: [] for name in latest}
    here: dict[str, list[Here]] = {name: [] for name in latest}
    for version, *stay in lefts:
        if (name := versions[version].name) in left:
            left[name].append(Left(*stay))
    for version, each in _here(store, heres, versions, as_of):
        if (name := versions[version].name) in here:
            here[name].append(each)
    return {name: Stays(latest[name], tuple(left[name]), tuple(here[name])) for name in latest}


def _here(
    store: Store, rows: list[Row], versions: dict[int, Pipeline], as_of: date
) -> Iterator[tuple[int, Here]]:
    day_of, term_of_code = cache(date.fromisoformat), cache(Term.from_code)
    for entered, version, code, unit, stage, rested, pause_from, pause_until, candidacy, number, *who in rows:
        if candidacy is not None:
            days, _ = stood_by_the_log(store, candidacy, versions[version], as_of)
        else:
            since, until = (day_of(each) if each else None for each in (pause_from, pause_until))
            days = days_so_far(as_of, day_of(entered), rested, since, until)
        named = (candidacy_id(who[0], who[1]), shown_name(who[2], who[3])) if who else None
        yield version, Here(Standing(stage, days, term_of_code(code), number), unit, named)
