"""What a report tells beside its cohorts: channels, voices, needs, costs, who stayed, and the forecast.

Each part is a report of its own, with a command of its own, and is counted only if it was asked for. Those
that cannot be published without telling a small group apart are not part of a public report at all.
"""

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

from socrekry.domain.errors import InvalidInput
from socrekry.domain.pipeline import Pipeline
from socrekry.reports.asking import Scope
from socrekry.store.connect import Store

if TYPE_CHECKING:
    from socrekry.reports.channel_figures import Channels
    from socrekry.reports.costs import Costs
    from socrekry.reports.forecast import Forecasts
    from socrekry.reports.needs import Needs
    from socrekry.reports.retention import Retention
    from socrekry.reports.voices import Voices

OF_COHORTS = ("funnel", "terms", "exits", "time")
BESIDE = ("channels", "voices", "needs", "costs", "retention", "forecast")
SECTIONS = (*OF_COHORTS, *BESIDE)
NOT_PUBLIC = ("channels", "needs", "retention", "forecast")


class Beside(NamedTuple):
    """What stands beside the cohorts; None for what was not asked for, or may not be published."""

    channels: "Channels | None" = None
    voices: "Voices | None" = None
    needs: "Needs | None" = None
    costs: "Costs | None" = None
    retention: "Retention | None" = None
    forecast: "Forecasts | None" = None


def sections_wanted(named: Collection[str], *, public: bool) -> tuple[str, ...]:
    """Return the sections of a report in their order: those named, or all that it may have.

    InvalidInput ``section-unknown``, or ``section-not-public`` for one that is never published.
    """
    for name in named:
        if name not in SECTIONS:
            raise InvalidInput("section-unknown", section=name, sections=list(SECTIONS))
        if public and name in NOT_PUBLIC:
            shown = [each for each in SECTIONS if each not in NOT_PUBLIC]
            raise InvalidInput("section-not-public", section=name, sections=shown)
    wanted = named or [name for name in SECTIONS if not public or name not in NOT_PUBLIC]
    return tuple(name for name in SECTIONS if name in wanted)


def only(beside: Beside, wanted: Collection[str]) -> Beside:
    """Return what stands beside the cohorts without what is not wanted."""
    return beside._replace(**{name: None for name in BESIDE if name not in wanted})


def beside(
    store: Store, scope: Scope, wanted: Collection[str], pipelines: Iterable[Pipeline], *, public: bool
) -> Beside:
    """Count what stands beside the cohorts; only what is wanted is imported, and asked of the store."""
    found = Beside()
    if "channels" in wanted:
        from socrekry.reports.channels import channels

        found = found._replace(channels=channels(store, scope))
    if "voices" in wanted:
        from socrekry.reports.voices import voices

        found = found._replace(voices=voices(store, scope, public=public))
    if "needs" in wanted:
        from socrekry.reports.needs import needs, terms_of_work

        terms = terms_of_work(scope.terms, pipelines)
        found = found._replace(needs=needs(store, terms, scope.as_of, scope.unit_id))
    if "costs" in wanted:
        from socrekry.reports.costs import costs

        found = found._replace(costs=costs(store, scope))
    if "retention" in wanted:
        from socrekry.reports.retention import retention

        found = found._replace(retention=retention(store, scope))
    if "forecast" in wanted:
        from socrekry.reports.forecast import forecast

        found = found._replace(forecast=forecast(store, scope))
    return found
