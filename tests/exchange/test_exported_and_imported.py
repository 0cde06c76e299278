"""What is exported and imported again gives the same candidacies: whatever was typed, wherever they stand."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from socrekry.domain.names import search_key
from socrekry.services import moves, noting
from socrekry.services.candidates import add_candidacy
from socrekry.services.cohorts import find_cohort
from tests.builders import ASKED_FOR, TODAY, Office
from tests.exchange.exports import a_filled_programme, held, read_back, written

ASKED = {**ASKED_FOR, "offer": ("references-checked",)}
COHORTS = ("K-1", "K-2", "K-3", "K-4")
UNITS = (None, 1, 2)
# Names begin with what a spreadsheet runs, hold what a CSV means something by, and all letters there are.
SIGNS = st.sampled_from("=+-@',;\"| ")
LETTERS = st.characters(exclude_categories=("C", "Z"), max_codepoint=0x2FF)
TYPED = st.builds(
    lambda begins, rest: " ".join((begins + rest).split()),
    st.sampled_from(("", "", "=", "'=", "''+", "@", "-", '"')),
    st.text(LETTERS | SIGNS, min_size=1, max_size=12),
)
NAMES = TYPED.filter(search_key)
NOTES = st.lists(TYPED.filter(bool), max_size=3).map("\n".join)

people = st.fixed_dictionaries(
    {
        "name": NAMES,
        "phone": st.none() | st.sampled_from(["070-1", "+46701234567", "+46 70 12", "-5", "=1"]),
        "university": st.sampled_from([None, "sh", "oru"]),
        "tags": st.lists(TYPED.filter(lambda text: text and "|" not in text), max_size=2, unique=True),
        "note": NOTES,
        "protected": st.booleans(),
        "cohort": st.sampled_from(COHORTS),
        "unit": st.sampled_from(UNITS),
        "source": st.sampled_from([None, "visit", "unsolicited", "A-1", "A-2"]),
        "steps": st.lists(st.integers(0, 40), max_size=7),
        "outcome": st.sampled_from([None, None, "declined", "rejected", "no-reply"]),
        "reason": TYPED,
        "degree": st.booleans(),
        "left": st.none() | TYPED.filter(bool),
    }
)


def lived(office: Office, number: int, told: dict[str, Any]) -> None:
    """Let somebody come as far as was drawn, a move at a time, by commands like any other."""
    cohort, on = find_cohort(office.store, told["cohort"]), date(2025, 9, 1)
    more = {} if told["protected"] else {"phone": told["phone"], "university": told["university"]}
    words = {} if told["protected"] else {"tags": told["tags"], "note": told["note"]}
    email = None if told["protected"] else f"{number}@exempel.se"
    ref = office.add(
        told["name"], on=on, cohort=cohort, email=email, **more, **words, protected=told["protected"],
        unit=told["unit"], channel=told["source"],
    )  # fmt: skip
    path = [stage.name for stage in office.subject(ref).pipeline.main_path][1:]
    for days, target in zip(told["steps"], path, strict=False):
        on += timedelta(days)
        facts = tuple(noting.NewFact(fact, None, on) for fact in ASKED.get(target, ()))
        staff = {"supervisor": "S-1", "mentor": "S-2"} if target == "placement" else {}
        along = moves.Along(facts, **staff, override="so it was")
        (outcome,) = moves.advance(office.by(), [ref], on, to=target, along=along)
        assert outcome.done, outcome
    known = [noting.NewFact("degree", "socionomexamen", on)] * told["degree"]
    if told["left"] and not told["protected"]:
        known.append(noting.NewFact("left", told["left"], on))
    if known:
        noting.record(office.by(command="record"), [ref], known)
    if told["outcome"] and office.subject(ref).candidacy.state == "open":
        reason = None if told["protected"] else told["reason"] or None
        moves.close(office.by(command="close"), [ref], on, outcome=told["outcome"], reason=reason)


@settings(max_examples=40, deadline=None)
@given(st.lists(people, min_size=1, max_size=4), st.booleans())
def test_what_is_exported_is_imported_to_the_same_store(told: list[dict[str, Any]], excel: bool) -> None:
    with a_filled_programme() as office, a_filled_programme() as again:
        for number, each in enumerate(told, 1):
            lived(office, number, each)
        content = written(office.store, excel=excel)
        answer = read_back(again, content)
        assert (answer.bad, answer.kept) == ((), True)
        assert held(again.store) == held(office.store)
        assert written(again.store, excel=excel) == content


def test_several_candidacies_of_a_person_are_one_persons_again() -> None:
    with a_filled_programme() as office, a_filled_programme() as again:
        first = office.add("Anna Ek", "applied")
        office.add("Bo Alm")
        moves.close(office.by(), [first], TODAY, outcome="declined")
        add_candidacy(office.by(), "C-1", find_cohort(office.store, "K-3"), TODAY)
        answer = read_back(again, written(office.store))
        assert (answer.bad, held(again.store)) == ((), held(office.store))
