"""Reads a project's indicators with their dated values."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from groups.models import Indicator, IndicatorValue
from groups.rules.indicators import DatedValue


@dataclass(frozen=True)
class ReadIndicator:
    """`values` are by group; None is the whole project."""

    indicator: Indicator
    values: Mapping[int | None, Sequence[DatedValue]]


def indicators_of(project: int) -> list[ReadIndicator]:
    values: defaultdict[int, defaultdict[int | None, list[DatedValue]]] = defaultdict(
        lambda: defaultdict(list)
    )
    rows = IndicatorValue.objects.filter(indicator__project=project).order_by("measured_on", "pk")
    for indicator, group, day, value in rows.values_list("indicator", "group", "measured_on", "value"):
        values[indicator][group].append(DatedValue(day, value))
    return [
        ReadIndicator(indicator, values[indicator.pk])
        for indicator in Indicator.objects.filter(project=project).order_by("pk")
    ]
