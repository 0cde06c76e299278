"""Pipelines as they look: the list, what an installation did, and everything wrong with a file."""

from collections.abc import Sequence
from typing import Any

from socrekry.domain.errors import PipelineInvalid
from socrekry.domain.pipeline import Pipeline, to_document
from socrekry.locale import _, ngettext, pick
from socrekry.render.diagrams import Branch, outline
from socrekry.render.messages import describe_defect
from socrekry.render.parts import Column, Grid, Heading, Line, Page, Part, Rows, not_kept
from socrekry.render.text import count
from socrekry.services.pipelines import Installation, Installed

_NAMES = ("name", "version", "latest", "title", "stages", "open", "candidacies", "digest", "installed_at")


def pipelines_page(pipelines: Sequence[Installed]) -> Page:
    """Return the page of installed pipelines, each version with the candidacies on it."""
    columns = (
        Column(_("Pipeline")),
        Column(_("Version"), "right"),
        Column(_("Title"), flexible=True),
        Column(_("Stages"), "right"),
        Column(_("Open"), "right"),
        Column(_("Candidacies"), "right"),
        Column("", style="quiet"),
    )
    cells = [
        (
            each.pipeline.name,
            count(each.pipeline.version),
            pick(each.pipeline.titles),
            count(len(each.pipeline.stages)),
            count(each.open),
            count(each.candidacies),
            "" if each.latest else _("superseded"),
        )
        for each in pipelines
    ]
    parts = [Grid(columns, cells)] if cells else [Line(_("No pipelines."))]
    records = [tuple(_record(each).values()) for each in pipelines]
    names = list(dict.fromkeys(each.pipeline.name for each in pipelines))
    return Page(parts, [_json(each) for each in pipelines], rows=Rows(_NAMES, records), ids=names)


def _record(each: Installed) -> dict[str, Any]:
    told = each.pipeline
    values = (told.name, told.version, each.latest, pick(told.titles), len(told.stages), each.open)
    return dict(zip(_NAMES, (*values, each.candidacies, told.digest, each.installed_at), strict=True))


def _json(each: Installed) -> dict[str, Any]:
    record = _record(each) | {"stages": [stage.name for stage in each.pipeline.stages]}
    del record["title"]
    return record | {"titles": each.pipeline.titles}


def pipeline_page(pipeline: Pipeline) -> Page:
    """Return the page of one pipeline: its stages, and the ways on from each, indented."""
    parts: list[Part] = [Heading(title_of(pipeline))]
    for branch in outline(pipeline):
        parts += _indented(branch, 0)
    return Page(parts, lambda: to_document(pipeline), ids=[stage.name for stage in pipeline.stages])


def _indented(branch: Branch, depth: int) -> list[Part]:
    label = "  ".join(filter(None, (branch.label, branch.aside)))
    parts: list[Part] = [Line("  " * depth + label)]
    for below in branch.branches:
        parts += _indented(below, depth + 1)
    return parts


def title_of(pipeline: Pipeline) -> str:
    """Return the pipeline's name, its title in the reader's language, and its version."""
    version = _("version {n}").format(n=pipeline.version)
    return f"{pipeline.name} · {pick(pipeline.titles)} · {version}"


def sound_page(pipeline: Pipeline) -> Page:
    """Return the answer to a check that found nothing."""
    parts = [Line(_("{name}: no defects.").format(name=pipeline.name))]
    answer = {"name": pipeline.name, "digest": pipeline.digest, "defects": []}
    return Page(parts, answer, rows=Rows(_DEFECT, []), ids=[])


_DEFECT = ("line", "path", "code", "message")


def defects_page(invalid: PipelineInvalid) -> Page:
    """Return the answer to a check that found defects: each with its line, its place and what is wrong."""
    defects = invalid.details["defects"]
    told = [
        (
            each["line"],
            each["path"],
            each["code"],
            describe_defect({key: value for key, value in each.items() if key not in ("line", "path")}),
        )
        for each in defects
    ]
    heading = ngettext("{n} defect", "{n} defects", len(told)).format(n=len(told))
    columns = (Column(_("Line"), "right"), Column(_("Place")), Column(_("Defect"), flexible=True))
    cells = [(str(line), path, message) for line, path, _code, message in told]
    records = [
        dict(each) | {"message": message} for each, (*_rest, message) in zip(defects, told, strict=True)
    ]
    parts: list[Part] = [Heading(heading), Grid(columns, cells)]
    return Page(parts, {"name": None, "digest": None, "defects": records}, rows=Rows(_DEFECT, told))


def installation_page(done: Installation, *, dry_run: bool = False) -> Page:
    """Return what an installation did, and what it leaves as it was."""
    pipeline = done.pipeline
    told = (
        _("Installed {name}, version {n}.") if done.new else _("{name} is installed already, as version {n}.")
    )
    parts: list[Part] = [Line(told.format(name=pipeline.name, n=pipeline.version))]
    if done.left_on_earlier:
        stay = ngettext(
            "{n} open candidacy stays on an earlier version.",
            "{n} open candidacies stay on earlier versions.",
            done.left_on_earlier,
        )
        parts.append(Line(stay.format(n=count(done.left_on_earlier)), "quiet"))
    parts += not_kept(dry_run)
    answer = {
        "name": pipeline.name,
        "version": pipeline.version,
        "digest": pipeline.digest,
        "installed": done.new,
        "left_on_earlier": done.left_on_earlier,
    }
    return Page(parts, answer, ids=[pipeline.name])
