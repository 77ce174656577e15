"""What a cell of a paper's head says: a city, a body, a day, a page, the item's and the case's number."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from projects.decisions.importing.bodies import is_body, paper_of
from projects.decisions.importing.decision import Header
from projects.decisions.importing.labels import is_known
from projects.decisions.importing.titles import is_title

_CITY = re.compile(
    r"(?:[\w-]{1,40} ){1,6}(?:kaupunki|kunta|liitto|maakuntaliitto|hyvinvointialue|[\w-]{0,40}kuntayhtymä)"
    r"|[\w-]{2,40}(?:kunta)?liitto|(?:[\w-]{1,40} ){1,4}[\w-]{0,40}laitos|[\w-]{0,40}kuntayhtymä [\w-]{2,40}",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"((?:päätös|kokous)?pöytäkirja(?:note|n ote)?|ote pöytäkirjasta|esityslista|viranhaltijapäätös"
    r"|päätöstiedote|päätösluettelo)(?: \d{1,3}/\d{4})?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:sivu(?:/sida)?|s\.) ?\d{1,4}(?: ?\( ?\d{1,4} ?\)| ?/ ?\d{1,4})?"
    r"|\d{1,4} ?(?:\( ?\d{1,4} ?\)|/ ?\d{1,3})|\d{1,4}",
    re.IGNORECASE,
)
_NUMBER_OF_MEETING = re.compile(r"(?:nro |kokous )?\d{1,3} ?/ ?\d{4}", re.IGNORECASE)
DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_TIME = re.compile(r"(?:klo|kello)\s", re.IGNORECASE)
_TWO_LANGUAGES = re.compile(r" [\u2013/] ")
WHEN = re.compile(r"(?:kokous\w*|päätöspäivä\w*|päiväys|pvm|pöytäkirjan pvm|aika):?\s", re.IGNORECASE)
SECTION = re.compile(r"(?:§ ?([1-9]\d{0,3})|(?<![\d./])([1-9]\d{0,3}) ?§)(?:/\d{4})?(?![\d.])")
# Where an agenda has no §: "13 Hanke", "13. Hanke", "Asia 13: Hanke", "Asianro 13".
_ITEM = re.compile(
    r"(?P<label>asia/|(?:asia|asianumero|asianro|asia nro|asiakohta):? )?(?P<number>[1-9]\d{0,2})"
    r"(?:[.:]?\Z|[.:]? (?P<title>(?:- ?|\u2013 ?)?(?-i:[A-ZÅÄÖ]).*))",
    re.IGNORECASE,
)
# Municipalities of two languages write both: "Asianumero / Ärendenummer".
_OF_CASE = r"(?:asianumero|asianro|asia nro|diaarinumero|diaarinro|diaari|dnro|dno)(?: ?/ ?[^\W\d_]{2,20})?:?"
_CASE_LABEL = re.compile(rf"(?:{_OF_CASE}|asia:?)\s+(?=\S)", re.IGNORECASE)
_LABEL_ALONE = re.compile(_OF_CASE, re.IGNORECASE)
CASE = re.compile(
    r"(?:[A-ZÅÄÖ]{2,8} (?=[A-ZÅÄÖ]/\d))?(?:[^\W\d_]{1,8}[ :/]\s?)?"
    r"\d{1,7}(?:/[\d.]{2,20}){1,3}(?<=/(?:19|20)\d\d)"
    r"|[^\W\d_]{2,12}no-\d{4}-\d{1,6}"
    r"|[^\W\d_]{2,4} \d{4}-\d{4,6}"
    r"|\d{1,6}-(?:19|20)\d\d(?= \()",
)
_CLASS_CODE = re.compile(r"\s+T(?: \d\d){2,5}|\s+\(\d\d(?: \d\d)*\)")
# What goes on in full sentences is no title.
SENTENCES = re.compile(r"[a-zåäö)]{2,40}\. +[A-ZÅÄÖ]|[a-zåäö)]{3}\.\Z")
_OF_OFFICIALS = {"viranhaltijapäätös", "päätös"}
_MOST_LISTED, _LONGEST_SHORT = 4, 6


@dataclass
class Reading:
    header: Header = field(default_factory=Header)
    title: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    is_title_over: bool = False
    # Whether the cell that is read has its line for itself.
    is_alone: bool = False
    # Of the agenda: what the item is numbered with where no § is said.
    item: str | None = None
    # A line was left unread that could be the title: a number after it is a part's.
    may_have_title: bool = False
    # The text has a line that begins with 2, so that a line with 1 may be its first part.
    has_second_part: bool = False

    def add_title(self, line: str) -> None:
        """Below "Hanke Merenkurkku /" it stands in the other language."""
        self.is_title_over = self.is_title_over or line.endswith(" /")
        self.title.append(line.removesuffix(" /"))

    def take(self, **found: object) -> None:
        """What was found first stands."""
        new = {name: value for name, value in found.items() if getattr(self.header, name) is None}
        self.header = replace(self.header, **new)  # type: ignore[arg-type]

    @property
    def has_place(self) -> bool:
        return any(each is not None for each in (self.header.section, self.header.case_number, self.item))


def left_of(reading: Reading, cell: str) -> str:
    """What is left of a cell when everything that is known has been read."""
    item = _ITEM.fullmatch(cell)
    if item and _is_item(reading, item):
        return _reads_item(reading, item)
    if (item and item["label"] and not item["title"]) or _says_no_field(cell):
        return ""
    # "Vaasan kaupunki – Vasa stad", "Kunnanhallitus / Kommunstyrelsen"
    own, *others = _TWO_LANGUAGES.split(cell)
    if len(others) == 1 and any(is_kind(own) for is_kind in (_CITY.fullmatch, _DOCUMENT.fullmatch, is_body)):
        return left_of(reading, own)
    if any(reads(reading, cell) for reads in _NAMES):
        return ""
    has_day = DAY.search(cell) is not None and SECTION.search(cell) is None
    if (has_day and _reads_body_and_day(reading, cell)) or _reads_listed(reading, cell):
        return ""
    return numbers_left_of(reading, cell)


def _says_no_field(cell: str) -> bool:
    return (_PAGE.fullmatch(cell) or _NUMBER_OF_MEETING.fullmatch(cell)) is not None


def _is_item(reading: Reading, item: "re.Match[str]") -> bool:
    """A number that nothing says what it is may be a page's, or that of a part of the text."""
    head, title = reading.header, item["title"]
    known = sum(each is not None for each in (head.body, head.meeting_date, head.document))
    if head.section is not None or reading.item is not None or not known:
        return False
    if title and (is_known(title) or title[-1] in ".:" or SENTENCES.search(title)):
        return False
    if title and any(reads(Reading(), title) for reads in _NAMES):
        return False
    if item["label"]:
        return True
    if reading.title or reading.may_have_title or head.body is None:
        return False
    if item["number"] == "1" and reading.has_second_part:
        return False
    return known > 1 if title else reading.is_alone and known == 3


def _reads_item(reading: Reading, item: "re.Match[str]") -> str:
    reading.item = item["number"]
    return (item["title"] or "").strip()


def _reads_document(reading: Reading, text: str) -> bool:
    match = _DOCUMENT.fullmatch(text)
    if match is not None:
        reading.take(document=match[1])
        return True
    # Alone on its line it is a part's label.
    is_decision = text.casefold() == "päätös" and not (reading.is_alone or reading.has_place or reading.title)
    if is_decision:
        reading.take(document=text)
    return is_decision


def _reads_city(reading: Reading, text: str) -> bool:
    is_city = _CITY.fullmatch(text) is not None
    if is_city:
        reading.take(city=text)
    return is_city


def reads_day(reading: Reading, text: str) -> bool:
    when = WHEN.match(text)
    match = DAY.fullmatch(text, when.end() if when else 0)
    day = day_of(match) if match else None
    if day is not None:
        reading.take(meeting_date=day)
    return day is not None


def reads_body(reading: Reading, text: str) -> bool:
    if is_body(text):
        reading.take(body=text[0].upper() + text[1:])
        return True
    its = paper_of(text)
    if its is not None:
        if (reading.header.body or its.body).casefold() != its.body.casefold():
            return False
        if its.is_anybodys and reading.header.city is None:
            return False
        reading.take(body=its.body, document=its.document)
        return True
    document = (reading.header.document or "").casefold()
    if document in _OF_OFFICIALS and reading.header.body is None and is_title(text):
        reading.take(body=text)
        return True
    return False


_NAMES = (_reads_document, _reads_city, reads_day, reads_body)


def _reads_body_and_day(reading: Reading, text: str) -> bool:
    """ "Kaupunginhallitus 3.6.2025" of this meeting; that of another body or day is a stage that is over."""
    match = DAY.search(text)
    body = text[: match.start()].strip(" ,") if match else text
    after = text[match.end() :].strip(" ,") if match else ""
    head = reading.header
    if (after and not _TIME.match(after)) or (match and day_of(match) is None):
        return False
    if match and head.meeting_date not in (None, day_of(match)):
        return False
    if body and head.body is not None and is_body(body) and body.casefold() != head.body.casefold():
        return False
    if body and not reads_body(reading, body):
        return False
    if match:
        reading.take(meeting_date=day_of(match))
    reading.unread += [after] if after else []
    return True


def _reads_listed(reading: Reading, cell: str) -> bool:
    """ "Kuopion kaupunki, kaupunginhallitus, 3.6.2025, § 13": all of it, or nothing."""
    pieces = cell.split(", ")
    if not 1 < len(pieces) <= _MOST_LISTED:
        return False
    before = replace(reading, unread=list(reading.unread))
    if all(left_of(reading, piece) == "" for piece in pieces):
        return True
    reading.header, reading.item, reading.unread = before.header, before.item, before.unread
    return False


def numbers_left_of(reading: Reading, cell: str) -> str:
    """What is left when the item's and the case's number have been read, with a body before them."""
    if match := SECTION.search(cell):
        before, after = cell[: match.start()].strip(" ,"), cell[match.end() :].strip(" ,")
        is_said = not before or _is_short_for(before, reading.header.body)
        if is_said or _reads_body_and_day(reading, before) or _reads_document(reading, before):
            reading.take(section=match[1] or match[2])
            if reads_day(reading, after):
                return ""
            return numbers_left_of(reading, after) if after else ""
    elif (item := _ITEM.fullmatch(cell)) and _is_item(reading, item):
        return _reads_item(reading, item)
    return _case_left_of(reading, cell)


def _is_short_for(text: str, body: str | None) -> bool:
    """ "Khall", "KH" and "MHS": some letters of the body, in their order and from its first one on."""
    if body is None or not text.isalpha() or len(text) > _LONGEST_SHORT:
        return False
    letters = iter(body.split()[-1].casefold())
    return text[0].casefold() == body.split()[-1][0].casefold() and all(
        sign in letters for sign in text.casefold()
    )


def _case_left_of(reading: Reading, cell: str) -> str:
    if _LABEL_ALONE.fullmatch(cell):
        return ""
    label = _CASE_LABEL.match(cell)
    start = label.end() if label else 0
    if match := CASE.match(cell, start):
        left = cell[match.end() :]
        code = _CLASS_CODE.match(left)
        left = left[code.end() :] if code else left
        if not left.strip():
            reading.take(case_number=" ".join(match[0].split()))
            return ""
    elif label and re.fullmatch(r"\d{1,6}/\d{4}", cell[start:].strip()):
        reading.take(case_number=cell[start:].strip())
        return ""
    return cell


def day_of(match: "re.Match[str]") -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
