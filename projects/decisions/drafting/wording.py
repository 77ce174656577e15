"""What all parts of a draft share: paragraphs, lists, and how they say what is missing."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from mikrogrow.values.finnish.figures import listed
from mikrogrow.values.finnish.inflection import PROJECT, Case
from mikrogrow.values.finnish.names import genitive, with_noun
from projects.choices import ImplementerRole
from projects.decisions.drafting.facts import DraftFacts

Row = TypeVar("Row")

_MISSING, _TO_CHECK = "[Puuttuu: ", "[Tarkista: "

_AS = {
    ImplementerRole.LEAD: "päätoteuttajana",
    ImplementerRole.CO_IMPLEMENTER: "osatoteuttajana",
    ImplementerRole.PARTICIPANT: "osallistujana",
}


def paragraphs(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def sentences(*parts: str) -> str:
    return " ".join(filter(None, parts))


def bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


def alike(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    """Those with the same key together, in the order in which they come first."""
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def missing(things: Sequence[str]) -> str:
    return f"{_MISSING}{listed(things)}.]" if things else ""


def to_check(sentence: str) -> str:
    return f"{_TO_CHECK}{sentence}.]"


def is_unfinished(text: str) -> bool:
    """True if it still has what a draft says of what is missing or to be checked."""
    return _MISSING in text or _TO_CHECK in text


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def quoted(name: str) -> str:
    return f"”{name}”"


def project_word(facts: DraftFacts, case: Case) -> str:
    return with_noun(facts.short_name, PROJECT, case)


def citys(facts: DraftFacts) -> str:
    """The city's name in the genitive, or what says the same."""
    return genitive(facts.city) or "kaupungin"


def participation(facts: DraftFacts) -> str:
    """In what the city takes part, and as what; for example "MikroGrow-hankkeeseen osatoteuttajana"."""
    if facts.only_funds:
        return f"{project_word(facts, Case.GENITIVE)} rahoitukseen"
    words = [project_word(facts, Case.ILLATIVE)]
    if facts.role:
        words.append(_AS[ImplementerRole(facts.role)])
    return " ".join(words)
