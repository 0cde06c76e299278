"""A check finds what was done to a store behind its back, says whose it is, and mends what can be mended."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from socrekry.exchange.heads import read_heads, write_heads
from socrekry.services import checking
from socrekry.services.chains import Defect
from socrekry.services.checking import Checked, check
from socrekry.services.dossiers import dossiers
from socrekry.services.heads import head_defects, heads
from socrekry.services.moves import advance
from socrekry.services.opening import opened
from tests.stories import TODAY, a_story, a_story_on_postgresql, writing_to
from tests.tampering import connected_to, tamper, tamper_thoroughly, the_log

NOBODYS = "f" * 64
EARLIER = "2025-01-01T12:00:00.000000Z"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the place of a store with a story in it, on each engine in turn."""
    return a_story_on_postgresql() if request.param == "postgresql" else str(a_story(tmp_path))


def checked(place: str) -> Checked:
    with opened(place, writing=False) as store:
        return check(store)


def repaired(place: str) -> Checked:
    with writing_to(place, "check") as w, w.transaction():
        return check(w.store, mend_at=w.occasion.recorded_at)


def named(defects: Sequence[Defect]) -> list[tuple[str, str | None]]:
    return [(defect.code, defect.candidacy) for defect in defects]


def test_a_store_that_nobody_meddled_with_is_whole(place: str) -> None:
    whole = checked(place)
    assert (whole.candidacies, whole.found, whole.defects) == (8, 0, ())
    assert whole.events == len(the_log(place))


@pytest.mark.parametrize(
    ("edit", "code", "seqs"),
    [
        ("UPDATE event SET body = replace(body, 'lead', 'head') WHERE {c} AND seq = 2", "log-edited", ["2"]),
        ("UPDATE event SET occurred_on = '2025-01-01' WHERE {c} AND seq = 3", "log-edited", ["3"]),
        ("UPDATE event SET occurred_on = NULL WHERE {c} AND seq = 1", "log-edited", ["1"]),
        (
            "UPDATE event SET recorded_at = replace(recorded_at, '6', '5') WHERE {c} AND seq = 3",
            "log-edited",
            ["3"],
        ),
        ("UPDATE event SET command_id = 1 WHERE {c} AND seq = 2", "log-edited", ["2"]),
        ("UPDATE event SET kind = 'reopened' WHERE {c} AND seq = 2", "log-edited", ["2"]),
        ("UPDATE event SET version = 2 WHERE {c} AND seq = 2", "log-edited", ["2"]),
        ("UPDATE event SET hash = '" + NOBODYS + "' WHERE {c} AND seq = 2", "log-edited", ["2", "3"]),
        ("DELETE FROM event WHERE {c} AND seq = 1", "log-entries-missing", ["1"]),
        ("DELETE FROM event WHERE {c} AND seq IN (2, 3)", "log-entries-missing", ["2–3"]),
        (
            "UPDATE event SET seq = 2000000000 WHERE {c} AND seq = 2",
            "log-entries-missing",
            ["2", "17–1999999999"],
        ),
        ("DELETE FROM event WHERE {c} AND seq > 11", "log-cut", ["12–16"]),
        ("DELETE FROM event WHERE {c}", "log-cut", ["1–16"]),
    ],
)
def test_what_was_done_to_a_log_is_told_with_its_place(
    place: str, edit: str, code: str, seqs: list[str]
) -> None:
    tamper(place, edit.format(c="candidacy_id = 1"))
    assert checked(place).defects[0] == Defect(code, "C-1.1", {"seqs": seqs})
    assert {defect.candidacy for defect in checked(place).defects} == {"C-1.1"}


def test_a_command_that_is_said_to_be_somebody_elses_is_found(place: str) -> None:
    last = "(SELECT command_id FROM event WHERE candidacy_id = 1 AND seq = 16)"
    tamper(
        place,
        "INSERT INTO actor (id, name) VALUES (99, 'Nobody')",
        f"UPDATE command SET actor_id = 99 WHERE id = {last}",
    )
    assert Defect("log-edited", "C-1.1", {"seqs": ["16"]}) in checked(place).defects


def test_entries_that_changed_places_are_told_from_edited_ones(place: str) -> None:
    swap = "UPDATE event SET seq = {} WHERE candidacy_id = 1 AND seq = {}"
    tamper(place, swap.format(99, 2), swap.format(2, 3), swap.format(3, 99))
    assert checked(place).defects == (Defect("log-reordered", "C-1.1", {"seqs": ["2", "3"]}),)


def test_a_deletion_that_was_hidden_by_numbering_anew_is_found(place: str) -> None:
    closed_up = "UPDATE event SET seq = {0} WHERE candidacy_id = 4 AND seq = {0} + 1"
    tamper(
        place,
        "DELETE FROM event WHERE candidacy_id = 4 AND seq = 1",
        closed_up.format(1),
        closed_up.format(2),
    )
    assert named(checked(place).defects) == [("log-edited", "C-4.1"), ("log-cut", "C-4.1")]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ("UPDATE candidacy SET head_hash = '" + NOBODYS + "' WHERE id = 3", "log-rewritten"),
        ("UPDATE candidacy SET head_seq = 2 WHERE id = 3", "log-rewritten"),
        ("UPDATE candidacy SET head_seq = 9 WHERE id = 3", "log-cut"),
        ("UPDATE candidacy SET number = 7 WHERE id = 3", "log-edited"),
        ("UPDATE candidacy SET person_id = 6, number = 2 WHERE id = 3", "log-edited"),
    ],
)
def test_a_row_that_names_another_end_or_another_owner_is_found(place: str, edit: str, code: str) -> None:
    tamper(place, edit)
    assert code in [defect.code for defect in checked(place).defects]


def test_a_candidacy_without_any_log_is_found(place: str) -> None:
    tamper_thoroughly(place, 4, "DELETE FROM event WHERE candidacy_id = 4")
    assert ("log-empty", "C-4.1") in named(checked(place).defects)


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        ("kind = 'teleported'", "log-unreadable"),
        ("version = 2", "log-unreadable"),
        ("body = '{'", "log-unreadable"),
        ("body = '[]'", "log-unreadable"),
        ("""body = '{"unheard": 1}'""", "log-unreadable"),
        ("body = replace(body, 'applied', 'moon')", "log-senseless"),
        ("occurred_on = NULL", "log-senseless"),
        ("""kind = 'resumed', body = '{}', occurred_on = NULL""", "log-senseless"),
    ],
)
def test_a_log_that_links_but_cannot_be_understood_is_found(place: str, edit: str, code: str) -> None:
    tamper_thoroughly(place, 4, f"UPDATE event SET {edit} WHERE candidacy_id = 4 AND seq = 2")
    assert named(checked(place).defects) == [(code, "C-4.1")]


DERIVED = [
    ("UPDATE candidacy SET stage = 'offer', due_on = NULL WHERE id = 1", "candidacy", ["stage", "due_on"]),
    ("UPDATE candidacy SET holds_seat = NOT holds_seat WHERE id = 1", "candidacy", ["holds_seat"]),
    ("UPDATE candidacy SET cohort_id = 2, unit_id = 2 WHERE id = 1", "candidacy", ["cohort", "unit"]),
    (
        "UPDATE stay SET entered_on = '2025-04-02' WHERE candidacy_id = 1 AND number = 2",
        "stay",
        ["entered_on"],
    ),
    ("UPDATE stay SET reason_id = NULL WHERE candidacy_id = 1", "stay", ["reason"]),
    ("DELETE FROM stay WHERE candidacy_id = 1 AND number = 4", "stay", ["row"]),
    ("UPDATE fact SET person_id = 2 WHERE candidacy_id = 1", "fact", ["person"]),
    ("DELETE FROM fact WHERE candidacy_id = 1", "fact", ["row"]),
    (
        "UPDATE assignment SET staff_id = 2, to_on = from_on WHERE candidacy_id = 1",
        "assignment",
        ["staff", "to_on"],
    ),
    ("INSERT INTO assignment VALUES (1, 99, 'mentor', 2, '2025-01-01', NULL)", "assignment", ["row"]),
]


@pytest.mark.parametrize(("edit", "table", "columns"), DERIVED)
def test_what_differs_from_the_log_is_told_by_column(
    place: str, edit: str, table: str, columns: list[str]
) -> None:
    tamper(place, edit)
    differs = Defect("cache-differs", "C-1.1", {"table": table, "columns": columns}, mendable=True)
    assert differs in checked(place).defects


@pytest.mark.parametrize("edit", [edit for edit, _, _ in DERIVED])
def test_a_repair_builds_it_anew_and_leaves_the_log_alone(place: str, edit: str) -> None:
    log = the_log(place)
    tamper(place, edit)
    mended = repaired(place)
    assert {defect.candidacy for defect in mended.mendings} == {"C-1.1"}
    assert (mended.found, checked(place).found, the_log(place)) == (0, 0, log)


def test_a_row_that_lags_behind_its_log_is_brought_up_to_it(place: str) -> None:
    (first,) = [row for row in the_log(place) if row[:2] == (4, 1)]
    tamper(place, f"UPDATE candidacy SET head_seq = 1, head_hash = '{first[-1]}' WHERE id = 4")
    assert named(checked(place).defects) == [("head-behind", "C-4.1")]
    assert (repaired(place).mended, checked(place).found) == (1, 0)


def test_a_person_who_is_counted_wrongly_is_found_and_mended(place: str) -> None:
    tamper(place, "UPDATE person SET void = NOT void WHERE id IN (1, 6)")
    assert [defect.details for defect in checked(place).defects] == [{"id": "C-1"}, {"id": "C-6"}]
    assert (repaired(place).mended, checked(place).found) == (2, 0)


def test_a_repair_does_not_bless_a_log_that_was_changed(place: str) -> None:
    tamper(place, "DELETE FROM event WHERE candidacy_id = 1 AND seq = 16", "UPDATE stay SET paused_days = 3")
    mended = repaired(place)
    assert named(mended.defects) == [("log-cut", "C-1.1")]
    assert named(checked(place).defects) == [("log-cut", "C-1.1")]


def test_a_repair_that_breaks_off_has_changed_nothing(place: str) -> None:
    tamper(place, "UPDATE candidacy SET stage = 'moon'")

    def break_off(done: int, of: int) -> None:
        assert done < of

    with pytest.raises(AssertionError), writing_to(place, "check") as w, w.transaction():
        check(w.store, mend_at=w.occasion.recorded_at, progress=break_off)
    assert checked(place).found == 8


@pytest.mark.parametrize(
    ("edit", "code", "whose"),
    [
        ("UPDATE remark SET command_id = 999 WHERE candidacy_id = 5", "reference-broken", "C-5.1"),
        ("UPDATE candidacy SET pipeline_id = 999 WHERE id = 5", "reference-broken", "C-5.1"),
        ("UPDATE staff SET unit_id = 999 WHERE id = 1", "reference-broken", None),
        ("UPDATE fact SET candidacy_id = 999 WHERE candidacy_id = 2", "reference-broken", None),
        ("UPDATE cohort SET seats = 1", "seats-exceeded", None),
        ("UPDATE pipeline SET definition = replace(definition, 'mentor', 'thesis')", "pipeline-edited", None),
        ("UPDATE pipeline SET definition = 'x' WHERE id = 1", "pipeline-edited", None),
        ("DROP INDEX ix_tag", "schema-part-missing", None),
        ("DROP TABLE tag", "schema-part-missing", None),
    ],
)
def test_what_is_wrong_beside_the_logs_is_found(place: str, edit: str, code: str, whose: str | None) -> None:
    tamper(place, *edit.split("; "))
    assert (code, whose) in named(checked(place).defects)


def test_a_log_without_its_guard_is_found(tmp_path: Path) -> None:
    path = a_story(tmp_path)
    with connected_to(path) as store:
        store.run("DROP TRIGGER event_no_replace")
    gone = {"kind": "trigger", "name": "event_no_replace"}
    assert checked(str(path)).defects == (Defect("schema-part-missing", None, gone),)


@pytest.mark.parametrize("table", ["event", "stay", "tag"])
def test_a_file_with_a_page_overwritten_is_found(tmp_path: Path, table: str) -> None:
    path = a_story(tmp_path)
    with connected_to(path) as store:
        [(page,)], _ = store.run("SELECT rootpage FROM sqlite_master WHERE name = :table", {"table": table})
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(data)
    assert "file-damaged" in [defect.code for defect in checked(str(path)).defects]


def test_very_many_defects_are_counted_but_not_all_kept(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tamper(place, "UPDATE candidacy SET rank = 77")
    monkeypatch.setattr(checking, "KEPT", 3)
    assert (checked(place).found, len(checked(place).defects)) == (8, 3)


def test_others_write_while_a_check_reads(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.1")
    with opened(place, writing=False) as store:
        reading = dossiers(store, at_a_time=3)
        labels = [next(reading).label]
        with writing_to(place) as w:
            assert advance(w, ["C-3"], TODAY)[0].refused  # it came to the refusal, so it could write
        labels += [dossier.label for dossier in reading]
    assert labels == ["C-1.1", "C-2.1", "C-3.1", "C-4.1", "C-5.1", "C-6.1", "C-7.1", "C-2.2"]


class TestHeads:
    """Heads that were kept elsewhere find what nothing in the store could."""

    def compared(self, place: str, file: Path) -> list[tuple[str, str | None]]:
        with opened(place, writing=False) as store:
            assert check(store).found == 0
            return named(list(head_defects(store, read_heads(str(file)))))

    @pytest.fixture
    def file(self, place: str, tmp_path: Path) -> Path:
        """Write the heads of the store as it was first."""
        file = tmp_path / "heads.csv"
        with opened(place, writing=False) as store:
            assert write_heads(str(file), heads(store, at_a_time=3)) == 8
        return file

    def test_what_only_grew_is_as_it_was(self, place: str, file: Path) -> None:
        with writing_to(place) as w:
            assert advance(w, ["C-7"], TODAY)[0].done
        assert self.compared(place, file) == []

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            ("DELETE FROM event WHERE candidacy_id = 7 AND seq = 2", "log-shortened"),
            (
                "UPDATE event SET recorded_at = replace(recorded_at, '6', '5') WHERE candidacy_id = 7",
                "log-recomputed",
            ),
        ],
    )
    def test_a_log_that_was_computed_anew_is_found(
        self, place: str, tmp_path: Path, edit: str, code: str
    ) -> None:
        with writing_to(place) as w:
            advance(w, ["C-7"], TODAY)
        file = tmp_path / "heads.csv"
        with opened(place, writing=False) as store:
            write_heads(str(file), heads(store))
        tamper_thoroughly(place, 7, edit)
        repaired(place)
        assert self.compared(place, file) == [(code, "C-7.1")]

    def test_a_candidacy_that_is_gone_is_found(self, place: str, file: Path) -> None:
        own = ("event", "stay", "fact", "assignment")
        tamper(
            place,
            *(f"DELETE FROM {table} WHERE candidacy_id = 8" for table in own),
            "DELETE FROM remark WHERE candidacy_id = 8",
            "DELETE FROM candidacy WHERE id = 8",
        )
        repaired(place)  # or the tallies would tell
        assert self.compared(place, file) == [("log-gone", "C-2.2")]
