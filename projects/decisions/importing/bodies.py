"""Who decides, as the heads of papers name it: a body, or an official in whose name the paper is."""

import re
from dataclasses import dataclass

_BODY = re.compile(
    r"(?:[\w-]{1,40},? ){0,6}[\w-]{0,40}(?:hallitus|lautakunta|jaosto|valtuusto|johtokunta|toimikunta"
    r"|neuvosto|jaos|valiokunta|ohjausryhmä|hallituksen puheenjohtajisto)",
    re.IGNORECASE,
)
# Last parts of bodies and offices, which inflect alike whatever comes before them.
_NOMINATIVES = {
    "arkkitehdin": "arkkitehti",
    "asiamiehen": "asiamies",
    "asiantuntijan": "asiantuntija",
    "hallituksen": "hallitus",
    "insinöörin": "insinööri",
    "intendentin": "intendentti",
    "jaoksen": "jaos",
    "jaoston": "jaosto",
    "johtajan": "johtaja",
    "johtokunnan": "johtokunta",
    "kamreerin": "kamreeri",
    "koordinaattorin": "koordinaattori",
    "lakimiehen": "lakimies",
    "lautakunnan": "lautakunta",
    "neuvoston": "neuvosto",
    "ohjausryhmän": "ohjausryhmä",
    "pormestarin": "pormestari",
    "puheenjohtajiston": "puheenjohtajisto",
    "päällikön": "päällikkö",
    "rehtorin": "rehtori",
    "sihteerin": "sihteeri",
    "suunnittelijan": "suunnittelija",
    "tarkastajan": "tarkastaja",
    "toimikunnan": "toimikunta",
    "valiokunnan": "valiokunta",
    "valtuuston": "valtuusto",
}
_ITS_PAPER = re.compile(
    r"(?:(?:vs|vt|va)\.? )?(?P<before>(?:[\w-]{1,40},? ){0,6})(?P<beginning>[\w-]{0,40}?)"
    rf"(?P<last>{'|'.join(_NOMINATIVES)}) "
    r"(?:päätös|kokous|(?:kokouksen )?(?P<document>(?:päätös)?pöytäkirja(?:note|n ote)?|esityslista"
    r"|viranhaltijapäätös|päätöstiedote|päätösluettelo))(?: \d{1,3}/\d{4})?",
    re.IGNORECASE,
)
# Adjectives agree with the word after them, also "Vastaavan rehtorin"; nouns like "kehittämisen" do not.
_AGREES = re.compile(r"(\w{1,40}(?<!m)i)sen \Z|(vastaava|johtava)n \Z", re.IGNORECASE)
# Decides on no city's matters in a paper of the city.
_OTHERS = re.compile(r"valtioneuvosto", re.IGNORECASE)


@dataclass(frozen=True)
class ItsPaper:
    """What "Hallintojohtajan viranhaltijapäätös" says; a mere decision or meeting is no kind of document."""

    body: str
    document: str | None

    @property
    def is_anybodys(self) -> bool:
        """ "Hallitus" alone, of whom nobody knows where nothing else is said."""
        return self.body.casefold() in _NOMINATIVES.values()


def is_body(text: str) -> bool:
    return _BODY.fullmatch(text) is not None


def paper_of(text: str) -> ItsPaper | None:
    """Of a body's or an official's name in the genitive, with what the paper is."""
    match = _ITS_PAPER.fullmatch(text)
    if match is None or _OTHERS.search(text) or match["beginning"].endswith("-"):
        return None
    before = _AGREES.sub(_nominative, match["before"])
    body = f"{before}{match['beginning']}{_NOMINATIVES[match['last'].casefold()]}"
    body = body.upper() if text.isupper() else body[0].upper() + body[1:]
    return ItsPaper(body, match["document"])


def _nominative(match: "re.Match[str]") -> str:
    return f"{match[1]}nen " if match[1] else f"{match[2]} "
