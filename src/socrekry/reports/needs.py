"""Needs, with what stands beside them: contracts that are signed, and candidates who could still sign one.

A candidacy belongs to the term in which it leads to work: the term of the day on which it did, or else the
one in which its pipeline says that work begins, and never one that is over. Counted by the cohort's own term,
three terms' placements would look like three terms' colleagues.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeAlias

from socrekry.domain.names import sort_key
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.term import HT, Term, TermRange, term_of
from socrekry.reports.tallied import tallies_answer
from socrekry.store.connect import Store

LAST_TERM = Term(2999, HT)
Place: TypeAlias = tuple[Term, int | None]


class UnitNeed(NamedTuple):
    """What a unit needs in a term; ``unit`` is None for candidacies that belong to none.

    ``positions`` is None where no need was recorded. ``signed`` are contracts, ``open`` candidacies that
    could lead to work in that term.
    """

    unit: str | None
    positions: int | None
    signed: int
    open: int

    @property
    def gap(self) -> int | None:
        """Positions that no contract answers to; below 0 where there are more contracts than positions."""
        return None if self.positions is None else self.positions - self.signed


class TermNeed(NamedTuple):
    """A term's needs, unit by unit, and all of them together; ``alone`` if one unit was asked about."""

    term: Term
    units: tuple[UnitNeed, ...]
    alone: bool = False

    @property
    def all(self) -> UnitNeed:
        """The term's units together; of a unit alone without those of no unit, who may go elsewhere."""
        units = [each for each in self.units if each.unit is not None or not self.alone]
        known = [each.positions for each in units if each.positions is not None]
        signed, open_ = (sum(getattr(each, name) for each in units) for name in ("signed", "open"))
        return UnitNeed(None, sum(known) if known else None, signed, open_)


class Needs(NamedTuple):
    """The needs of a range of terms as of a day: the terms for which there is one."""

    as_of: date
    terms: tuple[TermNeed, ...]


def from_then_on(as_of: date) -> TermRange:
    """Return the terms that needs are usually asked for: the one that runs, and all to come."""
    return TermRange(term_of(as_of), LAST_TERM)


def needs(store: Store, terms: TermRange, as_of: date, unit: int | None = None) -> Needs:
    """Return the needs of a range of terms, of one unit where its number is given.

    Contracts and candidacies of no unit belong to the only unit that needs anybody in that term; where
    several do, or none, they stand by themselves.
    """
    with store.snapshot():
        positions = positions_of(store, terms)
        signed, open_ = _signed_and_open(store, terms, as_of)
        names: dict[int | None, str] = {row[0]: row[1] for row in store.rows("programme.unit_names")}
    for counts in (signed, open_):
        _place(counts, positions)
    places = {*positions, *signed, *open_}
    found = []
    for term in sorted({term for term, of in positions if unit in (None, of)}):
        shown = [of for each, of in places if each == term and (unit in (None, of) or of is None)]
        shown.sort(key=lambda of: (of is None, sort_key(names.get(of, "")), of or 0))
        rows = [
            UnitNeed(names.get(of), positions.get((term, of)), signed[term, of], open_[term, of])
            for of in shown
        ]
        found.append(TermNeed(term, tuple(rows), unit is not None))
    return Needs(as_of, tuple(found))


def positions_of(store: Store, terms: TermRange) -> dict[Place, int]:
    """Return the positions that are needed, by term and unit."""
    rows = store.rows("needs.needs", first=terms.first.code, last=terms.last.code)
    return {(Term.from_code(term), unit): positions for unit, term, positions in rows}


def _signed_and_open(store: Store, terms: TermRange, as_of: date) -> tuple[Counter[Place], Counter[Place]]:
    signed, open_ = Counter[Place](), Counter[Place]()
    since, day = terms.first.previous.ends.isoformat(), as_of.isoformat()  # a summer belongs to what follows
    tallied = tallies_answer(store, as_of)
    started = "tallied.started" if tallied else "needs.started"
    for unit, started_on, number in store.rows(started, since=since, as_of=day):
        signed[term_of(date.fromisoformat(started_on)), unit] += number
    pipelines: dict[int, Pipeline] = {}
    standing = "tallied.standing_by_stage" if tallied else "needs.standing"
    for version, term, unit, name, number in store.rows(standing, as_of=day):
        if version not in pipelines:
            pipelines[version] = from_definition(store.value("programme.definition", id=version))
        pipeline = pipelines[version]
        begins = max(Term.from_code(term).plus(terms_until_work(pipeline)), term_of(as_of))
        has_signed = pipeline.stage(name).order >= pipeline.hired_stage.order
        (signed if has_signed else open_)[begins, unit] += number
    return signed, open_


def terms_until_work(pipeline: Pipeline) -> int:
    """Return how many terms after the cohort's own the pipeline says that work can begin."""
    return pipeline.terms_until(pipeline.main_path[-1]) or 0


def terms_of_work(terms: TermRange, pipelines: Iterable[Pipeline]) -> TermRange:
    """Return the terms in which cohorts of those terms lead to work, by their pipelines."""
    later = [terms_until_work(pipeline) for pipeline in pipelines] or [0]
    return TermRange(terms.first.plus(min(later)), terms.last.plus(max(later)))


def _place(counts: Counter[Place], positions: dict[Place, int]) -> None:
    """Give those of no unit to the only one that needs anybody in their term."""
    for term, unit in list(counts):
        needing = units_needing(positions, term)
        if unit is None and len(needing) == 1:
            counts[term, needing[0]] += counts.pop((term, None))


def units_needing(positions: dict[Place, int], term: Term) -> list[int | None]:
    """Return the units that need anybody in a term."""
    return [unit for (each, unit), number in positions.items() if each == term and number > 0]
