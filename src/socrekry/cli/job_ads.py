"""A job ad out of a file, for ``add-activity ad``: which one, what of it is kept, and what to doubt.

Rule: what the command was told goes before what the ad says, and no ad is refused for what it lacks; a reader
is told of what looks wrong. Whoever adds an ad has seen it, and may know better than the file.
"""

import sys
from typing import TYPE_CHECKING

from socrekry.cli.exits import mention
from socrekry.domain.errors import InvalidInput
from socrekry.locale import _

if TYPE_CHECKING:
    from socrekry.exchange.job_ads import JobAd


def ad_meant(kind: str, file: str | None, pick: str | None) -> "JobAd | None":
    """Return the job ad that is meant in a file, None where no file was given."""
    if file is None:
        if pick is not None:
            raise InvalidInput("pick-without-file", pick=pick)
        return None
    if kind != "ad":
        raise InvalidInput("ad-file-misplaced", kind=kind)
    from socrekry.exchange.job_ads import picked, read_job_ads

    return picked(read_job_ads(file, sys.stdin.buffer if file == "-" else None), pick)


def kept_json(ad: "JobAd") -> str:
    """Return what is kept of an ad, as canonical JSON."""
    from json import dumps

    from socrekry.exchange.job_ads import kept_document

    return dumps(kept_document(ad), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def mention_doubts(ad: "JobAd") -> None:
    """Say what a reader would want to know of an ad that was taken as it is."""
    if ad.for_social_workers is False:
        mention(_("The ad is not for social workers, by its occupation."))
    if ad.removed:
        mention(_("The ad has been taken away from Platsbanken."))
    if ad.unread:
        mention(
            _("Could not be read in the ad, and is left out: {fields}.").format(fields=", ".join(ad.unread))
        )
