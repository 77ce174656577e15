"""People as papers name them: an office and a name, with how to reach them."""

import re
from dataclasses import dataclass

_OFFICES = re.compile(
    r"[\w-]{0,40}(?:johtaja|päällikkö|asiantuntija|suunnittelija|koordinaattori|sihteeri|asiamies|rehtori"
    r"|kamreeri|pormestari|tarkastaja|neuvoja|lakimies|insinööri|arkkitehti|controller|assistentti|esimies"
    r"|edustaja|konsultti|kehittäjä|erityisasiantuntija|(?<=[\w-])valmistelija|juristi|tutkija|rehtori|ekonomi|hoitaja"
    r"|ohjaaja|agentti|analyytikko|manageri|vastaava|apulainen|neuvos|kanslisti)",
    re.IGNORECASE,
)
# What a person does in the case is no office: "Valmistelija Aamu Kivisalmi".
_DOES = re.compile(
    r"(valmistelijat?|valm\.?|laatija|esittelijät?|lisätie(?:dot|toja)(?: anta(?:a|vat))?|päättäjä"
    r"|päätöksentekijä)"
    r"(?: ?[:,]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
_ACTING = re.compile(r"(?:vs|vt|va)\.? +", re.IGNORECASE)
_CONTACT = re.compile(
    r"[,;]?\s*\(?(?=(?:puh|p|puhelin|tel|gsm|matkapuh|s-posti|sähköposti)[.:]|puhelin |\+?\d{2,3}[ \d-]{5}"
    r"|[\w.+-]{1,64}(?:@|\(at\)|\(a\)|\[at\]))",
    re.IGNORECASE,
)
_DAY = re.compile(r",?\s+\d{1,2}\.\d{1,2}\.\d{4}\Z")
_NO_NAMES = {"oy", "oyj", "ry", "sr", "ky", "kaupunki", "kunta", "liitto", "oyj:n", "eu", "ab", "osk"}
_PARTICLES = {"von", "af", "de", "van"}
_LONGEST = 300


@dataclass(frozen=True)
class Person:
    title: str
    name: str
    acting: bool
    contact: str


def is_title(text: str) -> bool:
    """Whether it names an office: "elinvoimajohtaja", "kuntayhtymän johtaja"."""
    words = text.split()
    if not all(word.replace("-", "").isalpha() for word in words):
        return False
    return 0 < len(words) <= 5 and _OFFICES.fullmatch(words[-1]) is not None


def is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(map(_may_name, words))
        and words[0][0].isupper()
        and words[-1][0].isupper()
    )


def is_contact(text: str) -> bool:
    match = _CONTACT.match(text)
    return match is not None


def without_role(text: str) -> tuple[str, str]:
    """The word for what a person does, which is no office and may be empty, and the rest."""
    match = _DOES.match(text)
    return (match[1].casefold(), text[match.end() :]) if match else ("", text)


def person_of(text: str) -> Person | None:
    """An office, a name, or both, in either order. None if it is not clearly one of them."""
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    match = _CONTACT.search(text)
    contact = text[match.end() :].strip(" ,;") if match else ""
    text = _DAY.sub("", (text[: match.start()] if match else text).strip(" ,;:"))
    acting = _ACTING.match(text)
    text = text[acting.end() :] if acting else text
    title, name = _office_and_name(text)
    if not (title or name):
        return None
    return Person(title, name, acting is not None, contact)


def _office_and_name(text: str) -> tuple[str, str]:
    if "," in text:
        first, second = (half.strip() for half in text.split(",", 1))
        if is_name(first) and (is_title(second) or second[:1].islower()) and len(second.split()) <= 5:
            return second, first
        return (first, second) if is_title(first) and is_name(second) else ("", "")
    if is_title(text):
        return text, ""
    words = text.split()
    for place in range(1, len(words) - 1):
        title, name = " ".join(words[:place]), " ".join(words[place:])
        is_office = is_title(title) or all(word[0].islower() for word in words[:place])
        if is_office and is_name(name) and place <= 5:
            return title, name
    return ("", text) if is_name(text) else ("", "")


def _may_name(word: str) -> bool:
    if word.casefold() in _PARTICLES:
        return True
    if word.casefold() in _NO_NAMES or _OFFICES.fullmatch(word):
        return False
    letters = word.replace("-", "").replace("'", "").replace("\u2019", "").rstrip(".")
    return letters.isalpha() and word[0].isupper()
