"""The pipeline as a value, and every question about its graph: silent on a sound one, loud on each defect."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given

from socrekry.domain.errors import NotFound
from socrekry.domain.pipeline import GuardUse, Pipeline, digest_of, from_document, to_document
from socrekry.domain.pipeline_graph import QUESTIONS, Defect, defects_of
from tests.builders import a_pipeline
from tests.strategies import pipelines

RESERVE = {"reserve": ("applied", "selected")}
DECLINED = {"declined": ("selected", "declined")}


def sound(**fields: Mapping[str, object]) -> Pipeline:
    """Return a sound pipeline of a path, a stage beside it and a lost one, with fields of stages changed."""
    return a_pipeline(beside=RESERVE, lost=DECLINED, stages=fields)


def with_transition(number: int, **fields: Any) -> Pipeline:
    transitions = list(sound().transitions)
    transitions[number] = transitions[number]._replace(**fields)
    return sound()._replace(transitions=tuple(transitions))


def without_transition(number: int) -> Pipeline:
    kept = [each for n, each in enumerate(sound().transitions) if n != number]
    return sound()._replace(transitions=tuple(kept))


def test_the_main_path_leaves_out_what_stands_beside_it() -> None:
    assert [stage.name for stage in sound().main_path] == ["lead", "applied", "selected", "hired"]
    assert sound().initial.name == "lead"


@pytest.mark.parametrize(
    ("stage", "following"),
    [
        ("lead", "applied"),
        ("applied", "selected"),
        ("reserve", "selected"),
        ("hired", None),
        ("declined", None),
    ],
)
def test_the_next_stage_is_the_next_on_the_main_path(stage: str, following: str | None) -> None:
    found = sound().next_on_main_path(stage)
    assert (found.name if found else None) == following


def test_beside_the_path_the_next_stage_is_one_that_a_way_leads_to() -> None:
    pipeline = a_pipeline("lead applied selected hired", beside={"talks": ("lead", "applied")})
    elsewhere = tuple(
        each._replace(sources=("lead",)) if each.target == "applied" else each
        for each in pipeline.transitions
    )
    found = pipeline._replace(transitions=elsewhere).next_on_main_path("talks")
    assert found is None


def test_a_stage_is_found_by_name() -> None:
    assert sound().stage("reserve").main is False


def test_a_stage_is_found_by_its_title_in_any_language_and_case() -> None:
    pipeline = sound(reserve={"titles": {"sv": "På reservlistan", "en": "Waiting list"}})
    for word in ("PÅ RESERVLISTAN", "waiting list", " Reserve "):
        assert pipeline.stage(word).name == "reserve"


def test_a_title_that_two_stages_share_finds_neither() -> None:
    shared = {"titles": {"en": "Talks"}}
    with pytest.raises(NotFound):
        sound(applied=shared, selected=shared).stage("talks")


def test_a_stage_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(NotFound) as missing:
        sound().stage("interview")
    assert missing.value.code == "stage-not-found"
    assert missing.value.details["stages"] == [stage.name for stage in sound().stages]


def test_a_way_is_found_from_each_of_its_sources() -> None:
    pipeline = sound()
    assert pipeline.transition("reserve", "selected") == pipeline.transition("applied", "selected")
    assert pipeline.transition("lead", "hired") is None
    assert [each.target for each in pipeline.transitions_from("selected")] == ["hired", "declined"]


def test_marked_stages_are_found() -> None:
    pipeline = sound(applied={"base": True}, selected={"takes_seat": True, "qualified": True})
    found = (pipeline.base_stage, pipeline.seat_stage, pipeline.qualified_stage)
    assert [stage.name for stage in found if stage] == ["applied", "selected", "selected"]


def test_the_waiting_list_stands_beside_the_path_and_leads_to_the_seat() -> None:
    found = sound(selected={"takes_seat": True}).waiting_list
    assert found is not None
    assert found.name == "reserve"
    assert sound(hired={"takes_seat": True}).waiting_list is sound().waiting_list is None


def test_marks_may_be_left_out() -> None:
    assert (sound().base_stage, sound().seat_stage, sound().qualified_stage) == (None, None, None)


@given(pipelines())
def test_a_pipeline_is_the_same_after_it_was_kept_as_json(pipeline: Pipeline) -> None:
    assert from_document(json.loads(json.dumps(to_document(pipeline)))) == pipeline


def test_a_digest_is_of_what_is_defined_and_not_of_its_number() -> None:
    first, second = to_document(sound()), to_document(sound()._replace(version=2, digest="other"))
    assert digest_of(first) == digest_of(dict(reversed(second.items()))) == sound().digest


def test_a_guard_more_is_another_digest() -> None:
    stricter = a_pipeline(guards={"hired": [GuardUse("free-seat", False, {})]})
    assert digest_of(to_document(stricter)) != digest_of(to_document(a_pipeline()))


def test_a_digest_stays_the_same_in_every_version_of_the_program() -> None:
    document = {"name": "vägen", "titles": {}, "version": 1, "digest": "", "stages": [], "transitions": []}
    assert digest_of(document) == "fec9e1e9d60cfc3466b1046abdf7838078a768748a429f9aa1835d05bdd51f3b"


def test_a_sound_pipeline_has_no_defects() -> None:
    assert defects_of(sound(applied={"longest_stay": 30}, selected={"takes_seat": True})) == []


@given(pipelines())
def test_every_pipeline_that_is_drawn_is_sound(pipeline: Pipeline) -> None:
    assert defects_of(pipeline) == []


# In `sound()` the stages are 0 lead, 1 applied, 2 reserve, 3 selected, 4 hired and 5 declined, and the
# transitions 0 to-applied, 1 to-reserve, 2 to-selected, 3 to-hired and 4 to-declined.
BROKEN: list[tuple[str, str, Callable[[], Pipeline]]] = [
    ("name-invalid", "name", lambda: sound()._replace(name="Trainee 2025")),
    ("name-invalid", "transition[1].name", lambda: with_transition(1, name="to-reserve-")),
    ("name-invalid", "transition[1].name", lambda: with_transition(1, name="x" * 41)),
    ("name-taken", "stage[1].name", lambda: a_pipeline("lead closed hired")),
    ("name-repeated", "transition[1].name", lambda: with_transition(1, name="to-applied")),
    ("title-missing", "titles", lambda: sound()._replace(titles={"sv": "Väg"})),
    ("title-missing", "stage[1].titles", lambda: sound(applied={"titles": {"sv": " ", "en": "Applied"}})),
    ("title-missing", "transition[0].titles", lambda: with_transition(0, titles={"en": "Apply"})),
    ("title-too-long", "stage[1].titles", lambda: sound(applied={"titles": {"sv": "å" * 81, "en": "A"}})),
    ("stage-out-of-order", "stage[2]", lambda: sound(reserve={"order": 2})),
    ("stay-out-of-range", "stage[1].longest_stay", lambda: sound(applied={"longest_stay": 0})),
    ("stay-out-of-range", "stage[1].longest_stay", lambda: sound(applied={"longest_stay": 3651})),
    ("beginning-out-of-range", "stage[1].begins", lambda: sound(applied={"begins": -11})),
    ("beginning-out-of-range", "stage[1].begins", lambda: sound(applied={"begins": 21})),
    ("outcome-misplaced", "stage[1].outcome", lambda: sound(applied={"outcome": "declined"})),
    ("outcome-missing", "stage[5].outcome", lambda: sound(declined={"outcome": None})),
    ("outcome-unknown", "stage[5].outcome", lambda: sound(declined={"outcome": "vanished"})),
    ("mark-on-lost-stage", "stage[5].base", lambda: sound(declined={"base": True})),
    (
        "mark-repeated",
        "stage[3].takes_seat",
        lambda: sound(applied={"takes_seat": True}, selected={"takes_seat": True}),
    ),
    ("mark-repeated", "stage[3].base", lambda: sound(lead={"base": True}, selected={"base": True})),
    (
        "mark-repeated",
        "stage[3].qualified",
        lambda: sound(lead={"qualified": True}, selected={"qualified": True}),
    ),
    ("initial-final", "stage[0]", lambda: a_pipeline("hired")),
    ("won-missing", "stage", lambda: sound(hired={"kind": "lost", "outcome": "declined"})),
    (
        "main-path-not-won",
        "stage[4]",
        lambda: sound(
            hired={"kind": "lost", "outcome": "declined"}, declined={"kind": "won", "outcome": None}
        ),
    ),
    ("sources-missing", "transition[0].from", lambda: with_transition(0, sources=())),
    ("stage-unknown", "transition[2].from", lambda: with_transition(2, sources=("aplied", "reserve"))),
    ("stage-unknown", "transition[0].to", lambda: with_transition(0, target="aplied")),
    (
        "way-to-itself",
        "transition[2]",
        lambda: with_transition(2, sources=("applied", "reserve", "selected")),
    ),
    ("way-repeated", "transition[2]", lambda: with_transition(2, sources=("applied", "reserve", "reserve"))),
    ("way-out-of-final", "transition[1].from", lambda: with_transition(1, sources=("applied", "hired"))),
    ("main-path-broken", "stage[0]", lambda: without_transition(0)),
    ("main-path-broken", "stage[3]", lambda: without_transition(3)),
    ("stage-unreachable", "stage[2]", lambda: without_transition(1)),
    ("stage-without-end", "stage[2]", lambda: with_transition(2, sources=("applied",))),
]


@pytest.mark.parametrize(("code", "path", "broken"), BROKEN)
def test_a_defect_is_found_where_it_is_and_where_it_is_alone(
    code: str, path: str, broken: Callable[[], Pipeline]
) -> None:
    assert [(defect.code, defect.path) for defect in defects_of(broken())] == [(code, path)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.__name__)
def test_every_question_is_answered_by_some_broken_pipeline(
    question: Callable[[Pipeline], Iterator[Defect]],
) -> None:
    assert any(list(question(broken())) for _, _, broken in BROKEN)


def test_two_stages_of_one_name_are_told_apart_by_their_place() -> None:
    defects = defects_of(sound(reserve={"name": "applied"}))
    assert ("name-repeated", {"name": "applied", "first": "stage[1]"}) in [d[1:] for d in defects]


def test_a_pipeline_that_is_all_beside_the_path_has_no_beginning() -> None:
    beside = {name: {"main": False} for name in ("lead", "applied", "selected", "hired")}
    assert ("stage", "initial-missing", {}) in defects_of(sound(**beside))


def test_a_pipeline_without_any_end_is_told_so_once() -> None:
    assert [(d.path, d.code) for d in defects_of(a_pipeline(stages={"hired": {"kind": "open"}}))] == [
        ("stage", "won-missing")
    ]


def test_a_cycle_without_a_way_out_is_a_trap_for_each_of_its_stages() -> None:
    pipeline = a_pipeline(beside={"one": ("lead", "applied"), "two": ("one", "applied")})
    ways = tuple(
        each._replace(sources=("lead",)) if each.target == "applied" else each
        for each in pipeline.transitions
    )
    back = ways[0]._replace(name="again", sources=("two",), target="one")
    trapped = [(d.code, d.details) for d in defects_of(pipeline._replace(transitions=(*ways, back)))]
    assert trapped == [("stage-without-end", {"stage": "one"}), ("stage-without-end", {"stage": "two"})]


@pytest.mark.parametrize(
    ("stages", "stage"),
    [
        ({}, None),
        ({"applied": {"supervised": True}, "selected": {"supervised": True}}, "applied"),
        ({"applied": {"supervised": True}, "selected": {"supervised": True, "begins": 0}}, "selected"),
        ({"applied": {"supervised": True}, "selected": {"supervised": True, "begins": 1}}, "applied"),
        ({"applied": {"begins": 0}, "selected": {"supervised": True, "begins": 1}}, "selected"),
    ],
)
def test_a_seat_is_taken_at_the_first_supervised_stage_of_the_cohorts_term(
    stages: dict[str, dict[str, object]], stage: str | None
) -> None:
    found = a_pipeline(stages=stages).placement_stage
    assert (found.name if found else None) == stage
