"""What the city pays on top of its budget, and what it authorises and reserves, as plain values."""

from dataclasses import dataclass
from decimal import Decimal

from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.money import cut


@dataclass(frozen=True)
class SharedCostFigures:
    """What a partner invoices from the city on top of the city's own budget. Euros; None is unknown."""

    invoiced_by: str
    on_behalf_of: str
    amount: Decimal | None
    year: int | None
    shared_cost_id: int = 0

    @property
    def is_own_work(self) -> bool:
        return self.invoiced_by == self.on_behalf_of


@dataclass(frozen=True)
class CommitmentFigures:
    """What a decision authorises: euros, or percent (0–100) of the plan's net costs, or both.

    `replaced_by` are the decisions that replace its authority: none while it is in force.
    """

    decision_id: int
    decision: str
    max_amount: Decimal | None
    max_share: Decimal | None
    first_year: int
    last_year: int
    covers_own_share: bool
    covers_shared_costs: bool
    appropriation: str = ""
    commitment_id: int = 0
    appropriation_name: str = ""
    replaced_by: tuple[int, ...] = ()

    def cap(self, plan: PlanFigures | None) -> Decimal | None:
        """The most that the city may pay in euros, the smaller of sum and percentage; None is unknown."""
        if self.max_share is None:
            return self.max_amount
        if plan is None or plan.cost is None:
            return None
        # Cut to the cent, because "at most" is never rounded up.
        by_share = cut(plan.cost * self.max_share / 100, 2)
        return by_share if self.max_amount is None else min(by_share, self.max_amount)


@dataclass(frozen=True)
class AppropriationFigures:
    """Money that the city reserved for a year, or for all years (None). Euros; None is unknown."""

    name: str
    year: int | None
    amount: Decimal | None
