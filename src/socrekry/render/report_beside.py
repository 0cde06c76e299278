"""What a report tells beside its cohorts, in each form: on the screen, as JSON, as records.

Every part is rendered by the room that its own command has; here it is only put in its place. On the screen
a report says in a line what a command of its own tells whole, unless just that part was asked for.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from socrekry.domain.term import TermRange
from socrekry.locale import _
from socrekry.render.headings import spelt
from socrekry.render.parts import Gap, Line, Part, Rows
from socrekry.reports.figures import TermReport
from socrekry.reports.sections import BESIDE, NOT_PUBLIC, Beside

if TYPE_CHECKING:
    from socrekry.reports.channel_figures import Channels


def beside_parts(beside: Beside, columns: int, *, whole: bool) -> list[Part]:
    """Return the parts for a screen; with ``whole``, each as its own command shows it."""
    told = [_needs(beside, whole=whole), _voices(beside, columns), _retention(beside)]
    told.append(_whole_costs(beside) if whole else _costs(beside, columns))
    blocks = [_channels(beside, columns), *(told if whole else [[part for each in told for part in each]])]
    return [part for block in blocks if block for part in (Gap(), *block)]


def notes(beside: Beside, terms: TermRange) -> list[str]:
    """Return what must be known to read the parts of a report of ``terms``, a sentence each."""
    said: list[str] = []
    if beside.channels is not None and _any_channel(beside.channels):
        from socrekry.render import channels

        said += channels.notes(beside.channels)
    if beside.voices is not None and beside.voices.compared:
        said.append(_("Voices are compared with {terms}.").format(terms=spelt(beside.voices.previous)))
    forecast, staying = beside.forecast, beside.retention
    if forecast is not None and forecast.pipeline and beside.needs is not None and beside.needs.terms:
        told = _("Needs and contracts are of all pipelines, the forecast of {pipeline} alone.")
        said.append(told.format(pipeline=forecast.pipeline))
    if staying is not None and staying.terms.first < terms.first and _retention(beside):
        told = _("Still employed = of everybody who has started, from cohort {term} on.")
        said.append(told.format(term=staying.terms.first))
    return said


def beside_json(report: TermReport, sections: Sequence[str]) -> dict[str, Any]:
    """Return the keys of a report's JSON; null for what is never published, in a public report."""
    documents = {
        "channels": _channels_json,
        "voices": _voices_json,
        "needs": _needs_json,
        "costs": _costs_json,
        "retention": _retention_json,
        "forecast": _forecast_json,
    }
    found = {name: documents[name](report.beside) for name in BESIDE if name in sections}
    if report.public:
        found |= dict.fromkeys(NOT_PUBLIC)
    return found


def beside_rows(beside: Beside, section: str) -> Rows:
    """Return the table of one section as records."""
    if section == "channels" and beside.channels is not None:
        from socrekry.render.channels import rows

        return rows(beside.channels, "activity")
    if section == "voices" and beside.voices is not None:
        from socrekry.render.voices import voices_page

        return voices_page(beside.voices).rows or _NO_ROWS
    if section == "needs" and beside.needs is not None:
        from socrekry.render.needs import needs_page

        return needs_page(beside.needs).rows or _NO_ROWS
    if section == "costs" and beside.costs is not None:
        from socrekry.render.costs import costs_page

        return costs_page(beside.costs).rows or _NO_ROWS
    if section == "retention" and beside.retention is not None:
        from socrekry.render.retention import retention_page

        return retention_page(beside.retention).rows or _NO_ROWS
    assert beside.forecast is not None, "there is no other section"
    from socrekry.render.forecast import forecast_page

    return forecast_page(beside.forecast).rows or _NO_ROWS


_NO_ROWS = Rows((), ())


def _channels(beside: Beside, columns: int) -> list[Part]:
    if beside.channels is None or not _any_channel(beside.channels):
        return []
    from socrekry.render.channels import kind_grid

    return [kind_grid(beside.channels, columns)]


def _any_channel(channels: "Channels") -> bool:
    """Say whether it is known of anybody how she came; a table of the unknown alone would tell nothing."""
    return any(each.kind is not None for each in channels.kinds)


def _needs(beside: Beside, *, whole: bool) -> list[Part]:
    """Return the needs with the forecast beside them; the forecast alone where only that was asked for."""
    expected, outlook = None, list[Part]()
    if beside.forecast is not None:
        from socrekry.render.forecast import expected_by_term, forecast_parts

        expected = expected_by_term(beside.forecast)
        title = _("Forecast: everybody who is on the way, whatever their cohort")
        outlook = [Line(title, "strong"), *forecast_parts(beside.forecast)] if whole else []
    if beside.needs is None:
        return outlook
    from socrekry.render.needs import needs_parts

    found = needs_parts(beside.needs, expected)
    return [*found, Gap(), *outlook] if found and outlook else [*found, *outlook]


def _voices(beside: Beside, columns: int) -> list[Part]:
    if beside.voices is None:
        return []
    from socrekry.render.voices import lines

    return lines(beside.voices, columns)


def _retention(beside: Beside) -> list[Part]:
    if beside.retention is None:
        return []
    from socrekry.render.retention import line

    said = line(beside.retention)
    return [Line(said)] if said else []


def _costs(beside: Beside, columns: int) -> list[Part]:
    if beside.costs is None:
        return []
    from textwrap import wrap  # a report is pasted, so it is no wider than a screen even in a pipe

    from socrekry.render.costs import costs_line

    said = costs_line(beside.costs)
    return [Line(line) for line in wrap(said, columns, break_on_hyphens=False)] if said else []


def _whole_costs(beside: Beside) -> list[Part]:
    if beside.costs is None:
        return []
    from socrekry.render.costs import costs_parts

    return costs_parts(beside.costs) or [Line(_("No cost is recorded for these terms."))]


def _channels_json(beside: Beside) -> Any:
    from socrekry.render.channels import document

    return document(beside.channels)["channels"] if beside.channels is not None else None


def _voices_json(beside: Beside) -> Any:
    from socrekry.render.voices import document

    return document(beside.voices) if beside.voices is not None else None


def _needs_json(beside: Beside) -> Any:
    from socrekry.render.needs import needs_json

    return needs_json(beside.needs) if beside.needs is not None else None


def _costs_json(beside: Beside) -> Any:
    from socrekry.render.costs import costs_json

    return costs_json(beside.costs) if beside.costs is not None else None


def _retention_json(beside: Beside) -> Any:
    from socrekry.render.retention import document

    return document(beside.retention) if beside.retention is not None else None


def _forecast_json(beside: Beside) -> Any:
    from socrekry.render.forecast import document

    return document(beside.forecast) if beside.forecast is not None else None
