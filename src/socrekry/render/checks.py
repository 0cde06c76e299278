"""What a check found and what a migration did: each defect with its place, and what helps against it.

A defect that can be mended names the command; one that cannot names who must be asked, because a
program that guessed what a log once said would destroy what proves it.
"""

from collections.abc import Sequence
from typing import Any

from socrekry.locale import N_, _, ngettext
from socrekry.render.parts import Facts, Heading, Line, Page, Part, Rows
from socrekry.render.text import count
from socrekry.services.chains import Defect
from socrekry.services.checking import Checked
from socrekry.services.upgrading import Upgraded

_SENTENCES = {
    # The file, or the database
    "file-damaged": N_("The store is damaged: {reason}"),
    "checksum-failed": N_("The server has met damaged pages in the database {database}: {failures}."),
    "index-invalid": N_("The index {name} of {table} is not whole, and the server does not use it."),
    "constraint-unproved": N_("Nobody knows whether the rows of {table} keep the rule {name}."),
    "trigger-off": N_("{name}, which guards {table}, is switched off."),
    "schema-part-missing": N_("{kind} {name} is gone or was changed."),
    "reference-broken": N_("A row of {table} refers to {refers_to} {value}, which is not there."),
    "pipeline-edited": N_("The pipeline {pipeline}, version {version}, is not as it was installed."),
    # The log
    "log-edited": N_("The log was edited: of its entries, {seqs} do not follow from those before."),
    "log-entries-missing": N_("Entries were deleted from the log: {seqs}."),
    "log-reordered": N_("The log was reordered: entries {seqs} are not in their places."),
    "log-cut": N_("The log was cut off at the end: entries {seqs} are gone."),
    "log-rewritten": N_("The log does not end in entry {seq} as it was kept: it was rewritten."),
    "log-empty": N_("The candidacy has no log at all."),
    "log-unreadable": N_("Entry {seq} of the log ({kind}, version {version}) cannot be read."),
    "log-senseless": N_("The log can be read but makes no sense in the pipeline {pipeline}."),
    # Compared with heads that were kept elsewhere
    "log-gone": N_("The candidacy is gone; its log had {seq} entries."),
    "log-shortened": N_("The log ends at entry {last}; it has had {seq}."),
    "log-recomputed": N_("Entry {seq} of the log is not the one it was."),
    # What is derived from the log
    "head-behind": N_("The candidacy stands at entry {seq}, and its log goes on to {last}."),
    "cache-differs": N_("What is kept of it differs from its log, in {table}: {columns}."),
    "tally-differs": N_("What reports read is not what there is, in the tally {tally}: {rows}."),
    "person-miscounted": N_(
        "{id} counts though no candidacy of theirs stands, or does not though one stands."
    ),
    "seats-exceeded": N_("The cohort {cohort} has {seats} seats, and {taken} are taken."),
}

_MEND = N_("Build it anew from the log: socrekry check --repair")
_KINDS = {
    "table": N_("The table"),
    "column": N_("The column"),
    "index": N_("The index"),
    "constraint": N_("The rule"),
    "trigger": N_("The trigger"),
    "view": N_("The view"),
    "function": N_("The function"),
    "policy": N_("The policy"),
    "row security": N_("The row security of"),
}
_COMPARE = N_("Compare with a backup, and ask who has written to the store by other means.")
_RESTORE = N_(
    "Copy the store as it is now, then put back the latest backup in which socrekry check finds nothing."
)
_REMEDIES = {
    "file-damaged": _RESTORE,
    "checksum-failed": _RESTORE,
    "index-invalid": N_("Its owner builds it anew: REINDEX INDEX {name}"),
    "constraint-unproved": N_("Its owner has them looked at: ALTER TABLE {table} VALIDATE CONSTRAINT {name}"),
    "trigger-off": N_(
        "Ask who switched it off, and what was done meanwhile. An administrator switches it on again: "
        "ALTER TABLE {table} ENABLE TRIGGER ALL"
    ),
    "schema-part-missing": _RESTORE,
    "reference-broken": _RESTORE,
    "pipeline-edited": _COMPARE,
    "log-unreadable": N_("Upgrade socrekry if a newer version wrote it; otherwise compare with a backup."),
    "head-behind": _MEND,
    "cache-differs": _MEND,
    "person-miscounted": _MEND,
    "tally-differs": _MEND,
    "seats-exceeded": N_("Give it more seats with socrekry edit-cohort, or close or transfer candidacies."),
}

_COLUMNS = ("candidacy", "code", "message", "remedy", "mendable")


def checked_page(checked: Checked, *, heads: int | None = None) -> Page:
    """Return the page of a check; ``heads`` is how many were written to a file, if any were."""
    parts: list[Part] = [Line(_seen(checked), "strong" if checked.found else "")]
    if checked.mended:
        mended = ngettext("Mended: {n} thing", "Mended: {n} things", checked.mended)
        parts += [Heading(mended.format(n=count(checked.mended))), *_lines(checked.mendings, remedies=False)]
        parts += _cut(len(checked.mendings), checked.mended)
    if checked.found:
        parts += [Heading(_("Defects")), *_lines(checked.defects, remedies=True)]
        parts += _cut(len(checked.defects), checked.found)
    if heads is not None:
        kept = ngettext("{n} head was written.", "{n} heads were written.", heads)
        parts.append(Line(kept.format(n=count(heads))))
    return Page(parts, _json(checked, heads), Rows(_COLUMNS, [_record(each) for each in checked.defects]))


def upgraded_page(upgraded: Upgraded, *, dry_run: bool = False) -> Page:
    """Return the page of a migration."""
    if not upgraded.changed:
        told = _("The store is already up to date.")
    elif upgraded.before is None:
        told = _("The store can be made; nothing was kept.") if dry_run else _("The store is made.")
    elif dry_run:
        told = _("The store can be brought up to date; nothing was kept.")
    else:
        told = _("The store is up to date now.")
    told_apart = upgraded.changed and upgraded.before is not None
    versions = f"{upgraded.before} → {upgraded.after}" if told_apart else upgraded.after
    facts = Facts([(_("Store"), upgraded.store), (_("Version"), versions)])
    document = {
        "store": upgraded.store,
        "from": upgraded.before,
        "to": upgraded.after,
        "changed": upgraded.changed,
        "dry_run": dry_run,
    }
    return Page([Line(told, "strong"), facts], document)


def sentence(defect: Defect) -> str:
    """Return what is wrong, in the reader's language."""
    shown = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in defect.details.items()
    }
    if defect.code == "schema-part-missing":
        shown["kind"] = _(_KINDS.get(str(shown["kind"]), str(shown["kind"])))
    return _(_SENTENCES[defect.code]).format_map(shown)


def remedy(defect: Defect) -> str:
    """Return what to do about it, in the reader's language."""
    return _(_REMEDIES.get(defect.code, _COMPARE)).format_map(defect.details)


def _seen(checked: Checked) -> str:
    people = ngettext("{n} candidacy", "{n} candidacies", checked.candidacies)
    events = ngettext("{n} event", "{n} events", checked.events)
    found = ngettext("{n} defect", "{n} defects", checked.found) if checked.found else _("no defects")
    return _("{candidacies}, {events}: {defects}").format(
        candidacies=people.format(n=count(checked.candidacies)),
        events=events.format(n=count(checked.events)),
        defects=found.format(n=count(checked.found)),
    )


def _cut(shown: int, of: int) -> list[Part]:
    told = _("{n} of {all} are shown.").format(n=count(shown), all=count(of))
    return [Line(told, "quiet")] if shown < of else []


def _lines(defects: Sequence[Defect], *, remedies: bool) -> list[Part]:
    """Return a line for each defect, and each remedy once, after those that it helps."""
    parts: list[Part] = []
    for place, defect in enumerate(defects):
        parts.append(Line(": ".join(filter(None, (defect.candidacy, sentence(defect)))), "warning"))
        last = place + 1 == len(defects) or remedy(defects[place + 1]) != remedy(defect)
        if remedies and last:
            parts.append(Line(f"  {remedy(defect)}", "quiet"))
    return parts


def _record(defect: Defect) -> tuple[Any, ...]:
    return (defect.candidacy, defect.code, sentence(defect), remedy(defect), defect.mendable)


def _json(checked: Checked, heads: int | None) -> dict[str, Any]:
    return {
        "candidacies": checked.candidacies,
        "events": checked.events,
        "defects_found": checked.found,
        "defects": [_document(each) | {"remedy": remedy(each)} for each in checked.defects],
        "mended": checked.mended,
        "mendings": [_document(each) for each in checked.mendings],
        "heads_written": heads,
    }


def _document(defect: Defect) -> dict[str, Any]:
    return {
        "candidacy": defect.candidacy,
        "code": defect.code,
        "message": sentence(defect),
        "mendable": defect.mendable,
        "details": defect.details,
    }
