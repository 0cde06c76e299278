"""Cohorts: a term's intake to a pipeline, with its seats, who holds them and who waits.

Several cohorts of one pipeline and term are told apart by unit and name. Seats are a limit: there are
never fewer than are taken, whichever way a number comes in. A cohort is shown, and may be named, as ``K-1``.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple, TypeGuard

from socrekry.domain.errors import Ambiguous, InvalidInput, NotFound, Refused
from socrekry.domain.ids import cohort_id, parsed_number
from socrekry.domain.names import search_key
from socrekry.domain.pipeline import from_definition
from socrekry.domain.term import Term
from socrekry.services.pipelines import pipeline_name
from socrekry.services.texts import kept_if_any
from socrekry.services.units import find_unit
from socrekry.services.waiting_lines import Waiting, first_in_line
from socrekry.services.writing import Writing
from socrekry.store.connect import Store
from socrekry.store.engine import Row

MOST_SEATS = 10_000
EDITABLE = ("seats", "name", "registry_number")


class Cohort(NamedTuple):
    """A pipeline's intake in a term; ``name`` is empty where nothing tells it apart."""

    id: int
    pipeline: str
    term: Term
    seats: int
    name: str
    registry_number: str | None
    unit_id: int | None
    unit: str | None

    @property
    def label(self) -> str:
        """The cohort's id as it is shown: ``K-1``."""
        return cohort_id(self.id)

    @property
    def title(self) -> str:
        """What tells it apart from the others: ``trainee HT2025 · Barn och unga · dag``."""
        return " · ".join(filter(None, (f"{self.pipeline} {self.term}", self.unit, self.name)))


class Intake(NamedTuple):
    """A cohort and how it stands: seats held, reserves waiting, candidacies open."""

    cohort: Cohort
    taken: int
    waiting: int
    open: int

    @property
    def free(self) -> int:
        """How many seats nobody holds."""
        return max(0, self.cohort.seats - self.taken)


class EditedCohort(NamedTuple):
    """A cohort after a change; ``first_in_line`` is who waits first where it now has more seats."""

    intake: Intake
    before: Cohort
    first_in_line: Waiting | None


def add_cohort(
    writing: Writing,
    pipeline: str,
    term: Term,
    seats: int,
    *,
    unit: str | None = None,
    name: str | None = None,
    registry_number: str | None = None,
) -> Cohort:
    """Open a cohort. Refused ``cohort-known`` if nothing tells it apart from another."""
    store = writing.store
    named = kept_if_any(name, "name", 120) or ""
    reference = kept_if_any(registry_number, "registry_number", 60)
    _require_seat_count(seats)
    with writing.transaction():
        of = find_unit(store, unit) if unit is not None else None
        chosen = pipeline_name(store, pipeline)
        whose = (of.id, of.name) if of else (None, None)
        cohort = Cohort(0, chosen, term, seats, named, reference, *whose)
        _require_unlike(store, cohort)
        row = {field: getattr(cohort, field) for field in ("pipeline", "seats", "unit_id", *EDITABLE)}
        number = store.value("programme.add_cohort", **row, term=term.code, search_key=search_key(named))
        writing.created("cohort", number)
    return cohort._replace(id=number)


def edit_cohort(
    writing: Writing,
    ref: str,
    term: Term | None = None,
    *,
    unit: str | None = None,
    name: str | None = None,
    seats: int | None = None,
    new_name: str | None = None,
    registry_number: str | None = None,
) -> EditedCohort:
    """Change a cohort's seats, name or registry number; `find_cohort` says how it is named.

    Refused ``seats-taken`` for fewer seats than are held, ``cohort-known`` for another's name.
    """
    if (seats, new_name, registry_number) == (None, None, None):
        raise InvalidInput("nothing-to-change")
    if seats is not None:
        _require_seat_count(seats)
    with writing.transaction():
        before = find_cohort(writing.store, ref, term, unit=unit, name=name)
        after = _changed(before, seats, new_name, registry_number)
        _require_unlike(writing.store, after)
        row = {field: getattr(after, field) for field in EDITABLE}
        writing.store.write("programme.keep_cohort", **row, id=after.id, search_key=search_key(after.name))
        for field in EDITABLE:
            if getattr(before, field) != getattr(after, field):
                writing.edited("cohort", after.id, field, getattr(before, field), getattr(after, field))
        if after.seats < before.seats:
            require_seats(writing.store, after.id)
        (intake,) = _intakes(writing.store, [after])
        grown = after.seats > before.seats and intake.free > 0
        return EditedCohort(intake, before, _first_in_line(writing.store, after) if grown else None)


def _changed(cohort: Cohort, seats: int | None, name: str | None, registry_number: str | None) -> Cohort:
    """Return the cohort with what is given; an empty text takes away a name or a number."""
    if seats is not None:
        cohort = cohort._replace(seats=seats)
    if name is not None:
        cohort = cohort._replace(name=kept_if_any(name, "name", 120) or "")
    if registry_number is not None:
        cohort = cohort._replace(registry_number=kept_if_any(registry_number, "registry_number", 60))
    return cohort


def cohorts(store: Store, term: Term | None = None, pipeline: str | None = None) -> tuple[Intake, ...]:
    """Return the cohorts of a term, a pipeline or all, in the order of terms, and how each stands."""
    return _intakes(store, _cohorts(store, term, pipeline))


def fitting_cohorts(
    store: Store,
    today: date | None = None,
    term: Term | None = None,
    pipeline: str | None = None,
    unit: str | None = None,
    name: str | None = None,
) -> tuple[Cohort, ...]:
    """Return the cohorts that fit what is given.

    Those whose term had ended by ``today`` do not, unless the term is given outright.
    A cohort of the unit itself is preferred to one without a unit, which takes any. NotFound for a
    pipeline or a unit that is unknown.
    """
    chosen = pipeline_name(store, pipeline) if pipeline is not None else None
    found = _cohorts(store, term, chosen)
    if term is None and today is not None:
        found = [each for each in found if each.term.ends >= today]
    if name is not None:
        found = [each for each in found if search_key(each.name) == search_key(name)]
    if unit is not None:
        of = find_unit(store, unit).id
        own = [each for each in found if each.unit_id == of]
        found = own or [each for each in found if each.unit_id is None]
    return tuple(found)


def find_cohort(
    store: Store, ref: str, term: Term | None = None, *, unit: str | None = None, name: str | None = None
) -> Cohort:
    """Return the cohort that is meant: ``K-1``, or a pipeline and term with as much more as tells it apart.

    NotFound ``cohort-unknown`` or ``cohort-not-found``; Ambiguous ``cohort-ambiguous`` with those it may be.
    """
    if is_cohort_id(ref):
        number = parsed_number("K", ref)
        row = store.row("programme.cohort", id=number) if number is not None else None
        if row is None:
            raise NotFound("cohort-unknown", ref=ref)
        return _cohort(row)
    found = fitting_cohorts(store, None, term, ref, unit, name)
    if not found:
        raise NotFound("cohort-not-found", pipeline=ref, term=str(term) if term else None)
    if len(found) > 1:
        candidates = [{"id": each.label, "cohort": each.title} for each in found]
        raise Ambiguous("cohort-ambiguous", cohort=ref, candidates=candidates)
    return found[0]


def is_cohort_id(text: str | None) -> TypeGuard[str]:
    """Return whether a text is meant as a cohort's id, ``K-1``."""
    return text is not None and text[:2] in ("K-", "k-")


def read_cohort(store: Store, number: int) -> Cohort | None:
    """Return the cohort with that number, or None."""
    row = store.row("programme.cohort", id=number)
    return _cohort(row) if row else None


def require_seats(store: Store, number: int) -> None:
    """Raise Refused ``seats-taken`` if more seats of the cohort are held than there are."""
    cohort = read_cohort(store, number)
    if cohort is None:
        return
    (intake,) = _intakes(store, [cohort])
    if intake.taken > cohort.seats:
        raise Refused("seats-taken", cohort=cohort.title, seats=cohort.seats, taken=intake.taken)


def _cohorts(store: Store, term: Term | None, pipeline: str | None) -> list[Cohort]:
    code = term.code if term else None
    return [_cohort(row) for row in store.rows("programme.cohorts", term=code, pipeline=pipeline)]


def _cohort(row: Row) -> Cohort:
    number, pipeline, term, *rest = row
    return Cohort(number, pipeline, Term.from_code(term), *rest)


def _intakes(store: Store, found: Iterable[Cohort]) -> tuple[Intake, ...]:
    every = tuple(found)
    only = every[0].id if len(every) == 1 else None
    taken: dict[int, int] = dict(store.rows("programme.seats_taken", cohort=only))
    open_ = dict.fromkeys((each.id for each in every), 0)
    waiting = dict(open_)
    lists: dict[int, str | None] = {}
    for cohort, pipeline, stage, count in store.rows("programme.open_by_stage", cohort=only):
        if cohort not in open_:
            continue
        if pipeline not in lists:
            lists[pipeline] = _waiting_list(store, pipeline)
        open_[cohort] += count
        waiting[cohort] += count if stage == lists[pipeline] else 0
    return tuple(Intake(each, taken.get(each.id, 0), waiting[each.id], open_[each.id]) for each in every)


def _waiting_list(store: Store, pipeline: int) -> str | None:
    stage = from_definition(store.value("programme.definition", id=pipeline)).waiting_list
    return stage.name if stage else None


def _first_in_line(store: Store, cohort: Cohort) -> Waiting | None:
    """Return who waits first; candidacies on several versions of a pipeline wait in one line."""
    for _, pipeline, definition in store.rows("programme.definitions"):
        line = from_definition(definition).waiting_list if pipeline == cohort.pipeline else None
        waiting = first_in_line(store, cohort.id, line.name) if line else None
        if waiting is not None:
            return waiting
    return None


def _require_seat_count(seats: int) -> None:
    if not 0 <= seats <= MOST_SEATS:
        raise InvalidInput("seats-out-of-range", value=seats, most=MOST_SEATS)


def _require_unlike(store: Store, cohort: Cohort) -> None:
    for other in _cohorts(store, cohort.term, cohort.pipeline):
        same = (other.unit_id, search_key(other.name)) == (cohort.unit_id, search_key(cohort.name))
        if same and other.id != cohort.id:
            raise Refused("cohort-known", id=other.label, pipeline=other.pipeline, term=str(other.term))
