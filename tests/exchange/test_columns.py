"""A column is understood by its name in English or Swedish, or the user is told and asked."""

from typing import Any

import pytest

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.columns import FACT_NAMES, FIELDS, known_columns
from tests.exchange.files import STAGES, columns


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


def test_a_misspelt_column_is_told_with_what_was_probably_meant() -> None:
    details = refused("name,Telefn")
    assert details["defects"] == [{"line": 1, "code": "column-misspelt", "name": "Telefn", "field": "phone"}]
    assert "phone" in details["known"]


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
