"""One activity as a whole: its figures, who took part, and what was said there."""

from datetime import date
from typing import NamedTuple

from socrekry.domain.ids import candidate_id
from socrekry.domain.names import shown_name
from socrekry.domain.themes import Theme, theme_called
from socrekry.services.activities import Activity, find_activity
from socrekry.services.themes import every_theme_of
from socrekry.store.connect import Store


class Participant(NamedTuple):
    """A person whom an activity has touched."""

    id: str
    name: str
    on: date


class Said(NamedTuple):
    """What was said at an activity: wish, concern or praise, its theme, how many said it, their words."""

    kind: str
    theme: Theme
    number: int
    text: str | None


class ActivityDossier(NamedTuple):
    """All there is about an activity."""

    activity: Activity
    participants: tuple[Participant, ...]
    voices: tuple[Said, ...]


def activity_dossier(store: Store, ref: str) -> ActivityDossier:
    """Return all there is about an activity; NotFound ``activity-not-found``."""
    with store.snapshot():
        activity = find_activity(store, ref)
        themes = every_theme_of(store)
        return ActivityDossier(
            activity,
            tuple(
                Participant(candidate_id(person), shown_name(name, protected), date.fromisoformat(on))
                for person, name, protected, on in store.rows("outreach.participants", activity=activity.id)
            ),
            tuple(
                Said(kind, theme_called(themes, theme), number, text)
                for kind, theme, number, text in store.rows("outreach.voices", activity=activity.id)
            ),
        )
