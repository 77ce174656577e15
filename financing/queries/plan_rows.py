"""The rows of any number of plans, as figures: each kind in one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Value

from financing.models import CostAllocation, FinancingLine, FinancingLineYear, StatedTotal
from financing.queries.spending import grouped
from financing.rules.figures.costs import StatedFigures
from financing.rules.figures.plans import LineFigures, SourceFigures

SOURCE_FIELDS = ("pk", "name", "source_class", "funder_id", "funder__is_own_city")

Costs = defaultdict[int, list[tuple[int | None, Decimal | None, str]]]
Stated = defaultdict[int, list[StatedFigures]]


def costs_of(plans: Sequence[int]) -> tuple[Costs, Stated]:
    """By plan id: the costs, and the totals that the papers state. Both in one query."""
    costs, stated = Costs(list), Stated(list)
    columns = ("plan_id", "year", "amount", "category", "kind")
    planned = CostAllocation.objects.filter(plan__in=plans).annotate(kind=Value("", CharField()))
    totals = StatedTotal.objects.filter(plan__in=plans)
    rows = planned.order_by().values_list(*columns).union(totals.order_by().values_list(*columns), all=True)
    # Sorted here, because databases order unknown years differently.
    in_order = sorted(rows, key=lambda row: (row[1] is None, row[1], row[3:]))
    for plan_id, year, amount, category, kind in in_order:
        if kind:
            stated[plan_id].append(StatedFigures(kind, amount, year, category))
        else:
            costs[plan_id].append((year, amount, category))
    return costs, stated


def lines_of(plans: Sequence[int]) -> defaultdict[int, list[LineFigures]]:
    """By plan id, in the model's order.

    Read as values: making model instances of hundreds of rows takes longer than the query.
    """
    years: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    dated = FinancingLineYear.objects.filter(line__plan__in=plans).order_by("line", "year")
    for line_id, year, amount in dated.values_list("line_id", "year", "amount"):
        years[line_id][year] = amount
    includes: defaultdict[int, list[SourceFigures]] = defaultdict(list)
    through = FinancingLine.also_includes.through.objects.filter(financingline__plan__in=plans)
    named = through.order_by("fundingsource__source_class", "fundingsource__name")
    for line_id, *values in named.values_list(
        "financingline_id", *(f"fundingsource__{field}" for field in SOURCE_FIELDS)
    ):
        includes[line_id].append(_source(values))
    lines: defaultdict[int, list[tuple[int, int | None, LineFigures]]] = defaultdict(list)
    stated = FinancingLine.objects.filter(plan__in=plans).order_by("plan", "source__source_class", "pk")
    columns = ("plan_id", "pk", "part_of_id", "stated_amount", "stated_share", "is_in_kind")
    for plan_id, line_id, part_of, amount, share, is_in_kind, *values in stated.values_list(
        *columns, *(f"source__{field}" for field in SOURCE_FIELDS)
    ):
        line = LineFigures(
            source=_source(values),
            amount=amount,
            share=share,
            years=years[line_id],
            includes=tuple(includes[line_id]),
            is_in_kind=is_in_kind,
        )
        lines[plan_id].append((line_id, part_of, line))
    return defaultdict(list, {plan_id: nested(rows) for plan_id, rows in lines.items()})


def nested(rows: Sequence[tuple[int, int | None, LineFigures]]) -> list[LineFigures]:
    """Lines with their parts; a row is (key, key of the line that it is a part of, line)."""
    parts = grouped((part_of, line) for _key, part_of, line in rows if part_of is not None)
    return [
        replace(line, of_which=tuple(parts[key])) if key in parts else line
        for key, part_of, line in rows
        if part_of is None
    ]


def _source(values: Sequence[Any]) -> SourceFigures:
    pk, name, source_class, funder, is_own_city = values
    # Null for a source without a funder.
    return SourceFigures(pk, name, source_class, funder, bool(is_own_city))
