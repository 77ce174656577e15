"""The rows that the financing page, the PDF and the workbook show of a project's plans."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import CapBase, CityMoney, CostBasis, SourceClass, StatedSum, VatBasis
from financing.reconciliation.checks.shares import CountedTwice, counted_twice_in
from financing.reconciliation.findings import Finding
from financing.rules.calculations import (
    Liability,
    computed_share,
)
from financing.rules.caps import cap_of
from financing.rules.city_money import city_money
from financing.rules.figures.commitments import CommitmentFigures, SharedCostFigures
from financing.rules.figures.pass_through import (
    PassThroughFigures,
    PassThroughTotals,
    pass_through_totals,
)
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures, plan_subject
from financing.rules.figures.projects import ProjectFigures
from financing.rules.stated import difference_to_rows
from mikrogrow.values.money import (
    ZERO,
    difference,
    format_euros,
    format_percent,
    shown_decimals,
    sum_if_all_known,
)
from mikrogrow.values.translation import joined
from projects.choices import WITH_BUDGET

# The checks of one plan, shown under its table.
PLAN_CHECKS = frozenset({"R01", "R02", "R03", "R04", "R05", "R06", "R07", "R08", "R10", "R23"})


@dataclass(frozen=True)
class SourceRow:
    """A source: euros, and percent (0–100) of the plan's costs as stated and as computed from the euros."""

    name: str
    includes: tuple[str, ...]
    amount: Decimal | None
    stated_share: Decimal | None
    computed_share: Decimal | None
    share_difference: Decimal | None
    years: tuple[Decimal | None, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourcesOfClass:
    label: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True)
class StatedRow:
    """Totals that the paper states, in all and by year, and rows minus stated; None is not stated."""

    total: Decimal | None
    total_difference: Decimal | None
    years: tuple[Decimal | None, ...]
    year_differences: tuple[Decimal | None, ...]

    @property
    def pairs(self) -> tuple[tuple[Decimal | None, Decimal | None], ...]:
        return tuple(zip(self.years, self.year_differences, strict=True))

    def part(self, some: slice) -> "StatedRow":
        return replace(self, years=self.years[some], year_differences=self.year_differences[some])


@dataclass(frozen=True)
class PlanTable:
    """One plan: sources by class and year, their sums, the costs, and the gap between them.

    `gap` is sources minus costs in euros: positive if there is too much money. `cost` are the net costs as
    the paper states them, or as they follow from the gross costs that it states; `rows_cost` and `year_costs`
    are sums of the plan's rows.
    """

    plan_id: int
    title: str
    version: int
    status_label: str
    reason: str
    is_whole_project: bool
    years: tuple[int, ...]
    classes: tuple[SourcesOfClass, ...]
    total: Decimal | None
    stated_share: Decimal | None
    unstated_shares: int
    computed_share: Decimal | None
    year_totals: tuple[Decimal | None, ...]
    cost: Decimal | None
    cost_is_approximate: bool
    year_costs: tuple[Decimal | None, ...]
    gap: Decimal | None
    year_gaps: tuple[Decimal | None, ...]
    findings: tuple[Finding, ...]
    gross_cost: Decimal | None = None
    is_gross: bool = False
    cost_notes: tuple[str, ...] = ()
    stated_sources: StatedRow | None = None
    stated_costs: StatedRow | None = None
    has_cost_rows: bool = False
    has_revenue: bool = False
    rows_cost: Decimal | None = None

    @property
    def rows_gap(self) -> Decimal | None:
        return difference(self.rows_cost, self.cost)

    @property
    def cost_label(self) -> str:
        """Net costs that follow from stated gross costs are no paper's words."""
        return _("Nettokustannukset, ilmoitetusta") if self.is_gross else _("Kustannukset, ilmoitettu")

    @property
    def stated_years_label(self) -> str:
        return stated_years_label(is_gross=self.is_gross)

    @property
    def rows_label(self) -> str:
        return _("Nettokustannukset, rivien summa") if self.has_revenue else _("Kustannukset, rivien summa")

    @property
    def gap_label(self) -> str:
        """Sources pay what is left of the costs after revenue."""
        return _("Rahoitus – nettokustannukset") if self.has_revenue else _("Rahoitus – kustannukset")

    @property
    def columns(self) -> int:
        return 5 + len(self.years)

    @property
    def costs_by_year(self) -> tuple[tuple[int, Decimal | None], ...]:
        return tuple(zip(self.years, self.year_costs, strict=True))

    @property
    def years_total(self) -> Decimal | None:
        return sum_if_all_known(self.year_costs)

    @property
    def years_gap(self) -> Decimal | None:
        """The costs of all years minus what the paper states as costs."""
        return difference(self.years_total, self.cost)

    @property
    def has_sources(self) -> bool:
        return bool(self.classes)


@dataclass(frozen=True)
class ShareRow:
    """`once` is the stated share without what another line counts too; `notes` has the parts of the line."""

    name: str
    stated: Decimal | None
    once: Decimal | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ShareTable:
    """A project of which only shares are stated, in percent (0–100).

    `twice` names what two lines include; `once_total` counts it once, and is None if nothing is.
    """

    plan_id: int
    status_label: str
    version: int
    rows: tuple[ShareRow, ...]
    stated_total: Decimal | None
    once_total: Decimal | None
    decimals: int
    twice: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def total(self) -> ShareRow:
        return ShareRow(_("Yhteensä"), self.stated_total, self.once_total)

    @property
    def difference(self) -> Decimal | None:
        """Percentage points above 100 %."""
        return None if self.stated_total is None else self.stated_total - 100

    @property
    def once_difference(self) -> Decimal | None:
        return None if self.once_total is None else self.once_total - 100


@dataclass(frozen=True)
class CapRow:
    """What a decision authorises, in euros; `share` is percent (0–100), `share_of` says of what."""

    decision_id: int
    decision: str
    cap: Decimal | None
    share: Decimal | None
    share_of: str
    years: str
    covers: str
    appropriation: str


@dataclass(frozen=True)
class FinancingReport:
    """What pages and documents show of a project's money; `missing_plans` names implementers without one."""

    plans: tuple[PlanTable, ...]
    city: PlanTable | None
    shares: ShareTable | None
    shared_costs: tuple[SharedCostFigures, ...]
    caps: tuple[CapRow, ...]
    liability: Liability
    total_cost: Decimal | None
    total_cost_is_approximate: bool
    missing_plans: tuple[str, ...]
    pass_through: tuple[PassThroughFigures, ...]
    pass_through_totals: PassThroughTotals


def financing_report(figures: ProjectFigures, findings: Sequence[Finding]) -> FinancingReport:
    city = figures.city_plan
    whole = figures.whole_plan
    in_euros = whole is not None and whole.states_euros
    ordered = sorted(figures.plans, key=lambda plan: plan is not city)
    tables = [plan_table(plan, findings) for plan in ordered]
    if whole is not None and in_euros:
        tables.append(plan_table(whole, findings))
    owners = {plan.organisation_id for plan in figures.plans}
    return FinancingReport(
        plans=tuple(tables),
        city=tables[0] if city is not None else None,
        shares=share_table(whole, figures, findings) if whole is not None and not in_euros else None,
        shared_costs=figures.shared_costs,
        caps=tuple(_cap_row(commitment, figures) for commitment in figures.commitments),
        liability=city_money(figures).liability,
        total_cost=figures.total_cost,
        total_cost_is_approximate=figures.total_cost_is_approximate,
        missing_plans=tuple(
            party.short_name
            for party in figures.parties
            if party.role in WITH_BUDGET and party.organisation_id not in owners
        ),
        pass_through=figures.pass_through,
        pass_through_totals=pass_through_totals(figures.pass_through),
    )


def plan_table(plan: PlanFigures, findings: Sequence[Finding]) -> PlanTable:
    years, total = plan.years, plan.sources_total
    year_totals = tuple(plan.sources_in(year) for year in years)
    year_costs = tuple(plan.costs_by_year.get(year) for year in years)
    stated = [line.share for line in plan.lines if line.share is not None]
    return PlanTable(
        plan_id=plan.plan_id,
        title=plan_subject(plan),
        version=plan.version,
        status_label=plan.status_label,
        reason=plan.reason,
        is_whole_project=plan.organisation_id is None,
        years=years,
        classes=_classes(plan, years),
        total=total,
        stated_share=sum(stated, ZERO) if stated else None,
        unstated_shares=len(plan.lines) - len(stated),
        computed_share=computed_share(total, plan.cost),
        year_totals=year_totals,
        cost=plan.cost,
        cost_is_approximate=plan.cost_is_approximate,
        year_costs=year_costs,
        gap=difference(total, plan.cost),
        year_gaps=tuple(difference(*pair) for pair in zip(year_totals, year_costs, strict=True)),
        findings=_findings_on(plan, findings),
        gross_cost=plan.gross_cost,
        is_gross=plan.is_gross,
        cost_notes=tuple(_cost_notes(plan)),
        stated_sources=_stated_row(plan, StatedSum.SOURCES, StatedSum.SOURCES_OF_YEAR),
        stated_costs=_stated_row(plan, "", StatedSum.COSTS_OF_YEAR),
        has_cost_rows=bool(plan.costs),
        has_revenue=any(cost.is_deducted for cost in plan.costs),
        rows_cost=_sum_of_rows(plan, year_costs),
    )


def _sum_of_rows(plan: PlanFigures, year_costs: Sequence[Decimal | None]) -> Decimal | None:
    """None also if one of the table's years has no costs: it may have some."""
    if not plan.costs:
        return None
    return plan.sums.net if plan.sums.has_undated else sum_if_all_known(year_costs)


def _stated_row(plan: PlanFigures, in_all: str, of_year: str) -> StatedRow | None:
    if not any(each.kind in {in_all, of_year} for each in plan.stated):
        return None
    return StatedRow(
        plan.stated_sum(in_all),
        difference_to_rows(plan, in_all),
        tuple(plan.stated_sum(of_year, year) for year in plan.years),
        tuple(difference_to_rows(plan, of_year, year) for year in plan.years),
    )


def stated_years_label(*, is_gross: bool) -> str:
    """An import finds the row by these words."""
    if is_gross:
        return _("Kustannukset vuosittain, ilmoitettu (brutto)")
    return _("Kustannukset vuosittain, ilmoitettu")


def share_table(plan: PlanFigures, figures: ProjectFigures, findings: Sequence[Finding]) -> ShareTable:
    twice = counted_twice_in(plan, figures)
    rows = tuple(
        ShareRow(line.source.name, line.share, _counted_once(line, twice), tuple(_line_notes(line)))
        for line in plan.lines
    )
    decimals = max((shown_decimals(row.stated) for row in rows if row.stated is not None), default=0)
    counts_twice = any(item.share is not None for item in twice)
    return ShareTable(
        plan_id=plan.plan_id,
        status_label=plan.status_label,
        version=plan.version,
        rows=rows,
        stated_total=sum_if_all_known([row.stated for row in rows]) if rows else None,
        once_total=sum_if_all_known([row.once for row in rows]) if counts_twice else None,
        decimals=decimals,
        twice=tuple(item.name for item in twice if item.share is not None),
        findings=_findings_on(plan, findings),
    )


def _classes(plan: PlanFigures, years: Sequence[int]) -> tuple[SourcesOfClass, ...]:
    return tuple(
        SourcesOfClass(
            class_label(lines[0].source), tuple(_source_row(line, plan.cost, years) for line in lines)
        )
        for lines in lines_by_class(plan)
    )


def lines_by_class(plan: PlanFigures) -> list[list[LineFigures]]:
    """In the order of the classes, unknown ones last."""
    present = {line.source.source_class for line in plan.lines}
    order = [*(key for key in SourceClass if key in present), *sorted(present - set(SourceClass))]
    return [[line for line in plan.lines if line.source.source_class == key] for key in order]


def class_label(source: SourceFigures) -> str:
    return class_name(source.source_class)


def class_name(source_class: str) -> str:
    return str(SourceClass(source_class).label) if source_class in SourceClass.values else source_class


def _source_row(line: LineFigures, cost: Decimal | None, years: Sequence[int]) -> SourceRow:
    computed = computed_share(line.amount, cost)
    return SourceRow(
        name=line.source.name,
        includes=tuple(source.name for source in line.includes),
        amount=line.amount,
        stated_share=line.share,
        computed_share=computed,
        share_difference=difference(line.share, computed),
        years=tuple(line.years.get(year) for year in years),
        notes=tuple(_line_notes(line)),
    )


def _line_notes(line: LineFigures) -> Iterable[str]:
    if line.is_in_kind:
        yield _("luontoissuoritus")
    for part in line.of_which:
        words = _("josta %(name)s %(amount)s")
        if part.is_in_kind:
            words = _("josta %(name)s %(amount)s, luontoissuoritus")
        yield words % {"name": part.source.name, "amount": _part_words(part)}


def _part_words(part: LineFigures) -> str:
    """For example "20 € (2,5 %; 2017: 5 €; 2018: 15 €)"; a part has no row of its own for its years."""
    details = [] if part.share is None else [format_percent(part.share)]
    details += [f"{year}: {format_euros(amount)}" for year, amount in sorted(part.years.items())]
    if part.includes:
        details.append(_("sisältää myös: %s") % "; ".join(source.name for source in part.includes))
    amount = format_euros(part.amount)
    return f"{amount} ({'; '.join(details)})" if details else amount


def _cost_notes(plan: PlanFigures) -> Iterable[str]:
    if plan.cost_basis == CostBasis.NET:
        yield _("netto, tulot vähennetty")
    if plan.is_gross:
        yield _("brutto %s, tulojen jälkeen") % format_euros(plan.gross_cost)
    if plan.vat_basis == VatBasis.EXCLUDED:
        yield _("ei sisällä arvonlisäveroa")
    elif plan.vat is not None:
        yield _("josta arvonlisäveroa %s") % format_euros(plan.vat)
    elif plan.vat_basis == VatBasis.INCLUDED:
        yield _("sisältää arvonlisäveron")


def _counted_once(line: LineFigures, twice: Sequence[CountedTwice]) -> Decimal | None:
    if line.share is None:
        return None
    inside = [item.share for item in twice if item.inside is line and item.share is not None]
    return line.share - sum(inside, ZERO)


def covers_words(covers: Iterable[str], *, is_gross: bool = False) -> str:
    """After "kattaa": "omarahoituksen ja yhteiset kustannukset"."""
    words = {
        CityMoney.OWN_SHARE: _("oman osan bruttokustannukset") if is_gross else _("omarahoituksen"),
        CityMoney.SHARED_COSTS: _("yhteiset kustannukset"),
        CityMoney.CONTRIBUTION: _("rahoituksen muiden osissa"),
    }
    return joined([words[CityMoney(kind)] for kind in covers])


def _cap_row(commitment: CommitmentFigures, figures: ProjectFigures) -> CapRow:
    # As its section was corrected; a decision of another project has no other name here.
    shown = {decision.decision_id: decision.shown_name for decision in figures.decisions}
    return CapRow(
        decision_id=commitment.decision_id,
        decision=shown.get(commitment.decision_id) or commitment.decision,
        cap=cap_of(commitment, figures),
        share=commitment.max_share,
        share_of=str(CapBase(commitment.share_of).label),
        years=commitment.years or _("kaikki vuodet"),
        covers=covers_words(commitment.covers, is_gross=commitment.is_gross),
        appropriation=commitment.appropriation,
    )


def _findings_on(plan: PlanFigures, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    subject = plan_subject(plan)
    return tuple(
        finding
        for finding in findings
        if finding.subject == subject and finding.code in PLAN_CHECKS and finding.is_found
    )
