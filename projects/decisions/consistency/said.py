"""A text as its figures with the words around them, in sentences and paragraphs, and its tables."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from projects.decisions.figures.reader import DIVIDED, one_kind_of_signs, read_figures
from projects.decisions.figures.readings import Count, Kind, Reading
from projects.decisions.figures.slips import DIGITS, significant_digits
from projects.decisions.figures.tables import Table, tables_of
from projects.decisions.figures.units import size_said

_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_GOES_ON = re.compile(r"[ \t]*[a-zåäö]{2}")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ(”\"*•–-])|\n(?=\s{0,4}(?:[-–*•]|\d{1,2}[.)])\s)")
# A dot that ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:v|vv|n|ns|s|p|puh|milj|mrd|mom|alv|esim|mm|ml|sis|nro|kpl|ym|tms|vs|klo|max|min)\.\Z",
    re.I,
)
_LONGEST_PARAGRAPH, _LONGEST_SENTENCE = 8_000, 1_500
# Words further off are of something else.
_REACH = 400
_ENDS_IN_ZEROS = re.compile(r"0+\Z")
_SAYS_ROUNDED = re.compile(r"pyörist|senttejä|sentit|täysi(?:in|ksi|nä) euroi", re.I)
_ROUNDED = {"noin", "yli", "alle"}


@dataclass(frozen=True)
class Said:
    """A figure, how exactly it is said, and the words around it."""

    reading: Reading
    value: Decimal
    # The figure is exact to half of this.
    step: Decimal
    # Up to the euros before and after it in the sentence.
    before: str
    after: str
    # Up to the figure of any kind before and after it.
    gap: str
    next_gap: str
    is_in_brackets: bool

    @property
    def kind(self) -> Kind:
        return self.reading.kind

    @property
    def place(self) -> tuple[int, int]:
        return self.reading.start, self.reading.end

    @property
    def qualifier(self) -> str:
        return self.reading.qualifier


@dataclass(frozen=True)
class Sentence:
    # In small letters and one line.
    words: str
    figures: tuple[Said, ...]

    def of(self, *kinds: Kind) -> list[Said]:
        return [said for said in self.figures if said.kind in kinds]


@dataclass(frozen=True)
class Paragraph:
    sentences: tuple[Sentence, ...]

    @cached_property
    def money(self) -> list[Said]:
        return [said for sentence in self.sentences for said in sentence.of(Kind.MONEY)]

    def words_after(self, number: int) -> str:
        """Of the sentence after that one; empty after the last."""
        return "".join(each.words for each in self.sentences[number + 1 : number + 2])


class Amounts:
    """All euros that a text says, to ask if it says one of them somewhere."""

    def __init__(self, values: Iterable[Decimal]) -> None:
        self._values = sorted(values)

    def is_once(self, value: Decimal) -> bool:
        return bisect_right(self._values, value) - bisect_left(self._values, value) == 1

    def has(self, value: Decimal, tolerance: Decimal = Decimal(0)) -> bool:
        place = bisect_left(self._values, value - tolerance)
        return place < len(self._values) and self._values[place] <= value + tolerance


@dataclass(frozen=True)
class Paper:
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    amounts: Amounts
    # The text says that its figures are rounded.
    is_rounded: bool

    @property
    def sentences(self) -> Iterator[Sentence]:
        for paragraph in self.paragraphs:
            yield from paragraph.sentences


def paper_of(text: str, readings: Sequence[Reading] | None = None) -> Paper:
    """`readings` are those of the text, if they are read already."""
    readings = read_figures(text) if readings is None else readings
    plain = one_kind_of_signs(text)
    tables = tables_of(plain)
    in_prose = _outside(readings, tables)
    paragraphs = tuple(_paragraphs(plain, in_prose, tables))
    money = [reading.value for reading in readings if reading.kind is Kind.MONEY]
    amounts = Amounts(value for value in money if isinstance(value, Decimal))
    return Paper(paragraphs, tables, amounts, bool(_SAYS_ROUNDED.search(text)))


def _outside(readings: Sequence[Reading], tables: tuple[Table, ...]) -> list[Reading]:
    starts = [table.start for table in tables]

    def is_outside(reading: Reading) -> bool:
        place = bisect_left(starts, reading.start + 1) - 1
        return place < 0 or reading.start >= tables[place].end

    return [reading for reading in readings if is_outside(reading)]


def _paragraphs(text: str, readings: list[Reading], tables: tuple[Table, ...]) -> Iterator[Paragraph]:
    starts = [reading.start for reading in readings]
    for first, last in _prose(text, tables):
        sentences = []
        for start, end in sentence_spans(text, first, last):
            of_it = readings[bisect_left(starts, start) : bisect_left(starts, end)]
            sentences.append(Sentence(_clean(text[start:end]), tuple(_said(text, start, end, of_it))))
        yield Paragraph(tuple(sentences))


def _prose(text: str, tables: tuple[Table, ...]) -> Iterator[tuple[int, int]]:
    """Each paragraph between tables."""
    start = 0
    for first, last in [(table.start, table.end) for table in tables] + [(len(text), len(text))]:
        for match in _BREAK.finditer(text, start, first):
            # A sentence that goes on after an empty line is one.
            if _GOES_ON.match(text, match.end()) and text[match.start() - 1 : match.start()] not in ".:!?":
                continue
            yield from _pieces(start, match.start(), _LONGEST_PARAGRAPH)
            start = match.end()
        yield from _pieces(start, first, _LONGEST_PARAGRAPH)
        start = last


def _pieces(start: int, end: int, longest: int) -> Iterator[tuple[int, int]]:
    """What no person would write in one is read in pieces, so that time grows by length only."""
    for first in range(start, end, longest):
        yield first, min(first + longest, end)


def sentence_spans(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    start = first
    for match in _SENTENCE.finditer(text, first, last):
        if not _ABBREVIATED.search(text, max(first, match.start() - 8), match.start()):
            yield from _pieces(start, match.start(), _LONGEST_SENTENCE)
            start = match.end()
    yield from _pieces(start, last, _LONGEST_SENTENCE)


def _said(text: str, start: int, end: int, readings: list[Reading]) -> Iterator[Said]:
    previous = [start]
    for reading in readings:
        previous.append(reading.end if reading.kind is Kind.MONEY else previous[-1])
    following = [end]
    for reading in reversed(readings):
        following.append(reading.start if reading.kind is Kind.MONEY else following[-1])
    following.reverse()
    for place, reading in enumerate(readings):
        begins = readings[place - 1].end if place else start
        ends = readings[place + 1].start if place + 1 < len(readings) else end
        value = reading.value.number if isinstance(reading.value, Count) else reading.value
        is_number = isinstance(value, int | Decimal)
        yield Said(
            reading,
            Decimal(value) if isinstance(value, int | Decimal) else Decimal(0),
            step_of(reading) if is_number else Decimal(1),
            before=_clean(text[max(previous[place], reading.start - _REACH) : reading.start]),
            after=_clean(text[reading.end : min(following[place + 1], reading.end + _REACH)]),
            gap=_clean(text[begins : reading.start][-_REACH:]),
            next_gap=_clean(text[reading.end : ends][:_REACH]),
            is_in_brackets=text.count("(", start, reading.start) > text.count(")", start, reading.start),
        )


def step_of(reading: Reading) -> Decimal:
    """How exact a figure is: 1 of 59 953, 100 000 of 1,2 milj., 1 000 of noin 651 000."""
    value = reading.value
    if not isinstance(value, Decimal):
        return Decimal(1)
    decimals = re.search(r",(\d{1,4})(?!\d)|(?<=\d)\.(\d{1,2})(?!\d)", reading.raw)
    digits = len(decimals[1] or decimals[2]) if decimals else 0
    size = size_said(reading)
    step = Decimal(1).scaleb(-digits) * size
    if reading.qualifier in _ROUNDED and size == 1 and not digits and value:
        zeros = _ENDS_IN_ZEROS.search(f"{int(value)}")
        step = Decimal(10) ** len(zeros[0]) if zeros else step
    return step


def rounding(count: int) -> Decimal:
    """How many of the last digit the sum of so many rounded figures may be off: half of the most."""
    return max(Decimal(1), Decimal(count) / 4)


def is_slip_of_sum(stated: Decimal, summed: Decimal) -> bool:
    """True if one other digit in one of many exact figures explains the difference."""
    gap = significant_digits(abs(stated - summed))
    digits = max(len(significant_digits(value).replace(".", "")) for value in (stated, summed))
    return digits >= DIGITS and len(gap) == 1 and gap != "0"


def _clean(text: str) -> str:
    return " ".join(DIVIDED.sub("", text).lower().split())
