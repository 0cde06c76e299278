"""Pipeline files: a sound one becomes a pipeline, a broken one gets every defect named with its line."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from socrekry.domain.errors import PipelineInvalid
from socrekry.domain.guards import guard_parameters
from socrekry.domain.pipeline import GuardUse, Pipeline, Stage, digest_of, to_document
from socrekry.domain.pipeline_file import read_pipeline
from socrekry.domain.toml_lines import header_lines, line_of
from tests.strategies import pipelines

HOUSE = Path(__file__).parents[2]
SHIPPED = HOUSE / "src" / "socrekry" / "pipelines"
GUARDS = guard_parameters()
FILES = [
    SHIPPED / "trainee.toml",
    SHIPPED / "direct.toml",
    HOUSE / "examples" / "sodertalje" / "pipeline.toml",
]

SMALL = """\
name = "small"
titles = { sv = "Liten", en = "Small" }

[[stage]]
name = "lead"
titles = { sv = "Kontakt", en = "Lead" }

[[stage]]
name = "hired"
titles = { sv = "Avtal klart", en = "Hired" }
kind = "won"

[[transition]]
name = "hire"
titles = { sv = "Anställ", en = "Hire" }
from = "lead"
to = "hired"
guards = []
"""


def read(path: Path) -> Pipeline:
    return read_pipeline(path.read_text(encoding="utf-8"), GUARDS)


def defects(text: str) -> list[dict[str, Any]]:
    with pytest.raises(PipelineInvalid) as refused:
        read_pipeline(text, GUARDS)
    assert refused.value.code == "pipeline-invalid"
    json.dumps(refused.value.details)
    return list(refused.value.details["defects"])


def codes(text: str) -> list[tuple[str, int, str]]:
    return [(each["path"], each["line"], each["code"]) for each in defects(text)]


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def guarded(guards: str) -> str:
    return changed("guards = []", f"guards = {guards}")


def asked(pipeline: Pipeline) -> Mapping[str, str]:
    """Return what each stage's way in asks for, an overridable guard in brackets."""
    return {
        each.target: " ".join(f"({use.name})" if use.overridable else use.name for use in each.guards)
        for each in pipeline.transitions
        if each.guards
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_pipeline_is_sound_and_the_same_on_every_reading(path: Path) -> None:
    pipeline = read(path)
    assert pipeline == read(path)
    assert (pipeline.version, pipeline.digest) == (0, digest_of(to_document(pipeline)))


def test_trainee_is_the_contracts() -> None:
    trainee = read(SHIPPED / "trainee.toml")
    assert " ".join(stage.name for stage in trainee.main_path) == (
        "lead applied selected placement trainee offer hired started"
    )
    assert asked(trainee) == {
        "selected": "(assessment) free-seat",
        "placement": "(university-confirmed) supervisor (mentor)",
        "trainee": "placement-completed (last-year) register-check",
        "hired": "offer-accepted",
        "started": "(traineeship-completed) degree",
    }


def test_in_trainee_the_reserve_list_stands_beside_selected() -> None:
    trainee = read(SHIPPED / "trainee.toml")
    assert [stage.name for stage in trainee.stages if not stage.main] == ["reserve"]
    assert [each.target for each in trainee.transitions_from("reserve")] == ["selected"]
    assert [each.sources for each in trainee.transitions if each.target == "reserve"] == [("applied",)]


def test_direct_is_the_contracts() -> None:
    direct = read(SHIPPED / "direct.toml")
    assert " ".join(stage.name for stage in direct.stages) == (
        "lead applied interview references offer hired started"
    )
    assert asked(direct) == {
        "interview": "(degree-or-graduation)",
        "offer": "references-checked",
        "hired": "offer-accepted free-seat register-check",
        "started": "degree",
    }


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        (FILES[0], {"takes_seat": "selected", "base": "applied", "qualified": "selected"}),
        (FILES[1], {"takes_seat": "hired", "base": "applied", "qualified": "interview"}),
        (FILES[2], {"takes_seat": "selected", "base": "placement", "qualified": "selected"}),
    ],
)
def test_a_shipped_pipeline_says_what_its_stages_mean(path: Path, marked: Mapping[str, str]) -> None:
    stages = read(path).stages
    assert {mark: stage.name for mark in marked for stage in stages if getattr(stage, mark)} == marked


def test_trainees_are_supervised_from_their_selection_to_their_offer() -> None:
    supervised = [stage.name for stage in read(SHIPPED / "trainee.toml").stages if stage.supervised]
    assert supervised == ["selected", "placement", "trainee"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_open_stage_of_a_shipped_pipeline_has_a_longest_stay(path: Path) -> None:
    assert [
        stage.name for stage in read(path).stages if (stage.longest_stay is None) != (stage.kind == "won")
    ] == []


def test_sodertalje_selects_after_the_placement() -> None:
    path = [stage.name for stage in read(FILES[2]).main_path]
    assert path.index("placement") < path.index("selected") < path.index("trainee")


def test_what_is_left_out_is_the_usual() -> None:
    lead = read_pipeline(SMALL, GUARDS).stage("lead")
    assert lead == Stage("lead", {"sv": "Kontakt", "en": "Lead"}, "open", 1)


def test_a_lost_stage_is_beside_the_path_without_saying_so() -> None:
    lost = '[[stage]]\nname = "no"\ntitles = { sv = "Nej", en = "No" }\nkind = "lost"\noutcome = "declined"\n'
    way = changed('to = "hired"', 'to = "hired"\n[[transition]]\nname = "refuse"\nfrom = ["lead"]\nto = "no"')
    text = way.replace("guards = []", 'titles = { sv = "Avböj", en = "Refuse" }') + lost
    assert not read_pipeline(text, GUARDS).stage("no").main


def test_a_guard_is_a_name_or_a_table_with_its_figures() -> None:
    text = guarded(
        '["free-seat", { name = "register-check", overridable = true, suspicion_from = 2026-03-01 }]'
    )
    assert read_pipeline(text, GUARDS).transitions[0].guards == (
        GuardUse("free-seat", False, {}),
        GuardUse("register-check", True, {"suspicion_from": "2026-03-01"}),
    )


def test_a_file_saved_by_notepad_is_read() -> None:
    text = "\ufeff" + SMALL.replace("\n", "\r\n")
    assert read_pipeline(text, GUARDS) == read_pipeline(SMALL, GUARDS)


@given(pipelines())
def test_a_pipeline_written_as_toml_is_read_back(pipeline: Pipeline) -> None:
    assert read_pipeline(as_toml(pipeline), GUARDS) == pipeline


TEN = """\
name = "Ten Defects"
titles = { sv = "Tio fel", en = "Ten defects" }
colour = "red"

[[stage]]
name = "lead"
titles = { sv = "Kontakt", en = "Lead" }
longest_stay = "a month"

[[stage]]
name = "applied"
titles = { sv = "Ansökan", en = "Applied" }
longest_stay = -30

[[stage]]
name = "waiting"
titles = { sv = "Väntar", en = "Waiting" }
main = false

[[stage]]
name = "hired"
titles = { sv = "Avtal klart", en = "Hired" }
kind = "won"

[[transition]]
name = "apply"
titles = { sv = "Ansök", en = "Apply" }
from = "lead"
to = "applied"
guards = ["asessment", { name = "register-check", max_age = 6 }]

[[transition]]
name = "hire"
titles = { sv = "Anställ", en = "Hire" }
from = ["applied", "interview"]
to = "hired"

[[transition]]
name = "regret"
titles = { sv = "Ångra", en = "Regret" }
from = "hired"
to = "applied"
"""


def test_a_file_with_ten_defects_has_all_ten_named() -> None:
    assert sorted(codes(TEN)) == [
        ("colour", 1, "key-unknown"),
        ("name", 1, "name-invalid"),
        ("stage[0].longest_stay", 5, "wrong-type"),
        ("stage[1].longest_stay", 10, "stay-out-of-range"),
        ("stage[2]", 15, "stage-unreachable"),
        ("stage[2]", 15, "stage-without-end"),
        ("transition[0].guards[0]", 25, "guard-unknown"),
        ("transition[0].guards[1].max_age", 25, "guard-parameter-unknown"),
        ("transition[1].from", 32, "stage-unknown"),
        ("transition[2].from", 38, "way-out-of-final"),
    ]


def test_defects_are_told_in_the_files_order_with_what_was_expected() -> None:
    told = defects(TEN)
    assert [each["line"] for each in told] == sorted(each["line"] for each in told)
    unknown = next(each for each in told if each["code"] == "guard-parameter-unknown")
    assert (unknown["guard"], unknown["parameter"]) == ("register-check", "max_age")
    assert unknown["parameters"] == ["max_age_months", "suspicion_from", "everywhere"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed('name = "small"\n', ""), [("name", 1, "key-missing")]),
        (
            changed('name = "lead"\n', ""),
            [("stage[0].name", 4, "key-missing"), ("transition[0].from", 12, "stage-unknown")],
        ),
        (changed('titles = { sv = "Kontakt", en = "Lead" }\n', ""), [("stage[0].titles", 4, "key-missing")]),
        (changed('name = "hire"', "name = 5"), [("transition[0].name", 13, "wrong-type")]),
        (changed('from = "lead"\n', ""), [("transition[0].from", 13, "key-missing")]),
        (changed('from = "lead"', "from = [1]"), [("transition[0].from", 13, "wrong-type")]),
        (changed('to = "hired"', "to = true"), [("transition[0].to", 13, "wrong-type")]),
        (changed('to = "hired"', 'to = "hird"'), [("transition[0].to", 13, "stage-unknown")]),
        (changed('"Lead" }', '"Lead", se = "X" }'), [("stage[0].titles.se", 4, "key-unknown")]),
        (changed('en = "Lead"', "en = 1.5"), [("stage[0].titles", 4, "wrong-type")]),
        (changed('kind = "won"', 'kind = "wonn"'), [("stage[1].kind", 8, "kind-unknown")]),
        (changed('"Lead" }', '"Lead" }\nkind = "opne"'), [("stage[0].kind", 4, "kind-unknown")]),
        (changed("guards = []", "gards = []"), [("transition[0].gards", 13, "key-unknown")]),
        (changed("guards = []", 'guards = "free-seat"'), [("transition[0].guards", 13, "wrong-type")]),
        (changed("[[stage]]", "[stages]\n[[stage]]"), [("stages", 4, "key-unknown")]),
        (guarded("[7]"), [("transition[0].guards[0]", 13, "wrong-type")]),
        (guarded("[{ overridable = true }]"), [("transition[0].guards[0].name", 13, "key-missing")]),
        (
            guarded('[{ name = "mentor", overridable = 1 }]'),
            [("transition[0].guards[0].overridable", 13, "wrong-type")],
        ),
        (guarded('["mentor", "mentor"]'), [("transition[0].guards[1]", 13, "guard-repeated")]),
        (
            guarded('[{ name = "last-year", terms = true }]'),
            [("transition[0].guards[0].terms", 13, "guard-parameter-type")],
        ),
        (
            guarded('[{ name = "last-year", terms = -1 }]'),
            [("transition[0].guards[0].terms", 13, "guard-parameter-out-of-range")],
        ),
        (
            guarded('[{ name = "register-check", suspicion_from = 2026-03-01T00:00:00 }]'),
            [("transition[0].guards[0].suspicion_from", 13, "guard-parameter-type")],
        ),
    ],
)
def test_one_slip_is_one_defect(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert codes(text) == expected


def test_a_misspelt_kind_with_an_outcome_was_meant_as_lost() -> None:
    stage = '[[stage]]\nname = "no"\ntitles = { sv = "Nej", en = "No" }\nkind = "los"\noutcome = "declined"\n'
    way = SMALL.replace('"hire"', '"refuse"').replace('"hired"', '"no"').partition("[[transition]]")
    text = SMALL + stage + way[1] + way[2]
    assert codes(text) == [("stage[2].kind", 19, "kind-unknown")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["name", "stage", "titles", "transition"]),
        ('name = "x"\nstage = "a"\ntransition = 5', ["stage", "titles", "transition"]),
        ('name = "x"\nstage = ["a"]\ntransition = []', ["stage", "titles"]),
    ],
)
def test_a_file_without_stages_and_transitions_is_told_so_and_no_more(text: str, expected: list[str]) -> None:
    assert sorted(each["path"] for each in defects(text)) == expected


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('name = "x"\ntitles = \n', 2, "toml-syntax"),
        ('name = "x"\n\n[[stage]\n', 3, "toml-syntax"),
        ('name = "x', 1, "toml-syntax"),
        ('name = "x"\nvalue = """\n', 3, "toml-syntax"),
        ("x = " + "9" * 5000, 1, "toml-unreadable"),
        ("x = " + "[" * 9999 + "]" * 9999, 1, "toml-unreadable"),
        ("#" * (256 * 1024 + 1), 1, "file-too-large"),
    ],
    ids=["value", "header", "string", "end", "number", "nested", "size"],
)
def test_a_file_that_is_no_toml_has_one_defect_with_its_line(text: str, line: int, code: str) -> None:
    assert codes(text) == [("", line, code)]


@pytest.mark.parametrize(("key", "most"), [("stage", 60), ("transition", 300)])
def test_a_file_may_not_have_any_number_of_tables(key: str, most: int) -> None:
    table = f"[[{key}]]" + SMALL.partition(f"[[{key}]]")[2].partition("[[")[0]
    found = next(each for each in defects(SMALL + table * most) if each["code"] == "too-many")
    assert (found["path"], found["count"], found["most"]) == (key, most + SMALL.count(f"[[{key}]]"), most)


LINES = '''\
# [[stage]]
text = """
[[stage]]
\\"""
[stage]
"""""
raw = \'\'\'
[[stage]]\'\'\'
quoted = '[a' # "
nested = [
    ["stage"],
[
    { x = 1 },
    [["stage"]],
] ]
  [["stage"]] # [x]
name = "[[stage]]"
[stage."titles.x"]
[[stage]]
[[ transition ]]
[[transition.guards]]
[[transition.guards]]
[other.place]'''


def test_headers_are_found_past_strings_comments_and_arrays() -> None:
    assert header_lines(LINES) == {
        "": 1,
        "stage": 16,
        "stage[0]": 16,
        "stage[0].titles.x": 18,
        "stage[1]": 19,
        "transition": 20,
        "transition[0]": 20,
        "transition[0].guards": 21,
        "transition[0].guards[0]": 21,
        "transition[0].guards[1]": 22,
        "other.place": 23,
    }


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", 1),
        ("name", 1),
        ("stage[1].titles.sv", 19),
        ("stage[7]", 16),
        ("transition[0].guards[1].name", 22),
    ],
)
def test_a_path_has_the_line_of_the_innermost_header(path: str, line: int) -> None:
    assert line_of(path, header_lines(LINES)) == line


def as_toml(pipeline: Pipeline) -> str:
    """Write the pipeline as a file: a JSON string, number or array of them is TOML too."""
    lines = [f"name = {toml(pipeline.name)}", f"titles = {toml(pipeline.titles)}"]
    for stage in pipeline.stages:
        fields = {
            key: value for key, value in stage._asdict().items() if key != "order" and value is not None
        }
        lines += ["[[stage]]", *(f"{key} = {toml(value)}" for key, value in fields.items())]
    for each in pipeline.transitions:
        fields = {"name": each.name, "titles": each.titles, "from": list(each.sources), "to": each.target}
        fields["guards"] = [
            {"name": u.name, "overridable": u.overridable} | u.parameters for u in each.guards
        ]
        lines += ["[[transition]]", *(f"{key} = {toml(value)}" for key, value in fields.items())]
    return "\n".join(lines)


def toml(value: object, key: str = "") -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(each, name)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(each) for each in value) + "]"
    return date.fromisoformat(str(value)).isoformat() if key == "suspicion_from" else json.dumps(value)
