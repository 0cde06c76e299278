"""How a copy, a backup and a restore ended: what went where, how much, and that it was seen to be whole."""

from typing import Any

from socrekry.locale import _, ngettext
from socrekry.render.checks import sentence
from socrekry.render.parts import Facts, Line, Page, Part
from socrekry.render.text import count
from socrekry.services.backups import BackedUp
from socrekry.services.copying import Copied
from socrekry.services.proving import Counts, Findings
from socrekry.services.restoring import Restored
from socrekry.services.watching import Stage


def copied_page(copied: Copied) -> Page:
    """Return the page of a copy."""
    rows, holds = sum(copied.rows.values()), Counts(copied.rows["candidacy"], copied.rows["event"])
    facts = [(_("From"), copied.source), (_("To"), copied.target), *_held(holds), (_("Rows"), count(rows))]
    told = _("The store is copied, and every row was compared.")
    document = {
        "from": copied.source,
        "to": copied.target,
        "engine": copied.engine,
        "began": copied.how,
        "candidacies": holds.candidacies,
        "events": holds.events,
        "rows": rows,
        "tables": copied.rows,
        "verified": True,
        **_defects(copied.findings),
    }
    return Page([Line(told, "strong"), Facts(facts), *_defect_lines(copied.findings)], document)


def backed_up_page(done: BackedUp) -> Page:
    """Return the page of a backup."""
    size = _("{n} MB").format(n=count(max(1, round(done.size / 1_000_000))))
    facts = [(_("Backup"), done.file), (_("Store"), done.store), *_held(done.holds), (_("Size"), size)]
    document = {
        "file": done.file,
        "store": done.store,
        "engine": done.engine,
        "candidacies": done.holds.candidacies,
        "events": done.holds.events,
        "bytes": done.size,
        "verified": True,
        **_defects(done.findings),
    }
    told = _("The backup is written, and was read from end to end.")
    return Page([Line(told, "strong"), Facts(facts), *_defect_lines(done.findings)], document)


def restored_page(done: Restored) -> Page:
    """Return the page of a restore."""
    facts = [(_("Backup"), done.file), (_("Store"), done.store), *_held(done.holds)]
    if done.kept is not None:
        facts.append((_("What was there is in"), done.kept))
    document = {
        "file": done.file,
        "store": done.store,
        "engine": done.engine,
        "candidacies": done.holds.candidacies,
        "events": done.holds.events,
        "schema": done.version,
        "kept": done.kept,
        "verified": True,
    }
    return Page([Line(_("The backup is put back."), "strong"), Facts(facts)], document)


def how_far(stage: Stage, done: int, of: int) -> str:
    """Return how far a stage has come, for whoever waits."""
    told = {
        "pages": _("Copied {n} of {all} pages"),
        "copied": _("Copied {n} of {all} rows"),
        "compared": _("Compared {n} of {all} rows"),
        "followed": _("Checked {n} of {all} candidacies"),
    }
    return told[stage].format(n=count(done), all=count(of))


def _held(holds: Counts) -> list[tuple[str, str]]:
    return [(_("Candidacies"), count(holds.candidacies)), (_("Events"), count(holds.events))]


def _defects(findings: Findings) -> dict[str, Any]:
    shown = [
        {"candidacy": each.candidacy, "code": each.code, "message": sentence(each)}
        for each in findings.defects
    ]
    return {"defects_found": findings.number, "defects": shown}


def _defect_lines(findings: Findings) -> list[Part]:
    """Return what is wrong with the store that this is a copy of."""
    if not findings.number:
        return []
    told = ngettext(
        "It has {n} defect, as the store that it comes from:",
        "It has {n} defects, as the store that it comes from:",
        findings.number,
    )
    lines: list[Part] = [Line(told.format(n=count(findings.number)), "strong")]
    lines += [
        Line(": ".join(filter(None, (each.candidacy, sentence(each)))), "warning")
        for each in findings.defects
    ]
    if len(findings.defects) < findings.number:
        cut = _("{n} of {all} are shown.").format(n=count(len(findings.defects)), all=count(findings.number))
        lines.append(Line(cut, "quiet"))
    return lines
