"""The forecast as it looks: calm at 80 columns, in words, and never surer than it is."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.domain.backplanning import Backplan, Step
from socrekry.domain.passages import Evidence
from socrekry.domain.predictive import Estimate
from socrekry.domain.term import HT, VT, Term
from socrekry.render.backplan import backplan_page
from socrekry.render.forecast import expected_by_term, forecast_page
from socrekry.render.forecast_words import chance_text, history_line
from socrekry.render.output import document
from socrekry.render.parts import Page
from socrekry.render.terminal import on_terminal
from socrekry.render.text import width
from socrekry.reports.backplan import Plan, Plans
from socrekry.reports.forecast import (
    CandidacyForecast,
    Forecasts,
    PipelineForecast,
    StageForecast,
    TermForecast,
)
from tests.builders import a_pipeline

GOLDEN = Path(__file__).parent.parent / "golden"
DAY = date(2026, 11, 20)
HT2026, VT2027, HT2027 = Term(2026, HT), Term(2027, VT), Term(2027, HT)
PIPELINE = a_pipeline("lead applied hired started")
LEAD, APPLIED, HIRED, _STARTED = PIPELINE.stages
HISTORY = (Evidence("lead", 1200, 3), Evidence("applied", 36, 2), Evidence("hired", 4, 2))
FORECAST = Forecasts(
    DAY,
    None,
    "Barn och unga",
    (
        TermForecast(HT2026, 2.0, 2, 2, 2, 2, 4, 0.0),
        TermForecast(VT2027, 5.5, 4, 8, 0, 2, 6, 0.654),
        TermForecast(HT2027, 0.4, 0, 1, 0, 0, None, None),
    ),
    1.2,
    7,
    (
        PipelineForecast(
            PIPELINE,
            (
                StageForecast(LEAD, 3, 0.12, 0.13, None),
                StageForecast(APPLIED, 2, 0.5, 0.6, date(2027, 3, 1)),
                StageForecast(HIRED, 1, 0.998, None, date(2027, 1, 18)),
            ),
            1,
            HISTORY,
        ),
    ),
    2,
    None,
)
_OF = ("some-pipeline", VT2027)
CANDIDACIES = (
    CandidacyForecast(
        "C-2.1", "Anna Ek", *_OF, "hired", HIRED.titles, 0.998, None, True, DAY, (0.5, 0.998, 0.998)
    ),
    CandidacyForecast("C-1.1", "Bo Ström", *_OF, "lead", LEAD.titles, 0.12, 0.13, False, None, (0, 0, 0.1)),
    CandidacyForecast("C-3.1", "Cia Al", *_OF, "screened", {}, None, None, False, None, ()),
)
STEPS = (
    Step(LEAD, 3, 0.25, 24, 12, 17, date(2027, 4, 1), past=False),
    Step(APPLIED, 2, 0.5, 12, 6, 9, date(2027, 5, 1), past=False),
    Step(HIRED, 2, 0.96, 6, 3, None, date(2027, 8, 1), past=False),
)


def plans(*steps: Step, need: int = 6, expected: float = 3.0, sure: int = 1, started: int = 0) -> Plans:
    """Return a plan for HT2027 by one pipeline."""
    brought = Estimate(expected, 1, 5)
    plan = Backplan(HT2027, HT2027, need, brought, sure, 0.031, steps)
    way = Plan(PIPELINE, plan, HISTORY)
    return Plans(DAY, None, None, HT2027, need, started, brought, sure, 0.031, (way,), 0)


def past(step: Step, chance: float = 0.25) -> Step:
    return step._replace(past=True, chance=chance, latest=date(2026, 3, 1))


def hopeless(step: Step, why: str = "too-late") -> Step:
    step = past(step, 0.01) if why == "too-late" else step
    return step._replace(in_all=None, more=None, more_to_be_sure=None, no_plan=why)


def shown(page: Page, form: str = "table") -> str:
    return document(page, form)


PAGES = {
    "forecast": lambda: forecast_page(FORECAST._replace(candidacies=CANDIDACIES), 2),
    "backplan": lambda: backplan_page(plans(hopeless(STEPS[0]), *STEPS[1:], started=1)),
}


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("name", PAGES)
def test_it_looks_as_it_was_agreed(name: str, language: str) -> None:
    locale.use(language)
    assert shown(PAGES[name]()) == (GOLDEN / f"{name}-{language}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_a_screen(name: str, language: str) -> None:
    locale.use(language)
    lines = on_terminal(PAGES[name](), 80, painted=False).splitlines()
    assert max(map(width, lines)) <= 80


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (None, "–"),
        (0, "0 %"),
        (0.004, "<1 %"),
        (0.5, "50 %"),
        (0.994, "99 %"),
        (0.9999, ">99 %"),
        (1, "100 %"),
    ],
)
def test_a_chance_is_never_surer_than_it_is(chance: float | None, said: str) -> None:
    assert chance_text(chance) == said


def test_where_nothing_is_needed_nothing_is_compared() -> None:
    terms = tuple(each._replace(need=None, chance=None) for each in FORECAST.terms)
    said = shown(forecast_page(FORECAST._replace(terms=terms)))
    assert "Needed" not in said
    assert "socrekry add-need UNIT TERM POSITIONS" in said


def test_where_nobody_is_on_the_way_it_says_so() -> None:
    nobody = FORECAST._replace(on_the_way=0, pipelines=(), later=0.2, candidacies=())
    said = shown(forecast_page(nobody))
    assert "Nobody is on the way." in said
    assert "Contract, Start" not in said
    assert "later" not in said


def test_one_pipeline_is_said_not_to_be_all() -> None:
    said = shown(forecast_page(FORECAST._replace(pipeline="trainee")))
    assert said.startswith("Forecast · trainee · Barn och unga")
    assert "Only trainee is counted; the needs are of all pipelines." in said


def test_where_data_are_many_no_prior_is_spoken_of() -> None:
    (part,) = FORECAST.pipelines
    rich = FORECAST._replace(pipelines=(part._replace(history=HISTORY[:2], elsewhere=0),))
    said = shown(forecast_page(rich))
    assert "Rests on 1 236 stays in stages that are over.\n" in said
    assert "prior" not in said
    assert "Elsewhere" not in said


def test_where_there_is_no_contract_before_the_start_there_is_no_column() -> None:
    (part,) = FORECAST.pipelines
    bare = tuple(each._replace(contract=None) for each in part.stages)
    lines = shown(forecast_page(FORECAST._replace(pipelines=(part._replace(stages=bare),)))).splitlines()
    (titles,) = [line for line in lines if line.startswith("Stage")]
    assert titles.split() == ["Stage", "Here", "now", "Start", "Half", "by"]
    assert "Start = the chance of coming so far. Half by = half of those who start have." in lines


def test_who_never_signs_has_no_contract_beside_the_name() -> None:
    nobody = tuple(each._replace(contract=None, signed=False) for each in CANDIDACIES)
    said = shown(forecast_page(FORECAST._replace(candidacies=nobody))).splitlines()
    assert "Id     Name      Stage     Start  Half by" in said


def test_json_has_the_figures_whole() -> None:
    answer = json.loads(shown(forecast_page(FORECAST._replace(candidacies=CANDIDACIES)), "json"))
    assert answer["terms"][1] == {
        "term": "VT2027",
        "expected": 5.5,
        "low": 4,
        "high": 8,
        "started": 0,
        "signed": 2,
        "need": 6,
        "gap": 0,
        "chance_of_need": 0.654,
    }
    (pipeline,) = answer["pipelines"]
    assert (pipeline["target"], pipeline["contract"], pipeline["elsewhere"]) == ("started", "hired", 1)
    assert pipeline["stages"][1]["chance_of_contract"] == 0.6
    assert pipeline["history"][2] == {
        "stage": "hired",
        "stays": 4,
        "open": 2,
        "prior_weight": 4.0,
        "prior_share": 0.5,
        "few": True,
    }
    assert answer["candidacies"][1]["by_term"] == {"HT2026": 0, "VT2027": 0, "HT2027": 0.1}
    assert [each["chance"] for each in answer["candidacies"]] == [0.998, 0.12, None]


def test_candidacies_are_in_json_only_if_asked_for() -> None:
    assert "candidacies" not in json.loads(shown(forecast_page(FORECAST), "json"))


def test_csv_is_a_term_a_row_or_a_candidacy_a_row() -> None:
    terms = list(csv.DictReader(StringIO(shown(forecast_page(FORECAST), "csv"))))
    assert [(row["term"], row["expected"], row["gap"]) for row in terms][2] == ("HT2027", "0.4", "")
    page = forecast_page(FORECAST._replace(candidacies=CANDIDACIES), 1)
    people = list(csv.DictReader(StringIO(shown(page, "csv"))))
    assert [row["id"] for row in people] == shown(page, "ids").split() == ["C-2.1", "C-1.1", "C-3.1"]


def test_needs_are_given_the_expectation_of_each_term() -> None:
    found = expected_by_term(FORECAST)
    assert list(found) == [HT2026, VT2027, HT2027]
    assert found[VT2027] == (5.5, 4, 8)


LATE = tuple(hopeless(step) for step in STEPS)
FAR = tuple(hopeless(step, "too-many") for step in STEPS)

NEW_ONES = "It is late to meet new ones: they should have come to “Lead” by 2026-03-01.\n"
TO_BE_SURE = "17 to be sure of it in four cases of five.\n"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (STEPS, f"To have 6 begin in HT2027, about 12 more must come to “Lead” by 2027-04-01; {TO_BE_SURE}"),
        (
            (past(STEPS[0]), *STEPS[1:]),
            "It is late, but there is hope: about 12 more must come to “Lead” now, not by 2026-03-01; 17",
        ),
        (
            (*LATE[:1], *STEPS[1:]),
            f"{NEW_ONES}Still in time: about 6 more in “Applied” by 2027-05-01; 9 to be sure of it",
        ),
        (
            (*LATE[:2], past(STEPS[2], 0.5)),
            f"{NEW_ONES}There is hope yet: about 3 more in “Hired” now, not by 2026-03-01.\n",
        ),
        (LATE, "It is late for this: whoever is to begin in HT2027 should be in “Hired” by 2026-03-01.\n"),
        (FAR, "This cannot be planned for: not even “Hired” brings so many.\n"),
        (
            (hopeless(STEPS[0], "chance-too-small"), *STEPS[1:]),
            "Too few who come to “Lead” begin in HT2027 to plan from there.\nStill in time: about 6 more in",
        ),
    ],
)
def test_the_plan_begins_with_what_can_still_be_done(steps: tuple[Step, ...], said: str) -> None:
    assert said in shown(backplan_page(plans(*steps)))


def test_enough_is_said_and_what_would_make_it_sure() -> None:
    steps = tuple(step._replace(more=0) for step in STEPS)
    enough = shown(backplan_page(plans(*steps, need=3)))
    assert (
        "Those on the way are expected to be enough.\nTo be sure of it in four cases of five, 17 more"
        in enough
    )
    sure = shown(backplan_page(plans(*(step._replace(more_to_be_sure=0) for step in steps), need=3)))
    assert "To be sure of it" not in sure


@pytest.mark.parametrize(
    ("step", "row"),
    [
        (hopeless(STEPS[0]), "1 % – – 2026-03-01 too late"),
        (hopeless(STEPS[0], "chance-too-small"), "25 % – – 2027-04-01 too small a chance"),
        (hopeless(STEPS[0], "too-many"), "25 % – – 2027-04-01 more than 10 000"),
        (past(STEPS[0]), "25 % 12 17 2026-03-01 past"),
    ],
)
def test_where_nobody_can_plan_from_there_is_a_reason_and_no_number(step: Step, row: str) -> None:
    lines = [" ".join(line.split()) for line in shown(backplan_page(plans(step, *STEPS[1:]))).splitlines()]
    assert f"Lead 3 {row}" in lines


def test_what_is_enough_in_whole_persons_is_enough_and_what_is_past_is_now() -> None:
    nobody = tuple(past(step._replace(more=0)) for step in STEPS)
    lines = shown(backplan_page(plans(*nobody, need=6, expected=5.6))).splitlines()
    assert lines[6:8] == [
        "Those on the way are expected to be enough.",
        "To be sure of it in four cases of five, 17 more must come to “Lead” now.",
    ]


def test_few_data_are_told_in_a_line() -> None:
    def said(*left: int) -> str:
        each = zip(("lead", "applied", "hired"), left, strict=True)
        line = history_line(PIPELINE, [Evidence(stage, number, 0) for stage, number in each])
        return line.text

    assert said(0, 0, 0) == "There is no history yet: all of it rests on the prior."
    assert said(12, 4, 0).endswith("Few data in every stage: the prior makes up 25–100 %.")
    assert said(20, 4, 12).endswith("Few data: Applied 4 and Hired 12; there the prior makes up 25–50 %.")
    assert said(20, 4, 30).endswith("Few data: Applied 4; there the prior makes up 50 %.")


def test_the_plan_as_data_has_every_number() -> None:
    page = backplan_page(plans(*STEPS))
    answer = json.loads(shown(page, "json"))
    assert (answer["term"], answer["need"], answer["expected"], answer["sure"]) == ("HT2027", 6, 3.0, 1)
    assert answer["pipelines"][0]["stages"][0] == {
        "stage": "lead",
        "standing": 3,
        "chance": 0.25,
        "in_all": 24,
        "more": 12,
        "more_to_be_sure": 17,
        "by": "2027-04-01",
        "past": False,
        "no_plan": None,
    }
    rows = list(csv.DictReader(StringIO(shown(page, "csv"))))
    assert [(row["pipeline"], row["cohort"], row["stage"]) for row in rows][2] == (
        "some-pipeline",
        "HT2027",
        "hired",
    )


def test_several_pipelines_are_told_apart_from_a_sum() -> None:
    one = plans(*STEPS)
    two = shown(backplan_page(one._replace(plans=one.plans * 2, without_unit=1)))
    assert "Each pipeline is shown as if it alone brought what is missing." in two
    assert "1 on the way belongs to no unit, and is not in it." in two
    gone = shown(backplan_page(one._replace(elsewhere=3)))
    assert "3 on the way stand in a stage that the pipeline no longer has, and are not in it." in gone
    assert "Each pipeline" not in shown(backplan_page(one))
