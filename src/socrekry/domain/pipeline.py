"""The pipeline: its stages, the transitions between them, and what each transition asks for.

A pipeline is data. It is written in TOML and checked when it is installed (`pipeline_file`,
`pipeline_graph`); after that it is read from its document on every command, so `from_document` trusts what
it is given and is cheap. Stages stand in the order in which the file names them: a stage beside the main path
comes before those that it leads on to. Two definitions are the same when their digests are, whatever number
a store gave them.

Without one place that knows the stages, each report and command would keep a list of its own.
"""

from json import dumps, loads
from typing import Any, Literal, NamedTuple

from socrekry.domain.digest import digest_of_text
from socrekry.domain.errors import NotFound

Kind = Literal["open", "won", "lost"]


class Stage(NamedTuple):
    """Where a candidacy can stand.

    ``titles`` is keyed by language; ``main`` is false for a stage beside the main path; ``longest_stay`` is
    in days, None where nothing is expected; ``begins`` is the first term in which it can be reached, counted
    in terms from the cohort's own, None where nothing stands in the way; a ``lost`` stage names its
    ``outcome``.
    """

    name: str
    titles: dict[str, str]
    kind: Kind
    order: int
    main: bool = True
    longest_stay: int | None = None
    takes_seat: bool = False
    base: bool = False
    qualified: bool = False
    supervised: bool = False
    outcome: str | None = None
    begins: int | None = None
    hired: bool = False


class GuardUse(NamedTuple):
    """A guard as one transition uses it; a date among its ``parameters`` is ISO text."""

    name: str
    overridable: bool
    parameters: dict[str, Any]


class Transition(NamedTuple):
    """A named way from one or many stages to another, and the guards on it."""

    name: str
    titles: dict[str, str]
    sources: tuple[str, ...]
    target: str
    guards: tuple[GuardUse, ...]


class Pipeline(NamedTuple):
    """A whole recruiting pipeline; ``version`` is 0 until a store has numbered it."""

    name: str
    titles: dict[str, str]
    version: int
    digest: str
    stages: tuple[Stage, ...]
    transitions: tuple[Transition, ...]

    def stage(self, name: str) -> Stage:
        """Return the stage called ``name``; NotFound ``stage-not-found`` lists those there are.

        Its title serves as well, in any language and case: it is the word that stands on the screen.
        """
        for stage in self.stages:
            if stage.name == name:
                return stage
        word = name.strip().casefold()
        called = [s for s in self.stages if word in (s.name, *map(str.casefold, s.titles.values()))]
        if len(called) == 1:
            return called[0]
        raise NotFound(
            "stage-not-found", stage=name, pipeline=self.name, stages=[stage.name for stage in self.stages]
        )

    @property
    def main_path(self) -> tuple[Stage, ...]:
        """The stages from the first to the won one, in order, without those beside the path."""
        return tuple(stage for stage in self.stages if stage.main)

    @property
    def initial(self) -> Stage:
        """The stage where a candidacy begins: the first of the main path."""
        return self.main_path[0]

    def next_on_main_path(self, name: str) -> Stage | None:
        """Return the main stage to go on to from ``name``, None after the last.

        From a stage beside the path it is the first main stage further on that a transition leads to.
        """
        order = self.stage(name).order
        onward = {transition.target for transition in self.transitions_from(name)}
        return next((s for s in self.main_path if s.order > order and s.name in onward), None)

    def transitions_from(self, name: str) -> tuple[Transition, ...]:
        """Return the transitions that lead from the stage, in the file's order."""
        return tuple(transition for transition in self.transitions if name in transition.sources)

    def transition(self, source: str, target: str) -> Transition | None:
        """Return the transition from one stage to another, None where there is no way."""
        return next((each for each in self.transitions_from(source) if each.target == target), None)

    @property
    def seat_stage(self) -> Stage | None:
        """The stage at which a seat of the cohort is taken, if any."""
        return next((stage for stage in self.stages if stage.takes_seat), None)

    @property
    def base_stage(self) -> Stage | None:
        """The stage that shares are counted from, if any."""
        return next((stage for stage in self.stages if stage.base), None)

    @property
    def waiting_list(self) -> Stage | None:
        """The stage beside the main path from which the seat-taking stage is entered, if any."""
        seat = self.seat_stage
        sources = {
            name for each in self.transitions if seat and each.target == seat.name for name in each.sources
        }
        return next((stage for stage in self.stages if not stage.main and stage.name in sources), None)

    @property
    def qualified_stage(self) -> Stage | None:
        """The stage that means *qualified*, if any."""
        return next((stage for stage in self.stages if stage.qualified), None)

    def terms_until(self, stage: Stage) -> int | None:
        """Return how many terms after the cohort's own a stage can first be reached, as ``begins`` says.

        A stage cannot begin before those ahead of it; None where nothing stands in the way.
        """
        begins = [each.begins for each in self.main_path if each.order <= stage.order]
        return max((each for each in begins if each is not None), default=None)

    @property
    def placement_stage(self) -> Stage | None:
        """The stage at which a student takes a university's seat: where she is supervised in its term.

        That is the first supervised stage that begins with the cohort's own term, else the first supervised
        one; None in a pipeline that supervises nobody.
        """
        supervised = [stage for stage in self.stages if stage.supervised]
        return next((stage for stage in supervised if stage.begins == 0), next(iter(supervised), None))

    @property
    def hired_stage(self) -> Stage:
        """The stage that means *hired*, a contract signed: the marked one, else ``hired``, else the won one.

        A pipeline that was installed before there was a mark has none, and a file need not have one.
        """
        marked = next((stage for stage in self.stages if stage.hired), None)
        return marked or next((s for s in self.main_path if s.name == "hired"), self.main_path[-1])


def to_document(pipeline: Pipeline) -> dict[str, Any]:
    """Return the pipeline as a JSON-able document, of which `from_document` makes the same pipeline."""
    return pipeline._asdict() | {
        "stages": [stage._asdict() for stage in pipeline.stages],
        "transitions": [
            transition._asdict()
            | {"sources": list(transition.sources), "guards": [use._asdict() for use in transition.guards]}
            for transition in pipeline.transitions
        ],
    }


def from_document(document: dict[str, Any]) -> Pipeline:
    """Return the pipeline that `to_document` made ``document`` of; checks nothing."""
    return Pipeline(
        document["name"],
        document["titles"],
        document["version"],
        document["digest"],
        tuple([Stage(**stage) for stage in document["stages"]]),
        tuple(
            [
                Transition(
                    each["name"],
                    each["titles"],
                    tuple(each["sources"]),
                    each["target"],
                    tuple([GuardUse(**use) for use in each["guards"]]),
                )
                for each in document["transitions"]
            ]
        ),
    )


def from_definition(text: str) -> Pipeline:
    """Return the pipeline whose document, as JSON, is what a store keeps of it."""
    return from_document(loads(text))


def digest_of(document: dict[str, Any]) -> str:
    """Return the SHA-256, in hex, of the document's canonical JSON without its version and digest."""
    defined = {key: value for key, value in document.items() if key not in ("version", "digest")}
    return digest_of_text(dumps(defined, sort_keys=True, separators=(",", ":")))
