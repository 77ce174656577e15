"""The head of a paper: whose it is, which body and when, the item's number and its title."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from projects.decisions.importing.decision import Header
from projects.decisions.importing.head_cells import (
    CASE,
    DAY,
    SECTION,
    SENTENCES,
    WHEN,
    Reading,
    day_of,
    left_of,
    numbers_left_of,
    reads_body,
    reads_day,
)
from projects.decisions.importing.labels import is_known
from projects.decisions.importing.layout import Mender, cells

# A head has no more lines, and a title no more signs.
_MOST_LINES = 40
_LONGEST_LINE = 300
_LONGEST_TITLE = 300
_LONGEST_BEFORE = 60

# Numbers of cases and of items that nobody can have are no titles either.
_NO_NUMBER = re.compile(
    r"(?:asianumero|asianro|asia nro|diaarinumero|diaarinro|diaari|dnro|dno)(?: ?/ ?\w{2,20})?:?\s"
    r"|§\s?\d|\d+ ?§\Z",
    re.IGNORECASE,
)
_SECOND_PART = re.compile(r"\s*2\.? +[A-ZÅÄÖ]")
_INITIALS = re.compile(r"[^\W\d_]{1,4}(?:/[^\W\d_]{1,4}){1,4}")
_TITLE_LABEL = re.compile(r"(?:asia|otsikko|asian otsikko):?", re.IGNORECASE)
# What stands in a field of a form.
_NO_TITLE = re.compile(
    r"(?:tuen ?saaja|hakija|hanke|hankkeen nimi|maksatuskausi|paikka|läsnä|puheenjohtaja|kesto): ",
    re.IGNORECASE,
)
_LABELLED_TITLE = re.compile(r"(?:asia|otsikko|asian otsikko)(?:: +| {2,}|\t+)(?=[^\W\d_])", re.IGNORECASE)
# Where the matter was handled: "KH: 14.10.2024 § 389, 27.1.2025 § 27".
_HANDLINGS = re.compile(r"(?:[^\W\d_][\w. -]{1,40}:? )?(?:\d{1,2}\.\d{1,2}\.\d{4},? § ?\d{1,4}(?:, |\Z)){2,}")


def read_header(lines: Sequence[str], mender: Mender) -> tuple[Header, int, list[str]]:
    """The header, how many lines it takes, and what of them was not understood."""
    reading = Reading(has_second_part=any(map(_SECOND_PART.match, lines)))
    end = 0
    for place, line in enumerate(lines[:_MOST_LINES]):
        text = line.strip()
        if not text:
            reading.is_title_over = bool(reading.title)
            continue
        if not reading.title and _is_title_before_place(reading, lines[place:]):
            reading.add_title(text)
        elif _is_before_head(reading, lines[place:]):
            reading.unread.append(text)
        elif not (_reads_its_paper(reading, lines[place:]) or _reads_line(reading, text)):
            break
        end = place + 1
    title = mender.one_line(reading.title)
    section = reading.header.section or reading.item
    return replace(reading.header, title=title or None, section=section), end, reading.unread


def _reads_line(reading: Reading, text: str) -> bool:
    """False if it belongs to the text."""
    if len(text) > _LONGEST_LINE:
        return False
    if reading.title:
        return _reads_after_title(reading, text)
    if _reads_label(reading, text):
        return True
    if is_known(text):
        return False
    if match := WHEN.match(text):
        return _reads_when(reading, text, match.end())
    return _reads_handling(reading, text) or _reads_cells(reading, text)


def _reads_handling(reading: Reading, text: str) -> bool:
    """Of several that the head tells in their order, the last one is this decision."""
    if _HANDLINGS.fullmatch(text):
        reading.unread.append(text)
        return True
    line, head = Reading(), reading.header
    if not all(left_of(line, cell) == "" for cell in cells(text)):
        return False
    this = line.header
    if None in (this.body, this.section, head.section) or None in (this.meeting_date, head.meeting_date):
        return False
    if (this.meeting_date or date.max) <= (head.meeting_date or date.min):
        return False
    reading.header = replace(head, body=this.body, section=this.section, meeting_date=this.meeting_date)
    return True


def _reads_cells(reading: Reading, text: str) -> bool:
    found = _with_item(reading, cells(text))
    reading.is_alone = len(found) == 1
    left = [rest for cell in found if (rest := left_of(reading, cell))]
    if not left:
        return True
    if _may_be_title(reading, found, left):
        reading.add_title(_without_case(reading, " ".join(left)))
        return True
    if left == found:
        if not _is_near_head(reading, text):
            return False
        reading.may_have_title = True
    reading.unread += left
    return True


def _reads_label(reading: Reading, text: str) -> bool:
    if reading.header == Header():
        return False
    if _TITLE_LABEL.fullmatch(text):
        return True
    label = _LABELLED_TITLE.match(text)
    if label is None or CASE.match(text, label.end()):
        return False
    reading.add_title(text[label.end() :])
    return True


def _reads_its_paper(reading: Reading, lines: Sequence[str]) -> bool:
    """ "Maakuntajohtajan päätös" in a head; below the title it would be a part's label."""
    text = lines[0].strip()
    if reading.header.body is not None or reading.has_place or reading.title:
        return False
    if reading.header == Header() and not any(map(_says_when_or_where, _following(lines, 2))):
        return False
    return len(text) <= _LONGEST_LINE and reads_body(reading, text)


def _following(lines: Sequence[str], most: int) -> list[str]:
    """The lines below the first one, however many empty ones stand between."""
    return [line.strip() for line in lines[1 : 1 + _MOST_LINES] if line.strip()][:most]


def _says_when_or_where(line: str) -> bool:
    """Whether a line holds nothing but the day, the item's number or both."""
    said = Reading()
    found = [reads_day(said, cell) or not numbers_left_of(said, cell) for cell in cells(line)]
    return all(found) and (said.header.section or said.header.meeting_date) is not None


def _with_item(reading: Reading, found: list[str]) -> list[str]:
    """The number of an item, which a gap may divide from its title, belongs to it."""
    if len(found) < 2 or not found[0].rstrip(".").isdecimal():
        return found
    joined = f"{found[0]} {found[1]}"
    return [joined, *found[2:]] if left_of(replace(reading), joined) == found[1] else found


def _is_before_head(reading: Reading, lines: Sequence[str]) -> bool:
    """Who wrote a paper that names no body that we know; its day or its case is said right below."""
    text = lines[0].strip()
    if reading.header != Header() or len(text) > _LONGEST_BEFORE or text[-1] in ".,:;" or is_known(text):
        return False
    if any(left_of(Reading(), cell) != cell for cell in cells(text)):
        return False
    return text[0].isupper() and any(WHEN.match(line) and DAY.search(line) for line in _following(lines, 5))


def _is_title_before_place(reading: Reading, lines: Sequence[str]) -> bool:
    """Whether a paragraph of a head comes right before the item's or the case's number."""
    text = lines[0].strip()
    head = reading.header
    if reading.has_place or head.body is None or head.meeting_date is None or not text[0].isupper():
        return False
    if len(cells(text)) > 1 or is_known(text) or text[-1] in ".:," or len(text) > _LONGEST_LINE:
        return False
    if left_of(Reading(header=head), text) != text:
        return False
    rest = [line.strip() for line in lines[1:7]]
    after = next((line for line in rest[rest.index("") if "" in rest else 0 :] if line), "")
    first = cells(after)[:1] or [""]
    place = Reading(header=Header(body=head.body))
    return numbers_left_of(place, first[0]) == "" and place.has_place and place.item is None


def _is_near_head(reading: Reading, text: str) -> bool:
    """A short line that something of a head stands around."""
    return reading.header != Header() and not reading.has_place and len(text) < 60 and text[-1] not in ".,-"


def _may_be_title(reading: Reading, found: list[str], left: list[str]) -> bool:
    if not reading.has_place or len(" ".join(left)) > _LONGEST_TITLE or left[0][0].islower():
        return False
    if _NO_NUMBER.match(left[0]) or _NO_TITLE.match(left[0]):
        return False
    return len(found) == 1 or left[0] != found[0] or SECTION.match(found[0]) is not None


def _without_case(reading: Reading, title: str) -> str:
    """A title may end with the number of its case: "Laiturivalojen kokeilu, NTLI/304/2025"."""
    bare, comma, rest = title.rpartition(", ")
    if not comma or not CASE.fullmatch(rest) or reading.header.case_number not in (None, rest):
        return title
    reading.take(case_number=rest)
    reading.is_title_over = True
    return bare


def _reads_after_title(reading: Reading, text: str) -> bool:
    if reading.header.case_number is None or reading.header.section is None:
        before = (reading.header, reading.item)
        left = [rest for cell in cells(text) if (rest := numbers_left_of(reading, cell))]
        if not left and (reading.header, reading.item) != before:
            reading.is_title_over = True
            return True
    if _INITIALS.fullmatch(text):
        reading.unread.append(text)
        return True
    if reading.is_title_over or is_known(text) or reading.title[-1].endswith("."):
        return False
    if SENTENCES.search(text):
        return False
    if sum(map(len, reading.title)) + len(text) > _LONGEST_TITLE:
        return False
    reading.add_title(text)
    return True


def _reads_when(reading: Reading, text: str, end: int) -> bool:
    match = DAY.search(text)
    day = day_of(match) if match else None
    if match is None or day is None:
        reading.unread.append(text)
        return True
    reading.take(meeting_date=day)
    left = " ".join((text[end : match.start()] + " " + text[match.end() :]).split()).strip(" ,;")
    if left and numbers_left_of(reading, left):
        reading.unread.append(left)
    return True
