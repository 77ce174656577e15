"""The annexes that a paper lists."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from projects.decisions.importing.blocks import LabelledLines
from projects.decisions.importing.decision import Attachment
from projects.decisions.importing.labels import ANNEXES, divided, is_known, word_of
from projects.decisions.importing.layout import Mender, has_room

# "3 Budjetti", "Liite 3: Budjetti", "- nro 3 budjetti", "§ 44 liite 3 Budjetti", "3 Liite KH Budjetti".
_NUMBERED = re.compile(
    r"\s*(?:[-\u2013\u2022*]\s+(?=liite|nro))?(?:§ ?\d{1,4},?\s+(?=liite))?(?:liite(?:/bilaga)?\s+)?"
    r"(?:nro\s+)?"
    r"(\d{1,3})(?:[.:)](?!\d)\s*|\s+)(?:liite (?:(?-i:[A-ZÅÄÖ]{2,6}) )?(?=[^\W\d_]))?(\S.*)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\s*(?:Liite|LIITE)(?:/[Bb]ilaga)?\s+(?:nro\s+)?\d{1,3}(?:[.:](?!\d)\s*|\s+)[A-ZÅÄÖ0-9]"
)
_BULLET = re.compile(r"\s*[-\u2013\u2022*]\s+(\S.*)")
_REFERENCE = re.compile(r"(\d{1,7}(?:/[\d.]{2,20})?/\d{4})(\s+)(\S.*)")
_LONGEST = 300


def read_attachments(parts: Sequence[LabelledLines], mender: Mender) -> tuple[Attachment, ...]:
    return tuple(
        _attachment(number, text)
        for part in parts
        for lines in ([part.lines] if ANNEXES.fullmatch(word_of(part.name)) else _listed(part.lines))
        for number, text in _items(lines, mender)
    )


def _listed(lines: Sequence[str]) -> Iterator[list[str]]:
    """Paragraphs elsewhere whose lines begin as "Liite 3" and are no sentences, up to another label."""
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line)
            continue
        listed = list(takewhile(_is_listed, paragraph))
        if listed and (listed == paragraph or divided(paragraph[len(listed)])):
            yield listed
        paragraph = []


def _is_listed(line: str) -> bool:
    return _LISTED.match(line) is not None and line[-1] not in ".,"


def _items(lines: Sequence[str], mender: Mender) -> Iterator[tuple[int | None, str]]:
    """Up to the first paragraph that is no list like the first."""
    found: list[tuple[int | None, str]] = []
    is_numbered, is_bulleted, ended, before = False, False, False, ""
    for line in lines:
        if not line.strip():
            ended = bool(found)
            continue
        match, bullet = _NUMBERED.fullmatch(line[:_LONGEST]), _BULLET.fullmatch(line[:_LONGEST])
        if not found:
            is_numbered, is_bulleted = match is not None, bullet is not None
        if match and is_numbered:
            found.append((int(match[1]), match[2]))
        elif bullet and is_bulleted:
            found.append((None, bullet[1]))
        elif ended or (found and is_known(line)):
            break
        elif found and (is_numbered or is_bulleted or _is_wrapped(before, line, mender)):
            found[-1] = (found[-1][0], mender.joined(found[-1][1], line.strip()))
        else:
            found.append((None, line.strip()))
        before = line
    yield from found


def _is_wrapped(before: str, line: str, mender: Mender) -> bool:
    return line.strip()[0].islower() or not has_room(before, line, mender.width)


def _attachment(number: int | None, text: str) -> Attachment:
    """The case's number is part of the title where one space divides them, as the paper has it."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return Attachment(number, " ".join(text.split()))
    title = match[3] if len(match[2]) > 1 else text
    return Attachment(number, " ".join(title.split()), match[1])
