"""Euros of each year that do not sum to their total."""

import re
from collections.abc import Iterator
from decimal import Decimal

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.lists import OF_WHICH
from projects.decisions.consistency.said import (
    Amounts,
    Paper,
    Paragraph,
    Said,
    Sentence,
    is_slip_of_sum,
)
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import (
    FAR,
    NEAR,
    is_within,
    leaves_rest,
    slack_of,
    thing_of,
    total_of,
)
from projects.decisions.consistency.things import is_elsewhere, what
from projects.decisions.figures.readings import Kind, Period
from projects.decisions.figures.slips import is_slip

_LONGEST_GAP = 45
_MOST_BEFORE = 16


def in_years(paper: Paper) -> Iterator[Contradiction]:
    covered = _covered(paper)
    before: list[Said] = []
    for paragraph in paper.paragraphs:
        for number, sentence in enumerate(paragraph.sentences):
            then = paragraph.words_after(number)
            for found, last in _by_year(sentence, paragraph, before, paper.amounts, covered):
                if not leaves_rest(found, f"{last.after}; {then}", paper.amounts):
                    yield found
            before = [*before, *sentence.of(Kind.MONEY)][-_MOST_BEFORE:]


def _covered(paper: Paper) -> list[set[int]]:
    """The years of each period that the text names."""
    periods = [said.reading.value for sentence in paper.sentences for said in sentence.of(Kind.PERIOD)]
    return [
        set(range(period.start.year, period.end.year + 1)) for period in periods if isinstance(period, Period)
    ][:_MOST_BEFORE]


def _by_year(
    sentence: Sentence, paragraph: Paragraph, before: list[Said], amounts: Amounts, covered: list[set[int]]
) -> Iterator[tuple[Contradiction, Said]]:
    """Each with the figure of its last year."""
    for run, years in _runs(sentence):
        summed = total_of(run)
        slack = slack_of(run, summed)
        above = _right_before(run, sentence)
        is_whole = any(years >= period for period in covered)
        if above and summed < above.value and not is_whole and OF_WHICH.search(above.after):
            continue
        if above and (is_slip(above.value, summed) or _is_too_much(above, summed)):
            yield contradiction(Rule.YEARS, above, summed, run), run[-1]
            continue
        if amounts.has(summed, slack) or _is_explained(run, paragraph.money, amounts):
            continue
        stated = _stated(run, sentence, before, summed, FAR if is_whole else NEAR)
        stated = stated or next((each for each in before if is_slip_of_sum(each.value, summed)), None)
        if stated and abs(stated.value - summed) > max(slack, stated.step / 2):
            yield contradiction(Rule.YEARS, stated, summed, run), run[-1]


def _is_too_much(whole: Said, summed: Decimal) -> bool:
    """Years of which it is the whole are more than it."""
    is_near = summed > whole.value and is_within(FAR, whole.value, summed)
    return is_near and bool(OF_WHICH.search(whole.after))


def _runs(sentence: Sentence) -> Iterator[tuple[list[Said], set[int]]]:
    """Euros of two or more ascending years, one after the other."""
    figures = sentence.of(Kind.MONEY, Kind.YEAR)
    pairs = {style: _pairs(figures, style) for style in (1, -1)}
    style = 1 if len(pairs[1]) > len(pairs[-1]) or (figures and figures[0].kind is Kind.MONEY) else -1
    chosen = pairs[style] if len(pairs[style]) > 1 else pairs[-style]
    run: list[Said] = []
    last = 0
    for said, year in chosen:
        if run and year <= last:
            if len(run) > 1:
                yield run, set(range(last - len(run) + 1, last + 1))
            run = []
        run.append(said)
        last = year
    if len(run) > 1:
        yield run, set(range(last - len(run) + 1, last + 1))


def _pairs(figures: list[Said], step: int) -> list[tuple[Said, int]]:
    """Each euros with the year after it, or before it."""
    found = []
    for place, said in enumerate(figures):
        other = place + step
        gap = said.next_gap if step == 1 else said.gap
        if said.kind is not Kind.MONEY or not 0 <= other < len(figures) or len(gap) > _LONGEST_GAP:
            continue
        if figures[other].kind is Kind.YEAR and not re.search(r"[,;:(]", gap):
            found.append((said, int(figures[other].value)))
    return found


def _is_explained(run: list[Said], money: list[Said], amounts: Amounts) -> bool:
    """True if it makes a sum that the text has together with what stands right beside it."""
    first = money.index(run[0])
    last = money.index(run[-1])
    for start in range(max(0, first - 2), first + 1):
        for end in range(last + 1, min(len(money), last + 3) + 1):
            window = money[start:end]
            if amounts.has(total_of(window), slack_of(window, total_of(window))):
                return True
    return False


def _stated(
    run: list[Said], sentence: Sentence, before: list[Said], summed: Decimal, near: Decimal
) -> Said | None:
    """The total that the list divides: said right before it, or the last of the same thing."""
    above = _right_before(run, sentence)
    if above and is_within(near, above.value, summed):
        return above
    money = sentence.of(Kind.MONEY)
    place = money.index(run[0])
    of = what(" ".join(each.before for each in money[: place + 1])) or what(run[0].after)
    if of is None or is_elsewhere(sentence.words):
        return None
    alike = [
        each
        for each in [*before, *money[:place]]
        if thing_of(each) is of and is_within(near, each.value, summed)
    ]
    return min(alike, key=lambda each: abs(each.value - summed), default=None)


def _right_before(run: list[Said], sentence: Sentence) -> Said | None:
    """What the sentence says before its years, if it may be their total."""
    money = sentence.of(Kind.MONEY)
    place = money.index(run[0])
    is_total = place and money[place - 1].value > max(each.value for each in run)
    return money[place - 1] if is_total else None
