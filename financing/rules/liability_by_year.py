"""The city's liability by year: planned, invoiced, approved and paid; and what invoices use of the caps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter

from financing.choices import INVOICED, SPENT, CityMoney, InvoiceStatus
from financing.rules.authority import authorities_of, cap_name, own_commitment, replaced_words
from financing.rules.caps import cap_of
from financing.rules.city_cost import city_cost_of, city_costs
from financing.rules.contributions import (
    Contribution,
    contributions,
    in_all,
    in_year,
    only_funds,
    without_year,
)
from financing.rules.figures.commitments import (
    NO_OTHER_NEEDS,
    AppropriationFigures,
    OtherNeeds,
    SharedCostFigures,
)
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.income import IncomeByYear, income_by_year
from financing.rules.revenue import less_revenue
from financing.rules.spending import ZERO, money_years
from mikrogrow.database.cache import cached_by
from mikrogrow.values.dates import format_years
from mikrogrow.values.money import difference, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from projects.choices import FALLEN


@dataclass(frozen=True)
class ByYear:
    """Euros of each year, of no known year, and in all; None is unknown."""

    years: tuple[Decimal | None, ...]
    undated: Decimal | None
    total: Decimal | None


@dataclass(frozen=True)
class PlannedMoney:
    """What the city answers for by plan; `contributions` is None if it gives no money to others' parts."""

    years: tuple[int, ...]
    own: ByYear
    contributions: ByYear | None
    shared: ByYear

    @property
    def by_kind(self) -> dict[str, ByYear]:
        """By CityMoney."""
        rows = {CityMoney.OWN_SHARE: self.own, CityMoney.SHARED_COSTS: self.shared}
        if self.contributions is not None:
            rows[CityMoney.CONTRIBUTION] = self.contributions
        return {kind.value: row for kind, row in rows.items()}

    @property
    def in_all(self) -> ByYear:
        rows = list(self.by_kind.values())
        return ByYear(
            tuple(map(sum_if_all_known, zip(*(row.years for row in rows), strict=True))),
            sum_if_all_known(row.undated for row in rows),
            sum_if_all_known(row.total for row in rows),
        )


@dataclass(frozen=True)
class LiabilityRow:
    label: str
    amounts: ByYear
    is_part: bool = False


@dataclass(frozen=True)
class LiabilityByYear:
    """What is planned of each kind of money, and how much of it is invoiced, approved and paid.

    `contributions` is None if the city gives no money to others' parts. Under a gross authority `own` is all
    that the city's own part costs, and `income` what comes in; else `income` is None. A city that only funds
    has no own money, and shared costs only if there are some.
    """

    years: tuple[int, ...]
    own: ByYear
    contributions: ByYear | None
    shared: ByYear
    planned: ByYear
    invoiced: ByYear
    approved: ByYear
    paid: ByYear
    income: IncomeByYear | None = None
    has_own: bool = True
    has_shared: bool = True

    @property
    def parts(self) -> tuple[LiabilityRow, ...]:
        found = [
            (own_label(is_gross=self.income is not None), self.own if self.has_own else None),
            (_("Rahoitus muiden osissa"), self.contributions),
            (_("Yhteiset kustannukset"), self.shared if self.has_shared else None),
        ]
        return tuple(LiabilityRow(label, row, is_part=True) for label, row in found if row is not None)

    @property
    def income_rows(self) -> tuple[LiabilityRow, ...]:
        if self.income is None:
            return ()
        found = [
            (_("Tulot, suunniteltu"), self.income.planned),
            (_("Tulot, haettu"), self.income.claimed),
            (_("Tulot, saatu"), self.income.received),
        ]
        return tuple(
            LiabilityRow(label, ByYear(row.years, row.undated, row.total), is_part=True)
            for label, row in found
        )

    @property
    def rows(self) -> tuple[LiabilityRow, ...]:
        return (
            *self.parts,
            LiabilityRow(_("Suunniteltu yhteensä"), self.planned),
            LiabilityRow(_("Laskutettu"), self.invoiced),
            LiabilityRow(_("Hyväksytty"), self.approved),
            LiabilityRow(_("Maksettu"), self.paid),
        )


@dataclass(frozen=True)
class CapUsage:
    """What invoices use of a cap or an appropriation, in euros; `most` is 0 for what is outside every cap.

    `note` says which other invoices count towards the cap. Of an appropriation `others` are what other
    projects use of it, and `most` is without what is committed elsewhere.
    """

    name: str
    first_year: int | None
    last_year: int | None
    most: Decimal | None
    invoiced: Decimal | None
    approved: Decimal | None
    paid: Decimal | None
    note: str = field(default="", kw_only=True)
    appropriation_id: int = field(default=0, kw_only=True)
    others: OtherNeeds = field(default=NO_OTHER_NEEDS, kw_only=True)
    is_committed_elsewhere: bool = field(default=False, kw_only=True)

    @property
    def years(self) -> str:
        if self.first_year is None or self.last_year is None:
            return ""
        return format_years(self.first_year, self.last_year)

    @property
    def left(self) -> Decimal | None:
        return difference(self.most, sum_if_all_known([self.invoiced, self.others.invoiced]))


def liability_by_year(figures: ProjectFigures) -> LiabilityByYear:
    money = planned_money(figures)
    years = money.years
    return LiabilityByYear(
        years=years,
        own=money.own,
        contributions=money.contributions,
        shared=money.shared,
        planned=money.in_all,
        invoiced=_invoices_by_year(figures, INVOICED, years),
        approved=_invoices_by_year(figures, SPENT, years),
        paid=_invoices_by_year(figures, (InvoiceStatus.PAID,), years),
        income=income_by_year(figures, years) if figures.is_gross else None,
        has_own=not only_funds(figures),
        has_shared=has_shared_costs(figures.shared_costs, only_funds=only_funds(figures)),
    )


def has_shared_costs(shared: Sequence[SharedCostFigures], *, only_funds: bool) -> bool:
    """Whether they are a part of the liability, if only with 0 euros."""
    return bool(shared) or not only_funds


def own_label(*, is_gross: bool) -> str:
    return _("Oman osan bruttokustannukset") if is_gross else _("Omarahoitus")


@cached_by(attrgetter("project_id"))
def planned_money(figures: ProjectFigures) -> PlannedMoney:
    years, given = money_years(figures), contributions(figures)
    return PlannedMoney(
        years,
        _own_by_year(figures, years),
        _contributions_by_year(given, years) if given else None,
        _shared_by_year(figures, years),
    )


def needed_money(figures: ProjectFigures) -> PlannedMoney:
    """What authority is needed for: the plan, or of a project that does not go on what was paid for it."""
    if figures.status not in FALLEN:
        return planned_money(figures)
    years = money_years(figures)
    paid = net_invoices(figures, (InvoiceStatus.PAID,))
    given = [row for row in paid if row.kind == CityMoney.CONTRIBUTION]
    return PlannedMoney(
        years,
        _cost_by_year([row for row in paid if row.kind == CityMoney.OWN_SHARE], figures, years),
        _cost_by_year(given, figures, years) if given else None,
        _cost_by_year([row for row in paid if row.kind == CityMoney.SHARED_COSTS], figures, years),
    )


def cap_usages(figures: ProjectFigures) -> list[CapUsage]:
    """By cap, and last what is outside every cap; together all invoices.

    An invoice of a replaced commitment counts towards the decision that replaced it (authority.py).
    """
    rows = [row for row in figures.invoices if row.status in INVOICED]
    found = list(zip(rows, authorities_of(rows, figures), strict=True))
    columns = [
        None
        if figures.lacks_invoices
        else city_costs(_by_cap(figures, statuses), figures.city_plan, figures.is_gross)
        for statuses in (INVOICED, SPENT, (InvoiceStatus.PAID,))
    ]
    heads = [
        (cap_name(row, figures, with_years=False), row.first_year, row.last_year, cap_of(row, figures))
        for row in figures.commitments
    ]
    notes = [
        replaced_words(authority for _row, authority in found if authority.cap is cap)
        for cap in figures.commitments
    ]
    return [
        CapUsage(*head, *(column[position] if column else None for column in columns), note=note)
        for position, (head, note) in enumerate(
            zip([*heads, ("", None, None, ZERO)], [*notes, ""], strict=True)
        )
    ]


def appropriation_usages(figures: ProjectFigures) -> list[CapUsage]:
    """What this project's invoices use of each appropriation, and of what others leave of it what is left."""
    in_force = {row.appropriation_name for row in figures.commitments}
    return [
        CapUsage(
            row.name,
            row.year,
            row.year,
            row.at_most,
            *(
                None
                if figures.lacks_invoices
                else city_cost_of(booked_on(row, figures, statuses), figures.city_plan, figures.is_gross)
                for statuses in (INVOICED, SPENT, (InvoiceStatus.PAID,))
            ),
            appropriation_id=row.appropriation_id,
            others=figures.other_needs.get((row.name, row.year), NO_OTHER_NEEDS),
            is_committed_elsewhere=bool(row.committed),
        )
        for row in figures.appropriations
        # One that only a replaced commitment names is shown if invoices are booked on it.
        if row.name in in_force or booked_on(row, figures, INVOICED)
    ]


def booked_on(
    appropriation: AppropriationFigures, figures: ProjectFigures, statuses: Sequence[str]
) -> list[InvoiceSum]:
    return [
        row
        for row in net_invoices(figures, statuses)
        if appropriation.year in (None, row.year)
        and (own := own_commitment(row, figures)) is not None
        and own.appropriation_name == appropriation.name
    ]


def _by_cap(figures: ProjectFigures, statuses: Sequence[str]) -> list[list[InvoiceSum]]:
    groups: dict[int | None, list[InvoiceSum]] = {row.commitment_id: [] for row in figures.commitments}
    groups[None] = []
    rows = net_invoices(figures, statuses)
    for row, authority in zip(rows, authorities_of(rows, figures), strict=True):
        groups[authority.cap.commitment_id if authority.cap else None].append(row)
    return list(groups.values())


def net_invoices(figures: ProjectFigures, statuses: Sequence[str]) -> list[InvoiceSum]:
    """The invoices of these states, and what revenue takes off them."""
    rows = (row for row in figures.invoices if row.status in statuses)
    return less_revenue(rows, figures.deducted_revenue)


def _invoices_by_year(figures: ProjectFigures, statuses: Sequence[str], years: Sequence[int]) -> ByYear:
    if figures.lacks_invoices:
        return ByYear((None,) * len(years), None, None)
    return _cost_by_year(net_invoices(figures, statuses), figures, years)


def _cost_by_year(invoices: Sequence[InvoiceSum], figures: ProjectFigures, years: Sequence[int]) -> ByYear:
    """Of years that hold all of the invoices."""
    groups = [[row for row in invoices if row.year == year] for year in years]
    parts = city_costs(groups, figures.city_plan, figures.is_gross)
    if parts is None:
        return ByYear((None,) * len(years), None, None)
    return ByYear(tuple(parts), ZERO, sum(parts, ZERO))


def _own_by_year(figures: ProjectFigures, years: Sequence[int]) -> ByYear:
    plan = figures.city_plan
    if only_funds(figures):
        return ByYear((ZERO,) * len(years), ZERO, ZERO)
    if figures.is_gross:
        return _gross_by_year(plan, years)
    lines = plan.own_lines if plan else ()
    placed = [amount for line in lines for amount in line.years.values()]
    total = plan.own_funding if plan else None
    undated = difference(total, sum(placed, ZERO))
    by_year = [[line.years[year] for line in lines if year in line.years] for year in years]
    return ByYear(_known(by_year, undated), undated, total)


def _gross_by_year(plan: PlanFigures | None, years: Sequence[int]) -> ByYear:
    if plan is None:
        return ByYear((None,) * len(years), None, None)
    by_year = tuple(plan.gross_costs_in(year) for year in years)
    placed = sum((amount or ZERO for amount in by_year), ZERO)
    return ByYear(by_year, difference(plan.gross_costs, placed), plan.gross_costs)


def _contributions_by_year(given: Sequence[Contribution], years: Sequence[int]) -> ByYear:
    by_year = tuple(in_year(given, year) for year in years)
    return ByYear(by_year, without_year(given), in_all(given))


def _shared_by_year(figures: ProjectFigures, years: Sequence[int]) -> ByYear:
    costs = figures.shared_costs
    undated = sum_if_all_known(row.amount for row in costs if row.year is None)
    by_year = [[row.amount for row in costs if row.year == year] for year in years]
    return ByYear(_known(by_year, undated), undated, sum_if_all_known(row.amount for row in costs))


def _known(
    by_year: Iterable[Sequence[Decimal | None]], undated: Decimal | None
) -> tuple[Decimal | None, ...]:
    # A year without amounts is 0 only if everything has a year.
    return tuple(sum_if_all_known(row) if row or undated == 0 else None for row in by_year)
