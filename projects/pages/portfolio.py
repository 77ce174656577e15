"""The list of projects: one row each, searched, filtered, sorted and summed by what is kept of each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, Sum
from django.db.models.expressions import Expression
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from financing.models import ProjectSummary
from financing.querysets import ProjectSummaryQuerySet
from financing.reconciliation.findings import Level
from financing.reconciliation.run import COMPARING
from financing.reports.charts import LiabilityBar, liability_bar
from financing.rules.calculations import LiabilityTotals
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.rows import rows_by_key
from mikrogrow.database.versions import COMMON, SUMMARIES, version_of
from mikrogrow.values.money import euros_of_cents, percent_of
from projects.choices import FALLEN, STATUS_PLACES, ProjectStatus
from projects.schedule import TimeGone, share_of_time, status_on, status_place_on, time_gone


@dataclass(frozen=True)
class Mark:
    """How many findings of a level a project has; `level` is "explained" for those that are explained."""

    level: str
    words: str


@dataclass(frozen=True)
class PortfolioRow:
    """A project in the list. Euros; None is unknown. The counts are of unexplained findings, by level.

    `used_share` is the exact percent of the planned costs, None before the first invoice. `fault` says why
    nothing could be computed.
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
    liability: LiabilityTotals
    has_commitment: bool
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    explained: int = 0
    used_share: Decimal | None = None
    fault: str = ""
    checks_done: int = 0

    @property
    def checks(self) -> int:
        return len(COMPARING)

    @property
    def marks(self) -> list[Mark]:
        """The findings, the worst first, or that there are none."""
        if self.fault:
            return [Mark(Level.ERROR, gettext("ei voi laskea: %s") % self.fault)]
        marks = (
            (self.errors, Level.ERROR, ngettext("%d virhe", "%d virhettä", self.errors)),
            (self.warnings, Level.WARNING, ngettext("%d varoitus", "%d varoitusta", self.warnings)),
            (self.notes, Level.NOTE, ngettext("%d huomautus", "%d huomautusta", self.notes)),
            (self.explained, "explained", ngettext("%d selitetty", "%d selitettyä", self.explained)),
        )
        shown = [Mark(level, words % number) for number, level, words in marks if number]
        if shown:
            return shown
        return [
            Mark(Level.PASSED, gettext("Täsmää"))
            if self.checks_done
            else Mark(Level.UNKNOWN, gettext("Ei tarkistettavaa"))
        ]

    @property
    def bar(self) -> LiabilityBar | None:
        return liability_bar(self.liability)


@dataclass(frozen=True)
class PortfolioTotals:
    """Key figures of the filtered rows, in euros, summed over the projects where they are known.

    `…_unknown` says in how many they are not; a sum is None if it is known of no project. `outside_unknown`
    counts projects with an authorisation of which nobody can say whether it suffices, `unauthorised` is the
    liability of projects that go on without any, `fallen` what was paid for those that do not go on. Only
    unexplained errors count.
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
    unauthorised: Decimal
    unauthorised_projects: int
    fallen: Decimal
    errors: int
    error_projects: int


FALLEN_PLACES = [STATUS_PLACES[status] for status in FALLEN]

Sort = Sequence[Expression | F]


@dataclass(frozen=True)
class Column:
    """A column of the list. `sort` takes the day; the unknown comes below all that is known.

    The first click on the heading sorts downwards, or upwards if it says so.
    """

    key: str
    label: Any
    sort: Callable[[date], Sort]
    note: Any = ""
    is_number: bool = False
    first_sort_is_upwards: bool = False


COLUMNS = (
    Column("name", _("Hanke"), lambda on: [F("name_key")], first_sort_is_upwards=True),
    Column("status", _("Tila"), lambda on: [F("status_place_now")], first_sort_is_upwards=True),
    Column("time", _("Aikaa kulunut"), lambda on: [share_of_time(on)], is_number=True),
    Column(
        "planned", _("Suunniteltu"), lambda on: [F("planned_place")], note=_("osahanke, €"), is_number=True
    ),
    Column(
        "liability",
        _("Kokonaisvastuu"),
        lambda on: [F("liability_place")],
        note=_("valtuutus viivana, €"),
        is_number=True,
    ),
    Column(
        "findings",
        _("Täsmäytys"),
        lambda on: [F("errors"), F("warnings"), F("notes"), F("outside_place")],
    ),
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


@dataclass(frozen=True)
class Chosen:
    """What a reader of the list has chosen; empty is everything."""

    words: str = ""
    status: str = ""
    programme: int | None = None
    needs_attention: bool = False


def chosen_summaries(chosen: Chosen, on: date) -> ProjectSummaryQuerySet:
    """What is kept of the chosen projects. Update it before you read it."""
    found = ProjectSummary.objects.matching(chosen.words).annotate(status_place_now=status_place_on(on))
    if chosen.status:
        found = found.filter(status_place_now=STATUS_PLACES[chosen.status])
    if chosen.programme is not None:
        found = found.filter(programme=chosen.programme)
    if chosen.needs_attention:
        found = found.filter(Q(errors__gt=0) | Q(warnings__gt=0))
    return found


def _may_be_null(column: Expression | F) -> bool | None:
    # A plain column of a sort is never null; an index has its order only if nothing is said of nulls.
    return None if isinstance(column, F) else True


def sorted_summaries(summaries: ProjectSummaryQuerySet, sort: str, on: date) -> ProjectSummaryQuerySet:
    """By one of SORTS, downwards with "-" before it; ties by name."""
    columns = SORTS[sort].sort(on)
    if sort.startswith("-"):
        order = [column.desc(nulls_last=_may_be_null(column)) for column in columns]
    else:
        order = [column.asc(nulls_first=_may_be_null(column)) for column in columns]
    return summaries.order_by(*order, "name_key", "project_id")


def portfolio_rows(keys: Sequence[int], on: date) -> list[PortfolioRow]:
    """In the order of the projects' keys, without those that have gone."""
    summaries = rows_by_key(ProjectSummary.objects.select_related("project"), keys)
    return [portfolio_row(summary, on) for summary in summaries]


def portfolio_row(summary: ProjectSummary, on: date) -> PortfolioRow:
    project = summary.project
    planned, used = euros_of_cents(summary.planned), euros_of_cents(summary.used)
    return PortfolioRow(
        name=project.name,
        short_name=project.short_name,
        url=project.get_absolute_url(),
        status=status_on(project, on),
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        time=time_gone(project, on),
        has_begun=project.starts_on is not None and project.starts_on <= on,
        planned=planned,
        liability=LiabilityTotals(
            euros_of_cents(summary.liability),
            euros_of_cents(summary.authorised),
            euros_of_cents(summary.outside),
        ),
        has_commitment=summary.has_commitment,
        errors=summary.errors,
        warnings=summary.warnings,
        notes=summary.notes,
        explained=summary.explained,
        used_share=percent_of(used, planned),
        fault=summary.fault,
        checks_done=summary.checks_done,
    )


_totals: VersionedCache[PortfolioTotals] = VersionedCache()


def portfolio_totals(chosen: Chosen, on: date) -> PortfolioTotals:
    """Summed once for each version of the summaries, and of the names if a search looks at them."""
    version = (version_of(SUMMARIES), version_of(COMMON) if chosen.words else 0)
    return _totals.get_or_make((chosen, on), version, lambda: _sum_totals(chosen_summaries(chosen, on)))


def _sum_totals(summaries: ProjectSummaryQuerySet) -> PortfolioTotals:
    committed = Q(has_commitment=True)
    found = summaries.aggregate(
        projects=Count("pk"),
        running=Count("pk", filter=Q(status_place_now=STATUS_PLACES[ProjectStatus.RUNNING])),
        in_preparation=Count("pk", filter=Q(status_place_now=STATUS_PLACES[ProjectStatus.PREPARATION])),
        sum_of_liability=Sum("liability"),
        liability_unknown=Count("pk", filter=Q(liability=None)),
        committed=Count("pk", filter=committed),
        sum_authorised=Sum("authorised", filter=committed),
        authorised_unknown=Count("pk", filter=committed & Q(authorised=None)),
        sum_outside=Sum("outside", default=0),
        outside_projects=Count("pk", filter=Q(outside__gt=0)),
        outside_unknown=Count("pk", filter=committed & Q(outside=None)),
        sum_unauthorised=Sum("liability", filter=Q(lacks_authority=True), default=0),
        unauthorised_projects=Count("pk", filter=Q(lacks_authority=True)),
        sum_fallen=Sum("liability", filter=Q(status_place_now__in=FALLEN_PLACES), default=0),
        sum_of_errors=Sum("errors", default=0),
        error_projects=Count("pk", filter=Q(errors__gt=0)),
    )
    # The sum of nothing is 0; of projects of which none is known it is unknown.
    liability = found.pop("sum_of_liability") if found["projects"] else 0
    authorised = found.pop("sum_authorised") if found.pop("committed") else 0
    return PortfolioTotals(
        **{name: number for name, number in found.items() if not name.startswith("sum_")},
        liability=euros_of_cents(liability),
        authorised=euros_of_cents(authorised),
        outside=Decimal(found["sum_outside"]).scaleb(-2),
        unauthorised=Decimal(found["sum_unauthorised"]).scaleb(-2),
        fallen=Decimal(found["sum_fallen"]).scaleb(-2),
        errors=found["sum_of_errors"],
    )
