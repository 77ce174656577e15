"""What a decision's paper says of money: costs, sources, years, shared costs and what is authorised at most.

Each figure is taken by the words that stand with it and by the other figures that bear it out. What could
mean two things is left out: the person sees the paper beside what was read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from financing.choices import CostCategory, SourceClass
from financing.importing.evidence import Settled, Stated, is_own_project, settle
from financing.importing.grant_names import grant_name
from financing.importing.own_words import whose
from financing.importing.paper_costs import (
    categories_of,
    category_sums,
    cost_year_sums,
    cost_years_of,
    divided_sums,
    revenue_of,
    source_years_of,
)
from financing.importing.paper_gaps import (
    Gap,
    Gaps,
    of_categories,
    of_grids,
    of_money,
    of_other_thing,
    of_rest,
    of_source_years,
    of_years,
)
from financing.importing.paper_grids import Grid, grid_of, grid_totals
from financing.importing.paper_sources import own_wording
from financing.importing.stated import (
    DECIDES,
    REASONS,
    SHARED,
    Scope,
    StatedSource,
    costs_of,
    groups_of,
    is_aside,
    own_amounts,
    scope_of,
    sources_of,
    words_beside,
)
from financing.importing.stated_tables import Tables, read_tables
from projects.choices import ImplementerRole
from projects.decisions.figures.readings import Kind, Period
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.importing.facts import Party, organisations_in
from projects.decisions.importing.sentences import Sentence


@dataclass(frozen=True)
class Line:
    """`includes_fund`: the paper counts the development fund in the same figure."""

    name: str
    source_class: SourceClass
    amount: Decimal | None
    share: Decimal | None
    is_own: bool = False
    includes_fund: str = ""
    years: Mapping[int, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    amount: Decimal | None = None
    is_approximate: bool = False


@dataclass(frozen=True)
class SharedAmount:
    """`on_behalf_of` is the name of a party, or empty."""

    on_behalf_of: str
    amount: Decimal


@dataclass(frozen=True)
class Cap:
    amount: Decimal
    first_year: int | None
    last_year: int | None


@dataclass
class PaperMoney:
    """The whole project and the city's part; unknown is None."""

    total: Cost = field(default_factory=Cost)
    part: Cost = field(default_factory=Cost)
    whole_lines: list[Line] = field(default_factory=list)
    part_lines: list[Line] = field(default_factory=list)
    years: dict[int, Decimal] = field(default_factory=dict)
    categories: dict[CostCategory, Decimal] = field(default_factory=dict)
    whole_years: dict[int, Decimal] = field(default_factory=dict)
    whole_categories: dict[CostCategory, Decimal] = field(default_factory=dict)
    # What is taken off the gross costs, by which the costs above are net.
    revenue: Decimal | None = None
    whole_revenue: Decimal | None = None
    shared: list[SharedAmount] = field(default_factory=list)
    cap: Cap | None = None
    # By category and year at once; the years and the categories above are its sums.
    grid: Grid = field(default_factory=dict)
    whole_grid: Grid = field(default_factory=dict)
    # Why something is left empty.
    gaps: Gaps = field(default_factory=dict)


# No decision on a project states more costs, sources or tables of them.
_MOST_FIGURES = 100
_AT_MOST = re.compile(r"omarahoit|eurolla|rahoitu|osallistu|kuntarahoit|varaa", re.IGNORECASE)
# Of papers on other things: what they say of money is no plan of a project.
_NO_PLAN = re.compile(
    r"laina|takau|osake|osakk|pääomi|hankinta|hankinnan|hankkimi|vuokraam|taksa|lippuhin|asiakasmaks"
    r"|maksut(?!\w)|lausun|puukaup|toimivallan|loppuraport|loppuselv",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"hankke(?:isiin|iden|et|ista|ille)(?!\w)|(?:kahteen|kolmeen|neljään|useaan)(?: \w+)* \w*hankkeeseen",
    re.IGNORECASE,
)
# What a sum was before a change.
_OLD = re.compile(r".{0,4}euro(?:sta|n sijasta)|sta(?!\w)")
_BEFORE = re.compile(r"(?:aiemman|nykyisen|aikaisemman)\s*\Z")
_PROJECT = re.compile(r"hank(?:e|kee)|esiselvity|rahoitukseen", re.IGNORECASE)
_CHARGED_FROM = re.compile(r"([A-ZÅÄÖ][\w-]{2,40}lt[aä]|(?:kaupungilta|kunnalta))\s*\Z")
_WHO = ("kaupunki", "kunta", "kuntayhtymä", "hyvinvointialue")
_CARRIES_OUT = (
    r"(?:{who}) (?:on )?(?:toteuttaa|käynnistää|valmistelee|valmistellut|hakee)(?! osa)(?: \w+){{0,6}}"
    r" (?:hanke|hankkee|koulutu)|hankkeen toteuttaa (?:{who})|(?:{who}) päätoteuttajana"
    r"|hakijana on (?:{who})|(?:toteuttaa|käynnistää) hankkeen|oma hanke|osana omaa toimintaa"
    r"|hyväksyy hankkeen (?:talousarvion|kustannusarvion ja rahoituksen)"
    r"|hankkeen (?:toteuttaminen|toteuttamisen|käynnistäminen)|kuntayhtymä on (?:valmistellut|saanut)"
)
_OTHER_CARRIES = re.compile(
    r"(?:Oy|ry|osk|sr|[Oo]suuskunta|yhdistys|[Ss]äätiö|[Kk]orkeakoulu(?:keskus)?|[Yy]liopisto|[Ll]iitto)(?::\w+)?"
    r"(?: [\w.()]+){0,2}"
    r" (?:toteuttaa|valmistelee|valmistellut|suunnitellut|pyytää|aikoo|hakee|hakevat|perustaa)"
    r"|[Hh]akija(?:na)? on (?!kaupunki)[A-ZÅÄÖ]|hankkeen toteuttaa (?!kaupunki|kunta)[A-ZÅÄÖ]"
    r"|[Kk]unnat maksavat osuutensa|on pyytänyt|pyytää (?:kaupungilta|kunnalta)|hakevat kunnilta"
)
_PARTS = re.compile(
    r"osahank|osatoteutta(?!ja)|(?:kaksi|kolme|neljä|viisi) toteuttajaa|toteuttajittain", re.IGNORECASE
)
_NOT_OWN_TITLE = re.compile(r"kuntarahoit|kuntaosuu|maksuosuu|rahoitusosuu", re.IGNORECASE)


def read_money(
    paper: ReadDecision, sentences: Sequence[Sentence], parties: Sequence[Party], city: str
) -> PaperMoney:
    """`city` is the own city's name, whose money is its own."""
    found = PaperMoney()
    found.cap = _cap(sentences)
    found.shared = next(
        (list(_shared(sentence, parties, city)) for sentence in sentences if sentence.says(SHARED)), []
    )
    found.gaps = of_rest(has_cap=found.cap is not None, has_shared=bool(found.shared))
    if _is_other_thing(paper):
        found.gaps |= of_other_thing()
        return found
    stated = _stated(paper, sentences, read_tables(paper, city), city)
    revenue = revenue_of(paper, sentences, [each.amount for each in stated.costs])
    if revenue is not None:
        stated = replace(stated, net_of={revenue[1]: revenue[2]})
    settled = settle(stated)
    found.gaps |= of_money(stated, settled)
    _take(found, settled, city, is_own=_is_own_project(paper, sentences, parties, settled, city))
    gross_of = {revenue[2]: revenue[1]} if revenue else {}
    _read_divisions(found, paper, sentences, city, gross_of)
    for lines in (found.part_lines, found.whole_lines):
        lines[:] = [replace(line, name=grant_name(line.name, stated.text)) for line in lines]
    if revenue is not None and found.part.amount == revenue[2]:
        found.revenue = revenue[0]
    elif revenue is not None and found.total.amount == revenue[2]:
        found.whole_revenue = revenue[0]
    return found


def _is_other_thing(paper: ReadDecision) -> bool:
    title = paper.header.title or ""
    return bool(_NO_PLAN.search(title) or _SEVERAL.search(title))


def _stated(paper: ReadDecision, sentences: Sequence[Sentence], tables: Tables, city: str) -> Stated:
    costs = list(tables.costs)
    sources: list[StatedSource] = []
    own = set(tables.own)
    scope, is_after_cost = Scope.WHOLE, False
    for place, sentence in enumerate(sentences, 1):
        scope = scope_of(sentence, scope, city)
        if not _is_decision(sentence):
            own |= set(own_amounts(sentence, city))
        if is_aside(sentence):
            continue
        said = list(costs_of(sentence, city))
        costs += said
        if not sentence.says(SHARED) and not _is_decision(sentence):
            sources += sources_of(sentence, scope, place, city, is_after_cost=is_after_cost)
        is_after_cost = bool(said)
    return Stated(
        costs[:_MOST_FIGURES],
        sources[:_MOST_FIGURES],
        tables.rows[:_MOST_FIGURES],
        decided=frozenset(list(dict.fromkeys(_decided(sentences)))[:_MOST_FIGURES]),
        own_rows=frozenset(own),
        divided=frozenset(divided_sums(paper, sentences)),
        is_of_project=any(
            _PROJECT.search(text)
            for text in (paper.header.title or "", *(each.text for each in sentences if _is_decision(each)))
        ),
        city=city,
        text="\n".join([paper.header.title or "", *(part.text for part in paper.parts)]),
    )


def _is_decision(sentence: Sentence) -> bool:
    return bool(DECIDES.search(sentence.part)) and not REASONS.search(sentence.part)


def _decided(sentences: Sequence[Sentence]) -> Iterator[Decimal]:
    for sentence in sentences:
        if _is_decision(sentence):
            for money in sentence.of(Kind.MONEY):
                is_old = _OLD.match(sentence.text[money.end - 3 :]) or _BEFORE.search(
                    sentence.text[: money.start]
                )
                if isinstance(money.value, Decimal) and not is_old:
                    yield money.value


def _is_own_project(
    paper: ReadDecision, sentences: Sequence[Sentence], parties: Sequence[Party], settled: Settled, city: str
) -> bool:
    who = "|".join(filter(None, [*_WHO, re.escape(city.casefold())]))
    carries = re.compile(_CARRIES_OUT.format(who=who), re.IGNORECASE)
    text = [sentence.text for sentence in sentences]
    leads = any(
        each.role is ImplementerRole.LEAD and each.name.casefold() != city.casefold() for each in parties
    )
    has_parts = any(_PARTS.search(each) for each in text)
    is_others = (
        leads
        or has_parts
        or any(_OTHER_CARRIES.search(each) for each in text)
        or bool(_NOT_OWN_TITLE.search(paper.header.title or ""))
    )
    says_so = any(carries.search(each) for each in (paper.header.title or "", *text))
    return is_own_project(settled, says_so=says_so, is_others=is_others)


def _take(found: PaperMoney, settled: Settled, city: str, *, is_own: bool) -> None:
    if settled.whole is not None:
        found.total = Cost(settled.whole.amount, settled.whole.is_approximate)
    if settled.part is not None:
        found.part = Cost(settled.part.amount, settled.part.is_approximate)
    if is_own:
        found.part = found.total
    part = settled.whole_sources if is_own else settled.part_sources
    whole = [] if is_own else settled.whole_sources
    own = _line(settled.own) if settled.own else None
    has_part = found.part.amount is not None
    found.part_lines = _lines(part)
    found.whole_lines = _lines(whole)
    target = found.part_lines if has_part else found.whole_lines
    if own is not None and not any(line.is_own and line.amount == own.amount for line in target):
        shared = [line.share for line in target if line.is_own]
        # In a paper of another city its own share is that of a town that it names.
        target[:] = [line for line in target if not (line.is_own or (not city and _is_town(line, own)))]
        target.append(replace(own, share=own.share or next(iter(shared), None)))
    elif own is None and _lacks_own(target, settled) and (target or has_part):
        # A line of which the sum is not known: the person sees beside it what was read.
        target.append(_line(StatedSource(own_wording(city), None, None)))
    if has_part:
        found.whole_lines = [line for line in found.whole_lines if not line.is_own]
    found.whole_lines = [_with_whole_fund_name(line, found) for line in found.whole_lines]


def _is_town(line: Line, own: Line) -> bool:
    return line.source_class is SourceClass.MUNICIPAL and line.amount == own.amount


def _lacks_own(lines: Sequence[Line], settled: Settled) -> bool:
    """Whether the paper says an own share of which it is not sure what it is."""
    is_said = settled.unclear_own or settled.doubtful_own
    return bool(is_said) and not any(line.is_own for line in lines)


def _lines(sources: Sequence[StatedSource]) -> list[Line]:
    """A source stands once in a plan."""
    found: dict[str, Line] = {}
    for source in sources:
        found.setdefault(source.wording.name, _line(source))
    return list(found.values())


def _line(source: StatedSource) -> Line:
    wording = source.wording
    return Line(
        wording.name, wording.source_class, source.amount, source.share, wording.is_own, wording.includes_fund
    )


def _read_divisions(
    found: PaperMoney,
    paper: ReadDecision,
    sentences: Sequence[Sentence],
    city: str,
    gross_of: Mapping[Decimal, Decimal],
) -> None:
    part, whole = found.part.amount, found.total.amount
    if part is not None:
        costs = [part, *filter(None, [gross_of.get(part)])]
        found.years = cost_years_of(paper, sentences, costs, city)
        found.categories = categories_of(paper, sentences, gross_of.get(part, part))
        found.grid = grid_of(paper, gross_of.get(part, part))
    if whole is not None and whole != part:
        costs = [whole, *filter(None, [gross_of.get(whole)])]
        found.whole_years = cost_years_of(paper, sentences, costs, city)
        found.whole_categories = categories_of(paper, sentences, gross_of.get(whole, whole))
        found.whole_grid = grid_of(paper, gross_of.get(whole, whole))
    found.part_lines = _with_years(found.part_lines, paper, sentences, city)
    found.whole_lines = _with_years(found.whole_lines, paper, sentences, city)
    _tell_gaps_of_divisions(found, paper, sentences, city)


def _tell_gaps_of_divisions(
    found: PaperMoney, paper: ReadDecision, sentences: Sequence[Sentence], city: str
) -> None:
    costs = list(filter(None, dict.fromkeys([found.part.amount, found.total.amount])))
    grids = [] if found.grid or found.whole_grid else grid_totals(paper)
    if not (found.years or found.whole_years or found.grid or found.whole_grid):
        found.gaps[Gap.YEARS] = of_years(cost_year_sums(paper, sentences, city), costs)
    if not (found.categories or found.whole_categories or found.grid or found.whole_grid):
        found.gaps[Gap.CATEGORIES] = of_categories(category_sums(paper), costs)
    if grids:
        found.gaps[Gap.GRID] = of_grids(grids, costs)
    lines = [*found.part_lines, *found.whole_lines]
    if not any(line.years for line in lines):
        found.gaps[Gap.SOURCE_YEARS] = of_source_years(has_lines=bool(lines))


def _with_years(
    lines: Sequence[Line], paper: ReadDecision, sentences: Sequence[Sentence], city: str
) -> list[Line]:
    amounts = {line.name: line.amount for line in lines if line.amount}
    years = source_years_of(paper, sentences, amounts, city)
    return [replace(line, years=years.get(line.name, {})) for line in lines]


def _with_whole_fund_name(line: Line, found: PaperMoney) -> Line:
    """A fund that a line counts in is named as it is elsewhere: "kehittämisrahasto" is that of the region."""
    short = line.includes_fund.casefold()
    names = [other.name for other in (*found.part_lines, *found.whole_lines)]
    fitting = [
        name for name in names if short and name.casefold().endswith(f" {short}") and " sekä " not in name
    ]
    return replace(line, includes_fund=fitting[0]) if fitting else line


def _shared(sentence: Sentence, parties: Sequence[Party], city: str) -> Iterator[SharedAmount]:
    """What is charged from others is theirs; of one partner there is one sum."""
    amounts: list[SharedAmount] = []
    groups, gaps = groups_of(sentence)
    for place, group in enumerate(groups):
        before, after = words_beside(gaps, place)
        money = next((each for each in group if each.kind is Kind.MONEY), None)
        if money is None or not isinstance(money.value, Decimal) or _is_from_other(gaps[place], city):
            continue
        amounts.append(SharedAmount(_party_in(before, parties) or _party_in(after, parties), money.value))
    if len(amounts) > 1 and amounts[0].amount == sum(each.amount for each in amounts[1:]):
        amounts = amounts[1:]
    for name in dict.fromkeys(each.on_behalf_of for each in amounts):
        said = [each.amount for each in amounts if each.on_behalf_of == name]
        yield SharedAmount(name, sum(said, Decimal(0)))


def _is_from_other(words: str, city: str) -> bool:
    """ "Savonlinnalta 8 900 euroa ja Puumalalta 4 900 euroa": the second is charged from another."""
    payer = _CHARGED_FROM.search(words)
    return payer is not None and bool(city) and f"{payer[1][:-3]}n".casefold() not in whose(city)


def _party_in(words: str, parties: Sequence[Party]) -> str:
    """A party that is named, also by a word of its name: "Savogrow" of Kehittämisyhtiö Savogrow Oy."""
    for name, _start in organisations_in(words):
        return name
    said = {word.casefold() for word in re.findall(r"[\w-]{4,}", words)}
    for party in parties:
        if said & {word.casefold() for word in re.findall(r"[\w-]{4,}", party.name)}:
            return party.name
    return ""


def _cap(sentences: Sequence[Sentence]) -> Cap | None:
    """What the proposal or the decision authorises at most, with the years of its sentence."""
    for sentence in sorted(sentences, key=lambda each: "pää" not in each.part.casefold()):
        if not _is_decision(sentence) or not sentence.says(_AT_MOST):
            continue
        for money in sentence.of(Kind.MONEY):
            if money.qualifier == "enintään" and isinstance(money.value, Decimal):
                period = next(
                    (e.value for e in sentence.of(Kind.PERIOD) if isinstance(e.value, Period)), None
                )
                years = (period.start.year, period.end.year) if period else (None, None)
                return Cap(money.value, *years)
    return None
