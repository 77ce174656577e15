"""Sums of what is said, how exact they are, and what a figure is of."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.consistency.said import Amounts, Paper, Said, rounding
from projects.decisions.consistency.things import Of, what
from projects.decisions.figures.readings import Kind
from projects.decisions.figures.slips import is_slip

# A sum that is further off is of something else; where nothing but the sum says what it is of, still nearer.
FAR, NEAR = Decimal("0.5"), Decimal("0.12")
# A total that is larger by more is one of other parts, or in another unit.
_MOST_TIMES = 9
# What nobody has counted: "Loput maksavat yritykset."
_LEFT = re.compile(
    r"(?<!\w)(?:loput|lopun|loppu|loppuosa\w*|erotu(?:s|ksen)|muu osa|jäljelle jäävä\w*)(?!\w)"
    r"|(?:^|[.;] ?|, | (?:ja|sekä) )(?:muut?|muun) (?:kustannukset|rahoitu(?:s|ksen))(?!\w)"
)


def money_of(paper: Paper) -> Iterator[tuple[Said, str]]:
    """Each amount of the prose with the words of its sentence."""
    for sentence in paper.sentences:
        for said in sentence.of(Kind.MONEY):
            yield said, sentence.words


def is_within(share: Decimal, first: Decimal, second: Decimal) -> bool:
    """True if they differ by at most so large a share of the larger one."""
    return abs(first - second) <= share * max(abs(first), abs(second))


def is_meant(total: Decimal, summed: Decimal) -> bool:
    """Whether what is said to be the total may be that of these, and is wrong."""
    return is_within(FAR, summed, total) or is_slip(total, summed)


def is_of_them(total: Decimal, summed: Decimal) -> bool:
    """The same of what stands as the total right below its parts: it is theirs however far it is off."""
    return summed < total < _MOST_TIMES * summed or is_meant(total, summed)


def total_of(figures: Iterable[Said]) -> Decimal:
    return sum((each.value for each in figures), Decimal(0))


def slack_of(figures: list[Said], total: Decimal) -> Decimal:
    """How far rounding alone may take their sum; round figures are exact."""
    step = max(each.step for each in figures)
    is_rounded = any(value % (10 * step) for value in [total, *(each.value for each in figures)])
    return step * rounding(len(figures)) if is_rounded or step > 1 else step / 2


def leaves_rest(found: Contradiction, after: str, amounts: Amounts) -> bool:
    """True if the parts are too small, and the text says what they leave, or after them that they do."""
    return found.difference > 0 and (amounts.has(found.difference) or bool(_LEFT.search(after)))


def thing_of(said: Said) -> Of | None:
    """What a figure is of: named before it in its part of the sentence, or right after it."""
    return _thing(said.before, said.after)


# Each rule asks it of the same figures.
@lru_cache(maxsize=1024)
def _thing(before: str, after: str) -> Of | None:
    tail = re.split(r"[,;]|(?<!\w)(?:ja|sekä)(?!\w)", before)[-1].removesuffix(":").split(":")[-1]
    following = re.split(r"[,;.]|(?<!\w)(?:ja|sekä|josta|joista)(?!\w)", after)[0]
    return what(tail) or what(following) or (what(before) if tail.strip() or not following.strip() else None)
