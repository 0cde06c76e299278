"""Rows that name the same candidate are one person's, whose details they do not contradict."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from socrekry.services.activity_recording import Particulars, add_activity
from socrekry.services.candidacies import load
from socrekry.services.persons import read_details
from socrekry.services.staffing import add_staff
from socrekry.services.tallies import wrong_tallies
from socrekry.store.connect import Store
from tests.services.imports import a_cohort_of_another_pipeline, bad, imported, stays
from tests.services.programme import a_cohort, a_store, by, held


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a furnished store with a cohort of two trainees and another of the direct pipeline in VT2027."""
    with a_store(tmp_path) as made:
        a_cohort(made, seats=2)
        a_cohort_of_another_pipeline(made)
        yield made


def test_rows_of_one_candidate_are_candidacies_of_one_person(store: Store) -> None:
    answer = imported(
        store,
        "kandidat,name,email,pipeline,tags\n"
        "C-9,Eva Ek,e@x.se,trainee,a\nB,Bo,,direct,\nc-9,Eva Ek,e@x.se,direct,a b\n",
    )
    assert [each.candidacy for each in answer.imported] == ["C-1.1", "C-2.1", "C-1.2"]
    assert [row[1] for row in held(store)["tag"]] == ["a", "b"]
    assert [load(store, n).pipeline.name for n in (1, 2, 3)] == ["trainee", "direct", "direct"]


def test_a_later_row_need_not_say_again_what_an_earlier_one_said(store: Store) -> None:
    imported(store, "candidate,name,email,phone,pipeline\n1,Eva,e@x.se,,trainee\n1,Eva,,,direct\n")
    assert (read_details(store, 1)[0].email, len(held(store)["person"])) == ("e@x.se", 1)


def test_a_later_row_must_not_say_otherwise(store: Store) -> None:
    answer = imported(
        store,
        "candidate,name,email,phone,pipeline\n1,Eva,e@x.se,08-1,trainee\n1,Eva,f@x.se,08-2,direct\n",
        keep_good=True,
    )
    assert bad(answer) == [(3, "email", "candidate-differs"), (3, "phone", "candidate-differs")]
    assert answer.bad[0].details == {"candidate": "1", "first": 2}


def test_nobody_has_two_open_candidacies_in_a_cohort(store: Store) -> None:
    answer = imported(store, "candidate,name,cohort\n1,Eva,K-1\n1,Eva,K-2\n1,Eva,K-2\n")
    assert (bad(answer), answer.bad[0].details["first"]) == ([(4, "cohort", "candidate-repeated")], 3)


def test_whoever_was_closed_may_begin_again(store: Store) -> None:
    row = "1,Eva,K-1,2026-03-01,{}\n"
    text = row.format("withdrawn,2026-04-01") + row.format(",")
    text = f"candidate,name,cohort,applied_on,outcome,closed_on\n{text}"
    assert [each.candidacy for each in imported(store, text).imported] == ["C-1.1", "C-1.2"]


def test_a_protected_candidate_is_one_person_and_not_named(store: Store) -> None:
    answer = imported(store, "candidate,name,protected,cohort\n7,,ja,K-1\n7,,ja,K-2\n8,,ja,K-1\n")
    assert [(each.candidacy, each.name[-1]) for each in answer.imported] == [
        ("C-1.1", "1"),
        ("C-1.2", "1"),
        ("C-2.1", "2"),
    ]


def test_rows_of_somebody_known_are_all_passed_over(store: Store) -> None:
    text = "candidate,name,email,cohort\n1,Eva,e@x.se,K-1\n1,Eva,,K-1\n"
    imported(store, "name,email,cohort\nEva,e@x.se,K-1\n")
    answer = imported(store, text, on_duplicate="skip")
    assert ([each.line for each in answer.skipped], len(held(store)["candidacy"])) == ([2, 3], 1)


def test_an_update_begins_the_candidacies_that_somebody_known_has_not(store: Store) -> None:
    imported(store, "name,email,cohort\nEva,e@x.se,K-1\n")
    text = "candidate,name,email,cohort\n1,Eva,e@x.se,K-1\n1,Eva,,K-2\n"
    answer = imported(store, text, on_duplicate="update")
    assert [each.candidacy for each in answer.updated] == ["C-1.2"]


def test_whoever_is_new_is_numbered_after_one_who_was_taken_by_herself(store: Store) -> None:
    imported(store, "name,email,cohort\nEva,e@x.se,K-1\n")
    text = "name,email,cohort\nBo,,K-1\nEva,e@x.se,K-2\nCia,,K-1\n"
    answer = imported(store, text, on_duplicate="update")
    assert [each.candidacy for each in answer.imported] == ["C-2.1", "C-3.1"]
    assert [row[0] for row in held(store)["candidacy"]] == [1, 2, 3, 4]


def test_a_row_by_itself_among_others_is_counted_with_them(store: Store) -> None:
    """Nobody's first stage is supervised, so the machine refuses: the row is taken by itself."""
    add_staff(by(store), "Olle Öst", ["mentor"])
    header = "name,cohort,applied_on,selected_on,supervisor\n"
    rows = [f"Nr {n},K-1,2026-03-01,2026-04-01,{'S-1' if n == 1 else ''}\n" for n in range(4)]
    answer = imported(store, header + "".join(rows), keep_good=True)
    assert bad(answer) == [(3, "supervisor", "wrong-role"), (5, "selected_on", "cohort-full")]
    assert [each.candidacy for each in answer.imported] == ["C-1.1", "C-2.1"]


def test_an_address_is_known_by_the_line_that_brought_it(store: Store) -> None:
    known = "".join(f"Nr {n},nr{n}@x.se,K-1\n" for n in range(1200))
    answer = imported(store, f"name,email,cohort\n{known}Bo,NR7@x.se,K-1\n")
    assert (bad(answer), answer.bad[0].details["first"]) == ([(1202, "email", "email-repeated")], 9)


def test_an_update_of_whoever_came_in_a_moment_ago_sees_her(store: Store) -> None:
    text = "name,email,cohort,applied_on\nEva,e@x.se,K-1,2026-03-01\nEva,e@x.se,K-1,2026-03-01\n"
    answer = imported(store, text, on_duplicate="update")
    assert ([each.line for each in answer.imported], [each.line for each in answer.skipped]) == ([2], [3])
    assert stays(store, "C-1") == [("lead", "2026-03-01"), ("applied", "2026-03-01")]


def test_new_candidates_who_resemble_others_are_told_once(store: Store) -> None:
    imported(store, "name,phone,cohort\nEva Ekström,070-123 45 67,K-1\n")
    answer = imported(store, "name,phone,cohort\nE. Ek,+46701234567,K-1\nBo,08-1,K-1\nEva Ekström,,K-1\n")
    assert [(whose, [each.id for each in alike]) for whose, alike in answer.resembles] == [
        ("C-2", ["C-1"]),
        ("C-4", ["C-1"]),
    ]


def test_of_many_at_once_nobody_asks_whom_they_resemble(store: Store) -> None:
    answer = imported(store, "name,phone,cohort\n" + "Eva,070-123 45 67,K-1\n" * 201)
    assert (len(answer.imported), answer.resembles, answer.compared) == (201, (), False)


def test_whoever_has_several_candidacies_is_counted_to_her_first_contact(store: Store) -> None:
    add_activity(by(store), "visit", Particulars("Klassbesök", date(2026, 3, 2)))
    header = "candidate,name,cohort,source,applied_on,selected_on,supervisor\n"
    alone = "1,Eva,K-1,ad,2026-03-01,2026-04-01,S-1\n1,Eva,K-2,A-1,2026-05-01,,\n"
    rows = "2,Bo,K-1,,2026-03-01,,\n3,Ci,K-1,fair,2026-03-02,,\n2,Bo,K-2,A-1,,,\n3,Ci,K-2,A-1,2026-05-01,,\n"
    add_staff(by(store), "Siv Hand", ["supervisor"])
    assert imported(store, header + alone + rows).bad == ()
    assert wrong_tallies(store) == {}
    firsts = "SELECT activity_id, kind, SUM(n) FROM credit_tally WHERE begins GROUP BY 1, 2 HAVING SUM(n) > 0"
    assert store.engine_rows(firsts) == [(0, "ad", 2), (1, "", 4)]
