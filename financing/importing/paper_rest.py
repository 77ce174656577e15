"""What a decision's paper says that no field and no part of the decision takes: no word of it is lost."""

import re
from collections.abc import Iterable, Iterator

from financing.importing.contacts import BEFORE_TELEPHONE, contact_of
from mikrogrow.values.dates import format_date
from projects.decisions.importing.decision import Official, Part, ReadDecision

_WORD = re.compile(r"\w+")


def rest_of(paper: ReadDecision, officials: Iterable[Official], lists: Iterable[Part]) -> str:
    """Whole lines with a word that is not entered elsewhere: of heads of pages, of people and of annexes.

    `officials` are those that are entered; `lists` are the parts that become rows.
    """
    kept = _words("\n".join(_entered(paper, officials)))
    found = list(_lines_with_more([*dict.fromkeys(paper.heads)], kept))
    for part in lists:
        lines = list(_lines_with_more(part.text.split("\n"), kept))
        found += [part.name, *lines] if lines else []
    return "\n".join(found)


def _entered(paper: ReadDecision, officials: Iterable[Official]) -> Iterator[str]:
    header = paper.header
    yield from filter(None, (header.body, header.section, header.case_number, header.title))
    if header.meeting_date:
        yield format_date(header.meeting_date)
    for official in officials:
        yield from (official.title, official.name, official.unit)
        contact = contact_of(official.contact)
        yield from contact.values()
        if contact["telephone"]:
            yield BEFORE_TELEPHONE
    for annex in paper.attachments:
        yield from (str(annex.number or ""), annex.case_reference, annex.title)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _lines_with_more(lines: list[str], kept: set[str]) -> Iterator[str]:
    """A word that the layout divided between two lines is entered whole."""
    is_divided = False
    for place, line in enumerate(lines):
        words = _WORD.findall(line.casefold())
        following = _WORD.findall(lines[place + 1].casefold()) if place + 1 < len(lines) else []
        rest = words[1:] if is_divided else words
        is_divided = bool(line.rstrip().endswith("-") and words and following) and (
            f"{words[-1]}{following[0]}" in kept
        )
        if set(rest[:-1] if is_divided else rest) - kept:
            yield line.strip()
