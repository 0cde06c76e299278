"""A text is read in the encoding that it is in, or refused by its line; what was guessed is told."""

import re
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.encodings import Text, known_encoding

SWEDISH = "Namn;Lärosäte\r\nÅsa Öberg;Södertörn\r\nZoë Š;Örebro\r\n"
WORDS = st.text(st.sampled_from("abcxyzåäöÅÄÖéüž –;"), max_size=20).filter(
    # These pairs are one letter of UTF-8. If nothing else in a table is beyond ASCII, nobody can tell.
    lambda word: not re.search("[ÅÄÖ][ž–]", word)
)


def text_of(content: bytes, encoding: str | None = None) -> str:
    return "".join(Text(BytesIO(content), "some.csv", encoding))


def guess_of(content: bytes, encoding: str | None = None) -> str | None:
    text = Text(BytesIO(content), "some.csv", encoding)
    list(text)
    return text.guess


def refused(content: bytes, encoding: str | None = None) -> tuple[str, int | None]:
    """Return the code and the line of the error that a text ends in."""
    with pytest.raises(InvalidInput) as error:
        text_of(content, encoding)
    return error.value.code, error.value.details.get("line")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_it_is_found_without_being_said(encoding: str) -> None:
    assert text_of(SWEDISH.encode(encoding)) == SWEDISH


@given(st.lists(WORDS, max_size=8), st.integers(0, 3))
def test_windows_and_utf_8_are_told_apart_whatever_is_written(words: list[str], many: int) -> None:
    text = "\n".join(["Namn;E-post", *words] * 10**many)
    assert text_of(text.encode("utf-8")) == text
    assert text_of(text.encode("cp1252")) == text


@pytest.mark.parametrize(
    ("encoding", "guess"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", None),
        ("cp1252", "cp1252"),
        ("utf-16-le", "utf-16-le"),
    ],
)
def test_only_a_guess_is_told(encoding: str, guess: str | None) -> None:
    assert guess_of(SWEDISH.encode(encoding)) == guess


def test_plain_letters_need_no_guess() -> None:
    assert guess_of(b"name\nEva\n") is None


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "latin-1", "utf-16-be"])
def test_what_is_said_is_taken(encoding: str) -> None:
    swedish = SWEDISH.replace("Š", "S")
    assert text_of(swedish.encode(encoding), encoding) == swedish
    assert guess_of(swedish.encode(encoding), encoding) is None


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman"])
def test_one_that_is_neither_is_not_taken_for_windows(encoding: str) -> None:
    assert refused("name\nÅsa\nGöran Säll\nPär Åkesson\n".encode(encoding))[0] == "encoding-unclear"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("Namn\nÅsa\nEva\n".encode() + b"G\xf6ran\n", 4),
        (b"Namn\nG\xf6ran\n" + "Åsa\n".encode(), 2),
        (b"Namn\nE\0va\n", 2),
        (SWEDISH.encode("utf-16")[:-1], 3),
    ],
)
def test_a_text_in_two_encodings_or_in_none_is_told_by_its_line(content: bytes, line: int) -> None:
    assert refused(content) == ("line-not-text", line)


def test_a_byte_far_into_a_file_is_told_by_its_line_as_well() -> None:
    assert refused("Åsa\n".encode() * 200_000 + b"G\xf6ran\n") == ("line-not-text", 200_001)
    assert refused(b"Eva\n" * 200_000 + b"G\xf6ran \x81\n") == ("encoding-unclear", 200_001)


def test_one_that_cannot_be_read_as_was_said_is_told_by_its_line() -> None:
    assert refused("Eva\nÅsa\n".encode(), "ascii") == ("file-not-in-encoding", 2)


@pytest.mark.parametrize("name", ["klingon", "hex", "", "x\0y"])
def test_an_encoding_that_there_is_none_of_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput) as error:
        known_encoding(name)
    assert error.value.code == "encoding-unknown"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_end_as_each_system_ends_them(end: str, encoding: str) -> None:
    lines = list(Text(BytesIO(end.join(["Namn", "Åsa", "Bo"]).encode(encoding)), "some.csv"))
    assert [line.strip() for line in lines] == ["Namn", "Åsa", "Bo"]


def test_a_line_that_never_ends_is_refused_before_it_fills_the_memory() -> None:
    class Endless(BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            return b"x" * (size or 1)

    with pytest.raises(InvalidInput) as error:
        list(Text(Endless(), "some.csv"))
    assert error.value.code == "line-too-long"
