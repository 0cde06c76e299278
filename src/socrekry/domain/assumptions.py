"""What the comparison of costs rests on: figures that nobody recorded, each with where it comes from.

Some are read somewhere, the rest are estimates; a municipality puts its own in their place, and every
result is shown beside the values it was computed with. A figure hidden in the code would make the result
look like knowledge.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from socrekry.domain.amounts import parse_amount, parse_number
from socrekry.domain.errors import InvalidInput, NotFound, Refused

Unit: TypeAlias = Literal["times", "percent", "terms", "hours-a-week", "sek-a-year"]


class Assumption(NamedTuple):
    """A figure that comes along, and the limits of what makes sense; without a source it is an estimate."""

    name: str
    default: Decimal
    unit: Unit
    least: Decimal
    most: Decimal
    source: str | None = None


class Assumed(NamedTuple):
    """An assumption as it holds here: the municipality's own value, or the one that comes along."""

    assumption: Assumption
    own: Decimal | None

    @property
    def value(self) -> Decimal:
        """The value that results are computed with."""
        return self.assumption.default if self.own is None else self.own


class Premises(NamedTuple):
    """The values of all assumptions, by name; see ``ASSUMPTIONS`` for their units."""

    agency_factor_low: Decimal
    agency_factor_high: Decimal
    own_staff_year: Decimal
    trainee_year: Decimal
    trainee_percent: Decimal
    trainee_terms: Decimal
    supervision_hours: Decimal


_JAMTLAND, _TRAINEES = "arkiv.jamtlandstidning.se", "ronnlid.se"


def _known(name: str, default: str, unit: Unit, limits: tuple[int, int], source: str | None) -> Assumption:
    least, most = map(Decimal, limits)
    return Assumption(name, Decimal(default), unit, least, most, source)


ASSUMPTIONS = (
    _known("agency-factor-low", "2.5", "times", (1, 10), _JAMTLAND),
    _known("agency-factor-high", "3", "times", (1, 10), _JAMTLAND),
    _known("own-staff-year", "650000", "sek-a-year", (100_000, 5_000_000), None),
    _known("trainee-year", "450000", "sek-a-year", (100_000, 5_000_000), None),
    _known("trainee-percent", "20", "percent", (1, 100), _TRAINEES),
    _known("trainee-terms", "2", "terms", (1, 8), None),
    _known("supervision-hours", "1.5", "hours-a-week", (0, 40), None),
)
_BY_NAME = {assumption.name: assumption for assumption in ASSUMPTIONS}


def find_assumption(name: str) -> Assumption:
    """Return the assumption of that name. NotFound ``assumption-not-found`` lists those there are."""
    found = _BY_NAME.get(name.strip().casefold().replace("_", "-"))
    if found is None:
        raise NotFound("assumption-not-found", assumption=name, assumptions=list(_BY_NAME))
    return found


def parse_value(assumption: Assumption, text: str) -> Decimal:
    """Read a value for the assumption, in its own unit: ``2,5``, ``20 %``, ``0,7 Mkr``.

    Raises InvalidInput ``number-invalid`` or ``amount-invalid``, or ``assumption-out-of-range``.
    """
    if assumption.unit == "sek-a-year":
        value = Decimal(parse_amount(text))
    else:
        value = parse_number(text.rstrip().removesuffix("%") if assumption.unit == "percent" else text)
    if not assumption.least <= value <= assumption.most:
        limits = {"least": _number(assumption.least), "most": _number(assumption.most)}
        raise InvalidInput("assumption-out-of-range", assumption=assumption.name, value=text, **limits)
    return value


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def plain(value: Decimal) -> str:
    """Return a number as it is kept: ``2.5``, ``650000``, without an exponent or needless zeros."""
    return f"{value.normalize():f}"


def assumed(own: Mapping[str, str]) -> tuple[Assumed, ...]:
    """Return every assumption, with the municipality's own values by name as they are kept."""
    return tuple(
        Assumed(each, parse_number(own[each.name]) if each.name in own else None) for each in ASSUMPTIONS
    )


def premises(values: tuple[Assumed, ...]) -> Premises:
    """Return the values to compute with."""
    return Premises(**{each.assumption.name.replace("-", "_"): each.value for each in values})


def require_order(values: tuple[Assumed, ...]) -> None:
    """Refuse ``assumptions-reversed`` where the low factor is above the high one."""
    known = premises(values)
    if known.agency_factor_low > known.agency_factor_high:
        low, high = plain(known.agency_factor_low), plain(known.agency_factor_high)
        raise Refused("assumptions-reversed", low=low, high=high)
