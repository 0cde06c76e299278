"""Where candidates come from, and what each cost: whose credit it is, and how a cost is divided."""

from datetime import date

import pytest

from socrekry.store.statements import statement
from tests.reports.meetings import Meetings, by_kind, by_source, tell_of_haerjedalen
from tests.reports.programme import Programme

APPLIED = "2025-03-01 applied 2025-03-10"
SELECTED = f"{APPLIED} selected 2025-04-01"
HIRED = f"{SELECTED} placement 2025-09-01 trainee 2026-01-19 offer 2026-10-01 hired 2026-11-01"


@pytest.fixture
def meetings(programme: Programme) -> Meetings:
    return Meetings(programme)


def test_a_visit_brings_leads_and_they_come_as_far_as_they_come(
    programme: Programme, meetings: Meetings
) -> None:
    cohort, visit = programme.cohort("HT2025"), meetings.activity("visit", "2025-03-01", reached=30, cost=900)
    for history in ("2025-03-01", APPLIED, SELECTED, HIRED):
        meetings.touch(visit, "2025-03-01", programme.candidate(cohort, history))
    found = by_source(meetings.channels())["A-1"]
    assert (found.reached, found.leads, found.applied, found.qualified, found.hired) == (30, 4, 3, 2, 1)
    assert (found.cost, found.cost_per_lead, found.cost_per_qualified, found.cost_per_hire) == (
        900,
        225,
        450,
        900,
    )


def test_what_a_stage_is_called_is_the_pipelines_own_business(
    programme: Programme, meetings: Meetings
) -> None:
    trainee, direct = programme.cohort("HT2025"), programme.cohort("HT2025", pipeline="direct")
    for label in (
        programme.candidate(trainee, SELECTED),
        programme.candidate(direct, f"{APPLIED} interview 2025-04-01"),
        programme.candidate(direct, APPLIED),
    ):
        meetings.told(label, "fair")
    found = by_kind(meetings.channels())["fair"]
    assert (found.leads, found.applied, found.qualified) == (3, 3, 2)


def test_the_first_contact_has_the_credit_and_not_the_last(programme: Programme, meetings: Meetings) -> None:
    label = programme.candidate(programme.cohort("HT2025"), APPLIED)
    ad, visit = meetings.activity("ad", "2025-03-05"), meetings.activity("visit", "2024-10-10")
    meetings.touch(ad, "2025-03-05", label)
    meetings.touch(visit, "2024-10-10", label)
    found = by_source(meetings.channels())
    assert found["A-2"].leads == 1
    assert "A-1" not in found, "it brought nobody, and it was for another term"


def test_a_credit_can_be_shared_equally(programme: Programme, meetings: Meetings) -> None:
    label = meetings.told(programme.candidate(programme.cohort("HT2025"), APPLIED), "referral")
    for day, kind in (("2025-03-05", "ad"), ("2024-10-10", "visit")):
        meetings.touch(meetings.activity(kind, day), day, label)
    channels = meetings.channels(shared=True)
    assert {kind: found.leads for kind, found in by_kind(channels).items()} == {
        "visit": 0.33,
        "ad": 0.33,
        "referral": 0.33,
    }
    assert (channels.totals.leads, channels.totals.applied) == (1, 1)


def test_a_ratio_is_of_the_exact_credits_and_not_of_the_rounded(
    programme: Programme, meetings: Meetings
) -> None:
    label = programme.candidate(programme.cohort("HT2025"), APPLIED)
    for day in ("2025-01-20", "2025-01-21", "2025-01-22"):
        meetings.touch(meetings.activity("visit", day, cost=1000), day, label)
    found = by_source(meetings.channels(shared=True))["A-1"]
    assert (found.leads, found.cost_per_lead) == (0.33, 3000)


def test_without_a_touch_the_candidacys_own_word_counts_and_without_that_it_is_unknown(
    programme: Programme, meetings: Meetings
) -> None:
    cohort = programme.cohort("HT2025")
    meetings.told(programme.candidate(cohort, APPLIED), "visit")
    programme.candidate(cohort, SELECTED, 2)
    channels = meetings.channels()
    assert [(each.activity, each.kind, each.figures.leads) for each in channels.sources] == [
        (None, "visit", 1),
        (None, None, 2),
    ]
    assert (channels.totals.leads, channels.totals.cost) == (3, None)


def test_a_second_candidacy_is_credited_to_how_the_person_was_first_met(
    programme: Programme, meetings: Meetings
) -> None:
    first = programme.candidate(programme.cohort("HT2024"), "2024-03-01 rejected 2024-04-01")
    meetings.told(first, "fair")
    _another_candidacy(programme, first, "HT2025", channel="ad")
    assert by_kind(meetings.channels("HT2024"))["fair"].leads == 1
    assert by_kind(meetings.channels("HT2025")).keys() == {"fair"}
    shared = by_kind(meetings.channels("HT2025", shared=True))
    assert {kind: found.leads for kind, found in shared.items()} == {"fair": 0.5, "ad": 0.5}


def test_what_came_after_a_candidacy_ended_has_no_credit_for_it(
    programme: Programme, meetings: Meetings
) -> None:
    label = programme.candidate(programme.cohort("HT2025"), "2025-03-01 rejected 2025-04-01")
    meetings.told(label, "ad")
    meetings.touch(meetings.activity("visit", "2025-10-01"), "2025-10-01", label)
    assert by_kind(meetings.channels(shared=True))["ad"].leads == 1


def test_who_was_to_graduate_soon_when_first_met_is_graduating(
    programme: Programme, meetings: Meetings
) -> None:
    cohort = programme.cohort("HT2026")
    labels = [programme.candidate(cohort, APPLIED) for _ in range(3)]
    for label, term in zip(labels, ("HT2025", "VT2026", "VT2025"), strict=True):
        meetings.graduates(term, label)
    meetings.touch(meetings.activity("fair", "2025-10-10"), "2025-10-10", labels[0])
    meetings.told(labels[1], "ad")  # met in March 2025, more than a term before
    found = by_kind(meetings.channels("HT2026"))
    assert {kind: each.graduating for kind, each in found.items()} == {"fair": 1, "ad": 0, "unknown": 1}


def test_zero_is_a_result_and_a_ratio_over_zero_is_none(meetings: Meetings) -> None:
    meetings.activity("ad", "2025-09-10", cost=14_500)
    found = by_source(meetings.channels())["A-1"]
    assert (found.leads, found.cost, found.cost_per_lead, found.cost_per_hire) == (0, 14_500, None, None)


def test_a_cost_that_nobody_recorded_is_not_nothing(programme: Programme, meetings: Meetings) -> None:
    cohort = programme.cohort("HT2025")
    for cost in (None, 0, 500):
        ad = meetings.activity("ad", "2025-09-10", cost=cost)
        meetings.touch(ad, "2025-09-10", programme.candidate(cohort, "2025-09-10"))
    channels = meetings.channels()
    found = by_source(channels)
    assert [(each.cost, each.cost_per_lead) for each in found.values()] == [(None, None), (0, 0), (500, 500)]
    totals = channels.totals
    assert (totals.cost, totals.cost_unknown, totals.cost_per_lead) == (500, 1, None)


def test_what_each_cost_is_not_said_where_a_part_of_the_cost_is_unknown(
    programme: Programme, meetings: Meetings
) -> None:
    cohort = programme.cohort("HT2025")
    visit = meetings.activity("visit", "2025-09-10", cost=3_000)
    meetings.touch(visit, "2025-09-10", programme.candidate(cohort, "2025-09-10"))
    meetings.told(programme.candidate(cohort, "2025-09-10"), "unsolicited")
    assert meetings.channels().totals.cost_per_lead == 1_500  # whoever comes by herself costs nothing
    meetings.told(programme.candidate(cohort, "2025-09-10"), "visit")
    found = meetings.channels()
    assert (by_kind(found)["visit"].cost_per_lead, found.totals.cost_per_lead) == (None, None)
    assert by_source(found)["A-1"].cost_per_lead == 3_000


def test_applicants_without_names_count_where_the_ad_belongs(meetings: Meetings) -> None:
    meetings.activity("ad", "2025-09-10", cost=14_000, applicants=7, qualified=0)
    meetings.activity("ad", "2025-09-11", applicants=2)
    first, second = meetings.channels().sources
    assert first.figures[1:6] == (7, 7, 0, 0, 0)
    assert (first.figures.cost_per_lead, first.figures.cost_per_qualified) == (2000, None)
    assert (first.figures.unnamed_applicants, first.figures.unnamed_qualified) == (7, 0)
    assert (second.figures.unnamed_applicants, second.figures.unnamed_qualified) == (2, None)


def test_applicants_without_names_are_not_told_of_again_in_another_term(
    programme: Programme, meetings: Meetings
) -> None:
    ad = meetings.activity("ad", "2025-03-10", applicants=7)
    meetings.touch(ad, "2025-03-10", programme.candidate(programme.cohort("HT2025"), "2025-03-10"))
    found = by_source(meetings.channels("HT2025"))["A-1"]
    assert (found.leads, found.unnamed_applicants) == (1, None)


def test_a_cost_is_divided_among_the_terms_that_it_brought_leads_to(
    programme: Programme, meetings: Meetings
) -> None:
    visit = meetings.activity("visit", "2025-03-01", cost=1000, applicants=1, term="HT2025")
    for term, number in (("HT2025", 1), ("HT2026", 1), ("VT2027", 3)):
        cohort = programme.cohort(term)
        meetings.touch(
            visit, "2025-03-01", *(programme.candidate(cohort, "2025-03-01") for _ in range(number))
        )
    costs = [meetings.channels(term).totals.cost for term in ("HT2025", "HT2026", "VT2027")]
    assert costs == [333, 167, 500]
    assert meetings.channels("HT2025..VT2027").totals.cost == 1000


def test_an_activity_that_brought_all_its_leads_elsewhere_is_counted_there(
    programme: Programme, meetings: Meetings
) -> None:
    visit = meetings.activity("visit", "2025-03-01", cost=1000, reached=30)
    meetings.touch(visit, "2025-03-01", programme.candidate(programme.cohort("HT2025"), "2025-03-01"))
    assert meetings.channels("VT2025").sources == ()
    found = by_source(meetings.channels("HT2025"))["A-1"]
    assert (found.cost, found.reached) == (1000, 30)


def test_activities_of_a_term_can_be_asked_for_with_all_that_they_ever_brought(
    programme: Programme, meetings: Meetings
) -> None:
    visit = meetings.activity("visit", "2025-03-01", cost=1000)
    for term in ("HT2025", "HT2026"):
        meetings.touch(visit, "2025-03-01", programme.candidate(programme.cohort(term), APPLIED))
    meetings.told(programme.candidate(programme.cohort("VT2025"), APPLIED), "ad")
    channels = meetings.channels("VT2025", activities=True)
    assert [(each.activity, each.figures.leads, each.figures.cost) for each in channels.sources] == [
        ("A-1", 2, 1000)
    ]
    assert meetings.channels("HT2025", activities=True).sources == ()


def test_only_what_had_happened_by_the_day_counts(programme: Programme, meetings: Meetings) -> None:
    label = meetings.told(programme.candidate(programme.cohort("HT2025"), HIRED), "visit")
    meetings.touch(meetings.activity("visit", "2025-02-01"), "2025-09-20", label)
    meetings.activity("ad", "2025-09-10", term="HT2025")
    early, late = (meetings.channels(as_of=date(2025, month, 15)) for month in (3, 10))
    assert [(each.activity, each.kind) for each in early.sources] == [(None, "visit")]
    assert early.totals[1:6] == (1, 1, 0, 0, 0)
    assert [each.activity for each in late.sources] == ["A-1", "A-2"]
    assert meetings.channels(as_of=date(2025, 2, 15)).sources == ()


def test_a_unit_has_its_share_of_what_was_done_for_several(programme: Programme, meetings: Meetings) -> None:
    visit = meetings.activity("visit", "2025-03-01", cost=1000)
    for unit, number in (("Barn", 3), ("Vuxen", 1)):
        cohort = programme.cohort("HT2025", unit=unit)
        meetings.touch(
            visit, "2025-03-01", *(programme.candidate(cohort, "2025-03-01") for _ in range(number))
        )
    found = by_source(meetings.channels(unit="vuxen"))["A-1"]
    assert (found.leads, found.cost, found.cost_per_lead) == (1, 250, 250)


def test_what_brought_nobody_is_its_own_units_and_no_others(programme: Programme, meetings: Meetings) -> None:
    programme.cohort("HT2025", unit="Barn")
    programme.cohort("HT2025", unit="Vuxen")
    meetings.activity("ad", "2025-09-10", cost=100, unit_id=1, applicants=2)
    meetings.activity("ad", "2025-09-11", cost=200)
    assert by_source(meetings.channels(unit="barn")).keys() == {"A-1"}
    assert meetings.channels(unit="vuxen").sources == ()
    assert meetings.channels(pipeline="trainee").sources == ()


def test_a_pipeline_has_its_share_as_well(programme: Programme, meetings: Meetings) -> None:
    visit = meetings.activity("visit", "2025-03-01", cost=1000)
    for pipeline in ("trainee", "direct"):
        cohort = programme.cohort("HT2025", pipeline=pipeline)
        meetings.touch(visit, "2025-03-01", programme.candidate(cohort, "2025-03-01"))
        meetings.told(programme.candidate(cohort, "2025-03-01"), "ad")
    channels = meetings.channels(pipeline="direct")
    assert [(each.kind, each.figures.leads, each.figures.cost) for each in channels.kinds] == [
        ("visit", 1, 500),
        ("ad", 1, None),
    ]


def test_versions_of_a_pipeline_each_have_their_own_stages(programme: Programme, meetings: Meetings) -> None:
    from socrekry.domain.pipeline import from_definition

    trainee = from_definition(programme.store.rows("programme.latest_pipeline", name="trainee")[0][1])
    cohort = programme.cohort("HT2025")
    visit = meetings.activity("visit", "2025-03-01")
    meetings.touch(visit, "2025-03-01", programme.candidate(cohort, SELECTED))
    stages = tuple(each._replace(qualified=each.name == "placement") for each in trainee.stages)
    programme.install(trainee._replace(stages=stages, digest="b" * 64), version=2)
    meetings.touch(visit, "2025-03-01", programme.candidate(cohort, SELECTED))
    found = by_source(meetings.channels())["A-1"]
    assert (found.leads, found.qualified) == (2, 1)


def test_haerjedalens_ads_brought_nobody_and_half_an_hour_three_names(
    programme: Programme, meetings: Meetings
) -> None:
    tell_of_haerjedalen(programme)
    found = by_kind(meetings.channels())
    ad, visit = found["ad"], found["visit"]
    assert (ad.leads, ad.qualified, ad.cost, ad.cost_unknown, ad.cost_per_qualified) == (
        7,
        0,
        26_500,
        1,
        None,
    )
    assert visit[:6] == (30, 3, 2, 2, 3, 1)
    assert (visit.cost_per_qualified, visit.cost_per_hire) == (4_200, 8_400)
    assert list(found) == ["visit", "ad", "unsolicited", "unknown"]


def _another_candidacy(programme: Programme, label: str, term: str, channel: str) -> None:
    from socrekry.services.candidates import add_candidacy

    cohort = programme.cohort(term)
    add_candidacy(programme.writing(), label.partition(".")[0], cohort, date(2025, 3, 1), channel=channel)


def test_each_statement_means_the_same_by_whom_the_scope_met() -> None:
    touches, candidacies = (
        statement(f"channels.{name}").partition("\nSELECT ")[0] for name in ("touches", "candidacies")
    )
    brought, _, _ = statement("channels.activities").partition(")\nSELECT ")
    assert touches == candidacies
    assert touches.startswith(brought)
