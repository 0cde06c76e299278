"""Time that ran backwards is found by what was recorded last, and an empty store has no last."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from socrekry.services.doctor.contents import clock, of_contents
from socrekry.store.connect import store_at
from socrekry.store.migrate import create

LAST = "2026-11-20T12:00:00.000000Z"
THEN = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "found"),
    [
        (3600, ("clock", "good", None)),
        (0, ("clock", "good", None)),
        (-1, ("clock", "good", None)),
        (-3600, ("clock-behind", "bad", 3600)),
    ],
)
def test_a_clock_behind_what_was_recorded_is_wrong(later: int, found: tuple[str, str, int | None]) -> None:
    (judged,) = clock(LAST, THEN + timedelta(seconds=later))
    assert (judged.code, judged.verdict, judged.details.get("behind_seconds")) == found


def test_where_nothing_was_recorded_no_clock_is_judged(tmp_path: Path) -> None:
    create(str(tmp_path / "store.db"))
    with store_at(str(tmp_path / "store.db"), writing=False) as store:
        found, error = of_contents(store, THEN, 7)
    assert ([each.code for each in found], error) == (["schema", "contents", "reading"], None)
