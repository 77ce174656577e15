"""What a decision's paper says of costs by category and year at once: a table that its own sums bear out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from financing.choices import CostCategory
from financing.importing.paper_costs import IN_ALL, OF_WHICH, category_of, tables_in, year_of
from projects.decisions.consistency.columns import is_total
from projects.decisions.figures.tables import Cell, Row, Table
from projects.decisions.importing.decision import ReadDecision

Grid = dict[tuple[CostCategory, int], Decimal]


@dataclass
class _Reading:
    """A table on its way to a grid. `pairs` are sums of cells with what the table states."""

    grid: Grid = field(default_factory=dict)
    pairs: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    # Money of rows or columns that name no category.
    unknown: Decimal = Decimal(0)

    def add(self, category: CostCategory | None, year: int, amount: Decimal) -> None:
        if category is None:
            self.unknown += amount
        elif amount:
            self.grid[category, year] = self.grid.get((category, year), Decimal(0)) + amount

    @property
    def total(self) -> Decimal:
        return sum(self.grid.values(), self.unknown)

    @property
    def is_grid(self) -> bool:
        return len({category for category, _year in self.grid}) > 1 and len({y for _c, y in self.grid}) > 1

    @property
    def is_borne_out(self) -> bool:
        return not self.unknown and all(summed == stated for summed, stated in self.pairs)


def grid_of(paper: ReadDecision, cost: Decimal) -> Grid:
    """Empty if no table makes the costs, in its rows, its columns and in all, or two do so differently."""
    found = [each.grid for each in _readings(paper) if each.is_borne_out and each.total == cost]
    return found[0] if found and all(each == found[0] for each in found) else {}


def grid_totals(paper: ReadDecision) -> list[Decimal]:
    """What each table of categories and years makes, whether or not its sums bear it out."""
    return [each.total for each in _readings(paper)]


def _readings(paper: ReadDecision) -> Iterator[_Reading]:
    for table in tables_in(paper):
        for read in (_years_at_heads, _categories_at_heads):
            reading = read(table)
            if reading.is_grid:
                yield reading


def _years_at_heads(table: Table) -> _Reading:
    years = {place: year for place, head in enumerate(table.heads) if (year := year_of(head))}
    reading = _Reading()
    if len(years) < 2 or len(set(years.values())) < len(years):
        return reading
    in_all = _place_of_all(table)
    rows: list[Row] = []
    for row in table.rows:
        category = category_of(row.label)
        amounts = {year: _euros(row.cells[place]) for place, year in years.items()}
        if OF_WHICH.match(row.label) or not any(amount is not None for amount in amounts.values()):
            continue
        _expect(reading, [*amounts.values()], row, in_all)
        if category is None and is_total(row.label):
            for place in years:
                _expect(reading, [_euros(each.cells[place]) for each in rows], row, place)
            return reading
        rows.append(row)
        for year, amount in amounts.items():
            reading.add(category, year, amount or Decimal(0))
    return reading


def _categories_at_heads(table: Table) -> _Reading:
    in_all = _place_of_all(table)
    places = {
        place: category_of(head)
        for place, head in enumerate(table.heads)
        if place != in_all and any(_euros(row.cells[place]) is not None for row in table.rows)
    }
    reading = _Reading()
    if sum(category is not None for category in places.values()) < 2:
        return reading
    rows: list[Row] = []
    for row in table.rows:
        amounts = [_euros(row.cells[place]) for place in places]
        year = year_of(row.label)
        if year is not None:
            _expect(reading, amounts, row, in_all)
            rows.append(row)
            for category, amount in zip(places.values(), amounts, strict=True):
                reading.add(category, year, amount or Decimal(0))
        elif is_total(row.label):
            _expect(reading, amounts, row, in_all)
            for place in places:
                _expect(reading, [_euros(each.cells[place]) for each in rows], row, place)
            return reading
    return reading


def _expect(reading: _Reading, amounts: Sequence[Decimal | None], row: Row, place: int | None) -> None:
    """What the amounts make is what the row states at the place, if it states anything."""
    stated = _euros(row.cells[place]) if place is not None else None
    if stated is not None:
        reading.pairs.append((sum((each for each in amounts if each is not None), Decimal(0)), stated))


def _place_of_all(table: Table) -> int | None:
    found = [place for place, head in enumerate(table.heads) if IN_ALL.search(head)]
    return found[0] if len(found) == 1 else None


def _euros(cell: Cell | None) -> Decimal | None:
    return cell.euros if cell is not None and cell.is_money else None
