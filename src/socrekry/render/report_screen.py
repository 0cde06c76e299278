"""The report on one screen, as a manager would paste it: calm, whole at 80 columns, more beside at 110.

One cohort is one block. Several in a term are a block each and a total; a range of terms is a total with a
row a term, because seventeen funnels below each other say less than one table.
"""

from collections.abc import Iterator, Sequence

from socrekry.domain.pipeline import Pipeline
from socrekry.locale import _, ngettext, pick
from socrekry.render.headings import about, of_cohorts, spelt, told_aside
from socrekry.render.parts import Gap, Heading, Line, Part, Style
from socrekry.render.report_beside import beside_parts
from socrekry.render.report_beside import notes as beside_notes
from socrekry.render.report_grids import days_within, duration_grid, funnel_grid, term_grid
from socrekry.render.report_words import counted, figure, within
from socrekry.render.text import clean, count, width
from socrekry.render.words import OUTCOMES, word
from socrekry.reports.figures import Account, CohortReport, Exit, PipelineReport, TermReport
from socrekry.reports.sections import OF_COHORTS, Beside, only

ROOMY = 110


def parts(report: TermReport, sections: Sequence[str], columns: int, *, whole: bool = False) -> list[Part]:
    """Return the parts of the report's page for a screen of so many columns.

    With ``whole``, what stands beside the cohorts is told as its own command tells it.
    """
    found: list[Part] = []
    heading = Heading(_all_cohorts(report), told_aside(report))
    told = only(report.beside, sections)
    if not (report.pipelines or whole):
        told = told._replace(retention=None)  # of all the terms before, so it says nothing of these
    beside = beside_parts(told, columns, whole=whole)
    if not report.pipelines:
        if not beside:
            return _nothing(report)
        found += [heading, *_nothing(report)]
    elif not set(sections).isdisjoint(OF_COHORTS):
        for pipeline in report.pipelines:
            for block in _blocks(report, pipeline, sections, columns):
                found += [Gap(), *block] if found else block
    else:
        found.append(heading)
    return [*found, *beside, *_footnotes(report, told, sections, columns)]


def _all_cohorts(report: TermReport) -> str:
    """Name what the parts beside the cohorts are about."""
    only = pick(report.pipelines[0].pipeline.titles) if len(report.pipelines) == 1 else ""
    return about(only, report.unit, of_cohorts(report.terms))


def _blocks(
    report: TermReport, pipeline: PipelineReport, sections: Sequence[str], columns: int
) -> Iterator[list[Part]]:
    of, at_right = pipeline.pipeline, told_aside(report)
    cohorts = [each for each in report.cohorts if each.pipeline.name == of.name]
    several_terms = len(pipeline.terms) > 1
    if not several_terms:
        for cohort in cohorts:
            name = _name(cohort, several=len(cohorts) > 1)
            heading = about(name, _("cohort {term}").format(term=cohort.term))
            alone = "terms" in sections and "funnel" not in sections and len(cohorts) == 1
            rows = _terms(pipeline, columns) if alone else ()
            yield [Heading(heading, at_right), *_account(of, cohort.account, sections, columns), *rows]
    if several_terms or len(cohorts) > 1:
        which = _("cohorts {terms}") if several_terms else _("all cohorts {terms}")
        heading = about(pick(of.titles), report.unit, which.format(terms=spelt(report.terms)))
        yield [
            Heading(heading, at_right),
            *_account(of, pipeline.account, sections, columns),
            *(_terms(pipeline, columns) if several_terms and "terms" in sections else ()),
        ]


def _account(pipeline: Pipeline, account: Account, sections: Sequence[str], columns: int) -> list[Part]:
    found: list[Part] = [Line(_seats(pipeline, account))]
    if account.funnel[0].reached == 0:
        return [*found, Line(_("Nobody has come to it yet."))]
    roomy = columns >= ROOMY
    if "funnel" in sections:
        found += [Gap(), funnel_grid(pipeline, account, roomy=roomy, time="time" in sections)]
    told = [_exits(account)] if "exits" in sections and account.ended != 0 else []
    if "time" in sections:
        told += _durations(account) if "funnel" in sections and not roomy else []
        told += _stalled(account) if "funnel" in sections else []
        told += _lead_time(pipeline, account)
    if told:
        found += [Gap(), *(line for text in told for line in _lines(text, columns))]
    if "time" in sections and "funnel" not in sections:
        found += [Gap(), duration_grid(account)]
    return found


def _terms(pipeline: PipelineReport, columns: int) -> list[Part]:
    return [Gap(), term_grid(pipeline, columns)]


def _seats(pipeline: Pipeline, account: Account) -> str:
    """Say how many seats there are, how many came to one, and where those are now."""
    said = []
    if account.seats is not None:
        seats = ngettext("{n} seat", "{n} seats", account.seats)
        said.append(seats.format(n=count(account.seats)))
    steps = {step.stage.name: step for step in account.funnel}
    seat, won = pipeline.seat_stage, steps[pipeline.main_path[-1].name]
    if seat is not None:
        came = counted(seat, steps[seat.name].reached)
        if account.from_waiting_list != 0:
            waited = _("{n} from the reserve list").format(n=figure(account.from_waiting_list))
            came += f" ({waited})"
        said += [came, _remaining(pipeline, account, won.in_stage)]
    if won.reached != 0:
        said.append(counted(won.stage, won.reached))
    waiting = [step for step in account.beside if step.in_stage != 0]
    said += [counted(step.stage, step.in_stage) for step in waiting]
    return " · ".join(said)


def _remaining(pipeline: Pipeline, account: Account, won: int | None) -> str:
    """Whom somebody supervises along the way is in a programme until she has started."""
    if any(stage.supervised for stage in pipeline.stages):
        known = account.seats_taken is not None and won is not None
        left = max(0, (account.seats_taken or 0) - (won or 0)) if known else None
        return _("{n} still in the programme").format(n=figure(left))
    taken = account.seats_taken
    return ngettext("{n} seat taken", "{n} seats taken", taken or 0).format(n=figure(taken))


def _exits(account: Account) -> str:
    stages: dict[str, list[Exit]] = {}
    for each in account.exits:
        stages.setdefault(pick(each.stage.titles) if each.stage else "", []).append(each)
    said = [_exits_of(title, exits) for title, exits in stages.items()]
    return _("Closed {n}: {exits}").format(n=figure(account.ended), exits=" · ".join(said))


def _exits_of(title: str, exits: Sequence[Exit]) -> str:
    if not title:
        return _("others {n}").format(n=figure(exits[0].number))
    sums: dict[str, int] = {}
    for each in exits:
        said = each.reason or word(OUTCOMES, each.outcome) or _("other")
        sums[said] = sums.get(said, 0) + (each.number or 0)
    why = ", ".join(sums) if len(sums) == 1 else ", ".join(f"{each} {count(n)}" for each, n in sums.items())
    told = f"{within(title)} {count(sum(sums.values()))}"
    return told if [each.outcome for each in exits] == [None] else f"{told} ({why})"


def _durations(account: Account) -> list[str]:
    known = [each for each in account.durations if each.median_days is not None]
    said = [f"{within(pick(each.stage.titles))} {days_within(each)}" for each in known]
    told = _("Median days in the stage (80 % within): {stages}")
    return [told.format(stages=" · ".join(said))] if said else []


def _stalled(account: Account) -> list[str]:
    """Say how many have been in a stage for longer than it expects."""
    known = [each for each in account.durations if each.overdue]
    part = _("{stage} {n} of {all}")
    said = [
        part.format(stage=within(pick(each.stage.titles)), n=count(each.overdue), all=count(each.open))
        for each in known
    ]
    return [_("Stalled: {stages}").format(stages=" · ".join(said))] if said else []


def _lead_time(pipeline: Pipeline, account: Account) -> list[str]:
    """Say how long it takes from the first contact to a contract, where enough have come to know."""
    found = account.lead_time
    if found is None or found.median_days is None:
        return []
    told = ngettext(
        "First contact to contract: half within {n} day, 80 % within {more} ({contracts})",
        "First contact to contract: half within {n} days, 80 % within {more} ({contracts})",
        found.median_days,
    )
    hired = counted(pipeline.hired_stage, found.hired)
    half, more = count(found.median_days), count(found.p80_days)
    return [told.format(n=half, more=more, contracts=hired)]


def _lines(text: str, columns: int, style: Style = "") -> list[Part]:
    """Return prose in lines: a report is pasted, so it is no wider than a screen even in a pipe."""
    shown = clean(text)
    if width(shown) <= columns:
        return [Line(shown, style)]
    from textwrap import wrap  # a character counts as one cell; a terminal wraps what is wider still

    return [Line(line, style) for line in wrap(shown, columns, break_on_hyphens=False)]


def _name(cohort: CohortReport, *, several: bool) -> str:
    """A cohort alone in its term may be named as the programme is; of several, each needs both names."""
    title = pick(cohort.pipeline.titles)
    names = (title, cohort.name) if several or not cohort.name else (cohort.name,)
    return about(*names, cohort.unit)


def _footnotes(report: TermReport, told: Beside, sections: Sequence[str], columns: int) -> list[Part]:
    notes = []
    if report.pipelines and ("funnel" in sections or "terms" in sections):
        notes.append(_("“Reached” = has ever stood in the stage."))
    if report.pipelines and "time" in sections:
        notes.append(_("“Median days” = until half had left the stage, on or out; those still there count."))
    notes += beside_notes(told, report.terms)
    if report.public:
        notes.append(_("“..” = withheld, so that no group under five can be told apart."))
        notes.append(_("Channels, needs, forecast and who stays are not part of a public report."))
    return [Gap(), *_lines(" ".join(notes), columns, "quiet")] if notes else []


def _nothing(report: TermReport) -> list[Part]:
    where = about(spelt(report.terms), report.unit)
    told = _("There is no cohort in {terms}.").format(terms=where)
    pipeline = report.pipeline or _("PIPELINE")
    command = f"socrekry add-cohort {pipeline} {report.terms.first} --seats N"
    return [Line(told), Line(_("Open one: {command}").format(command=command))]
