"""The city's money in a project, computed once: what page, PDF, workbook and checks all read."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from financing.rules.calculations import Liability, liability
from financing.rules.figures import ProjectFigures
from financing.rules.liability_by_year import (
    CapUsage,
    LiabilityByYear,
    appropriation_usages,
    cap_usages,
    liability_by_year,
)
from financing.rules.spending import (
    AdvancePayment,
    MoneyUsed,
    PlanActualForecast,
    advance_payment,
    compare_categories,
    money_used,
)
from mikrogrow.database.cache import cached_by


@dataclass(frozen=True)
class CityMoney:
    """What the city answers for, is authorised to pay and has used; each is computed when first asked for."""

    figures: ProjectFigures

    @cached_property
    def liability(self) -> Liability:
        return liability(self.figures)

    @cached_property
    def liability_by_year(self) -> LiabilityByYear:
        return liability_by_year(self.figures)

    @cached_property
    def _cap_usages(self) -> tuple[CapUsage, ...]:
        return tuple(cap_usages(self.figures))

    @property
    def caps(self) -> tuple[CapUsage, ...]:
        """What is used of each cap."""
        return self._cap_usages[:-1]

    @property
    def outside(self) -> CapUsage:
        """What is used outside every cap."""
        return self._cap_usages[-1]

    @cached_property
    def appropriations(self) -> tuple[CapUsage, ...]:
        """What this project uses of each appropriation."""
        return tuple(appropriation_usages(self.figures))

    @cached_property
    def used(self) -> MoneyUsed:
        """Own costs planned and used."""
        return money_used(self.figures)

    @cached_property
    def categories(self) -> tuple[PlanActualForecast, ...]:
        """Own costs planned and used by category."""
        return tuple(compare_categories(self.figures))

    @cached_property
    def advance(self) -> AdvancePayment | None:
        """What the city has paid on behalf of the other sources."""
        return advance_payment(self.figures)


@cached_by(attrgetter("project_id"))
def city_money(figures: ProjectFigures) -> CityMoney:
    """The same value for the same figures."""
    return CityMoney(figures)
