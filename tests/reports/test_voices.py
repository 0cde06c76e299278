"""Voices are counted where they belong, compared with the terms before, and withheld where they are few."""

from datetime import date

import pytest

from socrekry.domain.errors import Ambiguous, NotFound
from socrekry.domain.term import Term, parse_range
from socrekry.reports.asking import Question, Scope
from socrekry.reports.voices import EVERYTHING, Filters, Voices, filters_of, heard_scope, texts, voices
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.voices import add_voice
from tests.reports.programme import TODAY, Programme


def visited(programme: Programme, term: str, university: str | None = "sh", unit: str | None = None) -> str:
    """Let a class be visited, for a term; return the activity's id."""
    said = Particulars("Klassbesök", Term.parse(term).starts, university=university, unit=unit)
    return add_activity(programme.writing(), "visit", said).label


def say(programme: Programme, source: str, *said: str) -> None:
    """Let things be said, each a kind, a theme and how many: ``wish pay 3``."""
    for each in said:
        kind, theme, number = each.split()
        add_voice(programme.writing(), source, kind, theme, number=int(number))


def asked(
    programme: Programme,
    terms: str | None,
    filters: Filters = EVERYTHING,
    *,
    as_of: date = TODAY,
    unit: str | None = None,
    pipeline: str | None = None,
    public: bool = False,
) -> Voices:
    """Return what was heard in some terms."""
    question = Question(as_of, parse_range(terms) if terms else None, pipeline, unit)
    scope: Scope = heard_scope(programme.store, question, filters, TODAY)
    return voices(programme.store, scope, filters, public=public)


def counts(found: Voices) -> list[tuple[str, int | None, int | None]]:
    """Return each theme of a kind with its count, and its change."""
    return [(f"{each.kind} {each.theme.code}", each.number, each.change) for each in found.voices]


def test_the_most_frequent_stands_first_within_its_kind(programme: Programme) -> None:
    say(
        programme, visited(programme, "HT2025"), "concern pay 2", "wish pay 3", "wish hours 9", "praise pay 1"
    )
    say(programme, visited(programme, "HT2025", "oru"), "wish pay 8")
    assert counts(asked(programme, "HT2025")) == [
        ("wish pay", 11, None), ("wish hours", 9, None), ("concern pay", 2, None), ("praise pay", 1, None)
    ]  # fmt: skip


def test_a_count_is_compared_with_the_term_before(programme: Programme) -> None:
    say(programme, visited(programme, "VT2025"), "wish pay 5", "wish hours 4", "wish housing 2")
    say(programme, visited(programme, "HT2025"), "wish pay 8", "wish hours 2", "wish travel 1")
    found = asked(programme, "HT2025")
    assert counts(found) == [
        ("wish pay", 8, 3), ("wish hours", 2, -2), ("wish travel", 1, 1), ("wish housing", 0, -2)
    ]  # fmt: skip
    assert [each.theme.code for each in found.voices if each.is_new] == ["travel"]
    assert (str(found.previous), found.compared) == ("VT2025", True)


def test_terms_in_which_nobody_spoke_are_passed_over(programme: Programme) -> None:
    for term, number in (("HT2023", 5), ("HT2024", 2), ("HT2025", 8)):
        say(programme, visited(programme, term), f"wish pay {number}")
    found = asked(programme, "HT2025")
    assert (str(found.previous), counts(found)) == ("HT2024", [("wish pay", 8, 6)])


def test_a_range_is_compared_with_as_many_terms_before(programme: Programme) -> None:
    for term, number in (("HT2023", 50), ("VT2024", 1), ("HT2024", 2), ("VT2025", 4), ("HT2025", 8)):
        say(programme, visited(programme, term), f"wish pay {number}")
    found = asked(programme, "VT2025..HT2025")
    assert (str(found.previous), counts(found)) == ("VT2024..HT2024", [("wish pay", 12, 9)])
    assert found.voices[0].by_term == ((Term(2025, 1), 4), (Term(2025, 2), 8))


def test_where_nothing_was_heard_before_nothing_has_changed(programme: Programme) -> None:
    say(programme, visited(programme, "VT2025", "oru"), "wish pay 5")
    say(programme, visited(programme, "HT2025", "sh"), "wish pay 8")
    found = asked(programme, "HT2025", Filters(university="sh"))
    assert (found.compared, found.voices[0].is_new, counts(found)) == (False, False, [("wish pay", 8, None)])


def test_where_nothing_is_heard_nobody_has_fallen_silent(programme: Programme) -> None:
    say(programme, visited(programme, "HT2025"), "wish pay 9")
    found = asked(programme, "VT2026")
    assert (found.compared, found.voices) == (False, ())


def test_a_candidates_voice_is_of_her_cohort_and_university(programme: Programme) -> None:
    cohort = programme.cohort("HT2025", unit="Barn")
    say(programme, programme.candidate(cohort), "wish pay 1")
    (voiced,) = asked(programme, "HT2025", unit="Barn").voices
    assert (voiced.by_university, voiced.number) == (((None, 1),), 1)
    assert asked(programme, "VT2025").voices == ()


def test_what_was_said_in_a_candidacy_that_was_undone_does_not_count(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"))
    say(programme, label, "wish pay 1")
    programme.tell(label, "undo")
    assert asked(programme, "HT2025").voices == ()


def test_a_voice_counts_from_its_day(programme: Programme) -> None:
    visit = visited(programme, "HT2025")
    add_voice(programme.writing(), visit, "wish", "pay", on=date(2025, 10, 1))
    assert [asked(programme, "HT2025", as_of=date(2025, 9, 30)).voices] == [()]
    assert counts(asked(programme, "HT2025", as_of=date(2025, 10, 1))) == [("wish pay", 1, None)]


def test_a_unit_and_a_pipeline_have_their_own_voices(programme: Programme) -> None:
    for pipeline, unit in (("trainee", "Barn"), ("direct", "Vuxen")):
        say(
            programme,
            programme.candidate(programme.cohort("HT2025", pipeline=pipeline, unit=unit)),
            "wish pay 1",
        )
    say(programme, visited(programme, "HT2025", unit="Barn"), "wish pay 10")
    say(programme, visited(programme, "HT2025"), "wish pay 100")
    numbers = {
        unit: asked(programme, "HT2025", unit=unit).voices[0].number for unit in (None, "Barn", "Vuxen")
    }
    assert numbers == {None: 112, "Barn": 11, "Vuxen": 1}
    assert asked(programme, "HT2025", pipeline="direct").voices[0].number == 111


def test_filters_let_through_what_is_asked_for(programme: Programme) -> None:
    for university in ("sh", "oru"):
        say(
            programme, visited(programme, "HT2025", university), "wish pay 1", "concern pay 2", "wish hours 4"
        )
    every = filters_of(programme.store, theme="lön", university="örebro", kind="wish")
    assert every == Filters("pay", "oru", "wish")
    assert counts(asked(programme, "HT2025", every)) == [("wish pay", 1, None)]
    assert len(asked(programme, "HT2025", Filters(theme="pay")).voices) == 2


@pytest.mark.parametrize(
    ("asked_for", "error", "code"),
    [
        ({"theme": "berg"}, NotFound, "theme-not-found"),
        ({"university": "moon"}, NotFound, "university-not-found"),
        ({"university": "universitet"}, Ambiguous, "university-ambiguous"),
    ],
)
def test_a_filter_that_means_none_or_several_is_said(
    programme: Programme, asked_for: dict[str, str], error: type[Exception], code: str
) -> None:
    with pytest.raises(error, match=code):
        filters_of(programme.store, **asked_for)


def test_without_a_term_it_is_the_latest_in_which_anything_was_heard(programme: Programme) -> None:
    programme.cohort("HT2026")
    assert str(asked(programme, None).terms) == "HT2026"
    say(programme, visited(programme, "VT2025"), "wish pay 1")
    say(programme, visited(programme, "HT2025"), "wish hours 1")
    assert str(asked(programme, None).terms) == "HT2025"
    assert str(asked(programme, None, Filters(theme="pay")).terms) == "VT2025"


def test_words_are_listed_with_where_they_were_heard(programme: Programme) -> None:
    label = programme.candidate(programme.cohort("HT2025"))
    add_voice(programme.writing(), visited(programme, "HT2025"), "wish", "pay", "Mer", number=2)
    add_voice(programme.writing(), label, "concern", "hours", on=date(2025, 8, 1))
    scope = heard_scope(programme.store, Question(TODAY, parse_range("HT2025")), EVERYTHING, TODAY)
    found = texts(programme.store, scope)
    assert [(each.id, each.source, each.activity, each.text, each.number) for each in found] == [
        ("V-2", label, None, None, 1), ("V-1", "A-1", "Klassbesök", "Mer", 2)
    ]  # fmt: skip


class TestAPublicReport:
    """Nothing that is published tells fewer than five apart, neither as it stands nor by subtracting."""

    def test_a_small_count_is_withheld_now_and_before(self, programme: Programme) -> None:
        say(programme, visited(programme, "VT2025"), "wish pay 4", "wish hours 5")
        say(programme, visited(programme, "HT2025"), "wish pay 8", "wish hours 4", "wish travel 5")
        assert counts(asked(programme, "HT2025", public=True)) == [
            ("wish pay", 8, None), ("wish travel", 5, 5), ("wish hours", None, None)
        ]  # fmt: skip

    def test_parts_are_withheld_where_one_is_small(self, programme: Programme) -> None:
        for university, number in (("sh", 9), ("oru", 4)):
            say(programme, visited(programme, "HT2025", university), f"wish pay {number}", "wish hours 5")
        pay, hours = sorted(
            asked(programme, "HT2025", public=True).voices, key=lambda each: -(each.number or 0)
        )
        assert (pay.number, pay.by_university, {cell.number for cell in pay.cells}) == (13, None, {None})
        assert (hours.number, hours.by_university) == (10, (("oru", 5), ("sh", 5)))

    def test_what_is_withheld_stands_in_an_order_that_tells_nothing(self, programme: Programme) -> None:
        say(programme, visited(programme, "HT2025"), "wish pay 4", "wish hours 1", "wish travel 3")
        found = asked(programme, "HT2025", public=True)
        assert [each.theme.code for each in found.voices] == ["hours", "pay", "travel"]
