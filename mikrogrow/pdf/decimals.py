"""Equal decimals in the columns of printed tables."""

import re
from collections import defaultdict
from xml.etree.ElementTree import Element

TABLES = frozenset({"ledger", "plan"})
# An amount with or without cents. Percentages keep the decimals with which they are stated.
AMOUNT = re.compile(r"[+\u2212-]?\d{1,3}(?:\u00a0\d{3})*(?P<cents>,\d\d)?(?P<unit>\u00a0€)?")


def equal_decimals(root: Element) -> None:
    """Where a column has cents, all its amounts have.

    Ignores cells that span columns, and those after them.
    """
    for table in root.iter("table"):
        if TABLES & set(table.get("class", "").split()):
            for cells in _amounts_by_column(table).values():
                if any(match["cents"] for _cell, match in cells):
                    _add_cents(cells)


def _amounts_by_column(table: Element) -> dict[int, list[tuple[Element, re.Match[str]]]]:
    columns: dict[int, list[tuple[Element, re.Match[str]]]] = defaultdict(list)
    for row in table.iter("tr"):
        for index, cell in enumerate(row):
            if cell.get("colspan"):
                break
            if cell.tag == "td" and len(cell) == 0 and (match := AMOUNT.fullmatch((cell.text or "").strip())):
                columns[index].append((cell, match))
    return columns


def _add_cents(cells: list[tuple[Element, re.Match[str]]]) -> None:
    for cell, match in cells:
        if not match["cents"]:
            unit = match["unit"] or ""
            cell.text = f"{match[0].removesuffix(unit)},00{unit}"
