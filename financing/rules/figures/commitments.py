"""What the city pays on top of its budget, and what it authorises and reserves, as plain values."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from financing.choices import COVERS, CapBase
from mikrogrow.values.dates import format_years
from mikrogrow.values.finnish.figures import for_years


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
    """What a decision authorises: euros, or percent (0–100) of `share_of`, or both (`rules.caps`).

    Without years it holds for all of them. With `is_gross` it authorises all that the city's own part costs,
    else what of it stays for the city to pay. `replaced_by` are the decisions that replace its authority:
    none while it is in force. `stated_left` is what the paper says is left of the appropriation,
    `left_when_decided` what all decisions of that day leave of it.
    """

    decision_id: int
    decision: str
    max_amount: Decimal | None
    max_share: Decimal | None
    first_year: int | None
    last_year: int | None
    covers_own_share: bool
    covers_shared_costs: bool
    appropriation: str = ""
    commitment_id: int = 0
    appropriation_name: str = ""
    replaced_by: tuple[int, ...] = ()
    covers_contributions: bool = False
    share_of: str = CapBase.PART
    is_gross: bool = False
    appropriation_year: int | None = None
    stated_left: Decimal | None = None
    left_when_decided: Decimal | None = None

    @cached_property
    def covers(self) -> tuple[str, ...]:
        """Values of CityMoney."""
        return tuple(kind.value for kind, column in COVERS.items() if getattr(self, column))

    def is_for(self, year: int) -> bool:
        return self.first_year is None or self.last_year is None or self.first_year <= year <= self.last_year

    @property
    def years(self) -> str:
        """For example "2017–2019"; empty if it is for all years."""
        if self.first_year is None or self.last_year is None:
            return ""
        return format_years(self.first_year, self.last_year)

    @property
    def for_years(self) -> str:
        """In the case of whom it is for; read it only of years that are known."""
        assert self.first_year is not None and self.last_year is not None
        return for_years(range(self.first_year, self.last_year + 1))


@dataclass(frozen=True)
class AppropriationFigures:
    """Money that the city reserved for a year, or for all years (None). Euros; None is unknown.

    `committed` is what else than these projects takes from it.
    """

    name: str
    year: int | None
    amount: Decimal | None
    committed: Decimal | None = Decimal(0)
    appropriation_id: int = 0

    @property
    def at_most(self) -> Decimal | None:
        """What is left for projects, as far as is known."""
        return None if self.amount is None else self.amount - (self.committed or 0)


@dataclass(frozen=True)
class OtherNeeds:
    """What so many other projects need of an appropriation, at least and at most, and may use and have used.

    Euros; None is unknown.
    """

    projects: int
    least: Decimal
    most: Decimal | None
    authorised: Decimal | None = Decimal(0)
    invoiced: Decimal | None = Decimal(0)
    approved: Decimal | None = Decimal(0)


NO_OTHER_NEEDS = OtherNeeds(0, Decimal(0), Decimal(0))
