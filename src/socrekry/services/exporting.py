"""Tell the candidacies of a store as a table, a row for each, which an import reads back.

Rule: rows come some at a time, in the order in which candidacies were begun, and nothing is kept of those
that were given: a million cost no more memory than a thousand. They are read from what is derived of the
logs. A row tells one way through the stages; a history with more in it is told as the way that stands in the
end, and counted, so that nobody takes the table for the whole log.

Of a person with protected identity no row has any detail, nor anything in somebody's own words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from socrekry.domain.candidacy import ENDED, LOST, ONWARD
from socrekry.domain.facts import FACTS
from socrekry.domain.ids import activity_id, candidate_id, cohort_id, staff_id
from socrekry.domain.names import search_key
from socrekry.domain.pipeline import Pipeline
from socrekry.domain.term import Term
from socrekry.services.candidacies import pipeline_of
from socrekry.services.exported_columns import FIXED, YES, Cells, joined, layout_of
from socrekry.services.imported import HIDDEN
from socrekry.services.writing import LONGEST_REMARK
from socrekry.store.connect import Store
from socrekry.store.engine import Row

SPAN = 2_000  # so many numbers of candidacies are read at a time
_AT = {column.name: place for place, column in enumerate(FIXED)}
_SOURCE, _TAGS, _NOTE, _PROTECTED = _AT["source"], _AT["tags"], _AT["note"], _AT["protected"]
_OUTCOME, _BY = _AT["outcome"], _AT["by"]
_WITH_TEXT = frozenset(name for name, kind in FACTS.items() if kind.is_text)


class Wanted(NamedTuple):
    """Which candidacies to export; what is None lets all through."""

    term: Term | None = None
    pipeline: str | None = None
    unit: int | None = None

    @property
    def values(self) -> dict[str, str | int | None]:
        """The filters as statements take them."""
        return {"term": self.term.code if self.term else None, "pipeline": self.pipeline, "unit": self.unit}


def spans(store: Store, width: int = SPAN) -> Iterator[dict[str, int]]:
    """Yield the numbers between which some candidacies are, without the gaps."""
    last = 0
    while (first := store.value("exporting.next", after=last)) is not None:
        last = first - 1 + width
        yield {"after": first - 1, "last": last}


class Places:
    """Where candidacies belong, in words by which an import finds the same cohort again."""

    def __init__(self, store: Store) -> None:
        self._units = {number: name for number, name, *_ in store.rows("programme.unit_names")}
        self._cohorts = {row[0]: row for row in store.rows("exporting.cohorts")}
        self._alike = defaultdict[tuple[str, int], list[Row]](list)
        for row in self._cohorts.values():
            self._alike[row[1], row[2]].append(row)
        self._found: dict[tuple[int, int | None], tuple[str, str, str, str]] = {}

    def of(self, cohort: int, unit: int | None) -> tuple[str, str, str, str]:
        """Return the term, the pipeline, the unit and, unless these are enough, what the cohort is called."""
        if (cohort, unit) not in self._found:
            _, pipeline, term, name, _ = self._cohorts[cohort]
            said = name if self._is_found(cohort, unit) else cohort_id(cohort)
            words = str(Term.from_code(term)), pipeline, self._units.get(unit, ""), said
            self._found[cohort, unit] = words
        return self._found[cohort, unit]

    def _is_found(self, cohort: int, unit: int | None) -> bool:
        """Tell whether the cohort is the only one that fits its name and the unit: see `fitting_cohorts`."""
        _, pipeline, term, name, _ = self._cohorts[cohort]
        fits = self._alike[pipeline, term]
        if name:
            fits = [row for row in fits if search_key(row[3]) == search_key(name)]
        if unit is not None:
            fits = [row for row in fits if row[4] == unit] or [row for row in fits if row[4] is None]
        return [row[0] for row in fits] == [cohort]


class Candidates:
    """The candidates' table while it is told: its columns, its rows, and how many of them do not tell all."""

    def __init__(self, store: Store, wanted: Wanted) -> None:
        self.store, self.wanted = store, wanted
        self._pipelines: dict[int, Pipeline] = {
            number: pipeline_of(definition)
            for number, _, definition in store.rows("exporting.pipelines", pipeline=wanted.pipeline)
        }
        self._layout = layout_of(self._pipelines.values())
        ends = {
            stage.name for each in self._pipelines.values() for stage in each.stages if stage.kind == LOST
        }
        self._plain = {stage: place for stage, place in self._layout.stages.items() if stage not in ends}
        self.columns = self._layout.columns
        self._places = Places(store)
        self._kinds: dict[int, str] = dict(store.rows("exporting.activity_kinds"))
        self.rows = 0
        self.untold = 0

    def count(self) -> int:
        """Return how many rows there will be."""
        return int(self.store.value("exporting.count", **self.wanted.values))

    def pages(self) -> Iterator[list[Cells]]:
        """Yield all rows, some at a time, each with a cell for every column."""
        for span in spans(self.store):
            if rows := self.page(span):
                yield rows

    def page(self, span: dict[str, int]) -> list[Cells]:
        """Return the rows of the candidacies between two numbers."""
        found = self.store.rows("exporting.candidacies", **span, **self.wanted.values)
        if not found:
            return []
        cells = self._begun(found)
        words = self._words(span, cells)
        told = self._stages(span, cells, found, words) + self._facts(span, cells, words)
        told += self._staff(span, cells)
        self._tags_and_sources(span, cells)
        self.untold += sum(told[row[0]] + (cells[row[0]][_OUTCOME] != "") != row[9] for row in found)
        self.rows += len(found)
        return list(cells.values())

    def _begun(self, found: Sequence[Row]) -> dict[int, Cells]:
        """Return a row for each candidacy, with what is known of the person and where it belongs."""
        terms, place, nothing = _Terms(), self._places.of, [""] * (len(self.columns) - len(_AT))
        cells: dict[int, Cells] = {}
        for (number, person, _, cohort, unit, channel, _, _, _, _,
             name, protected, email, phone, university, graduates) in found:  # fmt: skip
            cells[number] = [
                candidate_id(person), name or "", email or "", phone or "", university or "",
                terms[graduates], *place(cohort, unit), channel or "", "", "", YES if protected else "",
                "", "", "", "", "", "", *nothing,
            ]  # fmt: skip
        return cells

    def _words(self, span: dict[str, int], cells: dict[int, Cells]) -> dict[int, str]:
        """Fill in notes; return all other words by their number, but of those whose identity is protected."""
        notes, others = defaultdict[int, list[str]](list), dict[int, str]()
        for number, remark, kind, text in self.store.rows("exporting.remarks", **span):
            if number in cells and not cells[number][_PROTECTED]:
                if kind == "note":
                    notes[number].append(text)
                else:
                    others[remark] = text
        for number, texts in notes.items():
            cells[number][_NOTE] = noted(texts)
        return others

    def _stages(
        self, span: dict[str, int], cells: dict[int, Cells], found: Sequence[Row], words: dict[int, str]
    ) -> Counter[int]:
        """Fill in the day of each stage and how it was closed; return how many visits each row tells."""
        plain, turning = self._plain, set[int]()
        lost = {row[0]: (row[7], row[8]) for row in found if row[6] == LOST}
        visits = self.store.rows("exporting.stays", **span)
        for number, stage, on, first, left, by, reason in visits:
            row = cells.get(number)
            if row is None:
                continue
            if first and stage in plain:
                row[plain[stage]] = on
            else:
                turning.add(number)
            if left is not None and left != ONWARD:
                if left != ENDED:
                    turning.add(number)
                elif number in lost:
                    row[_OUTCOME : _BY + 1] = *lost[number], words.get(reason, ""), by or ""
        told = Counter(map(itemgetter(0), visits))
        if turning:
            pipelines = {row[0]: self._pipelines[row[2]] for row in found if row[0] in turning}
            told.update(self._straightened([each for each in visits if each[0] in turning], cells, pipelines))
        return told

    def _straightened(
        self, visits: Sequence[Row], cells: dict[int, Cells], pipelines: dict[int, Pipeline]
    ) -> Counter[int]:
        """Tell the way that stands in the end of those who turned on theirs; return how much less that is."""
        places, less = self._layout.stages, Counter[int]()
        for number, every in groupby(visits, itemgetter(0)):
            row, pipeline, been = cells[number], pipelines[number], list(every)
            way = [(stage, on) for stage, on in straight(pipeline, been) if stage in places]
            for stage in pipeline.stages:
                if stage.name in places:
                    row[places[stage.name]] = ""
            for name, on in way:
                row[places[name]] = on
            if pipeline.stage(been[-1][1]).kind == LOST:  # the stage says it
                row[_OUTCOME : _BY + 1] = "", "", "", ""
            less[number] = len(way) - len(been)
        return less

    def _facts(self, span: dict[str, int], cells: dict[int, Cells], words: dict[int, str]) -> Counter[int]:
        """Fill in the facts that stand; return how many each row tells."""
        days, values = self._layout.fact_days, self._layout.fact_values
        facts = self.store.rows("exporting.facts", **span)
        for number, name, value, on, text in facts:
            row = cells.get(number)
            if row is None:
                continue
            row[days[name]] = on
            if name in _WITH_TEXT:
                row[values[name]] = words.get(text) or (HIDDEN if FACTS[name].text_required else "")
            elif name in values:
                row[values[name]] = value
        return Counter(map(itemgetter(0), facts))

    def _staff(self, span: dict[str, int], cells: dict[int, Cells]) -> Counter[int]:
        """Fill in who is assigned; return how many each row tells."""
        assigned = self.store.rows("exporting.assignments", **span)
        for number, role, staff in assigned:
            if number in cells:
                cells[number][_AT[role]] = staff_id(staff)
        return Counter(map(itemgetter(0), assigned))

    def _tags_and_sources(self, span: dict[str, int], cells: dict[int, Cells]) -> None:
        """Fill in tags and, where a channel is an activity in which somebody was met, that activity."""
        tags = defaultdict[int, list[str]](list)
        for number, tag in self.store.rows("exporting.tags", **span):
            tags[number].append(tag)
        for number in cells.keys() & tags.keys():
            if not cells[number][_PROTECTED]:
                cells[number][_TAGS] = joined(tags[number])
        for number, activity in self.store.rows("exporting.touches", **span):
            if number in cells and cells[number][_SOURCE] == self._kinds[activity]:
                cells[number][_SOURCE] = activity_id(activity)


def noted(notes: Sequence[str]) -> str:
    """Return several notes as one, parted by line breaks; of more than one may hold, the latest."""
    kept, room = list[str](), LONGEST_REMARK
    for note in reversed(notes):
        if note and len(note) <= room:
            kept.insert(0, note)
            room -= len(note) + 1
    return "\n".join(kept)


def straight(pipeline: Pipeline, visits: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the way through the stages that stands in the end, each stage with its day.

    A step back takes the later stages away; a stage that is entered again keeps its first day.
    """
    way: list[tuple[str, str]] = []
    for _, name, on, *_ in visits:
        order = pipeline.stage(name).order
        while way and pipeline.stage(way[-1][0]).order > order:
            way.pop()
        if not way or way[-1][0] != name:
            way.append((name, on))
    return way


class _Terms(dict[int | None, str]):
    """Terms as they are written, by Ladok's code; each is made once."""

    def __missing__(self, code: int | None) -> str:
        self[code] = "" if code is None else str(Term.from_code(code))
        return self[code]
