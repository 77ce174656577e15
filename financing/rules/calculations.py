"""What follows from a project's figures: shares, and the city's liability against its caps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import CityMoney
from financing.rules.caps import Cap, Need, cap_of, covered, share_is_known
from financing.rules.contributions import Contribution, contributions, only_funds
from financing.rules.figures.commitments import CommitmentFigures, SharedCostFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.liability_by_year import (
    ByYear,
    PlannedMoney,
    has_shared_costs,
    needed_money,
    own_label,
    planned_money,
)
from mikrogrow.values.dates import years_between
from mikrogrow.values.money import ZERO, difference, percent_of, round_half_up, sum_if_all_known
from projects.choices import FALLEN, UNDER_WAY


def computed_share(amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """Percent (0–100), rounded half up to two decimals; None if unknown."""
    exact = percent_of(amount, cost)
    return None if exact is None else round_half_up(exact, 2)


@dataclass(frozen=True)
class LiabilityTotals:
    """What the city answers for, the sum of all caps, and what is outside them; euros, None is unknown."""

    total: Decimal | None
    authorised: Decimal | None
    outside: Decimal | None

    @property
    def covered(self) -> Decimal | None:
        """What is under a cap."""
        return None if self.total is None or self.outside is None else self.total - self.outside

    @property
    def exceeds(self) -> bool:
        return self.outside is not None and self.outside > 0

    @property
    def covers_less(self) -> bool:
        """True if something is outside although the caps have room: for other years, or for other money."""
        return self.exceeds and self.covered != self.authorised


@dataclass(frozen=True)
class Coverage:
    """Some kinds of money: what is needed, the sum of its caps, and what no cap covers, in all and by year.

    Euros; None is unknown. `years` are those in which something is known to be outside.
    """

    needed: Decimal | None
    cap: Decimal | None
    outside: Decimal | None
    years: Mapping[int, Decimal]


@dataclass(frozen=True)
class Liability(LiabilityTotals):
    """Everything that the city answers for, part by part.

    `own_cap` is the sum of the caps of own funding. `years_outside` are the years that need more than is
    authorised for them, with how much, in euros. `falls_away` is what the plan has beyond what was paid, if
    the project does not go on; the parts are those of the plan. With `only_funds` the city has no
    part of its own. With `is_gross` the city's own part is what it costs in all, as it is authorised.
    """

    own_funding: Decimal | None
    contributions: tuple[Contribution, ...]
    contributions_total: Decimal | None
    shared: tuple[SharedCostFigures, ...]
    shared_total: Decimal | None
    own_cap: Decimal | None
    years_outside: Mapping[int, Decimal]
    falls_away: Decimal | None
    only_funds: bool
    is_gross: bool = False

    @property
    def has_shared(self) -> bool:
        return has_shared_costs(self.shared, only_funds=self.only_funds)

    @property
    def own_label(self) -> str:
        return own_label(is_gross=self.is_gross)


def liability(figures: ProjectFigures) -> Liability:
    """Own share, money in others' parts, and shared costs, which the lead partner invoices on top.

    Against the decisions' caps: a cap covers only the kinds of money and the years that its decision says.
    In the seed the liability is 24 162 €, and the decision authorises 2 991 €.
    """
    planned, needed = planned_money(figures), needed_money(figures)
    in_all = _coverage(figures, needed, list(CityMoney))
    fallen = figures.status in FALLEN
    return Liability(
        own_funding=planned.own.total,
        contributions=contributions(figures),
        contributions_total=planned.contributions.total if planned.contributions else ZERO,
        shared=figures.shared_costs,
        shared_total=planned.shared.total,
        total=in_all.needed,
        authorised=in_all.cap,
        own_cap=_cap_of_kinds(figures, [CityMoney.OWN_SHARE]),
        outside=in_all.outside,
        years_outside=in_all.years,
        falls_away=difference(planned.in_all.total, in_all.needed) if fallen else None,
        only_funds=only_funds(figures),
        is_gross=bool(figures.is_gross),
    )


def lacks_authority(figures: ProjectFigures) -> bool:
    """True if the work goes on, or is done, with money of the city, and the city has decided nothing."""
    if figures.status not in UNDER_WAY or any(decision.is_decided for decision in figures.decisions):
        return False
    return bool(planned_money(figures).in_all.total)


def coverage(figures: ProjectFigures, kind: str) -> Coverage:
    """`kind` is a value of CityMoney."""
    return _coverage(figures, needed_money(figures), [kind])


def _coverage(figures: ProjectFigures, planned: PlannedMoney, kinds: Sequence[str]) -> Coverage:
    caps = [(row, cap_of(row, figures)) for row in _covering(figures, kinds)]
    cap = _cap_of_kinds(figures, kinds)
    wanted = {kind: row for kind, row in planned.by_kind.items() if kind in kinds}
    needed = sum_if_all_known(row.total for row in wanted.values())
    if needed is None or cap is None:
        return Coverage(needed, cap, None, {})
    paying = [Cap(row, amount) for row, amount in caps if amount is not None]
    needs = [need for kind, row in wanted.items() for need in _needs(kind, row, planned.years)]
    return Coverage(needed, cap, needed - covered(needs, paying), _outside_by_year(needs, paying))


def _covering(figures: ProjectFigures, kinds: Sequence[str]) -> list[CommitmentFigures]:
    return [row for row in figures.commitments if set(row.covers) & set(kinds)]


def caps_of_unknown(figures: ProjectFigures, kinds: Sequence[str]) -> list[CommitmentFigures]:
    """Those that are a percentage of something unknown, and no sum."""
    return [
        row
        for row in _covering(figures, kinds)
        if row.max_amount is None and not share_is_known(row, figures)
    ]


def _cap_of_kinds(figures: ProjectFigures, kinds: Sequence[str]) -> Decimal | None:
    if not figures.commitments:
        # That the city refused, returned or tabled the matter is known.
        return ZERO if figures.is_refused else None
    if CityMoney.OWN_SHARE in kinds and figures.is_gross is None:
        # Gross and net authority do not add up.
        return None
    return sum_if_all_known(cap_of(row, figures) for row in _covering(figures, kinds))


def _needs(kind: str, amounts: ByYear, years: Sequence[int]) -> Iterator[Need]:
    if amounts.undated is None or amounts.undated < 0:
        # Its years do not add up, so that only the total counts.
        yield Need(kind, None, amounts.total or ZERO)
        return
    for year, amount in zip(years, amounts.years, strict=True):
        if amount:
            yield Need(kind, year, amount)
    yield Need(kind, None, amounts.undated)


def _outside_by_year(needs: Sequence[Need], caps: Sequence[Cap]) -> dict[int, Decimal]:
    found = {}
    for year in sorted({need.year for need in needs if need.year is not None}):
        of_year = [need for need in needs if need.year == year]
        outside = sum((need.amount for need in of_year), ZERO) - covered(of_year, caps)
        if outside:
            found[year] = outside
    return found


def years_without_cap(figures: ProjectFigures) -> list[int]:
    """Years in which the own funding may fall due although no decision authorises it."""
    rows = [row for row in figures.commitments if row.covers_own_share]
    return [year for year in _own_funding_years(figures) if not any(row.is_for(year) for row in rows)]


def _own_funding_years(figures: ProjectFigures) -> list[int]:
    plan = figures.city_plan
    if figures.is_gross and plan is not None and plan.costs_by_year:
        return [year for year in plan.costs_by_year if plan.gross_costs_in(year) != 0]
    own_lines = figures.city_plan.own_lines if figures.city_plan else ()
    # Own funding without years may fall due in every year of implementation.
    if own_lines and all(sum(line.years.values()) == line.amount for line in own_lines):
        return sorted({year for line in own_lines for year, amount in line.years.items() if amount})
    return list(years_between(figures.starts_on, figures.ends_on))
