"""The report in every form, compared with what was agreed: the contract's cohort and Huddinge's 17 terms."""

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.domain.errors import InvalidInput
from socrekry.domain.term import parse_range
from socrekry.render.output import document
from socrekry.render.report import report_page
from socrekry.render.report_grids import days
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.reports.asking import Question
from socrekry.reports.figures import TermReport
from socrekry.reports.sections import BESIDE, NOT_PUBLIC, OF_COHORTS, Beside, sections_wanted
from socrekry.reports.term_report import term_report
from tests.builders import a_pipeline
from tests.reports.programme import (
    TODAY,
    Programme,
    a_programme,
    tell_of_huddinge,
    tell_of_the_contract,
)
from tests.reports.surroundings import tell_what_stands_beside

GOLDEN = Path(__file__).parent.parent / "golden"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, TermReport]]:
    """Reports of a term, of the same for publication, of a range, of several cohorts, of nothing."""
    with a_programme(tmp_path_factory.mktemp("stories") / "store.db") as programme:
        tell_of_the_contract(programme)
        tell_what_stands_beside(programme)
        tell_of_huddinge(programme)
        day = programme.cohort("HT2024", 3, unit="Barn och unga", name="dag")
        programme.candidate(day, "2024-03-01 applied 2024-03-11 selected 2024-04-10", 3)
        programme.cohort("HT2024", 1, unit="Bistånd")
        programme.cohort("HT2024", 2, pipeline="direct")
        yield {
            "report": asked(programme, "HT2025"),
            "report-public": asked(programme, "HT2025", public=True),
            "report-range": asked(programme, "HT2010..HT2018"),
            "report-several": asked(programme, "HT2024"),
            "report-none": asked(programme, "VT2030..HT2030"),
        }


def asked(programme: Programme, terms: str, *, public: bool = False) -> TermReport:
    wanted = sections_wanted((), public=public)
    question = Question(TODAY, parse_range(terms), public=public, sections=wanted)
    return term_report(programme.store, question, TODAY)


def shown(report: TermReport, *sections: str, form: str = "table", columns: int = 80) -> str:
    return document(report_page(report, form, sections, NOW, columns), form)


@pytest.mark.parametrize(
    ("story", "form", "file"),
    [
        ("report", "table", "report.txt"),
        ("report-public", "table", "report-public.txt"),
        ("report-range", "table", "report-range.txt"),
        ("report-several", "table", "report-several.txt"),
        ("report", "json", "report.json"),
        ("report", "csv", "report.csv"),
    ],
)
def test_a_report_looks_as_it_was_agreed(
    stories: Mapping[str, TermReport], story: str, form: str, file: str
) -> None:
    assert shown(stories[story], form=form) == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("story", "file"), [("report", "report-140.txt"), ("report-range", "report-range-140.txt")]
)
def test_a_wide_screen_shows_more_beside(stories: Mapping[str, TermReport], story: str, file: str) -> None:
    page = report_page(stories[story], "table", (), NOW, 140)
    assert on_terminal(page, 140, painted=False) == (GOLDEN / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(
    "story", ["report", "report-public", "report-range", "report-several", "report-none"]
)
def test_no_line_is_wider_than_a_screen(stories: Mapping[str, TermReport], story: str, language: str) -> None:
    locale.use(language)
    page = report_page(stories[story], "table", (), NOW, 80)
    assert max(width(line) for line in on_terminal(page, 80, painted=False).splitlines()) <= 80


def test_a_funnel_stands_whole_in_eighty_columns_in_swedish(stories: Mapping[str, TermReport]) -> None:
    locale.use("sv")
    lines = shown(stories["report"], "funnel").splitlines()
    assert [line.split()[0] for line in lines[4:11]] == [
        "Kontakt",
        "Ansökan",
        "Antagen",
        "VFU",
        "Trainee",
        "Erbjudande",
        "Avtal",
    ]
    assert max(map(width, lines)) <= 80


def test_a_pipeline_of_ones_own_is_shown_without_what_it_does_not_say(tmp_path: Path) -> None:
    own = a_pipeline("contact long-conversation-and-a-walk even-longer-conversation settled")
    with a_programme(tmp_path / "store.db") as programme:
        programme.install(own)
        for term in ("HT2024", "HT2025"):
            cohort = programme.cohort(term, pipeline=own.name)
            programme.candidate(cohort, "2024-03-01 long-conversation-and-a-walk 2024-03-11", 2)
        report = asked(programme, "HT2024..HT2025")
    lines = shown(report, "funnel", "terms", columns=50).splitlines()
    assert lines[1:4] == ["20 seats", "", "Stage                         Reached  Here now  Of previous"]
    assert lines[9] == "Cohort  Seats  Contact  Long-c.  Even-l.  Settled"


@pytest.mark.parametrize(
    ("number", "shown_as"), [(None, "–"), (0, "0"), (40, "40"), (40.5, "41"), (1000, "1 000")]
)
def test_days_are_shown_in_whole_numbers(number: float | None, shown_as: str) -> None:
    assert days(number) == shown_as


def test_where_there_is_no_cohort_the_report_says_how_to_open_one(stories: Mapping[str, TermReport]) -> None:
    assert shown(stories["report-none"]) == (
        "There is no cohort in VT2030–HT2030.\nOpen one: socrekry add-cohort PIPELINE VT2030 --seats N\n"
    )


@pytest.mark.parametrize(
    ("section", "begins"),
    [
        ("funnel", "Stage      Reached  Here now"),
        ("exits", "Closed 33: lead 13 (no reply 9"),
        ("time", "Stage      Median days  80 % within  Went on"),
    ],
)
def test_a_part_can_be_shown_alone(stories: Mapping[str, TermReport], section: str, begins: str) -> None:
    lines = shown(stories["report"], section).splitlines()
    assert lines[3].startswith(begins)


@pytest.mark.parametrize("section", OF_COHORTS)
def test_json_has_the_parts_that_were_asked_for(stories: Mapping[str, TermReport], section: str) -> None:
    parts = {
        "funnel": {"funnel", "beside"},
        "exits": {"exits"},
        "time": {"time_in_stage", "lead_time"},
        "terms": {"terms"},
    }
    always = {"pipeline", "seats", "seats_taken", "from_waiting_list"}
    found = json.loads(shown(stories["report"], section, form="json"))
    assert set(found["pipelines"][0]) == always | parts[section]
    assert set(found["cohorts"][0]) == always | {"term", "unit", "name"} | parts[section] - {"terms"}


def test_json_totals_are_of_the_pipeline_with_most_cohorts(stories: Mapping[str, TermReport]) -> None:
    one, found = (
        json.loads(shown(stories[story], form="json")) for story in ("report-range", "report-several")
    )
    reached = {step["stage"]: step["reached"] for step in one["totals"]["funnel"]}
    assert (reached["placement"], reached["trainee"], reached["started"]) == (170, 97, 69)
    assert found["totals"] == found["pipelines"][0]
    assert [each["pipeline"] for each in found["pipelines"]] == ["trainee", "direct"]


def test_what_is_withheld_is_null_and_said_to_be(stories: Mapping[str, TermReport]) -> None:
    found = json.loads(shown(stories["report-public"], form="json"))
    steps = {each["stage"]: each for each in found["cohorts"][0]["funnel"]}
    assert steps["placement"]["reached"] is None
    assert steps["placement"]["suppressed"] is True
    assert "suppressed" not in steps["lead"]
    assert found["cohorts"][0]["exits"][-1]["suppressed"] is True


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("exits", {"stage": "lead", "outcome": "no-reply", "reason": "", "by": "", "count": "9"}),
        (
            "time",
            {"stage": "lead", "median_days": "28", "p80_days": "42", "completed": "28", "ended": "13"}
            | {"open": "0", "overdue": "0"},
        ),
        ("terms", {"seats": "10", "seats_taken": "8", "from_waiting_list": "2", "ended": "33"}),
    ],
)
def test_csv_is_one_table_of_the_part(
    stories: Mapping[str, TermReport], section: str, row: dict[str, str]
) -> None:
    (first, *_) = csv.DictReader(StringIO(shown(stories["report"], section, form="csv")))
    cohort = {"pipeline": "trainee", "term": "HT2025", "unit": "", "cohort": "Huddinge trainee: Socionom"}
    assert first == cohort | row | {"suppressed": "false"}


@pytest.mark.parametrize(
    ("section", "begins"),
    [
        ("channels", "Channel      Leads  Applied"),
        ("voices", "Wishes: supervision 9"),
        ("needs", "Need VT2027  6 positions  Contracts 2"),
        ("costs", "Period  Agency staff"),
        ("retention", "Still employed: 12 months 0 of 69 (69 unknown)"),
        ("forecast", "Forecast: everybody who is on the way, whatever their cohort"),
    ],
)
def test_a_part_beside_the_cohorts_can_be_shown_alone(
    stories: Mapping[str, TermReport], section: str, begins: str
) -> None:
    report = stories["report"]
    alone = report._replace(beside=Beside(**{section: getattr(report.beside, section)}))
    lines = shown(alone, section).splitlines()
    assert (lines[0][:42], lines[2][: len(begins)]) == ("Trainee programme for socionomer · cohort ", begins)


@pytest.mark.parametrize("section", BESIDE)
def test_each_part_beside_the_cohorts_is_a_table_for_a_spreadsheet(
    stories: Mapping[str, TermReport], section: str
) -> None:
    records = list(csv.DictReader(StringIO(shown(stories["report"], section, form="csv"))))
    assert records
    assert None not in records[0]


@pytest.mark.parametrize("section", NOT_PUBLIC)
def test_what_is_never_published_is_null_in_a_public_report(
    stories: Mapping[str, TermReport], section: str
) -> None:
    found = json.loads(shown(stories["report-public"], form="json"))
    assert (section in found, found[section]) == (True, None)


@pytest.mark.parametrize("section", NOT_PUBLIC)
def test_what_is_never_published_cannot_be_asked_for(section: str) -> None:
    with pytest.raises(InvalidInput) as error:
        sections_wanted([section], public=True)
    assert error.value.code == "section-not-public"


def test_a_public_report_withholds_voices_of_few(stories: Mapping[str, TermReport]) -> None:
    found = json.loads(shown(stories["report-public"], form="json"))["voices"]["voices"]
    assert {each["theme"]: each["count"] for each in found} == {
        "supervision": 9, "introduction": 7, "workload": 11, "threats": None
    }  # fmt: skip


def test_a_part_asked_for_twice_is_one(stories: Mapping[str, TermReport]) -> None:
    once, twice = (shown(stories["report"], *["exits"] * n, form="csv") for n in (1, 2))
    assert once == twice


def test_what_stands_beside_is_told_where_there_is_no_cohort(stories: Mapping[str, TermReport]) -> None:
    report = stories["report-none"]._replace(beside=stories["report"].beside)
    lines = shown(report, "voices").splitlines()
    assert lines[0].endswith("As of 2026-11-20 · Internal")
    assert lines[1] == "There is no cohort in VT2030–HT2030."
    assert lines[4].startswith("Wishes: supervision 9")
    assert "Reached" not in shown(report)
    assert "Still employed" not in shown(report)
    assert "Still employed: 12 months" in shown(report, "retention")


def test_parts_shown_whole_stand_apart(stories: Mapping[str, TermReport]) -> None:
    lines = shown(stories["report"], "forecast", "retention").splitlines()
    (number,) = [n for n, line in enumerate(lines) if line.startswith("Still employed: 12 months")]
    assert lines[number - 1] == ""


def test_a_forecast_of_one_pipeline_is_told_from_needs_of_all(stories: Mapping[str, TermReport]) -> None:
    report = stories["report"]
    assert report.beside.forecast
    direct = report._replace(
        beside=report.beside._replace(forecast=report.beside.forecast._replace(pipeline="direct"))
    )
    told = " ".join(shown(direct, "needs", "forecast").split())
    assert "Needs and contracts are of all pipelines, the forecast of direct alone." in told
    assert "of all pipelines" not in shown(report)


def test_a_csv_of_two_parts_is_refused(stories: Mapping[str, TermReport]) -> None:
    with pytest.raises(InvalidInput) as error:
        shown(stories["report"], "exits", "time", form="csv")
    assert error.value.code == "report-one-section"
