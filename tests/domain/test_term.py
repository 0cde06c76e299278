"""Terms: read in every form met in the wild, printed in one, ordered and dated as the academic year is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import (
    HT,
    VT,
    Term,
    TermDates,
    TermRange,
    dates_of,
    parse_range,
    term_of,
    terms_between,
)
from tests.strategies import terms

HT2025, VT2026 = Term(2025, HT), Term(2026, VT)


@pytest.mark.parametrize(
    "text",
    [
        "HT2025",
        "HT25",
        "H25",
        "2025 HT",
        "ht 2025",
        "20252",
        "hösttermin 2025",
        "hösten 2025",
        "HÖSTTERMINEN 2025",
        "ho\u0308sten 2025",
        "autumn 2025",
        "Autumn term 2025",
        "fall 2025",
        "HT-25",
        "HT 25",
        "2025/HT",
        " 2025-ht ",
        "ht\u00a02025",
    ],
)
def test_an_autumn_term_is_read_in_every_form(text: str) -> None:
    assert Term.parse(text) == HT2025


@pytest.mark.parametrize(
    "text", ["VT2026", "VT26", "V26", "2026 VT", "20261", "våren 2026", "va\u030artermin 2026", "spring 2026"]
)
def test_a_spring_term_is_read_in_every_form(text: str) -> None:
    assert Term.parse(text) == VT2026


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "HT",
        "2025",
        "25",
        "202",
        "20253",
        "20250",
        "202511",
        "2025 2",
        "XT2025",
        "HT225",
        "HT20255",
        "HT1899",
        "HT2100",
        "HT20 25",
        "HT25/26",
        "25HT26",
        "HT2025..HT2026",
        "HT\uff12\uff10\uff12\uff15",
        "HT2025\x1b",
        "sommaren 2025",
    ],
)
def test_what_is_no_term_is_refused_as_it_was_typed(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Term.parse(text)
    assert (refused.value.code, refused.value.details) == ("term-invalid", {"value": text})


@given(terms)
def test_a_printed_term_is_read_back(term: Term) -> None:
    assert Term.parse(str(term)) == term


@given(terms)
def test_a_two_digit_year_is_in_the_2000s(term: Term) -> None:
    assert Term.parse(str(term)[:2] + str(term)[4:]).year == 2000 + term.year % 100


@given(terms)
def test_a_code_is_read_back_from_a_store_and_from_text(term: Term) -> None:
    assert Term.from_code(term.code) == term
    assert Term.parse(str(term.code)) == term


def test_a_code_of_no_half_is_refused() -> None:
    with pytest.raises(InvalidInput, match="term-invalid"):
        Term.from_code(20253)


def test_terms_sort_as_time_does() -> None:
    mixed = [VT2026, HT2025, Term(2025, VT)]
    assert [str(term) for term in sorted(mixed)] == ["VT2025", "HT2025", "VT2026"]


@given(terms, terms)
def test_codes_and_dates_sort_as_terms_do(one: Term, other: Term) -> None:
    assert (one < other) == (one.code < other.code) == (one.starts < other.starts)


@given(terms)
def test_the_term_before_the_next_is_itself(term: Term) -> None:
    assert term.next.previous == term
    assert term.previous < term < term.next


@given(terms, st.integers(-50, 50))
def test_terms_later_are_counted_back_to_the_same_number(term: Term, number: int) -> None:
    assert term.plus(number).minus(term) == number


@pytest.mark.parametrize(
    ("term", "starts", "ends"),
    [
        (HT2025, date(2025, 9, 1), date(2026, 1, 18)),
        (VT2026, date(2026, 1, 19), date(2026, 6, 7)),
        (Term(2023, HT), date(2023, 8, 28), date(2024, 1, 14)),
        (Term(2018, HT), date(2018, 9, 3), date(2019, 1, 20)),
    ],
)
def test_a_term_has_its_published_dates(term: Term, starts: date, ends: date) -> None:
    assert (term.starts, term.ends) == (starts, ends)


@given(terms)
def test_spring_follows_autumn_directly_and_a_summer_follows_spring(term: Term) -> None:
    gap = term.next.starts - term.ends
    assert gap == timedelta(days=1) if term.half == HT else timedelta(weeks=11) < gap < timedelta(weeks=14)


@given(terms)
def test_a_term_is_twenty_weeks_from_a_monday_to_a_sunday(term: Term) -> None:
    assert (term.starts.weekday(), term.ends.weekday()) == (0, 6)
    assert term.ends - term.starts == timedelta(weeks=20, days=-1)


@given(terms)
def test_autumn_begins_on_the_monday_of_28_august_to_3_september(term: Term) -> None:
    autumn = Term(term.year, HT)
    assert date(autumn.year, 8, 28) <= autumn.starts <= date(autumn.year, 9, 3)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2026, 1, 1), HT2025),
        (date(2026, 1, 18), HT2025),
        (date(2026, 1, 19), VT2026),
        (date(2026, 6, 7), VT2026),
        (date(2026, 6, 8), Term(2026, HT)),
        (date(2026, 12, 31), Term(2026, HT)),
    ],
)
def test_a_day_is_in_the_term_that_runs_or_is_next_to_begin(day: date, term: Term) -> None:
    assert term_of(day) == term


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_day_is_after_every_earlier_term_and_not_after_its_own(day: date) -> None:
    term = term_of(day)
    assert term.previous.ends < day <= term.ends


def test_a_university_that_deviates_has_its_own_dates() -> None:
    kth = {HT2025: TermDates(date(2025, 8, 25), date(2026, 1, 12))}
    assert dates_of(HT2025, kth) == (date(2025, 8, 25), date(2026, 1, 12))
    assert dates_of(VT2026, kth) == (VT2026.starts, VT2026.ends)


def test_a_range_has_both_its_ends() -> None:
    span = parse_range("HT2010..HT2018")
    assert (len(span.terms), span.terms[0], span.terms[-1]) == (17, Term(2010, HT), Term(2018, HT))
    assert all(before.next == after for before, after in pairwise(span.terms))


def test_a_single_term_is_a_range_of_its_own() -> None:
    assert parse_range("ht 25") == TermRange(HT2025, HT2025)
    assert str(parse_range("ht 25")) == "HT2025"


@given(terms, terms)
def test_a_printed_range_is_read_back(one: Term, other: Term) -> None:
    span = TermRange(min(one, other), max(one, other))
    assert parse_range(str(span)) == span
    assert span.covers(one)
    assert not span.covers(span.last.next)


def test_a_range_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_range("HT2018 .. HT2010")
    assert refused.value.code == "term-range-reversed"
    assert refused.value.details == {"value": "HT2018 .. HT2010", "first": "HT2018", "last": "HT2010"}


@pytest.mark.parametrize(
    ("text", "named"),
    [("HT2010..", "HT2010.."), ("..HT2018", "..HT2018"), ("..", ".."), ("HT2010..X", "X"), ("", "")],
)
def test_a_range_names_the_part_that_is_no_term(text: str, named: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_range(text)
    assert (refused.value.code, refused.value.details["value"]) == ("term-invalid", named)


def test_there_are_no_terms_between_a_term_and_an_earlier_one() -> None:
    assert terms_between(VT2026, HT2025) == ()
