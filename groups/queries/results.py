"""Reads what a project's companies became, and what serves each of its objectives."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from groups.models import CompanyYear
from groups.querysets import held_by
from projects.choices import PointKind
from projects.models import ProjectPoint

SERVED_KINDS = (PointKind.OBJECTIVE, PointKind.ADDED_VALUE)
# (year, value) of each company.
ByCompany = Sequence[tuple[int, Sequence[tuple[int, Decimal | int | None]]]]


@dataclass(frozen=True)
class ServedPoint:
    """An objective or added value, with how many experiments, meetings and indicators serve it."""

    point: ProjectPoint
    experiments: int
    meetings: int
    indicators: int

    @property
    def is_served(self) -> bool:
        return bool(self.experiments or self.meetings or self.indicators)


def sizes_of(companies: Collection[int], until: int, since: int | None = None) -> tuple[ByCompany, ByCompany]:
    """Persons and turnover by year, of years until one and since one, with these."""
    persons: defaultdict[int, list[tuple[int, Decimal | int | None]]] = defaultdict(list)
    turnover: defaultdict[int, list[tuple[int, Decimal | int | None]]] = defaultdict(list)
    rows = CompanyYear.objects.filter(company__in=companies, year__lte=until).order_by("year")
    if since is not None:
        rows = rows.filter(year__gte=since)
    for company, year, staff, sales in rows.values_list("company", "year", "persons", "turnover"):
        persons[company].append((year, staff))
        turnover[company].append((year, sales))
    return (
        [(company, persons[company]) for company in sorted(companies)],
        [(company, turnover[company]) for company in sorted(companies)],
    )


def points_for(project: int, chosen: Iterable[ProjectPoint] = ()) -> QuerySet[ProjectPoint]:
    """That can be served, and those that are."""
    found = Q(project=project, kind__in=SERVED_KINDS) | Q(pk__in=[point.pk for point in chosen])
    return ProjectPoint.objects.filter(found)


def in_order(points: Iterable[Any]) -> list[Any]:
    """The objectives first, as the application lists them."""
    return sorted(points, key=lambda point: (point.kind != PointKind.OBJECTIVE, point.kind, point.number))


def served_points(project: int, on: date, since: date | None = None) -> list[ServedPoint]:
    """By experiments that began and meetings that were held by the day, or between two."""
    rows = points_for(project)
    begun = Q(experiments__starts_on__lte=on)
    held = held_by(on, "meetings__")
    if since is not None:
        begun &= Q(experiments__starts_on__gte=since)
        held &= Q(meetings__day__gte=since)
    counted = rows.annotate(
        experiment_count=Count("experiments", filter=begun, distinct=True),
        meeting_count=Count("meetings", filter=held, distinct=True),
        indicator_count=Count("indicators", distinct=True),
    )
    return [
        ServedPoint(row, row.experiment_count, row.meeting_count, row.indicator_count)
        for row in in_order(counted)
    ]
