"""A project's figures as plain values, for rules, pages and documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.utils import timezone

from financing.choices import INVOICED
from financing.rules.figures.commitments import (
    AppropriationFigures,
    CommitmentFigures,
    OtherNeeds,
    SharedCostFigures,
)
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.spending import (
    ClaimFigures,
    ForecastFigures,
    InvoiceSum,
    NamedInvoice,
    RevenueFigures,
    by_year,
)
from financing.rules.sharing import Sharing
from mikrogrow.values.dates import format_date, format_years
from mikrogrow.values.finnish.figures import for_years
from mikrogrow.values.money import format_euros, format_percent
from mikrogrow.values.translation import gettext as _
from projects.choices import (
    IN_FORCE,
    WITH_BUDGET,
    DecisionOutcome,
    DecisionStage,
    ImplementerRole,
    ProjectStatus,
)
from projects.decisions.check.marks import Mark


@dataclass(frozen=True)
class PartyFigures:
    """An organisation in the project; `role` is a value of ImplementerRole."""

    organisation_id: int
    name: str
    short_name: str
    role: str
    role_label: str
    is_own_city: bool
    co_implementer_id: int | None = None


@dataclass(frozen=True)
class GroupFigures:
    """`target` is a number of companies; None is unknown."""

    name: str
    target: int | None


@dataclass(frozen=True)
class FundingDecisionFigures:
    """What a funder grants: at most euros, at most percent (0–100) of net costs, or both; None is unknown.

    `committed` is a part of `max_amount`, `reserved` comes on top. `changes` is the decision that this one
    replaces.
    """

    funder: str
    decided_on: date
    first_year: int | None = None
    last_year: int | None = None
    reference: str = ""
    is_change: bool = False
    decision_id: int = 0
    funder_id: int = 0
    max_amount: Decimal | None = None
    max_share: Decimal | None = None
    committed: Decimal | None = None
    reserved: Decimal | None = None
    changes: int | None = None
    conditions: str = ""

    @property
    def years(self) -> str:
        if self.first_year is None or self.last_year is None:
            return ""
        return format_years(self.first_year, self.last_year)

    @property
    def for_years(self) -> str:
        """In the case of whom it is for; empty if they are unknown."""
        if self.first_year is None or self.last_year is None:
            return ""
        return for_years(range(self.first_year, self.last_year + 1))

    @property
    def granted_words(self) -> str:
        """What it grants, with what of it is committed and what is reserved; empty if it is unknown."""
        most = [
            *([format_euros(self.max_amount)] if self.max_amount is not None else []),
            *([format_percent(self.max_share)] if self.max_share is not None else []),
        ]
        words = [_("enintään %s") % _(" ja ").join(most)] if most else []
        if self.committed is not None:
            words.append(_("siitä sidottu %s") % format_euros(self.committed))
        if self.reserved is not None:
            words.append(_("lisäksi varattu %s") % format_euros(self.reserved))
        return ", ".join(words)


@dataclass(frozen=True)
class DecisionText:
    """A part of a decision's text; `kind` is a value of DecisionPartKind, or CONDITIONS."""

    kind: str
    label: str
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class DecisionFigures:
    """A decision of the city, as far as the reconciliation needs it.

    `plans` are the versions of the project's budgets that it rests on: the city's own, or those that a city
    gives money to that only funds; none if none was approved. `amends` is the decision that it changes.
    `authorises` is what it says, be it made or not. The texts are those of a decision that was prepared in
    the project; if it `concerns_others`, they speak of other projects too.
    """

    decision_id: int
    name: str
    title: str
    case_number: str
    stage: str
    stage_label: str
    meeting_date: date | None
    outcome: str = DecisionOutcome.UNANIMOUS
    plans: tuple[PlanFigures, ...] = ()
    amends: int | None = None
    authorises: tuple[CommitmentFigures, ...] = ()
    texts: tuple[DecisionText, ...] = ()
    concerns_others: bool = False
    # For pages: the name as it was corrected.
    body: str = ""
    shown_name: str = ""
    is_corrected: bool = False

    @property
    def is_decided(self) -> bool:
        return self.stage == DecisionStage.DECIDED

    @property
    def is_in_force(self) -> bool:
        return self.is_decided and self.outcome in IN_FORCE


@dataclass(frozen=True)
class ExplanationFigures:
    """A person's explanation of a finding, with the numbers that it explained.

    `facts` are the finding's words at that time; None if they were not kept.
    """

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
    facts: str | None = None

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
class ProjectFigures:
    """Everything that the reconciliation and the pages of money need of one project.

    `commitments` are those in force; `replaced_commitments` are for the invoices that name them. What was
    recorded wrong is not among them: `corrections` map it to the commitment that stands for it.
    `other_needs` are those of other projects, by the name and the year of an appropriation.
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
    # Of budgets that have an approved version too.
    draft_plans: tuple[PlanFigures, ...] = ()
    parties: tuple[PartyFigures, ...] = ()
    shared_costs: tuple[SharedCostFigures, ...] = ()
    sharings: tuple[Sharing, ...] = ()
    pass_through: tuple[PassThroughFigures, ...] = ()
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
    corrections: Mapping[int, int] = field(default_factory=dict)
    status: str = ProjectStatus.RUNNING
    other_needs: Mapping[tuple[str, int | None], OtherNeeds] = field(default_factory=dict)
    # As of an earlier day: invoices are recorded, so that none by then is known to be none.
    invoices_follow: bool = False
    # By its status of today, or it is past its last day although still recorded as running. No finding rests
    # on it, as no row changes when the day goes by.
    is_over: bool = False
    # As of an earlier day: what is shown as it is now, because no day of it is known.
    without_day: tuple[str, ...] = ()
    revenue: tuple[RevenueFigures, ...] = ()
    invoices_outside: tuple[NamedInvoice, ...] = ()

    @property
    def city(self) -> PartyFigures | None:
        return next((party for party in self.parties if party.is_own_city), None)

    @property
    def city_has_part(self) -> bool:
        """False for a city that only funds, and for one that is not in the project."""
        return self.city is not None and self.city.role in WITH_BUDGET

    @property
    def lead(self) -> PartyFigures | None:
        return next((party for party in self.parties if party.role == ImplementerRole.LEAD), None)

    @property
    def city_leads(self) -> bool:
        return self.lead is not None and self.lead.is_own_city

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

    @cached_property
    def is_gross(self) -> bool | None:
        """Whether decisions authorise the city's own part gross; None if some do and others do not."""
        found = {row.is_gross for row in self.commitments if row.covers_own_share}
        return None if len(found) > 1 else found == {True}

    @property
    def has_invoices(self) -> bool:
        return any(row.status in INVOICED for row in self.invoices)

    @cached_property
    def revenue_by_year(self) -> Mapping[int, Decimal]:
        return by_year(self.revenue)

    @property
    def deducted_revenue(self) -> Mapping[int, Decimal]:
        """What is taken off the city's part; under a gross authority income stands beside costs."""
        return {} if self.is_gross else self.revenue_by_year

    @property
    def keeps_invoices(self) -> bool:
        """Whether no invoice means 0 euros, and not that nobody has recorded any."""
        return bool(self.invoices) or self.invoices_follow

    @property
    def lacks_invoices(self) -> bool:
        """True of a project that is over and has no invoice recorded: nobody knows what it used."""
        return self.is_over and not self.keeps_invoices

    @property
    def is_refused(self) -> bool:
        """True if the city has decided and no decision is in force: that authorises 0 euros."""
        made = [decision for decision in self.decisions if decision.is_decided]
        return bool(made) and not any(decision.is_in_force for decision in made)

    @property
    def grants(self) -> list[FundingDecisionFigures]:
        """Without change decisions: what one funds was already under way."""
        return [decision for decision in self.funding_decisions if not decision.is_change]

    @property
    def first_grant(self) -> date | None:
        return min((decision.decided_on for decision in self.grants), default=None)
