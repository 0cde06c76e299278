"""A small world of candidacies and activities by chance, as values and as rows of a store."""

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from socrekry.services.tallies import rebuild
from tests.reports.programme import Programme

BEGAN = date(2025, 1, 7)
TERMS = (20251, 20252, 20261)
PIPELINES = {
    "trainee": ("lead", "applied", "selected", "placement", "trainee", "offer", "hired", "started"),
    "direct": ("lead", "applied", "interview", "references", "offer", "hired", "started"),
}
KINDS = ("visit", "fair", "ad")


class Stay(NamedTuple):
    stage: str
    entered: date
    left: date | None
    how: str | None


class Life(NamedTuple):
    """A candidacy."""

    person: int
    number: int
    pipeline: str
    term: int
    unit: int | None
    channel: str | None
    void: bool
    stays: tuple[Stay, ...]


class Doing(NamedTuple):
    """An activity."""

    id: int
    kind: str
    on: date
    term: int
    unit: int | None
    cost: int | None
    applicants: int | None
    qualified: int | None


class World(NamedTuple):
    """Everything there is; a touch is its person, activity and day, numbered as they stand."""

    graduates: dict[int, int | None]
    lives: list[Life]
    doings: list[Doing]
    touches: list[tuple[int, int, date]]


class Asked(NamedTuple):
    """What is asked: terms from and to (codes), the day, unit, pipeline, and in which of the four ways."""

    first: int
    last: int
    as_of: date
    unit: int | None = None
    pipeline: str | None = None
    shared: bool = False
    activities: bool = False


def a_world(random: Random) -> World:
    """Return a world by chance."""
    people = range(1, random.randint(1, 7) + 1)
    doings = [_doing(random, n) for n in range(1, random.randint(0, 5) + 1)]
    pairs = [(person, doing.id) for person in people for doing in doings if random.random() < 0.4]
    random.shuffle(pairs)
    return World(
        {person: random.choice((None, 20242, 20251, 20252, 20261)) for person in people},
        [
            _life(random, person, number)
            for person in people
            for number in range(1, random.choice((1, 1, 2, 3)) + 1)
        ],
        doings,
        [(person, doing, _day(random)) for person, doing in pairs],
    )


def _day(random: Random) -> date:
    return BEGAN + timedelta(days=random.randint(0, 500))


def _doing(random: Random, number: int) -> Doing:
    applicants = random.choice((None, None, 0, 2, 5))
    return Doing(
        number,
        random.choice(KINDS),
        _day(random),
        random.choice(TERMS),
        random.choice((None, 1, 2)),
        random.choice((None, 0, 1, 100, 8_401)),
        applicants,
        random.choice((None, random.randint(0, applicants or 0))),
    )


def _life(random: Random, person: int, number: int) -> Life:
    pipeline = random.choice(tuple(PIPELINES))
    day, stays = _day(random), []
    path = PIPELINES[pipeline][: random.randint(1, 8)]
    while path:
        stage, *rest = path
        left = day + timedelta(days=random.choice((0, 3, 60)))
        ended = random.random() < 0.3 and stage != "started"
        again = ended and random.random() < 0.5  # closed, and taken up again
        if again:
            stays.append(Stay(stage, day, left, "ended"))
            day, path = left, (stage, *rest)
            continue
        how = "ended" if ended else "onward" if rest else None
        stays.append(Stay(stage, day, left if how else None, how))
        day, path = left, () if ended else tuple(rest)
    return Life(
        person,
        number,
        pipeline,
        random.choice(TERMS),
        random.choice((None, 1, 2)),
        random.choice((None, *KINDS)),
        random.random() < 0.1,
        tuple(stays),
    )


def settle(programme: Programme, world: World) -> None:
    """Put a world into a store as rows."""

    def run(sql: str, values: tuple[Any, ...]) -> None:
        programme.store.engine_rows(sql, *values)

    for number in (1, 2):
        run("INSERT INTO unit VALUES (?, NULL, 0, ?, ?)", (f"U{number}", number, f"u{number}"))
    cohorts: dict[tuple[str, int], int] = {}
    for pipeline in PIPELINES:
        for term in TERMS:
            cohorts[pipeline, term] = len(cohorts) + 1
            values = (cohorts[pipeline, term], pipeline, term)
            run("INSERT INTO cohort VALUES (?2, ?3, 9, '', NULL, ?1, NULL, '')", values)
    for person, graduates in world.graduates.items():
        run(
            """INSERT INTO person (id, name, graduates, search_key, sort_key, void)
               VALUES (?1, ?1, ?2, ?1, ?1, 0)""",
            (person, graduates),
        )
    for candidacy, life in enumerate(world.lives, 1):
        _settle_life(programme, candidacy, life, cohorts[life.pipeline, life.term])
    for doing in world.doings:
        run(
            """INSERT INTO activity (id, title, kind, occurred_on, term, unit_id, cost, applicants, qualified)
               VALUES (?1, 'A', ?2, ?3, ?4, ?5, ?6, ?7, ?8)""",
            (*doing[:2], doing.on.isoformat(), *doing[3:]),
        )
    for *whose, day in world.touches:
        run("INSERT INTO touch (person_id, activity_id, occurred_on) VALUES (?, ?, ?)", (*whose, str(day)))
    with programme.store.transaction():
        rebuild(programme.store, ["credit", "visit"])


def _settle_life(programme: Programme, candidacy: int, life: Life, cohort: int) -> None:
    def run(sql: str, values: tuple[Any, ...]) -> None:
        programme.store.engine_rows(sql, *values)

    state = "void" if life.void else "open"  # nothing that is counted as of a day asks for more than that
    run(
        """INSERT INTO candidacy (id, person_id, number, pipeline_id, cohort_id, unit_id, channel, state,
               stage, holds_seat, supervised, head_seq, head_hash, changed_at, entered_on)
           SELECT ?1, ?2, ?3, q.id, ?4, ?5, ?6, ?7, ?8, 0, 0, 1, ?9, '2026-11-20T12:00:00.000000Z', ?11
           FROM pipeline q WHERE q.name = ?10""",
        (
            *(candidacy, life.person, life.number, cohort, life.unit, life.channel, state),
            *(life.stays[-1].stage, "a" * 64, life.pipeline),
            str(life.stays[-1].left or life.stays[-1].entered),
        ),
    )
    been: set[str] = set()
    for number, (stage, entered, left, how) in enumerate(life.stays, 1):
        left_on = left.isoformat() if left else None
        run(
            """INSERT INTO stay (candidacy_id, number, stage, entered_on, entered_seq, first, left_on,
                   left_how, paused_days, pipeline_id)
               SELECT id, ?2, ?3, ?4, 1, ?5, ?6, ?7, 0, pipeline_id FROM candidacy WHERE id = ?1""",
            (candidacy, number, stage, entered.isoformat(), stage not in been, left_on, how),
        )
        been.add(stage)
