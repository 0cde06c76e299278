"""However many want the same thing at once, a rule that is asked alone is kept together.

Nobody who comes too late is told of an error: a full cohort is a refusal as at any other time, and whoever
was overtaken sees by whom.
"""

import random
from collections import Counter
from itertools import pairwise

import pytest

from tests.builders import HT2026, TODAY
from tests.faults.hands import Done, Hands
from tests.faults.worlds import CROWDED, World
from tests.rounds import rounds

SEATS, ROOM = 10, 3


def test_who_fights_for_ten_seats_gets_one_of_ten_or_a_refusal(world: World, hands: Hands) -> None:
    for _ in range(rounds(20, brief=1)):
        refs = world.candidates(len(hands), "applied", world.cohort(SEATS))
        select = [["advance", ref, "--to", "selected", "--with", "assessment"] for ref in refs]
        done = Counter(each.why for each in world.at_once(hands, select))
        assert done == {"done": SEATS, "free-seat": len(hands) - SEATS}
        world.require_sound()


def test_who_fights_for_a_supervisor_with_room_for_three_gets_her_or_a_refusal(
    world: World, hands: Hands
) -> None:
    for n in range(rounds(20, brief=1)):
        refs = world.candidates(len(hands), "selected", world.cohort(len(hands)))
        staff = world.office.staff(f"Handledare {n}", "supervisor", capacity=ROOM)
        along = ["--to", "placement", "--with", "university-confirmed", "--supervisor", staff]
        place = [["advance", ref, *along, "--override", "mentor följer"] for ref in refs]
        done = Counter(each.why for each in world.at_once(hands, place))
        assert done == {"done": ROOM, "supervisor": len(hands) - ROOM}
        world.require_sound()


def test_of_those_who_move_the_same_candidacy_one_wins_and_the_others_see_what_changed(
    world: World, hands: Hands
) -> None:
    for _ in range(rounds(20, brief=3)):
        (ref,) = world.candidates(1, "lead")
        move = ["advance", ref, "--from", "lead", "--to", "applied"]
        winners: list[tuple[int, Done]] = []
        losers: list[tuple[int, Done]] = []
        for n, each in enumerate(world.at_once(hands, [move] * len(hands))):
            (winners if each.code == 0 else losers).append((n, each))
        ((winner, _),) = winners
        assert {each.code for _, each in losers} == {5}
        for _, each in losers:
            (change,) = each.said["error"]["details"]["changes"]
            assert (change["actor"], change["command"]) == (f"Hand {winner}", "advance")
            assert (change["source"], change["target"], change["occurred_on"]) == (
                "lead",
                "applied",
                str(TODAY),
            )


def test_ways_to_a_seat_and_to_a_place_mix_and_no_limit_gives_way(world: World, hands: Hands) -> None:
    for n in range(rounds(20, brief=1)):
        chance, melee = random.Random(n), Melee(world)
        for _ in range(rounds(5, brief=3)):
            commands = [melee.command(chance) for _ in range(len(hands))]
            done = world.at_once(hands, commands)
            assert {each.code for each in done} <= {0, 1, 4, 5}, list(zip(commands, done, strict=True))
            assert world.rows(CROWDED) == []
        world.require_sound()


class Melee:
    """Two small cohorts, two supervisors with little room, and everything that takes a seat or a place."""

    def __init__(self, world: World) -> None:
        self.cohorts = [world.cohort(4), world.cohort(2)]
        self.staff = [
            world.office.staff(f"{name} {cohort.id}", "supervisor", "mentor", capacity=2)
            for name, cohort in zip(("Una", "Mia"), self.cohorts, strict=True)
        ]
        self.refs = [
            ref
            for cohort, stage in zip(self.cohorts, ("selected", "applied"), strict=True)
            for ref in world.candidates(
                cohort.seats + 2 if stage == "applied" else cohort.seats, stage, cohort
            )
        ]
        self.file = world.folder / "rows.csv"
        self.file.write_text(f"name,applied_on,selected_on\nNy,{TODAY},{TODAY}\nÄn Ny,{TODAY},\n", "utf-8")

    def command(self, chance: random.Random) -> list[str]:
        """Return some command line."""
        ref, staff, number = chance.choice(self.refs), chance.choice(self.staff), str(chance.randint(1, 4))
        cohort = chance.choice(self.cohorts)
        facts = [word for fact in ("assessment", "university-confirmed") for word in ("--with", fact)]
        return chance.choice(
            [
                ["advance", ref, *facts, "--supervisor", staff, "--override", "så"],
                ["advance", ref, *facts, "--supervisor", staff, "--mentor", staff],
                ["close", ref, "--outcome", "withdrawn"],
                ["reopen", ref],
                ["reserve", ref],
                ["transfer", ref, "--cohort", cohort.label],
                ["assign", ref, "--supervisor", staff, "--mentor", self.staff[0]],
                ["unassign", ref],
                ["undo", ref],
                ["undo"],
                ["edit-cohort", cohort.label, "--seats", number],
                ["edit-staff", staff, "--capacity", number],
                ["assign", "--external", f"student {number}", "--supervisor", staff, "--term", str(HT2026)],
                ["import", str(self.file), "--cohort", cohort.label, "--keep-good"],
            ]
        )


def test_a_move_and_its_undo_at_once_leave_a_candidacy_that_is_whole(world: World, hands: Hands) -> None:
    for _ in range(rounds(20, brief=2)):
        (ref,) = world.candidates(1, "applied")
        close = ["close", ref, "--outcome", "declined"]
        moved = {each.code for each in world.at_once(hands, [["undo", ref], close] * 4)}
        assert {0} < moved <= {0, 1, 5}
        world.require_sound()


def test_what_several_take_back_at_once_is_taken_back_once(world: World, hands: Hands) -> None:
    for _ in range(rounds(20, brief=3)):
        (ref,) = world.candidates(1, "lead")
        assert world.gives("note", ref, "Ringt").code == 0
        said = [each.said for each in world.at_once(hands, [["undo", ref]] * 4) if each.code == 0]
        back = [row["key"] for each in said for row in each["put_back"]]
        assert len(back) == len(set(back)) == 1
        assert all(each["put_back"] or each["candidacies"] for each in said)


def test_an_address_that_several_add_at_once_is_one_persons(world: World, hands: Hands) -> None:
    for n in range(rounds(20, brief=2)):
        add = [["add-candidate", f"Åsa {k}", "--email", f"Asa{n}@Exempel.se"] for k in range(8)]
        done = Counter(each.why for each in world.at_once(hands, add))
        assert done == {"done": 1, "email-known": 7}


def test_a_name_that_several_sign_with_first_is_one_actor(world: World, hands: Hands) -> None:
    for n in range(rounds(20, brief=2)):
        refs = [world.candidates(1, "lead", world.cohort(1))[0] for _ in range(8)]  # in nobody else's way
        done = world.at_once(hands, [["advance", ref] for ref in refs], actor=f"Ny Chef {n}")
        assert [each.code for each in done] == [0] * 8
        assert world.rows(f"SELECT COUNT(*) FROM actor WHERE name = 'Ny Chef {n}'") == [(1,)]


@pytest.mark.parametrize(
    ("table", "command"),
    [
        ("need", ["add-need", "Barn och unga", "VT2027"]),
        ("cost", ["add-cost", "agency", "2025"]),
        ("agreement", ["add-agreement", "oru", "HT2026", "--status", "offered", "--seats"]),
    ],
)
def test_a_figure_that_several_replace_at_once_is_one_of_theirs(
    world: World, hands: Hands, table: str, command: list[str]
) -> None:
    world.office.unit("Barn och unga")
    done = world.at_once(hands, [[*command, str(n)] for n in range(1, 9)])
    assert [each.code for each in done] == [0] * 8
    assert world.rows(f"SELECT COUNT(*) FROM {table}") == [(1,)]
    # Each knew what it replaced: the account leads from nothing to what stands, without a gap.
    steps = world.rows(
        f"SELECT before, after FROM edit WHERE entity = '{table}' AND field <> '' ORDER BY command_id"
    )
    assert all(one[1] == next_[0] for one, next_ in pairwise(steps))
