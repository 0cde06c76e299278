"""Many candidacies at a time: a class goes one course, and each of it is stamped out as rows of the tables.

Each log is its own, chained by the product's `link`, and so are its blanks: staff, and the numbers of words.
Rows are written many at a time, by the product's statements where those leave the number of a row to whoever
writes it. Rows that others refer to are written before those.
"""

import random
import sqlite3
from collections import deque
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from benchmarks.courses import STAFF, Course, course
from benchmarks.patterns import Given, Met, Pattern, Place
from benchmarks.people import name_of
from socrekry.domain.candidacy import LOST, OPEN, VOID
from socrekry.domain.channels import CHANNELS
from socrekry.domain.events import VERSION
from socrekry.domain.ids import candidacy_id
from socrekry.domain.names import email_key, search_key, sort_key
from socrekry.domain.themes import KINDS, THEMES
from socrekry.services.cached_rows import iso
from socrekry.services.founding import PROVIDERS
from socrekry.services.phones import phone_key
from socrekry.store.log import GENESIS, link
from socrekry.store.statements import statement

AT_A_TIME = 2_000
NUMBERED = ("actor", "command", "person", "candidacy", "remark", "touch", "voice")
KEPT = {
    "event": "log.append",
    "stay": "candidacy.add_stay",
    "fact": "candidacy.add_fact",
    "assignment": "candidacy.add_assignment",
    "tag": "person.add_tag",
    "edit": "writing.add_edit",
}
ACTORS = 20
TOUCHED, AGAIN, NOTED, TAGGED, HEARD, PROTECTED = 0.4, 0.04, 0.1, 0.05, 0.01, 0.003
NOTES = ("Träffades på klassbesöket.", "Vill gärna arbeta med barn och unga.", "Ring efter tentan.")
TAGS = ("flerspråkig", "körkort", "sommarvikarie", "uppsats hos oss")


class Built(NamedTuple):
    """How much there is."""

    persons: int
    candidacies: int
    events: int
    commands: int
    open: int


class Stamping:
    """The rows under way, and the numbers that they take."""

    def __init__(self, connection: sqlite3.Connection, draw: random.Random, today: date) -> None:
        self.connection, self.draw, self.today = connection, draw, today
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in (*NUMBERED, *KEPT)}
        taken = dict(connection.execute("SELECT name, seq FROM sqlite_sequence"))
        self.last = {table: int(taken.get(table, 0)) for table in NUMBERED}
        self.protected = self.events = self.open = 0
        self.gone = deque[tuple[int, date]](
            maxlen=1_000
        )  # persons whose first candidacy is over, and since when
        self.actors = [self._add("actor", name=name_of(number * 11)) for number in range(ACTORS)]

    def fill(self, places: list[Place], candidacies: int, together: int) -> Built:
        """Write so many candidacies, as many in each place, by classes; return how much there is."""
        begun, commands, persons = 0, self.last["command"], self.last["person"]
        for n, place in enumerate(places, 1):
            until = candidacies * n // len(places)
            while begun < until:
                members = min(together, until - begun)
                self._class(place, members)
                begun += members
                if len(self.rows["candidacy"]) >= AT_A_TIME:
                    self._write()
        self._write()
        commands, persons = self.last["command"] - commands, self.last["person"] - persons
        return Built(persons, candidacies, self.events, commands, self.open)

    def _add(self, table: str, **columns: Any) -> int:
        """Add a row with a number of its own, and return that."""
        self.last[table] += 1
        self.rows[table].append({"id": self.last[table], **columns})
        return self.last[table]

    def _write(self) -> None:
        for table, rows in self.rows.items():
            if rows:
                self.connection.executemany(_insert(table, rows[0]), rows)
                rows.clear()

    def _class(self, place: Place, members: int) -> None:
        """Let some begin, and go, together."""
        gone = course(place.intake, self.draw, self.today)
        pattern = Pattern(gone, place, self._given(gone))
        met = self.draw.choice(place.met) if self.draw.random() < TOUCHED else None
        for place_in_class in range(members):
            person, number = self._person(gone)
            self._candidacy(pattern, person, number, met)
            self._beside(pattern, person, met, place_in_class, new=number == 1)

    def _given(self, gone: Course) -> list[Given]:
        """Give the commands of a course, in the office hours of their days."""
        actor, given = self.draw.choice(self.actors), []
        for name, on in gone.commands:
            second, micro = divmod(self.draw.randrange(8 * 3_600 * 10**6), 10**6)
            at = f"{on}T{7 + second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{micro:06}Z"
            number = self._add("command", name=name, actor_id=actor, recorded_at=at)
            given.append(Given(number, actor, at))
        return given

    def _person(self, gone: Course) -> tuple[int, int]:
        """Return whose candidacy it is, and its number: a new person's, or of one whose first is over."""
        if self.draw.random() < AGAIN and self.gone and self.gone[0][1] < gone.begins:
            return self.gone.popleft()[0], 2
        row: dict[str, Any] = {"name": None, "email": None, "phone": None, "university": None}
        number, name = self.last["person"] + 1, ""
        protected = self.draw.random() < PROTECTED
        if protected:
            self.protected += 1
        else:
            name = name_of(number * 7_919)
            email = f"{search_key(name).replace(' ', '.')}.{number}@example.se"
            phone = f"070-{number // 10_000:03} {number // 100 % 100:02} {number % 100:02}"
            row = {
                "name": name,
                "email": email,
                "phone": phone,
                "university": self.draw.choice(PROVIDERS).code,
            }
        return self._add(
            "person",
            **row,
            graduates=gone.graduates.code,
            protected_number=self.protected if protected else None,
            search_key=search_key(name),
            sort_key=sort_key(name),
            email_key=email_key(row["email"]) if row["email"] else None,
            void=gone.state.state == VOID,
            phone_key=phone_key(row["phone"]),
        ), 1

    def _candidacy(self, pattern: Pattern, person: int, number: int, met: Met | None) -> None:
        """Stamp out one candidacy: its row, its log, and what is derived from it."""
        candidacy, state, draw = self.last["candidacy"] + 1, pattern.course.state, self.draw
        blanks = dict(zip(STAFF.values(), draw.choices(pattern.place.staff, k=len(STAFF)), strict=True))
        for words in pattern.course.words:
            command = pattern.given[words.command].number
            blanks[words.blank] = self._remark(candidacy, words.kind, words.text, words.on, command)
        head = self._log(pattern, candidacy, candidacy_id(person, number), blanks)
        self._add(
            "candidacy",
            person_id=person,
            number=number,
            pipeline_id=pattern.place.pipeline,
            channel=met.kind if met else draw.choice((*CHANNELS, None)),
            **pattern.columns,
            head_seq=state.head,
            head_hash=head,
            changed_at=pattern.given[-1].at,
        )
        own = {"candidacy": candidacy, "person": person}
        for table, row, within in pattern.derived:
            self.rows[table].append(row | own | {name: blanks[row[name]] for name in within})
        self.events += state.head
        self.open += state.state == OPEN
        ended = state.stays[-1].left_on if state.stays else None
        if number == 1 and state.state == LOST and ended and draw.random() < 2 * AGAIN:
            self.gone.append((person, ended))

    def _log(self, pattern: Pattern, candidacy: int, label: str, blanks: Mapping[int, int]) -> str:
        """Write a candidacy's log; return its last hash."""
        rows, head = self.rows["event"], GENESIS
        for seq, (command, actor, at), day, kind, within, pattern_body in pattern.log:
            body = pattern_body
            for each in within:
                body = body.replace(str(each), str(blanks[each]))
            head = link(head, label, (seq, command, actor, day, at, kind, VERSION, body))
            rows.append(
                {
                    "candidacy": candidacy,
                    "seq": seq,
                    "kind": kind,
                    "version": VERSION,
                    "occurred_on": day,
                    "recorded_at": at,
                    "command": command,
                    "body": body,
                    "hash": head,
                }
            )
        return head

    def _beside(self, pattern: Pattern, person: int, met: Met | None, place: int, *, new: bool) -> None:
        """Write what stands beside the log, with the account of it: a touch, a tag, a note, a voice."""
        candidacy, command, draw = self.last["candidacy"], pattern.given[0].number, self.draw
        made: list[tuple[str, str]] = []
        if met is not None:
            touch = self._add("touch", person_id=person, activity_id=met.id, occurred_on=iso(met.on))
            made.append(("touch", f"{person}:{met.id}:{touch}"))
        if new and draw.random() < TAGGED:
            tag = draw.choice(TAGS)
            self.rows["tag"].append({"person": person, "tag": tag})
            made.append(("tag", f"{person}:{tag}"))
        if draw.random() < NOTED:
            noted = self._remark(candidacy, "note", draw.choice(NOTES), pattern.course.begins, command)
            made.append(("remark", str(noted)))
        if draw.random() < HEARD:
            said = {"kind": draw.choice(KINDS), "theme": draw.choice(THEMES).code, "number": 1}
            on = iso(pattern.course.begins)
            voice = self._add("voice", **said, occurred_on=on, candidacy_id=candidacy)
            made.append(("voice", f"{person}:{voice}"))
        nothing = {"field": "", "before": None, "after": None}
        for number, (entity, row) in enumerate(made, 4 * place + 1):
            account = {"command": command, "number": number, "entity": entity, "row": row}
            self.rows["edit"].append(account | nothing)

    def _remark(self, candidacy: int, kind: str, text: str, on: date, command: int) -> int:
        about = {"candidacy_id": candidacy, "kind": kind, "text": text}
        return self._add("remark", **about, occurred_on=iso(on), command_id=command)


def _insert(table: str, row: Mapping[str, Any]) -> str:
    """Return the statement that adds such rows."""
    if table in KEPT:
        return statement(KEPT[table])
    values = ", ".join(f":{column}" for column in row)
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"  # noqa: S608 – names of our own
