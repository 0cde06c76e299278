"""Every finding has its words in both languages, and a page stands in columns whatever was found."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

import socrekry.services.doctor as rooms
from socrekry import locale
from socrekry.domain.errors import StoreUnavailable
from socrekry.render.doctor import _SHOWN, diagnosis_page, remedy, sentence
from socrekry.render.doctor_texts import ERRORS, TEXTS
from socrekry.render.plain import plain
from socrekry.render.sentences import MESSAGES
from socrekry.services.doctor.findings import BAD, GOOD, LOOK, Diagnosis, Finding, finding_of

ROOMS = [path.read_text(encoding="utf-8") for path in Path(rooms.__file__).parent.glob("*.py")]
SPOKEN = {
    node.value
    for text in ROOMS
    for node in ast.walk(ast.parse(text))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}
OF_FINDINGS = {
    each.value
    for text in ROOMS
    for call in ast.walk(ast.parse(text))
    if isinstance(call, ast.Call) and ast.unparse(call.func) == "Finding"
    for each in ast.walk(call.args[0])
    if isinstance(each, ast.Constant)
}
EXAMPLES = {"language": "sv", "encoding": "utf-8"}


def details_of(code: str) -> dict[str, object]:
    """Return something for each name that the texts of a finding have."""
    names = re.findall(r"\{(\w+)", TEXTS[code].sentence + TEXTS[code].remedy)
    return {name: EXAMPLES.get(name, 7) for name in names}


def test_every_finding_has_words_and_every_word_is_of_a_finding() -> None:
    assert OF_FINDINGS - set(TEXTS) - set(MESSAGES) == set()
    assert set(TEXTS) - SPOKEN == set()
    assert set(ERRORS) - set(MESSAGES) == set()


@pytest.mark.parametrize("code", TEXTS)
def test_every_finding_is_said_in_both_languages(code: str) -> None:
    finding = Finding(code, BAD, details_of(code))
    said = []
    for language in ("en", "sv"):
        locale.use(language)
        said += [sentence(finding), remedy(finding)]
    assert all("{" not in (each or "") for each in said)
    assert said[0] != said[2] or code in ("time-zone", "sqlite", "postgresql")


def test_what_is_good_needs_no_remedy() -> None:
    assert remedy(Finding("space-short", GOOD, details_of("space-short"))) is None


def test_an_error_is_said_as_other_commands_say_it() -> None:
    finding = finding_of(StoreUnavailable("store-not-found", store="x.db"))
    assert sentence(finding) == "There is no store x.db."
    assert remedy(finding) == "Check the path, or choose another with --db."


def test_a_path_is_one_word_of_a_command() -> None:
    finding = Finding("folder-open", BAD, {"path": "/my files", "mode": "777"})
    assert remedy(finding) == "chmod go-w '/my files'"


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("bytes", 0, "0 B"),
        ("bytes", 9_999, "9 999 B"),
        ("bytes", 524_288, "524 kB"),
        ("bytes", 68_000_000_000, "68 GB"),
        ("bytes", 9_000_000_000_000_000, "9 000 TB"),
        ("seconds", 1, "1 second"),
        ("seconds", 119.6, "2 minutes"),
        ("seconds", 7_200, "2 hours"),
        ("seconds", 1_000_000, "11 days"),
        ("ms", 0.2, "less than 1 ms"),
        ("ms", 1234.5, "1 234 ms"),
        ("hours", -1.0, "−1"),
        ("hours", 4.5, "+4.5"),
    ],
)
def test_a_quantity_is_shown_with_a_unit_that_fits(unit: str, value: float, shown: str) -> None:
    assert _SHOWN[unit](value) == shown


def test_what_is_wrong_comes_before_what_to_look_at_and_all_in_columns() -> None:
    findings = (
        Finding("schema", GOOD, {"version": "0003"}),
        Finding("settings-open", LOOK, {"path": "/c", "mode": "644"}),
        Finding("row-security-blind", BAD, {"views": ["seat_taken"]}),
    )
    page = diagnosis_page(Diagnosis(findings, None))
    assert plain(page).splitlines() == [
        "1 thing is wrong, 1 to look at, 1 is good.",
        "",
        "wrong  Row security  On, and limits count only a part: it binds whoever owns the views seat_taken.",
        "                     Give the views to the owner of the tables.",
        "look   Settings      Others on this machine can read /c (mode 644).",
        "                     chmod 600 /c",
        "",
        "good   Version       0003, which is this program’s.",
    ]


def test_a_program_reads_them_in_the_order_in_which_they_were_found() -> None:
    found = (finding_of(StoreUnavailable("store-busy", store="x")), Finding("tables-tidy", GOOD, {}))
    document: Any = diagnosis_page(Diagnosis(found, None)).json
    assert [each["code"] for each in document["findings"]] == ["store-busy", "tables-tidy"]
    assert (document["healthy"], document["findings"][1]["remedy"]) == (False, None)
