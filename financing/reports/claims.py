"""One payment claim by category, with the invoices that make each figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import SPENT, CostCategory
from financing.models import Invoice
from financing.reports.spending import ClaimDetail, SetAsideRow, claims_report
from financing.rules.claimed import claim_of, received_in
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimFigures, RevenueFigures
from financing.rules.flat_rates import FlatRate, flat_rate
from financing.rules.spending import Progress
from mikrogrow.values.money import ZERO
from projects.choices import FLAT_RATE_PERCENTS


@dataclass(frozen=True)
class Correction:
    """What a claim corrects of another one, in euros; `number` is the other's."""

    number: int
    amount: Decimal


@dataclass(frozen=True)
class ClaimedCategory:
    """What a claim asks for of one category, and the rows that make it.

    `corrections` are of earlier claims and part of it, `corrected_later` are later claims' of this one.
    Nothing makes a lump sum, nor revenue of a project for which none was recorded (`is_known` is false).
    """

    progress: Progress
    invoices: tuple[Invoice, ...]
    flat_rate: FlatRate | None
    revenue: tuple[RevenueFigures, ...]
    set_aside: tuple[SetAsideRow, ...]
    taken_in: tuple[SetAsideRow, ...]
    corrections: tuple[Correction, ...]
    corrected_later: tuple[Correction, ...]
    is_known: bool = True

    @property
    def label(self) -> str:
        return self.progress.label

    @property
    def now(self) -> Decimal | None:
        return self.progress.now

    @property
    def sum_of_records(self) -> Decimal:
        """Of the period's invoices, of what accrues with them, or of revenue."""
        accrued = self.flat_rate.result if self.flat_rate else ZERO
        return accrued + _sum([*(row.cost for row in self.invoices), *(row.amount for row in self.revenue)])

    @property
    def computed(self) -> Decimal:
        aside = _sum(row.cost.amount for row in self.set_aside)
        taken = _sum(row.cost.amount for row in self.taken_in)
        return self.sum_of_records - aside + taken + _sum(row.amount for row in self.corrections)

    @property
    def difference(self) -> Decimal | None:
        """What is claimed beyond what the rows make, once later claims have corrected it."""
        if self.now is None or not self.is_known:
            return None
        return self.now + _sum(row.amount for row in self.corrected_later) - self.computed


@dataclass(frozen=True)
class ClaimReport:
    detail: ClaimDetail
    categories: tuple[ClaimedCategory, ...]
    has_plan: bool
    cost_model: str

    @property
    def claim(self) -> ClaimFigures:
        return self.detail.row.claim


def claim_report(figures: ProjectFigures, claim: ClaimFigures, invoices: Iterable[Invoice]) -> ClaimReport:
    """`invoices` are at least the approved and paid own costs that are dated in the claim's period."""
    detail = claims_report(figures, (), str(claim.number)).chosen
    assert detail is not None
    own = [row for row in invoices if _belongs(row, claim, figures.claims)]
    return ClaimReport(
        detail=detail,
        categories=claimed_categories(figures, detail, own),
        has_plan=figures.approved_plan is not None,
        cost_model=figures.cost_model,
    )


def claimed_categories(
    figures: ProjectFigures, detail: ClaimDetail, invoices: Sequence[Invoice]
) -> tuple[ClaimedCategory, ...]:
    """Those of the plan and of the claims, and those that only invoices have."""
    claim = detail.row.claim
    rows = {row.category: row for row in detail.categories.rows}
    found: dict[str, ClaimedCategory] = {}
    for category in sorted({*rows, *(row.category for row in invoices), *_without_invoices(figures, claim)}):
        label = str(CostCategory(category).label)
        nothing = None if claim.is_unwritten else ZERO
        progress = rows.get(category) or Progress(label, None, ZERO, nothing, category=category)
        found[category] = _category(figures, claim, progress, invoices)
    if flat := _accrued(found.get(CostCategory.STAFF), figures.cost_model):
        category = CostCategory.FLAT_RATE.value
        progress = rows.get(category) or Progress(
            str(CostCategory.FLAT_RATE.label), None, ZERO, ZERO, category=category
        )
        found[category] = _category(figures, claim, progress, invoices, flat)
    return tuple(found[category] for category in sorted(found))


def _belongs(invoice: Invoice, claim: ClaimFigures, claims: Sequence[ClaimFigures]) -> bool:
    is_own = bool(invoice.category) and invoice.status in SPENT
    return is_own and claim_of(invoice.invoice_date, claims) is claim


def _without_invoices(figures: ProjectFigures, claim: ClaimFigures) -> list[str]:
    found = [row.category for row in claim.set_aside]
    found += [
        row.category for each in figures.claims for row in each.set_aside if row.taken_into == claim.number
    ]
    return [*found, CostCategory.REVENUE.value] if received_in(claim, figures.revenue) else found


def _category(
    figures: ProjectFigures,
    claim: ClaimFigures,
    progress: Progress,
    invoices: Sequence[Invoice],
    flat: FlatRate | None = None,
) -> ClaimedCategory:
    category, is_revenue = progress.category, progress.category == CostCategory.REVENUE
    aside = [SetAsideRow(each.number, row) for each in figures.claims for row in each.set_aside]
    of_category = [row for row in aside if row.cost.category == category]
    corrected = [
        (each, row)
        for each in figures.claims
        for row in each.costs
        if row.corrects is not None and row.category == category
    ]
    return ClaimedCategory(
        progress=progress,
        invoices=tuple(row for row in invoices if row.category == category),
        flat_rate=flat,
        revenue=tuple(received_in(claim, figures.revenue)) if is_revenue else (),
        set_aside=tuple(row for row in of_category if row.claim == claim.number),
        taken_in=tuple(row for row in of_category if row.cost.taken_into == claim.number),
        corrections=tuple(
            Correction(row.corrects or 0, row.claimed) for each, row in corrected if each is claim
        ),
        corrected_later=tuple(
            Correction(each.number, row.claimed) for each, row in corrected if row.corrects == claim.number
        ),
        is_known=category != CostCategory.LUMP_SUM and (bool(figures.revenue) or not is_revenue),
    )


def _accrued(staff: ClaimedCategory | None, cost_model: str) -> FlatRate | None:
    """On the staff costs of the period, less what is set aside of them."""
    percent = FLAT_RATE_PERCENTS.get(cost_model)
    if staff is None or percent is None:
        return None
    base = staff.computed - _sum(row.amount for row in staff.corrections)
    return flat_rate(base, percent) if base else None


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)
