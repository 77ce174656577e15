"""The officials that a paper names: who makes the motion, prepares, presents, decides and tells more."""

import re
from collections.abc import Iterator, Sequence

from projects.decisions.importing.blocks import LabelledLines
from projects.decisions.importing.decision import Official
from projects.decisions.importing.labels import PEOPLE, PROPOSALS, word_of
from projects.decisions.importing.titles import Person, is_contact, person_of, without_role

MOTION, PREPARER, PRESENTER = "esityksen tekijä", "valmistelija", "esittelijä"
MORE, DECIDER = "lisätiedot", "päättäjä"
_WITH_NAME = re.compile(r"([^\W\d_][\w/ ]{4,40}):\s*(\S.*)")
# "Kaupunginhallitus 27.1.2025 § 27" begins what is said in that meeting.
_OF_HANDLING = re.compile(
    r"[^\W\d_][\w -]{2,60},? (?:\d{1,2}\.\d{1,2}\.\d{4},? § ?\d{1,4}|§ ?\d{1,4},? [\d.]{8,10})"
)
# "Maakuntajohtaja Aamu Kivi:" or "Elinvoimajohtaja Aamu Kivi ehdottaa:" before what is proposed.
_PROPOSES = re.compile(r"(?P<who>\S.{5,100}?)(?: (?:ehdottaa|esittää))?:")
_PROPOSED = re.compile(r"(?<!\w)(?:päättä|esittä|esitän|ehdota|ehdotta|päätetään|hyväksy)")
_CHAIR = re.compile(r"puheenjohtaja", re.IGNORECASE)
# Of an address that stands for everybody's.
_ANYBODY = "etunimi.sukunimi"
_MOST_LINES = 12
_LONGEST = 300
_BETWEEN_PEOPLE = re.compile(r"[,;] +| ja ")


def read_officials(parts: Sequence[LabelledLines]) -> tuple[Official, ...]:
    found: list[Official] = []
    for place, part in enumerate(parts):
        for official in _of_part(part, is_first=place == 0):
            same = (official.role, official.name, official.title)
            if same not in [(other.role, other.name, other.title) for other in found]:
                found.append(official)
    return tuple(found)


def _of_part(part: LabelledLines, *, is_first: bool) -> Iterator[Official]:
    word = word_of(part.name)
    if PEOPLE.fullmatch(word):
        yield from _named(part.lines[:_MOST_LINES], _role(word))
    elif PROPOSALS.fullmatch(word):
        yield from _presenting(part.lines)
    elif is_first and not word:
        yield from _introducing(part.lines)
    paragraphs = list(_paragraphs(part.lines))
    for place, paragraph in enumerate(paragraphs):
        following = paragraphs[place + 1] if place + 1 < len(paragraphs) else []
        yield from _proposing(paragraph, following)
        for role, text in _with_roles(paragraph, may_lack_colon=not PEOPLE.fullmatch(word)):
            yield from _named([text], role)


def _with_roles(paragraph: Sequence[str], *, may_lack_colon: bool) -> list[tuple[str, str]]:
    """Of lines that each say what somebody does: "Valmistelija: NN", or with an office "Valmistelija NN"."""
    found: list[tuple[str, str]] = []
    for place, whole in enumerate(paragraph[:_MOST_LINES]):
        if place == 0 and len(paragraph) > 1 and _OF_HANDLING.fullmatch(whole[:_LONGEST]):
            continue
        line = whole[1:-1] if whole.startswith("(") and whole.endswith(")") else whole
        match = _WITH_NAME.fullmatch(line[:_LONGEST])
        word, rest = without_role(line)
        person = person_of(rest) if may_lack_colon and word and rest != line else None
        if match and PEOPLE.fullmatch(word_of(match[1])):
            found.append((_role(word_of(match[1])), match[2]))
        elif person and person.title and person.name:
            found.append((_role(word), rest))
        elif found and len(found[-1][1]) < _LONGEST:
            found[-1] = (found[-1][0], f"{found[-1][1]} {line}")
        else:
            break
    return found


def _role(label: str) -> str:
    if "valmistelija" in label or label.rstrip(".") in {"valm", "laatija"}:
        return PREPARER
    if "lisätie" in label:
        return MORE
    if "valmistel" in label:
        return PREPARER
    if "esittelij" in label:
        return PRESENTER
    return MOTION if "esityksen" in label else DECIDER


def _named(lines: Sequence[str], role: str) -> Iterator[Official]:
    """The people of a block; an office and a name may stand on a line each, and contacts on the next ones."""
    people: list[Person] = []
    for line in lines:
        text = line.strip()
        if not text:
            if people:
                break
            continue
        if is_contact(text) and people:
            people[-1] = _with_contact(people[-1], text)
            continue
        word, rest = without_role(text)
        # "Valmistelija: NN" under another label is read as the preparer's own line.
        is_this = word and (":" not in text[: len(word) + 2] or _role(word) == role)
        said = rest if is_this else text
        if several := _several(said):
            people += several
            continue
        person = person_of(said)
        if person is None:
            break
        if people and (merged := _merged(people[-1], person)):
            people[-1] = merged
        else:
            people.append(person)
    yield from (_official(person, role) for person in people if person.name)


def _several(text: str) -> list[Person]:
    """Those of one line, if each has an office and a name."""
    people = [person_of(piece) for piece in _BETWEEN_PEOPLE.split(text)]
    found = [person for person in people if person and person.title and person.name]
    return found if len(found) == len(people) > 1 else []


def _merged(first: Person, second: Person) -> Person | None:
    """One person of an office's line and a name's line, in either order."""
    if bool(first.title) == bool(second.title) or bool(first.name) == bool(second.name):
        return None
    return Person(
        first.title or second.title,
        first.name or second.name,
        first.acting or second.acting,
        ", ".join(filter(None, (first.contact, second.contact))),
    )


def _with_contact(person: Person, text: str) -> Person:
    if text.startswith(_ANYBODY):
        return person
    return Person(
        person.title, person.name, person.acting, ", ".join(filter(None, (person.contact.rstrip(" ,"), text)))
    )


def _presenting(lines: Sequence[str]) -> Iterator[Official]:
    """Who stands first in a proposal presents it, if office and name are both there."""
    first = [line.strip() for line in lines if line.strip()][:2]
    if not first:
        return
    if word_of(first[0]) == PRESENTER:
        yield from _named(first[1:], PRESENTER)
        return
    # "Esittelijä: elinvoimajohtaja Aamu Kivi"
    word, rest = without_role(first[0])
    person = person_of(rest if word == PRESENTER else first[0])
    if person and person.name and person.title:
        yield _official(person, PRESENTER)


def _introducing(lines: Sequence[str]) -> Iterator[Official]:
    """An office and a name alone between the title and the text make the motion; a unit may stand below."""
    paragraph = next(iter(_paragraphs(lines)), [])
    if not 0 < len(paragraph) <= 2 or paragraph[-1].endswith((".", ":")):
        return
    word, _rest = without_role(paragraph[0].removeprefix("("))
    person = None if word else person_of(paragraph[0])
    if person and person.name and person.title:
        unit = paragraph[1] if len(paragraph) == 2 and not is_contact(paragraph[1]) else ""
        yield _official(person, MOTION, unit)


def _proposing(paragraph: Sequence[str], following: Sequence[str]) -> Iterator[Official]:
    match = _PROPOSES.fullmatch(paragraph[0][:_LONGEST])
    said = paragraph[1:] or following
    if match is None or _CHAIR.search(match["who"]) or not _PROPOSED.search(" ".join(said[:_MOST_LINES])):
        return
    word, rest = without_role(match["who"])
    person = None if word else person_of(rest)
    if person and person.name and person.title:
        yield _official(person, PRESENTER)


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            paragraph.append(line.strip())
        elif paragraph:
            yield paragraph
            paragraph = []


def _official(person: Person, role: str, unit: str = "") -> Official:
    return Official(role, person.title, person.name, person.acting, person.contact, unit)
