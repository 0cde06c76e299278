"""What is in a store: its version, how much it holds, how quickly it answers, when it last changed."""

import time
from datetime import UTC, datetime

from socrekry.domain.errors import SocrekryError, StoreDamaged, StoreUnavailable
from socrekry.services.doctor.findings import BAD, GOOD, LOOK, Finding, finding_of, judged
from socrekry.store.connect import SCHEMA_VERSION, Store, schema_version

_SLOW = 250.0  # ms for one row by its key
_BEHIND = 2.0  # s


def of_contents(store: Store, now: datetime, size: int) -> tuple[list[Finding], SocrekryError | None]:
    """Return what is found in a store of that many bytes, and the error that other commands end with."""
    try:
        _require_version(store, schema_version(store))
    except SocrekryError as error:
        return [finding_of(error)], error
    found = [Finding("schema", GOOD, {"version": SCHEMA_VERSION})]
    try:
        began = time.perf_counter()
        last = store.value("doctor.latest")
        took = round((time.perf_counter() - began) * 1000, 1)
        candidacies, events = store.row("doctor.counts") or (0, 0)
    except StoreUnavailable as error:
        if error.code != "not-permitted":
            return [*found, finding_of(error)], error
        return [*found, Finding("contents-hidden", LOOK, error.details)], None
    except StoreDamaged as error:
        return [*found, finding_of(error)], error
    details = {"candidacies": candidacies, "events": events, "size_bytes": size}
    found.append(Finding("contents", GOOD, details))
    found.append(Finding("reading", judged(took, _SLOW, float("inf")), {"took_ms": took}))
    return [*found, *clock(last, now)], None


def clock(last: str | None, now: datetime) -> list[Finding]:
    """Judge this machine's clock by when something was last recorded: time does not run backwards."""
    if last is None:
        return []
    recorded = datetime.strptime(last, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    behind = (recorded - now).total_seconds()
    details = {"now": now.strftime("%Y-%m-%d %H:%M"), "last": recorded.strftime("%Y-%m-%d %H:%M")}
    if behind < _BEHIND:
        return [Finding("clock", GOOD, details)]
    return [Finding("clock-behind", BAD, details | {"behind_seconds": round(behind)})]


def _require_version(store: Store, found: str) -> None:
    if found > SCHEMA_VERSION:
        raise StoreDamaged("store-newer", store=store.location, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise StoreUnavailable(
            "store-needs-migration", store=store.location, found=found, known=SCHEMA_VERSION
        )
