"""All figures of a text that contradict each other."""

from collections.abc import Sequence

from projects.decisions.consistency.appropriations import in_appropriations
from projects.decisions.consistency.caps import in_caps
from projects.decisions.consistency.columns import in_columns
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.counts import in_counts
from projects.decisions.consistency.lists import in_bullets, in_lists
from projects.decisions.consistency.names import in_names
from projects.decisions.consistency.percents import in_percents
from projects.decisions.consistency.relations import in_relations
from projects.decisions.consistency.said import paper_of
from projects.decisions.consistency.vat import in_vat
from projects.decisions.consistency.years import in_years
from projects.decisions.figures.readings import Reading

# Of two that find the same, what the first says is told.
_CHECKS = (
    in_columns,
    in_relations,
    in_years,
    in_lists,
    in_bullets,
    in_percents,
    in_vat,
    in_names,
    in_caps,
    in_appropriations,
    in_counts,
)


def contradictions_of(text: str, readings: Sequence[Reading] | None = None) -> list[Contradiction]:
    """In the order of what they state. `readings` are those of the text, if they are read already.

    Never raises. A figure for which the text gives any explanation contradicts nothing.
    """
    paper = paper_of(text, readings)
    found: dict[tuple[int, int], Contradiction] = {}
    for check in _CHECKS:
        for each in check(paper):
            is_rounding = paper.is_rounded and 2 * abs(each.difference) <= len(each.places)
            if not is_rounding:
                found.setdefault(each.places[0], each)
    # One wrong cell of a table fails its row and its column by the same difference.
    columns = {abs(each.difference) for each in found.values() if each.rule is Rule.COLUMN}
    told = [
        each for each in found.values() if each.rule is not Rule.ROW or abs(each.difference) not in columns
    ]
    return sorted(told, key=lambda each: each.places[0])
