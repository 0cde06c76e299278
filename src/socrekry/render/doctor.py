"""What a doctor found: what is wrong first, then what to look at, and what is good; each with what helps."""

from collections.abc import Callable, Iterator, Mapping
from shlex import quote
from typing import Any

from socrekry.domain.errors import SocrekryError
from socrekry.locale import N_, _, ngettext
from socrekry.render.doctor_texts import ERRORS, TEXTS
from socrekry.render.messages import describe
from socrekry.render.parts import Column, Gap, Grid, Line, Page, Part, Style
from socrekry.render.text import NOTHING, count, joined, padded, width
from socrekry.services.doctor.findings import BAD, GOOD, LOOK, Diagnosis, Finding, Verdict

VERDICTS: dict[Verdict, str] = {BAD: N_("wrong"), LOOK: N_("look"), GOOD: N_("good")}
LANGUAGES = {"sv": N_("Swedish"), "en": N_("English")}
_STYLES: dict[Verdict, tuple[Style, Style]] = {
    BAD: ("warning", "strong"),
    LOOK: ("warning", ""),
    GOOD: ("quiet", ""),
}
_UNITS = ("B", "kB", "MB", "GB", "TB")


class _Word(str):
    """A detail that can stand in a sentence (``{name}``) or as one word of a command (``{name:q}``)."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        return quote(self) if spec == "q" else super().__format__(spec)


def diagnosis_page(diagnosis: Diagnosis) -> Page:
    """Return the page of an examination."""
    troubles = [each for verdict in (BAD, LOOK) for each in diagnosis.findings if each.verdict == verdict]
    others = [each for each in diagnosis.findings if each.verdict == GOOD]
    cells = (
        max(width(_(word)) for word in VERDICTS.values()),
        max((width(about(each)) for each in diagnosis.findings), default=0),
    )
    parts: list[Part] = [Line(_summary(diagnosis), "strong")]
    for findings in filter(None, (troubles, others)):
        parts += [Gap(), *(part for each in findings for part in _rows(each, *cells))]
    return Page(parts, {"healthy": diagnosis.healthy, "findings": list(map(_document, diagnosis.findings))})


def about(finding: Finding) -> str:
    """Return what a finding is about, in a word or two."""
    known = TEXTS.get(finding.code)
    return _(known.about if known else ERRORS.get(finding.code, N_("Store")))


def sentence(finding: Finding) -> str:
    """Return what was found, in the reader's language."""
    known = TEXTS.get(finding.code)
    return _filled(known.sentence, finding.details) if known else describe(_error(finding)).message


def remedy(finding: Finding) -> str | None:
    """Return what helps, in the reader's language; None where nothing has to."""
    if finding.verdict == GOOD:
        return None
    known = TEXTS.get(finding.code)
    return _filled(known.remedy, finding.details) if known else describe(_error(finding)).remedy


def _summary(diagnosis: Diagnosis) -> str:
    wrong, look, good = (
        sum(each.verdict == verdict for each in diagnosis.findings) for verdict in (BAD, LOOK, GOOD)
    )
    told = [
        ngettext("{n} thing is wrong", "{n} things are wrong", wrong).format(n=count(wrong))
        if wrong
        else _("Nothing is wrong")
    ]
    if look:
        told.append(ngettext("{n} to look at", "{n} to look at", look).format(n=count(look)))
    told.append(ngettext("{n} is good", "{n} are good", good).format(n=count(good)))
    return f"{', '.join(told)}."


def _rows(finding: Finding, verdict: int, topic: int) -> Iterator[Grid]:
    """Give a finding as a row of its own, and below it what helps; both as wide as every other's."""
    style, words = _STYLES[finding.verdict]
    first = (padded(_(VERDICTS[finding.verdict]), verdict), padded(about(finding), topic))
    yield _row((*first, sentence(finding)), style, words)
    if helps := remedy(finding):
        yield _row((" " * verdict, " " * topic, helps), "quiet", "quiet")


def _row(cells: tuple[str, str, str], style: Style, words: Style) -> Grid:
    columns = (Column("", style=style), Column("", style=words), Column("", flexible=True, style=words))
    return Grid(columns, [cells])


def _document(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "verdict": finding.verdict,
        "message": sentence(finding),
        "remedy": remedy(finding),
        "details": finding.details,
    }


def _error(finding: Finding) -> SocrekryError:
    return SocrekryError(finding.code, **finding.details)


def _filled(template: str, details: Mapping[str, Any]) -> str:
    words = {name: _Word(_shown(name, value)) for name, value in details.items()}
    return _(template).format_map(words) if template else ""


def _shown(name: str, value: Any) -> str:
    if value is None or value == []:
        return NOTHING
    if isinstance(value, list):
        return joined(list(map(str, value)))
    unit = name.rpartition("_")[2]
    if unit in _SHOWN:
        return _SHOWN[unit](value)
    return count(value) if isinstance(value, int) else str(value)


def _language(code: str) -> str:
    return _(LANGUAGES[code])


def _offset(hours: float) -> str:
    return f"{hours:+g}".replace("-", "−")


def _milliseconds(number: float) -> str:
    return _("{n} ms").format(n=count(round(number))) if number >= 1 else _("less than 1 ms")


def _size(size: float) -> str:
    """Return a size in the largest unit of which there are ten or more."""
    unit = 0
    while size >= 10_000 and unit + 1 < len(_UNITS):
        size, unit = size / 1000, unit + 1
    return f"{count(round(size))} {_UNITS[unit]}"


def _span(seconds: float) -> str:
    """Return a span of time in the largest unit of which there are two or more."""
    whole = round(seconds)
    if whole < 120:
        return ngettext("{n} second", "{n} seconds", whole).format(n=count(whole))
    if whole < 7_200:
        return _("{n} minutes").format(n=count(whole // 60))
    if whole < 172_800:
        return _("{n} hours").format(n=count(whole // 3_600))
    return _("{n} days").format(n=count(whole // 86_400))


_SHOWN: dict[str, Callable[[Any], str]] = {
    "bytes": _size,
    "seconds": _span,
    "ms": _milliseconds,
    "hours": _offset,
    "language": _language,
    "encoding": str.upper,
}
