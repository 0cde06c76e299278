"""What was done to a candidate as a person: added, edited, noted, protected."""

from typing import Any

from socrekry.locale import _, pick
from socrekry.render.parts import Line, Page, Part
from socrekry.services.candidates import Added


def added_page(added: Added, *, dry_run: bool = False) -> Page:
    """Return the page of a candidacy that was begun; where it went is always said."""
    where = f"{added.cohort}: {pick(added.titles)}"
    parts: list[Part] = [Line(f"{added.candidacy} {added.name}", "strong"), Line(where)]
    return Page(with_dry_run(parts, dry_run), _added_json(added), ids=[added.candidacy])


def _added_json(added: Added) -> dict[str, Any]:
    entry = added._asdict()
    del entry["titles"]
    return entry | {"term": str(added.term)}


def edited_page(person: int, *, dry_run: bool = False) -> Page:
    """Return the page of a person whose details were changed."""
    return Page(
        with_dry_run([Line(_("{id} changed.").format(id=f"C-{person}"))], dry_run), {"id": f"C-{person}"}
    )


def protected_page(name: str) -> Page:
    """Return the page of a person who is protected from now on, by what she is called."""
    return Page([Line(name)], {"name": name, "protected": True})


def with_dry_run(parts: list[Part], dry_run: bool) -> list[Part]:
    """Return the parts, and that nothing was kept where it was a dry run."""
    return [*parts, Line(_("Nothing was kept: this was a dry run."), "quiet")] if dry_run else parts
