"""Column widths of printed tables, computed from the widths of their texts.

WeasyPrint gives each column room by its longest line, so that long texts break the numbers beside them. Here
texts give way first, and a table whose numbers do not fit side by side is set in smaller type. Texts are
measured in semibold, the widest style.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from mikrogrow.pdf.whole_words import WHOLE

# Sizes in points, as in document.css and budget.css. In a cell, .sub and small are on lines of their own.
TYPE, SMALL_TYPE, SUB_TYPE = 9.5, 8.5, 8.0
SMALL_TABLES = frozenset({"small", "changes", "plan"})
SMALLEST_TYPE = 6.0
GAP = 2.1 * 72 / 25.4
POINTS_PER_MM = 72 / 25.4
# A longer word may be broken anywhere rather than widen its column.
LONGEST_WORD = 90.0

# The width of a text in ems.
Measure = Callable[[str], float]


@dataclass
class Column:
    """Widths in points: at `least`, no number or word breaks; at `most`, no line does."""

    least: float = 0
    most: float = 0


def fit_columns(root: Element, measure: Measure) -> None:
    """Sets the column widths of tables of class "fitted".

    `data-width`, on the table or an element around it, is the available width in millimetres.
    """
    waiting = [(root, 0.0)]
    while waiting:
        element, width = waiting.pop()
        width = float(element.get("data-width", width))
        if element.tag == "table":
            if width and "fitted" in element.get("class", "").split():
                _fit(element, width * POINTS_PER_MM, measure)
        else:
            waiting.extend((child, width) for child in element)


def _fit(table: Element, width: float, measure: Measure) -> None:
    classes = set(table.get("class", "").split())
    size = SMALL_TYPE if classes & SMALL_TABLES else TYPE
    columns = needs(table, size, measure)
    if not columns:
        return
    room = width - GAP * len(columns)
    least = sum(column.least for column in columns)
    if least > room:
        smaller = max(size * room / least, SMALLEST_TYPE)
        table.set("style", f"font-size: {smaller:.2f}pt")
    group = Element("colgroup")
    for share in shares(columns, width):
        group.append(Element("col", style=f"width: {share:.3f}%"))
    table.insert(1 if len(table) and table[0].tag == "caption" else 0, group)


def needs(table: Element, size: float, measure: Measure) -> list[Column]:
    """Widths at a type size. Ignores cells that span columns, and those after them."""
    columns: list[Column] = []
    for row in table.iter("tr"):
        for index, cell in enumerate(row):
            if cell.get("colspan"):
                break
            if index == len(columns):
                columns.append(Column())
            column = columns[index]
            classes = cell.get("class", "").split()
            is_whole = "wraps" not in classes and ("number" in classes or "whole" in classes)
            for text, points in _lines(cell, size):
                line = measure(text) * points
                word = max(
                    min(_longest_word(text, measure) * points, LONGEST_WORD), _whole(text, measure) * points
                )
                column.most = max(column.most, line)
                column.least = max(column.least, line if is_whole else word)
    return columns


def shares(columns: Sequence[Column], width: float) -> list[float]:
    """Column widths in percent of the table's `width` (points).

    If every line fits, spare room is shared in proportion. Otherwise columns with long lines give way, but
    none below its longest word or number.
    """
    least = [column.least + GAP for column in columns]
    most = [column.most + GAP for column in columns]
    if sum(most) <= width or sum(least) >= width:
        widths = most if sum(most) <= width else least
    else:
        part = (width - sum(least)) / (sum(most) - sum(least))
        widths = [low + (high - low) * part for low, high in zip(least, most, strict=True)]
    return [100 * each / sum(widths) for each in widths]


def _longest_word(text: str, measure: Measure) -> float:
    return measure(max(text.split(" "), key=len))


def _whole(text: str, measure: Measure) -> float:
    return max((measure(match[0]) for match in WHOLE.finditer(text)), default=0)


def _lines(cell: Element, size: float) -> Iterator[tuple[str, float]]:
    """The lines of a cell before any breaking, each with its type size."""
    line = cell.text or ""
    for part in cell:
        text = "".join(part.itertext())
        if part.tag == "br":
            yield line.strip(), size
            line = ""
        elif part.tag == "small" or part.get("class") == "sub":
            yield line.strip(), size
            yield text.strip(), SUB_TYPE
            line = ""
        else:
            line += text
        line += part.tail or ""
    yield line.strip(), size
