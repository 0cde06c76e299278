"""What a cost is of: a kind of staff, and a year or a term."""

import pytest

from socrekry.domain.costs import AGENCY, OWN_STAFF, Period, parse_kind
from socrekry.domain.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("agency", AGENCY),
        ("Inhyrd", AGENCY),
        ("inhyrd personal", AGENCY),
        ("own-staff", OWN_STAFF),
        ("EGEN", OWN_STAFF),
    ],
)
def test_a_kind_is_named_in_english_or_swedish(text: str, kind: str) -> None:
    assert parse_kind(text) == kind


@pytest.mark.parametrize("text", ["", "staff", "konsult"])
def test_another_kind_is_told_those_there_are(text: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        parse_kind(text)
    assert raised.value.details == {"value": text, "kinds": ["agency", "own-staff"]}


@pytest.mark.parametrize(("text", "shown"), [("2018", "2018"), ("vt 18", "VT2018"), ("20182", "HT2018")])
def test_a_period_is_a_year_or_a_term(text: str, shown: str) -> None:
    assert str(Period.parse(text)) == shown


@pytest.mark.parametrize("text", ["", "18", "1899", "2100", "2018-01", "spring"])
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(InvalidInput, match="period-invalid"):
        Period.parse(text)


def test_both_terms_belong_to_their_year() -> None:
    year, spring, autumn = map(Period.parse, ("2015", "VT2015", "HT2015"))
    assert year.terms == (spring.term, autumn.term)
    assert year.term is None
    assert sorted([autumn, spring, year]) == [year, spring, autumn]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("2015", "HT2015", True),
        ("2015", "2015", False),
        ("VT2015", "HT2015", False),
        ("2015", "VT2016", False),
    ],
)
def test_a_year_overlaps_its_terms_and_nothing_else(one: str, other: str, overlap: bool) -> None:
    assert Period.parse(one).overlaps(Period.parse(other)) is overlap
    assert Period.parse(other).overlaps(Period.parse(one)) is overlap
