"""The city's appropriations and all that draws on each: projects, what they need, and what was used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from financing.models import Appropriation, KeptNeed
from mikrogrow.database.rows import rows_by_key
from mikrogrow.values.money import ZERO, difference, euros_of_cents

COLUMNS = ("least", "most", "authorised", "invoiced", "paid")


@dataclass(frozen=True)
class DrawSums:
    """What is needed of an appropriation at least and at most, authorised, invoiced and paid, in euros.

    None is unknown, also in a sum with an unknown part.
    """

    least: Decimal | None
    most: Decimal | None
    authorised: Decimal | None
    invoiced: Decimal | None
    paid: Decimal | None

    @property
    def left(self) -> Decimal | None:
        """Needed and not yet invoiced."""
        return difference(self.most, self.invoiced)


NOTHING = DrawSums(ZERO, ZERO, ZERO, ZERO, ZERO)


@dataclass(frozen=True)
class DrawRow:
    project: str
    slug: str
    sums: DrawSums


@dataclass(frozen=True)
class AppropriationRow:
    """An appropriation with what so many projects take from it together."""

    appropriation: Appropriation
    projects: int
    sums: DrawSums

    @property
    def at_most(self) -> Decimal | None:
        """What is left for projects; None if the amount or what else is committed is unknown."""
        return difference(self.appropriation.amount, self.appropriation.committed_elsewhere)

    @property
    def free(self) -> Decimal | None:
        """What nobody needs; negative if more is needed than there is."""
        return difference(self.at_most, self.sums.most)

    @property
    def unspent(self) -> Decimal | None:
        return difference(self.at_most, self.sums.invoiced)


def draws_on(appropriation: Appropriation) -> QuerySet[KeptNeed]:
    """By the name of the project."""
    return KeptNeed.objects.filter(appropriation=appropriation.name, year=appropriation.year).order_by(
        "name_key", "project"
    )


def draw_rows(keys: Sequence[int]) -> list[DrawRow]:
    """Those of kept needs, in the order of the keys."""
    rows = rows_by_key(KeptNeed.objects.select_related("project"), keys)
    return [DrawRow(row.project.short_name, row.project.slug, _sums(vars(row))) for row in rows]


def appropriation_rows(appropriations: Iterable[Appropriation]) -> list[AppropriationRow]:
    """One query, however many."""
    found = list(appropriations)
    needs = KeptNeed.objects.filter(appropriation__in={row.name for row in found})
    unknown = {f"{name}_unknown": Count("pk", filter=Q(**{f"{name}__isnull": True})) for name in COLUMNS}
    sums: Any = {f"{name}_sum": Sum(name) for name in COLUMNS}
    grouped = needs.order_by("appropriation", "year").values("appropriation", "year")
    by_place = {
        (row["appropriation"], row["year"]): row
        for row in grouped.annotate(projects=Count("pk"), **sums, **unknown)
    }
    return [_row(appropriation, by_place) for appropriation in found]


def _row(appropriation: Appropriation, by_place: dict[tuple[str, int | None], Any]) -> AppropriationRow:
    found = by_place.get((appropriation.name, appropriation.year))
    if found is None:
        return AppropriationRow(appropriation, 0, NOTHING)
    # A sum with an unknown part is unknown.
    cents = {name: None if found[f"{name}_unknown"] else found[f"{name}_sum"] for name in COLUMNS}
    return AppropriationRow(appropriation, found["projects"], _sums(cents))


def _sums(cents: dict[str, int | None]) -> DrawSums:
    return DrawSums(*(euros_of_cents(cents[name]) for name in COLUMNS))
