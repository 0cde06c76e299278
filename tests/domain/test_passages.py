"""What a history says of each stage, and what is imagined beside it."""

import pytest

from socrekry.domain.incidence import ENDED
from socrekry.domain.passages import Evidence, Left, Open, passages, prior, week_of
from tests.builders import a_pipeline

PIPELINE = a_pipeline(
    "lead applied selected hired started",
    beside={"reserve": ("applied", "selected")},
    lost={"gone": ("applied", "withdrawn")},
    stages={"selected": {"qualified": True}, "lead": {"longest_stay": 21}},
)


@pytest.mark.parametrize(("days", "week"), [(0, 0), (3, 0), (4, 1), (10, 1), (11, 2), (140, 20)])
def test_a_day_belongs_to_the_nearest_week(days: int, week: int) -> None:
    assert week_of(days) == week


@pytest.mark.parametrize(
    ("stage", "shares"),
    [
        ("lead", {"applied": 0.5, ENDED: 0.5}),
        ("reserve", {"selected": 0.5, ENDED: 0.5}),
        ("selected", {"hired": 0.8, ENDED: pytest.approx(0.2)}),
    ],
)
def test_the_prior_goes_on_along_the_main_path(stage: str, shares: dict[str, float]) -> None:
    assert prior(PIPELINE, PIPELINE.stage(stage)).shares == shares


def test_without_a_qualified_stage_the_prior_is_cautious() -> None:
    plain = a_pipeline()
    assert prior(plain, plain.stage("selected")).shares["hired"] == 0.5


def test_a_stage_that_leads_nowhere_further_ends_in_the_prior() -> None:
    stuck = a_pipeline(beside={"pool": ("applied", "selected")})
    only_back = stuck._replace(
        transitions=tuple(
            each._replace(sources=tuple(source for source in each.sources if source != "pool"))
            for each in stuck.transitions
        )
    )
    assert prior(only_back, only_back.stage("pool")).shares == {ENDED: 1}


def test_the_prior_lasts_two_thirds_of_the_longest_stay() -> None:
    assert prior(PIPELINE, PIPELINE.stage("lead")).hazard == pytest.approx(1 / 3)
    assert prior(PIPELINE, PIPELINE.stage("applied")).hazard == pytest.approx(1 / (1 + 40 / 7))


def test_the_answer_says_how_much_was_known() -> None:
    known = passages(PIPELINE, [Left("lead", 9, "applied", 12), Left("lead", 9, None)], [Open("lead", 1, 5)])
    assert known.evidence[0] == Evidence("lead", 13, 5)
    assert known.evidence[0].few
    assert known.evidence[0].share_of_prior == pytest.approx(4 / 17)
    assert not Evidence("lead", 20, 0).few


def test_who_comes_to_a_lost_stage_has_ended() -> None:
    stays = passages(PIPELINE, [Left("applied", 7, "gone"), Left("applied", 7, None)], []).stays["applied"]
    assert stays.left == {ENDED: [0, 2]}


def test_where_a_stay_led_to_a_stage_of_another_version_only_its_length_is_known() -> None:
    stays = passages(PIPELINE, [Left("lead", 14, "screened", 3), Left("screened", 7, "applied")], []).stays
    assert stays["lead"].left == {}
    assert stays["lead"].at_risk == [3, 3, 3]
    assert "screened" not in stays


@pytest.mark.parametrize(
    ("days", "at_risk"), [(0, [0.25]), (3, [1]), (4, [1, 1 / 7]), (10, [1, 1]), (11, [1, 1, 1 / 7])]
)
def test_an_open_stay_is_at_risk_for_the_part_of_a_week_that_has_passed(
    days: int, at_risk: list[float]
) -> None:
    stays = passages(PIPELINE, [], [Open("lead", days), Open("unheard-of", 9)]).stays["lead"]
    assert stays.at_risk == pytest.approx(at_risk)


def test_what_is_known_of_those_who_stayed_long_is_less() -> None:
    known = passages(PIPELINE, [Left("lead", 7, "applied", 30), Left("lead", 70, None, 2)], [])
    assert known.known_after("lead") == 36
    assert known.known_after("lead", 5) == 6
