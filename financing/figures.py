"""The figures of a project as plain values: what rules, pages and documents compute with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mikrogrow.dates import format_years
from mikrogrow.money import sum_known


@dataclass(frozen=True)
class SourceFigures:
    """A funding source: `source_class` is a value of FundingSource.SourceClass."""

    source_id: int
    name: str
    source_class: str
    funder_id: int | None = None


@dataclass(frozen=True)
class LineFigures:
    """What one source gives to a plan. Euros and percent (0–100) as stated; None is unknown."""

    source: SourceFigures
    amount: Decimal | None
    share: Decimal | None
    years: Mapping[int, Decimal] = field(default_factory=dict)
    includes: tuple[SourceFigures, ...] = ()


@dataclass(frozen=True)
class CostFigures:
    """Planned costs of a year in euros; None is unknown."""

    year: int
    amount: Decimal | None
    category: str = ""


@dataclass(frozen=True)
class PlanFigures:
    """One version of a budget, of an implementer or (organisation_id None) of the whole project."""

    plan_id: int
    version: int
    status: str
    owner: str
    organisation_id: int | None
    cost: Decimal | None
    cost_is_approximate: bool
    lines: tuple[LineFigures, ...]
    costs: tuple[CostFigures, ...]
    status_label: str = ""
    reason: str = ""

    @property
    def own_lines(self) -> tuple[LineFigures, ...]:
        """The lines whose funder is the implementer itself; money and own work may stand apart."""
        if self.organisation_id is None:
            return ()
        return tuple(line for line in self.lines if line.source.funder_id == self.organisation_id)

    @property
    def is_approved(self) -> bool:
        """True for the version that is in force."""
        return self.status == "approved"

    @property
    def own_line(self) -> LineFigures | None:
        """The line of the own share, where there is exactly one."""
        return self.own_lines[0] if len(self.own_lines) == 1 else None

    @property
    def own_share(self) -> Decimal | None:
        """The own share in euros; unknown without a line for it, and as soon as one such line is unknown."""
        return sum_known([line.amount for line in self.own_lines]) if self.own_lines else None


@dataclass(frozen=True)
class SharedCostFigures:
    """What a partner invoices from the city on top of the city's own budget."""

    invoiced_by: str
    on_behalf_of: str
    amount: Decimal | None
    year: int | None

    @property
    def is_own_work(self) -> bool:
        """True where the partner invoices its own work."""
        return self.invoiced_by == self.on_behalf_of


@dataclass(frozen=True)
class CommitmentFigures:
    """What a decision that is in force authorises."""

    decision_id: int
    decision: str
    max_amount: Decimal | None
    max_share: Decimal | None
    first_year: int
    last_year: int
    covers_own_share: bool
    covers_shared_costs: bool
    appropriation: str = ""


@dataclass(frozen=True)
class GroupFigures:
    """A company group and how many companies it aims at."""

    name: str
    target: int | None


@dataclass(frozen=True)
class FundingDecisionFigures:
    """A funder's decision and its day."""

    funder: str
    decided_on: date
    first_year: int | None = None
    last_year: int | None = None
    reference: str = ""

    @property
    def years(self) -> str:
        """The years that it grants money for; empty where they are not known."""
        if self.first_year is None or self.last_year is None:
            return ""
        return format_years(self.first_year, self.last_year)


@dataclass(frozen=True)
class DecisionFigures:
    """A decision of the city, as far as reconciliation looks at it."""

    decision_id: int
    name: str
    title: str
    case_number: str
    stage: str
    stage_label: str
    meeting_date: date | None


@dataclass(frozen=True)
class PartyFigures:
    """An organisation in the project; `role` is a value of CoImplementer.Role."""

    organisation_id: int
    name: str
    short_name: str
    role: str
    role_label: str
    is_own_city: bool


@dataclass(frozen=True)
class ProjectFigures:
    """Everything that the reconciliation and the pages of money need to know of one project."""

    project_id: int
    name: str
    starts_on: date | None
    ends_on: date | None
    eura_code: str
    total_cost: Decimal | None
    total_cost_is_approximate: bool
    target_companies: int | None
    whole_plan: PlanFigures | None = None
    plans: tuple[PlanFigures, ...] = ()
    parties: tuple[PartyFigures, ...] = ()
    shared_costs: tuple[SharedCostFigures, ...] = ()
    commitments: tuple[CommitmentFigures, ...] = ()
    groups: tuple[GroupFigures, ...] = ()
    funding_decisions: tuple[FundingDecisionFigures, ...] = ()
    decisions: tuple[DecisionFigures, ...] = ()

    @property
    def city(self) -> PartyFigures | None:
        """The city's own part in the project."""
        return next((party for party in self.parties if party.is_own_city), None)

    @property
    def lead(self) -> PartyFigures | None:
        """The lead partner."""
        return next((party for party in self.parties if party.role == "lead"), None)

    @property
    def city_plan(self) -> PlanFigures | None:
        """The plan of the city's own part that counts: the approved one, else the draft."""
        city = self.city
        return next(
            (plan for plan in self.plans if city and plan.organisation_id == city.organisation_id), None
        )
