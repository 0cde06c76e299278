"""Read a pipeline from TOML, or name everything that is wrong with the file at once.

The file names stages and transitions in order; nothing in it is evaluated. Each defect carries its key path
(``transition[3].guards[0]``), the line of that table's header, a code and details. What can be read is read
even where something beside it cannot, so that the graph is checked in the same go; a defect that only follows
from another one is left out.

Without this, a municipality that writes its own pipeline would mend it one message at a time.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, NoReturn, TypeVar, cast, get_args

from socrekry.domain.errors import PipelineInvalid
from socrekry.domain.pipeline import GuardUse, Kind, Pipeline, Stage, Transition, digest_of, to_document
from socrekry.domain.pipeline_graph import LANGUAGES, Defect, defects_of
from socrekry.domain.toml_lines import header_lines, line_of

MOST_BYTES, MOST_STAGES, MOST_TRANSITIONS = 256 * 1024, 60, 300
HIGHEST_PARAMETER = 9999
PIPELINE_KEYS = ("name", "titles", "stage", "transition")
STAGE_KEYS = tuple(field for field in Stage._fields if field != "order")
TRANSITION_KEYS = ("name", "titles", "from", "to", "guards")
KINDS: tuple[Kind, ...] = get_args(Kind)

_TYPES = {
    str: "string",
    int: "integer",
    float: "float",
    bool: "boolean",
    date: "date",
    datetime: "date-time",
    time: "time",
    list: "array",
    dict: "table",
}
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_FOLLOWS = ("main-path-broken", "stage-unreachable", "stage-without-end")
_T = TypeVar("_T")
_D = TypeVar("_D")
_Table = dict[str, Any]


def read_pipeline(text: str, guards: Mapping[str, Mapping[str, type]]) -> Pipeline:
    """Return the pipeline that a TOML text defines, with version 0 and its digest.

    ``guards`` is the closed set: each guard's name with its parameters' names and types (int, bool or date).
    Raises PipelineInvalid ``pipeline-invalid``, whose ``defects`` are dicts of path, line, code and details.
    """
    document = _parsed(text.removeprefix("\ufeff"))
    reader = _Reader(guards)
    pipeline = reader.pipeline(document)
    if reader.readable:
        reader.defects += [each for each in defects_of(pipeline) if not reader.follows(each)]
    if reader.defects:
        lines = header_lines(text.removeprefix("\ufeff"))
        _refuse([_placed(defect, line_of(defect.path, lines)) for defect in reader.defects])
    return pipeline._replace(digest=digest_of(to_document(pipeline)))


def _parsed(text: str) -> _Table:
    size = len(text.encode("utf-8", "replace"))
    if size > MOST_BYTES:
        _refuse([_placed(Defect("", "file-too-large", {"bytes": size, "most": MOST_BYTES}), 1)])
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, place = str(error), _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        _refuse([_placed(Defect("", "toml-syntax", {"message": _PLACE.sub("", message)}), line)])
    except (ValueError, RecursionError):  # a number of 5,000 digits; as many brackets in brackets
        _refuse([_placed(Defect("", "toml-unreadable", {}), 1)])


def _placed(defect: Defect, line: int) -> dict[str, Any]:
    return {"path": defect.path, "line": line, "code": defect.code, **defect.details}


def _refuse(defects: list[dict[str, Any]]) -> NoReturn:
    raise PipelineInvalid("pipeline-invalid", defects=sorted(defects, key=lambda each: int(each["line"])))


class _Reader:
    """One document being read: what is wrong is noted, and something put in its place to go on with."""

    def __init__(self, guards: Mapping[str, Mapping[str, type]]) -> None:
        self.guards = guards
        self.defects: list[Defect] = []
        self.readable = True
        self.nameless: list[str] = []

    def pipeline(self, document: _Table) -> Pipeline:
        self.keys("", document, PIPELINE_KEYS)
        name, titles = self.name("", document), self.titles("", document)
        stages = [self.stage(n, table) for n, table in self.tables(document, "stage", MOST_STAGES)]
        tables = self.tables(document, "transition", MOST_TRANSITIONS)
        transitions = tuple(self.transition(n, table) for n, table in tables)
        left = {source for transition in transitions for source in transition.sources}
        stages = [stage if stage.kind in KINDS else _likely(stage, left) for stage in stages]
        return Pipeline(name, titles, 0, "", tuple(stages), transitions)

    def stage(self, n: int, table: _Table) -> Stage:
        path = f"stage[{n}]."
        self.keys(path, table, STAGE_KEYS)
        kind = self.optional(path, table, "kind", str, "open")
        if kind not in KINDS:
            self.note(f"{path}kind", "kind-unknown", kind=kind, kinds=list(KINDS))
        return Stage(
            name=self.name(path, table),
            titles=self.titles(path, table),
            kind=cast("Kind", kind),
            order=n + 1,
            main=self.optional(path, table, "main", bool, kind != "lost"),
            longest_stay=self.optional(path, table, "longest_stay", int, None),
            takes_seat=self.optional(path, table, "takes_seat", bool, False),
            base=self.optional(path, table, "base", bool, False),
            qualified=self.optional(path, table, "qualified", bool, False),
            hired=self.optional(path, table, "hired", bool, False),
            supervised=self.optional(path, table, "supervised", bool, False),
            outcome=self.optional(path, table, "outcome", str, None),
            begins=self.optional(path, table, "begins", int, None),
        )

    def transition(self, n: int, table: _Table) -> Transition:
        path = f"transition[{n}]."
        self.keys(path, table, TRANSITION_KEYS)
        name, titles, sources = self.name(path, table), self.titles(path, table), self.sources(path, table)
        target = self.required(path, table, "to", str, "")
        entries = self.optional(path, table, "guards", list, [])
        uses: list[GuardUse] = []
        for m, entry in enumerate(entries):
            use = self.guard(f"{path}guards[{m}]", entry)
            if use and use.name in [each.name for each in uses]:
                self.note(f"{path}guards[{m}]", "guard-repeated", guard=use.name, transition=name)
            elif use:
                uses.append(use)
        return Transition(name, titles, sources, target, tuple(uses))

    def sources(self, path: str, table: _Table) -> tuple[str, ...]:
        given = table.get("from")
        if isinstance(given, list) and all(isinstance(each, str) for each in given):
            return tuple(given)
        source = self.required(path, table, "from", str, "")
        return (source,) if source else ()

    def guard(self, path: str, entry: object) -> GuardUse | None:
        table = {"name": entry} if isinstance(entry, str) else entry
        if not isinstance(table, dict):
            self.note(path, "wrong-type", expected="string", found=_type_name(entry))
            return None
        name = self.required(f"{path}.", table, "name", str, None)
        overridable = self.optional(f"{path}.", table, "overridable", bool, False)
        if name is None:
            return None
        if name not in self.guards:
            self.note(path, "guard-unknown", guard=name, guards=list(self.guards))
            return None
        parameters = {key: table[key] for key in table if key not in ("name", "overridable")}
        for key, value in parameters.items():
            self.check_parameter(f"{path}.{key}", name, key, value)
        kept = {key: _plain(value) for key, value in parameters.items()}
        return GuardUse(name, overridable, kept)

    def check_parameter(self, path: str, guard: str, key: str, value: object) -> None:
        expected, details = self.guards[guard].get(key), {"guard": guard, "parameter": key}
        if expected is None:
            self.note(path, "guard-parameter-unknown", **details, parameters=list(self.guards[guard]))
        elif type(value) is not expected:
            types = {"expected": _TYPES[expected], "found": _type_name(value)}
            self.note(path, "guard-parameter-type", **details, **types)
        elif type(value) is int and not 0 <= value <= HIGHEST_PARAMETER:
            limits = {"value": value, "lowest": 0, "highest": HIGHEST_PARAMETER}
            self.note(path, "guard-parameter-out-of-range", **details, **limits)

    def name(self, path: str, table: _Table) -> str:
        """Return the name, or the path in its place: no name looks like one."""
        name = self.required(path, table, "name", str, None)
        if name is None:
            self.nameless.append(path.rstrip("."))
        return path.rstrip(".") if name is None else name

    def titles(self, path: str, table: _Table) -> dict[str, str]:
        titles = self.required(path, table, "titles", dict, {})
        self.keys(f"{path}titles.", titles, LANGUAGES)
        wrong = [value for lang, value in titles.items() if lang in LANGUAGES and not isinstance(value, str)]
        if wrong:
            self.note(f"{path}titles", "wrong-type", expected="string", found=_type_name(wrong[0]))
        return {lang: title for lang, title in titles.items() if isinstance(title, str)}

    def tables(self, document: _Table, key: str, most: int) -> list[tuple[int, _Table]]:
        entries = self.required("", document, key, list, [])
        if not all(isinstance(entry, dict) for entry in entries):
            self.note(key, "wrong-type", expected="array of tables", found="array")
        elif len(entries) > most:
            self.note(key, "too-many", key=key, count=len(entries), most=most)
        elif entries:
            return list(enumerate(entries))
        self.readable = False
        return []

    def keys(self, path: str, table: _Table, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self.note(f"{path}{key}", "key-unknown", key=key, keys=list(known))

    def required(self, path: str, table: _Table, key: str, expected: type[_T], default: _D) -> _T | _D:
        if key not in table:
            self.note(f"{path}{key}", "key-missing", key=key)
        return self.optional(path, table, key, expected, default)

    def optional(self, path: str, table: _Table, key: str, expected: type[_T], default: _D) -> _T | _D:
        value = table.get(key, default)
        if key in table and type(value) is not expected:
            self.note(f"{path}{key}", "wrong-type", expected=_TYPES[expected], found=_type_name(value))
            return default
        return cast("_T", value)

    def note(self, path: str, code: str, **details: Any) -> None:
        self.defects.append(Defect(path, code, details))

    def follows(self, defect: Defect) -> bool:
        """Say whether a defect of the graph only repeats or follows from one that reading found."""
        if defect.path in [noted.path for noted in self.defects]:
            return True
        return defect.code in _FOLLOWS and any(name in self.nameless for name in defect.details.values())


def _likely(stage: Stage, left: set[str]) -> Stage:
    """Guess the kind that a misspelt one means, so that one slip is not reported as five."""
    if stage.outcome is not None:
        return stage._replace(kind="lost", main=False)
    return stage._replace(kind="open" if stage.name in left else "won")


def _plain(value: object) -> object:
    """Return a date as its ISO text, so that a pipeline is the same before and after it was a document."""
    return value.isoformat() if isinstance(value, date) else value


def _type_name(value: object) -> str:
    return _TYPES[type(value)]
