"""The city's money in a project, computed once for page, PDF, workbook and checks."""

from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from financing.rules.calculations import Liability, liability
from financing.rules.figures.projects import ProjectFigures
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
    """What the city answers for, may pay and has used; each computed when first needed."""

    figures: ProjectFigures

    @cached_property
    def liability(self) -> Liability:
        return liability(self.figures)

    @cached_property
    def liability_by_year(self) -> LiabilityByYear:
        return liability_by_year(self.figures)

    @cached_property
    def _caps_and_outside(self) -> tuple[tuple[CapUsage, ...], CapUsage]:
        *caps, outside = cap_usages(self.figures)
        return tuple(caps), outside

    @property
    def caps(self) -> tuple[CapUsage, ...]:
        return self._caps_and_outside[0]

    @property
    def outside(self) -> CapUsage:
        return self._caps_and_outside[1]

    @cached_property
    def appropriations(self) -> tuple[CapUsage, ...]:
        return tuple(appropriation_usages(self.figures))

    @cached_property
    def used(self) -> MoneyUsed:
        return money_used(self.figures)

    @cached_property
    def categories(self) -> tuple[PlanActualForecast, ...]:
        return tuple(compare_categories(self.figures))

    @cached_property
    def advance(self) -> AdvancePayment | None:
        return advance_payment(self.figures)


@cached_by(attrgetter("project_id"))
def city_money(figures: ProjectFigures) -> CityMoney:
    return CityMoney(figures)
