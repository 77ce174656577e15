"""Says once that a whole column of a printed table is unknown, instead of in each of its cells."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from django.utils.translation import gettext as _

# Fewer cells are easier read as they are.
FEWEST_CELLS = 3
KEPT_COLUMNS = 2


def say_unknown_columns_once(root: Element) -> None:
    """In tables of class "fitted", unless "every-cell" says that they show what a page and a sheet show."""
    for table in root.iter("table"):
        caption = table.find("caption")
        classes = table.get("class", "").split()
        if "fitted" in classes and "every-cell" not in classes and caption is not None:
            _fold(table, caption)


def _fold(table: Element, caption: Element) -> None:
    rows = list(table.iter("tr"))
    width = max(map(len, rows), default=0)
    if any(len(row) != width and not _is_heading(row) for row in rows):
        return
    head = next((row for row in rows if len(row) == width), None)
    if head is None:
        return
    names = [_name(cell) for cell in head]
    unknown = _unknown(rows, width)
    if unknown and width - len(unknown) >= KEPT_COLUMNS:
        _say(caption, [names[place] for place in unknown])
        _drop(rows, unknown)
        names = [name for place, name in enumerate(names) if place not in unknown]
    for body in table.iter("tbody"):
        _fold_group(list(body), names)


def _fold_group(rows: Sequence[Element], names: Sequence[str]) -> None:
    if not rows or not _is_heading(rows[0]):
        return
    if unknown := _unknown(rows, len(names)):
        _say(rows[0][0], [names[place] for place in unknown])
        for row in rows[1:]:
            for cell in (row[place] for place in unknown):
                cell.text, cell[:] = None, []


def _name(cell: Element) -> str:
    # A name may have a break after its hyphen.
    return " ".join(" ".join(cell.itertext()).split()).replace("- ", "")


def _is_heading(row: Element) -> bool:
    return len(row) == 1 and row[0].get("colspan") is not None


def _unknown(rows: Sequence[Element], width: int) -> list[int]:
    """The places of columns all of whose cells are unknown."""
    inner = [row for row in rows if len(row) == width and any(cell.tag == "td" for cell in row)]
    if len(inner) < FEWEST_CELLS:
        return []
    return [place for place in range(1, width) if all(_is_unknown(row[place]) for row in inner)]


def _is_unknown(cell: Element) -> bool:
    return (
        cell.tag == "td"
        and len(cell) == 1
        and cell[0].get("class") == "unknown"
        and cell[0].text == _("ei tiedossa")
    )


def _say(element: Element, names: Sequence[str]) -> None:
    note = SubElement(element, "span", {"class": "unknown"})
    mark = "; " if any("," in name for name in names) else ", "
    note.text = " " + _("Ei tiedossa: %s.") % mark.join(names)


def _drop(rows: Sequence[Element], places: Sequence[int]) -> None:
    for row in rows:
        if _is_heading(row):
            row[0].set("colspan", str(int(row[0].get("colspan", "1")) - len(places)))
            continue
        for place in reversed(places):
            del row[place]
