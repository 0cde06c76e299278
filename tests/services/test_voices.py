"""Voices and themes: kept where they were heard, taken away and put back, scrubbed with a person's name."""

from datetime import date

import pytest

from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.term import Term
from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.persons import protect
from socrekry.services.themes import add_theme, find_theme, themes
from socrekry.services.undoing import undo, undo_last
from socrekry.services.voices import add_voice, remove_voice
from tests.builders import HT2026, TODAY, Office

VISITED_ON = date(2026, 9, 15)


@pytest.fixture
def office(office: Office) -> Office:
    """An office that has visited a class at Södertörn, for the intake after next."""
    said = Particulars("Klassbesök", VISITED_ON, term=Term(2027, 2), university="sh")
    add_activity(office.by(), "visit", said)
    return office


def kept(office: Office) -> list[tuple[object, ...]]:
    """Return every voice as it is kept."""
    return office.store.engine_rows(
        "SELECT id, kind, theme, text, number, occurred_on FROM voice ORDER BY id"
    )


def test_a_voice_of_an_activity_has_its_day_term_and_university(office: Office) -> None:
    voice = add_voice(office.by(), "a-1", "önskemål", "handledning", "  Egen\nhandledare ", number=9)
    assert (voice.label, voice.source, voice.on) == ("V-1", "A-1", VISITED_ON)
    assert (voice.term, voice.university) == (Term(2027, 2), "sh")
    assert kept(office) == [(1, "wish", "supervision", "Egen handledare", 9, "2026-09-15")]


def test_an_activity_is_known_by_its_title(office: Office) -> None:
    office.add("Anna Klasson")
    assert add_voice(office.by(), "klassbesök", "wish", "pay").source == "A-1"
    assert add_voice(office.by(), "klasson", "wish", "pay").source == "C-1.1"


def test_a_voice_of_a_candidate_has_her_cohorts_term_and_her_university(office: Office) -> None:
    office.add("Anna Ek", university="oru")
    voice = add_voice(office.by(), "anna", "concern", "threats")
    assert (voice.source, voice.on, voice.number) == ("C-1.1", TODAY, 1)
    assert (voice.term, voice.university) == (HT2026, "oru")


@pytest.mark.parametrize(
    ("source", "kind", "theme", "more", "code"),
    [
        ("A-9", "wish", "pay", {}, "activity-not-found"),
        ("C-9", "wish", "pay", {}, "candidacy-not-found"),
        ("A-1", "anger", "pay", {}, "voice-kind-invalid"),
        ("A-1", "wish", "berg", {}, "theme-not-found"),
        ("A-1", "wish", "pay", {"number": 0}, "voice-count-out-of-range"),
        ("A-1", "wish", "pay", {"number": 10_001}, "voice-count-out-of-range"),
        ("A-1", "wish", "pay", {"on": date(2026, 11, 21)}, "date-in-future"),
        ("A-1", "wish", "pay", {"text": "x" * 2_001}, "text-too-long"),
    ],
)
def test_what_cannot_be_a_voice_is_refused(
    office: Office, source: str, kind: str, theme: str, more: dict[str, object], code: str
) -> None:
    with pytest.raises((InvalidInput, NotFound)) as raised:
        add_voice(office.by(), source, kind, theme, **more)  # type: ignore[arg-type]
    assert raised.value.code == code
    assert kept(office) == []


def test_a_dry_run_keeps_no_voice(office: Office) -> None:
    assert add_voice(office.by(dry_run=True), "A-1", "wish", "pay").label == "V-1"
    assert kept(office) == []


def test_a_voice_is_taken_away_and_put_back_as_it_was(office: Office) -> None:
    add_voice(office.by(), "A-1", "wish", "pay", "Högre lön", number=3)
    before = kept(office)
    assert remove_voice(office.by(), " v-1 ").text == "Högre lön"
    assert kept(office) == []
    undo_last(office.by())
    assert kept(office) == before


@pytest.mark.parametrize("ref", ["V-2", "1", "A-1", "V-", "V-x"])
def test_a_voice_that_is_not_there_cannot_be_taken_away(office: Office, ref: str) -> None:
    add_voice(office.by(), "A-1", "wish", "pay")
    with pytest.raises(NotFound, match="voice-not-found"):
        remove_voice(office.by(), ref)


def test_what_a_candidate_said_last_is_taken_back_with_her_id(office: Office) -> None:
    office.add()
    office.add("Bo Öst")
    add_voice(office.by("Eva"), "C-1", "wish", "pay")
    add_voice(office.by("Eva"), "C-2", "wish", "pay")
    undo(office.by("Bo"), "C-1")
    assert [number for number, *_ in kept(office)] == [2]


def test_a_voice_that_somebody_has_taken_away_is_not_undone(office: Office) -> None:
    add_voice(office.by("Eva"), "A-1", "wish", "pay")
    remove_voice(office.by("Bo"), "V-1")
    with pytest.raises(Exception, match="changed-since"):
        undo_last(office.by("Eva"))


def test_words_go_with_the_name_and_the_count_stays(office: Office) -> None:
    office.add()
    for text in ("Min chef Per", "Min man Ulf"):
        add_voice(office.by(), "C-1", "concern", "hours", text)
    add_voice(office.by(), "A-1", "wish", "pay", "Mer")
    remove_voice(office.by(), "V-2")
    protect(office.by(), "C-1")
    assert [(number, text) for number, _, _, text, *_ in kept(office)] == [(1, None), (3, "Mer")]
    assert office.store.engine_rows("SELECT * FROM edit WHERE before LIKE '%Ulf%'") == []


class TestThemes:
    """Themes come along, and are added; each means one thing."""

    def test_a_theme_is_added_and_found_by_a_part_of_its_title(self, office: Office) -> None:
        added = add_theme(office.by(), "Fika", " Raster  och fika")
        assert (added.code, added.titles["sv"], added.own) == ("fika", "Raster och fika", True)
        assert find_theme(office.store, "raster") == added

    @pytest.mark.parametrize(
        ("code", "title"), [("PAY", "Annat"), ("annat", "Handledning"), ("lön", "Annat")]
    )
    def test_a_theme_there_is_in_any_language_is_not_added(
        self, office: Office, code: str, title: str
    ) -> None:
        with pytest.raises(Refused, match="theme-known"):
            add_theme(office.by(), code, title)

    def test_the_theme_heard_most_often_stands_first(self, office: Office) -> None:
        add_voice(office.by(), "A-1", "wish", "pay", number=2)
        add_voice(office.by(), "A-1", "concern", "pay", number=2)
        add_voice(office.by(), "A-1", "concern", "hours", number=3)
        first = [(each.theme.code, each.heard) for each in themes(office.store)[:3]]
        assert first == [("pay", 4), ("hours", 3), ("supervision", 0)]

    def test_what_was_said_in_a_candidacy_that_was_undone_is_not_heard(self, office: Office) -> None:
        office.add()
        add_voice(office.by("Bo"), "C-1", "wish", "pay")
        undo_last(office.by("Eva"))
        assert {each.heard for each in themes(office.store)} == {0}

    def test_a_theme_that_somebody_spoke_of_stays(self, office: Office) -> None:
        add_theme(office.by("Bo"), "fika", "Fika")
        add_voice(office.by("Eva"), "A-1", "praise", "fika")
        with pytest.raises(Refused, match="in-use"):
            undo_last(office.by("Bo"))
        assert find_theme(office.store, "fika").own
