"""VAT that is counted twice, or that is not what its price has."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Paper
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, NEAR, is_within
from projects.decisions.figures.readings import Kind

_VAT = re.compile(r"(?<!\w)alv|arvonlis|verolli")
_TAX = re.compile(r"(?<!\w)(?:vero|veron osuus|arvonlisävero|alv)(?: on)?$")
_TAXED = re.compile(
    r"(?:kanssa|mukaan lukien|verollisena|verollinen hinta|veroineen|sis\. alv)"
    r"(?: on)?(?: \([^()]*\))?(?: on)?$"
)
# Of a VAT rate, in percent.
_LOWEST = 5
_CENT = Decimal("0.02")
_MOST_RATES, _MOST_PRICES, _MOST = 3, 60, 10


def in_vat(paper: Paper) -> Iterator[Contradiction]:
    yield from _twice(paper)
    yield from _within(paper)
    yield from _with(paper)


def _twice(paper: Paper) -> Iterator[Contradiction]:
    """A price that has its VAT already, and the VAT added to it again."""
    with_vat = [sentence for sentence in paper.sentences if _VAT.search(sentence.words)]
    percents = [said for sentence in with_vat for said in sentence.of(Kind.PERCENT)]
    rates = {said.value / 100 for said in percents if said.value > _LOWEST}
    prices = [said for sentence in with_vat for said in sentence.of(Kind.MONEY)][:_MOST_PRICES]
    for rate in sorted(rates)[:_MOST_RATES]:
        for said in filter(lambda price: price.value, prices):
            once = said.value / (1 + rate)
            price = next((each for each in prices if abs(each.value - once) <= _CENT), None)
            if price is not None and paper.amounts.has(once / (1 + rate), _CENT):
                yield contradiction(Rule.VAT, said, once, [price])


def _within(paper: Paper) -> Iterator[Contradiction]:
    """`451 800 euroa (alv 25,5 %), josta veron osuus on 91 800 euroa`."""
    for sentence in paper.sentences:
        rates = [said.value for said in sentence.of(Kind.PERCENT) if said.value > _LOWEST]
        money = sentence.of(Kind.MONEY)[:_MOST]
        if len(set(rates)) != 1 or not _VAT.search(sentence.words):
            continue
        rate = rates[0]
        for price, tax in pairwise(money):
            within = price.value * rate / (100 + rate)
            known = tax.value * 100 / rate
            slack = max(tax.step, Decimal("0.01"))
            if not _TAX.search(tax.before) or abs(within - tax.value) <= slack:
                continue
            is_known = paper.amounts.has(known, slack) or paper.amounts.has(known + tax.value, slack)
            if not is_known and is_within(FAR, within, tax.value):
                yield contradiction(Rule.VAT, tax, within, [price])


def _with(paper: Paper) -> Iterator[Contradiction]:
    """`84 000 euroa (alv 0 %) ja arvonlisäveron 25,5 % kanssa 105 420 euroa`."""
    for sentence in paper.sentences:
        rates = {said.value for said in sentence.of(Kind.PERCENT) if said.value > _LOWEST}
        if len(rates) != 1 or not _VAT.search(sentence.words):
            continue
        more = 1 + rates.pop() / 100
        for net, gross in pairwise(sentence.of(Kind.MONEY)[:_MOST]):
            slack = max(gross.step, _CENT)
            if not _TAXED.search(gross.before) or not is_within(NEAR, net.value * more, gross.value):
                continue
            if not any(paper.amounts.has(known, slack) for known in (gross.value / more, gross.value * more)):
                yield contradiction(Rule.VAT, gross, net.value * more, [net])
