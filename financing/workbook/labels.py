"""What the sheets of plans share: their words, by which an import finds them, and where figures stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from financing.choices import DEDUCTED
from financing.reports.plans import PlanTable, stated_years_label
from financing.rules.figures.plans import PlanFigures, plan_subject


@dataclass(frozen=True)
class Heading:
    """The line above every sheet: the project and the day."""

    line: str


@dataclass
class PlanPlaces:
    """The addresses of one plan's figures, for formulas on other sheets.

    `without_year` is the condition that each of the costs has a year; empty if each has one. `rows_cost` is
    the sum of the costs by category and year, `cost` what the paper states.
    """

    cost: str = ""
    without_year: str = ""
    rows_cost: str = ""
    cost_years: dict[int, str] = field(default_factory=dict)
    amounts: dict[int, str] = field(default_factory=dict)
    years: dict[tuple[int, int], str] = field(default_factory=dict)


Places = Mapping[int, PlanPlaces]


def block_title(table: PlanTable) -> str:
    words = _titled(table.title, table.version, table.status_label)
    return f"{words}: {table.reason}" if table.reason else words


def plan_title(plan: PlanFigures) -> str:
    return _titled(plan_subject(plan), plan.version, plan.status_label)


def _titled(title: str, version: int, status: str) -> str:
    words = {"title": title, "version": version, "status": status}
    return _("%(title)s, versio %(version)s, %(status)s") % words


def stated_cost_label(table: PlanTable | PlanFigures) -> str:
    """An import finds the stated costs by these words."""
    if table.is_gross:
        gross = _("Kustannukset, ilmoitettu (brutto)")
        return _("Kustannukset, ilmoitettu (noin, brutto)") if table.cost_is_approximate else gross
    if table.cost_is_approximate:
        return _("Kustannukset, ilmoitettu (noin)")
    return _("Kustannukset, ilmoitettu")


def net_cost_label(table: PlanTable) -> str:
    return table.cost_label if table.is_gross else stated_cost_label(table)


def cost_label(category: str, label: str) -> str:
    if category in DEDUCTED:
        return _("Tulot (vähennetään)")
    return label[:1].upper() + label[1:]


def stated_label(category: str, label: str) -> str:
    return _("%(category)s, ilmoitettu") % {"category": cost_label(category, label)}


def stated_sources_label() -> str:
    return _("Rahoitus yhteensä, ilmoitettu")


def stated_costs_label() -> str:
    return stated_years_label(is_gross=False)
