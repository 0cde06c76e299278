"""Channels in every form: Härjedalen's ads and its visit, on screens of several widths."""

import csv
import json
from collections.abc import Iterator
from io import StringIO

import pytest

from socrekry import locale
from socrekry.render.channels import channels_page, document, kind_grid, notes
from socrekry.render.output import document as shown_as
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.reports.channel_figures import Channels
from tests.reports.meetings import Meetings, tell_of_haerjedalen
from tests.reports.programme import a_programme


@pytest.fixture(scope="module")
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Meetings]:
    with a_programme(tmp_path_factory.mktemp("channels") / "store.db") as programme:
        tell_of_haerjedalen(programme)
        yield Meetings(programme)


@pytest.fixture
def channels(meetings: Meetings) -> Channels:
    return meetings.channels()


def lines_of(channels: Channels, by: str = "kind", columns: int = 80, form: str = "table") -> list[str]:
    return shown_as(channels_page(channels, form, by, columns), form).splitlines()


def test_a_row_a_kind_stands_whole_in_eighty_columns(channels: Channels) -> None:
    assert lines_of(channels) == [
        "Channels · cohort HT2025                           As of 2026-11-20 · Internal",
        "",
        "Channel                  Leads  Applied  Qualified  Hired       Cost  SEK/hire",
        "Class visit                  3        2          2      1   8 400 kr  8 400 kr",
        "Ad                           7        7          0      0  26 500 kr         –",
        "Unsolicited application      1        1          0      0          –         –",
        "Unknown                      1        0          0      0          –         –",
        "All                         12       10          2      1  34 900 kr         –",
        "",
        "Channel = first contact, by the cohort’s term; cost as recorded so far.",
        "No cost is recorded for 1 activity.",
        "No activity is recorded for 1 of the leads.",
        "Where a part of the cost is unknown, what each cost is not said.",
    ]


def test_activities_stand_below_their_kind_by_day(channels: Channels) -> None:
    assert lines_of(channels, "activity")[2:9] == [
        "Activity                        Leads  Qualified  Hired       Cost  SEK/hire",
        "Class visit                         3          2      1   8 400 kr     8 400",
        "  2025-03-12 Avgångsklassen i       3          2      1   8 400 kr     8 400",
        "    Östersund",
        "Ad                                  7          0      0  26 500 kr         –",
        "  2025-02-03 Socialsekreterare      3          0      0  14 500 kr         –",
        "  2025-02-17 Socialsekreterare      3          0      0  12 000 kr         –",
    ]


def test_what_belongs_to_no_known_activity_has_a_row_of_its_own(meetings: Meetings) -> None:
    told = meetings.told(
        meetings.programme.candidate(meetings.programme.cohort("HT2023"), "2023-09-01"), "ad"
    )
    meetings.touch(meetings.activity("fair", "2023-10-01"), "2023-10-01", told)
    rows = [line.split("  ")[:2] for line in lines_of(meetings.channels("HT2023", shared=True), "activity")]
    assert ["", "2023-10-01 Fair"] in rows
    assert ["Ad", ""] in rows, "a kind of words alone needs no row below it"


@pytest.mark.parametrize(
    ("columns", "titles"),
    [
        (60, ["Leads", "Qualified", "Hired", "Cost"]),
        (80, ["Leads", "Applied", "Qualified", "Hired", "Cost", "SEK/hire"]),
        (96, ["Leads", "Applied", "Qualified", "Hired", "Cost", "SEK/qualified", "SEK/hire"]),
        (110, ["Leads", "Applied", "Qualified", "Hired", "Cost", "SEK/lead", "SEK/qualified", "SEK/hire"]),
    ],
)
def test_a_screen_shows_what_it_has_room_for(channels: Channels, columns: int, titles: list[str]) -> None:
    assert [column.title for column in kind_grid(channels, columns).columns[1:]] == titles


def test_a_wide_screen_shows_all_figures(channels: Channels) -> None:
    assert lines_of(channels, columns=150)[3].split() == [
        *("Class", "visit", "30", "3", "2", "2", "3", "1"),
        *("8", "400", "kr", "2", "800", "kr", "4", "200", "kr", "8", "400", "kr"),
    ]


def test_where_money_is_wide_a_ratio_leaves_its_unit_to_the_title(channels: Channels) -> None:
    much = channels._replace(totals=channels.totals._replace(cost_per_hire=1_034_900))
    assert lines_of(much)[7].endswith("34 900 kr  1 034 900")


@pytest.mark.parametrize("by", ["kind", "activity"])
@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("columns", [80, 110, 140])
def test_no_line_is_wider_than_the_screen(channels: Channels, by: str, language: str, columns: int) -> None:
    locale.use(language)
    page = channels_page(channels, "table", by, columns)
    assert max(map(width, on_terminal(page, columns, painted=False).splitlines())) <= columns


def test_a_title_is_shown_harmless(meetings: Meetings) -> None:
    meetings.activity("fair", "2022-10-01", "\x1b[31mMässa [/b]\u202e" + " i Östersund" * 3)
    lines = lines_of(meetings.channels("HT2022"), "activity")
    assert [line.rstrip()[:30].rstrip() for line in lines[3:6]] == [
        "Career fair",
        "  2022-10-01 Mässa [/b] i",
        "    Östersund i Östersund i",
    ]


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("activities", [False, True])
def test_one_line_says_whose_credit_and_whose_term_is_counted(
    meetings: Meetings, shared: bool, activities: bool
) -> None:
    said = notes(meetings.channels(shared=shared, activities=activities))[0]
    assert said.startswith("Channel = all contacts share alike" if shared else "Channel = first contact")
    assert ("by the activity’s term" if activities else "by the cohort’s term") in said


def test_shared_credits_have_the_readers_decimals(meetings: Meetings) -> None:
    shared = meetings.channels(shared=True)
    assert lines_of(shared)[3].split()[2] == "3.00"
    locale.use("sv")
    assert lines_of(shared)[3].split()[1] == "3,00"


@pytest.mark.parametrize("activities", [False, True])
def test_where_there_is_nothing_a_reader_learns_what_to_add(meetings: Meetings, activities: bool) -> None:
    heading, told = lines_of(meetings.channels("VT2019..HT2019", activities=activities))
    which = "activities" if activities else "cohorts"
    assert heading == f"Channels · {which} VT2019–HT2019  As of 2026-11-20 · Internal"
    assert told.endswith("socrekry add-activity visit TITLE --on DATE")


def test_json_says_what_was_asked_and_has_every_figure(channels: Channels) -> None:
    found = json.loads("\n".join(lines_of(channels, form="json")))
    asked = {name: value for name, value in found.items() if not isinstance(value, list | dict)}
    assert asked == {
        "term": "HT2025",
        "as_of": "2026-11-20",
        "pipeline": None,
        "unit": None,
        "attribution": "first",
        "terms_of": "cohorts",
    }
    assert found["channels"][1] == {
        "activity": "A-1",
        "kind": "ad",
        "title": "Socialsekreterare",
        "on": "2025-02-03",
        "term": "HT2025",
        "university": None,
        "reached": None,
        "leads": 3,
        "applied": 3,
        "qualified": 0,
        "graduating": 0,
        "hired": 0,
        "cost": 14_500,
        "cost_per_lead": 4_833,
        "cost_per_qualified": None,
        "cost_per_hire": None,
        "cost_unknown": 0,
        "unnamed": {"applicants": 3, "qualified": 0},
    }


def test_json_has_kinds_and_totals_as_well(channels: Channels) -> None:
    found = document(channels)
    assert [(each["kind"], each["leads"]) for each in found["kinds"]] == [
        ("visit", 3),
        ("ad", 7),
        ("unsolicited", 1),
        (None, 1),
    ]
    assert (found["totals"]["cost"], found["totals"]["cost_unknown"], found["totals"]["hired"]) == (
        34_900,
        1,
        1,
    )
    assert found["totals"]["unnamed"] == {"applicants": 7, "qualified": 0}


@pytest.mark.parametrize(
    ("by", "names", "number"),
    [("kind", ["kind"], 4), ("activity", ["activity", "kind", "title", "on", "term", "university"], 6)],
)
def test_csv_is_a_record_a_row(channels: Channels, by: str, names: list[str], number: int) -> None:
    found = list(csv.DictReader(StringIO("\n".join(lines_of(channels, by, form="csv")))))
    assert (list(found[0])[: len(names)], len(found)) == (names, number)
    assert (found[0]["kind"], found[0]["cost_per_hire"], found[-1]["cost"]) == ("visit", "8400", "")
