"""Rows of tables as they are pasted, with tabs or wide gaps between cells, as tables of the plain text."""

import re
from collections.abc import Iterator, Sequence

from mikrogrow.values.text_tables import cells_of, is_table_line, table_lines

_GAP = re.compile(r"\t+| {2,}")
_ITEM = re.compile(r"- ")
_RULE_SIGNS = "-=_\u2013\u2014"
_RULE = re.compile(f"[{_RULE_SIGNS}]{{3}}")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_DAY = re.compile(r"\d{1,2}\. ?\d{1,2}\.(?: ?\d{2,4})?")
_FIGURE = re.compile(
    r"[-+\u2212\u2013]? ?\d[\d .,\u00a0]*"
    r"(?:(?:€|t€|%|euroa|eur|e|tuhatta euroa|prosenttia|kpl|htv|h)\*{0,3}|\*{0,3})",
    re.IGNORECASE,
)
# Nobody leaves so wide a gap between words.
_WIDE_GAP = "   "
_NOTHING = re.compile(r"[-\u2013\u2014]?")


def with_tables(lines: Sequence[str]) -> list[str]:
    """The lines with each run of rows in the place of them as a table, apart from its neighbours."""
    found: list[str] = []
    runs = list(_runs(lines))
    # Of a table with a head, right above: rows without one go on with it after an empty line.
    open_columns = 0
    for place, (is_rows, run) in enumerate(runs):
        after = runs[place + 1][1][0] if place + 1 < len(runs) else ""
        table = _table(run, found[-1] if found else "", after) if is_rows else None
        if table is None:
            found += run
            open_columns = 0 if any(run) else open_columns
            continue
        columns, has_head = len(cells_of(table[0])), any(cells_of(table[0]))
        while found and not found[-1]:
            found.pop()
        goes_on = columns == open_columns and not has_head
        found += [*table[2:], ""] if goes_on else ["", *table, ""]
        open_columns = columns if has_head or goes_on else 0
    return found


def is_laid_out(line: str) -> bool:
    """Whether its gaps divide columns, so that they must stay."""
    bare = line.strip()
    cells = _GAP.split(bare)
    return _WIDE_GAP in bare or len(cells) > 2 or (len(cells) == 2 and _is_figure(cells[1]))


def _runs(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Lines that may be rows of one table, and those between them."""
    run: list[str] = []
    was_row = False
    for line in lines:
        if (is_row := _may_be_row(line)) != was_row and run:
            yield was_row, run
            run = []
        run.append(line)
        was_row = is_row
    if run:
        yield was_row, run


def _is_rule(line: str) -> bool:
    return bool(_RULE.search(line)) and not line.strip(f"{_RULE_SIGNS} \t")


def _may_be_row(line: str) -> bool:
    if is_table_line(line) or _ITEM.match(line):
        return False
    return "\t" in line or is_laid_out(line) or _is_rule(line)


def _table(run: Sequence[str], before: str, after: str) -> list[str] | None:
    """None if they are no table."""
    lines = [line for line in run if not _is_rule(line)]
    rows = _of_tabs(lines)
    # By its gaps alone a line beside the rows may be a head, or the rest of a label.
    if not rows and not after and (not before or before.endswith((".", ":"))):
        rows = _of_gaps(lines)
    rows = _without_empty_columns(rows)
    if len(rows) < 2 or len(rows[0]) < 2:
        return None
    has_head = _has_head(rows)
    body = rows[1:] if has_head else rows
    numbers = [place > 0 and _is_of_figures([row[place] for row in body]) for place in range(len(rows[0]))]
    return table_lines(rows[0] if has_head else (), body, numbers)


def _of_tabs(lines: Sequence[str]) -> list[list[str]]:
    """Empty if a line has no tab. Several tabs are empty cells, or only align what follows them."""
    if not all("\t" in line for line in lines):
        return []
    rows = [[cell.strip() for cell in line.split("\t")] for line in lines]
    full = [[cell for cell in row if cell] for row in rows]
    if len({len(row) for row in rows}) > 1 and len({len(row) for row in full}) == 1:
        return full
    return _padded(rows) if rows else []


def _of_gaps(lines: Sequence[str]) -> list[list[str]]:
    """Empty unless all lines have as many cells. The corner of a head may be empty."""
    rows = [_GAP.split(line.strip()) for line in lines]
    if len(rows) > 1 and len(rows[0]) == len(rows[1]) - 1 and lines[0][:1].isspace():
        rows[0].insert(0, "")
    is_even = len({len(row) for row in rows}) == 1
    return rows if is_even and all(_is_figure(row[-1]) for row in rows[1:]) else []


def _padded(rows: Sequence[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [row + [""] * (width - len(row)) for row in rows]


def _without_empty_columns(rows: Sequence[list[str]]) -> list[list[str]]:
    used = [place for place in range(len(rows[0])) if any(row[place] for row in rows)] if rows else []
    return [[row[place] for place in used] for row in rows]


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it has no figures where the others have them."""
    head, *body = rows
    if head[0].endswith(":"):
        return False
    return not any(
        _is_figure(cell) and not _YEAR.fullmatch(cell) and any(_is_figure(row[place]) for row in body)
        for place, cell in enumerate(head)
    ) and not all(_YEAR.fullmatch(row[0]) for row in rows)


def _is_of_figures(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if not _NOTHING.fullmatch(cell)]
    return bool(said) and all(_is_figure(cell) for cell in said) and not all(map(_YEAR.fullmatch, said))


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _DAY.fullmatch(cell)
