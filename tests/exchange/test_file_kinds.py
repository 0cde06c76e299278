"""What a file is shows in its first bytes, whatever it is called."""

import pytest

from socrekry.exchange.file_kinds import is_no_text, kind_of

TEXTS = ("Namn;Lärosäte\nÅsa;Södertörn\n", "a\tb\n1\t2\n")


@pytest.mark.parametrize(
    ("begun", "kind"),
    [
        (b"PK\x03\x04", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"),
        (b"%PDF-1.7", "PDF"),
        (b"  \n<!DOCTYPE html>", "HTML"),
        (b"\xef\xbb\xbf<table border=1>", "HTML"),
        (b"<?xml version='1.0'?><html>", "HTML"),
        (b"<?xml version='1.0'?><Workbook>", "XML"),
        (b"namn;e-post", ""),
        (b"", ""),
    ],
)
def test_a_kind_is_known_by_its_beginning(begun: bytes, kind: str) -> None:
    assert kind_of(begun) == kind


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "cp850"]
)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_taken_for_one_in_any_encoding(text: str, encoding: str) -> None:
    assert not is_no_text(text.encode(encoding))


@pytest.mark.parametrize(
    "begun", [bytes(range(256)), b"\x00\x01\x02\x03" * 100, b"\x7fELF\x02\x01\x01\x03\x04" + b"\0" * 60]
)
def test_what_no_text_would_hold_is_taken_for_none(begun: bytes) -> None:
    assert is_no_text(begun)
