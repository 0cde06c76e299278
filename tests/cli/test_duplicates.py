"""Duplicates and merges as they are typed: what the answers say, on a screen, in a pipe and as data."""

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Run

Line = Callable[..., str]
ANNA = 'add-candidate "Anna Ek" --phone "070-123 45 67" --pipeline trainee --term HT2025'
EK = 'add-candidate "Ek, Anna" --phone "+46 70 1234567" --email anna@x.se --pipeline direct --term VT2026'


@pytest.fixture
def office(story: object, line: Line) -> Line:
    """Give the store of the story, with Anna added twice: C-8 and C-9."""
    line(ANNA)
    line(EK)
    return line


def test_who_is_added_is_compared_and_the_likeness_is_talk(story: object, line: Line, cli: Run) -> None:
    line(ANNA)
    words = ["add-candidate", "Ek, Anna", "--phone", "0701234567", "--pipeline", "direct", "--term", "VT2026"]
    done = cli(*words)
    assert done.out.splitlines()[0] == "C-9.1 Ek, Anna"
    assert done.err.splitlines() == [
        "C-9 resembles C-8 Anna Ek: same telephone, like name",
        "The same person: socrekry merge C-8 C-9",
    ]


def test_a_script_is_told_the_likeness_as_data(story: object, line: Line, cli: Run) -> None:
    line(ANNA)
    done = cli("add-candidate", "Anna Eck", "--pipeline", "direct", "--term", "VT2026", "--format", "json")
    told = {"id": "C-8", "name": "Anna Ek", "reasons": ["like-name"], "alike": 93}
    assert (json.loads(done.out)["resembles"], done.err) == ([told], "")


def test_pairs_are_listed_with_what_to_do_about_them(office: Line) -> None:
    assert office("duplicates C-8").splitlines() == [
        "Id   Name     Id   Name      Alike  Why",
        "C-8  Anna Ek  C-9  Ek, Anna     93  same telephone +46 70 1234567, like name",
        "The same person: socrekry merge C-8 C-9",
        "Two persons: socrekry duplicates --apart C-8 C-9",
    ]


def test_pairs_have_every_form_of_a_list(office: Line) -> None:
    (pair,) = json.loads(office("duplicates C-9 --format json"))
    assert (pair["one"]["id"], pair["other"]["email"], pair["reasons"]) == (
        "C-8", "anna@x.se", ["same-phone", "like-name"]
    )  # fmt: skip
    csv = office("duplicates C-9 --format csv").splitlines()
    assert csv[0] == "id,name,other_id,other_name,reasons,alike"
    assert csv[1] == 'C-8,Anna Ek,C-9,"Ek, Anna",same-phone like-name,93'
    assert office("duplicates C-9 --format ids") == "C-8\nC-9\n"


def test_those_who_were_told_apart_are_two(office: Line) -> None:
    said = "C-8 and C-9 are two persons; they are not shown as alike any more.\n"
    assert office("duplicates --apart C-9 C-8") == said
    assert office("duplicates C-8") == "Nobody resembles another.\n"
    assert "told apart" not in office("undo")
    assert "C-9" in office("duplicates C-8")


def test_a_rehearsal_tells_nobody_apart(office: Line) -> None:
    told = office("duplicates --apart C-9 C-8 --dry-run --format json")
    assert json.loads(told) == [{"id": "C-8", "other_id": "C-9"}]
    assert "C-9" in office("duplicates C-8")


def test_a_merge_says_what_it_chose_and_how_to_take_it_back(office: Line) -> None:
    said = office("merge C-8 C-9 --keep phone=C-9").splitlines()
    assert said[0] == "C-9 is C-8 Anna Ek from now on."
    assert [" ".join(each.split()) for each in said[1:5]] == [
        "Kept Of Left out",
        "name Anna Ek C-8 Ek, Anna",
        "e-mail anna@x.se C-9",
        "telephone +46 70 1234567 C-9 070-123 45 67",
    ]
    assert said[5:] == ["C-9.1 is now C-8.2.", "To take it back: socrekry undo C-8.2"]
    assert office("undo C-8.2").startswith("Taken back: merge")
    assert office("show C-9").startswith("C-9 Ek, Anna")


def test_a_merge_is_data_as_well(office: Line) -> None:
    told = json.loads(office("merge C-8 C-9 --format json"))
    assert (told["id"], told["merged"]) == ("C-8", "C-9")
    assert told["details"][0] == {"field": "name", "kept": "Anna Ek", "of": "C-8", "dropped": "Ek, Anna"}
    assert told["candidacies"] == [{"before": "C-9.1", "after": "C-8.2"}]
    assert (told["set_aside"], told["activities"], told["tags"]) == ([], 0, [])
    assert office("list --search 'anna ek' --format ids") == "C-8.1\nC-8.2\n"


def test_history_says_what_was_set_aside(story: object, line: Line) -> None:
    line(ANNA)
    line(ANNA.replace("Ek", "Eck"))
    assert "C-9.1 was the same as the other in that cohort" in line("merge C-8 C-9")
    assert "set aside: the same as another in this cohort" in line("history C-9.1").lower()


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("merge C-8 C-8", 2, "C-8 cannot be merged with herself."),
        ("merge C-8 C-99", 4, "There is no candidacy “C-99”."),
        ("merge C-8 C-9 --keep phone", 2, "Write it as phone=C-7."),
        ("merge C-8 C-9 --keep shoe=C-8", 2, "name, email, phone, university and graduates"),
        ("merge C-8 C-9 --keep phone=C-1", 2, "Name one of the two: --keep phone=C-9"),
        ("duplicates --apart C-8", 2, "socrekry duplicates --apart C-1 C-7"),
        ("duplicates --apart C-8 C-9 --format ids", 2, "table and json"),
    ],
)
def test_what_cannot_be_done_says_why_and_what_helps(office: Line, typed: str, code: int, said: str) -> None:
    assert said in office(typed, code)


def test_two_who_have_both_come_further_in_one_cohort_are_refused_with_the_way_out(
    story: object, line: Line
) -> None:
    for name in ("Ek", "Eck"):
        line(ANNA.replace("Ek", name))
    line("advance C-8 C-9")
    said = line("merge C-8 C-9", 1)
    assert "C-8.1 and C-9.1 are both open in trainee HT2025" in said
    assert "socrekry close C-9.1 --outcome withdrawn" in said
