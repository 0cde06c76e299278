"""Where candidates come from and what each cost: per activity, per kind, and in all.

Every candidacy is credited once, to its first contact or in equal parts to all of them, and every krona is
counted once: a cost is divided in proportion to the leads that it brought to each term, unit and pipeline.
What brought nobody, and applicants without names, belong where the activity itself does.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from math import lcm
from typing import NamedTuple, TypeAlias

from socrekry.domain.attribution import divided
from socrekry.domain.channels import CHANNELS
from socrekry.domain.ids import activity_id
from socrekry.domain.term import Term, TermRange
from socrekry.reports.asking import Question, Scope, scope_of
from socrekry.reports.channel_figures import LEAD, Channels, Figures, KindFigures, SourceFigures, Tally
from socrekry.reports.credits import Cell, Crediting, Lead
from socrekry.store.connect import Store
from socrekry.store.engine import Row

_Cells: TypeAlias = dict[Cell, Tally]
_Of: TypeAlias = Row | str | None  # an activity, the kind of a word, or no known contact


class _Credited(NamedTuple):
    """Who has which credit, of which a whole one has so many parts.

    ``activities`` are the rows of those that bear on the scope, ``brought`` what each of them brought,
    wherever that came; ``words`` what of the scope no known activity did, by term (a code) and channel.
    """

    whole: int
    activities: list[Row]
    brought: dict[int, _Cells]
    words: dict[int, dict[str | None, Tally]]

    def word(self, term: int, channel: str | None) -> Tally:
        """Return the account of a channel in a term."""
        return self.words.setdefault(term, {}).setdefault(channel, Tally())


def channel_report(
    store: Store, question: Question, today: date, *, shared: bool = False, by_activity_term: bool = False
) -> Channels:
    """Return what was asked for, all of it as of one moment; errors as `scope_of`."""
    with store.snapshot():
        scope = scope_of(store, question, today)
        return channels(store, scope, shared=shared, by_activity_term=by_activity_term)


def channels(store: Store, scope: Scope, *, shared: bool = False, by_activity_term: bool = False) -> Channels:
    """Return the figures of the scope.

    They are of candidacies in cohorts of its terms or, with ``by_activity_term``, of activities for its terms
    with all that these ever brought. ``shared`` divides the credit for a candidacy equally among its
    contacts.
    """
    credited = _credited(store, scope, shared=shared, words=not by_activity_term)
    tallies = _tallies(credited, scope, by_activity_term)
    sources, kinds, totals = _gathered(tallies, credited.whole, shared=shared)
    asked = (scope.terms, scope.as_of, scope.pipeline, scope.unit, shared, by_activity_term)
    return Channels(*asked, sources, kinds, totals)


def totals_by_term(store: Store, scope: Scope, *, shared: bool = False) -> dict[Term, Figures]:
    """Return everything together for each of the scope's terms; nothing where nothing was done for any.

    They are what `channels` says of each term by itself, but all is read once.
    """
    credited = _credited(store, scope, shared=shared)
    found = {
        term: _tallies(credited, scope._replace(terms=TermRange(term, term))) for term in scope.terms.terms
    }
    if not any(isinstance(of, tuple) for tallies in found.values() for of, _ in tallies):
        return {}
    return {term: _gathered(tallies, credited.whole, shared=shared)[2] for term, tallies in found.items()}


def _credited(store: Store, scope: Scope, *, shared: bool, words: bool = True) -> _Credited:
    crediting = Crediting(store, scope)
    if not shared and crediting.tallied:
        return _tallied(store, crediting, scope, words=words)
    leads = list(crediting.leads(shared=shared))
    whole = lcm(*{len(lead.credited) or 1 for lead in leads})
    found = _Credited(whole, store.rows("channels.activities", **scope.values), {}, {})
    for lead in leads:
        _credit(found, lead, scope)
    if words:
        for word in crediting.words():
            found.word(word.term, word.channel).credit(word.counts, whole)
    return found


def _tallied(store: Store, crediting: Crediting, scope: Scope, *, words: bool) -> _Credited:
    """Return the credit of first contacts as the tally has it."""
    found = _Credited(1, store.rows("tallied.activities", **scope.values), {}, {})
    for activity, cell, counts in crediting.brought():
        found.brought.setdefault(activity, {}).setdefault(cell, Tally()).credit(counts, 1)
    for word in crediting.tallied_words() if words else ():
        found.word(word.term, word.channel).credit(word.counts, 1)
    return found


def _credit(found: _Credited, lead: Lead, scope: Scope) -> None:
    """Credit a candidacy to each activity that brought it, or to words if it is of the scope."""
    cell, counts, credited = lead
    parts = found.whole // (len(credited) or 1)
    for contact in credited:
        if contact.activity is not None:
            cells = found.brought.setdefault(contact.activity, {})
            cells.setdefault(cell, Tally()).credit(counts, parts)
        elif _within(scope, cell):
            found.word(cell.term, contact.kind).credit(counts, parts)
    if not credited and _within(scope, cell):
        found.word(cell.term, None).credit(counts, parts)


def _tallies(credited: _Credited, scope: Scope, by_activity_term: bool = False) -> list[tuple[_Of, Tally]]:
    """Return the accounts of a scope's activities, and of what no known activity brought."""
    tallies: list[tuple[_Of, Tally]] = []
    for activity in credited.activities:
        cells = credited.brought.get(activity[0], {})
        found = _of_activity(activity, cells, credited.whole, scope, by_activity_term)
        if found is not None:
            tallies.append((activity, found))
    if by_activity_term:  # a word is about no activity, and so about no activity's term
        return tallies
    words: dict[str | None, Tally] = {}
    for term, channels in credited.words.items():
        if scope.terms.first.code <= term <= scope.terms.last.code:
            for channel, tally in channels.items():
                words.setdefault(channel, Tally()).add(tally)
    return [*tallies, *words.items()]


def _of_activity(
    activity: Row, named: _Cells, whole: int, scope: Scope, by_activity_term: bool
) -> Tally | None:
    """Return what of an activity belongs to the scope; None if nothing does."""
    _, _, _, _, term, _, unit, cost, reached, applicants, qualified = activity
    cells, home = dict(named), Cell(term, unit or 0, "")
    unnamed = qualified if applicants is None else applicants
    if unnamed or not cells:
        cells[home] = Tally()
        cells[home].credit((unnamed or 0, unnamed or 0, qualified or 0, 0, 0), whole)
    asked = term if by_activity_term else None
    within = [cell for cell in cells if _within(scope, cell, asked)]
    if not within:
        return None
    found = Tally()
    for cell in within:
        found.credit(cells[cell].credits)
    found.reached = reached
    if cost is None:
        found.cost_unknown = 1
    else:
        shares = _shares(cost, cells)
        found.cost = sum(shares[cell] for cell in within)
    if _within(scope, home, asked):
        found.applicants, found.qualified = applicants, qualified
    return found


def _shares(cost: int, cells: Mapping[Cell, Tally]) -> dict[Cell, int]:
    """Divide a cost among terms, and each term's share among its units and pipelines."""
    if len(cells) == 1:
        return dict.fromkeys(cells, cost)
    terms: dict[int, dict[Cell, int]] = {}
    for cell in sorted(cells):
        terms.setdefault(cell.term, {})[cell] = cells[cell].credits[LEAD]
    by_term = divided(cost, {term: sum(leads.values()) for term, leads in terms.items()})
    return {
        cell: share for term, leads in terms.items() for cell, share in divided(by_term[term], leads).items()
    }


def _within(scope: Scope, cell: Cell, term: int | None = None) -> bool:
    """Say whether the scope counts what belongs to a cell; ``term`` is asked about in place of the cell's."""
    return (
        scope.terms.first.code <= (cell.term if term is None else term) <= scope.terms.last.code
        and scope.unit_id in (None, cell.unit)
        and scope.pipeline in (None, cell.pipeline)
    )


def _gathered(
    tallies: Iterable[tuple[_Of, Tally]], whole: int, *, shared: bool
) -> tuple[tuple[SourceFigures, ...], tuple[KindFigures, ...], Figures]:
    """Return the accounts as sources, kinds, and everything together."""
    sources: list[SourceFigures] = []
    kinds: dict[str | None, Tally] = {}
    everything = Tally()
    for of, tally in tallies:
        source = _source(of, tally.figures(whole, shared=shared))
        if source.activity is None:
            tally.unaccounted = tally.credits[LEAD]
        sources.append(source)
        kinds.setdefault(source.kind, Tally()).add(tally)
    for kind, tally in kinds.items():
        if kind is not None and tally.cost is None and not tally.cost_unknown:
            tally.unaccounted = 0  # of a kind that costs nothing, such as candidates who come by themselves
        everything.add(tally)
    return (
        tuple(sorted(sources, key=lambda each: _place(each.kind))),  # of a kind by day, words last
        tuple(
            KindFigures(kind, kinds[kind].figures(whole, shared=shared)) for kind in sorted(kinds, key=_place)
        ),
        everything.figures(whole, shared=shared),
    )


def _source(of: _Of, figures: Figures) -> SourceFigures:
    if of is None or isinstance(of, str):
        return SourceFigures(None, of, None, None, None, None, figures)
    number, kind, title, on, term, university, *_ = of
    return SourceFigures(
        activity_id(number), kind, title, date.fromisoformat(on), Term.from_code(term), university, figures
    )


def _place(kind: str | None) -> int:
    return len(CHANNELS) if kind is None else CHANNELS.index(kind)
