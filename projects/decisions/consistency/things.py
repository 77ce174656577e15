"""What a figure is of, by the words around it."""

import re
from enum import StrEnum
from functools import lru_cache


class Of(StrEnum):
    COSTS = "costs"
    FINANCING = "financing"
    OWN_SHARE = "own share"
    GRANT = "grant"
    SALARIES = "salaries"
    FLAT_RATE = "flat rate"
    SHARED = "shared costs"
    REVENUE = "revenue"
    GROSS = "gross costs"
    NET = "net costs"
    APPROPRIATION = "appropriation"
    COMMITTED = "committed"
    REMAINING = "remaining"
    VAT = "vat"


# The last that is said counts; of two that begin at once, the earlier here.
_STEMS = (
    (Of.GROSS, r"brutto(?:kustannu|meno|budjet)?"),
    (Of.NET, r"netto(?:kustannu|meno)?"),
    (
        Of.FLAT_RATE,
        r"flat[ -]?rate|prosenttimäärä|kiinteämäärä|kiinteä\w* osuu|kertakorvau|% palk|prosenttia palk",
    ),
    (Of.SHARED, r"yhtei(?:sii?[nä]|set|sten|siä|sistä|sissä)(?: \w+)? kustannu|yhteiskustannu"),
    (Of.OWN_SHARE, r"oma(?:n|a|lla|sta)? ?rahoitu|omavastuu|omaosuu"),
    (Of.APPROPRIATION, r"määrärah"),
    # Who "sitoutuu" to pay takes part; what is committed is "sidottu".
    (Of.COMMITTED, r"sido|sitou(?!mu|tu[uav])|käytetty|varattu"),
    (Of.REMAINING, r"jäljel|vapaana|käytettävi|jää "),
    (Of.REVENUE, r"(?<!\w)tulo(?:t|ja|jen|ista|illa)(?!\w)|myyntitulo|osallistumismaksu|tuottoj?a?"),
    (Of.SALARIES, r"palk(?:ka|at|oi|koj|kak|oja)|henkilöstökust"),
    (Of.GRANT, r"(?<!\w)tu(?:ki|en|kea|ella|esta)(?!\w)|avustu|eakr|esr|eu-rahoitu"),
    (Of.VAT, r"arvonlisäver|(?<!\w)alv(?!\w)"),
    (Of.COSTS, r"kustannu|kokonaisbudjet|menot"),
    (Of.FINANCING, r"rahoitu"),
)
_PATTERN = re.compile(
    "|".join(f"(?P<g{place}>(?:{stem})\\w*)" for place, (_of, stem) in enumerate(_STEMS)), re.I
)
# Of what was before, or of something else.
_ELSEWHERE = re.compile(
    r"aiem(?:pi|man|massa|min)|aikaisem|alkuperäi|tuolloin|edelli|entise|vanha|olivat"
    r"|vuonna \d{4} (?:oli|sai)|toise(?:n|ssa)|muu(?:n|ssa|issa|iden) hankke|korot|nousi|laski"
    # What a member moves, and the vote on it, is not what is presented.
    r"|kannattamana|kannatti|vastaehdot|vastaesity|muutosehdot|muutosesity"
)


def what(words: str) -> Of | None:
    """What is named last."""
    found = None
    for match in _PATTERN.finditer(words):
        found = _STEMS[int((match.lastgroup or "g0")[1:])][0]
    return found


# The words of a sentence are asked for each of its figures.
@lru_cache(maxsize=256)
def all_of(words: str) -> frozenset[Of]:
    return frozenset(_STEMS[int((match.lastgroup or "g0")[1:])][0] for match in _PATTERN.finditer(words))


@lru_cache(maxsize=256)
def is_elsewhere(words: str) -> bool:
    """True if they tell of another project or of an earlier state."""
    return bool(_ELSEWHERE.search(words))


# Limits of laws and of who decides.
_GENERAL = re.compile(
    r"hallintosää|toimival|hankkei(?:sta|ssa|lle)(?!\w)|kynnysar|de minimis|vähämerkityks|hankintala"
    r"|viranhaltija|yksittäi|hakijakoht"
)


@lru_cache(maxsize=256)
def is_general(words: str) -> bool:
    """True if they tell of a rule, not of this project."""
    return bool(_GENERAL.search(words))
