"""Voices as they look: what was heard most often, how that has changed, and the words themselves."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

from socrekry.domain.term import TermRange
from socrekry.domain.themes import KINDS, Theme
from socrekry.locale import N_, _, ngettext, pick
from socrekry.render.headings import aside, spelt
from socrekry.render.parts import Column, Grid, Heading, Line, Page, Part, Rows, not_kept
from socrekry.render.report_words import figure
from socrekry.render.text import count, width
from socrekry.render.words import VOICE_KINDS, capital, word
from socrekry.reports.voices import Voiced, Voices, Words

if TYPE_CHECKING:
    from socrekry.services.themes import ThemeHeard
    from socrekry.services.voices import Voice

Parting = Literal["university", "term"]
NOWHERE = "unknown"
"""Stands in JSON for voices from no known university."""
MOST_IN_A_LINE = 4
_SAID = {
    "wish": N_("Wishes: {themes}"),
    "concern": N_("Concerns: {themes}"),
    "praise": N_("Praise: {themes}"),
}
_COUNTED = ("kind", "theme", "title", "term", "university", "count")
_HEARD = ("id", "kind", "theme", "title", "count", "text", "on", "source", "term", "university")


def voice_page(voice: "Voice", *, dry_run: bool = False) -> Page:
    """Return the answer to keeping a voice."""
    told = _("Heard {id}: {kind}, {theme}, {n} at {source}, {day}.")
    return _one_voice(told, voice, dry_run=dry_run)


def removed_voice_page(voice: "Voice", *, dry_run: bool = False) -> Page:
    """Return the answer to taking a voice away."""
    told = _("Removed {id}: {kind}, {theme}, {n} at {source}, {day}.")
    return _one_voice(told, voice, dry_run=dry_run)


def _one_voice(told: str, voice: "Voice", *, dry_run: bool) -> Page:
    line = told.format(
        id=voice.label,
        kind=word(VOICE_KINDS, voice.kind),
        theme=pick(voice.theme.titles),
        n=count(voice.number),
        source=voice.source,
        day=voice.on,
    )
    values = (
        voice.label, voice.kind, voice.theme.code, pick(voice.theme.titles), voice.number, voice.text,
        voice.on, voice.source, str(voice.term), voice.university,
    )  # fmt: skip
    return Page([Line(line), *not_kept(dry_run)], dict(zip(_HEARD, values, strict=True)), ids=[voice.label])


def theme_page(theme: Theme, *, dry_run: bool = False) -> Page:
    """Return the answer to adding a theme."""
    told = _("Added the theme {title}, as {code}.").format(title=pick(theme.titles), code=theme.code)
    return Page([Line(told), *not_kept(dry_run)], _theme_json(theme), ids=[theme.code])


def themes_page(themes: "Sequence[ThemeHeard]") -> Page:
    """Return the page of all themes."""
    columns = (Column(_("Code")), Column(_("Theme"), flexible=True), Column(_("Heard"), "right"), Column(""))
    cells = [
        (
            each.theme.code,
            pick(each.theme.titles),
            count(each.heard),
            _("your own") if each.theme.own else "",
        )
        for each in themes
    ]
    records = [_theme_json(each.theme) | {"heard": each.heard} for each in themes]
    rows = Rows(("code", "title", "own", "heard"), [tuple(each.values()) for each in records])
    return Page([Grid(columns, cells)], records, rows=rows, ids=[each.theme.code for each in themes])


def _theme_json(theme: Theme) -> dict[str, Any]:
    return {"code": theme.code, "title": pick(theme.titles), "own": theme.own}


def voices_page(voices: Voices, by: Parting | None = None) -> Page:
    """Return the page of what was heard, the most frequent first; ``by`` shows each count's parts."""
    parts: list[Part] = [
        Heading(
            _("Voices {terms}").format(terms=spelt(voices.terms)), aside(voices.as_of, public=voices.public)
        )
    ]
    if not voices.voices:
        parts.append(Line(_("Nothing has been heard. Note one: socrekry add-voice A-1 wish THEME")))
    else:
        parts.append(_grid(voices, by))
        if not voices.compared:
            parts.append(Line(_("There is nothing earlier to compare with."), "quiet"))
    codes = dict.fromkeys(each.theme.code for each in voices.voices)
    return Page(parts, lambda: document(voices), rows=_rows(voices), ids=list(codes))


def _grid(voices: Voices, by: Parting | None) -> Grid:
    changed = _("Since {terms}").format(terms=spelt(voices.previous))
    titles = {"university": _("By university"), "term": _("By term")}
    columns = (
        Column(""),
        Column(_("Theme"), flexible=True),
        Column(_("Number"), "right"),
        *((Column(changed, "right"),) if voices.compared else ()),
        *((Column(titles[by], flexible=True),) if by else ()),
    )
    cells = []
    for kind in KINDS:
        for place, each in enumerate(voices.of(kind)):
            cells.append(
                (
                    capital(word(VOICE_KINDS, kind)) if place == 0 else "",
                    pick(each.theme.titles),
                    figure(each.number),
                    *((change_in_words(each),) if voices.compared else ()),
                    *((_parts_in_words(each, by),) if by else ()),
                )
            )
    return Grid(columns, cells)


def change_in_words(voiced: Voiced) -> str:
    """Return how a count has changed: ``+3``, ``−2``, ``±0`` or *new*; nothing where that cannot be said."""
    if voiced.change is None:
        return ""
    if voiced.is_new:
        return _("new")
    sign = "+" if voiced.change > 0 else "−" if voiced.change < 0 else "±"
    return f"{sign}{count(abs(voiced.change))}"


def _parts_in_words(voiced: Voiced, by: Parting) -> str:
    parts: Sequence[tuple[object, int]] | None
    parts = voiced.by_university if by == "university" else voiced.by_term
    if parts is None:
        return figure(None)
    nowhere = _("unknown")
    return ", ".join(f"{nowhere if whose is None else whose} {count(n)}" for whose, n in parts)


def lines(voices: Voices, columns: int) -> list[Part]:
    """Return what a report says of voices: the most frequent of each kind, on one line if it has room."""
    said = [
        _(_SAID[kind]).format(themes=_themes_in_words(voices, kind)) for kind in KINDS if _heard(voices, kind)
    ]
    whole = " · ".join(said)
    if not said or width(whole) <= columns:
        return [Line(whole)] if said else []
    from textwrap import wrap  # a report is pasted, so it is no wider than a screen even in a pipe

    return [Line(line) for text in said for line in wrap(text, columns, break_on_hyphens=False)]


def _heard(voices: Voices, kind: str) -> list[Voiced]:
    """Return what was said of a kind, without what is no longer said."""
    return [each for each in voices.of(kind) if each.number != 0]


def _themes_in_words(voices: Voices, kind: str) -> str:
    heard = _heard(voices, kind)
    told = []
    for each in heard[:MOST_IN_A_LINE]:
        change = change_in_words(each)
        told.append(f"{pick(each.theme.titles)} {figure(each.number)}" + (f" ({change})" if change else ""))
    more = len(heard) - len(told)
    if more > 0:
        told.append(ngettext("{n} theme more", "{n} themes more", more).format(n=count(more)))
    return ", ".join(told)


def document(voices: Voices) -> dict[str, Any]:
    """Return voices as JSON has them; what is withheld is null, and says so."""
    return {
        "term": str(voices.terms),
        "previous": str(voices.previous),
        "compared": voices.compared,
        "voices": [_voiced_json(each, public=voices.public) for each in voices.voices],
    }


def _voiced_json(each: Voiced, *, public: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": each.kind,
        "theme": each.theme.code,
        "title": pick(each.theme.titles),
        "count": each.number,
        "before": each.before,
        "change": each.change,
        "new": each.is_new,
        "by_university": _parts_json(each.by_university),
        "by_term": _parts_json(each.by_term),
    }
    return entry | ({"suppressed": each.number is None} if public else {})


def _parts_json(parts: Sequence[tuple[object, int]] | None) -> dict[str, int] | None:
    return None if parts is None else {NOWHERE if whose is None else str(whose): n for whose, n in parts}


def _rows(voices: Voices) -> Rows:
    records = [
        (each.kind, each.theme.code, pick(each.theme.titles), str(cell.term), cell.university, cell.number)
        for each in voices.voices
        for cell in each.cells
    ]
    return Rows(_COUNTED, records)


def texts_page(words: Sequence[Words], terms: TermRange) -> Page:
    """Return the page of what was heard in students' own words; for internal use."""
    columns = (
        Column(_("Id")),
        Column(_("Day")),
        Column(_("Voice")),
        Column(_("Theme"), flexible=True),
        Column(_("Number"), "right"),
        Column(_("Source"), flexible=True),
        Column(_("In their own words"), flexible=True),
    )
    cells = [
        (
            each.id,
            str(each.on),
            word(VOICE_KINDS, each.kind),
            pick(each.theme.titles),
            count(each.number),
            " ".join(filter(None, (each.source, each.activity))),
            each.text or "",
        )
        for each in words
    ]
    records = [
        (
            each.id, each.kind, each.theme.code, pick(each.theme.titles), each.number, each.text, each.on,
            each.source, str(each.term), each.university,
        )
        for each in words
    ]  # fmt: skip
    heading = Heading(_("Voices {terms}").format(terms=spelt(terms)), _("Internal"))
    nothing = Line(_("Nothing has been heard. Note one: socrekry add-voice A-1 wish THEME"))
    return Page(
        [heading, Grid(columns, cells) if cells else nothing],
        lambda: [dict(zip(_HEARD, record, strict=True)) for record in records],
        rows=Rows(_HEARD, records),
        ids=[each.id for each in words],
    )
