"""Figures over terms: each as a row of values, with gaps where a term has none.

All terms are counted at once. Stages differ from one pipeline to another, so those that are shown are of one:
the one that was named, or the one with most cohorts.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.domain.term import Term, TermRange, term_of
from socrekry.domain.themes import every_theme
from socrekry.reports.asking import Question, Scope, every_term, scope_of
from socrekry.reports.counting import Counted, count
from socrekry.reports.figures import Account
from socrekry.reports.trend_figures import Figure, Number, figures_of
from socrekry.reports.trend_sources import SOURCES, Ground, accounts_of
from socrekry.store.connect import Store


class Series(NamedTuple):
    """A figure, and its value in each term; None is a gap."""

    figure: Figure
    values: tuple[tuple[Term, Number | None], ...]


class Trend(NamedTuple):
    """What was asked for. ``asked`` says whether the figures were named.

    ``open`` are the terms of which somebody is still on the way, so that their figures may change; ``others``
    the pipelines that are left out.
    """

    terms: TermRange
    as_of: date
    pipeline: Pipeline | None
    unit: str | None
    asked: bool
    series: tuple[Series, ...]
    open: tuple[Term, ...]
    others: tuple[str, ...]


class Wanted(NamedTuple):
    """What was asked for, as it was typed; what is None was left open."""

    as_of: date
    first: Term | None = None
    last: Term | None = None
    figures: Sequence[str] = ()
    pipeline: str | None = None
    unit: str | None = None


def trend(store: Store, wanted: Wanted, today: date) -> Trend:
    """Return the figures that were named, or the main ones, over the terms.

    InvalidInput ``figure-unknown``, ``term-range-reversed``; the errors of `scope_of`.
    """
    with store.snapshot():
        scope = _scope(store, wanted, today)
        counted = count(store, scope)
        pipeline, others = _pipeline(store, scope, counted)
        ground = Ground(store, scope, pipeline, counted)
        figures = _figures(store, pipeline, wanted.figures)
        found = {source: SOURCES[source](ground) for source in dict.fromkeys(f.source for f in figures)}
        series = []
        for figure in figures:
            terms = found[figure.source]
            values = (figure.value(terms[term]) if term in terms else None for term in scope.terms.terms)
            series.append(Series(figure, tuple(zip(scope.terms.terms, values, strict=True))))
        still_open = tuple(sorted(term for term, each in accounts_of(ground).items() if _is_open(each)))
    whose = (pipeline, scope.unit, bool(wanted.figures))
    return Trend(scope.terms, scope.as_of, *whose, tuple(series), still_open, others)


def _scope(store: Store, wanted: Wanted, today: date) -> Scope:
    """Return the scope; a term left open is the first with a cohort, or the last, though none to come."""
    question = Question(wanted.as_of, None, wanted.pipeline, wanted.unit)
    scope = scope_of(store, question, today, every_term)
    known, now = scope.terms, term_of(wanted.as_of)
    first = wanted.first or min(known.first, wanted.last or now)
    last = wanted.last or max(first, min(known.last, now))
    if last < first:
        raise InvalidInput("term-range-reversed", value=f"{first}..{last}", first=str(first), last=str(last))
    return scope._replace(terms=TermRange(first, last))


def _pipeline(store: Store, scope: Scope, counted: Counted) -> tuple[Pipeline | None, tuple[str, ...]]:
    """Return the pipeline that is shown, and the names of those with cohorts that are not."""
    names = [cohort.pipeline for cohort in counted.cohorts]
    ordered = sorted(dict.fromkeys(names), key=lambda name: -names.count(name))
    if ordered:
        return counted.pipelines[ordered[0]], tuple(ordered[1:])
    known = [scope.pipeline] if scope.pipeline else [row[0] for row in store.rows("programme.pipeline_names")]
    if not known:
        return None, ()
    _, definition = store.rows("programme.latest_pipeline", name=known[0])[0]
    return from_definition(definition), ()


def _figures(store: Store, pipeline: Pipeline | None, names: Sequence[str]) -> list[Figure]:
    known = figures_of(pipeline, every_theme(store.rows("voices.themes")))
    if not names:
        return [figure for figure in known.values() if figure.main]
    called = {alias: name for name, figure in reversed(known.items()) for alias in figure.names}
    for name in names:
        if name.strip().casefold() not in called:
            raise InvalidInput("figure-unknown", figure=name, figures=list(known))
    return [known[name] for name in dict.fromkeys(called[name.strip().casefold()] for name in names)]


def _is_open(account: Account) -> bool:
    return any(step.in_stage for step in (*account.funnel, *account.beside) if step.stage.kind == "open")
