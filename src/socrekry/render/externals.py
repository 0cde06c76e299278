"""Those who are in no pipeline and have a supervisor or a mentor: who got whom, and what has ended."""

from collections.abc import Sequence

from socrekry.domain.ids import staff_id
from socrekry.locale import _
from socrekry.render.parts import Line, Page, Part, not_kept
from socrekry.render.words import ROLES, word
from socrekry.services.externals import External


def externals_page(externals: Sequence[External], *, dry_run: bool = False) -> Page:
    """Return the answer to assigning somebody outside, or to ending that: a line for each role."""
    parts: list[Part] = []
    for each in externals:
        told = _("{label}, {term}: {role} {id} {name}, until {day}") if each.to_on else ""
        told = told or _("{label}, {term}: {role} {id} {name}")
        parts.append(
            Line(
                told.format(
                    label=each.label,
                    term=each.term,
                    role=word(ROLES, each.role),
                    id=staff_id(each.staff),
                    name=each.staff_name,
                    day=each.to_on,
                )
            )
        )
    answer = [
        {
            "label": each.label,
            "term": str(each.term),
            "role": each.role,
            "id": staff_id(each.staff),
            "name": each.staff_name,
            "from_on": each.from_on,
            "to_on": each.to_on,
        }
        for each in externals
    ]
    ids = list(dict.fromkeys(staff_id(each.staff) for each in externals))
    return Page([*parts, *not_kept(dry_run)], answer, ids=ids)
