"""Every document that is ordered, by its kind."""

from collections.abc import Mapping

from mikrogrow.background import Made, Maker, Progress
from mikrogrow.models import PrintKind, PrintOrder
from projects.decisions.collection import ordered_collection
from projects.decisions.meeting_set import ordered_set

MAKERS: Mapping[str, Maker] = {
    PrintKind.COLLECTION: ordered_collection,
    PrintKind.MEETING: ordered_set,
    PrintKind.INTERNAL_MEETING: ordered_set,
}


def make_ordered(order: PrintOrder, progress: Progress) -> Made:
    return MAKERS[order.kind](order, progress)
