"""The report of a term or a range of terms: every cohort, every pipeline's total, as of a day.

All of it is read as of one moment, so that the figures agree with each other.
"""

from datetime import date

from socrekry.reports.accounts import account
from socrekry.reports.asking import Question, Scope, scope_of
from socrekry.reports.counting import Cohort, Counted, count
from socrekry.reports.figures import CohortReport, PipelineReport, TermReport
from socrekry.reports.leadtime import count_leads, few_enough
from socrekry.reports.sections import beside
from socrekry.store.connect import Store


def term_report(store: Store, question: Question, today: date) -> TermReport:
    """Return what was asked for; a scope without a cohort gives a report without cohorts.

    What stands beside the cohorts is counted as far as the question's ``sections`` name it.
    InvalidInput("as-of-in-future"); NotFound("pipeline-not-found", "unit-not-found");
    Ambiguous("unit-ambiguous").
    """
    with store.snapshot():
        scope = scope_of(store, question, today)
        counted = count(store, scope)
        if "time" in question.sections and (question.picked or few_enough(counted)):
            count_leads(store, scope, counted)
        report = _report(scope, counted)
        if question.public:
            report = _withheld(store, scope, counted, report)
        pipelines = [each.pipeline for each in report.pipelines]
        return report._replace(
            beside=beside(store, scope, question.sections, pipelines, public=question.public),
            known_at=question.known_at,
        )


def _report(scope: Scope, counted: Counted) -> TermReport:
    cohorts = tuple(
        CohortReport(
            counted.pipelines[each.pipeline],
            each.term,
            each.unit,
            each.name,
            account(counted.pipelines[each.pipeline], [each], counted.counts, scope.as_of),
        )
        for each in counted.cohorts
    )
    names = dict.fromkeys(each.pipeline for each in counted.cohorts)
    ordered = sorted(names, key=lambda name: -len(_of(counted, name)))  # the one with the most to say first
    pipelines = tuple(_pipeline(scope, counted, name) for name in ordered)
    return TermReport(scope.terms, scope.as_of, scope.pipeline, scope.unit, False, cohorts, pipelines)


def _pipeline(scope: Scope, counted: Counted, name: str) -> PipelineReport:
    pipeline, cohorts = counted.pipelines[name], _of(counted, name)
    terms = dict.fromkeys(each.term for each in cohorts)
    whole = account(pipeline, cohorts, counted.counts, scope.as_of)
    if len(terms) == 1:
        return PipelineReport(pipeline, whole, tuple((term, whole) for term in terms))
    parts = {term: _of(counted, name, term) for term in terms}
    accounts = [(term, account(pipeline, part, counted.counts, scope.as_of)) for term, part in parts.items()]
    return PipelineReport(pipeline, whole, tuple(accounts))


def _of(counted: Counted, pipeline: str, *terms: object) -> list[Cohort]:
    return [
        each for each in counted.cohorts if each.pipeline == pipeline and (not terms or each.term in terms)
    ]


def _withheld(store: Store, scope: Scope, counted: Counted, report: TermReport) -> TermReport:
    """Return the report as it may be published."""
    from socrekry.reports.withholding import Curtain, atoms  # only a published report pays for it

    curtains, pipelines = {}, []
    for each in report.pipelines:
        name, of = each.pipeline.name, each.pipeline
        every = [cohort.id for cohort in _of(counted, name)]
        curtain = curtains[name] = Curtain(atoms(store, scope, of, every))
        terms = [
            (term, curtain.over(figures, [cohort.id for cohort in _of(counted, name, term)]))
            for term, figures in each.terms
        ]
        pipelines.append(PipelineReport(of, curtain.over(each.account, every), tuple(terms)))
    cohorts = [
        each._replace(account=curtains[each.pipeline.name].over(each.account, [cohort.id]))
        for each, cohort in zip(report.cohorts, counted.cohorts, strict=True)
    ]
    return report._replace(public=True, cohorts=tuple(cohorts), pipelines=tuple(pipelines))
