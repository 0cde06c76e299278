"""What kind of file it is, by its first bytes: names lie, and a picture called ``.xlsx`` is no table."""

import codecs

ZIPPED, OLD_WORKBOOK = "zip", "xls"
WORKBOOKS = frozenset((ZIPPED, OLD_WORKBOOK))

# The beginnings that files of these kinds have; the kinds are words that need no translation.
_BEGINNINGS = (
    (b"PK\x03\x04", ZIPPED),
    (b"PK\x05\x06", ZIPPED),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORKBOOK),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
)
_NO_SIGNS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_PAGES = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")
OTHERS = frozenset((*(kind for _begins, kind in _BEGINNINGS), "HTML", "XML")) - WORKBOOKS


def is_no_text(begun: bytes) -> bool:
    """Tell whether so many bytes of a beginning are no sign of any text that it is something else."""
    zeros = max(begun[::2].count(0), begun[1::2].count(0))
    wide = begun.startswith(_WIDE) or zeros * 4 >= len(begun) > 0
    strange = len(begun) - len(begun.translate(None, _NO_SIGNS)) - (begun.count(0) if wide else 0)
    return strange > max(3, len(begun) // 20)


def kind_of(begun: bytes) -> str:
    """Return the kind of a file that begins so; empty for what may be text."""
    for begins, kind in _BEGINNINGS:
        if begun.startswith(begins):
            return kind
    plain = begun.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if plain.startswith(_PAGES):
        return "HTML"
    if plain.startswith(b"<?xml"):
        return "HTML" if any(each in plain for each in _PAGES) else "XML"
    return ""
