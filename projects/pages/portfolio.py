"""The list of projects: one row each, searched, filtered, sorted and summed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from financing.queries.figures import project_figures
from financing.reconciliation.explaining import count_unexplained, project_findings
from financing.reconciliation.findings import FOUND, Level
from financing.reports.charts import LiabilityBar, liability_bar
from financing.rules.calculations import Liability
from financing.rules.city_money import city_money
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.database.cache import cached_by
from mikrogrow.values.money import ZERO
from projects.choices import ProjectStatus
from projects.querysets import ProjectQuerySet
from projects.schedule import TimeGone, status_on, time_gone

STATUS_ORDER = list(ProjectStatus)


@dataclass(frozen=True)
class Mark:
    """How many findings of a level a project has; `level` is "explained" for those that are explained."""

    level: str
    words: str


@dataclass(frozen=True)
class PortfolioRow:
    """A project in the list. Euros; None is unknown. `levels` counts the unexplained findings.

    `used_share` is the exact percent of the planned costs, None before the first invoice.
    """

    name: str
    short_name: str
    url: str
    status: ProjectStatus
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
    def marks(self) -> list[Mark]:
        """The findings, the worst first, or that there are none."""
        errors, warnings, notes = (self.levels[level] for level in FOUND)
        marks = (
            (errors, Level.ERROR, ngettext("%d virhe", "%d virhettä", errors)),
            (warnings, Level.WARNING, ngettext("%d varoitus", "%d varoitusta", warnings)),
            (notes, Level.NOTE, ngettext("%d huomautus", "%d huomautusta", notes)),
            (self.explained, "explained", ngettext("%d selitetty", "%d selitettyä", self.explained)),
        )
        shown = [Mark(level, words % number) for number, level, words in marks if number]
        return shown or [Mark(Level.PASSED, gettext("Täsmää"))]

    @property
    def bar(self) -> LiabilityBar | None:
        return liability_bar(self.liability)

    @property
    def needs_attention(self) -> bool:
        return bool(self.levels[Level.ERROR] or self.levels[Level.WARNING])


@dataclass(frozen=True)
class PortfolioTotals:
    """Key figures of the filtered rows, in euros, summed over the projects where they are known.

    `…_unknown` says in how many they are not; a sum is None if it is known of no project. `outside_unknown`
    counts projects with an authorisation of which nobody can say whether it suffices. Only unexplained errors
    count.
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


@dataclass(frozen=True)
class Column:
    """A column of the list. The first click on its heading sorts downwards, or upwards if it says so."""

    key: str
    label: Any
    sort: Callable[[PortfolioRow], Any]
    note: Any = ""
    is_number: bool = False
    first_sort_is_upwards: bool = False


COLUMNS = (
    Column("name", _("Hanke"), lambda row: row.short_name.casefold(), first_sort_is_upwards=True),
    Column("status", _("Tila"), lambda row: STATUS_ORDER.index(row.status), first_sort_is_upwards=True),
    Column("time", _("Aikaa kulunut"), lambda row: _known_first(row.time and row.time.share), is_number=True),
    Column(
        "planned",
        _("Suunniteltu"),
        lambda row: _known_first(row.planned),
        note=_("osahanke, €"),
        is_number=True,
    ),
    Column(
        "liability",
        _("Kokonaisvastuu"),
        lambda row: _known_first(row.liability.total),
        note=_("valtuutus viivana, €"),
        is_number=True,
    ),
    Column("findings", _("Täsmäytys"), _attention),
)
SORTS = {sign + column.key: column for column in COLUMNS for sign in ("", "-")}
DEFAULT_SORT = "-findings"


@dataclass(frozen=True)
class Heading:
    """A column's heading: its link sorts by it, `aria_sort` and `mark` say how it is sorted now."""

    label: Any
    note: Any
    is_number: bool
    query: str
    aria_sort: str
    mark: str


def headings(sort: str, filters: Mapping[str, object]) -> list[Heading]:
    return [_heading(column, sort, filters) for column in COLUMNS]


def _heading(column: Column, sort: str, filters: Mapping[str, object]) -> Heading:
    upwards, downwards = column.key, f"-{column.key}"
    now = ("ascending", "▲") if sort == upwards else ("descending", "▼") if sort == downwards else ("", "")
    first, other = (upwards, downwards) if column.first_sort_is_upwards else (downwards, upwards)
    query = urlencode({**filters, "sort": other if sort == first else first})
    return Heading(column.label, column.note, column.is_number, query, *now)


def portfolio_rows(projects: ProjectQuerySet, on: date) -> list[PortfolioRow]:
    """A row for each project, in the queryset's order, with a fixed number of queries."""
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
    """What does not depend on the day."""
    plan, findings, money = figures.city_plan, project_findings(figures), city_money(figures)
    return {
        "planned": plan.cost if plan else None,
        "liability": money.liability,
        "has_commitment": bool(figures.commitments),
        "levels": count_unexplained(findings),
        "explained": sum(finding.is_explained for finding in findings),
        "used_share": money.used.total.share if figures.invoices else None,
    }


def sorted_rows(rows: Sequence[PortfolioRow], sort: str) -> list[PortfolioRow]:
    """Sorted by one of SORTS, downwards with "-" before it; ties by name."""
    by_name = sorted(rows, key=SORTS["name"].sort)
    return sorted(by_name, key=SORTS[sort].sort, reverse=sort.startswith("-"))


def portfolio_totals(rows: Sequence[PortfolioRow]) -> PortfolioTotals:
    liabilities = [row.liability.total for row in rows]
    committed = [row.liability for row in rows if row.has_commitment]
    authorised = [each.authorised for each in committed]
    outside = [row.liability.outside for row in rows if row.liability.outside]
    errors = [row.levels[Level.ERROR] for row in rows if row.levels[Level.ERROR]]
    return PortfolioTotals(
        projects=len(rows),
        running=sum(row.status == ProjectStatus.RUNNING for row in rows),
        in_preparation=sum(row.status == ProjectStatus.PREPARATION for row in rows),
        liability=_sum_of_known(liabilities),
        liability_unknown=liabilities.count(None),
        authorised=_sum_of_known(authorised),
        authorised_unknown=authorised.count(None),
        outside=sum(outside, ZERO),
        outside_projects=len(outside),
        outside_unknown=sum(each.outside is None for each in committed),
        errors=sum(errors),
        error_projects=len(errors),
    )


def _sum_of_known(amounts: Sequence[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return None if amounts and not known else sum(known, ZERO)
