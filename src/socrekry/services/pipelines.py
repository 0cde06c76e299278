"""Installed pipelines: several versions of each, of which the latest is what new candidacies begin on.

A pipeline is installed as the text that somebody wrote, checked, and in the form that commands read.
A candidacy stays on the version it began with; a new version never changes what an old one promised.
"""

from typing import NamedTuple

from socrekry.domain.errors import NotFound
from socrekry.domain.guards import guard_parameters
from socrekry.domain.pipeline import Pipeline, from_definition, to_document
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.engine import Row
from socrekry.store.log import canonical


class Installed(NamedTuple):
    """A version of a pipeline in the store; ``latest`` is what new candidacies begin on.

    ``open`` and ``candidacies`` count those on this version: under way, and all that count.
    """

    id: int
    pipeline: Pipeline
    latest: bool
    installed_at: str
    open: int
    candidacies: int


class Installation(NamedTuple):
    """What an installation did: ``new`` is false where the latest version was exactly this already.

    ``left_on_earlier`` are the open candidacies that stay on earlier versions.
    """

    pipeline: Pipeline
    new: bool
    left_on_earlier: int


def pipelines(store: Store) -> tuple[Installed, ...]:
    """Return every installed version: by name, the latest first."""
    return _installed(store.rows("programme.pipelines", name=None))


def find_pipeline(store: Store, name: str, version: int | None = None) -> Installed:
    """Return a version of a pipeline, the latest unless another is asked for.

    NotFound ``pipeline-not-found`` or ``pipeline-version-not-found``, with those there are.
    """
    versions = []
    for each in _installed(store.rows("programme.pipelines", name=pipeline_name(store, name))):
        if version in (None, each.pipeline.version):
            return each
        versions.append(each.pipeline.version)
    raise NotFound("pipeline-version-not-found", pipeline=name, version=version, versions=versions)


def pipeline_name(store: Store, text: str) -> str:
    """Return the name of the installed pipeline that is meant; NotFound ``pipeline-not-found`` lists them."""
    names = [known for (known,) in store.rows("programme.pipeline_names")]
    if text.strip().casefold() not in names:
        raise NotFound("pipeline-not-found", pipeline=text, pipelines=names)
    return text.strip().casefold()


def check_pipeline(text: str) -> Pipeline:
    """Return the pipeline that a file's text defines. PipelineInvalid names every defect."""
    from socrekry.domain.pipeline_file import read_pipeline  # reads TOML, which no other command does

    return read_pipeline(text, guard_parameters())


def install_pipeline(writing: Writing, text: str) -> Installation:
    """Install a pipeline from its file's text as the next version; the latest is not installed twice.

    PipelineInvalid names every defect.
    """
    pipeline = check_pipeline(text)
    with writing.transaction():
        earlier = _installed(writing.store.rows("programme.pipelines", name=pipeline.name))
        if earlier and earlier[0].pipeline.digest == pipeline.digest:
            return Installation(earlier[0].pipeline, False, sum(each.open for each in earlier[1:]))
        numbered = pipeline._replace(version=earlier[0].pipeline.version + 1 if earlier else 1)
        number = put_in_store(writing.store, numbered, text, writing.occasion.recorded_at)
        writing.created("pipeline", number)
    return Installation(numbered, True, sum(each.open for each in earlier))


def put_in_store(store: Store, pipeline: Pipeline, source: str, installed_at: str) -> int:
    """Keep a numbered version of a pipeline, inside a transaction; return its number in the store."""
    return int(
        store.value(
            "programme.add_pipeline",
            name=pipeline.name,
            version=pipeline.version,
            digest=pipeline.digest,
            definition=canonical(to_document(pipeline)),
            source=source,
            installed_at=installed_at,
        )
    )


def _installed(rows: list[Row]) -> tuple[Installed, ...]:
    found: list[Installed] = []
    for number, name, _, _, definition, installed_at, open_, candidacies in rows:
        latest = not found or found[-1].pipeline.name != name
        pipeline = from_definition(definition)
        found.append(Installed(number, pipeline, latest, installed_at, open_, candidacies))
    return tuple(found)
