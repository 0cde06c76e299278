"""One candidate on a page: what is known, where she stands, and what each step on would need."""

from collections.abc import Iterator
from typing import Any

from socrekry.locale import _, pick
from socrekry.render.outcomes import verdict_grid
from socrekry.render.parts import Column, Facts, Gap, Grid, Heading, Line, Page, Part
from socrekry.render.text import count
from socrekry.render.verdicts import verdict_json
from socrekry.render.words import CHANNELS, FACTS, OUTCOMES, ROLES, STATES, VALUES, VOICE_KINDS, capital, word
from socrekry.services.contacts import KnownContact
from socrekry.services.looking import Dossier, KnownCandidacy, KnownFact, KnownVoice, Next


def next_page(answer: Next) -> Page:
    """Return the page of every transition from where a candidacy stands."""
    subject = answer.subject
    stage = pick(subject.pipeline.stage(subject.candidacy.stage).titles) if subject.candidacy.stage else "–"
    parts: list[Part] = [Heading(f"{subject.label} {subject.name}", stage), *_ways(answer)]
    return Page(parts, lambda: next_json(answer))


def next_json(answer: Next) -> list[dict[str, Any]]:
    """Return each transition as the contract has it."""
    return [
        {
            "to": way.transition.target,
            "transition": way.transition.name,
            "allowed": way.allowed,
            "guards": [verdict_json(each, answer.subject.label) for each in way.verdicts],
        }
        for way in answer.ways
    ]


def _ways(answer: Next) -> Iterator[Part]:
    subject = answer.subject
    if not answer.ways:
        state = word(STATES, subject.candidacy.state)
        yield Line(_("No step leads on from here: the candidacy is {state}.").format(state=state))
    for way in answer.ways:
        target = pick(subject.pipeline.stage(way.transition.target).titles)
        yield Gap()
        command = f"socrekry advance {subject.label} --to {way.transition.target}"
        yield Line(f"→ {target}", "strong" if way.allowed else "")
        if way.verdicts:
            yield verdict_grid(way.verdicts, subject.label)
        if way.allowed:
            yield Line(f"  {command}", "quiet")


def dossier_page(dossier: Dossier) -> Page:
    """Return the page of all there is about a person."""
    parts: list[Part] = [
        Heading(f"{dossier.id} {dossier.name}", ", ".join(dossier.tags)),
        Facts(_about(dossier)),
    ]
    for each in dossier.candidacies:
        parts += [Gap(), *_candidacy(each)]
    if dossier.contacts:
        parts += [Gap(), Line(_("Contacts"), "strong"), _contacts(dossier)]
    if dossier.voices:
        parts += [Gap(), Line(_("Voices"), "strong"), _voices(dossier)]
    if dossier.facts:
        parts += [Gap(), Line(_("Facts"), "strong"), _facts(dossier)]
    if dossier.notes:
        parts += [Gap(), Line(_("Notes"), "strong")]
        parts += [
            Line(f"{note.on or note.recorded_at[:10]}  {note.actor}: {note.text}") for note in dossier.notes
        ]
    if dossier.next is not None:
        parts += [*_ways(dossier.next)]
    return Page(parts, lambda: dossier_json(dossier))


def _about(dossier: Dossier) -> list[tuple[str, str]]:
    pairs = [
        (_("E-mail"), dossier.email),
        (_("Phone"), dossier.phone),
        (_("University"), dossier.university_name),
        (_("Graduates"), str(dossier.graduates) if dossier.graduates else None),
    ]
    return [(label, value) for label, value in pairs if value]


def _candidacy(each: KnownCandidacy) -> Iterator[Part]:
    where = " ".join(part for part in (each.pipeline, str(each.term), each.unit, each.cohort) if part)
    yield Line(f"{each.candidacy}  {where}", "strong")
    state = pick(each.titles)
    if each.state == "lost":
        state = _("closed at {stage}: {outcome}").format(stage=state, outcome=word(OUTCOMES, each.outcome))
    pairs = [(_("Stage"), f"{state}, {each.closed_on or each.since or ''}".rstrip(", "))]
    if each.state == "open" and each.due_on:
        pairs.append((_("Expected to stay until"), str(each.due_on)))
    if each.paused_until:
        pairs.append((_("Paused until"), str(each.paused_until)))
    if each.rank:
        pairs.append((_("Place on the waiting list"), str(each.rank)))
    pairs += [(capital(word(ROLES, role)), f"{id_} {name}") for role, id_, name in each.assigned]
    yield Facts(pairs)


def _contacts(dossier: Dossier) -> Grid:
    columns = (Column(""), Column(""), Column("", flexible=True), Column("", style="quiet"))
    return Grid(columns, [_contact(each) for each in dossier.contacts])


def _contact(each: KnownContact) -> tuple[str, str, str, str]:
    return str(each.on), capital(word(CHANNELS, each.kind)), each.title or "", each.activity or ""


def _voices(dossier: Dossier) -> Grid:
    columns = (*(Column(""),) * 3, Column("", "right"), Column("", style="quiet", flexible=True))
    cells = [
        (
            str(each.on),
            capital(word(VOICE_KINDS, each.kind)),
            pick(each.theme.titles),
            count(each.number),
            each.text or "",
        )
        for each in dossier.voices
    ]
    return Grid(columns, cells)


def _facts(dossier: Dossier) -> Grid:
    columns = (Column(""), Column("", flexible=True), Column(""), Column("", style="quiet"))
    return Grid(columns, [_fact(each) for each in dossier.facts])


def _fact(each: KnownFact) -> tuple[str, str, str, str]:
    value = each.text or word(VALUES, each.value)
    seen = _("seen by {name}").format(name=each.seen_by) if each.seen_by else ""
    return (
        capital(word(FACTS, each.name)),
        ", ".join(part for part in (value, seen) if part),
        str(each.on),
        "" if each.about_person else each.candidacy,
    )


def dossier_json(dossier: Dossier) -> dict[str, Any]:
    """Return all there is about a person, as data."""
    return {
        "id": dossier.id,
        "name": dossier.name,
        "protected": dossier.protected,
        "email": dossier.email,
        "phone": dossier.phone,
        "university": dossier.university,
        "graduates": str(dossier.graduates) if dossier.graduates else None,
        "tags": list(dossier.tags),
        "candidacies": [_candidacy_json(each) for each in dossier.candidacies],
        "contacts": [each._asdict() for each in dossier.contacts],
        "voices": [_voice_json(each) for each in dossier.voices],
        "facts": [
            {
                "fact": each.name,
                "value": each.value,
                "text": each.text,
                "on": each.on,
                "seen_by": each.seen_by,
                "about_person": each.about_person,
                "candidacy": each.candidacy,
            }
            for each in dossier.facts
        ],
        "notes": [
            {"on": each.on, "recorded_at": each.recorded_at, "actor": each.actor, "text": each.text}
            for each in dossier.notes
        ],
        "next": next_json(dossier.next) if dossier.next else [],
    }


def _voice_json(each: KnownVoice) -> dict[str, Any]:
    return {
        "id": each.id,
        "kind": each.kind,
        "theme": each.theme.code,
        "title": pick(each.theme.titles),
        "count": each.number,
        "text": each.text,
        "on": each.on,
        "candidacy": each.candidacy,
    }


def _candidacy_json(each: KnownCandidacy) -> dict[str, Any]:
    entry = each._asdict()
    del entry["titles"]
    entry["term"] = str(each.term)
    entry["assigned"] = [{"role": role, "id": id_, "name": name} for role, id_, name in each.assigned]
    return entry
