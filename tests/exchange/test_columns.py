"""A column is understood by its name in English or Swedish, or the user is told and asked."""

from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.columns import FACT_NAMES, FIELDS, columns_of, known_columns, letters_of
from tests.exchange.files import STAGES, a_table, columns


def about(*titles: str, **mapped: str) -> list[str]:
    """Return what those columns, beside the name, are about."""
    return [each.field for each in columns(",".join(["name", *titles]), mapped)[1:]]


def refused(header: str, mapped: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the details of the error that a first line ends in."""
    with pytest.raises(InvalidInput) as error:
        columns(header, mapped)
    return error.value.details | {"code": error.value.code}


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("E-post", "email"),
        ("epost:", "email"),
        ("TELEFON", "phone"),
        ("Lärosäte", "university"),
        ("La\u0308rosa\u0308te", "university"),
        ("larosate", "university"),
        ("Examenstermin", "graduates"),
        ("Rekryteringsväg", "pipeline"),
        ("Avslutad_den", "closed_on"),
        ("VFU-handledare", "supervisor"),
        ("applied_on", "stage:applied"),
        ("Ansökan_den", "stage:ansokan"),
        ("Kontakt den", "stage:kontakt"),
        ("VFU datum", "stage:vfu"),
        ("assessment_on", "fact:assessment_on"),
        ("university-confirmed_on", "fact:university-confirmed_on"),
        ("Bedömning_den", "fact:assessment_on"),
        ("degree", "fact:degree"),
        ("fact:degree", "fact:degree"),
        ("Examen den", "fact:degree_on"),
    ],
)
def test_a_column_is_understood(title: str, field: str) -> None:
    assert about(title) == [field]


def test_every_field_and_fact_is_known_by_its_own_name() -> None:
    known = known_columns(STAGES.values())
    assert len(columns(",".join(known))) == len(known) > len(FIELDS) + len(FACT_NAMES)


def test_a_column_may_be_mapped_to_a_field() -> None:
    assert about("Tel dagtid", **{"tel DAGTID": "telefon"}) == ["phone"]


def test_a_column_may_be_left_out() -> None:
    (_, left_out) = columns("name,Kön", {"Kön": ""})
    assert left_out.kind == "left-out"


def test_a_column_may_be_mapped_by_its_letter() -> None:
    assert about("Datum", "Datum", B="ansökan_den", C="") == ["stage:ansokan", ""]


def test_a_column_that_has_such_a_name_is_meant_before_the_letter() -> None:
    assert about("B", "Tel.", B="phone", C="") == ["phone", ""]


def test_a_saved_mapping_may_speak_of_columns_that_are_not_there() -> None:
    table = a_table("name,Tel.")
    found = columns_of(table, STAGES, {}, {"Tel.": "phone", "Fax": "", "Kön": ""})
    assert [each.field for each in found] == ["name", "phone"]


def test_what_is_typed_wins_over_what_was_saved() -> None:
    found = columns_of(a_table("name,Tel."), STAGES, {"Tel.": ""}, {"Tel.": "phone"})
    assert [each.field for each in found] == ["name", ""]


def test_two_columns_that_say_the_same_are_told_by_their_letters() -> None:
    (defect,) = refused("name,e-post,mejl")["defects"]
    assert (defect["code"], defect["name"], defect["letters"]) == ("column-repeated", "mejl", "B, C")


def test_a_million_columns_are_refused_in_a_line() -> None:
    details = refused("name," + "x," * 1_000_000 + "x")
    assert (details["code"], details["found"]) == ("columns-too-many", 1_000_002)


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(place: int, letters: str) -> None:
    assert letters_of(place) == letters


def test_a_misspelt_column_is_told_with_what_was_probably_meant() -> None:
    details = refused("name,Telefn")
    assert details["defects"] == [{"line": 1, "code": "column-misspelt", "name": "Telefn", "field": "phone"}]
    assert "phone" in details["known"]


def test_no_meaning_is_put_into_a_column_that_only_sounds_a_little_like_it() -> None:
    assert refused("name,Klar")["defects"][0]["code"] == "column-not-understood"


def test_every_fault_of_the_first_line_is_told_at_once() -> None:
    details = refused("namm!,qwxz,email,E-post")
    codes = [each["code"] for each in details["defects"]]
    assert codes == ["column-misspelt", "column-not-understood", "column-repeated", "column-missing"]


def test_a_file_of_protected_candidates_alone_needs_no_name() -> None:
    assert [each.field for each in columns("skyddad,ansökan_den")] == ["protected", "stage:ansokan"]


@pytest.mark.parametrize(
    ("mapped", "code"), [({"Fax": "phone"}, "column-unknown"), ({"Tel.": "fax"}, "field-unknown")]
)
def test_a_mapping_that_leads_nowhere_is_refused(mapped: dict[str, str], code: str) -> None:
    assert refused("name,Tel.", mapped)["code"] == code


def test_a_first_line_with_a_stray_quotation_mark_is_refused() -> None:
    assert refused('"name"x,email\n')["defects"][0]["code"] == "quote-misplaced"
