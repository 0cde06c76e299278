"""What was done to a candidate as a person: added, edited, noted, protected."""

from typing import Any

from socrekry.domain.ids import candidate_id
from socrekry.locale import _, pick
from socrekry.render.duplicates import resembles_json
from socrekry.render.parts import Line, Page, Part, not_kept
from socrekry.services.candidates import Added


def added_page(added: Added, *, dry_run: bool = False) -> Page:
    """Return the page of a candidacy that was begun; where it went is always said."""
    where = f"{added.cohort}: {pick(added.titles)}"
    parts: list[Part] = [Line(f"{added.candidacy} {added.name}", "strong"), Line(where)]
    return Page([*parts, *not_kept(dry_run)], _added_json(added), ids=[added.candidacy])


def _added_json(added: Added) -> dict[str, Any]:
    entry = added._asdict()
    del entry["titles"]
    return entry | {"term": str(added.term), "resembles": resembles_json(added.resembles)}


def edited_page(person: int, *, dry_run: bool = False) -> Page:
    """Return the page of a person whose details were changed."""
    said = Line(_("{id} changed.").format(id=candidate_id(person)))
    return Page([said, *not_kept(dry_run)], {"id": candidate_id(person)})


def protected_page(name: str, *, dry_run: bool = False) -> Page:
    """Return the page of a person who is protected from now on, by what she is called."""
    return Page([Line(name), *not_kept(dry_run)], {"name": name, "protected": True})
