"""Tables whose rows all follow a rule but one: a share of the total, a rate of a cost, a sum of two cells."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from projects.decisions.consistency.columns import is_total, step_of_cell
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Paper
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.figures.tables import Row, Table
from projects.decisions.figures.units import SIZES

_MOST_COLUMNS = 7
_MOST_ROWS = 200
# Percentages of few decimals make 100 so nearly.
_ROUNDED = 2
# So many rows show that a rule is one.
_ENOUGH = 3


def in_relations(paper: Paper) -> Iterator[Contradiction]:
    for table in paper.tables:
        rows = table.rows[:_MOST_ROWS]
        percents = _columns(table, "%")
        money = [place for unit in SIZES for place in _columns(table, unit)]
        for percent in percents:
            for amount in money:
                yield from _of_total(rows, percent, amount)
            for whole in money:
                for part in money:
                    if part != whole:
                        yield from _of_rate(rows, percent, whole, part)
        yield from _of_three(rows, money)
        yield from _of_last(rows, money)


def _columns(table: Table, unit: str) -> list[int]:
    return [
        place
        for place in range(min(len(table.heads), _MOST_COLUMNS))
        if any((cell := row.cells[place]) and cell.unit == unit for row in table.rows)
        and all(row.cells[place] is None or row.cells[place].unit == unit for row in table.rows)  # type: ignore[union-attr]
    ]


def _one_wrong(holding: int, failing: list[Contradiction], enough: int = _ENOUGH) -> list[Contradiction]:
    return failing if len(failing) == 1 and holding >= enough else []


def _of_total(rows: tuple[Row, ...], percent: int, amount: int) -> list[Contradiction]:
    """Each percentage is that of its amount of one whole."""
    pairs = [
        (share, cell)
        for row in rows
        if not is_total(row.label) and (share := row.cells[percent]) and (cell := row.cells[amount])
    ]
    wholes = sorted(cell.value * 100 / share.value for share, cell in pairs if share.value)
    if not wholes or not wholes[len(wholes) // 2]:
        return []
    whole = wholes[len(wholes) // 2]
    holding, failing = 0, []
    for share, cell in pairs:
        exact = cell.value * 100 / whole
        if abs(exact - share.value) <= step_of_cell(share):
            holding += 1
        else:
            failing.append(contradiction(Rule.SHARE_OF_AMOUNT, share, exact, [cell]))
    # They make one whole, so that two of three are enough.
    shares = sum((share.value for share, _cell in pairs), Decimal(0))
    makes_whole = abs(shares - 100) <= _ROUNDED
    return _one_wrong(holding, failing, _ENOUGH - 1 if makes_whole else _ENOUGH)


def _of_rate(rows: tuple[Row, ...], percent: int, whole: int, part: int) -> list[Contradiction]:
    """Each part is its row's percentage of its row's whole."""
    holding, failing = 0, []
    for row in rows:
        rate, base, cell = row.cells[percent], row.cells[whole], row.cells[part]
        if not rate or not base or not cell or not base.value:
            continue
        exact = cell.value * 100 / base.value
        if abs(exact - rate.value) <= step_of_cell(rate) / 2:
            holding += 1
        else:
            failing.append(contradiction(Rule.SHARE_OF_AMOUNT, rate, exact, [base, cell]))
    return _one_wrong(holding, failing)


def _of_three(rows: tuple[Row, ...], money: list[int]) -> Iterator[Contradiction]:
    """Two cells of a row make the third."""
    found: list[Contradiction] = []
    for columns in combinations(money, 3):
        for place in range(3):
            whole, (one, other) = columns[place], columns[:place] + columns[place + 1 :]
            holding, failing = 0, []
            for row in rows:
                total, left, right = row.cells[whole], row.cells[one], row.cells[other]
                if not total or not left or not right:
                    continue
                if abs(left.value + right.value - total.value) <= step_of_cell(total):
                    # What is nothing shows no rule: the others are equal for any reason.
                    holding += bool(left.value and right.value)
                else:
                    failing.append(
                        contradiction(Rule.ROW, total, left.value + right.value, [left, right], row.label)
                    )
            if holding >= _ENOUGH and not failing:
                # The rows follow another rule, which makes a second one of chance.
                return
            found += _one_wrong(holding, failing, _ENOUGH - 1)
    yield from found[:1]


def _of_last(rows: tuple[Row, ...], money: list[int]) -> list[Contradiction]:
    """The cells of a row make its last one."""
    holding, failing = 0, []
    for row in rows if len(money) > _ENOUGH else ():
        cells = [cell for place in money[:-1] if (cell := row.cells[place])]
        total = row.cells[money[-1]]
        if not total or len(cells) < 2:
            continue
        summed = sum((cell.value for cell in cells), Decimal(0))
        if abs(summed - total.value) <= step_of_cell(total):
            holding += 1
        else:
            failing.append(contradiction(Rule.ROW, total, summed, cells, row.label))
    return _one_wrong(holding, failing)
