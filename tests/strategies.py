"""What Hypothesis draws from: terms, and sound pipelines of every shape the checks allow.

Anything drawn here must pass `defects_of`; a test holds that. So a rule that holds for all of these holds for
whatever a municipality writes, and not only for the shipped pipelines.
"""

from itertools import pairwise

from hypothesis import strategies as st

from socrekry.domain.intents import OUTCOMES
from socrekry.domain.pipeline import GuardUse, Pipeline, Stage, Transition, digest_of, to_document
from socrekry.domain.term import HT, VT, Term

terms = st.builds(Term, st.integers(1900, 2099), st.sampled_from((VT, HT)))

guard_uses = st.builds(
    lambda pair, overridable: GuardUse(pair[0], overridable, pair[1]),
    st.one_of(
        st.tuples(
            st.sampled_from(
                (
                    "assessment",
                    "university-confirmed",
                    "references-checked",
                    "free-seat",
                    "supervisor",
                    "mentor",
                )
            ),
            st.just({}),
        ),
        st.tuples(st.just("last-year"), st.fixed_dictionaries({}, optional={"terms": st.integers(0, 4)})),
        st.tuples(
            st.just("register-check"),
            st.fixed_dictionaries(
                {},
                optional={
                    "max_age_months": st.integers(1, 12),
                    "suspicion_from": st.dates().map(lambda day: day.isoformat()),
                    "everywhere": st.booleans(),
                },
            ),
        ),
    ),
    st.booleans(),
)


@st.composite
def pipelines(draw: st.DrawFn) -> Pipeline:
    """A main path of 3–8 stages, up to three beside it, steps back and ahead, marks anywhere or nowhere."""
    main = [f"main-{n}" for n in range(draw(st.integers(3, 8)))]
    kinds, outcomes = dict.fromkeys(main, "open") | {main[-1]: "won"}, dict[str, str]()
    names, ways = list(main), set(pairwise(main))
    for n in range(draw(st.integers(0, 3))):
        name, kind = f"side-{n}", draw(st.sampled_from(("open", "open", "won", "lost")))
        names.insert(draw(st.integers(0, len(names))), name)
        kinds[name] = kind
        ways.add((draw(st.sampled_from(main[:-1])), name))
        if kind == "open":
            ways.add((name, draw(st.sampled_from(main))))
        elif kind == "lost":
            outcomes[name] = draw(st.sampled_from(OUTCOMES))
    still_open = [name for name in names if kinds[name] == "open"]
    extra = draw(st.lists(st.tuples(st.sampled_from(still_open), st.sampled_from(names)), max_size=6))
    ways |= {(source, target) for source, target in extra if source != target}
    lasting = [name for name in names if kinds[name] != "lost"]
    marks = {mark: draw(st.none() | st.sampled_from(lasting)) for mark in ("takes_seat", "base", "qualified")}
    stages = tuple(
        Stage(
            name,
            _titles(name),
            kinds[name],  # type: ignore[arg-type]
            order,
            name in main,
            draw(st.none() | st.integers(1, 400)),
            supervised=draw(st.booleans()),
            outcome=outcomes.get(name),
            **{mark: marked == name for mark, marked in marks.items()},
        )
        for order, name in enumerate(names, 1)
    )
    transitions = tuple(
        Transition(f"way-{n}", _titles(f"way {n}"), sources, target, draw(_uses))
        for n, (sources, target) in enumerate(_gathered(draw, sorted(ways)))
    )
    pipeline = Pipeline("drawn", _titles("drawn"), 0, "", stages, transitions)
    return pipeline._replace(digest=digest_of(to_document(pipeline)))


_uses = st.lists(guard_uses, max_size=3, unique_by=lambda use: use.name).map(tuple)


def _gathered(draw: st.DrawFn, ways: list[tuple[str, str]]) -> list[tuple[tuple[str, ...], str]]:
    """Let the ways to one stage be a transition each, or a single one from many stages."""
    gathered: list[tuple[tuple[str, ...], str]] = []
    for target in sorted({target for _, target in ways}):
        sources = [source for source, end in ways if end == target]
        gathered += (
            [(tuple(sources), target)] if draw(st.booleans()) else [((each,), target) for each in sources]
        )
    return gathered


def _titles(name: str) -> dict[str, str]:
    return {"sv": f"{name} på svenska", "en": name}
