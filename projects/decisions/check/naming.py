"""What the words around a figure say that it is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from projects.decisions.check.background import Payer, is_background, payer
from projects.decisions.check.cells import NamedCell, cells_of
from projects.decisions.check.known import Names, Topic
from projects.decisions.figures.reader import DIVIDED, one_kind_of_signs
from projects.decisions.figures.readings import Kind, Reading

# Nobody explains a figure with words that stand farther away.
_REACH = 160
_SENTENCE = 300
_LONGEST, _PIECE = 2000, 100
_AFTER = 60
_LEAD_IN = 400
_NEXT_FIGURE = re.compile(r",\s|\bja\b|\bsekä\b")
_ENDS = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ])|\n[ \t]*\n|\n(?=[ \t]*[-\u2013\u2022*][ \t])|;")
_GAP = re.compile(r"\S(?: {2,}|\t| *\|)")
# What an item of a list says that the figure is; without it, it is what the line before the list says.
_OF_ITEM = re.compile(
    r"\b(?!(?:vuo|muut?\b|loput\b|yhteensä\b|euro|noin\b|on\b|ovat\b|v\b))[a-zåäö]{2,}", re.IGNORECASE
)
_LISTED = re.compile(r"\s*[-\u2013\u2022*][ \t]")

_BARE = re.compile(r"[\d\s.,\u2212\u2013-]+")
# "43 % kuntarahoituksesta" is no share of the project.
_BASE = re.compile(r"[\s)]{0,3}(?P<base>[a-zåäö-]+(?:sta|stä))(?!\w)", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"(?:tue|osuude|palkoi|summa|omarahoitukse|avustukse|kuntarahoitukse)s?ta(?!\w)", re.IGNORECASE
)
_BASES = re.compile(
    r"(?:(?:kokonais|netto|brutto|osahankkeen |hankkeen )?(?:kustannuksista|rahoituksesta|budjetista))"
    r"|(?:osa)?hankkeesta|kokonaisuudesta|kaupungilta",
    re.IGNORECASE,
)
_NOUNS: dict[Topic, str] = {
    Topic.TOTAL: (
        r"kokonaiskustannu|kokonaisbudjet|koko hankkeen(?! ajan| aika)(?: (?:kustannu|budjet))?"
        r"|hanke (?:maksaa|kustantaa)"
    ),
    Topic.SHARED: r"yhtei(?:siin|set|sten|sistä|siä) kustannu|yhteiskustannu|laskutta",
    Topic.OWN: (
        r"omarahoitu|oma(?:a|n|lla)? rahoitu|omavastuu|(?:kaupungin|kunnan) (?:rahoitus|maksu)?osuu"
        r"|omaa rahaa"
    ),
    Topic.CATEGORY: (
        r"palk(?:ka|at|ko|oi)|ostopalvel|palvelui|matkakust|matko|matkat|hankinnat|laittee|laitehan|flat rate"
        r"|prosenttimääräi|työpano|muut? kustannu|muita kustannu|muihin kustannu|yleiskustannu|kertakorvau"
        r"|kustannuslaj|investoin|tukikelvott"
    ),
    Topic.COST: (
        r"(?<![a-zåäö])(?:kokonais|netto|brutto)?kustannu|(?<![a-zåäö])(?:kokonais|hanke)?budjet"
        r"|hankkeen hinta"
    ),
    Topic.GRANT: r"tuki\b|tuen\b|tukea\b|tukiprosent|avustu|eakr|esr\b",
    Topic.SOURCE: r"rahoitu|rahasto|eakr|esr\b",
    Topic.CAP: (
        r"valtuu(?!st)|osallistu(?:u|a|taan|vat)(?![a-zåäö])|varautu|sitoutu|(?<![a-zåäö])varataan|varaa"
        r"|kaupunki maksaa"
    ),
    Topic.LIABILITY: (
        r"kokonaisvastu|maksaa kaupungille|kaupungin men(?:o|ot|oja)(?![a-zåäö])|(?:kaupungin|kaupungille)"
        r" (?:jää )?maksettava"
    ),
    Topic.APPROPRIATION: r"määrärah",
    Topic.TIME: (
        r"toteutusa|hank\w{0,8} toteut|(?:se|joka) toteut|hankea(?:ika|jan)|hankkeen kesto"
        r"|hank\w{1,8} (?:\w+ )?(?:kestä|alka|käynnist|päätty|loppu|jatku)"
    ),
    Topic.GRANT_DAY: r"rahoituspäätö|rahoittaja\w* (?:on )?(?:teki|tehnyt)|myön(?:si|tänyt) rahoituk",
    Topic.COMPANIES: r"osallistu|ryhm|hank|muka(?:na|an)|tavoit",
    Topic.GROUPS: r"",
    Topic.MEETINGS: r"kokoontu",
}
_SAID_OF_SOMETHING = (Kind.MONEY, Kind.PERCENT, Kind.POINTS, Kind.COUNT)
# Words of names that name many things.
_COMMON = re.compile(
    r"rahoitu|omarahoitu|kaupun|kunta|kunti|kunnan|valtio|yksity|julki|hank|osuu|yrity|kehittämisyht|kustann|lähde|ryhm",
    re.IGNORECASE,
)
_LONG_NAME, _SHORTEST = 7, 4
# Of small letters: these are looked for at every figure, and in any case it takes three times as long.
_NAMING = {topic: re.compile(pattern) for topic, pattern in _NOUNS.items()}
# By kind of figure, the topics that words can give it.
_TOPICS: dict[Kind, tuple[Topic, ...]] = {
    Kind.MONEY: (
        *(Topic.CATEGORY, Topic.TOTAL, Topic.SHARED, Topic.OWN),
        *(Topic.COST, Topic.GRANT, Topic.SOURCE, Topic.APPROPRIATION, Topic.CAP, Topic.LIABILITY),
    ),
    Kind.PERCENT: (Topic.CATEGORY, Topic.OWN, Topic.GRANT, Topic.SOURCE, Topic.COST),
    Kind.PERIOD: (Topic.TIME,),
    Kind.DATE: (Topic.TIME, Topic.GRANT_DAY),
    Kind.YEAR: (Topic.TIME,),
}
_COUNTED = {"yritys": Topic.COMPANIES, "ryhmä": Topic.GROUPS, "kokoontuminen": Topic.MEETINGS}

_MONTHLY = re.compile(r"kerran kuu|kuukausittain|joka kuukausi|kuukausikokou", re.IGNORECASE)
_ANY = re.compile("")
_MONEY = re.compile(
    "|".join(_NOUNS[topic] for topic in _TOPICS[Kind.MONEY]) + "|hank|yhteensä|osuu|maks", re.IGNORECASE
)
_OF_PROJECT: dict[Kind, re.Pattern[str]] = {
    **dict.fromkeys(Kind, _ANY),
    Kind.MONEY: _MONEY,
    Kind.PERCENT: _MONEY,
    Kind.COUNT: re.compile(r"hank|ryhm|osallistu|mukana|tavoit|yhteensä|kokoontu", re.IGNORECASE),
    Kind.PERIOD: re.compile(r"hank|toteut|kustannu|rahoitu|valtuu|kaupun", re.IGNORECASE),
}

# "Kaupungin omarahoitus on 2 991 €": nothing may stand between that could make it another figure.
_IS = r"\s*:?\s+(?:on|ovat|olisi|oli)?\s*(?:yhteensä\s+|siis\s+|noin\s+|enintään\s+|n\.\s*)*\Z"
_SURE_BEFORE: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (Topic.OWN, re.compile(rf"kaupungin (?:omarahoitus|oma rahoitus|omarahoitusosuus){_IS}", re.IGNORECASE)),
    (
        Topic.COST,
        re.compile(rf"osahankkeen (?:kokonais)?(?:kustannukset|kustannusarvio){_IS}", re.IGNORECASE),
    ),
    (
        Topic.TOTAL,
        re.compile(
            rf"(?:(?<!osa)hankkeen kokonais(?:kustannukset|budjetti)|koko hankkeen kustannu\w+){_IS}",
            re.IGNORECASE,
        ),
    ),
)
# Of nobody else in a sentence that begins with it.
_OWN_FIRST = re.compile(rf"(?:\A|[.!?:]\s+|\n)\s*(?:oma(?:rahoitus(?:osuus)?| rahoitus)){_IS}", re.IGNORECASE)
# "Hanke alkaa 1.4.2017 ja päättyy 31.12.2019".
_NEXT_DAY = re.compile(r"\s*,?\s*(?:ja|sekä)(?:\s+(?:se\s+)?(?:päätty|loppu|jatku|kestä)\w*)?\s*\Z")
_SURE_TIME = re.compile(r"toteutus(?:aika on|aika:|ajaksi)\s+\Z|hanke toteutetaan\s+\Z", re.IGNORECASE)
_SURE_AFTER: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (Topic.OWN, re.compile(r"\s*(?:on )?kaupungin oma(?:a )?rahoitusta\b", re.IGNORECASE)),
)
_YEAR_AFTER = re.compile(
    r"\s*(?:\(\d{1,2} ?%\)\s*)?(?:kohdistuu |tulee |käytetään |maksetaan )?"
    r"(?:vuodelle|vuonna|vuoden|v\.)\s+(?P<year>20\d{2})(?!\d|\s*[-\u2013])"
)
_YEAR_HEARD = re.compile(r"\b(?:vuo[a-zåäö]{1,6}|v\.)\s+(?P<year>20\d{2})(?!\d|\s*[-\u2013]\s*\d)", re.I)
# What the figure is a part of: "kustannuksista 298 000 euroa on palkkoja".
_BASE_WORD = re.compile(r"\w*(?<![uy])(?:sta|stä)(?!\w)(?!, jo(?:ka|tka))")
_PARTLY = re.compile(r"\w*(?:(?<![uy])(?:sta|stä)|iin)(?!\w)(?!, jo(?:ka|tka))")
# "Kaupunki osallistuu hankkeeseen vuosina 2017–2020".
_TAKES_TIME = re.compile(
    r"(?:osallistu|varat|sitoutu|kustannu|rahoit)[^.]*hank|hank[^.]*(?:osallistu|vuosi)", re.I
)
# "Kuopion osahankkeen kokonaisbudjetti" is no total of the project.
_PART = re.compile(
    r"osahank|osatoteut|osuude|(?:kaupungin|kunnan) (?:kokonais|kustannu|budjet)", re.IGNORECASE
)
_PROJECT_COST = re.compile(r"(?<![a-zåäö])hankkeen (?:kustannu|budjet)")
# Of `_partly`: what the figure is not.
_NOT = 2
_WHOLE = re.compile(r"koko hank|hanke kokonaisuu", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:vuodelle|vuonna|v\.)\s+(?P<year>20\d{2})\s*(?:on |:)?\s*(?:yhteensä )?\Z")


@dataclass(frozen=True)
class Naming:
    """`topics` are what its clause may speak of, `sure` what it says and nothing else, as `year`.

    `heard` are the words of the clause, which only label the figure if it `is_labelled`: "rahasto: 2 998 €";
    `carried` the topics of the figure before, if both are of a year.
    `beside` names what "2 991 € (5 %)" gives the share of; `is_of_party` is what another organisation of the
    data pays, `is_of_whole` what is said of the whole project, `is_cell` a bare number of a table; `says` is
    what the row and the column of one say for certain.
    """

    topics: tuple[Topic, ...] = ()
    sure: Topic | None = None
    year: int | None = None
    is_background: bool = False
    is_range: bool = False
    heard: str = ""
    is_labelled: bool = False
    carried: tuple[Topic, ...] = ()
    beside: str = ""
    ranked: tuple[Topic, ...] = ()
    heard_year: int | None = None
    is_of_whole: bool = False
    sentence: str = ""
    is_of_party: bool = False
    is_cell: bool = False
    says: Topic | None = None

    def beside_of(self, before: "Naming", name: str) -> "Naming":
        """Of the share in brackets after the figure that the words before name."""
        return replace(
            self,
            beside=name,
            topics=self.topics or before.topics,
            ranked=self.ranked or before.ranked,
            heard=f"{before.heard} {self.heard}",
        )

    @property
    def is_net_or_gross(self) -> bool:
        return "netto" in self.heard or "brutto" in self.heard

    @property
    def is_of_project_cost(self) -> bool:
        """True for "hankkeen kustannukset", which are the project's or the part's."""
        return self.heard_year is None and _PROJECT_COST.search(self.heard) is not None

    def is_of_project(self, kind: Kind) -> bool:
        """True if its sentence speaks of what the data has figures of."""
        return self.beside != "" or _OF_PROJECT[kind].search(self.sentence) is not None


class Words:
    """The text around each of its figures. Every search is bounded, so that all of them take linear time."""

    def __init__(self, text: str, readings: Sequence[Reading], names: Names) -> None:
        # Names have hyphens of two kinds.
        self._text = one_kind_of_signs(text)
        self._names = names
        self._starts = [0, *(match.end() for match in _ENDS.finditer(text))]
        self._readings = readings
        self._is_monthly = bool(_MONTHLY.search(text))
        self._cells = cells_of(self._text, names)
        # Of "24 095 euroa vuodelle 2017, 22 252 euroa vuodelle 2018" only the first is said to be of costs.
        self._topics_of_years: tuple[Topic, ...] = ()
        self._topics_of_days: tuple[Topic, ...] = ()

    def namings(self) -> Iterator[Naming]:
        """Of each reading, in their order."""
        for place, reading in enumerate(self._readings):
            yield self._naming(place, reading)

    def _naming(self, place: int, reading: Reading) -> Naming:
        cell = self._cells.get(reading.start) if reading.kind is Kind.MONEY else None
        if cell and _is_bare(reading):
            return self._of_cell(cell)
        sentence, clause, after = self._sentence(reading), self._before(place), self._after(place)
        if self._is_in_row(reading):
            clause, after = clause.rsplit("\n", 1)[-1], after.split("\n", 1)[0]
        heard, year = DIVIDED.sub("", f"{clause} {after}"), _year(clause, after)
        topics = _topics(reading, heard, after)
        if topics == (Topic.MEETINGS,) and not self._is_monthly:
            # The data has no meetings to come: it counts one for each month.
            topics = ()
        carried = () if topics or year is None else self._topics_of_years
        if reading.kind is Kind.MONEY:
            self._topics_of_years = () if year is None else topics or carried
        if reading.kind is Kind.DATE:
            # "Rahoituspäätökset 5.5.2017 ja 29.5.2017".
            topics = self._topics_of_days = topics or (
                self._topics_of_days if _NEXT_DAY.match(clause) else ()
            )
        paid_by = payer(sentence, clause, after, self._names)
        said = _item(clause)
        ranked = _ranked(reading.kind, said, after, topics or carried, year is not None)
        return Naming(
            topics=topics,
            sure=_sure(reading, clause, after) if paid_by is Payer.CITY else None,
            is_labelled=clause.rstrip().endswith(":"),
            year=year,
            is_background=paid_by is Payer.UNKNOWN or is_background(reading, sentence, heard, after),
            is_range=self._is_range(place),
            heard=heard.casefold(),
            carried=carried,
            ranked=self._of_part(ranked, heard),
            heard_year=year or _heard_year(clause, after),
            is_of_whole=bool(_WHOLE.search(heard)),
            sentence=sentence,
            is_of_party=paid_by is Payer.PARTY,
            says=cell.says if cell else None,
        )

    def _of_cell(self, cell: NamedCell) -> Naming:
        """Of a bare number in a table: its row and its column say what it is."""
        possible = _named(_TOPICS[Kind.MONEY], cell.label)
        topics = (Topic.CATEGORY,) if Topic.CATEGORY in possible else possible
        return Naming(
            is_background=not cell.is_plain or payer("", cell.label, "", self._names) is Payer.UNKNOWN,
            heard=cell.label.casefold(),
            ranked=self._of_part(_ranked(Kind.MONEY, cell.label, "", topics, True), cell.label),
            heard_year=cell.year,
            sentence=f"{cell.caption} {cell.label}",
            is_cell=True,
            says=cell.says,
        )

    def _is_in_row(self, reading: Reading) -> bool:
        """True after a gap, as tables have it: the next line is of something else."""
        line = self._text[max(0, reading.start - _AFTER) : reading.start].rsplit("\n", 1)[-1]
        return _GAP.search(line) is not None

    def _of_part(self, ranked: tuple[Topic, ...], heard: str) -> tuple[Topic, ...]:
        """What the city's part costs may be called its total."""
        words = heard.casefold()
        is_of_part = bool(_PART.search(heard)) or any(name in words for name in self._names.own)
        if Topic.TOTAL not in ranked or not is_of_part or _WHOLE.search(heard):
            return ranked
        return tuple(dict.fromkeys(Topic.COST if each is Topic.TOTAL else each for each in ranked))

    def _sentence(self, reading: Reading) -> str:
        """With the line before a list, if the figure stands in one of its items."""
        number = bisect_right(self._starts, reading.start) - 1
        begins = self._starts[number]
        ends = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        first, last = reading.start, reading.end
        if ends - begins > _LONGEST:
            # No person writes so: figures near one another have the same piece of it, which is read once.
            first = first // _PIECE * _PIECE
            last = first + _PIECE
        start = max(begins, first - _SENTENCE)
        sentence = self._text[start : min(ends, last + _SENTENCE)]
        return self._lead_in(start) + sentence

    def _before(self, place: int) -> str:
        """From the figure before, or from the beginning of the sentence."""
        reading = self._readings[place]
        start = max(self._starts[bisect_right(self._starts, reading.start) - 1], reading.start - _REACH)
        start = max(start, self._clause_start(place))
        before = self._text[start : reading.start]
        return self._lead_in(start) + before if _LISTED.match(before) else before

    def _clause_start(self, place: int) -> int:
        """After the figure before that is said of something; days only tell when."""
        reading = self._readings[place]
        for earlier in reversed(self._readings[max(0, place - 4) : place]):
            if earlier.kind in _SAID_OF_SOMETHING or reading.kind not in _SAID_OF_SOMETHING:
                return min(earlier.end, reading.start)
        return 0

    def _after(self, place: int) -> str:
        reading = self._readings[place]
        end = reading.end + _AFTER
        if place + 1 < len(self._readings):
            following = self._readings[place + 1]
            # "24 095 euroa vuodelle 2017": the year belongs to what it says.
            end = min(end, following.end if following.kind is Kind.YEAR else following.start)
        number = bisect_right(self._starts, reading.start) - 1
        if number + 1 < len(self._starts):
            end = min(end, self._starts[number + 1])
        after = self._text[reading.end : max(end, reading.end)]
        # What comes after a comma is said of the next figure.
        return _NEXT_FIGURE.split(after, maxsplit=1)[0]

    def _lead_in(self, start: int) -> str:
        if not _LISTED.match(self._text[start : start + 8]):
            return ""
        before = self._text[max(0, start - _LEAD_IN) : start].rstrip().split("\n")
        # Items have colons too.
        while before and (_LISTED.match(before[-1]) or not before[-1].strip()):
            before.pop()
        lead_in = "\n".join(before).rsplit("\n\n", 1)[-1][-_REACH:]
        return lead_in if lead_in.rstrip().endswith(":") else ""

    def _is_range(self, place: int) -> bool:
        """Whether it is one of the ends of "50 000–60 000 euroa"."""
        return self._touches(place - 1) or self._touches(place)

    def _touches(self, place: int) -> bool:
        if not 0 <= place < len(self._readings) - 1:
            return False
        first, second = self._readings[place : place + 2]
        between = self._text[first.end : second.start]
        return first.kind is second.kind and between.strip() in {"-", "\u2013", "\u2014"}


def _topics(reading: Reading, heard: str, after: str) -> tuple[Topic, ...]:
    # Cells of a table have the names of rows and columns, which may say another thing than their words.
    if reading.kind is Kind.PERCENT and _BARE.fullmatch(reading.raw) and "prosent" not in heard.casefold():
        return ()
    if reading.kind is Kind.PERCENT and _SHARE_OF.search(heard):
        return ()
    base = _BASE.match(after)
    if reading.kind is Kind.PERCENT and base and not _BASES.fullmatch(base["base"]):
        return ()
    found = _named(_possible(reading), heard)
    if reading.kind is Kind.PERIOD and _TAKES_TIME.search(heard):
        return (Topic.TIME,)
    # Staff costs are no costs in all.
    return (Topic.CATEGORY,) if Topic.CATEGORY in found else found


def _named(topics: Iterable[Topic], words: str) -> tuple[Topic, ...]:
    said = words.lower()
    return tuple(topic for topic in topics if _NAMING[topic].search(said))


def _is_bare(reading: Reading) -> bool:
    return reading.kind is Kind.MONEY and _BARE.fullmatch(reading.raw) is not None


def _possible(reading: Reading) -> Iterable[Topic]:
    if reading.kind is Kind.COUNT:
        topic = _COUNTED.get(getattr(reading.value, "of", ""))
        return () if topic is None else (topic,)
    return _TOPICS.get(reading.kind, ())


def _ranked(
    kind: Kind, before: str, after: str, topics: tuple[Topic, ...], is_of_year: bool
) -> tuple[Topic, ...]:
    """Those that the figure is said to be, the nearest first; what it is only a part of comes last."""
    taken: list[tuple[str, int, int]] = []
    found: list[tuple[int, int, Topic]] = []
    for topic in topics:
        for side, words in (("before", before), ("after", after)):
            for match in _NAMING[topic].finditer(words.lower()):
                first, last = match.span()
                if any(side == other and first < end and start < last for other, start, end in taken):
                    continue
                taken.append((side, first, last))
                partly = _partly(words, first, is_of_year)
                distance = len(before) - last if side == "before" else first
                found.append((partly, distance, topic))
    ranked = [topic for partly, _distance, topic in sorted(found) if partly < _NOT]
    # Carried topics are said of the figure before.
    return tuple(dict.fromkeys(ranked or (topics if is_of_year and not found else ())))


def _item(clause: str) -> str:
    """Of a clause that begins with the line before a list, the item if it says what the figure is."""
    item = re.split(r"[-\u2013\u2022*][ \t]", clause)[-1] if ":" in clause else clause
    return item if _OF_ITEM.search(item) else clause


def _partly(words: str, start: int, is_of_year: bool) -> int:
    """0 for what a figure may be, 1 for what it may be a part of, 2 for what it is only a part of."""
    if _BASE_WORD.match(words, start) and not is_of_year:
        return _NOT
    return 1 if _PARTLY.match(words, start) else 0


def _heard_year(before: str, after: str) -> int | None:
    years = {int(match["year"]) for words in (before, after) for match in _YEAR_HEARD.finditer(words)}
    return years.pop() if len(years) == 1 else None


def _sure(reading: Reading, before: str, after: str) -> Topic | None:
    if reading.kind is Kind.PERIOD:
        return Topic.TIME if _SURE_TIME.search(before) else None
    return _first(_SURE_BEFORE, before) or _first_after(after)


def said_before(text: str, start: int) -> Topic | None:
    """What the words right before a place call the figure that follows: the costs, or the own share."""
    words = text[max(0, start - _REACH) : start]
    return _first(_SURE_BEFORE, words) or (Topic.OWN if _OWN_FIRST.search(words) else None)


def _first(patterns: Iterable[tuple[Topic, re.Pattern[str]]], words: str) -> Topic | None:
    return next((topic for topic, pattern in patterns if pattern.search(words)), None)


def _first_after(words: str) -> Topic | None:
    return next((topic for topic, pattern in _SURE_AFTER if pattern.match(words)), None)


def _year(before: str, after: str) -> int | None:
    match = _YEAR_AFTER.match(after) or _YEAR_BEFORE.search(before)
    return int(match["year"]) if match else None


def naming_words(name: str) -> tuple[str, ...]:
    """Beginnings of the words of a name that name it and little else, in any case of a sentence."""
    words = re.findall(r"[^\W\d_]+", name)
    names = [word for word in words if len(word) >= _LONG_NAME and not _COMMON.match(word)]
    # The last letters change with the case.
    found = [word.casefold()[: max(_LONG_NAME - 1, len(word) - 2)] for word in names]
    return tuple(found + [word.casefold() for word in words if word.isupper() and len(word) > 2])


def beginnings(names: str) -> tuple[str, ...]:
    """Beginnings of the words of names, in small letters, that stand in every case of a sentence."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", one_kind_of_signs(names))
    proper = [
        word for word in words if len(word) >= _SHORTEST and word[0].isupper() and not _COMMON.match(word)
    ]
    return tuple(dict.fromkeys(word.casefold()[: max(_SHORTEST, len(word) - 2)] for word in proper))
