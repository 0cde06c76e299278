"""Installed pipelines: versions one after the other, and candidacies that stay on theirs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socrekry.domain.errors import NotFound, PipelineInvalid
from socrekry.domain.pipeline import Pipeline, to_document
from socrekry.services.founding import shipped
from socrekry.services.pipelines import check_pipeline, find_pipeline, install_pipeline, pipelines
from socrekry.store.connect import Store
from tests.services.programme import a_candidate, a_cohort, a_store, by

TRAINEE = next(text for text in shipped() if 'name = "trainee"' in text)
CHANGED = TRAINEE.replace("longest_stay = 160", "longest_stay = 170")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as opened:
        yield opened


def versions(store: Store) -> list[tuple[str, int, bool]]:
    """Return each installed version, and whether it is the latest."""
    return [(each.pipeline.name, each.pipeline.version, each.latest) for each in pipelines(store)]


def defined(pipeline: Pipeline) -> dict[str, object]:
    """Return what a pipeline is, whatever number a store gave it."""
    return to_document(pipeline._replace(version=0))


def test_a_new_store_has_the_shipped_pipelines(store: Store) -> None:
    assert versions(store) == [("direct", 1, True), ("trainee", 1, True)]
    assert defined(find_pipeline(store, "Trainee").pipeline) == defined(check_pipeline(TRAINEE))


def test_the_latest_is_not_installed_twice(store: Store) -> None:
    done = install_pipeline(by(store), TRAINEE)
    assert (done.new, done.pipeline.version) == (False, 1)
    assert versions(store) == [("direct", 1, True), ("trainee", 1, True)]


def test_a_change_becomes_the_next_version_and_candidacies_stay_on_theirs(store: Store) -> None:
    a_candidate(store, a_cohort(store), "lead")
    done = install_pipeline(by(store), CHANGED)
    assert (done.new, done.pipeline.version, done.left_on_earlier) == (True, 2, 1)
    assert versions(store)[1:] == [("trainee", 2, True), ("trainee", 1, False)]
    assert [each.open for each in pipelines(store)] == [0, 0, 1]


def test_what_was_installed_before_the_latest_can_come_again(store: Store) -> None:
    for text in (CHANGED, TRAINEE):
        install_pipeline(by(store), text)
    assert find_pipeline(store, "trainee").pipeline.version == 3


def test_an_earlier_version_is_found_by_its_number(store: Store) -> None:
    install_pipeline(by(store), CHANGED)
    assert find_pipeline(store, "trainee", 1).pipeline.stage("placement").longest_stay == 160
    with pytest.raises(NotFound) as raised:
        find_pipeline(store, "trainee", 3)
    assert raised.value.details["versions"] == [2, 1]


def test_a_file_with_defects_is_not_installed(store: Store) -> None:
    with pytest.raises(PipelineInvalid):
        install_pipeline(by(store), TRAINEE.replace('"free-seat"', '"free-sofa"'))
    assert versions(store) == [("direct", 1, True), ("trainee", 1, True)]
