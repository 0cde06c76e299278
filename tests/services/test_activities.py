"""Activities and who took part in them: kept, mended, taken back, and told with the candidate."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from socrekry.domain.errors import Ambiguous, Conflict, InvalidInput, NotFound, Refused, SocrekryError
from socrekry.domain.term import Term, TermRange
from socrekry.services.activities import (
    Activity,
    Sought,
    activities,
    find_activity,
)
from socrekry.services.activity_dossiers import activity_dossier
from socrekry.services.activity_recording import Particulars, add_activity, edit_activity
from socrekry.services.candidates import add_candidacy
from socrekry.services.looking import show
from socrekry.services.persons import protect
from socrekry.services.touches import Touched, add_touches, remove_touches
from socrekry.services.undoing import undo, undo_last
from tests.builders import TODAY, Office
from tests.services.programme import held

SEPTEMBER, OCTOBER = date(2026, 9, 15), date(2026, 10, 2)


def edited(office: Office, actor: str = "Eva", **changes: Any) -> Activity:
    return edit_activity(office.by(actor, "edit-activity"), "A-1", changes)


def touched(office: Office, *words: str, on: date | None = None, **how: Any) -> tuple[Touched, ...]:
    """Note that those named took part in the last that is named."""
    *refs, activity = words
    return add_touches(office.by(command="add-touch"), refs, activity, on, **how)[1]


def undone(office: Office, ref: str | None = None, actor: str = "Eva") -> None:
    writing = office.by(actor, "undo")
    undo(writing, ref) if ref else undo_last(writing)


def codes(outcomes: tuple[Touched, ...]) -> list[str | None]:
    return [each.error.code if each.error else None for each in outcomes]


def contacts(office: Office, ref: str) -> list[tuple[str | None, str, date]]:
    return [each[:3] for each in show(office.store, ref, TODAY).contacts]


class TestActivities:
    """What was done is kept as it was said; what nobody knows stays unknown."""

    def test_all_that_was_said_is_kept(self, office: Office) -> None:
        office.unit("IFO")
        said = Particulars("Miun  T7", SEPTEMBER, None, "miun", "ifo", 8400, 28, 30, 7, 0, date(2026, 10, 1))
        kept = add_activity(office.by(), "ad", said, external_id="99", ad="{}")
        assert kept == find_activity(office.store, " a-1 ")
        assert kept[1:6] == ("ad", "Miun T7", SEPTEMBER, Term(2026, 2), "miun")
        assert kept[7:] == ("IFO", 8400, 28, 30, 7, 0, date(2026, 10, 1), "99", "{}", 0)

    def test_the_term_is_that_of_the_day_unless_another_is_said(self, office: Office) -> None:
        office.activity(on=date(2026, 2, 3))
        office.activity(on=date(2026, 2, 3), term=Term(2027, 1))
        found = activities(office.store, Sought()).rows
        assert [str(each.term) for each in found] == ["VT2027", "VT2026"]

    def test_a_cost_of_nothing_is_not_an_unknown_one(self, office: Office) -> None:
        office.activity(cost=0)
        office.activity()
        assert [each.cost for each in activities(office.store, Sought()).rows] == [None, 0]

    def test_a_visit_may_be_planned(self, office: Office) -> None:
        assert office.activity(on=date(2027, 3, 1)) == "A-1"

    @pytest.mark.parametrize(
        ("kind", "said", "code"),
        [
            ("unsolicited", {}, "activity-kind-invalid"),
            ("visit", {"title": "  "}, "title-missing"),
            ("visit", {"title": None}, "title-missing"),
            ("visit", {"title": "x" * 201}, "text-too-long"),
            ("visit", {"cost": -1}, "figure-out-of-range"),
            ("visit", {"reached": 1_000_001}, "figure-out-of-range"),
            ("ad", {"qualified": 0}, "qualified-without-applicants"),
            ("ad", {"applicants": 2, "qualified": 3}, "qualified-beyond-applicants"),
            ("ad", {"on": date(9999, 1, 1)}, "date-out-of-range"),
            ("ad", {"on": date(1900, 1, 1)}, "date-out-of-range"),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, office: Office, kind: str, said: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(InvalidInput) as error:
            add_activity(office.by(), kind, Particulars("T", TODAY)._replace(**said))
        assert error.value.code == code

    def test_an_ad_is_there_once(self, office: Office) -> None:
        add_activity(office.by(), "ad", Particulars("T", TODAY), external_id="99")
        with pytest.raises(Refused) as error:
            add_activity(office.by(), "ad", Particulars("U", TODAY), external_id=" 99 ")
        assert (error.value.code, error.value.details["id"]) == ("ad-known", "A-1")

    @pytest.mark.parametrize("ref", ["A-2", "A-", "A-x", "C-1", "", "A-" + "9" * 30])
    def test_one_that_is_not_there_is_not_found(self, office: Office, ref: str) -> None:
        office.activity()
        with pytest.raises(NotFound):
            find_activity(office.store, ref)

    @pytest.mark.parametrize(
        ("sought", "found"),
        [
            (Sought(), ["A-3", "A-1", "A-2"]),
            (Sought(terms=TermRange(Term(2026, 2), Term(2027, 1))), ["A-3", "A-1"]),
            (Sought(kind="ad"), ["A-2"]),
            (Sought(university="miun"), ["A-1"]),
            (Sought(unit="ifo"), ["A-2"]),
            (Sought(search="ÖSTERS"), ["A-1"]),
            (Sought(search="osters", kind="ad"), []),
        ],
    )
    def test_each_filter_lets_through_what_it_names(
        self, office: Office, sought: Sought, found: list[str]
    ) -> None:
        office.unit("IFO")
        office.activity(title="I Östersund", on=SEPTEMBER, university="miun")
        office.activity("ad", on=date(2026, 3, 1), unit="IFO")
        office.activity("fair", on=SEPTEMBER, term=Term(2027, 1))
        answer = activities(office.store, sought)
        assert [each.label for each in answer.rows] == found
        assert activities(office.store, sought, limit=1)[1:] == (len(found),)


class TestMending:
    """What is mended is put back as it was, or not at all."""

    def test_every_field_is_put_back(self, office: Office) -> None:
        office.unit("IFO")
        office.activity("ad", on=SEPTEMBER, university="miun", cost=1, applicants=7, qualified=5)
        before = held(office.store)
        changed: dict[str, Any] = {
            "reached": 2,
            "minutes": 3,
            "applicants": 3,
            "qualified": 1,
            "deadline": OCTOBER,
        }
        named: dict[str, Any] = {
            "title": "Ny",
            "on": date(2026, 2, 1),
            "university": "oru",
            "unit": "IFO",
            "cost": None,
        }
        edited(office, **changed, **named, term=Term(2027, 1))
        undone(office)
        assert held(office.store) == before

    @pytest.mark.parametrize(
        ("first", "then"),
        [((None, None), (7, 5)), ((7, 5), (2, 1)), ((2, 1), (9, 8)), ((7, 5), (None, None))],
    )
    def test_counts_go_back_whichever_way_they_went(
        self, office: Office, first: tuple[int, int], then: tuple[int, int]
    ) -> None:
        office.activity("ad", applicants=first[0], qualified=first[1])
        edited(office, applicants=then[0], qualified=then[1])
        undone(office)
        now = find_activity(office.store, "A-1")
        assert (now.applicants, now.qualified) == first

    def test_counts_that_another_has_given_since_stand(self, office: Office) -> None:
        office.activity("ad")
        edited(office, applicants=7)
        edited(office, "Bo", qualified=1)
        with pytest.raises(Conflict):
            undone(office)
        assert find_activity(office.store, "A-1").applicants == 7

    def test_its_term_follows_its_day_where_it_was_that_of_the_day(self, office: Office) -> None:
        office.activity(on=SEPTEMBER)
        assert str(edited(office, on=date(2026, 2, 3)).term) == "VT2026"
        edited(office, term=Term(2027, 2))
        assert str(edited(office, on=SEPTEMBER).term) == "HT2027"
        assert str(edited(office, term=None).term) == "HT2026"

    def test_touches_of_its_day_follow_it_there_and_back(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add("Anna", channel=activity)
        office.add("Bo")
        touched(office, "C-2", activity, on=OCTOBER)
        edited(office, on=date(2026, 9, 16))
        assert [each.on.day for each in activity_dossier(office.store, "A-1").participants] == [16, 2]
        undone(office)
        assert [each.on.day for each in activity_dossier(office.store, "A-1").participants] == [15, 2]

    def test_a_touch_that_was_of_the_new_day_already_keeps_it(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add("Anna", channel=activity)
        office.add("Bo")
        touched(office, "C-2", activity, on=OCTOBER)
        before = held(office.store)
        edited(office, on=OCTOBER)
        undone(office)
        assert held(office.store) == before

    def test_a_touch_that_was_taken_away_since_stays_away(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add("Anna", channel=activity)
        edited(office, on=OCTOBER)
        remove_touches(office.by("Bo"), ["C-1"], activity)
        undone(office)
        assert activity_dossier(office.store, "A-1").participants == ()
        undone(office, actor="Bo")
        assert contacts(office, "C-1") == [(activity, "visit", OCTOBER)]

    def test_where_somebody_took_part_it_cannot_be_to_come(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        assert edited(office, on=date(2027, 1, 20)).on.year == 2027
        edited(office, on=SEPTEMBER)
        office.add("Anna", channel=activity)
        with pytest.raises(InvalidInput) as error:
            edited(office, on=date(2027, 1, 20))
        assert error.value.code == "activity-has-been"

    def test_nothing_to_change_is_said(self, office: Office) -> None:
        office.activity()
        with pytest.raises(InvalidInput):
            edited(office)

    def test_an_activity_that_was_changed_since_is_not_taken_back(self, office: Office) -> None:
        office.activity()
        edited(office, "Bo", cost=1)
        with pytest.raises(Conflict):
            undone(office)

    def test_an_activity_that_somebody_took_part_in_is_in_use(self, office: Office) -> None:
        add_activity(office.by("Bo"), "visit", Particulars("T", TODAY))
        office.add("Anna", channel="A-1")
        with pytest.raises(Refused) as error:
            undone(office, actor="Bo")
        assert (error.value.code, error.value.details["what"]) == ("in-use", "A-1")


class TestTouches:
    """Who took part is noted once, when it has happened, and is taken back alone."""

    def test_several_are_noted_with_what_could_not_be(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add("Anna")
        office.add("Bo")
        assert codes(touched(office, "bo", "C-1.1", "bo", "C-9", activity)) == [
            None, None, "touch-known", "candidacy-not-found",
        ]  # fmt: skip
        assert [each[:3] for each in activity_dossier(office.store, activity).participants] == [
            ("C-1", "Anna", SEPTEMBER),
            ("C-2", "Bo", SEPTEMBER),
        ]

    def test_all_or_nothing_notes_nobody_where_one_is_refused(self, office: Office) -> None:
        activity = office.activity()
        office.add("Anna")
        outcomes = touched(office, "C-1", "C-9", activity, all_or_nothing=True)
        assert codes(outcomes) == ["rolled-back", "candidacy-not-found"]
        assert find_activity(office.store, activity).touched == 0

    @pytest.mark.parametrize(
        ("day", "on", "code"),
        [
            (date(2026, 11, 21), None, "activity-to-come"),
            (SEPTEMBER, date(2026, 11, 21), "date-in-future"),
            (SEPTEMBER, date(2026, 9, 14), "touch-before-activity"),
        ],
    )
    def test_nobody_takes_part_before_it_takes_place_or_in_what_is_to_come(
        self, office: Office, day: date, on: date | None, code: str
    ) -> None:
        office.add()
        activity = office.activity(on=day)
        with pytest.raises(InvalidInput) as error:
            touched(office, "C-1", activity, on=on)
        assert error.value.code == code

    def test_a_touch_that_was_taken_away_comes_back_as_it_was(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add()
        touched(office, "C-1", activity, on=OCTOBER)
        before = held(office.store)
        remove_touches(office.by(), ["C-1"], activity)
        assert contacts(office, "C-1") == []
        undone(office)
        assert held(office.store) == before

    def test_taken_away_and_noted_again_it_is_taken_back_step_by_step(self, office: Office) -> None:
        activity = office.activity(on=SEPTEMBER)
        office.add()
        touched(office, "C-1", activity)
        remove_touches(office.by(), ["C-1"], activity)
        touched(office, "C-1", activity, on=OCTOBER)
        seen = []
        for _ in range(3):
            undone(office, "C-1")
            seen.append([on for _, _, on in contacts(office, "C-1")])
        assert seen == [[], [SEPTEMBER], []]

    def test_an_activity_that_is_taken_back_meanwhile_is_not_found(self, office: Office) -> None:
        add_activity(office.by("Bo"), "visit", Particulars("T", TODAY))
        office.add()

        class Meanwhile(list[str]):
            def __iter__(self) -> Iterator[str]:
                undone(office, actor="Bo")
                return super().__iter__()

        _, outcomes = add_touches(office.by(), Meanwhile(["C-1"]), "A-1")
        assert codes(outcomes) == ["activity-not-found"]

    def test_whoever_did_not_take_part_cannot_be_taken_away(self, office: Office) -> None:
        activity = office.activity()
        office.add()
        _, outcomes = remove_touches(office.by(), ["C-1"], activity)
        assert codes(outcomes) == ["touch-not-found"]

    def test_somebody_who_was_undone_takes_no_part_and_counts_no_more(self, office: Office) -> None:
        activity = office.activity()
        office.add()
        add_touches(office.by("Bo"), ["C-1"], activity)
        undone(office, actor="Eva")
        assert find_activity(office.store, activity).touched == 0
        assert activity_dossier(office.store, activity).participants == ()
        assert codes(touched(office, "C-1", office.activity())) == ["candidate-not-found"]

    def test_a_protected_identity_keeps_its_touches_and_no_name(self, office: Office) -> None:
        office.add("Anna Ek", channel=office.activity())
        protect(office.by(), "C-1")
        ((_, name, _),) = activity_dossier(office.store, "A-1").participants
        assert name == "Skyddade personuppgifter, kandidat 1"

    def test_a_dry_run_notes_nobody_and_refuses_as_it_would(self, office: Office) -> None:
        activity = office.activity()
        office.add()
        writing = office.by(dry_run=True)
        assert codes(add_touches(writing, ["C-1", "C-1"], activity)[1]) == [None, "touch-known"]
        assert find_activity(office.store, activity).touched == 0


class TestSources:
    """How somebody was first met is a channel's word, or an activity that touches her."""

    def test_an_activity_gives_its_kind_and_touches(self, office: Office) -> None:
        activity = office.activity("fair", on=SEPTEMBER)
        ref = office.add("Anna", channel=" a-1")
        assert office.subject(ref).channel == "fair"
        assert contacts(office, ref) == [(activity, "fair", SEPTEMBER)]

    def test_a_word_is_a_contact_on_the_first_day(self, office: Office) -> None:
        ref = office.add("Anna", on=OCTOBER, channel="ad")
        assert contacts(office, ref) == [(None, "ad", OCTOBER)]

    def test_a_touch_of_the_same_kind_says_it_better_than_a_word(self, office: Office) -> None:
        ref = office.add("Anna", on=OCTOBER, channel="visit")
        touched(office, ref, office.activity("fair", on=SEPTEMBER))
        assert [activity for activity, _, _ in contacts(office, ref)] == ["A-1", None]
        touched(office, ref, office.activity(on=TODAY))
        assert [activity for activity, _, _ in contacts(office, ref)] == ["A-1", "A-2"]

    def test_undoing_the_candidate_undoes_the_touch(self, office: Office) -> None:
        activity = office.activity()
        before = held(office.store)
        office.add("Anna", channel=activity)
        undone(office, "C-1")
        kept = held(office.store)
        assert (kept["touch"], kept["activity"]) == (before["touch"], before["activity"])

    def test_a_second_candidacy_from_the_same_activity_touches_once(self, office: Office) -> None:
        activity = office.activity()
        office.add("Anna", channel=activity)
        other = office.another_cohort(Term(2027, 1))
        again = add_candidacy(office.by(), "C-1", other, TODAY, channel=activity)
        assert office.subject(again.candidacy).channel == "visit"
        assert len(contacts(office, "C-1")) == 1

    @pytest.mark.parametrize("said", ["Klassbesök i Östersund", "klassbesok i ostersund", "östersund"])
    def test_an_activity_is_known_by_its_title_or_a_part_of_it(self, office: Office, said: str) -> None:
        office.activity(title="Arbetsmarknadsdag")
        activity = office.activity(title="Klassbesök i Östersund")
        office.add("Anna", channel=said)
        assert [each[0] for each in contacts(office, "C-1")] == [activity]

    def test_a_part_that_several_titles_share_is_nobodys(self, office: Office) -> None:
        office.activity(title="Klassbesök i Umeå")
        office.activity(title="Klassbesök i Östersund")
        with pytest.raises(Ambiguous) as error:
            office.add("Anna", channel="klassbesök")
        assert [each["id"] for each in error.value.details["candidates"]] == ["A-1", "A-2"]

    @pytest.mark.parametrize(
        ("source", "code"),
        [("A-9", "activity-not-found"), ("tv", "channel-invalid"), ("A-1", "activity-to-come")],
    )
    def test_a_source_that_cannot_be_adds_nobody(self, office: Office, source: str, code: str) -> None:
        office.activity(on=date(2026, 12, 24))
        with pytest.raises(SocrekryError) as error:
            office.add("Anna", channel=source)
        assert error.value.code == code
        assert held(office.store)["person"] == []
