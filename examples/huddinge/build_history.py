"""Build history-2010-2018.csv: seventeen terms of ten placements, and what became of them.

Three figures are real, and published: 170 placements, 97 completed trainee posts, 69 permanent employments
(README.md names the source). Everything else is invented and drawn by chance from a fixed seed: every name,
day, university, channel and reason, how the 97 and the 69 spread over the terms, why the others did not go
on, and who of the 69 was still there later. Run it with ``python build_history.py``; it needs nothing but
Python, and always writes the same file.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

FILE = Path(__file__).with_name("history-2010-2018.csv")
SEATS = 10
# Term by term from HT2010 to HT2018; the sums are the published figures, the spread is invented.
TRAINEES = (5, 4, 6, 5, 6, 7, 5, 6, 5, 6, 7, 6, 5, 6, 7, 5, 6)
EMPLOYED = (3, 3, 4, 4, 4, 5, 4, 4, 4, 4, 5, 4, 3, 4, 5, 4, 5)

COLUMNS = (
    *("name", "university", "graduates", "term", "source"),
    *("lead_on", "applied_on", "selected_on", "placement_on"),
    *("trainee_on", "offer_on", "hired_on", "started_on"),
    *("outcome", "by", "reason", "closed_on"),
    *("still-employed_on", "left", "left_on"),
)
FIRST_NAMES = """
    Agnes Ahmed Alma Amina Anders Anna Astrid Axel Bahar Ebba Elin Elsa Emil Erik Fatima Felicia Filip Frida
    Gustav Hanna Hassan Ida Ingrid Isak Jasmin Johan Jonas Karin Klara Lars Leila Linnéa Lovisa Maja Malin
    Maria Mohammed Moa Nadia Nils Nora Olivia Oskar Per Rebecka Saga Samira Sara Selma Simon Sofia Stina
    Tilda Tove Tuva Viktor Wilma Yusuf Åsa Örjan
"""
SURNAMES = """
    Abdi Ahlgren Ali Andersson Axelsson Berg Bergström Björk Blom Dahl Demir Ek Eklund Engström Eriksson
    Falk Forsberg Fransson Gustafsson Haddad Hansson Hedlund Henriksson Holm Hosseini Isaksson Jansson
    Johansson Jonsson Karlsson Kovač Larsson Lindberg Lindgren Lindström Lund Löfgren Magnusson Mårtensson
    Nilsson Norberg Nyström Olsson Persson Pettersson Rahimi Sandberg Sjöberg Strand Svensson Söderberg
    Tesfaye Wallin Westin Wikström Yilmaz Åberg Åkesson Öberg Östlund
"""
UNIVERSITIES = ("sh", "sh", "sh", "su", "su", "oru", "oru", "mchs", "uu")
CHANNELS = ("visit", "visit", "visit", "fair", "referral", "ad", "placement", "unsolicited")
# Why somebody did not go on: outcome, whose doing it was, in whose words – the words are invented.
AFTER_PLACEMENT = (
    ("declined", "candidate", "valde annan inriktning"),
    ("declined", "candidate", "valde annan inriktning"),
    ("declined", "candidate", "flyttade hem"),
    ("declined", "candidate", "valde annan kommun"),
    ("rejected", "employer", "behöver mer erfarenhet"),
    ("rejected", "employer", "behöver mer erfarenhet"),
    ("discontinued", "candidate", "avbröt studierna"),
)
AFTER_OFFER = (
    ("declined", "candidate", "valde annan kommun"),
    ("declined", "candidate", "valde annan kommun"),
    ("declined", "candidate", "flyttade"),
    ("declined", "candidate", "läser vidare"),
    ("position-filled", "employer", ""),
)
LEFT_FOR = ("annan kommun", "annan kommun", "flyttade", "region", "bemanningsföretag")
T = TypeVar("T")


class Term(NamedTuple):
    """A term by its number, counted in half years: an autumn is odd."""

    number: int

    def __str__(self) -> str:
        return f"{'HT' if self.number % 2 else 'VT'}{self.number // 2}"

    @property
    def starts(self) -> date:
        """The Monday in 28 August – 3 September, and for a spring twenty weeks after the autumn's."""
        if self.number % 2 == 0:
            return Term(self.number - 1).starts + timedelta(weeks=20)
        earliest = date(self.number // 2, 8, 28)
        return earliest + timedelta(days=-earliest.weekday() % 7)

    def plus(self, terms: int) -> "Term":
        """Return the term that many terms later."""
        return Term(self.number + terms)


class Chance:
    """What is drawn by chance, the same in every Python: only `random()` is promised to stay as it is."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._taken: set[str] = set()

    def between(self, first: int, last: int) -> int:
        """Return a whole number from first to last."""
        return first + int(self._random.random() * (last - first + 1))

    def one_of(self, things: Sequence[T]) -> T:
        """Return one of them."""
        return things[self.between(0, len(things) - 1)]

    def new_name(self) -> str:
        """Return a name that nobody has yet."""
        name = f"{self.one_of(FIRST_NAMES.split())} {self.one_of(SURNAMES.split())}"
        if name in self._taken:
            return self.new_name()
        self._taken.add(name)
        return name

    def day(self, after: date, first: int, last: int) -> date:
        """Return a working day so many days after another; a Saturday or Sunday becomes the Monday."""
        drawn = after + timedelta(days=self.between(first, last))
        return drawn + timedelta(days=(7 - drawn.weekday()) % 7 if drawn.weekday() > 4 else 0)


def rows() -> Iterator[dict[str, str]]:
    """Yield the 170, term by term."""
    chance, later = Chance(2009), Chance(2020)
    for number, (trainees, employed) in enumerate(zip(TRAINEES, EMPLOYED, strict=True)):
        term = Term(2010 * 2 + 1 + number)
        for seat in range(SEATS):
            row = _row(chance, term, trainee=seat < trainees, employed=seat < employed)
            yield row | _stayed(later, date.fromisoformat(row["started_on"])) if seat < employed else row


def _stayed(chance: Chance, started: date) -> dict[str, str]:
    """Return the last that was heard of somebody who started: of most, that she was there after two years."""
    drawn = chance.between(1, 100)
    if drawn <= 14:
        left = chance.day(started, 120, 720)
        return {"left": chance.one_of(LEFT_FOR), "left_on": left.isoformat()}
    if drawn <= 22:  # nobody has asked
        return {}
    first = 370 if drawn <= 32 else 735  # asked after one year only, or after two
    return {"still-employed_on": chance.day(started, first, first + 25).isoformat()}


def _row(chance: Chance, term: Term, *, trainee: bool, employed: bool) -> dict[str, str]:
    """One of ten in a term; all ten came to the placement, for only those are counted in the source."""
    days = {
        "lead_on": chance.day(term.starts, -200, -155),
        "applied_on": chance.day(term.starts, -145, -125),
        "selected_on": chance.day(term.starts, -110, -80),
        "placement_on": term.starts,
    }
    ending = ("", "", "")
    if trainee:
        days["trainee_on"] = chance.day(term.plus(1).starts, 0, 7)
        days["offer_on"] = chance.day(term.plus(2).starts, 70, 105)
        if employed:
            days["hired_on"] = chance.day(days["offer_on"], 7, 21)
            days["started_on"] = chance.day(term.plus(3).starts, 0, 28)
        else:
            ending, days["closed_on"] = chance.one_of(AFTER_OFFER), chance.day(days["offer_on"], 5, 21)
    else:
        ending = chance.one_of(AFTER_PLACEMENT)
        weeks = (3, 12) if ending[0] == "discontinued" else (19, 22)
        days["closed_on"] = chance.day(term.starts, weeks[0] * 7, weeks[1] * 7)
    told = {
        "name": chance.new_name(),
        "university": chance.one_of(UNIVERSITIES),
        "graduates": str(term.plus(2)),
        "term": str(term),
        "source": chance.one_of(CHANNELS),
    }
    told |= {name: day.isoformat() for name, day in days.items()}
    return told | dict(zip(("outcome", "by", "reason"), ending, strict=True))


def text() -> str:
    """Return the file: with semicolons and a mark at its head, as a Swedish Excel opens it."""
    page = io.StringIO()
    table = csv.DictWriter(page, COLUMNS, restval="", delimiter=";", lineterminator="\n")
    table.writeheader()
    table.writerows(rows())
    return "\ufeff" + page.getvalue()


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="\n")
    print(f"{FILE.name}: {sum(1 for _ in rows())} candidates")
