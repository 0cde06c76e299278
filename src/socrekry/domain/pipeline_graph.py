"""What makes a pipeline sound: small questions about its graph, each answered with every offender.

Each question is a function that yields a `Defect` for each offender: where it is (``stage[2].outcome``,
counted from 0), a stable code, and the details that its sentence names. `defects_of` asks them all, so that
whoever writes a pipeline sees every mistake at once. One slip gives one defect where possible: a break in the
main path is named as that, and what lies behind the break is not called unreachable as well.

Without these checks a candidacy could come to a stage that it can never leave, and count for ever as open.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from socrekry.domain.intents import OUTCOMES
from socrekry.domain.pipeline import Pipeline

LANGUAGES = ("sv", "en")
LONGEST_NAME, LONGEST_TITLE, LONGEST_STAY = 40, 80, 3650
EARLIEST_BEGINNING, LATEST_BEGINNING = -10, 20
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
# An import takes a date for each stage from the column `<stage>_on`, and `closed_on` is the day of closing.
_TAKEN_NAMES = ("closed",)
_MARKS = ("takes_seat", "base", "qualified", "hired")


class Defect(NamedTuple):
    """One thing wrong: its key path in the file, a stable code, and JSON-able details."""

    path: str
    code: str
    details: dict[str, Any]


def defects_of(pipeline: Pipeline) -> list[Defect]:
    """Return everything that is wrong with the pipeline; an empty list means that it can be used."""
    return [defect for question in QUESTIONS for defect in question(pipeline)]


def names_that_are_no_names(pipeline: Pipeline) -> Iterator[Defect]:
    """Find bad names: they are typed, and head columns, so they are short kebab-case of a–z and 0–9."""
    for path, name in _names(pipeline):
        if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
            yield Defect(f"{path}name", "name-invalid", {"name": name, "longest": LONGEST_NAME})
        elif path.startswith("stage") and name in _TAKEN_NAMES:
            yield Defect(f"{path}name", "name-taken", {"name": name})


def names_given_twice(pipeline: Pipeline) -> Iterator[Defect]:
    """Find names that two stages, or two transitions, share: they could not be told apart."""
    first: dict[tuple[str, str], str] = {}
    for path, name in _names(pipeline):
        kind = path.partition("[")[0]
        if first.setdefault((kind, name), path) != path:
            details = {"name": name, "first": first[kind, name].rstrip(".")}
            yield Defect(f"{path}name", "name-repeated", details)


def titles_missing(pipeline: Pipeline) -> Iterator[Defect]:
    """Find what has no title in one of the languages, or one that does not fit on the screen."""
    titled = [("", pipeline.titles)]
    titled += [(f"stage[{n}].", stage.titles) for n, stage in enumerate(pipeline.stages)]
    titled += [(f"transition[{n}].", each.titles) for n, each in enumerate(pipeline.transitions)]
    for path, titles in titled:
        for lang in LANGUAGES:
            title = titles.get(lang, "")
            if not title.strip():
                yield Defect(f"{path}titles", "title-missing", {"lang": lang})
            elif len(title) > LONGEST_TITLE:
                yield Defect(f"{path}titles", "title-too-long", {"lang": lang, "longest": LONGEST_TITLE})


def stages_out_of_order(pipeline: Pipeline) -> Iterator[Defect]:
    """Find stages whose order is not higher than that of the stage before."""
    for n, (before, stage) in enumerate(pairwise(pipeline.stages), 1):
        if stage.order <= before.order:
            yield Defect(f"stage[{n}]", "stage-out-of-order", {"stage": stage.name, "after": before.name})


def stays_out_of_range(pipeline: Pipeline) -> Iterator[Defect]:
    """Find longest stays of less than a day, or of more than ten years."""
    for n, stage in enumerate(pipeline.stages):
        if stage.longest_stay is not None and not 1 <= stage.longest_stay <= LONGEST_STAY:
            details = {"stage": stage.name, "days": stage.longest_stay, "lowest": 1, "highest": LONGEST_STAY}
            yield Defect(f"stage[{n}].longest_stay", "stay-out-of-range", details)


def beginnings_out_of_range(pipeline: Pipeline) -> Iterator[Defect]:
    """Find stages said to begin more than five years before the cohort's term, or ten years after it."""
    for n, stage in enumerate(pipeline.stages):
        if stage.begins is not None and not EARLIEST_BEGINNING <= stage.begins <= LATEST_BEGINNING:
            limits = {"lowest": EARLIEST_BEGINNING, "highest": LATEST_BEGINNING}
            details = {"stage": stage.name, "terms": stage.begins, **limits}
            yield Defect(f"stage[{n}].begins", "beginning-out-of-range", details)


def lost_stages_without_their_outcome(pipeline: Pipeline) -> Iterator[Defect]:
    """Find lost stages that do not say how in a word the reports know, and outcomes of other stages."""
    for n, stage in enumerate(pipeline.stages):
        path, details = f"stage[{n}].outcome", {"stage": stage.name, "outcomes": list(OUTCOMES)}
        if stage.kind != "lost" and stage.outcome is not None:
            yield Defect(path, "outcome-misplaced", {"stage": stage.name, "outcome": stage.outcome})
        elif stage.kind == "lost" and stage.outcome is None:
            yield Defect(path, "outcome-missing", details)
        elif stage.kind == "lost" and stage.outcome not in OUTCOMES:
            yield Defect(path, "outcome-unknown", details | {"outcome": stage.outcome})


def marks_that_cannot_be(pipeline: Pipeline) -> Iterator[Defect]:
    """Find seat, base, qualified and hired on more than one stage, or on a lost one."""
    first: dict[str, str] = {}
    for n, stage in enumerate(pipeline.stages):
        for mark in (mark for mark in _MARKS if getattr(stage, mark)):
            if stage.kind == "lost":
                yield Defect(f"stage[{n}].{mark}", "mark-on-lost-stage", {"mark": mark, "stage": stage.name})
            elif mark in first:
                details = {"mark": mark, "stage": stage.name, "first": first[mark]}
                yield Defect(f"stage[{n}].{mark}", "mark-repeated", details)
            else:
                first[mark] = stage.name


def beginnings_missing(pipeline: Pipeline) -> Iterator[Defect]:
    """Find that nothing can begin: the first stage of the main path is missing, or is final."""
    if not pipeline.main_path:
        yield Defect("stage", "initial-missing", {})
    elif pipeline.initial.kind != "open":
        n = pipeline.stages.index(pipeline.initial)
        yield Defect(f"stage[{n}]", "initial-final", {"stage": pipeline.initial.name})


def endings_missing(pipeline: Pipeline) -> Iterator[Defect]:
    """Find that nobody is ever hired: the main path does not end in a won stage."""
    if all(stage.kind != "won" for stage in pipeline.stages):
        yield Defect("stage", "won-missing", {})
    elif pipeline.main_path and pipeline.main_path[-1].kind != "won":
        last = pipeline.main_path[-1]
        yield Defect(f"stage[{pipeline.stages.index(last)}]", "main-path-not-won", {"stage": last.name})


def transitions_that_name_unknown_stages(pipeline: Pipeline) -> Iterator[Defect]:
    """Find transitions from nowhere, and from or to what is no stage of this pipeline."""
    known = [stage.name for stage in pipeline.stages]
    for n, transition in enumerate(pipeline.transitions):
        if not transition.sources:
            yield Defect(f"transition[{n}].from", "sources-missing", {"transition": transition.name})
        ends = [("from", source) for source in transition.sources] + [("to", transition.target)]
        for key, name in ends:
            if name not in known:
                details = {"transition": transition.name, "stage": name, "stages": known}
                yield Defect(f"transition[{n}].{key}", "stage-unknown", details)


def ways_given_twice(pipeline: Pipeline) -> Iterator[Defect]:
    """Find a second way from one stage to another, and ways from a stage to itself."""
    first: dict[tuple[str, str], str] = {}
    for n, transition in enumerate(pipeline.transitions):
        for source in transition.sources:
            way, details = (source, transition.target), {"transition": transition.name, "stage": source}
            if source == transition.target:
                yield Defect(f"transition[{n}]", "way-to-itself", details)
            elif way in first:
                details |= {"to": transition.target, "first": first[way]}
                yield Defect(f"transition[{n}]", "way-repeated", details)
            first.setdefault(way, transition.name)


def finals_with_a_way_out(pipeline: Pipeline) -> Iterator[Defect]:
    """Find transitions out of a won or lost stage: that is the end, and mistakes are undone or reopened."""
    final = {stage.name for stage in pipeline.stages if stage.kind != "open"}
    for n, transition in enumerate(pipeline.transitions):
        for source in transition.sources:
            if source in final:
                details = {"transition": transition.name, "stage": source}
                yield Defect(f"transition[{n}].from", "way-out-of-final", details)


def breaks_in_the_main_path(pipeline: Pipeline) -> Iterator[Defect]:
    """Find main stages without a transition to the next.

    Where a transition that could be it misnames its other end, that is the slip, and no break as well.
    """
    known = {stage.name for stage in pipeline.stages}
    for stage, following in pairwise(pipeline.main_path):
        way = pipeline.transition(stage.name, following.name)
        misnamed = [
            each
            for each in pipeline.transitions
            if (stage.name in each.sources and each.target not in known)
            or (each.target == following.name and not (each.sources and known.issuperset(each.sources)))
        ]
        if way is None and not misnamed:
            n = pipeline.stages.index(stage)
            yield Defect(f"stage[{n}]", "main-path-broken", {"stage": stage.name, "next": following.name})


def unreachable_stages(pipeline: Pipeline) -> Iterator[Defect]:
    """Find stages that no way leads to from the first."""
    if pipeline.main_path:
        reached = _reached_from({pipeline.initial.name}, _ways(pipeline))
        yield from _missed(pipeline, reached, "stage-unreachable")


def stages_without_a_way_to_an_end(pipeline: Pipeline) -> Iterator[Defect]:
    """Find stages from which neither a won nor a lost stage can be reached."""
    final = {stage.name for stage in pipeline.stages if stage.kind != "open"}
    if final:
        reached = _reached_from(final, {(target, source) for source, target in _ways(pipeline)})
        yield from _missed(pipeline, reached, "stage-without-end")


def _names(pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    yield "", pipeline.name
    for n, stage in enumerate(pipeline.stages):
        yield f"stage[{n}].", stage.name
    for n, transition in enumerate(pipeline.transitions):
        yield f"transition[{n}].", transition.name


def _ways(pipeline: Pipeline) -> set[tuple[str, str]]:
    """Return every way from stage to stage, as if the main path were whole: its breaks are found apart."""
    ways = {(source, each.target) for each in pipeline.transitions for source in each.sources}
    return ways | {(stage.name, following.name) for stage, following in pairwise(pipeline.main_path)}


def _reached_from(starts: set[str], ways: set[tuple[str, str]]) -> set[str]:
    reached, fresh = set(starts), starts
    while fresh:
        fresh = {target for source, target in ways if source in fresh} - reached
        reached |= fresh
    return reached


def _missed(pipeline: Pipeline, reached: set[str], code: str) -> Iterator[Defect]:
    for n, stage in enumerate(pipeline.stages):
        if stage.name not in reached:
            yield Defect(f"stage[{n}]", code, {"stage": stage.name})


QUESTIONS: tuple[Callable[[Pipeline], Iterator[Defect]], ...] = (
    names_that_are_no_names,
    names_given_twice,
    titles_missing,
    stages_out_of_order,
    stays_out_of_range,
    beginnings_out_of_range,
    lost_stages_without_their_outcome,
    marks_that_cannot_be,
    beginnings_missing,
    endings_missing,
    transitions_that_name_unknown_stages,
    ways_given_twice,
    finals_with_a_way_out,
    breaks_in_the_main_path,
    unreachable_stages,
    stages_without_a_way_to_an_end,
)
