"""The list of all projects: one row each, searched, filtered, sorted and summed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from financing.queries.figures import project_figures
from financing.reconciliation.explaining import count_unexplained, project_findings
from financing.reconciliation.findings import Level
from financing.reports.charts import LiabilityBar, liability_bar
from financing.reports.spending import money_used
from financing.rules.calculations import Liability, liability
from financing.rules.figures import ProjectFigures
from mikrogrow.database.cache import cached_by
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.schedule import TimeGone, status_on, time_gone

STATUS_ORDER = list(Project.Status)


@dataclass(frozen=True)
class PortfolioRow:
    """A project in the list; euros, and None for what is unknown. `levels` are findings not explained.

    `used_share` is percent of the planned costs, exact; None before there are invoices, too.
    """

    name: str
    short_name: str
    url: str
    status: Project.Status
    starts_on: date | None
    ends_on: date | None
    time: TimeGone | None
    has_begun: bool
    planned: Decimal | None
    liability: Liability
    has_commitment: bool
    levels: dict[Level, int]
    explained: int = 0
    used_share: Decimal | None = None

    @property
    def level_counts(self) -> dict[str, int]:
        """The number of findings by the level's name, and of the explained ones, for templates."""
        return {**{level.value: number for level, number in self.levels.items()}, "explained": self.explained}

    @property
    def bar(self) -> LiabilityBar | None:
        """The liability as a small bar; None where it or the cap is unknown."""
        return liability_bar(self.liability)

    @property
    def needs_attention(self) -> bool:
        """True where a figure disagrees and nobody has explained why."""
        return bool(self.levels[Level.ERROR] or self.levels[Level.WARNING])


@dataclass(frozen=True)
class PortfolioTotals:
    """The key figures over all rows that the filters leave, in euros over the projects where they are known.

    Errors are those that nobody has explained.

    How many are not known stands beside each; a sum is None where it is known of no project.
    `outside_unknown` are projects with an authority of which nobody can say whether it suffices.
    """

    projects: int
    running: int
    in_preparation: int
    liability: Decimal | None
    liability_unknown: int
    authorised: Decimal | None
    authorised_unknown: int
    outside: Decimal
    outside_projects: int
    outside_unknown: int
    errors: int
    error_projects: int


def _attention(row: PortfolioRow) -> tuple[Any, ...]:
    levels = row.levels
    return (levels[Level.ERROR], levels[Level.WARNING], levels[Level.NOTE], row.liability.outside or 0)


def _known_first(value: Any) -> tuple[bool, Any]:
    return (value is not None, value or 0)


SORT_KEYS: dict[str, Callable[[PortfolioRow], Any]] = {
    "name": lambda row: row.short_name.casefold(),
    "status": lambda row: STATUS_ORDER.index(row.status),
    "time": lambda row: _known_first(row.time and row.time.share),
    "planned": lambda row: _known_first(row.planned),
    "liability": lambda row: _known_first(row.liability.total),
    "findings": _attention,
}
DEFAULT_SORT = "-findings"


def portfolio_rows(projects: ProjectQuerySet, on: date) -> list[PortfolioRow]:
    """A row for each project, in the queryset's order; a fixed number of queries for any number of them."""
    found = list(projects)
    figures = project_figures(found)
    return [
        PortfolioRow(
            name=project.name,
            short_name=project.short_name,
            url=project.get_absolute_url(),
            status=status_on(project, on),
            starts_on=project.starts_on,
            ends_on=project.ends_on,
            time=time_gone(project, on),
            has_begun=project.starts_on is not None and project.starts_on <= on,
            **_money(figures[project.pk]),
        )
        for project in found
    ]


@cached_by(attrgetter("project_id"))
def _money(figures: ProjectFigures) -> dict[str, Any]:
    """The values of a row that do not depend on the day."""
    plan, findings = figures.city_plan, project_findings(figures)
    return {
        "planned": plan.cost if plan else None,
        "liability": liability(figures),
        "has_commitment": bool(figures.commitments),
        "levels": count_unexplained(findings),
        "explained": sum(finding.is_explained for finding in findings),
        "used_share": money_used(figures).total.share if figures.invoices else None,
    }


def sorted_rows(rows: Sequence[PortfolioRow], sort: str) -> list[PortfolioRow]:
    """The rows by a key of SORT_KEYS, downwards with a "-" before it; equal ones by name."""
    by_name = sorted(rows, key=SORT_KEYS["name"])
    return sorted(by_name, key=SORT_KEYS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def portfolio_totals(rows: Sequence[PortfolioRow]) -> PortfolioTotals:
    """The key figures of the rows."""
    liabilities = [row.liability.total for row in rows]
    committed = [row.liability for row in rows if row.has_commitment]
    authorised = [each.authorised for each in committed]
    outside = [row.liability.outside for row in rows if row.liability.outside]
    errors = [row.levels[Level.ERROR] for row in rows if row.levels[Level.ERROR]]
    return PortfolioTotals(
        projects=len(rows),
        running=sum(row.status == Project.Status.RUNNING for row in rows),
        in_preparation=sum(row.status == Project.Status.PREPARATION for row in rows),
        liability=_sum_of_known(liabilities),
        liability_unknown=liabilities.count(None),
        authorised=_sum_of_known(authorised),
        authorised_unknown=authorised.count(None),
        outside=sum(outside, Decimal(0)),
        outside_projects=len(outside),
        outside_unknown=sum(each.outside is None for each in committed),
        errors=sum(errors),
        error_projects=len(errors),
    )


def _sum_of_known(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return None if amounts and not known else sum(known, Decimal(0))
