"""The head of a paper: whose it is, which body and when, the item's number and its title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from projects.decisions.importing.decision import Header
from projects.decisions.importing.labels import is_known
from projects.decisions.importing.layout import Mender, cells
from projects.decisions.importing.titles import is_title

# A head has no more lines, and a title no more signs.
_MOST_LINES = 40
_LONGEST_LINE = 300
_LONGEST_TITLE = 300
_LONGEST_BEFORE = 60

_CITY = re.compile(
    r"(?:[\w-]{1,40} ){1,6}(?:kaupunki|kunta|liitto|maakuntaliitto|hyvinvointialue|[\w-]{0,40}kuntayhtymä)"
    r"|[\w-]{2,40}(?:kunta)?liitto|(?:[\w-]{1,40} ){1,4}[\w-]{0,40}laitos|[\w-]{0,40}kuntayhtymä [\w-]{2,40}",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:[\w-]{1,40},? ){0,6}[\w-]{0,40}"
    r"(?:hallitus|lautakunta|jaosto|valtuusto|johtokunta|toimikunta|neuvosto|jaos|valiokunta|ohjausryhmä)",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"((?:päätös)?pöytäkirja(?:note|n ote)?|ote pöytäkirjasta|esityslista|viranhaltijapäätös|päätöstiedote"
    r"|päätösluettelo)(?: \d{1,3}/\d{4})?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:sivu|s\.) ?\d{1,4}(?: ?\( ?\d{1,4} ?\)| ?/ ?\d{1,4})?"
    r"|\d{1,4} ?(?:\( ?\d{1,4} ?\)|/ ?\d{1,3})|\d{1,4}",
    re.IGNORECASE,
)
_NUMBER_OF_MEETING = re.compile(r"(?:nro |kokous )?\d{1,3} ?/ ?\d{4}|asia \d{1,3}", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")
_TWO_LANGUAGES = re.compile(r" [\u2013/] ")
_WHEN = re.compile(r"(?:kokous\w*|päätöspäivä\w*|päiväys|pvm|pöytäkirjan pvm|aika):?\s", re.IGNORECASE)
_SECTION = re.compile(r"(?:§ ?([1-9]\d{0,3})|(?<![\d.])([1-9]\d{0,3}) ?§)(?:/\d{4})?(?![\d.])")
# Numbers of cases and of items that nobody can have are no titles either.
_NO_NUMBER = re.compile(
    r"(?:asianumero|asianro|asia nro|diaarinumero|diaarinro|diaari|dnro|dno):?\s|§\s?\d|\d+ ?§\Z",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(\d{1,3})(?:\.(?= [^\W\d])| (?= ?[^\W\d])|\Z)")
_CASE_LABEL = re.compile(
    r"(?:asianumero|asianro|asia nro|asia|diaarinumero|diaarinro|diaari|dnro|dno):?\s+(?=\S)", re.IGNORECASE
)
_CASE = re.compile(
    r"(?:[^\W\d_]{1,8}[ :/]\s?)?\d{1,7}(?:/[\d.]{2,20}){1,3}(?<=/(?:19|20)\d\d)"
    r"|[^\W\d_]{2,12}no-\d{4}-\d{1,6}"
    r"|[^\W\d_]{2,4} \d{4}-\d{4,6}"
    r"|\d{1,6}-(?:19|20)\d\d(?= \()",
)
_CLASS_CODE = re.compile(r"\s+T(?: \d\d){2,5}|\s+\(\d\d(?: \d\d)*\)")
_INITIALS = re.compile(r"[^\W\d_]{1,4}(?:/[^\W\d_]{1,4}){1,4}")
_TITLE_LABEL = re.compile(r"(?:asia|otsikko|asian otsikko):?", re.IGNORECASE)
# What stands in a field of a form.
_NO_TITLE = re.compile(
    r"(?:tuen ?saaja|hakija|hanke|hankkeen nimi|maksatuskausi|paikka|läsnä|puheenjohtaja|kesto): ",
    re.IGNORECASE,
)
_LABELLED_TITLE = re.compile(r"(?:asia|otsikko|asian otsikko): +(?=[^\W\d_])", re.IGNORECASE)
# Whose decision it is, before its day and its number.
_DECISION_OF = re.compile(
    r"(?:[\w-]{1,40} )?[\w-]{2,40}(?:johtajan|päällikön|sihteerin|rehtorin) päätös", re.IGNORECASE
)
# What goes on in full sentences is no title.
_SENTENCES = re.compile(r"[a-zåäö)]{2,40}\. +[A-ZÅÄÖ]|[a-zåäö)]{3}\.\Z")


@dataclass
class _Reading:
    header: Header = field(default_factory=Header)
    title: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    is_title_over: bool = False
    # Whether the cell that is read has its line for itself.
    is_alone: bool = False

    def take(self, **found: object) -> None:
        """What was found first stands."""
        new = {name: value for name, value in found.items() if getattr(self.header, name) is None}
        self.header = replace(self.header, **new)  # type: ignore[arg-type]

    @property
    def has_place(self) -> bool:
        return self.header.section is not None or self.header.case_number is not None


def read_header(lines: Sequence[str], mender: Mender) -> tuple[Header, int, list[str]]:
    """The header, how many lines it takes, and what of them was not understood."""
    reading = _Reading()
    end = 0
    for place, line in enumerate(lines[:_MOST_LINES]):
        text = line.strip()
        if not text:
            reading.is_title_over = bool(reading.title)
            continue
        if not reading.title and _is_title_before_place(reading, lines[place:]):
            reading.title.append(text)
        elif _is_before_head(reading, lines[place:]):
            reading.unread.append(text)
        elif not _reads_line(reading, text):
            break
        end = place + 1
    title = mender.one_line(reading.title)
    return replace(reading.header, title=title or None), end, reading.unread


def _reads_line(reading: _Reading, text: str) -> bool:
    """False if it belongs to the text."""
    if len(text) > _LONGEST_LINE:
        return False
    if reading.title:
        return _reads_after_title(reading, text)
    if _TITLE_LABEL.fullmatch(text) and reading.header != Header():
        return True
    if _reads_label(reading, text):
        return True
    if is_known(text):
        return False
    if match := _WHEN.match(text):
        return _reads_when(reading, text, match.end())
    found = cells(text)
    reading.is_alone = len(found) == 1
    left = [rest for cell in found if (rest := _left_of(reading, cell))]
    if not left:
        return True
    if _may_be_title(reading, found, left):
        reading.title.append(_without_case(reading, " ".join(left)))
        return True
    if left == found and not _is_near_head(reading, text):
        return False
    reading.unread += left
    return True


def _reads_label(reading: _Reading, text: str) -> bool:
    if _DECISION_OF.fullmatch(text) and reading.header.city is not None and not reading.has_place:
        reading.unread.append(text)
        return True
    label = _LABELLED_TITLE.match(text) if reading.header != Header() else None
    if label is None or _CASE.match(text, label.end()):
        return False
    reading.title.append(text[label.end() :])
    return True


def _is_before_head(reading: _Reading, lines: Sequence[str]) -> bool:
    """Who wrote a paper that names no body that we know; its day or its case is said right below."""
    text = lines[0].strip()
    if reading.header != Header() or len(text) > _LONGEST_BEFORE or text[-1] in ".,:;" or is_known(text):
        return False
    if any(_left_of(_Reading(), cell) != cell for cell in cells(text)):
        return False
    following = [line.strip() for line in lines[1:6] if line.strip()]
    return text[0].isupper() and any(_WHEN.match(line) and _DAY.search(line) for line in following)


def _is_title_before_place(reading: _Reading, lines: Sequence[str]) -> bool:
    """Whether a paragraph of a head comes right before the item's or the case's number."""
    text = lines[0].strip()
    head = reading.header
    if reading.has_place or head.body is None or head.meeting_date is None or not text[0].isupper():
        return False
    if len(cells(text)) > 1 or is_known(text) or text[-1] in ".:," or len(text) > _LONGEST_LINE:
        return False
    if _left_of(_Reading(header=head), text) != text:
        return False
    rest = [line.strip() for line in lines[1:7]]
    after = next((line for line in rest[rest.index("") if "" in rest else 0 :] if line), "")
    first = cells(after)[:1] or [""]
    place = _Reading()
    return _numbers_left_of(place, first[0]) == "" and place.has_place


def _is_near_head(reading: _Reading, text: str) -> bool:
    """A short line that something of a head stands around."""
    return reading.header != Header() and not reading.has_place and len(text) < 60 and text[-1] not in ".,-"


def _may_be_title(reading: _Reading, found: list[str], left: list[str]) -> bool:
    if not reading.has_place or len(" ".join(left)) > _LONGEST_TITLE or left[0][0].islower():
        return False
    if _NO_NUMBER.match(left[0]) or _NO_TITLE.match(left[0]):
        return False
    return len(found) == 1 or left[0] != found[0] or _SECTION.match(found[0]) is not None


def _without_case(reading: _Reading, title: str) -> str:
    """A title may end with the number of its case: "Laiturivalojen kokeilu, NTLI/304/2025"."""
    bare, comma, rest = title.rpartition(", ")
    if not comma or not _CASE.fullmatch(rest) or reading.header.case_number not in (None, rest):
        return title
    reading.take(case_number=rest)
    reading.is_title_over = True
    return bare


def _reads_after_title(reading: _Reading, text: str) -> bool:
    if reading.header.case_number is None or reading.header.section is None:
        before = reading.header
        left = [rest for cell in cells(text) if (rest := _numbers_left_of(reading, cell))]
        if not left and reading.header != before:
            reading.is_title_over = True
            return True
    if _INITIALS.fullmatch(text):
        reading.unread.append(text)
        return True
    if reading.is_title_over or is_known(text) or reading.title[-1].endswith("."):
        return False
    if _SENTENCES.search(text):
        return False
    if sum(map(len, reading.title)) + len(text) > _LONGEST_TITLE:
        return False
    reading.title.append(text)
    return True


def _reads_when(reading: _Reading, text: str, end: int) -> bool:
    match = _DAY.search(text)
    day = _day(match) if match else None
    if match is None or day is None:
        reading.unread.append(text)
        return True
    reading.take(meeting_date=day)
    left = " ".join((text[end : match.start()] + " " + text[match.end() :]).split()).strip(" ,;")
    if left and _numbers_left_of(reading, left):
        reading.unread.append(left)
    return True


def _left_of(reading: _Reading, cell: str) -> str:
    """What is left of a cell when everything that is known has been read."""
    is_item = cell.isdecimal() and reading.is_alone and _is_item_number(reading)
    if _PAGE.fullmatch(cell) and not is_item:
        return ""
    if match := _DOCUMENT.fullmatch(cell):
        reading.take(document=match[1])
        return ""
    if _NUMBER_OF_MEETING.fullmatch(cell):
        return ""
    if _CITY.fullmatch(cell):
        reading.take(city=cell)
        return ""
    if (match := _DAY.fullmatch(cell)) and (day := _day(match)) is not None:
        reading.take(meeting_date=day)
        return ""
    if (match := _WHEN.match(cell)) and (said := _DAY.fullmatch(cell, match.end())) and _day(said):
        reading.take(meeting_date=_day(said))
        return ""
    # "Vaasan kaupunki – Vasa stad", "Kunnanhallitus / Kommunstyrelsen"
    own, *others = _TWO_LANGUAGES.split(cell)
    if len(others) == 1 and any(kind.fullmatch(own) for kind in (_CITY, _DOCUMENT, _BODY)):
        return _left_of(reading, own)
    bare, _comma, rest = cell.partition(", ")
    if rest and _numbers_left_of(reading, rest) == "" and _reads_body(reading, bare):
        return ""
    if _reads_body(reading, cell):
        return ""
    return _numbers_left_of(reading, cell)


def _is_item_number(reading: _Reading) -> bool:
    head = reading.header
    return head.section is None and None not in (head.document, head.body) and head.meeting_date is not None


def _reads_body(reading: _Reading, cell: str) -> bool:
    if _BODY.fullmatch(cell):
        reading.take(body=cell)
        return True
    document = (reading.header.document or "").casefold()
    if document == "viranhaltijapäätös" and reading.header.body is None and is_title(cell):
        reading.take(body=cell)
        return True
    return False


def _reads_body_and_day(reading: _Reading, text: str) -> bool:
    """ "Kaupunginhallitus 3.6.2025" of this meeting; that of another body is a stage that is over."""
    match = _DAY.search(text)
    body = text[: match.start()].strip(" ,") if match else text
    head = reading.header
    if match and (text[match.end() :].strip() or _day(match) is None):
        return False
    if body and head.body is not None and body.casefold() != head.body.casefold():
        return False
    if body and not _reads_body(reading, body):
        return False
    if match:
        reading.take(meeting_date=_day(match))
    return True


def _numbers_left_of(reading: _Reading, cell: str) -> str:
    """What is left when the item's and the case's number have been read, with a body before them."""
    if match := _SECTION.search(cell):
        before, after = cell[: match.start()].strip(" ,"), cell[match.end() :].strip()
        if not before or _reads_body_and_day(reading, before):
            reading.take(section=match[1] or match[2])
            if (of_meeting := _DAY.fullmatch(after)) and (day := _day(of_meeting)):
                reading.take(meeting_date=day)
                return ""
            return _numbers_left_of(reading, after) if after else ""
    elif _is_item_number(reading) and (match := _ITEM.match(cell)):
        reading.take(section=match[1])
        return cell[match.end() :].strip()
    label = _CASE_LABEL.match(cell)
    start = label.end() if label else 0
    if match := _CASE.match(cell, start):
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


def _day(match: "re.Match[str]") -> date | None:
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None
