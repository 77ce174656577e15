"""What only the printed budget has: sections, approvals with amounts in words, versions' differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from financing.budget_pdf.rows import OlderVersions, PrintedCheck, listed_versions
from financing.queries.versions import VersionSummary, versions_to_compare
from financing.reconciliation.findings import Finding
from financing.reports.charts import LiabilityChart
from financing.reports.costs import CostTable
from financing.reports.implementers import ImplementersReport
from financing.reports.plans import CapRow, FinancingReport, PlanTable, ShareTable
from financing.reports.spending import SpendingReport
from financing.reports.versions import Budget, ComparisonReport, comparison_report
from financing.rules.comparison import compare_plans
from financing.rules.figures.projects import ProjectFigures
from financing.rules.liability_by_year import ByYear, LiabilityByYear
from mikrogrow.values.money import ZERO, format_amount
from mikrogrow.values.number_words import LARGEST, euros_in_words

# So many years always fit on a portrait page, and more if there is room beside the sources and their sums.
# Others need a landscape page, and even more years go on further sheets. Millimetres, for small type.
YEARS_UPRIGHT = 4
ROOM_FOR_YEARS, GAP, DIGIT = 85, 2.1, 1.5
YEARS_ON_A_SHEET = 8
COST_YEARS_ON_A_SHEET = 7
# A plan with at most so many sources is not broken across pages.
MAX_UNBROKEN_SOURCES = 10


@dataclass(frozen=True)
class Section:
    """`template` shows `item`; `name` is for the contents, and the heading too if there is no other.

    Numbered when all sections of the document are known.
    """

    name: str
    template: str
    item: Any
    heading: str = ""
    is_wide: bool = False
    number: int | None = None

    @property
    def title(self) -> str:
        return self.heading or self.name

    @property
    def anchor(self) -> str:
        return slugify(f"{self.number} {self.name}")


@dataclass(frozen=True)
class InForce:
    """The version of a budget that counts: the approved one, else the draft."""

    title: str
    version: VersionSummary
    in_words: str

    @property
    def is_approved(self) -> bool:
        return self.version.is_approved


@dataclass(frozen=True)
class CapApproval:
    """A cap with the day of the decision that authorises it; None if the day is unknown."""

    cap: CapRow
    decided_on: date | None
    in_words: str


@dataclass(frozen=True)
class Approvals:
    """What was approved; `drafts` are titles of budgets without an approved version."""

    plans: tuple[InForce, ...]
    caps: tuple[CapApproval, ...]
    drafts: tuple[str, ...]


@dataclass(frozen=True)
class Difference:
    """A budget's versions, and the report on two of them: `old` and `new`."""

    title: str
    versions: tuple[VersionSummary, ...]
    older: OlderVersions | None
    old: VersionSummary
    new: VersionSummary
    report: ComparisonReport


@dataclass(frozen=True)
class Sheet:
    """A plan with as many of its years as fit on a page; a short one is not broken across pages."""

    plan: PlanTable
    is_short: bool

    @property
    def has_shares(self) -> bool:
        return any(row.stated_share is not None for group in self.plan.classes for row in group.rows)

    @property
    def blanks(self) -> str:
        """A letter for each column between the sum and the years."""
        return "123" if self.has_shares else "1"

    @property
    def columns(self) -> int:
        return self.plan.columns if self.has_shares else self.plan.columns - 2


@dataclass(frozen=True)
class PrintedPlan:
    """A budget's sheets; `costs` is empty if its costs are not divided into categories."""

    title: str
    sheets: tuple[Sheet, ...]
    costs: tuple[CostTable, ...] = ()


@dataclass(frozen=True)
class PrintedPlans:
    """Several budgets; `missing` names those without a plan."""

    plans: tuple[PrintedPlan, ...] = ()
    has_headings: bool = False
    implementers: ImplementersReport | None = None
    shares: ShareTable | None = None
    missing: Sequence[str] = ()


@dataclass(frozen=True)
class PrintedCosts:
    plan: PlanTable
    tables: tuple[CostTable, ...]


@dataclass(frozen=True)
class LiabilityYear:
    """The total liability of a year in euros; without a year, of costs with none, or the sum."""

    year: int | None
    own: Decimal | None
    contributions: Decimal | None
    shared: Decimal | None
    planned: Decimal | None
    invoiced: Decimal | None
    approved: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True)
class IncomeYear:
    """What comes in beside gross expenditure, in euros."""

    name: str
    planned: Decimal | None
    claimed: Decimal | None
    received: Decimal | None


@dataclass(frozen=True)
class LiabilityYears:
    """One row a year, so that any number of years fits on the page.

    `income` is empty unless authority is gross.
    """

    rows: tuple[LiabilityYear, ...]
    total: LiabilityYear
    has_own: bool
    has_contributions: bool
    has_shared: bool
    income: tuple[IncomeYear, ...] = ()


@dataclass(frozen=True)
class PrintedLiability:
    report: FinancingReport
    spending: SpendingReport
    years: LiabilityYears
    chart: LiabilityChart | None
    has_examples: bool


@dataclass(frozen=True)
class PrintedFindings:
    found: Sequence[Finding]
    passed: Sequence[PrintedCheck]
    unknown: Sequence[PrintedCheck]


def versions_in_force(found: Sequence[Budget]) -> tuple[InForce, ...]:
    chosen = []
    for budget in found:
        approved = next((row for row in budget.versions if row.is_approved), budget.versions[0])
        chosen.append(InForce(budget.title, approved, _in_words(approved.total)))
    return tuple(chosen)


def approvals(in_force: Sequence[InForce], caps: Sequence[CapRow], figures: ProjectFigures) -> Approvals:
    days = {decision.decision_id: decision.meeting_date for decision in figures.decisions}
    return Approvals(
        plans=tuple(plan for plan in in_force if plan.is_approved),
        caps=tuple(CapApproval(cap, days.get(cap.decision_id), _in_words(cap.cap)) for cap in caps),
        drafts=tuple(plan.title for plan in in_force if not plan.is_approved),
    )


def differences(found: Sequence[Budget]) -> tuple[Difference, ...]:
    pairs = [(budget, *budget.pair) for budget in found if budget.can_compare]
    plans = versions_to_compare(version.plan_id for _budget, *pair in pairs for version in pair)
    return tuple(
        Difference(
            budget.title,
            *listed_versions(budget.versions),
            old,
            new,
            comparison_report(compare_plans(plans[old.plan_id], plans[new.plan_id])),
        )
        for budget, old, new in pairs
    )


def liability_years(liability: LiabilityByYear) -> LiabilityYears:
    nothing = ByYear((ZERO,) * len(liability.years), ZERO, ZERO)
    stages = (
        liability.own,
        liability.contributions or nothing,
        liability.shared,
        liability.planned,
        liability.invoiced,
        liability.approved,
        liability.paid,
    )
    rows = [
        LiabilityYear(year, *(stage.years[position] for stage in stages))
        for position, year in enumerate(liability.years)
    ]
    if any(stage.undated != 0 for stage in stages):
        rows.append(LiabilityYear(None, *(stage.undated for stage in stages)))
    total = LiabilityYear(None, *(stage.total for stage in stages))
    return LiabilityYears(
        tuple(rows),
        total,
        liability.has_own,
        liability.contributions is not None,
        liability.has_shared,
        _income_years(liability),
    )


def _income_years(liability: LiabilityByYear) -> tuple[IncomeYear, ...]:
    if liability.income is None:
        return ()
    stages = (liability.income.planned, liability.income.claimed, liability.income.received)
    rows = [
        IncomeYear(str(year), *(stage.years[position] for stage in stages))
        for position, year in enumerate(liability.years)
    ]
    if any(stage.undated != 0 for stage in stages):
        rows.append(IncomeYear(_("Vuosi ei tiedossa"), *(stage.undated for stage in stages)))
    return (*rows, IncomeYear(_("Yhteensä"), *(stage.total for stage in stages)))


def is_wide(plan: PlanTable) -> bool:
    years = min(len(plan.years), YEARS_ON_A_SHEET)
    if years <= YEARS_UPRIGHT:
        return False
    figures = [*plan.year_totals, *plan.year_costs]
    figures += [amount for group in plan.classes for row in group.rows for amount in row.years]
    longest = max((len(format_amount(amount)) for amount in figures), default=0)
    return years * (GAP + longest * DIGIT) > ROOM_FOR_YEARS


def cost_sheets(table: CostTable) -> Iterator[CostTable]:
    last = max(len(table.years) - 1, 0) // COST_YEARS_ON_A_SHEET * COST_YEARS_ON_A_SHEET
    for first in range(0, last + 1, COST_YEARS_ON_A_SHEET):
        some = slice(first, first + COST_YEARS_ON_A_SHEET)
        yield replace(
            table,
            years=table.years[some],
            rows=tuple(replace(row, cells=row.cells[some]) for row in table.rows),
            gross=table.gross[some],
            net=table.net[some],
            flat_rates=table.flat_rates if first == last else None,
            undated=table.undated if first == last or table.twice else None,
        )


def sheets(plan: PlanTable) -> Iterator[Sheet]:
    is_short = sum(len(group.rows) for group in plan.classes) <= MAX_UNBROKEN_SOURCES
    for first in range(0, max(len(plan.years), 1), YEARS_ON_A_SHEET):
        some = slice(first, first + YEARS_ON_A_SHEET)
        part = replace(
            plan,
            years=plan.years[some],
            classes=tuple(
                replace(group, rows=tuple(replace(row, years=row.years[some]) for row in group.rows))
                for group in plan.classes
            ),
            year_totals=plan.year_totals[some],
            year_costs=plan.year_costs[some],
            year_gaps=plan.year_gaps[some],
            stated_sources=plan.stated_sources.part(some) if plan.stated_sources else None,
            stated_costs=plan.stated_costs.part(some) if plan.stated_costs else None,
        )
        yield Sheet(part, is_short)


def _in_words(amount: Decimal | None) -> str:
    """Empty if the amount is unknown or larger than words are for."""
    return "" if amount is None or amount > LARGEST else euros_in_words(amount)
