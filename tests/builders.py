"""One line for a test's given: values that are right unless the test says otherwise."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from socrekry.domain.pipeline import (
    GuardUse,
    Kind,
    Pipeline,
    Stage,
    Transition,
    digest_of,
    to_document,
)

Given = str | GuardUse


def a_pipeline(
    path: str = "lead applied selected hired",
    *,
    beside: Mapping[str, tuple[str, str]] | None = None,
    lost: Mapping[str, tuple[str, str]] | None = None,
    guards: Mapping[str, Sequence[Given]] | None = None,
    back: Sequence[tuple[str, str]] = (),
    stages: Mapping[str, Mapping[str, Any]] | None = None,
) -> Pipeline:
    """Return a sound pipeline along ``path``, whose last stage is won.

    ``beside`` puts a stage between two of the path (``{"reserve": ("applied", "selected")}``); ``lost`` adds
    one with its source and outcome; ``guards`` hang on the transitions to a stage, by name not overridable;
    ``back`` adds ways to earlier stages; ``stages`` sets fields (``{"selected": {"takes_seat": True}}``).
    A transition is called ``to-`` and its target, one back ``back-to-`` and its target.
    """
    names = path.split()
    ways = {target: [source] for source, target in pairwise(names)}
    kinds: dict[str, Kind] = {names[-1]: "won"}
    for name, (source, target) in (beside or {}).items():
        names.insert(names.index(target), name)
        ways[name] = [source]
        ways[target].append(name)
    for name, (source, _) in (lost or {}).items():
        names.append(name)
        ways[name], kinds[name] = [source], "lost"
    main, outcomes = path.split(), {name: outcome for name, (_, outcome) in (lost or {}).items()}
    made = tuple(
        Stage(name, _titles(name), kinds.get(name, "open"), n, name in main, outcome=outcomes.get(name))
        for n, name in enumerate(names, 1)
    )
    changed = tuple(stage._replace(**(stages or {}).get(stage.name, {})) for stage in made)
    onward = [_transition(f"to-{name}", ways[name], name, guards) for name in names if name in ways]
    backward = [_transition(f"back-to-{target}", [source], target, None) for source, target in back]
    pipeline = Pipeline("some-pipeline", _titles("pipeline"), 1, "", changed, (*onward, *backward))
    return pipeline._replace(digest=digest_of(to_document(pipeline)))


def _titles(name: str) -> dict[str, str]:
    return {"sv": f"{name} på svenska", "en": name.capitalize()}


def _transition(
    name: str, sources: Sequence[str], target: str, guards: Mapping[str, Sequence[Given]] | None
) -> Transition:
    given = (guards or {}).get(target, ())
    uses = tuple(GuardUse(use, False, {}) if isinstance(use, str) else use for use in given)
    return Transition(name, _titles(name), tuple(sources), target, uses)
