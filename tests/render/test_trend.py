"""Figures over terms, as they look: an overview, one figure, several; and what machines read."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.domain.term import Term
from socrekry.render.bars import PLAIN
from socrekry.render.output import document
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.render.trend import trend_page
from socrekry.render.trend_words import TITLES, briefly, title, written
from socrekry.reports.trend import Trend, Wanted, trend
from socrekry.reports.trend_figures import FIXED, Figure, Number, figures_of
from tests.builders import a_pipeline
from tests.reports.programme import TODAY, Programme, a_programme, tell_of_huddinge

GOLDEN = Path(__file__).parent.parent / "golden"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Programme]:
    """Give the published figures of 17 terms, a gap, and a cohort that is under way."""
    with a_programme(tmp_path_factory.mktemp("told") / "store.db") as programme:
        tell_of_huddinge(programme)
        cohort = programme.cohort("VT2020", 12)
        programme.candidate(cohort, "2019-09-01 applied 2019-09-10", 3)
        programme.candidate(cohort, "2019-09-01 applied 2019-09-10 selected 2019-10-01", 11)
        programme.candidate(programme.cohort("HT2019", 2, pipeline="direct"), "2019-09-01")
        yield programme


def asked(programme: Programme, *figures: str, first: str = "HT2010", last: str = "VT2020") -> Trend:
    terms = Term.parse(first), Term.parse(last)
    return trend(programme.store, Wanted(TODAY, *terms, figures), TODAY)


def shown(found: Trend, form: str = "table") -> str:
    return document(trend_page(found), form)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("trend", ()),
        ("trend-one", ("of-base:started",)),
        ("trend-several", ("applied", "of-previous:trainee", "median-days:placement")),
    ],
)
def test_it_looks_as_it_was_agreed(
    told: Programme, language: str, name: str, figures: tuple[str, ...]
) -> None:
    locale.use(language)
    golden = GOLDEN / f"{name}-{language}.txt"
    assert shown(asked(told, *figures)) == golden.read_text(encoding="utf-8")


def test_plain_signs_serve_a_screen_that_has_no_blocks(told: Programme) -> None:
    page = document(trend_page(asked(told), 80, PLAIN), "table")
    assert page == (GOLDEN / "trend-plain.txt").read_text(encoding="utf-8")
    assert not set(page) - set((GOLDEN / "trend-en.txt").read_text(encoding="utf-8")) - set("".join(PLAIN))


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("columns", [60, 80, 140])
@pytest.mark.parametrize("figures", [(), ("applied",), ("applied", "seats")])
def test_no_line_is_wider_than_the_screen(
    told: Programme, language: str, columns: int, figures: tuple[str, ...]
) -> None:
    locale.use(language)
    page = on_terminal(trend_page(asked(told, *figures), columns), columns, painted=False)
    assert max(map(width, page.splitlines())) <= columns


def test_a_line_that_does_not_fit_shows_the_last_terms_and_says_which(told: Programme) -> None:
    page = document(trend_page(asked(told, first="HT1990"), 80), "table")
    head, *rows = page.splitlines()[2:]
    assert "–VT2020" in head
    assert "HT1990" not in head
    assert all(len(row) <= 80 for row in rows)


def test_one_value_a_term_and_no_nought_for_a_gap_in_json(told: Programme) -> None:
    found = json.loads(shown(asked(told, "applied", first="HT2018"), "json"))
    assert (found["from"], found["to"], found["pipeline"], found["open"]) == (
        "HT2018",
        "VT2020",
        "trainee",
        ["VT2020"],
    )
    (figure,) = found["figures"]
    assert (figure["figure"], figure["title"], figure["unit"]) == ("applied", "Applied", "count")
    assert [each["value"] for each in figure["values"]] == [10, None, None, 14]
    assert [each["term"] for each in figure["values"]] == ["HT2018", "VT2019", "HT2019", "VT2020"]


def test_csv_is_a_term_a_row_with_a_column_a_figure(told: Programme) -> None:
    rows = list(
        csv.DictReader(StringIO(shown(asked(told, "applied", "of-base:started", first="VT2018"), "csv")))
    )
    assert rows[0] == {"term": "VT2018", "applied": "10", "of-base:started": "0.4"}
    assert rows[2] == {"term": "VT2019", "applied": "", "of-base:started": ""}


def test_every_figure_has_a_title() -> None:
    pipeline = a_pipeline(stages={"applied": {"base": True}})
    kinds = {figure.kind for figure in figures_of(pipeline).values()} | {"voice"}
    assert kinds == set(TITLES)
    assert {figure.kind for figure in FIXED.values()} <= set(TITLES)


@pytest.mark.parametrize(
    ("name", "value", "shown_as"),
    [
        ("seats", 1200, "1 200"),
        ("of-base:started", 0.405, "41 %"),
        ("median-days:lead", 40.5, "41"),
        ("cost-per-hire", 8400, "8 400 kr"),
        ("cost", 0, "0 kr"),
        ("cost", None, "–"),
    ],
)
def test_a_value_is_written_in_its_unit(
    told: Programme, name: str, value: Number | None, shown_as: str
) -> None:
    assert written(figure_of(told, name), value) == shown_as


def figure_of(programme: Programme, name: str) -> Figure:
    (series,) = asked(programme, name).series
    return series.figure


@pytest.mark.parametrize(
    ("known", "unit", "brief"),
    [
        ([750_000, 4_350_500], "tkr", ["750", "4 351"]),
        ([0, 1_000_000], "tkr", ["0", "1 000"]),
        ([999, 1_000_000], "kr", ["999", "1 000 000"]),
        ([0, 999_999], "kr", ["0", "999 999"]),
        ([], "kr", []),
    ],
)
def test_large_sums_are_in_thousands_unless_one_would_vanish(
    known: list[Number], unit: str, brief: list[str]
) -> None:
    found, write = briefly(FIXED["agency-cost"], known)
    assert (found, [write(value) for value in known]) == (unit, brief)


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("of-previous:placement", "Placement of previous"),
        ("of-base:started", "Started of applications"),
        ("median-days:reserve", "Reserve, median days"),
        ("voice:pay", "Voices: pay"),
        ("retention-12", "Still employed, 12 months"),
    ],
)
def test_a_figure_is_called_what_it_is(told: Programme, name: str, called: str) -> None:
    assert title(figure_of(told, name), asked(told).pipeline) == called


def test_a_figure_that_is_nowhere_known_is_shown_as_dashes_where_it_was_named(told: Programme) -> None:
    (row,) = [each for each in shown(asked(told, "applied", "cost")).splitlines() if each[:4] == "Cost"]
    assert row.split() == ["Cost", "of", "outreach,", "kr", "–", "–", "·" * 20, "–"]
    assert "Cost of outreach" not in shown(asked(told))


def test_what_is_left_out_is_said(told: Programme) -> None:
    assert "Seats and stages are those of trainee. For others: --pipeline direct\n" in shown(asked(told))


def test_where_there_is_nothing_it_says_so(told: Programme) -> None:
    page = shown(asked(told, first="VT2030", last="HT2030"))
    assert page.endswith("There is nothing to show in VT2030–HT2030 yet.\n")
