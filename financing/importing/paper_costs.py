"""What a decision's paper says of costs by category and of money by year.

Only what surely divides a sum that is known: its parts make exactly that sum, or its table states it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import TypeVar

from financing.choices import CostCategory
from financing.importing.own_words import is_city
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
    (
        CostCategory.SERVICES,
        re.compile(r"ostopalvelu|palvelujen osto|(?<!\w)palvelu(?:t|ja|ita)(?!\w)", re.IGNORECASE),
    ),
    (
        CostCategory.TRAVEL,
        re.compile(r"(?<!\w)matka(?:t|kust|kulu|meno)|(?<!\w)matko(?:ja|ihin|ista)(?!\w)", re.IGNORECASE),
    ),
    (CostCategory.EQUIPMENT, re.compile(r"laite(?!tt)|laitte|konehank|(?<!\w)koneet", re.IGNORECASE)),
    (
        CostCategory.OTHER,
        re.compile(r"(?<!\w)mu(?:ut|ita|iden|ihin)(?: \w+)? (?:kust|meno|kulu)", re.IGNORECASE),
    ),
)
_STAFF = re.compile(r"(?<!\w)henkilöstö(?:kulu|menot|\s*\Z|(?= yhteensä))", re.IGNORECASE)
# "Tilat ja koneet", and "lauttavuokria ja muita kustannuksia": more than the category that they name.
_MORE = re.compile(r"(?<!\w)tila(?:t|n|vuok)|rakente|energia|\w, [\w ]+ ja muita", re.IGNORECASE)
_REVENUE = re.compile(r"(?<!\w)tulo(?:t|ja)(?!\w)", re.IGNORECASE)
_REVENUE_ROW = re.compile(r"tulot(?!\w)|osallistumismaksut|myyntitulot", re.IGNORECASE)
OF_WHICH = re.compile(r"\W*(?:josta|joista|siitä|niistä)(?!\w)", re.IGNORECASE)
_LUMP_SUM = re.compile(r"kertakorvau", re.IGNORECASE)
_PERCENT = re.compile(r"\d ?(?:%|prosent)")
# A head may have the words of the table's corner before it.
_YEAR = re.compile(r"(?:.*[^\d.,])?(20\d\d)")
IN_ALL = re.compile(r"yhteensä|summa", re.IGNORECASE)
NEW = re.compile(r"(?<!\w)(?:uusi|muutettu|tarkistettu|myönnetty|suunniteltu)(?!\w)|jälkeen\Z", re.IGNORECASE)
_OF_PART = re.compile(
    r"(?:Kaupungin|Kunnan|Kuntayhtymän) (?:osuuden|osahankkeen) kustannuksista", re.IGNORECASE
)
_NEAR = Decimal("0.1")
_OWN_SAID = re.compile(r"omarahoit|osuu", re.IGNORECASE)
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
    named += [CostCategory.STAFF] if Of.SALARIES in said or _STAFF.search(words) else []
    if _MORE.search(words):
        return None
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
    for table in tables_in(paper):
        for found in (_by_row(table, cost), _by_column(table, cost)):
            if found:
                yield found


def tables_in(paper: ReadDecision) -> Iterator[Table]:
    for part in paper.parts:
        yield from tables_of(part.text)


def _by_row(table: Table, cost: Decimal) -> Categories:
    """Categories in rows, up to their sum. Rows whose sum is a category's stand before it."""
    place = _place_of_sum(table)
    rows: list[tuple[CostCategory | None, Decimal]] = []
    start = 0
    for row in table.rows:
        cell = row.cells[place] if place is not None else None
        if cell is None or not cell.is_money or OF_WHICH.match(row.label):
            continue
        category = category_of(row.label)
        if category is None and is_total(row.label):
            return _summed(rows, cost, is_stated=cell.euros == cost)
        if category is not None and is_total(row.label):
            rows[start:] = [(category, cell.euros)]
            start = len(rows)
        elif category is not None and (first := _summed_from(rows, category, cell.euros)) is not None:
            rows[first:] = [(category, cell.euros)]
        else:
            rows.append((category, cell.euros))
    return _summed(rows, cost, is_stated=False)


def _summed_from(
    rows: Sequence[tuple[CostCategory | None, Decimal]], category: CostCategory, amount: Decimal
) -> int | None:
    """Where the rows begin that a row sums, which only the name of their category says."""
    first = len(rows)
    while first and rows[first - 1][0] in {None, category}:
        first -= 1
    above = [each for _category, each in rows[first:]]
    return first if len(above) > 1 and sum(above) == amount else None


def _summed(
    rows: Sequence[tuple[CostCategory | None, Decimal]], cost: Decimal, *, is_stated: bool
) -> Categories:
    """Empty if a row names no category: its money would be missing."""
    found: Categories = {}
    for category, amount in rows:
        if category is None:
            return {}
        found[category] = found.get(category, Decimal(0)) + amount
    return found if len(found) > 1 and (is_stated or sum(found.values()) == cost) else {}


def _place_of_sum(table: Table) -> int | None:
    """The column of the whole time: the only one of money, that of what is new, or that of the sum."""
    money = [
        place
        for place in range(len(table.heads))
        if any(row.cells[place] and row.cells[place].is_money for row in table.rows)  # type: ignore[union-attr]
    ]
    if len(money) == 1:
        return money[0]
    for pattern in (NEW, IN_ALL):
        named = [place for place in money if pattern.search(table.heads[place])]
        if named:
            return named[0] if len(named) == 1 else None
    return None


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
    paper: ReadDecision, sentences: Sequence[Sentence], costs: Sequence[Decimal], city: str
) -> Years:
    """The costs of each year: `costs` are their sum, net or gross."""
    found = [
        (years, words)
        for years, words in (*_years_in_tables(paper), *_years_said(sentences))
        if sum(years.values()) in costs and (is_city(words, city) or not _is_source(words, city))
    ]
    # A change also says what was before it, which may make the same sum.
    new = [(years, words) for years, words in found if NEW.search(words)]
    return _only([years for years, _words in new or found] or list(_stated_years(sentences, costs)))


def cost_year_sums(paper: ReadDecision, sentences: Sequence[Sentence], city: str) -> list[Decimal]:
    """What the years make of which no source is said, whether or not they are those of the costs."""
    found = (*_years_in_tables(paper), *_years_said(sentences))
    sums = [sum(years.values(), Decimal(0)) for years, words in found if not _is_source(words, city)]
    return list(dict.fromkeys(sums))


def category_sums(paper: ReadDecision) -> list[Decimal]:
    """What the categories of each table make, whether or not they are those of the costs."""
    found: list[Decimal] = []
    for table in tables_in(paper):
        place = _place_of_sum(table)
        cells = [
            (category_of(row.label), row.cells[place])
            for row in table.rows
            if place is not None and not is_total(row.label) and not OF_WHICH.match(row.label)
        ]
        amounts = [cell.euros for category, cell in cells if category and cell and cell.is_money]
        found += [sum(amounts, Decimal(0))] if len(amounts) > 1 else []
    return list(dict.fromkeys(found))


def _stated_years(sentences: Sequence[Sentence], costs: Sequence[Decimal]) -> Iterator[Years]:
    """What a paper states as the years of just these costs, though they make another sum: as it is."""
    last: list[int] = []
    has_cost = False
    for sentence in sentences:
        years, words = _years_of(sentence, last)
        last = [each.value for each in sentence.of(Kind.YEAR) if isinstance(each.value, int)]
        is_near = any(abs(sum(years.values()) - cost) <= cost * _NEAR for cost in costs)
        names_them = has_cost and re.match(r"Ne (?:jakautuvat|kohdistuvat)", sentence.text)
        if len(years) > 1 and is_near and (names_them or _OF_PART.match(words)):
            yield years
        has_cost = any(each.value in costs for each in sentence.of(Kind.MONEY))


def _is_source(words: str, city: str) -> bool:
    return not _COSTS_SAID.search(words) and source_of(words, city) is not None


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
        elif _COSTS_SAID.search(words) and not _OWN_SAID.search(words):
            continue
        if len(fitting) == 1:
            found[fitting[0]].append(years)
    return {name: _only(said) for name, said in found.items()}


def _only(found: Sequence[dict[Key, Decimal]]) -> dict[Key, Decimal]:
    """What is said, or nothing if two places say different things: one may tell of an earlier plan."""
    return found[0] if found and all(each == found[0] for each in found) else {}


def _years_said(sentences: Sequence[Sentence]) -> Iterator[tuple[Years, str]]:
    """Euros of years, and the words before them; what is left may be said in the next sentence."""
    last: list[int] = []
    before: tuple[Years, str] = ({}, "")
    for sentence in sentences:
        years, words = ({}, "") if is_elsewhere(sentence.text.casefold()) else _years_of(sentence, last)
        last = [each.value for each in sentence.of(Kind.YEAR) if isinstance(each.value, int)] or [*years]
        if len(years) > 1:
            yield years, words
        first = before[0]
        if years and first and max(first) < min(years):
            yield {**first, **years}, before[1]
        before = (years, words)


def _years_of(sentence: Sentence, last: Sequence[int]) -> tuple[Years, str]:
    """ "Vastaavasti" tells of the years of the sentence before."""
    money = [each for each in sentence.of(Kind.MONEY) if isinstance(each.value, Decimal)]
    figures = [each for each in sentence.of(Kind.YEAR) if isinstance(each.value, int)]
    years = [int(str(each.value)) for each in figures]
    if not years and sentence.says(_AS_BEFORE):
        years = [*last]
    # The sum may be said before the years.
    money = money[1:] if len(money) == len(years) + 1 else money
    if not years or len(money) != len(years) or years != sorted(set(years)):
        return {}, ""
    start = min(each.start for each in [*money, *figures])
    pairs = zip(years, money, strict=True)
    return {year: Decimal(str(each.value)) for year, each in pairs}, sentence.text[:start]


def _years_in_tables(paper: ReadDecision) -> Iterator[tuple[Years, str]]:
    """Rows with a year to each column, and columns with a year to each row; with their names."""
    for table in tables_in(paper):
        heads = [year_of(head) for head in table.heads]
        for row in table.rows if any(heads) else ():
            yield from _named(dict(zip(heads, row.cells, strict=True)), row.label)
        of_years = [row for row in table.rows if row.label.isdecimal()]
        for place, head in enumerate(table.heads) if of_years else ():
            yield from _named({year_of(row.label): _cell(row, place) for row in of_years}, head)


def _named(cells: Mapping[int | None, Cell | None], name: str) -> Iterator[tuple[Years, str]]:
    years = {
        year: cell.euros
        for year, cell in cells.items()
        if year is not None and cell is not None and cell.is_money
    }
    if len(years) > 1:
        yield years, name


def year_of(text: str) -> int | None:
    match = _YEAR.fullmatch(text.strip())
    return int(match[1]) if match else None


def _cell(row: Row, place: int) -> Cell | None:
    return row.cells[place]


def revenue_of(
    paper: ReadDecision, sentences: Sequence[Sentence], costs: Sequence[Decimal]
) -> tuple[Decimal, Decimal, Decimal] | None:
    """Revenue with the gross and the net costs, if the paper states all three and they agree."""
    said = [amount for sentence in sentences for amount in _revenue_said(sentence)]
    said += [amount for table in tables_in(paper) for amount in _revenue_rows(table)]
    found = {
        (revenue, gross, gross - revenue)
        for revenue in said
        for gross in costs
        if revenue > 0 and gross - revenue in costs
    }
    return found.pop() if len(found) == 1 else None


def _revenue_said(sentence: Sentence) -> Iterator[Decimal]:
    if is_elsewhere(sentence.text.casefold()):
        return
    money = sentence.of(Kind.MONEY)
    for each, words in zip(money, _gaps(sentence.text, money), strict=False):
        if isinstance(each.value, Decimal) and _REVENUE.search(words):
            yield each.value


def _revenue_rows(table: Table) -> Iterator[Decimal]:
    place = _place_of_sum(table)
    for row in table.rows:
        cell = row.cells[place] if place is not None else None
        if cell and cell.is_money and _REVENUE_ROW.match(row.label):
            yield abs(cell.euros)


def divided_sums(paper: ReadDecision, sentences: Sequence[Sentence]) -> Iterator[Decimal]:
    """What the paper divides by year or by category, in all."""
    for years, _words in (*_years_in_tables(paper), *_years_said(sentences)):
        yield sum(years.values(), Decimal(0))
    for found in _in_sentences(sentences):
        yield sum(found.values(), Decimal(0))
