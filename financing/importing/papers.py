"""What a decision's paper says of money: costs, sources, years, shared costs and what is authorised at most.

Each figure is taken by the words that stand with it in its sentence or its row. What could mean two things is
left out: the person sees the paper beside what was read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum

from financing.choices import CostCategory, SourceClass
from financing.importing.paper_costs import categories_of, cost_years_of, source_years_of
from financing.importing.paper_sources import Wording, source_of
from projects.decisions.figures.readings import Kind, Period, Reading
from projects.decisions.figures.tables import Row, Table, tables_of
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.importing.facts import Party, organisations_in
from projects.decisions.importing.sentences import Sentence


class Scope(Enum):
    WHOLE = "whole"
    PART = "part"


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
    shared: list[SharedAmount] = field(default_factory=list)
    cap: Cap | None = None


_WHOLE = re.compile(
    r"koko hank|kokonaiskustann|kokonaisbudj|kokonaisrahoit"
    r"|hankkeen (?:kustannus|budjet|rahoitussuunnit|brutto|netto)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"osahan|osatoteutuksen|(?:kaupungin|kunnan|kuntayhtymän) (?:osuude|osuut|osuus|kustannu)", re.IGNORECASE
)
_COST = re.compile(r"kustannu|budjet|osahanke on", re.IGNORECASE)
_NO_COST = re.compile(
    r"palkka|palko|yhtei|omarahoit|josta|siitä|niistä|muut kust|prosenttim|osuus on|aiem|alkuper",
    re.IGNORECASE,
)
_MONEY_TALK = re.compile(r"rahoit|omavastuu|tuki\b|tuen\b|tukea|avustu", re.IGNORECASE)
# Of other money than the project's.
_ASIDE = re.compile(
    r"de minimis|vähämerkity|kynnysarvo|haettu|hylät|enimmäismäär"
    r"|liikevaihto|asukas|asukka|aiemm|aiempi|edellis|määrärahasta on",
    re.IGNORECASE,
)
_SHARED = re.compile(r"yhtei(?:siin|siä|sistä|set|sten) (?:kustannu|meno)", re.IGNORECASE)
_AT_MOST = re.compile(r"omarahoit|eurolla|rahoitu|osallistu|kuntarahoit|varaa", re.IGNORECASE)
_DECIDES = re.compile(r"esitys|ehdotus|päätös", re.IGNORECASE)
_PLACES = re.compile(r"perust|tausta|vaikut", re.IGNORECASE)
_YEARLY = re.compile(r"kustannu|menot", re.IGNORECASE)
_OWN_YEARLY = re.compile(r"omarahoit|maksuosuu|maksu(?:t|a)\b", re.IGNORECASE)
# Of what a figure is at most or about, it is no share.
_BOUNDS = {"enintään", "vähintään", "yli", "alle"}
_CUT = re.compile(r"[,;:(]")


def read_money(
    paper: ReadDecision, sentences: Sequence[Sentence], parties: Sequence[Party], city: str
) -> PaperMoney:
    """`city` is the own city's name, whose money is its own."""
    found = PaperMoney()
    scope = Scope.WHOLE
    for sentence in sentences:
        scope = _scope(sentence, scope)
        _read_costs(found, sentence)
        if sentence.says(_SHARED):
            found.shared = found.shared or list(_shared(sentence, parties))
        elif not sentence.says(_ASIDE):
            _read_lines(found, sentence, scope, city)
            _read_years(found, sentence)
    _read_tables(found, paper, city)
    found.cap = _cap(sentences)
    found = _settled(found)
    cost = found.part.amount
    found.years = found.years or cost_years_of(paper, sentences, cost, city)
    found.categories = categories_of(paper, sentences, cost)
    amounts = {line.name: line.amount for line in found.part_lines if line.amount}
    years = source_years_of(paper, sentences, amounts, city)
    found.part_lines = [replace(line, years=years.get(line.name, {})) for line in found.part_lines]
    return found


def _scope(sentence: Sentence, before: Scope) -> Scope:
    if sentence.says(_PART):
        return Scope.PART
    return Scope.WHOLE if sentence.says(_WHOLE) else before


def _settled(found: PaperMoney) -> PaperMoney:
    """A paper that names no part tells the city's own project, if the city pays a share of it."""
    found.whole_lines = [_with_whole_fund_name(line, found) for line in found.whole_lines]
    if found.part == Cost() and not found.part_lines and any(line.is_own for line in found.whole_lines):
        found.part, found.part_lines, found.whole_lines = found.total, found.whole_lines, []
    return found


def _with_whole_fund_name(line: Line, found: PaperMoney) -> Line:
    """A fund that a line counts in is named as it is elsewhere: "kehittämisrahasto" is that of the region."""
    short = line.includes_fund.casefold()
    names = [other.name for other in (*found.part_lines, *found.whole_lines)]
    fitting = [
        name for name in names if short and name.casefold().endswith(f" {short}") and " sekä " not in name
    ]
    return replace(line, includes_fund=fitting[0]) if fitting else line


def _segments(sentence: Sentence) -> Iterator[tuple[list[Reading], str, str]]:
    """Figures that stand together, with the words that belong to them before and after.

    Words between two figures belong to the first up to the comma, and to the second after it.
    """
    groups: list[list[Reading]] = []
    for reading in sentence.of(Kind.MONEY, Kind.PERCENT):
        between = sentence.text[groups[-1][-1].end : reading.start] if groups else ""
        pairs = groups and {each.kind for each in groups[-1]} == {Kind.MONEY, Kind.PERCENT} - {reading.kind}
        if pairs and between.strip(" )(,") in {"", "eli"}:
            groups[-1].append(reading)
        else:
            groups.append([reading])
    for place, group in enumerate(groups):
        begins = groups[place - 1][-1].end if place else 0
        ends = groups[place + 1][0].start if place + 1 < len(groups) else len(sentence.text)
        before, after = sentence.text[begins : group[0].start], sentence.text[group[-1].end : ends]
        yield group, _last(before) if place else before, _first(after, is_last=place + 1 == len(groups))


def _first(words: str, *, is_last: bool) -> str:
    words = words.lstrip(")")
    if re.match(r"\s*(?:,|ja |sekä )", words):
        return ""
    return words if is_last else _CUT.split(words)[0]


def _last(words: str) -> str:
    """After the last comma, or all if the words begin with "ja"; nothing if they end where others begin."""
    words = words.lstrip(")")
    if re.match(r"\s*(?:ja|sekä)\s", words):
        return words
    cut = re.split(r"[,;:]", words)
    return cut[-1] if len(cut) > 1 else ""


def _read_costs(found: PaperMoney, sentence: Sentence) -> None:
    for group, before, _after in _segments(sentence):
        money = next((each for each in group if each.kind is Kind.MONEY), None)
        if money is None or not isinstance(money.value, Decimal):
            continue
        scope = _cost_scope(before)
        if scope is None or sentence.says(_SHARED):
            continue
        cost = Cost(money.value, money.qualifier == "noin")
        if scope is Scope.PART and found.part.amount is None:
            found.part = cost
        elif scope is Scope.WHOLE and found.total.amount is None:
            found.total = cost


def _cost_scope(before: str) -> Scope | None:
    if not _COST.search(before) or _NO_COST.search(before):
        return Scope.PART if re.search(r"osahanke on\s*\Z", before) else None
    if _PART.search(before):
        return Scope.PART
    return (
        Scope.WHOLE
        if _WHOLE.search(before)
        or re.search(r"kustannusarvio on|\A\s*kustannukset ovat", before, re.IGNORECASE)
        else None
    )


def _read_lines(found: PaperMoney, sentence: Sentence, scope: Scope, city: str) -> None:
    is_listed = sentence.text[:2] in {"- ", "\u2013 ", "* ", "\u2022 "}
    if not (is_listed or sentence.says(_MONEY_TALK)) or _DECIDES.search(sentence.part):
        return
    if len(sentence.of(Kind.YEAR)) > 1:
        return
    last: Wording | None = None
    for group, before, after in _segments(sentence):
        earlier, later = source_of(before, city), source_of(after, city)
        is_said_twice = earlier is not None and later is not None and earlier != later
        # "Tuki on 80 % kustannuksista, alaspäin pyöristettynä 147 482 euroa."
        wording = earlier or later or (last if [each.kind for each in group] == [Kind.MONEY] else None)
        is_certain = not any(each.qualifier in _BOUNDS for each in group)
        if wording is not None and not is_said_twice and is_certain:
            _add_line(found, scope, wording, group)
        last = wording if [each.kind for each in group] == [Kind.PERCENT] else None


def _add_line(found: PaperMoney, scope: Scope, wording: Wording, group: Sequence[Reading]) -> None:
    values = {each.kind: each.value for each in group if isinstance(each.value, Decimal)}
    _merge(
        found.part_lines if scope is Scope.PART else found.whole_lines,
        Line(
            wording.name,
            wording.source_class,
            values.get(Kind.MONEY),
            values.get(Kind.PERCENT),
            wording.is_own,
            wording.includes_fund,
        ),
    )


def _merge(lines: list[Line], new: Line) -> None:
    """A source stands once; what was said first of it stands, and what was not is added."""
    for place, line in enumerate(lines):
        if line.name == new.name:
            lines[place] = replace(
                line,
                amount=new.amount if line.amount is None else line.amount,
                share=new.share if line.share is None else line.share,
            )
            return
    lines.append(new)


def _read_years(found: PaperMoney, sentence: Sentence) -> None:
    """Costs of the city's part, each with its year."""
    if found.years or not sentence.says(_YEARLY) or sentence.says(_OWN_YEARLY):
        return
    money = [each for each in sentence.of(Kind.MONEY) if isinstance(each.value, Decimal)]
    years = [each for each in sentence.of(Kind.YEAR) if isinstance(each.value, int)]
    if len(years) < 2:
        return
    # The sum may be said before the years.
    money = money[len(money) - len(years) :] if len(money) == len(years) + 1 else money
    if len(money) != len(years) or len({each.value for each in years}) != len(years):
        return
    pairs = {int(str(year.value)): Decimal(str(each.value)) for year, each in zip(years, money, strict=True)}
    if found.part.amount is not None or found.total.amount is not None:
        found.years = pairs


def _shared(sentence: Sentence, parties: Sequence[Party]) -> Iterator[SharedAmount]:
    amounts = []
    for group, before, after in _segments(sentence):
        money = next((each for each in group if each.kind is Kind.MONEY), None)
        if money is not None and isinstance(money.value, Decimal):
            amounts.append(SharedAmount(_party_in(before, parties) or _party_in(after, parties), money.value))
    if len(amounts) > 1 and amounts[0].amount == sum(each.amount for each in amounts[1:]):
        amounts = amounts[1:]
    yield from amounts


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
        if not _DECIDES.search(sentence.part) or _PLACES.search(sentence.part) or not sentence.says(_AT_MOST):
            continue
        for money in sentence.of(Kind.MONEY):
            if money.qualifier == "enintään" and isinstance(money.value, Decimal):
                period = next(
                    (e.value for e in sentence.of(Kind.PERIOD) if isinstance(e.value, Period)), None
                )
                years = (period.start.year, period.end.year) if period else (None, None)
                return Cap(money.value, *years)
    return None


def _read_tables(found: PaperMoney, paper: ReadDecision, city: str) -> None:
    for part in paper.parts:
        for table in tables_of(part.text):
            lines = [line for row in table.rows if (line := _line_of_row(row, city))]
            cost = next(filter(None, (_cost_of_row(row, table) for row in reversed(table.rows))), None)
            if cost and found.part.amount is None and found.total.amount is None:
                found.total = cost
            if not found.years:
                found.years = _years_of(table)
            target = found.part_lines if found.part.amount is not None else found.whole_lines
            if len(lines) > 1 and not target:
                for line in lines:
                    _merge(target, line)


def _cost_of_row(row: Row, table: Table) -> Cost | None:
    """The last sum of costs: what is left of them when revenue has been taken off."""
    is_sum = re.search(
        r"nettokustannu|kustannukset yhteensä|kustannusarvio yhteensä", row.label, re.IGNORECASE
    )
    is_sum_of_costs = row.label.casefold() == "yhteensä" and _COST.search(table.caption[-80:])
    money = [cell.euros for cell in row.cells if cell and cell.is_money]
    return Cost(money[0]) if (is_sum or is_sum_of_costs) and len(money) == 1 else None


def _years_of(table: Table) -> dict[int, Decimal]:
    """Costs in a column of their own, with a year to each row."""
    columns = [place for place, head in enumerate(table.heads) if _YEARLY.search(head)]
    if len(columns) != 1:
        return {}
    cells = {row.label: row.cells[columns[0]] for row in table.rows if re.fullmatch(r"20\d\d", row.label)}
    return {int(year): cell.euros for year, cell in cells.items() if cell} if len(cells) > 1 else {}


def _line_of_row(row: Row, city: str) -> Line | None:
    wording = source_of(row.label, city)
    money = [cell.euros for cell in row.cells if cell and cell.is_money]
    shares = [cell.value for cell in row.cells if cell and cell.unit == "%"]
    if wording is None or len(money) != 1:
        return None
    return Line(
        wording.name,
        wording.source_class,
        money[0],
        shares[0] if len(shares) == 1 else None,
        wording.is_own,
        wording.includes_fund,
    )
