"""A pipeline as an outline in a pipe, a tree on a screen and a diagram for a web page."""

import re
from pathlib import Path

import pytest

from socrekry import locale
from socrekry.domain.pipeline import GuardUse, Pipeline
from socrekry.render.diagrams import mermaid, tree
from socrekry.render.pipelines import pipeline_page, title_of
from socrekry.render.plain import plain
from socrekry.services.founding import shipped
from socrekry.services.pipelines import check_pipeline
from tests.builders import a_pipeline
from tests.render.pages import HARMLESS, HOSTILE

GOLDEN = Path(__file__).parent / "golden"
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def a_shipped_pipeline(name: str) -> Pipeline:
    """Return a pipeline that comes with the program, as a new store numbers it."""
    every = [check_pipeline(text) for text in shipped()]
    return next(each for each in every if each.name == name)._replace(version=1)


def test_an_outline_looks_as_it_was_agreed() -> None:
    shown = plain(pipeline_page(a_shipped_pipeline("trainee")))
    assert shown == (GOLDEN / "pipeline.txt").read_text(encoding="utf-8")


def test_a_tree_looks_as_it_was_agreed() -> None:
    pipeline = a_shipped_pipeline("trainee")
    drawn = tree(pipeline, title_of(pipeline), 80, painted=False)
    assert drawn == (GOLDEN / "pipeline-tree.txt").read_text(encoding="utf-8")


def test_a_diagram_looks_as_it_was_agreed() -> None:
    drawn = mermaid(a_shipped_pipeline("trainee"))
    assert drawn == (GOLDEN / "pipeline.mmd").read_text(encoding="utf-8")


def test_paint_is_all_that_a_painted_tree_adds() -> None:
    painted = tree(a_pipeline(), "title", 80, painted=True)
    assert "\x1b[" in painted
    assert ESCAPE.sub("", painted).split() == tree(a_pipeline(), "title", 80, painted=False).split()


def test_titles_are_in_the_readers_language() -> None:
    locale.use("sv")
    assert "applied på svenska" in plain(pipeline_page(a_pipeline()))


def test_a_guard_tells_its_parameters_and_whether_it_may_be_overridden() -> None:
    use = GuardUse("register-check", True, {"max_age_months": 6, "everywhere": True})
    shown = plain(pipeline_page(a_pipeline(guards={"selected": [use]})))
    assert "max_age_months = 6, everywhere = true, may be overridden" in shown


@pytest.mark.parametrize(("name", "state"), [("on-hold", "on_hold"), ("end", "end_"), ("note", "note_")])
def test_a_name_that_means_something_to_mermaid_is_written_otherwise(name: str, state: str) -> None:
    assert f"lead --> {state} : " in mermaid(a_pipeline(f"lead {name} hired"))


def test_a_title_cannot_break_out_of_its_label() -> None:
    pipeline = a_pipeline()._replace(titles={"en": HOSTILE})
    stages = tuple(stage._replace(titles={"en": 'a"b: c; %%d #e'}) for stage in pipeline.stages)
    drawn = mermaid(pipeline._replace(stages=stages))
    assert 'state "a#quot;b#58; c#59; #37;#37;d #35;e" as lead' in drawn


def test_a_hostile_title_is_harmless_in_a_tree() -> None:
    pipeline = a_pipeline()._replace(titles={"en": HOSTILE})
    assert HARMLESS in tree(pipeline, title_of(pipeline), 140, painted=False)


def test_a_lost_stage_says_how_it_ended() -> None:
    pipeline = a_pipeline(lost={"dropped-out": ("selected", "discontinued")})
    assert "dropped-out · Dropped-out  final: discontinued" in plain(pipeline_page(pipeline))
    assert "dropped_out --> [*]" in mermaid(pipeline)
