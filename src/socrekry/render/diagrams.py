"""A pipeline as a drawing: an outline of branches, a tree on a terminal, and Mermaid for a web page.

Stages stand in the order of the file, each with its marks; below it the ways on, and below those what
each asks for. A Mermaid label ends at a colon or a semicolon, so those characters are written as entities.
"""

from typing import TYPE_CHECKING, NamedTuple

from socrekry.domain.pipeline import GuardUse, Pipeline, Stage
from socrekry.locale import _, pick
from socrekry.render.text import clean, days
from socrekry.render.words import OUTCOMES, STATES, guard_word, word

if TYPE_CHECKING:
    from rich.tree import Tree

# https://mermaid.js.org/syntax/stateDiagram.html: a name that is a word of the language gets a line below.
_MERMAID_WORDS = frozenset({"state", "note", "end", "direction", "class", "style", "as", "hide", "scale"})
_ENTITIES = str.maketrans(
    {"#": "#35;", '"': "#quot;", ":": "#58;", ";": "#59;", "%": "#37;", "<": "#lt;", ">": "#gt;"}
)


class Branch(NamedTuple):
    """A line of the outline, what is worth knowing beside it, and what hangs below it."""

    label: str
    aside: str = ""
    branches: tuple["Branch", ...] = ()


def outline(pipeline: Pipeline) -> tuple[Branch, ...]:
    """Return a branch for each stage, with the ways on from it and what they ask for."""
    return tuple(
        Branch(
            f"{stage.name} · {pick(stage.titles)}",
            ", ".join(_marks(stage)),
            tuple(
                Branch(f"→ {way.target}", pick(way.titles), tuple(_guard(use) for use in way.guards))
                for way in pipeline.transitions_from(stage.name)
            ),
        )
        for stage in pipeline.stages
    )


def _marks(stage: Stage) -> list[str]:
    marks = {
        _("beside the main path"): not stage.main and stage.kind == "open",
        _("takes a seat"): stage.takes_seat,
        _("base of shares"): stage.base,
        _("means qualified"): stage.qualified,
        _("counts as hired"): stage.hired,
        _("supervised"): stage.supervised,
        _("at most {time}").format(time=days(stage.longest_stay)): stage.longest_stay is not None,
        _("final: {how}").format(how=_ending(stage)): stage.kind != "open",
    }
    return [text for text, holds in marks.items() if holds]


def _ending(stage: Stage) -> str:
    return word(STATES, stage.kind) if stage.outcome is None else word(OUTCOMES, stage.outcome)


def _guard(use: GuardUse) -> Branch:
    given = [f"{name} = {_plain(value)}" for name, value in use.parameters.items()]
    if use.overridable:
        given.append(_("may be overridden"))
    told = guard_word(use.name)
    same = told == use.name.replace("-", " ")
    return Branch(use.name if same else f"{use.name} · {told}", ", ".join(given))


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def tree(pipeline: Pipeline, title: str, columns: int, *, painted: bool) -> str:
    """Return the outline as a tree for a screen of ``columns`` cells."""
    from rich.text import Text
    from rich.tree import Tree

    from socrekry.render.terminal import drawn

    root = Tree(Text(clean(title), "bold"), guide_style="dim")
    for branch in outline(pipeline):
        _grow(root, branch)
    return drawn(root, columns, painted=painted)


def _grow(above: "Tree", branch: Branch) -> None:
    from rich.text import Text

    label = Text(clean(branch.label))
    if branch.aside:
        label.append("  " + clean(branch.aside), "dim")
    node = above.add(label)
    for below in branch.branches:
        _grow(node, below)


def mermaid(pipeline: Pipeline) -> str:
    """Return the pipeline as a Mermaid state diagram; ``*`` marks a guard that may be overridden."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{_label(pick(each.titles))}" as {_state(each.name)}' for each in pipeline.stages]
    lines.append(f"    [*] --> {_state(pipeline.initial.name)}")
    for way in pipeline.transitions:
        asked = ", ".join(guard_word(use.name) + ("*" if use.overridable else "") for use in way.guards)
        label = _label(pick(way.titles) + (f" [{asked}]" if asked else ""))
        lines += [f"    {_state(source)} --> {_state(way.target)} : {label}" for source in way.sources]
    lines += [f"    {_state(each.name)} --> [*]" for each in pipeline.stages if each.kind != "open"]
    return "\n".join(lines) + "\n"


def _state(name: str) -> str:
    # A hyphen would begin an arrow.
    return f"{name}_" if name in _MERMAID_WORDS else name.replace("-", "_")


def _label(text: str) -> str:
    return clean(text).translate(_ENTITIES)
