"""What a decision's paper says of costs by category and of money by year.

Only what surely divides a sum that is known: its parts make exactly that sum, or its table states it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TypeVar

from financing.choices import CostCategory
from financing.importing.paper_sources import source_of
from projects.decisions.consistency.columns import is_total
from projects.decisions.consistency.things import Of, all_of, is_elsewhere
from projects.decisions.figures.readings import Kind, Reading
from projects.decisions.figures.tables import Cell, Row, Table, tables_of
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.importing.sentences import Sentence

Categories = dict[CostCategory, Decimal]
Years = dict[int, Decimal]
Key = TypeVar("Key")

_CATEGORIES = (
    (CostCategory.SERVICES, re.compile(r"ostopalvelu|palvelujen osto", re.IGNORECASE)),
    (
        CostCategory.TRAVEL,
        re.compile(r"(?<!\w)matka(?:t|kust|kulu|meno)|(?<!\w)matko(?:ja|ihin|ista)(?!\w)", re.IGNORECASE),
    ),
    (CostCategory.EQUIPMENT, re.compile(r"laite(?!tt)|laitte|konehank|(?<!\w)koneet", re.IGNORECASE)),
    (CostCategory.OTHER, re.compile(r"(?<!\w)mu(?:ut|ita|iden|ihin)(?: \w+)? (?:kust|meno)", re.IGNORECASE)),
)
_LUMP_SUM = re.compile(r"kertakorvau", re.IGNORECASE)
_PERCENT = re.compile(r"\d ?(?:%|prosent)")
# A head may have the words of the table's corner before it.
_YEAR = re.compile(r"(?:.*[^\d.,])?(20\d\d)")
_IN_ALL = re.compile(r"yhteensä|summa", re.IGNORECASE)
_COSTS = re.compile(r"(?:(?:kokonais|brutto)?kustannukset|menot)(?: yhteensä)?|yhteensä", re.IGNORECASE)
_COSTS_SAID = re.compile(r"kustannu|menot", re.IGNORECASE)
_AS_BEFORE = re.compile(r"vastaavasti", re.IGNORECASE)
# What a sum is divided into is said in so many sentences at most.
_MOST_SENTENCES = 3
_MOST_FIGURES = 12


def categories_of(paper: ReadDecision, sentences: Sequence[Sentence], cost: Decimal | None) -> Categories:
    """How the costs divide; empty if nothing says it, or two places say different things."""
    if not cost:
        return {}
    found = [
        *_in_tables(paper, cost),
        *(each for each in _in_sentences(sentences) if sum(each.values()) == cost),
    ]
    return _only(found)


def category_of(words: str) -> CostCategory | None:
    """None if no category is named, or more than one."""
    said = all_of(words)
    named = [category for category, pattern in _CATEGORIES if pattern.search(words)]
    if _LUMP_SUM.search(words):
        return CostCategory.LUMP_SUM
    # Costs at a percentage are of another category, which their words may name: "40 % palkkakustannuksista".
    if Of.FLAT_RATE in said or (named == [CostCategory.OTHER] and _PERCENT.search(words)):
        return CostCategory.FLAT_RATE
    named += [CostCategory.STAFF] if Of.SALARIES in said else []
    return named[0] if len(named) == 1 else None


def _in_sentences(sentences: Sequence[Sentence]) -> Iterator[Categories]:
    """Of each category what is said first: "josta projektipäällikön palkka" is a part of it."""
    tagged = [_tagged(sentence) for sentence in sentences]
    for count in range(1, _MOST_SENTENCES + 1):
        for start in range(len(tagged) - count + 1):
            window = tagged[start : start + count]
            if not (window[0] and window[-1]):
                continue
            for ways in product(*(way or [{}] for way in window)):
                found: Categories = {}
                for way in ways:
                    found = {**way, **found}
                if len(found) > 1:
                    yield found


def _tagged(sentence: Sentence) -> list[Categories]:
    """The amounts by the words before them, and by those after them."""
    money = sentence.of(Kind.MONEY)
    if not money or len(money) > _MOST_FIGURES or is_elsewhere(sentence.text.casefold()):
        return []
    gaps = _gaps(sentence.text, money)
    return [found for words in (gaps[:-1], gaps[1:]) if (found := _by_words(money, words))]


def _gaps(text: str, money: Sequence[Reading]) -> list[str]:
    starts = [0, *(each.end for each in money)]
    ends = [*(each.start for each in money), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _by_words(money: Sequence[Reading], words: Sequence[str]) -> Categories:
    found: Categories = {}
    for each, said in zip(money, words, strict=True):
        category = category_of(said)
        if category is not None and isinstance(each.value, Decimal):
            found.setdefault(category, each.value)
    return found


def _in_tables(paper: ReadDecision, cost: Decimal) -> Iterator[Categories]:
    for table in _tables(paper):
        for found in (_by_row(table, cost), _by_column(table, cost)):
            if found:
                yield found


def _tables(paper: ReadDecision) -> Iterator[Table]:
    for part in paper.parts:
        yield from tables_of(part.text)


def _by_row(table: Table, cost: Decimal) -> Categories:
    """Categories in rows, up to their sum. Rows whose sum is a category's stand before it."""
    place = _place_of_sum(table)
    found: Categories = {}
    unnamed = False
    for row in table.rows:
        cell = row.cells[place] if place is not None else None
        if cell is None or not cell.is_money:
            continue
        category = category_of(row.label)
        if category is None and is_total(row.label):
            is_stated = cell.euros == cost and not unnamed
            return found if len(found) > 1 and (is_stated or sum(found.values()) == cost) else {}
        if category is None:
            unnamed = True
        elif is_total(row.label):
            found[category], unnamed = cell.euros, False
        else:
            # A subtotal of other rows may be named only by its category.
            unnamed = unnamed and category is not CostCategory.STAFF
            found[category] = found.get(category, Decimal(0)) + cell.euros
    return found if len(found) > 1 and sum(found.values()) == cost else {}


def _place_of_sum(table: Table) -> int | None:
    """The column of the whole time: the only one of money, or that of the sum."""
    money = [
        place
        for place in range(len(table.heads))
        if any(row.cells[place] and row.cells[place].is_money for row in table.rows)  # type: ignore[union-attr]
    ]
    if len(money) == 1:
        return money[0]
    sums = [place for place in money if _IN_ALL.search(table.heads[place])]
    return sums[0] if len(sums) == 1 else None


def _by_column(table: Table, cost: Decimal) -> Categories:
    """Categories at the heads: the row whose cells make the costs."""
    heads = {place: category_of(head) for place, head in enumerate(table.heads)}
    places = {category: place for place, category in heads.items() if category}
    if len(places) < 2 or len(places) < sum(category is not None for category in heads.values()):
        return {}
    for row in reversed(table.rows):
        cells = {category: row.cells[place] for category, place in places.items()}
        found = {category: cell.euros for category, cell in cells.items() if cell}
        if len(found) > 1 and sum(found.values()) == cost:
            return found
    return {}


def cost_years_of(
    paper: ReadDecision, sentences: Sequence[Sentence], cost: Decimal | None, city: str
) -> Years:
    """The costs of each year."""
    if not cost:
        return {}
    found = [
        years
        for years, label in _years_in_tables(paper)
        if _COSTS.fullmatch(label) or (city and label.casefold() == city.casefold())
    ]
    found += [years for years, before in _years_said(sentences) if _COSTS_SAID.search(before)]
    return _only([years for years in found if sum(years.values()) == cost])


def source_years_of(
    paper: ReadDecision, sentences: Sequence[Sentence], amounts: Mapping[str, Decimal], city: str
) -> dict[str, Years]:
    """What each source gives in each year, by its name; `amounts` is what it gives in all.

    Years that are said without a source are of the only one that gives their sum.
    """
    found: dict[str, list[Years]] = {name: [] for name in amounts}
    for years, words in (*_years_in_tables(paper), *_years_said(sentences)):
        wording = source_of(words, city)
        total = sum(years.values())
        fitting = [name for name, amount in amounts.items() if amount == total]
        if wording is not None:
            fitting = [name for name in fitting if name == wording.name]
        elif _COSTS_SAID.search(words):
            continue
        if len(fitting) == 1:
            found[fitting[0]].append(years)
    return {name: _only(said) for name, said in found.items()}


def _only(found: Sequence[dict[Key, Decimal]]) -> dict[Key, Decimal]:
    """What is said, or nothing if two places say different things: one may tell of an earlier plan."""
    return found[0] if found and all(each == found[0] for each in found) else {}


def _years_said(sentences: Sequence[Sentence]) -> Iterator[tuple[Years, str]]:
    """Euros of years, and the words before them; "vastaavasti" of the years of the sentence before."""
    last: list[int] = []
    for sentence in sentences:
        if is_elsewhere(sentence.text.casefold()):
            continue
        money = [each for each in sentence.of(Kind.MONEY) if isinstance(each.value, Decimal)]
        figures = [each for each in sentence.of(Kind.YEAR) if isinstance(each.value, int)]
        years = [int(str(each.value)) for each in figures]
        if not years and sentence.says(_AS_BEFORE):
            years = last
        last = years
        # The sum may be said before the years.
        money = money[1:] if len(money) == len(years) + 1 else money
        if len(years) < 2 or len(money) != len(years) or years != sorted(set(years)):
            continue
        start = min(each.start for each in [*money, *figures])
        pairs = zip(years, money, strict=True)
        yield {year: Decimal(str(each.value)) for year, each in pairs}, sentence.text[:start]


def _years_in_tables(paper: ReadDecision) -> Iterator[tuple[Years, str]]:
    """Rows with a year to each column, and columns with a year to each row; with their names."""
    for table in _tables(paper):
        for row in table.rows:
            years = {_year(head): cell for head, cell in zip(table.heads, row.cells, strict=True)}
            yield from _named(years, row.label)
        of_years = [row for row in table.rows if row.label.isdecimal()]
        for place, head in enumerate(table.heads):
            yield from _named({_year(row.label): _cell(row, place) for row in of_years}, head)


def _named(cells: Mapping[int | None, Cell | None], name: str) -> Iterator[tuple[Years, str]]:
    years = {
        year: cell.euros
        for year, cell in cells.items()
        if year is not None and cell is not None and cell.is_money
    }
    if len(years) > 1:
        yield years, name


def _year(text: str) -> int | None:
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None


def _cell(row: Row, place: int) -> Cell | None:
    return row.cells[place]
