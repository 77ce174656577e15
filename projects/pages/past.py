"""The list of projects as of an earlier day: computed when it is asked for, so of a number of projects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.models import ProjectSummary
from financing.queries.summaries import summaries_on
from mikrogrow.database.rows import rows_by_key
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import ZERO, format_count
from projects.choices import FALLEN, STATUS_PLACES, ProjectStatus
from projects.models import Project
from projects.pages.portfolio import Chosen, PortfolioRow, PortfolioTotals, chosen_summaries, portfolio_row

MOST = 200

Place = tuple[Decimal | int, ...]


@dataclass(frozen=True)
class PastPortfolio:
    """`refusal` says why nothing is shown."""

    rows: Sequence[PortfolioRow]
    totals: PortfolioTotals
    refusal: str = ""


@dataclass(frozen=True)
class _Kept:
    """What would have been kept then, and the row that it makes."""

    summary: ProjectSummary
    row: PortfolioRow


def past_portfolio(chosen: Chosen, sort: str, on: date) -> PastPortfolio:
    """`sort` is one of SORTS. A fixed number of queries."""
    # What needed attention then is known only once it is computed.
    found = chosen_summaries(replace(chosen, needs_attention=False), on).order_by("name_key", "project_id")
    keys = list(found.values_list("pk", flat=True)[: MOST + 1])
    if len(keys) > MOST:
        return PastPortfolio([], _totals([]), _refusal(found.count(), on))
    projects = rows_by_key(Project.objects.prefetch_related("spellings"), keys)
    kept = [_Kept(summary, portfolio_row(summary, on)) for summary in summaries_on(projects, on)]
    if chosen.needs_attention:
        kept = [each for each in kept if each.row.errors or each.row.warnings]
    kept = _sorted(kept, sort)
    return PastPortfolio([each.row for each in kept], _totals(kept))


def _sorted(kept: list[_Kept], sort: str) -> list[_Kept]:
    """They come in the order of their names, in which ties stay."""
    if sort == "-name":
        return kept[::-1]
    place = PLACES[sort.removeprefix("-")]
    return sorted(kept, key=(lambda each: [-number for number in place(each)]) if sort[0] == "-" else place)


def _refusal(number: int, on: date) -> str:
    return _(
        "Aiemman päivän luvut lasketaan enintään %(most)s hankkeesta kerrallaan, ja näillä rajauksilla "
        "niitä on %(number)s. Rajaa hankkeita haulla, tilalla tai ohjelmalla, niin näet tilanteen %(day)s."
    ) % {"most": MOST, "number": format_count(number), "day": format_date(on)}


def _known(number: Decimal | int | None) -> Decimal | int:
    # The unknown comes below all that is known.
    return -1 if number is None else number


# As the columns of the list sort (projects.pages.portfolio.COLUMNS); names are in order already.
PLACES: dict[str, Callable[[_Kept], Place]] = {
    "name": lambda each: (),
    "status": lambda each: (STATUS_PLACES[each.row.status],),
    "time": lambda each: (_known(each.row.time.share if each.row.time else None),),
    "planned": lambda each: (_known(each.row.planned),),
    "liability": lambda each: (_known(each.row.liability.total),),
    "findings": lambda each: (
        each.row.errors,
        each.row.warnings,
        each.row.notes,
        each.row.liability.outside or ZERO,
    ),
}


def _totals(kept: Sequence[_Kept]) -> PortfolioTotals:
    rows = [each.row for each in kept]
    committed = [row for row in rows if row.has_commitment]
    outside = [row.liability.outside for row in rows if row.liability.outside]
    unauthorised = [each.row for each in kept if each.summary.lacks_authority]
    return PortfolioTotals(
        projects=len(rows),
        running=sum(row.status == ProjectStatus.RUNNING for row in rows),
        in_preparation=sum(row.status == ProjectStatus.PREPARATION for row in rows),
        liability=_sum([row.liability.total for row in rows]),
        liability_unknown=sum(row.liability.total is None for row in rows),
        authorised=_sum([row.liability.authorised for row in committed]),
        authorised_unknown=sum(row.liability.authorised is None for row in committed),
        outside=sum(outside, ZERO),
        outside_projects=len(outside),
        outside_unknown=sum(row.liability.outside is None for row in committed),
        unauthorised=sum((row.liability.total or ZERO for row in unauthorised), ZERO),
        unauthorised_projects=len(unauthorised),
        fallen=sum((row.liability.total or ZERO for row in rows if row.status in FALLEN), ZERO),
        errors=sum(row.errors for row in rows),
        error_projects=sum(bool(row.errors) for row in rows),
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal | None:
    """Over those that are known; None if none of them is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known or not amounts else None
