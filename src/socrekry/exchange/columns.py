"""What each column of a table of candidates is about, told by its name in English or Swedish.

Rule: every column is understood, or mapped by the user, or left out by the user; a name that is nearly right
is an error with a suggestion. A column that was quietly passed over is noticed when its data is missed.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from string import ascii_uppercase
from typing import Any, NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.facts import FACTS
from socrekry.exchange.tables import Table
from socrekry.services.imported import column_key

FIELD, STAGE, FACT, FACT_DAY, LEFT_OUT = "field", "stage", "fact", "fact-day", "left-out"
DAY_WORDS = ("on", "den", "date", "datum")

# Field -> what it is called in the wild, beside its own name.
FIELDS: dict[str, tuple[str, ...]] = {
    "candidate": ("candidate id", "kandidat", "kandidat-id"),
    "name": ("namn",),
    "email": ("e-mail", "mail", "mejl", "e-post", "epost", "e-postadress"),
    "phone": ("telephone", "telefon", "telefonnummer", "mobil", "mobilnummer"),
    "university": ("lärosäte", "universitet", "högskola"),
    "graduates": ("graduation", "examen", "examenstermin"),
    "term": ("termin",),
    "pipeline": ("rekryteringsväg",),
    "unit": ("enhet",),
    "cohort": ("omgång",),
    "source": ("channel", "källa", "kanal"),
    "tags": ("tag", "tagg", "taggar"),
    "note": ("notes", "anteckning", "anteckningar"),
    "protected": ("protected identity", "skyddad", "skyddade personuppgifter"),
    "outcome": ("utfall",),
    "closed_on": ("avslutad", "avslutad den", "closed"),
    "reason": ("orsak", "skäl"),
    "by": ("av",),
    "supervisor": ("handledare", "VFU-handledare"),
    "mentor": (),
}
# Facts that say more than that they are so have a column for it; all have one for the day.
FACT_NAMES: dict[str, tuple[str, ...]] = {
    "degree": ("examen", "examensbevis", "behörighet"),
    "register-check-seen": ("utdrag ur belastningsregistret", "belastningsregister"),
    "assessment": ("bedömning",),
    "university-confirmed": ("VFU-plats klar",),
    "placement-completed": ("VFU genomförd",),
    "traineeship-completed": ("trainee genomförd", "traineetjänst genomförd"),
    "references-checked": ("referenser tagna",),
    "offer-accepted": ("erbjudande antaget", "tackade ja"),
    "thesis": ("uppsats",),
    "left": ("slutade",),
    "still-employed": ("kvar i tjänst",),
}
_SPEAKING = {name for name, kind in FACTS.items() if len(kind.values) != 1}
_FIELDS_BY_KEY = {column_key(word): field for field, words in FIELDS.items() for word in (field, *words)}
_FACTS_BY_KEY = {column_key(word): fact for fact, words in FACT_NAMES.items() for word in (fact, *words)}
_REQUIRED = "name"
_REQUIRED_ABOUTS = frozenset(((FIELD, "name"), (FIELD, "protected")))
_NONE: Mapping[str, str] = {}
MOST_COLUMNS = 500


class Column(NamedTuple):
    """A column: its place from 0, its name in the file, and what it is about.

    ``subject`` is a field, a fact, or a stage as it is called in the file, as ``kind`` says.
    """

    place: int
    title: str
    kind: str
    subject: str

    @property
    def field(self) -> str:
        """What the column is called among a row's cells: see `Row`."""
        match self.kind:
            case "stage":
                return f"stage:{self.subject}"
            case "fact":
                return f"fact:{self.subject}"
            case "fact-day":
                return f"fact:{self.subject}_on"
        return self.subject


def columns_of(
    table: Table, stages: Mapping[str, str], mapped: Mapping[str, str], saved: Mapping[str, str] = _NONE
) -> tuple[Column, ...]:
    """Return what each column of the table is about, when its sheet and its header have been found.

    ``stages`` are the words for a stage, by `column_key`, each with the stage's name; ``mapped`` says which
    field a column is, by the column's name or letter as typed, an empty one leaving it out; ``saved`` does
    so too, and may name columns that are not there. InvalidInput ``columns-unfit`` with every defect,
    ``columns-too-many``, ``column-unknown`` for a column that is mapped and not there, ``field-unknown``
    for a field that there is none of, and what `Table.settle` raises.
    """
    abouts = {name: _meant(field, stages) for name, field in {**saved, **mapped}.items()}
    by_name = {column_key(name): about for name, about in abouts.items()}

    def meaning(title: str) -> tuple[str, str] | None:
        return by_name.get(column_key(title)) or _about(title, stages)

    def required(title: str) -> bool:
        return meaning(title) in _REQUIRED_ABOUTS

    table.settle(lambda title: meaning(title) is not None, required)
    header = table.header
    if len(header.cells) > MOST_COLUMNS:
        raise InvalidInput("columns-too-many", path=table.name, found=len(header.cells), most=MOST_COLUMNS)
    if header.defect:
        raise _unfit(table, stages, [{"line": header.line, "code": header.defect}])
    by_place = _places(header.cells, abouts, set(mapped))
    columns, defects = [], []
    for place, title in enumerate(header.cells):
        about = by_place.get(place) or meaning(title)
        if about is None:
            defects.append(_unknown(header.line, title, stages))
        else:
            columns.append(Column(place, title, *about))
    defects += [
        {"line": header.line, "code": "column-repeated", "name": each.title, "letters": letters}
        for each, letters in _repeated(columns)
    ]
    if not any((each.kind, each.subject) in _REQUIRED_ABOUTS for each in columns):
        defects.append({"line": header.line, "code": "column-missing", "name": _REQUIRED})
    if defects:
        raise _unfit(table, stages, defects)
    return tuple(columns)


def known_columns(stages: Iterable[str]) -> list[str]:
    """Return the name of every column that is understood, given the stages' names."""
    days = [f"{stage}_on" for stage in dict.fromkeys(stages)]
    facts = [each for fact in FACT_NAMES for each in (([fact] if fact in _SPEAKING else []) + [f"{fact}_on"])]
    return [*FIELDS, *dict.fromkeys([*days, *facts])]


def _about(title: str, stages: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the kind and the subject of a column of that name; None where it has no meaning here."""
    marked, key = title.casefold().startswith("fact:"), column_key(title.casefold().removeprefix("fact:"))
    if not title:
        return LEFT_OUT, ""
    if not marked and key in _FIELDS_BY_KEY:
        return FIELD, _FIELDS_BY_KEY[key]
    stem, _, last = key.rpartition(" ")
    if last in DAY_WORDS and not marked and stem in stages:
        return STAGE, stem
    if last in DAY_WORDS and stem in _FACTS_BY_KEY:
        return FACT_DAY, _FACTS_BY_KEY[stem]
    fact = _FACTS_BY_KEY.get(key)
    return (FACT, fact) if fact in _SPEAKING else None


def _meant(field: str, stages: Mapping[str, str]) -> tuple[str, str]:
    about = _about(field, stages)
    if about is None:
        raise InvalidInput("field-unknown", field=field, fields=known_columns(stages.values()))
    return about


def _places(
    titles: Sequence[str], abouts: Mapping[str, tuple[str, str]], needed: set[str]
) -> dict[int, tuple[str, str]]:
    """Return what was said of columns by their letter: no column has that name, and one has that letter."""
    there = {column_key(title) for title in titles}
    by_place = {}
    for name, about in abouts.items():
        if column_key(name) in there:
            continue
        place = _place_of(name)
        if place < len(titles):
            by_place[place] = about
        elif name in needed:
            raise InvalidInput("column-unknown", column=name, columns=[each for each in titles if each])
    return by_place


def _place_of(letters: str) -> int:
    """Return the place from 0 of the column that a spreadsheet calls so; for other words one beyond all."""
    if not 0 < len(letters) <= 3 or not set(letters) <= set(ascii_uppercase):
        return MOST_COLUMNS
    place = 0
    for each in letters:
        place = place * 26 + ascii_uppercase.index(each) + 1
    return place - 1


def letters_of(place: int) -> str:
    """Return what a spreadsheet calls the column at that place from 0: ``A``, ``AB``."""
    letters, left = "", place + 1
    while left:
        left, last = divmod(left - 1, 26)
        letters = ascii_uppercase[last] + letters
    return letters


def _repeated(columns: Sequence[Column]) -> list[tuple[Column, str]]:
    """Return every column that says what an earlier one says already, with the letters of both."""
    first: dict[tuple[str, str], Column] = {}
    repeated = []
    for each in columns:
        known = first.setdefault((each.kind, each.subject), each)
        if each.kind != LEFT_OUT and known is not each:
            repeated.append((each, f"{letters_of(known.place)}, {letters_of(each.place)}"))
    return repeated


def _unknown(line: int, title: str, stages: Mapping[str, str]) -> dict[str, Any]:
    """Return the defect of a column without a meaning, with the one that was probably meant."""
    known = dict(_FIELDS_BY_KEY)
    known |= {f"{key} {word}": f"{stage}_on" for key, stage in stages.items() for word in ("on", "den")}
    known |= {f"{key} {word}": f"{fact}_on" for key, fact in _FACTS_BY_KEY.items() for word in ("on", "den")}
    close = get_close_matches(column_key(title), known, 1, 0.7)
    if close:
        return {"line": line, "code": "column-misspelt", "name": title, "field": known[close[0]]}
    return {"line": line, "code": "column-not-understood", "name": title}


def _unfit(table: Table, stages: Mapping[str, str], defects: list[dict[str, Any]]) -> InvalidInput:
    strange = ("column-misspelt", "column-not-understood")
    named = [each["name"] for each in defects if each["code"] in strange]
    named += [each["letters"].rpartition(" ")[2] for each in defects if each["code"] == "column-repeated"]
    column = named[0] if named else "COLUMN"
    known = known_columns(stages.values())
    return InvalidInput("columns-unfit", path=table.name, column=column, known=known, defects=defects)
