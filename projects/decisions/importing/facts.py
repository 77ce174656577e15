"""What a paper says of its project: its name, time, size and parties."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from projects.choices import ImplementerRole
from projects.decisions.figures.readings import Count, Kind, Period, Reading
from projects.decisions.importing.decision import ReadDecision
from projects.decisions.importing.sentences import Sentence

_TIME = re.compile(r"toteutusai|toteutetaan|kestää|hanke on|ajalla|toteutus alkaa", re.IGNORECASE)
_EARLIER = re.compile(r"aiemm|aiempi|edellis", re.IGNORECASE)
_NEW_TIME = re.compile(r"uusi toteutusaika", re.IGNORECASE)
_TAKES_PART = re.compile(r"osallistu|otetaan|mukana|valitaan|kutsutaan|mukaan|perustetaan", re.IGNORECASE)
# "30–50 yritystä", "vähintään 30 ja enintään 50 yritystä", "30 tai 40 yritystä".
_RANGE = re.compile(
    r"(?<![\d.,])(\d{1,4}) {0,2}(?:[-\u2013]|tai|ja (?:enintään|korkeintaan)) {0,2}\Z", re.IGNORECASE
)
# "Yrityksiä on yhteensä 120", and "ryhmään kuuluu 30 yritystä, yhteensä 120".
_IN_ALL = re.compile(
    r"(?:yrityksiä on|yritystä,) (?:yhteensä|kaikkiaan) (\d{1,5})(?!\d|[.,]\d|[ \u00a0](?:\d|€|eur|prosent))"
)
_LEAD = re.compile(r"päätoteutta", re.IGNORECASE)
# Who asks the city to be a "osatoteuttajaksi" is none itself.
_OTHERS = re.compile(r"osatoteuttaja(?!ksi)", re.IGNORECASE)
_GIVES = re.compile(r"rahoit|myön|tuki|tuen|tukea", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:kaupungin|kunnan) )?(?:osallistuminen|muutoshakemus|päätös osallistua"
    r"|(?:(?:kunta|oma)?rahoitu(?:s|ksen)|(?:kunta|oma)?(?:rahoitus|maksu)?osuu(?:s|den))(?: myöntäminen)?)"
    r"\s+(?:(?:kaupungin|kunnan)\s+)?(?:hankkee(?:seen|lle)\s+(?=\S+ ))?(.{3,200})",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\s+[-\u2013\u2011]\s?(?:[\w+-]{0,30})hank\w*|[- ](?:kehittämis)?hank(?:e|keen|keeseen|keelle)\b"
)
# "EAKR-hankkeeseen" says the programme, not the project.
_OF_PROGRAMME = re.compile(r"(?:EAKR|ESR ?\+?|JTF|AKKE|Leader|Interreg|LIFE|EU)(?:-\w+)?", re.IGNORECASE)
_SHORT = re.compile(r"(.{3,150}?)\s*\(([\w. -]{2,40})\)\Z")
# "Pitkä nimi ”Lyhyt”"
_QUOTED = re.compile(r"(.{3,150}?)[\s,]+[\"\u201d\u201c]([\w. -]{2,40})[\"\u201d\u201c]\Z")
_CONNECTING = {"ja", "sekä", "tai", "eli", "että", "osana", "\u2013", "-"}
# What an organisation's name ends with, as it is written in the base form.
_FORMS = ("Oy", "Oyj", "ry", "sr", "Ky", "Ab")
_NOUNS = (
    *("yliopisto", "ammattikorkeakoulu", "ammattiopisto", "maakuntaliitto", "kehittämisrahasto", "säätiö"),
    *("liitto", "kuntayhtymä"),
)
_STEMS = {noun[:-2] if noun.endswith("liitto") else noun: noun for noun in _NOUNS}
_FUNDERS = ("liitto", "maakuntaliitto", "kehittämisrahasto")
# "Maakunnan liitto" is one that the reader knows.
_OF_ANYWHERE = ("maakunnan ", "kunnan ", "alueen ")
_LONGEST_NAME = 5
_WORD = re.compile(r"[\w&.'/-]+")


@dataclass(frozen=True)
class Party:
    name: str
    role: ImplementerRole


@dataclass(frozen=True)
class ProjectFacts:
    """Unknown is None, and an unknown name is empty.

    `company_range` is what the paper says instead of one number of companies.
    """

    name: str
    short_name: str
    starts_on: date | None
    ends_on: date | None
    target_companies: int | None
    parties: tuple[Party, ...]
    company_range: tuple[int, int] | None = None


def read_facts(paper: ReadDecision, sentences: Sequence[Sentence]) -> ProjectFacts:
    name, short_name = _names(paper.header.title or "")
    time = next(_times(sentences), None)
    companies, company_range = _companies(sentences)
    return ProjectFacts(
        name=name,
        short_name=short_name,
        starts_on=time.start if time else None,
        ends_on=time.end if time else None,
        target_companies=companies,
        parties=tuple(_parties(sentences)),
        company_range=company_range,
    )


def _names(title: str) -> tuple[str, str]:
    """The project's name and its short one: "Osallistuminen Pitkä nimi (Lyhyt) -hankkeeseen"."""
    match = _TITLE.match(title)
    rest = match[1] if match else title
    end = _PROJECT.search(rest)
    if end is None:
        return (rest if match and "hank" in title[: match.start(1)].casefold() else title), ""
    name = rest[: end.start()].strip(" ,")
    if _OF_PROGRAMME.fullmatch(name):
        return title, ""
    short = _SHORT.fullmatch(name) or _QUOTED.fullmatch(name)
    return (short[1], short[2]) if short and len(short[2]) < len(short[1]) else (name, "")


def short_name_of(name: str, longest: int) -> str:
    """A name that is too long, up to the last whole word that fits."""
    if len(name) <= longest:
        return name
    words = name[: longest + 1].split()[:-1]
    while len(words) > 1 and words[-1].rstrip(",").casefold() in _CONNECTING:
        words.pop()
    return " ".join(words).rstrip(" ,:\u2013-") or name[:longest]


def _times(sentences: Sequence[Sentence]) -> Iterator[Period]:
    """Periods of days, not of whole programmes; what a change makes of them first."""
    for sentence in sorted(sentences, key=lambda sentence: not sentence.says(_NEW_TIME)):
        if not sentence.says(_TIME) or sentence.says(_EARLIER):
            continue
        for reading in sentence.of(Kind.PERIOD):
            if isinstance(reading.value, Period) and reading.raw.count(".") >= 2:
                yield reading.value


def _companies(sentences: Sequence[Sentence]) -> tuple[int | None, tuple[int, int] | None]:
    """The most that take part: groups of them are said, too. None of a range that says more."""
    counts = [int(match[1]) for sentence in sentences for match in _IN_ALL.finditer(sentence.text)]
    ranges: list[tuple[int, int]] = []
    for sentence, reading, number in _companies_said(sentences):
        start = _RANGE.search(sentence.text[: reading.start])
        if start is not None and int(start[1]) < number:
            ranges.append((int(start[1]), number))
        elif not reading.raw.isdecimal():
            counts.append(number)
    most = max(counts, default=None)
    widest = max(ranges, key=lambda each: each[1], default=None)
    return (None, widest) if widest and (most is None or widest[1] > most) else (most, None)


def _companies_said(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Reading, int]]:
    for sentence in sentences:
        if sentence.says(_TAKES_PART) and not sentence.says(_EARLIER):
            for reading in sentence.of(Kind.COUNT):
                if isinstance(reading.value, Count) and reading.value.of == "yritys":
                    yield sentence, reading, reading.value.number


def _parties(sentences: Sequence[Sentence]) -> Iterator[Party]:
    found: set[str] = set()
    has_lead = False
    for sentence in sentences:
        if not (sentence.says(_LEAD) or sentence.says(_OTHERS) or sentence.says(_GIVES)):
            continue
        for name, start in organisations_in(sentence.text):
            role = _role(sentence, name, start)
            if role is None or name.casefold() in found or (role is ImplementerRole.LEAD and has_lead):
                continue
            has_lead = has_lead or role is ImplementerRole.LEAD
            found.add(name.casefold())
            yield Party(name, role)


def _role(sentence: Sentence, name: str, start: int) -> ImplementerRole | None:
    if name.casefold().startswith(_OF_ANYWHERE):
        return None
    if name.casefold().endswith(_FUNDERS):
        return ImplementerRole.FUNDER_ONLY if sentence.says(_GIVES) else None
    lead, other = _LEAD.search(sentence.text), _OTHERS.search(sentence.text)
    if lead and (other is None or abs(lead.start() - start) < abs(other.start() - start)):
        return ImplementerRole.LEAD
    return ImplementerRole.CO_IMPLEMENTER if other else None


def organisations_in(text: str) -> Iterator[tuple[str, int]]:
    """Names in their base form, and where they stand: "Oulun yliopiston" is Oulun yliopisto."""
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        end = _end_of_name(word[0])
        first = place
        while (
            end
            and first
            and place - first < _LONGEST_NAME
            and _goes_before(words[first - 1], words[first], text)
        ):
            first -= 1
        if end and first < place:
            yield " ".join([*(each[0] for each in words[first:place]), end]), words[first].start()


def _end_of_name(word: str) -> str:
    bare = word.rstrip(".").partition(":")[0]
    if bare in _FORMS:
        return bare
    return next((noun for stem, noun in _STEMS.items() if bare.startswith(stem)), "")


def _goes_before(before: "re.Match[str]", word: "re.Match[str]", text: str) -> bool:
    """Whether it belongs to the same name: capitalised, or the word between a capital one and the form."""
    if text[before.end() : word.start()] != " " or before[0].endswith("."):
        return False
    return before[0][0].isupper() and not before[0].casefold().startswith(
        ("hank", "kunta ", "päätoteut", "rahoit")
    )
