"""What may stand as a value: ids with names, terms, stages, units … as the store has them now.

Rule: a parameter is known by the word that stands for its value in the help (``TERM``, ``UNIT``), so that one
added tomorrow is completed by its name alone. A store that is not there, busy, older or somebody else's
completes nothing.
"""

from collections.abc import Callable

from socrekry.cli import completion_codes as codes
from socrekry.cli.completion_choice import Choice, beginning
from socrekry.cli.completion_place import Place
from socrekry.cli.usage import choices_of
from socrekry.domain.errors import SocrekryError
from socrekry.locale import LANGUAGES, pick
from socrekry.store.connect import Store, store_at

MOST = 200  # of what there may be a million of; whoever wants another types one more letter
# A person's own words, numbers, and names that are new: nothing that is known before it is typed.
_OWN_WORDS = frozenset(
    {"TEXT", "TITLE", "LABEL", "E-MAIL", "NUMBER", "N", "SEK", "POSITIONS", "VALUE", "TOWN"}
)
_OWN_WORDS |= {"MUNICIPALITY", "ROLE", "V-1", "NAME", "FIELD=ID"}
_FILES = frozenset({"FILE", "FOLDER", "FOLDER|FILE", "PATH|URL", "FROM", "TO"})


def values(place: Place) -> list[Choice] | None:
    """Return what the parameter at ``place`` may be; None for a file; nothing where nobody can know."""
    param = place.parameter
    if param is None:
        return []
    if words := choices_of(param):
        return [Choice(word) for word in words]
    metavar = param.metavar or ""
    if metavar in _FILES:
        return None
    if metavar == metavar.lower() and "|" in metavar:
        return [Choice(word) for word in metavar.split("|")]
    kind = _kind(place)
    return kind(place) if kind else []


def is_known(place: Place) -> bool:
    """Tell whether somebody has thought of what the parameter at ``place`` may be."""
    metavar = (place.parameter.metavar if place.parameter else None) or ""
    given = bool(choices_of(place.parameter)) or metavar in _FILES or metavar in _OWN_WORDS
    return given or (metavar == metavar.lower() and "|" in metavar) or _kind(place) is not None


def _kind(place: Place) -> Callable[[Place], list[Choice]] | None:
    """Return what knows the values: of this command's parameter, of all with its name, or of its kind."""
    name, metavar = (place.parameter.name, place.parameter.metavar) if place.parameter else (None, None)
    keys = (place.command, name or ""), (metavar or "", name or "")
    return _BY_NAME.get(keys[0]) or _BY_NAME.get(keys[1]) or _BY_METAVAR.get(metavar or "")


def _in_store(read: Callable[[Store, Place], list[Choice]]) -> Callable[[Place], list[Choice]]:
    """Return ``read`` as what opens the store first: the one meant, if there is one."""

    def reading(place: Place) -> list[Choice]:
        from socrekry.cli.settings import current
        from socrekry.store.location import on_postgresql, path_of

        location = current().db
        try:
            where = location if on_postgresql(location) else path_of(location)
            with store_at(where, writing=False) as store:
                return read(store, place)
        except SocrekryError:
            return []

    return reading


def _nothing(_place: Place) -> list[Choice]:
    """Return nothing: it is new, or a person's own words."""
    return []


def _candidates(store: Store, place: Place) -> list[Choice]:
    from socrekry.cli.completion_people import people

    return [each for each in people(store, place) if each.word not in place.arguments]


def _candidates_and_activities(store: Store, place: Place) -> list[Choice]:
    found = [] if place.word[:1].casefold() == "a" else _candidates(store, place)
    return found if place.word[:1].casefold() == "c" else [*found, *_activities(store, place)]


def _activities(store: Store, _place: Place) -> list[Choice]:
    from socrekry.domain.ids import activity_id
    from socrekry.render.words import CHANNELS, word

    rows = store.rows("completing.activities", most=MOST)
    return [
        Choice(activity_id(number), " · ".join((title, word(CHANNELS, kind), on)))
        for number, kind, title, on in rows
    ]


def _terms(store: Store, place: Place) -> list[Choice]:
    """Return the terms of cohorts, this term and the next; after ``HT2025..``, where it may end."""
    from socrekry.cli.settings import clock
    from socrekry.domain.term import Term, term_of

    now = term_of(clock().today)
    terms = {Term.from_code(code) for (code,) in store.rows("completing.terms")} | {now, now.next}
    first, dots, _last = place.word.partition("..")
    return [Choice(f"{first}{dots}{term}" if dots else str(term)) for term in sorted(terms, reverse=True)]


def _units(store: Store, _place: Place) -> list[Choice]:
    return [Choice(name, employer or "") for _, name, employer, *_ in store.rows("programme.unit_names")]


def _universities(store: Store, _place: Place) -> list[Choice]:
    return [Choice(code, f"{name}, {town}") for code, name, town in store.rows("programme.university_names")]


def _pipelines(store: Store, _place: Place) -> list[Choice]:
    return [Choice(name) for (name,) in store.rows("programme.pipeline_names")]


def _staff(store: Store, _place: Place) -> list[Choice]:
    from socrekry.domain.ids import staff_id

    rows = store.rows("programme.staff")
    return [
        Choice(staff_id(number), " · ".join(filter(None, (name, unit))))
        for number, name, _, _, _, unit, left in rows
        if left is None
    ]


def _cohorts(store: Store, _place: Place) -> list[Choice]:
    from socrekry.domain.ids import cohort_id
    from socrekry.domain.term import Term

    rows = store.rows("programme.cohorts", term=None, pipeline=None)
    return [
        Choice(cohort_id(number), " · ".join(filter(None, (pipeline, str(Term.from_code(term)), name, unit))))
        for number, pipeline, term, _, name, _, _, unit in reversed(rows)
    ]


def _names_of_cohorts(store: Store, _place: Place) -> list[Choice]:
    rows = store.rows("programme.cohorts", term=None, pipeline=None)
    return [Choice(name) for name in dict.fromkeys(row[4] for row in rows) if name]


def _stages(store: Store, place: Place) -> list[Choice]:
    """Return the stages of the pipeline that is meant, as far as the line tells; else of all."""
    from socrekry.cli.completion_people import pipeline_of, titles_of

    titles = titles_of(store)
    only = pipeline_of(store, place)
    found = (
        titles.get(only, {})
        if only
        else {stage: told for each in titles.values() for stage, told in each.items()}
    )
    return [Choice(stage, pick(told)) for stage, told in found.items()]


def _tags(store: Store, _place: Place) -> list[Choice]:
    return [Choice(tag) for (tag,) in store.rows("completing.tags", most=MOST)]


def _themes(store: Store, _place: Place) -> list[Choice]:
    from socrekry.domain.themes import every_theme

    return [Choice(theme.code, pick(theme.titles)) for theme in every_theme(store.rows("voices.themes"))]


def _candidates_and_facts(place: Place) -> list[Choice]:
    """Return facts where the word begins one, else candidates; and both before it has begun."""
    facts = beginning(codes.facts(place), place.word)
    known = [] if facts and place.word else _in_store(_candidates)(place)
    return [*known, *(facts if place.arguments or place.word else [])]


def _channels(place: Place) -> list[Choice]:
    from socrekry.domain.channels import CHANNELS
    from socrekry.render.words import CHANNELS as WORDS
    from socrekry.render.words import word

    found = [Choice(channel, word(WORDS, channel)) for channel in CHANNELS]
    return [*found, *_in_store(_activities)(place)]


def _values_of_settings(place: Place) -> list[Choice]:
    if place.arguments[:1] == ["lang"]:
        return [Choice(language) for language in LANGUAGES]
    return _in_store(_units)(place) if place.arguments[:1] == ["unit"] else []


_People = _in_store(_candidates)
_BY_METAVAR: dict[str, Callable[[Place], list[Choice]]] = {
    "ID": _People,
    "C-1": _People,
    "C-7": _People,
    "ID A-1": _in_store(_candidates_and_activities),
    "C-1|A-1": _in_store(_candidates_and_activities),
    "ID … FACT[=VALUE] …": _candidates_and_facts,
    "FACT[=VALUE]": codes.facts,
    "FACT": codes.names_of_facts,
    "A-1": _in_store(_activities),
    "CHANNEL|A-1": _channels,
    "S-1": _in_store(_staff),
    "K-1": _in_store(_cohorts),
    "COHORT": _in_store(_cohorts),
    "TERM": _in_store(_terms),
    "TERM|FIRST..LAST": _in_store(_terms),
    "TERM|YEAR": _in_store(_terms),
    "UNIT": _in_store(_units),
    "CODE": _in_store(_universities),
    "UNIVERSITY": _in_store(_universities),
    "PIPELINE": _in_store(_pipelines),
    "STAGE": _in_store(_stages),
    "TAG": _in_store(_tags),
    "THEME": _in_store(_themes),
    "KIND": codes.kinds,
    "OUTCOME": codes.outcomes,
    "DATE": codes.days,
    "DATE|TIME": codes.days,
    "@NAME": codes.saved_names("views", "@"),
    "COLUMN=FIELD|@NAME": codes.columns,
    "[COMMAND]": codes.commands,
}
# Where the word in the help says less than the parameter's name, or a command means another thing by it.
_BY_NAME: dict[tuple[str, str], Callable[[Place], list[Choice]]] = {
    ("NAME", "pipeline"): _in_store(_pipelines),
    ("NAME", "cohort"): _in_store(_names_of_cohorts),
    ("NAME", "save"): codes.saved_names("views", ""),
    ("NAME", "forget"): codes.saved_names("views", ""),
    ("NAME", "save_map_"): codes.saved_names("maps", ""),
    ("pipeline show", "name"): _in_store(_pipelines),
    ("config", "key"): codes.settings,
    ("config", "value"): _values_of_settings,
    ("add-candidate", "name"): _nothing,
    ("add-university", "code"): _nothing,
    ("add-theme", "code"): _nothing,
    ("add-activity", "pick"): _nothing,
}
