"""What is known of a project when its decision is drafted, as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from financing.choices import CapBase, CityMoney
from financing.rules.figures.commitments import SharedCostFigures
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import FundingDecisionFigures, GroupFigures
from mikrogrow.values.dates import format_date
from projects.choices import ImplementerRole


@dataclass(frozen=True)
class Cap:
    """What the decision authorises: at most so many euros, so many percent (0–100) of `share_of`, or both.

    `covers` are values of CityMoney. Without years it is for all of them; `project` is empty for the
    decision's own.
    """

    amount: Decimal | None
    share: Decimal | None = None
    share_of: str = CapBase.PART
    years: tuple[int, ...] = ()
    covers: tuple[str, ...] = (CityMoney.OWN_SHARE,)
    is_gross: bool = False
    project: str = ""


@dataclass(frozen=True)
class Reserved:
    """An appropriation that the decision's money is paid from; without a year it is for all of them."""

    name: str
    ledger_code: str = ""
    year: int | None = None


@dataclass(frozen=True)
class CityFunding:
    """What the city gives to another implementer's part, or to the whole project if it has no `owner`."""

    owner: str
    amount: Decimal | None
    years: tuple[tuple[int, Decimal], ...] = ()


@dataclass(frozen=True)
class Amended:
    """The earlier decision that this one changes."""

    body: str
    day: date | None
    section: int | None

    @property
    def place(self) -> str:
        """For example "15.12.2025 § 371"; empty if neither is known."""
        words = [format_date(self.day)] if self.day else []
        words += [f"§\u00a0{self.section}"] if self.section else []
        return " ".join(words)


@dataclass(frozen=True)
class DraftFacts:
    """Of one decision and its project. Euros; None and an empty text are unknown.

    `role` is a value of ImplementerRole; `implementers` are those with a budget of their own, without lead
    and city. `earlier` is the version of the city's budget that `part` would replace.
    """

    body: str
    project: str
    short_name: str
    city: str = ""
    amends: Amended | None = None
    role: str = ""
    unit: str = ""
    has_responsible_person: bool = False
    may_withdraw: bool = False
    withdraw_until: date | None = None
    lead: str = ""
    implementers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    programme: str = ""
    priority_axis: str = ""
    specific_objective: str = ""
    eura_code: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    background: str = ""
    target_group: str = ""
    activities: str = ""
    objectives: tuple[str, ...] = ()
    added_value: tuple[str, ...] = ()
    companies: int | None = None
    groups: tuple[GroupFigures, ...] = ()
    total_cost: Decimal | None = None
    total_is_approximate: bool = False
    cost_model: str = ""
    whole: PlanFigures | None = None
    part: PlanFigures | None = None
    earlier: PlanFigures | None = None
    grants: tuple[FundingDecisionFigures, ...] = ()
    shared: tuple[SharedCostFigures, ...] = ()
    pass_through: tuple[PassThroughFigures, ...] = ()
    funding: tuple[CityFunding, ...] = ()
    liability: Decimal | None = None
    # Whether the liability has the city's own part gross, as decisions in force authorise it.
    liability_is_gross: bool = False
    caps: tuple[Cap, ...] = ()
    reserved: tuple[Reserved, ...] = ()
    approvers: tuple[str, ...] = ()

    @property
    def only_funds(self) -> bool:
        return self.role == ImplementerRole.FUNDER_ONLY

    @property
    def has_part(self) -> bool:
        """Also where the role is unknown."""
        return self.role not in (ImplementerRole.FUNDER_ONLY, ImplementerRole.PARTICIPANT)

    @property
    def pays(self) -> bool:
        """False for a city that takes part without any money."""
        is_free = self.role == ImplementerRole.PARTICIPANT
        return not is_free or bool(self.caps or self.funding or self.shared)

    @property
    def is_alone(self) -> bool:
        """Whether the city's part is the whole project, as far as the costs tell."""
        return (
            self.role == ImplementerRole.LEAD
            and not self.implementers
            and self.part is not None
            and self.part.cost is not None
            and self.total_cost in (self.part.cost, self.part.gross_costs)
        )
