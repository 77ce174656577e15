"""VAT that is counted twice, or prices with and without it that do not fit each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate

from projects.decisions.consistency.columns import step_of_cell
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Amounts, Paper, Said, Sentence
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, NEAR, is_within
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.tables import Cell, Row, Table


class Part(StrEnum):
    NET = "net"
    TAX = "tax"
    GROSS = "gross"


@dataclass(frozen=True)
class Priced:
    """A figure of a price; `slack` is how far rounding may have taken it."""

    figure: Said | Cell
    value: Decimal
    slack: Decimal


_VAT = re.compile(r"(?<!\w)alv|arvonlis|verolli|veroton|verottom|veroineen")
_RATE = r"\d{1,2}(?:[,.]\d{1,2})? ?(?:%|prosenttia)"
# What may stand between the word and the figure.
_IS = rf"(?:[\s,:()]|on|ovat|eli|siis|hinta|arvo|summa|kustannus|{_RATE}|:n|osuus|määrä)*\Z"
_IS_PRICED = _IS.replace("|on|", r"|(?:sis\. )?alv|on|", 1)
_BEFORE = (
    (Part.NET, re.compile(rf"(?:veroton|verottom\w*|ilman arvonlisäveroa|ilman alv:?a?|alv\.? 0 ?%){_IS}")),
    (
        Part.GROSS,
        re.compile(
            rf"(?:verolli(?:nen|sena|sen)|veroineen|(?:alv|vero\w{{0,3}}) mukaan lukien|sis\. alv"
            rf"|(?:alv|arvonlisäver\w+)\.? (?:{_RATE} )?(?:mukaan lukien|kanssa|sisältäen)"
            rf"|sisältäen arvonlisäveron){_IS_PRICED}"
        ),
    ),
    (
        Part.TAX,
        re.compile(
            r"(?:(?<!\w)(?:arvonlisävero(?:a|n|n osuus)?|veron osuus|vero(?:a|n)?)"
            rf"|(?:\A|[,(+:]|lisätään|(?<!\w)ja) ?alv){_IS}"
        ),
    ),
)
_AFTER = (
    (
        Part.NET,
        re.compile(
            r"(?:/\w{1,12}|:n)?\s*(?:\((?:arvonlisävero |alv\.?:? ?)0 ?%|alv\.? 0 ?%"
            r"|\(?(?:ilman (?:arvonlis|alv)|veroton))|\s*\+ alv"
        ),
    ),
    (
        Part.GROSS,
        re.compile(
            r"(?:/\w{1,12})?(?:,? (?:joka|ja se))?\s*\(?(?:(?:sis\.?|sisältä\w+) ?(?:alv|arvonlis)"
            rf"|(?:arvonlisä)?(?:veroineen|verollisena)|alv\.? (?!0 ?%){_RATE}\))"
        ),
    ),
    (Part.TAX, re.compile(r"\s*(?:on )?(?:arvonlisäveroa|veroa)(?!\w)")),
)
# What goes on about the same price says nothing else.
_SAME = re.compile(
    r"(?:[\s,.:;()+%\d–-]|(?<!\w)(?:ja|eli|on|ovat|se|joka|jonka|johon|siihen|tähän|sen|siis|kun|niin|jolloin"
    r"|joten|josta|siitä|tästä|tulee|jää|lisätään|lisättynä|lisäten|hinta(?:an|na)?|hinnan|hinnasta|arvo|arvon"
    r"|summa|summaan|loppusumma|kokonaishinta|kokonaissumma|kokonaisarvo|laskutettava|maksettava|määrä|osuus"
    r"|hankinnan|urakan|tarjouksen|kustannus|kustannukse\w+|yhteensä|mukaan|lukien|kanssa|ilman|sis|sisältä\w+"
    r"|sisältyy|prosenttia|n|vero\w*|arvonlisävero\w*|alv\w*)(?!\w))*"
)
_ADDED = re.compile(r"lisätään|lisättynä|lisäten|\+ ?\Z|\+ ?(?:alv|arvonlis)")
_INCLUDED = re.compile(r"sisält|sis\.|josta|siitä|osuus")
_SAYS_INCLUDED = re.compile(r"sis\.? ?(?:alv|arvonlis)|sisältä|veroineen|verolli|mukaan lukien|kanssa")
# Of costs with salaries only some have VAT.
_PRICE = re.compile(r"hin(?:ta|na|no)|arvo(?!nlis)|urak|tarjou|hankin|lasku|maksa")
_COSTS = re.compile(r"kustannu|palk|budjet|menot")
_LOWEST, _HIGHEST = 5, 30
_CENT = Decimal("0.02")
# Of a few cents everything is alike.
_LEAST = 10
_ROUGH = {"noin", "yli", "alle", "enintään", "vähintään"}
_MOST_RATES, _MOST_PRICES, _MOST_SUMMED = 3, 60, 12


def in_vat(paper: Paper) -> Iterator[Contradiction]:
    with_vat = [sentence for sentence in paper.sentences if _VAT.search(sentence.words)]
    rates = {rate for sentence in with_vat for rate in _rates(sentence)}
    yield from _twice(with_vat, paper.amounts, rates)
    for paragraph in paper.paragraphs:
        for price, stated in _prices(paragraph.sentences):
            own = {rate for sentence in stated for rate in _rates(sentence)}
            yield from _unlike(price, own, _Known(paper.amounts, paragraph.money))
    for table in paper.tables:
        yield from _in_table(table)


def _rates(sentence: Sentence) -> set[Decimal]:
    """Of VAT, in percent."""
    return {
        said.value
        for said in sentence.of(Kind.PERCENT)
        if _LOWEST < said.value < _HIGHEST and _VAT.search(f"{said.gap[-40:]} {said.next_gap[:30]}")
    }


def _twice(sentences: list[Sentence], amounts: Amounts, rates: set[Decimal]) -> Iterator[Contradiction]:
    """A price that has its VAT already, and the VAT added to it again."""
    prices = [said for sentence in sentences for said in sentence.of(Kind.MONEY)][:_MOST_PRICES]
    gross = {id(said) for said in prices if _says_included(said)}
    for rate in sorted(rates)[:_MOST_RATES]:
        more = 1 + rate / 100
        for said in prices:
            if said.value < _LEAST:
                continue
            once = said.value / more
            alike = [each for each in prices if abs(each.value - once) <= _CENT]
            known = amounts.has(once / more, _CENT)
            price = next((each for each in alike if known or id(each) in gross), None)
            if price is not None:
                yield contradiction(Rule.VAT, said, once, [price])


def _says_included(said: Said) -> bool:
    return _part(said) is Part.GROSS and bool(_SAYS_INCLUDED.search(f"{said.before[-40:]} {said.after[:40]}"))


_Price = dict[Part, Priced]


def _prices(sentences: Sequence[Sentence]) -> Iterator[tuple[_Price, list[Sentence]]]:
    """What is said of one price: two or three of net, tax and gross, one right after the other."""
    price: _Price = {}
    stated: list[Sentence] = []
    last: Said | None = None
    told = ""
    for sentence in sentences:
        if not _VAT.search(sentence.words):
            yield price, stated
            price, stated, last = {}, [], next(reversed(sentence.of(Kind.MONEY)), None)
            told = sentence.words
            continue
        for said in sentence.of(Kind.MONEY):
            part = _part(said) or _whole(said, price)
            if part is Part.TAX and Part.NET in price and said.value > price[Part.NET].value:
                # "200 000 euroa + alv 25,5 % eli 251 000 euroa".
                part = Part.GROSS
            goes_on = _SAME.fullmatch(said.before) is not None
            if not goes_on or part is None or part in price:
                yield price, stated
                price, stated = {}, []
            if goes_on and part is Part.TAX and not price and last is not None and _PRICE.search(told):
                price = {_base(said, last): _priced(last)}
            if part is not None:
                price[part] = _priced(said)
                stated.append(sentence)
            last, told = said, sentence.words
    yield price, stated


def _part(said: Said) -> Part | None:
    for part, pattern in _AFTER:
        if pattern.match(said.after):
            return part
    return next((part for part, pattern in _BEFORE if pattern.search(said.before)), None)


def _whole(said: Said, price: _Price) -> Part | None:
    """`…, yhteensä 12 550 euroa`, after a net price and its tax."""
    is_whole = {Part.NET, Part.TAX} == set(price) and re.search(r"yhteensä|jolloin|eli|on", said.before)
    return Part.GROSS if is_whole else None


def _base(tax: Said, price: Said) -> Part:
    words = f"{price.after} {tax.before}"
    return Part.GROSS if _INCLUDED.search(words) and not _ADDED.search(words) else Part.NET


def _priced(said: Said) -> Priced:
    slack = said.value if said.qualifier in _ROUGH else said.step
    return Priced(said, said.value, max(slack, _CENT))


@dataclass(frozen=True)
class _Known:
    """What else the text says: all its euros, and those of the paragraph in their order."""

    amounts: Amounts
    money: list[Said]

    def has(self, value: Decimal, slack: Decimal, figure: Said | Cell) -> bool:
        """True if it is said, or is the sum of what is said right before the figure."""
        place = self.money.index(figure) if figure in self.money else 0
        before = (each.value for each in reversed(self.money[max(0, place - _MOST_SUMMED) : place]))
        return self.amounts.has(value, slack) or any(
            abs(total - value) <= slack for total in accumulate(before)
        )


def _unlike(price: _Price, rates: set[Decimal], known: _Known | None) -> Iterator[Contradiction]:
    """The figure of a price that its others do not give."""
    rate = next(iter(rates)) if len(rates) == 1 else None
    slack = sum((each.slack for each in price.values()), Decimal(0))
    for part, expected in _expected(price, rate, slack):
        stated = price[part]
        others = [each.figure for other, each in price.items() if other is not part]
        is_of_costs = any(isinstance(each, Said) and _COSTS.search(each.before) for each in others)
        near = FAR if part is Part.TAX and not is_of_costs else NEAR
        if abs(expected - stated.value) <= slack or not is_within(near, expected, stated.value):
            continue
        if known is None or not _is_explained(part, stated, rate, known):
            size = stated.figure.size if isinstance(stated.figure, Cell) else 1
            yield contradiction(Rule.VAT, stated.figure, expected / size, others)
        return


def _expected(price: _Price, rate: Decimal | None, slack: Decimal) -> Iterator[tuple[Part, Decimal]]:
    """What each of its figures is by the others, the one that is likeliest wrong first."""
    net, tax, gross = (price[part].value if part in price else None for part in Part)
    share = None if rate is None else rate / 100
    if net is not None and tax is not None and gross is not None:
        if share is None:
            yield Part.GROSS, net + tax
        elif abs(net * (1 + share) - gross) <= slack or abs(net + tax - gross) <= slack:
            yield Part.TAX, net * share
        elif abs(net * share - tax) <= slack:
            yield Part.GROSS, net + tax
        elif abs(gross * share / (1 + share) - tax) <= slack:
            yield Part.NET, gross - tax
        return
    if share is None:
        return
    if tax is not None and net is not None:
        yield Part.TAX, net * share
    elif tax is not None and gross is not None:
        yield Part.TAX, gross * share / (1 + share)
    elif net is not None and gross is not None:
        is_net_first = next(iter(price)) is Part.NET
        yield (Part.GROSS, net * (1 + share)) if is_net_first else (Part.NET, gross / (1 + share))


def _is_explained(part: Part, stated: Priced, rate: Decimal | None, known: _Known) -> bool:
    """True if it is that of another figure of the text."""
    if rate is None:
        return False
    share, value, slack = rate / 100, stated.value, stated.slack
    bases = [value / (1 + share), value * (1 + share)]
    if part is Part.TAX:
        bases, slack = [value / share, value / share + value], slack / share
    return any(known.has(base, slack, stated.figure) for base in bases)


_HEADS = (
    (Part.NET, re.compile(r"veroton|verottom|alv\.? 0 ?%|ilman alv|ilman arvonlis", re.I)),
    (Part.GROSS, re.compile(r"sis\.? ?alv|verolli|veroineen|sis\.? ?arvonlis", re.I)),
    (
        Part.TAX,
        re.compile(r"(?:alv|arvonlisävero|vero)(?: ?\(?[\d,]+ ?%\)?)?(?:,? ?\(?(?:€|euroa)\)?)?", re.I),
    ),
    (Part.GROSS, re.compile(rf"\S.*alv\.? (?!0 ?%){_RATE}", re.I)),
)
_OF_HEAD = re.compile(r"(\d{1,2}(?:,\d{1,2})?) ?%")


def _in_table(table: Table) -> Iterator[Contradiction]:
    """Columns of one price with and without its VAT, of which all rows but one agree."""
    columns: dict[Part, int] = {}
    for place, head in enumerate(table.heads):
        part = next(
            (part for part, pattern in _HEADS if pattern.match(head) or _finds(part, pattern, head)), None
        )
        if part is not None and columns.setdefault(part, place) != place:
            return
    said = {Decimal(rate.replace(",", ".")) for head in table.heads for rate in _OF_HEAD.findall(head)}
    rates = {rate for rate in said if _LOWEST < rate < _HIGHEST}
    if len(columns) < 2 or len(rates) > 1:
        return
    found = [list(_unlike(price, rates, None)) for price in _rows(table.rows, columns)]
    failing = [each for row in found for each in row]
    if len(failing) == 1 and len(found) > 1:
        yield from failing


def _finds(part: Part, pattern: re.Pattern[str], head: str) -> bool:
    return part is not Part.TAX and pattern.search(head) is not None


def _rows(rows: tuple[Row, ...], columns: dict[Part, int]) -> Iterator[_Price]:
    for row in rows:
        cells = {part: cell for part, place in columns.items() if (cell := row.cells[place]) and cell.value}
        if 0 < len(cells) < len(columns):
            # A price without VAT: totals below it have VAT of only a part of them.
            return
        if len(cells) == len(columns) and all(cell.unit != "%" for cell in cells.values()):
            yield {
                part: Priced(cell, cell.euros, max(step_of_cell(cell) * cell.size, _CENT))
                for part, cell in cells.items()
            }
