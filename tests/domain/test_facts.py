"""Facts: which there are, and what each may say."""

import pytest

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.domain.facts import FACTS, fact_kind, fact_value
from socrekry.domain.guards import GUARDS


def test_an_unknown_fact_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound) as missing:
        fact_kind("diagnosis")
    assert missing.value.code == "fact-not-found"
    assert missing.value.details == {"fact": "diagnosis", "facts": list(FACTS)}


@pytest.mark.parametrize(
    ("fact", "typed", "stored"),
    [
        ("assessment", None, "yes"),
        ("assessment", "yes", "yes"),
        ("degree", "socialstyrelsen-proof", "socialstyrelsen-proof"),
        ("register-check-seen", "criminal+suspicion", "criminal+suspicion"),
        ("thesis", "Barns röst i utredningar", None),
        ("thesis", None, None),
        ("left", "flyttade", None),
    ],
)
def test_a_value_is_stored_as_a_code_and_a_text_is_not(
    fact: str, typed: str | None, stored: str | None
) -> None:
    assert fact_value(fact_kind(fact), typed) == stored


@pytest.mark.parametrize(
    ("fact", "typed"),
    [
        ("degree", None),
        ("degree", "snart"),
        ("assessment", "no"),
        ("register-check-seen", ""),
        ("degree", ""),
    ],
)
def test_a_value_that_is_none_is_refused_with_those_there_are(fact: str, typed: str | None) -> None:
    with pytest.raises(InvalidInput) as invalid:
        fact_value(fact_kind(fact), typed)
    assert invalid.value.code == "fact-value-invalid"
    assert invalid.value.details == {"fact": fact, "value": typed or "", "values": list(FACTS[fact].values)}


@pytest.mark.parametrize("typed", [None, ""])
def test_a_fact_that_is_nothing_without_words_asks_for_them(typed: str | None) -> None:
    with pytest.raises(InvalidInput) as invalid:
        fact_value(fact_kind("left"), typed)
    assert invalid.value.code == "fact-text-missing"


def test_what_would_be_the_content_of_a_register_or_about_health_has_no_name() -> None:
    assert {name for name, kind in FACTS.items() if kind.is_text} == {"thesis", "left"}
    assert {name for name, kind in FACTS.items() if kind.about_person} == {"degree", "register-check-seen"}


def test_a_guard_named_like_a_fact_asks_for_one_that_can_be_recorded() -> None:
    asks_for_no_fact = {"free-seat", "supervisor", "mentor", "last-year", "degree-or-graduation"}
    assert set(GUARDS) - asks_for_no_fact - {"register-check"} <= set(FACTS)
