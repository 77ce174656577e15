"""Divided totals as plain values."""

from collections import defaultdict
from collections.abc import Iterable

from financing.models import CostSharing, CostSharingPart
from financing.rules.sharing import Sharing, Weight


def sharing_of(sharing: CostSharing, parts: Iterable[CostSharingPart]) -> Sharing:
    """`parts` in the order in which equal remainders get their cents, with their organisations."""
    weights = (
        Weight(part.payer.organisation.shown_name, part.population, part.share, part.stated_amount)
        for part in parts
    )
    return Sharing(sharing.name, sharing.key, sharing.total, sharing.rate, tuple(weights))


def sharings_of(keys: Iterable[int]) -> list[tuple[int, Sharing]]:
    """Divided totals by their own keys, each with its project's key."""
    parts: defaultdict[CostSharing, list[CostSharingPart]] = defaultdict(list)
    rows = CostSharingPart.objects.filter(sharing__in=keys)
    for row in rows.select_related("sharing__invoiced_by", "payer__organisation").order_by("sharing", "pk"):
        parts[row.sharing].append(row)
    return [(sharing.invoiced_by.project_id, sharing_of(sharing, rows)) for sharing, rows in parts.items()]
