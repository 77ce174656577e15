"""What the pages of payment claims and of plan, actual and forecast show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.queries.spending import InvoiceFacts
from financing.reconciliation.findings import Finding
from financing.reports.charts import YearsChart, years_chart
from financing.rules.city_money import city_money
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimCostFigures, ClaimFigures, RevenueFigures, SetAsideFigures
from financing.rules.forecasts import (
    ForecastChange,
    SourceYear,
    forecast_changes,
    forecast_on,
    missing_forecasts,
    source_years,
)
from financing.rules.liability_by_year import CapUsage, LiabilityByYear
from financing.rules.spending import (
    AdvancePayment,
    ClaimTotals,
    MoneyUsed,
    PlanActualForecast,
    Progress,
    ProgressTable,
    SetAsideSums,
    claim_totals,
    claimed_by_category,
    claimed_by_source,
    money_used,
    set_aside_sums,
)
from mikrogrow.values.dates import format_period
from mikrogrow.values.money import ZERO, format_progress, sum_if_all_known

# The checks of needs and invoices, shown under the table of caps.
SPENDING_CHECKS = frozenset({"R13", "R14"})


@dataclass(frozen=True)
class ClaimRow:
    claim: ClaimFigures
    period: str
    totals: ClaimTotals
    is_shown: bool


@dataclass(frozen=True)
class CostDecision:
    """What the funder decided on the claimed costs of a category."""

    cost: ClaimCostFigures

    @property
    def deducted(self) -> Decimal | None:
        return None if self.cost.eligible is None else self.cost.claimed - self.cost.eligible


@dataclass(frozen=True)
class SourceRow:
    """What a claim asks of a source; `paid` is None until the source has paid."""

    progress: Progress
    paid: Decimal | None
    paid_on: date | None


@dataclass(frozen=True)
class SetAsideRow:
    """A disputed cost, and the number of the claim that it was left out of."""

    claim: int
    cost: SetAsideFigures


@dataclass(frozen=True)
class ClaimDetail:
    row: ClaimRow
    categories: ProgressTable
    sources: tuple[SourceRow, ...]
    sources_total: Progress
    paid: Decimal | None
    decisions: tuple[CostDecision, ...]

    @property
    def is_decided(self) -> bool:
        """A deduction's reason alone counts too: it may be entered before the amounts."""
        return any(row.cost.eligible is not None or row.cost.deduction_reason for row in self.decisions)


@dataclass(frozen=True)
class ClaimsReport:
    """All claims, one of them in full, and what was set aside; `error` says why not the one asked for."""

    rows: tuple[ClaimRow, ...]
    total: ClaimTotals
    chosen: ClaimDetail | None
    error: str
    set_aside: tuple[SetAsideRow, ...]
    set_aside_sums: SetAsideSums
    has_plan: bool
    findings: tuple[Finding, ...]


def claims_report(figures: ProjectFigures, findings: Sequence[Finding], asked: str) -> ClaimsReport:
    claims = figures.claims
    number = asked.strip()
    chosen = next((claim for claim in claims if str(claim.number) == number), None)
    error = ""
    if number and chosen is None and claims:
        error = _("Tällaista maksatushakemusta ei ole. Näytetään uusin.")
    if chosen is None and claims:
        chosen = claims[-1]
    rows = tuple(
        ClaimRow(claim, format_period(claim.first_day, claim.last_day), claim_totals(claim), claim is chosen)
        for claim in claims
    )
    paid = [row.totals.paid for row in rows if row.totals.paid is not None]
    aside = tuple(SetAsideRow(claim.number, cost) for claim in claims for cost in claim.set_aside)
    return ClaimsReport(
        rows=rows,
        total=ClaimTotals(
            claimed=sum_if_all_known(row.totals.claimed for row in rows),
            eligible=sum_if_all_known(row.totals.eligible for row in rows),
            paid=sum(paid, ZERO) if paid else None,
        ),
        chosen=next((_detail(row, figures) for row in rows if row.is_shown), None),
        error=error,
        set_aside=aside,
        set_aside_sums=set_aside_sums(row.cost for row in aside),
        has_plan=figures.approved_plan is not None,
        findings=tuple(finding for finding in findings if finding.code == "R15" and claims),
    )


def _detail(row: ClaimRow, figures: ProjectFigures) -> ClaimDetail:
    plan, claim = figures.approved_plan, row.claim
    sources = claimed_by_source(figures.claims, claim, plan)
    paid = {source.source.source_id: source for source in claim.sources}
    return ClaimDetail(
        row=row,
        categories=claimed_by_category(figures.claims, claim, plan),
        sources=tuple(
            SourceRow(
                progress,
                paid[progress.key].paid if progress.key in paid else None,
                paid[progress.key].paid_on if progress.key in paid else None,
            )
            for progress in sources.rows
        ),
        sources_total=sources.total,
        paid=row.totals.paid,
        decisions=tuple(CostDecision(cost) for cost in claim.costs),
    )


@dataclass(frozen=True)
class SpendingReport:
    """Plan, actual and forecast of the city's part, or of its money in others' if it only funds."""

    costs: tuple[tuple[int, PlanActualForecast], ...]
    costs_total: PlanActualForecast
    used: MoneyUsed
    revenue: tuple[RevenueFigures, ...]
    chart: YearsChart | None
    categories: tuple[PlanActualForecast, ...]
    source_years: tuple[SourceYear, ...]
    in_all: SourceYear
    undivided: tuple[str, ...]
    has_revenue: bool
    not_forecast: tuple[str, ...]
    forecast_changes: tuple[ForecastChange, ...]
    advance: AdvancePayment | None
    next_due: date | None
    own_risk: Decimal | None
    first_grant: date | None
    liability: LiabilityByYear
    caps: tuple[CapUsage, ...]
    outside: CapUsage
    appropriations: tuple[CapUsage, ...]
    has_plan: bool
    only_funds: bool
    lacks_invoices: bool
    has_examples: bool
    headline: str
    findings: tuple[Finding, ...]

    @property
    def revenue_total(self) -> PlanActualForecast | None:
        return self.used.revenue

    @property
    def forecast(self) -> ForecastChange | None:
        """The latest one."""
        return self.forecast_changes[-1] if self.forecast_changes else None

    @property
    def costs_net(self) -> PlanActualForecast | None:
        return self.used.net


def spending_report(
    figures: ProjectFigures,
    on: date,
    time_share: Decimal | None,
    facts: InvoiceFacts,
    findings: Sequence[Finding] = (),
) -> SpendingReport:
    """`time_share` is percent of the implementation time gone, None if the dates are unknown."""
    plan, money = figures.city_plan, city_money(figures)
    forecast = forecast_on(figures.forecasts, on)
    used = money_used(figures, forecast)
    *by_year, in_all = source_years(figures, forecast)
    return SpendingReport(
        costs=used.years,
        costs_total=used.total,
        used=used,
        revenue=figures.revenue,
        chart=None if figures.lacks_invoices else years_chart(used.planned_by_year, used.used_by_year),
        categories=money.categories,
        source_years=tuple(by_year),
        in_all=in_all,
        undivided=_undivided(plan, in_all.total, in_all.rows),
        has_revenue=plan is not None and any(cost.is_deducted and cost.amount != 0 for cost in plan.costs),
        not_forecast=tuple(missing_forecasts(figures, forecast)),
        forecast_changes=tuple(forecast_changes(figures, on)),
        advance=money.advance,
        next_due=facts.next_due,
        own_risk=None if figures.lacks_invoices else facts.cost_before,
        first_grant=figures.first_grant,
        liability=money.liability_by_year,
        caps=money.caps,
        outside=money.outside,
        appropriations=money.appropriations,
        has_plan=figures.approved_plan is not None or money.liability.only_funds,
        only_funds=money.liability.only_funds,
        lacks_invoices=figures.lacks_invoices,
        has_examples=facts.has_examples or _has_examples(figures),
        headline=_headline(used.total.share if figures.keeps_invoices else None, time_share, figures),
        findings=tuple(row for row in findings if row.code in SPENDING_CHECKS and row.is_found),
    )


def _has_examples(figures: ProjectFigures) -> bool:
    rows = (figures.claims, figures.revenue, figures.forecasts)
    return any(row.is_example for kind in rows for row in kind)


def _undivided(
    plan: PlanFigures | None, total: PlanActualForecast, rows: Sequence[PlanActualForecast]
) -> tuple[str, ...]:
    """Own sources whose spending is known only as one sum."""
    if plan is None or total.actual is None or all(row.actual is not None for row in rows):
        return ()
    return tuple(line.source.name for line in plan.own_lines)


def _headline(used: Decimal | None, time: Decimal | None, figures: ProjectFigures) -> str:
    shown = {"used": format_progress(used), "time": format_progress(time)}
    if not figures.keeps_invoices:
        # Nothing recorded is not the same as nothing used.
        if time is None:
            return _("Laskuja ei ole kirjattu")
        return _("Laskuja ei ole kirjattu, ajasta on kulunut %(time)s") % shown
    if used is None and time is None:
        return _("Rahan käyttöä ja ajan kulumista ei voi laskea")
    if used is None:
        return _("Ajasta on kulunut %(time)s, rahan käyttöä ei voi laskea") % shown
    if time is None:
        return _("Suunnitelmasta on toteutunut %(used)s, ajan kulumista ei voi laskea") % shown
    return _("Suunnitelmasta on toteutunut %(used)s, ajasta on kulunut %(time)s") % shown
