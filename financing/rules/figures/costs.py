"""Planned costs as a paper states them, by year, by category or both, and what their sum means."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from financing.choices import DEDUCTED, CostCategory
from mikrogrow.values.money import difference, sum_if_all_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class CostFigures:
    """Planned costs in euros; None is unknown, and so is a year. `category` is a value of CostCategory.

    Revenue has a positive amount that is deducted.
    """

    year: int | None
    amount: Decimal | None
    label: str = ""
    category: str = CostCategory.NOT_BROKEN_DOWN

    @property
    def is_deducted(self) -> bool:
        return self.category in DEDUCTED

    @property
    def net(self) -> Decimal | None:
        """Euros; negative for revenue."""
        return -self.amount if self.amount is not None and self.is_deducted else self.amount

    @property
    def order(self) -> tuple[bool, int, str]:
        """By year, those without one last."""
        return (self.year is None, self.year or 0, self.category)


@dataclass(frozen=True)
class StatedFigures:
    """A total that the paper states, in euros; `kind` is a value of StatedSum."""

    kind: str
    amount: Decimal
    year: int | None = None
    category: str = ""


def year_label(year: int | None) -> str:
    return _("vuosi ei tiedossa") if year is None else str(year)


@dataclass(frozen=True)
class CostSums:
    """The sum of a plan's costs; `stated` is what the paper says that the net costs are.

    Papers often state the same money twice: so much in each year and so much in each category, never the
    table of both. So rows "not broken down" of a year and rows of a category without a year are the same
    money if a plan has both, and are never added. A row of 0 euros states nothing.

    | year and category | year only | category only | neither | by year | by category | sum        |
    | ----------------- | --------- | ------------- | ------- | ------- | ----------- | ---------- |
    | 30                |           |               |         | 30      | 30          | 30         |
    |                   | 60        |               |         | 60      | unknown     | 60         |
    |                   |           | 59            |         | unknown | 59          | 59         |
    |                   | 60        | 59            |         | 60      | 59          | 60, see 1  |
    | 30                |           | 20            |         | unknown | 50          | 50, see 2  |
    | 30                | 60        |               |         | 90      | unknown     | 90         |
    | 30                | 60        | 59            |         | 90      | 89          | 90, see 1  |
    |                   | 60        |               | 5       | 65      | unknown     | 65, see 2  |
    |                   | 60        | 59            | 5       | 65      | 64          | 65, see 1  |
    |                   | unknown   | 59            |         | unknown | 59          | 59         |
    |                   | 60        | unknown       |         | 60      | unknown     | 60         |
    |                   | unknown   | unknown       |         | unknown | unknown     | unknown    |
    | 30                |           | unknown       |         | unknown | unknown     | unknown    |

    1. The sum that agrees with the stated costs, else the one by year. Check R23 compares both.
    2. The costs of each year are unknown: some belong to a year that nobody has said.

    Revenue is no category of costs: it is deducted from either sum, with a year or without.
    """

    costs: tuple[CostFigures, ...]
    stated: Decimal | None = None

    @cached_property
    def _of_years(self) -> list[CostFigures]:
        return [cost for cost in self._counted if _is_of_year(cost)]

    @cached_property
    def _of_categories(self) -> list[CostFigures]:
        return [cost for cost in self._counted if _is_of_category(cost)]

    @cached_property
    def _counted(self) -> list[CostFigures]:
        return [cost for cost in self.costs if not cost.is_deducted and cost.amount != 0]

    @property
    def is_stated_twice(self) -> bool:
        return bool(self._of_years and self._of_categories)

    @property
    def has_undated_categories(self) -> bool:
        return bool(self._of_categories)

    @property
    def amounts_by_year(self) -> list[Decimal]:
        """The terms of the sum by year."""
        return _known(cost for cost in self._counted if not _is_of_category(cost))

    @property
    def amounts_by_category(self) -> list[Decimal]:
        return _known(cost for cost in self._counted if not _is_of_year(cost))

    @property
    def has_undated(self) -> bool:
        return any(cost.year is None for cost in self.costs)

    @cached_property
    def by_year(self) -> Decimal | None:
        """Costs before revenue; None if they are not all stated by year."""
        if self._of_categories and not self._of_years:
            return None
        return _sum(cost for cost in self._counted if not _is_of_category(cost))

    @cached_property
    def by_category(self) -> Decimal | None:
        """Costs before revenue; None if they are not all stated by category."""
        if self._of_years and not self._of_categories:
            return None
        return _sum(cost for cost in self._counted if not _is_of_year(cost))

    @cached_property
    def revenue(self) -> Decimal | None:
        return _sum(cost for cost in self.costs if cost.is_deducted)

    @cached_property
    def gross(self) -> Decimal | None:
        """Costs before revenue, each euro once; None if there are none, or one is unknown."""
        if not self.is_stated_twice:
            return _sum(self.costs_before_revenue) if self.costs else None
        known = [amount for amount in (self.by_year, self.by_category) if amount is not None]
        if self.stated is not None and self.revenue is not None and self.stated + self.revenue in known:
            return self.stated + self.revenue
        return known[0] if known else None

    @property
    def net(self) -> Decimal | None:
        return difference(self.gross, self.revenue)

    @property
    def costs_before_revenue(self) -> tuple[CostFigures, ...]:
        return tuple(cost for cost in self.costs if not cost.is_deducted)

    @cached_property
    def leaves_years_open(self) -> bool:
        """Whether some costs belong to a year that is not known."""
        if self._of_categories and not self._of_years:
            return True
        return any(map(_is_neither, self._counted))

    @cached_property
    def leaves_categories_open(self) -> bool:
        if self._of_years and not self._of_categories:
            return True
        return any(map(_is_neither, self._counted))

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({cost.year for cost in self.costs if cost.year is not None}))

    def gross_in(self, year: int) -> Decimal | None:
        """None also if costs without a year may belong to it."""
        if self.leaves_years_open:
            return None
        return self.column(year, is_net=False)

    def net_in(self, year: int) -> Decimal | None:
        undated = any(cost.year is None and cost.is_deducted and cost.amount != 0 for cost in self.costs)
        return None if undated or self.leaves_years_open else self.column(year, is_net=True)

    def column(self, year: int | None, *, is_net: bool) -> Decimal | None:
        """What stands under a year in the table, or under "not known"."""
        rows = [cost for cost in self.costs if cost.year == year and (is_net or not cost.is_deducted)]
        return sum_if_all_known([cost.net for cost in rows])

    def in_category(self, category: str) -> Decimal | None:
        """Each euro once: what the years state is not broken down only as far as no category states it."""
        rows = [cost for cost in self.costs if cost.category == category]
        if category == CostCategory.NOT_BROKEN_DOWN and self.is_stated_twice:
            rows = [cost for cost in rows if cost.year is None]
        return _sum(rows)

    def net_in_category(self, category: str) -> Decimal | None:
        """Negative for revenue."""
        amount = self.in_category(category)
        return -amount if amount is not None and category in DEDUCTED else amount


def _is_of_year(cost: CostFigures) -> bool:
    return cost.year is not None and cost.category == CostCategory.NOT_BROKEN_DOWN


def _is_of_category(cost: CostFigures) -> bool:
    return cost.year is None and cost.category != CostCategory.NOT_BROKEN_DOWN


def _is_neither(cost: CostFigures) -> bool:
    return cost.year is None and cost.category == CostCategory.NOT_BROKEN_DOWN


def _known(costs: Iterable[CostFigures]) -> list[Decimal]:
    return [cost.amount for cost in costs if cost.amount is not None]


def _sum(costs: Iterable[CostFigures]) -> Decimal | None:
    return sum_if_all_known(cost.amount for cost in costs)
