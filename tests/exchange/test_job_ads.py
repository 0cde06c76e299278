"""Of a job ad we keep what tells where applicants came from, whatever else it holds, and nobody's name."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.exchange.job_ad_reading import MOST_CONCEPTS, Concept
from socrekry.exchange.job_ads import (
    MOST_LISTED,
    SOCIAL_WORKER,
    SOCIAL_WORKERS,
    JobAd,
    from_kept,
    job_ad_of,
    kept_document,
    picked,
    read_job_ads,
)
from socrekry.store.log import canonical

ANSWER = Path(__file__).parent / "job-ads" / "answer.json"
FULL: dict[str, Any] = json.loads(ANSWER.read_text(encoding="utf-8"))["hits"][0]
KEPT_FIELDS = [
    *("id", "headline", "webpage_url", "application_deadline", "number_of_vacancies", "publication_date"),
    *("last_publication_date", "employer.name", "employer.workplace", "employer.organization_number"),
    *("workplace_address.municipality", "workplace_address.municipality_code", "workplace_address.region"),
    *("occupation", "occupation_group", "employment_type", "duration", "working_hours_type"),
    *("scope_of_work.min", "scope_of_work.max", "application_details.reference", "removed"),
]
PLACES = dict(zip(JobAd._fields[:-1], KEPT_FIELDS, strict=True))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


def with_value(field: str, value: Any) -> JobAd:
    """Return the full ad with another value in one field (``employer.name`` is one in an object)."""
    hit = deepcopy(FULL)
    outer, _dot, inner = field.partition(".")
    if inner:
        hit[outer][inner] = value
    else:
        hit[outer] = value
    return job_ad_of(hit)


def ads(*ids: str | None) -> list[JobAd]:
    """Return ads with those ids."""
    return [job_ad_of({"id": each, "headline": f"Ad {number}"}) for number, each in enumerate(ids)]


def test_everything_that_is_kept_of_an_ad_is_read() -> None:
    assert read_job_ads(str(ANSWER))[0] == JobAd(
        "99000001",
        "Socialsekreterare till barn och unga i Fjällköping",
        "https://arbetsformedlingen.se/platsbanken/annonser/99000001",
        date(2025, 9, 25),
        2,
        date(2025, 8, 28),
        date(2025, 9, 25),
        *("Fjällköpings kommun", "Individ- och familjeomsorgen", "2120009901"),
        *("Fjällköping", "0099", "Jämtlands län"),
        (Concept(SOCIAL_WORKER, "Socialsekreterare"),),
        (Concept(SOCIAL_WORKERS, "Socialsekreterare"),),
        *("Tillsvidareanställning", "Tills vidare", "Heltid"),
        75,
        100,
        "SOC 2025/117",
        removed=False,
    )


def test_an_ad_of_nulls_is_an_ad() -> None:
    ad = read_job_ads(str(ANSWER))[1]
    assert (ad.id, ad.headline, ad.removed, ad.unread) == ("99000002", "Kurator", False, ())
    assert ad.occupations == (Concept("zzzz_yyy_xxx", "Kurator"),)
    assert set(ad[2:13]) | set(ad[15:21]) == {None}


def test_of_several_occupations_each_is_kept() -> None:
    ad = read_job_ads(str(ANSWER))[2]
    assert [each.label for each in ad.occupations] == ["Kurator", "Socialsekreterare"]
    assert (ad.removed, ad.for_social_workers) == (True, True)


def test_nobodys_name_number_address_or_words_come_through() -> None:
    ads_read = read_job_ads(str(ANSWER))
    told = "".join(repr(ad) + canonical(kept_document(ad)) for ad in ads_read).casefold()
    private = ["påhittad", "uppdiktad", "pahittad", "070-174", "@", "källvägen", "personligt brev", "850709"]
    assert [word for word in private if word in ANSWER.read_text(encoding="utf-8").casefold()] == private
    assert [word for word in private if word in told] == []


@given(st.sampled_from(sorted(FULL)), ANY_JSON)
def test_a_field_that_holds_anything_changes_no_other(field: str, value: Any) -> None:
    before, after = job_ad_of(FULL), with_value(field, value)
    own = {kept.partition(".")[0] for kept in after.unread}
    assert own <= {field}
    changed = [name for name in JobAd._fields[:-1] if getattr(before, name) != getattr(after, name)]
    assert {PLACES[name].partition(".")[0] for name in changed} <= {field}


@given(st.sampled_from(KEPT_FIELDS), ANY_JSON)
def test_a_value_within_an_object_costs_no_other(field: str, value: Any) -> None:
    before, after = job_ad_of(FULL), with_value(field, value)
    changed = [name for name in JobAd._fields[:-1] if getattr(before, name) != getattr(after, name)]
    assert len(changed) <= 1
    assert all(each.startswith(field) for each in after.unread)


@pytest.mark.parametrize(
    ("field", "value", "unread"),
    [
        ("headline", ["two", "lines"], "headline"),
        ("application_deadline", "soon", "application_deadline"),
        ("number_of_vacancies", "several", "number_of_vacancies"),
        ("employer", "Fjällköpings kommun", "employer"),
        ("employer.name", {"sv": "Fjällköping"}, "employer.name"),
        ("webpage_url", "ftp://example.com", "webpage_url"),
        ("occupation", 5578, "occupation"),
        ("occupation_group", {"concept_id": True}, "occupation_group.concept_id"),
        ("duration", {"label": []}, None),
        ("duration", {"label": [1]}, "duration.label"),
        ("removed", "perhaps", "removed"),
        ("scope_of_work", {"min": 37.5, "max": 100}, "scope_of_work.min"),
        ("description", 7, None),
        ("application_contacts", "nobody", None),
    ],
)
def test_a_strange_value_is_named_if_it_would_be_kept(field: str, value: Any, unread: str | None) -> None:
    assert with_value(field, value).unread == (() if unread is None else (unread,))


@pytest.mark.parametrize(
    ("given_ids", "kept"),
    [
        ({"id": 99000001}, "99000001"),
        ({"id": None, "external_id": " 46-1 "}, "46-1"),
        ({"id": " ", "external_id": "46-1"}, "46-1"),
        ({"id": ["7"], "external_id": "46-1"}, "46-1"),
        ({"id": "7", "external_id": ["46-1"]}, "7"),
        ({}, None),
    ],
)
def test_an_ad_is_known_by_its_id_or_that_of_another_system(
    given_ids: dict[str, Any], kept: str | None
) -> None:
    assert job_ad_of({"headline": "x", **given_ids}).id == kept


@pytest.mark.parametrize(
    ("occupation", "group", "for_them"),
    [
        ({"concept_id": SOCIAL_WORKER}, None, True),
        (SOCIAL_WORKER, None, True),
        ({"concept_id": "zzzz_yyy_xxx"}, [{"concept_id": SOCIAL_WORKERS}], True),
        ({"concept_id": "zzzz_yyy_xxx"}, None, False),
        ({"concept_id": SOCIAL_WORKERS.lower()}, None, False),
        ({"label": "Socialsekreterare"}, None, None),
        ("Socialsekreterare", {}, None),
        (None, None, None),
    ],
)
def test_an_ad_for_social_workers_is_told_by_ids_alone(
    occupation: Any, group: Any, for_them: bool | None
) -> None:
    ad = job_ad_of({"headline": "x", "occupation": occupation, "occupation_group": group})
    assert ad.for_social_workers is for_them


def test_more_occupations_than_an_ad_can_have_are_left_out_and_named() -> None:
    ad = with_value("occupation", [{"label": str(number)} for number in range(MOST_CONCEPTS + 1)])
    assert (len(ad.occupations), ad.unread) == (MOST_CONCEPTS, ("occupation",))


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FULL, ANY_JSON)), st.booleans())
def test_what_is_kept_reads_back_as_it_was(hit: dict[str, Any], full: bool) -> None:
    ad = job_ad_of(FULL | hit if full else hit)
    kept = canonical(kept_document(ad))
    kept.encode()
    assert from_kept(json.loads(kept)) == ad._replace(unread=())
    assert set(json.loads(kept)) == {*JobAd._fields, "for_social_workers"} - {"unread"}
    assert json.loads(kept)["for_social_workers"] is ad.for_social_workers


def test_what_is_kept_of_the_longest_ad_has_room_in_the_store() -> None:
    long: Any = '"\\' * 5_000
    hit = deepcopy(FULL) | dict.fromkeys(
        ("headline", "employment_type", "duration", "working_hours_type"), long
    )
    for outer in ("employer", "workplace_address", "application_details"):
        hit[outer] = dict.fromkeys(hit[outer], long)
    concepts = [{"concept_id": '"' * 39 + str(number), "label": long + str(number)} for number in range(10)]
    kept = canonical(kept_document(job_ad_of(hit | {"occupation": concepts, "occupation_group": concepts})))
    assert 5_000 < len(kept) <= 20_000


def test_an_ad_that_comes_twice_is_one(tmp_path: Path) -> None:
    (tmp_path / "ads.json").write_text(json.dumps([FULL, FULL]), encoding="utf-8")
    assert picked(read_job_ads(str(tmp_path / "ads.json")), None).id == "99000001"


def test_the_only_ad_needs_no_picking() -> None:
    (only,) = ads("7")
    assert picked([only], None) == picked([only], " 7 ") == only


def test_one_of_several_is_picked_by_its_id() -> None:
    assert picked(ads("7", "8", None), "8").headline == "Ad 1"


def test_of_several_ads_none_is_guessed() -> None:
    with pytest.raises(InvalidInput) as error:
        picked(read_job_ads(str(ANSWER)), None)
    assert error.value.code == "ad-unclear"
    assert [each["id"] for each in error.value.details["ads"]] == ["99000001", "99000003", "99000002"]
    assert error.value.details["ads"][0] == {
        "id": "99000001",
        "headline": "Socialsekreterare till barn och unga i Fjällköping",
        "employer": "Fjällköpings kommun",
        "published": "2025-08-28",
        "for_social_workers": True,
    }


def test_a_long_list_of_ads_to_choose_from_is_cut_and_says_so() -> None:
    with pytest.raises(InvalidInput) as error:
        picked(ads(*map(str, range(60))), None)
    details = error.value.details
    assert (details["total"], details["shown"], len(details["ads"])) == (60, MOST_LISTED, MOST_LISTED)


def test_an_id_that_no_ad_has_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotFound) as error:
        picked(ads("7", None, "8"), "9")
    assert (error.value.code, error.value.details["ads"]) == ("ad-not-found", ["7", "8"])


def test_an_id_that_two_different_ads_have_is_told() -> None:
    with pytest.raises(InvalidInput) as error:
        picked(ads("7", "7", "8"), "7")
    assert error.value.code == "ad-id-repeated"
    assert [each["headline"] for each in error.value.details["ads"]] == ["Ad 0", "Ad 1"]


def test_a_file_without_ads_is_told() -> None:
    with pytest.raises(InvalidInput) as error:
        picked([], "7")
    assert error.value.code == "ads-empty"
