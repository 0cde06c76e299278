"""An error becomes a sentence and a remedy that can be copied into a shell."""

import ast
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, PipelineInvalid, SocrekryError
from socrekry.render.defects import DEFECTS
from socrekry.render.messages import describe, describe_defect
from socrekry.render.remedies import REMEDIES
from socrekry.render.sentences import MESSAGES

SOURCE = Path(__file__).parents[2] / "src" / "socrekry"
ERRORS = {"SocrekryError", "PipelineInvalid", *(each.__name__ for each in SocrekryError.__subclasses__())}
TEXTS = {**MESSAGES, **{f"remedy of {code}": text for code, text in REMEDIES.items()}, **DEFECTS}


def calls_of(*names: str, within: Path = SOURCE) -> list[tuple[ast.Call, list[str]]]:
    """Return every call of those names in the source, each with the texts among its arguments."""
    calls = [
        node
        for path in within.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in names
    ]
    return [(call, texts_among(call.args)) for call in calls]


def texts_among(nodes: Sequence[ast.expr]) -> list[str]:
    """Return the literal texts among some arguments."""
    return [each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def details_named(template: str) -> set[str]:
    """Return the names of the details that a template shows."""
    return set(re.findall(r"\{([a-z_]+)", template))


RAISED = [(code, call) for call, _ in calls_of(*ERRORS) for code in texts_among(call.args[:1])]


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert {code for code, _ in RAISED} - set(MESSAGES) == set()


def test_every_sentence_is_of_a_code_that_is_spoken_of() -> None:
    texts = {
        SOURCE / "render" / "sentences.py",
        SOURCE / "render" / "remedies.py",
        SOURCE / "render" / "defects.py",
    }
    rooms = [path for path in SOURCE.rglob("*.py") if path not in texts]
    spoken = {
        node.value
        for path in rooms
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {*MESSAGES, *DEFECTS} - spoken == set()


def test_every_error_brings_the_details_that_its_sentence_names() -> None:
    lacking = {
        f"{code}: {name}"
        for code, call in RAISED
        if None not in (brought := {keyword.arg for keyword in call.keywords})
        for name in details_named(MESSAGES.get(code, "")) - brought
    }
    assert lacking == set()


def test_some_error_brings_the_details_that_a_remedy_names() -> None:
    known: dict[str, set[str | None]] = {}
    for code, call in RAISED:
        known.setdefault(code, set()).update(keyword.arg for keyword in call.keywords)
    lacking = {code: details_named(REMEDIES.get(code, "")) - names for code, names in known.items()}
    assert {code for code, names in lacking.items() if names and None not in known[code]} == set()


def test_every_defect_of_a_pipeline_file_has_a_sentence() -> None:
    codes = {
        texts[-1] for _, texts in calls_of("Defect", "note", "_missed", within=SOURCE / "domain") if texts
    }
    assert codes
    assert codes - set(DEFECTS) == set()


def test_every_remedy_belongs_to_a_sentence() -> None:
    assert set(REMEDIES) - set(MESSAGES) == set()


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_names_its_details_and_nothing_else(code: str) -> None:
    filled = re.sub(r"\{[a-z]+(:q)?\}", "", TEXTS[code])
    assert not {"{", "}"} & set(filled)


def test_an_error_is_said_with_its_details_and_what_helps() -> None:
    described = describe(NotFound("unit-not-found", unit="Barn och unga"))
    assert described.message == "There is no unit “Barn och unga”."
    assert described.remedy == "Add it: socrekry add-unit 'Barn och unga'"


def test_a_detail_is_one_harmless_word_of_a_command() -> None:
    described = describe(NotFound("unit-not-found", unit="x\x1b[2J; rm -rf ~ '{evil}"))
    assert described.message == "There is no unit “x; rm -rf ~ '{evil}”."
    assert described.remedy == """Add it: socrekry add-unit 'x; rm -rf ~ '"'"'{evil}'"""


def test_a_record_is_listed_without_what_is_only_true_or_false() -> None:
    ads = [{"id": "7", "headline": "Socialsekreterare", "for_social_workers": True}]
    described = describe(InvalidInput("ad-unclear", total=1, shown=1, ads=ads))
    assert described.message.splitlines()[1:] == ["  7  Socialsekreterare"]


def test_a_great_number_is_grouped_and_a_year_is_not() -> None:
    described = describe(InvalidInput("amount-out-of-range", value="9", most=1_000_000))
    assert described.message.endswith("the most is 1 000 000.")
    described = describe(InvalidInput("seats-out-of-range", value=2026, most=1000))
    assert described.message == "A cohort cannot have 2026 seats; 0–1000 are possible."


def test_the_words_of_records_stand_below_each_other() -> None:
    records = [{"id": "C-1", "name": "Åsa"}, {"id": "C-10", "name": "Bo"}]
    described = describe(Ambiguous("candidate-ambiguous", ref="C", candidates=records))
    assert described.message.splitlines()[1:] == ["  C-1   Åsa", "  C-10  Bo"]


def test_a_list_of_words_is_joined() -> None:
    described = describe(NotFound("fact-not-found", fact="x", facts=["degree", "thesis", "left"]))
    assert described.remedy == "The facts there are: degree, thesis and left"


def test_those_who_may_be_meant_are_listed_a_line_each() -> None:
    candidates = [{"id": "C-1", "name": "Åsa\nBerg"}, {"id": "C-2", "name": None}]
    described = describe(Ambiguous("candidate-ambiguous", ref="C", candidates=candidates))
    assert described.message.splitlines()[1:] == ["  C-1  Åsa Berg", "  C-2  –"]


def test_every_defect_of_a_pipeline_is_a_line_with_its_place() -> None:
    defects = [
        {
            "path": "transition[3].guards[0]",
            "line": 41,
            "code": "way-to-itself",
            "transition": "go",
            "stage": "a",
        },
        {"path": "stage", "line": None, "code": "won-missing"},
    ]
    assert describe(PipelineInvalid("pipeline-invalid", defects=defects)).message.splitlines() == [
        "The pipeline cannot be used as it is:",
        "  line 41, transition[3].guards[0]: the transition “go” leads from “a” to itself",
        "  stage: there is no won stage",
    ]


def test_a_bad_row_says_what_the_same_mistake_says_elsewhere() -> None:
    defect = {"line": 7, "column": "email", "code": "email-invalid", "email": "x"}
    assert describe_defect(defect) == "line 7, column email: “x” is not an e-mail address."


def test_a_defect_without_a_sentence_shows_its_code_and_details() -> None:
    assert describe_defect({"line": 7, "code": "odd", "value": "x\x07"}) == "line 7: odd, x"


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert describe(SocrekryError("never-heard-of", value="\x1b")) == ("never-heard-of(value='\\x1b')", None)


def test_a_sentence_without_its_detail_falls_back_and_such_a_remedy_is_left_out() -> None:
    assert describe(InvalidInput("term-invalid")).message == "term-invalid()"
    assert describe(NotFound("unit-not-found", name="x")).remedy is None
    assert describe(InvalidInput("format-not-offered", format="csv")).remedy is None
