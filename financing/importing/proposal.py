"""All that is proposed of a decision's paper: the decision itself, its project and the money of its plans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from financing.importing.paper_gaps import Gaps, of_facts
from financing.importing.paper_rest import rest_of
from financing.importing.paper_sources import genitive
from financing.importing.papers import PaperMoney, read_money
from mikrogrow.values.translation import gettext as _
from projects.choices import DecisionPartKind, ImplementerRole, OfficialRole
from projects.decisions.importing.decision import Official, Part, ReadDecision
from projects.decisions.importing.facts import Party, ProjectFacts, read_facts
from projects.decisions.importing.labels import BODY, PRESENTS, is_list, word_of
from projects.decisions.importing.reader import read_decision
from projects.decisions.importing.sentences import sentences_of
from projects.decisions.importing.titles import person_of, without_role

# Who signs an official's decision stands for who presents a board's.
_ROLES = (
    (OfficialRole.INTRODUCER, ("esityksen tekijä",)),
    (OfficialRole.PREPARER, ("valmistelija", "lisätiedot")),
    (OfficialRole.PRESENTER, ("esittelijä", "päättäjä")),
)
_DECIDES = re.compile(
    r"^([A-ZÅÄÖ][\w-]{0,40}(?:hallitus|lautakunta|jaosto|valtuusto|johtokunta)) (?:päät|hyväks|myön)",
    re.MULTILINE,
)
_ENDINGS = (
    ("päätösehdotus", DecisionPartKind.PROPOSAL),
    ("päätösehdotus oli", DecisionPartKind.PROPOSAL),
    ("ehdotus", DecisionPartKind.PROPOSAL),
    ("päätösesitys", DecisionPartKind.PROPOSAL),
    ("esitys", DecisionPartKind.MOTION),
    ("päätös", DecisionPartKind.DECISION),
)
_KINDS = (
    (PRESENTS, DecisionPartKind.PROPOSAL),
    (BODY, DecisionPartKind.DECISION),
    (re.compile(r".*vaikutu.*arviointi.*"), DecisionPartKind.IMPACT),
    (
        re.compile(
            r"(?:päätöksen )?(?:perustelut|perusteet|perusteena olevat tiedot)|toimivalta|toimivallan peruste"
            r"|(?:sovelletut |keskeiset )?(?:oikeusohjeet|säännökset|säädökset|lainkohdat)"
        ),
        DecisionPartKind.GROUNDS,
    ),
    (re.compile(r"asianosaiset"), DecisionPartKind.PARTIES),
    (re.compile(r"täytäntöönpano|toimeenpano"), DecisionPartKind.EFFECT),
    (re.compile(r"tiedoksi(?:anto\w*)?(?: \w+)?|jakelu"), DecisionPartKind.NOTICE),
)


@dataclass(frozen=True)
class Proposal:
    """`parts` are of their kinds; None is not to be saved, because officials and annexes are rows."""

    paper: ReadDecision
    facts: ProjectFacts
    # Who decides, as the proposal or the decision begins, for a paper without a header.
    body: str
    parties: tuple[Party, ...]
    money: PaperMoney
    officials: tuple[tuple[OfficialRole, Official], ...]
    parts: tuple[tuple[DecisionPartKind | None, Part], ...]
    # That the paper is of another organisation, or empty.
    foreign: str = ""

    @property
    def gaps(self) -> Gaps:
        """Why something is left empty."""
        return {**of_facts(self.facts), **self.money.gaps}


# The page that shows what was read and the one that enters it ask for the same.
@lru_cache(maxsize=4)
def propose(text: str, city: str) -> Proposal:
    """`city` is the own city's name, or empty if nobody has entered it."""
    paper = read_decision(text)
    foreign = foreign_sentence(paper.header.city or "", city)
    if foreign and _stem(city) not in text.casefold():
        city = ""
    sentences = list(sentences_of(paper))
    facts = read_facts(paper, sentences)
    money = read_money(paper, sentences, facts.parties, city)
    officials = tuple(_officials(paper))
    return Proposal(
        paper=paper,
        facts=facts,
        body=_body(paper),
        parties=_parties(facts, money, city),
        money=money,
        officials=officials,
        parts=tuple(_parts(paper, [official for _role, official in officials])),
        foreign=foreign,
    )


def _parts(
    paper: ReadDecision, officials: Sequence[Official]
) -> Iterator[tuple[DecisionPartKind | None, Part]]:
    kinds = [(_kind(part), part) for part in paper.parts]
    for kind, part in kinds:
        yield kind, part if kind is None else replace(part, text=_without_officials(part.text, officials))
    rest = rest_of(paper, officials, [part for kind, part in kinds if kind is None])
    if rest:
        yield DecisionPartKind.SOURCE, Part("", rest)


def _without_officials(text: str, officials: Sequence[Official]) -> str:
    """Without the lines at its beginning that say no more than the rows of the officials."""
    lines = text.split("\n")
    while len(lines) > 1 and (not lines[0].strip() or _is_said(lines[0], lines[1:], officials)):
        lines.pop(0)
    return "\n".join(lines)


def _is_said(line: str, rest: Sequence[str], officials: Sequence[Official]) -> bool:
    if not any(each.strip() for each in rest):
        return False
    text = without_role(line.strip())[1]
    for official in officials:
        # The unit may stand on the line of its own or go on in that of the name.
        bare = text.removesuffix(official.unit).strip() if official.unit else text
        person = person_of(bare) if bare else None
        if not bare or (
            person is not None
            and not person.contact
            and (person.title, person.name) == (official.title, official.name)
        ):
            return True
    return False


def foreign_sentence(whose: str, city: str) -> str:
    """Empty if the paper is the city's, or does not say whose it is."""
    paper, own = whose.casefold(), city.casefold()
    if not paper or not own or paper in own or own in paper:
        return ""
    return _("Asiakirja on %(whose)s, ohjelma on %(city)s.") % {
        "whose": genitive(whose),
        "city": genitive(city),
    }


def _stem(city: str) -> str:
    """Kuopio of Kuopion kaupunki, which stands in all its forms."""
    return city.casefold().partition(" ")[0].removesuffix("n")


def _body(paper: ReadDecision) -> str:
    for part in paper.parts:
        word = word_of(part.name)
        if BODY.fullmatch(word):
            return part.name
        if "päätös" in word and (match := _DECIDES.search(part.text)):
            return match[1]
    return ""


def _parties(facts: ProjectFacts, money: PaperMoney, city: str) -> tuple[Party, ...]:
    """Also whose shared costs the lead partner invoices, and the city itself."""
    found = list(facts.parties)
    named = {party.name.casefold() for party in found}
    others = [shared.on_behalf_of for shared in money.shared if shared.on_behalf_of]
    for name in [*dict.fromkeys(others), *([city] if city else [])]:
        if name.casefold() not in named:
            found.append(Party(name, ImplementerRole.CO_IMPLEMENTER))
    return tuple(found)


def _officials(paper: ReadDecision) -> list[tuple[OfficialRole, Official]]:
    """One of each role: the first whom the paper names in the first of the words for it."""
    found = []
    for role, words in _ROLES:
        named = [official for word in words for official in paper.officials if official.role == word]
        found += [(role, official) for official in named[:1]]
    return found


def _kind(part: Part) -> DecisionPartKind | None:
    word = word_of(part.name)
    for pattern, kind in _KINDS:
        if pattern.fullmatch(word):
            return kind
    if is_list(part.name):
        return None
    # "Kaupunginjohtajan esitys"
    last = word.rpartition("n ")[2] if word.count(" ") == 1 else word
    return dict(_ENDINGS).get(last, DecisionPartKind.BACKGROUND)
