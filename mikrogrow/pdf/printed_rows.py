"""Rows of tables as they were before they were printed: between tab stops, and longer than a line."""

import re
from collections.abc import Iterator, Sequence

# Where a text of plain signs stops its tabs. One that ends right before a stop leaves one space.
_TAB = 8
# Fewer stand there by chance.
_FEWEST_AT_STOPS = 4
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
# A figure begins after the space, or one ended before it.
_ONE_SPACE = re.compile(r"(?<=\S) (?=[-\u2013+]?\d)|(?<=[\d€%]) (?=\S)")
_FIGURE = re.compile(r"[-\u2013+]?\d[\d ,.]{0,20}(?: ?[€%e])?")
_RULE = re.compile(r"[|\s:=-]+")
_GROUP_BEFORE, _GROUP = re.compile(r" {2,}[-\u2013+]?\d{1,3}\Z"), re.compile(r"\d{3}(?![\d,])")
_LONGEST_REST = 20


def rows_as_written(lines: Sequence[str], widest: int) -> list[str]:
    """The lines of a page; `widest` is the longest line of its paper."""
    return [line for block in _blocks(_whole(lines, widest)) for line in _with_gaps_at_stops(block)]


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line:
            block.append(line)
        else:
            yield [*block, line]
            block = []
    yield block


def _with_gaps_at_stops(lines: list[str]) -> list[str]:
    """All rows of a table have as many cells: what makes them so was a gap."""
    places = [gap.end() for line in lines for gap in _GAP.finditer(line)]
    if len(places) < _FEWEST_AT_STOPS or any(place % _TAB for place in places):
        return lines
    made = [_with_gaps(line) if _GAP.search(line) else line for line in lines]
    counts = {len(_GAP.findall(line)) for line in made if _GAP.search(line)}
    return made if len(counts) == 1 else lines


def _with_gaps(line: str) -> str:
    return _ONE_SPACE.sub(lambda space: " " if space.end() % _TAB else "  ", line)


def _whole(lines: Sequence[str], widest: int) -> list[str]:
    """The page was too narrow for a row: its end is on a line of its own."""
    found: list[str] = []
    for place, line in enumerate(lines):
        before = found[-1] if found else ""
        after = lines[place + 1 : place + 3]
        if between := _between(before, line, after, widest):
            found[-1] = before + between.strip("|") + line
        else:
            found.append(line)
    return found


def _between(row: str, rest: str, after: Sequence[str], widest: int) -> str:
    """What stood between the parts of a row, in bars if it may be nothing; empty if it is no row."""
    if row.startswith("|"):
        is_cut = not row.endswith("|") and row.count("|") > rest.count("|")
        is_rest = rest.endswith("|") and (is_cut or not rest.startswith("|"))
        is_rule = _RULE.fullmatch(row) and _RULE.fullmatch(rest)
        return ("||" if is_rule else " ") if is_rest else ""
    if not _is_too_long(row, rest, widest):
        return ""
    if not _FIGURE.fullmatch(rest):
        # The end of a head, below which each row has its end.
        is_head = not re.search(r"\d", row) and len(after) > 1 and _is_too_long(after[0], after[1], widest)
        return "  " if is_head and _FIGURE.fullmatch(after[1]) else ""
    return " " if _GROUP_BEFORE.search(row) and _GROUP.match(rest) else "  "


def _is_too_long(row: str, rest: str, widest: int) -> bool:
    if len(_GAP.findall(row)) < 2 or not rest or rest[0].isspace() or len(rest) > _LONGEST_REST:
        return False
    return not _GAP.search(rest) and len(row) + 1 + len(rest.split()[0]) > widest
