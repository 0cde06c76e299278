"""What the figures of a trend are read from: each source counted once for the whole range, term by term.

A term that a source says nothing of is not in its answer. Stages and seats are of one pipeline; all else is
what its own report says of the term, of every pipeline unless one was named. Were each term counted by
itself, a range of twenty would be twenty reports.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.reports.accounts import account
from socrekry.reports.asking import Scope
from socrekry.reports.counting import Cohort, Counted
from socrekry.reports.figures import Account
from socrekry.reports.trend_figures import ACCOUNT, AGENCY, CHANNELS, LEADS, NEEDS, RETENTION, VOICES
from socrekry.store.connect import Store


class Ground(NamedTuple):
    """What a trend is drawn from: the scope, and what was counted of one pipeline in it."""

    store: Store
    scope: Scope
    pipeline: Pipeline | None
    counted: Counted


def accounts_of(ground: Ground) -> dict[Term, Account]:
    """Return the account of each term that has a cohort of the pipeline."""
    pipeline = ground.pipeline
    if pipeline is None:
        return {}
    cohorts: dict[Term, list[Cohort]] = {}
    for cohort in ground.counted.cohorts:
        if cohort.pipeline == pipeline.name:
            cohorts.setdefault(cohort.term, []).append(cohort)
    counts, as_of = ground.counted.counts, ground.scope.as_of
    return {term: account(pipeline, those, counts, as_of) for term, those in cohorts.items()}


def _leads(ground: Ground) -> Mapping[Term, Any]:
    """Return the time from the first contact to a contract, of the pipeline that is shown."""
    from socrekry.reports.leadtime import count_leads

    count_leads(ground.store, ground.scope, ground.counted)
    accounts = accounts_of(ground)
    return {term: each.lead_time for term, each in accounts.items() if each.lead_time is not None}


def _retention(ground: Ground) -> Mapping[Term, Any]:
    from socrekry.reports.retention import by_term

    stayed = by_term(ground.store, ground.scope)
    return {term: {mark.months: mark for mark in marks} for term, marks in stayed.items()}


def _channels(ground: Ground) -> Mapping[Term, Any]:
    """Return the figures of each term; none where nothing was done for any of them."""
    from socrekry.reports.channels import totals_by_term

    return totals_by_term(ground.store, ground.scope)


def _needs(ground: Ground) -> Mapping[Term, Any]:
    from socrekry.reports.needs import needs

    scope = ground.scope
    found = needs(ground.store, scope.terms, scope.as_of, scope.unit_id)
    return {each.term: each.all.positions for each in found.terms}


def _agency(ground: Ground) -> Mapping[Term, Any]:
    """Return what agency staff cost; of a year's cost half belongs to each of its two terms."""
    from socrekry.reports.costs import costs

    terms: dict[Term, int] = {}
    for period, _, cost in costs(ground.store, ground.scope).periods:
        if cost.agency is not None:
            within = period.terms.terms
            for n, term in enumerate(within):
                part = cost.agency * (n + 1) // len(within) - cost.agency * n // len(within)
                terms[term] = terms.get(term, 0) + part
    return terms


def _voices(ground: Ground) -> Mapping[Term, Any]:
    """Return how often each theme was heard, in the terms in which anything was."""
    from socrekry.reports.voices import voices

    terms: dict[Term, dict[str, int]] = {}
    for voiced in voices(ground.store, ground.scope).voices:
        for term, number in voiced.by_term or ():
            heard = terms.setdefault(term, {})
            heard[voiced.theme.code] = heard.get(voiced.theme.code, 0) + number
    return terms


SOURCES: dict[str, Callable[[Ground], Mapping[Term, Any]]] = {
    ACCOUNT: accounts_of,
    LEADS: _leads,
    CHANNELS: _channels,
    NEEDS: _needs,
    AGENCY: _agency,
    RETENTION: _retention,
    VOICES: _voices,
}
