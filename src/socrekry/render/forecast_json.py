"""The forecast as data: JSON, and the records of a table."""

from collections.abc import Sequence
from typing import Any

from socrekry.domain.passages import Evidence
from socrekry.domain.pipeline import Pipeline
from socrekry.render.parts import Rows
from socrekry.reports.forecast import CandidacyForecast, Forecasts, PipelineForecast, TermForecast

_DECIMALS = 4
_TERM = ("term", "expected", "low", "high", "started", "signed", "need", "gap", "chance_of_need")
_CANDIDACY = ("id", "name", "pipeline", "term", "stage", "chance", "chance_of_contract", "half_by")


def document(found: Forecasts) -> dict[str, Any]:
    """Return the forecast as JSON: a report's key ``forecast``."""
    answer = {
        "as_of": found.as_of,
        "pipeline": found.pipeline,
        "unit": found.unit,
        "terms": [dict(zip(_TERM, _values(each), strict=True)) for each in found.terms],
        "later": rounded(found.later),
        "on_the_way": found.on_the_way,
        "without_unit": found.without_unit,
        "pipelines": [_pipeline_json(each) for each in found.pipelines],
    }
    if found.candidacies is not None:
        answer["candidacies"] = [_candidacy_json(each, found) for each in found.candidacies]
    return answer


def records(found: Forecasts) -> Rows:
    """Return a record a term, or a record a candidacy where these were asked for."""
    if found.candidacies is None:
        return Rows(_TERM, [_values(each) for each in found.terms])
    return Rows(_CANDIDACY, [_about(each) for each in found.candidacies])


def history_json(history: Sequence[Evidence]) -> list[dict[str, Any]]:
    """Return what the figures of each stage rest on: real stays, and imagined ones beside them."""
    return [
        {
            "stage": each.stage,
            "stays": each.left,
            "open": each.open,
            "prior_weight": each.imagined,
            "prior_share": rounded(each.share_of_prior),
            "few": each.few,
        }
        for each in history
    ]


def rounded(number: float | None) -> float | None:
    """Return a figure as JSON has it."""
    return None if number is None else round(number, _DECIMALS)


def _values(each: TermForecast) -> tuple[Any, ...]:
    return (
        str(each.term),
        rounded(each.expected),
        each.low,
        each.high,
        each.started,
        each.signed,
        each.need,
        each.gap,
        rounded(each.chance),
    )


def _pipeline_json(each: PipelineForecast) -> dict[str, Any]:
    return {
        "pipeline": each.pipeline.name,
        "target": each.pipeline.main_path[-1].name,
        "contract": _contract_stage(each.pipeline),
        "stages": [
            {
                "stage": stage.stage.name,
                "number": stage.number,
                "chance": rounded(stage.chance),
                "chance_of_contract": rounded(stage.contract),
                "half_by": stage.half_by,
            }
            for stage in each.stages
        ],
        "elsewhere": each.elsewhere,
        "history": history_json(each.history),
    }


def _contract_stage(pipeline: Pipeline) -> str | None:
    return pipeline.hired_stage.name if pipeline.hired_stage.kind == "open" else None


def _about(each: CandidacyForecast) -> tuple[Any, ...]:
    chances = rounded(each.chance), rounded(each.contract)
    return each.id, each.name, each.pipeline, str(each.term), each.stage, *chances, each.half_by


def _candidacy_json(each: CandidacyForecast, found: Forecasts) -> dict[str, Any]:
    """Return a candidacy's chances; ``by_term`` is that of having begun by the end of each term."""
    by_term = {
        str(term.term): rounded(chance) for term, chance in zip(found.terms, each.by_term, strict=False)
    }
    return {**dict(zip(_CANDIDACY, _about(each), strict=True)), "by_term": by_term}
