"""Tables that do not sum: a column to its total, a row to its last cell, a rate to its base."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, pairwise

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Amounts, Paper, rounding
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, NEAR, is_meant, is_of_them, is_within
from projects.decisions.consistency.things import Of, what
from projects.decisions.figures.tables import Cell, Row, Table

_TOTAL = re.compile(
    r"yhteensä|(?<!\w)(?:yht|(?:väli|osa|loppu|kokonais)?summa)(?!\w)|kokonaismäärä|kaikkiaan"
    r"|kokonaiskustannukset\Z",
    re.I,
)
_ALL = re.compile(r"(?<!\w)(?:kaikki|koko|hanke|hankkeen|kustannukset|menot|rahoitus|ja|alv|sis)(?!\w)", re.I)
_NAME = re.compile(r"[^\W\d_]{2}|(?<!\w)\w(?!\w)")
_PART = re.compile(r"(?<!\w)(?:muut|muu|loput|lisäksi)(?!\w)(?! yhteensä)", re.I)
# A last row that is the total of those above it, without the word.
_WHOLE = re.compile(
    r"(?:hankkeen )?(?:kokonais|brutto)?kustannukset|rahoitus"
    r"|(?:arvonlisä)?verollinen \w+|\w+ (?:sis\. alv|veroineen|arvonlisäveroineen)",
    re.I,
)
_REMAINING = re.compile(r"(?<!\w)(?:vapaana|jäljellä|käytettävissä)", re.I)
_OF_BUDGET = re.compile(r"määrärah|talousarvio|käytettävissä|varat|budjetti|kehys", re.I)
_OF_WHICH = re.compile(r"(?:[-–•] )?(?:josta|joista|siitä|niistä|sisält|mistä|ml\.|sis\.)", re.I)
_NEGATIVE = re.compile(r"tulot(?!\w)|tuotot|vähenn|sidottu|käytetty|nettokust", re.I)
_POINT = re.compile(r"[-–•*] ?\w")
_RATE = re.compile(r"(\d{1,3}(?:,\d{1,2})?) ?(?:%|prosenttia)")
# The heading of a table stands at the end of what is above it.
_CAPTION = 60
_MOST_ROWS = 200
_MOST_PARTS = 12


def in_columns(paper: Paper) -> Iterator[Contradiction]:
    for table in paper.tables:
        yield from _of_columns(table, paper.amounts)
        yield from _of_rows(table)
        yield from _of_rates(table, paper.amounts)
    yield from _costs_and_financing(paper)


def is_total(label: str) -> bool:
    """ "Muut hakijat yhteensä" is a part itself."""
    return bool(_TOTAL.search(label)) and not _PART.search(label)


def table_totals(paper: Paper) -> Iterator[tuple[Row, Cell]]:
    """The rows of euros that total what is above them, each with its last cell."""
    for table in paper.tables:
        for row in table.rows:
            cell = row.cells[-1]
            if is_total(row.label) and cell and cell.is_money:
                yield row, cell


def cells_of(paper: Paper) -> Iterator[Cell]:
    for table in paper.tables:
        for row in table.rows:
            yield from filter(None, row.cells)


def _column(table: Table, place: int) -> list[tuple[Row, Cell]]:
    return [(row, cell) for row in table.rows if (cell := row.cells[place]) is not None]


def _of_columns(table: Table, amounts: Amounts) -> Iterator[Contradiction]:
    for place in range(len(table.heads)):
        column = _column(table, place)[:_MOST_ROWS]
        for end, (row, total) in enumerate(column):
            is_last = end == len(column) - 1 and bool(_WHOLE.fullmatch(row.label))
            if end < 2 or not (is_total(row.label) or _REMAINING.search(row.label) or is_last):
                continue
            if is_total(column[end - 1][0].label) and _is_of_one_thing(row.label):
                continue
            expected = _unlike(column[:end], total, is_bare=_is_bare(table, column[: end + 1]))
            if expected is not None and _goes_on(table, place, column[:end], total):
                continue
            if _REMAINING.search(row.label) and _is_left_of_other(column[:end], total, amounts):
                continue
            if expected is not None:
                rule = Rule.COLUMN
                if total.unit == "%":
                    rule = Rule.SHARES
                elif _REMAINING.search(row.label):
                    rule = Rule.APPROPRIATION
                cells = [cell for _row, cell in column[:end]]
                yield contradiction(rule, total, expected, cells, row.label)


def _is_bare(table: Table, column: list[tuple[Row, Cell]]) -> bool:
    """Rows of one table, each with its own name, above "Yhteensä" and nothing else."""
    labels = [row.label.casefold() for row, _cell in column]
    return (
        not table.earlier
        and labels[-1].strip(" :-–•*") == "yhteensä"
        and not any(map(is_total, labels[:-1]))
        and len(set(labels)) == len(labels)
    )


def _is_of_one_thing(label: str) -> bool:
    """A total that names what it is of; right after another one it may be of anything."""
    return bool(_NAME.search(_ALL.sub("", _TOTAL.sub("", label))))


def _goes_on(table: Table, place: int, above: list[tuple[Row, Cell]], total: Cell) -> bool:
    """The total is that of the rows before the page or the subheading, too."""
    earlier = [
        (row, cell)
        for row in table.earlier
        if len(row.cells) == len(table.heads) and (cell := row.cells[place]) is not None
    ]
    return bool(earlier) and _unlike([*earlier, *above], total) is None


def _unlike(above: list[tuple[Row, Cell]], total: Cell, *, is_bare: bool = False) -> Decimal | None:
    """What the rows sum to, if none of the ways to sum them gives the total.

    `is_bare`: it is the total of these rows by all that the table says, however far it is off.
    """
    sums = [*_sums(above)]
    slack = _slack([cell for _row, cell in above], total)
    if any(abs(value - total.value) <= slack for value in sums):
        return None
    nearest = sums[0]
    if is_bare and is_of_them(abs(total.value), abs(nearest)):
        return nearest
    if not is_meant(total.value, nearest):
        nearest = min(sums, key=lambda value: abs(value - total.value))
    return nearest if is_meant(total.value, nearest) else None


def _is_left_of_other(above: list[tuple[Row, Cell]], rest: Cell, amounts: Amounts) -> bool:
    """What it is left of is not above it in the table, or is said elsewhere in the text."""
    if not any(_OF_BUDGET.search(row.label) and cell.value > rest.value for row, cell in above):
        return True
    return any(amounts.has(cell.euros + rest.euros, step_of_cell(rest) * rest.size) for _row, cell in above)


def _slack(cells: list[Cell], total: Cell) -> Decimal:
    """How far rounding alone may take their sum; round figures are exact."""
    step = step_of_cell(total)
    is_rounded = any(cell.value % (10 * step) for cell in [total, *cells])
    return step * rounding(len(cells)) if is_rounded else step / 2


def step_of_cell(cell: Cell) -> Decimal:
    _whole, _comma, decimals = cell.raw.rstrip(" €%tke").partition(",")
    return Decimal(1).scaleb(-len(decimals)) if decimals.isdigit() else Decimal(1)


def _sums(above: list[tuple[Row, Cell]]) -> Iterator[Decimal]:
    """All ways in which rows make the total below them; the likeliest first."""
    lines = [(row.label, cell.value) for row, cell in above]
    last = max((n for n, (label, _v) in enumerate(lines) if is_total(label)), default=-1)
    plain = [(label, value) for label, value in lines if not is_total(label) and not _OF_WHICH.match(label)]
    since = [(label, value) for label, value in lines[last + 1 :] if not _OF_WHICH.match(label)]
    yield sum((value for _label, value in (since if len(since) > 1 else plain)), Decimal(0))
    for group in (since, plain):
        values = [value for _label, value in group]
        yield sum(_without_parts(values), Decimal(0))
        yield sum(_without_subtotals(values), Decimal(0))
        yield sum((value for label, value in group if not _POINT.match(label)), Decimal(0))
    totals = [value for label, value in lines if _TOTAL.search(label)]
    for group in (plain, since, lines):
        values = [value for _label, value in group]
        signed = [-value if _NEGATIVE.search(label) else value for label, value in group]
        yield sum(signed, Decimal(0))
        for each in (values, signed):
            yield from _ends(each)
    yield sum(totals, Decimal(0))
    yield sum(totals, Decimal(0)) + sum((value for _label, value in since), Decimal(0))
    for first, second in pairwise([value for _label, value in lines]):
        yield first - second
    if totals:
        yield totals[-1] - sum((value for _label, value in since), Decimal(0))


def _without_parts(values: list[Decimal]) -> Iterator[Decimal]:
    """Without the rows right below another that make it: they tell what is in it."""
    place = 0
    while place < len(values):
        yield values[place]
        parts = accumulate(values[place + 1 : place + 1 + _MOST_PARTS])
        counts = [count for count, total in enumerate(parts, start=1) if total == values[place] and count > 1]
        place += 1 + (counts[-1] if counts else 0)


def _without_subtotals(values: list[Decimal]) -> Iterator[Decimal]:
    """Without the rows that the rows right above them make, whatever their names are."""
    since: list[Decimal] = []
    for value in values:
        if len(since) > 1 and sum(since) == value:
            since = []
            continue
        since.append(value)
        yield value


def _ends(values: list[Decimal]) -> Iterator[Decimal]:
    """The sums of the last two, the last three and so on."""
    total = Decimal(0)
    for count, value in enumerate(reversed(values), start=1):
        total += value
        if count > 1:
            yield total


def _of_rows(table: Table) -> Iterator[Contradiction]:
    """A column that is headed as the total of those before it."""
    start = 0
    for place, head in enumerate(table.heads):
        if not _TOTAL.search(head):
            continue
        if place - start > 1:
            yield from _of_total_column(table, start, place)
        start = place + 1


def _of_total_column(table: Table, start: int, place: int) -> Iterator[Contradiction]:
    found, holding = [], 0
    for row in table.rows:
        total = row.cells[place]
        alike = [cell for cell in row.cells[start:place] if cell and total and cell.unit == total.unit]
        if total is None or len(alike) < 2:
            continue
        summed = sum((cell.value for cell in alike), Decimal(0))
        if abs(summed - total.value) <= _slack(alike, total):
            holding += 1
        elif is_meant(total.value, summed):
            found.append(contradiction(Rule.ROW, total, summed, alike, row.label))
    if len(found) <= max(holding, 1):
        yield from found


def _of_rates(table: Table, amounts: Amounts) -> Iterator[Contradiction]:
    """Rows whose label says of what percentage they are: "Flat rate 40 % palkkakustannuksista"."""
    for place in range(len(table.heads)):
        column = _column(table, place)[:_MOST_ROWS]
        for line, (row, cell) in enumerate(column):
            rates = _RATE.findall(row.label)
            if len(rates) != 1 or cell.unit == "%":
                continue
            rate = Decimal(rates[0].replace(",", "."))
            if not 0 < rate <= 100:
                continue
            yield from _of_rate(column, line, rate, amounts)


def _of_rate(
    column: list[tuple[Row, Cell]], line: int, rate: Decimal, amounts: Amounts
) -> Iterator[Contradiction]:
    row, cell = column[line]
    of = what(row.label)
    above = [other for _row, other in column[:line]]
    slack = step_of_cell(cell) * (1 if _is_whole(cell) else 2)
    bases = [other for _row, other in column if other is not cell]
    sums = [*_ends([other.value for other in above]), *(other.value for other in bases)]
    if any(abs(base * rate / 100 - cell.value) <= slack for base in sums):
        return
    size = cell.size
    exact = cell.value * size * 100 / rate
    if amounts.has(exact, max(slack * size * 100 / rate, Decimal(1))):
        return
    rule, base = _expected(column, line, of)
    if base is None or base.value < cell.value:
        return
    right = base.value * rate / 100
    if not is_within(FAR, right, cell.value):
        return
    if rule is Rule.SHARE_OF_AMOUNT:
        yield contradiction(rule, cell, cell.value * 100 / base.value, [base], row.label, left=rate)
    else:
        yield contradiction(rule, cell, right, [base], row.label)


def _is_whole(cell: Cell) -> bool:
    return cell.value == int(cell.value)


def _expected(column: list[tuple[Row, Cell]], line: int, of: Of | None) -> tuple[Rule, Cell | None]:
    """The rule and the base that the label names."""
    if of is Of.VAT:
        bases = [cell for other, cell in column[:line] if is_total(other.label)]
        return Rule.VAT, _last(bases or [cell for _row, cell in column[:line]])
    if of in {Of.FLAT_RATE, Of.SALARIES}:
        bases = [cell for other, cell in column[:line] if what(other.label) is Of.SALARIES]
        return Rule.FLAT_RATE, _last(bases)
    if of not in {Of.GRANT, Of.OWN_SHARE, Of.FINANCING}:
        return Rule.SHARE_OF_AMOUNT, None
    totals = [cell for other, cell in column[line + 1 :] if is_total(other.label)]
    return Rule.SHARE_OF_AMOUNT, totals[0] if totals else None


def _last(cells: list[Cell]) -> Cell | None:
    return cells[-1] if cells else None


def _costs_and_financing(paper: Paper) -> Iterator[Contradiction]:
    """The total of the costs, less revenue, is that of the financing."""
    costs: Row | None = None
    for table in paper.tables:
        for row in table.rows:
            if not is_total(row.label) and what(row.label) is not Of.NET:
                continue
            of = what(row.label) or what(table.caption[-_CAPTION:])
            if of in {Of.NET, Of.COSTS, Of.GROSS}:
                costs = row
            elif of is Of.FINANCING and costs is not None:
                near = FAR if what(row.label) else NEAR
                yield from _pairs(costs, row, paper.amounts, near)
                costs = None


def _pairs(costs: Row, financing: Row, amounts: Amounts, near: Decimal) -> Iterator[Contradiction]:
    if len(costs.cells) != len(financing.cells):
        return
    for left, right in zip(costs.cells, financing.cells, strict=True):
        if left is None or right is None or left.unit != right.unit or left.unit == "%":
            continue
        step = step_of_cell(left) * left.size
        gap = abs(left.euros - right.euros)
        # What is paid otherwise, or comes in, is said.
        is_explained = gap <= step or amounts.has(gap, step)
        if not is_explained and is_within(near, left.euros, right.euros):
            yield contradiction(Rule.COSTS_FINANCING, left, right.value, [right], costs.label)
