"""Candidates who may be one: the pairs and why, who was told apart, and what a merge chose."""

from collections.abc import Sequence
from typing import Any

from socrekry.locale import N_, _, ngettext
from socrekry.render.parts import Column, Grid, Line, Page, Part, Rows, not_kept
from socrekry.render.words import word
from socrekry.services.duplicates import Alike, Pair, Pairs, Resemblance
from socrekry.services.likeness import EMAIL, NAME, PHONE
from socrekry.services.merging import Merged

REASONS = {PHONE: N_("same telephone"), EMAIL: N_("same mailbox"), NAME: N_("like name")}
FIELDS = {
    "name": N_("name"),
    "email": N_("e-mail"),
    "phone": N_("telephone"),
    "university": N_("university"),
    "graduates": N_("last term"),
}
_NAMES = ("id", "name", "other_id", "other_name", "reasons", "alike")


def pairs_page(pairs: Pairs) -> Page:
    """Return the page of the pairs that may be one person each; a list that was cut says so."""
    parts: list[Part] = []
    if pairs.rows:
        columns = (
            *(Column(_("Id")), Column(_("Name"), flexible=True)),
            *(Column(_("Id")), Column(_("Name"), flexible=True)),
            *(Column(_("Alike"), "right"), Column(_("Why"), flexible=True)),
        )
        cells = [
            (each.one.id, each.one.name, each.other.id, each.other.name, f"{each.alike}", _why(each))
            for each in pairs.rows
        ]
        parts += [Grid(columns, cells), *_advice(pairs)]
    else:
        parts.append(Line(_("Nobody resembles another.")))
    return Page(
        parts,
        [_json(each) for each in pairs.rows],
        rows=Rows(_NAMES, [_record(each) for each in pairs.rows]),
        ids=list(dict.fromkeys(alike.id for each in pairs.rows for alike in (each.one, each.other))),
    )


def _advice(pairs: Pairs) -> list[Part]:
    first, shown = pairs.rows[0], len(pairs.rows)
    cut: list[Part] = []
    if shown < pairs.total:
        text = _("{shown} of {total}; --limit N or --all shows more.")
        cut.append(Line(text.format(shown=shown, total=pairs.total), "quiet"))
    one, other = first.one.id, first.other.id
    same = _("The same person: {command}").format(command=f"socrekry merge {one} {other}")
    two = _("Two persons: {command}").format(command=f"socrekry duplicates --apart {one} {other}")
    return [*cut, Line(same, "quiet"), Line(two, "quiet")]


def _why(pair: Pair) -> str:
    """Return the reasons in words, each with what is the same where that can be seen."""
    seen = {PHONE: pair.other.phone, EMAIL: pair.other.email}
    return ", ".join(" ".join(filter(None, (word(REASONS, each), seen.get(each)))) for each in pair.reasons)


def _record(pair: Pair) -> tuple[Any, ...]:
    one, other = pair.one, pair.other
    return one.id, one.name, other.id, other.name, " ".join(pair.reasons), pair.alike


def _json(pair: Pair) -> dict[str, Any]:
    return {
        "one": _alike_json(pair.one),
        "other": _alike_json(pair.other),
        "reasons": list(pair.reasons),
        "alike": pair.alike,
    }


def _alike_json(alike: Alike) -> dict[str, Any]:
    return alike._asdict()


def apart_page(told: Sequence[tuple[str, str]], *, dry_run: bool = False) -> Page:
    """Return the page of those who were told apart."""
    said = _("{one} and {other} are two persons; they are not shown as alike any more.")
    lines = [Line(said.format(one=one, other=other)) for one, other in told]
    return Page([*lines, *not_kept(dry_run)], [{"id": one, "other_id": other} for one, other in told])


def merged_page(merged: Merged, *, dry_run: bool = False) -> Page:
    """Return the page of a merge: detail by detail what it chose, and what came along."""
    head = _("{gone} is {id} {name} from now on.").format(gone=merged.merged, id=merged.id, name=merged.name)
    columns = (
        Column(""),
        Column(_("Kept"), flexible=True),
        Column(_("Of")),
        Column(_("Left out"), flexible=True),
    )
    cells = [
        (word(FIELDS, each.field), each.kept or "–", each.of, each.dropped or "") for each in merged.details
    ]
    parts: list[Part] = [Line(head, "strong"), Grid(columns, cells), *map(Line, _along(merged))]
    back = _("To take it back: {command}").format(command=f"socrekry undo {merged.candidacies[0].after}")
    return Page([*parts, Line(back, "quiet"), *not_kept(dry_run)], _merged_json(merged), ids=[merged.id])


def _along(merged: Merged) -> list[str]:
    lines = [
        _("{before} is now {after}.").format(before=each.before, after=each.after)
        for each in merged.candidacies
    ]
    lines += [
        _("{id} was the same as the other in that cohort, and is taken back.").format(id=each)
        for each in merged.set_aside
    ]
    if merged.activities:
        text = ngettext("{n} activity came along.", "{n} activities came along.", merged.activities)
        lines.append(text.format(n=merged.activities))
    if merged.tags:
        lines.append(_("Tags that came along: {tags}").format(tags=", ".join(merged.tags)))
    return lines


def _merged_json(merged: Merged) -> dict[str, Any]:
    return merged._asdict() | {
        "details": [each._asdict() for each in merged.details],
        "candidacies": [each._asdict() for each in merged.candidacies],
        "set_aside": list(merged.set_aside),
        "tags": list(merged.tags),
    }


def resembles_json(resembles: Sequence[Resemblance]) -> list[dict[str, Any]]:
    """Return whom somebody resembles as data."""
    return [each._asdict() | {"reasons": list(each.reasons)} for each in resembles]


def resembles_in_words(whose: str, resembles: Sequence[Resemblance]) -> list[str]:
    """Return a line for each whom somebody resembles, and last what to do about the likest."""
    lines = []
    for each in resembles:
        why = ", ".join(word(REASONS, reason) for reason in each.reasons)
        lines.append(
            _("{id} resembles {other} {name}: {why}").format(id=whose, other=each.id, name=each.name, why=why)
        )
    if resembles:
        command = f"socrekry merge {resembles[0].id} {whose}"
        lines.append(_("The same person: {command}").format(command=command))
    return lines
