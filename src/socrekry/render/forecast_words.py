"""How a forecast is said: chances that are not quite nothing, and what the figures rest on."""

from collections.abc import Iterable, Sequence

from socrekry.domain.passages import Evidence
from socrekry.domain.pipeline import Pipeline
from socrekry.locale import _, ngettext, pick
from socrekry.render.parts import Line
from socrekry.render.text import NOTHING, count, joined, percent


def chance_text(chance: float | None) -> str:
    """Return a chance in whole per cent; what is not quite nothing, or all, is not shown as that."""
    if chance is None:
        return NOTHING
    if 0 < chance < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 <= chance < 1 else percent(chance)


def whole(number: float) -> str:
    """Return an expectation in whole persons, halves upwards."""
    return count(int(number + 0.5))


def history_line(pipeline: Pipeline, history: Sequence[Evidence]) -> Line:
    """Say how many stays the figures rest on, where these are few, and how much the prior weighs there."""
    titles = {stage.name: pick(stage.titles) for stage in pipeline.stages}
    stays, few = sum(each.left for each in history), [each for each in history if each.few]
    if not stays:
        return Line(_("There is no history yet: all of it rests on the prior."), "quiet")
    said = ngettext(
        "Rests on {n} stay in a stage that is over.", "Rests on {n} stays in stages that are over.", stays
    ).format(n=count(stays))
    if few:
        where = joined([f"{titles[each.stage]} {count(each.left)}" for each in few])
        if len(few) == len(history):
            told = _("Few data in every stage: the prior makes up {share}.")
        else:
            told = _("Few data: {stages}; there the prior makes up {share}.")
        said += " " + told.format(stages=where, share=_span(each.share_of_prior for each in few))
    return Line(said, "quiet")


def _span(shares: Iterable[float]) -> str:
    """Say between what shares lie: ``40 %``, ``40–80 %``."""
    said = [percent(share) for share in sorted(shares)]
    return said[0] if said[0] == said[-1] else f"{said[0].removesuffix(' %')}–{said[-1]}"


def about_prior(histories: Iterable[Sequence[Evidence]]) -> list[str]:
    """Say what the prior is, where data are few."""
    if not any(each.few for history in histories for each in history):
        return []
    return [_("Where data are few, the prior weighs: four imaginary stays beside the real ones of a stage.")]


def without_unit(number: int) -> str:
    """Say how many were left out because they belong to no unit."""
    return ngettext(
        "{n} on the way belongs to no unit, and is not in it.",
        "{n} on the way belong to no unit, and are not in it.",
        number,
    ).format(n=count(number))
