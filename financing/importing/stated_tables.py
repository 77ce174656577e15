"""What the tables of a paper state of costs and of sources."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.choices import SourceClass
from financing.importing.own_words import is_city
from financing.importing.paper_costs import NEW
from financing.importing.paper_sources import source_of_row
from financing.importing.stated import Scope, StatedCost, StatedSource, says_part
from projects.decisions.consistency.columns import is_total
from projects.decisions.figures.tables import Cell, Row, Table, tables_of
from projects.decisions.importing.decision import ReadDecision

_SUM = re.compile(r"yhteensä|(?<!\w)summa(?!\w)", re.IGNORECASE)
_COSTS = re.compile(
    r"(?:brutto|netto|kokonais)?(?:kustannukset|menot)(?: yhteensä)?|hanke yhteensä|hankkeen kustannusarvio"
    r"|tukikelpoiset yhteensä",
    re.IGNORECASE,
)
_ABOUT_COSTS = re.compile(r"kustannu|menot|toteuttaj|budjet", re.IGNORECASE)
_ABOUT_SHARES = re.compile(r"rahoit|osuu|maksu", re.IGNORECASE)
_CATEGORY = re.compile(r"palk|palvel|matk|flat rate|laite|laitteet", re.IGNORECASE)
_OF_WHICH = re.compile(r"\W*(?:josta|joista|siitä|niistä|sisält)", re.IGNORECASE)
_WHOLE_NAMES = re.compile(r"(?:hanke|kaikki|hankkeet)?(?: ?yhteensä)|kaikki", re.IGNORECASE)
_ORGANISATION = re.compile(r"(?:Oy|ry|sr|Ky|osk|kaupunki|kunta|säätiö|opisto|yliopisto|korkeakoulu)\Z")
_CAPTION = 120


@dataclass(frozen=True)
class SourceRows:
    """Rows that stand together. `summed` is what all of them make, also those that name no known source."""

    sources: tuple[StatedSource, ...]
    summed: Decimal
    total: Decimal | None


@dataclass(frozen=True)
class Tables:
    costs: tuple[StatedCost, ...]
    rows: tuple[SourceRows, ...]
    # What the city's own rows say, in any of their columns.
    own: frozenset[Decimal]


def read_tables(paper: ReadDecision, city: str) -> Tables:
    costs: list[StatedCost] = []
    rows: list[SourceRows] = []
    own: set[Decimal] = set()
    for part in paper.parts:
        before = part.name
        for table in tables_of(part.text):
            about = f"{before} {table.caption[-_CAPTION:]}"
            costs += _costs(table, about, city)
            rows += _source_rows(table, about, city)
            if not _is_by_implementer(table, about):
                own |= {
                    cell.euros
                    for row in table.rows
                    if is_city(row.label.rstrip(" 0123456789%,"), city)
                    for cell in row.cells
                    if cell and cell.is_money
                }
            before = part.name
    return Tables(tuple(costs), tuple(rows), frozenset(own))


def place_of(table: Table) -> int | None:
    """The column to read: the only one of euros, that of what is decided now, or that of the sum."""
    euros = [
        place
        for place in range(len(table.heads))
        if any(cell and cell.is_money for cell in (row.cells[place] for row in table.rows))
    ]
    if len(euros) == 1:
        return euros[0]
    for pattern in (NEW, _SUM):
        named = [place for place in euros if pattern.search(table.heads[place])]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _cell(row: Row, place: int | None) -> Cell | None:
    """Without a column, what is the same in all that are not zero."""
    if place is not None:
        return row.cells[place]
    euros = [cell for cell in row.cells if cell and cell.is_money and cell.value]
    return euros[0] if euros and len({cell.euros for cell in euros}) == 1 else None


def _euros(row: Row, place: int | None) -> Decimal | None:
    cell = _cell(row, place)
    return cell.euros if cell and cell.is_money else None


def _is_by_implementer(table: Table, about: str) -> bool:
    named = [row for row in table.rows if _ORGANISATION.search(row.label)]
    return len(named) > 1 and bool(_ABOUT_COSTS.search(about)) and not _ABOUT_SHARES.search(about)


def _costs(table: Table, about: str, city: str) -> Iterator[StatedCost]:
    place = place_of(table)
    is_of_city = says_part(about, city) or bool(
        re.search(r"(?:kaupungin|kunnan) kustannusarvio", about, re.IGNORECASE)
    )
    by_implementer = _is_by_implementer(table, about)
    is_of_costs = by_implementer or (
        bool(_ABOUT_COSTS.search(f"{about} {' '.join(table.heads)}"))
        or sum(bool(_CATEGORY.search(row.label)) for row in table.rows) > 1
    )
    has_grant = False
    for row in table.rows:
        amount = _euros(row, place)
        is_after_grant = has_grant
        has_grant = not is_total(row.label) and (has_grant or _names_grant(row.label, city))
        if amount is None or amount <= 0 or _OF_WHICH.match(row.label):
            continue
        if is_city(row.label.removesuffix(" yhteensä"), city) and (by_implementer or is_total(row.label)):
            yield StatedCost(amount, Scope.PART)
        elif _COSTS.fullmatch(row.label) or (
            is_of_costs and _WHOLE_NAMES.fullmatch(row.label) and not is_after_grant
        ):
            yield StatedCost(amount, Scope.PART if is_of_city else Scope.WHOLE)


def _names_grant(label: str, city: str) -> bool:
    found = source_of_row(label, city)
    return found is not None and found.source_class is SourceClass.EU_STATE


def _source_rows(table: Table, about: str, city: str) -> Iterator[SourceRows]:
    place = place_of(table)
    scope = Scope.PART if says_part(about, city) else Scope.WHOLE
    rows: list[Row] = []
    for row in table.rows:
        if is_total(row.label) or _COSTS.fullmatch(row.label):
            total = _euros(row, place) if is_total(row.label) else None
            yield from _together(rows, place, total, scope, city)
            rows = []
        elif not _OF_WHICH.match(row.label):
            rows.append(row)
    yield from _together(rows, place, None, scope, city)


def _together(
    rows: Sequence[Row], place: int | None, total: Decimal | None, scope: Scope, city: str
) -> Iterator[SourceRows]:
    sources, amounts = [], []
    for row in rows:
        amount = _euros(row, place)
        if amount is None:
            continue
        amounts.append(amount)
        wording = source_of_row(row.label, city)
        if wording is not None:
            sources.append(StatedSource(wording, amount, _share(row), scope))
    # Costs by implementer have the same names as sources, but no grant among them.
    if len(amounts) > 1 and any(each.wording.source_class is SourceClass.EU_STATE for each in sources):
        yield SourceRows(tuple(sources), sum(amounts, Decimal(0)), total)


def _share(row: Row) -> Decimal | None:
    shares = [cell.value for cell in row.cells if cell and cell.unit == "%"]
    if len(shares) == 1:
        return shares[0]
    said = re.search(r"(\d{1,3}(?:,\d{1,2})?) ?%\)?\Z", row.label)
    return Decimal(said[1].replace(",", ".")) if said and not shares else None
