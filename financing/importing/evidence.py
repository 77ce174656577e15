"""Which of the figures that a paper states are those of its plans: only what other figures bear out.

Sources make the costs, a share is that part of them, the decision says the same at most. What nothing
bears out is taken only if the paper says it once and in the words of a plan.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from financing.choices import SourceClass
from financing.importing.paper_sources import own_wording
from financing.importing.stated import Scope, StatedCost, StatedSource
from financing.importing.stated_tables import SourceRows

_LONGEST_SET = 6
# Sources that make the costs stand in so many sentences at most.
_REACH = 4
# So far from the costs a set's own sum may be, in a paper that contradicts itself.
_NEAR = Decimal("0.1")


@dataclass(frozen=True)
class SourceSet:
    sources: tuple[StatedSource, ...]
    summed: Decimal
    # What its own last row says.
    total: Decimal | None = None


@dataclass(frozen=True)
class Stated:
    costs: Sequence[StatedCost]
    sources: Sequence[StatedSource]
    tables: Sequence[SourceRows]
    # Gross costs that are stated with their net: both are the costs.
    net_of: Mapping[Decimal, Decimal] = field(default_factory=dict)
    # What the decision authorises or approves, and what the city's own rows in tables say.
    decided: frozenset[Decimal] = frozenset()
    own_rows: frozenset[Decimal] = frozenset()
    # Sums that the paper divides by year or by category.
    divided: frozenset[Decimal] = frozenset()
    # Whether the decision is on a project.
    is_of_project: bool = True
    city: str = ""
    text: str = ""


@dataclass
class Settled:
    part: StatedCost | None = None
    whole: StatedCost | None = None
    own: StatedSource | None = None
    part_sources: list[StatedSource] = field(default_factory=list)
    whole_sources: list[StatedSource] = field(default_factory=list)
    # Amounts of which the paper says more than one, so that none is taken.
    unclear: dict[Scope, list[Decimal]] = field(default_factory=dict)
    unclear_own: list[Decimal] = field(default_factory=list)
    # Amounts that nothing else bears out.
    doubtful: dict[Scope, list[Decimal]] = field(default_factory=dict)
    doubtful_own: list[Decimal] = field(default_factory=list)


def settle(stated: Stated) -> Settled:
    sets = _sets(stated)
    found = Settled()
    found.part = _cost(stated, sets, Scope.PART, found)
    found.whole = _cost(stated, sets, Scope.WHOLE, found)
    found.own = _own(stated, sets, found)
    if found.part is not None:
        found.part_sources = _sources_of(stated, sets, found.part.amount, found.own, Scope.PART)
    if found.whole is not None and found.whole != found.part:
        found.whole_sources = _sources_of(stated, sets, found.whole.amount, found.own, Scope.WHOLE)
    return found


def fits(total: Decimal, amounts: Sequence[Decimal]) -> bool:
    """Each may be rounded to whole euros."""
    return abs(sum(amounts, Decimal(0)) - total) <= max(Decimal(1), Decimal(len(amounts)) / 2)


def is_share(source: StatedSource, cost: Decimal) -> bool:
    """Whether its share of the costs is its amount, by as much as the share is exact."""
    if source.amount is None or not source.share:
        return False
    exponent = source.share.as_tuple().exponent
    exact = Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 3)
    return abs(cost * source.share / 100 - source.amount) <= max(Decimal(1), cost * exact)


def _sets(stated: Stated) -> list[SourceSet]:
    found = [
        SourceSet(rows.sources, rows.summed, rows.total)
        for rows in stated.tables
        if _are_distinct(rows.sources)
    ]
    said = [each for each in stated.sources if each.amount is not None]
    for start in range(len(said)):
        for end in range(start + 2, min(start + _LONGEST_SET, len(said)) + 1):
            window = said[start:end]
            if window[-1].place - window[0].place > _REACH or not _are_distinct(window):
                break
            found.append(
                SourceSet(tuple(window), sum((each.amount or Decimal(0) for each in window), Decimal(0)))
            )
    return found


def _are_distinct(sources: Sequence[StatedSource]) -> bool:
    names = [each.wording.name for each in sources]
    own = [each for each in sources if each.wording.is_own]
    return len(own) < 2 and (len(set(names)) == len(names) or all(each.place == 0 for each in sources))


def _making(sets: Iterable[SourceSet], cost: Decimal) -> SourceSet | None:
    """The set of most sources that makes the costs."""
    fitting = [
        each
        for each in sets
        if abs(each.summed - cost) <= max(Decimal(1), Decimal(len(each.sources)) / 2)
        and all(source.amount != cost for source in each.sources)
        and any(_gives(source) for source in each.sources)
    ]
    return max(fitting, key=lambda each: len(each.sources), default=None)


def _gives(source: StatedSource) -> bool:
    """Whether it is a grant or a fund: without one, what makes the costs may be their implementers."""
    return source.wording.source_class is SourceClass.EU_STATE or "rahasto" in source.wording.name


def _support(stated: Stated, sets: Sequence[SourceSet], cost: StatedCost) -> int:
    """How much of the paper bears out that these are the costs."""
    amount = cost.amount
    return (
        4 * (_making(sets, amount) is not None)
        + 2 * any(is_share(each, amount) for each in stated.sources if each.amount != amount)
        + 2 * (amount in stated.divided)
        + (sum(other.amount == amount for other in stated.costs) > 1)
    )


def _cost(stated: Stated, sets: Sequence[SourceSet], scope: Scope, found: Settled) -> StatedCost | None:
    said = [each for each in stated.costs if each.scope is scope and each.amount not in stated.net_of]
    exact = [each for each in said if not each.is_approximate]
    said = [
        each for each in said if not (each.is_approximate and any(_rounds(other, each) for other in exact))
    ]
    support = {each.amount: _support(stated, sets, each) for each in said}
    found.doubtful[scope] = sorted(support)
    said = [
        each
        for each in said
        if (each.is_sure and (stated.is_of_project or scope is Scope.PART)) or support[each.amount] >= 2
    ]
    if not said:
        return None
    if len({each.amount for each in said}) == 1:
        return said[0]
    most = max(support[each.amount] for each in said)
    best = [each for each in said if support[each.amount] == most]
    if most and len({each.amount for each in best}) == 1:
        return best[0]
    found.unclear[scope] = sorted({each.amount for each in best})
    return None


def _rounds(exact: StatedCost, other: StatedCost) -> bool:
    digits = f"{int(other.amount)}"
    step = Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
    return abs(exact.amount - other.amount) <= step / 2


def _own(stated: Stated, sets: Sequence[SourceSet], found: Settled) -> StatedSource | None:
    """By the first evidence that names one amount. Of two that it names, neither is taken."""
    costs = [each.amount for each in (found.part, found.whole) if each is not None]
    own = _own_said(stated, costs)
    for chosen in _own_chosen(stated, sets, own, costs):
        if len(chosen) > 1:
            found.unclear_own = sorted(chosen)
            return None
        for amount in chosen:
            said = [each for each in own if each.amount == amount]
            with_share = [each for each in said if each.share is not None]
            return next(iter(with_share or said), StatedSource(own_wording(stated.city), amount, None))
    found.doubtful_own = sorted({each.amount for each in own if each.amount})
    return None


def _own_said(stated: Stated, costs: Sequence[Decimal]) -> list[StatedSource]:
    """What is said to be the city's, if anything is: "Omaa rahoitusta" may be that of all."""
    own = [
        *(each for each in stated.sources if each.wording.is_own and each.amount),
        *(each for rows in stated.tables for each in rows.sources if each.wording.is_own and each.amount),
    ]
    own = [each for each in own if each.amount not in costs]
    return [each for each in own if each.is_citys or each.place == 0] or own


def _own_chosen(
    stated: Stated, sets: Sequence[SourceSet], own: Sequence[StatedSource], costs: Sequence[Decimal]
) -> Iterator[set[Decimal]]:
    decided = stated.decided if stated.is_of_project else frozenset()
    said = {each.amount for each in own if each.amount}
    yield (said | stated.own_rows) & decided
    for cost in costs:
        yield _borne_out(own, sets, cost)
    shares = [each for each in stated.sources if each.wording.is_own and each.share and each.amount is None]
    yield {
        amount
        for amount in decided
        for each in shares
        for cost in costs
        if abs(cost * (each.share or 0) / 100 - amount) <= 1
    }
    yield said & stated.divided
    yield {each.amount for each in own if each.is_plain and each.amount} if costs else set()


def _borne_out(own: Sequence[StatedSource], sets: Sequence[SourceSet], cost: Decimal) -> set[Decimal]:
    making = _making(sets, cost)
    said = {each.amount for each in making.sources if each in own and each.amount} if making else set()
    return said or {each.amount for each in own if each.amount and is_share(each, cost)}


def _sources_of(
    stated: Stated, sets: Sequence[SourceSet], cost: Decimal, own: StatedSource | None, scope: Scope
) -> list[StatedSource]:
    making = _making([each for each in sets if _agrees(each, own)], cost) or _contradicting(sets, cost)
    chosen = list(making.sources) if making else _single(stated, cost, own)
    if not chosen and scope is Scope.WHOLE:
        return _only_shares(stated, scope)
    return [each for each in chosen if not each.wording.is_own or (own and each.amount == own.amount)]


def _agrees(each: SourceSet, own: StatedSource | None) -> bool:
    said = [source.amount for source in each.sources if source.wording.is_own]
    return own is None or not said or said == [own.amount]


def _contradicting(sets: Iterable[SourceSet], cost: Decimal) -> SourceSet | None:
    """A table of sources that makes its own sum, which is another than the costs: as the paper states it."""
    for each in sets:
        is_near = each.total is not None and abs(each.total - cost) <= cost * _NEAR
        if (
            is_near
            and each.total is not None
            and abs(each.total - each.summed) <= 1
            and len(each.sources) > 1
        ):
            return each
    return None


def _single(stated: Stated, cost: Decimal, own: StatedSource | None) -> list[StatedSource]:
    """Sources of which each is borne out by its share, or by what the own share leaves of the costs."""
    rest = cost - own.amount if own is not None and own.amount else None
    found: dict[str, StatedSource] = {}
    unclear: set[str] = set()
    for each in [*stated.sources, *(each for rows in stated.tables for each in rows.sources)]:
        is_rest = rest is not None and each.amount is not None and abs(each.amount - rest) <= 1
        if each.wording.is_own or each.amount == cost or not (is_share(each, cost) or is_rest):
            continue
        other = found.setdefault(each.wording.name, each)
        if other.amount != each.amount:
            unclear.add(each.wording.name)
    return [each for name, each in found.items() if name not in unclear]


def _only_shares(stated: Stated, scope: Scope) -> list[StatedSource]:
    """Of costs that are divided by shares alone: those of a sentence or a list that make about a hundred."""
    runs: list[list[StatedSource]] = [[]]
    for each in stated.sources:
        is_share_only = each.amount is None and each.share and each.scope is scope
        if not is_share_only or (runs[-1] and each.place - runs[-1][-1].place > 1):
            runs.append([])
        if is_share_only:
            runs[-1].append(each)
    for run in runs:
        if len(run) > 1 and _are_distinct(run) and 80 <= sum(each.share or 0 for each in run) <= 125:
            return run
    return []


def is_own_project(settled: Settled, *, says_so: bool, is_others: bool) -> bool:
    """Whether the costs of the whole project are the city's own: it carries the project out, and alone."""
    whole = settled.whole
    if whole is None or settled.part is not None or is_others:
        return False
    given = [each for each in settled.whole_sources if not each.wording.is_own]
    others = {each.wording.source_class for each in given} - {SourceClass.EU_STATE}
    if others and not says_so:
        return False
    own = settled.own.amount if settled.own else None
    amounts = [each.amount for each in given if each.amount]
    makes_costs = own is not None and bool(amounts) and fits(whole.amount, [own, *amounts])
    return says_so or makes_costs
