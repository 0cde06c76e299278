"""Whatever happened, channels are what a naive count says, and nothing is lost or counted twice."""

from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain.term import Term, TermRange
from socrekry.reports.asking import Scope
from socrekry.reports.channel_figures import Channels, Figures
from socrekry.reports.channels import channels, totals_by_term
from tests.reports.channel_worlds import BEGAN, TERMS, Asked, World, a_world, settle
from tests.reports.channels_counted import Key, counted
from tests.reports.programme import Programme, a_programme

LATE = BEGAN + timedelta(days=2000)
worlds = st.integers(0, 10**9).map(Random)


def scope_of(asked: Asked) -> Scope:
    terms = TermRange(Term.from_code(asked.first), Term.from_code(asked.last))
    return Scope(terms, asked.as_of, asked.pipeline, asked.unit, None)


def asked_of(programme: Programme, asked: Asked) -> Channels:
    return channels(programme.store, scope_of(asked), shared=asked.shared, by_activity_term=asked.activities)


def a_question(random: Random) -> Asked:
    first, last = sorted(random.choices(TERMS, k=2))
    return Asked(
        first,
        last,
        random.choice((LATE, BEGAN + timedelta(days=random.randint(0, 500)))),
        random.choice((None, None, 1)),
        random.choice((None, None, "direct")),
        random.random() < 0.5,
        random.random() < 0.3,
    )


def key_of(activity: str | None, kind: str | None) -> Key:
    return (int(activity[2:]) if activity else None, kind)


def shown(figures: list[Fraction], *, shared: bool) -> list[float | None]:
    """Return naive figures as the report shows them."""
    *counts, cost = figures
    rounded = [round(float(each), 2) if shared else int(each) for each in counts]
    return [*rounded, None if cost < 0 else int(cost)]


@settings(max_examples=60, deadline=None)
@given(worlds)
def test_the_channels_are_what_a_naive_count_says(random: Random) -> None:
    world = a_world(random)
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        settle(programme, world)
        for asked in (a_question(random) for _ in range(6)):
            found = {
                key_of(each.activity, each.kind): [*each.figures[1:6], each.figures.cost]
                for each in asked_of(programme, asked).sources
            }
            naive = counted(world, asked)
            assert found == {key: shown(each, shared=asked.shared) for key, each in naive.items()}, asked


@settings(max_examples=25, deadline=None)
@given(worlds, st.booleans())
def test_every_candidacy_and_every_krona_is_counted_once(random: Random, shared: bool) -> None:
    world = a_world(random)
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        settle(programme, world)
        every = [asked_of(programme, Asked(term, term, LATE, shared=shared)).totals for term in TERMS]
        whole = asked_of(programme, Asked(TERMS[0], TERMS[-1], LATE, shared=shared))
    costs = [doing.cost for doing in world.doings if doing.cost is not None]
    assert sum(each.cost or 0 for each in every) == sum(costs) == (whole.totals.cost or 0)
    assert sum(each.leads for each in every) == leads_in(world) == whole.totals.leads
    shown = [each.figures for each in whole.sources] + [each.figures for each in whole.kinds]
    for figures in (whole.totals, *shown):
        assert max(figures[1:6]) == figures.leads


@settings(max_examples=15, deadline=None)
@given(worlds)
def test_kinds_and_totals_are_the_sums_of_their_sources(random: Random) -> None:
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        settle(programme, a_world(random))
        found = asked_of(programme, Asked(TERMS[0], TERMS[-1], LATE))
    for kind, figures in [*found.kinds, ("all", found.totals)]:
        parts = [each.figures for each in found.sources if kind in ("all", each.kind)]
        assert summed(parts) == summed([figures])


@settings(max_examples=25, deadline=None)
@given(worlds)
def test_terms_counted_at_once_are_as_each_counted_by_itself(random: Random) -> None:
    asked = a_question(random)._replace(first=TERMS[0], last=TERMS[-1], activities=False)
    with TemporaryDirectory() as folder, a_programme(Path(folder, "store.db")) as programme:
        settle(programme, a_world(random))
        alone = [asked_of(programme, asked._replace(first=term, last=term)) for term in TERMS]
        together = totals_by_term(programme.store, scope_of(asked), shared=asked.shared)
    each = {each.terms.first: each.totals for each in alone}
    done = any(source.activity for found in alone for source in found.sources)
    assert together == (each if done else {})


def leads_in(world: World) -> int:
    unnamed = [doing.qualified if doing.applicants is None else doing.applicants for doing in world.doings]
    return sum(not life.void for life in world.lives) + sum(each or 0 for each in unnamed)


def summed(parts: list[Figures]) -> list[float]:
    return [sum(each[n] or 0 for each in parts) for n in (*range(8), 11, 12)]
