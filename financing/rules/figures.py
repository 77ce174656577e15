"""A project's figures as plain values, for rules, pages and documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from financing.choices import DEDUCTED, CostCategory, PlanStatus
from mikrogrow.values.dates import format_date, format_years
from mikrogrow.values.money import ZERO, cut, round_half_up, sum_known
from mikrogrow.values.translation import gettext as _
from projects.choices import DecisionStage, ImplementerRole


@dataclass(frozen=True)
class SourceFigures:
    """`source_class` is a value of SourceClass."""

    source_id: int
    name: str
    source_class: str
    funder_id: int | None = None


@dataclass(frozen=True)
class LineFigures:
    """What one source gives to a plan, as stated: euros and percent (0–100); None is unknown."""

    source: SourceFigures
    amount: Decimal | None
    share: Decimal | None
    years: Mapping[int, Decimal] = field(default_factory=dict)
    includes: tuple[SourceFigures, ...] = ()


@dataclass(frozen=True)
class CostFigures:
    """Planned costs of a year in euros; None is unknown. `code` is a value of CostCategory.

    Revenue has a positive amount that is deducted.
    """

    year: int
    amount: Decimal | None
    category: str = ""
    code: str = CostCategory.NOT_BROKEN_DOWN

    @property
    def is_deducted(self) -> bool:
        return self.code in DEDUCTED

    @property
    def net(self) -> Decimal | None:
        """Euros; negative for revenue."""
        return -self.amount if self.amount is not None and self.is_deducted else self.amount


@dataclass(frozen=True)
class PlanFigures:
    """One version of a budget: an implementer's, or the project's if `organisation_id` is None."""

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

    @cached_property
    def own_lines(self) -> tuple[LineFigures, ...]:
        if self.organisation_id is None:
            return ()
        # Money and own work may be two lines.
        return tuple(line for line in self.lines if line.source.funder_id == self.organisation_id)

    @property
    def is_approved(self) -> bool:
        return self.status == PlanStatus.APPROVED

    @property
    def own_line(self) -> LineFigures | None:
        return self.own_lines[0] if len(self.own_lines) == 1 else None

    @cached_property
    def own_share(self) -> Decimal | None:
        """Euros; None if there is no own line, or one of them is unknown."""
        return sum_known(line.amount for line in self.own_lines) if self.own_lines else None

    def own_share_of(self, costs: Decimal) -> Decimal | None:
        """The implementer's part of its costs in euros: costs × own share ÷ net costs.

        Rounded half up to the cent: pass the sum of all costs, so that it is rounded once. None if the own
        share or the net costs are unknown, or the net costs are 0.
        """
        if self.own_share is None or not self.cost:
            return None
        return round_half_up(costs * self.own_share / self.cost, 2)

    @cached_property
    def sources_total(self) -> Decimal | None:
        """Euros; None if there are no lines, or one of them is unknown."""
        return sum_known(line.amount for line in self.lines) if self.lines else None

    def sources_in(self, year: int) -> Decimal | None:
        return sum_known(line.years.get(year) for line in self.lines) if self.lines else None

    @cached_property
    def source_years(self) -> frozenset[int]:
        return frozenset(year for line in self.lines for year in line.years)

    @cached_property
    def costs_by_year(self) -> Mapping[int, Decimal | None]:
        """Net costs (revenue deducted) in euros, in the order of the years."""
        years = sorted({cost.year for cost in self.costs})
        return {year: sum_known(cost.net for cost in self.costs if cost.year == year) for year in years}

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({*self.costs_by_year, *self.source_years}))

    @property
    def gross_costs(self) -> Decimal | None:
        return sum_known([self.cost, *(cost.amount for cost in self.costs if cost.is_deducted)])

    def gross_costs_in(self, year: int) -> Decimal | None:
        if year not in self.costs_by_year:
            # 0 only if all costs are divided by year.
            divided = sum_known(self.costs_by_year.values())
            return ZERO if divided is not None and divided == self.cost else None
        return sum_known(cost.amount for cost in self.costs if cost.year == year and not cost.is_deducted)

    def category_by_year(self, code: str) -> dict[int, Decimal | None]:
        of_category = [cost for cost in self.costs if cost.code == code]
        years = sorted({cost.year for cost in of_category})
        return {year: sum_known(cost.amount for cost in of_category if cost.year == year) for year in years}

    @property
    def has_categories(self) -> bool:
        return any(cost.code != CostCategory.NOT_BROKEN_DOWN for cost in self.costs)


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


@dataclass(frozen=True)
class InvoiceSum:
    """Invoices of one status, year, kind of cost and commitment, in euros as they are the project's costs.

    `category` is a value of CostCategory, empty for a shared cost.
    """

    status: str
    year: int
    category: str
    shared_cost_id: int | None
    commitment_id: int | None
    count: int
    cost: Decimal

    @property
    def is_shared(self) -> bool:
        return self.shared_cost_id is not None


@dataclass(frozen=True)
class ClaimCostFigures:
    """Costs of a category in a claim, in euros; `eligible` is None until the funder has decided."""

    category: str
    label: str
    claimed: Decimal
    eligible: Decimal | None
    deduction_reason: str = ""

    @property
    def is_deducted(self) -> bool:
        return self.category in DEDUCTED


@dataclass(frozen=True)
class ClaimSourceFigures:
    """What a source was asked for and has paid, in euros; None is unknown or not yet paid."""

    source: SourceFigures
    claimed: Decimal | None
    paid: Decimal | None
    paid_on: date | None


@dataclass(frozen=True)
class SetAsideFigures:
    """A disputed cost left out of a claim; `taken_into` is the number of the claim that includes it."""

    label: str
    amount: Decimal
    reason: str
    taken_into: int | None


@dataclass(frozen=True)
class ClaimFigures:
    """A payment claim of the city's part. `status` is a value of ClaimStatus."""

    claim_id: int
    number: int
    first_day: date
    last_day: date
    status: str
    status_label: str
    submitted_on: date | None = None
    decided_on: date | None = None
    note: str = ""
    is_example: bool = False
    costs: tuple[ClaimCostFigures, ...] = ()
    sources: tuple[ClaimSourceFigures, ...] = ()
    set_aside: tuple[SetAsideFigures, ...] = ()


@dataclass(frozen=True)
class ForecastFigures:
    """What the city expected on a day to use, in euros by source and year."""

    forecast_id: int
    made_on: date
    note: str
    is_example: bool
    amounts: tuple[tuple[SourceFigures, int, Decimal], ...]


@dataclass(frozen=True)
class ExplanationFigures:
    """A person's explanation of a finding, with the numbers that it explained."""

    code: str
    subject: str
    detail: str
    left: str
    right: str
    difference: str
    sentence: str
    explanation: str
    by: str
    at: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.code, self.subject, self.detail)

    @property
    def numbers(self) -> tuple[str, str, str]:
        return (self.left, self.right, self.difference)

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)

    @property
    def words(self) -> str:
        shown = {"by": self.by, "day": format_date(self.day)}
        if not (self.left and self.right and self.difference):
            return _("%(by)s selitti havainnon %(day)s.") % shown
        shown |= {"difference": self.difference.lstrip("+"), "left": self.left, "right": self.right}
        return _("%(by)s selitti %(day)s eron %(difference)s (%(left)s – %(right)s).") % shown


@dataclass(frozen=True)
class GroupFigures:
    """`target` is a number of companies; None is unknown."""

    name: str
    target: int | None


@dataclass(frozen=True)
class FundingDecisionFigures:
    funder: str
    decided_on: date
    first_year: int | None = None
    last_year: int | None = None
    reference: str = ""
    is_change: bool = False

    @property
    def years(self) -> str:
        if self.first_year is None or self.last_year is None:
            return ""
        return format_years(self.first_year, self.last_year)


@dataclass(frozen=True)
class DecisionFigures:
    """A decision of the city, as far as the reconciliation needs it."""

    decision_id: int
    name: str
    title: str
    case_number: str
    stage: str
    stage_label: str
    meeting_date: date | None

    @property
    def is_decided(self) -> bool:
        return self.stage == DecisionStage.DECIDED


@dataclass(frozen=True)
class PartyFigures:
    """An organisation in the project; `role` is a value of ImplementerRole."""

    organisation_id: int
    name: str
    short_name: str
    role: str
    role_label: str
    is_own_city: bool
    # The key of its CoImplementer.
    part_id: int | None = None


@dataclass(frozen=True)
class ProjectFigures:
    """Everything that the reconciliation and the pages of money need of one project.

    `commitments` are those in force; `replaced_commitments` are for the invoices that name them.
    """

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
    cost_model: str = ""
    appropriations: tuple[AppropriationFigures, ...] = ()
    invoices: tuple[InvoiceSum, ...] = ()
    claims: tuple[ClaimFigures, ...] = ()
    forecasts: tuple[ForecastFigures, ...] = ()
    explanations: tuple[ExplanationFigures, ...] = ()
    replaced_commitments: tuple[CommitmentFigures, ...] = ()

    @property
    def city(self) -> PartyFigures | None:
        return next((party for party in self.parties if party.is_own_city), None)

    @property
    def lead(self) -> PartyFigures | None:
        return next((party for party in self.parties if party.role == ImplementerRole.LEAD), None)

    @cached_property
    def city_plan(self) -> PlanFigures | None:
        """The plan of the city's own part: the approved one, else the draft."""
        city = self.city
        return next(
            (plan for plan in self.plans if city and plan.organisation_id == city.organisation_id), None
        )

    @property
    def approved_plan(self) -> PlanFigures | None:
        return self.city_plan if self.city_plan is not None and self.city_plan.is_approved else None

    @property
    def first_grant(self) -> date | None:
        return min(
            (decision.decided_on for decision in self.funding_decisions if not decision.is_change),
            default=None,
        )


def whole_subject() -> str:
    return _("Koko hanke")


def plan_subject(plan: PlanFigures) -> str:
    return budget_title(plan.organisation_id, plan.owner)


def budget_title(organisation_id: int | None, owner: str) -> str:
    if organisation_id is None:
        return whole_subject()
    return _("Osahanke, %(owner)s") % {"owner": owner}
