"""A pipeline in its versions: the one that a report shows, with every stage that anybody was ever on.

Candidacies stay on the version they began with. A report that knew only the latest would lose those who stood
in a stage that has been taken out since.
"""

from collections.abc import Iterable

from socrekry.domain.pipeline import Pipeline, from_definition
from socrekry.store.connect import Store


def versions_of(store: Store, numbers: Iterable[int]) -> dict[int, Pipeline]:
    """Return versions of pipelines by their number."""
    return {
        number: from_definition(store.value("programme.definition", id=number)) for number in sorted(numbers)
    }


def by_name(versions: Iterable[Pipeline]) -> dict[str, Pipeline]:
    """Return each pipeline as its latest version has it, with stages that only earlier ones have."""
    found: dict[str, Pipeline] = {}
    for pipeline in sorted(versions, key=lambda each: -each.version):
        latest = found.setdefault(pipeline.name, pipeline)
        stages = list(latest.stages)
        for before, stage in zip((None, *pipeline.stages), pipeline.stages, strict=False):
            names = [each.name for each in stages]
            if stage.name not in names:
                stages.insert(names.index(before.name) + 1 if before else 0, stage)
        ordered = tuple(stage._replace(order=n) for n, stage in enumerate(stages, 1))
        found[pipeline.name] = latest._replace(stages=ordered)
    return found
