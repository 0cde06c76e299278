"""A file of job ads is read in every form in which one is saved; anything else is told for what it is."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.job_ad_files import MOST_BYTES, hits_in

AD = {"id": "1", "headline": "Socialsekreterare"}


def refused(content: bytes) -> InvalidInput:
    """Return the error that a file of that content is answered with."""
    with pytest.raises(InvalidInput) as error:
        hits_in("-", BytesIO(content))
    return error.value


def read(document: Any) -> list[dict[str, Any]]:
    """Return the ads of a document."""
    return hits_in("-", BytesIO(json.dumps(document).encode()))


@pytest.mark.parametrize(
    ("document", "ads"),
    [
        ({"total": {"value": 2}, "hits": [AD, AD]}, [AD, AD]),
        ({"hits": [AD]}, [AD]),
        (AD, [AD]),
        ([AD], [AD]),
        ({"id": 1, "removed": True}, [{"id": 1, "removed": True}]),
        ({"total": "?", "hits": [{"headline": None}]}, [{"headline": None}]),
        ({"total": {"value": 0}, "hits": []}, []),
        ({"total": {"value": 0}, "hits": None}, []),
        ([], []),
    ],
)
def test_an_answer_a_list_and_a_single_ad_are_read(document: Any, ads: list[Any]) -> None:
    assert read(document) == ads


def test_a_file_is_read_with_or_without_a_mark(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "ads.json").write_text(json.dumps(AD), encoding=encoding)
        assert hits_in(str(tmp_path / "ads.json")) == [AD]


def test_a_number_of_any_length_is_read() -> None:
    (hit,) = hits_in(
        "-", BytesIO(b'{"id": ' + b"9" * 5_000 + b', "headline": "x", "number_of_vacancies": 1e999}')
    )
    assert hit["id"] == "9" * 5_000


@pytest.mark.parametrize("content", [b"", b" \n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_told(content: bytes) -> None:
    assert refused(content).code == "file-empty"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{"headline": "å"}'.encode("utf-16"), 1),
        ('{"headline": "a"}'.encode("utf-16-le"), 1),
        ('{\n"headline": "å"}'.encode("latin-1"), 2),
        (b"PK\x03\x04\x14\x00\x06\x00", 1),
        (b"\x89PNG\r\n\x1a\n", 1),
    ],
)
def test_what_is_no_text_is_told_with_its_line(content: bytes, line: int) -> None:
    error = refused(content)
    assert (error.code, error.details["line"]) == ("ads-not-text", line)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("<!DOCTYPE html>\n<html></html>", 1, 1),
        ("id;headline\n1;Socialsekreterare\n", 1, 1),
        ('{"hits": [\n  {"id": 1,}\n]}', 2, 12),
        ('{"headline": "a"}\n{"headline": "b"}', 2, 1),
        ('{"headline": "cut', 1, 14),
        ('{"headline": "NaN",\n "number_of_vacancies": NaN}', 2, 25),
        ("[-Infinity]", 1, 2),
    ],
)
def test_what_is_no_json_is_told_with_its_place(text: str, line: int, column: int) -> None:
    error = refused(text.encode())
    assert error.code == "ads-not-json"
    assert (error.details["line"], error.details["column"]) == (line, column)


@pytest.mark.parametrize(
    "document",
    [
        {},
        7,
        "Socialsekreterare",
        None,
        {"error": "Missing API key"},
        {"hits": {}},
        {"hits": {"hits": [AD]}},
        {"hits": "none"},
        {"id": 7},
        {"employer": {"name": "Fjällköping"}},
    ],
)
def test_json_of_another_kind_is_told(document: Any) -> None:
    assert refused(json.dumps(document).encode()).code == "ads-other-document"


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([1, 2], "[0]"),
        ({"hits": [AD, None]}, "hits[1]"),
        ({"hits": [{"_source": AD}]}, "hits[0]"),
        ([[AD]], "[0]"),
    ],
)
def test_an_entry_that_is_no_ad_is_told_with_its_place(document: Any, place: str) -> None:
    error = refused(json.dumps(document).encode())
    assert (error.code, error.details) == ("ad-unrecognised", {"path": "stdin", "place": place})


@pytest.mark.parametrize("opening", [b"[", b'{"hits":'])
def test_a_document_nested_without_end_is_told(opening: bytes) -> None:
    assert refused(opening * 1_000_000).code == "ads-nested-too-deep"


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere.json", "file-not-found"), (".", "file-is-a-folder"), ("x\0y", "file-unreadable")],
)
def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(InvalidInput) as error:
        hits_in(str(tmp_path / name))
    assert error.value.code == code


def test_a_file_larger_than_any_answer_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "dump.json").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InvalidInput) as error:
        hits_in(str(tmp_path / "dump.json"))
    assert (error.value.code, error.value.details["most"]) == ("file-too-large", MOST_BYTES)
