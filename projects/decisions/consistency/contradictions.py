"""All figures of a text that contradict each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from projects.decisions.consistency.appropriations import in_appropriations
from projects.decisions.consistency.caps import in_caps
from projects.decisions.consistency.columns import cells_of, in_columns
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.counts import in_counts
from projects.decisions.consistency.lists import in_bullets, in_lists
from projects.decisions.consistency.names import in_names
from projects.decisions.consistency.percents import in_percents
from projects.decisions.consistency.periods import in_periods
from projects.decisions.consistency.relations import in_relations
from projects.decisions.consistency.said import Paper, paper_of
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.vat import in_vat
from projects.decisions.consistency.years import in_years
from projects.decisions.figures.even_lines import even_text
from projects.decisions.figures.readings import Reading
from projects.decisions.figures.tables import Cell

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
    in_periods,
)
_SUMS = {Rule.ROW, Rule.COLUMN, Rule.LIST}


def contradictions_of(text: str, readings: Sequence[Reading] | None = None) -> list[Contradiction]:
    """In the order of what they state. `readings` are those of the text, if they are read already.

    Never raises. A figure for which the text gives any explanation contradicts nothing.
    """
    even = even_text(text)
    found = _contradictions(paper_of(even.text, readings and even.read_now(readings)))
    return [replace(each, places=tuple(even.were(*place) for place in each.places)) for each in found]


def _contradictions(paper: Paper) -> list[Contradiction]:
    found: dict[tuple[int, int], Contradiction] = {}
    for check in _CHECKS:
        for each in check(paper):
            is_rounding = (
                each.rule is not Rule.PERIODS
                and paper.is_rounded
                and 2 * abs(each.difference) <= len(each.places)
            )
            if not is_rounding:
                found.setdefault(each.places[0], each)
    told = list(found.values())
    for column, row, cell in _crossings(told, paper):
        told = [each for each in told if each not in (column, row)]
        told.append(_at_cell(cell, column, row))
    return sorted(_without_echoes(told), key=lambda each: each.places[0])


def _without_echoes(found: list[Contradiction]) -> Iterator[Contradiction]:
    """A wrong total of a row fails its column, and one of a column its row: each is told at its total.

    A wrong VAT fails the sum of its price too, and a cap below the own share may be said of the same thing.
    """
    rows = {each.places[0]: each.difference for each in found if each.rule is Rule.ROW}
    columns = [each for each in found if each.rule is Rule.COLUMN]
    echoes = [
        each for each in columns if any(rows.get(place) == -each.difference for place in each.places[1:])
    ]
    differences = {abs(each.difference) for each in columns if each not in echoes}
    of_vat = {each.places[0] for each in found if each.rule is Rule.VAT}
    of_caps = [set(each.places) for each in found if each.rule is Rule.CAP]
    for each in found:
        if each.rule is Rule.TWO_VALUES and set(each.places) in of_caps:
            continue
        is_echo = each.rule is Rule.ROW and abs(each.difference) in differences
        is_echo = is_echo or (each.rule in _SUMS and not of_vat.isdisjoint(each.places[1:]))
        if not is_echo and each not in echoes:
            yield each


def _crossings(
    found: list[Contradiction], paper: Paper
) -> Iterator[tuple[Contradiction, Contradiction, Cell]]:
    """A column and a row that fail by the same difference, and the one cell of both."""
    rows = [each for each in found if each.rule is Rule.ROW]
    columns = [each for each in found if each.rule is Rule.COLUMN] if rows else []
    for column, row in product(columns, rows):
        both = set(column.places[1:]) & set(row.places[1:])
        if len(both) == 1 and column.difference == row.difference:
            yield from ((column, row, cell) for cell in cells_of(paper) if (cell.start, cell.end) in both)


def _at_cell(cell: Cell, column: Contradiction, row: Contradiction) -> Contradiction:
    totals = (column.places[0], row.places[0])
    right = cell.value + column.difference / cell.size
    at_cell = contradiction(Rule.CELL, cell, right, [])
    return replace(at_cell, places=(*at_cell.places, *totals))
