"""What the words around a figure say that it is."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from projects.decisions.check.known import Topic
from projects.decisions.figures.reader import DIVIDED
from projects.decisions.figures.readings import Kind, Reading

# Nobody explains a figure with words that stand farther away.
_REACH = 160
_AFTER = 60
_LEAD_IN = 400
_ENDS = re.compile(r"[.!?](?=\s+[A-ZÅÄÖ])|\n[ \t]*\n|\n(?=[ \t]*[-\u2013\u2022*][ \t])|;")
_LISTED = re.compile(r"\s*[-\u2013\u2022*][ \t]")

# Other things than the project: what they say of figures is not in its data.
_BACKGROUND = re.compile(
    r"kynnysarvo|hankintala|de minimis|vähämerkityks|tilasto|liikevaih|väestö|väkilu|asukas|asukka|työttömy"
    r"|työpaik|bruttokansan|koko maa|valtakun|hallintosään|kilpailut|tarjou|edelli[sn]|aiem(?:m|p)|aikaisem"
    r"|viime|keskimäär|tuntihin|hintaan|hinta |hinnan|hinnaksi|yksikköhin|osallistumismaks|palkkio|laina"
    r"|korko|korot|inflaatio|indeksi|ohjelmakau|rakennerahasto-oh|talousarvio|verovuo|jäsenmaks|osakke"
    r"|tutkimu(?:s|ksen) mukaan|kysely|nettotyö|yrityksistä|ylittä|alitta|hankintara"
    # What was used, and what has changed since.
    r"|käytetty|sidottu|toteutun|jäljellä|lisäys|lisäyk|kasva(?:a|vat|nut|neet)|nous(?:ee|i|evat)|vähene|väheni"
    r"|tuolloin|alkuperäi",
    re.IGNORECASE,
)
# Right after a figure: what each one of many costs.
_EACH = re.compile(
    r"\s{0,2}(?:/|per\b|kuukaudessa|kuussa|vuodessa|päivässä|tunnilta|tunnissa|kappale|osallistujalta"
    r"|asukas|asukkaalta|yritykseltä|yritystä kohti|hengeltä|osakkeelta|kilometri)",
    re.IGNORECASE,
)
_BARE = re.compile(r"[\d\s.,\u2212\u2013-]+")
# "43 % kuntarahoituksesta" is no share of the project.
_BASE = re.compile(r"[\s)]{0,3}(?P<base>[a-zåäö-]+(?:sta|stä))(?!\w)", re.IGNORECASE)
_BASES = re.compile(
    r"(?:(?:kokonais|netto|brutto|osahankkeen |hankkeen )?(?:kustannuksista|rahoituksesta|budjetista))"
    r"|(?:osa)?hankkeesta|kokonaisuudesta|kaupungilta",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"tukikelpoi|enimmäis|tukiprosent|ohjelma|tuki-intensiteet|korkein", re.IGNORECASE)

_NOUNS: dict[Topic, str] = {
    Topic.TOTAL: r"kokonaiskustannu|kokonaisbudjet|koko hankkeen",
    Topic.SHARED: r"yhtei(?:siin|set|sten|sistä|siä) kustannu|yhteiskustannu|laskutta",
    Topic.OWN: r"omarahoitu|oma(?:a|n)? rahoitu|omavastuu|(?:kaupungin|kunnan) (?:rahoitus|maksu)?osuu",
    Topic.CATEGORY: (
        r"palk(?:ka|at|koi)|ostopalvel|matkakust|matkat|hankinnat|laittee|flat rate|prosenttimääräi|työpano"
        r"|muut? kustannu|muihin kustannu|yleiskustannu|kertakorvau|kustannuslaj"
    ),
    Topic.COST: r"(?<![a-zåäö])(?:kokonais|netto|brutto)?kustannu|(?<![a-zåäö])(?:kokonais|hanke)?budjet",
    Topic.GRANT: r"tuki\b|tuen\b|tukea\b|avustu|EAKR|ESR\b",
    Topic.SOURCE: r"rahoitu|rahasto",
    Topic.CAP: r"valtuu|osallistu|varautu|sitoutu|varaa|kaupunki maksaa",
    Topic.LIABILITY: r"kokonaisvastu",
    Topic.TIME: r"toteutusa|toteutetaan|toteutuu|hankeaika|hanke (?:kestää|alkaa|päättyy)|hankkeen kesto",
    Topic.GRANT_DAY: r"rahoituspäätö",
    Topic.COMPANIES: r"osallistu|ryhm",
    Topic.GROUPS: r"peruste|muodost|kokoaa|ryhmää",
    Topic.MEETINGS: r"kokoontu",
}
_SAID_OF_SOMETHING = (Kind.MONEY, Kind.PERCENT, Kind.POINTS, Kind.COUNT)
# Words of names that name many things.
_COMMON = re.compile(
    r"rahoitu|omarahoitu|kaupun|kunta|kunti|kunnan|valtio|yksity|julki|hank|osuu|yrity|kehittämisyht|kustann|lähde",
    re.IGNORECASE,
)
_LONG_NAME = 7
NAMING = {topic: re.compile(pattern, re.IGNORECASE) for topic, pattern in _NOUNS.items()}
# By kind of figure, the topics that words can give it.
_TOPICS: dict[Kind, tuple[Topic, ...]] = {
    Kind.MONEY: (
        *(Topic.CATEGORY, Topic.TOTAL, Topic.SHARED, Topic.OWN),
        *(Topic.COST, Topic.GRANT, Topic.SOURCE, Topic.CAP, Topic.LIABILITY),
    ),
    Kind.PERCENT: (Topic.CATEGORY, Topic.OWN, Topic.GRANT, Topic.SOURCE, Topic.COST),
    Kind.PERIOD: (Topic.TIME,),
    Kind.DATE: (Topic.TIME, Topic.GRANT_DAY),
}
_COUNTED = {"yritys": Topic.COMPANIES, "ryhmä": Topic.GROUPS, "kokoontuminen": Topic.MEETINGS}

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
_SURE_TIME = re.compile(r"toteutus(?:aika on|aika:|ajaksi)\s+\Z|hanke toteutetaan\s+\Z", re.IGNORECASE)
_SURE_AFTER: tuple[tuple[Topic, re.Pattern[str]], ...] = (
    (Topic.OWN, re.compile(r"\s*(?:on )?kaupungin oma(?:a )?rahoitusta\b", re.IGNORECASE)),
)
_YEAR_AFTER = re.compile(
    r"\s*(?:\(\d{1,2} ?%\)\s*)?(?:kohdistuu |tulee |käytetään |maksetaan )?"
    r"(?:vuodelle|vuonna|vuoden|v\.)\s+(?P<year>20\d{2})(?!\d|\s*[-\u2013])"
)
_YEAR_BEFORE = re.compile(r"\b(?:vuodelle|vuonna|v\.)\s+(?P<year>20\d{2})\s*(?:on |:)?\s*(?:yhteensä )?\Z")


@dataclass(frozen=True)
class Naming:
    """`topics` are what its clause may speak of, `sure` what it says and nothing else, as `year`.

    `heard` are the words of the clause, which only label the figure if it `is_labelled`: "rahasto: 2 998 €";
    `carried` the topics of the figure before, if both are of a year.
    `beside` names what "2 991 € (5 %)" gives the share of.
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


class Words:
    """The text around each of its figures. Every search is bounded, so that all of them take linear time."""

    def __init__(self, text: str, readings: Sequence[Reading]) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in _ENDS.finditer(text))]
        self._readings = readings
        # Of "24 095 euroa vuodelle 2017, 22 252 euroa vuodelle 2018" only the first is said to be of costs.
        self._topics_of_years: tuple[Topic, ...] = ()
        self._topics_of_days: tuple[Topic, ...] = ()

    def namings(self) -> Iterator[Naming]:
        """Of each reading, in their order."""
        for place, reading in enumerate(self._readings):
            yield self._naming(place, reading)

    def _naming(self, place: int, reading: Reading) -> Naming:
        sentence, clause, after = self._sentence(reading), self._before(place), self._after(place)
        heard, year = DIVIDED.sub("", f"{clause} {after}"), _year(clause, after)
        topics = _topics(reading, heard, after)
        carried = () if topics or year is None else self._topics_of_years
        if reading.kind is Kind.MONEY:
            self._topics_of_years = () if year is None else topics or carried
        if reading.kind is Kind.DATE:
            # "Rahoituspäätökset 5.5.2017 ja 29.5.2017".
            topics = self._topics_of_days = topics or (self._topics_of_days if clause.strip() == "ja" else ())
        return Naming(
            topics=topics,
            sure=_sure(reading, clause, after),
            is_labelled=clause.rstrip().endswith(":"),
            year=year,
            is_background=self._is_background(reading, sentence, after),
            is_range=self._is_range(place),
            heard=heard.casefold(),
            carried=carried,
        )

    def _is_background(self, reading: Reading, sentence: str, after: str) -> bool:
        if _BACKGROUND.search(sentence) or _EACH.match(after):
            return True
        return reading.kind is Kind.PERCENT and _LIMIT.search(sentence) is not None

    def _sentence(self, reading: Reading) -> str:
        """With the line before a list, if the figure stands in one of its items."""
        number = bisect_right(self._starts, reading.start) - 1
        start = max(self._starts[number], reading.start - _REACH)
        follows = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        sentence = self._text[start : min(follows, reading.end + _REACH)]
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
        return re.split(r",\s|\bja\b|\bsekä\b", after, maxsplit=1)[0]

    def _lead_in(self, start: int) -> str:
        if not _LISTED.match(self._text[start : start + 8]):
            return ""
        before = self._text[max(0, start - _LEAD_IN) : start]
        return before[: before.rfind(":") + 1].rsplit("\n\n", 1)[-1][-_REACH:]

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
    if reading.kind in (Kind.MONEY, Kind.PERCENT) and _BARE.fullmatch(reading.raw):
        return ()
    base = _BASE.match(after)
    if reading.kind is Kind.PERCENT and base and not _BASES.fullmatch(base["base"]):
        return ()
    found = tuple(topic for topic in _possible(reading) if NAMING[topic].search(heard))
    # Staff costs are no costs in all.
    return (Topic.CATEGORY,) if Topic.CATEGORY in found else found


def _possible(reading: Reading) -> Iterable[Topic]:
    if reading.kind is Kind.COUNT:
        topic = _COUNTED.get(getattr(reading.value, "of", ""))
        return () if topic is None else (topic,)
    return _TOPICS.get(reading.kind, ())


def _sure(reading: Reading, before: str, after: str) -> Topic | None:
    if reading.kind is Kind.PERIOD:
        return Topic.TIME if _SURE_TIME.search(before) else None
    return _first(_SURE_BEFORE, before) or _first_after(after)


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
