"""Job ads from Platsbanken: what socrekry keeps of each, and which of several is meant.

Kept is what the ad was for, where, when, and how it can be found again. Never kept: the people to contact,
e-mail addresses, and all free text. A value that cannot be read is None and named in `JobAd.unread`; it stops
nothing, and no other value changes because of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.exchange.job_ad_files import Hit, hits_in
from socrekry.exchange.job_ad_reading import Concept, Reading
from socrekry.exchange.job_ad_values import (
    day_of,
    municipality_code_of,
    number_of,
    organization_number_of,
    truth_of,
    web_address_of,
)

SOCIAL_WORKER = "FwM7_WYB_qgc"
"""Socialsekreterare, an occupation of Arbetsförmedlingen's taxonomy."""
SOCIAL_WORKERS = "pok1_ipJ_yzD"
"""Socialsekreterare, the group of occupations (SSYK 2661)."""
MOST_LISTED = 50
"""So many ads at most are named in an error."""


class JobAd(NamedTuple):
    """What is kept of an ad. ``scope_min`` and ``scope_max`` are per cent of full time."""

    id: str | None
    headline: str | None
    webpage_url: str | None
    application_deadline: date | None
    number_of_vacancies: int | None
    publication_date: date | None
    last_publication_date: date | None
    employer: str | None
    workplace: str | None
    organization_number: str | None
    municipality: str | None
    municipality_code: str | None
    region: str | None
    occupations: tuple[Concept, ...]
    occupation_groups: tuple[Concept, ...]
    employment_type: str | None
    duration: str | None
    working_hours_type: str | None
    scope_min: int | None
    scope_max: int | None
    reference: str | None
    removed: bool
    unread: tuple[str, ...] = ()
    """Fields that say something which could not be read, as the document names them: ``employer.name``."""

    @property
    def for_social_workers(self) -> bool | None:
        """Whether it is an ad for municipal social workers; None where no occupation is told by its id."""
        told = [each.concept_id for each in (*self.occupations, *self.occupation_groups) if each.concept_id]
        return (SOCIAL_WORKER in told or SOCIAL_WORKERS in told) if told else None


_DAYS = ("application_deadline", "publication_date", "last_publication_date")
_CONCEPTS = ("occupations", "occupation_groups")


def read_job_ads(path: str, stdin: BinaryIO | None = None) -> tuple[JobAd, ...]:
    """Return the ads in a file as JobSearch answers, or in stdin for ``-``; an ad that comes twice is one.

    InvalidInput as `hits_in` raises it.
    """
    return tuple(dict.fromkeys(job_ad_of(hit) for hit in hits_in(path, stdin)))


def picked(ads: Sequence[JobAd], pick: str | None) -> JobAd:
    """Return the ad with that id, or the only one if none is asked for.

    InvalidInput ``ads-empty``, ``ad-unclear`` (with the ads to choose from, those for social workers first)
    or ``ad-id-repeated``; NotFound ``ad-not-found``.
    """
    if not ads:
        raise InvalidInput("ads-empty")
    found = ads if pick is None else [ad for ad in ads if ad.id == pick.strip()]
    if len(found) == 1:
        return found[0]
    listed = [_choice(ad) for ad in sorted(found or ads, key=lambda ad: ad.for_social_workers is not True)]
    shown = listed[:MOST_LISTED]
    if pick is None:
        raise InvalidInput("ad-unclear", total=len(listed), shown=len(shown), ads=shown)
    if found:
        raise InvalidInput("ad-id-repeated", pick=pick, ads=shown)
    ids = [each["id"] for each in listed if each["id"] is not None]
    known = ids[:MOST_LISTED]
    raise NotFound("ad-not-found", pick=pick, total=len(ids), shown=len(known), ads=known)


def job_ad_of(hit: Hit) -> JobAd:
    """Return what is kept of an ad as JobSearch gives it."""
    read = Reading(hit)
    return JobAd(
        id=read.identifier("id", 60) or read.identifier("external_id", 60),
        headline=read.text("headline", 200),
        webpage_url=read.value("webpage_url", partial(web_address_of, longest=500)),
        application_deadline=read.value("application_deadline", day_of),
        number_of_vacancies=read.value("number_of_vacancies", partial(number_of, most=100_000)),
        publication_date=read.value("publication_date", day_of),
        last_publication_date=read.value("last_publication_date", day_of),
        employer=read.text("employer.name", 200),
        workplace=read.text("employer.workplace", 200),
        organization_number=read.value("employer.organization_number", organization_number_of),
        municipality=read.text("workplace_address.municipality", 120),
        municipality_code=read.value("workplace_address.municipality_code", municipality_code_of),
        region=read.text("workplace_address.region", 120),
        occupations=read.concepts("occupation"),
        occupation_groups=read.concepts("occupation_group"),
        employment_type=read.label("employment_type"),
        duration=read.label("duration"),
        working_hours_type=read.label("working_hours_type"),
        scope_min=read.value("scope_of_work.min", partial(number_of, most=100)),
        scope_max=read.value("scope_of_work.max", partial(number_of, most=100)),
        reference=read.text("application_details.reference", 200),
        removed=read.value("removed", truth_of) or False,
        unread=tuple(read.unread),
    )


def kept_document(ad: JobAd) -> dict[str, Any]:
    """Return an ad as it is kept with its activity, in JSON; what could not be read is not kept."""
    kept = ad._asdict()
    del kept["unread"]
    for name in _DAYS:
        kept[name] = kept[name] and kept[name].isoformat()
    for name in _CONCEPTS:
        kept[name] = [each._asdict() for each in kept[name]]
    return {**kept, "for_social_workers": ad.for_social_workers}


def from_kept(document: Mapping[str, Any]) -> JobAd:
    """Return an ad as it was kept."""
    kept: dict[str, Any] = {name: document.get(name) for name in JobAd._fields if name != "unread"}
    for name in _DAYS:
        kept[name] = kept[name] and date.fromisoformat(kept[name])
    for name in _CONCEPTS:
        kept[name] = tuple(Concept(each["concept_id"], each["label"]) for each in kept[name] or ())
    return JobAd(**{**kept, "removed": bool(kept["removed"])})


def _choice(ad: JobAd) -> dict[str, Any]:
    """Return what tells an ad from others, in JSON."""
    published = ad.publication_date and ad.publication_date.isoformat()
    return {
        "id": ad.id,
        "headline": ad.headline,
        "employer": ad.employer,
        "published": published,
        "for_social_workers": ad.for_social_workers,
    }
