"""The city's money in budgets that are not its own: those of other implementers and of the whole project."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.database.cache import cached_by
from mikrogrow.values.money import ZERO, difference, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class Contribution:
    """Euros, None is unknown; `organisation_id` is None for what stands in the whole project's plan alone."""

    label: str
    organisation_id: int | None
    amount: Decimal | None
    years: Mapping[int, Decimal] = field(default_factory=dict)


@cached_by(attrgetter("project_id"))
def contributions(figures: ProjectFigures) -> tuple[Contribution, ...]:
    """In the order of the plans; no euro twice.

    The city's line in the whole project's plan is the sum of its lines in the parts. What it has beyond
    those that are entered stands in parts that are not.
    """
    found = [
        _contribution(_("Rahoitus muiden osissa, %s") % plan.owner, plan)
        for plan in figures.plans
        if plan is not figures.city_plan and plan.city_lines
    ]
    whole, own = figures.whole_plan, figures.city_plan
    if whole is None or not whole.city_lines:
        return tuple(found)
    stated = _contribution(_("Rahoitus koko hankkeessa"), whole)
    own_lines = own.own_lines if own is not None else ()
    if not found and not own_lines:
        return (stated,)
    entered = sum_if_all_known([_amount(own_lines), *(part.amount for part in found)])
    rest = difference(stated.amount, entered)
    if rest is not None and rest > 0:
        found.append(Contribution(_("Rahoitus muiden osissa, toteuttaja ei tiedossa"), None, rest))
    return tuple(found)


def only_funds(figures: ProjectFigures) -> bool:
    """Whether all of the city's money stands in others' plans.

    If the whole project's plan states it, that is all of it, even if the city has a part without a plan.
    """
    if figures.city_plan is not None:
        return False
    if figures.whole_plan is not None and figures.whole_plan.city_lines:
        return True
    return not figures.city_has_part and bool(contributions(figures))


def in_all(parts: Iterable[Contribution]) -> Decimal | None:
    return sum_if_all_known(part.amount for part in parts)


def without_year(parts: Sequence[Contribution]) -> Decimal | None:
    placed = (amount for part in parts for amount in part.years.values())
    return difference(in_all(parts), sum(placed, ZERO))


def in_year(parts: Sequence[Contribution], year: int) -> Decimal | None:
    """A year without amounts is 0 only if everything has a year."""
    known = [part.years[year] for part in parts if year in part.years]
    if not known and without_year(parts) != 0:
        return None
    return sum(known, ZERO)


def contribution_to(organisation_id: int | None, parts: Iterable[Contribution]) -> Contribution | None:
    """What pays an invoice of this implementer: its own plan's line, else the whole project's."""
    by_owner = {part.organisation_id: part for part in parts}
    return by_owner.get(organisation_id) or by_owner.get(None)


def _contribution(label: str, plan: PlanFigures) -> Contribution:
    years: dict[int, Decimal] = {}
    for line in plan.city_lines:
        for year, amount in line.years.items():
            years[year] = years.get(year, ZERO) + amount
    return Contribution(label, plan.organisation_id, _amount(plan.city_lines), years)


def _amount(lines: Iterable[LineFigures]) -> Decimal | None:
    return sum_if_all_known(line.amount for line in lines)
