"""Shares that do not make 100 %, and percentages that do not fit their amounts."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise, zip_longest

from projects.decisions.consistency.columns import table_totals
from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.lists import BULLET, total_below
from projects.decisions.consistency.said import Amounts, Paper, Said, Sentence
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, is_meant, is_within, thing_of
from projects.decisions.consistency.things import Of, all_of, is_elsewhere, what
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.tables import Cell

_OF_SHARES = re.compile(r"rahoitu(?!saseman?)|rahoitta|katetaan|paino|osuudet|jakau|jakaan")
_STATISTICS = re.compile(r"lisäänty|väheni|kasvo|laski|nousi|kysely|vastan|vastaaj|kävij|yöpym|pitää hyvä")
# Between an amount and its share.
_BESIDE = re.compile(r"^\s*(?:eli|,|\(|\) ?|:|on|–|ja sen osuus on|, (?:joka|mikä) on)?\s*(?:noin|eli)?\s*$")
_IS_PART = re.compile(r"joi?sta|siitä|niistä|mistä|sisält|\($")
_SAYS_SHARE = re.compile(r"\(|(?:joka|mikä) on$")
# `50 000 euroa eli 25 % kustannuksista`; of what has grown or shrunk it is a share of what was before.
_CHANGES = re.compile(r"kasv|nous|lisä(?:ys|än)|piene|vähen|lask(?!u)|säästy|yli(?:tt|tys)|ali(?:tt|tus)")
# `10 600 ja 34 000 euroa (5 % ja 10 %)`: each its own.
_ANOTHER = re.compile(r"(?:ja|,)$")
_OF_YEAR = re.compile(r"^[^,;.]{0,30}(?:vuonna|vuodelle|vuoden|v\.)")
# What it is a share of: "toimintakuluista 11 %", "11 % kuluryhmästä"; "siitä" and "josta" say it no nearer.
_SHARE_OF = re.compile(r"(?<!\w)(?!jo|sii|nii|tä|nä)(\w{4,})(?:sta|stä)(?!\w)")
_NEAR, _STEM = 60, 5
_NAMED_SHARE = re.compile(
    r"(?:^|[,.;:] |(?<!\w)(?:ja|joten|jolloin) )([\w:-]+n (?:\w+n )?\w*(?:rahoitus|osuus|tuki))"
    r" on(?: siten| näin| tällöin)?$"
)
_OF_COSTS = re.compile(
    r"^(?:kokonais|hankkeen (?:kokonais)?)?(?:kustannuksista|rahoituksesta|kustannusarviosta)"
)
_HUNDRED = Decimal(100)
_MOST_BEFORE = 14
# So many are held to all euros of the text.
_MOST_NAMED = 20
_BASES = {Of.COSTS, Of.NET, Of.GROSS, Of.FINANCING}


def in_percents(paper: Paper) -> Iterator[Contradiction]:
    before: list[Said] = []
    totals = [cell for _row, cell in table_totals(paper)]
    yield from _of_points(paper.sentences)
    yield from _of_names(paper)
    sentences = list(paper.sentences)
    for sentence, following in zip_longest(sentences, sentences[1:]):
        yield from _of_shares(sentence)
        below = total_below(following.of(Kind.MONEY)) if following else None
        yield from _of_amounts(sentence, before, totals, paper.amounts, below)
        yield from _of_flat_rates(sentence, before, paper.amounts)
        before = [*before, *sentence.of(Kind.MONEY)][-_MOST_BEFORE:]


def _of_names(paper: Paper) -> Iterator[Contradiction]:
    """`Omistajakuntien rahoitus on 25 % kokonaiskustannuksista`, of which another sentence says the euros."""
    shares = [
        (match[1], said)
        for sentence in paper.sentences
        for said in sentence.of(Kind.PERCENT)
        if (match := _NAMED_SHARE.search(said.before)) and _OF_COSTS.match(said.after) and not said.qualifier
    ]
    money = [said for sentence in paper.sentences for said in sentence.of(Kind.MONEY)] if shares else []
    costs = {said.value: said for said in money if thing_of(said) in _BASES and "kokonais" in said.before}
    if len(costs) != 1:
        return
    ((value, whole),) = costs.items()
    for name, share in shares[:_MOST_NAMED]:
        named = [said for said in money if re.search(rf"(?<!\w){re.escape(name)}(?: on)?$", said.before)]
        if len({said.value for said in named}) == 1 and 0 < named[0].value < value:
            exact = named[0].value * 100 / value
            if abs(exact - share.value) > share.step and not named[0].qualifier:
                yield contradiction(Rule.SHARE_OF_AMOUNT, share, exact, [whole, named[0]])


def _of_shares(sentence: Sentence) -> Iterator[Contradiction]:
    """Three or more shares of one financing."""
    if not sentence.of(Kind.MONEY):
        yield from _of_whole(sentence.of(Kind.PERCENT), sentence.words)


def _of_points(sentences: Iterable[Sentence]) -> Iterator[Contradiction]:
    """Shares as points of a list, each with one, after a sentence that says what they are of."""
    lead, points = "", list[Said]()
    for sentence in [*sentences, None]:
        if sentence and BULLET.match(sentence.words):
            has_one = len(sentence.of(Kind.PERCENT)) == 1 and not sentence.of(Kind.MONEY)
            points += sentence.of(Kind.PERCENT) if has_one else []
            continue
        yield from _of_whole(points, lead)
        lead, points = sentence.words if sentence else "", []


def _of_whole(shares: list[Said], words: str) -> Iterator[Contradiction]:
    percents = [said for said in shares if said.value <= _HUNDRED]
    if len(percents) < 3 or not _OF_SHARES.search(words) or _STATISTICS.search(words):
        return
    summed = sum((said.value for said in percents), Decimal(0))
    off = abs(summed - _HUNDRED)
    slack = sum((said.step for said in percents), Decimal(0)) / 2
    widest = 80 if "paino" in words else 25
    if off > widest or off <= slack:
        return
    # One of them may be a part of another.
    if any(summed - said.value == _HUNDRED and _IS_PART.search(said.gap) for said in percents):
        return
    yield contradiction(Rule.SHARES, percents[0], summed, percents[1:], left=_HUNDRED)


def _of_amounts(
    sentence: Sentence, before: list[Said], totals: list[Cell], amounts: Amounts, below: Said | None
) -> Iterator[Contradiction]:
    """`80 % eli 171 840 euroa`, `26 000 euroa (15 %)`."""
    figures = sentence.of(Kind.PERCENT, Kind.MONEY)
    earlier = list(before)
    for first, second in pairwise(figures):
        if first.kind is Kind.MONEY:
            earlier.append(first)
        if first.kind is second.kind or not _BESIDE.match(first.next_gap):
            continue
        is_after = second.kind is Kind.PERCENT
        if is_after and _ANOTHER.match(second.next_gap):
            continue
        if is_after and not _SAYS_SHARE.search(first.next_gap) and not _is_share(first, second, sentence):
            continue
        amount, percent = (first, second) if is_after else (second, first)
        if not is_elsewhere(sentence.words):
            known = [each for each in earlier if each is not amount]
            base = _base(amount, known) or _total(amount, totals) or below
            if base is not None:
                yield from _of_pair(amount, percent, base, amounts)


def _is_share(amount: Said, percent: Said, sentence: Sentence) -> bool:
    says_of_what = amount.next_gap.endswith("eli") and bool(_SHARE_OF.search(percent.next_gap[:_NEAR]))
    return says_of_what and not _CHANGES.search(sentence.words)


def _of_pair(amount: Said, percent: Said, base: Said | Cell, amounts: Amounts) -> Iterator[Contradiction]:
    is_exact = not amount.qualifier and not percent.qualifier
    if not is_exact or not 0 < percent.value <= _HUNDRED or not amount.value:
        return
    low = (amount.value - amount.step) * 100 / (percent.value + percent.step / 2)
    high = (amount.value + amount.step) * 100 / max(percent.value - percent.step / 2, percent.step / 2)
    if amounts.has((low + high) / 2, (high - low) / 2):
        return
    words = min(percent.before, amount.before, key=len)
    if {Of.FLAT_RATE, Of.SALARIES} & all_of(words):
        return
    value = base.euros if isinstance(base, Cell) else base.value
    if amount.value > value or not is_meant(amount.value, value * percent.value / 100):
        return
    # What is named right after a percentage, or before both.
    if _is_of_other(" ".join([words[-_NEAR:], *percent.next_gap.split()[:2]]), base):
        return
    # What is VAT of has its own rules.
    if "alv" not in words and "arvonlis" not in words:
        yield contradiction(Rule.SHARE_OF_AMOUNT, percent, amount.value * 100 / value, [base, amount])


def _is_of_other(words: str, base: Said | Cell) -> bool:
    """True if they name what it is a share of, and that is not the base."""
    named = _SHARE_OF.findall(words)
    of_base = f"{base.before[-_NEAR:]} {base.after[:_NEAR]}" if isinstance(base, Said) else ""
    return bool(named) and not any(what(name) in _BASES or name[:_STEM] in of_base for name in named)


def _base(amount: Said, known: list[Said]) -> Said | None:
    """The last larger amount of costs or of financing that was named."""
    larger = [
        each
        for each in known
        if each.value > amount.value and thing_of(each) in _BASES and not _OF_YEAR.search(each.after)
    ]
    whole = [each for each in larger if "kokonais" in each.before]
    chosen = whole or larger
    return chosen[-1] if chosen else None


def _total(amount: Said, totals: list[Cell]) -> Cell | None:
    """The last total of a table before it."""
    above = [cell for cell in totals if cell.end <= amount.place[0] and cell.euros > amount.value]
    return above[-1] if above else None


def _of_flat_rates(sentence: Sentence, before: list[Said], amounts: Amounts) -> Iterator[Contradiction]:
    """`prosenttimääräisiä kustannuksia (40 %) 75 200 euroa`, of the salaries named before."""
    if Of.FLAT_RATE not in all_of(sentence.words) or is_elsewhere(sentence.words):
        return
    figures = sentence.of(Kind.PERCENT, Kind.MONEY)
    earlier = list(before)
    for rate, amount in pairwise(figures):
        if rate.kind is Kind.MONEY:
            earlier.append(rate)
        if rate.kind is not Kind.PERCENT or amount.kind is not Kind.MONEY or not 0 < rate.value <= _HUNDRED:
            continue
        exact = amount.value * 100 / rate.value
        if amounts.has(exact, max(amount.step, Decimal(1)) * 100 / rate.value):
            continue
        salaries = [each for each in earlier if thing_of(each) is Of.SALARIES and each.value > amount.value]
        expected = salaries[-1].value * rate.value / 100 if salaries else Decimal(0)
        if salaries and is_within(FAR, expected, amount.value):
            yield contradiction(Rule.FLAT_RATE, amount, expected, [salaries[-1]])
