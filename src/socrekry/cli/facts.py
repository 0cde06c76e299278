"""Record what guards ask for, and withdraw what does not stand: record, withdraw-fact."""

from collections.abc import Sequence
from typing import Annotated

import typer

from socrekry.cli.answers import answer_outcomes, facts_typed
from socrekry.cli.choosing import meant, the_one_meant
from socrekry.cli.options import TODAY, AllOrNothing, DryRun, OnDate, OneId, OutcomeFormats, read_ids
from socrekry.cli.session import writing
from socrekry.domain.errors import InvalidInput
from socrekry.domain.facts import FACTS
from socrekry.locale import N_
from socrekry.services import noting


def record(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=N_("ID … FACT[=VALUE] …"),
            help=N_("Ids first (- reads them from stdin), then facts: assessment, degree=socionomexamen …"),
        ),
    ],
    seen_by: Annotated[
        str | None, typer.Option(metavar=N_("NAME"), help=N_("Who saw the document, or decided."))
    ] = None,
    on: OnDate = TODAY,
    all_or_nothing: AllOrNothing = False,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Record a fact that a rule asks for.

    A fact carries its date. What a register extract contained, and anything about health, is never kept.

    About the person: degree=socionomexamen|other-degree|socialstyrelsen-proof,
    register-check-seen=criminal|criminal+suspicion. About the candidacy: assessment, university-confirmed,
    placement-completed, traineeship-completed, references-checked, offer-accepted, thesis, left=REASON,
    still-employed.

        socrekry record C-1 C-2 assessment --on 2025-05-12
        socrekry record C-1 register-check-seen=criminal --seen-by "Anna Ek"
    """
    ids, facts = _parted(words)
    typed = facts_typed(facts, on, seen_by)
    with writing("record", dry_run=dry_run) as w:
        done = noting.record(w, meant(w.store, ids), typed, all_or_nothing=all_or_nothing)
    return answer_outcomes(done, format, dry_run)


def withdraw_fact(
    id: OneId,
    fact: Annotated[str, typer.Argument(metavar=N_("FACT"), help=N_("The fact, such as assessment."))],
    on: OnDate = TODAY,
    dry_run: DryRun = False,
    format: OutcomeFormats = "table",
) -> int:
    """Withdraw a fact that was recorded.

    The log keeps that it was recorded and that it does not stand.
    """
    with writing("withdraw-fact", dry_run=dry_run) as w:
        done = noting.withdraw_fact(w, the_one_meant(w.store, id), fact, on)
    return answer_outcomes(done, format, dry_run)


def _parted(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Part what was typed into ids and facts: a fact's name is one of a closed set."""
    facts = [word for word in words if word.partition("=")[0] in FACTS or "=" in word]
    ids = read_ids([word for word in words if word not in facts])
    if not facts and ids:
        ids, facts = ids[:-1], ids[-1:]  # a misspelt fact is better called that than an unknown candidate
    if not ids:
        raise InvalidInput("ids-missing")
    return ids, facts
