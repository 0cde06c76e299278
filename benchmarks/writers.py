"""Measure how many moves a second eight people make at once on PostgreSQL: ``python benchmarks/writers.py``.

Each of eight processes gives moves of its own candidates, as fast as it can: the whole way of a command but
its start, with rules, limits, hashes and caches. Beside it, in the same run, eight processes of psycopg alone
send the very statements that those moves were made of – recorded beforehand, values and all – and read the
answers: what socrekry takes above that is the price of its thinking. Once each writer has a cohort of its
own, once they share one.
"""

import argparse
import multiprocessing
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import psycopg
from servers import Server, a_server, new_database

from socrekry.domain.term import Term
from socrekry.services import moves
from socrekry.services.candidates import add_candidate
from socrekry.services.cohorts import add_cohort
from socrekry.services.noting import NewFact
from socrekry.services.persons import Details
from socrekry.services.upgrading import upgrade_store
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store, open_store
from socrekry.store.engine import Row, Values
from socrekry.store.postgresql.connection import OnPostgreSQL, for_psycopg

TODAY, TERM = date(2026, 11, 20), Term.parse("HT2026")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ASSESSED = moves.Along(facts=(NewFact("assessment", None, TODAY),))
GOAL = 0.6


class Sent(NamedTuple):
    """A statement that a move sent: its text as psycopg takes it, its values, and the number it was given."""

    text: bytes
    values: Any
    many: bool = False
    given: int | None = None


class Recording(OnPostgreSQL):
    """A connection that notes every statement it sends."""

    def __init__(self, url: str) -> None:
        super().__init__(url, writing=True)
        self.sent: list[Sent] = []

    def rows(self, sql: str, values: Values) -> list[Row]:
        """Note what is sent."""
        self.sent.append(Sent(for_psycopg(sql), values))
        return super().rows(sql, values)

    def row(self, sql: str, values: Values) -> Row | None:
        """Note what is sent, and the number that a new command was given."""
        row = super().row(sql, values)
        number = row[0] if row and sql.startswith("INSERT INTO command") else None
        self.sent.append(Sent(for_psycopg(sql), values, given=number))
        return row

    def write(self, sql: str, values: Values) -> int:
        """Note what is sent."""
        self.sent.append(Sent(for_psycopg(sql), values))
        return super().write(sql, values)

    def write_many(self, sql: str, rows: Sequence[Values]) -> None:
        """Note what is sent."""
        self.sent.append(Sent(for_psycopg(sql), list(rows), many=True))
        super().write_many(sql, rows)

    def run(self, sql: str) -> None:
        """Note what is sent."""
        self.sent.append(Sent(sql.encode(), None))
        super().run(sql)

    def hold(self, table: str, numbers: Sequence[int]) -> None:
        """Note what is sent: a lock on rows."""
        text = f"SELECT id FROM {table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"  # noqa: S608
        self.sent.append(Sent(text.encode(), (list(numbers),)))
        super().hold(table, numbers)

    def commit(self) -> None:
        """Note what is sent."""
        self.sent.append(Sent(b"COMMIT", None))
        super().commit()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--writers", type=int, default=8, metavar="N")
    parser.add_argument("--moves", type=int, default=300, metavar="N", help="by each writer (300)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="of each, in turn (5)")
    asked = parser.parse_args()
    with a_server() as server:
        print(f"{asked.writers} writers, {asked.moves} moves each, median of {asked.rounds} rounds in turn")
        for cohorts, said in ((asked.writers, "a cohort each"), (1, "one cohort for all")):
            _measure(server, asked, cohorts, said)
    return 0


def _measure(server: Server, asked: argparse.Namespace, cohorts: int, said: str) -> None:
    origin = f"origin{cohorts}"
    groups = _begun(new_database(server, origin), asked.writers, asked.moves, cohorts)
    recorded = new_database(server, f"recorded{cohorts}", origin)
    with tempfile.NamedTemporaryFile(suffix=".pickle") as file:
        pickle.dump([_recorded(recorded, group) for group in groups], file)
        file.flush()
        rates: dict[str, list[float]] = {"socrekry": [], "psycopg alone": []}
        for round_ in range(asked.rounds):
            for name, work in (("socrekry", _moving), ("psycopg alone", _sending)):
                url = new_database(server, f"round{cohorts}x{round_}x{len(name)}", origin)
                seconds = _together(work, url, groups, file.name)
                rates[name].append(asked.writers * asked.moves / seconds)
    ours, alone = (statistics.median(each) for each in rates.values())
    ratios = [a / b for a, b in zip(*rates.values(), strict=True)]
    mark = "" if statistics.median(ratios) >= GOAL else "  below the goal"
    print(
        f"{said:20} socrekry {ours:7.0f} moves/s   psycopg alone {alone:7.0f}   "
        f"{statistics.median(ratios):.0%} ({min(ratios):.0%}–{max(ratios):.0%}; goal {GOAL:.0%}){mark}"
    )


def _writing(store: Store, actor: str = "benchmark") -> Writing:
    return Writing(store, Occasion(actor, "advance", TODAY, NOW))


def _begun(url: str, writers: int, each: int, cohorts: int) -> list[list[str]]:
    """Fill a new store; return the candidacies of each writer, ready to be selected."""
    upgrade_store(url)
    with open_store(url, writing=True) as store:
        opened = [add_cohort(_writing(store), "trainee", TERM, 10_000, name=f"{n}") for n in range(cohorts)]
        groups = []
        for writer in range(writers):
            cohort, writing = opened[writer % cohorts], _writing(store)
            with writing.transaction():
                added = [
                    add_candidate(writing, Details(f"Kandidat {n}"), cohort, TODAY).candidacy
                    for n in range(each)
                ]
                moves.advance(writing, added, TODAY)
            groups.append(added)
    return groups


def _recorded(url: str, group: list[str]) -> list[list[Sent]]:
    """Make the moves of one writer; return what each sent."""
    engine = Recording(url)
    sent = []
    with Store(engine) as store:
        for ref in group:
            engine.sent = []
            _move(store, ref)
            sent.append(engine.sent)
    return sent


def _move(store: Store, ref: str) -> None:
    (done,) = moves.advance(_writing(store), [ref], TODAY, along=ASSESSED)
    assert done.done, done


def _together(work: Callable[..., None], url: str, groups: list[list[str]], recorded: str) -> float:
    """Have all writers work at once; return the seconds from the first start to the last end."""
    context = multiprocessing.get_context("spawn")  # the same everywhere
    ready = context.Barrier(len(groups) + 1)
    every = [
        context.Process(target=work, args=(ready, url, n, group, recorded)) for n, group in enumerate(groups)
    ]
    for each in every:
        each.start()
    ready.wait()
    began = time.perf_counter()
    for each in every:
        each.join()
    assert not any(each.exitcode for each in every), "a writer failed"
    return time.perf_counter() - began


def _moving(ready: Any, url: str, _number: int, group: list[str], _recorded: str) -> None:
    with open_store(url, writing=True) as store:
        ready.wait()
        for ref in group:
            _move(store, ref)


def _sending(ready: Any, url: str, number: int, _group: list[str], recorded: str) -> None:
    with open(recorded, "rb") as file:
        sent = pickle.load(file)[number]  # noqa: S301 – written by this very run
    with psycopg.connect(url, autocommit=True) as connection:
        ready.wait()
        for move in sent:
            _replay(connection, move)


def _replay(connection: "psycopg.Connection[Any]", move: list[Sent]) -> None:
    """Send what a move sent; a new command has a number of its own, which what follows refers to."""
    old = new = None
    for each in move:
        values = each.values
        if old is not None and values:
            rows = values if each.many else [values]
            rows = [
                row | {"command": new} if isinstance(row, dict) and "command" in row else row for row in rows
            ]
            values = rows if each.many else rows[0]
        if each.many:
            with connection.cursor() as cursor:
                cursor.executemany(each.text, values)
            continue
        answer = connection.execute(each.text, values or None)
        if each.given is not None:
            old, new = each.given, answer.fetchone()[0]  # type: ignore[index]
        elif answer.description is not None:
            answer.fetchall()


if __name__ == "__main__":
    sys.exit(main())
