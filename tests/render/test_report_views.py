"""The other two views of a report in each form, as they were agreed."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from socrekry import locale
from socrekry.domain.term import parse_range
from socrekry.render.output import document
from socrekry.render.report_views import viewed_page
from socrekry.render.text import width
from socrekry.reports.asking import KnownAt, Question
from socrekry.reports.views import View, Viewed, viewed
from tests.reports.programme import TODAY, Programme, a_programme, tell_of_the_contract

GOLDEN = Path(__file__).parent.parent / "golden"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KNOWN = KnownAt("2026-11-20 13:00", "2026-11-20T12:00:00.000000Z", TODAY)


@pytest.fixture(scope="module")
def programme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    with a_programme(tmp_path_factory.mktemp("views") / "store.db") as programme:
        tell_of_the_contract(programme)
        day = programme.cohort("HT2026", 3, unit="Barn och unga", name="dag")
        programme.candidate(day, "2026-03-01 applied 2026-03-11 pause:2026-12-01 2026-11-01", 2)
        programme.candidate(day, "2026-03-01 applied 2026-03-11 selected 2026-11-10")
        yield programme


def told(programme: Programme, view: View, **more: Any) -> Viewed:
    return viewed(programme.store, Question(**{"as_of": TODAY} | more), TODAY, view)


def shown(report: Viewed, form: str = "table", lang: str = "en") -> str:
    locale.use(lang)
    return document(viewed_page(report, form, (), NOW, 80), form)


@pytest.mark.parametrize(
    ("view", "terms", "form", "golden"),
    [
        ("activity", "HT2025..VT2026", "table", "view-activity.txt"),
        ("snapshot", None, "table", "view-snapshot.txt"),
        ("snapshot", None, "csv", "view-snapshot.csv"),
    ],
)
def test_a_view_looks_as_it_was_agreed(
    programme: Programme, view: View, terms: str | None, form: str, golden: str
) -> None:
    report = told(programme, view, terms=parse_range(terms) if terms else None)
    text = shown(report, form)
    assert text == (GOLDEN / golden).read_text(encoding="utf-8")
    assert form != "table" or all(width(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("view", ["cohort", "activity", "snapshot"])
def test_every_view_says_which_it_is_and_as_known_when(programme: Programme, view: View) -> None:
    report = told(programme, view, terms=parse_range("HT2026"), known_at=KNOWN)
    found = json.loads(shown(report, "json"))
    assert (found["view"], found["known_at"]) == (view, KNOWN.recorded_at)
    assert "As of 2026-11-20, as known 2026-11-20 13:00 · Internal" in shown(report)


def test_what_happened_is_told_by_stage_as_json(programme: Programme) -> None:
    found = json.loads(shown(told(programme, "activity", terms=parse_range("HT2025")), "json"))
    (pipeline,) = found["pipelines"]
    assert (found["since"], found["until"], pipeline["ended"]) == ("2025-06-09", "2026-01-18", 1)
    (placement,) = [each for each in pipeline["flow"] if each["stage"] == "placement"]
    assert (placement["came"], placement["ended"], placement["at_end"]) == (10, 1, 9)
    assert pipeline["exits"] == [{"stage": "placement", "outcome": "discontinued", "count": 1}]


def test_where_nothing_happened_it_says_so(programme: Programme) -> None:
    report = told(programme, "activity", terms=parse_range("HT2010"))
    assert "Nothing happened in these days." in shown(report)
    assert "Nobody was on the way." in shown(told(programme, "snapshot", as_of=date(2020, 1, 1)))
