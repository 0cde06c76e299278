"""Voices: what students wish, fear and praise, heard at an activity or from a candidate.

A voice is a kind, a theme and how many said it; somebody's own words may stand beside it, and go when her
identity is protected. It is no event: nothing is decided by it, and a wrong one is simply taken away.
"""

from datetime import date
from json import dumps, loads
from typing import Any, NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.domain.ids import activity_id, candidacy_id, parsed_activity, parsed_number, voice_id
from socrekry.domain.term import Term
from socrekry.domain.themes import Theme, theme_called, voice_kind
from socrekry.services.activities import find_activity
from socrekry.services.finding import find_candidacy
from socrekry.services.texts import kept_if_any
from socrekry.services.themes import every_theme_of, find_theme
from socrekry.services.writing import Writing
from socrekry.store.connect import Store

MOST = 10_000
LONGEST = 2_000
_KEPT = ("id", "kind", "theme", "text", "number", "occurred_on", "activity", "candidacy")


class Voice(NamedTuple):
    """A voice; it has the term and university of its ``source``: ``A-1`` or ``C-1.1``."""

    id: int
    kind: str
    theme: Theme
    text: str | None
    number: int
    on: date
    source: str
    term: Term
    university: str | None

    @property
    def label(self) -> str:
        """The id as it is shown: ``V-1``."""
        return voice_id(self.id)


class Heard(NamedTuple):
    """Where a voice was heard: an activity or a candidacy, by number and id, and what follows from it.

    ``person`` is whose the candidacy is, 0 for an activity.
    """

    activity: int | None
    candidacy: int | None
    person: int
    label: str
    on: date
    term: Term
    university: str | None


def add_voice(
    writing: Writing,
    source: str,
    kind: str,
    theme: str,
    text: str | None = None,
    *,
    number: int = 1,
    on: date | None = None,
) -> Voice:
    """Keep a voice heard at an activity (``A-1``) or from a candidate.

    Without a day it is the activity's, and for a candidate today. NotFound ``activity-not-found``,
    ``theme-not-found`` and as `find_candidacy`; InvalidInput ``voice-kind-invalid``,
    ``voice-count-out-of-range`` or ``date-in-future``.
    """
    store, today = writing.store, writing.occasion.today
    meant, words = voice_kind(kind), kept_if_any(text, "text", LONGEST)
    if not 1 <= number <= MOST:
        raise InvalidInput("voice-count-out-of-range", value=number, most=MOST)
    with writing.transaction():
        heard = _heard_at(store, source, today)
        about = find_theme(store, theme)
        day = on or heard.on
        if day > today:
            raise InvalidInput("date-in-future", on=day.isoformat(), today=today.isoformat())
        new = store.value(
            "voices.add",
            kind=meant,
            theme=about.code,
            text=words,
            number=number,
            occurred_on=day.isoformat(),
            activity=heard.activity,
            candidacy=heard.candidacy,
        )
        writing.created("voice", f"{heard.person}:{new}")
    return Voice(int(new), meant, about, words, number, day, heard.label, heard.term, heard.university)


def remove_voice(writing: Writing, ref: str) -> Voice:
    """Take a voice away that was wrong, and return it; NotFound ``voice-not-found``.

    What it said is kept with the command's changes, so that it can be put back, until the person's identity
    is protected.
    """
    store = writing.store
    with writing.transaction():
        number = parsed_number("V", ref)
        row = store.row("voices.voice", id=number) if number is not None else None
        if row is None:
            raise NotFound("voice-not-found", ref=ref)
        store.write("voices.drop", id=number)
        kept = dumps(dict(zip(_KEPT, row, strict=False)), ensure_ascii=False, sort_keys=True)
        writing.edited("voice", f"{row[8] or 0}:{number}", "voice", kept, None)
    _, kind, theme, text, count, on, activity, _, person, candidacy, term, university = row
    label = candidacy_id(person, candidacy) if activity is None else activity_id(activity)
    about = theme_called(every_theme_of(store), theme)
    return Voice(
        row[0], kind, about, text, count, date.fromisoformat(on), label, Term.from_code(term), university
    )


def put_back(store: Store, kept: str) -> None:
    """Put a voice back that was taken away, as `remove_voice` kept it."""
    row: dict[str, Any] = loads(kept)
    store.write("voices.put_back", **row)


def _heard_at(store: Store, ref: str, today: date) -> Heard:
    """Return where a voice was heard: what is neither an activity's id nor its title means a candidate."""
    try:
        activity = find_activity(store, ref)
    except NotFound:
        if parsed_activity(ref) is not None:
            raise
        found = find_candidacy(store, ref)
        term, university = store.row("voices.candidacy", candidacy=found.id) or (0, None)
        return Heard(None, found.id, found.person, found.label, today, Term.from_code(term), university)
    return Heard(activity.id, None, 0, activity.label, activity.on, activity.term, activity.university)
