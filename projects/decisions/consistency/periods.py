"""Two implementation times of one project in one text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum
from itertools import pairwise

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.lists import BULLET
from projects.decisions.consistency.said import Paper, Said, Sentence
from projects.decisions.consistency.sentences import (
    sentence_of_end_before,
    sentence_of_periods,
    sentence_of_year_outside,
)
from projects.decisions.consistency.things import is_elsewhere
from projects.decisions.figures.readings import Kind, Period
from projects.decisions.figures.tables import Table

# The last words before a time that say whose it is: nothing but the project itself.
_TIME = re.compile(
    r"(?:(?P<owner>[\w-]+) )?(?:toteutus|toteuttamis|hanke|projekti)(?:aika|kausi)(?:na)?:?"
    r"(?: (?:on|ovat|olisi))?(?: (?:ajalla|vuosina|vuodet|vv\.))?\Z"
)
_IS_DONE = re.compile(
    r"(?:(?:^|[,.;:] ?|(?<!\w)(?:että|ja) )(?P<owner>[\w-]{0,30}(?:hanke|projekti))|(?<!\w)hank\w+, joka)"
    r" (?:toteutetaan|kestää|on käynnissä)(?: [a-zåäö,]+){0,5}\Z"
)
_BEGINS = re.compile(r"(?P<owner>hanke|projekti) (?:alkaa|käynnistyy)\Z")
_ENDS = re.compile(r"^ ?,? ?(?:ja|sekä) (?:se )?(?:päättyy|loppuu)\Z")
# Of a "kehittämishanke" beside its "investointihanke" the word says which.
_OWNERS = re.compile(r"(?P<compound>(?:\w[\w-]*\w)?)-?(?:hank|projekt)\w+")
_OF_PART = re.compile(r"osahank|osatoteut")
# A phase, a claim period, an option: a part of the time, or another one.
_OTHER = re.compile(
    r"vaihe|ohjelma|maksatus|maksukau|tility|raport|haku|jatk|optio|sopimu|määrärah|talousarvio|suunnittelukau"
    r"|kokeil|pilot|työpaket|esi(?:selvi|hank)|toinen|toise|muun?(?!\w)|muut|aiem|edelli|ensimmäi|viimei|kukin"
    r"|jokai|hankinta|urakka|vuosittain|aikaisint|viimeist|arviol|alusta(?:va|van)|hake(?:tt|mu)|vaihtoeh"
)
# Then one of the two is the time before the change.
_CHANGES = re.compile(
    r"piden|jatkoai|lisäai|jatketa|jatkaa|jatkaminen|jatkamis|muutoshak|muutospäät|lykkä|lykät|alkuperäi"
    r"|uusi toteutus|toteutusa\w+ (?:muut|siir|tark)|siirr?e?tään|aikais(?:te|tu)|keskeyt"
)
# Looked for at the beginning of a word only, or right after the name before: not at each of its letters.
_PROJECT = re.compile(r"(?:(?<!\w)|(?<=-hank))(?P<name>\w{3,}+)[”\"»]? ?-hank")
# Between the two days of a time.
_TO = re.compile(r"[-\u2013]")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_YEAR_ALONE = re.compile(r"(?<![-\u2013\d.])(?:19|20|21)\d\d(?![-\u2013\d])")
_COSTS = re.compile(r"(?:kokonais|brutto|netto|hanke)?kustannu|palk|ostopalvel|matka|menot", re.IGNORECASE)
_FEWEST_YEARS = 3


class Exact(IntEnum):
    YEARS = 1
    MONTHS = 2
    DAYS = 3


@dataclass(frozen=True)
class _Time:
    project: str
    period: Period
    exact: Exact
    raw: str
    place: tuple[int, int]


def in_periods(paper: Paper) -> Iterator[Contradiction]:
    sentences = list(paper.sentences)
    for sentence in sentences:
        yield from _the_wrong_way_round(sentence)
    if any(_CHANGES.search(sentence.words) for sentence in sentences):
        return
    yield from _outside(sentences, paper.tables)
    names = {found["name"] for sentence in sentences for found in _PROJECT.finditer(sentence.words)}
    times = [time for sentence in sentences for time in _times(sentence, len(names) > 1)]
    for project in dict.fromkeys(time.project for time in times):
        first, *others = [time for time in times if time.project == project]
        unlike = [other for other in others if not _is_same(first, other)]
        # More of them are those of several projects.
        if unlike and all(_is_same(unlike[0], each) for each in unlike) and _is_near(first, unlike[0]):
            yield _contradiction(first, unlike[0])


def _outside(sentences: Sequence[Sentence], tables: Iterable[Table]) -> Iterator[Contradiction]:
    """Costs of one year before or after the implementation time, in a table whose other years are in it."""
    times = [time for sentence in sentences for time in _times(sentence, False)]
    if not times or not all(_is_same(times[0], other) for other in times):
        return
    first = times[0]
    years, told = range(first.period.start.year, first.period.end.year + 1), _told(sentences)
    for table in tables:
        columns = {int(head): place for place, head in enumerate(table.heads) if _YEAR.fullmatch(head)}
        outside = [year for year in columns if year not in years]
        if len(outside) != 1 or len(columns) < _FEWEST_YEARS or outside[0] in told:
            continue
        cells = [row.cells[columns[outside[0]]] for row in table.rows if _COSTS.match(row.label)]
        cell = next((each for each in reversed(cells) if each and each.value and each.is_money), None)
        if cell is not None:
            said = sentence_of_year_outside(first.raw, outside[0])
            place = (cell.start, cell.end)
            days = _days_with(first, outside[0])
            yield Contradiction(Rule.PERIODS, _days(first), days, (first.place, place), said)
            return


def _told(sentences: Sequence[Sentence]) -> set[int]:
    """Years that a sentence, not the head of a table, speaks of by themselves: it may say why."""
    said = [_YEAR.findall(sentence.words) for sentence in sentences]
    alone = [_YEAR_ALONE.findall(sentence.words) for sentence in sentences]
    return {
        int(year)
        for all_of, found in zip(said, alone, strict=True)
        if len(all_of) < _FEWEST_YEARS
        for year in found
    }


def _the_wrong_way_round(sentence: Sentence) -> Iterator[Contradiction]:
    """`1.1.2029–31.12.2027`."""
    for first, last in pairwise(sentence.of(Kind.DATE)):
        begins, ends = first.reading.value, last.reading.value
        if not (isinstance(begins, date) and isinstance(ends, date) and _TO.fullmatch(last.gap)):
            continue
        if begins > ends:
            said = sentence_of_end_before(first.reading.raw, last.reading.raw)
            days = Decimal((ends - begins).days)
            yield Contradiction(Rule.PERIODS, days, Decimal(1), (first.place, last.place), said)


def _times(sentence: Sentence, is_of_many: bool) -> Iterator[_Time]:
    """What the sentence says as the time of the project, or of the city's part of it."""
    if is_elsewhere(sentence.words) or BULLET.match(sentence.words):
        return
    named = {found["name"] for found in _PROJECT.finditer(sentence.words)}
    if is_of_many and len(named) != 1:
        return
    of = named.pop() if is_of_many else ""
    for said in sentence.of(Kind.PERIOD):
        match = _TIME.search(said.gap) or _IS_DONE.search(said.gap)
        if match and isinstance(said.reading.value, Period) and _is_of_project(match["owner"], said):
            compound = _OWNERS.fullmatch(match["owner"] or "")
            of_it = of or (compound["compound"] if compound and "-" not in match[0] else "")
            yield _time(of_it + _part(said.gap), said.reading.value, said, said)
    for first, last in pairwise(sentence.of(Kind.DATE)):
        begins, ends = first.reading.value, last.reading.value
        if not (_BEGINS.search(first.gap) and _ENDS.match(last.gap)) or not _is_of_project("hanke", first):
            continue
        if isinstance(begins, date) and isinstance(ends, date) and begins <= ends:
            yield _time(of + _part(first.gap), Period(begins, ends), first, last)


def _is_of_project(owner: str | None, said: Said) -> bool:
    words = f"{said.gap[-120:]} {said.next_gap[:50]}"
    # "Vaiheen toteutusaika" is of a phase.
    is_of_other = bool(owner) and str(owner).endswith("n") and not _OWNERS.fullmatch(str(owner))
    return not is_of_other and not _OTHER.search(words)


def _part(words: str) -> str:
    return " osa" if _OF_PART.search(words) else ""


def _time(project: str, period: Period, first: Said, last: Said) -> _Time:
    raw = " ".join(first.reading.raw.split())
    if first is not last:
        raw = f"{raw}\u2013{' '.join(last.reading.raw.split())}"
    is_of_days = re.search(r"\d\.|kuuta|\d-\d\d-", raw)
    exact = Exact.DAYS if is_of_days else Exact.MONTHS if re.search(r"/|kuu", raw) else Exact.YEARS
    return _Time(project, period, exact, raw, (first.place[0], last.place[1]))


def _ends(time: _Time, exact: Exact) -> list[tuple[int, ...]]:
    """Its first and its last day as far as they are said."""
    return [(day.year, day.month, day.day)[:exact] for day in (time.period.start, time.period.end)]


def _same_ends(first: _Time, second: _Time) -> list[bool]:
    exact = min(first.exact, second.exact)
    pairs = zip(_ends(first, exact), _ends(second, exact), strict=True)
    return [one == other for one, other in pairs]


def _is_same(first: _Time, second: _Time) -> bool:
    return all(_same_ends(first, second))


def _is_near(first: _Time, second: _Time) -> bool:
    """One of the ends is the same: of other times both are others."""
    return any(_same_ends(first, second))


def _contradiction(first: _Time, second: _Time) -> Contradiction:
    sentence = sentence_of_periods(first.raw, second.raw)
    return Contradiction(Rule.PERIODS, _days(first), _days(second), (first.place, second.place), sentence)


def _days_with(time: _Time, year: int) -> Decimal:
    """How long it would be at least if the year were in it."""
    start = min(time.period.start, date(year, 12, 31))
    return Decimal((max(time.period.end, date(year, 1, 1)) - start).days + 1)


def _days(time: _Time) -> Decimal:
    return Decimal((time.period.end - time.period.start).days + 1)
